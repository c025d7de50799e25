"""Bytes come in, a `File` goes out: its name, its content, and the quads in it where it is RDF in any syntax."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, RdfFormat, Triple, parse

from atgraph.errors import RdfError, UnreadableError
from atgraph.store import rdf_error

LINT = "urn:atgraph:lint:"

ENDINGS = {
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "owl": None,
    "n3": RdfFormat.N3,
    "xml": RdfFormat.RDF_XML,
}
"""How the names of RDF files end, the fullest first; None where the content has to tell."""

_NESTED = re.compile(r"<!ENTITY[^>]*&(?!#|amp;|lt;|gt;|quot;|apos;)")


@dataclass(frozen=True, eq=False)
class File:
    """A file: its name as it is told, its bytes, and the quads in them where it is RDF."""

    name: str
    content: bytes
    form: RdfFormat | None = None
    quads: tuple[Quad, ...] = ()
    contexts: tuple[str, ...] = ()
    """Addresses of JSON-LD contexts that would have to be fetched; a file that names one is not read."""

    @property
    def ending(self) -> str:
        """Return how the name ends, without the full stop."""
        return Path(self.name).suffix[1:].lower()

    @cached_property
    def triples(self) -> frozenset[Triple]:
        """Return the triples of all graphs, each once."""
        return frozenset(quad.triple for quad in self.quads)

    @cached_property
    def subjects(self) -> frozenset[object]:
        """Return what the file describes."""
        return frozenset(quad.subject for quad in self.quads)


def decoded(content: bytes) -> tuple[str, str]:
    r"""Return the text of bytes and the encoding it was read by: `utf-8` wherever it can be.

    >>> decoded(b"caf\xe9"), decoded("é".encode())
    (('café', 'cp1252'), ('é', 'utf-8'))
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), "utf-16"
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), "cp1252"


def content_of(path: Path) -> bytes:
    """Return what a file holds. Raises UnreadableError."""
    try:
        return path.read_bytes()
    except OSError as error:
        what = f"cannot be read ({error.strerror or error})"
        raise UnreadableError(what, where=str(path), remedy="check the path") from error


def opened(path: Path, name: str) -> File:
    """Return a file of a folder: read where its name ends as RDF does, else as bytes alone."""
    content = content_of(path)
    ending = path.suffix[1:].lower()
    return parsed(name, content, ENDINGS[ending]) if ending in ENDINGS and ending != "xml" else File(name, content)


def parsed(name: str, content: bytes, form: RdfFormat | None) -> File:
    """Return a file of RDF, what is not in UTF-8 read all the same: that it is not is for a rule to tell."""
    text, _ = decoded(content)
    form = form or _form(text)
    if form == RdfFormat.JSON_LD and (contexts := tuple(dict.fromkeys(_contexts(text, name)))):
        return File(name, content, form, (), contexts)
    if form == RdfFormat.RDF_XML and _NESTED.search(text):
        remedy = "write out the entities that are made of others"
        raise RdfError("has entities within entities, by which a short file can fill a disk", where=name, remedy=remedy)
    try:
        # Relative IRIs are taken below an address that nobody can own, so that a rule can find them.
        base = None if form in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS) else f"{LINT}base/"
        quads = parse(io.BytesIO(text.encode()), format=form, base_iri=base, rename_blank_nodes=True)
        return File(name, content, form, tuple(dict.fromkeys(quads)))
    except (SyntaxError, ValueError) as error:
        raise rdf_error(error, name) from error


def _form(text: str) -> RdfFormat:
    """Return the syntax of a text whose name does not tell it."""
    head = text.lstrip()
    if head.startswith(("<?xml", "<rdf:RDF", "<!DOCTYPE")):
        return RdfFormat.RDF_XML
    if head.startswith(("{", "[")):
        try:
            json.loads(head)
        except ValueError:
            return RdfFormat.TRIG  # `[` and `{` begin a statement or a block there
        return RdfFormat.JSON_LD
    try:
        for _ in parse(text, format=RdfFormat.N_QUADS):
            pass
    except SyntaxError:
        return RdfFormat.TRIG
    return RdfFormat.N_QUADS


def _contexts(text: str, name: str) -> Iterator[str]:
    """Yield the addresses of contexts that JSON-LD names and does not hold."""
    try:
        content = json.loads(text)
    except RecursionError as error:
        raise RdfError("is nested too deeply", where=name, remedy="write it flat, as @graph") from error
    except ValueError as error:
        where = f"{name}:{getattr(error, 'lineno', 1)}"
        raise RdfError(f"is no JSON ({error})", where=where, remedy="mend that line") from error
    queue: list[Any] = [content]
    for each in queue:
        if isinstance(each, dict):
            found = each.get("@context")
            yield from (one for one in (found if isinstance(found, list) else [found]) if isinstance(one, str))
            queue += each.values()
        elif isinstance(each, list):
            queue += each
