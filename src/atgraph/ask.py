"""The dataset, a stored question and its parameters come in; a table of named columns and rows in order goes out."""

from __future__ import annotations

import csv
import difflib
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Triple

from atgraph import queries
from atgraph.errors import UnknownTermError, UsageError
from atgraph.names import BASE, PREFIXES, iri, shorten, slug, spaces
from atgraph.queries import Question
from atgraph.store import Dataset, Term
from atgraph.turtle import natural, pretty

FORMATS = ("table", "csv", "json", "md", "ttl")
Row = tuple[Term | None, ...]

_XSD = PREFIXES["xsd"]
_NUMBERS = {_XSD + "integer": int, _XSD + "decimal": float, _XSD + "double": float}
_LABELS = tuple(iri(name) for name in ("skos:prefLabel", "skos:altLabel"))
# What a terminal would obey or reorder by, and a text has no business to carry there.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
_GAP = "  "
_NARROWEST = 8
_WORD = 16
"""Columns: a longer word may be cut, since a Chinese sentence is one."""
_NAME = re.compile(r"\(?(?:https?://|[a-z][a-z-]*:\w)|\w+(?:[.-]\w+){2}")
"""How a word begins that people copy: an IRI, a short name, a slug."""


@dataclass(frozen=True, slots=True)
class Table:
    """An answer: named columns and rows of terms, in order."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    title: str = ""
    descriptions: Mapping[str, str] = field(default_factory=dict)
    describe: Callable[[Iterable[NamedNode]], list[Triple]] | None = field(default=None, compare=False, repr=False)
    """Where the triples about the things named in the rows are found, for Turtle."""
    base: str = BASE
    """Below which the things named in the rows are; see `names.moved`."""

    def format(self, name: str = "table", width: int | None = None) -> str:
        r"""Return the answer as text: `table`, `csv`, `json`, `md` or `ttl`.

        A `width` in columns of a terminal makes the table fit by wrapping its cells; None leaves every cell on a line.

        >>> answer = Table(("state", "name"), ((iri("state:BHR"), Literal("البحرين", language="ar")),))
        >>> answer.format("csv")
        'state,name\r\nhttps://w3id.org/atgraph/id/state/BHR,البحرين\r\n'
        >>> print(answer.format("json"), end="")
        [
          {"state": "https://w3id.org/atgraph/id/state/BHR", "name": "البحرين"}
        ]
        >>> print(answer.format("md"), end="")
        | state | name |
        | --- | --- |
        | state:BHR | البحرين |
        """
        if name not in FORMATS:
            raise UsageError(f"there is no format “{name}”", remedy=f"choose one of {', '.join(FORMATS)}")
        writers = {"csv": self._csv, "json": self._json, "md": self._markdown, "ttl": self._turtle}
        return writers[name]() if name in writers else self._plain(width)

    def _csv(self) -> str:
        stream = io.StringIO()
        writer = csv.writer(stream)
        writer.writerow(self.columns)
        writer.writerows([_value(term) for term in row] for row in self.rows)
        return stream.getvalue()

    def _json(self) -> str:
        rows = (dict(zip(self.columns, map(_native, row), strict=True)) for row in self.rows)
        lines = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in rows)
        return f"[\n{lines}\n]\n" if lines else "[]\n"

    def _markdown(self) -> str:
        rows = [[shown(term, self.base).replace("\\", "\\\\").replace("|", "\\|") for term in row] for row in self.rows]
        lines = [list(self.columns), ["---"] * len(self.columns), *rows]
        return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)

    def _turtle(self) -> str:
        if self.describe is None:
            raise UsageError("this answer cannot be described in Turtle", remedy="choose another format")
        things = {term: None for row in self.rows for term in row if isinstance(term, NamedNode)}
        return pretty(self.describe(things), self.title, base=self.base)

    def _plain(self, width: int | None) -> str:
        cells = [list(self.columns), *([shown(term, self.base) for term in row] for row in self.rows)]
        wanted = [[_columns(cell) for cell in row] for row in cells]
        floors = self._floors(wanted, cells)
        gap, widths = _GAP, _widths(wanted, width, floors)
        if width and any(has < least for has, least in zip(widths, floors[1], strict=True)):
            gap, widths = " ", _widths(wanted, width, floors, " ")  # rather a close table than a name in two
        right = [bool(self.rows) and all(_is_number(row[n]) for row in self.rows) for n in range(len(self.columns))]
        lines = []
        for number, row in enumerate(cells):
            wrapped = [wrap(cell, room) for cell, room in zip(row, widths, strict=True)]
            for at in range(max(map(len, wrapped), default=0)):
                parts = [part[at] if at < len(part) else "" for part in wrapped]
                pads = [" " * (room - _columns(part)) for part, room in zip(parts, widths, strict=True)]
                ends = [_closed(part) for part in parts]
                filled = [pad + end if r else end + pad for end, pad, r in zip(ends, pads, right, strict=True)]
                lines.append(gap.join(filled).rstrip())
            if number == 0:
                lines.append(gap.join("─" * room for room in widths))
        return "\n".join(lines) + "\n"

    def _floors(self, wanted: list[list[int]], cells: list[list[str]]) -> list[list[int]]:
        """Return how narrow each column may become, at first and at need: with words whole, names whole, nothing whole.

        A name is what people copy, and half of one is of no use.
        """
        least = [min(max(column), _NARROWEST) for column in zip(*wanted, strict=True)]
        words, names = list(least), list(least)
        for row, terms in zip(cells, [self.columns, *self.rows], strict=True):
            for n, (cell, term) in enumerate(zip(row, terms, strict=True)):
                for word in cell.split():
                    words[n] = max(words[n], min(_columns(word), _WORD))
                    if isinstance(term, NamedNode) or _NAME.match(word):
                        names[n] = max(names[n], _columns(word))
        return [[max(both) for both in zip(words, names, strict=True)], names, least]


def ask(dataset: Dataset, name: str, parameters: Mapping[str, str] | None = None, lang: str | None = None) -> Table:
    """Return the answer of a stored question; `lang` chooses the language of labels, English where None.

    Raises UnknownQuestionError, UnknownParameterError and UnknownTermError, each with what comes close.
    """
    question = queries.question(name)
    values = resolve(dataset, question, {**(parameters or {}), **({"lang": lang} if lang else {})})
    return _table(dataset, question.bind(values), question)


def query(dataset: Dataset, text: str) -> Table | bool | list[Triple]:
    """Return what ad-hoc SPARQL answers: a table, a truth value, or triples; rows without ORDER BY come sorted."""
    found = dataset.query(text)
    return _collect(dataset, found, text) if isinstance(found, QuerySolutions) else found


def resolve(dataset: Dataset, question: Question, values: Mapping[str, str]) -> dict[str, str]:
    """Return the values with each thing's IRI, also where its label was given, whatever the language.

    Raises UnknownTermError where a value names nothing in the dataset.
    """
    found = dict(values)
    for name, value in values.items():
        card = question.parameters.get(name)
        if card is None or card.kind in queries.VALUE_KINDS[:-1] or value == queries.ANY:
            continue
        try:
            node = queries.term(card.kind, value)
        except UnknownTermError:
            node = None
        if isinstance(node, NamedNode) and dataset.contains_iri(node):
            found[name] = node.value
        else:
            found[name] = _by_label(dataset, card.kind, value).value
    return found


def table(columns: Iterable[str], rows: Iterable[Row], question: Question | None = None) -> Table:
    """Return a table of rows that came from anywhere, such as a remote endpoint."""
    if question is None:
        return Table(tuple(columns), tuple(rows))
    return Table(tuple(columns), tuple(rows), question.title, question.columns)


def shown(term: Term | None, base: str = BASE) -> str:
    r"""Return a term as people read it: a prefixed name or a literal's words, on one line.

    >>> shown(iri("act:urges")), shown(Literal("a\nb")), shown(None)
    ('act:urges', 'a b', '')
    """
    text = shorten(term.value, base) if isinstance(term, NamedNode) else _value(term)
    return _UNSEEN.sub(" ", text)


def _table(dataset: Dataset, text: str, question: Question) -> Table:
    found = _collect(dataset, dataset.select(text), text)
    return replace(found, title=question.title, descriptions=question.columns)


def _collect(dataset: Dataset, found: QuerySolutions, text: str) -> Table:
    columns = tuple(variable.value for variable in found.variables)
    rows = [tuple(solution[name] for name in columns) for solution in found]
    if not re.search(r"\bORDER\s+BY\b", text, re.IGNORECASE):
        rows.sort(key=lambda row: [_order(term) for term in row])
    return Table(columns, tuple(rows), describe=lambda things: _about(dataset, things), base=dataset.base)


def _about(dataset: Dataset, things: Iterable[NamedNode]) -> list[Triple]:
    return list({quad.triple: None for node in things for quad in dataset.match(node)})


def _by_label(dataset: Dataset, kind: str, value: str) -> NamedNode:
    """Return the one thing of a kind with this label; else raise UnknownTermError with what comes close."""
    space = spaces(dataset.base).get(kind, "")
    wanted = _fold(value)
    labels: dict[str, set[NamedNode]] = {}
    for predicate in _LABELS:
        for quad in dataset.match(None, predicate):
            if isinstance(quad.subject, NamedNode) and space and quad.subject.value.startswith(space):
                labels.setdefault(_fold(quad.object.value), set()).add(quad.subject)  # type: ignore[union-attr]
    if len(labels.get(wanted, ())) == 1:
        return labels[wanted].pop()
    for node in {node for nodes in labels.values() for node in nodes}:
        labels.setdefault(_fold(slug(node.value)), set()).add(node)
    close = [label for label in labels if wanted and wanted in label][:3] or difflib.get_close_matches(
        wanted, labels, 3
    )
    short = [sorted((shorten(node.value, dataset.base) for node in labels[each]), key=natural) for each in close]
    nodes = list(dict.fromkeys(name for several in short for name in several))[:3]
    hint = f"did you mean {' or '.join(nodes)}?" if nodes else f"give one of the things named {kind}:…"
    raise UnknownTermError(f"no {kind} is called “{value}”", remedy=hint)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _order(term: Term | None) -> tuple[object, ...]:
    if term is None:
        return (0,)
    if isinstance(term, NamedNode):
        return (1, natural(term.value))
    if _is_number(term):
        return (2, float(_value(term)))
    if isinstance(term, Literal):
        return (3, term.value, term.language or "", term.datatype.value)
    return (4, str(term))


def _is_number(term: Term | None) -> bool:
    return isinstance(term, Literal) and term.datatype.value in _NUMBERS


def _value(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, BlankNode):
        return str(term)
    return str(term) if isinstance(term, Triple) else term.value


def _native(term: Term | None) -> str | int | float | bool | None:
    if term is None:
        return None
    if isinstance(term, Literal):
        kind = term.datatype.value
        if kind in _NUMBERS:
            number: int | float = _NUMBERS[kind](term.value)
            return number if abs(number) < 2**53 else term.value  # no JSON reader keeps more, nor NaN or INF
        if kind == _XSD + "boolean":
            return term.value in ("true", "1")
    return _value(term)


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text fills.

    >>> _columns("abc"), _columns("巴林"), _columns("مُدَرِّس")
    (3, 4, 4)
    """
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    return max(wcswidth(text), 0)


def _closed(text: str) -> str:
    """Return a cell so closed that right-to-left words do not run into the next column."""
    return text + "\u200e" if any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in text) else text


def _widths(cells: list[list[int]], width: int | None, floors: list[list[int]], gap: str = _GAP) -> list[int]:
    """Return each column's width: what its cells need, the widest made narrower until all fit.

    No column becomes narrower than its floor, unless nothing else helps: then the next row of floors holds.

    >>> _widths([[4, 40], [10, 90]], 60, [[8, 8]])
    [10, 48]
    >>> _widths([[40, 50]], 60, [[40, 20], [8, 8]]), _widths([[40, 50]], 60, [[40, 30], [8, 8]])
    ([38, 20], [29, 29])
    """
    widths = [max(column, default=0) for column in zip(*cells, strict=True)]
    room = sum(widths) if width is None else width - len(gap) * (len(widths) - 1)
    for floor in floors:
        while sum(widths) > room and (wide := [n for n, least in enumerate(floor) if widths[n] > least]):
            widths[max(wide, key=widths.__getitem__)] -= 1
    return widths


def wrap(text: str, width: int) -> list[str]:
    """Return a text in lines of at most `width` columns, broken at spaces where there are any.

    >>> wrap("urges all States", 10)
    ['urges all', 'States']
    >>> wrap("巴林王国", 4)
    ['巴林', '王国']
    """
    if _columns(text) <= width:
        return [text]
    lines, line = [], ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if _columns(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _cut(word, width)
        lines += full
    return [*lines, line] if line else lines


def _cut(word: str, width: int) -> list[str]:
    """Return a word in pieces of at most `width` columns, each of one character at least."""
    pieces, start, columns = [], 0, 0
    for place, character in enumerate(word):
        wide = _columns(character)
        if columns + wide > width and place > start:
            pieces.append(word[start:place])
            start, columns = place, 0
        columns += wide
    return [*pieces, word[start:]]
