"""The ontology, its vocabularies, shapes and examples come in, one reference page in English or in Arabic goes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from atgraph.names import ONTOLOGY, PREFIXES, shorten
from atgraph.publish import diagram, entries
from atgraph.publish.demands import filled
from atgraph.publish.history import History
from atgraph.publish.html import Markup, code, joined, tag, words
from atgraph.publish.terms import Book, Value, anchor
from atgraph.publish.wording import say

PAGES = {"en": "index.html", "ar": "index.ar.html"}
STYLE = "style.css"
FORMATS = {"ttl": "Turtle", "jsonld": "JSON-LD", "rdf": "RDF/XML", "nt": "N-Triples"}

_HEAD = NamedNode(ONTOLOGY)
_CLASS, _OBJECT, _DATATYPE = "owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty"
_FACTS = {
    "version": "owl:versionInfo",
    "version-iri": "owl:versionIRI",
    "prior": "owl:priorVersion",
    "issued": "dcterms:issued",
    "modified": "dcterms:modified",
    "prefix": "vann:preferredNamespacePrefix",
    "licence": "dcterms:license",
}


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a page: its anchor and key in the table of words, its content, the terms it lists."""

    key: str
    content: list[Markup]
    terms: list[NamedNode]


def page(book: Book, history: History, examples: Mapping[NamedNode, Iterable[Triple]], language: str) -> str:
    """Return the reference page in `en` or `ar`."""

    def entry(node: NamedNode) -> Markup:
        return entries.term(book, node, language, history, set(examples))

    classes = [each for each in book.kind(_CLASS) if each.value.startswith(ONTOLOGY)]
    objects, data = book.kind(_OBJECT), book.kind(_DATATYPE)
    schemes = book.kind("skos:ConceptScheme")
    shapes = book.kind("sh:NodeShape")
    sections = [
        Section("about", [_about(book, language)], []),
        Section("drawing", [_drawing(book, language)], []),
        Section("classes", [entry(each) for each in classes], classes),
        Section("object", [entry(each) for each in objects], objects),
        Section("datatype", [entry(each) for each in data], data),
        Section("vocabularies", [entries.scheme(book, each, language, history) for each in schemes], schemes),
        Section(
            "shapes",
            [_paragraph("shapes-intro", language), *(entries.shape(book, each, language, history) for each in shapes)],
            shapes,
        ),
        Section(
            "examples",
            [
                _paragraph("examples-intro", language),
                *(entries.example(book, each, triples, language) for each, triples in examples.items()),
            ],
            [],
        ),
        Section("changes", [_paragraph("policy", language), *_changes(history, language)], []),
    ]
    body = tag(
        "body",
        tag("a", words(say("skip", language), language, language), href="#content", class_="skip"),
        _banner(book, language),
        tag(
            "div",
            tag("nav", *_contents(book, sections, language), aria_labelledby="contents"),
            tag("main", *(_section(each, language) for each in sections), id="content"),
            class_="columns",
        ),
        tag("footer", tag("p", _text(book, "dcterms:bibliographicCitation", language))),
    )
    html = tag("html", _metadata(book, language), body, lang=language, dir="rtl" if language == "ar" else "ltr")
    return f"<!DOCTYPE html>\n{html}\n"


def links(book: Book) -> Iterator[diagram.Link]:
    """Yield what the shapes say of how things of our classes are linked, by local names."""
    for node_shape in book.kind("sh:NodeShape"):
        for source in book.of(node_shape, "sh:targetClass"):
            for shape in book.of(node_shape, "sh:property"):
                path = book.one(shape, "sh:path")
                choices: list[Value] = [each for head in book.of(shape, "sh:or") for each in book.items(head)]
                targets = [kind for each in (shape, *choices) for kind in book.of(each, "sh:class")]
                for target in targets:
                    names = [each.value for each in (source, path, target) if isinstance(each, NamedNode)]
                    if len(names) == 3 and names[1].startswith((ONTOLOGY, PREFIXES["oa"])):
                        yield diagram.Link(*(name.removeprefix(ONTOLOGY) for name in names))


def _metadata(book: Book, language: str) -> Markup:
    other = "en" if language == "ar" else "ar"
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", book.plain(_HEAD, "dcterms:title", language)),
        tag("meta", name="description", content=book.plain(_HEAD, "dcterms:description", language)),
        tag("link", rel="stylesheet", href=STYLE),
        tag("link", rel="icon", href="data:,"),
        tag("link", rel="canonical", href=ONTOLOGY),
        tag("link", rel="alternate", hreflang=other, href=PAGES[other]),
        *(tag("link", rel="alternate", type=_MEDIA[form], href=f"ontology.{form}") for form in FORMATS),
    )


_MEDIA = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "nt": "application/n-triples",
}


def _banner(book: Book, language: str) -> Markup:
    other = "en" if language == "ar" else "ar"
    href = PAGES[other]
    link = tag(
        "a", say("other", language), href=href, hreflang=other, lang=other, dir="rtl" if other == "ar" else "ltr"
    )
    return tag(
        "header",
        tag("p", link, class_="other"),
        tag("h1", _text(book, "dcterms:title", language)),
        tag("p", _text(book, "dcterms:description", language), class_="lead"),
    )


def _contents(book: Book, sections: list[Section], language: str) -> Iterator[Markup]:
    yield tag("h2", words(say("contents", language), language, language), id="contents")
    items = []
    for section in sections:
        title = tag("a", words(say(section.key, language), language, language), href=f"#{_anchor(section)}")
        if not section.terms:
            items.append(tag("li", title))
            continue
        inner = tag("ul", *(tag("li", _short(book, each, language)) for each in section.terms))
        count = tag("span", str(len(section.terms)), class_="quiet")
        items.append(tag("li", tag("details", tag("summary", title, " ", count), inner)))
    yield tag("ul", *items)


def _short(book: Book, node: NamedNode, language: str) -> Markup:
    """Return a link for the table of contents: the name in English, the label in Arabic."""
    name = anchor(node.value).rpartition("/")[2]
    label = code(name) if language == "en" or not book.of(node, "skos:prefLabel") else book.label(node, language)
    return tag("a", label, href=f"#{anchor(node.value)}")


def _section(section: Section, language: str) -> Markup:
    title = tag("h2", words(say(section.key, language), language, language), id=f"{_anchor(section)}-title")
    return tag("section", title, *section.content, id=_anchor(section), aria_labelledby=f"{_anchor(section)}-title")


def _anchor(section: Section) -> str:
    """Return a section's anchor, which no term can have: the names of terms have no hyphens."""
    return f"section-{section.key}"


def _about(book: Book, language: str) -> Markup:
    pairs: entries.Pairs = [("iri", [tag("a", code(ONTOLOGY), href=ONTOLOGY)])]
    for key, name in _FACTS.items():
        pairs.append((key, [_fact(each) for each in book.of(_HEAD, name)]))
    for key, stem in (("download-ontology", "ontology"), ("download-shapes", "shapes")):
        files = [
            tag("a", tag("bdi", label, dir="ltr", lang="en"), href=f"{stem}.{form}", type=_MEDIA[form])
            for form, label in FORMATS.items()
        ]
        pairs.append((key, [joined(files, " · ")]))
    return joined([tag("p", _text(book, "dcterms:abstract", language)), entries.listed(pairs, language)], "")


def _fact(value: Value) -> Markup:
    if isinstance(value, NamedNode):
        return tag("a", code(value.value), href=value.value)
    return tag("bdi", getattr(value, "value", ""), dir="ltr")


def _drawing(book: Book, language: str) -> Markup:
    shown = diagram.heart(links(book))

    def node(name: str) -> NamedNode:
        return NamedNode(name if ":" in name else ONTOLOGY + name)

    def label(name: str) -> str:
        return book.plain(node(name), "skos:prefLabel", language) or shorten(node(name).value)

    sentences = [f"{label(e.source)} – {label(e.property)} – {label(e.target)}" for e in shown]
    picture = diagram.svg(shown, label, say("drawing-of", language), "; ".join(sentences), language)

    def named(name: str) -> Markup:
        return book.link(node(name), language)

    rows = [tag("li", joined([named(e.source), named(e.property), named(e.target)], " – ")) for e in shown]
    frame = tag("div", picture, class_="frame", tabindex="0", role="region", aria_label=say("drawing-scroll", language))
    summary = tag("summary", words(say("drawing-text", language), language, language))
    return tag("figure", frame, tag("figcaption", tag("details", summary, tag("ul", *rows))))


def _changes(history: History, language: str) -> Iterator[Markup]:
    added: dict[tuple[str, str], int] = {}
    for changes in history.values():
        first = changes[0]
        added[first.version, first.date] = added.get((first.version, first.date), 0) + 1
    for (version, date), number in sorted(added.items()):
        parts = [tag("bdi", each, dir="ltr") for each in (version, date, str(number))]
        yield tag("p", filled("brings", language, *parts))
    later = [(term, change) for term, changes in history.items() for change in changes[1:]]
    if later:
        rows = [
            tag(
                "li",
                tag("a", code(anchor(term)), href=f"#{anchor(term)}"),
                " ",
                words(c.note(language), language, language),
            )
            for term, c in sorted(later, key=lambda each: (each[1].date, each[0]))
        ]
        yield tag("ul", *rows)


def _text(book: Book, name: str, language: str) -> Markup:
    return book.text(_HEAD, name, language) or Markup("")


def _paragraph(key: str, language: str) -> Markup:
    return tag("p", words(say(key, language), language, language))
