"""The dataset and queries/sheets.toml come in; plain tables go out, ready to be written as CSV, SQLite and XLSX.

A table has one row a thing. Its cells are text, whole numbers, decimals, truth values, or empty (None).
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from atgraph import files
from atgraph.errors import FindingsError, QueryError, QueryFileError
from atgraph.names import LANGUAGES
from atgraph.store import Dataset, Term
from atgraph.turtle import natural

Cell: TypeAlias = str | int | Decimal | bool | None
Key: TypeAlias = tuple[str, ...]

TYPES = ("iri", "text", "code", "slug", "date", "integer", "number", "boolean")
SEVERAL = " | "
"""What stands between the values of a cell that has several."""
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


def _sheet(dataset: Dataset, card: Mapping[str, Any], names: Mapping[str, _Names]) -> Sheet:
    keys = tuple(card["keys"])
    rows = sorted({key for key, _ in _select(dataset, card, "")}, key=lambda key: [natural(part) for part in key])
    columns: list[Column] = []
    cells: list[list[Cell]] = []
    values: list[Cell]
    for each in card["columns"]:
        head = _head(each, keys)
        where = f"{card['name']}.{head.name}"
        if "languages" in each:
            by_language = _values(dataset, card, each, by_language=True)
            for language in LANGUAGES if each["languages"] == "all" else each["languages"]:
                columns.append(_in_language(head, head.name, language))
                cells.append([_cell(by_language[language].get(key), each, where, key) for key in rows])
            continue
        if head.name in keys:
            at = keys.index(head.name)
            last = head.type == "slug"
            values = [_last(key[at]) if last else key[at] for key in rows]
        else:
            found = _values(dataset, card, each)[""]
            values = [_cell(found.get(key), each, where, key) for key in rows]
        columns.append(head)
        cells.append(values)
        if head.of and each.get("names", True):
            named = names[head.of]
            empty = (None,) * len(named.languages)
            called = [named.cells.get(value, empty) for value in values]
            for n, language in enumerate(named.languages):
                columns.append(_in_language(head, f"{head.name}_name", language))
                cells.append([call[n] for call in called])
    lines = tuple(zip(*cells, strict=True))
    facets = tuple(card.get("facets", ()))
    return Sheet(card["name"], card["title"], card["ar"], card["about"], keys, tuple(columns), lines, facets)


def _head(card: Mapping[str, Any], keys: tuple[str, ...]) -> Column:
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


def _in_language(head: Column, name: str, language: str) -> Column:
    english, arabic = LANGUAGE_NAMES[language]
    title, title_ar, about = head.title, head.title_ar, f"{head.about.removesuffix('.')}. In {english}."
    if name != head.name:
        title, title_ar = f"{title}: name", f"{title_ar}: الاسم"
        about = f"The name, in {english}, of what “{head.name}” names."
    return replace(
        head,
        name=f"{name}_{language}",
        type="text",
        title=f"{title} ({english})",
        title_ar=f"{title_ar} {arabic}",
        about=about,
        language=language,
        of=None,
        required=False,
        search=head.search and name == head.name,
        field=name,
    )


def _select(dataset: Dataset, card: Mapping[str, Any], pattern: str) -> Iterator[tuple[Key, Term | None]]:
    """Yield the key of each row with what a pattern binds to ?value for it."""
    keys = card["keys"]
    variables = " ".join(f"?{key}" for key in [*keys, "value"])
    try:
        # The braces between them keep two patterns from running into each other.
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
