"""A document with its mentions comes in; the operative verbs that are its author's own go out, sentence by sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from atgraph import cues, names
from atgraph.layout import ORDINAL
from atgraph.lexicon import Verb
from atgraph.mentions import Reading, Spans
from atgraph.model import Mention, Paragraph, Span

_SENTENCE_END = re.compile(
    r"""[.!?؟。！？…](?:(?<![.!?؟。！？…].)[.!?؟。！？…]*+["'”“»’」』)）\]]*[¹²³⁴⁵⁶⁷⁸⁹⁰]*(?=\s|$|[^\s\d\w.,;:!?])|(?<=[。！？])["”“」』）]*)"""
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-ZА-Я]|Mr|Mrs|Ms|Dr|St|No|Nos|para|paras|art|arts|vol|chap|sect|núm|núms|párr|Sr|Sra|Dra|Excmo|Excma|Mme|MM|p|pp|"
    r"cf|см|г|гг|п|пп|ст|т|д|руб|долл|тыс|им|ул|обл|проф|стр|млн|млрд|etc|i\.e|e\.g|U\.S|N\.Y))\.$"
)
QUOTED = re.compile(
    r"“[^“”]{1,600}”|”[^“”]{1,600}“|«[^«»]{1,600}»|„[^“„]{1,600}“|《[^《》]{1,200}》|\"[^\"]{1,600}\"|「[^「」]{1,300}」"
)
_GOES_ON_QUOTED = re.compile(r"[^.!?。！？؟\n“”«»\"]{4,60}[,،，:：]\s?")
"""Between two parts of what somebody says: “…,” the experts said, “…”."""
_COMMA = re.compile("[,،，]")
_COMMAS = re.compile(r"(?:\s*[,،]\s*)+")
_SEPARATORS = re.compile(r"[\s\"'、*]")
_NOTE_MARK = re.compile(r"\d+(?=\s|$)")
_IN_YEAR = re.compile(
    r"(?<!\w)(?:by|from|in|since|as of|a partir de|de aqui a|en|des|d'ici a|d'ici|desde|para|к|с|до|в|начиная с|في"
    r"|بحلول|من|自|从|在|到)\s?(?:(?:the end of|the|la fin de|fines de|finales de|концу|конца|نهايه|عام)\s){0,2}"
    r"(?:(?:\d{1,2}\s)?[^\W\d_]{3,10}\s(?:de\s)?)?(?:19|20)\d\d(?:\s?(?:год\w*|г\.|年))?"
)
"""When something is done, between a subject and its verb: “and from 2027 undertakes”."""
_ON_BEHALF = re.compile("(?:我谨|我愿|兹谨|我|谨|兹)?代表(?!团|们|性|大会)")
"""How a Chinese author says for whom it acts, before its verb: 谨代表孟加拉国、斐济和越南转递."""
_PARTICLE = re.compile(r"(?:^|(?<=\s))[وف]?(?:اذ|كما|ف|و|اننا|انها)(?=\s|$)|[وف]$")
_BOUNDARY = re.compile(r"[,;:،؛，；：()（）—–]|\s-\s")
TERMINAL = frozenset(".!…。！;；؛:：")
QUESTION = frozenset("?？؟")
ITEM_MARK = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[0-9٠-٩]{1,3}\s?(?:[.)．、]|[-–—])|\(?(?:[a-zа-яأ-ي]|هـ|[ivx]{1,4})\)|[a-k]\.(?=\s[^\W\d_]{2})|(?:[أ-ي]|هـ)\s?[-–—](?=\s)"
    r"|\([一二三四五六七八九十]\)|（[a-z一二三四五六七八九十]）|[•●▪◦‣–—-]\s"
    rf"|{ORDINAL})\s*"
)


class Trigger(NamedTuple):
    """An operative verb found to be the author's own, in offsets of the folded text."""

    start: int
    end: int
    verb: Verb
    clause: int
    """Where its clause begins."""
    speaker: str = ""
    """Somebody else, whose act is told in a sentence of its own."""


_Found = tuple[int, int, Verb]
"""Where a verb begins, where the last of its parts ends, and the verb."""


@dataclass(slots=True)  # not frozen, as many are made and none is kept
class _Context:
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
    """It stands first in a numbered paragraph."""
    negated: bool


_CROWD = "participants"
"""Speakers at a meeting whom its report does not name: “several speakers”, “some delegations”."""
_AND_MEMBERS = re.compile(
    r"(?:and|et|y|e|и)?\s?(?:its|ses|sus|его|ее) "
    r"(?:members?|member states|etats membres|estados miembros|государства[- ]члены)|(?:及其|和)成员国"
)
_DELEGATE = re.compile("^的?(?:常驻)?(?:代表团?|观察员)")
_FAR = 600
"""What stands further before a verb in its clause does not tell whose act it is."""
_NEAR = 160
"""And what stands further does not join it to another verb."""
_ASIDE = 80
_TO = ("to", "a", "de", "d'", "que", "that", "чтобы")
"""What makes a name before a verb the object of another verb: “we expect those who trade with the Union to know”."""
_ASKS = ("urges", "calls-on", "encourages", "invites", "requests", "recommends", "demands", "pledges", "decides")
"""Acts whose verb governs further infinitives."""
_DIRECTS = ("urges", "calls-on", "encourages", "invites", "requests", "recommends")
_SPEAKERS = ("body", "group", "state")
_VOICES = ("special-rapporteurs", "chair")
_MUTE = ("victims", "group-of-states", "permanent-representative")
"""Classes of actors of whom one or a few speak."""
_TELLING = 4
"""Who says “we agreed, we reaffirmed” more often than so reports as well."""
_PASSIVE = re.compile(r"\s(?:par|en|dans|lors|depuis|sous|pour|avant|apres|le\s\d)\b")
"""Behind a French participle, what makes it an adjective: “le plan, adopté par la Conférence”."""
_AND_ALSO = ("并", "并且", "还", "也", "同时")
"""How a Chinese clause goes on with the subject before it."""
_SEVERAL = ("group-of-states", "special-rapporteurs")
"""Authors of whom one says “they”; else only a report of a meeting does."""
_TOLD = ("third", "past")
_SPOKEN = (*_TOLD, "first", "phrase")
_GOES_ON = ("third", "participle", "infinitive", "phrase", "binding")
"""The forms that a verb in the third person, without a subject of its own, goes on from."""
_OURS = ("first", "infinitive", "binding", "phrase")
"""The forms that a verb in the first person, without a subject of its own, goes on from."""


class Recognizer:
    """Finds the operative verbs of one document; holds what its rules look at again and again."""

    def __init__(self, reading: Reading, author: str) -> None:
        self.reading = reading
        self.author = author
        self.lexicon = reading.lexicon
        self.cues = cues.load(reading.document.language)
        self.plain = reading.folded.text
        self.subject = self._own_subject()
        self.verbs = reading.verbs
        self.verb_starts = [start for start, _, _ in self.verbs]
        # A paragraph that is all in quotation marks is the author's own, as in a statement by the President.
        edges = {p.start for p in reading.document.paragraphs} | {p.end for p in reading.document.paragraphs}
        spans = ((p.start, p.end) for p in reading.document.paragraphs)
        quoted = [m.span() for span in spans for m in QUOTED.finditer(reading.document.text, *span)]
        self.speech = self._speech(quoted) if reading.document.genre == "press-release" else []
        quoted = sorted({*quoted} - {*self.speech})
        whole = ((a, b) for a, b in quoted if not (a in edges and (b in edges or b + 1 in edges)))
        self.masks = Spans(reading.to_folded(a, b) for a, b in whole)

    def _own_subject(self) -> re.Pattern[str]:
        """Return what the author calls itself: “we”, and “the Council” where its heading says whose Council it is."""
        paragraphs = self.reading.document.paragraphs
        body = next((p.end for p in paragraphs if p.kind == "text"), 0)
        named = (m for m in self.reading.within(0, body) if m.slug == self.author and m.kind in ("body", "group"))
        printed = " ".join(self.reading.plain(m.start, m.end) for m in named)
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
        return opens and end - start > (40 if self.cues.spaced else 14) and not text[start + 1].islower()

    def masked(self, place: int) -> bool:
        """Tell whether a place (of the folded text) lies in a quotation or a title."""
        return self.masks.cover(place)

    def triggers(self, start: int, end: int, author: str, earlier: list[Trigger], kind: str = "") -> list[Trigger]:
        """Return the author's operative verbs in a sentence, given by its offsets in the folded text.

        `earlier` are those of the paragraph's sentences before; `kind` says that the sentence is the `item` of a list,
        one of those `decided`, one `introduced` by its author's name, or opens a `numbered` paragraph.
        """
        found: list[Trigger] = []
        candidates = [*self._lexical(start, end), *self._bindings(start, end)]
        # Of forms with the same head, one with a gap says more than one without, and the nearest completion is meant.
        clauses = self._clauses(start, end) if candidates else []
        ordered = sorted(candidates, key=lambda c: (c[0], -len(c[2].form), not c[2].rest, c[1]))
        pasts = {place for place, _, verb in ordered if verb.slot == "past"} if self.told_in_past else set()
        for place, stop, verb in _completed(ordered):
            if found and place < found[-1].end:
                continue
            if place in pasts and verb.slot == "first" and self.cues.singular.match(verb.form):
                continue  # «أوصى» and «أوصي» fold alike
            clause = clauses[bisect_left(clauses, (place,)) - 1][1]
            latest = found[-1] if found else earlier[-1] if earlier else None
            context = self._context(place, stop, (start, end), max(clause, place - _FAR), author, latest, kind)
            actor = self._actor(verb, context)
            if actor and found and context.wished and self._joined(found[-1], place):
                found.pop()  # the verb of wishing itself: “queremos agradecer”
            if actor is None or (found and (self._joined(found[-1], place) or self._merged(found[-1], verb, context))):
                continue
            found.append(Trigger(place, stop, verb, context.clause, actor if actor != author else ""))
        return found

    def _lexical(self, start: int, end: int) -> Iterator[tuple[int, int, Verb]]:
        first = bisect_left(self.verb_starts, start)
        adverbs = [] if self.cues.spaced else [m.span() for m in self.cues.adverb.finditer(self.plain, start, end)]
        for place, stop, verb in self.verbs[first : bisect_left(self.verb_starts, end)]:
            inside = any(a <= place and stop <= b and b - a > stop - place for a, b in adverbs)  # 鉴于 in 有鉴于此
            inside = inside or self._is_printed_otherwise(place, verb)
            inside = inside or (verb.slot == "elided" and not self.told_in_past)
            if not inside and not self.masked(place) and (verb.act != "asserts" or verb.slot == "past"):
                yield place, stop, verb

    def _bindings(self, start: int, end: int) -> Iterator[tuple[int, int, Verb]]:
        """Yield what binds the speaker by mood or tense: we must, we will, let us."""
        spans = [match.span() for match in self.cues.binding.finditer(self.plain, start, end)]
        for match in self.cues.future.finditer(self.plain, start, end):
            begin = match.start()
            while begin > start and self.plain[begin - 1].isalnum():
                begin -= 1
            apart = not any(a < match.end() and begin < b for a, b in spans)
            if apart and begin + 2 < match.start() and self._is_stressed(*match.span()):
                spans.append((begin, match.end()))
        for begin, stop in spans:
            if not self.masked(begin):
                yield begin, stop, Verb("pledges", "binding", self.plain[begin:stop])

    def _is_stressed(self, start: int, end: int) -> bool:
        """Tell whether a Spanish ending is that of a future, by its accent: “-arán”, not “-aran”."""
        ending = self.reading.document.text[slice(*self.reading.to_text(start, end))]
        return self.lexicon.language != "es" or ending.endswith("mos") or "á" in ending or ending.isupper()

    def _clauses(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return each boundary in a sentence, and where the clause behind it begins.

        An adverb between commas ends no clause (“We, too, urge”).
        """
        boundary = before = start
        found = [(-1, start)]
        names = Spans(self._names_with_commas(start, end))
        for match in _BOUNDARY.finditer(self.plain, start, end):
            if self.masked(match.start()) or names.cover(match.start()):
                continue
            aside = boundary > start and self._is_aside(boundary, match.start())
            boundary, before = (before, before) if aside else (match.end(), boundary)
            found.append((match.start(), boundary))
        return found

    def _names_with_commas(self, start: int, place: int) -> list[Span]:
        """Return where names stand that hold a comma themselves; one right behind an actor's belongs to it too."""
        named = self.reading.within(*self.reading.to_text(start, place)) if place > start else []
        text = self.reading.document.text
        spans = []
        for mention in named:
            if mention.kind in ("body", "group", "document") and _COMMA.search(text, mention.start, mention.end):
                start, end = self.reading.to_folded(mention.start, mention.end)
                spans.append((start, end if mention.kind == "document" else end + 1))
        return spans

    def _is_aside(self, start: int, end: int) -> bool:
        """Tell whether nothing but adverbs stands between two places, or a short name in parentheses."""
        if self.plain[start - 1] in "(（":
            return end - start < 24
        words = self.plain[start:end].strip()
        return 0 < len(words) < 60 and self.cues.adverb.fullmatch(words) is not None

    def _joined(self, previous: Trigger, place: int) -> bool:
        """Tell whether two verbs stand over one object (“stress and reaffirm that”)."""
        between = self.cues.adverb.sub(" ", self.plain[previous.end : place])
        if not self.cues.spaced:
            return between.strip() in ("", "和", "并", "、", "及")
        bare = self.cues.conjunction.sub(" ", between).strip(" ,،و")
        return not bare and "," not in between and previous.end < place

    def _merged(self, previous: Trigger, verb: Verb, context: _Context) -> bool:
        """Tell whether a promise goes on with the one before (“let us strengthen …, and work …”)."""
        if previous.verb.act == verb.act == "transmits" and previous.clause >= context.start:
            return True  # “Upon instructions from my Government, I have the honour to transmit”
        moods = ("binding", "phrase")
        if verb.slot == "phrase" and previous.verb.act == verb.act and previous.clause == context.clause:
            return not context.subject and not context.follows
        both = previous.verb.act == verb.act == "pledges" and verb.slot in moods
        apart = self._says_we(verb) or previous.verb.slot == "third"  # “intends to meet …, and will review …”
        finite = context.place > previous.end and apart and verb.slot in moods
        return both and previous.clause >= context.start and not context.subject and not finite

    def _context(
        self, place: int, stop: int, sentence: Span, clause: int, author: str, latest: Trigger | None, kind: str
    ) -> _Context:
        start, end = sentence
        while clause < place and self.plain[clause].isspace():
            clause += 1
        before = self.plain[clause:place]
        bare = self._stripped(before)
        rest = self.cues.between.sub("", bare).strip() if bare else ""
        wish = self.cues.wish.search(rest) if rest else None
        if wish:
            rest = self.cues.between.sub("", self._stripped(rest[: wish.start()])).strip()
        elif not self.cues.spaced and _ON_BEHALF.match(rest):
            wish, rest = _ON_BEHALF.match(rest), ""
        subject = self.subject.search(rest) if rest else None
        named = self._ends_with(author, clause, place)
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
        named = named or (aside and not rest and start < clause and self._begins_with_author(start))
        return _Context(
            start=start,
            end=end,
            place=place,
            stop=stop,
            clause=clause,
            author=author,
            rest=rest,
            wished=wish is not None,
            subject=subject is not None or named,
            relative=core != "" and self.cues.relative.search(core) is not None,
            told=core != "" and self.cues.relative_last.search(core) is not None,
            joined=joined,
            follows=previous is not None and joined,
            previous=previous,
            latest=latest,
            listed=kind in ("item", "decided", "introduced"),
            decided=kind == "decided" and clause == start and not rest,
            introduced=kind == "introduced" and clause == start and not rest,
            opens=kind == "numbered" and clause == start and not rest,
            negated=bare != "" and self.cues.negated.search(bare) is not None,
        )

    def _actor(self, verb: Verb, context: _Context) -> str | None:
        """Return whose act a verb performs (the author's or, told in its own sentence, another's), or None."""
        if context.negated and verb.slot != "binding":
            return None
        if self._is_anothers(verb, context):
            return None
        if context.introduced and verb.slot in ("first", "third", "infinitive"):
            return context.author
        if verb.slot == "past":
            if self.told_in_past:
                return self._teller(verb, context)
            return None if context.relative or context.previous else self._other_subject(context)
        rule = getattr(self, f"_is_{verb.slot}")
        if rule(verb, context):
            if verb.slot == "phrase" and self.told_in_past and self._follows_verb(self.cues.crowd_next, context):
                return self._crowd(context)
            return self._going_on(verb, context) or context.author
        # “UNODC recommends that …” in a sentence of its own is the act of another.
        alone = verb.slot == "third" and not context.relative and not context.previous and not context.listed
        reports = not self.cues.spaced and self.reading.document.genre != "speech"
        crowd = alone and reports and self.cues.crowd.search(context.rest)
        return self._crowd(context) if crowd else self._other_subject(context) if alone else None

    @staticmethod
    def _crowd(context: _Context) -> str:
        """Return whom “the experts”, “several delegations” are: the author, where it is several itself."""
        return context.author if context.author in _SEVERAL else _CROWD

    def _is_anothers(self, verb: Verb, context: _Context) -> bool:
        """Tell whether “that” right before a verb makes it what another should do: «تحث الدول على أن تعتمد»."""
        if self.cues.that_last is None or verb.slot not in ("third", "past", "participle"):
            return False
        if context.wished or context.previous is None:
            return False
        places = (context.previous.start, context.place)
        before = (self.cues.adverb.sub(" ", self.plain[max(0, at - 60) : at]).rstrip() for at in places)
        outer, inner = map(self.cues.that_last.search, before)
        return inner is not None and outer is None

    def _is_printed_otherwise(self, place: int, verb: Verb) -> bool:
        """Tell whether a Spanish form that folds to a preterite and a first person is printed as the other: “insto”."""
        word = verb.form.partition(" ")[0]
        other = {"past": "first", "first": "past"}.get(verb.slot)
        if self.lexicon.language != "es" or not word.endswith("o") or (verb.form, other) not in self.forms:
            return False
        end = place + len(word)
        accent = self.reading.document.text[self.reading.to_text(end - 1, end)[0]] not in "oO"
        return accent == (verb.slot == "first")

    def _follows_verb(self, pattern: re.Pattern[str], context: _Context) -> bool:
        """Tell whether a pattern stands right behind a verb, or inside one of several words: «لفت متكلمون الانتباه»."""
        inner = self.plain.find(" ", context.place, context.stop)
        return any(end >= 0 and pattern.match(self.plain, end) is not None for end in (context.stop, inner))

    def _going_on(self, verb: Verb, context: _Context) -> str:
        """Return whose acts a verb without a subject goes on with, where not the author's: “UNODC asks and urges”."""
        if context.latest is not None and self.cues.pronoun.fullmatch(context.rest):
            return context.latest.speaker
        bare = verb.slot in ("participle", "third", "elided") and not context.subject
        return context.previous.speaker if bare and context.previous is not None else ""

    def _teller(self, verb: Verb, context: _Context) -> str | None:
        """Return whose act a report of a meeting tells: “the Ministers stressed …, and called on …”, “Ghana asked”."""
        if context.relative and not self._resumes(verb, context):
            return None
        behind = not context.rest and self._follows_verb(self.cues.crowd_next, context)
        if behind or self.cues.crowd.search(context.rest):
            return self._crowd(context)
        if context.subject:
            return context.author
        last = context.latest.speaker or context.author if context.latest else context.author
        if self.cues.pronoun.fullmatch(context.rest):
            return last
        if context.previous is not None and (context.follows or not context.rest):
            told = context.previous.verb.slot in ("past", "third", "binding")
            return (context.previous.speaker or context.author) if told else None
        if not context.rest and context.listed and context.clause == context.start:
            return context.author  # “the Ministers: (a) undertook to …”
        named = self._named_next(context.place, context.stop, context.author)
        if not context.rest and (named or self._subject_next(context.place, context.stop)):
            return context.author
        if context.previous is None and context.joined and self._opens_with_subject(context.start):
            return last  # “They parted in that conviction, and looked forward to …”
        return self._other_subject(context) or (last if self._drops_subject(context) else None)

    def _opens_with_subject(self, start: int) -> bool:
        """Tell whether a sentence begins with the author, or a pronoun for whoever spoke."""
        pronoun = self.cues.pronoun.match(self.plain, start)
        alone = pronoun is not None and not self.plain[pronoun.end() : pronoun.end() + 1].isalnum()
        return alone or self.cues.subject_next.match(self.plain, start) is not None

    def _drops_subject(self, context: _Context) -> bool:
        """Tell whether a sentence begins with a verb whose subject is left out, as those named before are meant."""
        if context.clause - context.start > _ASIDE:
            return False
        clause = self.plain[context.start : context.clause].strip(" ,،")
        opens = not context.rest and (not clause or self.cues.adverb.fullmatch(clause) is not None)
        if not opens or not self.cues.drops:
            return False
        plural = self.cues.plural_verb.search(self.plain, context.place, context.stop) is not None
        return plural or self.cues.object_next.match(self.plain, context.stop) is not None

    def _subject_next(self, place: int, stop: int) -> bool:
        """Tell whether the author stands right behind a verb that comes first, as in Arabic, or inside its words."""
        if self.lexicon.language != "ar":
            return False
        inner = self.plain.find(" ", place, stop)
        return any(end >= 0 and self.cues.subject_next.match(self.plain, end) is not None for end in (stop, inner))

    @cached_property
    def told_in_past(self) -> bool:
        """Whether the document reports a meeting: its author's acts are told, in the past, of “the Ministers”."""
        told = ours = 0
        texts = (p for p in self.reading.document.paragraphs if p.kind == "text")
        openings = {self.reading.to_folded(_body_of(self.reading.document.text, p), p.end)[0] for p in texts}
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

    def _is_phrase(self, verb: Verb, context: _Context) -> bool:
        """Tell it of “it is our conviction that”, “UNODC is asked to”, “we must”."""
        if verb.act == "pledges":
            return not context.told and (not context.rest or context.subject or context.follows)
        return not context.relative

    def _is_participle(self, verb: Verb, context: _Context) -> bool:
        """Tell it of “recalling …, and stressing …”; no rider (“…, taking into account …”), no item of a list."""
        after = context.previous is not None and context.previous.verb.slot != "participle"
        rider = after and self.cues.rider.match(self.plain, context.place) is not None
        if context.relative or context.listed or rider:
            return False
        if not context.rest or context.subject or self._is_doing(context):
            return True
        previous = context.previous
        far = previous is not None and self.plain[previous.end : context.place].count(" ") > 4
        return context.follows and far and previous is not None and previous.verb.slot == "participle"

    def _is_elided(self, verb: Verb, context: _Context) -> bool:
        """Tell it of “a rappelé …, salué … et encouragé …”, whose auxiliary stands before the first alone."""
        previous = context.previous
        goes_on = previous is not None and previous.verb.slot in ("past", "elided") and not context.rest
        return goes_on and _PASSIVE.match(self.plain, context.stop) is None

    def _is_doing(self, context: _Context) -> bool:
        """Tell whether a participle is finite: “we are asking”, “estamos pidiendo”."""
        being = self.cues.being.search(context.rest)
        if being is None:
            return False
        before = context.rest[: being.start()].rstrip()
        return self.subject.search(before) is not None or (not before and self.cues.plural is not None)

    def _is_first(self, verb: Verb, context: _Context) -> bool:
        """Tell it of “we urge …, welcome … and call …”; where verbs say “we” by themselves, without the pronoun too."""
        spoken = self.reading.document.genre == "speech" and self.cues.singular.match(verb.form) is not None
        says_we = self._says_we(verb) or (not context.rest and (context.wished or spoken))
        if context.subject or says_we:
            return not context.told or verb.act == "commends"  # “Sri Lanka, to which we extend our thanks”
        if context.relative and not self._resumes(verb, context):
            return False
        bare = not context.rest and context.clause == context.start
        closes = self.plain[max(context.start, context.end - 9) : context.end].rstrip().endswith(";")
        listed = bare and closes and not context.listed  # “Urge all States to …;”
        if context.opens or listed or (self.cues.plural is not None and bare):
            return True
        coordinated = context.previous is not None and context.previous.verb.slot in _OURS
        return coordinated and (not context.rest or context.follows)

    def _is_infinitive(self, verb: Verb, context: _Context) -> bool:
        """Tell it of “we would like to thank …, and to express …”, and of “1. Exhortar a los Estados …”."""
        if context.told or context.relative:
            return False
        if context.decided:
            return verb.act in _DIRECTS
        if context.wished or context.opens:
            return not context.rest or context.subject or context.follows
        previous = context.previous
        if previous is None or previous.verb.slot != "infinitive" or not context.follows:
            return False
        return not context.rest or previous.verb.act not in _ASKS  # “Exhortar a los Estados a prevenir y condenar”

    def _says_we(self, verb: Verb) -> bool:
        """Tell whether a verb's form says “we” by itself, without the pronoun."""
        return self.cues.plural is not None and self.cues.plural.match(verb.form) is not None

    def _is_third(self, verb: Verb, context: _Context) -> bool:
        """Tell it of “urges …, and requests …”, “Ghana supports …”, “it rejects …”, “تجدد مجموعة الأصدقاء”."""
        if context.relative and not self._resumes(verb, context):
            return False
        if context.subject or self._meant(context):
            return True
        if not self.cues.spaced:
            return not context.rest and not context.listed and not self._is_others_sentence(context)
        organ = context.author in names.ORGANS or self.reading.document.genre == "resolution"
        previous = context.previous
        coordinated = previous is not None and (
            organ or previous.verb.slot in _GOES_ON or (previous.verb.form, "third") in self.forms
        )
        if context.rest:
            return coordinated and context.follows
        opens = context.opens or (context.clause == context.start and organ)
        latest = context.latest
        spoken_of = latest is not None and latest.verb.slot in _TOLD and not latest.speaker
        return (
            opens
            or ((spoken_of or self._are_meant(verb, context)) and self._drops_subject(context))
            or coordinated
            or self._named_next(context.place, context.stop, context.author)
            or self._subject_next(context.place, context.stop)
        )

    def _are_meant(self, verb: Verb, context: _Context) -> bool:
        """Tell whether a Spanish plural at the head of a sentence means several authors: “Manifiestan su respaldo”."""
        return context.author in _SEVERAL and verb.form.split(" ")[0].endswith("n") and self.lexicon.language == "es"

    def _is_others_sentence(self, context: _Context) -> bool:
        """Tell whether another's name opened the sentence, and goes on as its subject: 人贩子许诺高薪，承诺代办签证."""
        if context.previous is not None or context.clause == context.start or self.cues.adverbial is None:
            return False
        if self.cues.subject_next.match(self.plain, context.place):  # whose form says who: 中方愿
            return False
        until = min(context.clause, context.start + _FAR)
        opening = self.plain[context.start : until].strip(" ,，;；:：")
        first = _COMMA.split(opening)[0]
        aside = self.cues.adverbial.match(first) or self.cues.adverb.fullmatch(first) or self.cues.closing.match(first)
        own = self.cues.ours.search(opening) or self.names_author(context.start, until, context.author)
        return not aside and not own and len(first) > 4

    @cached_property
    def forms(self) -> set[tuple[str, str]]:
        """The forms of the verbs in the text, each with its slot: “salue” is a first person and a third."""
        return {(verb.form, verb.slot) for _, _, verb in self.verbs}

    def _resumes(self, verb: Verb, context: _Context) -> bool:
        """Tell whether a verb goes on with the author's, past a clause about others: “urges those who … and asks …”."""
        previous = context.previous
        if previous is None or not context.follows or previous.verb.slot != verb.slot:
            return False
        if verb.slot != "past" and (previous.speaker or self.lexicon.language == "ar"):  # whose subject stands behind
            return False
        if self.cues.relative.search(self.plain, previous.end, context.place) is None:
            return False
        first = bisect_left(self.verb_starts, previous.end)
        between = self.verbs[first : bisect_left(self.verb_starts, context.place)]
        return not any(other.slot == verb.slot and other.act != "asserts" for _, _, other in between)

    def _is_binding(self, verb: Verb, context: _Context) -> bool:
        """Tell it of “we must”, “Ghana will”, “examinaremos”."""
        ours = self.cues.possessive.fullmatch(context.rest) and self.cues.obligation.fullmatch(verb.form)
        if context.subject or ours or self._meant(context):
            return not context.told
        joined = self.plain[context.clause : context.place].rstrip().endswith(_AND_ALSO)
        will = joined and not self.cues.obligation.fullmatch(verb.form)
        if will and context.previous and not (context.rest or context.relative):
            # 欢迎…，并将…; behind a directive it is the addressee's: 请毒罪办编写报告，并将报告提交大会
            return context.previous.verb.act not in _DIRECTS and not context.previous.speaker
        if context.follows and not context.relative and context.previous and context.previous.verb.slot in _SPOKEN:
            return not context.previous.speaker  # “urges …, and will review …”
        says_we = (
            self._says_we(verb)
            or self._named_next(context.place, context.stop, context.author)
            or self._subject_next(context.place, context.stop)
        )
        return says_we and not context.told and (not context.rest or context.follows)

    def _meant(self, context: _Context) -> bool:
        """Tell whether a pronoun before the verb means the author, of whom the paragraph has spoken: “It rejects …”."""
        latest = context.latest
        if self.cues.pronoun.fullmatch(context.rest) is None:
            return False
        several = context.author in _SEVERAL or self.told_in_past
        if self.cues.they.fullmatch(context.rest) and not several:
            return False
        if latest is None:
            return (self.told_in_past or self.spoken_of) and context.rest not in ("he", "she")
        # Who says “we” does not say “it”.
        return not self._says_we(latest.verb) and self.cues.ours.search(self.plain, latest.clause, latest.end) is None

    def names_author(self, start: int, end: int, author: str) -> bool:
        """Tell whether the author is named in a stretch of the folded text, or “my country”, “our Group”."""
        span = self.reading.to_text(start, end)
        named = any(m.slug == author for m in self.reading.within(*span))
        return named or self.cues.subject_next.search(self.plain, start, end) is not None

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
        text = self.cues.conjunction.sub(" ", self.cues.adverb.sub(" ", text))
        if self.lexicon.language == "ar":
            text = _PARTICLE.sub(" ", text)
        text = _NOTE_MARK.sub(" ", text)
        if "," in text or "،" in text:
            text = _COMMAS.sub(", ", text)
        return " ".join(text.split()).strip(" ,\"'*") if self.cues.spaced else _SEPARATORS.sub("", text)

    def _conjoined(self, before: str) -> bool:
        """Tell whether a conjunction stands right before the verb, adverbs apart."""
        text = self.cues.between.sub("", self.cues.adverb.sub(" ", before[-_NEAR:]).rstrip(" ,،")).rstrip(" ,،")
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

    def _is_author(self, start: int, end: int) -> bool:
        """Tell whether a stretch is hardly more than the author's name."""
        span = self.reading.to_text(start, end)
        named = [m for m in self.reading.within(*span) if m.slug == self.author and m.end <= span[1]]
        return bool(named) and (span[1] - span[0]) - (named[-1].end - named[0].start) < 6

    def _ends_with(self, author: str, clause: int, place: int) -> bool:
        """Tell whether the author's name stands last before the verb."""
        start, end = self.reading.to_text(clause, max(place, clause + 1))
        named = [m for m in self.reading.within(start, end) if m.slug == author and m.end <= end]
        return bool(named) and self._nothing_between(named[-1].end, place)

    def _before_name(self, author: str, clause: int, place: int) -> str:
        """Return the words of a clause before the author's name, which stands last before the verb."""
        start, end = self.reading.to_text(clause, max(place, clause + 1))
        named = [m.start for m in self.reading.within(start, end) if m.slug == author and m.end <= end]
        until = self.reading.to_folded(named[-1], named[-1])[0] if named else place
        return self._stripped(self.plain[clause:until])

    def _nothing_between(self, end: int, place: int) -> bool:
        """Tell whether at most one short word, adverbs apart, stands between a name's end (of the text) and a verb."""
        tail = self._stripped(self.plain[self.reading.to_folded(end, end)[0] : place])
        tail = _DELEGATE.sub("", _AND_MEMBERS.sub("", tail))
        if tail in _TO:
            return False
        return len(tail) < 12 and len(tail.split()) <= (1 if self.cues.spaced else 0)

    def _other_subject(self, context: _Context) -> str | None:
        """Return who, other than the author, is named last before the verb; in Arabic also right behind it."""
        if self.lexicon.language == "ar" and not context.rest:
            return self._other_behind(context)
        start, end = self.reading.to_text(context.clause, max(context.place, context.clause + 1))
        named = [m for m in self.reading.within(start, end) if self._speaks(m) and m.end <= end]
        if not named or named[-1].slug == context.author or not self._nothing_between(named[-1].end, context.place):
            return None
        if not self.cues.spaced and "代表" in self.plain[context.clause : context.place]:
            return None  # for whom the author speaks
        return named[-1].slug

    def _speaks(self, mention: Mention) -> bool:
        """Tell whether a name is that of somebody who can speak for themselves; at a meeting a class of actors can."""
        return (
            mention.kind in _SPEAKERS
            or mention.slug in _VOICES
            or (mention.kind == "actor-class" and mention.slug not in _MUTE and self.told_in_past)
        )

    def _other_behind(self, context: _Context) -> str | None:
        asked = self.cues.asked.search(self.plain, context.place, context.stop)
        if asked or self.cues.plural_verb.search(self.plain, context.place, context.stop):
            return None
        begin, end = self.reading.to_text(context.place, context.stop)
        if role := self.cues.role.match(self.plain, context.stop):  # «حثت ممثلة كندا»
            end = self.reading.to_text(role.end() - 1, role.end())[1]
        named = [m for m in self.reading.within(begin + 1, end + 4) if self._speaks(m) and m.start >= end]
        return named[0].slug if named and named[0].slug != context.author else None

    def lays_duty(self, start: int, end: int) -> bool:
        """Tell whether a sentence (offsets of the folded text) begins with an actor who should do something."""
        begin, stop = self.reading.to_text(start, min(start + 60, end))
        should = self.cues.should.search(self.plain, start, min(start + 120, end))
        actors = [m for m in self.reading.within(begin, stop) if m.kind in ("actor-class", "state", "body")]
        return should is not None and bool(actors) and actors[0].start - begin < 12

    def reporter(self, start: int, end: int) -> str:
        """Return whose words a sentence without operative verb tells: “The observer for Iraq said …”; else nothing."""
        if not self.told_in_past:
            return ""
        delegate = self.cues.delegate.match(self.plain, start, end)
        if delegate is None:
            return ""
        begin, _ = self.reading.to_text(delegate.end() - 1, delegate.end())
        named = [m for m in self.reading.within(begin, begin + 24) if self._speaks(m)]
        return named[0].slug if named else ""

    def head(self, trigger: Trigger) -> int:
        """Return where a later provision of a sentence begins: at its clause, or at the conjunction before the verb."""
        text = self.plain[trigger.clause : trigger.start]
        if len(text) < 60 and (self.subject.search(self._stripped(text)) or not self._stripped(text)):
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

    def is_closing(self, start: int, end: int) -> bool:
        """Tell whether a sentence (offsets of the folded text) only greets or thanks the audience."""
        if end - start >= (90 if self.cues.spaced else 30) or self.cues.closing.search(self.plain[start:end]) is None:
            return False
        # “Mr. President, we call on all States to ratify the Protocol.”
        comma = _COMMA.search(self.plain, start, end)
        first = bisect_left(self.verb_starts, comma.end() if comma else end)
        behind = self.verbs[first : bisect_left(self.verb_starts, end)]
        return not any(
            verb.slot in ("first", "third") and verb.act not in ("asserts", "commends") for _, _, verb in behind
        )


def ends_with(text: str, marks: Set[str]) -> bool:
    """Tell whether one of some marks stands behind the last word of a text.

    >>> ends_with("Who pays?”", QUESTION), ends_with("Who? Not we.", QUESTION)
    (True, False)
    """
    for character in reversed(text):
        if character in marks:
            return True
        if character.isalnum() or character == "_":
            return False
    return False


def _body_of(text: str, paragraph: Paragraph) -> int:
    """Return where a paragraph's words begin, behind its number."""
    mark = ITEM_MARK.match(text, paragraph.start, paragraph.end)
    return mark.end() if mark else paragraph.start


def _completed(candidates: list[_Found]) -> Iterator[_Found]:
    """Yield verbs in order, the longest completion of the same words first (“a noté”, “a noté avec inquiétude”)."""
    for number, (place, stop, verb) in enumerate(candidates):
        words = " ".join(verb.rest)
        longer = [
            c
            for c in candidates[number + 1 : number + 9]
            if verb.rest and c[0] == place and c[2].form == verb.form and " ".join(c[2].rest).startswith(words + " ")
        ]
        yield from longer[-1:]
        yield place, stop, verb


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the spans of the sentences in a stretch of text.

    >>> list(sentences("We act. Article No. 5 counts!", 0, 29))
    [(0, 7), (8, 29)]
    """
    begin = start
    for match in _SENTENCE_END.finditer(text, start, end):
        after = text[match.end() : match.end() + 2].lstrip()
        if _ABBREVIATION.search(text[max(begin, match.start() - 8) : match.start() + 1]) or (
            after and (after[0].islower() or after[0] in "»”,")
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
