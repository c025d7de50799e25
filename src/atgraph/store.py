"""Files and quads come in, one dataset held in memory goes out, to be asked in SPARQL over the union of its graphs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    Variable,
    parse,
)

from atgraph import sparql
from atgraph.errors import QueryError, RdfError
from atgraph.names import BASE, PREFIXES, graph, iri, moved, spaces

if TYPE_CHECKING:
    import rdflib

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Solutions: TypeAlias = QuerySolutions
Answer: TypeAlias = QuerySolutions | bool | list[Triple]

SUFFIXES = ("ttl", "nt", "nq", "trig", "rdf", "jsonld")
"""File name endings, without the dot, of the RDF formats that can be read."""

WHOLE = "atgraph.nq"
"""The file of a build that holds everything, with its graphs; its other files hold parts of that, or tell of it."""

_UNION = DefaultGraph()
_SPACE = iri("void:uriSpace")


class Dataset:
    """RDF quads in memory, one named graph for each source.

    The quads are kept twice: as they were written, for all that is published, derived or validated; and in a store that
    answers SPARQL, which reads numbers by value (there `01` is `1`, and xsd:nonNegativeInteger is xsd:integer). That
    store's default graph holds the union of the named ones: its own union would count a triple once for each graph.

    The data of whoever publishes under another `base` have their names below it. Whoever asks may use ours all the
    same, in a pattern or a query: they are moved to the base. What is answered is what the data say.
    """

    def __init__(self, quads: Iterable[Quad] = (), base: str = BASE) -> None:
        self.base = base
        self._quads: dict[Quad, None] = {}
        self._store = Store()
        self.add(quads)

    @classmethod
    def load(cls, paths: Iterable[Path] | Path, graph: NamedNode | None = None, base: str | None = None) -> Dataset:
        """Return a dataset of files and of the RDF files below folders; under which base they are, they say.

        Where they do not, and name things below the `base` given and none below ours, it is that one. Triples outside
        any named graph go into `graph` when it is given. Raises RdfError with file and line.
        """
        dataset = cls()
        for path in [paths] if isinstance(paths, Path) else paths:
            dataset.read(path, graph)
        dataset.base = dataset._told()
        if base is not None and dataset.base == BASE and dataset._names(base) and not dataset._names(BASE):
            dataset.base = base
        return dataset

    @classmethod
    def published(cls, quads: Iterable[Quad]) -> Dataset:
        """Return a dataset of what somebody published, under the base that it says."""
        dataset = cls(quads)
        dataset.base = dataset._told()
        return dataset

    def _told(self) -> str:
        """Return the base under which the data say that they are published; ours where they say none."""
        for quad in self.match(None, _SPACE):
            if isinstance(quad.object, Literal) and quad.subject == publication(quad.object.value):
                return quad.object.value
        return BASE

    def _names(self, base: str) -> bool:
        """Tell whether a thing or a graph below a base is described."""
        starts = (f"{base}id/", f"{base}graph/")
        return any(
            isinstance(each, NamedNode) and each.value.startswith(starts)
            for quad in self._quads
            for each in (quad.subject, quad.graph_name)
        )

    def rebased(self, base: str) -> Dataset:
        """Return the same data with things and graphs named below another base, and saying so where it is not ours."""
        if base == self.base:
            return self
        known: dict[object, NamedNode] = {}

        def move(term: Any) -> Any:
            if not isinstance(term, NamedNode):
                return term
            if term not in known:
                known[term] = NamedNode(moved(term.value, base, self.base))
            return known[term]

        said = publication(self.base)  # of it the data say their base and their licence, which others have not
        quads = [
            Quad(move(q.subject), move(q.predicate), move(q.object), move(q.graph_name))
            for q in self._quads
            if q.subject != said
        ]
        if base != BASE:
            home = NamedNode(moved(graph("reference").value, base))
            quads.append(Quad(publication(base), _SPACE, Literal(base), home))
        return Dataset(quads, base)

    def own(self, node: NamedNode) -> NamedNode:
        """Return a node of ours as these data name it."""
        return node if self.base == BASE else NamedNode(moved(node.value, self.base))

    def read(self, path: Path, graph: NamedNode | None = None) -> None:
        """Add a file, or the RDF files below a folder, as `load` does; of a build, the file that holds everything."""
        if (path / WHOLE).is_file():
            path = path / WHOLE
        if path.is_dir():
            for each in sorted(p for p in path.rglob("*") if p.suffix[1:] in SUFFIXES):
                self.read(each, graph)
            return
        form = RdfFormat.from_extension(path.suffix[1:])
        if form is None:
            raise RdfError("has no known RDF ending", where=str(path), remedy=f"name it one of .{', .'.join(SUFFIXES)}")
        try:
            content = path.read_bytes()
        except OSError as error:
            raise RdfError(f"cannot be read ({error.strerror})", where=str(path), remedy="check the path") from error
        self.parse(content, form, graph, where=str(path))

    def parse(
        self,
        content: bytes,
        form: RdfFormat = RdfFormat.TURTLE,
        graph: NamedNode | None = None,
        *,
        where: str = "input",
    ) -> None:
        """Add RDF from bytes; `where` names them in errors."""
        try:
            # Renamed, since the same name in two files means two nodes.
            quads = list(parse(content, format=form, base_iri=_base(where), rename_blank_nodes=True))
        except (SyntaxError, ValueError) as error:
            raise rdf_error(error, where) from error
        if graph is not None:
            quads = [Quad(q.subject, q.predicate, q.object, graph) if q.graph_name == _UNION else q for q in quads]
        self.add(quads)

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads."""
        new = list(quads)
        self._quads.update(dict.fromkeys(new))
        self._store.extend(new)
        self._store.extend(Quad(q.subject, q.predicate, q.object) for q in new if q.graph_name != _UNION)

    def clear(self, graph: NamedNode) -> None:
        """Remove a named graph and all its quads."""
        kept = [quad for quad in self._quads if quad.graph_name != self.own(graph)]
        self._quads = {}
        self._store = Store()
        self.add(kept)

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Yield the quads of one graph, or all, as they were written."""
        wanted = None if graph is None else self.own(graph)
        return (quad for quad in self._quads if wanted is None or quad.graph_name == wanted)

    def triples(self, graph: NamedNode | None = None) -> Iterator[Triple]:
        """Yield the triples of one graph, or of the union of all, each once, as they were written."""
        return iter({quad.triple: None for quad in self.quads(graph)})

    def match(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        value: Term | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that fit a pattern; None fits anything. One is without graph only where no graph has it."""
        if self.base != BASE:
            subject = self.own(subject) if isinstance(subject, NamedNode) else subject
            value = self.own(value) if isinstance(value, NamedNode) else value
        if graph is not None:
            return self._store.quads_for_pattern(subject, predicate, value, self.own(graph))
        found = list(self._store.quads_for_pattern(subject, predicate, value, None))
        named = {quad.triple for quad in found if quad.graph_name != _UNION}
        return (quad for quad in found if quad.graph_name != _UNION or quad.triple not in named)

    def graphs(self) -> list[NamedNode]:
        """Return the names of the graphs, sorted."""
        return sorted((g for g in self._store.named_graphs() if isinstance(g, NamedNode)), key=lambda g: g.value)

    def __len__(self) -> int:
        return len(self._quads)

    def contains_iri(self, node: NamedNode) -> bool:
        """Tell whether anything is said of an IRI, or with it."""
        own = self.own(node)
        patterns = ((own, None, None), (None, own, None), (None, None, own))
        return any(next(self._store.quads_for_pattern(*p), None) is not None for p in patterns)

    def query(
        self,
        text: str,
        functions: Mapping[NamedNode, Callable[..., Term | None]] | None = None,
        substitutions: Mapping[Variable, Term] | None = None,
    ) -> Answer:
        """Return what SPARQL answers: solutions, a truth value, or a list of triples without repetitions.

        Our prefixes need no declaration. The default graph is the union of all. Raises QueryError, also where another
        endpoint would be asked by SERVICE: no answer of ours comes over the network unless somebody names its address.
        """
        if sparql.calls_out(text):
            raise QueryError(
                "the SPARQL asks another endpoint by SERVICE, and here nothing goes out to the network",
                remedy="ask that endpoint itself with `atgraph query --endpoint URL`",
            )
        text = moved(text, self.base)
        given = {name: self.own(t) if isinstance(t, NamedNode) else t for name, t in (substitutions or {}).items()}
        try:
            found = self._store.query(
                sparql.spelled(text),
                prefixes=spaces(self.base),
                custom_functions=dict(functions or {}),
                substitutions=given,
            )
            if isinstance(found, QueryBoolean):
                return bool(found)
            return list(dict.fromkeys(found)) if isinstance(found, QueryTriples) else found
        except SyntaxError as error:
            what, remedy = sparql.complaint(error, text)
            raise QueryError(what, remedy=remedy) from error
        except (OSError, ValueError, RuntimeError) as error:
            raise QueryError(
                f"the SPARQL cannot be answered ({_first_line(error)})", remedy="mend the query"
            ) from error

    def select(self, text: str) -> Solutions:
        """Return the solutions of a SELECT query; any other form raises QueryError."""
        found = self.query(text)
        if not isinstance(found, QuerySolutions):
            raise QueryError("the query is no SELECT", remedy="write SELECT … WHERE { … }")
        return found

    def to_rdflib(self) -> rdflib.Dataset:
        """Return the same quads as an rdflib.Dataset whose default graph is the union of all."""
        import rdflib  # costs a quarter of a second, and few callers need it

        dataset = rdflib.Dataset(default_union=True)
        for prefix, space in spaces(self.base).items():
            dataset.bind(prefix, space, override=True, replace=True)
        graphs: dict[object, rdflib.Graph] = {}
        nodes: dict[object, rdflib.term.Node] = {}
        for quad in self.quads():
            name = quad.graph_name
            if name not in graphs:
                key = (
                    rdflib.URIRef(name.value) if isinstance(name, NamedNode) else rdflib.graph.DATASET_DEFAULT_GRAPH_ID
                )
                graphs[name] = dataset.graph(key)
            triple = [nodes.get(term) or nodes.setdefault(term, rdflib_term(term)) for term in quad.triple]
            graphs[name].add((triple[0], triple[1], triple[2]))
        return dataset


def publication(base: str) -> NamedNode:
    """Return the IRI of the dataset that is published under a base, as its catalogue describes it."""
    return NamedNode(f"{base}catalog#dataset")


def rdflib_term(term: Term) -> rdflib.term.Node:
    """Return a term as rdflib's, its lexical form kept.

    >>> rdflib_term(Literal("048"))
    rdflib.term.Literal('048')
    """
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if not isinstance(term, Literal):
        raise RdfError("a triple inside a triple has no rdflib term", remedy="state it by rdf:reifies or leave it out")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    plain = datatype == PREFIXES["xsd"] + "string"
    return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(datatype), normalize=False)


def rdf_error(error: Exception, where: str) -> RdfError:
    """Return pyoxigraph's complaint as ours, with file and line."""
    line = getattr(error, "lineno", None)
    return RdfError(
        f"does not parse ({_first_line(error)})", where=f"{where}:{line}" if line else where, remedy="mend that line"
    )


def _base(where: str) -> str | None:
    return "http://example.org/" if where.endswith((".rdf", ".jsonld")) else None


def _first_line(error: Exception) -> str:
    text = getattr(error, "msg", None) or str(error)
    return " ".join(text.split())[:300]
