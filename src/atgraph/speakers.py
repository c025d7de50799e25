"""A document with its mentions comes in; who speaks in each of its parts goes out."""

from __future__ import annotations

import re

from atgraph import cues, names
from atgraph.folding import fold
from atgraph.mentions import Reading
from atgraph.model import Mention, Paragraph

_BY = re.compile(
    r"(?:\bby|\bof|aprobad[ao] por|por|par|принят\w+|صادرة? عن|اعتمد\w*|الصادرة? عن|通过)\s(?:\w+\s){0,4}$",
    re.IGNORECASE,
)


def authors(reading: Reading) -> dict[str, str]:
    """Return the slug of who speaks in each part of a document; the part `""` has the document's own author."""
    paragraphs = reading.document.paragraphs
    annex = [p for p in paragraphs if p.part == "annex"]
    if annex and any(p.part == "letter" for p in paragraphs):
        author = _author(reading, annex)
        return {"letter": "permanent-representative", "annex": author, "": author}
    return {"": _author(reading, list(paragraphs))}


def _author(reading: Reading, paragraphs: list[Paragraph]) -> str:
    """Return the author of some paragraphs: by symbol, enacting formula, first words, title, list, masthead."""
    document = reading.document
    symbol = document.fields["symbol"].value if "symbol" in document.fields else ""
    if organ := names.resolving_organ(symbol):
        return organ
    body = next((p for p in paragraphs if p.kind == "text"), None)
    if body is not None and document.text[body.end - 1] in ",،，" and body.end - body.start < 90:
        organs = [m for m in reading.within(body.start, body.end) if m.kind == "body"]
        if organs:
            return organs[0].slug
    head = [p for p in paragraphs if p.kind in ("masthead", "title") and (body is None or p.start < body.start)]
    titled = [m for p in head for m in reading.within(p.start, p.end)]
    opening = [] if body is None else reading.within(body.start, min(body.end, body.start + 260))
    own = [m for m in opening if m.kind in ("group", "body") and body and _self_named(reading, body.start, m)]
    states = [m for m in (*titled, *opening) if m.kind == "state"]
    groups = [m for m in titled if m.kind == "group"] or [m for m in opening if m.kind == "group" and not states]
    issuers = [m for m in titled if m.kind == "body" and _BY.search(document.text[max(0, m.start - 45) : m.start])]
    bodies = [m for m in titled if m.kind == "body"]
    speech = states if document.genre == "speech" else []
    several = len(document.members) >= 3
    for candidates in (own, speech, groups, issuers, [] if several else states, [] if several else bodies):
        if candidates:
            return candidates[0].slug
    return "group-of-states"


_APPOSED = re.compile(
    r"\s*(?:[,،，]|(?:(?:the|les|los|las)\s+)?(?:members|principals|ministers|heads|membres|ministres|chefs|miembros|ministros|"
    r"jefes|estados miembros|члены|министры|главы|государства|اعضاء|وزراء|رؤساء)\b|[^，。]{0,12}成员)"
)


def _self_named(reading: Reading, start: int, mention: Mention) -> bool:
    """Tell whether the words before a name say “we, the members of”."""
    folded = fold(reading.document.text[start : mention.start]).text[:140]
    subject = cues.load(reading.document.language).subject
    ends = [place for place in range(1, min(len(folded), 40) + 1) if not folded[place : place + 1].isalnum()]
    return any(subject.fullmatch(folded[:place]) and _APPOSED.match(folded, place) for place in ends)
