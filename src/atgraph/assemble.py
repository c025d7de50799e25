"""What was read and what a curator decided come in; quads go out, each in its source's graph, tied to its passage."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from atgraph import dates, layout, lexicon, names, reviews, speakers
from atgraph.extraction import Extraction
from atgraph.model import Field, Link, Paragraph, Provision, Span, Statistic
from atgraph.names import iri, thing

_GROUP_CLASS = {
    "commitment": "Pledge",
    "directive": "Call",
    "position": "Position",
    "finding": "Finding",
    "procedure": "Formality",
}
_FIELDS = {
    "symbol": "atg:symbol",
    "date": "dcterms:date",
    "session": "atg:session",
    "agenda_item": "atg:agendaItem",
    "original_language": "atg:originalLanguage",
    "signatory": "atg:signatory",
    "observance": "atg:marks",
}
_CONTEXT = 32
"""Code points of prefix and suffix around a quote."""


@dataclass(frozen=True)
class Card:
    """What a source's folder says of itself in `source.toml`."""

    slug: str
    kind: str
    annex_kind: str
    publisher: str
    issued_by: str
    licence: str
    note: str
    retrieved: str
    symbol: str
    expected: dict[str, int]
    texts: tuple[dict[str, Any], ...]
    differences: tuple[dict[str, str], ...] = ()


def _typed_date(value: str) -> Literal:
    kind = {4: "gYear", 7: "gYearMonth", 10: "date"}[len(value)]
    return Literal(value, datatype=iri(f"xsd:{kind}"))


def _decimal(value: float | str) -> Literal:
    return Literal(str(value), datatype=iri("xsd:decimal"))


def _integer(value: int, kind: str = "integer") -> Literal:
    return Literal(str(value), datatype=iri(f"xsd:{kind}"))


def _boolean(value: bool) -> Literal:
    return Literal("true" if value else "false", datatype=iri("xsd:boolean"))


def target(link: Link | Field, kind: str) -> NamedNode:
    """Return the IRI of what a link points to.

    >>> target(Link("a-res-68-192#5", "document", (0, 1), "number"), "document").value
    'https://w3id.org/atgraph/id/paragraph/a-res-68-192.5'
    """
    slug = link.slug if isinstance(link, Link) else link.value
    if "#" in slug:
        return thing("paragraph", *slug.split("#", 1))
    return thing(kind, slug)


@cache
def _kind_of_actor(slug: str) -> str:
    if len(slug) == 3 and slug.isupper():
        return "state"
    return next(
        (kind for kind in ("group", "body", "actor-class") if (kind, slug) in lexicon.names_of()), "actor-class"
    )


def quads(
    card: Card,
    extractions: tuple[Extraction, ...],
    pairs: list[dict[int, Provision]],
    reviewed: Iterable[Provision | None],
    decisions: Iterable[reviews.Decision],
) -> tuple[Quad, ...]:
    """Return all that one source says; `pairs` has, for each translation, its provision by the first one's index."""
    return tuple(_Writer(card, extractions, pairs).quads(reviewed, decisions))


class _Writer:
    """Writes one source's quads; holds what they all share."""

    def __init__(self, card: Card, extractions: tuple[Extraction, ...], pairs: list[dict[int, Provision]]) -> None:
        self.card = card
        self.extractions = extractions
        self.pairs = pairs
        self.graph = names.graph(card.slug)
        self.document = thing("document", card.slug)
        self.paragraphs, *self.translated = [{p.name: p for p in e.document.paragraphs} for e in extractions]
        self.parts = {p.part for p in self.paragraphs.values()}
        self.activity = thing("activity", card.slug, "reading")
        self.found: dict[Quad, None] = {}

    def add(self, subject: NamedNode, predicate: str, *values: NamedNode | Literal | None) -> None:
        for value in values:
            if value is not None:
                self.found[Quad(subject, iri(predicate), value, self.graph)] = None

    def part(self, name: str) -> NamedNode:
        return thing("document", self.card.slug, "annex") if name == "annex" else self.document

    def expression(self, extraction: Extraction) -> NamedNode:
        return thing("expression", self.card.slug, extraction.document.language)

    def quads(self, reviewed: Iterable[Provision | None], decisions: Iterable[reviews.Decision]) -> list[Quad]:
        self.header()
        for extraction, text in zip(self.extractions, self.card.texts, strict=True):
            self.expressed(extraction, text)
        first = self.extractions[0]
        orders: Counter[str] = Counter()
        for paragraph in first.document.paragraphs:
            if paragraph.kind in ("text", "item") or (paragraph.kind == "footnote" and paragraph.parent):
                orders[paragraph.part] += 1
                self.paragraph(paragraph, orders[paragraph.part])
        self.members()
        for index, (read, decided) in enumerate(zip(first.provisions, reviewed, strict=True)):
            self.readings(read, f"{read.paragraph}.{read.order}")
            for number, told in enumerate(read.reports, 1):
                self.readings(told, f"{read.paragraph}.{read.order}.r{number}")
            if decided is not None:
                self.provision(index, decided)
        for number, decision in enumerate(decisions, 1):
            self.review(number, decision)
        return list(self.found)

    def header(self) -> None:
        fields, add = self.extractions[0].document.fields, self.add
        add(self.document, "rdf:type", iri("atg:Document"))
        add(self.document, "atg:hasKind", thing("instrument-kind", self.card.kind))
        publisher = thing("agent", names.symbol_slug(self.card.publisher))
        add(self.document, "dcterms:publisher", publisher)
        add(publisher, "rdf:type", iri("foaf:Organization"))
        add(publisher, "foaf:name", Literal(self.card.publisher, language="en"))
        add(self.document, "schema:copyrightNotice", Literal(self.card.licence, language="en"))
        if self.card.note:
            add(self.document, "skos:note", Literal(self.card.note, language="en"))
        if self.card.issued_by:
            add(self.document, "atg:isIssuedBy", thing(_kind_of_actor(self.card.issued_by), self.card.issued_by))
        if "annex" in self.parts:
            annex = self.part("annex")
            add(annex, "rdf:type", iri("atg:Document"))
            add(annex, "dcterms:isPartOf", self.document)
            add(annex, "atg:hasKind", thing("instrument-kind", self.card.annex_kind or "statement"))
            author = speakers.authors(self.extractions[0].reading)["annex"]
            add(annex, "atg:isIssuedBy", thing(_kind_of_actor(author), author))
            if "date" in fields:
                add(annex, "dcterms:date", _typed_date(fields["date"].value))
        if self.card.symbol and "symbol" not in fields:
            add(self.document, "atg:symbol", Literal(self.card.symbol))
        for name, predicate in _FIELDS.items():
            if name in fields:
                holder = self.part("annex") if name == "observance" and "annex" in self.parts else self.document
                value = self.field_value(name, fields[name].value)
                add(holder, predicate, value)
                self.reading(f"header.{name}", holder, predicate, value, fields[name].span, fields[name].rule, "", 1.0)
        for extraction, text in zip(self.extractions, self.card.texts, strict=True):
            said, language = extraction.document.fields, extraction.document.language
            annex = self.part("annex" if "annex" in self.parts else "")
            if "title" not in said:
                # Many an old resolution prints none; what has no name at all could not be listed.
                symbol = said["symbol"].value if "symbol" in said else self.card.symbol
                label = text.get("title") or symbol or self.card.slug
                add(self.document, "skos:prefLabel", Literal(label, language=language))
            if annex != self.document and "annex_title" not in said:
                head = next(p for p in extraction.document.paragraphs if p.kind == "annex")
                label = extraction.quote((head.start, head.end))
                add(annex, "skos:prefLabel", Literal(label, language=language))
            titles = {"title": (self.document, "skos:prefLabel"), "annex_title": (annex, "skos:prefLabel")}
            for name, (holder, predicate) in {**titles, "theme": (annex, "dcterms:alternative")}.items():
                if name in said:
                    words = Literal(said[name].value, language=language)
                    add(holder, predicate, words)
                    if extraction is self.extractions[0]:
                        self.reading(
                            f"header.{name}", holder, predicate, words, said[name].span, said[name].rule, "", 1.0
                        )

    def field_value(self, name: str, value: str) -> NamedNode | Literal:
        match name:
            case "date":
                return _typed_date(value)
            case "original_language":
                return NamedNode(names.LANGUAGE_IRI[value])
            case "observance":
                return thing("observance", value)
            case "signatory":
                return Literal(value, language=self.extractions[0].document.language)
            case _:
                return Literal(value)

    def expressed(self, extraction: Extraction, text: dict[str, Any]) -> None:
        node, language = self.expression(extraction), extraction.document.language
        add = self.add
        add(node, "rdf:type", iri("atg:Expression"))
        add(node, "atg:isExpressionOf", self.document)
        add(node, "dcterms:language", NamedNode(names.LANGUAGE_IRI[language]))
        add(node, "atg:text", Literal(extraction.document.text, language=language))
        add(node, "atg:sha256", Literal(extraction.document.sha256))
        add(node, "atg:official", _boolean(bool(text["official"])))
        add(node, "oa:textDirection", iri("oa:rtlDirection" if language == "ar" else "oa:ltrDirection"))
        if "translation_of" in text:
            add(node, "atg:isTranslationOf", thing("expression", self.card.slug, text["translation_of"]))
        if "note" in text:
            add(node, "skos:note", Literal(text["note"], language="en"))
        agent = thing("agent", "atgraph")
        add(self.activity, "rdf:type", iri("prov:Activity"))
        add(self.activity, "rdfs:label", Literal(f"The reading of {self.card.slug}", language="en"))
        add(self.activity, "prov:used", node)
        add(self.activity, "prov:wasAssociatedWith", agent)
        add(agent, "rdf:type", iri("prov:SoftwareAgent"))
        add(agent, "rdfs:label", Literal("atgraph", language="en"))

    def passage(self, name: str, span: Span, extraction: Extraction | None = None) -> NamedNode:
        """Write a passage and its two selectors, and return it."""
        extraction = extraction or self.extractions[0]
        language, text = extraction.document.language, extraction.document.text
        node = thing("passage", self.card.slug, name, language)
        quote = thing("selector", self.card.slug, name, language, "quote")
        position = thing("selector", self.card.slug, name, language, "position")
        start, end = span
        add = self.add
        add(node, "rdf:type", iri("atg:Passage"), iri("oa:SpecificResource"))
        add(node, "oa:hasSource", self.expression(extraction))
        add(node, "oa:hasSelector", quote, position)
        add(quote, "rdf:type", iri("oa:TextQuoteSelector"))
        add(quote, "oa:exact", Literal(text[start:end], language=language))
        add(quote, "oa:prefix", Literal(text[max(0, start - _CONTEXT) : start], language=language))
        add(quote, "oa:suffix", Literal(text[end : end + _CONTEXT], language=language))
        add(position, "rdf:type", iri("oa:TextPositionSelector"))
        add(position, "oa:start", _integer(start, "nonNegativeInteger"))
        add(position, "oa:end", _integer(end, "nonNegativeInteger"))
        return node

    def paragraph(self, paragraph: Paragraph, order: int) -> None:
        node = thing("paragraph", self.card.slug, paragraph.name)
        self.add(node, "rdf:type", iri("atg:Paragraph"))
        self.add(node, "atg:isPartOf", self.part(paragraph.part))
        self.add(node, "atg:number", Literal(paragraph.number))
        self.add(node, "atg:order", _integer(order))
        self.add(node, "atg:hasPassage", self.passage(f"{paragraph.name}.whole", (paragraph.start, paragraph.end)))
        if paragraph.kind == "footnote":
            home = self.paragraphs.get(replace(paragraph, number=paragraph.parent).name)
            # A note to the masthead is a note to what is no paragraph in the graph.
            if home and home.kind in ("text", "item"):
                self.add(node, "atg:isFootnoteOf", thing("paragraph", self.card.slug, home.name))
        for extraction, paragraphs in zip(self.extractions[1:], self.translated, strict=True):
            twin = paragraphs.get(paragraph.name)
            if twin and twin.kind == paragraph.kind:
                self.add(
                    node, "atg:hasPassage", self.passage(f"{paragraph.name}.whole", (twin.start, twin.end), extraction)
                )

    def members(self) -> None:
        document = self.extractions[0].document
        if not document.members:
            return
        holder = self.part("annex" if "annex" in self.parts else "")
        author = speakers.authors(self.extractions[0].reading)["annex" if "annex" in self.parts else ""]
        for order, member in enumerate(document.members, 1):
            state = thing("state", member.value)
            self.add(holder, "atg:listsMember", state)
            if _kind_of_actor(author) != "group":
                self.reading(f"member-{order}", holder, "atg:listsMember", state, member.span, member.rule, "", 1.0)
            else:
                passage = self.passage(f"member-{order}", member.span)
                node = thing("membership", author, member.value, self.card.slug)
                self.add(node, "rdf:type", iri("org:Membership"))
                self.add(node, "org:member", state)
                self.add(node, "org:organization", thing("group", author))
                self.add(node, "atg:isAttestedBy", self.document)
                self.add(node, "atg:hasPassage", passage)
                self.add(node, "atg:hasReliability", thing("reliability", "verified"))
                if "date" in document.fields:
                    self.add(node, "atg:attestationDate", _typed_date(document.fields["date"].value))

    def provision(self, index: int, provision: Provision) -> None:
        name = f"{provision.paragraph}.{provision.order}"
        node = thing("provision", self.card.slug, name)
        part = self.paragraphs[provision.paragraph].part
        pairs = zip(self.pairs, self.extractions[1:], strict=True)
        twins = [(pair[index], extraction) for pair, extraction in pairs if index in pair]
        self.act(node, provision)
        self.add(node, "atg:isIssuedIn", self.part(part))
        self.quoted(node, name, provision, twins)
        for number, figure in enumerate(provision.statistics, 1):
            self.statistic(node, name, number, figure)
        for number, told in enumerate(provision.reports, 1):
            other = thing("provision", self.card.slug, name, f"r{number}")
            self.add(node, "atg:reports", other)
            self.act(other, told)
            theirs = [(twin.reports[number - 1], e) for twin, e in twins if len(twin.reports) >= number]
            self.quoted(other, f"{name}.r{number}", told, theirs)

    def quoted(
        self, node: NamedNode, name: str, provision: Provision, twins: Iterable[tuple[Provision, Extraction]]
    ) -> None:
        """Write the passage of a provision, and those of its twins in the translations."""
        self.add(node, "atg:hasPassage", self.passage(name, (provision.start, provision.end)))
        for twin, extraction in twins:
            self.add(node, "atg:hasPassage", self.passage(name, (twin.start, twin.end), extraction))

    def statistic(self, provision: NamedNode, name: str, number: int, figure: Statistic) -> None:
        node = thing("statistic", self.card.slug, name, number)
        self.add(provision, "atg:statesStatistic", node)
        self.add(node, "rdf:type", iri("atg:Statistic"), iri("schema:Observation"))
        self.add(node, "schema:value", _decimal(figure.value))
        self.add(node, "schema:unitText", Literal(figure.unit))
        self.add(node, "atg:approximate", _boolean(figure.approximate))
        self.add(node, "atg:hasPassage", self.passage(f"{name}.figure-{number}", figure.span))
        if figure.population:
            words = self.extractions[0].quote(figure.population).strip()
            self.add(node, "atg:population", Literal(words, language=self.extractions[0].document.language))

    def act(self, node: NamedNode, provision: Provision) -> None:
        """Write what own and reported provisions have in common."""
        add = self.add
        act = thing("act", provision.act.slug)
        add(node, "rdf:type", iri(f"atg:{_GROUP_CLASS[lexicon.act_groups()[provision.act.slug]]}"))
        add(node, "atg:performsAct", act)
        add(node, "atg:isMadeBy", thing(_kind_of_actor(provision.speaker.slug), provision.speaker.slug))
        add(node, "atg:isInParagraph", thing("paragraph", self.card.slug, provision.paragraph))
        add(node, "atg:order", _integer(provision.order))
        add(node, "prov:wasGeneratedBy", self.activity)
        add(node, "atg:confidence", _decimal(provision.confidence))
        unsure = provision.confidence < reviews.DOUBTFUL or self.extractions[0].document.needs_review
        add(node, "atg:needsReview", _boolean(True) if unsure else None)
        for link in provision.addressees:
            add(node, "atg:isAddressedTo", target(link, link.kind))
        for link in provision.cites:
            add(node, "atg:cites" if link.kind == "document" else "atg:mentions", self.cited(link))
        for link in provision.themes:
            add(node, "atg:concerns", target(link, "theme"))
        if provision.deadline:
            add(node, "atg:deadline", _typed_date(provision.deadline.slug))
        for language in names.LANGUAGES:
            add(node, "rdfs:label", Literal(label(provision, language), language=language))

    def cited(self, link: Link) -> NamedNode:
        """Return what is cited, with its type and identifiers where the reference data does not know it."""
        node = target(link, link.kind)
        if link.kind == "document":
            document, _, number = link.slug.partition("#")
            if number:
                self.add(node, "rdf:type", iri("atg:Paragraph"))
                self.add(node, "atg:isPartOf", thing("document", document))
                self.add(node, "atg:number", Literal(number))
            symbol = names.document_symbol(document) or self.symbol(document, link.span)
            if symbol and document != self.card.slug and ("document", document) not in lexicon.names_of():
                self.add(thing("document", document), "rdf:type", iri("atg:Document"))
                kind = "resolution" if names.resolving_organ(symbol) else "document"
                self.add(thing("document", document), "atg:hasKind", thing("instrument-kind", kind))
                self.add(thing("document", document), "atg:symbol", Literal(symbol))
                for language in names.LANGUAGES:
                    self.add(thing("document", document), "skos:prefLabel", Literal(symbol, language=language))
        return node

    def symbol(self, document: str, span: Span) -> str | None:
        """Return the symbol of a document as a citation prints it; what kind of document it is, it does not tell."""
        words = self.extractions[0].quote(span).translate(dates.DIGITS)
        found = (match[0] for match in re.finditer(layout.SYMBOL, words))
        return next((symbol for symbol in found if names.symbol_slug(symbol) == document), None)

    def readings(self, provision: Provision, name: str) -> None:
        """Write, for each link that was read, from which words and by which rule."""
        node = thing("provision", self.card.slug, name)
        for number, (predicate, value, link) in enumerate(self.links(provision), 1):
            rule, _, matched = link.rule.partition(":") if link.rule.startswith("label:") else (link.rule, "", "")
            self.reading(name, node, predicate, value, link.span, rule, matched, link.confidence, number)

    def links(self, provision: Provision) -> Iterator[tuple[str, NamedNode | Literal, Link]]:
        yield "atg:performsAct", thing("act", provision.act.slug), provision.act
        speaker = provision.speaker
        yield "atg:isMadeBy", thing(_kind_of_actor(speaker.slug), speaker.slug), speaker
        for link in provision.addressees:
            yield "atg:isAddressedTo", target(link, link.kind), link
        for link in provision.cites:
            yield ("atg:cites" if link.kind == "document" else "atg:mentions"), target(link, link.kind), link
        for link in provision.themes:
            yield "atg:concerns", target(link, "theme"), link
        if provision.deadline:
            yield "atg:deadline", _typed_date(provision.deadline.slug), provision.deadline

    def reading(
        self,
        name: str,
        subject: NamedNode,
        predicate: str,
        value: NamedNode | Literal,
        span: Span,
        rule: str,
        matched: str,
        confidence: float,
        number: int = 1,
    ) -> None:
        if span[0] == span[1]:
            return
        language = self.extractions[0].document.language
        node = thing("reading", self.card.slug, name, language, number)
        add = self.add
        add(node, "rdf:type", iri("atg:Reading"))
        add(node, "rdf:subject", subject)
        add(node, "rdf:predicate", iri(predicate))
        add(node, "rdf:object", value)
        add(node, "atg:rule", Literal(rule))
        add(node, "atg:matchedLabel", Literal(matched, language=language) if matched else None)
        add(node, "atg:confidence", _decimal(confidence))
        add(
            node,
            "atg:hasPassage",
            self.passage(f"{name}.w{number}" if number > 1 or not name.startswith("header") else name, span),
        )

    def review(self, number: int, decision: reviews.Decision) -> None:
        node = thing("review", self.card.slug, number)
        add = self.add
        provision = thing("provision", self.card.slug, decision.paragraph, decision.order)
        add(node, "rdf:type", iri("atg:Review"))
        if decision.kind == "reject":
            # The provision is gone: what is left to review is the passage, and each link that was read there.
            add(node, "atg:reviews", self.passage(f"{decision.paragraph}.{decision.order}", decision.span))
            read = [q.subject for q in self.found if q.predicate == iri("rdf:subject") and q.object == provision]
            add(node, "atg:reviews", *(subject for subject in read if isinstance(subject, NamedNode)))
        else:
            add(node, "atg:reviews", provision)
        add(node, "atg:hasDecision", thing("decision", decision.kind))
        add(node, "dcterms:creator", Literal(decision.who))
        add(node, "dcterms:date", _typed_date(decision.when))
        add(node, "rdfs:comment", Literal(decision.why, language="en"))


_BY = {"ar": "بحلول {}", "zh": "至迟{}", "en": "by {}", "fr": "d’ici à {}", "ru": "к {}", "es": "a más tardar {}"}


_PUNCTUATION = {
    "ar": ("، ", ": ", " (", ")"),
    "fr": (", ", " : ", " (", ")"),
    "zh": ("、", "：", "（", "）"),
}
"""Comma, colon and parentheses of a label, where they are not the English ones."""


def label(provision: Provision, language: str) -> str:
    """Return a provision in words of any language, made from its structure: who, what, to whom, on what, by when."""
    known = lexicon.names_of()

    def name(kind: str, slug: str) -> str:
        return known.get((kind, slug), {}).get(language) or names.document_symbol(slug) or slug

    comma, colon, opened, closed = _PUNCTUATION.get(language, (", ", ": ", " (", ")"))
    speaker = name(_kind_of_actor(provision.speaker.slug), provision.speaker.slug)
    words = f"{speaker}{colon}{name('act', provision.act.slug)}"
    if provision.addressees:
        words += " → " + comma.join(name(link.kind, link.slug) for link in provision.addressees)
    about = [name("theme", link.slug) for link in provision.themes[:4]] or [
        name(link.kind, link.slug.partition("#")[0]) for link in provision.cites[:3]
    ]
    if about:
        words += f"{opened}{comma.join(about)}{closed}"
    if provision.deadline:
        words += " — " + _BY[language].format(provision.deadline.slug)
    return words
