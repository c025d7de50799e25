"""The terms that a target uses come in; out goes which of them are known not to exist, to be given up, or unchecked."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache

from pyoxigraph import Literal, NamedNode

from atgraph import files
from atgraph.lint.reading import File
from atgraph.lint.rules import Place, name_of, rule
from atgraph.lint.target import KINDS, SPACE, Target, space_of
from atgraph.names import iri, shorten

_SHOWN = 5
"""How many unverified terms of one vocabulary are named."""
_STATES = ("exists", "deprecated", "gone")
_TYPE, _FIRST = iri("rdf:type"), iri("rdf:first")
_CLOSED = ("http://www.w3.org/ns/dcat#",)
"""Namespaces of which the list in rdflib and the one in data/lint/terms.csv together hold every term."""
_PLACING = {
    iri(name)
    for name in (
        *("rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range", "rdfs:seeAlso", "owl:equivalentClass"),
        *("owl:equivalentProperty", "owl:inverseOf", "owl:onProperty", "owl:someValuesFrom", "owl:allValuesFrom"),
        *("owl:disjointWith", "sh:path", "sh:targetClass", "sh:class", "sh:datatype", "skos:closeMatch"),
        *("owl:complementOf", "owl:onClass", "owl:onDataRange", "owl:onDatatype", "owl:propertyDisjointWith"),
        *("owl:annotatedProperty", "sh:inversePath", "sh:targetSubjectsOf", "sh:targetObjectsOf"),
        *("void:class", "void:property"),
        *("skos:exactMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch"),
    )
}
"""Properties whose values are often terms of other vocabularies."""
_ENTITIES = {iri(f"skos:{name}Match") for name in ("close", "exact", "broad", "narrow", "related")} | {
    iri("rdfs:seeAlso")
}
"""Those of them whose values may as well be things, pages or concepts, of which no list can be kept."""


@cache
def known() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Return the terms that were verified, by namespace and name, each with its state and what is said of it.

    They are those of the lists in rdflib, and over them those of data/lint/terms.csv.
    """
    from rdflib import namespace
    from rdflib.namespace import DefinedNamespace

    found: dict[str, dict[str, tuple[str, str]]] = {}
    for each in vars(namespace).values():
        if isinstance(each, type) and issubclass(each, DefinedNamespace) and each is not DefinedNamespace:
            names = [*each.__annotations__, *getattr(each, "_extras", ())]
            found[str(each)] = {name: ("exists", "") for name in names if not name.startswith("_")}
    found["http://schema.org/"] = dict(found.get("https://schema.org/", {}))  # one vocabulary, two spellings
    with (files.data() / "lint" / "terms.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found.setdefault(row["namespace"], {})[row["term"]] = (row["state"], row["note"])
    return found


@cache
def whole() -> frozenset[str]:
    """Return the namespaces of which every term is known, so that another does not exist."""
    from rdflib import namespace
    from rdflib.namespace import DefinedNamespace

    return frozenset(_CLOSED) | frozenset(
        str(each)
        for each in vars(namespace).values()
        if isinstance(each, type) and issubclass(each, DefinedNamespace) and getattr(each, "_fail", False)
    )


@rule(
    *("nonexistent-term", 7, "failure", "file"),
    title="Does every term of others that is used exist?",
    problem="A term is used that its vocabulary does not have",
    remedy="look it up in that vocabulary; if it was added there lately, add it to data/lint/terms.csv",
    source="FOOPS!, checklist",
)
def _nonexistent_term(target: Target) -> Iterator[Place]:
    for file, node, _ in _used(target):
        space, name, state, note = _state(node)
        if state == "gone" or (not state and space in whole() and name and not _is_container(space, name)):
            yield Place(name_of(node), "", note, file.name)


@rule(
    *("deprecated-term", 7, "warning", "file"),
    title="Is no term of others used that its vocabulary has given up?",
    problem="A term is used that its own vocabulary calls deprecated",
    remedy="use what took its place",
    source="checklist",
)
def _deprecated_term(target: Target) -> Iterator[Place]:
    for file, node, _ in _used(target):
        _, _, state, note = _state(node)
        if state == "deprecated":
            yield Place(name_of(node), "", note, file.name)


@rule(
    *("unverified-term", 7, "note", "file"),
    title="Is every vocabulary that is used known here?",
    problem="Terms of a vocabulary are used of which nothing here tells whether they exist",
    remedy="look them up, and add those that exist to data/lint/terms.csv",
    source="checklist",
)
def _unverified_term(target: Target) -> Iterator[Place]:
    own = {
        quad.object.value
        for part in target.parts.values()
        for quad in part.match(None, SPACE)
        if isinstance(quad.object, Literal)
    }
    found: dict[tuple[str, str], list[str]] = {}
    seen = set()
    for file, node, may_be_thing in _used(target):
        space, _, state, _ = _state(node)
        if state or may_be_thing or node in seen or space in whole() or node.value.startswith(tuple(own)):
            continue
        seen.add(node)
        found.setdefault((space or space_of(node.value), file.name), []).append(name_of(node))
    for (space, name), terms in found.items():
        said = ", ".join(terms[:_SHOWN]) + (f" and {len(terms) - _SHOWN} more" if len(terms) > _SHOWN else "")
        yield Place(shorten(space), "", said, name)


def _used(target: Target) -> Iterator[tuple[File, NamedNode, bool]]:
    """Yield each term that a file uses as property, class, datatype or in a statement about terms, once in each file.

    So are those that it declares, and those in lists, such as that of owl:unionOf. The last of the three tells whether
    it may as well be a thing, or one of the file's own terms.
    """
    for group in target.groups.values():
        file = group[0]
        found: dict[NamedNode, bool] = {}
        for quad in file.quads:
            found[quad.predicate] = False
            if isinstance(quad.object, Literal):
                found[quad.object.datatype] = False
            elif isinstance(quad.object, NamedNode) and (quad.predicate == _TYPE or quad.predicate in _PLACING):
                found[quad.object] = found.get(quad.object, True) and quad.predicate in _ENTITIES
                if quad.object in KINDS and isinstance(quad.subject, NamedNode):
                    found.setdefault(quad.subject, True)
            elif isinstance(quad.object, NamedNode) and quad.predicate == _FIRST:
                found.setdefault(quad.object, True)
        for node in sorted(found, key=str):
            yield file, node, found[node]


def _state(node: NamedNode) -> tuple[str, str, str, str]:
    """Return a term's namespace and name where it is known, and its state and what is said of it."""
    space = space_of(node.value)
    if space not in known():
        return "", "", "", ""
    name = node.value[len(space) :]
    state, note = known()[space].get(name, ("", ""))
    return space, name, state, note


def _is_container(space: str, name: str) -> bool:
    """Tell whether a term is rdf:_1, rdf:_2 or another of that endless row."""
    return space.endswith("rdf-syntax-ns#") and name[:1] == "_" and name[1:].isdigit()
