"""Triples come in, a book to look terms up in goes out: what is said of each, its text, its anchor, its link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from atgraph.names import BASE, ONTOLOGY, iri, shorten
from atgraph.publish.html import Markup, code, joined, tag, words

Node = NamedNode | BlankNode
Value = NamedNode | BlankNode | Literal | Triple
_iri = lru_cache(iri)
_FIRST, _REST, _NIL = iri("rdf:first"), iri("rdf:rest"), iri("rdf:nil")


class Book:
    """What is said of every term, read once; the pages of both languages look things up in it."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._about: dict[Node, dict[NamedNode, list[Value]]] = defaultdict(lambda: defaultdict(list))
        self._uses: dict[Value, dict[NamedNode, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value in triples:
            self._about[subject][predicate].append(value)
            self._uses[value][predicate].append(subject)
        groups = self._uses.get(iri("owl:AllDisjointClasses"), {}).get(iri("rdf:type"), [])
        self.disjoint = [self.items(self.one(each, "owl:members")) for each in groups]
        """The groups of classes that nothing belongs to two of."""

    def __contains__(self, node: object) -> bool:
        return node in self._about

    def of(self, node: Value, name: str) -> list[Value]:
        """Return the values of a property, sorted."""
        facts = self._about.get(node)  # type: ignore[arg-type]
        found = facts.get(_iri(name), []) if facts else []
        return sorted(found, key=str) if len(found) > 1 else found

    def one(self, node: Value, name: str) -> Value | None:
        """Return the only value of a property, the first of several, or None."""
        return next(iter(self.of(node, name)), None)

    def predicates(self, node: Node) -> list[NamedNode]:
        """Return the properties that something has, sorted."""
        return sorted(self._about.get(node, {}), key=str)

    def using(self, value: Value, name: str) -> list[NamedNode]:
        """Return the terms that have a value for a property, sorted; blank nodes are left out."""
        found = self._uses.get(value, {}).get(_iri(name), [])
        return sorted((each for each in found if isinstance(each, NamedNode)), key=str)

    def kind(self, name: str) -> list[NamedNode]:
        """Return our own terms of a type, sorted."""
        return [each for each in self.using(iri(name), "rdf:type") if each.value.startswith(BASE)]

    def items(self, head: Value | None) -> list[Value]:
        """Return the items of an RDF list."""
        found = []
        while head is not None and head != _NIL:
            found += self._about[head].get(_FIRST, [])  # type: ignore[index]
            head = next(iter(self._about[head].get(_REST, [])), None)  # type: ignore[index]
        return found

    def text(self, node: Value, name: str, page: str) -> Markup | None:
        """Return a text for a page: in its language, else in English and marked so; None where there is none."""
        texts = {each.language or "en": each.value for each in self.of(node, name) if isinstance(each, Literal)}
        language = page if page in texts else "en"
        return words(texts[language], language, page) if language in texts else None

    def plain(self, node: Value, name: str, page: str) -> str:
        """Return a text without markup, or the empty string."""
        texts = {each.language or "en": each.value for each in self.of(node, name) if isinstance(each, Literal)}
        return texts.get(page, texts.get("en", ""))

    def label(self, node: NamedNode, page: str) -> Markup:
        """Return a term's label, or its name where it has none."""
        return self.text(node, "skos:prefLabel", page) or self.text(node, "sh:name", page) or code(shorten(node.value))

    def link(self, node: Value, page: str) -> Markup:
        """Return a link to a term: within the page for our own, outside for others; a literal is shown as it is."""
        if isinstance(node, Literal):
            return code(node.value)
        if not isinstance(node, NamedNode):
            return Markup("")
        name = code(local(node.value))
        ours = anchor(node.value)
        if not ours or node not in self:
            return tag("a", name, href=node.value)
        if page == "en" and node.value.startswith(ONTOLOGY):
            return tag("a", name, href=f"#{ours}")
        return joined([tag("a", self.label(node, page), href=f"#{ours}"), name], " ")

    def links(self, nodes: Iterable[Value], page: str) -> Markup:
        """Return links with commas between them."""
        return joined([self.link(node, page) for node in nodes], "، " if page == "ar" else ", ")


def anchor(value: str) -> str:
    """Return a term's anchor: its name, and for what is no term of the ontology the path below the base.

    >>> anchor("https://w3id.org/atgraph/ontology/Call"), anchor("https://w3id.org/atgraph/vocab/act/urges")
    ('Call', 'vocab/act/urges')
    >>> anchor("http://www.w3.org/2004/02/skos/core#Concept")
    ''
    """
    return value.removeprefix(ONTOLOGY).removeprefix(BASE) if value.startswith(BASE) else ""


def local(value: str) -> str:
    """Return how pages name a term: terms of the ontology by their bare name, all others with their prefix.

    >>> local("https://w3id.org/atgraph/ontology/Call"), local("https://w3id.org/atgraph/vocab/act/urges")
    ('Call', 'act:urges')
    """
    return value.removeprefix(ONTOLOGY) if value.startswith(ONTOLOGY) else shorten(value)
