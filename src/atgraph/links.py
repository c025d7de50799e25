"""A provision found, with the mentions in it, comes in; it goes out linked: to whom, on what grounds, by when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from atgraph import cues, dates
from atgraph.addressees import TELLING, addressees, link_of
from atgraph.mentions import Reading
from atgraph.model import Link, Mention, Provision, Statistic

_SUBJECT = "trafficking-in-persons"
"""What the whole graph is about is no theme of one provision."""
_PERCENT = re.compile(
    r"(?P<v>\d+(?:[.,٫]\d+)?)\s?"
    r"(?:%|٪|per cent|percent|pour cent|por ciento|процент\w*|في المائة|في المئة|بالمائة)|百分之(?P<z>\d+)"
)
_TIMES = re.compile(
    r"(?P<v>\d+(?:[.,]\d+)?|two|three|four|five|deux|trois|dos|tres|два|три|两|三)\s?"
    r"(?:times (?:higher|more|as)|fois plus|veces m[áa]s|раза? (?:больше|выше)|倍)|مرتين|(?:twice|double) (?:as|the)"
)
_PERCENT_WORDS = ("%", "٪", "cent", "por ciento", "процент", "المائة", "المئة", "بالمائة", "百分之")
_TIMES_WORDS = ("times", "fois", "veces", "раз", "倍", "مرتين", "twice", "double")
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
_POPULATION = 400
"""What a percentage is of is said in as many characters."""
_POPULATION_ENDS = re.compile(r"[,;.،؛。，；]|\s(?:هم|هي|are|were|is|sont|son|являются)\s")


def linked(reading: Reading, provision: Provision, part: str, earlier: Sequence[Provision] = ()) -> Provision:
    """Return a provision with its addressees, citations, themes, deadline, figures, and the acts of others it tells.

    `earlier` are the provisions before it, the nearest first, which pronouns refer to.
    """
    mentions = reading.within(provision.start, provision.end)
    speaker = provision.speaker.slug
    named = (m for m in mentions if m.kind in ("document", "body") or m.slug == "special-rapporteurs")
    provision = provision._replace(
        addressees=_unique(addressees(reading, provision, mentions, part, earlier), speaker),
        cites=_unique(map(link_of, named), speaker),
        themes=_unique(map(link_of, _themes(reading, mentions)), _SUBJECT),
        deadline=_deadline(reading, provision, mentions),
        statistics=tuple(statistics(reading.document.text, provision.start, provision.end)),
    )
    reports = tuple(_reported(reading, provision, mentions))
    return provision._replace(reports=reports) if reports else provision


def _themes(reading: Reading, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the themes, but for those that are only words of the name of an instrument, body or day.

    The name of a call says what is called for, so that its themes count.
    """
    yield from (m for m in mentions if m.kind == "theme" and not reading.titles.cover(m.start))


def _deadline(reading: Reading, provision: Provision, mentions: Sequence[Mention]) -> Link | None:
    """Return the date by which something is to be done: one behind a word of time limit, else one still to come."""
    days = [m for m in mentions if m.kind == "date"]
    if not days:
        return None
    fields = reading.document.fields
    written = fields["date"].value if "date" in fields else ""
    since = written[:4] if reading.document.genre == "report" else written  # dated later than what it tells of
    words = cues.load(reading.document.language)
    to_come: Link | None = None
    documents = [m for m in mentions if m.kind == "document" and not m.label]
    for mention in days:
        if any(-3 < m.start - mention.end < 3 or 0 <= mention.start - m.end < 12 for m in documents):
            continue  # when a document was made: “resolution 72/1 of 27 September 2017”
        today = written[: len(mention.slug)]
        before = reading.plain(max(provision.start, mention.start - 40), mention.start)
        behind = reading.plain(mention.end, mention.end + 16)
        if mention.slug >= since[: len(mention.slug)] and (
            words.deadline.search(before) or words.deadline_after.match(behind)
        ):
            return Link(mention.slug, "date", (mention.start, mention.end), "date:limit", 0.9)
        if _HELD.match(reading.document.text, mention.end):
            continue
        if written and mention.slug > today and to_come is None and provision.act.slug not in _TELLING_OF:
            to_come = Link(mention.slug, "date", (mention.start, mention.end), "date:to come", 0.9)
    return to_come


_TELLING_OF = ("commends", "recalls", "notes")
"""Acts in which a day to come is when something happens, and nobody's limit."""
_HELD = re.compile("[^，。；]{0,12}(?:举行|召开|举办)的")
"""Behind a date, in Chinese: when something is held, and not until when something is to be done."""


_ACT_OF_NOUN = {
    "calls-on": re.compile("call|appeal|plea|appel|plaid|призыв|обращен|llam|نداء|ندائ|دعو|مناشد|呼吁|吁请|号召"),
    "demands": re.compile("demand(?!e)|exig|требован|مطالب"),
    "requests": re.compile("request|demande|petici|solicitud|просьб|طلب|请求|要求|恳请"),
    "recommends": re.compile("recom|suggest|suger|propos|propuest|рекоменд|предлож|توصي|اقتراح|مقترح|建议|提议|提案"),
    "invites": re.compile("invit|приглаш|邀"),
    "pledges": re.compile(
        "pledge|commit|promis|promes|undertak|engage|compromis|обязат|обещан|تعهد|التزام|وعد|وعود|承诺|许诺|保证"
    ),
    "decides": re.compile("decis|решен|قرار|决定"),
    "condemns": re.compile("condem|condam|осужд|ادانه|谴责"),
}
"""Which act a noun names, by its stem in folded words of any language; a bare “statement” names none."""


def _reported(reading: Reading, provision: Provision, mentions: Sequence[Mention]) -> Iterator[Provision]:
    """Yield the act of another that a position tells of: “we welcome the recent call by ICAT to …”."""
    if provision.act.slug not in TELLING:
        return
    after = provision.act.span[1]
    told = cues.load(reading.document.language).reported
    match = told.search(reading.folded.text, *reading.to_folded(after, min(after + 40, provision.end)))
    if not match:
        return
    start, end = reading.to_text(*match.span())
    callers = [m for m in mentions if m.kind in ("body", "group") and end <= m.start <= end + 60]
    slug = next((act for act, noun in _ACT_OF_NOUN.items() if noun.search(match[0])), "")
    if slug and callers and callers[0].slug != provision.speaker.slug:
        act = Link(slug, "act", (start, end), "reported act", 0.8)
        speaker = link_of(callers[0])._replace(kind="speaker")
        yield provision._replace(
            start=start,
            act=act,
            speaker=speaker,
            addressees=(),
            cites=(),
            themes=tuple(theme for theme in provision.themes if theme.span[0] >= start),
            statistics=(),
            confidence=0.8,
        )


@lru_cache(maxsize=1)
def _figures(text: str) -> list[tuple[tuple[re.Pattern[str], str], list[str]]]:
    """Return the patterns of figures, each with its unit and the words in a text of which what it matches has one."""
    figures = (((_PERCENT, "percent"), _PERCENT_WORDS), ((_TIMES, "times"), _TIMES_WORDS))
    return [(figure, [word for word in words if word in text]) for figure, words in figures]


def statistics(text: str, start: int, end: int) -> Iterator[Statistic]:
    """Yield the percentages and multiples that a stretch of text states.

    >>> [(s.value, s.unit) for s in statistics("35 per cent of victims", 0, 22)]
    [('35', 'percent')]
    """
    printed = text[start:end]
    patterns = [figure for figure, words in _figures(text) if any(map(printed.__contains__, words))]
    plain = dates.western(printed) if patterns else ""
    for pattern, unit in patterns:
        for match in pattern.finditer(plain):
            groups = match.groupdict()
            value = groups.get("v") or groups.get("z") or "2"
            number = str(_NUMBER_WORDS.get(value, value)).replace(",", ".").replace("٫", ".")
            about = _ABOUT.search(plain, max(0, match.start() - 20), match.end() + 12) is not None
            far = min(match.end() + _POPULATION, len(plain))
            ends = _POPULATION_ENDS.search(plain, match.end(), far)
            lead = _OF.match(plain, match.end())
            words = (start + (lead.end() if lead else match.end()), start + (ends.start() if ends else far))
            population = words if unit == "percent" and len(text[slice(*words)].strip()) > 3 else None
            yield Statistic(number, unit, (start + match.start(), start + match.end()), population, about)


def _unique(links: Iterable[Link], leave: str) -> tuple[Link, ...]:
    """Return the first link to each thing, but for one."""
    found: dict[str, Link] = {}
    for link in links:
        if link.slug != leave and link.slug not in found:
            found[link.slug] = link
    return tuple(found.values())
