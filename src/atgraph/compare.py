"""Two documents, or two builds, come in; what is new in the second, gone from it or changed goes out."""

from __future__ import annotations

import hashlib
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from atgraph import files, reviews
from atgraph.ask import Table
from atgraph.build import MARK
from atgraph.errors import FindingsError, UnreadableError, UsageError
from atgraph.extraction import Extraction, read_file
from atgraph.model import Provision
from atgraph.names import BASE, iri, slug
from atgraph.pairs import LINKS, Clause, pair, tokens, values
from atgraph.sources import align, read_source
from atgraph.store import SUFFIXES, Dataset, Term
from atgraph.turtle import natural

COLUMNS = (
    "change",
    "thing",
    "before",
    "after",
    "act",
    "speaker",
    "addressees",
    "themes",
    "what",
    "words_before",
    "words_after",
)


@dataclass(frozen=True)
class Side:
    """What is compared: provisions in order, facts (their kind and name, and what may change), triples by graph."""

    name: str
    clauses: tuple[Clause, ...]
    facts: Mapping[tuple[str, str], str]
    triples: Mapping[str, frozenset[Triple]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Text:
    """A document read: its expressions, the first one's provisions as a curator decided, and their twins in others."""

    name: str
    extractions: tuple[Extraction, ...]
    decided: Sequence[Provision | None]
    twins: Sequence[Mapping[int, Provision]] = ()

    @property
    def languages(self) -> list[str]:
        return [extraction.document.language for extraction in self.extractions]


@dataclass(frozen=True, slots=True)
class Change:
    """What is `new`, `gone` or `changed`, and in what."""

    how: str
    thing: str
    before: Clause | None
    after: Clause | None
    what: tuple[str, ...] = ()

    @property
    def clause(self) -> Clause:
        """Return what there is, the newer where there are both."""
        return self.after or self.before or Clause("")


@dataclass(frozen=True)
class Comparison:
    """Two sides and what differs; `same` counts the provisions that do not.

    `language` is the one that two documents share, empty if there is none, and None for two builds.
    """

    before: Side
    after: Side
    changes: tuple[Change, ...]
    same: int
    language: str | None = None

    def table(self) -> Table:
        """Return the changes as a table, a row for each."""
        return Table(COLUMNS, tuple(tuple(map(Literal, _cells(change))) for change in self.changes))

    def text(self, width: int | None = None) -> str:
        """Return the changes as a person reads them: the counts, then what is new, gone and changed, in its words."""
        width = width or _WIDTH
        parts = ["\n".join(self._summary(width))]
        for how in ("new", "gone", "changed"):
            chosen = [change for change in self.changes if change.how == how]
            rows = [row for change in chosen if change.thing == "provision" for row in _told(change)]
            rows += _listed(change for change in chosen if change.thing != "provision")
            if rows:
                cells = tuple((Literal(left), Literal(right)) for left, right in rows)
                parts.append(Table((how, ""), cells).format("table", width).rstrip("\n"))
        return "\n\n".join(parts) + "\n"

    def _summary(self, width: int) -> Iterator[str]:
        hows = Counter(change.how for change in self.changes if change.thing == "provision")
        yield f"{self.before.name} → {self.after.name}"
        if self.language == "":
            yield "They share no language, and are compared by what was read, not by their words."
        figures = ", ".join(f"{hows[how]} {how}" for how in ("new", "gone", "changed"))
        yield f"{len(self.before.clauses)} → {len(self.after.clauses)} provisions: {figures}, {self.same} the same"
        for name, sums in self._sums().items():
            words = ", ".join(f"{word}\xa0{_signed(n)}" for word, n in sums)
            yield from (
                textwrap.wrap(f"  {name:<11} {words}", width, subsequent_indent=" " * 14, break_on_hyphens=False)
                if sums
                else ()
            )

    def _sums(self) -> dict[str, list[tuple[str, int]]]:
        """Return how many provisions more or fewer there are of each act, addressee and theme, the greatest first."""
        found: dict[str, list[tuple[str, int]]] = {}
        for name in ("act", "addressees", "themes"):
            sums = Counter(value for clause in self.after.clauses for value in values(clause, name))
            sums.subtract(value for clause in self.before.clauses for value in values(clause, name))
            found[name.rstrip("s") + "s"] = sorted(
                ((word, n) for word, n in sums.items() if n), key=lambda row: (-abs(row[1]), -row[1], row[0])
            )
        return found


def compare(before: str | Path | bytes, after: str | Path | bytes, root: Path | None = None) -> Comparison:
    """Return what differs between two documents, or between two builds.

    A document is a file in any format that is read, a source's folder or its slug; a build a folder or a file of RDF.
    Raises UsageError where one is a document and the other a build, UnreadableError where one is neither,
    FindingsError where a document holds no provision.
    """
    one, other = _read(before, root), _read(after, root)
    language = None
    if isinstance(one, _Text) and isinstance(other, _Text):
        # Of several texts, that one is held against the other side which is in its language: like against like.
        language = next((code for code in one.languages if code in other.languages), "")
        one, other = _said(one, language), _said(other, language)
    if isinstance(one, _Text) or isinstance(other, _Text):
        raise UsageError("a document and a graph cannot be compared", remedy="name two documents or two builds")
    pairs = pair(one.clauses, other.clauses)
    changes = [*_changed(one, other, pairs), *_facts(one.facts, other.facts), *_triples(one.triples, other.triples)]
    same = len(pairs) - sum(change.how == "changed" for change in changes if change.thing == "provision")
    return Comparison(one, other, tuple(changes), same, language)


def _read(given: str | Path | bytes, root: Path | None) -> _Text | Side:
    if isinstance(given, bytes):
        return _document(read_file(given, None, "standard input"), "standard input")
    path, name = Path(given), str(given)
    if not path.exists():
        path = next((folder for folder in files.sources(root) if folder.name == name), path)
    if not path.exists():
        what = "is no file, no folder, and no source"
        raise UnreadableError(what, where=name, remedy="name two documents, two builds, or sources by their slugs")
    if (path / "source.toml").is_file():
        source = read_source(path)
        decided = reviews.apply(source.reviews, source.extractions[0].provisions)
        return _Text(path.resolve().name, source.extractions, decided, align(source.extractions)[0])
    if path.is_dir() or path.suffix[1:] in SUFFIXES:
        return _build(path / MARK if (path / MARK).is_file() else path, name)
    return _document(read_file(path), path.name)


def _changed(one: Side, other: Side, pairs: Sequence[tuple[int, int]]) -> Iterator[Change]:
    """Yield what is new and changed, in the order of the second side, then what is gone, in the order of the first."""
    matched = {there: one.clauses[here] for here, there in pairs}
    for there, clause in enumerate(other.clauses):
        before = matched.get(there)
        if before is None:
            yield Change("new", "provision", None, clause)
        elif what := tuple(_differences(before, clause)):
            yield Change("changed", "provision", before, clause, what)
    kept = {here for here, _ in pairs}
    for here, clause in enumerate(one.clauses):
        if here not in kept:
            yield Change("gone", "provision", clause, None)


def _differences(one: Clause, other: Clause) -> Iterator[str]:
    for name in ("act", "speaker", "deadline"):
        before, after = getattr(one, name), getattr(other, name)
        if before != after:
            yield f"{name}: {before or 'none'} → {after or 'none'}"
    for name in LINKS:
        before, after = getattr(one, name), getattr(other, name)
        if before != after:
            signs = [
                *(f"+ {word}" for word in sorted(after - before)),
                *(f"− {word}" for word in sorted(before - after)),
            ]
            yield f"{name}: {', '.join(signs)}"
    shared = [language for language in one.words if language in other.words]
    if any(tokens(one.words[code], code) != tokens(other.words[code], code) for code in shared):
        yield "words"


def _facts(one: Mapping[tuple[str, str], str], other: Mapping[tuple[str, str], str]) -> Iterator[Change]:
    for thing, name in sorted({*one, *other}, key=lambda key: (key[0], natural(key[1]))):
        before, after = one.get((thing, name)), other.get((thing, name))
        if before is None:
            yield Change("new", thing, None, Clause(name), (after,) if after else ())
        elif after is None:
            yield Change("gone", thing, Clause(name), None, (before,) if before else ())
        elif before != after:
            yield Change("changed", thing, Clause(name), Clause(name), (f"{before or 'none'} → {after or 'none'}",))


def _triples(one: Mapping[str, frozenset[Triple]], other: Mapping[str, frozenset[Triple]]) -> Iterator[Change]:
    """Yield how many triples of each graph are new and gone; a blank node is the same where it says the same."""
    colours = _colours([triple for side in (one, other) for triples in side.values() for triple in triples])

    def plain(triples: Iterable[Triple]) -> set[object]:
        return {(colours.get(t.subject, t.subject), t.predicate, colours.get(t.object, t.object)) for t in triples}

    for name in sorted({*one, *other}, key=natural):
        before, after = plain(one.get(name, ())), plain(other.get(name, ()))
        if added := len(after - before):
            yield Change("new", "triples", None, Clause(name), (str(added),))
        if removed := len(before - after):
            yield Change("gone", "triples", Clause(name), None, (str(removed),))


def _colours(triples: Iterable[Triple]) -> dict[object, str]:
    """Return for each blank node a hash of what is said of it, and of those that it leads to."""
    said: dict[BlankNode, list[tuple[str, Term]]] = defaultdict(list)
    for triple in triples:
        if isinstance(triple.subject, BlankNode):
            said[triple.subject].append((triple.predicate.value, triple.object))
    colours: dict[object, str] = dict.fromkeys(said, "")
    while True:
        rows = {n: sorted(f"{p} {colours.get(value, value)}" for p, value in said[n]) for n in said}
        finer: dict[object, str] = {n: hashlib.sha256("\n".join(row).encode()).hexdigest() for n, row in rows.items()}
        if len(set(finer.values())) == len(set(colours.values())):
            return finer
        colours = finer


def _document(extraction: Extraction, name: str) -> _Text:
    if not extraction.provisions:
        remedy = "check that it is the text of a statement; `atgraph extract` says more"
        raise FindingsError("no provision was found, so there is nothing to compare", where=name, remedy=remedy)
    return _Text(name, (extraction,), extraction.provisions)


def _said(text: _Text, language: str) -> Side:
    """Return what a document says, as it was read in a language if it has it, and as decided wherever it was."""
    first, *others = text.extractions
    clauses: list[Clause] = []
    for place, provision in enumerate(text.decided):
        if provision is None:
            continue
        forms = {first.document.language: (first, provision)}
        for twin, other in zip(text.twins, others, strict=True):
            if place in twin:
                forms[other.document.language] = (other, twin[place])
        read = forms[language][1] if language in forms and provision == first.provisions[place] else provision
        name = f"{provision.paragraph}.{provision.order}"
        for number, told in enumerate((read, *(read.reports or provision.reports))):
            quotes = {
                code: extraction.quote((each.start, each.end))
                for code, (extraction, form) in sorted(forms.items(), key=lambda row: row[0] != language)
                for each in (form, *form.reports)[number : number + 1]
            }
            clauses.append(_clause(f"{name}.r{number}" if number else name, told, quotes))
    members = {("member", member.value): "" for member in first.document.members}
    return Side(f"{text.name} ({', '.join(text.languages)})", tuple(clauses), members)


def _clause(name: str, provision: Provision, words: Mapping[str, str]) -> Clause:
    return Clause(
        name,
        provision.act.slug,
        provision.speaker.slug,
        frozenset(link.slug for link in provision.addressees),
        frozenset(link.slug for link in provision.cites),
        frozenset(link.slug for link in provision.themes),
        provision.deadline.slug if provision.deadline else "",
        words,
    )


_WIDTH = 100
"""Columns of a text that goes elsewhere than to a terminal."""
_ACT, _PASSAGE = iri("atg:performsAct"), iri("atg:hasPassage")
_ACTION = tuple(iri(name) for name in ("atg:isActionOf", "atg:hasActionType", "atg:isActionOn"))


def _build(path: Path, name: str) -> Side:
    """Return the provisions of a graph by source, its members and treaty actions, and its triples by graph."""
    dataset = Dataset.load(path).rebased(BASE)
    if not len(dataset):
        raise UnreadableError("holds neither a source nor RDF", where=name, remedy="name a dist/ folder or an RDF file")
    triples: dict[str, set[Triple]] = defaultdict(set)
    about: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    graphs: dict[NamedNode, str] = {}
    for quad in dataset.quads():
        graph = slug(quad.graph_name.value) if isinstance(quad.graph_name, NamedNode) else ""
        triples[graph].add(quad.triple)
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            about[quad.subject][quad.predicate].append(quad.object)
            if quad.predicate == _ACT:
                graphs.setdefault(quad.subject, graph)
    known = {node: dict(rows) for node, rows in about.items()}
    clauses = [_stated(node, graph, known) for node, graph in graphs.items()]
    clauses.sort(key=lambda clause: (natural(clause.source), natural(clause.name)))
    facts: dict[tuple[str, str], str] = {}
    for node, rows in known.items():
        for member in rows.get(iri("atg:listsMember"), ()):
            facts["member", f"{slug(node.value)} {slug(member.value)}"] = ""
        if all(predicate in rows for predicate in _ACTION):
            words = " ".join(slug(rows[predicate][0].value) for predicate in _ACTION)
            facts["treaty action", words] = ", ".join(sorted(day.value for day in rows.get(iri("dcterms:date"), ())))
    return Side(name, tuple(clauses), facts, {graph: frozenset(found) for graph, found in triples.items()})


_Known = Mapping[NamedNode, Mapping[NamedNode, list[NamedNode | Literal]]]


def _stated(node: NamedNode, graph: str, known: _Known) -> Clause:
    """Return a provision as a graph states it."""
    rows = known[node]

    def slugs(*names: str) -> frozenset[str]:
        return frozenset(slug(value.value) for name in names for value in rows.get(iri(name), ()))

    words: dict[str, str] = {}
    for passage in rows.get(_PASSAGE, ()):
        for selector in known.get(passage, {}).get(iri("oa:hasSelector"), ()) if isinstance(passage, NamedNode) else ():
            for exact in known.get(selector, {}).get(iri("oa:exact"), ()) if isinstance(selector, NamedNode) else ():
                if isinstance(exact, Literal):
                    words[exact.language or ""] = exact.value
    return Clause(
        slug(node.value),
        min(slugs("atg:performsAct")),
        ", ".join(sorted(slugs("atg:isMadeBy"))),
        slugs("atg:isAddressedTo"),
        slugs("atg:cites", "atg:mentions"),
        slugs("atg:concerns"),
        ", ".join(sorted(slugs("atg:deadline"))),
        dict(sorted(words.items())),
        graph,
    )


def _cells(change: Change) -> tuple[str, ...]:
    clause = change.clause
    quotes = _quotes(change)
    return (
        change.how,
        change.thing,
        change.before.name if change.before else "",
        change.after.name if change.after else "",
        clause.act,
        clause.speaker,
        "; ".join(sorted(clause.addressees)),
        "; ".join(sorted(clause.themes)),
        "; ".join(change.what),
        *quotes,
    )


def _quotes(change: Change) -> tuple[str, str]:
    """Return the words before and after, in a language that both have if there is one."""
    one = change.before.words if change.before else {}
    other = change.after.words if change.after else {}
    shared = [language for language in one if language in other]
    before = one[shared[0]] if shared else next(iter(one.values()), "")
    after = other[shared[0]] if shared else next(iter(other.values()), "")
    return before, after


def _told(change: Change) -> Iterator[tuple[str, str]]:
    """Yield the lines that tell of a provision: where, and what."""
    clause = change.clause
    about = f" ({', '.join(sorted(clause.themes))})" if clause.themes else ""
    to = f" → {', '.join(sorted(clause.addressees))}" if clause.addressees else ""
    places = list(dict.fromkeys(each.name for each in (change.before, change.after) if each))
    before, after = _quotes(change)
    lines = [f"{clause.speaker} {clause.act}{to}{about}", *(what for what in change.what if what != "words")]
    lines += [after or before] if before == after or not (before and after) else [f"− {before}", f"+ {after}"]
    for place, line in enumerate(lines):
        yield ("", "→ ")[place] + places[place] if place < len(places) else "", line


def _listed(changes: Iterable[Change]) -> Iterator[tuple[str, str]]:
    """Yield a line for each thing: those that are only there or not are told by their names, together."""
    names: dict[str, list[str]] = {}
    for change in changes:
        words = [change.clause.name, *change.what]
        names.setdefault(change.thing, []).append(" ".join(reversed(words) if change.thing == "triples" else words))
    for thing, several in names.items():
        yield thing, ", ".join(several)


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else f"−{-number}"
