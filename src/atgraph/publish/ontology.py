"""The ontology's folder comes in, `dist/ontology/` goes out: each part in four syntaxes, and the reference pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple

from atgraph import files
from atgraph.names import ONTOLOGY, iri
from atgraph.publish import history, reference
from atgraph.publish.dumps import rdfxml, sorted_lines
from atgraph.publish.jsonld import jsonld
from atgraph.publish.terms import Book
from atgraph.store import Dataset
from atgraph.turtle import canonical, pretty

_ONTOLOGY = "The atgraph ontology with its alignments to others. Made by `atgraph build` from ontology/; CC0-1.0."
_SHAPES = "The atgraph shapes, all in one file. Made by `atgraph build` from ontology/shapes/; CC0-1.0."
_VOCABULARY = "A vocabulary of atgraph. Made by `atgraph build`; CC0-1.0."
_STYLE = Path(__file__).with_name("style.css")


def contents() -> Iterator[tuple[str, str]]:
    """Yield every file of the ontology's publication, as its name below `dist/` and its text; always the same bytes.

    The same files stand in `ontology/` and in `ontology/VERSION/`, so that a version that is kept stays whole. The
    ontology and the shapes in Turtle stand in `dist/` itself besides. Raises TableError and RdfError.
    """
    folder = files.ontology()
    parts = _parts(folder)
    every = [triple for part in parts.values() for triple in part]
    told = history.read(folder / "changes.csv", every)
    graphs = {name: [*part, *history.notes(told, sorted(history.terms(part)))] for name, part in parts.items()}
    # Blank nodes get names that stay, since pages list what they stand for in the order of their names.
    book = Book(quad.triple for quad in canonical(Quad(t.subject, t.predicate, t.object) for t in every))
    made: list[tuple[str, str]] = []
    for name, triples in graphs.items():
        title = {"ontology": _ONTOLOGY, "shapes": _SHAPES}.get(name, _VOCABULARY)
        made += [(f"{name}.{form}", text) for form, text in _syntaxes(triples, title)]
    examples = _examples(folder / "examples" / "valid", book)
    made += [(name, reference.page(book, told, examples, lang)) for lang, name in reference.PAGES.items()]
    made.append((reference.STYLE, _STYLE.read_text(encoding="utf-8")))
    version = book.one(NamedNode(ONTOLOGY), "owl:versionInfo")
    assert isinstance(version, Literal)
    for name, text in made:
        yield f"ontology/{name}", text
        yield f"ontology/{version.value}/{name}", text
        if name in ("ontology.ttl", "shapes.ttl"):
            yield name, text


def _parts(folder: Path) -> dict[str, list[Triple]]:
    """Return what is published in files of its own: the ontology, the shapes, each vocabulary."""
    core = [folder / f"{name}.ttl" for name in ("core", "alignments")]
    paths = {"ontology": [path for path in core if path.exists()], "shapes": [folder / "shapes"]}
    paths |= {f"vocab/{path.stem}": [path] for path in sorted((folder / "vocab").glob("*.ttl"))}
    return {name: list(Dataset.load(several).triples()) for name, several in paths.items()}


def _syntaxes(triples: list[Triple], title: str) -> Iterator[tuple[str, str]]:
    quads = canonical(Quad(t.subject, t.predicate, t.object) for t in triples)
    named = [quad.triple for quad in quads]
    yield "ttl", pretty(named, title)
    yield "jsonld", jsonld(quads)[0]
    yield "rdf", rdfxml(named)
    yield "nt", sorted_lines(named, RdfFormat.N_TRIPLES)


def _examples(folder: Path, book: Book) -> dict[NamedNode, list[Triple]]:
    """Return for each of our classes what the valid examples say of one thing of it."""
    world = Dataset.load(folder)
    found: dict[NamedNode, list[Triple]] = {}
    for kind in book.kind("owl:Class"):
        things = sorted(
            {q.subject.value for q in world.match(None, iri("rdf:type"), kind) if isinstance(q.subject, NamedNode)}
        )
        if kind.value.startswith(ONTOLOGY) and things:
            found[kind] = [quad.triple for quad in world.match(NamedNode(things[0]))]
    return found
