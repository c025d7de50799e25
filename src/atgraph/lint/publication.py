"""A publication's folder comes in; out goes what is missing in it, and where numbers, links and pages fall short."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from atgraph.lint.catalogue import local
from atgraph.lint.reading import File
from atgraph.lint.rules import Place, name_of, rule
from atgraph.lint.target import Target
from atgraph.names import iri
from atgraph.store import Dataset

_VOID = "http://rdfs.org/ns/void#"
_TRIPLES, _DUMP = NamedNode(f"{_VOID}triples"), NamedNode(f"{_VOID}dataDump")
_ASIDE = {
    iri(name)
    for name in (
        *("rdf:type", "dcterms:license", "dcterms:language", "rdfs:isDefinedBy", "foaf:page", "foaf:homepage"),
        *("rdfs:domain", "rdfs:range", "rdfs:subClassOf", "rdfs:subPropertyOf", "bibo:status", "owl:imports"),
    )
}
"""Properties whose values make no link between data sets: classes, licences, languages, home pages."""
_SHARED = ("w3id.org", "purl.org", "doi.org", "github.io", "data.europa.eu")
"""Hosts that many data sets share, so that the first part of the path has to tell them apart."""
_SCHEMA = ("https://schema.org/", "http://schema.org/")
"""One vocabulary in two spellings."""
_REQUIRED = ("name", "description")
_WANTED = ("license", "creator", "distribution", "identifier", "keywords", "url", "version")
_FORMATS = ("ttl", "jsonld", "rdf", "nt")


@rule(
    *("missing-catalogue", 9, "failure", "publication"),
    title="Is there a catalogue?",
    problem="There is no DCAT catalogue, which is what a portal harvests",
    remedy="add catalog.ttl, a dcat:Catalog with the data set and its distributions",
    source="DCAT-AP 3.0.1, CKAN",
)
def _missing_catalogue(target: Target) -> Iterator[Place]:
    if "catalogue" not in target.parts:
        yield Place(file="catalog.ttl")


@rule(
    *("few-triples", 10, "failure", "data"),
    title="Are there at least 1,000 triples?",
    problem="The data set has fewer triples than the LOD Cloud takes",
    remedy="publish it together with what belongs to it",
    source="LOD Cloud",
    alone="note",
)
def _few_triples(target: Target) -> Iterator[Place]:
    count = sum(1 for _ in _stated(target.parts["data"]))
    if count < target.limits.triples:
        yield Place(value=f"{count:,} triples")


@rule(
    *("few-links", 10, "failure", "data"),
    title="Are there at least 50 links to other data sets?",
    problem="The data set has fewer links to things of others than the LOD Cloud takes",
    remedy="say which of your things are the same as, or akin to, those of others: skos:exactMatch, skos:closeMatch …",
    source="LOD Cloud",
    alone="note",
)
def _few_links(target: Target) -> Iterator[Place]:
    data = target.parts["data"]
    words = {quad.predicate for quad in data.quads()} | {quad.object for quad in data.match(None, iri("rdf:type"))}
    count = sum(
        isinstance(triple.subject, NamedNode)
        and isinstance(triple.object, NamedNode)
        and triple.predicate not in _ASIDE
        and triple.object not in words
        and triple.object.value.startswith("http")
        and _owner(triple.subject.value) != _owner(triple.object.value)
        for triple in _stated(data)
    )
    if count < target.limits.links:
        yield Place(value=f"{count:,} links")


@rule(
    *("missing-void", 10, "failure", "publication"),
    title="Is there a VoID description?",
    problem="There is no VoID description, by which a program finds out what is in the data",
    remedy="add void.ttl, a void:Dataset with triples, dumps and linksets",
    source="LOD Cloud, VoID",
)
def _missing_void(target: Target) -> Iterator[Place]:
    if "statistics" not in target.parts:
        yield Place(file="void.ttl")


@rule(
    *("wrong-void-count", 10, "failure", "statistics"),
    title="Is the number of triples in VoID that of the dump?",
    problem="void:triples is the number of triples of none of the dumps that are named",
    remedy="count anew, after the dumps are made",
    source="VoID, checklist",
)
def _wrong_void_count(target: Target) -> Iterator[Place]:
    void = target.parts["statistics"]
    for quad in void.match(None, _TRIPLES):
        urls = [each.object for each in void.match(quad.subject, _DUMP)]  # type: ignore[arg-type]
        dumps = [file for url in urls if isinstance(url, NamedNode) and (file := local(target, url.value))]
        counts = {str(count) for file in dumps if file.form for count in (len(file.triples), len(file.quads))}
        if counts and name_of(quad.object) not in counts:
            yield Place(name_of(quad.subject), "void:triples", name_of(quad.object))


@rule(
    *("missing-format", 11, "failure", "publication"),
    title="Is the ontology there in each format that clients ask for?",
    problem="The ontology is missing in a format among which content negotiation chooses",
    remedy="add ontology/ontology.ttl, .jsonld, .rdf, .nt and a page in HTML beside them",
    source="Archivo, FOOPS!",
)
def _missing_format(target: Target) -> Iterator[Place]:
    if "ontology" not in target.parts:
        return
    names = {file.name for file in target.files}
    yield from (Place(file=name) for ending in _FORMATS if (name := f"ontology/ontology.{ending}") not in names)
    if not any(name.startswith("ontology/") and name.endswith(".html") for name in names):
        yield Place(file="ontology/index.html")


@rule(
    *("unstable-dump", 12, "failure", "publication"),
    title="Does a second export give the same bytes?",
    problem="The graph of atgraph.nq, exported anew by this version of atgraph, is another file than the one here",
    remedy="build anew by this version; if it still differs, something in the export depends on more than the data",
    source="data.europa.eu, checklist",
)
def _unstable_dump(target: Target) -> Iterator[Place]:
    from atgraph.publish import dumps

    named = {file.name: file for file in target.files}
    if target.folder and "atgraph.nq" in named:
        dataset = Dataset.load(target.folder / "atgraph.nq")  # which may be under a base of its own, and says so
        for form in dumps.FORMATS:
            file = named.get(f"atgraph.{form}")
            if file and dumps.dump(dataset, form).encode() != file.content:
                yield Place(file=file.name)


@rule(
    *("missing-page", 14, "failure", "publication"),
    title="Is there a landing page?",
    problem="There is no index.html, in which people and search engines look first",
    remedy="add it",
    source="Google Dataset Search",
)
def _missing_page(target: Target) -> Iterator[Place]:
    if _page(target) is None:
        yield Place(file="index.html")


@rule(
    *("missing-schema-org", 14, "failure", "publication"),
    title="Does the landing page describe the data set to search engines?",
    problem="index.html holds no JSON-LD of a schema.org Dataset, or one that is no JSON",
    remedy='add a script of the type application/ld+json with "@type": "Dataset"',
    source="Google Dataset Search",
)
def _missing_schema_org(target: Target) -> Iterator[Place]:
    page = _page(target)
    if page is not None:
        found, faults = _cards(page)
        yield from (Place(value=fault, file=page.name) for fault in faults)
        if not found and not faults:
            yield Place(file=page.name)


@rule(
    *("thin-schema-org", 14, "failure", "publication"),
    title="Does the schema.org Dataset say what Google demands?",
    problem="The schema.org Dataset lacks a name, or a description of 50 to 5,000 characters",
    remedy="add it",
    source="Google Dataset Search, required properties",
)
def _thin_schema_org(target: Target) -> Iterator[Place]:
    page = _page(target)
    for card in _cards(page)[0] if page else ():
        for name in _REQUIRED:
            words = [_text(one) for one in _list(card.get(name))]
            if not any(words) or (name == "description" and not any(50 <= len(text) <= 5000 for text in words)):
                yield Place("", f"schema:{name}", "; ".join(words)[:60], page.name if page else "")


@rule(
    *("sparse-schema-org", 14, "warning", "publication"),
    title="Does the schema.org Dataset say what Google recommends?",
    problem="The schema.org Dataset lacks what Google recommends: licence, creator, identifier, keywords, url, "
    "version, or a distribution with contentUrl and encodingFormat",
    remedy="add it",
    source="Google Dataset Search, recommended properties",
)
def _sparse_schema_org(target: Target) -> Iterator[Place]:
    page = _page(target)
    for card in _cards(page)[0] if page else ():
        yield from (Place("", f"schema:{name}", "", page.name) for name in _WANTED if not card.get(name))  # type: ignore[union-attr]
        for each in _list(card.get("distribution")):
            for name in ("contentUrl", "encodingFormat"):
                if isinstance(each, dict) and not each.get(name):
                    yield Place(str(each.get("name", "")), f"schema:{name}", "", page.name)  # type: ignore[union-attr]


def _stated(data: Dataset) -> Iterator[Any]:
    """Yield the triples of a data set, without the marks that were put on it here."""
    return (triple for triple in data.triples() if not triple.predicate.value.startswith("urn:atgraph:lint:"))


def _owner(value: str) -> str:
    """Return whose an IRI is: its host, and the first part of the path where many share the host.

    >>> _owner("https://w3id.org/atgraph/id/state/BHR"), _owner("http://www.wikidata.org/entity/Q398")
    ('w3id.org/atgraph', 'www.wikidata.org')
    """
    parts = urlsplit(value)
    return parts.netloc + ("/" + parts.path.split("/")[1] if parts.netloc in _SHARED and parts.path else "")


def _page(target: Target) -> File | None:
    return next((file for file in target.files if file.name == "index.html"), None)


@lru_cache(maxsize=4)
def _cards(page: File) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the schema.org Datasets of a page, and what is wrong with scripts that are no JSON."""
    from lxml import html

    found: list[dict[str, Any]] = []
    faults = []
    for script in html.document_fromstring(page.content or b"<html/>").iter("script"):
        if script.get("type", "").strip().lower() != "application/ld+json":
            continue
        try:
            queue: list[tuple[Any, dict[str, str]]] = [(json.loads(script.text or ""), {})]
        except ValueError as error:
            faults.append(str(error))
            continue
        for each, outside in queue:
            if isinstance(each, dict):
                context = _context(each.get("@context"), outside)
                kinds = {_whole(str(kind), context) for kind in _list(each.get("@type"))}
                found += [each] if kinds & {f"{space}Dataset" for space in _SCHEMA} else []
                queue += [(one, context) for name, value in each.items() if name != "@context" for one in _list(value)]
            elif isinstance(each, list):
                queue += [(one, outside) for one in each]
    # A Dataset that is only named inside another (isPartOf, isBasedOn) is told elsewhere.
    return [card for card in found if set(card) - {"@context", "@type", "@id", "name", "url"}] or found[:1], faults


def _context(said: Any, outside: dict[str, str]) -> dict[str, str]:
    """Return what names stand for inside a node of JSON-LD: `@vocab`, prefixes and terms, as far as types need it."""
    found = dict(outside)
    for each in _list(said):
        if isinstance(each, str) and re.match(r"https?://schema\.org(/|$)", each):
            found |= {"@vocab": _SCHEMA[0], "schema": _SCHEMA[1]}  # what schema.org's own context says
        elif isinstance(each, dict):
            terms = {name: value.get("@id") if isinstance(value, dict) else value for name, value in each.items()}
            found |= {name: value for name, value in terms.items() if isinstance(value, str)}
    return found


def _whole(kind: str, context: dict[str, str]) -> str:
    """Return the IRI that a type of JSON-LD stands for.

    >>> _whole("s:Dataset", {"s": "https://schema.org/"}), _whole("Dataset", {"@vocab": "http://www.w3.org/ns/dcat#"})
    ('https://schema.org/Dataset', 'http://www.w3.org/ns/dcat#Dataset')
    """
    prefix, colon, name = context.get(kind, kind).partition(":")
    return context.get(prefix, f"{prefix}:") + name if colon else context.get("@vocab", "") + prefix


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    return str(value.get("@value", "")) if isinstance(value, dict) else str(value)
