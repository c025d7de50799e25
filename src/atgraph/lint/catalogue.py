"""A catalogue and the files beside it come in; out goes where the two disagree, and what the official shapes say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pyoxigraph import NamedNode, Quad

from atgraph import check
from atgraph.errors import UnreadableError
from atgraph.lint.reading import File
from atgraph.lint.rules import Place, name_of, rule, value_of
from atgraph.lint.syntax import quiet
from atgraph.lint.target import Target
from atgraph.names import iri
from atgraph.store import Dataset, Term

_DCAT, _SPDX = "http://www.w3.org/ns/dcat#", "http://spdx.org/rdf/terms#"
_TYPE, _DISTRIBUTION = iri("rdf:type"), NamedNode(f"{_DCAT}Distribution")
_DOWNLOAD, _SIZE, _MEDIA = (NamedNode(f"{_DCAT}{name}") for name in ("downloadURL", "byteSize", "mediaType"))
_CHECKSUM, _ALGORITHM, _VALUE = (NamedNode(f"{_SPDX}{name}") for name in ("checksum", "algorithm", "checksumValue"))
_IMPORTS = iri("owl:imports")
MEDIA = {
    "ttl": "text/turtle",
    "trig": "application/trig",
    "nq": "application/n-quads",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "json": "application/json",
    "csv": "text/csv",
    "html": "text/html",
    "txt": "text/plain",
    "zip": "application/zip",
    "gz": "application/gzip",
    "sqlite": "application/vnd.sqlite3",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The media types of files by their endings, as IANA has them."""


@rule(
    *("wrong-checksum", 12, "failure", "catalogue"),
    title="Are the checksums those of the files?",
    problem="A checksum is not that of the file, is by no known algorithm, or is missing",
    remedy="make the catalogue after the files; if the file was changed since, do not trust it",
    source="checklist, DCAT-AP 3.0.1",
)
def _wrong_checksum(target: Target) -> Iterator[Place]:
    catalogue = target.parts["catalogue"]
    for node, url, file in _downloads(target):
        for quad in catalogue.match(node, _CHECKSUM):
            algorithm = next((name_of(q.object) for q in _about(catalogue, quad.object, _ALGORITHM)), "")
            value = next((value_of(q.object) for q in _about(catalogue, quad.object, _VALUE)), "")
            kind = algorithm.lower().rpartition("_")[2].replace("-", "")
            if kind not in hashlib.algorithms_guaranteed or kind.startswith("shake"):
                yield Place(name_of(node), "spdx:algorithm", algorithm or "none", file.name if file else url)
            elif file and hashlib.new(kind, file.content).hexdigest() != value.lower():
                yield Place(name_of(node), "spdx:checksumValue", value, file.name)


@rule(
    *("wrong-size", 12, "failure", "catalogue"),
    title="Are the sizes those of the files?",
    problem="dcat:byteSize is not how many bytes the file has",
    remedy="make the catalogue after the files",
    source="checklist, DCAT-AP 3.0.1",
)
def _wrong_size(target: Target) -> Iterator[Place]:
    for node, _, file in _downloads(target):
        for quad in target.parts["catalogue"].match(node, _SIZE) if file else ():
            if not isinstance(quad.object, NamedNode) and file and name_of(quad.object) != str(len(file.content)):
                yield Place(name_of(node), "dcat:byteSize", name_of(quad.object), file.name)


@rule(
    *("absent-download", 12, "failure", "catalogue"),
    title="Is each file of the catalogue there?",
    problem="The catalogue has a file to download that is not in the folder",
    remedy="build it, or take it out of the catalogue",
    source="CKAN, checklist",
)
def _absent_download(target: Target) -> Iterator[Place]:
    if target.folder:
        for node, url, file in _downloads(target):
            if file is None:
                yield Place(name_of(node), "dcat:downloadURL", url)


@rule(
    *("wrong-media-type", 13, "failure", "catalogue"),
    title="Is each file's media type the one of its syntax?",
    problem="The media type in the catalogue is not that of a file with this ending, or not one of IANA's IRIs",
    remedy="name it as https://www.iana.org/assignments/media-types/ does, such as …/text/turtle",
    source="CKAN, DCAT-AP 3.0.1",
)
def _wrong_media_type(target: Target) -> Iterator[Place]:
    for node, url, file in _downloads(target):
        wanted = MEDIA.get(Path(file.name if file else urlsplit(url).path).suffix[1:].lower())
        for quad in target.parts["catalogue"].match(node, _MEDIA):
            value = value_of(quad.object)
            if wanted and not value.endswith(f"iana.org/assignments/media-types/{wanted}"):
                yield Place(name_of(node), "dcat:mediaType", value, file.name if file else url)


@rule(
    *("unmet-shape", 9, "failure", "catalogue"),
    title="Does the catalogue conform to the official shapes of DCAT-AP?",
    problem="A shape of DCAT-AP is not met",
    remedy="add or correct the property",
    source="DCAT-AP 3.0.1, shapes and ranges",
    shapes=True,
)
def _unmet_shape(target: Target) -> Iterator[Place]:
    return (_place(found) for found in _validated(target) if found.severity == "violation")


@rule(
    *("unmet-recommendation", 9, "warning", "catalogue"),
    title="Does the catalogue follow the recommendations of DCAT-AP's shapes?",
    problem="A shape of DCAT-AP that recommends a property is not met",
    remedy="add the property where there is something true to say",
    source="DCAT-AP 3.0.1, recommended properties",
    shapes=True,
)
def _unmet_recommendation(target: Target) -> Iterator[Place]:
    return (_place(found) for found in _validated(target) if found.severity != "violation")


def local(target: Target, url: str) -> File | None:
    """Return the file of a publication that an address leads to: the one whose path the address ends in."""
    parts = unquote(urlsplit(url).path).strip("/").split("/")
    named = {file.name: file for file in target.files}
    return next((named[tail] for at in range(len(parts)) if (tail := "/".join(parts[at:])) in named), None)


def _downloads(target: Target) -> Iterator[tuple[NamedNode, str, File | None]]:
    """Yield each distribution of the catalogue that can be downloaded, with its address and its file if it is here."""
    catalogue = target.parts["catalogue"]
    for quad in sorted(catalogue.match(None, _DOWNLOAD), key=str):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            url = quad.object.value
            yield quad.subject, url, local(target, url) if target.folder else None


def _about(catalogue: Dataset, node: Term, predicate: NamedNode) -> Iterator[Quad]:
    return catalogue.match(node, predicate)  # type: ignore[arg-type]


@lru_cache(maxsize=2)
def _validated(target: Target) -> tuple[check.Finding, ...]:
    """Return what the shapes of a folder say of the catalogue. Their owl:imports are left out, since they fetch."""
    folder = target.shapes
    files = sorted(folder.glob("*.ttl")) if folder and folder.is_dir() else []
    if not files:
        raise UnreadableError("holds no shapes", where=str(folder), remedy="name a folder with .ttl files of DCAT-AP")
    given = Dataset.load(files)
    shapes = Dataset(quad for quad in given.quads() if quad.predicate != _IMPORTS)
    with quiet():
        return check.validate(target.parts["catalogue"], "pyshacl", shapes, Dataset()).findings


def _place(found: check.Finding) -> Place:
    said = " – ".join(part for part in (found.value, found.message) if part)
    return Place(found.focus, found.path, said)


__all__ = ["MEDIA", "local"]
