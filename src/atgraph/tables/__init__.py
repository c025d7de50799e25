"""The tables of data/ come in; the triples of the reference data, and of the vocabularies made from tables, go out."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from atgraph import files, turtle
from atgraph.errors import RdfError, TableError
from atgraph.names import PREFIXES, SCHEMES, document_symbol, iri, slug, thing
from atgraph.tables.columns import SCHEME, TABLES, VERBS, Column, Table
from atgraph.tables.rows import Row, read

_DATES = {
    "gYear": re.compile(r"\d{4}"),
    "gYearMonth": re.compile(r"\d{4}-(0[1-9]|1[0-2])"),
    "date": re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"),
    "gMonthDay": re.compile(r"--(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"),
}
_PRECISIONS = {"date": ("gYear", "gYearMonth", "date"), "year": ("gYear",), "day": ("gMonthDay",)}
_FLAGS = {"yes": "true", "no": "false"}
_DEGREES = ("exact", "close", "broad", "narrow", "related")
_INCLUDES = {
    "all-states": ("member", "observer", "non-member"),
    "governments": ("member", "observer", "non-member"),
    "member-states": ("member",),
}
"""Classes of actors whose members can be listed: the statuses of the States that they include."""

_TYPE, _BROADER, _PREF = iri("rdf:type"), iri("skos:broader"), iri("skos:prefLabel")
_LABELS = (_PREF, iri("skos:altLabel"))
_SLUG = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
_LICENCE = NamedNode("https://creativecommons.org/publicdomain/zero/1.0/")

Tables = Mapping[str, list[Row]]
Known = Mapping[str, set[str]]


def generate(data: Path | None = None) -> dict[str, list[Triple]]:
    """Return the triples of each file made from the tables, by its path from the top of the checkout.

    Raises TableError, which names file and line, for a row that cannot stand.
    """
    folder = data or files.data()
    tables = {table.name: list(read(table, folder)) for table in (*TABLES, SCHEME, *VERBS)}
    known = _known(tables)
    triples: dict[str, list[Triple]] = {}
    for table in TABLES:
        made = [triple for row, subject in _subjects(table, tables) for triple in _row(table, row, subject, known)]
        if table.name == "actor-classes":
            made += _included(tables)
        if table.name == "acts":
            made += [triple for table in VERBS for triple in _verbs(table.name, tables[table.name], known)]
        if table.scheme:
            made += _scheme(table, tables, made)
        triples[table.output] = _disjoint(made)
    return triples


def _subjects(table: Table, tables: Tables) -> Iterator[tuple[Row, NamedNode]]:
    """Yield each row with its thing's IRI; a second row with one key gets the cell of `again` besides."""
    seen: dict[str, str] = {}
    for row in tables[table.name]:
        parts = [row.cells[name].strip() for name in table.key]
        for part in parts:
            if not _SLUG.fullmatch(part):
                raise TableError(f"“{part}” is no slug", where=row.where, remedy="use letters, digits and hyphens")
        name = ".".join(parts)
        if name in seen and table.again and row.values(table.again):
            name += f".{row.values(table.again)[0]}"
        if name in seen:
            first = seen[name].rpartition(":")[2]
            raise TableError(f"{name} stands in line {first} already", where=row.where, remedy="keep one of the two")
        seen[name] = row.where
        yield row, thing(table.kind, name)


def _known(tables: Tables) -> dict[str, set[str]]:
    """Return the slugs that each kind of reference may name."""
    known: dict[str, set[str]] = {}
    for table in TABLES:
        slugs = known.setdefault(table.kind, set())
        for row, subject in _subjects(table, tables):
            name = slug(subject.value)
            if name in slugs:
                what = f"another table has the {table.kind} {name} already"
                raise TableError(what, where=row.where, remedy="keep one of the two")
            slugs.add(name)
    return known | {scheme: _concepts(scheme) for scheme in SCHEMES if scheme not in known}


def _concepts(scheme: str) -> set[str]:
    """Return the slugs of a vocabulary that is written by hand."""
    path = files.ontology() / "vocab" / f"{scheme}.ttl"
    try:
        subjects = {str(quad.subject.value) for quad in parse(path=str(path), format=RdfFormat.TURTLE)}
    except (OSError, SyntaxError) as error:
        raise RdfError(f"cannot be read ({error})", where=path.name, remedy="restore the vocabulary") from error
    space = PREFIXES[scheme]
    return {subject.removeprefix(space) for subject in subjects if subject.startswith(space)}


def _row(table: Table, row: Row, subject: NamedNode, known: Known) -> Iterator[Triple]:
    """Yield the triples of one row."""
    for name in table.types.split():
        yield Triple(subject, _TYPE, iri(name))
    if table.scheme:
        yield Triple(subject, iri("skos:inScheme"), NamedNode(table.scheme))
    for column in table.columns:
        for place, value in enumerate(row.values(column.name)):
            yield from _cell(column, place, value, row, subject, known)


def _cell(column: Column, place: int, value: str, row: Row, subject: NamedNode, known: Known) -> Iterator[Triple]:
    """Yield the triples of one value of a cell."""
    kind, _, rest = column.value.partition(" ")
    if kind == "match":
        degrees = row.values(f"{column.name}_match")
        degree = degrees[min(place, len(degrees) - 1)] if degrees else ""
        if degree not in _DEGREES:
            what = f"the mapping {column.name} {value} has no degree, or “{degree}”, which is none"
            raise TableError(what, where=row.where, remedy=f"write {', '.join(_DEGREES)} into {column.name}_match")
        yield Triple(subject, iri(f"skos:{degree}Match"), _pattern(rest, value, row))
        return
    term = _reference(column, value, row, known) if kind.startswith("@") else _term(column, value, row)
    if isinstance(term, NamedNode):
        yield from _outlined(term, known)
    for name in column.properties.split():
        yield Triple(term, iri(name), subject) if column.inverse else Triple(subject, iri(name), term)  # type: ignore[arg-type]


def _term(column: Column, value: str, row: Row) -> NamedNode | Literal:
    """Return the term of a value that refers to no other row."""
    if column.value == "string":
        return Literal(value)
    if column.value == "text":
        return Literal(value, language=column.name.rpartition("_")[2])
    if column.value == "flag" and value in _FLAGS:
        return Literal(_FLAGS[value], datatype=iri("xsd:boolean"))
    for precision in _PRECISIONS.get(column.value, ()):
        if _DATES[precision].fullmatch(value) and (precision != "date" or _exists(value)):
            return Literal(value, datatype=iri(f"xsd:{precision}"))
    if "{}" in column.value:
        return _pattern(column.value, value, row)
    forms = {"flag": "yes or no", "date": "2024, 2024-07 or 2024-07-30", "year": "2024", "day": "--07-30"}
    what = f"“{value}” in the column {column.name} is no {column.value}"
    raise TableError(what, where=row.where, remedy=f"write it as {forms[column.value]}")


def _exists(day: str) -> bool:
    try:
        datetime.date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _pattern(pattern: str, value: str, row: Row) -> NamedNode:
    whole = pattern.format(value)
    try:
        return NamedNode(whole) if "://" in whole else iri(whole)
    except (KeyError, ValueError) as error:
        raise TableError(f"“{value}” makes no IRI", where=row.where, remedy="mend the identifier") from error


def _reference(column: Column, value: str, row: Row, known: Known) -> NamedNode:
    """Return what a value refers to: a row of a table, a resolution by its slug, or a paragraph of either."""
    kinds = column.value[1:].split()
    for kind in kinds:
        document, _, number = value.partition(".")
        if kind == "paragraph" and number and (document in known["document"] or document_symbol(document)):
            return thing(kind, value)
        if value in known.get(kind, ()) or (kind == "document" and document_symbol(value)):
            return thing(kind, value)
    what = f"“{value}” in the column {column.name} is no known {' or '.join(kinds)}"
    raise TableError(what, where=row.where, remedy="mend it, or add a row for it to the table it should stand in")


def _outlined(term: NamedNode, known: Known) -> Iterator[Triple]:
    """Yield what must be said of a paragraph, or of a resolution in no table, that a row refers to."""
    name = slug(term.value)
    if term == thing("paragraph", name):
        document, _, number = name.partition(".")
        yield Triple(term, _TYPE, iri("atg:Paragraph"))
        yield Triple(term, iri("atg:isPartOf"), thing("document", document))
        yield Triple(term, iri("atg:number"), Literal(number))
        yield from _outlined(thing("document", document), known)
    symbol = document_symbol(name)
    if term == thing("document", name) and name not in known["document"] and symbol:
        yield Triple(term, _TYPE, iri("atg:Instrument"))
        yield Triple(term, iri("atg:hasKind"), iri("instrument-kind:resolution"))
        yield Triple(term, _PREF, Literal(symbol, language="en"))
        for predicate in ("atg:symbol", "dcterms:identifier"):
            yield Triple(term, iri(predicate), Literal(symbol))


def _included(tables: Tables) -> Iterator[Triple]:
    for name, statuses in _INCLUDES.items():
        for row in tables["states"]:
            if row.cells["un_status"] in statuses:
                yield Triple(thing("actor-class", name), iri("atg:includes"), thing("state", row.cells["iso3"]))


def _verbs(language: str, rows: Iterable[Row], known: Known) -> Iterator[Triple]:
    """Yield each verb's citation form, the first in the third person, as a label of its act.

    Participles, phrases and forms with a gap serve matching only, and so do the words that look like an act and state a
    fact (“admits of”). In Chinese a verb has one form, and its object may
    stand inside: 对……表示关切.
    """
    columns = ("third", "first") if language == "zh" else ("third",)
    forms = set()
    for row in rows:
        act = row.cells["act"].strip()
        if act not in known["act"]:
            raise TableError(f"“{act}” is no known act", where=row.where, remedy="use a slug of data/lexicon/acts.csv")
        if act == "asserts":
            continue
        named = (form for column in columns for form in row.values(column))
        forms.add((act, re.sub(r"\s*~\s*", "~", next(named, "")).strip("~")))
    for act, form in forms:
        whole = (act, form.replace("~", "")) in forms
        if form and ("~" not in form or (language == "zh" and not whole)):
            label = Literal(form.replace("~", "……"), language=language)
            yield Triple(thing("act", act), _LABELS[1], label)


def _scheme(table: Table, tables: Tables, made: Iterable[Triple]) -> Iterator[Triple]:
    """Yield what describes a concept scheme, and its top: the concepts that have no broader one in it."""
    node = NamedNode(table.scheme)
    row = next((row for row in tables[SCHEME.name] if row.cells["slug"] == table.kind), None)
    if row is None:
        what = f"the scheme {table.kind} is not described"
        raise TableError(what, where=SCHEME.source, remedy=f"add a row {table.kind}")
    yield from _row(SCHEME, row, node, {})
    yield Triple(node, iri("dcterms:creator"), iri("agent:atgraph-authors"))
    yield Triple(node, iri("dcterms:license"), _LICENCE)
    concepts = {triple.subject for triple in made if triple.predicate == iri("skos:inScheme")}
    narrower = {triple.subject for triple in made if triple.predicate == _BROADER and triple.object in concepts}
    for concept in concepts - narrower:
        yield Triple(node, iri("skos:hasTopConcept"), concept)
        yield Triple(concept, iri("skos:topConceptOf"), node)


def _disjoint(triples: list[Triple]) -> list[Triple]:
    """Return the triples, once each and sorted, without labels that repeat a better one: SKOS keeps the kinds apart."""
    better: set[tuple[object, object]] = set()
    dropped: set[Triple] = set()
    for kind in _LABELS:
        labels = [triple for triple in triples if triple.predicate == kind]
        dropped.update(triple for triple in labels if (triple.subject, triple.object) in better)
        better.update((triple.subject, triple.object) for triple in labels)
    return sorted(set(triples) - dropped, key=str)


def texts(data: Path | None = None) -> dict[str, str]:
    """Return the Turtle of each file made from the tables, by its path from the top of the checkout."""
    sources = {table.output: table.source for table in TABLES}
    made = generate(data)
    note = "Made from {} by `python -m atgraph.tables`: edit the table, not this file."
    return {path: turtle.pretty(triples, note.format(sources[path])) for path, triples in made.items()}


def write() -> None:
    """Write the files made from the tables."""
    for path, text in texts().items():
        files.write(files.root() / path, text)


def stale() -> list[str]:
    """Return the files that are not what the tables make of them."""
    root = files.root()
    return [
        path
        for path, text in texts().items()
        if not (root / path).is_file() or (root / path).read_text(encoding="utf-8") != text
    ]
