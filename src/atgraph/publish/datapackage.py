"""Tables come in; CSV files whose texts no spreadsheet runs as formulas, and their Frictionless package, go out."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from atgraph import __version__
from atgraph.publish.columns import Column
from atgraph.publish.describe import PROGRAM, Licence
from atgraph.publish.sheets import Cell, Sheet
from atgraph.settings import Settings

TITLE = "atgraph: commitments against trafficking in persons, as tables"
ABOUT = (
    "Who pledges, urges, recognizes or asserts what against trafficking in persons, with the words that it was read "
    "from, and who is party to which treaty; names in six languages. The words of the documents that are quoted are "
    "not ours to license; what was translated for this project is marked as a translation."
)
GUARD = "'"
"""What stands before a text that a spreadsheet would take for a formula."""
DATE = r"-?\d{4,}(-\d{2}(-\d{2})?)?(Z|[+-]\d{2}:\d{2})?"
"""A date of any precision, as XML Schema writes it: a year, a month or a day."""

# A formula's first character, in ASCII or full width, also behind spaces and marks that are not seen; what ends a cell
# or a line; and the guard itself, so that every guard can be taken away again.
_FORMULA = re.compile("[\\s\ufeff\u200b-\u200f\u2060]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n']")
_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean"}


def guarded(text: str) -> str:
    """Return a text with an apostrophe before it where a spreadsheet would run it as a formula, or where it has one.

    >>> guarded("=1+1"), guarded("-5 °C"), guarded("'tis"), guarded("1+1")
    ("'=1+1", "'-5 °C", "''tis", '1+1')
    """
    return GUARD + text if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Return what `guarded` was given: one apostrophe at the beginning is taken away.

    >>> unguarded("'=1+1"), unguarded("1+1")
    ('=1+1', '1+1')
    """
    return text.removeprefix(GUARD)


def licence(settings: Settings) -> dict[str, str]:
    """Return the licence of the tables as a data package says it: its name where it has one, its address, its title."""
    said = Licence.of(settings.licence)
    return ({"name": said.name} if said.name else {}) | {"path": said.iri, "title": said.title}


def contents(sheets: Sequence[Sheet], settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield the name below dist/ and the text of each CSV file (RFC 4180, UTF-8), and of datapackage.json."""
    resources = []
    for sheet in sheets:
        text = csv_text(sheet)
        yield f"tables/{sheet.name}.csv", text
        resources.append(_resource(sheet, text.encode(), sheets))
    package = {
        "profile": "tabular-data-package",
        "name": "atgraph",
        "id": settings.base,
        "title": TITLE,
        "description": ABOUT,
        "homepage": settings.landing_page,
        "version": settings.version or __version__,
        "licenses": [licence(settings)],
        "contributors": [
            {"title": settings.publisher.english, "role": "author"},
            {"title": settings.publisher.english, "role": "publisher"},
            {"title": f"{PROGRAM}, the program that made the tables", "role": "contributor"},
        ],
        "sources": _sources(sheets),
        "keywords": ["trafficking in persons", "United Nations", "commitments", "treaties"],
        "formulaGuard": {
            "character": GUARD,
            "description": (
                "A text that a spreadsheet would take for a formula (it begins with =, +, - or @, with a tab or a line "
                "break) or that begins with an apostrophe has one apostrophe put before it. Take one apostrophe from "
                "the beginning of a text to have it as it is; numbers and truth values never have one. guardedCells "
                "counts the cells of a table that have one. The .sqlite and .xlsx files have every text as it is."
            ),
        },
        "resources": resources,
    }
    yield "tables/datapackage.json", json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def csv_text(sheet: Sheet) -> str:
    """Return a table as CSV: RFC 4180, its texts guarded, empty cells for None."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(column.name for column in sheet.columns)
    writer.writerows(map(_written, sheet.rows))
    return stream.getvalue()


def _written(row: Iterable[Cell]) -> list[str]:
    return [guarded(cell) if isinstance(cell, str) else _plain(cell) for cell in row]


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _resource(sheet: Sheet, content: bytes, sheets: Sequence[Sheet]) -> dict[str, Any]:
    target = {each.name: each.keys[0] for each in sheets}
    foreign = [
        {
            "fields": [column.name],
            "reference": {"resource": "" if column.of == sheet.name else column.of, "fields": [target[column.of]]},
        }
        for column in sheet.columns
        if column.of
    ]
    schema: dict[str, Any] = {
        "fields": [_field(column, sheet) for column in sheet.columns],
        "missingValues": [""],
        "primaryKey": list(sheet.keys),
    }
    if foreign:
        schema["foreignKeys"] = foreign
    return {
        "profile": "tabular-data-resource",
        "name": sheet.name,
        "path": f"{sheet.name}.csv",
        "title": sheet.title,
        "title_ar": sheet.title_ar,
        "description": sheet.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "guardedCells": sum(isinstance(c, str) and c != guarded(c) for row in sheet.rows for c in row),
        "schema": schema,
    }


def _field(column: Column, sheet: Sheet) -> dict[str, Any]:
    card: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.type, "string"),
        "title": column.title,
        "title_ar": column.title_ar,
        "description": column.about,
    }
    constraints: dict[str, Any] = {}
    if column.type == "iri":
        card["format"] = "uri"
    if column.type == "date":
        card["description"] = f"{column.about} ISO 8601, as YYYY, YYYY-MM or YYYY-MM-DD."
        constraints["pattern"] = f"^'?{DATE}$" if any(map(_is_guarded, sheet.column(column.name))) else f"^{DATE}$"
    if column.required:
        constraints["required"] = True
    if sheet.keys == (column.name,):
        constraints["unique"] = True
    if column.language:
        card["language"] = column.language
    if constraints:
        card["constraints"] = constraints
    return card


def _is_guarded(cell: Cell) -> bool:
    return isinstance(cell, str) and guarded(cell) != cell


def _sources(sheets: Sequence[Sheet]) -> list[dict[str, str]]:
    """Return the documents whose texts were read, and the lists that the reference data were taken from."""
    by_name = {sheet.name: sheet for sheet in sheets}
    read = set(by_name["expressions"].column("document"))
    documents = by_name["documents"]
    names = zip(*(documents.column(name) for name in ("document", "name_en", "page")), strict=True)
    found = [
        {"title": str(name or document)} | ({"path": str(page)} if page and " | " not in str(page) else {})
        for document, name, page in names
        if document in read
    ]
    lists = sorted({str(source) for source in by_name["treaty_actions"].column("source")})
    return [*found, *({"title": each} for each in lists)]
