"""The dataset and queries/sheets.toml come in; plain tables go out, ready to be written as CSV, SQLite and XLSX.

A table has one row a thing. Its cells are text, whole numbers, decimals, truth values, or empty (None).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from atgraph.errors import FindingsError, QueryError, QueryFileError
from atgraph.names import LANGUAGES
from atgraph.publish.columns import Column, definitions, head, in_language
from atgraph.store import Dataset, Term
from atgraph.turtle import natural

Cell: TypeAlias = str | int | Decimal | bool | None
Key: TypeAlias = tuple[str, ...]

SEVERAL = " | "
"""What stands between the values of a cell that has several."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its columns, those that name a row (`keys`), and its rows in the natural order of these."""

    name: str
    title: str
    title_ar: str
    about: str
    keys: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    facets: tuple[str, ...] = ()

    def column(self, name: str) -> list[Cell]:
        """Return the cells of a column, from the top."""
        at = [column.name for column in self.columns].index(name)
        return [row[at] for row in self.rows]


@dataclass(slots=True)
class _Names:
    """What the things of a table are called: the columns of their names, and the cells of these by IRI."""

    languages: tuple[str, ...] = ()
    cells: dict[Cell, tuple[Cell, ...]] = field(default_factory=dict)


def sheets(dataset: Dataset) -> list[Sheet]:
    """Return every table of a dataset, each behind those that its columns name.

    Raises QueryFileError where a definition is wrong, and FindingsError where the data have two values for a cell that
    holds one, none for a cell that must not be empty, or name a thing that has no row.
    """
    names: dict[str, _Names] = {}
    found = []
    for card in definitions():
        sheet = _sheet(dataset, card, names)
        names[sheet.name] = _named(sheet)
        _closed(sheet, names)
        found.append(sheet)
    return found


def _sheet(dataset: Dataset, card: Mapping[str, Any], names: Mapping[str, _Names]) -> Sheet:
    keys = tuple(card["keys"])
    rows = sorted({key for key, _ in _select(dataset, card, "")}, key=lambda key: [natural(part) for part in key])
    columns: list[Column] = []
    cells: list[list[Cell]] = []
    values: list[Cell]
    for each in card["columns"]:
        column = head(each, keys)
        where = f"{card['name']}.{column.name}"
        if "languages" in each:
            by_language = _values(dataset, card, each, by_language=True)
            for language in LANGUAGES if each["languages"] == "all" else each["languages"]:
                columns.append(in_language(column, column.name, language))
                cells.append([_cell(by_language[language].get(key), each, where, key) for key in rows])
            continue
        if column.name in keys:
            at = keys.index(column.name)
            last = column.type == "slug"
            values = [_last(key[at]) if last else key[at] for key in rows]
        else:
            found = _values(dataset, card, each)[""]
            values = [_cell(found.get(key), each, where, key) for key in rows]
        columns.append(column)
        cells.append(values)
        if column.of and each.get("names", True):
            named = names[column.of]
            empty = (None,) * len(named.languages)
            called = [named.cells.get(value, empty) for value in values]
            for n, language in enumerate(named.languages):
                columns.append(in_language(column, f"{column.name}_name", language))
                cells.append([call[n] for call in called])
    lines = tuple(zip(*cells, strict=True))
    facets = tuple(card.get("facets", ()))
    return Sheet(card["name"], card["title"], card["ar"], card["about"], keys, tuple(columns), lines, facets)


def _select(dataset: Dataset, card: Mapping[str, Any], pattern: str) -> Iterator[tuple[Key, Term | None]]:
    """Yield the key of each row with what a pattern binds to ?value for it."""
    keys = card["keys"]
    variables = " ".join(f"?{key}" for key in [*keys, "value"])
    try:
        # The empty group ends one pattern before the next begins.
        for found in dataset.select(f"SELECT {variables} WHERE {{ {card['where']} {{}} {pattern} }}"):
            *key, value = found
            yield tuple([part.value for part in key]), value
    except QueryError as error:
        what = f"has a pattern that is no SPARQL ({error.what})"
        raise QueryFileError(what, where=f"sheets.toml: table {card['name']}", remedy=f"mend “{pattern}”") from error


def _values(
    dataset: Dataset, card: Mapping[str, Any], column: Mapping[str, Any], *, by_language: bool = False
) -> dict[str, dict[Key, list[str]]]:
    """Return the values of a column by language (or in one heap, named by nothing) and by row."""
    found: dict[str, dict[Key, list[str]]] = defaultdict(dict)
    slug = column["type"] == "slug"
    for key, value in _select(dataset, card, column["where"]):
        if value is not None:
            text: str = value.value  # type: ignore[union-attr]
            language = (getattr(value, "language", None) or "").partition("-")[0] if by_language else ""
            found[language].setdefault(key, []).append(_last(text) if slug else text)
    return found


def _last(value: str) -> str:
    return re.split("[/#]", value)[-1]


def _cell(values: list[str] | None, column: Mapping[str, Any], where: str, key: Key) -> Cell:
    """Return the cell that a row's values make."""
    if not values:
        if column.get("required"):
            raise _at_fault("has no value", where, key)
        return None
    text = values[0]
    if len(values) > 1 and len(several := sorted(set(values))) > 1:
        if not column.get("several"):
            what = f"has {len(several)} values, “{several[0]}” and “{several[1]}”, where a cell holds one"
            raise _at_fault(what, where, key)
        text = SEVERAL.join(several)
    kind = column["type"]
    if kind not in ("integer", "number", "boolean"):
        return text or None
    if kind == "boolean":
        return text in ("true", "1")
    try:
        number = int(text) if kind == "integer" else Decimal(text)
        if isinstance(number, Decimal) and not number.is_finite():
            raise ValueError(text)
    except (ValueError, InvalidOperation):
        raise _at_fault(f"is “{text}”, which is no number", where, key) from None
    return number


def _at_fault(what: str, where: str, key: Key) -> FindingsError:
    return FindingsError(
        f"the row of {', '.join(key)} {what}",
        where=f"table {where}",
        remedy="mend the data, or the column in queries/sheets.toml",
    )


def _named(sheet: Sheet) -> _Names:
    """Return the names of a table's things: its own columns, or those of what its key names."""
    for stem in ("name", f"{sheet.keys[0]}_name"):
        at = [n for n, column in enumerate(sheet.columns) if column.field == stem]
        if at:
            languages = tuple(str(sheet.columns[n].language) for n in at)
            return _Names(languages, {row[0]: tuple(row[n] for n in at) for row in sheet.rows})
    return _Names(cells={row[0]: () for row in sheet.rows})


def _closed(sheet: Sheet, names: Mapping[str, _Names]) -> None:
    """Raise FindingsError where a cell names a thing that has no row in its table."""
    for n, column in enumerate(sheet.columns):
        if column.of is None:
            continue
        for row in sheet.rows:
            if row[n] is not None and row[n] not in names[column.of].cells:
                raise FindingsError(
                    f"the row of {row[0]} names {row[n]}, of which the table {column.of} knows nothing",
                    where=f"table {sheet.name}.{column.name}",
                    remedy="say in the data what it is",
                )
