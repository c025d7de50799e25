"""Triples come in; out goes a hash that is the same for the same graph, whatever its blank nodes are called."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from pyoxigraph import BlankNode, Quad, Triple

from atgraph.turtle import canonical

_MANY, _DENSE = 2_000, 4
"""Blank nodes that look alike, and links of one to others that do, up to which RDFC-1.0 ends soon enough."""
_ROUNDS = 8


def graph_hash(triples: Iterable[Triple]) -> str:
    """Return the hash of a graph, each triple counted once."""
    return dataset_hash(Quad(each.subject, each.predicate, each.object) for each in triples)


def dataset_hash(quads: Iterable[Quad]) -> str:
    """Return the hash of a dataset: of its canonical form by RDFC-1.0.

    Where that could take for ever, since very many blank nodes look alike, blank nodes are told apart only by what is
    within a few steps of them: the same dataset still gives the same hash, but two that differ may give one.
    """
    every = list(dict.fromkeys(quads))
    blank = [quad for quad in every if _blanks(quad)]
    colours = _coloured(blank, {}) if blank else {}
    if _is_tame(blank, colours):
        lines = [str(quad) for quad in canonical(every)]
    else:
        for _ in range(_ROUNDS):
            colours = _coloured(blank, colours)
        lines = [_written(quad, colours) for quad in every]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _is_tame(quads: list[Quad], colours: dict[BlankNode, str]) -> bool:
    sizes = Counter(colours.values())
    alike = {node for node, colour in colours.items() if sizes[colour] > 1}
    links = Counter(
        node for quad in quads if alike.issuperset(both := _blanks(quad)) and len(both) > 1 for node in both
    )
    return len(alike) <= _MANY and max(links.values(), default=0) <= _DENSE


def _coloured(quads: list[Quad], colours: dict[BlankNode, str]) -> dict[BlankNode, str]:
    """Return for each blank node a digest of all that is said of it, other blank nodes told by their colours."""
    said: dict[BlankNode, list[str]] = {}
    for quad in quads:
        for node in set(_blanks(quad)):
            said.setdefault(node, []).append(_written(quad, colours, node))
    return {node: hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest() for node, lines in said.items()}


def _written(quad: Quad, colours: dict[BlankNode, str], own: BlankNode | None = None) -> str:
    terms = (quad.subject, quad.predicate, quad.object, quad.graph_name)
    return " ".join(
        f"_:{'own' if term == own else colours.get(term, '')}" if isinstance(term, BlankNode) else str(term)
        for term in terms
    )


def _blanks(quad: Quad) -> list[BlankNode]:
    return [term for term in (quad.subject, quad.object, quad.graph_name) if isinstance(term, BlankNode)]
