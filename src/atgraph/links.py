"""A provision found, with the mentions in it, comes in; it goes out linked: to whom, on what grounds, by when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from atgraph import cues, dates, lexicon
from atgraph.mentions import Reading
from atgraph.model import Link, Mention, Provision, Statistic

_ACTORS = {"actor-class", "state", "body", "group"}
_SUBJECT = "trafficking-in-persons"
"""What the whole graph is about is no theme of one provision."""
_DIRECTIVE = {"urges", "calls-on", "encourages", "invites", "requests", "recommends", "demands"}
_TELLING = {"welcomes", "supports", "recalls", "notes", "commends", "reaffirms"}
_COORDINATED = re.compile(
    r"[,،、;]|\b(?:and|or|as well as|et|ou|ainsi que|y|e|o|así como|и|или|а также)\b|[和及与或]|(?:^|\s)و"
)
# What ends a row of addressees: the mark of what they are asked to do.
_STOPS = {
    "en": re.compile(r"\b(?:to|that|which|who|whose|on|in|with|for|from)\b"),
    "fr": re.compile(r"\b(?:a|que|qui|pour|dont|dans|avec|sur)\b"),
    "es": re.compile(r"\b(?:que|para|en|con|sobre)\b"),
    "ru": re.compile(r"\b\w+(?:ть|ти|ться|чь)\b|\b(?:которы\w+|в|на|с|о|об)\b"),
    "ar": re.compile(r"\b(?:ان|علي|الي|التي|الذي|الذين|في|من|بشان)\b"),
    "zh": re.compile(r"[^、，和及与或其他有关各所以及并各方主管利益攸关相应国家的]"),
}
_PRONOUNS = {
    "en": ("(?!)", r"\s*(?:upon |on )?(?:them|it|him|her)\b"),
    "fr": (r"(?:^|[\s'])(?:les|leur|l'|le|lui)\s*$", "(?!)"),
    "es": (r"(?:^|\s)(?:les|los|las|le|lo)\s*$", "(?!)"),
    "ru": ("(?!)", r"\s*(?:их|им|его|ему|ее|ей)\b"),
    "zh": ("(?!)", r"(?:其|它们|他们|她们|它)"),
}
"""What may stand before and behind a verb for those named before."""
_AND_TO = re.compile(
    r"\b(?:et|ou)\s+(?:a|aux?)\b"
)  # French repeats the preposition: “au Nigéria et à la Côte d'Ivoire”
_ALONG = re.compile(r"\b(?:in|en|в)\s(?:\w+\s)?$")  # “in close cooperation with” those who are not asked
_TOGETHER = re.compile("协商|合作|协调|磋商|一道")  # Chinese joins with one word those asked and those asked along
_PERCENT = re.compile(
    r"(?P<v>\d+(?:[.,٫]\d+)?)\s?"
    r"(?:%|٪|per cent|percent|pour cent|por ciento|процент\w*|في المائة|في المئة|بالمائة)|百分之(?P<z>\d+)"
)
_TIMES = re.compile(
    r"(?P<v>\d+(?:[.,]\d+)?|two|three|four|five|deux|trois|dos|tres|два|три|两|三)\s?"
    r"(?:times (?:higher|more|as)|fois plus|veces m[áa]s|раза? (?:больше|выше)|倍)|مرتين|(?:twice|double) (?:as|the)"
)
_NUMBER_WORDS = dict(
    zip(
        "two three four five deux trois dos tres два три 两 三".split(),
        (2, 3, 4, 5, 2, 3, 2, 3, 2, 3, 2, 3),
        strict=True,
    )
)
_ABOUT = re.compile(
    r"\b(?:about|almost|nearly|some|approximately|around|environ|près de|casi|alrededor|около|почти)\b"
    r"|تقريبا|نحو|حوالي|زهاء|约|近"
)
_OF = re.compile(r"\s*(?:of|de|des|du|d'|del|из|от|من|的)\b\s*")
_POPULATION_ENDS = re.compile(r"[,;.،؛。，；]|\s(?:هم|هي|are|were|is|sont|son|являются)\s")


def linked(reading: Reading, provision: Provision, part: str, before: Provision | None = None) -> Provision:
    """Return a provision with its addressees, citations, themes, deadline, figures, and the acts of others it tells.

    `before` is the provision before it, which pronouns refer to.
    """
    mentions = reading.within(provision.start, provision.end)
    speaker = {provision.speaker.slug}
    named = (m for m in mentions if m.kind in ("document", "body") or m.slug == "special-rapporteurs")
    provision = replace(
        provision,
        addressees=tuple(_unique(_addressees(reading, provision, mentions, part, before), speaker)),
        cites=tuple(_unique(map(_link, named), speaker)),
        themes=tuple(_unique(map(_link, _themes(mentions)), {_SUBJECT})),
        deadline=_deadline(reading, provision, mentions),
        statistics=tuple(statistics(reading.document.text, provision.start, provision.end)),
    )
    return replace(provision, reports=tuple(_reported(reading, provision, mentions)))


def _themes(mentions: list[Mention]) -> Iterator[Mention]:
    """Yield the themes, but for those that are only words of the name of an instrument, body or day.

    The name of a call says what is called for, so that its themes count.
    """
    kinds = lexicon.instrument_kinds()
    named = (m for m in mentions if m.kind in ("document", "body", "group", "observance"))
    names = [m for m in named if kinds.get(m.slug) != "call"]
    for mention in mentions:
        if mention.kind == "theme" and not any(n.start <= mention.start < n.end for n in names):
            yield mention


def _addressees(
    reading: Reading, provision: Provision, mentions: list[Mention], part: str, before: Provision | None
) -> Iterator[Link]:
    """Yield whom a provision asks, binds, or lays a task on."""
    actors = [m for m in mentions if m.kind in _ACTORS and m.confidence > 0.4 and m.slug != provision.speaker.slug]
    verb_start, verb_end = provision.act.span
    directive = provision.act.slug in _DIRECTIVE
    found: list[Mention] = []
    if directive and before is not None and _by_pronoun(reading, provision):
        named = reading.within(before.start, before.end)
        yield from before.addressees or (_link(m) for m in named if m.kind in ("actor-class", "body"))
    elif directive:
        found = _row(reading, [m for m in actors if m.start >= verb_end - 1], verb_end)
        if not found and provision.act.rule in ("verb:phrase", "verb:past"):
            found = _row_before(reading, [m for m in actors if m.end <= verb_start + 1], verb_start)
    elif provision.act.slug == "asserts":
        found = _bound(reading, provision, actors)
    found += _tasked(reading, provision, actors, directive)
    if not found and part == "letter":
        yield from _letter_addressee(reading)
    yield from (_link(m) for m in found if m.kind != "group")


def _by_pronoun(reading: Reading, provision: Provision) -> bool:
    """Tell whether a directive's verb has a pronoun for its object: “encouraging them to”, “les pedimos que”."""
    before, behind = _PRONOUNS.get(reading.document.language, ("(?!)", "(?!)"))
    start, end = provision.act.span
    lead = reading.plain(max(0, start - 12), start)
    first = reading.plain(start, end).split(" ", 1)[0]  # some forms hold the pronoun: “les pedimos”
    return (
        re.search(before, first) is not None
        or re.search(before, lead) is not None
        or re.match(behind, reading.plain(end, end + 14)) is not None
    )


def _row(reading: Reading, actors: list[Mention], after: int, reach: int = 60) -> list[Mention]:
    """Return the actors that stand together behind a place: “A, B and other C”."""
    stop = _STOPS[reading.document.language]
    spaced = reading.lexicon.profile.spaced
    found: list[Mention] = []
    last = after
    for actor in actors:
        if found and actor.start == found[-1].start:
            found.append(actor)
            continue
        gap = _AND_TO.sub(", ", reading.plain(last, actor.start))
        if not found:
            words = gap.split()
            small = all(len(word) < 5 for word in words)  # “that the”, “por que la”, “à ce que les”
            if (
                len(gap) > reach
                or (spaced and len(words) > 5)
                or (len(words) > 2 and not small and stop.search(gap[3:]))
            ):
                break
        elif len(gap) > 45 or not _COORDINATED.search(gap) or stop.search(gap):
            break
        found.append(actor)
        last = actor.end
    together = len(found) > 1 and _TOGETHER.match(reading.document.text, last)
    return found[:-1] if together else found


def _row_before(reading: Reading, actors: list[Mention], before: int) -> list[Mention]:
    """Return the actors that stand together in front of a place: “A, B and C should”."""
    found: list[Mention] = []
    last = before
    for actor in reversed(actors):
        gap = reading.plain(actor.end, last) if actor.end <= last else ""
        apart = actor.end <= last and not _COORDINATED.search(gap)
        if (not found and len(gap) > 22) or (found and (len(gap) > 30 or apart)):
            break
        found.append(actor)
        last = actor.start
    return found[::-1]


def _bound(reading: Reading, provision: Provision, actors: list[Mention]) -> list[Mention]:
    """Return who should, must or needs to do what a plain statement says."""
    should = cues.load(reading.document.language).should
    for match in should.finditer(reading.folded.text, *reading.to_folded(provision.start, provision.end)):
        here, there = reading.to_text(*match.span())
        found = _row_before(reading, [m for m in actors if m.end <= here], here)
        found = found or _row(reading, [m for m in actors if m.start >= there], there, 14)
        if found:
            return found
    return []


def _tasked(reading: Reading, provision: Provision, actors: list[Mention], directive: bool) -> list[Mention]:
    """Return on whom a noun lays a task: the duty of A, partnerships between A and B, the training of C.

    In a directive only what stands behind such a noun counts, since what stands before it is asked already.
    """
    found: list[Mention] = []
    words = cues.load(reading.document.language)
    for match in words.duty.finditer(reading.folded.text, *reading.to_folded(provision.start, provision.end)):
        before = reading.folded.text[max(0, match.start() - 24) : match.start()]
        if _ALONG.search(before) or words.relative_last.search(before):
            continue
        here, there = reading.to_text(*match.span())
        behind = [m for m in actors if m.start >= there and m.kind in ("actor-class", "state")]
        if behind and len(reading.plain(there, behind[0].start)) <= 25:
            found += _row(reading, behind, behind[0].start)
        if not directive:
            ahead = [m for m in actors if m.end <= here and m.kind in ("actor-class", "state")]
            found += _row_before(reading, ahead, here)
    return found


def _letter_addressee(reading: Reading) -> Iterator[Link]:
    title = reading.document.fields.get("title")
    for mention in reading.within(*title.span) if title else []:
        if mention.kind == "body" and mention.slug.startswith(("secretary-general", "president-of")):
            yield Link(mention.slug, "body", (mention.start, mention.end), "letter's addressee", 0.9)


def _deadline(reading: Reading, provision: Provision, mentions: list[Mention]) -> Link | None:
    """Return the date by which something is to be done: one behind a word of time limit, else one still to come."""
    fields = reading.document.fields
    written = fields["date"].value if "date" in fields else ""
    words = cues.load(reading.document.language)
    to_come: Link | None = None
    for mention in (m for m in mentions if m.kind == "date"):
        today = written[: len(mention.slug)]
        before = reading.plain(max(provision.start, mention.start - 40), mention.start)
        behind = reading.plain(mention.end, mention.end + 16)
        if mention.slug >= today and (words.deadline.search(before) or words.deadline_after.match(behind)):
            return Link(mention.slug, "date", (mention.start, mention.end), "date:limit", 0.9)
        if written and mention.slug > today and to_come is None:
            to_come = Link(mention.slug, "date", (mention.start, mention.end), "date:to come", 0.7)
    return to_come


def _reported(reading: Reading, provision: Provision, mentions: list[Mention]) -> Iterator[Provision]:
    """Yield the act of another that a position tells of: “we welcome the recent call by ICAT to …”."""
    if provision.act.slug not in _TELLING:
        return
    after = provision.act.span[1]
    told = cues.load(reading.document.language).reported
    match = told.search(reading.folded.text, *reading.to_folded(after, min(after + 40, provision.end)))
    if not match:
        return
    start, end = reading.to_text(*match.span())
    callers = [m for m in mentions if m.kind in ("body", "group") and end <= m.start <= end + 60]
    if callers and callers[0].slug != provision.speaker.slug:
        act = Link("calls-on", "act", (start, end), "reported act", 0.8)
        speaker = replace(_link(callers[0]), kind="speaker")
        yield replace(
            provision, start=start, act=act, speaker=speaker, addressees=(), cites=(), statistics=(), confidence=0.8
        )


def statistics(text: str, start: int, end: int) -> Iterator[Statistic]:
    """Yield the percentages and multiples that a stretch of text states.

    >>> [(s.value, s.unit) for s in statistics("35 per cent of victims", 0, 22)]
    [('35', 'percent')]
    """
    plain = text[start:end].translate(dates.DIGITS)
    for pattern, unit in ((_PERCENT, "percent"), (_TIMES, "times")):
        for match in pattern.finditer(plain):
            groups = match.groupdict()
            value = groups.get("v") or groups.get("z") or "2"
            number = str(_NUMBER_WORDS.get(value, value)).replace(",", ".").replace("٫", ".")
            about = _ABOUT.search(plain, max(0, match.start() - 20), match.end() + 12) is not None
            ends = _POPULATION_ENDS.search(plain, match.end())
            lead = _OF.match(plain, match.end())
            words = (start + (lead.end() if lead else match.end()), start + ends.start() if ends else end)
            population = words if unit == "percent" and len(text[slice(*words)].strip()) > 3 else None
            yield Statistic(number, unit, (start + match.start(), start + match.end()), population, about)


def _link(mention: Mention) -> Link:
    rule = f"label:{mention.label}" if mention.label else "number"
    return Link(mention.slug, mention.kind, (mention.start, mention.end), rule, mention.confidence)


def _unique(links: Iterable[Link], leave: set[str]) -> Iterator[Link]:
    seen = set(leave)
    for link in links:
        if link.slug not in seen:
            seen.add(link.slug)
            yield link
