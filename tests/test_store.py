"""The dataset: what is loaded is kept as written, asked over the union of graphs, or refused with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad, QuerySolutions, Triple

from atgraph.errors import QueryError, RdfError
from atgraph.names import graph, iri
from atgraph.store import Dataset

BHR = iri("state:BHR")


def sample() -> Dataset:
    return Dataset(
        [
            Quad(BHR, iri("rdf:type"), iri("atg:State"), graph("reference")),
            Quad(BHR, iri("rdf:type"), iri("atg:State"), graph("gof-2024")),
            Quad(BHR, iri("skos:prefLabel"), Literal("البحرين", language="ar"), graph("reference")),
        ]
    )


@pytest.mark.parametrize(
    ("ending", "text"),
    [
        ("ttl", "<http://a/> <http://b/> 1 ."),
        ("nt", "<http://a/> <http://b/> <http://c/> ."),
        ("nq", "<http://a/> <http://b/> <http://c/> <http://g/> ."),
        ("trig", "<http://g/> { <http://a/> <http://b/> 1 }"),
        ("jsonld", '{"@id": "http://a/", "http://b/": "c"}'),
        (
            "rdf",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:b="http://b/">'
            '<rdf:Description rdf:about="http://a/"><b:c>d</b:c></rdf:Description></rdf:RDF>',
        ),
    ],
)
def test_each_format_is_read_from_a_file_and_from_a_folder(tmp_path: Path, ending: str, text: str) -> None:
    path = tmp_path / f"file.{ending}"
    path.write_text(text)

    assert len(Dataset.load(path)) == len(Dataset.load([tmp_path])) == 1


@pytest.mark.parametrize(
    ("ending", "text", "line"),
    [("ttl", "<http://a/> <http://b/> 1 .\n<http://a/> x:b 1 .", ":2"), ("nq", "nonsense", ":1"), ("rdf", "<x", "")],
)
def test_rdf_that_does_not_parse_is_refused_with_file_and_line(
    tmp_path: Path, ending: str, text: str, line: str
) -> None:
    path = tmp_path / f"broken.{ending}"
    path.write_text(text)

    with pytest.raises(RdfError) as caught:
        Dataset.load(path)

    assert caught.value.where == f"{path}{line}"
    assert caught.value.remedy


def test_a_file_that_is_gone_or_of_no_known_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.doc").write_text("x")

    for name in ("gone.ttl", "notes.doc"):
        with pytest.raises(RdfError, match=name):
            Dataset.load(tmp_path / name)


def test_triples_without_a_graph_go_where_they_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<http://a/> <http://b/> 1 .")
    (tmp_path / "b.trig").write_text("<http://a/> <http://b/> 2 . <http://g/> { <http://a/> <http://b/> 3 }")

    found = Dataset.load(tmp_path, graph("mine"))

    assert sorted(str(name.value) for name in found.graphs()) == ["http://g/", graph("mine").value]


def test_the_same_blank_node_name_in_two_files_means_two_nodes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.ttl").write_text("_:x <http://b/> 1 .")

    assert len(Dataset.load(tmp_path)) == 2


def test_literals_are_kept_as_they_are_written() -> None:
    offset = Literal("7", datatype=iri("xsd:nonNegativeInteger"))
    share = Literal("0.90", datatype=iri("xsd:decimal"))
    found = Dataset([Quad(BHR, iri("oa:start"), offset), Quad(BHR, iri("atg:confidence"), share)])

    assert {quad.object for quad in found.quads()} == {offset, share}


def test_the_union_of_all_graphs_is_asked_and_counts_each_triple_once() -> None:
    found = sample()

    answer = found.query("SELECT (COUNT(*) AS ?n) { ?s a atg:State }")

    assert isinstance(answer, QuerySolutions)
    assert [row["n"].value for row in answer] == ["1"]
    assert len(list(found.triples())) == 2
    assert len(list(found.quads(graph("gof-2024")))) == 1


def test_ask_and_construct_answer_in_kind() -> None:
    found = sample()

    assert found.query("ASK { state:BHR a atg:State }") is True
    assert found.query("CONSTRUCT WHERE { ?s a atg:State }") == [Triple(BHR, iri("rdf:type"), iri("atg:State"))]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * {", "at its end"),
        ("SELECT * {\n ?a atg:x }", "line 2"),
        ("", "no SPARQL query"),
    ],
)
def test_sparql_that_does_not_parse_is_refused_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(QueryError, match=said) as caught:
        sample().query(text)

    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


def test_a_graph_is_cleared_whole() -> None:
    found = sample()

    found.clear(graph("reference"))

    assert len(found) == 1
    assert found.contains_iri(BHR)
    assert not found.contains_iri(iri("state:XXX"))


def test_rdflib_gets_the_same_quads() -> None:
    handed = sample().to_rdflib()

    assert len(handed) == 2  # the union
    assert sum(1 for _ in handed.quads()) == 3
