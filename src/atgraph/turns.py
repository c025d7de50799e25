"""The sentences of a record come in; who has the floor in each goes out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from atgraph.contexts import CLOSES, DELEGATE, SPEECHES, TITLED, TOLD, Context, Surroundings
from atgraph.lexicon import Verb, names_of
from atgraph.model import Mention
from atgraph.sentences import COMMA

CROWD = "group-of-states"
"""Speakers at a meeting whom its report does not name: “several speakers”, “some delegations”."""
OWN = re.compile(
    r"\b(?:his|her|its|their|sus?|son|sa|ses|leurs?|его|ее|их) (?:own )?(?:government|country|delegation|authorities"
    r"|organization|office|agency|gobierno|pais|delegacion|organizacion|oficina|gouvernement|pays|delegation|organisation"
    r"|bureau|правительство|страна|делегация|организация|управление)$|\bправительство (?:его|ее) страны$"
    r"|(?:بلده|بلدها|حكومته|حكومتها|وفده|وفدها|منظمته|منظمتها)$|(?:该国|本国|其|该组织)(?:政府)?$"
)
"""How a record speaks of a delegate's own State or body."""
_WOULD = {
    "en": re.compile(
        r"\bwould(?! (?:like|have|wish|welcome|appreciate|be (?:needed|required|useful|helpful|better|wrong)))\b"
    ),
    # Not “espérait”, the past of a verb in -érer, nor “désirait”; not what is wished or supposed.
    "fr": re.compile(
        r"\b(?!(?:ser|aur|devr|pourr|faudr|voudr|souhaiter|aimer|conviendr|vaudr)ai"
        r"|\w*(?:esp|consid|lib|op|recup|gen|diff|accel|exag|adh|ref|coop|pref|sugg|prolif|rem|mod|inf|interf)erai(?:t|ent)\b"
        r"|gerai(?:t|ent)\b|(?:des|insp|att|ret|t|adm|resp|asp)irai(?:t|ent)\b)\w{2,}(?:er|ir|dr|vr|ur|ettr|aitr)ai(?:t|ent)\b"
    ),
    "es": re.compile(
        r"\b(?!(?:ser|hab|habr|deb|podr|desear|querr|tendr|convendr|gustar|har)ia"
        r"|\w*(?:qu|requ|pref|ref|conf|transf|sug|adh|ing|dif|inf|adqu|inqu)[ei]ria)\w{2,}(?:[aei]r|ndr|dr|br)ian?\b"
    ),
}
"""A future that is told of, in the tense of the telling."""
_SAYS_THAT = re.compile(
    r"\b(?:(?:said|says|added|stated|announced|declared)(?:, [^,]{4,90},)? that"
    r"|(?:dit|declare|ajoute|annonce|indique)(?:, [^,]{4,90},)? qu[e']"
    r"|(?:dice|dijo|anade|anadio|declara|declaro|afirma|anuncia|anuncio)(?:, [^,]{4,90},)? que"
    r"|(?:говорит|заявляет|добавляет|сообщает|сообщил\w*|заявил\w*|сказал\w*),? что"
    r"|(?:قال|قالت|اضاف|اضافت|اعلن|اعلنت|ذكر|ذكرت)(?:، [^،]{4,90}،)? ان)(?!\w)|(?:说|表示)[，,：:]"
)
"""How a record says that a delegate speaks."""
_AND_THAT = re.compile(
    r"(?<!\w)(?:and that (?:he|she|it|they)|et qu'(?:il|elle|ils|elles)|y que|и что (?:он|она|они)|وان(?:ه|ها|هم))\s*$"
)
"""How a clause goes on with what a delegate says of themselves: “…, and that she supported the mandate”."""
_THE_GROUP = re.compile("(?:the |le |el )?gr(?:oup|oupe|upo)|группа|(?:ال)?مجموعه|该?集团|该组")
_SPEAKERS = ("body", "group", "state")
_VOICES = ("special-rapporteurs", "chair")
_VOICE_OF_NONE = ("victims", "group-of-states", "permanent-representative")
"""Classes of actors that are told of, and tell nothing themselves."""
SEVERAL = ("group-of-states", "special-rapporteurs")
"""Authors of whom one says “they”; else only a report of a meeting does."""
_REACH = 80
"""As many characters before a verb tell who is its subject."""
_ORGANIZATION = re.compile(
    r"observ|наблюдател|مراقب|观察员|alliance|federation|coalition|association|network|forum|\bngo|alianza|federacion|coalicion|asociacion|\bred\b"
    r"|reseau|альянс|федерац|коалиц|ассоциац|объединен|сеть|ائتلاف|تحالف|اتحاد|رابطه|شبكه|جمعيه|联盟|联合会|协会|网络|论坛"
)
"""What the name of an organization of civil society holds, where the tables do not know it."""
_PROCEDURE = re.compile(
    r"\W*(?:(?:the )?(?:draft|proposal|motion|meeting)\b|it was so|statements? (?:was|were) made"
    r"|(?:le|la) (?:projet|proposition|seance)\b|il en est ainsi|(?:el|la) (?:proyecto|propuesta|sesion)\b|asi queda"
    r"|проект (?:резолюции|решения)|(?:решение|предложение) принимается|заседание\b"
    r"|(?:و)?(?:قد )?(?:اعتمد\w*|تقرر) |مشروع (?:القرار|المقرر)|决议草案|决定草案|就这样决定|会议就此"
    r"|(?:(?:el|la|le) )?(?:mr|mrs|ms|miss|sr|sra|m|mme|г-н|г-жа|السيد|السيده)\b\.?\s[^()（）.]{2,40}[,،])"
)
"""How a sentence begins that tells what the meeting did, or who speaks whose country is not said."""
_LEAD = 120
"""What stands before the main clause of a sentence, where it tells who speaks, is no longer."""
_BEHALF = re.compile(
    r"(?:政府)?(?:常驻)?(?:代表团?)?[)）]*\s?[:,،，(（]?\s?"
    r"(?:(?:said|a dit|dit|dijo|dice|говорит|сказал\w*|قال|قالت)[,،]\s)?"
    r"(?:(?:also |также )?(?:speaking|hablando|interviniendo|s'exprimant|intervenant|parlant"
    r"|prenant la parole|выступая|выступающ\w+|говоря|متحدث\w*|متكلم\w*|تكلمت?|تحدثت?)\s"
    r"(?:also |également |también |также )?)?"
    r"(?:on behalf of|au nom d\w*|en nombre de|от имени|باسم|نيابة عن|代表)l?\s?"
    r"(?:the |l[ae]s? |l['’]|los |el |مجموعة )?",
    re.IGNORECASE,
)


class Turns(Surroundings):
    """Knows who speaks in a document that tells of a debate: a delegate, several, or its author."""

    floor = ""
    """Who has the floor in a record, while they have it."""

    def delegate(self, start: int, end: int) -> str:
        """Return who takes the floor in a sentence (offsets of the folded text) of a record; else nothing.

        “Ms. Reyes (Philippines) said …”, “the observer for Iraq asked …”; for whom they speak goes before who they are.
        """
        if self.reading.document.genre in SPEECHES:
            return ""
        if titled := TITLED.match(self.plain, start, end):
            return self._titled(titled.end(), end)
        if not self.tells:
            return ""
        if self._opens_with_crowd(start, end):
            return self.crowd(self.author)
        comma = COMMA.search(self.plain, start, min(start + _LEAD, end))
        clauses = [start, comma.end()] if comma else [start]
        opening = self._named(start, start + 6, end)
        for place in clauses:
            named = opening if place == start else self._named(place, place + 6, end)
            if (voices := [m.slug for m in named if m.slug in _VOICES]) and self._opens(start, place):
                return voices[0]
        near = self.reading.to_text(start, min(start + 5, end))[1] if opening else 0
        for first in opening:  # “Peru, while noting …, proposed”
            named_first = first.kind in ("state", "group") and first.start < near
            if named_first and COMMA.match(self.reading.document.text, first.end):
                return first.slug
        for place, reach in self._roles(clauses, end):
            if speakers := [m for m in self._named(place, place + reach, end) if self.speaks(m)]:
                return self._for_whom(speakers[0], end) or speakers[0].slug
        return ""

    def _titled(self, place: int, end: int) -> str:
        """Return who is named in the parentheses behind a person, which begin before a place."""
        closes = CLOSES.search(self.plain, place, end)
        stop = closes.start() if closes else place
        speakers = [m for m in self._named(place, stop, end) if self.speaks(m)]
        if speakers:
            return self._for_whom(speakers[0], end) or speakers[0].slug
        return "civil-society" if _ORGANIZATION.search(self.plain, place, stop) else self.author

    def _named(self, start: int, stop: int, end: int) -> tuple[Mention, ...]:
        """Return what is named from one place of the folded text to another, or to its sentence's end."""
        return self.reading.within(*self.reading.to_text(start, min(stop, end)))

    def _opens(self, start: int, place: int) -> bool:
        """Tell whether a sentence or its main clause begins at a place: “Endorsing the request, the observer for”."""
        return place == start or not any(verb.slot in TOLD for _, _, verb in self._verbs_in(start, place - 1))

    def _opens_with_crowd(self, start: int, end: int) -> bool:
        """Tell whether a sentence begins “several speakers said”; “many victims …” does not."""
        arabic = self.lexicon.language == "ar"
        crowd = None if arabic else self.cues.crowd_next.match(self.plain, start)
        if crowd is None and not arabic:
            return False
        near = self._verbs_in(start, min(start + 70, end))
        told = [(place, stop) for place, stop, verb in near if verb.slot in TOLD]
        if crowd is None:
            return bool(told) and self._behind_verb(self.cues.crowd_next, *told[0]) is not None
        aside = COMMA.match(self.plain, crowd.end()) is not None
        return aside or any(place - crowd.end() < 4 for place, _ in told)

    def _roles(self, clauses: list[int], end: int) -> Iterator[tuple[int, int]]:
        """Yield where the name stands of whose delegate opens one of some clauses, and how far on."""
        start = clauses[0]
        if not self.cues.spaced:
            for mention in self._named(start, start + 3, end):
                if self.speaks(mention) and DELEGATE.match(self.reading.document.text, mention.end):
                    yield self.reading.to_folded(mention.start, mention.end)[0], 1
            return
        if self.lexicon.language == "ar":  # whose verb comes first
            begin = clauses[-1] if clauses[-1] - start < _REACH // 2 and self._opens(start, clauses[-1]) else start
            comma = COMMA.search(self.plain, begin, min(begin + 48, end))
            roles = [self.cues.role.search(self.plain, begin, comma.start() if comma else min(begin + 48, end))]
        else:
            roles = [
                role
                for clause in clauses
                if (role := self.cues.delegate.match(self.plain, clause, end)) and self._opens(start, clause)
            ]
        yield from ((role.end() - 1, 24) for role in roles if role)

    def _for_whom(self, delegate: Mention, end: int) -> str:
        """Return the group for which a delegate speaks: “Ms. Reyes (Philippines), speaking on behalf of ASEAN”."""
        text = self.reading.document.text
        near = min(delegate.end + 90, self.reading.to_text(end - 1, end)[1])
        groups = (m for m in self.reading.within(delegate.end, near) if m.kind in ("group", "body"))
        if group := next((m.slug for m in groups if _BEHALF.fullmatch(text, delegate.end, m.start)), ""):
            return group
        states = (m for m in self.reading.within(delegate.end, near) if m.kind == "state")
        return CROWD if any(_BEHALF.fullmatch(text, delegate.end, m.start) for m in states) else ""

    def ends_turn(self, start: int, end: int) -> bool:
        """Tell whether a sentence begins with others than a delegate who spoke, or tells what the meeting did."""
        if _PROCEDURE.match(self.plain, start, end) or self.cues.ours.match(self.plain, start, end):
            return True
        opening = self._named(start, start + 8, end)
        if any(m.slug == self.author for m in opening):
            return True
        verbs = self._verbs_in(start, end)
        if not verbs:
            return False
        place, _, verb = verbs[0]
        words = self._stripped(self.plain[start : min(place, start + _REACH)])
        if opening and opening[0].slug == "victims" and verb.slot in TOLD:
            return self.reading.to_folded(opening[0].end, opening[0].end)[0] + 2 >= place  # “a survivor told …”
        if _THE_GROUP.fullmatch(words) and ("group", self.floor) in names_of():
            return False
        own = self.subject.fullmatch(words) is not None and self.cues.pronoun.fullmatch(words) is None
        return own and self.cues.ours.search(words) is None

    def speaks(self, mention: Mention) -> bool:
        """Tell whether a name is that of somebody who can speak for themselves; at a meeting a class of actors can."""
        return (
            mention.kind in _SPEAKERS
            or mention.slug in _VOICES
            or (mention.kind == "actor-class" and mention.slug not in _VOICE_OF_NONE and self.tells)
        )

    @staticmethod
    def crowd(author: str) -> str:
        """Return whom “the experts”, “several delegations” are: the author, where it is several itself."""
        return author if author in SEVERAL else CROWD

    def _saying(self, context: Context) -> re.Match[str] | None:
        """Return the last verb of saying right before a verb, with its “that”."""
        start = max(context.start, context.place - 2 * _REACH)
        matches = list(_SAYS_THAT.finditer(self.plain, start, context.place))
        return matches[-1] if matches else None

    def is_said(self, context: Context) -> bool:
        """Tell whether a delegate says it of themselves: “Ms. Reyes (Philippines) said that she supported …”."""
        if not context.turn:
            return False
        near = self.plain[max(context.start, context.place - _REACH // 2) : context.place]
        if context.previous is not None and not context.previous.speaker and _AND_THAT.search(near):
            return True
        saying = self._saying(context)
        if saying is None:
            return False
        since = context.previous.end if context.previous is not None else context.start
        others = (m for m in self._named(since, saying.start(), context.place) if m.slug != context.author)
        if context.previous is not None and since < saying.start() and any(map(self.speaks, others)):
            return False  # “regretted that Israel had announced that …”
        who = self._stripped(self.plain[saying.end() : context.place])
        own = self.subject.fullmatch(who) or self.cues.pronoun.fullmatch(who) or OWN.search(who)
        return not who or own is not None or (context.subject and len(who.split()) < 4)

    def is_within_said(self, context: Context) -> bool:
        """Tell whether a verb stands in what a delegate said, right behind the verb of saying."""
        return self._saying(context) is not None

    def reported_futures(self, start: int, end: int) -> Iterator[tuple[int, int, Verb]]:
        """Yield what a record says that a delegate will do: “her country would open a second centre”."""
        if would := _WOULD.get(self.lexicon.language):
            for match in would.finditer(self.plain, start, end):
                printed = self.reading.document.text[slice(*self.reading.to_text(*match.span()))]
                if self.lexicon.language != "es" or "í" in printed:  # “publicaría”, not “voluntaria”
                    yield *match.span(), Verb("pledges", "binding", match[0])
