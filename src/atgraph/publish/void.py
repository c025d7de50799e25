"""The dataset and a publisher's settings come in; its statistics, links and sample things go out, in VoID."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, Triple

from atgraph.names import BASE, KINDS, PREFIXES, iri, slug, spaces
from atgraph.publish.describe import DESCRIPTION, TITLE, Facts, File, Licence, about, day, release, subject_of
from atgraph.settings import Settings
from atgraph.store import Dataset, Term
from atgraph.turtle import pretty

_HEADER = "Statistics and links of this dataset, in VoID."
_TYPE, _OBJECT = iri("rdf:type"), iri("rdf:object")

_FORMATS = "http://www.w3.org/ns/formats/"
_FEATURES = {"ttl": "Turtle", "trig": "TriG", "nq": "N-Quads", "jsonld": "JSON-LD", "rdf": "RDF_XML"}

TARGETS = {
    "wikidata": ("http://www.wikidata.org/entity/", "Wikidata", "https://www.wikidata.org/"),
    "m49": ("http://metadata.un.org/sdg/codes/geoArea/", "United Nations M49 areas", "http://metadata.un.org/sdg/"),
    "sdg": (
        "http://metadata.un.org/sdg/",
        "Sustainable Development Goals of the United Nations",
        "http://metadata.un.org/sdg/",
    ),
    "unbis": ("http://metadata.un.org/thesaurus/", "UNBIS Thesaurus", "http://metadata.un.org/thesaurus/"),
    "geonames": ("https://sws.geonames.org/", "GeoNames", "https://www.geonames.org/"),
    "eu": (
        "http://publications.europa.eu/resource/authority/",
        "Authority tables of the European Union",
        "https://op.europa.eu/",
    ),
}
"""Data sets that we link to: how their names begin (the longer beginning wins), their title, their page."""

_SAMPLES = ("provision", "document", "state", "accession", "group", "body", "passage")


def contents(dataset: Dataset, settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield the description of a dataset in VoID: of all that is stated and derived, each triple counted once."""
    yield (
        "void.ttl",
        pretty(_described(dataset, settings), Licence.of(settings.licence).under(_HEADER), base=settings.base),
    )


def links(dataset: Dataset) -> dict[str, Counter[NamedNode]]:
    """Return how many triples lead from things and terms of ours to each data set of `TARGETS`, by predicate."""
    return _count(dataset).links


@dataclass(slots=True)
class _Counts:
    """What is counted in one walk over the quads, in which a triple of two graphs is one."""

    triples: int = 0
    subjects: set[Term] = field(default_factory=set)
    objects: set[Term] = field(default_factory=set)
    classes: Counter[Term] = field(default_factory=Counter)
    properties: Counter[NamedNode] = field(default_factory=Counter)
    graphs: Counter[Term] = field(default_factory=Counter)
    links: dict[str, Counter[NamedNode]] = field(default_factory=lambda: defaultdict(Counter))


def _count(dataset: Dataset) -> _Counts:
    home = (dataset.base, f"{BASE}vocab/", f"{BASE}ontology/")
    targets = sorted(TARGETS, key=lambda name: -len(TARGETS[name][0]))
    starts = tuple(start for start, _, _ in TARGETS.values())
    found, seen, outward = _Counts(), set(), []
    for subject, predicate, value, graph in dataset.quads():
        found.graphs[graph] += 1
        triple = (subject, predicate, value)
        if triple in seen:
            continue
        seen.add(triple)
        found.properties[predicate] += 1
        if predicate == _TYPE:
            found.classes[value] += 1
        elif isinstance(value, NamedNode) and value.value.startswith(starts):
            outward.append((subject, predicate, value.value))
    for subject, predicate, value in outward:
        # What a reading says of another statement is no link of its own.
        if predicate != _OBJECT and isinstance(subject, NamedNode) and subject.value.startswith(home):
            found.links[next(name for name in targets if value.startswith(TARGETS[name][0]))][predicate] += 1
    found.triples = len(seen)
    found.subjects = {subject for subject, _, _ in seen}
    found.objects = {value for _, _, value in seen}
    return found


def _described(dataset: Dataset, settings: Settings) -> Iterator[Triple]:
    said, me, counts = release(dataset, settings), subject_of(settings), _count(dataset)
    space = me.value.partition("#")[0]
    classes, properties, linked = counts.classes, counts.properties, counts.links
    named = [node for node in classes if isinstance(node, NamedNode)]
    ours = tuple(spaces(settings.base)[kind] for kind in KINDS)
    things = [node.value for node in counts.subjects if isinstance(node, NamedNode) and node.value.startswith(ours)]
    partitions = {_part(space, "class", node): node for node in named}
    uses = {_part(space, "property", node): node for node in properties}
    dumps = [File(f"atgraph.{form}", 0, "") for form in _FEATURES]
    yield from about(
        me,
        {
            "a": [iri("void:Dataset"), iri("dcat:Dataset")],
            "dcterms:title": TITLE,
            "dcterms:description": DESCRIPTION,
            "dcterms:creator": NamedNode(settings.publisher_iri),
            "dcterms:publisher": NamedNode(settings.publisher_iri),
            "dcterms:license": NamedNode(settings.licence),
            "dcterms:issued": day(said.issued),
            "dcterms:modified": day(said.modified),
            "dcterms:subject": iri("unbis:1006622"),
            "dcat:version": said.version,
            "foaf:homepage": NamedNode(settings.landing_page),
            "void:uriSpace": settings.base,
            "void:triples": Literal(counts.triples),
            "void:entities": Literal(len(things)),
            "void:distinctSubjects": Literal(len(counts.subjects)),
            "void:distinctObjects": Literal(len(counts.objects)),
            "void:classes": Literal(len(classes)),
            "void:properties": Literal(len(properties)),
            "void:vocabulary": _vocabularies({*named, *properties}),
            "void:feature": [NamedNode(_FORMATS + each) for each in _FEATURES.values()],
            "void:dataDump": [NamedNode(file.address(settings)) for file in dumps],
            "void:sparqlEndpoint": NamedNode(settings.endpoint) if settings.endpoint else None,
            "void:exampleResource": _samples(things, settings),
            "void:classPartition": list(partitions),
            "void:propertyPartition": list(uses),
            "void:subset": [*dataset.graphs(), *(_linkset(space, name, p) for name in linked for p in linked[name])],
        },
    )
    for node, kind in partitions.items():
        yield from about(node, {"void:class": kind, "void:entities": Literal(classes[kind])})
    for node, predicate in uses.items():
        yield from about(node, {"void:property": predicate, "void:triples": Literal(properties[predicate])})
    for graph in dataset.graphs():
        facts: Facts = {"dcterms:title": slug(graph.value), "void:triples": Literal(counts.graphs[graph])}
        yield from about(graph, {"a": iri("void:Dataset"), **facts})
    for name, predicates in linked.items():
        target = NamedNode(f"{space}#target-{name}")
        start, title, page = TARGETS[name]
        shown: Facts = {"dcterms:title": title, "foaf:homepage": NamedNode(page), "void:uriSpace": start}
        yield from about(target, {"a": iri("void:Dataset"), **shown})
        for predicate, count in predicates.items():
            yield from about(
                _linkset(space, name, predicate),
                {
                    "a": iri("void:Linkset"),
                    "void:subjectsTarget": me,
                    "void:objectsTarget": target,
                    "void:linkPredicate": predicate,
                    "void:triples": Literal(count),
                },
            )


def _part(space: str, kind: str, node: NamedNode) -> NamedNode:
    return NamedNode(f"{space}#{kind}-{_short(node)}")


def _linkset(space: str, name: str, predicate: NamedNode) -> NamedNode:
    return NamedNode(f"{space}#links-{name}-{_short(predicate)}")


def _short(node: NamedNode) -> str:
    """Return a term's short name as it may stand in a fragment; the whole name, without signs, where it has none."""
    space, local = _cut(node.value)
    prefix = next((prefix for prefix, each in PREFIXES.items() if each == space), "")
    parts = urlsplit(space)
    return f"{prefix or '-'.join([parts.netloc, *parts.path.split('/')]).strip('-')}-{local}"


def _vocabularies(terms: set[NamedNode]) -> list[NamedNode]:
    return [NamedNode(space) for space in sorted({_cut(term.value)[0] for term in terms})]


def _cut(value: str) -> tuple[str, str]:
    place = max(value.rfind("/"), value.rfind("#")) + 1
    return value[:place], value[place:]


def _samples(things: Iterable[str], settings: Settings) -> list[NamedNode]:
    """Return the first thing of each of the kinds that readers come for."""
    found = []
    names = sorted(things)
    for kind in _SAMPLES:
        space = spaces(settings.base)[kind]
        found += [NamedNode(name) for name in names if name.startswith(space)][:1]
    return found
