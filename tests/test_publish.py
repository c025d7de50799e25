"""Dumps: every file parses back to the same graph, in any engine, and the same dataset gives the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Literal, NamedNode, Quad, RdfFormat, Triple, parse
from pyoxigraph import Dataset as Quads
from rdflib.compare import isomorphic

from atgraph import files
from atgraph.derive import DERIVED, derive
from atgraph.errors import UsageError, WriteError
from atgraph.names import graph, iri
from atgraph.publish.dumps import FORMATS, dump, dumps
from atgraph.publish.jsonld import jsonld
from atgraph.store import Dataset
from atgraph.turtle import canonical

WITH_GRAPHS = {"nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "jsonld": RdfFormat.JSON_LD}
WITHOUT = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "rdf": RdfFormat.RDF_XML}


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """The examples and the ontology with its blank nodes, each in its graph, and what follows."""
    found = Dataset.load(files.ontology() / "core.ttl", graph("ontology"))
    found.read(files.ontology() / "examples" / "valid", graph("example"))
    found.add([Quad(BlankNode("x"), iri("atg:cites"), BlankNode("y"), graph("example"))])
    found.add(derive(found))
    return found


def same(one: Iterable[Quad], other: Iterable[Quad]) -> bool:
    sides = [Quads(one), Quads(other)]
    for side in sides:
        side.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sides[0] == sides[1]


def asserted(dataset: Dataset) -> set[Quad]:
    return {Quad(q.subject, q.predicate, q.object) for q in dataset.quads() if q.graph_name != DERIVED}


@pytest.mark.parametrize("form", WITH_GRAPHS)
def test_formats_with_graphs_hold_everything(dataset: Dataset, form: str) -> None:
    assert same(parse(dump(dataset, form).encode(), format=WITH_GRAPHS[form]), dataset.quads())


@pytest.mark.parametrize("form", WITHOUT)
def test_formats_without_graphs_hold_what_is_stated(dataset: Dataset, form: str) -> None:
    assert same(parse(dump(dataset, form).encode(), format=WITHOUT[form]), asserted(dataset))


@pytest.mark.parametrize(("form", "name"), [("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml")])
def test_rdflib_reads_the_same_triples(dataset: Dataset, form: str, name: str) -> None:
    read = rdflib.Graph().parse(data=dump(dataset, form), format=name)
    wanted = rdflib.Graph().parse(data=dump(dataset, "nt"), format="nt")

    assert isomorphic(read, wanted)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize(("form", "name"), [("nq", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")])
def test_rdflib_reads_the_same_quads(dataset: Dataset, form: str, name: str) -> None:
    read = rdflib.Dataset().parse(data=dump(dataset, form), format=name)
    wanted = rdflib.Dataset().parse(data=dump(dataset, "nq"), format="nquads")

    for each in wanted.graphs():
        assert isomorphic(rdflib.Graph() + read.graph(each.identifier), rdflib.Graph() + each)


def test_all_files_are_written_and_the_texts_match_their_sums(dataset: Dataset, tmp_path: Path) -> None:
    text = "السطر الأول\nline two"
    more = Dataset(dataset.quads())
    more.add([Quad(iri("expression:gof-2024.ar"), iri("atg:text"), Literal(text, language="ar"), graph("gof-2024"))])

    written = dumps(more, tmp_path)

    names = {str(path.relative_to(tmp_path)) for path in written}
    assert {f"atgraph.{form}" for form in FORMATS} - {"atgraph.nt"} <= names
    assert {"context.jsonld", "texts/gof-2024.ar.txt"} <= names
    assert (tmp_path / "texts" / "gof-2024.ar.txt").read_bytes() == text.encode()
    sums = (tmp_path / "texts" / "SHA256SUMS").read_text()
    assert f"{hashlib.sha256(text.encode()).hexdigest()}  gof-2024.ar.txt\n" in sums


def test_the_order_in_which_quads_came_does_not_show(dataset: Dataset) -> None:
    quads = list(dataset.quads())
    random.Random(7).shuffle(quads)
    shuffled = Dataset(quads)

    assert [dump(shuffled, form) for form in FORMATS] == [dump(dataset, form) for form in FORMATS]


def test_seed_folder_locale_and_zone_do_not_show(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib, atgraph.files as f;"
        "from atgraph.store import Dataset; from atgraph.publish.dumps import dumps; from atgraph.names import graph;"
        "d = Dataset.load([f.ontology() / 'core.ttl', f.ontology() / 'examples' / 'valid'], graph('x'));"
        "dumps(d, pathlib.Path(sys.argv[1]))"
    )
    settings_ = [{"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"}, {"PYTHONHASHSEED": "2", "TZ": "UTC"}]
    made = []
    for number, environment in enumerate(settings_):
        folder = tmp_path / str(number)
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-c", script, str(folder / "out")],
            cwd=folder,
            env={**os.environ, **environment},
            check=True,
        )
        paths = sorted(path for path in (folder / "out").rglob("*") if path.is_file())
        made.append({str(path.relative_to(folder)): path.read_bytes() for path in paths})

    assert made[0] == made[1]
    assert len(made[0]) > 8


def test_json_ld_reads_as_people_write_it(dataset: Dataset) -> None:
    card = json.loads(dump(dataset, "jsonld"))
    things = {
        thing["@id"]: thing for each in card["@graph"] for thing in each["@graph"] if each["@id"] != "graph:derived"
    }

    state = next(thing for name, thing in things.items() if name.startswith("state:"))
    assert state["skos:prefLabel"].keys() == {"ar", "zh", "en", "fr", "ru", "es"}
    assert isinstance(state["atg:isInRegion"], str)
    assert json.loads(jsonld(canonical(dataset.quads()))[1])["@context"] == card["@context"]


_names = st.sampled_from(["state:A", "act:b-c", "document:a.1"]).map(iri) | st.sampled_from(
    ["http://example.org/a b".replace(" ", "/"), "urn:x:y", "state://x", "https://w3id.org/atgraph/id/state/a:b//c"]
).map(NamedNode)
_values = (
    _names
    | st.sampled_from("vwxyz").map(BlankNode)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8).map(Literal)
    | st.tuples(
        st.sampled_from(["1", "-0", "007", "true", "1.0", "9" * 20]), st.sampled_from(["integer", "boolean", "date"])
    ).map(lambda pair: Literal(pair[0], datatype=iri(f"xsd:{pair[1]}")))
    | st.tuples(st.sampled_from(["", "a"]), st.sampled_from(["ar", "en"])).map(lambda p: Literal(p[0], language=p[1]))
)
_triples = st.builds(Triple, _names, st.sampled_from(["rdf:type", "atg:cites", "rdf:rest"]).map(iri), _values)


@given(st.lists(st.tuples(_triples, st.sampled_from(["", "g", "h"])), max_size=9))
@settings(max_examples=300, deadline=None)
def test_any_dataset_comes_back_as_json_ld(found: list[tuple[Triple, str]]) -> None:
    quads = [
        Quad(t.subject, t.predicate, t.object, graph(name)) if name else Quad(t.subject, t.predicate, t.object)
        for t, name in found
    ]

    text, _ = jsonld(canonical(quads))

    assert same(parse(text.encode(), format=RdfFormat.JSON_LD), quads)


def test_an_unknown_format_is_refused(dataset: Dataset) -> None:
    with pytest.raises(UsageError, match="trig"):
        dump(dataset, "xls")


def test_a_folder_that_cannot_be_written_is_told(dataset: Dataset, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file stands here")

    with pytest.raises(WriteError, match="cannot be written"):
        dumps(dataset, tmp_path / "out")
