"""The hierarchies of a target come in; out goes what stands above itself, however long the way round."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, NamedNode

from atgraph.lint.rules import Place, name_of, rule
from atgraph.lint.target import Target
from atgraph.names import iri
from atgraph.store import Term

Links = dict[Term, set[Term]]


@rule(
    *("circular-class", 6, "failure", "graph"),
    title="Is no class below itself?",
    problem="A class is below itself, so that all classes in the circle mean the same",
    remedy="remove the link that closes the circle, or state owl:equivalentClass",
    source="OOPS! P06",
)
def _circular_class(target: Target) -> Iterator[Place]:
    return _places(target, "rdfs:subClassOf")


@rule(
    *("circular-property", 6, "failure", "graph"),
    title="Is no property below itself?",
    problem="A property is below itself, so that all properties in the circle mean the same",
    remedy="remove the link that closes the circle, or state owl:equivalentProperty",
    source="OOPS! P06",
)
def _circular_property(target: Target) -> Iterator[Place]:
    return _places(target, "rdfs:subPropertyOf")


@rule(
    *("circular-concept", 6, "failure", "graph"),
    title="Is no concept above itself?",
    problem="A concept is above itself",
    remedy="remove the skos:broader that closes the circle",
    source="SKOS S27",
)
def _circular_concept(target: Target) -> Iterator[Place]:
    return _places(target, "skos:broader", "skos:narrower")


def circles(links: Links) -> set[tuple[Term, Term]]:
    """Return the links that are part of a circle; a link from a thing to itself is none.

    >>> a, b, c, d = (NamedNode(f"urn:{name}") for name in "abcd")
    >>> sorted((one.value, other.value) for one, other in circles({a: {b, a}, b: {c}, c: {b, d}}))
    [('urn:b', 'urn:c'), ('urn:c', 'urn:b')]
    """
    ahead = {node: set(above) - {node} for node, above in links.items()}
    back: Links = {}
    for node, above in ahead.items():
        for each in above:
            back.setdefault(each, set()).add(node)
    # What has nothing above it, or nothing below it, is in no circle; nor is what was held up by that alone.
    for one, other in ((ahead, back), (back, ahead)):
        loose = [node for node in {*one, *other} if not one.get(node)]
        while loose:
            node = loose.pop()
            for near in other.pop(node, set()):
                one[near].discard(node)
                if not one[near]:
                    loose.append(near)
            one.pop(node, None)
    return {(node, each) for node in ahead for each in ahead[node] if _reaches(ahead, each, node)}


def _reaches(ahead: Links, start: Term, end: Term) -> bool:
    seen, queue = {start}, [start]
    while queue:
        for each in ahead.get(queue.pop(), ()):
            if each not in seen:
                seen.add(each)
                queue.append(each)
    return end in seen


def _places(target: Target, up: str, down: str = "") -> Iterator[Place]:
    graph = target.parts["graph"]
    links: Links = {}
    for quad in graph.match(None, iri(up)):
        links.setdefault(quad.subject, set()).add(quad.object)
    for quad in graph.match(None, iri(down)) if down else ():
        links.setdefault(quad.object, set()).add(quad.subject)
    for one, other in circles(links):
        if isinstance(one, NamedNode | BlankNode):
            yield Place(name_of(one), up, name_of(other), target.place(one, "graph"))
