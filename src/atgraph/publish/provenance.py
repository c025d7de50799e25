"""The dataset and a publisher's settings come in; how the release came about goes out, in PROV."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from atgraph import __version__
from atgraph.names import ONTOLOGY, graph, iri, slug, thing
from atgraph.publish.describe import TITLE, Facts, Licence, about, day, release, subject_of
from atgraph.settings import Settings
from atgraph.store import Dataset
from atgraph.turtle import pretty

_HEADER = "How this release came about, in PROV: what was used, by whom, for what."
_ACTIVITY = {"en": "The build of this release", "ar": "إعداد هذا الإصدار"}
_PARTS = {
    "ontology": {"en": "The ontology and its vocabularies", "ar": "الأنطولوجيا ومفرداتها"},
    "reference": {"en": "Reference data, made from tables", "ar": "البيانات المرجعية المعدّة من الجداول"},
    "derived": {"en": "What follows from the others by OWL 2 RL", "ar": "ما يُستنتج من غيره بقواعد OWL 2 RL"},
}


def contents(dataset: Dataset, settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield the provenance of a release: the build, its agents, the texts it read, the graphs it made of them."""
    yield "prov.ttl", pretty(_told(dataset, settings), Licence.of(settings.licence).under(_HEADER), base=settings.base)


def _told(dataset: Dataset, settings: Settings) -> Iterator[Triple]:
    said, me = release(dataset, settings), subject_of(settings)
    build = NamedNode(f"{settings.base}catalog#build")
    publisher, program = NamedNode(settings.publisher_iri), dataset.own(thing("agent", "atgraph"))
    graphs = dataset.graphs()
    texts = _of_class(dataset, "atg:Expression")
    yield from about(
        me,
        {
            "a": [iri("prov:Entity"), iri("dcat:Dataset")],
            "dcterms:title": TITLE,
            "dcat:version": said.version,
            "dcterms:issued": day(said.issued),
            "prov:wasGeneratedBy": build,
            "prov:wasAttributedTo": publisher,
            "prov:wasDerivedFrom": texts,
            "prov:hadMember": graphs,
        },
    )
    yield from about(me, {"a": iri("prov:Collection")})
    yield from about(
        build,
        {
            "a": iri("prov:Activity"),
            "rdfs:label": _ACTIVITY,
            "prov:used": [NamedNode(ONTOLOGY), *texts],
            "prov:wasAssociatedWith": [publisher, program],
            "prov:wasInformedBy": _of_class(dataset, "prov:Activity"),
        },
    )
    names = settings.publisher.name
    yield from about(publisher, {"a": [iri("prov:Agent"), iri("foaf:Agent")], "foaf:name": names})
    yield from about(
        program,
        {
            "a": iri("prov:SoftwareAgent"),
            "rdfs:label": {"en": f"atgraph {__version__}"},
            "dcat:version": __version__,
            "prov:actedOnBehalfOf": publisher,
        },
    )
    derived = dataset.own(graph("derived"))
    for node in graphs:
        name = slug(node.value)
        used = [each for each in graphs if each != derived] if node == derived else []
        if not used:
            used = [quad.object for quad in dataset.match(None, iri("prov:used"), None, node)]  # type: ignore[misc]
        label = _PARTS.get(name, {"en": f"What was read from {name}", "ar": f"ما قُرئ من {name}"})
        facts: Facts = {"a": iri("prov:Entity"), "rdfs:label": label, "prov:wasGeneratedBy": build}
        yield from about(node, {**facts, "prov:wasDerivedFrom": used})
    for text in texts:
        of = [quad.object for quad in dataset.match(text, iri("atg:isExpressionOf"))]
        hashes = [quad.object for quad in dataset.match(text, iri("atg:sha256"))]
        yield from about(text, {"a": iri("prov:Entity"), "atg:isExpressionOf": of, "atg:sha256": hashes})  # type: ignore[dict-item]


def _of_class(dataset: Dataset, name: str) -> list[NamedNode]:
    found = (quad.subject for quad in dataset.match(None, iri("rdf:type"), iri(name)))
    return sorted({node for node in found if isinstance(node, NamedNode)}, key=lambda node: node.value)
