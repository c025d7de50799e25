"""The dataset comes in, its dumps go out: the same facts in every RDF syntax, and the texts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from pyoxigraph import Literal, Quad, RdfFormat, Triple, serialize

from atgraph import files
from atgraph.derive import DERIVED
from atgraph.errors import UsageError
from atgraph.names import BASE, iri, slug, spaces
from atgraph.publish.describe import licence_of
from atgraph.publish.jsonld import jsonld
from atgraph.store import Dataset
from atgraph.turtle import canonical, pretty, trig

FORMATS = ("ttl", "trig", "nq", "nt", "jsonld", "rdf")
_TITLE = "atgraph: commitments against trafficking in persons."
_QUOTES = "The words of the documents it quotes are not ours to license: see schema:copyrightNotice of each document."
_STATED = "Everything that is stated; what follows from it by OWL 2 RL is in atgraph.trig and atgraph.nq."


def dumps(dataset: Dataset, folder: Path, progress: Callable[[Path], None] | None = None) -> list[Path]:
    """Write every dump of a dataset into a folder and return their paths; the same dataset gives the same bytes.

    Each file is written whole or not at all. Raises WriteError.
    """
    written = []
    for name, content in _contents(dataset):
        files.write(folder / name, content)
        written.append(folder / name)
        if progress:
            progress(folder / name)
    return written


def dump(dataset: Dataset, form: str) -> str:
    """Return a dataset in one format, `ttl`, `trig`, `nq`, `nt`, `jsonld` or `rdf`, as `dumps` writes it.

    Formats without named graphs hold what is stated, not what is derived.
    """
    if form not in FORMATS:
        raise UsageError(f"there is no format “{form}”", remedy=f"choose one of {', '.join(FORMATS)}")
    quads = canonical(dataset.quads())
    asserted, base = _asserted(quads, dataset), dataset.base
    match form:
        case "ttl":
            return pretty(asserted, _head(dataset, _STATED), base=base)
        case "trig":
            return trig(quads, _head(dataset), base=base)
        case "nq":
            return sorted_lines(quads, RdfFormat.N_QUADS)
        case "nt":
            return sorted_lines(asserted, RdfFormat.N_TRIPLES)
        case "jsonld":
            return jsonld(quads, base)[0]
    return rdfxml(asserted, base)


def _contents(dataset: Dataset) -> Iterator[tuple[str, str]]:
    quads = canonical(dataset.quads())
    asserted, base = _asserted(quads, dataset), dataset.base
    yield "atgraph.nq", sorted_lines(quads, RdfFormat.N_QUADS)
    yield "atgraph.ttl", pretty(asserted, _head(dataset, _STATED), base=base)
    yield "atgraph.trig", trig(quads, _head(dataset), base=base)
    yield "atgraph.rdf", rdfxml(asserted, base)
    linked, context = jsonld(quads, base)
    yield "atgraph.jsonld", linked
    yield "context.jsonld", context
    sums = []
    for name, text in _texts(dataset):
        yield f"texts/{name}", text
        sums.append(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n")
    yield "texts/SHA256SUMS", "".join(sums)
    yield "logo.svg", (files.ontology() / "logo.svg").read_text(encoding="utf-8")


def _head(dataset: Dataset, *more: str) -> str:
    return "\n".join([licence_of(dataset).under(_TITLE), _QUOTES, *more])


def _texts(dataset: Dataset) -> list[tuple[str, str]]:
    """Return the normalized text of each expression, as a file's name and content: not a byte is added."""
    found = []
    for quad in dataset.match(None, iri("atg:text")):
        if isinstance(quad.object, Literal):
            found.append((f"{slug(str(quad.subject).strip('<>'))}.txt", quad.object.value))
    return sorted(set(found))


def _asserted(quads: Iterable[Quad], dataset: Dataset) -> list[Triple]:
    derived = dataset.own(DERIVED)
    return list(dict.fromkeys(quad.triple for quad in quads if quad.graph_name != derived))


def sorted_lines(statements: Iterable[Quad] | Iterable[Triple], form: RdfFormat) -> str:
    """Return statements as N-Quads or N-Triples, their lines in order."""
    content = serialize(statements, format=form) or b""
    return b"".join(sorted(content.splitlines(keepends=True))).decode()


def rdfxml(triples: Collection[Triple], base: str = BASE) -> str:
    """Return triples as RDF/XML, in one order."""
    # A subject stands first in its triples' text, so this brings its triples together, as the serializer needs them.
    content = serialize(sorted(triples, key=str), format=RdfFormat.RDF_XML, prefixes=spaces(base))
    return (content or b"").decode()
