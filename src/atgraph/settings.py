"""A file `atgraph.toml` comes in, or none; who publishes, where, and under which names goes out."""

from __future__ import annotations

import datetime
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pyoxigraph import NamedNode

from atgraph import files
from atgraph.errors import SettingsError
from atgraph.names import BASE

FILE = files.SETTINGS
VARIABLE = "ATGRAPH_SETTINGS"
"""The name in the environment of a settings file that stands anywhere."""

CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
PUBLISHER_TYPES = (
    "Academia-ScientificOrganisation",
    "Company",
    "IndustryConsortium",
    "LocalAuthority",
    "NationalAuthority",
    "NonGovernmentalOrganisation",
    "NonProfitOrganisation",
    "PrivateIndividual(s)",
    "RegionalAuthority",
    "StandardisationBody",
    "SupraNationalAuthority",
)
"""What a publisher may be: the concepts of http://purl.org/adms/publishertype/1.0, which DCAT-AP asks for."""

INDIVIDUALS = "PrivateIndividual(s)"
"""The type of those that are no organization."""

_AUTHORS = MappingProxyType({"ar": "مؤلفو atgraph", "en": "The atgraph authors"})
_WHOLE = "docs/publishing.md shows a whole file"
_TABLES = {"publisher": ("name", "iri", "type", "homepage"), "contact": ("name", "email", "url")}
_IRIS = ("base", "landing_page", "download", "endpoint", "licence")
_PLAIN = (*_IRIS, "version", "issued", "modified")
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`/?#]+(?:[/?#][^\s<>\"{}|\\^`]*)?")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class _Named:
    """Somebody with names by language."""

    name: Mapping[str, str]

    @property
    def english(self) -> str:
        """Return the name in English, or the first where there is none."""
        return self.name.get("en") or next(iter(self.name.values()))


@dataclass(frozen=True, slots=True)
class Publisher(_Named):
    """Who publishes: names by language, an IRI (one below the base where it is empty), a kind, a page."""

    iri: str = ""
    type: str = ""
    homepage: str = ""


@dataclass(frozen=True, slots=True)
class Contact(_Named):
    """Whom readers can ask: names by language, and an e-mail address, a page, or both."""

    email: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a publisher decides; by default it is us who publish.

    Dates are days, as 2026-11-23. Of those that are empty, and of an empty version, the package and the data know
    better: see `publish.catalog`.
    """

    publisher: Publisher = field(
        default_factory=lambda: Publisher(_AUTHORS, f"{BASE}id/agent/atgraph-authors", INDIVIDUALS)
    )
    contact: Contact = field(default_factory=lambda: Contact(_AUTHORS, url=BASE))
    base: str = BASE
    landing_page: str = BASE
    download: str = f"{BASE}dist/"
    endpoint: str = ""
    licence: str = CC0
    version: str = ""
    issued: str = ""
    modified: str = ""

    @property
    def publisher_iri(self) -> str:
        """Return the IRI of the publisher."""
        return self.publisher.iri or f"{self.base}id/agent/publisher"


def find(root: Path | None = None) -> Path | None:
    """Return the settings file: that named in the environment, else that in a folder of one's own, or here.

    Raises SettingsError where the environment names none that is there.
    """
    if named := os.environ.get(VARIABLE):
        if not Path(named).is_file():
            raise SettingsError("is no file that is there", where=named, remedy=f"mend {VARIABLE}, or leave it out")
        return Path(named)
    places = [folder / FILE for folder in (root, Path()) if folder is not None]
    return next((path for path in places if path.is_file()), None)


def read(root: Path | None = None) -> Settings:
    """Return the settings of whoever builds in this folder, or with this root; ours where there is no file.

    Raises SettingsError with file and key.
    """
    path = find(root)
    if path is None:
        return Settings()
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"cannot be read ({error})", where=str(path), remedy="save it in UTF-8") from error
    return parse(content, str(path))


def parse(content: str, where: str = FILE) -> Settings:
    r"""Return the settings that a text in TOML says.

    >>> parse('base = "https://data.example.org/tip/"\n[publisher]\nname = "A ministry"').publisher_iri
    'https://data.example.org/tip/id/agent/publisher'
    """
    try:
        said = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"is no TOML ({error})", where=where, remedy="mend the line it names") from error
    for key, what, remedy in _faults(said):
        raise SettingsError(f"{key} {what}", where=where, remedy=remedy)
    base = said.get("base", BASE)
    page = said.get("landing_page", base)
    names = _named(said["publisher"]["name"])
    publisher = {**said["publisher"], "name": names}
    desk = said.get("contact", {})
    contact = {**desk, "name": _named(desk["name"]) if "name" in desk else names}
    if not contact.get("email"):
        contact.setdefault("url", page)
    plain = {key: str(said[key]) for key in _PLAIN if key in said}
    plain = {"landing_page": page, "download": f"{base}dist/", **plain}
    return Settings(Publisher(**publisher), Contact(**contact), **plain)


def _named(names: str | Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({"en": names} if isinstance(names, str) else dict(names))


def _faults(said: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong, the worst first: which key, what of it, what to do."""
    known = {*_PLAIN, *_TABLES} | {f"{table}.{key}" for table, keys in _TABLES.items() for key in keys}
    for key, value in said.items():
        if key in _TABLES and not isinstance(value, dict):
            yield key, f"is “{value}”", f"begin a table with [{key}]; {_WHOLE}"
        inside = [f"{key}.{each}" for each in value] if key in _TABLES else [key]
        for each in inside:
            if each not in known:
                yield each, "is no setting", f"use one of {', '.join(sorted(known - _TABLES.keys()))}"
    publisher, contact = said.get("publisher", {}), said.get("contact", {})
    names = publisher.get("name")
    if not names or not isinstance(names, str | dict):
        yield "publisher.name", "is missing", 'say who publishes: [publisher] and below it name = "…"'
    for language, name in (names if isinstance(names, dict) else {"en": names}).items():
        if not _LANGUAGE.fullmatch(language) or not _is_name(name):
            yield f"publisher.name.{language}", f"is “{name}”", 'write names by language: name = { en = "…", ar = "…" }'
    addresses = {key: said[key] for key in _IRIS if key in said}
    addresses |= {f"publisher.{key}": publisher[key] for key in ("iri", "homepage") if key in publisher}
    addresses |= {"contact.url": contact["url"]} if "url" in contact else {}
    for key, value in addresses.items():
        if not _is_iri(value):
            yield key, f"is “{value}”, which is no IRI", "write a whole address, such as https://data.example.org/"
    for key in ("base", "download"):
        if not said.get(key, "/").endswith("/") or set("?#") & set(said.get(key, "")):
            yield key, f"is “{said[key]}”", "names are made by adding to it, so end it with a stroke, without ? and #"
    if publisher.get("type", PUBLISHER_TYPES[0]) not in PUBLISHER_TYPES:
        yield "publisher.type", f"is “{publisher['type']}”", f"use one of {', '.join(PUBLISHER_TYPES)}"
    desk = contact.get("name", names)
    for language, name in (desk if isinstance(desk, dict) and desk else {"en": desk}).items():
        if not _LANGUAGE.fullmatch(language) or not _is_name(name):
            yield "contact.name", f"is “{name}”", "write a name in quotation marks, or names by language"
    if "email" in contact and not (isinstance(contact["email"], str) and _EMAIL.fullmatch(contact["email"])):
        yield "contact.email", f"is “{contact['email']}”", "write an address, such as data@example.org"
    if "version" in said and not (
        isinstance(said["version"], str) and re.fullmatch(r"\d[\w.+-]*", said["version"], re.ASCII)
    ):
        yield "version", f"is “{said['version']}”", 'write it in quotation marks, such as "1.0.0"'
    for key in ("issued", "modified"):
        if key in said and type(said[key]) is not datetime.date:
            yield key, f"is “{said[key]}”", "write a day without quotation marks, such as 2026-11-23"
    days = [said[key] for key in ("issued", "modified") if type(said.get(key)) is datetime.date]
    if len(days) == 2 and days[1] < days[0]:
        yield "modified", f"is “{days[1]}”, before issued, “{days[0]}”", "what is issued changes on that day or later"


def _is_iri(value: object) -> bool:
    if not isinstance(value, str) or not _IRI.fullmatch(value):
        return False
    try:
        NamedNode(value)
    except ValueError:
        return False
    return True


def _is_name(value: object) -> bool:
    """Tell whether a value is words on one line, as every syntax that we write can hold."""
    return isinstance(value, str) and bool(value.strip()) and value.isprintable()
