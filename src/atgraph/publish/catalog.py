"""The dataset, a publisher's settings and the files written come in; a DCAT-AP 3 catalogue of them goes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from atgraph.names import LANGUAGE_IRI, ONTOLOGY, iri, slug
from atgraph.publish import authorities, landing
from atgraph.publish.authorities import ADMS, EARTH, EU, SHA256, THEMES, concept, listed
from atgraph.publish.describe import (
    DESCRIPTION,
    ONTOLOGY_FILES,
    RIGHTS,
    TITLE,
    Facts,
    File,
    Licence,
    Release,
    about,
    day,
    release,
    subject_of,
)
from atgraph.publish.dumps import rdfxml
from atgraph.publish.formats import kind_of
from atgraph.publish.jsonld import jsonld
from atgraph.settings import CC0, Settings
from atgraph.store import Dataset
from atgraph.turtle import pretty

DCAT_AP = "https://semiceu.github.io/DCAT-AP/releases/3.0.1/"
CANONICAL = "https://www.w3.org/TR/rdf-canon/"
"""What the checksum of a graph conforms to: it is that of the graph's RDFC-1.0 canonical N-Quads."""

OWL, SHACL = "https://www.w3.org/TR/owl2-overview/", "https://www.w3.org/TR/shacl/"

_TOLD = ("dcterms:title", "dcterms:description", "dcterms:issued", "dcterms:modified")
_ONTOLOGY_WORDS = [Literal("ontology", language="en"), Literal("أنطولوجيا", language="ar")]
_HEADER = "The catalogue of this publication, by DCAT-AP 3.0.1."
_CATALOG = {
    "ar": "فهرس atgraph",
    "zh": "atgraph 目录",
    "en": "The atgraph catalogue",
    "fr": "Catalogue d'atgraph",
    "ru": "Каталог atgraph",
    "es": "Catálogo de atgraph",
}
_SERIES = {
    "ar": "atgraph: جميع الإصدارات",
    "zh": "atgraph:所有版本",
    "en": "atgraph: all versions",
    "fr": "atgraph : toutes les versions",
    "ru": "atgraph: все версии",
    "es": "atgraph: todas las versiones",
}
_PROVENANCE = {
    "en": "Read by the program atgraph from the texts of its sources and corrected by curators; reference "
    "data from tables in which each row names its source. prov.ttl tells of it in PROV.",
    "ar": "قرأها برنامج atgraph من نصوص مصادرها وصحّحها المراجعون؛ والبيانات المرجعية من جداول يسمّي كل صف "
    "فيها مصدره. والتفصيل في prov.ttl.",
}


def contents(
    dataset: Dataset, settings: Settings, files: Sequence[File], hashes: Mapping[str, str] | None = None
) -> Iterator[tuple[str, str]]:
    """Yield the catalogue in three syntaxes, the same for search engines, and the page that carries it.

    `files` are all those that were written before. `hashes` are SHA-256 of RDFC-1.0, hexadecimal, by the IRI of a
    named graph, the empty string standing for the dataset as a whole.
    """
    said = release(dataset, settings)
    # Each file says the type of its format anew; a graph has a statement once.
    triples = list(dict.fromkeys(_Catalog(dataset, settings, said, files, hashes or {}).triples()))
    yield "catalog.ttl", pretty(triples, Licence.of(settings.licence).under(_HEADER), base=settings.base)
    yield "catalog.jsonld", jsonld([Quad(t.subject, t.predicate, t.object) for t in triples], settings.base)[0]
    yield "catalog.rdf", rdfxml(triples, settings.base)
    yield from landing.contents(settings, said, [file for file in files if file.name not in ONTOLOGY_FILES])


@dataclass(frozen=True)
class _Catalog:
    """What a catalogue is made of; each part yields its triples."""

    dataset: Dataset
    settings: Settings
    said: Release
    files: Sequence[File]
    hashes: Mapping[str, str]

    @cached_property
    def catalog(self) -> NamedNode:
        return NamedNode(f"{self.settings.base}catalog")

    @cached_property
    def data(self) -> NamedNode:
        return subject_of(self.settings)

    @cached_property
    def terms(self) -> list[File]:
        """The files of the ontology's own publication."""
        return [file for file in self.files if file.name in ONTOLOGY_FILES]

    @cached_property
    def publisher(self) -> NamedNode:
        return NamedNode(self.settings.publisher_iri)

    def part(self, name: str) -> NamedNode:
        return NamedNode(f"{self.catalog.value}#{name}")

    @cached_property
    def shared(self) -> Facts:
        """What catalogue, dataset, series and service say alike."""
        return {
            "dcterms:creator": self.publisher,
            "dcterms:publisher": self.publisher,
            "dcterms:license": NamedNode(self.settings.licence),
            "dcterms:language": [NamedNode(each) for each in LANGUAGE_IRI.values()],
            "dcterms:issued": day(self.said.issued),
            "dcterms:modified": day(self.said.modified),
            "dcterms:spatial": EARTH,
            "dcterms:temporal": self.part("period") if self.said.first else None,
        }

    @cached_property
    def found(self) -> Facts:
        """By what dataset and service are found, and whom to ask about them."""
        words = self.said.keywords.items()
        return {
            "dcat:contactPoint": self.part("contact"),
            "dcat:theme": [NamedNode(f"{EU}data-theme/{code}") for code in THEMES],
            "dcat:keyword": [Literal(word, language=language) for language, several in words for word in several],
            "dcat:landingPage": NamedNode(self.settings.landing_page),
            "dcterms:accessRights": NamedNode(f"{EU}access-right/PUBLIC"),
        }

    def triples(self) -> Iterator[Triple]:
        yield from self._catalog()
        yield from self._dataset()
        yield from self._series()
        yield from self._service()
        yield from self._ontology()
        for file in self.files:
            yield from self._distribution(file)
        yield from self._graphs()
        yield from authorities.agents(self.settings, self.part("contact"))
        licences = {self.part(f"licence-{name}").value: words for name, words in self.said.notices.items()}
        yield from authorities.licences(self.settings.licence, licences)
        yield from authorities.tables()

    def _catalog(self) -> Iterator[Triple]:
        record, service = self.part("record"), self.part("service")
        yield from about(
            self.catalog,
            {
                "a": iri("dcat:Catalog"),
                "dcterms:title": _CATALOG,
                "dcterms:description": DESCRIPTION,
                **self.shared,
                "foaf:homepage": NamedNode(self.settings.landing_page),
                "dcat:themeTaxonomy": NamedNode(f"{EU}data-theme"),
                "dcat:record": record,
                "dcat:dataset": [self.data, self.part("ontology")] if self.terms else self.data,
                "dcat:resource": self.part("series"),
                "dcat:service": service if self.settings.endpoint else None,
            },
        )
        state = "created" if self.said.modified == self.said.issued else "updated"
        yield from about(
            record,
            {
                "a": iri("dcat:CatalogRecord"),
                "dcterms:title": TITLE,
                "dcterms:issued": day(self.said.issued),
                "dcterms:modified": day(self.said.modified),
                "dcterms:conformsTo": NamedNode(DCAT_AP),
                "adms:status": NamedNode(f"{ADMS}changetype/{state}"),
                "foaf:primaryTopic": self.data,
            },
        )
        scheme = NamedNode(f"{ADMS}changetype/1.0")
        yield from concept(f"{ADMS}changetype/{state}", scheme.value, {"en": state})
        yield from about(scheme, {"a": iri("skos:ConceptScheme"), "dcterms:title": {"en": "ADMS change types"}})

    def _dataset(self) -> Iterator[Triple]:
        standards = [NamedNode(ONTOLOGY), NamedNode("https://www.w3.org/TR/rdf11-concepts/")]
        yield from about(
            self.data,
            {
                "a": [iri("dcat:Dataset"), iri("dcat:Resource"), iri("void:Dataset")],
                "dcterms:title": TITLE,
                "dcterms:description": DESCRIPTION,
                "dcterms:identifier": self.data.value,
                **self.shared,
                **self.found,
                "dcterms:subject": iri("unbis:1006622"),
                "dcat:version": self.said.version,
                "dcat:inSeries": self.part("series"),
                "dcterms:accrualPeriodicity": NamedNode(f"{EU}frequency/IRREG"),
                "dcterms:conformsTo": standards,
                "dcterms:provenance": self.part("provenance"),
                "dcterms:rights": self.part("rights"),
                "dcat:distribution": [self._name(file) for file in self.files if file not in self.terms],
                "void:uriSpace": self.settings.base,
                "void:subset": self.dataset.graphs(),
                "spdx:checksum": self.part("checksum") if "" in self.hashes else None,
            },
        )
        yield from about(self.part("provenance"), {"a": iri("dcterms:ProvenanceStatement"), "rdfs:label": _PROVENANCE})
        yield from about(self.part("rights"), {"a": iri("dcterms:RightsStatement"), "rdfs:label": RIGHTS})
        titles = ("atgraph ontology", "RDF 1.1", "DCAT-AP 3.0.1")
        for standard, title in zip((*standards, NamedNode(DCAT_AP)), titles, strict=True):
            yield from about(standard, {"a": iri("dcterms:Standard"), "dcterms:title": {"en": title}})
        if self.said.first:
            period = {"dcat:startDate": day(self.said.first), "dcat:endDate": day(self.said.last)}
            yield from about(self.part("period"), {"a": iri("dcterms:PeriodOfTime"), **period})

    def _series(self) -> Iterator[Triple]:
        yield from about(
            self.part("series"),
            {
                "a": [iri("dcat:DatasetSeries"), iri("dcat:Resource")],
                "dcterms:title": _SERIES,
                "dcterms:description": DESCRIPTION,
                **self.shared,
                **self.found,
                "dcterms:accrualPeriodicity": NamedNode(f"{EU}frequency/IRREG"),
                "dcat:last": self.data,
            },
        )

    def _ontology(self) -> Iterator[Triple]:
        """Yield the ontology as a resource of its own: it is ours and under CC0, whoever publishes this copy of it."""
        if not self.terms:
            return
        page = NamedNode(f"{self.settings.download}ontology/index.html")
        told = {
            name: [quad.object for quad in self.dataset.match(NamedNode(ONTOLOGY), iri(name))]
            for name in (*_TOLD, "owl:versionInfo")
        }
        versions = told.pop("owl:versionInfo")
        yield from about(
            self.part("ontology"),
            {
                "a": [iri("dcat:Dataset"), iri("dcat:Resource")],
                **{name: [each for each in told[name] if not isinstance(each, BlankNode | Triple)] for name in told},
                **{name: self.found[name] for name in ("dcat:contactPoint", "dcat:theme", "dcterms:accessRights")},
                "dcterms:identifier": ONTOLOGY,
                "dcterms:publisher": self.publisher,
                "dcterms:license": NamedNode(CC0),
                "dcterms:language": [NamedNode(LANGUAGE_IRI[code]) for code in ("ar", "en")],
                "dcterms:spatial": EARTH,
                "dcterms:temporal": self.part("period") if self.said.first else None,
                "dcterms:conformsTo": [NamedNode(OWL), NamedNode(SHACL)],
                "dcterms:accrualPeriodicity": NamedNode(f"{EU}frequency/IRREG"),
                "dcat:keyword": _ONTOLOGY_WORDS,
                "dcat:version": [each for each in versions if isinstance(each, Literal)],
                "dcat:landingPage": page,
                "dcat:distribution": [self._name(file) for file in self.terms],
            },
        )
        yield from about(page, {"a": iri("foaf:Document")})
        for standard, title in ((OWL, "OWL 2"), (SHACL, "SHACL")):
            yield from about(NamedNode(standard), {"a": iri("dcterms:Standard"), "dcterms:title": {"en": title}})

    def _service(self) -> Iterator[Triple]:
        if not self.settings.endpoint:
            return
        address, protocol = NamedNode(self.settings.endpoint), NamedNode("https://www.w3.org/TR/sparql11-protocol/")
        shared = {key: value for key, value in self.shared.items() if key in ("dcterms:publisher", "dcterms:license")}
        yield from about(
            self.part("service"),
            {
                "a": [iri("dcat:DataService"), iri("dcat:Resource")],
                "dcterms:title": {"en": "SPARQL endpoint of atgraph", "ar": "نقطة استعلام SPARQL في atgraph"},
                "dcterms:description": DESCRIPTION,
                **shared,
                **self.found,
                "dcat:endpointURL": address,
                "dcat:endpointDescription": address,
                "dcat:servesDataset": self.data,
                "dcterms:conformsTo": protocol,
            },
        )
        yield from about(address, {"a": iri("rdfs:Resource")})
        yield from about(protocol, {"a": iri("dcterms:Standard"), "dcterms:title": {"en": "SPARQL 1.1 Protocol"}})

    def _name(self, file: File) -> NamedNode:
        return NamedNode(f"{self.catalog.value}#{file.address(self.settings).removeprefix(self.settings.download)}")

    def _distribution(self, file: File) -> Iterator[Triple]:
        node, kind = self._name(file), kind_of(file.name)
        folder, _, last = file.name.rpartition("/")
        text = last.split(".")[0] if folder == "texts" else ""
        if last.removesuffix(".txt") in self.said.translations:
            text = ""  # a translation made for the data is ours to license
        licence = f"{self.catalog.value}#licence-{text}" if text in self.said.notices else self.settings.licence
        if file in self.terms or file.name in ("ontology.ttl", "shapes.ttl"):
            licence = CC0
        yield from about(
            node,
            {
                "a": iri("dcat:Distribution"),
                "dcterms:title": file.name,
                "dcterms:description": file.words,
                "dcat:accessURL": NamedNode(self.settings.landing_page),
                "dcat:downloadURL": NamedNode(file.address(self.settings)),
                "dcat:mediaType": NamedNode(kind.media),
                "dcterms:format": NamedNode(f"{EU}file-type/{kind.code}"),
                "dcat:byteSize": Literal(str(file.size), datatype=iri("xsd:nonNegativeInteger")),
                "spdx:checksum": NamedNode(f"{node.value}-checksum"),
                "dcterms:license": NamedNode(licence),
                "dcterms:rights": self.part("rights") if file.quotes else None,
                "dcterms:language": [NamedNode(LANGUAGE_IRI[code]) for code in file.languages],
                "dcterms:issued": day(self.said.issued),
                "dcterms:modified": day(self.said.modified),
                "dcat:version": self.said.version,
                "dcatap:availability": NamedNode(f"{EU}planned-availability/STABLE"),
            },
        )
        yield from self._checksum(NamedNode(f"{node.value}-checksum"), file.sha256)
        yield from about(NamedNode(kind.media), {"a": iri("dcterms:MediaType")})
        yield from listed("file-type", kind.code, "dcterms:MediaTypeOrExtent")

    def _graphs(self) -> Iterator[Triple]:
        sizes = Counter(quad.graph_name for quad in self.dataset.quads())
        for graph in self.dataset.graphs():
            checksum = self.part(f"graph-{slug(graph.value)}-checksum") if graph.value in self.hashes else None
            yield from about(
                graph,
                {
                    "a": iri("void:Dataset"),
                    "dcterms:title": slug(graph.value),
                    "void:triples": Literal(sizes[graph]),
                    "spdx:checksum": checksum,
                },
            )
            if checksum:
                yield from self._checksum(checksum, self.hashes[graph.value], CANONICAL)
        if "" in self.hashes:
            yield from self._checksum(self.part("checksum"), self.hashes[""], CANONICAL)

    def _checksum(self, node: NamedNode, value: str, standard: str = "") -> Iterator[Triple]:
        number = Literal(value, datatype=iri("xsd:hexBinary"))
        facts: Facts = {"a": iri("spdx:Checksum"), "spdx:algorithm": SHA256, "spdx:checksumValue": number}
        yield from about(node, {**facts, "dcterms:conformsTo": NamedNode(standard) if standard else None})
