"""A SHACL shape comes in, what it demands goes out in words, in English or in Arabic."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode

from atgraph.names import PREFIXES, iri
from atgraph.publish.html import Markup, joined, tag, words
from atgraph.publish.terms import Book, Value
from atgraph.publish.wording import say

TOLD = frozenset(
    "class datatype nodeKind in pattern minLength minInclusive maxInclusive lessThan disjoint languageIn uniqueLang "
    "hasValue or qualifiedValueShape qualifiedMinCount qualifiedMaxCount sparql minCount maxCount".split()
)
"""The constraints that this module can put into words."""

ASIDE = frozenset("name description message severity path property targetClass declare".split())
"""What a shape says that is no constraint."""

_KINDS = {iri("sh:IRI"): "iri-node", iri("sh:Literal"): "literal"}


def filled(key: str, page: str, *parts: str) -> Markup:
    """Return the words for a key with each `{}` filled."""
    pieces = say(key, page).split("{}")
    found: list[str] = [words(pieces[0], page, page)]
    for part, after in zip(parts, pieces[1:], strict=True):
        found += [part, words(after, page, page)]
    return joined(found, "")


def path(book: Book, node: Value | None, page: str) -> Markup:
    """Return a property path in words: `performsAct, then broader`; the inverse of one is “… of another”."""
    if isinstance(node, BlankNode):
        if choices := book.one(node, "sh:alternativePath"):
            return joined([path(book, each, page) for each in book.items(choices)], say("either", page))
        if inverse := book.one(node, "sh:inversePath"):
            return filled("inverse", page, path(book, inverse, page))
        return joined([path(book, each, page) for each in book.items(node)], say("then", page))
    return book.link(node, page) if node is not None else Markup("")


def demands(book: Book, shape: Value, page: str) -> list[Markup]:
    """Return the demands of a shape, each as a phrase; how many values come first."""

    def of(name: str) -> Value | None:
        return book.one(shape, f"sh:{name}")

    found = [*_counts(of, page)]
    simple: list[tuple[str, Callable[[Value], str]]] = [
        ("datatype", lambda v: book.link(v, page)),
        ("pattern", lambda v: book.link(v, page)),
        ("minLength", lambda v: book.link(v, page)),
        ("minInclusive", lambda v: book.link(v, page)),
        ("maxInclusive", lambda v: book.link(v, page)),
        ("lessThan", lambda v: book.link(v, page)),
        ("disjoint", lambda v: book.link(v, page)),
        ("hasValue", lambda v: book.link(v, page)),
        ("in", lambda v: book.links(book.items(v), page)),
        ("languageIn", lambda v: book.links(book.items(v), page)),
    ]
    if kind := of("class"):
        found.append(filled("class" if of("path") else "is-class", page, book.link(kind, page)))
    if node_kind := of("nodeKind"):
        found.append(words(say(_KINDS[node_kind], page), page, page))  # type: ignore[index]
    found += [filled(_KEYS[name], page, show(value)) for name, show in simple if (value := of(name)) is not None]
    if of("uniqueLang"):
        found.append(words(say("unique", page), page, page))
    if choice := of("or"):
        found.append(
            filled("or", page, joined([_brief(book, e, page) for e in book.items(choice)], say("either", page)))
        )
    if (inner := of("qualifiedValueShape")) is not None:
        found.append(filled("qualified", page, joined([*_counts(of, page, "qualified")]), _brief(book, inner, page)))
    for query in book.of(shape, "sh:sparql"):
        text = book.plain(query, "sh:select", "en")
        found.append(filled("query", page, tag("pre", tag("code", text), dir="ltr", lang="en", tabindex="0")))
    return found


def severity(book: Book, shape: Value) -> str:
    """Return `Violation`, `Warning` or `Info`."""
    value = book.one(shape, "sh:severity")
    return value.value.removeprefix(PREFIXES["sh"]) if isinstance(value, NamedNode) else "Violation"


_COUNTED = ("qualifiedValueShape", "hasValue", "sparql")
"""Constraints that say enough by themselves of how many values there are."""

_KEYS = {
    "datatype": "datatype-of",
    "pattern": "pattern",
    "minLength": "length",
    "minInclusive": "min",
    "maxInclusive": "max",
    "lessThan": "less",
    "disjoint": "disjoint",
    "hasValue": "has",
    "in": "in",
    "languageIn": "in-languages",
}


def _counts(of: Callable[[str], Value | None], page: str, prefix: str = "") -> Iterator[Markup]:
    names = ("qualifiedMinCount", "qualifiedMaxCount") if prefix else ("minCount", "maxCount")
    low, high = (value.value if isinstance(value := of(name), Literal) else None for name in names)
    if low is not None and low == high:
        yield filled("exactly", page, low)
    elif low is not None and high is not None:
        yield filled("between", page, low, high)
    elif low is not None:
        yield filled("least", page, low)
    elif high is not None:
        yield filled("most", page, high)
    elif of("path") is not None and not prefix and all(of(name) is None for name in _COUNTED):
        yield words(say("any", page), page, page)


def _brief(book: Book, shape: Value, page: str) -> Markup:
    """Return what a shape that others use stands for: its class or datatype, or its name."""
    kind = book.one(shape, "sh:class") or book.one(shape, "sh:datatype") or shape
    return book.link(kind, page)
