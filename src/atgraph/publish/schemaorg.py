"""What a release says of itself and its files come in; a schema.org `Dataset` for search engines goes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from atgraph.names import LANGUAGES
from atgraph.publish.citation import cited
from atgraph.publish.describe import DESCRIPTION, TITLE, File, Release, subject_of
from atgraph.publish.formats import kind_of
from atgraph.settings import INDIVIDUALS, Settings

CONTEXT = {
    "@vocab": "http://schema.org/",
    **{name: {"@type": "@id"} for name in ("contentUrl", "license", "sameAs", "url")},
}
"""Written out, since schema.org's own has to be fetched, and nothing here needs a network to be read."""


def dataset(settings: Settings, said: Release, files: Sequence[File]) -> dict[str, Any]:
    """Return the schema.org `Dataset` that search engines for data read."""
    publisher = {
        "@type": "Person" if settings.publisher.type == INDIVIDUALS else "Organization",
        "@id": settings.publisher_iri,
        "name": settings.publisher.english,
        "url": settings.publisher.homepage,
        "contactPoint": {
            "@type": "ContactPoint",
            "name": settings.contact.english,
            "email": settings.contact.email,
            "url": settings.contact.url,
        },
    }
    downloads = [
        {
            "@type": "DataDownload",
            "name": file.name,
            "contentUrl": file.address(settings),
            "encodingFormat": kind_of(file.name).type,
            "contentSize": f"{file.size} B",
            "sha256": file.sha256,
        }
        for file in files
    ]
    catalog = {"@type": "DataCatalog", "@id": f"{settings.base}catalog", "url": settings.landing_page}
    card = {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": subject_of(settings).value,
        "name": TITLE["en"],  # what reads these wants plain words here, and takes the others below
        "alternateName": [{"@value": words, "@language": code} for code, words in TITLE.items() if code != "en"],
        "description": DESCRIPTION["en"],
        "url": settings.landing_page,
        "identifier": subject_of(settings).value,
        "version": said.version,
        "datePublished": said.issued,
        "dateModified": said.modified,
        "license": settings.licence,
        "isAccessibleForFree": True,
        "inLanguage": list(LANGUAGES),
        "keywords": [word for several in said.keywords.values() for word in several],
        "temporalCoverage": f"{said.first}/{said.last}" if said.first else "",
        "spatialCoverage": {"@type": "Place", "name": "Earth", "sameAs": "https://sws.geonames.org/6295630/"},
        "creator": publisher,
        "publisher": {"@id": settings.publisher_iri},
        "citation": cited(said.version, said.issued, settings),
        "includedInDataCatalog": catalog,
        "distribution": downloads,
    }
    return dict(_without_empty(card))


def _without_empty(content: Any) -> Any:
    if isinstance(content, dict):
        return {key: _without_empty(value) for key, value in content.items() if value not in ("", None, [])}
    return content
