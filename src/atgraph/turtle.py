"""Triples or quads come in, their one canonical Turtle or TriG text goes out, for files people edit and for dumps."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from atgraph import files
from atgraph.errors import AtgraphError, RdfError
from atgraph.names import BASE, LOCAL, PREFIXES, iri, spaces

Term = NamedNode | BlankNode | Literal | Triple
Subject = NamedNode | BlankNode
Key = tuple[object, ...]
_About = Mapping[Subject, Mapping[NamedNode, list[Term]]]

_RDF = PREFIXES["rdf"]
_XSD = PREFIXES["xsd"]
_TYPE, _FIRST, _REST, _NIL = (NamedNode(_RDF + name) for name in ("type", "first", "rest", "nil"))
_LEADING = """
rdf:type skos:prefLabel rdfs:label skos:altLabel skos:hiddenLabel skos:definition rdfs:comment skos:example
skos:scopeNote rdfs:subClassOf rdfs:subPropertyOf rdfs:domain rdfs:range sh:targetClass sh:path atg:performsAct
atg:isMadeBy atg:isAddressedTo atg:cites atg:mentions atg:concerns atg:deadline oa:exact oa:prefix oa:suffix
oa:start oa:end
"""
"""Predicates that readers look for first; the others follow by name."""

_BARE = {
    _XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    _XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    _XSD + "double": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]+"),
    _XSD + "boolean": re.compile("true|false"),
}
# Controls, separators that editors take for line ends, and marks of direction: unseen, they could change what is read.
_HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_ESCAPE = {"\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}
_TOKEN = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|'''
    r"""'''(?:[^'\\]|\\.|'(?!''))*'''|'(?:[^'\\\n]|\\.)*'|<[^>\s]*>|(#[^\n]*)""",
    re.DOTALL,
)
_DIGITS = re.compile(r"(\d{1,18})")
_DEPTH = 20


def pretty(
    triples: Iterable[Triple], header: str = "", prefixes: Mapping[str, str] | None = None, base: str = BASE
) -> str:
    """Return the one canonical Turtle text of triples: the same set gives the same bytes.

    Blank nodes are named by RDFC-1.0 and stand inside the statement that uses them wherever one does. The lines of
    `header` become comments on top. `prefixes` adds to those of `names`, where things are named below `base`.

    >>> from atgraph.names import iri
    >>> print(pretty([Triple(iri("state:BHR"), iri("atg:m49"), Literal("048"))], "Sample"), end="")
    # Sample
    @prefix atg: <https://w3id.org/atgraph/ontology/> .
    @prefix state: <https://w3id.org/atgraph/id/state/> .
    <BLANKLINE>
    state:BHR
        atg:m49 "048" ;
    .
    """
    names = Names(prefixes, base)
    ground: dict[Triple, None] = {}
    blank = []
    for triple in triples:
        if _is_ground(triple):
            ground[triple] = None
        else:
            blank.append(Quad(triple.subject, triple.predicate, triple.object))
    body = _blocks([*ground, *(quad.triple for quad in canonical(blank))], names)
    return _join(names.head(header), *body)


def trig(quads: Iterable[Quad], header: str = "", prefixes: Mapping[str, str] | None = None, base: str = BASE) -> str:
    """Return the one canonical TriG text of quads, a block for each named graph, in the manner of `pretty`."""
    names = Names(prefixes, base)
    graphs: dict[object, list[Triple]] = defaultdict(list)
    homes: dict[BlankNode, set[object]] = defaultdict(set)
    for quad in canonical(quads):
        graphs[quad.graph_name].append(quad.triple)
        for term in (quad.subject, quad.object):
            if isinstance(term, BlankNode):
                homes[term].add(quad.graph_name)
    shared = {node for node, where in homes.items() if len(where) > 1}
    body = []
    for name in sorted(graphs, key=str):
        blocks = _join(*_blocks(graphs[name], names, shared)).rstrip("\n")
        title = "" if isinstance(name, DefaultGraph) else names(name) + " "  # type: ignore[arg-type]
        body.append(f"{title}{{\n\n{blocks}\n\n}}")
    return _join(names.head(header), *body)


def canonical(quads: Iterable[Quad]) -> list[Quad]:
    """Return the quads without repetitions, blank nodes renamed by RDFC-1.0.

    Only the quads that hold a blank node decide the names, so the others are not canonicalized, which is what costs.
    """
    ground: dict[Quad, None] = {}
    blank = Dataset()
    for quad in quads:
        if _is_ground(quad):
            ground[quad] = None
        else:
            blank.add(quad)
    if len(blank):
        blank.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return [*ground, *blank]


def natural(text: str) -> Key:
    """Return a key by which …2 sorts before …10.

    >>> sorted(["a.10", "a.2", "a"], key=natural)
    ['a', 'a.2', 'a.10']
    """
    return ([int(part) if part.isdecimal() else part for part in _DIGITS.split(text)], text)


@lru_cache(maxsize=1 << 16)
def order(node: NamedNode) -> Key:
    """Return a key that sorts IRIs by kind, as in `names.PREFIXES`, then naturally; ontology and schemes first."""
    value = node.value
    space, local = _split(value)
    rank = _RANK.get(space)
    if rank is None:
        rank = -1 if value.startswith(BASE) else len(_RANK)
        local = value
    return (rank, natural(local))


class Names:
    """Terms come in, their Turtle goes out; the prefixes used on the way are remembered for the head."""

    def __init__(self, prefixes: Mapping[str, str] | None = None, base: str = BASE) -> None:
        self.prefixes = {**(prefixes or {}), **spaces(base)}
        self._of = {space: prefix for prefix, space in self.prefixes.items()}
        self._used: set[str] = set()
        self._seen: dict[NamedNode, str] = {}

    def __call__(self, term: Term) -> str:
        """Return a term's Turtle."""
        if isinstance(term, NamedNode):
            known = self._seen.get(term)
            if known is None:
                known = self._seen[term] = self._name(term)
            return known
        return self._literal(term) if isinstance(term, Literal) else str(term)

    def head(self, header: str) -> str:
        """Return the comment and the prefixes used so far, as lines."""
        comment = [line if line.startswith("#") else f"# {line}".rstrip() for line in header.splitlines()]
        used = sorted(self._used)
        return "\n".join([*comment, *(f"@prefix {prefix}: <{self.prefixes[prefix]}> ." for prefix in used)])

    def _name(self, node: NamedNode) -> str:
        space, local = _split(node.value)
        prefix = self._of.get(space)
        if prefix is None or not LOCAL.fullmatch(local):
            return str(node)
        self._used.add(prefix)
        return f"{prefix}:{local}"

    def _literal(self, literal: Literal) -> str:
        value = literal.value
        if literal.language:
            tag = f"@{literal.language}" + (f"--{literal.direction.value}" if literal.direction else "")
            return _quote(value) + tag
        datatype = literal.datatype.value
        if datatype == _XSD + "string":
            return _quote(value)
        bare = _BARE.get(datatype)
        if bare and bare.fullmatch(value):
            return value
        return f"{_quote(value)}^^{self(literal.datatype)}"


def format_text(text: str, where: str = "") -> str:
    """Return a Turtle file's text as the formatter writes it; the comment on top stays.

    Raises RdfError where the text does not parse, or has a comment below the top that would be lost.
    """
    header = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        header.append(line)
    for match in _TOKEN.finditer(text, len("\n".join(header))):
        if match[1]:
            number = text.count("\n", 0, match.start()) + 1
            raise RdfError(
                "a comment in the body would be lost",
                where=f"{where}:{number}" if where else f"line {number}",
                remedy="move it to the top of the file, or say it in a triple (skos:scopeNote, rdfs:comment)",
            )
    try:
        parser = parse(text.encode(), format=RdfFormat.TURTLE)
        triples = [quad.triple for quad in parser]
    except SyntaxError as error:
        raise RdfError(
            f"is no Turtle ({error.msg})", where=f"{where}:{error.lineno}", remedy="mend that line"
        ) from error
    return pretty(triples, "\n".join(header), parser.prefixes)


def format_file(path: Path, *, check: bool = False) -> bool:
    """Rewrite a Turtle file canonically (or only look, with `check`); return whether it was canonical already."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RdfError(f"cannot be read ({error})", where=str(path), remedy="give a Turtle file in UTF-8") from error
    wanted = format_text(text, str(path))
    if text != wanted and not check:
        files.write(path, wanted)
    return text == wanted


def main(words: list[str]) -> int:
    """Format the .ttl files named, or below the folders named; with `--check` only list those that would change.

    Without names: everything below ontology/ and data/.
    """
    check = "--check" in words
    code = 0
    for root in [Path(word) for word in words if word != "--check"] or [files.ontology(), files.data()]:
        for path in sorted(root.rglob("*.ttl")) if root.is_dir() else [root]:
            try:
                if not format_file(path, check=check):
                    print(f"{path}: {'not in canonical form; run make fmt' if check else 'formatted'}")
                    code |= check
            except AtgraphError as error:
                print(error, file=sys.stderr)
                code = error.exit_code
    return code


_RANK = {space: rank for rank, space in enumerate(PREFIXES.values())}
_LEAD = {iri(name).value: rank for rank, name in enumerate(_LEADING.split())}


def _is_ground(statement: Triple | Quad) -> bool:
    return isinstance(statement.subject, NamedNode) and not isinstance(statement.object, BlankNode | Triple)


def _split(value: str) -> tuple[str, str]:
    cut = max(value.rfind("/"), value.rfind("#")) + 1
    return value[:cut], value[cut:]


def _join(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def _quote(value: str) -> str:
    text = value.replace("\\", "\\\\")
    if _HIDDEN.search(text):
        text = _HIDDEN.sub(lambda m: _ESCAPE.get(m[0]) or f"\\u{ord(m[0]):04X}", text)
    if "\n" in text:
        return '"""' + re.sub(r'"(?="|\Z)', r"\\" + '"', text) + '"""'
    return '"' + text.replace('"', '\\"') + '"'


def _blocks(triples: Collection[Triple], names: Names, labelled: Collection[BlankNode] = ()) -> list[str]:
    """Return a block of text for each subject, in order; blank nodes used once stand inside their user's block."""
    about: dict[Subject, dict[NamedNode, list[Term]]] = {}
    uses: Counter[BlankNode] = Counter()
    user: dict[BlankNode, Subject] = {}
    for triple in triples:
        subject, value = triple.subject, triple.object
        about.setdefault(subject, {}).setdefault(triple.predicate, []).append(value)  # type: ignore[arg-type]
        if isinstance(value, BlankNode):
            uses[value] += 1
            user[value] = subject  # type: ignore[assignment]
    inside = {node for node, count in uses.items() if count == 1 and node not in labelled}
    inside -= _circles(inside, user)
    cells = _cells(inside, about, user)
    inside -= _depths(inside, user, cells)

    def text(term: Term, indent: str) -> str:
        if term not in inside:
            return names(term)
        assert isinstance(term, BlankNode)
        if term in cells:
            return _bracket("(", [text(item, indent + "    ") for item in _items(term, about)], ")", indent)
        body = statements(about.get(term, {}), indent + "    ")
        return _bracket("[", body, "]", indent) if body else "[]"

    def statements(facts: Mapping[NamedNode, list[Term]], indent: str) -> list[str]:
        lines = []
        for predicate in facts if len(facts) == 1 else sorted(facts, key=predicate_key):
            verb = "a" if predicate == _TYPE else names(predicate)
            lines.append(f"{verb}{_objects(facts[predicate], indent, text)} ;")
        return lines

    blocks = []
    for subject in sorted(about, key=subject_key):
        if subject in inside:
            continue
        head = (
            "[]" if isinstance(subject, BlankNode) and not uses[subject] and subject not in labelled else names(subject)
        )
        blocks.append("\n".join([head, *(f"    {line}" for line in statements(about[subject], "    ")), "."]))
    return blocks


def _objects(values: list[Term], indent: str, text: Callable[[Term, str], str]) -> str:
    if len(values) == 1:
        return " " + text(values[0], indent)
    deeper = indent + "    "
    rendered = [text(value, deeper) for value in in_order(values)]
    # Blank nodes come last and by their text, since their names tell nothing.
    first = sum(not isinstance(value, BlankNode) for value in values)
    rendered[first:] = sorted(rendered[first:])
    return "".join(f"\n{deeper}{each}{' ,' if n < len(rendered) - 1 else ''}" for n, each in enumerate(rendered))


def _bracket(left: str, parts: list[str], right: str, indent: str) -> str:
    line = (
        " ".join((left, *parts[:-1], parts[-1].removesuffix(" ;"), right))
        if left == "["
        else " ".join((left, *parts, right))
    )
    if "\n" not in line and len(line) <= 88:
        return line
    return "\n".join([left, *(f"{indent}    {part}" for part in parts), indent + right])


def _items(cell: BlankNode, about: _About) -> list[Term]:
    items = []
    at: Term = cell
    while at != _NIL:
        items.append(about[at][_FIRST][0])  # type: ignore[index]
        at = about[at][_REST][0]  # type: ignore[index]
    return items


def _circles(inside: Collection[BlankNode], user: Mapping[BlankNode, Subject]) -> set[BlankNode]:
    """Return one node of each circle, which must keep its name."""
    named: set[BlankNode] = set()
    done: set[BlankNode] = set()
    for start in sorted(inside, key=str):
        path: dict[BlankNode, None] = {}
        at: Subject = start
        while isinstance(at, BlankNode) and at in inside and at not in done and at not in path:
            path[at] = None
            at = user[at]
        if at in path:
            named.add(at)  # type: ignore[arg-type]
        done.update(path)
    return named


def _cells(inside: Collection[BlankNode], about: _About, user: Mapping[BlankNode, Subject]) -> set[BlankNode]:
    """Return the cells of lists that are whole to their end and that nothing else touches."""
    cells = set()
    ends = [node for node in inside if about.get(node, {}).get(_REST) == [_NIL]]
    while ends:
        node = ends.pop()
        facts = about[node]
        if facts.keys() == {_FIRST, _REST} and len(facts[_FIRST]) == 1:
            cells.add(node)
            before = user[node]
            if before in inside and about[before].get(_REST) == [node]:
                ends.append(before)  # type: ignore[arg-type]
    return cells


def _depths(
    inside: Collection[BlankNode], user: Mapping[BlankNode, Subject], cells: Collection[BlankNode]
) -> set[BlankNode]:
    """Return the nodes at every so many floors of a deep nest, which keep a name to bound the nesting."""
    depth: dict[Subject, int] = {}
    for start in inside:
        path = []
        at: Subject = start
        while at in inside and at not in depth:
            path.append(at)
            at = user[at]  # type: ignore[index]
        for node in reversed(path):
            above = user[node]  # type: ignore[index]
            depth[node] = depth.get(above, 0) + (not (node in cells and above in cells))
    return {node for node, floor in depth.items() if floor % _DEPTH == 0 and node not in cells}  # type: ignore[misc]


def subject_key(node: Subject) -> Key:
    """Return the key by which subjects are sorted: IRIs as `order` says, then blank nodes."""
    return (1, str(node)) if isinstance(node, BlankNode) else (0, *order(node))


@lru_cache(maxsize=1 << 10)
def predicate_key(node: NamedNode) -> Key:
    """Return the key by which predicates are sorted: the type, what readers look for first, then by name."""
    value = node.value
    rank = _LEAD.get(value)
    return (0, rank) if rank is not None else (1, _RANK.get(_split(value)[0], len(_RANK)), value)


def in_order(values: Iterable[Term]) -> list[Term]:
    """Return objects in the order of the files: IRIs by kind, literals by language, blank nodes last."""
    return sorted(values, key=_value)


def _value(term: Term) -> Key:
    if isinstance(term, NamedNode):
        return (0, *order(term))
    if isinstance(term, Literal):
        return (1, term.language or "", natural(term.value), term.datatype.value)
    return (3 if isinstance(term, BlankNode) else 2, str(term))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
