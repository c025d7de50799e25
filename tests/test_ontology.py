"""The ontology parses everywhere, declares what is used, defines it twice, stays in OWL 2 RL and is consistent."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import owlrl
import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, VANN, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from atgraph import files, names

ROOT = files.root()
ONTOLOGY = files.ontology()
TURTLE = sorted(ONTOLOGY.rglob("*.ttl"))
ATG = Namespace(names.ONTOLOGY)
ERRORS = Namespace("urn:owlrl:")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
# An example of the check that finds undeclared terms has to use one.
UNDECLARED_ON_PURPOSE = "undeclared-term.ttl"
VERBS = """
is has belongs bears carries cites concerns includes lists marks mentions performs reaches reports reviews states
supplements
"""


@cache
def core() -> Graph:
    return Graph().parse(ONTOLOGY / "core.ttl", format="turtle")


def declared(*kinds: URIRef) -> set[URIRef]:
    """Return our own terms of these kinds."""
    return {
        term for kind in kinds or KINDS for term in core().subjects(RDF.type, kind) if str(term).startswith(str(ATG))
    }


def name(term: object) -> str:
    return str(term).removeprefix(str(ATG))


@cache
def used() -> dict[str, set[str]]:
    """Return the local names of our terms that each file uses, by the file's path; core.ttl is left out."""
    found: dict[str, set[str]] = {}
    turtle = [*TURTLE, *sorted((ROOT / "data").rglob("*.ttl"))]
    source = ROOT / "src"
    texts = [*sorted((ROOT / "queries").rglob("*.rq")), *(sorted(source.rglob("*.py")) if source.is_dir() else [])]
    for path in turtle:
        if path.name not in ("core.ttl", UNDECLARED_ON_PURPOSE):
            terms = (term for quad in parse(path=str(path), format=RdfFormat.TURTLE) for term in quad.triple)
            values = {getattr(term, "value", "") for term in terms}
            found[str(path)] = {name(value) for value in values if value.startswith(str(ATG))} - {"", "alignments"}
    for path in texts:
        found[str(path)] = set(re.findall(r"\batg:([A-Za-z]\w*)", path.read_text(encoding="utf-8")))
    return found


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: str(path.relative_to(ONTOLOGY)))
def test_every_turtle_file_is_the_same_graph_in_two_strict_parsers(path: Path) -> None:
    quads = list(parse(path=str(path), format=RdfFormat.TURTLE))

    assert len(set(quads)) == len(Graph().parse(path, format="turtle"))
    assert not path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_every_term_in_use_is_declared() -> None:
    known = {name(term) for term in declared()}

    assert {path: terms - known for path, terms in used().items() if terms - known} == {}


def test_every_declared_term_is_used_or_documented() -> None:
    documented = set(re.findall(r"`atg:(\w+)`", (ROOT / "docs" / "words.md").read_text(encoding="utf-8")))

    assert {name(term) for term in declared()} <= set().union(*used().values()) | documented


def test_the_header_is_what_portals_ask_for() -> None:
    ontology = URIRef(str(ATG))
    version = core().value(ontology, OWL.versionInfo)

    assert set(core().subjects(RDF.type, OWL.Ontology)) == {ontology}
    assert core().value(ontology, OWL.versionIRI) == ATG[str(version)]
    assert re.fullmatch(r"\d+\.\d+\.\d+", str(version))
    assert isinstance(core().value(ontology, DCTERMS.license), URIRef)
    assert core().value(ontology, VANN.preferredNamespacePrefix) == Literal("atg")
    assert core().value(ontology, VANN.preferredNamespaceUri) == Literal(str(ATG))
    for field in "title description abstract creator contributor publisher created issued modified".split():
        assert core().value(ontology, DCTERMS[field]) is not None, field
    assert not list(core().objects(ontology, OWL.imports))


@pytest.mark.parametrize("term", sorted(declared()), ids=name)
def test_a_term_is_named_and_defined_in_english_and_in_arabic(term: URIRef) -> None:
    for predicate in (SKOS.prefLabel, SKOS.definition):
        assert sorted(str(text.language) for text in core().objects(term, predicate)) == ["ar", "en"]  # type: ignore[attr-defined]
    for definition in core().objects(term, SKOS.definition):
        assert str(definition).endswith(".")
        assert len(str(definition).split()) >= 4
    for predicate in (SKOS.example, SKOS.scopeNote):
        assert sorted(str(text.language) for text in core().objects(term, predicate)) in ([], ["ar", "en"])  # type: ignore[attr-defined]
    assert core().value(term, RDFS.isDefinedBy) == URIRef(str(ATG))


def test_every_class_has_an_example_and_a_negative_one() -> None:
    for term in declared(OWL.Class):
        examples = {str(text.language): str(text) for text in core().objects(term, SKOS.example)}  # type: ignore[attr-defined]
        assert "Negative example:" in examples["en"], term
        assert "مثال مضاد:" in examples["ar"], term


def test_no_two_terms_share_a_definition() -> None:
    definitions = [str(text) for term in declared() for text in core().objects(term, SKOS.definition)]

    assert len(definitions) == len(set(definitions))


def test_a_property_has_at_most_one_domain_and_one_range() -> None:
    for term in declared(OWL.ObjectProperty, OWL.DatatypeProperty):
        assert len(list(core().objects(term, RDFS.domain))) <= 1, term
        assert len(list(core().objects(term, RDFS.range))) <= 1, term


def test_names_keep_the_house_style() -> None:
    verbs = "|".join(VERBS.split())

    assert all(re.fullmatch(r"[A-Z][A-Za-z]*", name(term)) for term in declared(OWL.Class))
    # originalLanguage is the one noun: its value is a term of a foreign table, as with dcterms:language.
    assert {
        name(term) for term in declared(OWL.ObjectProperty) if not re.fullmatch(rf"({verbs})([A-Z]\w*)?", name(term))
    } == {"originalLanguage"}
    assert all(re.fullmatch(r"[a-z][A-Za-z0-9]*", name(term)) for term in declared(OWL.DatatypeProperty))
    assert not list(core().triples((None, OWL.inverseOf, None)))


def test_nothing_is_minted_in_a_foreign_namespace() -> None:
    for graph in (core(), Graph().parse(ONTOLOGY / "alignments.ttl", format="turtle")):
        for subject, predicate, value in graph:
            if isinstance(subject, URIRef) and not str(subject).startswith(names.BASE):
                assert (predicate, value) in {(RDF.type, OWL.Class), (RDF.type, OWL.ObjectProperty)}, subject


def test_the_ontology_stays_within_owl_2_rl() -> None:
    graph = core()
    constructs = {
        predicate for predicate in graph.predicates() if str(predicate).startswith((str(OWL), str(RDFS), str(RDF)))
    }
    datatypes = {URIRef(names.PREFIXES["xsd"] + kind) for kind in ("string", "boolean", "decimal", "integer")}
    classes = set(graph.subjects(RDF.type, OWL.Class))
    properties = set(graph.subjects(RDF.type, OWL.ObjectProperty))

    assert constructs <= {
        *(RDF.type, RDF.first, RDF.rest, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range),
        *(RDFS.isDefinedBy, OWL.versionIRI, OWL.versionInfo, OWL.members, OWL.propertyChainAxiom),
        *(OWL.equivalentClass, OWL.onProperty, OWL.hasValue),
    }
    assert {kind for kind in graph.objects(None, RDF.type) if str(kind).startswith(str(OWL))} == {
        *KINDS,
        *(OWL.Ontology, OWL.AllDisjointClasses, OWL.Restriction),
    }
    for predicate in (RDFS.subClassOf, RDFS.domain):
        assert set(graph.objects(None, predicate)) <= classes
    assert set(graph.objects(None, RDFS.range)) <= classes | datatypes
    for chain in graph.objects(None, OWL.propertyChainAxiom):
        assert set(Collection(graph, chain)) <= properties
    for restriction in graph.objects(None, OWL.equivalentClass):
        assert isinstance(restriction, BNode)
        assert isinstance(graph.value(restriction, OWL.hasValue), URIRef)


@cache
def closure(*more: tuple[str, str, str]) -> Graph:
    """Return what owlrl makes of the ontology, our vocabularies and the valid examples, and of more statements."""
    graph = Graph()
    vocabularies = [ONTOLOGY / "vocab" / f"{scheme}.ttl" for scheme in ("act-group", "strength", "instrument-kind")]
    for path in (ONTOLOGY / "core.ttl", *vocabularies, *sorted((ONTOLOGY / "examples" / "valid").glob("*.ttl"))):
        graph.parse(path, format="turtle")
    for triple in more:
        graph.add(tuple(URIRef(names.iri(term).value) for term in triple))  # type: ignore[arg-type]
    # Not by owlrl.DeductiveClosure, which changes for good how rdflib reads xsd:gMonthDay, and wrongly.
    semantics = owlrl.OWLRL_Semantics(graph, axioms=False, daxioms=False, rdfs=False)
    semantics.closure()
    for message in semantics.error_messages:
        graph.add((BNode(), ERRORS.message, Literal(message)))
    return graph


def faults(graph: Graph) -> list[object]:
    return [*graph.objects(None, ERRORS.message), *graph.subjects(RDF.type, OWL.Nothing)]


def test_the_ontology_with_its_examples_is_consistent() -> None:
    assert faults(closure()) == []


@pytest.mark.parametrize(
    "triple",
    [
        ("document:x-res-1-2", "rdf:type", "atg:Actor"),
        ("body:example-office", "rdf:type", "atg:State"),
        ("provision:example-statement.1.1", "rdf:type", "atg:Pledge"),
        ("provision:example-statement.1.1", "atg:isMadeBy", "document:x-res-1-2"),
        ("provision:example-statement.1.1", "atg:performsAct", "act:example-finding"),
    ],
    ids=" ".join,
)
def test_a_contradiction_is_noticed(triple: tuple[str, str, str]) -> None:
    assert faults(closure(triple)) != []


@pytest.mark.parametrize(
    "triple",
    [
        ("provision:example-statement.1.1", "rdf:type", "atg:Commitment"),
        ("provision:example-statement.1.1", "atg:belongsToActGroup", "act-group:directive"),
        ("provision:example-statement.1.1", "atg:carriesStrength", "strength:strong"),
        ("provision:example-statement.1.1", "atg:concerns", "theme:example-trade"),
        ("provision:example-statement.1.1", "atg:reaches", "actor-class:example-guild"),
        ("provision:example-statement.1.1", "atg:reaches", "state:XAA"),
        ("provision:example-statement.1.1", "atg:bearsOn", "document:example-protocol"),
        ("provision:example-statement.1.1", "atg:bearsOn", "document:example-convention"),
        ("provision:example-statement.1.1", "atg:bearsOn", "document:x-res-1-2"),
        ("provision:example-statement.1.1", "atg:isSharedBy", "state:XAB"),
        ("state:XAB", "rdf:type", "atg:Actor"),
    ],
    ids=" ".join,
)
def test_what_should_follow_follows(triple: tuple[str, str, str]) -> None:
    assert tuple(URIRef(names.iri(term).value) for term in triple) in closure()


def test_what_should_not_follow_does_not() -> None:
    def holds(*triple: str) -> bool:
        return tuple(URIRef(names.iri(term).value) for term in triple) in closure()

    # The second State is no member of the guild, and the reported call is not the authors' own.
    assert not holds("provision:example-statement.1.1", "atg:reaches", "state:XAB")
    assert not holds("provision:example-statement.3.2", "atg:isSharedBy", "state:XAB")
    assert not holds("document:example-convention", "atg:supplements", "document:example-protocol")


def test_strengths_are_in_one_order() -> None:
    graph = Graph().parse(ONTOLOGY / "vocab" / "strength.ttl", format="turtle")
    steps = list(Collection(graph, next(graph.objects(None, SKOS.memberList))))

    assert [names.slug(str(step)) for step in steps] == "binding demanding strong moderate mild neutral".split()
    assert set(steps) == set(graph.subjects(RDF.type, ATG.Strength))
    assert [str(graph.value(step, SKOS.notation)) for step in steps] == list("123456")
