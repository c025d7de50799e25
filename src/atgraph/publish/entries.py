"""A term, a vocabulary or a shape comes in with the book of all, its entry on a reference page goes out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from atgraph.names import LANGUAGES, ONTOLOGY, iri, shorten
from atgraph.publish.demands import demands, filled, path, severity
from atgraph.publish.history import History
from atgraph.publish.html import Markup, code, joined, tag, words
from atgraph.publish.terms import Book, Value, anchor
from atgraph.publish.wording import say
from atgraph.turtle import pretty

_MAPPINGS = (
    *("skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch"),
    *("rdfs:seeAlso", "owl:equivalentProperty"),
)
_CONCEPT = iri("skos:Concept")
_TERM = re.compile(
    r"\batg:(?P<term>[A-Za-z]\w*)|(?P<quote>\"\"\"|\")(?P<text>(?:[^\"\\]|\\.)*)(?P=quote)@(?P<language>[a-z]{2})"
)
"""In Turtle as `pretty` writes it: a term of the ontology, or a text with its language."""

Pairs = list[tuple[str, list[Markup]]]


def listed(pairs: Pairs, page: str) -> Markup:
    """Return a list of names and values; a name without values is left out, several values stand below each other."""
    rows = []
    for key, values in pairs:
        if any(values):
            rows += [tag("dt", words(say(key, page), page, page)), *(tag("dd", value) for value in values if value)]
    return tag("dl", *rows) if rows else Markup("")


def term(book: Book, node: NamedNode, page: str, history: History, examples: set[NamedNode]) -> Markup:
    """Return the entry of a class or a property."""
    about = anchor(node.value)
    pairs: Pairs = [
        ("is-a", [book.links(_named(book.of(node, "rdfs:subClassOf")), page)]),
        ("kinds", [book.links(book.using(node, "rdfs:subClassOf"), page)]),
        ("is", [_restriction(book, each, page) for each in book.of(node, "owl:equivalentClass")]),
        ("apart", [book.links(_apart(book, node), page)]),
        ("domain", [book.links(book.of(node, "rdfs:domain"), page)]),
        ("values" if _gives_values(book, node) else "range", [book.links(book.of(node, "rdfs:range"), page)]),
        ("implies", [book.links(book.of(node, "rdfs:subPropertyOf"), page)]),
        ("implied", [book.links(book.using(node, "rdfs:subPropertyOf"), page)]),
        ("chain", [path(book, each, page) for each in book.of(node, "owl:propertyChainAxiom")]),
        ("properties", [book.links(book.using(node, "rdfs:domain"), page)]),
        ("uses", [book.links(book.using(node, "rdfs:range"), page)]),
        ("checked", [book.links(checks(book, node), page)]),
        ("related", [book.links(_mapped(book, node), page)]),
        ("example-turtle", [_to_example(about, page) if node in examples else Markup("")]),
        ("history", _history(history, node, page)),
    ]
    return tag(
        "section",
        tag("h3", book.label(node, page), " ", code(f"atg:{about}"), _since(history, node, page)),
        _deprecated(book, node, page),
        tag("p", book.text(node, "skos:definition", page) or Markup(""), class_="definition"),
        _remark("example", book, node, "skos:example", page),
        _remark("note", book, node, "skos:scopeNote", page),
        listed(pairs, page),
        id=about,
        class_="entry",
    )


def scheme(book: Book, node: NamedNode, page: str, history: History) -> Markup:
    """Return the entry of a vocabulary with all its concepts."""
    concepts = book.using(node, "skos:inScheme")
    name = anchor(node.value)
    # A collection that orders concepts stands among them, and is none.
    count = filled("concepts", page, str(sum(_CONCEPT in book.of(each, "rdf:type") for each in concepts)))
    return tag(
        "section",
        tag("h3", book.label(node, page), " ", code(name), _since(history, node, page)),
        tag("p", book.text(node, "skos:definition", page) or Markup(""), class_="definition"),
        _remark("note", book, node, "skos:scopeNote", page),
        tag("p", count, class_="quiet"),
        tag("div", *(_concept(book, each, page, history) for each in concepts), class_="concepts"),
        id=name,
        class_="entry vocabulary",
    )


def _concept(book: Book, node: NamedNode, page: str, history: History) -> Markup:
    texts = {each.language: each.value for each in book.of(node, "skos:prefLabel") if isinstance(each, Literal)}
    # Chinese and the others are told apart by their tags, so that each gets its letters and its voice.
    others = [
        tag("bdi", texts[each], lang=each, dir="rtl" if each == "ar" else "ltr")
        for each in LANGUAGES
        if each in texts and each != page
    ]
    definition = book.text(node, "skos:definition", page)
    pairs: Pairs = [
        ("broader", [book.links(book.of(node, "skos:broader"), page)]),
        ("strength", [book.links(book.of(node, "atg:hasStrength"), page)]),
        ("elsewhere", [book.links(_mapped(book, node), page)]),
        ("languages", [joined(others, " · ")]),
        ("history", _history(history, node, page)),
    ]
    return tag(
        "section",
        tag("h4", book.label(node, page), " ", code(shorten(node.value))),
        _deprecated(book, node, page),
        tag("p", definition) if definition else Markup(""),
        _remark("example", book, node, "skos:example", page),
        _remark("note", book, node, "skos:scopeNote", page),
        listed(pairs, page),
        id=anchor(node.value),
        class_="concept",
    )


def shape(book: Book, node: NamedNode, page: str, history: History) -> Markup:
    """Return the entry of a node shape with its property shapes."""
    targets = book.links(book.of(node, "sh:targetClass"), page)
    name = anchor(node.value)
    own: Pairs = [
        ("target", [targets or words(say("target-none", page), page, page)]),
        ("demand", demands(book, node, page)),
        ("history", _history(history, node, page)),
    ]
    parts = [_property_shape(book, each, page, history) for each in book.of(node, "sh:property")]
    return tag(
        "section",
        tag("h3", book.label(node, page), " ", code(shorten(node.value)), _since(history, node, page)),
        _deprecated(book, node, page),
        tag("p", book.text(node, "sh:description", page) or Markup(""), class_="definition"),
        listed(own, page),
        *parts,
        id=name,
        class_="entry",
    )


def _property_shape(book: Book, node: Value, page: str, history: History) -> Markup:
    assert isinstance(node, NamedNode)
    level = severity(book, node)
    pairs: Pairs = [
        ("path", [path(book, book.one(node, "sh:path"), page)]),
        ("demand", demands(book, node, page)),
        ("why", [book.text(node, "sh:description", page) or Markup("")]),
        ("severity", [tag("span", words(say(level, page), page, page), class_=f"severity {level.lower()}")]),
        ("message", [book.text(node, "sh:message", page) or Markup("")]),
        ("history", _history(history, node, page)),
    ]
    return tag(
        "section",
        tag("h4", book.label(node, page), " ", code(shorten(node.value))),
        listed(pairs, page),
        id=anchor(node.value),
        class_="concept",
    )


def checks(book: Book, node: NamedNode) -> list[NamedNode]:
    """Return the shapes that look at a class, or at the values of a property."""
    return [*book.using(node, "sh:targetClass"), *book.using(node, "sh:path")]


def example(book: Book, node: NamedNode, triples: Iterable[Triple], page: str) -> Markup:
    """Return the entry of an example: one thing of a class in Turtle, our terms linked."""
    body = pretty(triples).partition("\n\n")[2].rstrip("\n")
    parts: list[str] = []
    at = 0
    for match in _TERM.finditer(body):
        parts.append(body[at : match.start()])
        at = match.end()
        if language := match["language"]:
            text = tag("bdi", match["text"], lang=language, dir="rtl" if language == "ar" else "ltr")
            parts += [match["quote"], text, match["quote"], f"@{language}"]
        else:
            known = NamedNode(ONTOLOGY + match["term"]) in book
            parts.append(tag("a", match[0], href=f"#{match['term']}") if known else match[0])
    inside = joined([*parts, body[at:]], "")
    return tag(
        "section",
        tag("h3", book.label(node, page), " ", tag("a", code(anchor(node.value)), href=f"#{anchor(node.value)}")),
        tag("pre", tag("code", inside), dir="ltr", lang="en", tabindex="0", translate="no"),
        id=f"example-{anchor(node.value)}",
        class_="entry",
    )


def _remark(key: str, book: Book, node: NamedNode, name: str, page: str) -> Markup:
    text = book.text(node, name, page)
    if text is None:
        return Markup("")
    return tag("p", tag("b", words(say(key, page), page, page)), ": ", text, class_="remark")


def _since(history: History, node: NamedNode, page: str) -> Markup:
    changes = history.get(node.value)
    if not changes:
        return Markup("")
    return joined([" ", tag("small", filled("since", page, tag("bdi", changes[0].version, dir="ltr")))], "")


def _history(history: History, node: NamedNode, page: str) -> list[Markup]:
    """Return the changes of a term; that it was added is told beside its name."""
    return [words(change.note(page), page, page) for change in history.get(node.value, [])[1:]]


def _deprecated(book: Book, node: NamedNode, page: str) -> Markup:
    if not book.of(node, "owl:deprecated"):
        return Markup("")
    found: list[str] = [tag("b", words(say("deprecated", page), page, page))]
    if instead := book.of(node, "dcterms:isReplacedBy"):
        found.append(filled("instead", page, book.links(instead, page)))
    return tag("p", joined(found, ": "), class_="deprecated")


def _restriction(book: Book, node: Value, page: str) -> Markup:
    if not isinstance(node, BlankNode):
        return book.link(node, page)
    parts = [book.links(book.of(node, name), page) for name in ("owl:onProperty", "owl:hasValue")]
    return filled("whose", page, *parts)


def _apart(book: Book, node: NamedNode) -> list[Value]:
    """Return the classes that are declared disjoint with a class."""
    found: set[Value] = set()
    for group in book.disjoint:
        if node in group:
            found |= set(group) - {node}
    return sorted(found, key=str)


def _named(values: Iterable[Value]) -> list[Value]:
    return [value for value in values if isinstance(value, NamedNode)]


def _mapped(book: Book, node: NamedNode) -> list[Value]:
    return [value for name in _MAPPINGS for value in book.of(node, name)]


def _gives_values(book: Book, node: NamedNode) -> bool:
    return iri("owl:DatatypeProperty") in book.of(node, "rdf:type")


def _to_example(name: str, page: str) -> Markup:
    return tag("a", words(say("see-example", page), page, page), href=f"#example-{name}")
