"""The table `ontology/changes.csv` comes in; out goes the history of each term, checked against the ontology itself."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from atgraph.errors import TableError
from atgraph.names import BASE, PREFIXES, iri

COLUMNS = ("version", "date", "term", "change", "en", "ar")
KINDS = {"added": "أضيف", "changed": "عُدِّل", "deprecated": "أُهمِل"}
"""What can happen to a term, with the Arabic for it. Nothing is ever removed: see docs/ontology.md."""

_TYPE = iri("rdf:type")
_TYPES = {
    *map(iri, ("owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty")),
    *map(iri, ("skos:ConceptScheme", "skos:Concept", "sh:NodeShape", "sh:PropertyShape")),
}
_DEPRECATED = iri("owl:deprecated")
_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")
_DATE = NamedNode(PREFIXES["xsd"] + "date")


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one term: `kind` is one of KINDS, `en` and `ar` say what changed, or nothing for an addition."""

    version: str
    date: str
    kind: str
    en: str
    ar: str

    def note(self, language: str) -> str:
        """Return the change as a sentence, in `en` or `ar`.

        >>> Change("0.2.0", "2027-01-31", "changed", "The range is wider.", "…").note("en")
        '0.2.0 (2027-01-31): changed. The range is wider.'
        """
        said = KINDS[self.kind] if language == "ar" else self.kind
        more = self.ar if language == "ar" else self.en
        return f"{self.version} ({self.date}): {said}. {more}".rstrip()


History = Mapping[str, list[Change]]
"""Each term's IRI with its changes, the oldest first."""


def terms(triples: Iterable[Triple]) -> set[str]:
    """Return the IRIs of all our own classes, properties, schemes, concepts and shapes that triples describe."""
    return {
        subject.value
        for subject, predicate, value in triples
        if predicate == _TYPE and value in _TYPES and isinstance(subject, NamedNode) and subject.value.startswith(BASE)
    }


def read(path: Path, triples: Collection[Triple]) -> History:
    """Return the history of every term that `triples` describe, as a table tells it.

    Raises TableError for a row that cannot stand, for a term without history or history without a term, and where the
    table and the ontology disagree on what is deprecated.
    """
    history: dict[str, list[Change]] = {}
    for where, row in _rows(path):
        term = _iri(row["term"])
        change = Change(row["version"], row["date"], row["change"], row["en"].strip(), row["ar"].strip())
        if fault := _fault(change, history.get(term, [])):
            raise TableError(f"{row['term']}: {fault[0]}", where=where, remedy=fault[1])
        history.setdefault(term, []).append(change)
    _agree(history, triples, path.name)
    return history


def notes(history: History, about: Iterable[str]) -> Iterator[Triple]:
    """Yield the history of terms as triples: dcterms:created, dcterms:modified, skos:changeNote in two languages."""
    for term in about:
        changes = history.get(term, [])
        for change in changes:
            for language in ("en", "ar"):
                yield Triple(NamedNode(term), iri("skos:changeNote"), Literal(change.note(language), language=language))
        if changes:
            yield Triple(NamedNode(term), iri("dcterms:created"), Literal(changes[0].date, datatype=_DATE))
            yield Triple(NamedNode(term), iri("dcterms:modified"), Literal(changes[-1].date, datatype=_DATE))


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"cannot be read ({error})", where=path.name, remedy="give a CSV file in UTF-8") from error
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        if tuple(next(lines, [])) != COLUMNS:
            raise TableError("has another header", where=f"{path.name}:1", remedy=f"write {','.join(COLUMNS)}")
        for cells in lines:
            where = f"{path.name}:{lines.line_num}"
            if cells and len(cells) != len(COLUMNS):
                remedy = "add or remove commas, or quote the cell that has one"
                raise TableError(f"the row has {len(cells)} cells, not {len(COLUMNS)}", where=where, remedy=remedy)
            if cells:
                yield where, dict(zip(COLUMNS, cells, strict=True))
    except csv.Error as error:
        raise TableError(f"is no CSV ({error})", where=f"{path.name}:{lines.line_num}", remedy="mend quotes") from error


def _iri(name: str) -> str:
    """Return a term's IRI, given as prefix and name, or as what follows the base.

    >>> _iri("atg:Call"), _iri("vocab/act")
    ('https://w3id.org/atgraph/ontology/Call', 'https://w3id.org/atgraph/vocab/act')
    """
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else BASE + name


def _fault(change: Change, before: list[Change]) -> tuple[str, str] | None:
    """Return what is wrong with a change and what to do, or None."""
    if not _VERSION.fullmatch(change.version):
        return f"“{change.version}” is no version", "write three numbers, such as 0.2.0"
    try:
        datetime.date.fromisoformat(change.date)
    except ValueError:
        return f"“{change.date}” is no day", "write it as 2027-01-31"
    if change.kind not in KINDS:
        return f"“{change.kind}” is no change", f"write one of {', '.join(KINDS)}"
    if (change.kind == "added") != (not before):
        return "a history begins with `added`, once", "mend the order of its rows"
    if change.kind != "added" and not (change.en and change.ar):
        return "nobody is told what changed", "say it in the columns en and ar"
    if before and (_order(change.version), change.date) < (_order(before[-1].version), before[-1].date):
        return "the change stands after a later one", "put the oldest first"
    return None


def _order(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _agree(history: History, triples: Collection[Triple], where: str) -> None:
    known = terms(triples)
    if missing := sorted(known - history.keys()):
        raise TableError(
            f"has no row for {_few(missing)}", where=where, remedy="add it with the version that brings it"
        )
    if gone := sorted(history.keys() - known):
        raise TableError(f"names {_few(gone)}, which is gone", where=where, remedy="deprecate terms, never remove them")
    stated = {
        subject.value
        for subject, predicate, value in triples
        if predicate == _DEPRECATED and value == Literal(True) and isinstance(subject, NamedNode)
    }
    told = {term for term, changes in history.items() if changes[-1].kind == "deprecated"}
    if odd := sorted(stated ^ told):
        what = f"and the ontology disagree on whether {_few(odd)} is deprecated"
        raise TableError(what, where=where, remedy="state owl:deprecated there, and give the row here")


def _few(values: list[str]) -> str:
    return ", ".join(values[:3]) + (f" and {len(values) - 3} more" if len(values) > 3 else "")
