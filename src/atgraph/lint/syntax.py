"""The bytes of files come in; out goes where they are no UTF-8, too large, or read differently by two programs."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from atgraph.lint.graphs import dataset_hash, graph_hash
from atgraph.lint.reading import ENDINGS, LINT, File, decoded
from atgraph.lint.rules import Place, name_of, rule
from atgraph.lint.target import Target, space_of
from atgraph.names import iri

_TEXTS = (*ENDINGS, "html", "txt", "md", "csv", "json", "cff", "bib", "svg", "toml", "yaml", "rq")
_PLAIN = {RdfFormat.TURTLE: "Turtle", RdfFormat.RDF_XML: "RDF/XML", RdfFormat.N_TRIPLES: "N-Triples"}
_THEIRS = {RdfFormat.TURTLE: "turtle", RdfFormat.RDF_XML: "xml", RdfFormat.N_TRIPLES: "nt"}
_NUMBERS: dict[NamedNode, Callable[[str], object]] = {
    iri("xsd:double"): float,
    iri("xsd:float"): float,
    iri("xsd:integer"): int,
    iri("xsd:decimal"): lambda text: Decimal(text).normalize(),
}
_ENOUGH = 20_000_000
"""Bytes: the second engine is slow, and a larger file would keep people waiting for minutes."""


@rule(
    *("byte-order-mark", 13, "failure", "file"),
    title="Does each file begin with its own first letter?",
    problem="A file begins with a byte order mark, at which strict parsers stop",
    remedy="save it in UTF-8 without BOM",
    source="CKAN, RDF 1.1 Turtle",
)
def _byte_order_mark(target: Target) -> Iterator[Place]:
    marks = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
    return (Place(file=file.name) for file in _texts(target) if file.content.startswith(marks))


@rule(
    *("foreign-encoding", 13, "failure", "file"),
    title="Is each file in UTF-8?",
    problem="A file is not in UTF-8; what it says here was read by a guess at its encoding",
    remedy="save it in UTF-8",
    source="RDF 1.1 Turtle, CKAN",
)
def _foreign_encoding(target: Target) -> Iterator[Place]:
    for file in _texts(target):
        if (encoding := decoded(file.content)[1]) != "utf-8":
            line = _line(file.content)
            yield Place(value=encoding, file=f"{file.name}:{line}" if line else file.name)


@rule(
    *("oversize-dump", 13, "failure", "file"),
    title="Is each file at most 50 MB?",
    problem="A file is larger than what CKAN downloads",
    remedy="split it, or compress it and say so by dcat:compressFormat",
    source="CKAN (ckanext-dcat)",
)
def _oversize_dump(target: Target) -> Iterator[Place]:
    for file in target.files:
        if len(file.content) > target.limits.bytes:
            yield Place(value=f"{len(file.content):,} bytes", file=file.name)


@rule(
    *("unusual-ending", 13, "warning", "file"),
    title="Does each file's name tell its syntax?",
    problem="A file of RDF ends as no syntax does, so that a server sends it with the wrong media type",
    remedy="name it .ttl, .rdf, .nt, .nq, .trig or .jsonld, as its syntax is",
    source="W3C media types",
)
def _unusual_ending(target: Target) -> Iterator[Place]:
    usual = {RdfFormat.from_extension(ending): ending for ending in ("ttl", "rdf", "nt", "nq", "trig", "jsonld", "n3")}
    for file in target.rdf:
        if file.name != "standard input" and usual.get(file.form) != file.ending:
            yield Place(value=f".{file.ending}", file=file.name)


@rule(
    *("remote-context", 8, "failure", "file"),
    title="Does JSON-LD bring its context with it?",
    problem="JSON-LD names a context that must be fetched, so that it cannot be read where there is no network, "
    "nor once that address is gone; it was not looked at further",
    remedy="write the context into the file",
    source="checklist, JSON-LD 1.1",
)
def _remote_context(target: Target) -> Iterator[Place]:
    # schema.org publishes its context for this use, and those who read schema.org know it.
    return (
        Place("", "@context", address, file.name)
        for file in target.files
        for address in file.contexts
        if not re.fullmatch(r"https?://schema\.org/?", address)
    )


@rule(
    *("relative-iri", 8, "failure", "file"),
    title="Is each IRI whole?",
    problem="An IRI is relative, and means another thing wherever the file is put",
    remedy="write the whole IRI, or state @base",
    source="RDF 1.1",
)
def _relative_iri(target: Target) -> Iterator[Place]:
    for file in target.rdf:
        named = {term.value for quad in file.quads for term in quad.triple if isinstance(term, NamedNode)}
        for value in sorted(value for value in named if value.startswith(f"{LINT}base/")):
            yield Place(value=f"<{value.removeprefix(f'{LINT}base/')}>", file=file.name)


@rule(
    *("unwritable-property", 8, "failure", "file"),
    title="Can it be written as RDF/XML, too?",
    problem="RDF/XML has no way to write this property, since its IRI does not end in a name",
    remedy="let the IRI of each property end in letters behind a # or stroke",
    source="RDF 1.1 XML Syntax, Archivo",
)
def _unwritable_property(target: Target) -> Iterator[Place]:
    for file in target.rdf:
        for node in sorted({quad.predicate for quad in file.quads}, key=str):
            if not _is_writable(node):
                yield Place(name_of(node), file=file.name)


@rule(
    *("unstable-graph", 8, "failure", "file"),
    title="Does it stay the same graph in Turtle, RDF/XML and N-Triples?",
    problem="Written in this syntax and read again, it is another graph after RDFC-1.0",
    remedy="look for characters that XML cannot hold, such as controls in a text",
    source="Archivo, RDF Dataset Canonicalization 1.0",
)
def _unstable_graph(target: Target) -> Iterator[Place]:
    from lxml import etree

    for file in _once(group[0] for group in target.groups.values()):
        wanted = graph_hash(file.triples)
        for form, name in _PLAIN.items():
            try:
                text = serialize(sorted(file.triples, key=str), format=form) or b""
                if form == RdfFormat.RDF_XML:
                    etree.fromstring(text, etree.XMLParser(huge_tree=True, resolve_entities=False))  # stricter
                same = graph_hash(quad.triple for quad in parse(text, format=form)) == wanted
            except (SyntaxError, ValueError, OSError):
                same = any(not _is_writable(triple.predicate) for triple in file.triples)  # another rule tells that
            if not same:
                yield Place(value=name, file=file.name)


@rule(
    *("differing-engines", 8, "failure", "file"),
    title="Does a second program read the same graph?",
    problem="rdflib refuses the file, or reads another graph in it than pyoxigraph",
    remedy="write it anew with `atgraph export`, or look for what the syntax does not allow",
    source="checklist, RDF Dataset Canonicalization 1.0",
)
def _differing_engines(target: Target) -> Iterator[Place]:
    import rdflib

    for file in _once(target.rdf):
        if file.form not in _THEIRS or len(file.content) > _ENOUGH:
            continue
        graph = rdflib.Graph()
        try:
            with _as_written():
                graph.parse(data=decoded(file.content)[0], format=_THEIRS[file.form], publicID=f"{LINT}base/")
            theirs = parse(graph.serialize(format="nt", encoding="utf-8"), format=RdfFormat.N_TRIPLES)
            if graph_hash(_by_value(quad.triple) for quad in theirs) == graph_hash(map(_by_value, file.triples)):
                continue
        except Exception as error:  # parsers have no common base for what they raise
            yield Place(value=" ".join(str(error).split())[:100] or type(error).__name__, file=file.name)
            continue
        yield Place(value=f"{len(graph):,} triples and {len(file.triples):,}", file=file.name)


@rule(
    *("differing-syntaxes", 8, "failure", "file"),
    title="Do the files of one name hold one graph?",
    problem="Two files of one name in two syntaxes hold different graphs after RDFC-1.0",
    remedy="make both from the same data",
    source="checklist, Archivo, RDF Dataset Canonicalization 1.0",
)
def _differing_syntaxes(target: Target) -> Iterator[Place]:
    for group in target.groups.values():
        kinds: dict[bool, list[File]] = {}
        for file in group:
            if not file.contexts:
                kinds.setdefault(any(isinstance(quad.graph_name, NamedNode) for quad in file.quads), []).append(file)
        for first, *others in kinds.values():
            wanted = dataset_hash(first.quads) if others else ""
            for other in others:
                if dataset_hash(other.quads) != wanted:
                    yield Place(value=other.name, file=first.name)


def _once(files: Iterable[File]) -> list[File]:
    """Return files without those of the same bytes as one before, such as the copy that stands below a version."""
    return list({(file.form, file.content): file for file in reversed([*files])}.values())[::-1]


@contextmanager
def _as_written() -> Iterator[None]:
    """Let rdflib keep each literal as it is written, and say nothing of those that are none: a rule of ours does."""
    import rdflib

    log = logging.getLogger("rdflib.term")
    level = log.level
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    log.setLevel(logging.CRITICAL)
    try:
        with quiet():
            yield
    finally:
        rdflib.NORMALIZE_LITERALS = before
        log.setLevel(level)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep rdflib from printing a traceback for each literal that is not of its datatype: rules tell that."""
    logger = logging.getLogger("rdflib.term")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def _by_value(triple: Triple) -> Triple:
    """Return a triple with a number as Python writes it, since rdflib rewrites the bare numbers of Turtle."""
    value = triple.object
    if isinstance(value, Literal) and value.datatype in _NUMBERS:
        with suppress(ValueError, ArithmeticError):
            number = _NUMBERS[value.datatype](value.value)
            return Triple(triple.subject, triple.predicate, Literal(str(number), datatype=value.datatype))
    return triple


def _texts(target: Target) -> list[File]:
    return [file for file in target.files if file.form is not None or file.ending in _TEXTS]


def _line(content: bytes) -> int:
    """Return the line of the first byte that is no UTF-8, or 0 where the encoding has other line ends."""
    try:
        content.decode()
    except UnicodeDecodeError as error:
        return 0 if content.startswith((b"\xff\xfe", b"\xfe\xff")) else content.count(b"\n", 0, error.start) + 1
    return 0


def _is_writable(node: NamedNode) -> bool:
    """Tell whether the end of an IRI is a name by XML, as RDF/XML needs it for a property."""
    local = node.value[len(space_of(node.value)) :]
    return any(local[at:].replace("-", "_").replace(".", "_").isidentifier() for at in range(len(local)))
