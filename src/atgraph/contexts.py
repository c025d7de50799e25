"""A document with its mentions comes in; what surrounds each of its verbs goes out: its clause, and its subject."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from atgraph import cues, names
from atgraph.folding import folded_text
from atgraph.lexicon import Verb, names_of
from atgraph.mentions import Reading, Spans
from atgraph.model import Mention, Paragraph, Span
from atgraph.sentences import COMMA, ITEM_MARK, QUOTED

_GOES_ON_QUOTED = re.compile(r"[^.!?。！？؟\n“”«»\"]{4,60}[,،，:：]\s?")
"""Between two parts of what somebody says: “…,” the experts said, “…”."""
_COMMAS = re.compile(r"(?:\s*[,،]\s*)+")
_SEPARATORS = re.compile(r"[\s\"'、*]")
_NOTE_MARK = re.compile(r"\d+(?=\s|$)")
_IN_YEAR = re.compile(
    r"(?<!\w)(?:by|from|in|since|as of|a partir de|de aqui a|en|des|d'ici a|d'ici|desde|para|к|с|до|в|начиная с|في"
    r"|بحلول|من|自|从|在|到)\s?(?:(?:the end of|the|la fin de|fines de|finales de|концу|конца|نهايه|عام)\s){0,2}"
    r"(?:(?:\d{1,2}\s)?[^\W\d_]{3,10}\s(?:de\s)?)?(?:19|20)\d\d(?:\s?(?:год\w*|г\.|年))?"
)
"""When something is done, between a subject and its verb: “and from 2027 undertakes”."""
_WHEN = re.compile("(?:在|于)[^，。；：]{1,30}?(?:上|中|时|期间|之际|日|月|年|内|前|后)$")
"""Where or when something is done, in Chinese, between its subject and its verb: 工作组在第4次会议上通过."""
_FOR_OTHERS = re.compile(
    r",\s(?:on behalf of|upon instructions?|on the instructions?|au nom d|d'ordre de|sur instruction|en nombre de"
    r"|siguiendo instrucciones|por instrucciones|от имени|по поручению)[^,;.]{3,90},"
)
"""An aside that says for whom somebody acts: “I have the honour, on behalf of the Member States, to”."""
_ON_BEHALF = re.compile("(?:我谨|我愿|兹谨|我|谨|兹)?代表(?!团|们|性|大会)")
"""How a Chinese author says for whom it acts, before its verb: 谨代表孟加拉国、斐济和越南转递."""
_PARTICLE = re.compile(r"(?:^|(?<=\s))[وف]?(?:اذ|كما|ف|و|اننا|انها)(?=\s|$)|[وف]$")
SPEECHES = ("speech", "letter", "resolution")
"""Documents that tell of no debate."""
TOLD = ("third", "past")
"""Forms that tell of somebody."""
TITLED = re.compile(
    r"\W*(?:(?:the|la|el|le|l')\s?)?(?:mr|mrs|ms|miss|dr|prof|monsignor|mgr|archbishop|sr|sra|srta|dra|monsenor|m|mm|mme|mlle|г-н|г-жа|монсеньор"
    r"|архиепископ|السيد|السيده|الانسه|المونسنيور|المطران|رئيس الاساقفه)\b\.?\s"
    r"[^()\n,;:،]{2,48}[(（]|[^，。（(]{1,14}(?:先生|女士|小姐|夫人)[(（]"
)
"""How a summary record says who speaks, before their country in parentheses."""
CLOSES = re.compile("[)）]")
_SPEAK = 2
"""So many speak in a summary record."""
_BOUNDARY = re.compile(r"[,;:،؛，；：()（）—–-](?:(?<!-)|(?<=\s-)(?=\s))")
_AUTHORITIES = re.compile("政府|当局")
_ASIDE_OF_WHEN = 40
"""A verb stands as near before the time within which."""
_ASIDE = re.compile(r"\s?[,،，(（]")
_WITHIN = re.compile("(?:在|于|至迟|最迟|到|自|从)[^，；。]{2,20}(?:之前|以前|前|之内|以内|内|期间|起|之际)$")
_AND_MEMBERS = re.compile(
    r"(?:and|et|y|e|и)?\s?(?:its|ses|sus|его|ее) "
    r"(?:members?|member states|etats membres|estados miembros|государства[- ]члены)|(?:及其|和)成员国"
)
DELEGATE = re.compile("(?:政府)?的?(?:一[位名])?(?:常驻)?(?:政府)?(?:代表团?|观察员|发言人)")
"""What stands behind a name in Chinese where its delegate speaks."""
_WORDS = re.compile(r"\w+")
_LAST = 30
"""No word is longer that an adverb or a conjunction ends with."""
_APPOSED = 160
"""What says who “we” are is no longer."""
_TAIL = 64
"""No subject, wish, relative or negation is longer."""
_COMMON = 24
"""What stands before one verb after another (“and”, “we”, “the Council”) is shorter: what it says is remembered."""
_Lead = tuple[str, bool, re.Match[str] | None, bool]
"""What the words before a verb say: those left before a wish, whether one is, the subject last, whether negated."""
_NEAR = 160
"""What stands further before a verb in its clause does not join it to another."""
_TO = ("to", "a", "de", "d'", "que", "that", "чтобы")
"""What makes a name before a verb the object of another verb: “we expect those who trade with the Union to know”."""
_TELLING = 4
"""Who says “we agreed, we reaffirmed” more often than so reports as well."""


_SAYS = re.compile(
    r"\b(?:said|says|replied|added|told|déclaré|répondu|dit|ajouté|dijo|dijeron|respondió|afirmó|añadió)\b"
    r"|(?:сказал|заявил|ответил|добавил)\w*|说|表示|指出"
)
_PERSON = re.compile(
    r"\bminist\w+|\bgovernment|\bgouvernement|\bgobierno|\bsurviv\w+|\brescapée?|\bsupervivient\w+|министр|правительств"
    r"|пострадавш|(?:ال)?وزيرة?\b|(?:ال)?حكومة|ناجية|部长|政府|幸存者",
    re.IGNORECASE,
)
"""Who is no author of a press release, where a quotation is theirs."""


class Trigger(NamedTuple):
    """An operative verb found to be the author's own, in offsets of the folded text."""

    start: int
    end: int
    verb: Verb
    clause: int
    """Where its clause begins."""
    speaker: str = ""
    """Somebody else, whose act is told in a sentence of its own."""


@dataclass(slots=True)  # not frozen, as many are made and none is kept
class Context:
    """What surrounds a verb, in offsets of the folded text."""

    start: int
    """Where its sentence begins."""
    end: int
    place: int
    stop: int
    clause: int
    author: str
    rest: str
    """The words before it in its clause, without adverbs and conjunctions."""
    wished: bool
    """What stands before it makes it the author's act (“we would like to”); `rest` is what stands before that."""
    subject: bool
    """The author (“we”, “my delegation”, the name) stands last before it."""
    relative: bool
    """A word before it opens a clause of somebody else (“which”, “in which”)."""
    told: bool
    """Such a word stands right before it, or before its subject (“that we …”)."""
    joined: bool
    """A conjunction stands right before it."""
    follows: bool
    """And joins it to an operative verb before it in the sentence."""
    previous: Trigger | None
    """The operative verb before it in the sentence."""
    latest: Trigger | None
    """The operative verb before it in the paragraph."""
    listed: bool
    decided: bool
    """It stands first in an item of a decision."""
    introduced: bool
    """It stands first in an item below its author's name."""
    opens: bool
    """It stands first in a numbered paragraph, or in a sentence that tells what a delegate said."""
    turn: bool
    """Its sentence tells what a delegate said, who is named before it."""
    negated: bool


class Surroundings:
    """What surrounds the verbs of one document; holds what is looked at again and again."""

    def __init__(self, reading: Reading, author: str) -> None:
        self.reading = reading
        self.author = author
        self.lexicon = reading.lexicon
        self.cues = cues.load(reading.document.language)
        self.plain = reading.folded.text
        self.subject = self._own_subject()
        self._leads: dict[str, _Lead] = {}
        self._joins: dict[str, bool] = {}
        self.verbs = reading.verbs
        self.verb_starts = [start for start, _, _ in self.verbs]
        # A paragraph that is all in quotation marks is the author's own, as in a statement by the President.
        edges = {p.start for p in reading.document.paragraphs} | {p.end for p in reading.document.paragraphs}
        spans = ((p.start, p.end) for p in reading.document.paragraphs)
        quoted = [m.span() for span in spans for m in QUOTED.finditer(reading.document.text, *span)]
        self.speech = frozenset(self._speech(quoted) if reading.document.genre == "press-release" else ())
        others = (span for span in quoted if span not in self.speech)
        whole = ((a, b) for a, b in others if not (a in edges and (b in edges or b + 1 in edges)))
        masks = [reading.to_folded(a, b) for a, b in whole]
        self.masked = Spans(masks).cover
        """Tells whether a place (of the folded text) lies in a quotation or a title."""
        self._closed = Spans([*masks, *self._names_with_commas()]).cover

    def _own_subject(self) -> re.Pattern[str]:
        """Return what the author calls itself: “we”, and “the Council” where its heading says whose Council it is."""
        paragraphs = self.reading.document.paragraphs
        body = next((p.end for p in paragraphs if p.kind == "text"), 0)
        named = (m for m in self.reading.within(0, body) if m.slug == self.author and m.kind in ("body", "group"))
        printed = " ".join(self.reading.plain(m.start, m.end) for m in named)
        if self.author in names.OBSERVERS:  # known by the symbol
            called = names_of().get(("body", self.author), {}).get(self.lexicon.language, "")
            printed += " " + folded_text(called)
        organs = {match[0] for match in self.cues.organ.finditer(printed)}
        if not organs:
            return self.cues.subject
        return re.compile(rf"{self.cues.subject.pattern}|{self.cues.article}(?:{'|'.join(sorted(organs))})\s*$")

    def _speech(self, quoted: list[Span]) -> list[Span]:
        """Return the quotations that are speech: of whole sentences, or going on with one: “…,” they said, “…”."""
        found: list[Span] = []
        text = self.reading.document.text
        for start, end in quoted:
            goes_on = bool(found) and _GOES_ON_QUOTED.fullmatch(text, found[-1][1], start) is not None
            if goes_on or self._is_speech(start, end):
                found.append((start, end))
        return found

    def _is_speech(self, start: int, end: int) -> bool:
        """Tell whether a quotation is one of whole sentences, as a press release gives its author's words."""
        text = self.reading.document.text
        before = text[max(0, start - 60) : start].rstrip(" —–-")
        opens = before == "" or before[-1] in '.!?。！？؟:：\n"”“»«)'
        ended = text[end - 2] in ".,!?…。，！？،؟"
        least = (16 if ended else 40) if self.cues.spaced else (8 if ended else 14)
        return (
            opens and end - start > least and not text[start + 1].islower() and not self._is_said_by_another(start, end)
        )

    def _is_said_by_another(self, start: int, end: int) -> bool:
        """Tell whether a quotation is somebody else's: “The Government replied: “…””, ““…”, said the Minister”."""
        text = self.reading.document.text
        lead = re.split(r"[.!?。！？؟\n]", text[max(0, start - 90) : start].rstrip())[-1]
        tail = re.split(r"[.!?。！？؟\n]", text[end : end + 70])[0]
        says = _SAYS.search(tail)
        told = [(start - len(lead), start)] if lead.rstrip().endswith((":", "：")) else []
        told += [(end, end + min(len(tail), says.end() + 16))] if says else []
        for a, b in told:
            named = [m for m in self.reading.within(a, b) if m.kind in ("state", "body", "group")]
            if named and named[0].slug != self.author:
                return True
            if _PERSON.search(text, a, b):
                return True
        return False

    def _clauses(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return each boundary in a sentence, and where the clause behind it begins.

        An adverb between commas ends no clause (“We, too, urge”).
        """
        boundary = before = start
        found = [(-1, start)]
        for match in _BOUNDARY.finditer(self.plain, start, end):
            place = match.start()
            if self._closed(place):
                continue
            if not self.cues.spaced and self._by_when(boundary, place):
                continue
            aside = boundary > start and self._is_aside(boundary, place)
            boundary, before = (before, before) if aside else (match.end(), boundary)
            found.append((place, boundary))
        return found

    def _names_with_commas(self) -> Iterator[Span]:
        """Yield where names stand that hold a comma themselves; one right behind an actor's belongs to it too."""
        text = self.reading.document.text
        for mention in self.reading.mentions:
            if mention.kind in ("body", "group", "document") and COMMA.search(text, mention.start, mention.end):
                start, end = self.reading.to_folded(mention.start, mention.end)
                yield start, end if mention.kind == "document" else end + 1

    def _is_aside(self, start: int, end: int) -> bool:
        """Tell whether nothing but adverbs stands between two places, or a short name in parentheses."""
        if self.plain[start - 1] in "(（":
            return end - start < 24
        if _FOR_OTHERS.match(self.plain, start - 1, end + 1):
            return True
        words = self.plain[start:end].strip()
        return 0 < len(words) < 60 and self.cues.adverb.fullmatch(words) is not None

    def _by_when(self, start: int, end: int) -> bool:
        """Tell whether a Chinese clause ends with the time by which what its verb says: 承诺在2030年之前，将…."""
        when = _WITHIN.search(self.plain, max(start, end - 30), end)
        return when is not None and any(
            stop >= when.start() - 1
            for _, stop, _ in self._verbs_in(max(start, when.start() - _ASIDE_OF_WHEN), when.start())
        )

    def _context(
        self, place: int, stop: int, sentence: Span, clause: int, author: str, latest: Trigger | None, kind: str
    ) -> Context:
        start, end = sentence
        if kind == "turn" and clause == start and (titled := TITLED.match(self.plain, start, place)):
            closes = CLOSES.search(self.plain, titled.end(), place)
            clause = closes.end() if closes else clause
        while clause < place and self.plain[clause].isspace():
            clause += 1
        before = self.plain[clause:place]
        rest, wish, subject, negated = self._lead(before)
        named = rest != "" and self._ends_with(author, clause, place)
        if subject and subject.start() and self.cues.adverbial is not None and not self.cues.ours.search(subject[0]):
            # A common noun is the subject only where it opens the clause: 呼吁各国领导人摒弃.
            subject = subject if self.cues.adverbial.match(rest) else None
        if wish and not (named or subject):  # “Ghana takes this opportunity to thank”
            wishes = list(self.cues.wish_any.finditer(self.plain, clause, place))
            named = bool(wishes) and self._ends_with(author, clause, wishes[-1].start())
        core = rest[: subject.start()].rstrip() if subject else rest
        if named and not subject:
            core = self._before_name(author, clause, place)
        previous = latest if latest is not None and latest.start >= start else None
        joined = (previous is not None or self.told_in_past) and self._conjoined(before)
        aside = previous is None or previous.verb.slot == "participle"  # “The Group, guided by …, recommended”
        bare = aside and not rest and start < clause
        named = named or (bare and (self._begins_with_author(start) or self._is_apposed(start, clause)))
        return Context(
            start=start,
            end=end,
            place=place,
            stop=stop,
            clause=clause,
            author=author,
            rest=rest,
            wished=wish,
            subject=subject is not None or named,
            relative=core != "" and self._is_relative(core, clause, place, previous),
            told=core != "" and _last(self.cues.relative_last, core) is not None,
            joined=joined,
            follows=previous is not None and joined,
            previous=previous,
            latest=latest,
            listed=kind in ("item", "decided", "introduced"),
            decided=kind == "decided" and clause == start and not rest,
            introduced=kind == "introduced" and clause == start and not rest,
            opens=not rest and (kind == "turn" or (kind == "numbered" and clause == start)),
            turn=kind == "turn",
            negated=negated,
        )

    def _lead(self, before: str) -> _Lead:
        """Return what the words of a clause before a verb say of it."""
        if (known := self._leads.get(before)) is not None:
            return known
        words = self._stripped(before)
        rest = self._before_between(words).strip()
        wish = _last(self.cues.wish, rest) if rest else None
        if wish:
            rest = self._before_between(self._stripped(rest[: wish.start()])).strip()
        elif not self.cues.spaced and (wish := _ON_BEHALF.match(rest)):
            rest = ""
        subject = _last(self.subject, rest) if rest else None
        lead = rest, wish is not None, subject, words != "" and _last(self.cues.negated, words) is not None
        if len(before) < _COMMON:
            self._leads[before] = lead
        return lead

    def _is_relative(self, core: str, clause: int, place: int, previous: Trigger | None) -> bool:
        """Tell whether a word before a verb opens a clause of somebody else, one behind the verb before it, if any."""
        if previous is not None and previous.start >= clause:
            return self.cues.relative.search(self.plain, previous.end, place) is not None
        return self.cues.relative.search(core) is not None

    def _subject_next(self, place: int, stop: int) -> bool:
        """Tell whether the author stands right behind a verb that comes first, as in Arabic, or inside its words."""
        if self.lexicon.language != "ar":
            return False
        return self._behind_verb(self.cues.subject_next, place, stop) is not None

    def _behind_verb(self, pattern: re.Pattern[str], place: int, stop: int) -> re.Match[str] | None:
        """Return the match of a pattern right behind a verb, or inside one of several words: «لفت متكلمون الانتباه»."""
        if match := pattern.match(self.plain, stop):
            return match
        inner = self.plain.find(" ", place, stop)
        return pattern.match(self.plain, inner) if inner >= 0 else None

    @cached_property
    def is_record(self) -> bool:
        """Whether the document is a summary record, whose speakers go on over paragraphs until the next one."""
        if self.reading.document.genre in SPEECHES:
            return False
        symbol = self.reading.document.fields.get("symbol")
        if symbol is not None and "/SR." in symbol.value:
            return True
        texts = (p for p in self.reading.document.paragraphs if p.kind == "text")
        starts = (self.reading.to_folded(body_of(self.reading.document.text, p), p.end) for p in texts)
        return sum(self._is_titled(*span) for span in starts) >= _SPEAK

    def _is_titled(self, start: int, end: int) -> bool:
        """Tell whether a paragraph begins “Ms. Reyes (Philippines) said”: with whom they speak for, and a verb."""
        titled = TITLED.match(self.plain, start, end)
        closes = CLOSES.search(self.plain, titled.end(), min(titled.end() + 160, end)) if titled else None
        if titled is None or closes is None:
            return False
        named = self.reading.within(*self.reading.to_text(titled.end(), closes.end()))
        told = any(verb.slot in TOLD for _, _, verb in self._verbs_in(closes.end(), closes.end() + 160))
        return told and any(m.kind in ("state", "body", "group", "actor-class") for m in named)

    @cached_property
    def tells(self) -> bool:
        """Whether the document tells of a meeting, or is a report by its heading."""
        return self.told_in_past or self.reading.document.genre == "report"

    @cached_property
    def told_in_past(self) -> bool:
        """Whether the document reports a meeting: its author's acts are told, in the past, of “the Ministers”."""
        if self.is_record:
            return True
        told = ours = 0
        texts = (p for p in self.reading.document.paragraphs if p.kind == "text")
        openings = {self.reading.to_folded(body_of(self.reading.document.text, p), p.end)[0] for p in texts}
        enough = 1 if self.reading.document.genre == "press-release" else 3
        for place, stop, verb in self.verbs:
            if verb.slot == "past" and verb.act != "asserts" and not self.masked(place):
                before = self._stripped(self.plain[max(0, place - 60) : place])
                subject = self.subject.search(before)
                named = subject is not None and len(subject[0].strip()) > 6
                behind = self._subject_next(place, stop) or self._named_next(place, stop, self.author)
                opens = self.cues.drops and not openings.isdisjoint((place, place - 1))
                crowd = self.cues.crowd.search(before) or self.cues.crowd_next.match(self.plain, stop)
                told += bool(named or behind or opens or crowd) or self._ends_with(
                    self.author, max(0, place - 160), place
                )
                ours += subject is not None and not named
                if told >= enough or ours > _TELLING:
                    return True
        return False

    @cached_property
    def spoken_of(self) -> bool:
        """Whether the author is spoken of in the third person: “ICAT urges”, “the Group calls upon”."""
        told = [place for place, _, verb in self.verbs if verb.slot == "third" and not self.masked(place)]
        subjects = (self.subject.search(self._stripped(self.plain[max(0, place - 40) : place])) for place in told)
        named = sum(subject is not None and len(subject[0].strip()) > 6 for subject in subjects)
        return named + sum(self._ends_with(self.author, max(0, place - 40), place) for place in told) > 1

    def names_author(self, start: int, end: int, author: str) -> bool:
        """Tell whether the author is named in a stretch of the folded text, or “my country”, “our Group”."""
        span = self.reading.to_text(start, end)
        named = any(m.slug == author for m in self.reading.within(*span))
        return named or self.cues.subject_any.search(self.plain, start, end) is not None

    def _named_next(self, place: int, stop: int, author: str) -> bool:
        """Tell whether the author's name stands right behind the verb, as in “تجدد مجموعة الأصدقاء”."""
        if not self.cues.spaced:  # 提交大会
            return False
        start, _ = self.reading.to_text(stop - 1, stop)
        begin, _ = self.reading.to_text(place + 1, place + 2)
        return any(m.slug == author for m in self.reading.within(begin, start + 14))

    def _stripped(self, text: str) -> str:
        """Return what stands before a verb in its clause, without adverbs and conjunctions."""
        if not text or text.isspace():
            return ""
        if "19" in text or "20" in text:
            text = _IN_YEAR.sub(" ", text)
        if "," in text:
            text = _FOR_OTHERS.sub(" ", text)
        text = self.cues.conjunction.sub(" ", self.cues.adverb.sub(" ", text))
        if self.lexicon.language == "ar":
            text = _PARTICLE.sub(" ", text)
        text = _NOTE_MARK.sub(" ", text)
        if "," in text or "،" in text:
            text = _COMMAS.sub(", ", text)
        return " ".join(text.split()).strip(" ,\"'*") if self.cues.spaced else _WHEN.sub("", _SEPARATORS.sub("", text))

    def _before_between(self, text: str) -> str:
        """Return a text without what stands between a subject and its verb at the text's end."""
        match = _last(self.cues.between, text) if text.endswith(self.cues.between_ends) else None
        return text[: match.start()] if match else text

    def _conjoined(self, before: str) -> bool:
        """Tell whether a conjunction stands right before the verb, adverbs apart."""
        if (known := self._joins.get(before)) is not None:
            return known
        joined = self._ends_joined(before)
        if len(before) < _COMMON:
            self._joins[before] = joined
        return joined

    def _ends_joined(self, before: str) -> bool:
        if self.cues.closers:
            last = _WORDS.findall(before, max(0, len(before) - _LAST))[-1:]
            if self.cues.closers.isdisjoint(last) and not _last(self.cues.between, before.rstrip(" ,،")):
                return False
        text = self._before_between(self.cues.adverb.sub(" ", before[-_NEAR:]).rstrip(" ,،")).rstrip(" ,،")
        matches = list(self.cues.conjunction.finditer(text))
        ends = bool(matches) and matches[-1].end() == len(text)
        return ends or (self.lexicon.language == "ar" and before.endswith(("و", "ف")))

    def _begins_with_author(self, start: int) -> bool:
        """Tell whether a sentence begins “We, the members of the Group, …”, so that what follows is the author's."""
        comma = _BOUNDARY.search(self.plain, start, start + 60)
        if comma is None:
            return False
        subject = self.subject.fullmatch(self._stripped(self.plain[start : comma.start()]))
        return subject is not None or self._is_author(start, comma.start())

    def _is_apposed(self, start: int, clause: int) -> bool:
        """Tell whether a clause follows “we” and who we are: “Today we, a group of coastal States, renew …”."""
        for match in self.cues.ours.finditer(self.plain, max(start, clause - _APPOSED), clause):
            between = self.plain[match.end() : clause]
            if (
                self.subject.fullmatch(match[0])
                and COMMA.match(between)
                and between.rstrip().endswith((",", "،", "，"))
            ):
                return not self._verbs_in(match.end(), clause)
        return False

    def _verbs_in(self, start: int, end: int) -> list[tuple[int, int, Verb]]:
        """Return the operative verbs that begin in a stretch of the folded text."""
        return self.verbs[bisect_left(self.verb_starts, start) : bisect_left(self.verb_starts, end)]

    def _is_author(self, start: int, end: int) -> bool:
        """Tell whether a stretch is hardly more than the author's name."""
        span = self.reading.to_text(start, end)
        named = [m for m in self.reading.within(*span) if m.slug == self.author and m.end <= span[1]]
        return bool(named) and (span[1] - span[0]) - (named[-1].end - named[0].start) < 6

    def _ends_with(self, author: str, clause: int, place: int) -> bool:
        """Tell whether the author's name stands last before the verb."""
        named = self._last_named(author, clause, place)
        return named is not None and self._nothing_between(named.end, place)

    def _before_name(self, author: str, clause: int, place: int) -> str:
        """Return the words of a clause before the author's name, which stands last before the verb."""
        named = self._last_named(author, clause, place)
        until = self.reading.to_folded(named.start, named.start)[0] if named else place
        return self._stripped(self.plain[clause:until])

    def _last_named(self, author: str, start: int, end: int) -> Mention | None:
        """Return the last mention of an author in a stretch of the folded text."""
        if end <= start:
            return None
        starts, known = self._named_by_slug.get(author, ((), ()))
        start, end = self.reading.to_text(start, end)
        for at in range(bisect_left(starts, end) - 1, -1, -1):
            if starts[at] < start:
                break
            if known[at].end <= end:
                return known[at]
        return None

    @cached_property
    def _named_by_slug(self) -> dict[str, tuple[list[int], list[Mention]]]:
        """Where each thing is named, in order, and its mentions."""
        named: dict[str, tuple[list[int], list[Mention]]] = {}
        for mention in self.reading.mentions:
            if mention.kind != "theme":
                starts, mentions = named.setdefault(mention.slug, ([], []))
                starts.append(mention.start)
                mentions.append(mention)
        return named

    def _nothing_between(self, end: int, place: int) -> bool:
        """Tell whether at most one short word, adverbs apart, stands between a name's end (of the text) and a verb."""
        tail = self._stripped(self.plain[self.reading.to_folded(end, end)[0] : place])
        tail = _AND_MEMBERS.sub("", tail)
        role = DELEGATE.match(tail) or _AUTHORITIES.fullmatch(tail)
        tail = tail[role.end() if role else 0 :].strip("()（） ")
        if tail in _TO:
            return False
        return len(tail) < 12 and len(tail.split()) <= (1 if self.cues.spaced else 0)

    def opens_with_author(self, start: int, end: int) -> bool:
        """Tell whether a sentence (offsets of the text) is a formula like “We, the Heads of State,”."""
        text = self.reading.document.text
        if any(m.slug == self.author and _ASIDE.match(text, m.end) for m in self.reading.within(start, start + 6)):
            return True  # “The Commission, meeting in Banjul:”
        words = self.reading.plain(start, min(end, start + 60))
        comma = re.search("[,،，]", words)
        return comma is not None and self.subject.fullmatch(words[: comma.start()]) is not None

    def introduces(self, start: int, end: int) -> bool:
        """Tell whether a stretch of the text ends with its author's name and a colon: “We accordingly:”."""
        begin, stop = self.reading.to_folded(start, end)
        words = self.plain[begin:stop].rstrip()
        if not words.endswith((":", "：")):
            return False
        clause = re.split(r"[,،，;.。]", words[:-1])[-1]
        bare = self._stripped(clause)
        return self.subject.fullmatch(bare) is not None or self._is_author(stop - len(clause) - 1, stop - 1)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return where a pattern stands last in a text, if it does; it ends with the text, and is not long."""
    return pattern.search(text, len(text) - _TAIL if len(text) > _TAIL else 0)


def body_of(text: str, paragraph: Paragraph) -> int:
    """Return where a paragraph's words begin, behind its number, which may have no mark: “1 URGES States”."""
    if mark := ITEM_MARK.match(text, paragraph.start, paragraph.end):
        return mark.end()
    number = paragraph.number.partition("-")[0]  # the second “1” of a part is 1-2
    bare = f"{number} " if number.isdigit() else ""
    return paragraph.start + (len(bare) if text.startswith(bare, paragraph.start) else 0)
