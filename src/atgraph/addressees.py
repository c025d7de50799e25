"""A provision found, with the mentions in it, comes in; whom it asks, binds, or lays a task on goes out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from atgraph import cues
from atgraph.mentions import Reading, Spans
from atgraph.model import Link, Mention, Provision, Span
from atgraph.sentences import QUOTED

_ACTORS = {"actor-class", "state", "body", "group"}
_DIRECTIVE = {"urges", "calls-on", "encourages", "invites", "requests", "recommends", "demands"}
TELLING = {"welcomes", "supports", "recalls", "notes", "commends", "reaffirms"}
"""Acts that may tell of what another does."""
_COORDINATED = re.compile(
    r"[,،、;]|\b(?:and|or|as well as|et|ou|ainsi que|y|e|o|asi como|и|или|а также)\b|[和及与或]"
    r"|，(?:特别是|尤其是|包括|其中包括)|(?:^|\s)و"
)
# What ends a row of addressees: the mark of what they are asked to do.
_STOPS = {
    "en": re.compile(r"\b(?:to|that|which|who|whose|on|in|with|for|from)\b"),
    "fr": re.compile(r"\b(?:a|que|qui|pour|dont|dans|avec|sur)\b"),
    "es": re.compile(r"\b(?:que|para|en|con|sobre)\b"),
    "ru": re.compile(r"\b\w+(?:ть|ти|ться|чь)\b|\b(?:которы\w+|в|на|с|о|об)\b"),
    "ar": re.compile(r"\b(?:ان|علي|الي|التي|الذي|الذين|في|من|مع|بالتعاون|بالتنسيق|بالتشاور|بشان)\b"),
    "zh": re.compile(r"[^、，和及与或其他有关各所以及并各方主管利益攸关相应国家的包括特别是尤其]"),
}
_PRONOUNS = {
    language: (re.compile(before), re.compile(behind), re.compile(rf"(?<=\s)(?:{behind})"))
    for language, before, behind in (
        ("en", "(?!)", r"\s*(?:upon |on )?(?:them|it|him|her)\b"),
        ("fr", r"(?:^|[\s'])(?:les|leur|l'|le|lui)\s*$", "(?!)"),
        ("es", r"(?:^|\s)(?:les|los|las|le|lo|la)\s*$|(?:ndo|[aei]r)l[eao]s?$", "(?!)"),  # “invitándolos a ratificar”
        ("ru", r"(?:^|\s)(?:ему|ей|им)(?:\s(?:также|далее|настоятельно))*\s*$", r"\s*(?:их|им|его|ему|ее|ей)\b"),
        ("zh", "(?!)", r"(?:其(?![他它余中])|它们|他们|她们|它|他|她)"),
        ("ar", "(?!)", r"(?:\s*(?:الي|من|علي|ل|ب))?(?:هما|هم|هن|ها|ه)\b"),
    )
}
"""What may stand before, behind and inside a verb for those named before."""
_SOME_OF_THEM = re.compile(
    r"\s*(?:upon |on )?(?:those (?:which|of them|among them|(?:who|that) have not)|ceux d'entre eux"
    r"|celles d'entre elles|ceux qui (?:ne )?l'ont|(?:a )?aquell[oa]s de ell[oa]s"
    r"|(?:a )?(?:los|las|aquell[oa]s) que (?:aun |todavia )?no lo ha|те(?:х|м)? из них|к тем из них)\b"
)
"""Behind a verb: some of those named before."""
_AND_TO = re.compile(
    r"\b(?:et|ou)\s+(?:a|aux?)\b"
)  # French repeats the preposition: “au Nigéria et à la Côte d'Ivoire”
_IS_ASKED = re.compile(r"(?:are|is|were|was|be|sont|est|ont ete|son|es|estan|fueron)\b")
"""How a passive begins: “they are invited to”."""
_PASSIVE = re.compile(r"\b(?:was|were|been|ete|fue|fueron|sido|был\w*|предложено|поручено|рекомендовано|предписано)\b")
_ALONG = re.compile(r"\b(?:in|en|в)\s(?:\w+\s)?$")  # “in close cooperation with” those who are not asked
_TOGETHER = re.compile(  # Chinese joins with one word those asked and those asked along
    "(?:充分|密切|积极|通力|进一步|加强|全面|开展|携手|共同|保持|进行|紧密|持续|继续|切实|真诚|予以)*"
    "(?:协商|合作|协调|磋商|一道|协作|配合|联络|联系|沟通|对话)|携手|一起"
)
_WITH = re.compile("[与同跟]")
_ADDRESSED = re.compile(r" (?:to|on|upon|a|aux?|al|к|الي)$|(?:ت|اء|ب)(?:نا|ها|ه)$")
_FRONT = 6
"""Who is asked stands first in a provision in as many characters."""


def addressees(
    reading: Reading, provision: Provision, mentions: Sequence[Mention], part: str, earlier: Sequence[Provision]
) -> Iterator[Link]:
    """Yield whom a provision asks, binds, or lays a task on."""
    before = earlier[0] if earlier else None
    actors = _actors(reading, mentions, provision)
    verb_start, verb_end = provision.act.span
    directive = provision.act.slug in _DIRECTIVE
    found: list[Mention] = []
    if directive and before is not None and _by_pronoun(reading, provision):
        asking = (p for p in earlier if p.paragraph == provision.paragraph and p.addressees)
        before = before if before.addressees else next(asking, before)
        named = reading.within(before.start, before.end)
        lead = reading.plain(provision.start, provision.start + 3)
        kinds = _ACTORS if re.match(r"(?:a|al|aux?)\s", lead) else {"actor-class"}  # “A la UNODC le pedimos que”
        own = [m for m in actors if m.end <= verb_start and m.kind in kinds]
        found = own and _row(reading, own, own[0].start)  # “As for donors, …; the Union urges them to …”
        if not found:
            yield from before.addressees or (link_of(m) for m in named if m.kind in ("actor-class", "body"))
    elif directive:
        ahead = _row_before(reading, [m for m in actors if m.end <= verb_start + 1], verb_start)
        if provision.act.rule == "verb:phrase":  # “UNODC is requested to assist States”
            found = ahead
        # An actor may stand between the parts of a verb, or be the end of its form: 责成秘书长.
        behind = [m for m in actors if m.start > verb_start and (m.end > verb_end or m.start >= verb_start + 2)]
        after = verb_end if not behind or behind[0].start >= verb_end else behind[0].start
        if not found and reading.document.language == "zh" and _MODIFIES.match(reading.document.text, verb_end):
            found = _modified(reading, actors, verb_end)
        if ahead and ahead[0].start - provision.start < _FRONT and _is_dative(reading, ahead[0]):
            found = found or ahead  # «Банкам и операторам связи предлагаем …»
        found = found or _row(reading, behind, after, speaker=provision.speaker.slug)
        if not found and _PASSIVE.search(reading.plain(verb_start, verb_end)):
            found = ahead  # “supermarkets were urged to”
        found = found or _fronted(reading, provision, before)
        if reading.document.language == "zh":
            found = found or _modified(reading, actors, verb_end)
    else:
        found = _bound(reading, provision, actors)
        if provision.act.rule == "verb:binding":  # “Barbados will host a recruitment desk”
            found = found or _who_will(reading, provision, [m for m in actors if m.end <= verb_start + 1])
        if not found and provision.act.slug == "recalls" and _REMINDS.search(reading.plain(verb_start, verb_end)):
            behind = [m for m in actors if m.start >= verb_end - 1]
            between = reading.plain(verb_end, behind[0].start) if behind else ""
            if behind and not (_BREAK.search(between) or _THAT.match(between)):
                found = _row(reading, behind, verb_end, _REMINDED)
        if not found and provision.act.slug == "welcomes":
            found = _awaited(reading, provision, actors)
        if provision.act.slug in TELLING:
            found += _undertaken(reading, provision, actors)
        if not found and before is not None and _bound_pronoun(reading, provision):
            yield from before.addressees
        if provision.act.slug == "decides":
            found += _charged(reading, [m for m in actors if m.start > verb_start], verb_end)
    if directive and found:
        found += _further(reading, actors, found[-1].end)
        found += _in_particular(reading, actors, found[-1].end)
    found += _tasked(reading, provision, actors, directive)
    if not found and part == "letter":
        yield from _letter_addressee(reading)
    yield from (link_of(m) for m in found if m.kind != "group")


def _is_dative(reading: Reading, actor: Mention) -> bool:
    """Tell whether an actor is printed in the Russian dative, as who is asked: «операторам связи»."""
    words = reading.plain(actor.start, actor.end)
    return reading.document.language == "ru" and re.search(r"(?:ам|ям|ому|ему)(?!\w)", words) is not None


_OURSELVES = re.compile("我们(?:下列|以下|这些|在座的?|在场的?|签署)?$")
"""Before States that are the speakers themselves: 我们下列各国."""


def _actors(reading: Reading, mentions: Sequence[Mention], provision: Provision) -> list[Mention]:
    """Return who among the mentions may be asked: neither the speaker nor the victims whom all is about."""
    leave = {provision.speaker.slug, "victims", "participants", "chair"}
    found = [m for m in mentions if m.kind in _ACTORS and m.standing != "loose" and m.slug not in leave]
    if not found:
        return found
    text = reading.document.text
    if reading.document.language == "zh":
        found = [m for m in found if not _OURSELVES.search(text, max(0, m.start - 6), m.start)]
    found = [m for before, m in zip([None, *found], found, strict=False) if not (before and _governs(text, before, m))]
    return [m for m, after in zip(found, [*found[1:], None], strict=False) if not (after and _qualifies(m, after))]


_OF_THE = re.compile(r"\s(?:of|de|des|d['’]|du)\s?(?:the |l[ae]s? |los |all |tous les |todos los )?")


def _governs(text: str, first: Mention, second: Mention) -> bool:
    """Tell whether a label only says that authorities are asked, or whose: 海地当局, “consulates of countries”."""
    authorities = first.kind == "state" and second.slug == "governments" and second.start == first.end
    countries = first.kind == "actor-class" and second.slug == "all-states"
    return authorities or (countries and _OF_THE.fullmatch(text, first.end, second.start) is not None)


def _qualifies(first: Mention, second: Mention) -> bool:
    """Tell whether a label is only the first part of who is asked: “the Government of Haiti”, 各国司法机关."""
    gap = second.start - first.end
    government = first.slug == "governments" and second.kind == "state" and 0 <= gap < 8
    return government or (first.kind == second.kind == "actor-class" and gap == 0)


_FURTHER = {
    language: (re.compile(lead), re.compile(rf"(?:\s(?:of|de|des|du|d')[^,;.]{{0,30}})?{tail}"))
    for language, lead, tail in (
        ("en", r"[;,]\s*(?:and\s+|(?:and\s+)?(?:up)?on\s+)(?:the\s+|all\s+)?$", r"\s*,?\s*(?:in turn,\s*)?to\s\w"),
        (
            "fr",
            r"[;,]\s*(?:et\s+)?(?:aux?|a la|a l'|les?|la|l')\s*$|\bet\s+(?:les?|la|l')\s*$",
            r"\s*,?\s*(?:de\b|d'|que\b"
            r"|a\s(?:ne (?:pas |plus |jamais )?)?(?:mieux |y |en |s'|les? |la |l')?\w+(?:er|ir|re|oir)\b)",
        ),
        (
            "es",
            r"(?:[;,]|\by)\s+(?:al|a l[ao]s?)\s*$",
            r"\s*\)?,?\s*(?:(?:a )?que\b|a \w+[aei]r(?:l[aeo]s?|se)?\b)",
        ),
        ("ru", r"[;,]\s*а\s+$|[:;]\s*\(?\w\)\s*$", r"\s*[—–-]\s"),
        ("ar", r"[;,،؛]\s*و(?:الي\s+|[بل])?$", r"\s*(?:الي|ان)\b"),
    )
}
"""What stands before and behind those whom an elliptic clause asks: “aux banques, de …”, “а журналистам — …”."""


def _further(reading: Reading, actors: list[Mention], start: int) -> list[Mention]:
    """Return those whom the same verb asks for something else: “urges A to …, and B to …”."""
    found: list[Mention] = []
    if reading.document.language not in _FURTHER:
        return found
    lead, tail = _FURTHER[reading.document.language]
    for place, actor in enumerate(actors):
        if actor.start > start and lead.search(reading.plain(max(start, actor.start - 16), actor.start)):
            row = _row(reading, actors[place:], actor.start)
            if row and tail.match(reading.plain(row[-1].end, row[-1].end + 40)):
                found += row
    return found


_PARTICULAR = re.compile(
    r"\b(?:in particular|particularly|especially|notably|including|en particulier|notamment|en particular"
    r"|especialmente|sobre todo|прежде всего|в частности|в особенности|ولا سيما|وخاصه|وبخاصه)"
    r"\s(?:the |l[ae]s? |l'|los? |el |a )?$|(?:特别是|尤其是)$"
)


def _in_particular(reading: Reading, actors: list[Mention], start: int) -> list[Mention]:
    """Return the States singled out among those asked, behind what describes them: “…, in particular Canada”."""
    for place, actor in enumerate(actors):
        lead = (max(start, actor.start - 24), actor.start)
        if actor.kind == "state" and actor.start > start and _PARTICULAR.search(reading.plain(*lead)):
            return _row(reading, actors[place:], actor.start)
    return []


def _charged(reading: Reading, behind: list[Mention], verb_end: int) -> list[Mention]:
    """Return on whom a decision lays a task: “designates UNODC”, and the States it names as hosts or coordinators."""
    if by := _BY_WHOM.match(reading.document.text, verb_end):  # 决定由贩运人口问题工作组审议
        verb_end = by.end()
    reach = 12 if reading.lexicon.profile.spaced else 0
    after = [m for m in behind if m.start >= verb_end - 1]
    return _row(reading, after, verb_end, reach) + [m for m in behind if m.kind == "state"]


_BY_WHOM = re.compile("由|委托|责成|指定|授权|请")
_MODIFIES = re.compile(
    "(?:那些|所有|其他|各|凡)?(?:由|尚未|尚无|还未|仍未|未|没有|已|有能力|有条件|参加|加入|批准|设有|拥有|具有|受|向|在|从|与|为|负责"
    "|提供|接收|来自|作为|正在|能够|愿意)"
)
"""How a clause begins in Chinese that describes the actor behind it."""


def _modified(reading: Reading, actors: list[Mention], verb_end: int) -> list[Mention]:
    """Return the actor that a clause before it describes, in Chinese: 促请尚未加入《议定书》的国家."""
    text = reading.document.text
    for actor in actors:
        if actor.start >= verb_end and text[actor.start - 1] == "的":
            return [actor] if not re.search("[，；]", text[verb_end : actor.start]) else []
    states = _STATES_THAT.match(text, verb_end)
    return [_states(states.span(1))] if states and _MODIFIES.match(text, verb_end) else []


_STATES_THAT = re.compile("[^，；。]{2,70}?的([\u4e00-\u9fff]{0,4}国家)")
"""States that a clause before them describes, in Chinese, and no label names: 尚未加入《议定书》的国家."""


def _states(span: Span) -> Mention:
    return Mention("actor-class", "all-states", *span, "国家")


def _fronted(reading: Reading, provision: Provision, before: Provision | None) -> list[Mention]:
    """Return those whom a directive names first: “To banks and exchanges, we say: …”, “Aux banques, nous demandons”."""
    start, end = provision.start, provision.act.span[0]
    if before is not None and before.paragraph == provision.paragraph:
        # The clause that names them may have been taken for the end of the provision before.
        stops = [m.end() for m in _STOP.finditer(reading.document.text, before.act.span[1], end)]
        start = stops[-1] if stops else start
    actors = [m for m in _actors(reading, reading.within(start, end), provision) if m.end <= end]
    asked = {link.span for link in before.addressees} if before is not None else set()
    if not actors or end - start > 200 or (actors[0].start, actors[0].end) in asked:
        return []
    lead = reading.plain(start, actors[0].start).split()
    spaced = reading.lexicon.profile.spaced
    if len(lead) > 3 or len(" ".join(lead)) > 24:
        lead_in = reading.plain(start, start + 2)
        return [] if spaced or not lead_in.startswith(("对", "请", "向")) else actors[-1:]
    return _row(reading, actors, actors[0].start)


_STOP = re.compile(r"[.;؛。；]\s*")
_REMINDS = re.compile("remind|rappel|recuerd|record|напомин|напомн|ذكر|提醒|提请|告诫|警")
"""A verb of recalling that may be addressed to somebody: “reminds all States that”."""
_THAT = re.compile(r"\s*(?:that|que|qu'|что|ان|بان)\b")
_REMINDED = 8
"""As few characters stand between “recalls” and whom it reminds."""


_DATIVE = re.compile(
    r"il (?:leur|lui) (?:appartient|incombe|revient)\b|les? (?:corresponde|incumbe|compete|toca)\b"
    r"|(?:им|ему|ей) (?:следует|надлежит|необходимо|предстоит)\b"
)
"""How a sentence begins that lays a duty on those named before: “il leur appartient de”."""


def _bound_pronoun(reading: Reading, provision: Provision) -> bool:
    """Tell whether those named before should or must do what a plain statement says: “They should …”."""
    words = cues.load(reading.document.language)
    plain = reading.folded.text
    start, end = reading.to_folded(provision.start, provision.end)
    if _DATIVE.match(plain, start, end):
        return True
    pronoun = words.pronoun_first.match(plain, start, end)
    impersonal = pronoun is not None and pronoun[0] in ("it", "il", "el")  # “it is essential that”; “el” is an article
    return (
        pronoun is not None and not impersonal and words.should.search(plain, start, min(start + 60, end)) is not None
    )


def _by_pronoun(reading: Reading, provision: Provision) -> bool:
    """Tell whether a directive's verb has a pronoun for its object: “encouraging them to”, “les pedimos que”."""
    before, behind, inside = _PRONOUNS[reading.document.language]
    plain = reading.folded.text
    start, end = reading.to_folded(*provision.act.span)
    verb = plain[start:end]
    opens = reading.to_folded(provision.start, provision.start)[0]
    subject = cues.load(reading.document.language).pronoun.match(plain, opens, start)
    passive = provision.act.rule == "verb:phrase" and subject is not None and _IS_ASKED.match(verb) is not None
    return (
        passive
        or before.search(verb.split(" ", 1)[0]) is not None  # some forms hold the pronoun: “les pedimos”
        or before.search(plain[max(0, start - 12) : start]) is not None
        or behind.match(plain, end, end + 14) is not None
        or _SOME_OF_THEM.match(plain, end, end + 40) is not None
        or inside.search(verb) is not None  # “press them to”
    )


def _row(reading: Reading, actors: list[Mention], after: int, reach: int = 60, speaker: str = "") -> list[Mention]:
    """Return the actors that stand together behind a place (“A, B and other C”), the speaker's own name passed over."""
    stop = _STOPS[reading.document.language]
    adverb = cues.load(reading.document.language).adverb
    spaced = reading.lexicon.profile.spaced
    found: list[Mention] = []
    last = after
    for actor in actors:
        if found and actor.start == found[-1].start:
            found.append(actor)
            continue
        if actor.start - last > _FURTHEST:
            break
        gap = _AND_TO.sub(", ", reading.plain(last, actor.start))
        if not found:
            for named in reading.within(last, actor.start):
                if named.slug == speaker or (not spaced and named.kind == "document"):
                    gap = gap.replace(reading.plain(named.start, named.end), " ", 1)
            gap = adverb.sub(" ", gap)
            if not spaced and len(gap) > 6 and not gap.endswith("的"):
                break
            words = gap.strip(" ,،").split()
            small = all(len(word) < 5 for word in words)  # “that the”, “por que la”, “à ce que les”
            if (
                len(gap) > reach
                or (spaced and len(words) > 5)
                or (len(words) > 2 and not small and stop.search(gap[3:]))
            ):
                break
        elif len(gap) > 45 or not _COORDINATED.search(gap) or stop.search(adverb.sub(" " if spaced else "", gap)):
            break
        found.append(actor)
        last = actor.end
    together = len(found) > 1 and _TOGETHER.match(reading.document.text, last)
    for number in range(1, len(found)) if together else ():
        if _WITH.search(reading.plain(found[number - 1].end, found[number].start)):
            return found[:number]  # behind the first “with” stand those asked along
    return found[:-1] if together else found


def _row_before(reading: Reading, actors: list[Mention], before: int, described: bool = False) -> list[Mention]:
    """Return the actors that stand together in front of a place (“A, B and C should”), or `described` before it."""
    found: list[Mention] = []
    last = before
    for actor in reversed(actors):
        if last - actor.end > _FURTHEST:
            break
        gap = reading.plain(actor.end, last) if actor.end <= last else ""
        gap = " " if described and not found and _WHICH_HAVE.fullmatch(gap) else gap
        apart = actor.end <= last and not _COORDINATED.search(gap)
        if len(gap) > (30 if found else 22) or (apart and found) or _STOP.search(gap):
            break
        found.append(actor)
        last = actor.start
    return found[::-1]


_AWAITS = re.compile("look|await|attend|esper|aguard|ожида|يتطلع|تتطلع|نتطلع|اتطلع|期待|盼望")
_FROM = re.compile(
    r"[^,;.:،؛]{0,60}"
    r"(?:\b(?:from|by|par|de la part d\w+|de parte del?|por|от|со стороны) (?:the |la |le |el |los )?|\sمن\s(?:ال)?)"
)
"""From whom something is awaited."""


def _awaited(reading: Reading, provision: Provision, actors: list[Mention]) -> list[Mention]:
    """Return the body of which something is expected: “looks forward to receiving a briefing from UNODC”."""
    start, end = provision.act.span
    if _AWAITS.search(reading.plain(start, end)) is None:
        return []
    bodies = [m for m in actors if m.kind == "body" and m.start >= end - 1]
    gap = reading.plain(end, bodies[0].start) if bodies else ""
    return bodies[:1] if bodies and (not gap.strip() or _FROM.fullmatch(gap)) else []


_SUBJECT_OPENS = re.compile(
    r"(?:^|[,;:.،؛，；：)]\s?)(?:(?:and|et|y|и|و)\s?)?(?:the |all |l[ae]s? |l'|los |el |tous les |todos los |все )?$"
)


def _who_will(reading: Reading, provision: Provision, ahead: list[Mention]) -> list[Mention]:
    """Return who will do what is promised, where not the speaker itself: “Barbados will host a recruitment desk”."""
    start = provision.act.span[0]
    row = _row_before(reading, ahead, start)
    if not row:
        return []
    ours = cues.load(reading.document.language).ours
    opens = _SUBJECT_OPENS.search(reading.plain(provision.start, row[0].start)) is not None
    return row if opens and ours.search(reading.plain(row[-1].end, start)) is None else []


_WHICH_HAVE = re.compile(r",?\s(?:котор\w+|which|that|who|qui|que|التي|الذين|الذي)\s[^,.;:،؛]{3,70},?\s")
"""What describes an actor before what it should do: “States parties that have not yet done so should”."""


def _undertaken(reading: Reading, provision: Provision, actors: list[Mention]) -> list[Mention]:
    """Return who is to do what a position speaks of: “welcomes the decision of Ghana and Norway to host …”."""
    start, end = reading.to_folded(provision.act.span[1], provision.end)
    match = cues.load(reading.document.language).undertaking.search(reading.folded.text, start, min(start + 40, end))
    if match is None:
        return []
    there = reading.to_text(match.end() - 1, match.end())[1]
    return _row(reading, [m for m in actors if m.start >= there and m.kind in ("state", "body")], there, 12)


def _bound(reading: Reading, provision: Provision, actors: list[Mention]) -> list[Mention]:
    """Return who should, must or needs to do what a plain statement says."""
    if not actors:
        return []
    words = cues.load(reading.document.language)
    bound: list[Mention] = []
    matches = list(reading.said.find("should", *reading.to_folded(provision.start, provision.end)))
    if not matches:
        return bound
    told = reading.document.genre == "press-release"  # whose quotations are its author's words
    spans = () if told else QUOTED.finditer(reading.document.text, provision.start, provision.end)
    quoted = Spans(m.span() for m in spans)
    starts = [m.start for m in actors]
    for match in matches:
        here, there = reading.to_text(*match.span())
        if quoted.cover(here):
            continue
        if words.subject.search(reading.plain(max(provision.start, here - 24), here)):  # “…, and we shall”
            continue
        found = _row_before(reading, _ahead(actors, starts, here), here, described=True)
        if not found and (states := _STATES_BEFORE.search(reading.document.text, max(provision.start, here - 7), here)):
            found = [_states(states.span(1))]  # 尚未加入《公约》的国家应尽早加入
        bound += found or _row(reading, _behind(actors, starts, there), there, 14)
    return bound


_STATES_BEFORE = re.compile("的([\u4e00-\u9fff]{0,4}国家)$")
_FURTHEST = 400
"""No two actors of a row, with what is said of them and a name between them, stand further apart, in characters."""
_LONGEST_ROW = 250
"""No row of actors is longer: there are fewer States."""


def _ahead(actors: list[Mention], starts: list[int], place: int) -> list[Mention]:
    """Return the actors before a place that a row which ends there can hold; `starts` is where each begins."""
    at = bisect_left(starts, place)
    return [m for m in actors[max(0, at - _LONGEST_ROW) : at] if m.end <= place]


def _behind(actors: list[Mention], starts: list[int], place: int) -> list[Mention]:
    """Return the actors behind a place that a row which begins there can hold."""
    at = bisect_left(starts, place)
    return actors[at : at + _LONGEST_ROW]


def _tasked(reading: Reading, provision: Provision, actors: list[Mention], directive: bool) -> list[Mention]:
    """Return on whom a noun lays a task: the duty of A, partnerships between A and B, the training of C.

    In a directive only what stands behind such a noun counts, since what stands before it is asked already.
    """
    if not actors:
        return []
    found: list[Mention] = []
    words = cues.load(reading.document.language)
    matches = list(reading.said.find("duty", *reading.to_folded(provision.start, provision.end)))
    starts = [m.start for m in actors] if matches else []
    for match in matches:
        before = reading.folded.text[max(0, match.start() - 24) : match.start()]
        if _ALONG.search(before) or words.relative_last.search(before):
            continue
        here, there = reading.to_text(*match.span())
        # Of bodies only one is meant to which such a noun is addressed: “its request to the Secretary-General”.
        asks = _ADDRESSED.search(match[0]) is not None
        near = reading.to_text(match.end(), min(match.end() + 6, len(reading.folded.text)))[1] if asks else -1
        behind = _behind(actors, starts, there)
        meant = (n for n, m in enumerate(behind) if m.kind in ("actor-class", "state") or m.start <= near)
        behind = behind[next(meant, len(behind)) :]
        trains = _TRAINING.search(match[0]) is not None
        gap = reading.plain(there, behind[0].start) if behind else ""
        if behind and (_reaches(gap) or (trains and _FOR_WHOM.fullmatch(gap))):
            row = _row(reading, behind, behind[0].start)
            found += [m for m in row if m.kind in ("actor-class", "state") or row[0].start <= near]
        lead = reading.folded.text[max(0, match.start() - 30) : match.end()]
        trained = _TRAINED.search(lead) or (_GIVEN.search(lead) if trains else None)
        if trained:  # “that all police officers receive regular training”
            here, _ = reading.to_text(match.end() - len(lead) + trained.start(), match.end())
        ahead = [m for m in _ahead(actors, starts, here) if m.kind in ("actor-class", "state")]
        if trained or not directive:
            found += _row_before(reading, ahead, here)
        elif match[0] == "培训":  # 对警察和检察官进行手语培训
            found += _trained(reading, ahead, here)
    return found


_TRAINED = re.compile(
    r"(?<!\w)(?:receiv\w+|underg\w+|be|is|are|recoiv\w+|recevoir|suiv\w+|beneficie\w*|soient|etre|seront|recib\w+|sean|estar|esten"
    r"|проход\w+|прош\w+|получ\w+|(?:و)?[يت]تلق\w+|تلقي)\s(?:\S+\s){0,2}"
    r"(?:train\w*|form\w*|capacit\w*|подготов\w*|обуч\w*|(?:ال)?تدريب\w*)$|接受\S{0,4}培训$"
)
"""What makes those before a word of training the trained."""
_GIVEN = re.compile(
    r"\s(?:with (?:\w+ ){0,3}?|una (?:\w+ )?|une (?:\w+ )?|de la |(?:\w+ую|\w+ой) )"
    r"(?:training|formacion|capacitacion|formation|подготовку)\b"
)
"""The same where training is given: “provide judges and police officers with training”."""
_TRAINING = re.compile("train|form|capacit|подготов|обуч|تدريب|培训")
_FOR_WHOM = re.compile(
    r"[^,;:.،؛]{0,60}\b(?:for|para|pour|destin\w+ (?:a|aux|al)|dirigid\w+ a|a l'intention d\w+|для)"
    r"\s(?:(?:the|all|les|los|las|tous les|todos los|всех)\s)?"
)
"""What stands between a word of training and those who are trained, where it is long."""


def _reaches(gap: str) -> bool:
    """Tell whether so few words stand between a task and an actor that it is theirs; an aside in commas is none."""
    gap = _ASIDE.sub(" ", gap)
    return len(gap) <= 25 or (len(gap) <= 40 and _COORDINATED.search(gap) is not None and not _BREAK.search(gap))


_ASIDE = re.compile(r"^\s*,[^,]{1,40},")
_BREAK = re.compile(r"[,;:.؛،。，；：]")


_FOR_THOSE = re.compile("[对为给向]")


def _trained(reading: Reading, actors: list[Mention], before: int) -> list[Mention]:
    """Return who is trained, in Chinese: those behind 对 or 为 in the clause of the word."""
    text = reading.document.text
    far = max(0, before - _FURTHEST)
    whom = _FOR_THOSE.search(text, max(far, *(text.rfind(stop, far, before) for stop in "，；。：\n)）")), before)
    named = [m for m in actors if m.start > whom.start()] if whom else []
    return _row(reading, named, named[0].start) if named else []


def _letter_addressee(reading: Reading) -> Iterator[Link]:
    title = reading.document.fields.get("title")
    for mention in reading.within(*title.span) if title else []:
        if mention.kind == "body" and mention.slug.startswith(("secretary-general", "president-of")):
            yield Link(mention.slug, "body", (mention.start, mention.end), "letter's addressee", 0.9)


def link_of(mention: Mention) -> Link:
    """Return the link to what is mentioned, with the label that it was known by."""
    rule = f"label:{mention.label}" if mention.label else "number"
    return Link(mention.slug, mention.kind, (mention.start, mention.end), rule, mention.confidence)
