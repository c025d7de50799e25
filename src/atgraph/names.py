"""Namespaces and prefixes, the minting of IRIs, and UN document symbols as slugs."""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

BASE = "https://w3id.org/atgraph/"
"""Ours. Whoever publishes under another base moves things and graphs to it; all that is defined stays here."""
ONTOLOGY = f"{BASE}ontology/"
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
"""The six official languages of the United Nations, in its own order."""

LANGUAGE_IRI = {
    code: f"http://publications.europa.eu/resource/authority/language/{name}"
    for code, name in zip(LANGUAGES, ("ARA", "ZHO", "ENG", "FRA", "RUS", "SPA"), strict=True)
}
"""BCP 47 code to the European Union's authority table of languages."""

SCHEMES = (
    "act",
    "act-group",
    "strength",
    "actor-class",
    "theme",
    "instrument-kind",
    "treaty-action",
    "reliability",
    "decision",
)
"""Vocabularies: each a SKOS scheme `vocab/<scheme>` with concepts `vocab/<scheme>/<slug>`."""

KINDS = (
    "state",
    "group",
    "body",
    "document",
    "expression",
    "paragraph",
    "passage",
    "selector",
    "provision",
    "reading",
    "review",
    "membership",
    "accession",
    "observance",
    "statistic",
    "activity",
    "agent",
    "region",
)
"""Kinds of things: `id/<kind>/<slug>`. A State's treaty action is an `accession`, since `treaty-action` is a scheme."""

PREFIXES: dict[str, str] = {
    "atg": ONTOLOGY,
    "ats": f"{BASE}shapes/",
    "graph": f"{BASE}graph/",
    **{scheme: f"{BASE}vocab/{scheme}/" for scheme in SCHEMES},
    **{kind: f"{BASE}id/{kind}/" for kind in KINDS},
    "adms": "http://www.w3.org/ns/adms#",
    "bibo": "http://purl.org/ontology/bibo/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "lang": "http://publications.europa.eu/resource/authority/language/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "sdg": "http://metadata.un.org/sdg/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "unbis": "http://metadata.un.org/thesaurus/",
    "vann": "http://purl.org/vocab/vann/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Every prefix that our Turtle, JSON-LD and queries may use."""

SOURCE = re.compile(r"(?!(?:ontology|reference|derived)$)[a-z0-9]+(?:-[a-z0-9]+)*")
"""The slug of a source, which names its graph: none of those that are not made from a source."""

LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
"""What may follow a prefix and needs no escape, neither in Turtle nor in SPARQL."""

ORGANS = {
    "general-assembly": "a-res",
    "security-council": "s-res",
    "human-rights-council": "a-hrc-res",
    "economic-and-social-council": "e-res",
}
"""The organs that resolve, and speak of themselves in the third person, with the head of their resolutions' slugs."""


def iri(name: str) -> NamedNode:
    """Return the IRI of a prefixed name.

    >>> iri("act:urges").value
    'https://w3id.org/atgraph/vocab/act/urges'
    """
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def thing(kind: str, *parts: str | int) -> NamedNode:
    """Return the IRI of a thing or concept, its parts joined by full stops.

    >>> thing("provision", "gof-2024", "annex.8", 1).value
    'https://w3id.org/atgraph/id/provision/gof-2024.annex.8.1'
    """
    return NamedNode(PREFIXES[kind] + ".".join(str(part) for part in parts))


def graph(source: str) -> NamedNode:
    """Return the IRI of a named graph: a source's slug, or `ontology`, `reference`, `derived`."""
    return NamedNode(PREFIXES["graph"] + source)


def moved(text: str, base: str, home: str = BASE) -> str:
    """Return an IRI, or a text with IRIs in it, where what is named below `home` is named below `base`.

    Only things and graphs move: what ontology, vocabularies and shapes define means the same whoever publishes.

    >>> moved("https://w3id.org/atgraph/id/state/BHR", "https://data.example.org/")
    'https://data.example.org/id/state/BHR'
    >>> moved("https://w3id.org/atgraph/vocab/act/urges", "https://data.example.org/")
    'https://w3id.org/atgraph/vocab/act/urges'
    """
    if base == home:
        return text
    return re.sub(f"{re.escape(home)}(?=(?:id|graph)/)", lambda _: base, text)


def spaces(base: str = BASE) -> dict[str, str]:
    """Return every prefix, those of things and graphs below a base.

    >>> spaces("https://data.example.org/")["state"]
    'https://data.example.org/id/state/'
    """
    return PREFIXES if base == BASE else {prefix: moved(space, base) for prefix, space in PREFIXES.items()}


def shorten(value: str, base: str = BASE) -> str:
    """Return an IRI as a prefixed name where one of our prefixes fits and the rest may follow it, else as it is.

    `base` is that of the data which the IRI is from.

    >>> shorten("https://w3id.org/atgraph/id/state/BHR")
    'state:BHR'
    >>> shorten("https://example.org/x")
    'https://example.org/x'
    >>> shorten("http://metadata.un.org/sdg/codes/geoArea/634")
    'http://metadata.un.org/sdg/codes/geoArea/634'
    """
    prefix, space = max(
        (p for p in spaces(base).items() if value.startswith(p[1])), key=lambda p: len(p[1]), default=("", "")
    )
    local = value.removeprefix(space)
    return f"{prefix}:{local}" if prefix and (not local or LOCAL.fullmatch(local)) else value


def slug(value: str) -> str:
    """Return the slug of an IRI: what stands behind its last stroke.

    >>> slug("https://w3id.org/atgraph/vocab/act/urges")
    'urges'
    """
    return value.rstrip("/").rpartition("/")[2]


def symbol_slug(symbol: str) -> str:
    """Return the slug of a UN document symbol.

    >>> symbol_slug("A/RES/68/192")
    'a-res-68-192'
    >>> symbol_slug("S/RES/2331 (2016)")
    's-res-2331-2016'
    >>> symbol_slug("CTOC/COP/WG.4/2024/CRP.5")
    'ctoc-cop-wg-4-2024-crp-5'
    """
    return re.sub(r"[^a-z0-9]+", "-", symbol.lower()).strip("-")


def resolution_slug(number: str, organ: str = "general-assembly") -> str:
    """Return the slug of a resolution given by number and organ (a body's slug).

    >>> resolution_slug("68/192")
    'a-res-68-192'
    >>> resolution_slug("2331 (2016)", "security-council")
    's-res-2331-2016'
    """
    return f"{ORGANS[organ]}-{symbol_slug(number)}"


_OBSERVED_BY = {
    "CRC": "crc-committee",
    "CEDAW": "cedaw-committee",
    "CMW": "cmw-committee",
    "CCPR": "human-rights-committee",
    "CAT": "cat-committee",
    "CERD": "cerd-committee",
    "CRPD": "crpd-committee",
    "CED": "ced-committee",
}
"""The treaty bodies, by the head of their symbols."""
OBSERVERS = frozenset(_OBSERVED_BY.values())
TREATIES = {
    "CRC": "crc",
    "CEDAW": "cedaw",
    "CMW": "cmw",
    "CCPR": "iccpr",
    "CAT": "cat",
    "CERD": "icerd",
    "CRPD": "crpd",
    "CED": "cped",
}
"""The treaties that they watch over."""
CONFERENCES = {"CTOC/COP/": "untoc", "CAC/COSP/": "uncac"}
"""The treaties whose parties meet in a conference, by the head of its symbols."""


CONCLUDING = re.compile(r"(?P<body>[A-Z]+)/C/(?:OP[A-Z]{2}/)?(?P<state>[A-Z]{3})/(?:QPR/)?CO/")
"""The symbol of concluding observations: which treaty body observes which State."""
_GENERAL_COMMENT = re.compile(r"(?P<body>[A-Z]+)/C/GC/")


def resolving_organ(symbol: str) -> str | None:
    """Return the organ whose resolution, concluding observations or general comment a symbol names, or None.

    >>> resolving_organ("A/HRC/RES/58/27"), resolving_organ("A/79/812"), resolving_organ("CEDAW/C/GEO/CO/7")
    ('human-rights-council', None, 'cedaw-committee')
    """
    if match := CONCLUDING.match(symbol) or _GENERAL_COMMENT.match(symbol):
        return _OBSERVED_BY.get(match["body"])
    slug_of = symbol_slug(symbol)
    if slug_of.startswith("s-prst-"):  # its President speaks for it
        return "security-council"
    return next((organ for organ, head in ORGANS.items() if slug_of.startswith(f"{head}-")), None)


def document_symbol(name: str) -> str | None:
    """Return the printed symbol behind a document's slug, or None where the slug is no symbol.

    >>> document_symbol("a-res-68-192"), document_symbol("s-res-2331-2016"), document_symbol("untoc")
    ('A/RES/68/192', 'S/RES/2331 (2016)', None)
    >>> document_symbol("a-res-s-32-1")
    'A/RES/S-32/1'
    """
    if match := re.fullmatch(r"s-res-(\d+)-(\d{4})", name):
        return f"S/RES/{match[1]} ({match[2]})"
    if match := re.fullmatch(r"(a|e|a-hrc)-res-((?:e?s-)?\d+)-(\w+)", name):  # S-32 is a special session
        return f"{match[1].upper().replace('-', '/')}/RES/{match[2].upper()}/{match[3].upper()}"
    return None
