"""A table of data/ comes in, its rows go out, each with its place; a file that is not the table expected is refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from atgraph.errors import TableError
from atgraph.lexicon import values
from atgraph.tables.columns import Table


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, and where it stands."""

    cells: Mapping[str, str]
    where: str

    def values(self, column: str) -> list[str]:
        """Return the values of a cell, which strokes hold apart; brackets hold choices.

        >>> Row({"alt_en": "UNODC | the [/Vienna] Office"}, "").values("alt_en")
        ['UNODC', 'the Office', 'the Vienna Office']
        """
        return values(self.cells.get(column))


def read(table: Table, data: Path) -> Iterator[Row]:
    """Yield the rows of a table; raises TableError where the file or a row has not the table's columns."""
    where = table.source
    path = data / table.folder / f"{table.name}.csv"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"cannot be read ({error})", where=where, remedy="give a CSV file in UTF-8") from error
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    required = {column.name for column in table.columns if column.required}
    try:
        head = next(lines, [])
        unknown = sorted(set(head) - {column.name for column in table.columns})
        if unknown or len(set(head)) < len(head) or required - set(head):
            odd = unknown or sorted(required - set(head)) or sorted({name for name in head if head.count(name) > 1})
            what = "has unknown columns" if unknown else "lacks columns, or has them twice"
            raise TableError(f"{what}: {', '.join(odd)}", where=f"{where}:1", remedy="mend the header")
        for cells in lines:
            if not cells:
                continue
            here = f"{where}:{lines.line_num}"
            if len(cells) != len(head):
                what = f"the row has {len(cells)} cells where the header has {len(head)}"
                raise TableError(what, where=here, remedy="add or remove commas, or quote the cell that has one")
            row = dict(zip(head, cells, strict=True))
            for name in head:
                if name in required and not row[name].strip():
                    raise TableError(f"the cell {name} is empty", where=here, remedy="fill it, or remove the row")
            yield Row(row, here)
    except csv.Error as error:
        raise TableError(f"is no CSV ({error})", where=f"{where}:{lines.line_num}", remedy="mend the quotes") from error
