"""A document with its mentions comes in; the operative verbs that are its author's own go out, sentence by sentence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from atgraph import names
from atgraph.contexts import TOLD, Context, Trigger
from atgraph.lexicon import Verb
from atgraph.mentions import Spans
from atgraph.model import Span
from atgraph.sentences import COMMA
from atgraph.turns import CROWD, OWN, SEVERAL, Turns

_Found = tuple[int, int, Verb]
"""Where a verb begins, where the last of its parts ends, and the verb."""
_FAR = 600
"""What stands further before a verb in its clause does not tell whose act it is."""
_ASIDE = 80
_ASKS = ("urges", "calls-on", "encourages", "invites", "requests", "recommends", "demands", "pledges", "decides")
"""Acts whose verb governs further infinitives."""
_PROPOSES = re.compile(r"предл\w+(?:\s(?:также|далее|вновь))?\s\w+(?:(?<!с)ть|ться|чь|йти|сти)\b")
"""Russian has one verb for inviting somebody and, before an infinitive, for proposing something."""
_IMPERSONAL = ("it", "il", "el", "это", "оно")
"""Pronouns of nobody, where something would be so: “it would take years”."""
_NO_LESS = re.compile(r"\w+ (?:pas|point) moins\b(?! (?:de|que)\b| d')")
"""What makes a French negation none: “nous n'en savons pas moins gré”."""
_ANNOUNCES = ("decides", "asserts")
"""Acts of an announcement, where none is that of what is announced."""
_DIRECTS = ("urges", "calls-on", "encourages", "invites", "requests", "recommends")
_OBJECT = re.compile(
    r"(?:\s(?:fermement|vivement|instamment|vigoureusement|egalement|aussi|une fois encore))*"
    r"\s(?:que\b|qu'|l[ae](?!\s\d)\b|les\b|l'|une?\b|des\b|c(?:e|et|ette|es)\b|s(?:on|a|es)\b|leurs?\b"
    r"|au(?! cours| titre| moins| sein| nom)\b|aux(?!\sfins)\b"
    r"|a l[a']\s?(?=organisation|office|assemblee|conference|commission|communaute|societe|union|republique))"
)
"""What stands behind a French participle that is an act, and not behind “le plan, adopté par la Conférence”."""
_IS_ASKED = re.compile(r"(?:are|is|were|was|sont|est|ont ete|son|es|estan|fueron) ")
"""How a passive begins that asks: “are called upon to”."""
_AND_ALSO = ("并", "并且", "还", "也", "同时")
"""How a Chinese clause goes on with the subject before it."""
_SPOKEN = (*TOLD, "first", "phrase")
_GOES_ON = ("third", "participle", "infinitive", "phrase", "binding")
"""The forms that a verb in the third person, without a subject of its own, goes on from."""
_OURS = ("first", "infinitive", "binding", "phrase")
"""The forms that a verb in the first person, without a subject of its own, goes on from."""
_PERSON_AGAIN = re.compile(r"(?:mr|mrs|ms|miss|dr|sr|sra|m|mme|mlle|г-н|г-жа)\b\.?\s\w+(?:[ '-]\w+){0,2}")
# «سياسة» and «سيادة» are no futures.
_WILL = re.compile(r"(?<!\w)[وف]?س[يت](?!اس|اد|ار|طر|ول|ره|ما|ين|ون)\w{3,7}(?<!ه)(?!\w)")
_LET_US = {
    # An imperative of the first person, which many nouns look like: “Unissons nos forces”, “N'oublions pas”.
    "fr": re.compile(
        r"\W*(?:(?:mais|et|alors|aussi|or|enfin),?\s)?(?P<verb>(?:n'|ne )\w+ons"
        r"|(?!(?:garcons|lecons|facons|macons|troncons|soupcons|prisons|moissons|poissons|boissons|echantillons|salons|patrons"
        r"|cantons|jalons|sons|dons|tons|wagons|ballons|cloisons|(?!f|t|pl)\w*aisons)\b)\w{2,}(?<!i)ons)(?!\w)"
    ),
    "ar": re.compile(r"\W*(?P<verb>فلن\w{2,6})(?!\w)"),
}
"""How a sentence begins that says what we all should do."""
_FRONTED = {
    "es": re.compile(r"(?:de|del|en|al?|con|por|para|sobre|ante|desde|hasta|tras|mediante)\s"),
    "ru": re.compile(r"(?:в|во|на|ко?|со?|об?|для|по|за|из|от|у|при|до|перед|через|между|после|особое)\s"),
}
"""How what stands before a verb that says “we” begins, where it is no subject: “De su cumplimiento rendiremos …”."""
_AT_WHOSE = tuple("应受经承")
_IN_DATIVE = re.compile("(?:ам|ям|ому|ему)$")
"""How a Russian name ends of somebody who is asked, and does not ask."""


class Recognizer(Turns):
    """Finds the operative verbs of one document."""

    def triggers(self, start: int, end: int, author: str, earlier: list[Trigger], kind: str = "") -> list[Trigger]:
        """Return the author's operative verbs in a sentence, given by its offsets in the folded text.

        `earlier` are those of the paragraph's sentences before; `kind` says that the sentence is the `item` of a list,
        one of those `decided`, one `introduced` by its author's name, opens a `numbered` paragraph, or is a delegate's
        `turn`.
        """
        found: list[Trigger] = []
        candidates = [*self._lexical(start, end), *self._bindings(start, end)]
        if kind == "turn":
            candidates += self.reported_futures(start, end)
        ordered = candidates
        if len(candidates) > 1:
            # Of forms with the same head, one with a gap says more, and the nearest completion is meant.
            ordered = sorted(candidates, key=lambda c: (c[0], -len(c[2].form), not c[2].rest, c[1]))
        clauses = self._clauses(start, ordered[-1][0]) if ordered else []
        pasts = {place for place, _, verb in ordered if verb.slot == "past"} if self.told_in_past else set()
        context: Context | None = None
        for place, stop, verb in _completed(ordered):
            if found and place < found[-1].end + (2 if found[-1].verb.slot == "binding" else 0):
                continue  # “would make available”
            if place in pasts and verb.slot == "first" and self.cues.singular.match(verb.form):
                continue  # «أوصى» and «أوصي» fold alike
            if context is not None and context.place == place:
                context.stop = stop
            else:
                clause = clauses[bisect_left(clauses, (place,)) - 1][1]
                latest = found[-1] if found else earlier[-1] if earlier else None
                context = self._context(place, stop, (start, end), max(clause, place - _FAR), author, latest, kind)
            if found and self._is_announced(found[-1].verb, verb, context):
                found[-1] = found[-1]._replace(start=place, end=stop, verb=verb)
                continue
            actor = self._actor(verb, context)
            if actor and found and context.wished and self._joined(found[-1], place):
                found.pop()  # the verb of wishing itself: “queremos agradecer”
            if actor is None:
                continue
            speaker = actor if actor != author else ""
            alike = bool(found) and found[-1].speaker == speaker
            if alike and (self._joined(found[-1], place) or self._merged(found[-1], verb, context)):
                continue
            found.append(Trigger(place, stop, verb, context.clause, speaker))
        return found

    def _lexical(self, start: int, end: int) -> Iterator[tuple[int, int, Verb]]:
        verbs = self._verbs_in(start, end)
        veiling = self.cues.veiling if verbs else None
        adverbs = [m.span() for m in veiling.finditer(self.plain, start, end)] if veiling else []
        for place, stop, verb in verbs:
            slot = verb.slot
            if (verb.act == "asserts" and slot != "past") or (slot == "elided" and not self.told_in_past):
                continue
            if slot != "phrase" and verb.act == "invites" and _PROPOSES.match(self.plain, place):
                verb = replace(verb, act="recommends")
            at = bisect_right(adverbs, (place, end)) - 1 if adverbs else -1
            inside = at >= 0 and stop <= adverbs[at][1] and adverbs[at] != (place, stop)
            if not inside and not self.masked(place) and not self._is_printed_otherwise(place, verb):
                yield place, stop, verb  # 鉴于 is inside 有鉴于此

    def _bindings(self, start: int, end: int) -> Iterator[tuple[int, int, Verb]]:
        """Yield what binds the speaker by mood or tense: we must, we will, let us."""
        spans = [match.span() for match in self.reading.said.find("binding", start, end)]
        bound = Spans(spans if self.cues.future else ())
        for match in self.cues.future.finditer(self.plain, start, end) if self.cues.future else ():
            begin = match.start()
            while begin > start and self.plain[begin - 1].isalnum():
                begin -= 1
            if not bound.cover(begin) and begin + 2 < match.start() and self._is_stressed(*match.span()):
                spans.append((begin, match.end()))
        spans += self._futures_of_author(start, end)
        let_us = _LET_US.get(self.lexicon.language)
        if let_us is not None and (urged := let_us.match(self.plain, start, end)):
            spans.append(urged.span("verb"))
        for begin, stop in spans:
            wish = self.cues.wish_any.match(self.plain, begin, end)  # “no podemos sino” obliges nobody
            if not self.masked(begin) and (wish is None or wish.end() <= stop):
                yield begin, stop, Verb("pledges", "binding", self.plain[begin:stop])

    def _futures_of_author(self, start: int, end: int) -> list[Span]:
        """Return the Arabic futures whose subject is the author, right behind them: «ستنشئ حكومة بلدي»."""
        if self.lexicon.language != "ar":
            return []
        spans = (match.span() for match in _WILL.finditer(self.plain, start, end))
        return [span for span in spans if self._subject_next(*span) or self._named_next(*span, self.author)]

    def _is_stressed(self, start: int, end: int) -> bool:
        """Tell whether a Spanish ending is that of a future, by its accent: “-arán”, not “-aran”."""
        ending = self.reading.document.text[slice(*self.reading.to_text(start, end))]
        return self.lexicon.language != "es" or ending.endswith("mos") or "á" in ending or ending.isupper()

    def _joined(self, previous: Trigger, place: int) -> bool:
        """Tell whether two verbs stand over one object (“stress and reaffirm that”)."""
        if place - previous.end > _ASIDE:
            return False
        between = self.cues.adverb.sub(" ", self.plain[previous.end : place])
        if not self.cues.spaced:
            return between.strip() in ("", "和", "并", "、", "及")
        bare = self.cues.conjunction.sub(" ", between).strip(" ,،و")
        return not bare and "," not in between and previous.end < place

    def _is_announced(self, telling: Verb, verb: Verb, context: Context) -> bool:
        """Tell whether a verb is what a delegate said of themselves: “announced that her country would build …”."""
        if not context.turn or context.joined or telling.act not in _ANNOUNCES:
            return False
        if verb.slot == "binding" and self.cues.obligation.fullmatch(verb.form):
            return False
        if context.rest in _IMPERSONAL and verb.slot == "binding":
            return False
        own = OWN.search(context.rest) or self._means_speaker(context) or self.is_said(context)
        return bool(own) or (telling.act == "decides" and context.subject)

    def _merged(self, previous: Trigger, verb: Verb, context: Context) -> bool:
        """Tell whether a promise goes on with the one before (“let us strengthen …, and work …”)."""
        if previous.verb.act == verb.act == "transmits" and previous.clause >= context.start:
            return True  # “Upon instructions from my Government, I have the honour to transmit”
        moods = ("binding", "phrase")
        if verb.slot == "phrase" and previous.verb.act == verb.act and previous.clause == context.clause:
            return not context.subject and not context.follows
        both = previous.verb.act == verb.act == "pledges" and verb.slot in moods
        apart = self._says_we(verb) or previous.verb.slot == "third"  # “intends to meet …, and will review …”
        apart = apart or (not self.cues.spaced and self.plain[context.clause : context.place].endswith(_AND_ALSO))
        finite = context.place > previous.end and apart and verb.slot in moods
        return both and previous.clause >= context.start and not context.subject and not finite

    def _actor(self, verb: Verb, context: Context) -> str | None:
        """Return whose act a verb performs (the author's or, told in its own sentence, another's), or None."""
        if context.negated and verb.slot != "binding" and not _NO_LESS.match(self.plain, context.place):
            return None
        if self._is_anothers(verb, context):
            return None
        if context.introduced and verb.slot in ("first", "third", "infinitive"):
            return context.author
        if verb.slot == "past":
            if self.told_in_past or context.turn:
                return self._teller(verb, context)
            return None if context.relative or context.previous else self._other_subject(context)
        rule = getattr(self, f"_is_{verb.slot}")
        if rule(verb, context):
            told = verb.slot == "phrase" and self.told_in_past
            if told and self._behind_verb(self.cues.crowd_next, context.place, context.stop):
                return self.crowd(context.author)
            return self._going_on(verb, context) or context.author
        # “UNODC recommends that …” in a sentence of its own is the act of another.
        alone = verb.slot == "third" and not context.relative and not context.previous and not context.listed
        reports = not self.cues.spaced and self.reading.document.genre != "speech"
        crowd = alone and reports and self.cues.crowd.search(context.rest)
        return self.crowd(context.author) if crowd else self._other_subject(context) if alone else None

    def _is_anothers(self, verb: Verb, context: Context) -> bool:
        """Tell whether “that” right before a verb makes it what another should do: «تحث الدول على أن تعتمد»."""
        if self.cues.that_last is None or verb.slot not in (*TOLD, "participle"):
            return False
        if context.wished or context.previous is None:
            return False
        places = (context.previous.start, context.place)
        before = (self.cues.adverb.sub(" ", self.plain[max(0, at - 60) : at]).rstrip() for at in places)
        outer, inner = map(self.cues.that_last.search, before)
        return inner is not None and outer is None

    def _is_printed_otherwise(self, place: int, verb: Verb) -> bool:
        """Tell whether a Spanish form that folds to a preterite and a first person is printed as the other: “insto”."""
        if self.lexicon.language != "es" or verb.slot not in ("past", "first"):
            return False
        word = verb.form.partition(" ")[0]
        other = "first" if verb.slot == "past" else "past"
        if not word.endswith("o") or (verb.form, other) not in self.forms:
            return False
        end = place + len(word)
        accent = self.reading.document.text[self.reading.to_text(end - 1, end)[0]] not in "oO"
        return accent == (verb.slot == "first")

    def _means_speaker(self, context: Context) -> bool:
        """Tell whether a pronoun stands before a verb, or the name of who has the floor: “Mr. Natuman asked”."""
        again = context.turn and _PERSON_AGAIN.fullmatch(context.rest) is not None
        return again or self.cues.pronoun.fullmatch(context.rest) is not None

    def _going_on(self, verb: Verb, context: Context) -> str:
        """Return whose acts a verb without a subject goes on with, where not the author's: “UNODC asks and urges”."""
        if context.latest is not None and self._means_speaker(context):
            return context.latest.speaker
        bare = verb.slot in ("participle", "third", "elided") and not context.subject
        return context.previous.speaker if bare and context.previous is not None else ""

    def _teller(self, verb: Verb, context: Context) -> str | None:
        """Return whose act a report of a meeting tells: “the Ministers stressed …, and called on …”, “Ghana asked”."""
        if context.relative and not self._resumes(verb, context):
            return context.author if self.is_said(context) else None
        behind = not context.rest and self._behind_verb(self.cues.crowd_next, context.place, context.stop)
        if behind or self.cues.crowd.search(context.rest):
            return self.crowd(context.author)
        if context.subject:
            return context.author
        last = context.latest.speaker or context.author if context.latest else context.author
        if self._means_speaker(context):
            return last
        if context.previous is not None and (context.follows or not context.rest):
            if delegate := self._other_delegate(context):
                return delegate
            told = context.turn or context.previous.verb.slot in (*TOLD, "binding")
            return (context.previous.speaker or context.author) if told else None
        if not context.rest and context.listed and context.clause == context.start:
            return context.author  # “the Ministers: (a) undertook to …”
        named = self._named_next(context.place, context.stop, context.author)
        if not context.rest and (named or self._subject_next(context.place, context.stop)):
            return context.author
        if context.previous is None and context.joined and self._opens_with_subject(context.start):
            return last  # “They parted in that conviction, and looked forward to …”
        if context.turn and (not context.rest or OWN.search(context.rest)):
            return context.author
        if context.turn and self.is_within_said(context):
            return context.author if self.is_said(context) else None
        return self._other_subject(context) or (last if self._drops_subject(context) else None)

    def _opens_with_subject(self, start: int) -> bool:
        """Tell whether a sentence begins with the author, or a pronoun for whoever spoke."""
        pronoun = self.cues.pronoun.match(self.plain, start)
        alone = pronoun is not None and not self.plain[pronoun.end() : pronoun.end() + 1].isalnum()
        return alone or self.cues.subject_next.match(self.plain, start) is not None

    def _drops_subject(self, context: Context) -> bool:
        """Tell whether a sentence begins with a verb whose subject is left out, as those named before are meant."""
        if context.clause - context.start > _ASIDE:
            return False
        clause = self.plain[context.start : context.clause].strip(" ,،")
        opens = not context.rest and (not clause or self.cues.adverb.fullmatch(clause) is not None)
        if not opens or not self.cues.drops:
            return False
        plural = self.cues.plural_verb.search(self.plain, context.place, context.stop) is not None
        return plural or self.cues.object_next.match(self.plain, context.stop) is not None

    def _is_phrase(self, verb: Verb, context: Context) -> bool:
        """Tell it of “it is our conviction that”, “UNODC is asked to”, “we must”."""
        if verb.act == "pledges":
            if self.is_said(context):
                return True
            return not context.told and (not context.rest or context.subject or context.follows)
        # “States which have not yet done so are called upon to …”: behind a clause about who is asked.
        opens = context.clause == context.start or self.plain[context.clause - 2 : context.clause].rstrip().endswith(
            (";", "؛", "；")
        )
        return not context.relative or (opens and not context.told and _IS_ASKED.match(verb.form) is not None)

    def _is_opening(self, verb: Verb, context: Context) -> bool:
        """Tell it of a noun that says by itself what its author does: “DECLARAN: Su firme compromiso de …”."""
        return context.place == context.clause == context.start and (context.listed or context.opens)

    def _is_participle(self, verb: Verb, context: Context) -> bool:
        """Tell it of “recalling …, and stressing …”; no rider (“…, taking into account …”), no item of a list."""
        after = context.previous is not None and context.previous.verb.slot != "participle"
        rider = after and self.cues.rider.match(self.plain, context.place) is not None
        if context.relative or context.listed or rider:
            return False
        if not context.rest or context.subject or self._is_doing(context):
            return True
        previous = context.previous
        far = previous is not None and self.plain.count(" ", previous.end, context.place) > 4
        return context.follows and far and previous is not None and previous.verb.slot == "participle"

    def _is_elided(self, verb: Verb, context: Context) -> bool:
        """Tell it of “a rappelé …, salué … et encouragé …”, whose auxiliary stands before the first alone."""
        previous = context.previous
        goes_on = previous is not None and previous.verb.slot in ("past", "elided") and not context.rest
        return goes_on and _OBJECT.match(self.plain, context.stop) is not None

    def _is_doing(self, context: Context) -> bool:
        """Tell whether a participle is finite: “we are asking”, “estamos pidiendo”."""
        being = self.cues.being.search(context.rest)
        if being is None:
            return False
        before = context.rest[: being.start()].rstrip()
        return self.subject.search(before) is not None or (not before and self.cues.plural is not None)

    def _is_first(self, verb: Verb, context: Context) -> bool:
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

    def _is_infinitive(self, verb: Verb, context: Context) -> bool:
        """Tell it of “we would like to thank …, and to express …”, and of “1. Exhortar a los Estados …”."""
        if context.told or context.relative:
            return False
        if context.decided:
            return verb.act in _DIRECTS
        if context.wished or context.opens:
            return not context.rest or context.subject or context.follows or self._meant(context)
        previous = context.previous
        if previous is None or previous.verb.slot != "infinitive" or not context.follows:
            return False
        return not context.rest or previous.verb.act not in _ASKS  # “Exhortar a los Estados a prevenir y condenar”

    def _says_we(self, verb: Verb) -> bool:
        """Tell whether a verb's form says “we” by itself, without the pronoun."""
        return self.cues.plural is not None and self.cues.plural.match(verb.form) is not None

    def _is_third(self, verb: Verb, context: Context) -> bool:
        """Tell it of “urges …, and requests …”, “Ghana supports …”, “it rejects …”, “تجدد مجموعة الأصدقاء”."""
        if context.relative and not self._resumes(verb, context):
            return self.is_said(context)
        if context.subject or self._meant(context):
            return True
        if not self.cues.spaced:
            if context.previous is not None and self.cues.rider.match(self.plain, context.place):
                return False
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
        spoken_of = latest is not None and latest.verb.slot in TOLD and not latest.speaker
        return (
            opens
            or ((spoken_of or self._are_meant(verb, context)) and self._drops_subject(context))
            or coordinated
            or self._named_next(context.place, context.stop, context.author)
            or self._subject_next(context.place, context.stop)
        )

    def _are_meant(self, verb: Verb, context: Context) -> bool:
        """Tell whether a Spanish plural at the head of a sentence means several authors: “Manifiestan su respaldo”."""
        return context.author in SEVERAL and verb.form.split(" ")[0].endswith("n") and self.lexicon.language == "es"

    def _is_others_sentence(self, context: Context) -> bool:
        """Tell whether another's name opened the sentence, and goes on as its subject: 人贩子许诺高薪，承诺代办签证."""
        if context.previous is not None or context.clause == context.start or self.cues.adverbial is None:
            return False
        if self.cues.subject_next.match(self.plain, context.place):  # whose form says who: 中方愿
            return False
        until = min(context.clause, context.start + _FAR)
        opening = self.plain[context.start : until].strip(" ,，;；:：")
        first = COMMA.split(opening)[0]
        aside = self.cues.adverbial.match(first) or self.cues.adverb.fullmatch(first) or self.cues.closing.match(first)
        own = self.cues.ours.search(opening) or self.names_author(context.start, until, context.author)
        return not aside and not own and len(first) > 4

    @cached_property
    def forms(self) -> set[tuple[str, str]]:
        """The forms of the verbs in the text, each with its slot: “salue” is a first person and a third."""
        return {(verb.form, verb.slot) for _, _, verb in self.verbs}

    def _resumes(self, verb: Verb, context: Context) -> bool:
        """Tell whether a verb goes on with the author's, past a clause about others: “urges those who … and asks …”."""
        previous = context.previous
        if previous is None or not context.follows:
            return False
        alike = previous.verb.slot == verb.slot or (context.turn and previous.verb.slot == "binding")
        if not alike:
            return False
        if verb.slot != "past" and (previous.speaker or self.lexicon.language == "ar"):  # whose subject stands behind
            return False
        if self.cues.relative.search(self.plain, previous.end, context.place) is None:
            return False
        between = self._verbs_in(previous.end, context.place)
        return not any(other.slot == verb.slot and other.act != "asserts" for _, _, other in between)

    def _is_binding(self, verb: Verb, context: Context) -> bool:
        """Tell it of “we must”, “Ghana will”, “examinaremos”."""
        if self.is_said(context):
            return self.cues.obligation.fullmatch(verb.form) is None
        if context.turn and context.rest in _IMPERSONAL:
            return False
        ours = self.cues.possessive.fullmatch(context.rest) and self.cues.obligation.fullmatch(verb.form)
        if context.subject or ours or self._meant(context):
            return not context.told
        if (
            context.opens and not context.turn and context.place == context.clause == context.start
        ):  # “WE …: WILL MEET again”
            return self.cues.obligation.fullmatch(verb.form) is None
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
        fronted = _FRONTED.get(self.lexicon.language) if not context.relative else None
        free = not context.rest or context.follows or (fronted is not None and fronted.match(context.rest) is not None)
        return says_we and not context.told and free

    def _meant(self, context: Context) -> bool:
        """Tell whether a pronoun before the verb means the author, of whom the paragraph has spoken: “It rejects …”."""
        if context.turn and OWN.search(context.rest):
            return True
        latest = context.latest
        if not self._means_speaker(context):
            return False
        if context.turn:
            return self.cues.they.fullmatch(context.rest) is None or context.author in SEVERAL
        several = context.author in SEVERAL or self.told_in_past
        if self.cues.they.fullmatch(context.rest) and not several:
            return False
        if latest is None:
            quoted = self.reading.document.genre == "press-release" and context.author in SEVERAL
            return (self.told_in_past or self.spoken_of or quoted) and context.rest not in ("he", "she")
        # Who says “we” does not say “it”.
        return not self._says_we(latest.verb) and self.cues.ours.search(self.plain, latest.clause, latest.end) is None

    def _other_subject(self, context: Context) -> str | None:
        """Return who, other than the author, is named last before the verb; in Arabic also right behind it."""
        if self.lexicon.language == "ar" and not context.rest:
            return self._other_behind(context)
        start, end = self.reading.to_text(context.clause, max(context.place, context.clause + 1))
        named = [m for m in self.reading.within(start, end) if self.speaks(m) and m.end <= end]
        if not named or named[-1].slug == context.author or not self._nothing_between(named[-1].end, context.place):
            return None
        words = self.reading.plain(named[-1].start, named[-1].end)
        if self.lexicon.language == "ru" and named[-1].kind != "state" and _IN_DATIVE.search(words):
            return None  # «судам рекомендовали»
        if not self.cues.spaced and "代表" in self.plain[context.clause : context.place]:
            return None  # for whom the author speaks
        if self.reading.document.text[named[-1].start - 1 : named[-1].start] in _AT_WHOSE:
            return None  # 应所罗门群岛政府邀请
        return CROWD if named[-1].slug in ("all-states", "member-states") else named[-1].slug

    def _other_delegate(self, context: Context) -> str | None:
        """Return whose delegate stands right behind an Arabic verb: «ولاحظت ممثلة سنغافورة»."""
        if self.lexicon.language != "ar" or context.rest:
            return None
        role = self._behind_verb(self.cues.role, context.place, context.stop)
        return self._other_behind(context) if role else None

    def _other_behind(self, context: Context) -> str | None:
        asked = self.cues.asked.search(self.plain, context.place, context.stop)
        if asked or self.cues.plural_verb.search(self.plain, context.place, context.stop):
            return None
        begin, end = self.reading.to_text(context.place, context.stop)
        role = self._behind_verb(self.cues.role, context.place, context.stop)
        if role:  # «حثت ممثلة كندا», «لاحظت ممثلة كندا أن»
            end = self.reading.to_text(role.end() - 1, role.end())[1]
        named = [m for m in self.reading.within(begin + 1, end + 4) if self.speaks(m) and m.start >= end]
        return named[0].slug if named and named[0].slug != context.author else None

    def lays_duty(self, start: int, end: int) -> bool:
        """Tell whether a sentence (offsets of the folded text) begins with an actor who should do something."""
        begin, stop = self.reading.to_text(start, min(start + 60, end))
        should = self.cues.should.search(self.plain, start, min(start + 120, end))
        actors = [m for m in self.reading.within(begin, stop) if m.kind in ("actor-class", "state", "body")]
        return should is not None and bool(actors) and actors[0].start - begin < 12

    def head(self, trigger: Trigger) -> int:
        """Return where a later provision of a sentence begins: at its clause, or at the conjunction before the verb."""
        text = self.plain[trigger.clause : trigger.start]
        if len(text) < 60 and (not (bare := self._stripped(text)) or self.subject.search(bare)):
            return trigger.clause
        matches = list(self.cues.conjunction.finditer(text))
        return (
            trigger.clause + matches[-1].start()
            if matches and len(text) - matches[-1].end() < 30
            else (trigger.clause if len(text) < 60 else trigger.start)
        )

    def is_closing(self, start: int, end: int) -> bool:
        """Tell whether a sentence (offsets of the folded text) only greets or thanks the audience."""
        if end - start >= (90 if self.cues.spaced else 30) or self.cues.closing.search(self.plain[start:end]) is None:
            return False
        # “Mr. President, we call on all States to ratify the Protocol.”
        comma = COMMA.search(self.plain, start, end)
        behind = self._verbs_in(comma.end() if comma else end, end)
        return not any(
            verb.slot in ("first", "third") and verb.act not in ("asserts", "commends") for _, _, verb in behind
        )


def _completed(candidates: list[_Found]) -> Iterator[_Found]:
    """Yield verbs in order, the longest completion of the same words first (“a noté”, “a noté avec inquiétude”)."""
    for number, (place, stop, verb) in enumerate(candidates):
        if verb.rest:
            words = " ".join(verb.rest) + " "
            longer = [
                c
                for c in candidates[number + 1 : number + 9]
                if c[0] == place and c[2].form == verb.form and " ".join(c[2].rest).startswith(words)
            ]
            yield from longer[-1:]
        yield place, stop, verb
