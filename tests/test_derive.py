"""Inference: the fast engine gives the reference's closure, nothing but news, and says what it cannot do."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple

import atgraph
from atgraph import files
from atgraph.derive import DERIVED, derive
from atgraph.errors import ReasonerError, UsageError
from atgraph.names import PREFIXES, graph, iri
from atgraph.store import Dataset

CORE = list(Dataset.load(files.ontology() / "core.ttl").triples())
_PREFIXES = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())


def read(text: str) -> Dataset:
    dataset = Dataset()
    dataset.parse((_PREFIXES + text).encode(), RdfFormat.TURTLE, graph("sample"))
    return dataset


def axioms(text: str) -> list[Triple]:
    return list(read(text).triples())


def shown(quads: Iterable[Quad]) -> set[str]:
    return {str(quad.triple) for quad in quads}


ALL = """
atg:A rdfs:subClassOf atg:B . atg:B owl:equivalentClass atg:C . atg:p rdfs:subPropertyOf atg:q ; rdfs:domain atg:A ;
  rdfs:range atg:D . atg:q owl:equivalentProperty atg:r . atg:r owl:inverseOf atg:s . atg:t a owl:TransitiveProperty .
atg:u a owl:SymmetricProperty . atg:v owl:propertyChainAxiom ( atg:p atg:t atg:u ) , ( atg:v atg:t ) .
atg:E owl:equivalentClass [ a owl:Restriction ; owl:onProperty atg:q ; owl:hasValue state:A ] .
[ a owl:Restriction ; owl:onProperty atg:t ; owl:someValuesFrom atg:D ] rdfs:subClassOf atg:F .
[ a owl:Restriction ; owl:onProperty atg:u ; owl:someValuesFrom owl:Thing ] rdfs:subClassOf atg:G .
"""
_nodes = st.sampled_from("ABCD").map(lambda name: iri(f"state:{name}"))
_values = _nodes | st.sampled_from(
    [Literal("x"), Literal("1", datatype=iri("xsd:integer")), Literal("ع", language="ar")]
)
_links = st.builds(Triple, _nodes, st.sampled_from("pqrstuv").map(lambda name: iri(f"atg:{name}")), _values)
_types = st.builds(
    Triple, _nodes, st.just(iri("rdf:type")), st.sampled_from("ABCDEFG").map(lambda name: iri(f"atg:{name}"))
)


@given(st.lists(_links | _types, max_size=9))
@settings(max_examples=25, deadline=None)
def test_every_construct_gives_the_closure_of_the_reference(found: list[Triple]) -> None:
    dataset = Dataset(Quad(t.subject, t.predicate, t.object, graph("sample")) for t in found)
    theory = axioms(ALL)

    assert shown(derive(dataset, axioms=theory)) == shown(derive(dataset, "owlrl", axioms=theory))


_PROPERTIES = sorted(
    {str(t.subject.value) for t in CORE if t.object == iri("owl:ObjectProperty")}  # type: ignore[union-attr]
    | {iri("skos:broader").value, iri("skos:inScheme").value}
)
_ours = st.builds(
    Triple,
    st.sampled_from(["act:urges", "state:BHR", "document:a", "provision:a.1"]).map(iri),
    st.sampled_from(_PROPERTIES).map(NamedNode),
    st.sampled_from(["act-group:directive", "state:BHR", "document:a", "paragraph:a.1", "theme:law"]).map(iri),
)


@given(st.lists(_ours, min_size=1, max_size=8))
@settings(max_examples=8, deadline=None)
def test_our_ontology_gives_the_closure_of_the_reference_on_any_graph(found: list[Triple]) -> None:
    dataset = Dataset(Quad(t.subject, t.predicate, t.object, graph("sample")) for t in found)
    answers = []
    for engine in ("fast", "owlrl"):
        try:
            answers.append(shown(derive(dataset, engine)))
        except ReasonerError:
            answers.append({"contradiction"})

    assert answers[0] == answers[1]


def test_the_examples_give_the_closure_of_the_reference() -> None:
    dataset = Dataset.load(files.ontology() / "examples" / "valid", graph("sample"))

    assert shown(derive(dataset)) == shown(derive(dataset, "owlrl"))


def test_the_whole_build_gives_the_closure_of_the_reference(graph: atgraph.Graph) -> None:
    # Labels and what the ontology does not speak of feed no rule, and cost the reference half a minute.
    spoken = {term for triple in CORE for term in (triple.subject, triple.object)} | {iri("rdf:type")}
    spoken -= {iri(name) for name in ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "rdfs:label")}
    dataset = Dataset(quad for quad in graph.dataset.quads() if quad.predicate in spoken)

    assert shown(derive(dataset)) == shown(derive(dataset, "owlrl"))


def test_only_news_goes_out_and_only_to_the_derived_graph() -> None:
    dataset = read("""provision:a.1 a atg:Call , atg:Provision ; atg:isAddressedTo actor-class:all .
        actor-class:all atg:includes state:BHR .""")

    found = derive(dataset)
    dataset.add(found)

    assert {quad.graph_name for quad in found} == {DERIVED}
    assert Triple(iri("provision:a.1"), iri("atg:reaches"), iri("state:BHR")) in {quad.triple for quad in found}
    assert not {quad.triple for quad in found} & {quad.triple for quad in dataset.quads(graph("sample"))}
    assert derive(dataset) == found


def test_no_literal_no_term_and_no_language_is_told_of() -> None:
    dataset = read("""provision:a.1 atg:performsAct act:urges ; atg:deadline "2025"^^xsd:gYear .
        act:urges skos:broader act-group:directive .
        atg:Mine rdfs:subClassOf atg:Call . atg:Call skos:exactMatch schema:Action .""")

    found = derive(dataset)

    assert found
    assert not any(isinstance(quad.subject, Literal) for quad in found)
    assert not any(str(quad.object).startswith(f"<{PREFIXES['owl']}") for quad in found)
    assert not any(str(quad.subject).startswith(f"<{PREFIXES['atg']}") for quad in found)


@pytest.mark.parametrize(
    "text",
    [
        "atg:p a owl:FunctionalProperty .",
        "atg:A owl:unionOf ( atg:B atg:C ) .",
        "atg:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty atg:p ; owl:allValuesFrom atg:B ] .",
        "atg:A owl:hasKey ( atg:p ) .",
    ],
)
def test_what_the_fast_engine_does_not_know_it_refuses_by_name(text: str) -> None:
    with pytest.raises(ReasonerError, match="owl:") as caught:
        derive(read("state:A a atg:A ."), axioms=axioms(text))

    assert "--engine owlrl" in str(caught.value)
    assert derive(read("state:A a atg:A ."), "owlrl", axioms=axioms(text)) is not None


def test_same_as_is_refused_by_the_fast_engine() -> None:
    with pytest.raises(ReasonerError, match="sameAs"):
        derive(read("state:A owl:sameAs state:B ."))


@pytest.mark.parametrize(
    "text",
    ["atg:A owl:disjointWith atg:B .", "[] a owl:AllDisjointClasses ; owl:members ( atg:C atg:A atg:B ) ."],
)
@pytest.mark.parametrize("engine", ["fast", "owlrl"])
def test_a_contradiction_is_refused(text: str, engine: str) -> None:
    with pytest.raises(ReasonerError, match="state:A" if engine == "fast" else "ontradict"):
        derive(read("state:A a atg:A ; atg:p 1 ."), engine, axioms(text + "atg:p rdfs:domain atg:B ."))


def test_what_runs_wild_is_stopped() -> None:
    chain = " ".join(f"state:{n} atg:t state:{n + 1} ." for n in range(60))

    with pytest.raises(ReasonerError, match="more than 100"):
        derive(read(chain), axioms=axioms("atg:t a owl:TransitiveProperty ."), limit=100)


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(UsageError, match="owlrl"):
        derive(Dataset(), "guess")


def test_alignments_are_not_reasoned_over(tmp_path: Path) -> None:
    dataset = read("state:BHR a atg:State .")
    dataset.parse((_PREFIXES + "atg:State rdfs:subClassOf schema:Country .").encode(), graph=graph("ontology"))

    assert not [quad for quad in derive(dataset) if quad.object == iri("schema:Country")]
