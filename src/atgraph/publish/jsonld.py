"""Quads come in, compact JSON-LD that people can read goes out: a context, and a node object for each thing."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from atgraph.names import BASE, PREFIXES, spaces
from atgraph.turtle import Names, Term, in_order, predicate_key, subject_key

Json: TypeAlias = dict[str, Any]

_RDF_TYPE, _XSD = PREFIXES["rdf"] + "type", PREFIXES["xsd"]
_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,14})")
_NATIVE = {_XSD + "integer", _XSD + "boolean", _XSD + "string"}
_LANGUAGES, _IRIS, _MIXED = "languages", "iris", "mixed"


def context(quads: Iterable[Quad], base: str = BASE) -> Json:
    """Return the context: our prefixes, and for each property whose values are all of one kind, that kind.

    >>> from atgraph.names import iri
    >>> context([Quad(iri("state:BHR"), iri("atg:isInRegion"), iri("region:asia"))])["atg:isInRegion"]
    {'@type': '@id'}
    """
    kinds: dict[NamedNode, set[str]] = defaultdict(set)
    for quad in quads:
        kinds[quad.predicate].add(_kind(quad.object))
    names = _Short(base)
    found: Json = dict(sorted(spaces(base).items()))
    for predicate, several in sorted(kinds.items(), key=lambda each: predicate_key(each[0])):
        kind = several.pop() if len(several) == 1 else _MIXED
        if predicate.value == _RDF_TYPE or kind in _NATIVE or kind == _MIXED:
            continue
        if kind == _LANGUAGES:
            found[names(predicate)] = {"@container": "@language"}
        else:
            found[names(predicate)] = {"@type": "@id" if kind == _IRIS else names(NamedNode(kind))}
    return found


def jsonld(quads: Iterable[Quad], base: str = BASE) -> tuple[str, str]:
    """Return the JSON-LD of quads whose blank nodes have stable names, and its context alone, as texts."""
    graphs: dict[Any, dict[Any, dict[NamedNode, list[Term]]]] = {}
    every = list(quads)
    for quad in every:
        things = graphs.setdefault(quad.graph_name, {})
        things.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad.object)
    card = context(every, base)
    names = _Short(base)
    blocks = []
    for graph in sorted(graphs, key=str):
        nodes = [_node(s, graphs[graph][s], card, names) for s in sorted(graphs[graph], key=subject_key)]
        inside = ",\n".join(nodes)
        if isinstance(graph, DefaultGraph):
            blocks.append(inside)
        else:
            blocks.append(f'{{"@id": {json.dumps(names(graph))}, "@graph": [\n{inside}\n]}}')
    head = "{\n" + ",\n".join(f"  {json.dumps(name)}: {json.dumps(rule)}" for name, rule in card.items()) + "\n}"
    body = ",\n".join(blocks)
    return f'{{\n"@context": {head},\n"@graph": [\n{body}\n]\n}}\n', f'{{\n"@context": {head}\n}}\n'


class _Short:
    """Names of terms as JSON-LD writes them: compact where a prefix fits, else whole."""

    def __init__(self, base: str) -> None:
        self._names = Names(base=base)

    def __call__(self, term: NamedNode | BlankNode) -> str:
        return self._names(term).removeprefix("<").removesuffix(">")


def _node(subject: NamedNode | BlankNode, facts: Mapping[NamedNode, list[Term]], card: Json, names: _Short) -> str:
    lines = [f'"@id": {json.dumps(names(subject))}']
    for predicate in sorted(facts, key=predicate_key):
        values = in_order(facts[predicate])
        if predicate.value == _RDF_TYPE and not any(isinstance(value, Literal) for value in values):
            name, found = "@type", _one([names(value) for value in values])  # type: ignore[arg-type]
        else:
            name = names(predicate)
            found = _values(values, card.get(name, {}), names)
        lines.append(f"{json.dumps(name)}: {json.dumps(found, ensure_ascii=False)}")
    return "  {" + ",\n   ".join(lines) + "}"


def _values(values: list[Term], rule: Any, names: _Short) -> Any:
    if rule == {"@container": "@language"}:
        by_language: dict[str, list[str]] = defaultdict(list)
        for value in values:
            by_language[value.language].append(value.value)  # type: ignore[union-attr, index]
        return {language: _one(texts) for language, texts in by_language.items()}
    return _one([_value(value, typed="@type" in rule, names=names) for value in values])


def _value(value: Term, *, typed: bool, names: _Short) -> Any:
    if not isinstance(value, Literal):
        name = names(value)  # type: ignore[arg-type]
        return name if typed else {"@id": name}
    kind = value.datatype.value
    if typed or kind == _XSD + "string":
        return value.value
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if kind == _XSD + "boolean" and value.value in ("true", "false"):
        return value.value == "true"
    if kind == _XSD + "integer" and _INTEGER.fullmatch(value.value) and value.value != "-0":
        return int(value.value)
    return {"@value": value.value, "@type": names(value.datatype)}


def _kind(value: Term) -> str:
    if not isinstance(value, Literal):
        return _IRIS
    if value.language:
        return _LANGUAGES
    return value.datatype.value


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
