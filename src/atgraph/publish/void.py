"""The dataset and a publisher's settings come in; its statistics, links and sample things go out, in VoID."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, Triple

from atgraph.names import BASE, KINDS, PREFIXES, iri, slug, spaces
from atgraph.publish.describe import DESCRIPTION, TITLE, Facts, File, about, day, release, subject_of
from atgraph.settings import Settings
from atgraph.store import Dataset
from atgraph.turtle import pretty

_HEADER = "Statistics and links of this dataset, in VoID. Made by `atgraph build`; CC0-1.0."
_TYPE = iri("rdf:type")

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
    triples = list(dataset.triples())
    yield "void.ttl", pretty(_described(dataset, settings, triples), _HEADER, base=settings.base)


def links(triples: Sequence[Triple], base: str = BASE) -> dict[str, Counter[NamedNode]]:
    """Return how many triples lead from things and concepts of ours to each data set of `TARGETS`, by predicate."""
    home = tuple({base, f"{BASE}vocab/", f"{BASE}ontology/"})
    targets = sorted(TARGETS, key=lambda name: -len(TARGETS[name][0]))
    found: dict[str, Counter[NamedNode]] = defaultdict(Counter)
    for triple in triples:
        value = triple.object
        if not isinstance(value, NamedNode) or not isinstance(triple.subject, NamedNode) or triple.predicate == _TYPE:
            continue
        if triple.subject.value.startswith(home):
            name = next((each for each in targets if value.value.startswith(TARGETS[each][0])), "")
            if name:
                found[name][triple.predicate] += 1
    return dict(found)


def _described(dataset: Dataset, settings: Settings, triples: Sequence[Triple]) -> Iterator[Triple]:
    said, me = release(dataset, settings), subject_of(settings)
    space = me.value.partition("#")[0]
    classes = Counter(triple.object for triple in triples if triple.predicate == _TYPE)
    properties = Counter(triple.predicate for triple in triples)
    named = [node for node in classes if isinstance(node, NamedNode)]
    ours = tuple(spaces(settings.base)[kind] for kind in KINDS)
    subjects = {triple.subject for triple in triples}
    linked = links(triples, settings.base)
    partitions = {_part(space, "class", node): node for node in named}
    uses = {_part(space, "property", node): node for node in properties}
    dumps = [File(f"atgraph.{form}", 0, "") for form in _FEATURES]
    yield from about(
        me,
        {
            "a": [iri("void:Dataset"), iri("dcat:Dataset")],
            "dcterms:title": TITLE,
            "dcterms:description": DESCRIPTION,
            "dcterms:publisher": NamedNode(settings.publisher_iri),
            "dcterms:license": NamedNode(settings.licence),
            "dcterms:issued": day(said.issued),
            "dcterms:modified": day(said.modified),
            "dcterms:subject": iri("unbis:1006622"),
            "dcat:version": said.version,
            "foaf:homepage": NamedNode(settings.landing_page),
            "void:uriSpace": settings.base,
            "void:triples": Literal(len(triples)),
            "void:entities": Literal(sum(isinstance(s, NamedNode) and s.value.startswith(ours) for s in subjects)),
            "void:distinctSubjects": Literal(len(subjects)),
            "void:distinctObjects": Literal(len({triple.object for triple in triples})),
            "void:classes": Literal(len(classes)),
            "void:properties": Literal(len(properties)),
            "void:vocabulary": _vocabularies({*named, *properties}),
            "void:feature": [NamedNode(_FORMATS + each) for each in _FEATURES.values()],
            "void:dataDump": [NamedNode(file.address(settings)) for file in dumps],
            "void:sparqlEndpoint": NamedNode(settings.endpoint) if settings.endpoint else None,
            "void:exampleResource": _samples(subjects, settings),
            "void:classPartition": list(partitions),
            "void:propertyPartition": list(uses),
            "void:subset": [*dataset.graphs(), *(_linkset(space, name, p) for name in linked for p in linked[name])],
        },
    )
    for node, kind in partitions.items():
        yield from about(node, {"void:class": kind, "void:entities": Literal(classes[kind])})
    for node, predicate in uses.items():
        yield from about(node, {"void:property": predicate, "void:triples": Literal(properties[predicate])})
    sizes = Counter(quad.graph_name for quad in dataset.quads())
    for graph in dataset.graphs():
        facts: Facts = {"dcterms:title": slug(graph.value), "void:triples": Literal(sizes[graph])}
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


def _samples(subjects: Iterable[object], settings: Settings) -> list[NamedNode]:
    """Return the first thing of each of the kinds that readers come for."""
    found = []
    names = sorted(node.value for node in subjects if isinstance(node, NamedNode))
    for kind in _SAMPLES:
        space = spaces(settings.base)[kind]
        found += [NamedNode(name) for name in names if name.startswith(space)][:1]
    return found
