"""The files of queries/lint/ and functions come in; `Rule`s go out: what each asks, and how it finds what breaks it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from atgraph import files, queries
from atgraph.errors import QueryFileError, UsageError
from atgraph.lint.target import Target
from atgraph.names import shorten
from atgraph.store import Term

SEVERITIES = ("failure", "warning", "note")
PARTS = ("file", "graph", "ontology", "data", "catalogue", "statistics", "publication")
"""What a rule can be about: `graph` is all that is said, `statistics` VoID, `publication` a folder as it is served."""

POINTS = {
    1: "The ontology has a lasting address of its own",
    2: "Versions are told apart",
    3: "The licence is an IRI",
    4: "The head of the ontology says who, what and when",
    5: "Prefix, namespace and status are stated",
    6: "Each term is labelled, defined and sound",
    7: "Nothing is minted elsewhere, and what is used exists",
    8: "Every strict parser reads one and the same graph",
    9: "The catalogue is DCAT-AP",
    10: "It is large enough, linked enough and described in VoID",
    11: "The server gives each client the format it asks for",
    12: "The same data give the same bytes, and checksums prove it",
    13: "Files are small enough, in UTF-8 and of the type they are said to be",
    14: "A search engine finds the data set",
}
"""The checklist: each rule belongs to one of its points."""

NO_SHAPES = (
    "needs the official shapes: take dcat-ap-SHACL of release 3.0.1 from https://github.com/SEMICeu/DCAT-AP, "
    "and name its folder by --shapes"
)
_SHOWN = 120


class Place(NamedTuple):
    """Where a rule is broken: a thing, what of it, with which value, in which file; empty where there is none."""

    focus: str = ""
    path: str = ""
    value: str = ""
    file: str = ""


Find = Callable[[Target], Iterable[Place]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One demand of the checklist: what it asks of which part, what is wrong where it is broken, and what to do."""

    name: str
    title: str
    point: int
    severity: str
    about: str
    problem: str
    remedy: str
    source: str
    find: Find | None = None
    network: str = ""
    """Why it cannot be looked at without a network, where it cannot."""
    shapes: bool = False
    """Whether it needs the official shapes, which are not ours to ship."""
    alone: str = ""
    """How severe it is where the target is no publication's folder, if that is not the same."""

    def held_to(self, target: Target) -> Rule:
        """Return the rule as severe as it is for this target."""
        return replace(self, severity=self.alone) if self.alone and target.folder is None else self

    def why_not(self, target: Target) -> str:
        """Return why the rule does not apply to a target, or nothing where it does."""
        if self.network:
            return f"needs the network: {self.network}"
        if self.shapes and target.shapes is None:
            return NO_SHAPES
        if self.about == "publication":
            return "" if target.folder else "is about a publication's folder"
        if self.about in ("catalogue", "statistics") and target.folder and self.about not in target.parts:
            return f"there is no {self.about} to look at"
        return "" if self.about == "file" or self.about in target.parts else f"nothing here is {_KIND[self.about]}"


_KIND = {
    "graph": "RDF",
    "ontology": "an ontology",
    "data": "a data set",
    "catalogue": "a DCAT catalogue",
    "statistics": "a VoID description",
}
_FUNCTIONS: dict[str, Rule] = {}


def rule(
    name: str,
    point: int,
    severity: str,
    about: str,
    *,
    title: str,
    problem: str,
    remedy: str,
    source: str,
    shapes: bool = False,
    alone: str = "",
) -> Callable[[Find], Find]:
    """Return what makes a rule of the function that finds the places where it is broken."""

    def add(find: Find) -> Find:
        head = (name, title, point, severity, about, problem, remedy, source)
        _FUNCTIONS[name] = Rule(*head, find, shapes=shapes, alone=alone)
        return find

    return add


def network(name: str, point: int, *, title: str, why: str, remedy: str, source: str) -> None:
    """Name a rule that only the live address can be held to; it is always skipped, and says why."""
    _FUNCTIONS[name] = Rule(name, title, point, "failure", "publication", title, remedy, source, None, why)


def rules(folder: Path | None = None) -> dict[str, Rule]:
    """Return all rules by name, in the order of the checklist. Raises QueryFileError for a stored one that is none."""
    folder = folder or files.queries() / "lint"
    found = [*_FUNCTIONS.values(), *(_stored(path) for path in sorted(folder.glob("*.rq")))]
    return {each.name: each for each in sorted(found, key=_order)}


def chosen(names: Iterable[str]) -> list[Rule]:
    """Return the rules of these names, all where there are none. Raises UsageError with what comes close."""
    every = rules()
    wanted = list(dict.fromkeys(names))
    for name in wanted:
        if name not in every:
            close = difflib.get_close_matches(name, every, 3, 0.5)
            hint = f"did you mean {' or '.join(close)}?" if close else "`atgraph lint --list` names them all"
            raise UsageError(f"no rule is called “{name}”", remedy=hint)
    return [each for each in every.values() if not wanted or each.name in wanted]


def name_of(term: Term | None) -> str:
    """Return a term as people read it, cut where it is long.

    >>> name_of(NamedNode("http://purl.org/dc/terms/title")), name_of(None), name_of(BlankNode("b0"))
    ('dcterms:title', '', '[]')
    """
    if isinstance(term, BlankNode):
        return "[]"  # its name means nothing outside one run
    text = shorten(term.value) if isinstance(term, NamedNode) else value_of(term)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def value_of(term: Term | None) -> str:
    """Return what a term says, whole: a literal's words, an IRI.

    >>> value_of(Literal("0.1.0")), value_of(NamedNode("http://purl.org/dc/terms/title")), value_of(None)
    ('0.1.0', 'http://purl.org/dc/terms/title', '')
    """
    return term.value if isinstance(term, Literal | NamedNode | BlankNode) else str(term or "")


def _stored(path: Path) -> Rule:
    """Return the rule of a file: a header, and a query whose every row is a place where it is broken."""
    header, text = queries.stored(path, ("title", "point", "severity", "about", "problem", "remedy", "source"))
    wanted = {"severity": SEVERITIES, "about": PARTS[1:6], "point": tuple(map(str, POINTS))}
    for field, values in wanted.items():
        if header[field] not in values:
            what = f"has the {field} “{header[field]}”"
            raise QueryFileError(what, where=f"{path}:1", remedy=f"choose one of {', '.join(values)}")

    def find(target: Target) -> Iterator[Place]:
        for focus, where, value in target.parts[header["about"]].select(text):
            yield Place(name_of(focus), name_of(where), name_of(value), target.place(focus, header["about"]))

    head = (header["title"], int(header["point"]), header["severity"], header["about"])
    return Rule(path.stem, *head, header["problem"], header["remedy"], header["source"], find)


def _order(each: Rule) -> tuple[int, int, str]:
    return each.point, SEVERITIES.index(each.severity), each.name
