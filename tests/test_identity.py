"""The identity of a graph: the same for the same graph, however it is written; another for any other."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, serialize

import atgraph
from atgraph.derive import DERIVED
from atgraph.errors import RdfError
from atgraph.names import graph as graph_iri
from atgraph.names import iri
from atgraph.publish.identity import hashed, identity, lines

_names = st.sampled_from(["state:A", "act:b", "document:a.1"]).map(iri)
_blank = st.sampled_from("vwxyz").map(BlankNode)
_values = _names | _blank | st.sampled_from(["", "a _:b .", 'quo"te', "ا\n\\"]).map(Literal) | st.just(Literal("1"))
_graphs = st.sampled_from([graph_iri("g"), graph_iri("h"), DERIVED])
_quads = st.lists(st.builds(Quad, _names | _blank, st.just(iri("atg:cites")), _values, _graphs), max_size=8)


def is_told(quad: Quad) -> bool:
    """PyLD 3.3 counts what a blank node says of itself twice, against the recommendation: it is asked no such thing."""
    return not isinstance(quad.subject, BlankNode) or quad.subject != quad.object


def by_pyld(quads: list[Quad]) -> str:
    """The hash as another program finds it."""
    rows = (serialize(quads, format=RdfFormat.N_QUADS) or b"").decode()
    settings = {"algorithm": "URDNA2015", "inputFormat": "application/n-quads", "format": "application/n-quads"}
    return hashlib.sha256(jsonld.normalize(rows, settings).encode()).hexdigest()


def bare(quads: list[Quad]) -> list[Quad]:
    return [Quad(quad.subject, quad.predicate, quad.object) for quad in quads]


@given(_quads)
@settings(max_examples=150, deadline=None)
def test_another_program_finds_the_same_hashes(quads: list[Quad]) -> None:
    quads = [quad for quad in quads if is_told(quad)]

    found = identity(quads)

    assert found.dataset.sha256 == by_pyld(quads)
    assert found.stated.sha256 == by_pyld(bare([quad for quad in quads if quad.graph_name != DERIVED]))
    for name, each in found.graphs.items():
        assert each.sha256 == by_pyld(bare([quad for quad in quads if quad.graph_name == NamedNode(name)]))
    assert found.dataset.statements == len(set(quads))


@given(_quads, st.permutations("vwxyz"), st.randoms())
@settings(max_examples=100, deadline=None)
def test_names_of_blank_nodes_and_order_do_not_show(quads: list[Quad], other: list[str], chance: object) -> None:
    named = dict(zip("vwxyz", other, strict=True))

    def renamed(term: object) -> object:
        return BlankNode(named[term.value]) if isinstance(term, BlankNode) else term

    same = [Quad(renamed(q.subject), q.predicate, renamed(q.object), q.graph_name) for q in quads]
    chance.shuffle(same)

    assert identity(same) == identity(quads)


def test_the_hash_of_the_dataset_is_that_of_the_bytes_of_its_n_quads(graph: atgraph.Graph, dist: Path) -> None:
    found = identity(graph.dataset.quads())

    assert found.dataset.sha256 == hashlib.sha256((dist / "atgraph.nq").read_bytes()).hexdigest()
    assert list(found.graphs) == [each.value for each in graph.dataset.graphs()]
    for name, each in found.graphs.items():
        assert each == hashed(lines(quad.triple for quad in graph.dataset.quads(NamedNode(name))))


def test_blank_nodes_that_would_take_for_ever_are_refused_at_once() -> None:
    friends = [BlankNode(f"b{n}") for n in range(12)]
    ring = [Quad(one, iri("atg:cites"), other) for one in friends for other in friends if one != other]

    with pytest.raises(RdfError, match="give them names"):
        lines(ring)
    with pytest.raises(RdfError, match="12 blank nodes look so much alike"):
        identity(ring)


def test_many_blank_nodes_that_are_told_apart_easily_are_no_trouble() -> None:
    rows = [Quad(BlankNode(f"b{n}"), iri("atg:cites"), Literal(str(n % 50))) for n in range(5_000)]

    assert identity(rows).dataset.statements == 5_000


def test_lists_of_the_same_things_are_no_trouble() -> None:
    """Their cells look alike, and each is told from the others by its place: shapes are full of such lists."""
    rows = []
    for owner in range(40):
        cells = [BlankNode(f"l{owner}c{n}") for n in range(20)]
        rows.append(Quad(NamedNode(f"urn:{owner}"), iri("sh:in"), cells[0]))
        for n, cell in enumerate(cells):
            rows.append(Quad(cell, iri("rdf:first"), Literal(str(n % 3))))
            rows.append(Quad(cell, iri("rdf:rest"), cells[n + 1] if n < 19 else iri("rdf:nil")))

    assert identity(rows).dataset.statements == 40 * 41


@pytest.mark.parametrize("size", [9, 12, 40])
def test_a_star_of_twins_is_refused_at_once(size: int) -> None:
    hubs = [BlankNode(f"h{n}") for n in range(2)]
    rays = [Quad(hub, iri("atg:cites"), BlankNode(f"{hub.value}r{n}")) for hub in hubs for n in range(size)]

    with pytest.raises(RdfError, match="look so much alike"):
        lines(rays)
