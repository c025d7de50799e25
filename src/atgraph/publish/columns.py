"""The file queries/sheets.toml comes in; the definitions of tables and their columns, checked, go out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from atgraph import files
from atgraph.errors import QueryFileError

TYPES = ("iri", "text", "code", "slug", "date", "integer", "number", "boolean")
LANGUAGE_NAMES = {
    "ar": ("Arabic", "بالعربية"),
    "zh": ("Chinese", "بالصينية"),
    "en": ("English", "بالإنجليزية"),
    "fr": ("French", "بالفرنسية"),
    "ru": ("Russian", "بالروسية"),
    "es": ("Spanish", "بالإسبانية"),
}

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_WORDS = {"name", "type", "title", "ar", "about", "where", "of", "names", "languages", "several", "required", "search"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what its cells are, and what people read of it in English and in Arabic."""

    name: str
    type: str
    title: str
    title_ar: str
    about: str
    language: str | None = None
    """The language of its words, where all have one."""
    of: str | None = None
    """The table whose first column its cells name."""
    required: bool = False
    search: bool = False
    field: str = ""
    """The name without the language."""


def definitions() -> list[dict[str, Any]]:
    """Return the tables of queries/sheets.toml as they are written there; raise QueryFileError where one is wrong."""
    cards = _card()["table"]
    before: set[str] = set()
    for card in cards:
        name = str(card.get("name"))
        before.add(name)
        if wrong := _wrong(card, before):
            raise QueryFileError(wrong, where=f"sheets.toml: table {name}", remedy="see the words at the file's top")
    return cards


def stored_queries() -> list[dict[str, str]]:
    """Return the SQL queries of queries/sheets.toml that go with the SQLite file: name, title, about, sql."""
    cards = _card().get("query", [])
    for card in cards:
        if missing := {"name", "title", "about", "sql"} - set(card):
            what = f"lacks {', '.join(sorted(missing))}"
            raise QueryFileError(what, where=f"sheets.toml: query {card.get('name')}", remedy="add what is missing")
    return cards


def _card() -> dict[str, list[dict[str, Any]]]:
    path = files.queries() / "sheets.toml"
    try:
        card = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise QueryFileError(f"cannot be read ({error})", where=str(path), remedy="mend the file") from error
    if not isinstance(card.get("table"), list):
        raise QueryFileError("has no [[table]]", where=str(path), remedy="mend the file")
    return card


def _wrong(card: Mapping[str, Any], tables: set[str]) -> str:
    """Return what is wrong with a table's definition, or nothing."""
    missing = {"name", "title", "ar", "about", "keys", "where", "columns"} - set(card)
    if missing:
        return f"lacks {', '.join(sorted(missing))}"
    columns = {str(column.get("name")): column for column in card["columns"]}
    for name, column in columns.items():
        if not _NAME.fullmatch(name):
            return f"has a column “{name}”, which is no plain word in small letters"
        if unknown := set(column) - _WORDS:
            return f"says {', '.join(sorted(unknown))} of column {name}, which means nothing"
        if lacking := {"type", "title", "ar", "about"} - set(column):
            return f"says no {', '.join(sorted(lacking))} of column {name}"
        if column["type"] not in TYPES:
            return f"has column {name} of type “{column['type']}”, which is none of {', '.join(TYPES)}"
        if column.get("of", card["name"]) not in tables:
            return f"has column {name} name rows of “{column['of']}”, which is no table before it"
        if ("where" in column) == (name in card["keys"]):
            return f"has column {name} with a key's name and a pattern, or with neither"
    if not set(card["keys"]) <= set(columns):
        return "has a key that is no column"
    return ""


def head(card: Mapping[str, Any], keys: tuple[str, ...]) -> Column:
    """Return a column as its definition tells it; `keys` are the columns that name a row."""
    return Column(
        card["name"],
        card["type"],
        card["title"],
        card["ar"],
        card["about"],
        of=card.get("of"),
        required=bool(card.get("required")) or card["name"] in keys,
        search=bool(card.get("search")),
        field=card["name"],
    )


def in_language(column: Column, name: str, language: str) -> Column:
    """Return the column that has a column's words, or under another name the names of its things, in a language."""
    english, arabic = LANGUAGE_NAMES[language]
    title, title_ar, about = column.title, column.title_ar, f"{column.about.removesuffix('.')}. In {english}."
    if name != column.name:
        title, title_ar = f"{title}: name", f"{title_ar}: الاسم"
        about = f"The name, in {english}, of what “{column.name}” names."
    return replace(
        column,
        name=f"{name}_{language}",
        type="text",
        title=f"{title} ({english})",
        title_ar=f"{title_ar} {arabic}",
        about=about,
        language=language,
        of=None,
        required=False,
        search=column.search and name == column.name,
        field=name,
    )
