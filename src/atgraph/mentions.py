"""A document and its language's matcher come in; Mentions go out: who and what is named where, and which dates."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, groupby
from operator import itemgetter

from atgraph import cues, dates, lexicon, names
from atgraph.folding import Folded, fold, stems
from atgraph.layout import SYMBOL
from atgraph.lexicon import Lexicon, Verb
from atgraph.model import Document, Field, Mention, Paragraph, Span

_SYMBOL = re.compile(rf"(?<![\w/]){SYMBOL}(?![\w/])", re.ASCII)  # a Chinese character may stand right beside it
_SYMBOL_LETTERS = frozenset("ACDEHIMNOPRSTUW")
"""Those before the first stroke of a symbol."""
_RESOLUTION_WORD = re.compile(
    r"\b(?:resolutions?|r[eé]solutions?|resoluci[oó]n(?:es)?|резолюци[а-я]+)\b|(?:و|ب|ل|ف|ك)?(?:ال)?قرار(?:ا?ت|ين|ان|ا|ي)?(?:ها|ه|هما)?\b|决议",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(\d(?<![\d/A-Za-z]\d)\d{0,3})\s?(?:/\s?(\d{1,4})(?![\d/])|[（(]((?:19|20)\d\d)[)）])")
"""A resolution's number: 68/192, 2331 (2016). That a digit comes first lets the search pass over all that is none."""
_PARAGRAPH = re.compile(
    r"(?:paragraphs?|paras?\.|paragraphes?|párrafos?|пункт[а-я]*|(?:ب|ل)?(?:ال)?فقرة)[^\S\n]+(\d{1,3})[^\S\n]+"
    r"(?:[^\s\d,;:.]+[^\S\n]+){0,6}$",
    re.IGNORECASE,
)
_OF_DOCUMENT = re.compile(
    r"\s(?:of|du|de|del|des|من)\s(?:\S+\s){0,3}$|\s(?:документа|доклада|записки|резолюции)\s(?:\S+\s){0,3}$",
    re.IGNORECASE,
)
_OF_RESOLUTION = re.compile(r"的?\s*(?:第|\d|题为|关于|以往|历次|有关|各项|通过)")
_RESOLUTION_BEHIND = re.compile(r"(?:[、和及与号第\d/\s（）()])*?(决议)")
_PARAGRAPH_OF_SYMBOL = re.compile(
    r"[)）]?(?:号(?:文件|决议|报告))?[，,]?\s?第\s?(\d+)\s?段"
    r"|,\s(?:paragraph|para\.|par\.|párr\.|párrafo|пункт|п\.)\s(\d+)(?![\d,–-]| and| et| y| и)|[،,]\sالفقرة\s(\d+)"
)
_PARAGRAPH_AFTER = re.compile(r"号决议第(\d+)段")


@dataclass(frozen=True)
class Reading:
    """A document with all that is named in it; what the recognizer of provisions stands on."""

    document: Document
    lexicon: Lexicon
    folded: Folded
    """The whole text folded for verbs and cues: letters only, no stems."""
    mentions: tuple[Mention, ...]
    """In order; those of one place together."""

    def within(self, start: int, end: int) -> tuple[Mention, ...]:
        """Return the mentions that begin in a span."""
        first = bisect_left(self._starts, start)
        return self.mentions[first : bisect_left(self._starts, end, first)]

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention in self.mentions]

    @cached_property
    def titles(self) -> Spans:
        """Where an instrument, body, group or day is named, calls apart: words in a name are no theme."""
        kinds = lexicon.instrument_kinds()
        named = (m for m in self.mentions if m.kind in ("document", "body", "group", "observance"))
        return Spans((m.start, m.end) for m in named if kinds.get(m.slug) != "call")

    @cached_property
    def verbs(self) -> list[tuple[int, int, Verb]]:
        """The operative verbs, in offsets of the folded text: where each begins, where its last part ends."""
        word = self.lexicon.profile.preposition
        letters = f"[{word}{word.upper()}]"
        printed = re.finditer(rf"{letters}(?<!\w{letters})(?!\w)", self.document.text) if word else ()
        leave = {self.folded.place(m.start()) for m in printed}
        return self.lexicon.find_verbs(self.folded.text, self._sought, leave)

    @cached_property
    def said(self) -> cues.Said:
        """Where the words stand that bind and oblige, in offsets of the folded text."""
        return cues.Said(cues.load(self.document.language), self.folded.text, self._sought)

    @cached_property
    def _sought(self) -> str:
        return self.lexicon.sought(self.folded.text)

    def to_folded(self, start: int, end: int) -> Span:
        """Return the span in the folded text of a span of the text."""
        return self.folded.place(start), self.folded.place(end)

    def to_text(self, start: int, end: int) -> Span:
        """Return the span in the text of a span of the folded text."""
        if end > start:
            return self.folded.span(start, end)
        place = self.folded.span(start, start + 1)[0]
        return place, place

    def plain(self, start: int, end: int) -> str:
        """Return the folded words of a span of the text."""
        return self.folded.text[slice(*self.to_folded(start, end))]


def read(document: Document) -> Reading:
    """Return a document with its mentions, its list of members and what it marks."""
    words = lexicon.load(document.language)
    folded = fold(document.text)
    matched = stems(folded) if words.profile.stemmed else folded
    found = _numbered(document, _of_state_party(document, _labelled(document, words, matched)))
    found += _dated(document, words, found)
    found = _resolved(sorted(found, key=itemgetter(2, 3)), document.text, _own_treaty(document))
    reading = Reading(document, words, folded, tuple(found))
    return replace(reading, document=_completed(reading))


_STATE_PARTY = frozenset(
    (
        "state party",
        "etat partie",
        "estado parte",
        "государство-участник",
        "государство - участник",
        "دوله طرف",
        "دوله الطرف",
        "缔约国",
    )
)


def _observations(document: Document) -> re.Match[str] | None:
    """Return the match of the symbol of concluding observations, where the document has one."""
    symbol = document.fields.get("symbol")
    return names.CONCLUDING.match(symbol.value) if symbol else None


def _of_state_party(document: Document, found: list[Mention]) -> list[Mention]:
    """Name the State that concluding observations are about where they say “the State party”; their symbol tells it."""
    about = _observations(document)
    if about is None:
        return found
    return [
        m._replace(kind="state", slug=about["state"])
        if m.slug == "states-parties"
        and _bare(m.label) in _STATE_PARTY
        and document.text[m.start - 1 : m.start] not in ("各", "他")
        else m
        for m in found
    ]


def _dated(document: Document, words: Lexicon, found: list[Mention]) -> list[Mention]:
    """Return the dates, but for those in the name of a document; that of a call says by when (“for action by 2025”)."""
    kinds = lexicon.instrument_kinds()
    named = sorted((m.start, m.end, kinds.get(m.slug, "")) for m in found if m.kind == "document")
    limits = tuple(words.cues.get("deadline-before", ()))
    kept = []
    for (start, end), value in dates.find(document.text, document.language):
        if "\n\n" in document.text[start:end]:
            continue  # a month ends one paragraph, and a year begins the next
        at = bisect_right(named, (start, sys.maxsize, "")) - 1
        inside = at >= 0 and named[at][1] > start
        before = fold(document.text[named[at][0] : start]).text.rstrip() if inside else ""
        calls = inside and named[at][2] == "call"
        if not inside or (calls and any(re.search(rf"(?<!\w){re.escape(x)}(?: \w+)?$", before) for x in limits)):
            kept.append(Mention("date", value, start, end, document.text[start:end]))
    return kept


def _labelled(document: Document, words: Lexicon, matched: Folded) -> list[Mention]:
    """Return what the labels name; short references are among them until they are resolved."""
    found = []
    for start, end, entries in words.find_labels(document.text, matched):
        for entry in entries:
            standing = "short" if entry.short else "loose" if entry.loose else ""
            trust = 0.3 if entry.loose else 1.0
            found.append(Mention(entry.kind, entry.slug, start, end, entry.label, trust, standing))
    return found


def _numbered(document: Document, found: list[Mention]) -> list[Mention]:
    """Add the documents named by symbol or number, and say which bodies only label a document."""
    text = dates.western(document.text).replace("’", "'")
    named = list(_by_symbol(text))
    organs = [m for m in found if m.kind == "body" and m.slug in names.ORGANS]
    places = [m.start for m in organs]
    labels = {(m.start, m.end) for m in organs if _labels_a_document(text, m)}
    symbols = Spans((m.start, m.end) for m in named)
    authors = (m for m in found if m.kind == "body" or m.slug == "special-rapporteurs")
    labels |= {(m.start, m.end) for m in authors if _reports(text, m, symbols)}
    own = _organ_of(document, organs)
    last_end, last_organ = -1, ""
    numbers = [m for m in _NUMBER.finditer(text) if m[2] or text[m.start() - 1 : m.start()] != "."]
    turned = _turned(numbers) if document.language == "ar" else False
    for number in numbers:
        if symbols.cover(number.start()):
            continue
        word = _word_of(text, number.span(), document.language)
        organ = last_organ
        if word is not None:
            nearby = organs[bisect_left(places, word[0] - 120) : bisect_left(places, word[0] + 120)]
            label, organ = _organ(text, nearby, word, number.end(), document.language)
            labels |= {label} if label else set()
        elif last_end < 0 or number.start() - last_end > 70 or _STOP.search(text[last_end : number.start()]):
            continue
        start, paragraph = number.start(), None
        if special := _SPECIAL_SESSION.search(text, max(0, start - 8), start):
            start = special.start()
            kind = "ES" if special["emergency"] else "S"
            slug = names.resolution_slug(f"{kind}-{number[1]}/{number[2]}", organ or own) if number[2] else None
        else:
            dated = _DATED.match(text, number.end()) if document.language == "ar" else None
            slug = _number_slug(number, organ, own, turned, int(dated[1]) if dated else 0)
        if slug is None:
            continue
        if word is not None and document.language == "zh":
            paragraph = _PARAGRAPH_AFTER.match(text, number.end())
        elif word is not None and (behind := _PARAGRAPH_OF_SYMBOL.match(text, number.end())):
            paragraph = behind
        elif word is not None and (paragraph := _PARAGRAPH.search(text[max(0, word[0] - 60) : word[0]])):
            start = word[0] - len(paragraph[0])
        within = f"#{paragraph[paragraph.lastindex or 1]}" if paragraph else ""
        named.append(Mention("document", slug + within, start, number.end()))
        last_end, last_organ = number.end(), organ
    named += _ilo_conventions(text, found)
    labels |= set(_issuers(text, organs, found + named))
    taken = Spans((m.start, m.end) for m in named)
    kept = [m for m in found if not taken.cover(m.start)]
    return [m._replace(standing="label") if (m.start, m.end) in labels else m for m in kept] + named


_NUMBERS = re.compile(
    r"\d\d\d?(?:(?:(?:,\s|\s?(?:and|et|y|и|و)\s?)\d\d\d?){1,20}(?![\d/])|号(?:(?:、|和|及)第?\d{2,3}号){1,20}(?=公约))"
)
"""A list of numbers; that each begins with a digit lets the search pass over all that is none."""
_OF_ILO = re.compile(
    r"(?:conventions?|convenios?|конвенци\w+|الاتفاقيات|الاتفاقيتين)(?:\s(?:de la OIT|de l'OIT|МОТ))?"
    r"\s(?:Nos?\.|nos?|nº|n[°o]s?|núms?\.?|№|أرقام|رقم|رقمي)\s?$|第$",
    re.IGNORECASE,
)
"""What stands before several conventions of the ILO named by their numbers: “Conventions Nos. 29 and 189”."""


def _ilo_conventions(text: str, found: list[Mention]) -> list[Mention]:
    """Return the conventions of a list of numbers, but for those that a label has named already."""
    kinds = lexicon.instrument_kinds()
    lists = [m for m in _NUMBERS.finditer(text) if _OF_ILO.search(text, max(0, m.start() - 40), m.start())]
    taken = Spans((m.start, m.end) for m in found if m.kind == "document") if lists else Spans(())
    named = []
    for match in lists:
        for number in re.finditer(r"\d+", match[0]):
            slug, place = f"ilo-c{number[0]}", match.start() + number.start()
            if slug in kinds and not taken.cover(place):
                named.append(Mention("document", slug, place, match.start() + number.end()))
    return named


def _issuers(text: str, organs: list[Mention], found: list[Mention]) -> Iterator[Span]:
    """Yield the bodies that only say whose an instrument is: “Convention No. 29 of the ILO”, 国际劳工组织《…公约》."""
    documents = [m for m in found if m.kind == "document"]
    ends = {m.end for m in documents}
    starts = {m.start for m in documents}
    ordered = sorted(ends)
    for body in (m for m in found if m.kind == "body"):
        near = bisect_right(ordered, body.start) > bisect_left(ordered, body.start - 14)
        lead = _OF.search(text, max(0, body.start - 14), body.start) if near else None
        before = lead is not None and lead.start() in ends
        behind = _TITLE.match(text, body.end)
        if before or (behind is not None and behind.end() in starts):
            yield body.start, body.end


_TITLE = re.compile("的?《")
_OF = re.compile(
    r"\s*(?:\([^()]{1,9}\))?,?\s*(?:of the|of|de la|de l'|del|du|des)\s*$|(?<=[а-яё»])\s(?:\(№\s?\d+\)\s)?$"
)


class Spans:
    """Spans, to be asked whether one of them covers a place.

    >>> spans = Spans([(4, 9), (0, 2), (5, 6)])
    >>> [place for place in range(10) if spans.cover(place)]
    [0, 1, 4, 5, 6, 7, 8]
    """

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self.starts = [start for start, _ in ordered]
        self.reach = list(accumulate((end for _, end in ordered), max)) if ordered else []

    def cover(self, place: int) -> bool:
        """Tell whether a place is in one of them."""
        if not self.starts:
            return False
        at = bisect_right(self.starts, place) - 1
        return at >= 0 and self.reach[at] > place

    def begin(self, start: int, end: int) -> bool:
        """Tell whether one of them begins in a stretch."""
        return bisect_left(self.starts, start) < bisect_left(self.starts, end)


def _by_symbol(text: str) -> Iterator[Mention]:
    slash = done = -1
    while (slash := text.find("/", slash + 1)) >= 0:
        if slash < done:
            continue
        start = slash
        while start and text[start - 1] in _SYMBOL_LETTERS and slash - start < 5:
            start -= 1
        match = _SYMBOL.match(text, start)
        if match is None:
            continue
        done = match.end()
        symbol = match[0].rstrip(".")
        before = _PARAGRAPH.search(text[max(0, start - 60) : start])  # “paragraph 47 of document A/HRC/62/39”
        paragraph = before if before and _OF_DOCUMENT.match(before[0], before.end(1) - before.start()) else None
        behind = _PARAGRAPH_OF_SYMBOL.match(text, start + len(symbol))
        number = paragraph or behind
        slug = names.symbol_slug(symbol) + (f"#{number[number.lastindex or 1]}" if number else "")
        yield Mention("document", slug, start - len(paragraph[0]) if paragraph else start, start + len(symbol))


_STOP = re.compile(r"[.;؛。；]")
_DOCUMENT_OF = re.compile(
    r"(?:documents? of the |documents? de (?:l')?|documentos? de (?:la )?|документ\w* |وثائق |وثيقة )(?:ال)?$",
    re.IGNORECASE,
)


def _labels_a_document(text: str, organ: Mention) -> bool:
    """Tell whether an organ only says whose document something is (“as a document of the General Assembly”)."""
    before = text[max(0, organ.start - 24) : organ.start]
    if _UNDER_ITEM.search(text[max(0, organ.start - 60) : organ.start]):
        return True
    return _DOCUMENT_OF.search(before) is not None or _DOCUMENT_BEHIND.match(text, organ.end) is not None


_DOCUMENT_BEHIND = re.compile(r"(?:议程项目[\d和、]+)?的?(?:正式)?文件")
_UNDER_ITEM = re.compile(
    r"(?:(?:agenda )?items? [\d() ]+(?:and \d+)?|ordre du jour|del programa|повестки дня|جدول الأعمال),?،?\s"
    r"(?:and(?: as a document)?(?: of)? the|et (?:du|de la|de l')|y (?:del?|de la)|и|و(?:من وثائق )?)\s?$"
)
"""Of a second organ whose document something is to be: “under agenda item 110, and of the Security Council”."""
_REPORT_BEHIND = re.compile(
    r"(?:的[^，。；、]{0,8}|关于[^，。；]{2,30}的)?(?:声明|报告|说明|信函?)[^，。；]{0,10}[(（]"
    r"|'s (?:\w+ ){0,3}(?:report|note|letter|statement)s? \("
)
_REPORT_OF = re.compile(
    r"(?:reports? of the |rapports? d(?:u |e la |e l')|informes? (?:\S+ )?de(?:l| la) |доклад\w* (?:\S+ )?"
    r"|تقارير |تقرير )$",
    re.IGNORECASE,
)


_BESIDE = 240
"""No symbol stands further from the name of who wrote a report."""


def _reports(text: str, body: Mention, symbols: Spans) -> bool:
    """Tell whether a body is only the author of a report whose symbol stands beside it."""
    if not symbols.begin(body.start - _BESIDE, body.end + _BESIDE):
        return False
    if match := _REPORT_BEHIND.match(text, body.end):
        return symbols.cover(match.end())
    if not _REPORT_OF.search(text[max(0, body.start - 30) : body.start]):
        return False
    clause = re.match(r"[^;؛.]{0,160}", text[body.end : body.end + 160])
    behind = any(symbols.cover(body.end + place) for place in range(0, len(clause[0]) if clause else 0, 4))
    return behind or any(symbols.cover(place) for place in range(max(0, body.start - 24), body.start, 4))


def _word_of(text: str, number: Span, language: str) -> Span | None:
    """Return where the word “resolution” stands that a number belongs to: before it, or in Chinese behind it."""
    if language == "zh":
        match = _RESOLUTION_BEHIND.match(text, number[1], number[1] + 70)
        return match.span(1) if match else None
    offset = max(0, number[0] - 90)
    words = list(_RESOLUTION_WORD.finditer(text, offset, number[0]))
    if not words or re.search(r"[.;؛:]\s", text[words[-1].end() : number[0]]):
        return None
    return words[-1].span()


_IN_WHICH = re.compile(
    r",? (?:in|by) which (?:the )?|,? (?:en|por) la (?:que|cual) (?:el |la )?|,? (?:dans|par) laquelle (?:le |la |l')?"
    r"|,? в котор\w+ |(?:،)? (?:التي|الذي) (?:\w+ )?(?:بموجبها |فيها |به |فيه )?|(?:中|[，,]\s?其中)?[，,]?\s?",
    re.IGNORECASE,
)
"""Behind a resolution's number, how it goes on to say what its organ does in it."""


def _organ(text: str, organs: list[Mention], word: Span, end: int, language: str) -> tuple[Span | None, str]:
    """Return the organ that labels a resolution, and where it stands: before the word, or behind the number."""
    for organ in reversed(organs) if language == "zh" else organs:
        before = text[organ.end : word[0]]
        if language == "zh" and not _OF_RESOLUTION.match(before):
            continue
        if language == "zh":
            before = _SERIES.sub("", before)  # “第44/4号、第47/9号和第50/17号决议”
        if (
            organ.end <= word[0]
            and len(before) < (40 if language == "zh" else 4)
            and not re.search(r"[,，;、]", before)
        ):
            return (organ.start, organ.end), organ.slug
        after = text[end : organ.start]
        if end <= organ.start < end + 16 and re.fullmatch(
            r"\s*(?:of the|de l'|de la|del|des|du|de|الصادر عن|الصادرة عن|)\s*", after
        ):
            return (organ.start, organ.end), organ.slug
        if end <= organ.start < end + 40 and _IN_WHICH.fullmatch(after):
            return None, organ.slug
        between = text[word[1] : organ.start]
        if word[1] <= organ.start <= word[1] + 12 and organ.end <= end and len(between.split()) < 3:
            return (organ.start, organ.end), organ.slug
    return None, ""


_SERIES = re.compile(r"(?:第?\s?\d+\s?/\s?\d+\s?号?\s?[、，和及与]?\s?)+$")
_ITEMS = 100
"""The Human Rights Council has not adopted so many resolutions at one session."""
_SESSIONS = 120
"""No organ has had as many sessions, so that a greater number is an item's or a year."""


def _turned(numbers: list[re.Match[str]]) -> bool | None:
    """Tell whether a text writes its resolutions item first (192/68), as most Arabic ones do, or not (64/293).

    None where no number tells.
    """
    pairs = [(int(number[1]), int(number[2])) for number in numbers if number[2]]
    forward = sum(session <= _SESSIONS < item < 1946 for session, item in pairs)
    backward = sum(item > _SESSIONS >= session for item, session in pairs)
    return backward > forward if backward or forward else None


_SPECIAL_SESSION = re.compile(r"(?<![^\W\d_第])(?P<emergency>ES|د\s?إ\s?ط)?(?(emergency)|(?:[SС]|د\s?إ))\s?-\s?$")
"""Before the number of a resolution of a special session, or of an emergency: S-32/1, ES-11/1."""
_DATED = re.compile(r"\s?المؤرخ[^،؛.]{4,30}?((?:19|20)\d\d)")
"""The date of a resolution behind its number."""


def _fits(session: int, year: int, organ: str) -> bool:
    """Tell whether an organ's session may have been held in a year.

    >>> _fits(68, 2013, "general-assembly"), _fits(28, 2015, "human-rights-council"), _fits(13, 2015, "")
    (True, True, False)
    """
    if organ == "human-rights-council":  # three sessions a year since 2006
        return abs(2006 + session / 3 - year) < 1
    return session == year if session > _SESSIONS else year - session in (1945, 1946)


def _is_year(number: str) -> bool:
    return 1946 <= int(number) <= 2100


def _number_slug(number: re.Match[str], organ: str, own_organ: str, turned: bool | None, year: int = 0) -> str | None:
    if number[3]:
        return names.resolution_slug(f"{number[1]} ({number[3]})", "security-council")
    session, item = number[1], number[2]
    fits = [_fits(int(one), year, organ or own_organ) for one in (session, item)] if year else [False, False]
    if fits[0] != fits[1]:
        turned = fits[1]
    elif turned is None:  # of two small numbers the greater is the session's
        turned = int(item) > int(session) and (int(item) <= _SESSIONS or _is_year(item))
    elif turned:
        turned = int(item) <= _SESSIONS or _is_year(item)
    if turned:
        session, item = item, session
    if organ == "economic-and-social-council" and not _is_year(session) and _is_year(item):
        session, item = item, session
    year = _is_year(session)
    if "human-rights-council" in (organ, organ or own_organ) and (year or int(item) > _ITEMS):
        organ = "economic-and-social-council" if year else "general-assembly"
    if not organ:
        organ = "economic-and-social-council" if year else own_organ
    if organ == "security-council" or (int(session) > _SESSIONS and not year):
        return None
    return names.resolution_slug(f"{session}/{item}", organ)


def _organ_of(document: Document, organs: list[Mention]) -> str:
    """Return the organ whose resolutions a document means where it names none: its own, or the one it is held in."""
    symbol = document.fields["symbol"].value if "symbol" in document.fields else ""
    body = next((p.start for p in document.paragraphs if p.kind == "text"), 0)
    heading = [m.slug for m in organs if m.start < body]
    council = "human-rights-council"
    own = names.resolving_organ(symbol)
    return council if own == council or (not own and council in heading) else "general-assembly"


_NEAR = 300
"""As many characters behind a name a short reference means it before all else."""


_DEFINES = re.compile(
    r"\s?[(（](?:[^()（）“”\"«»]{0,40}[“\"«](?P<name>[^()“”\"«»]{2,40})[”\"»]"
    r"|(?:hereinafter|hereafter|ci-après|en adelante|далее|以下?简称|下称)[\s,:：—–-]+(?P<bare>[^()（）“”\"«»]{2,40})"
    r")\s?[)）]"
)
"""Behind a name, how the text says what it will call it: (hereinafter “the Council”), (далее — Группа)."""


def _bare(words: str) -> str:
    """Return words folded, without an article before them.

    >>> _bare("The Council"), _bare("l’Office"), _bare("المجلس")
    ('council', 'office', 'مجلس')
    """
    return lexicon.ARTICLE.sub("", fold(words.strip()).text).removeprefix("ال")


def _own_treaty(document: Document) -> dict[str, Mention]:
    """Return what “the Convention” means where the symbol tells: the treaty observed, or that of its parties."""
    about = _observations(document)
    symbol = document.fields["symbol"].value if "symbol" in document.fields else ""
    conference = next((treaty for head, treaty in names.CONFERENCES.items() if symbol.startswith(head)), None)
    slug = names.TREATIES.get(about["body"]) if about else conference
    words = _COVENANT if slug == "iccpr" else _CONVENTION
    return {word: Mention("document", slug, 0, 0) for word in words} if slug else {}


_CONVENTION = ("convention", "convencion", "конвенция", "اتفاقيه", "公约", "《公约》")
_COVENANT = ("covenant", "pacte", "pacto", "пакт", "عهد", "公约", "《公约》")


def _resolved(found: list[Mention], text: str, defined: dict[str, Mention]) -> list[Mention]:
    """Give each short reference the thing last named in full, and drop those that nothing before them explains.

    What the text itself says it will call a thing goes before all else; `defined` is what goes without saying.
    """
    last: dict[str, int] = {}
    defined = dict(defined)
    resolved: list[Mention] = []
    for (start, end), group in groupby(found, itemgetter(2, 3)):
        full, short = [], []
        for mention in group:
            if mention.kind == "theme":
                resolved.append(mention)
            elif mention.standing == "short":
                short.append(mention)
            else:
                full.append(mention)
        if full:
            for mention in full:
                if mention.standing != "label":
                    resolved.append(mention)
                last[mention.slug.partition("#")[0] if "#" in mention.slug else mention.slug] = start
            if match := _DEFINES.match(text, end):
                defined[_bare(match["name"] or match["bare"])] = full[0]
        elif short and (own := defined.get(_bare(short[0].label))):
            resolved.append(own._replace(start=start, end=end, label=short[0].label, confidence=0.9))
            last[own.slug] = start
        elif known := [m for m in short if m.slug in last]:
            # A group that speaks of itself says “the Group” too, unless it has just named another.
            near = [m for m in known if start - last[m.slug] < _NEAR]
            chosen = max(near or known, key=lambda m: (not near and m.kind == "group", last[m.slug]))
            resolved.append(chosen._replace(confidence=0.8))
            last[chosen.slug] = start
    return resolved


def _completed(reading: Reading) -> Document:
    """Return the document with the States that it lists as its members, and the day that it marks."""
    document = reading.document
    members: dict[str, Field] = {}
    body = [p for p in document.paragraphs if p.kind == "text" and p.part != "letter"][:2]
    for paragraph in document.paragraphs:
        opening = paragraph in body or paragraph.kind in ("masthead", "title")
        named = reading.within(paragraph.start, paragraph.end)
        for mention in _listed(document.text, paragraph, named, opening):
            members.setdefault(mention.slug, Field(mention.slug, (mention.start, mention.end), "list"))
    for mention in () if members else _rolled(reading) or _represented(reading):
        members.setdefault(mention.slug, Field(mention.slug, (mention.start, mention.end), "list"))
    fields = dict(document.fields)
    first = [p for p in document.paragraphs if p.kind == "text"][:2]
    head_end = first[1].end if len(first) > 1 else len(document.text)
    annex = next((p.start for p in document.paragraphs if p.kind == "annex"), head_end)
    for mention in (*reading.within(0, head_end), *reading.within(annex, annex + 600)):
        if mention.kind == "observance":
            fields.setdefault("observance", Field(mention.slug, (mention.start, mention.end), "label"))
    return replace(document, members=tuple(members.values()), fields=fields)


def _represented(reading: Reading) -> list[Mention]:
    """Return the States on whose behalf a letter is written, where its first words list them."""
    document = reading.document
    first = next((p for p in document.paragraphs if p.part == "letter" and p.kind == "text"), None)
    return _listed(document.text, first, reading.within(first.start, first.end), True) if first else []


_LETTERS = re.compile(r"[^\W\d_]")
_ROLL = 5
"""So many States make a list where nothing says that it is one."""


def _rolled(reading: Reading) -> list[Mention]:
    """Return the States of a list that no word opens: a paragraph of hardly anything else, or one State a line."""
    text = reading.document.text
    run: list[Mention] = []
    for paragraph in reading.document.paragraphs:
        found: list[Mention] = []
        if paragraph.kind in ("text", "heading", "masthead", "signature", "member"):
            named = reading.within(paragraph.start, paragraph.end)
            found = [m for m in named if m.kind == "state" and m.standing != "loose"]
        letters = len(_LETTERS.findall(text[paragraph.start : paragraph.end])) if found else 0
        bare = sum(len(_LETTERS.findall(text[m.start : m.end])) for m in found) * 2 >= letters
        if found and bare and len(found) >= _ROLL:
            return found
        if found and bare:
            run += found[:1]
        elif len(run) >= _ROLL:
            return run
        else:
            run = []
    return run if len(run) >= _ROLL else []


_OPENS_LIST = re.compile(
    r"[:：–—]|\b(?:on behalf of|au nom d\w+|en nombre de|от имени|by Ministers of|namely)\b|باسم|代表", re.IGNORECASE
)


_ALIGNED = re.compile(
    r"[^.]{0,60}\b(?:align|associate|join(?!t)|s'alignent|s'associent|souscrivent|se suman|se adhieren|hacen suy"
    r"|присоединя|поддержив)"
    r"|[^.،]{0,60}(?:تؤيد|تنضم|انضم|يؤيد)|[^。]{0,20}(?:赞同|支持|附议)",
    re.IGNORECASE,
)
"""What is said of States that only stand behind what another speaker says."""


def _listed(text: str, paragraph: Paragraph, found: Sequence[Mention], opening: bool) -> list[Mention]:
    """Return the States of a list: one a paragraph, or run on with nothing else between.

    A run stands behind a colon, or, where the document begins (`opening`), behind a dash or “on behalf of”, or is long;
    a draft's sponsors stand before the colon.
    """
    states = [m for m in found if m.kind == "state"]
    if paragraph.kind == "member":
        return states[:1]
    if len(states) < 3 or paragraph.kind == "footnote":
        return []
    runs: list[list[Mention]] = []
    for state in states:
        if runs and len(re.findall(r"\w{3,}", text[runs[-1][-1].end : state.start])) <= 2:
            runs[-1].append(state)
        else:
            runs.append([state])
    for run in runs:
        before = text[max(paragraph.start, run[0].start - 40) : run[0].start]
        opener = list(_OPENS_LIST.finditer(before))
        close = bool(opener) and len(re.findall(r"\w{4,}", before[opener[-1].end() :])) <= 1
        colon = close and opener[-1][0] in ":："
        if _ALIGNED.match(text, run[-1].end):
            return []
        if len(run) >= 3 and (colon or (opening and (close or len(run) > 4))):
            return run
    first = runs[0]
    sponsors = text[first[-1].end : first[-1].end + 3].lstrip().startswith((":", "：")) and len(first) >= 3
    return first if sponsors and first[0].start - paragraph.start < 12 else []
