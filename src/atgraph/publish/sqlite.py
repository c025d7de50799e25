"""Tables come in; one SQLite file with keys and a folded full-text search, and Datasette's words for it, go out."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from atgraph.errors import EngineError
from atgraph.folding import folded_text
from atgraph.publish.columns import Column, stored_queries
from atgraph.publish.datapackage import ABOUT, TITLE, licence
from atgraph.publish.sheets import Cell, Sheet
from atgraph.settings import Settings

FILE = "atgraph.sqlite"
_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
_BREAK = "\u200b"
"""Put behind each ideograph, since Chinese has no spaces: the index takes each for a word, and a word for a phrase."""
_IDEOGRAPH = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LETTERS = [*range(0x20, 0x700), *range(0x1E00, 0x1F00), *range(0x2000, 0x2070), *range(0xFB50, 0xFE00)]
_LETTERS += [*range(0xFE70, 0xFF00), *range(0xFF00, 0xFF66)]
"""Whose folded forms the file has: those that people of the six languages type, and that copies from PDF have."""

_FOLDED = """letters(n, folded) AS (
  SELECT 0, ''
  UNION ALL
  SELECT n + 1, folded || coalesce(
    (SELECT f.folded FROM folding AS f WHERE f.letter = substr(:words, n + 1, 1)), substr(:words, n + 1, 1))
  FROM letters WHERE n < length(:words)
), folded(words) AS (SELECT folded FROM letters ORDER BY n DESC LIMIT 1)"""
_SHEETS = {
    "columns": "What each column of each table is: the same words as in tables/datapackage.json.",
    "texts": "Every name, summary and quote of the tables, in one place to be searched; folded is what is searched in.",
    "folding": "Letters whose searched form differs from what is written; the query “search” folds your words by it.",
}
_PLAIN = {
    "columns": "sheet TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, title TEXT NOT NULL, "
    "title_ar TEXT NOT NULL, about TEXT NOT NULL, PRIMARY KEY (sheet, name)",
    "texts": "text_id INTEGER PRIMARY KEY, sheet TEXT NOT NULL, field TEXT NOT NULL, thing TEXT NOT NULL, "
    "language TEXT, text TEXT NOT NULL, folded TEXT NOT NULL",
    "folding": "letter TEXT PRIMARY KEY, folded TEXT NOT NULL",
}


def searchable(text: str) -> str:
    r"""Return a text as texts.folded has it: folded, and each ideograph a word of its own.

    >>> searchable("الاتّجار بالأشخاص"), searchable("États"), searchable("贩运")
    ('الاتجار بالاشخاص', 'etats', '贩\u200b运\u200b')
    """
    return _IDEOGRAPH.sub(rf"\g<0>{_BREAK}", folded_text(text))


def query(words: str) -> str:
    """Return words as an FTS5 query on texts_fts that asks for all of them, however they are written.

    >>> query("المرأة OR")
    '"المراه" "or"'
    """
    return " ".join(f'"{word}"' for word in re.split('["\\s\0]+', searchable(words))) or '""'


def contents(sheets: Sequence[Sheet], settings: Settings) -> Iterator[tuple[str, str | bytes]]:
    """Yield atgraph.sqlite and datasette.json; the same tables give the same bytes under the same version of SQLite.

    Raises EngineError where this Python's SQLite has no full-text search.
    """
    yield FILE, database(sheets)
    yield "datasette.json", json.dumps(datasette(sheets, settings), ensure_ascii=False, indent=1) + "\n"


def database(sheets: Sequence[Sheet]) -> bytes:
    """Return the bytes of a SQLite file that holds the tables."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN")
        for sheet in sheets:
            connection.execute(_create(sheet, sheets))
            marks = ", ".join("?" * len(sheet.columns))
            connection.executemany(
                f"INSERT INTO {sheet.name} VALUES ({marks})", ([_stored(cell) for cell in row] for row in sheet.rows)
            )
            for column in sheet.columns:
                if column.name != sheet.keys[0] and (column.of or column.name in sheet.facets):
                    connection.execute(f"CREATE INDEX {sheet.name}_{column.name} ON {sheet.name} ({column.name})")
        _search(connection, sheets)
        connection.execute("COMMIT")
        connection.execute("VACUUM")
        return connection.serialize()
    except sqlite3.OperationalError as error:
        raise EngineError(
            f"SQLite {sqlite3.sqlite_version} cannot write the tables ({error})",
            where=FILE,
            remedy="use a Python whose SQLite has FTS5",
        ) from error
    finally:
        connection.close()


def _create(sheet: Sheet, sheets: Sequence[Sheet]) -> str:
    key = {each.name: each.keys[0] for each in sheets}
    lines = []
    for column in sheet.columns:
        words = [column.name, _TYPES.get(column.type, "TEXT")]
        if sheet.keys == (column.name,):
            words.append("PRIMARY KEY")
        if column.required:
            words.append("NOT NULL")
        if column.type == "boolean":
            words.append(f"CHECK ({column.name} IN (0, 1))")
        if column.of:
            words.append(f"REFERENCES {column.of} ({key[column.of]})")
        lines.append(" ".join(words))
    if len(sheet.keys) > 1:
        lines.append(f"PRIMARY KEY ({', '.join(sheet.keys)})")
    return f"CREATE TABLE {sheet.name} (\n  " + ",\n  ".join(lines) + "\n)"


def _stored(cell: Cell) -> str | int | float | None:
    return float(cell) if isinstance(cell, Decimal) else cell


def _search(connection: sqlite3.Connection, sheets: Sequence[Sheet]) -> None:
    for name, columns in _PLAIN.items():
        connection.execute(f"CREATE TABLE {name} ({columns})")
    described = [(s.name, c.name, c.type, c.title, c.title_ar, c.about) for s in sheets for c in s.columns]
    connection.executemany("INSERT INTO columns VALUES (?, ?, ?, ?, ?, ?)", described)
    texts = [(*each, searchable(each[-1])) for each in _texts(sheets)]
    connection.executemany(
        "INSERT INTO texts (sheet, field, thing, language, text, folded) VALUES (?, ?, ?, ?, ?, ?)", texts
    )
    letters = sorted({*map(chr, _LETTERS), *(c for each in texts for c in each[-2])})
    folding = ((letter, form) for letter in letters if (form := searchable(letter)) != letter)
    connection.executemany("INSERT INTO folding VALUES (?, ?)", folding)
    connection.execute("CREATE INDEX texts_thing ON texts (thing)")
    # Vowel signs are part of their word; where they should not count, the folded column has none.
    connection.execute(
        "CREATE VIRTUAL TABLE texts_fts USING fts5(text, folded, content='texts', content_rowid='text_id', "
        "tokenize=\"unicode61 remove_diacritics 2 categories 'L* N* Co Mn'\")"
    )
    connection.execute("INSERT INTO texts_fts (texts_fts) VALUES ('rebuild')")
    connection.execute("INSERT INTO texts_fts (texts_fts) VALUES ('optimize')")


def _texts(sheets: Iterable[Sheet]) -> Iterator[tuple[str, str, str, str | None, str]]:
    """Yield each text that is searched: its table, column without language, thing, language, words."""
    for sheet in sheets:
        searched = [(n, column) for n, column in enumerate(sheet.columns) if column.search]
        for row in sheet.rows:
            for n, column in searched:
                cell = row[n]
                if isinstance(cell, str):
                    yield sheet.name, column.field, str(row[0]), column.language, cell


def datasette(sheets: Sequence[Sheet], settings: Settings) -> dict[str, Any]:
    """Return Datasette's metadata of the SQLite file: titles, descriptions, licence, facets and stored queries."""
    tables: dict[str, Any] = {sheet.name: _described(sheet) for sheet in sheets}
    tables |= {name: {"description": about} for name, about in _SHEETS.items()}
    tables["texts"] |= {"facets": ["sheet", "field", "language"], "label_column": "text"}
    queries = {
        card["name"]: {
            "title": card["title"],
            "description": card["about"],
            "hide_sql": True,
            "sql": card["sql"].strip().replace("{folded}", _FOLDED),
        }
        for card in stored_queries()
    }
    granted = licence(settings)
    about = {"title": TITLE, "description": ABOUT, "license": granted["title"], "license_url": granted["path"]}
    return {**about, "databases": {FILE.removesuffix(".sqlite"): {**about, "tables": tables, "queries": queries}}}


def _described(sheet: Sheet) -> dict[str, Any]:
    # What is the name of what is not said again in six languages: it would push the rows off the page.
    columns = [column for column in sheet.columns if column.field == column.name or not column.field.endswith("_name")]
    card: dict[str, Any] = {
        "title": f"{sheet.title} · {sheet.title_ar}",
        "description": sheet.about,
        "columns": {column.name: f"{_both(column)}: {column.about}" for column in columns},
        "facets": list(sheet.facets),
    }
    label = next((c.name for c in sheet.columns if c.field in ("name", "label") and c.language == "en"), None)
    return card | ({"label_column": label} if label else {})


def _both(column: Column) -> str:
    return f"{column.title} · {column.title_ar}"
