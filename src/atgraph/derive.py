"""The dataset and the ontology's axioms come in, the quads that OWL 2 RL adds go out, all in `graph/derived`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from atgraph import files
from atgraph.errors import ReasonerError, UsageError
from atgraph.names import PREFIXES, graph, iri, shorten
from atgraph.store import Dataset, Term, rdflib_term

ENGINES = ("fast", "owlrl")
DERIVED = graph("derived")
LIMIT = 1_000_000
"""More new triples than this, and the ontology has run wild."""

_OWL, _RDF, _RDFS = PREFIXES["owl"], PREFIXES["rdf"], PREFIXES["rdfs"]
_LANGUAGE = (_OWL, _RDF, _RDFS, PREFIXES["xsd"])
_TYPE, _THING, _NIL = iri("rdf:type"), iri("owl:Thing"), iri("rdf:nil")
_SAME = iri("owl:sameAs")
_AXIOMS = {iri(f"rdfs:{name}") for name in ("subClassOf", "subPropertyOf", "domain", "range")}
_DECLARATIONS = {
    _OWL + name
    for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "Ontology", "Restriction")
} | {_RDFS + "Class", _RDFS + "Datatype", _RDF + "Property"}
# What is said of the ontology as a document, or is read where it belongs.
_SILENT = {
    _OWL + n for n in ("versionIRI", "versionInfo", "priorVersion", "imports", "deprecated", "onProperty", "members")
}

Atom = tuple[Term | int, Term | int, Term | int]
"""A pattern of a triple: terms, and variables as numbers."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Wherever every atom of the body holds, the head holds."""

    head: Atom
    body: tuple[Atom, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """What an ontology compiles to: rules, and pairs of classes that nothing is in both of."""

    rules: tuple[Rule, ...]
    disjoint: tuple[tuple[Term, Term], ...]


def derive(
    dataset: Dataset, engine: str = "fast", axioms: Iterable[Triple] | None = None, limit: int = LIMIT
) -> list[Quad]:
    """Return the quads that follow and that no graph states yet, sorted; `graph/derived` is not read.

    `axioms` are the triples of ontology/core.ttl where None; what the dataset says of terms (alignments) is not
    reasoned over. Engines: `fast`, and `owlrl`, the reference. Raises ReasonerError where the data contradict the
    ontology, where `fast` cannot compile an axiom, and where more than `limit` triples follow.
    """
    if engine not in ENGINES:
        raise UsageError(f"there is no reasoner “{engine}”", remedy=f"choose one of {', '.join(ENGINES)}")
    theory = list(Dataset.load(files.ontology() / "core.ttl").triples() if axioms is None else axioms)
    terms = {triple.subject for triple in theory}
    stated = {quad.triple for quad in dataset.quads() if quad.graph_name != DERIVED}
    facts = [t for t in stated if not _is_axiom(t, terms)]
    found = _fixpoint(compile_rules(theory), facts, limit) if engine == "fast" else _owlrl(theory, facts, limit)
    new = (t for t in found if not is_noise(t, terms) and t not in stated)
    return [Quad(t.subject, t.predicate, t.object, DERIVED) for t in sorted(new, key=str)]


def is_noise(triple: Triple, terms: Iterable[Term]) -> bool:
    """Tell whether a derived triple tells no reader anything: on literals, terms, lists, or the languages themselves.

    >>> is_noise(Triple(iri("state:BHR"), iri("rdf:type"), iri("owl:Thing")), [])
    True
    >>> is_noise(Triple(iri("state:BHR"), iri("rdf:type"), iri("atg:Actor")), [])
    False
    """
    subject, predicate, value = triple.subject, triple.predicate, triple.object
    if not isinstance(subject, NamedNode) or isinstance(value, BlankNode) or subject in terms:
        return True
    if subject.value.startswith(_LANGUAGE):
        return True
    if predicate == _TYPE:
        return not isinstance(value, NamedNode) or value.value.startswith(_LANGUAGE)
    return predicate in _AXIOMS or predicate.value.startswith(_OWL)


def compile_rules(theory: Iterable[Triple]) -> Rules:
    """Return the rules that the axioms compile to; raise ReasonerError on an axiom outside what is known here."""
    about: dict[Term, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for triple in theory:
        about[triple.subject][triple.predicate.value].append(triple.object)
    rules: list[Rule] = []
    disjoint: list[tuple[Term, Term]] = []
    for node in sorted(about, key=str):
        for predicate, values in about[node].items():
            for value in values:
                rules += _compile(node, predicate, value, about, disjoint)
    return Rules(tuple(dict.fromkeys(rules)), tuple(disjoint))


def _compile(
    node: Term, predicate: str, value: Term, about: dict[Term, dict[str, list[Term]]], disjoint: list[tuple[Term, Term]]
) -> list[Rule]:
    x, y, z = 0, 1, 2
    space, name = (_RDFS, predicate.removeprefix(_RDFS)) if predicate.startswith(_RDFS) else ("", "")
    if predicate.startswith(_OWL):
        space, name = _OWL, predicate.removeprefix(_OWL)
    if predicate == _TYPE.value and isinstance(value, NamedNode) and value.value.startswith(_OWL):
        space, name = _TYPE.value, value.value.removeprefix(_OWL)
    match space, name:
        case (_, "subClassOf") if space == _RDFS:
            return [Rule((x, _TYPE, value), ((x, _TYPE, node),))]
        case (_, "subPropertyOf") if space == _RDFS:
            return [Rule((x, value, y), ((x, node, y),))]
        case (_, "domain") if space == _RDFS:
            return [Rule((x, _TYPE, value), ((x, node, y),))]
        case (_, "range") if space == _RDFS:
            return [Rule((y, _TYPE, value), ((x, node, y),))]
        case (_, "equivalentClass"):
            return [Rule((x, _TYPE, b), ((x, _TYPE, a),)) for a, b in ((node, value), (value, node))]
        case (_, "equivalentProperty"):
            return [Rule((x, b, y), ((x, a, y),)) for a, b in ((node, value), (value, node))]
        case (_, "inverseOf"):
            return [Rule((y, b, x), ((x, a, y),)) for a, b in ((node, value), (value, node))]
        case (_, "SymmetricProperty"):
            return [Rule((y, node, x), ((x, node, y),))]
        case (_, "TransitiveProperty"):
            return [Rule((x, node, z), ((x, node, y), (y, node, z)))]
        case (_, "propertyChainAxiom"):
            steps = _list(value, about)
            return [Rule((0, node, len(steps)), tuple((n, step, n + 1) for n, step in enumerate(steps)))]
        case (_, "hasValue"):
            pairs = [((x, _TYPE, node), (x, on, value)) for on in about[node][_OWL + "onProperty"]]
            return [rule for a, b in pairs for rule in (Rule(a, (b,)), Rule(b, (a,)))]
        case (_, "someValuesFrom"):
            of = () if value == _THING else ((y, _TYPE, value),)
            return [Rule((x, _TYPE, node), ((x, on, y), *of)) for on in about[node][_OWL + "onProperty"]]
        case (_, "disjointWith"):
            disjoint.append((node, value))
        case (_, "AllDisjointClasses"):
            for members in about[node][_OWL + "members"]:
                disjoint.extend(combinations(_list(members, about), 2))
        case (_, _) if space == _TYPE.value and value.value in _DECLARATIONS:  # type: ignore[union-attr]
            pass
        case (_, _) if space in (_OWL, _TYPE.value) and predicate not in _SILENT:
            raise ReasonerError(
                f"the fast reasoner does not know owl:{name}",
                where=shorten(node.value) if isinstance(node, NamedNode) else str(node),
                remedy="choose --engine owlrl, or say it otherwise",
            )
    return []


def _list(head: Term, about: dict[Term, dict[str, list[Term]]]) -> list[Term]:
    items = []
    while head != _NIL and about[head][_RDF + "first"]:
        items += about[head][_RDF + "first"][:1]
        head = about[head][_RDF + "rest"][0]
    return items


def _is_axiom(triple: Triple, terms: Iterable[Term]) -> bool:
    """Tell whether a triple of the dataset speaks of terms, not of things: ours are read from the ontology itself."""
    predicate = triple.predicate
    if triple.subject in terms or predicate in _AXIOMS:
        return True
    if predicate == _TYPE:
        return isinstance(triple.object, NamedNode) and triple.object.value in _DECLARATIONS
    return predicate.value.startswith(_OWL) and predicate != _SAME


class _Index:
    """Triples, findable by predicate with subject or object."""

    def __init__(self) -> None:
        self.objects: dict[tuple[Term, Term], list[Term]] = defaultdict(list)
        self.subjects: dict[tuple[Term, Term], list[Term]] = defaultdict(list)
        self.pairs: dict[Term, list[tuple[Term, Term]]] = defaultdict(list)

    def add(self, triple: tuple[Term, Term, Term]) -> None:
        subject, predicate, value = triple
        self.objects[predicate, subject].append(value)
        self.subjects[predicate, value].append(subject)
        self.pairs[predicate].append((subject, value))

    def matches(self, atom: Atom) -> Iterator[tuple[Term, Term]]:
        """Yield subject and object of each triple that fits an atom, whose numbers fit anything."""
        subject, predicate, value = atom[0], _term(atom[1]), atom[2]
        if not isinstance(subject, int):
            known = self.objects.get((predicate, subject), ())
            return ((subject, each) for each in tuple(known) if isinstance(value, int) or each == value)
        if not isinstance(value, int):
            return ((each, value) for each in tuple(self.subjects.get((predicate, value), ())))
        return iter(tuple(self.pairs.get(predicate, ())))


def _fixpoint(theory: Rules, facts: Iterable[Triple], limit: int) -> Iterator[Triple]:
    """Yield what follows: each triple, stated or new, is met once by each rule, so no round is ever run again."""
    triggers: dict[tuple[Term, Term | None], list[tuple[Rule, Atom, list[Atom]]]] = defaultdict(list)
    for rule in theory.rules:
        for at, atom in enumerate(rule.body):
            others = sorted((n for n in range(len(rule.body)) if n != at), key=lambda n: abs(n - at))
            value = None if isinstance(atom[2], int) else atom[2]
            # The nearest atom first: in a chain it shares a variable with those before it.
            triggers[_term(atom[1]), value].append((rule, atom, [rule.body[n] for n in others]))
    wanted = {predicate for predicate, _ in triggers}
    classes = {each for pair in theory.disjoint for each in pair}
    seen: dict[tuple[Term, Term, Term], None] = {}
    for fact in facts:
        if fact.predicate == _SAME:
            raise ReasonerError("the fast reasoner does not know owl:sameAs", remedy="choose --engine owlrl")
        if fact.predicate in wanted or (fact.predicate == _TYPE and fact.object in classes):
            seen[fact.subject, fact.predicate, fact.object] = None
    stated = len(seen)
    waiting = list(seen)
    index = _Index()
    while waiting:
        triple = waiting.pop()
        index.add(triple)
        subject, predicate, value = triple
        for rule, atom, others in (*triggers.get((predicate, None), ()), *triggers.get((predicate, value), ())):
            for new in _conclusions(rule, atom, others, subject, value, index):
                if new not in seen:
                    seen[new] = None
                    waiting.append(new)
        if len(seen) - stated > limit:
            raise _ran_wild(limit)
    _refuse_overlaps(theory, index)
    # A literal may stand as a subject on the way, never in what goes out.
    for s, p, o in list(seen)[stated:]:
        if isinstance(s, NamedNode | BlankNode) and isinstance(p, NamedNode):
            yield Triple(s, p, o)


def _conclusions(
    rule: Rule, atom: Atom, others: list[Atom], subject: Term, value: Term, index: _Index
) -> Iterable[tuple[Term, Term, Term]]:
    """Return what a rule concludes where one atom is met by a triple, and the others by what is known."""
    first = _bound(atom, subject, value, {})
    solutions = [] if first is None else [first]
    for other in others:
        solutions = [
            wider
            for known in solutions
            for s, o in index.matches(_fill(other, known))
            if (wider := _bound(other, s, o, known)) is not None
        ]
    s, p, o = rule.head
    p = _term(p)
    return [(known[s] if isinstance(s, int) else s, p, known[o] if isinstance(o, int) else o) for known in solutions]


def _term(place: Term | int) -> Term:
    assert not isinstance(place, int), "no rule has a variable for its predicate"
    return place


def _fill(atom: Atom, known: dict[int, Term]) -> Atom:
    s, p, o = atom
    return (
        known.get(s, s) if isinstance(s, int) else s,
        p,
        known.get(o, o) if isinstance(o, int) else o,
    )


def _bound(atom: Atom, subject: Term, value: Term, known: dict[int, Term]) -> dict[int, Term] | None:
    wider = dict(known)
    left, _, right = atom
    if (wider.setdefault(left, subject) if isinstance(left, int) else left) != subject:
        return None
    if (wider.setdefault(right, value) if isinstance(right, int) else right) != value:
        return None
    return wider


def _ran_wild(limit: int) -> ReasonerError:
    return ReasonerError(f"more than {limit} triples follow", remedy="look for a chain or a class that feeds itself")


def _refuse_overlaps(theory: Rules, index: _Index) -> None:
    for one, other in theory.disjoint:
        both = set(index.subjects.get((_TYPE, one), ())) & set(index.subjects.get((_TYPE, other), ()))
        for node in sorted(both, key=str):
            kinds = " and ".join(shorten(each.value) for each in (one, other) if isinstance(each, NamedNode))
            raise ReasonerError(
                f"is both {kinds}, which nothing can be",
                where=shorten(node.value) if isinstance(node, NamedNode) else str(node),
                remedy="mend its types, or what is said of it with a property of the other class",
            )


def _owlrl(theory: Iterable[Triple], facts: Iterable[Triple], limit: int) -> Iterator[Triple]:
    """Yield what follows by the reference reasoner."""
    import owlrl  # these two cost half a second
    import rdflib

    data = rdflib.Graph()
    terms: dict[object, Term] = {}
    for triple in (*theory, *facts):
        nodes = [rdflib_term(term) for term in triple]
        terms.update(zip(nodes, triple, strict=True))
        data.add((nodes[0], nodes[1], nodes[2]))
    before = set(data)
    closure = owlrl.OWLRL_Semantics(data, axioms=False, daxioms=False, rdfs=False)
    closure.closure()
    if closure.error_messages:
        raise ReasonerError(f"the data contradict the ontology ({closure.error_messages[0]})", remedy="mend the data")
    new = [triple for triple in data if triple not in before and not isinstance(triple[0], rdflib.Literal)]
    if len(new) > limit:
        raise _ran_wild(limit)
    for found in new:
        if all(isinstance(node, rdflib.URIRef) or node in terms for node in found):
            s, p, o = (terms.get(node) or NamedNode(str(node)) for node in found)
            if not isinstance(s, Literal | Triple) and isinstance(p, NamedNode):
                yield Triple(s, p, o)
