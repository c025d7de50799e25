"""A publisher's settings come in; agents, licences and concepts of official tables go out, for a catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from atgraph.names import LANGUAGE_IRI, iri, slug
from atgraph.publish.describe import Facts, about
from atgraph.settings import CC0, INDIVIDUALS, Settings

EU = "http://publications.europa.eu/resource/authority/"
ADMS = "http://purl.org/adms/"
"""The tables of the European Union, and those of ADMS: portals know the concepts in them."""
# The shape of the vocabularies wants https here, the range of the class http; the algorithm is one.
SHA256 = NamedNode("https://spdx.org/rdf/terms#checksumAlgorithm_sha256")
EARTH = NamedNode("https://sws.geonames.org/6295630/")
THEMES = {
    "JUST": {"en": "Justice, legal system and public safety", "ar": "العدالة والنظام القانوني والسلامة العامة"},
    "INTR": {"en": "International issues", "ar": "القضايا الدولية"},
    "SOCI": {"en": "Population and society", "ar": "السكان والمجتمع"},
}


def agents(settings: Settings, desk: NamedNode) -> Iterator[Triple]:
    """Yield who publishes, and the desk that readers can ask."""
    publisher, contact = settings.publisher, settings.contact
    scheme = NamedNode(f"{ADMS}publishertype/1.0")
    kind = NamedNode(f"{ADMS}publishertype/{publisher.type}") if publisher.type else None
    body = publisher.iri.startswith(f"{EU}corporate-body/")
    yield from about(
        NamedNode(settings.publisher_iri),
        {
            "a": iri("foaf:Agent"),
            "foaf:name": publisher.name,
            "foaf:homepage": NamedNode(publisher.homepage) if publisher.homepage else None,
            "dcterms:type": kind,
            "skos:inScheme": NamedNode(f"{EU}corporate-body") if body else None,
        },
    )
    if kind:
        yield from concept(kind.value, scheme.value, {"en": publisher.type})
        yield from about(scheme, {"a": iri("skos:ConceptScheme"), "dcterms:title": {"en": "ADMS publisher types"}})
    yield from about(
        desk,
        {
            "a": [iri("vcard:Kind"), iri("vcard:Group" if publisher.type == INDIVIDUALS else "vcard:Organization")],
            "vcard:fn": contact.name,
            "vcard:hasEmail": NamedNode(f"mailto:{contact.email}") if contact.email else None,
            "vcard:hasURL": NamedNode(contact.url) if contact.url else None,
        },
    )
    for page in {settings.landing_page, publisher.homepage} - {""}:
        yield from about(NamedNode(page), {"a": iri("foaf:Document")})


def licences(licence: str, notices: Mapping[str, str]) -> Iterator[Triple]:
    """Yield the licences of data and ontology, and the terms of the texts: IRIs with the words of their notices."""
    kind = "PublicDomain" if licence == CC0 else ""
    kind = kind or ("Attribution" if "creativecommons.org/licenses/by/" in licence else "")
    terms = {
        CC0: ("PublicDomain", ""),
        licence: (kind, ""),
        **{name: ("Attribution", words) for name, words in notices.items()},
    }
    for name, (kind, words) in terms.items():
        facts: Facts = {
            "a": iri("dcterms:LicenseDocument"),
            "dcterms:type": NamedNode(f"{ADMS}licencetype/{kind}") if kind else None,
            "rdfs:label": {"en": words, "ar": f"وفق الإشعار المرافق للوثيقة (بالإنجليزية): {words}"} if words else None,
        }
        yield from about(NamedNode(name), facts)
        if kind:
            yield from concept(f"{ADMS}licencetype/{kind}", f"{ADMS}licencetype/1.0", {"en": kind})


def tables() -> Iterator[Triple]:
    """Yield what the vocabulary shapes want said of each concept of the European Union's tables."""
    for code, words in THEMES.items():
        yield from concept(f"{EU}data-theme/{code}", f"{EU}data-theme", words)
    yield from concept(f"{EU}planned-availability/STABLE", f"{EU}planned-availability", {"en": "stable"})
    title = {"en": "Data themes of the European Union"}
    yield from about(NamedNode(f"{EU}data-theme"), {"a": iri("skos:ConceptScheme"), "dcterms:title": title})
    yield from listed("frequency", "IRREG", "dcterms:Frequency")
    yield from listed("access-right", "PUBLIC", "dcterms:RightsStatement")
    for language in LANGUAGE_IRI.values():
        yield from listed("language", slug(language), "dcterms:LinguisticSystem")
    yield from about(
        EARTH,
        {
            "a": iri("dcterms:Location"),
            "rdfs:label": {"en": "Earth", "ar": "الأرض"},
            "dcat:bbox": _wkt("POLYGON((-180 -90, 180 -90, 180 90, -180 90, -180 -90))"),
            "dcat:centroid": _wkt("POINT(0 0)"),
        },
    )
    same = NamedNode("http://spdx.org/rdf/terms#checksumAlgorithm_sha256")
    yield from about(SHA256, {"a": iri("spdx:ChecksumAlgorithm"), "owl:sameAs": same})


def listed(table: str, code: str, kind: str) -> Iterator[Triple]:
    """Yield of a concept of one of the European Union's tables what it is, and that it is in that table."""
    yield from about(NamedNode(f"{EU}{table}/{code}"), {"a": iri(kind), "skos:inScheme": NamedNode(EU + table)})


def concept(name: str, scheme: str, label: Mapping[str, str]) -> Iterator[Triple]:
    """Yield of a concept what the shapes want to read: its label and its scheme."""
    facts: Facts = {"a": iri("skos:Concept"), "skos:prefLabel": label, "skos:inScheme": NamedNode(scheme)}
    yield from about(NamedNode(name), facts)


def _wkt(text: str) -> Literal:
    return Literal(text, datatype=NamedNode("http://www.opengis.net/ont/geosparql#wktLiteral"))
