"""Files, a folder or a stream come in; a `Target` goes out: what is in each file, and which of it is which part."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from atgraph.errors import UnreadableError
from atgraph.lint.reading import ENDINGS, LINT, File, content_of, opened, parsed
from atgraph.names import iri
from atgraph.store import Dataset

SPACE = NamedNode(f"{LINT}space")
"""What the stored rules find on each ontology: the namespaces that are its own, as text."""
TERM_OF = NamedNode(f"{LINT}termOf")
"""What the stored rules find on each class and property in the ontology's own namespace: the ontology, or the
namespace where no ontology is declared."""

_MARKED = NamedNode(f"{LINT}marks")
_MARKS = ("atgraph.nq", "catalog.ttl", "catalog.jsonld", "catalog.rdf", "void.ttl", "index.html")
_TYPE, _ONTOLOGY, _SPACE = iri("rdf:type"), iri("owl:Ontology"), iri("vann:preferredNamespaceUri")
_DCAT, _VOID = "http://www.w3.org/ns/dcat#", "http://rdfs.org/ns/void#"
KINDS = [
    iri(name)
    for name in (
        *("owl:Class", "rdfs:Class", "owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty"),
        *("rdf:Property", "rdfs:Datatype"),
    )
]
"""The classes of terms: what makes a thing a class or a property."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How small a data set may be, and how large a file: what the LOD Cloud and CKAN ask for."""

    triples: int = 1_000
    links: int = 50
    bytes: int = 50_000_000


@dataclass(frozen=True, eq=False)
class Target:
    """What is looked at: files, and the folder they are published in where they are a publication."""

    files: tuple[File, ...]
    folder: Path | None = None
    shapes: Path | None = None
    limits: Limits = field(default_factory=Limits)

    @cached_property
    def rdf(self) -> list[File]:
        """Return the files that hold RDF."""
        return [file for file in self.files if file.form is not None]

    @cached_property
    def groups(self) -> dict[str, list[File]]:
        """Return the RDF files by what they are copies of: one name, several endings; the fullest syntax first."""
        found: dict[str, list[File]] = {}
        for file in self.rdf:
            found.setdefault(str(Path(file.name).with_suffix("")), []).append(file)
        rank = {ending: n for n, ending in enumerate(ENDINGS)}
        return {stem: sorted(each, key=lambda f: rank.get(f.ending, len(rank))) for stem, each in sorted(found.items())}

    @cached_property
    def parts(self) -> dict[str, Dataset]:
        """Return the parts that are there: `graph` (all of it), `ontology`, `data`, `catalogue`, `statistics`."""
        if self.folder is None:
            every = _dataset(group[0] for group in self.groups.values())
            marked = _marked(every)
            found = {"graph": marked}
            terms = {quad.subject for kind in KINDS for quad in every.match(None, _TYPE, kind)}
            ontology = bool(terms) or next(every.match(None, _TYPE, _ONTOLOGY), None) is not None
            if ontology:
                found["ontology"] = marked
            if not ontology or _instances(every) > len(terms):
                found["data"] = marked
            if _describes(every, f"{_DCAT}Catalog", f"{_DCAT}Dataset"):
                found["catalogue"] = every
            if _describes(every, f"{_VOID}Dataset"):
                found["statistics"] = every
            return found
        return self._published()

    def _published(self) -> dict[str, Dataset]:
        """Return the parts of a publication: each in files of its own, told by their names, else by what is in them."""
        found = {part: _dataset(self._heads(part)) for part in ("ontology", "catalogue", "statistics", "data")}
        found = {part: dataset for part, dataset in found.items() if len(dataset)}
        for part in found.keys() & {"ontology", "data"}:
            found[part] = _marked(found[part])
        if self.rdf:
            found["graph"] = found.get("data") or _marked(_dataset(self._heads("graph")))
        return found

    def _heads(self, part: str) -> list[File]:
        """Return the files of a part, of copies in several syntaxes the fullest."""
        heads = {stem: group[0] for stem, group in self.groups.items()}
        if self.folder is None or part == "graph":
            return list(heads.values())
        if part != "data":
            return [heads[self._chosen[part]]] if self._chosen[part] else []
        apart = {self._chosen["catalogue"], self._chosen["statistics"]}
        return [file for stem, file in heads.items() if stem not in apart and Path(stem).name != "shapes"]

    @cached_property
    def _chosen(self) -> dict[str, str]:
        """Return the stem of the files that are a part, empty where none is."""
        heads = {stem: group[0] for stem, group in self.groups.items()}
        return {
            "ontology": _choose(heads, ("ontology/ontology", "ontology"), _ONTOLOGY.value),
            "catalogue": _choose(heads, ("catalog", "catalogue"), f"{_DCAT}Catalog"),
            "statistics": _choose(heads, ("void",), f"{_VOID}Dataset"),
        }

    def place(self, node: object, part: str) -> str:
        """Return the name of the first file of a part that describes a node, or of the only file."""
        heads = self._heads(part)
        if len(heads) == 1:
            return heads[0].name
        return next((file.name for file in sorted(heads, key=lambda f: len(f.quads)) if node in file.subjects), "")


def read(paths: Iterable[Path | str], shapes: Path | None = None, limits: Limits | None = None) -> Target:
    """Return the target of files, a folder of RDF, a publication's folder, or standard input (`-`).

    A folder is a publication where it holds one of `atgraph.nq`, `catalog.*`, `void.ttl` and `index.html`.
    Raises UnreadableError for what is not there or holds no RDF, RdfError with file and line for a syntax error.
    """
    given = list(paths)
    for each in given:
        if str(each) != "-" and not Path(each).exists():
            remedy = "run `atgraph build` here, or name a file" if str(each) == "dist" else "check the path"
            raise UnreadableError("is not there", where=str(each), remedy=remedy)
    if len(given) == 1 and (folder := Path(given[0])).is_dir() and any((folder / mark).is_file() for mark in _MARKS):
        files = tuple(opened(path, str(path.relative_to(folder))) for path in _below(folder))
        return Target(files, folder, shapes, limits or Limits())
    found: list[File] = []
    for each in given:
        path = Path(each)
        if str(each) == "-":
            found.append(parsed("standard input", sys.stdin.buffer.read(), None))
        elif path.is_dir():
            found += [opened(inside, str(inside)) for inside in _below(path) if inside.suffix[1:].lower() in ENDINGS]
        else:
            found.append(parsed(str(path), content_of(path), ENDINGS.get(path.suffix[1:].lower())))
    if not found:
        raise UnreadableError(
            "holds no RDF",
            where=", ".join(map(str, given)),
            remedy=f"name a file, or a folder with files that end in .{', .'.join(ENDINGS)}",
        )
    return Target(tuple(found), None, shapes, limits or Limits())


def _below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def _dataset(files: Iterable[File]) -> Dataset:
    return Dataset(quad for file in files for quad in file.quads)


def _describes(dataset: Dataset, *kinds: str) -> bool:
    return any(next(dataset.match(None, _TYPE, NamedNode(kind)), None) is not None for kind in kinds)


def _choose(heads: dict[str, File], names: tuple[str, ...], kind: str) -> str:
    """Return the stem of the files that are a part: by name, else the smallest in which something is of this class."""
    if named := next((name for name in names if name in heads and heads[name].quads), ""):
        return named
    wanted = NamedNode(kind)
    having = [
        stem
        for stem, file in heads.items()
        if any(quad.predicate == _TYPE and quad.object == wanted for quad in file.quads)
    ]
    return min(having, key=lambda stem: (len(heads[stem].quads), stem), default="")


def _instances(dataset: Dataset) -> int:
    """Return how many things have a class of the data's own world: one of no vocabulary that describes vocabularies."""
    meta = (*(iri(f"{prefix}:").value for prefix in ("owl", "rdf", "rdfs", "sh", "skos", "foaf")), _DCAT, _VOID)
    return len(
        {
            quad.subject
            for quad in dataset.match(None, _TYPE)
            if isinstance(quad.object, NamedNode) and not quad.object.value.startswith(meta)
        }
    )


def _marked(dataset: Dataset) -> Dataset:
    """Return a dataset in which each term of the ontology's own namespace is marked as such."""
    terms = {
        quad.subject.value: quad.subject
        for kind in KINDS
        for quad in dataset.match(None, _TYPE, kind)
        if isinstance(quad.subject, NamedNode)
    }
    heads = sorted(
        (q.subject for q in dataset.match(None, _TYPE, _ONTOLOGY) if isinstance(q.subject, NamedNode)), key=str
    )
    spaces: dict[str, NamedNode] = {}
    for head in heads:
        own = {head.value} if head.value.endswith(("#", "/")) else {f"{head.value}#", f"{head.value}/"}
        own |= {q.object.value for q in dataset.match(head, _SPACE) if isinstance(q.object, NamedNode | Literal)}
        spaces |= {space: head for space in own if space}
    if not spaces and terms:
        common = Counter(space_of(term) for term in sorted(terms)).most_common(1)[0][0]
        spaces = {common: NamedNode(common)}
    marks = [Quad(head, SPACE, Literal(space), _MARKED) for space, head in spaces.items()]
    for term, node in terms.items():
        # Imports and modules: the longest namespace that fits is the term's own.
        fitting = [space for space in spaces if term.startswith(space) and node not in heads]
        if fitting:
            marks.append(Quad(node, TERM_OF, spaces[max(fitting, key=len)], _MARKED))
    return Dataset([*dataset.quads(), *marks])


def space_of(value: str) -> str:
    """Return the namespace of an IRI: all of it up to its last `#`, stroke or colon.

    >>> space_of("http://www.w3.org/ns/org#member"), space_of("http://purl.org/dc/terms/title")
    ('http://www.w3.org/ns/org#', 'http://purl.org/dc/terms/')
    """
    cut = max(value.rfind(mark) for mark in "#/:")
    return value[: cut + 1]
