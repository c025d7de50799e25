"""An endpoint's address and a stored question or SPARQL come in, the table that a local graph would give goes out."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pyoxigraph as ox

from atgraph import queries
from atgraph.ask import Table, table
from atgraph.errors import EndpointError, UnknownTermError
from atgraph.names import BASE, ONTOLOGY, PREFIXES, moved
from atgraph.remote.protocol import Answer, Endpoint, query

__all__ = ["Endpoint", "answer", "ask", "our_graphs", "query"]

_OURS = f"""SELECT DISTINCT ?graph WHERE {{
  GRAPH ?graph {{ ?thing a ?class }}
  FILTER(STRSTARTS(STR(?graph), "{PREFIXES["graph"]}"))
}} ORDER BY ?graph"""
_HOME = "graph/ontology"
_THEIRS = f"""SELECT DISTINCT ?graph WHERE {{
  GRAPH ?home {{ <{ONTOLOGY}> a <{PREFIXES["owl"]}Ontology> }}
  FILTER(STRENDS(STR(?home), "{_HOME}"))
  GRAPH ?graph {{ ?thing a ?class }}
  FILTER(STRSTARTS(STR(?graph), SUBSTR(STR(?home), 1, STRLEN(STR(?home)) - {len("ontology")})))
}} ORDER BY ?graph"""


def our_graphs(endpoint: Endpoint) -> tuple[str, ...]:
    """Return the IRIs of our named graphs that the endpoint holds; none where our data are in its default graph.

    Where none is ours, those of another publisher's build are looked for: theirs is the graph that has our ontology.
    """
    for text in (_OURS, _THEIRS):
        found = query(endpoint, text)
        if isinstance(found, ox.QuerySolutions) and (names := tuple(row["graph"].value for row in found)):
            return names
    return ()


def base_of(graphs: Iterable[str]) -> str:
    """Return the base below which the things of a build are named, by the names of its graphs.

    >>> base_of(["https://data.example.org/graph/derived", "https://data.example.org/graph/ontology"])
    'https://data.example.org/'
    """
    return next((graph.removesuffix(_HOME) for graph in graphs if graph.endswith(_HOME)), BASE)


def ask(endpoint: Endpoint, name: str, parameters: Mapping[str, str] | None = None, lang: str | None = None) -> Table:
    """Return the endpoint's answer to a stored question, as `ask.ask` gives the local one.

    The default graph is made of all our graphs there, so that the server's own idea of a default does not matter. A
    parameter takes slugs and IRIs; labels are looked up only locally. The seconds are for all of it together.
    """
    question = queries.question(name)
    values = {**(parameters or {}), **({"lang": lang} if lang else {})}
    end = time.monotonic() + endpoint.seconds

    def left() -> Endpoint:
        return replace(endpoint, seconds=max(0.001, round(end - time.monotonic(), 1)))

    ours = our_graphs(endpoint)
    base = base_of(ours)
    for key, term in question.terms(values).items():
        if isinstance(term, ox.NamedNode) and query(left(), moved(_known(term), base), ours) is False:
            raise UnknownTermError(
                f"nothing is known of “{values.get(key, term.value)}”",
                where=endpoint.url,
                remedy=f"give {key} a slug or an IRI that the data there have",
            )
    found = query(left(), moved(question.bind(values), base), ours)
    return replace(_table(endpoint, found, ours), title=question.title, descriptions=question.columns, base=base)


def answer(endpoint: Endpoint, text: str) -> Table | bool | list[ox.Triple]:
    """Return what the endpoint says to ad-hoc SPARQL, its defaults being its own; as `ask.query` does locally."""
    found = query(endpoint, text)
    return _table(endpoint, found) if isinstance(found, ox.QuerySolutions) else found


def _known(term: ox.NamedNode) -> str:
    return f"ASK {{ {{ {term} ?p ?o }} UNION {{ ?s {term} ?o }} UNION {{ ?s ?p {term} }} }}"


def _table(endpoint: Endpoint, found: Answer, graphs: Sequence[str] = ()) -> Table:
    if not isinstance(found, ox.QuerySolutions):
        raise EndpointError("answered a SELECT with something else", where=endpoint.url, remedy="check the address")

    def describe(things: Iterable[ox.NamedNode]) -> list[ox.Triple]:
        names = " ".join(map(str, things))
        about = query(endpoint, f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {names} }} ?s ?p ?o }}", graphs)
        return about if isinstance(about, list) else []

    columns = [variable.value for variable in found.variables]
    return replace(table(columns, [tuple(row[name] for name in columns) for row in found]), describe=describe)
