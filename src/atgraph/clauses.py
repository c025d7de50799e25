"""A document with its mentions comes in; the operative verbs that are its author's own go out, sentence by sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from atgraph import cues, names
from atgraph.lexicon import Verb
from atgraph.mentions import Reading
from atgraph.model import Span

_SENTENCE_END = re.compile(r"""[.!?؟。！？…]+["'”“»’」』)）\]]*(?=\s|$|[^\s\d\w.,;:!?])|[。！？]["”“」』）]*""")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-ZА-Я]|Mr|Mrs|Ms|Dr|St|No|Nos|para|paras|art|arts|vol|chap|sect|núm|núms|párr|Sr|Sra|Dra|Excmo|Excma|Mme|MM|p|pp|"
    r"cf|см|г|гг|п|пп|ст|т|д|руб|млн|млрд|etc|i\.e|e\.g|U\.S|N\.Y))\.$"
)
QUOTED = re.compile(
    r"“[^“”]{1,600}”|”[^“”]{1,600}“|«[^«»]{1,600}»|„[^“„]{1,600}“|《[^《》]{1,200}》|\"[^\"]{1,600}\"|「[^「」]{1,300}」"
)
_BOUNDARY = re.compile(r"[,;:،؛，；：()（）—–]|\s-\s")
TERMINAL = re.compile(r"[.!…。！;；؛:：]\W*$")
QUESTION = re.compile(r"[?？؟]\W*$")
ITEM_MARK = re.compile(
    r"\s*(?:[0-9٠-٩]{1,3}\s?(?:[.)．、]|[-–—])|\(?(?:[a-zа-яأ-ي]|هـ|[ivx]{1,4})\)|（[a-z一二三四五六七八九十]）|[•●▪◦‣–—-]\s)\s*"
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """An operative verb found to be the author's own, in offsets of the folded text."""

    start: int
    end: int
    verb: Verb
    clause: int
    """Where its clause begins."""
    speaker: str = ""
    """Somebody else, whose act is told in a sentence of its own."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What surrounds a verb, in offsets of the folded text."""

    start: int
    """Where its sentence begins."""
    place: int
    stop: int
    clause: int
    author: str
    rest: str
    """The words before it in its clause, without adverbs and conjunctions."""
    subject: bool
    """The author (“we”, “my delegation”, the name) stands last before it."""
    relative: bool
    """A word before it opens a clause of somebody else (“which”, “in which”)."""
    told: bool
    """Such a word stands right before it, or before its subject (“that we …”)."""
    follows: bool
    """A conjunction joins it to an operative verb before it in the sentence."""
    previous: Trigger | None
    """The operative verb before it in the sentence."""
    earlier: bool
    """The paragraph has an operative verb before it."""
    listed: bool
    negated: bool


class Recognizer:
    """Finds the operative verbs of one document; holds what its rules look at again and again."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.lexicon = reading.lexicon
        self.cues = cues.load(reading.document.language)
        self.plain = reading.folded.text
        self.verbs = self.lexicon.find_verbs(self.plain)
        self.verb_starts = [start for start, _, _ in self.verbs]
        self.masks = [reading.to_folded(*m.span()) for m in QUOTED.finditer(reading.document.text)]
        self.mask_starts = [start for start, _ in self.masks]

    def masked(self, place: int) -> bool:
        """Tell whether a place (of the folded text) lies in a quotation or a title."""
        at = bisect_left(self.mask_starts, place + 1) - 1
        return at >= 0 and self.masks[at][0] <= place < self.masks[at][1]

    def triggers(
        self, start: int, end: int, author: str, earlier: list[Trigger], listed: bool = False
    ) -> list[Trigger]:
        """Return the author's operative verbs in a sentence, given by its offsets in the folded text.

        `earlier` are those of the paragraph's sentences before; `listed` says that the sentence is an item of a list.
        """
        found: list[Trigger] = []
        candidates = [*self._lexical(start, end), *self._bindings(start, end)]
        # Of forms with the same head, one with a gap says more than one without, and the nearest completion is meant.
        for place, stop, verb in sorted(candidates, key=lambda c: (c[0], -len(c[2].form), not c[2].rest, c[1])):
            if found and place < found[-1].end:
                continue
            context = self._context(place, stop, start, author, [*earlier, *found], listed)
            actor = self._actor(verb, context)
            if actor is None or (found and (self._joined(found[-1], place) or self._merged(found[-1], verb, context))):
                continue
            found.append(Trigger(place, stop, verb, context.clause, actor if actor != author else ""))
        return found

    def _lexical(self, start: int, end: int) -> Iterator[tuple[int, int, Verb]]:
        first = bisect_left(self.verb_starts, start)
        adverbs = [] if self.cues.spaced else [m.span() for m in self.cues.adverb.finditer(self.plain, start, end)]
        for place, stop, verb in self.verbs[first : bisect_left(self.verb_starts, end)]:
            inside = any(a <= place and stop <= b and b - a > stop - place for a, b in adverbs)  # 鉴于 in 有鉴于此
            if not inside and not self.masked(place) and (verb.act != "asserts" or verb.slot == "past"):
                yield place, stop, verb

    def _bindings(self, start: int, end: int) -> Iterator[tuple[int, int, Verb]]:
        """Yield what binds the speaker by mood or tense: we must, we will, let us."""
        for match in self.cues.binding.finditer(self.plain, start, end):
            if not self.masked(match.start()):
                yield match.start(), match.end(), Verb("pledges", "binding", match[0])

    def _clause_start(self, start: int, place: int) -> int:
        boundary = start
        for match in _BOUNDARY.finditer(self.plain, start, place):
            if not self.masked(match.start()):
                boundary = match.end()
        while boundary < place and self.plain[boundary].isspace():
            boundary += 1
        return boundary

    def _joined(self, previous: Trigger, place: int) -> bool:
        """Tell whether two verbs stand over one object (“stress and reaffirm that”)."""
        between = self.cues.adverb.sub(" ", self.plain[previous.end : place])
        if not self.cues.spaced:
            return between.strip() in ("和", "并", "、", "及")
        bare = self.cues.conjunction.sub(" ", between).strip(" ,،و")
        return not bare and "," not in between and previous.end < place

    def _merged(self, previous: Trigger, verb: Verb, context: _Context) -> bool:
        """Tell whether a promise goes on with the one before (“let us strengthen …, and work …”)."""
        moods = ("binding", "phrase")
        both = previous.verb.act == verb.act == "pledges" and (previous.verb.slot in moods or verb.slot in moods)
        return both and previous.clause >= context.start and not context.subject

    def _context(
        self, place: int, stop: int, start: int, author: str, earlier: list[Trigger], listed: bool
    ) -> _Context:
        clause = self._clause_start(start, place)
        before = self.plain[clause:place]
        bare = self._stripped(before)
        rest = self.cues.between.sub("", bare).strip()
        subject = self.cues.subject.search(rest)
        named = self._ends_with(author, clause, place)
        core = rest[: subject.start()].rstrip() if subject else rest
        previous = earlier[-1] if earlier and earlier[-1].start >= start else None
        return _Context(
            start=start,
            place=place,
            stop=stop,
            clause=clause,
            author=author,
            rest=rest,
            subject=subject is not None or named,
            relative=self.cues.relative.search(core) is not None,
            told=self.cues.relative_last.search(core) is not None,
            follows=previous is not None and self._conjoined(before),
            previous=previous,
            earlier=bool(earlier),
            listed=listed,
            negated=self.cues.negated.search(bare) is not None,
        )

    def _actor(self, verb: Verb, context: _Context) -> str | None:
        """Return whose act a verb performs (the author's or, told in its own sentence, another's), or None."""
        if context.negated and verb.slot != "binding":
            return None
        if verb.slot == "past":
            if self.told_in_past:
                return context.author if self._is_told(context) else None
            return None if context.relative or context.previous else self._other_subject(context)
        rule = getattr(self, f"_is_{verb.slot}")
        return context.author if rule(verb, context) else None

    def _is_told(self, context: _Context) -> bool:
        """Tell it, in a report of a meeting, of “the Ministers stressed …, and called on …”, “أكد الوزراء”."""
        if context.relative:
            return False
        previous = context.previous is not None and context.previous.verb.slot in ("past", "third", "binding")
        pronoun = context.earlier and self.cues.pronoun.fullmatch(context.rest) is not None
        coordinated = previous and (context.follows or not context.rest)
        return context.subject or pronoun or coordinated or (not context.rest and self._subject_next(context.stop))

    def _subject_next(self, stop: int) -> bool:
        """Tell whether the author stands right behind a verb that comes first, as in Arabic."""
        return self.lexicon.language == "ar" and self.cues.subject_next.match(self.plain, stop) is not None

    @cached_property
    def told_in_past(self) -> bool:
        """Whether the document reports a meeting: its author's acts are told, in the past, of “the Ministers”."""
        told = 0
        for place, stop, verb in self.verbs:
            if verb.slot == "past" and not self.masked(place):
                before = self._stripped(self.plain[max(0, place - 60) : place])
                subject = self.cues.subject.search(before)
                told += (subject is not None and len(subject[0].strip()) > 6) or self._subject_next(stop)
                if told >= 3:
                    return True
        return False

    def _is_phrase(self, verb: Verb, context: _Context) -> bool:
        """Tell it of “it is our conviction that”, “UNODC is asked to”, “we must”."""
        if verb.act == "pledges":
            return not context.told and (not context.rest or context.subject or context.follows)
        return not context.relative

    def _is_participle(self, verb: Verb, context: _Context) -> bool:
        """Tell it of “recalling …, and stressing …”; no rider (“…, taking into account …”), no item of a list."""
        rider = context.previous is not None and self.cues.rider.match(self.plain, context.place) is not None
        if context.relative or context.listed or rider:
            return False
        if not context.rest or context.subject:
            return True
        previous = context.previous
        far = previous is not None and self.plain[previous.end : context.place].count(" ") > 4
        return context.follows and far and previous is not None and previous.verb.slot == "participle"

    def _is_first(self, verb: Verb, context: _Context) -> bool:
        """Tell it of “we urge …, welcome … and call …”; where verbs say “we” by themselves, without the pronoun too."""
        says_we = self._says_we(verb)
        if context.subject or says_we:
            return not context.told
        if context.relative:
            return False
        if self.cues.plural is not None and not context.rest and context.clause == context.start:
            return True
        coordinated = context.previous is not None and context.previous.verb.slot in ("first", "binding", "phrase")
        return coordinated and (not context.rest or context.follows)

    def _says_we(self, verb: Verb) -> bool:
        """Tell whether a verb's form says “we” by itself, without the pronoun."""
        return self.cues.plural is not None and self.cues.plural.match(verb.form) is not None

    def _is_third(self, verb: Verb, context: _Context) -> bool:
        """Tell it of “urges …, and requests …”, “Ghana supports …”, “it rejects …”, “تجدد مجموعة الأصدقاء”."""
        if context.relative:
            return False
        if context.subject or (context.earlier and self.cues.pronoun.fullmatch(context.rest)):
            return True
        if not self.cues.spaced:
            return not context.rest and not context.listed
        organ = context.author in names.ORGANS or self.reading.document.genre == "resolution"
        previous = context.previous
        coordinated = previous is not None and (organ or previous.verb.slot in ("third", "participle"))
        if context.rest:
            return coordinated and context.follows
        opens = context.clause == context.start and organ
        return opens or coordinated or self._named_next(context)

    def _is_binding(self, verb: Verb, context: _Context) -> bool:
        """Tell it of “we must”, “Ghana will”, “examinaremos”."""
        ours = self.cues.possessive.fullmatch(context.rest) and self.cues.obligation.fullmatch(verb.form)
        if context.subject or ours:
            return not context.told
        says_we = self._says_we(verb)
        return says_we and not context.told and (not context.rest or context.follows)

    def _named_next(self, context: _Context) -> bool:
        """Tell whether the author's name stands right behind the verb, as in “تجدد مجموعة الأصدقاء”."""
        start, _ = self.reading.to_text(context.stop - 1, context.stop)
        verb_end = context.place + 1
        begin, _ = self.reading.to_text(verb_end, verb_end + 1)
        return any(m.slug == context.author for m in self.reading.within(begin, start + 14))

    def _stripped(self, text: str) -> str:
        """Return what stands before a verb in its clause, without adverbs and conjunctions."""
        text = self.cues.adverb.sub(" ", text)
        text = self.cues.conjunction.sub(" ", text)
        if self.lexicon.language == "ar":
            text = re.sub(r"(?:^|(?<=\s))[وف]?(?:اذ|كما|ف|و|اننا|انها)(?=\s|$)|[وف]$", " ", text)
        text = re.sub(r"\d+(?=\s|$)", " ", text)  # the mark of a footnote
        return " ".join(text.split()).strip(" \"'") if self.cues.spaced else re.sub(r"[\s\"'、]", "", text)

    def _conjoined(self, before: str) -> bool:
        """Tell whether a conjunction stands right before the verb, adverbs apart."""
        text = self.cues.adverb.sub(" ", before).rstrip()
        matches = list(self.cues.conjunction.finditer(text))
        ends = bool(matches) and matches[-1].end() == len(text)
        return ends or (self.lexicon.language == "ar" and before.endswith("و"))

    def _ends_with(self, author: str, clause: int, place: int) -> bool:
        """Tell whether the author's name stands last before the verb."""
        start, end = self.reading.to_text(clause, max(place, clause + 1))
        named = [m for m in self.reading.within(start, end) if m.slug == author and m.end <= end]
        return bool(named) and self._nothing_between(named[-1].end, place)

    def _nothing_between(self, end: int, place: int) -> bool:
        """Tell whether at most one short word, adverbs apart, stands between a name's end (of the text) and a verb."""
        tail = self._stripped(self.plain[self.reading.to_folded(end, end)[0] : place])
        return len(tail) < 12 and len(tail.split()) <= (1 if self.cues.spaced else 0)

    def _other_subject(self, context: _Context) -> str | None:
        """Return who, other than the author, is named last before the verb."""
        start, end = self.reading.to_text(context.clause, max(context.place, context.clause + 1))
        named = [m for m in self.reading.within(start, end) if m.kind in ("body", "group", "state") and m.end <= end]
        if not named or named[-1].slug == context.author or not self._nothing_between(named[-1].end, context.place):
            return None
        return named[-1].slug

    def head(self, trigger: Trigger) -> int:
        """Return where a later provision of a sentence begins: at its clause, or at the conjunction before the verb."""
        text = self.plain[trigger.clause : trigger.start]
        if len(text) < 60 and (self.cues.subject.search(self._stripped(text)) or not self._stripped(text)):
            return trigger.clause
        matches = list(self.cues.conjunction.finditer(text))
        return (
            trigger.clause + matches[-1].start()
            if matches and len(text) - matches[-1].end() < 30
            else (trigger.clause if len(text) < 60 else trigger.start)
        )

    def opens_with_author(self, start: int, end: int) -> bool:
        """Tell whether a sentence (offsets of the text) is a formula like “We, the Heads of State,”."""
        words = self.reading.plain(start, min(end, start + 60))
        comma = re.search("[,،，]", words)
        return comma is not None and self.cues.subject.fullmatch(words[: comma.start()]) is not None

    def is_closing(self, start: int, end: int) -> bool:
        """Tell whether a sentence (offsets of the folded text) only greets or thanks the audience."""
        return (
            end - start < (90 if self.cues.spaced else 30)
            and self.cues.closing.search(self.plain[start:end]) is not None
        )


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the spans of the sentences in a stretch of text.

    >>> list(sentences("We act. Article No. 5 counts!", 0, 29))
    [(0, 7), (8, 29)]
    """
    begin = start
    for match in _SENTENCE_END.finditer(text, start, end):
        after = text[match.end() : match.end() + 2].lstrip()
        if _ABBREVIATION.search(text[max(begin, match.start() - 8) : match.start() + 1]) or (
            after and after[0].islower()
        ):
            continue
        if begin == start and ITEM_MARK.fullmatch(text[begin : match.end()] + " "):
            continue
        yield begin, match.end()
        begin = match.end()
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        yield begin, end
