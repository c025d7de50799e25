"""Quads come in, their identity goes out: the RDFC-1.0 hash of each named graph and of the whole dataset.

Two files hold the same graph, whatever their syntax, order and names of blank nodes, if and only if their hashes agree.
The hash is the SHA-256 of the canonical N-Quads that https://www.w3.org/TR/rdf-canon/ defines, in hexadecimal digits.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, serialize

from atgraph.derive import DERIVED
from atgraph.errors import RdfError
from atgraph.turtle import canonical

_WORK = 50_000_000
"""How many steps with blank nodes that look alike are taken before a graph is refused: some five seconds of them."""
_Tie = tuple[int, str, BlankNode]
"""A neighbour of a blank node: its place in the statement that both are in, the predicate of that, and the node."""


@dataclass(frozen=True, slots=True)
class Hash:
    """What tells a graph from all others: how many statements it has, and its RDFC-1.0 hash (SHA-256, hexadecimal)."""

    statements: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Identity:
    """The hashes of a whole dataset, of what is stated in it, and of each of its graphs.

    The graphs go by their IRIs; `""` is the default graph. What is stated is the union of all graphs but the derived
    one, and what formats without named graphs hold.
    """

    dataset: Hash
    stated: Hash
    graphs: Mapping[str, Hash]

    @property
    def hashes(self) -> dict[str, str]:
        """Return the hash of each named graph by its IRI, and of the dataset by the empty string."""
        return {name: each.sha256 for name, each in self.graphs.items()} | {"": self.dataset.sha256}


def identity(quads: Iterable[Quad], derived: NamedNode = DERIVED) -> Identity:
    """Return the hash of a dataset and of each graph in it, each graph by itself, as if it were alone in the world.

    `derived` is the graph that states nothing. Raises RdfError where blank nodes look so much alike that telling them
    apart would take for ever.

    >>> from atgraph.names import graph, iri
    >>> said = identity([Quad(iri("state:BHR"), iri("rdf:type"), iri("atg:State"), graph("reference"))])
    >>> said.dataset.statements, *said.graphs
    (1, 'https://w3id.org/atgraph/graph/reference')
    """
    every = list(dict.fromkeys(quads))
    rows = _rows(every)
    # Most rows hold no blank node, and are the same in their graph as in the dataset, but for the graph's name.
    ground: dict[str, list[bytes]] = defaultdict(list)
    blank: dict[str, list[Quad]] = defaultdict(list)
    whole = []
    for quad, row in zip(every, rows, strict=True):
        name = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
        if _may_be_blank(row) or isinstance(quad.graph_name, BlankNode):
            blank[name].append(quad)
        else:
            whole.append(row)
            ground[name].append(row[: -len(name) - 5] + b".\n" if name else row)
    graphs = {name: _joined(ground[name], _bare(blank[name])) for name in sorted({*ground, *blank})}
    stated = [name for name in graphs if name != derived.value]
    return Identity(
        _joined(whole, [quad for name in blank for quad in blank[name]]),
        _joined({row for name in stated for row in ground[name]}, _bare(q for name in stated for q in blank[name])),
        MappingProxyType(graphs),
    )


def lines(statements: Iterable[Quad] | Iterable[Triple]) -> list[bytes]:
    """Return the canonical N-Quads of a dataset or graph, sorted, each line with its end; raises RdfError as above."""
    quads = [q if isinstance(q, Quad) else Quad(q.subject, q.predicate, q.object) for q in statements]
    _refuse_endless(quads)
    return sorted(_rows(canonical(quads)))


def hashed(canonical_lines: Collection[bytes]) -> Hash:
    """Return the hash of what `lines` returns."""
    return Hash(len(canonical_lines), hashlib.sha256(b"".join(canonical_lines)).hexdigest())


def _joined(ground: Iterable[bytes], blank: Iterable[Quad]) -> Hash:
    return hashed(sorted([*ground, *lines(blank)]))


def _rows(quads: Iterable[Quad]) -> list[bytes]:
    return (serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)


def _may_be_blank(row: bytes) -> bool:
    """Tell whether a row holds a blank node, or a literal with what looks like one, which does no harm."""
    return row.startswith(b"_:") or b" _:" in row


def _bare(quads: Iterable[Quad]) -> list[Quad]:
    return [Quad(quad.subject, quad.predicate, quad.object) for quad in quads]


def _refuse_endless(quads: Iterable[Quad]) -> None:
    """Raise RdfError where RDFC-1.0 might try too many orders of blank nodes; ours are few, and never so.

    The algorithm tells most of them apart by what is said of each. From one that looks like others it walks to its
    neighbours that do so too, and where several of these stand in the same place, it tries them in every order: among
    eight nodes that all know each other that takes three seconds, among twelve longer than anyone waits.
    """
    said: dict[BlankNode, list[str]] = defaultdict(list)
    near: dict[BlankNode, set[_Tie]] = defaultdict(set)
    for quad in quads:
        terms = (quad.subject, quad.predicate, quad.object, quad.graph_name)
        nodes = [(place, node) for place, node in enumerate(terms) if isinstance(node, BlankNode)]
        for _, node in nodes:
            said[node].append(" ".join(_seen(term, node) for term in terms))
            near[node].update((place, quad.predicate.value, other) for place, other in nodes if other != node)
    looks = {node: "\n".join(sorted(rows)) for node, rows in said.items()}
    common = Counter(looks.values())
    alike = {node for node, look in looks.items() if common[look] > 1}
    work = 0
    for cluster in _clusters(alike, near):
        orders = 1
        for node in cluster:
            places = Counter((place, verb, looks[other]) for place, verb, other in near[node] if other in alike)
            orders = min(orders * math.prod(math.factorial(min(n, 20)) for n in places.values()), _WORK)
        work += len(cluster) ** 3 * min(orders, math.factorial(min(len(cluster), 20)))
    if work > _WORK:
        raise RdfError(
            f"{len(alike):,} blank nodes look so much alike that telling them apart would take for ever",
            remedy="give them names",
        )


def _seen(term: object, self: BlankNode) -> str:
    return str(term) if not isinstance(term, BlankNode) else "_:self" if term == self else "_:other"


def _clusters(nodes: set[BlankNode], near: Mapping[BlankNode, set[_Tie]]) -> Iterator[list[BlankNode]]:
    """Yield the groups of nodes that hang together."""
    left = set(nodes)
    while left:
        found = [left.pop()]
        for node in found:
            further = {other for _, _, other in near[node]} & left
            left -= further
            found += further
        yield found
