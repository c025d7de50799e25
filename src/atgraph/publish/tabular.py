"""The dataset comes in; its tables go out as CSV with a data package, as SQLite with Datasette's words, and as XLSX."""

from __future__ import annotations

from collections.abc import Iterator

from atgraph.publish import datapackage, sqlite, workbook
from atgraph.publish.sheets import sheets
from atgraph.settings import Settings
from atgraph.store import Dataset


def contents(dataset: Dataset, settings: Settings) -> Iterator[tuple[str, str | bytes]]:
    """Yield the name below dist/ and the content of each file: three writings of the same tables.

    The same dataset gives the same bytes. Raises what `sheets` and `sqlite.contents` raise.
    """
    tables = sheets(dataset)
    yield from datapackage.contents(tables, settings)
    yield from sqlite.contents(tables, settings)
    yield workbook.FILE, workbook.workbook(tables, settings)
