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
_BEHALF = re.compile(
    r"(?:\bon behalf of|\bau nom d(?:e|es|u)|\ben nombre de(?:l)?|от имени|باسم|نيابة عن|代表)\s?"
    r"(?:the |l['’]|la |le |les |los |las |el )?$",
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
    behalf = [m for m in (*titled, *opening) if m.kind in ("group", "body") and _for(document.text, m, body, opening)]
    masters = [m for m in titled if m.kind in ("state", "body")][:1]  # whose mission or delegation heads a speech
    speech = [m for m in masters if m.slug == "european-union"] or states if document.genre == "speech" else []
    several = len(document.members) >= 3
    for candidates in (own, behalf, speech, groups, issuers, [] if several else states, [] if several else bodies):
        if candidates:
            return candidates[0].slug
    return "group-of-states"


_ALIGNS = re.compile(
    r"\b(?:align|associat|join|endors|alinea|asocia|sum[ao]|adhier|s'align|s'associ|souscri|fait sien)"
    r"|присоедин|поддерж|تؤيد|تنضم|يؤيد|ينضم|赞同|支持",
    re.IGNORECASE,
)


def _for(text: str, named: Mention, body: Paragraph | None, opening: list[Mention]) -> bool:
    """Tell whether somebody speaks on behalf of what is named: in the heading, or in the first words of the body."""
    if not _BEHALF.search(text[max(0, named.start - 24) : named.start]):
        return False
    if body is None or named.start < body.start:
        return True
    first = opening[0].start == named.start and named.start - body.start < 120
    return first and not _ALIGNS.search(text[body.start : named.start])


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
