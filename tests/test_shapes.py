"""Shapes and stored checks: each fires on an example of its own fault, on no other, and says what to do."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyshacl
import pyshacl_turbo
import pytest
from rdflib import RDF, SH, BNode, Graph, URIRef

from atgraph import files, queries
from atgraph.names import PREFIXES, shorten
from atgraph.store import Dataset

ENGINES = {"fast": pyshacl_turbo.validate, "pyshacl": pyshacl.validate}
ONTOLOGY = files.ontology()
EXAMPLES = ONTOLOGY / "examples"
VALID, INVALID, FAULTY = (sorted((EXAMPLES / kind).glob("*.ttl")) for kind in ("valid", "invalid", "faulty"))
# The examples bring their own acts, themes and classes of actors; the other vocabularies are ours.
VOCABULARIES = ("act-group", "decision", "instrument-kind", "reliability", "strength", "treaty-action")
BACKGROUND = [ONTOLOGY / "core.ttl", *(ONTOLOGY / "vocab" / f"{name}.ttl" for name in VOCABULARIES)]
SHAPES = sorted((ONTOLOGY / "shapes").glob("*.ttl"))


@cache
def parsed(path: Path) -> Graph:
    return Graph().parse(path, format="turtle")


def merged(*paths: Path) -> Graph:
    whole = Graph()
    for path in paths:
        whole += parsed(path)
    return whole


@cache
def shapes() -> Graph:
    return merged(*SHAPES)


@cache
def world() -> Graph:
    return merged(*BACKGROUND, *VALID)


@cache
def report_on_everything(engine: str) -> Graph:
    return ENGINES[engine](world() + merged(*INVALID), shacl_graph=shapes())[1]


def named(path: Path) -> set[str]:
    """Return what an example's first line says that fires."""
    words = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("#").split()
    assert words[0] == "fires:", path.name
    return set(words[1:])


def fired(report: Graph) -> set[str]:
    return {shorten(str(shape)) for shape in report.objects(None, SH.sourceShape)}


def property_shapes() -> set[str]:
    return {shorten(str(shape)) for shape in shapes().subjects(RDF.type, SH.PropertyShape)}


@pytest.mark.parametrize("engine", ENGINES)
def test_valid_examples_conform(engine: str) -> None:
    conforms, _, text = ENGINES[engine](world(), shacl_graph=shapes())

    assert conforms, text


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_example_fires_exactly_the_shapes_that_it_names(path: Path) -> None:
    _, report, text = pyshacl_turbo.validate(world() + parsed(path), shacl_graph=shapes())

    assert fired(report) == named(path), text


def test_the_reference_engine_fires_the_same_shapes_on_each_invalid_example() -> None:
    report = report_on_everything("pyshacl")
    homes = {node: path for path in INVALID for node in parsed(path).subjects() if isinstance(node, URIRef)}
    found: dict[Path, set[str]] = {path: set() for path in INVALID}
    for result in report.objects(None, SH.result):
        about = (report.value(result, SH.focusNode), report.value(result, SH.value))
        home = next(homes[node] for node in about if node in homes)
        found[home].add(shorten(str(report.value(result, SH.sourceShape))))

    assert found == {path: named(path) for path in INVALID}


def test_both_engines_give_the_same_report() -> None:
    def rows(report: Graph) -> set[frozenset[tuple[str, str]]]:
        return {
            frozenset(
                (str(name), "_" if isinstance(value, BNode) else value.n3())
                for name, value in report.predicate_objects(result)
                if name != SH.detail
            )
            for result in report.objects(None, SH.result)
        }

    fast, reference = (rows(report_on_everything(engine)) for engine in ENGINES)

    assert fast == reference
    assert len(fast) >= len(INVALID)


def test_every_property_shape_is_fired_by_an_example() -> None:
    assert set().union(*map(named, INVALID)) == property_shapes()


def test_every_shape_says_why_it_exists_what_is_wrong_and_what_to_do() -> None:
    for shape in shapes().subjects(RDF.type, SH.PropertyShape):
        message = str(shapes().value(shape, SH.message))
        assert "; " in message, shape
        assert "\n" not in message, shape
    for kind in (SH.PropertyShape, SH.NodeShape):
        for shape in shapes().subjects(RDF.type, kind):
            for predicate in (SH.name, SH.description):
                assert sorted(str(text.language) for text in shapes().objects(shape, predicate)) == ["ar", "en"], shape  # type: ignore[attr-defined]
            assert all(str(text).endswith(".") for text in shapes().objects(shape, SH.description)), shape


def test_a_property_shape_is_named_after_the_node_shape_that_uses_it() -> None:
    used = {(str(node), str(shape)) for node, shape in shapes().subject_objects(SH.property)}

    assert {shape for _, shape in used} == {str(shape) for shape in shapes().subjects(RDF.type, SH.PropertyShape)}
    assert all(shape.startswith(f"{node}-") for node, shape in used)
    assert all(node.startswith(PREFIXES["ats"]) for node, _ in used)


def test_the_shapes_are_well_formed_shacl() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes(), meta_shacl=True)

    assert conforms, text


def checked(*more: Path) -> dict[str, list[object]]:
    """Return the rows of each stored check that has any, on the valid examples and more."""
    dataset = Dataset.load([*BACKGROUND, *VALID, *more])
    rows = {name: list(dataset.select(check.text)) for name, check in queries.checks().items()}
    return {name: found for name, found in rows.items() if found}


def test_no_check_fires_on_the_valid_examples() -> None:
    assert checked() == {}


@pytest.mark.parametrize("path", FAULTY, ids=lambda path: path.stem)
def test_a_faulty_example_fires_exactly_the_checks_that_it_names(path: Path) -> None:
    rows = checked(path)

    assert set(rows) == named(path)
    assert all(term is not None for found in rows.values() for row in found for term in row)  # type: ignore[attr-defined]


def test_every_check_is_fired_by_an_example() -> None:
    assert {path.stem for path in FAULTY} == set(queries.checks())
