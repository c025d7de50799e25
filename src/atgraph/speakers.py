"""A document with its mentions comes in; who speaks in each of its parts goes out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from atgraph import cues, lexicon, names
from atgraph.layout import SYMBOL
from atgraph.mentions import Reading
from atgraph.model import Mention, Paragraph
from atgraph.sentences import ITEM_MARK

_BY = re.compile(
    r"(?:\bby|\bof|aprobad[ao] por|por|par|принят\w+|صادرة? عن|اعتمد\w*|الصادرة? عن|通过)\s(?:\w+\s){0,4}$",
    re.IGNORECASE,
)
_IN_NAME_OF = r"\bon behalf of|\bau nom d(?:e|es|u)|\ben nombre de(?:l)?|от имени|باسم|نيابة عن"
_BEHALF = re.compile(
    rf"(?:{_IN_NAME_OF}|\bspeak(?:ing)? (?:\w+ )?for|代表)\s?"
    r"(?:(?:the )?members? (?:States )?of |membres d(?:e |u |es )|(?:los )?(?:Estados )?miembros de(?:l )?)?"
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


def national(reading: Reading) -> tuple[int, str] | None:
    """Return from which place on a speech for a group goes on in the name of the speaker's own State, and which."""
    text = reading.document.text
    spoken = reading.document.genre == "speech" and any(word in text for word in _NATIONAL_WORDS)
    turn = _NATIONAL.search(text) if spoken else None
    start = next((p.start for p in reading.document.paragraphs if p.kind in ("salutation", "text")), 0)
    states = [m.slug for m in reading.within(0, start) if m.kind == "state"]
    if turn is None or turn.start() < start or not states:
        return None
    home = next(p.start for p in reversed(reading.document.paragraphs) if p.start <= turn.start())
    return home, states[0]


def _in_a_row(text: str, states: list[Mention]) -> bool:
    """Tell whether three States or more are named one behind the other: “the Ministers of A, B and C”."""
    near = [0 < b.start - a.end < 8 and _JOINS.search(text[a.end : b.start]) is not None for a, b in pairwise(states)]
    return any(first and second for first, second in pairwise(near))


_JOINS = re.compile(r"[,،、]|\b(?:and|et|y|e|и)\b|و|和")
_NATIONAL_WORDS = ("national", "nacional", "национальн", "名义", "身份", "الوطنية")
_NATIONAL = re.compile(
    r"\bin (?:my|our|a) (?:own )?national capacity|à titre national|en ma capacité nationale"
    r"|a título nacional|en (?:mi|nuestra) capacidad nacional|в (?:своем |моем )?национальном качестве"
    r"|以(?:本国|我国|国家|[^，。]{2,10}代表的?)(?:名义|身份)|بصفت(?:ي|نا) الوطنية",
    re.IGNORECASE,
)


_MEETING = 240
"""When and where an organ met is said in fewer characters."""
_WITH_ASSEMBLIES = (
    "regional-organization",
    "specialized-agency",
    "intergovernmental-organization",
    "other-organization",
)
_ENACTING = 130
"""An enacting formula is shorter: “The Conference of the Parties to the … Convention against Transnational …,”."""
_SPONSORS = 4
"""An enacting formula may stand so far behind the sponsors of a draft, which are printed before it."""


def _opens(paragraph: Paragraph, named: Mention) -> bool:
    """Tell whether a paragraph begins with a name."""
    return named.start - paragraph.start < 6


def _author(reading: Reading, paragraphs: list[Paragraph]) -> str:
    """Return the author of some paragraphs: by symbol, enacting formula, first words, title, list, masthead."""
    document = reading.document
    symbol = document.fields["symbol"].value if "symbol" in document.fields else ""
    if organ := names.resolving_organ(symbol):
        return organ
    body = next((p for p in paragraphs if p.kind == "text"), None)
    if body is not None and ("/NGO/" in symbol or _is_open_letter(document.text, paragraphs, body)):
        return _signatories(reading, body)
    if body is not None and document.text[body.end - 1] in ":：;" and document.genre == "resolution":
        opens = [m for m in reading.within(body.start, body.start + 6) if m.kind == "body"]
        if opens and body.end - opens[0].end < _MEETING:
            return opens[0].slug  # “The African Commission …, meeting at its 85th session …:”
    for place, p in enumerate(paragraphs[paragraphs.index(body) :][:_SPONSORS] if body else ()):
        if document.text[p.end - 1] in ",،，" and p.end - p.start < _ENACTING:
            organs = [m for m in reading.within(p.start, p.end) if m.kind == "body"]
            if organs and not place:
                # “The General Assembly” is that of the organization whose letterhead it has, where it has one.
                own_head = _letterhead(reading, [q for q in paragraphs if q.kind in ("masthead", "title")])
                others = [m for m in own_head if lexicon.body_kinds().get(m.slug) in _WITH_ASSEMBLIES]
                return (others if others and organs[0].slug in names.ORGANS else organs)[0].slug
            if organs and organs[0].slug in names.ORGANS and _opens(p, organs[0]) and p.end - organs[0].end < 3:
                return organs[0].slug  # the sponsors of a draft stand before its organ
    head = [p for p in paragraphs if p.kind in ("masthead", "title") and (body is None or p.start < body.start)]
    titled = [m for p in head for m in reading.within(p.start, p.end)]
    opening = [] if body is None else reading.within(body.start, min(body.end, body.start + 260))
    if document.genre == "resolution":
        # An organ that heads its resolution alone (“The Security Council”), without the comma of an enacting formula.
        for p in (*head, *([body] if body else [])):
            for m in reading.within(p.start, p.end):
                if m.slug in names.ORGANS and _opens(p, m) and (p is body or p.end - m.end < 3):
                    return m.slug
    own = [m for m in opening if m.kind in ("group", "body") and body and _self_named(reading, body.start, m)]
    states = [m for m in (*titled, *opening) if m.kind == "state"]
    if document.genre == "declaration":  # “Cochabamba (Bolivia), 12 May 2026” is where it was adopted
        states = [m for m in states if document.text[m.start - 1 : m.start] not in ("(", "（")]
    groups = [m for m in titled if m.kind == "group"] or [m for m in opening if m.kind == "group" and not states]
    issuing = ("body", "special-rapporteurs")
    issuers = [
        m
        for m in titled
        if (m.kind in issuing or m.slug in issuing) and _BY.search(document.text[max(0, m.start - 45) : m.start])
    ]
    bodies = [m for m in titled if m.kind == "body" and not _is_venue(document.text, m)]
    behalf = [m for m in (*titled, *opening) if m.kind in ("group", "body") and _for(document.text, m, body, opening)]
    masters = [m for m in titled if m.kind in ("state", "body")][:1]  # whose mission or delegation heads a speech
    letterhead = _letterhead(reading, head)
    speech: list[Mention] = []
    if document.genre == "speech":
        delegations = [m for m in masters if m.slug == "european-union"] or [m for m in titled if m.kind == "state"]
        speech = delegations or letterhead or states
    if not behalf and document.genre == "speech" and _for_many(reading, [*head, *([body] if body else [])]):
        return "group-of-states"
    members = [m for m in (*titled, *opening) if m.kind in ("group", "body") and _is_of_members(document.text, m)]
    if not own and body is not None and _are_several(reading, body.start):
        return next((m.slug for m in (*behalf, *members, *letterhead)), "group-of-states")
    several = len(document.members) >= 3 or _in_a_row(document.text, states)
    rapporteurs = [m for m in titled if m.slug == "special-rapporteurs"]  # “…, UN experts urge”
    headed = rapporteurs if document.genre == "press-release" else groups + bodies
    told = _tellers(reading, body, headed) if body is not None and document.genre != "speech" else []
    ranked = [states, bodies]
    if document.genre == "report":  # a record names who presided, of which country
        ranked = [bodies[-1:], [] if "/SR." in symbol else states]
    last = [] if several else ranked
    for candidates in (own, behalf, speech, told, members, groups, issuers, letterhead, *last):
        if candidates:
            return candidates[0].slug
    return "group-of-states"


_OPEN_LETTER = re.compile(
    r"\W*(?:(?:an? )?(?:joint )?open letter|lettre ouverte|carta abierta|открытое (?:письмо|обращение)|رسالة مفتوحة"
    r"|(?:致.{2,40}的)?(?:联名)?公开信)(?!\w)",
    re.IGNORECASE,
)


def _is_open_letter(text: str, paragraphs: list[Paragraph], body: Paragraph) -> bool:
    """Tell whether a paragraph before the body begins “Open letter”."""
    heads = (p for p in paragraphs if p.start < body.start)
    return any(_OPEN_LETTER.match(text, p.start, p.end) is not None for p in heads)


_SELF = 24
"""Who writes is named in as many characters: “We, the Special Rapporteurs”."""
_IN_CAPACITY = re.compile(
    r"(?:in (?:our|my) capacity(?: as)?|en (?:notre|ma) qualité d\w?|en (?:nuestra|mi) calidad de"
    r"|в (?:нашем |моем )?качестве|بصفتنا|بصفتي|作为)[^.;]{0,60}$",
    re.IGNORECASE,
)


def _signatories(reading: Reading, body: Paragraph) -> str:
    """Return who writes an open letter: who its first words name, else organizations of civil society."""
    opening = reading.within(body.start, min(body.end, body.start + 80))
    own = [m for m in opening if m.kind in ("group", "body") and _self_named(reading, body.start, m)]
    text = reading.document.text
    named = (m for m in reading.within(body.start, body.end) if m.slug == "special-rapporteurs")
    experts = [
        m
        for m in named
        if (m.start - body.start < _SELF and _self_named(reading, body.start, m))
        or _IN_CAPACITY.search(text, body.start, m.start)
    ]
    return (own or experts[:1])[0].slug if own or experts else "civil-society"


def _letterhead(reading: Reading, head: list[Paragraph]) -> list[Mention]:
    """Return the organization that a document names in the first line of its head, and nothing else there.

    A document of the United Nations names the organ there whose document it is, and not who speaks.
    """
    symbol = reading.document.fields.get("symbol")
    if not head or (symbol is not None and re.match(SYMBOL, symbol.value)):
        return []
    first = head[0]
    named = (m for m in reading.within(first.start, first.start + 3) if m.kind in ("body", "group"))
    kinds = lexicon.body_kinds()
    return [
        m
        for m in named
        # Behind an organization stand its secretariat, a department, its ministers.
        if (
            first.end - m.end < (_BRANCH if kinds.get(m.slug) == "regional-organization" else 3)
            or _SHORT_NAME.fullmatch(reading.document.text, m.end, first.end)
        )
        and m.slug not in names.ORGANS
    ]


_BRANCH = 60
_SHORT_NAME = re.compile(r"\s?[(（][^()（）]{2,16}[)）]")
_VENUE = re.compile(
    r"\b(?:debate|discussion|briefing|débat|séance|sesión|заседани\w+|дискусси\w+|прени\w+)"
    r"(?:\s(?:public|ouvert|abiert[oa]|открыт\w+))?\s?(?:(?:of|in|before|du|de|del|au|en|в)\s)?(?:the |la |l'|el )?$"
    r"|(?:مناقشة|المناقشة|جلسة) (?:المفتوحة )?(?:ل)?$",
    re.IGNORECASE,
)
"""What makes a body in a heading the place where something is said: “the open debate of the Security Council”."""


def _is_venue(text: str, named: Mention) -> bool:
    """Tell whether a body is only where something is said, and not who says it."""
    return _VENUE.search(text[max(0, named.start - 40) : named.start]) is not None


_OF_MEMBERS = re.compile(
    r"(?:\bmember states of|\bstates parties (?:to|of)|\bmembers of|\bheads of state of|\b(?:heads of )?government of"
    r"|\b(?:estados (?:partes|miembros)|miembros|gobierno) de(?:l| la)?|\b(?:états membres|membres|gouvernement) d[eu]"
    r"|\b(?:belonging to|making up|that make up|which make up|membres d'|(?:qui )?compos(?:a|e)nt"
    r"|integrantes de(?:l| la)?|que (?:integran|componen))"
    r"|входящих в(?: состав)?|составляющих|(?:المنتمية|المنضوية) (?:إلى|في|تحت)|الأعضاء في"
    r"|государств\s?[-–—]\s?(?:участников|членов)|стран\s?[-–—]\s?участниц|стран|الدول الأعضاء في|دول"
    r"|\b(?:ministers|leaders|presidents|ministres|présidents|ministros|presidentes) (?:\w+ ){0,3}(?:of|de|du|del))"
    r"\s(?:the |l'|la |el |منظمة )?$",
    re.IGNORECASE,
)


_MEMBERS_BEHIND = re.compile("各?(?:成员|会员)国?")


def _is_of_members(text: str, named: Mention) -> bool:
    """Tell whether a name says whose members speak: “the Presidents of the States Parties of MERCOSUR”."""
    if _MEMBERS_BEHIND.match(text, named.end):
        return True
    return _OF_MEMBERS.search(text[max(0, named.start - 60) : named.start]) is not None


def _tellers(reading: Reading, body: Paragraph, titled: list[Mention]) -> list[Mention]:
    """Return whose acts a document tells: in a press release, who acts in its first paragraph; else who of its heading.

    Of several in the heading (the Conference, its Working Group) the one that acts most often in the text is meant.
    """
    voices = ("group", "body", "state")
    if reading.document.genre == "press-release":
        first = (m for m in reading.within(body.start, body.end) if m.kind in voices or m.slug == "special-rapporteurs")
        return [*(m for m in first if _acts(reading, m)), *titled][:1]
    if len({m.slug for m in titled}) < 2:
        return []
    slugs = {m.slug: m for m in reversed(titled)}
    acts = Counter(m.slug for m in reading.mentions if m.slug in slugs and m.start >= body.start and _acts(reading, m))
    return [slugs[slug] for slug, count in acts.most_common(1) if count > 2]


def _acts(reading: Reading, mention: Mention) -> bool:
    """Tell whether an operative verb in the third person stands right behind a name, or, in Arabic, before it."""
    start, end = reading.to_folded(mention.start, mention.end)
    first = bisect_left(reading.verbs, (start - 30,))
    near = reading.verbs[first : bisect_left(reading.verbs, (end + 24,))]
    told = [(place, place + len(verb.form)) for place, _, verb in near if verb.slot in ("past", "third")]
    if reading.document.language == "ar":
        return any(_BEFORE.fullmatch(reading.folded.text[stop:start]) for _, stop in told)
    return any(_AT_ONCE.fullmatch(reading.folded.text[end:place]) for place, _ in told)


_AT_ONCE = re.compile(r"\W{0,3}(?:\([^()]{1,12}\)\W{0,3})?(?:(?:\w+\s){0,2}|[\u4e00-\u9fff]{0,4})")
"""What may stand between a subject and its verb."""
_BEFORE = re.compile(r"\s?(?:اليوم\s|امس\s)?(?:(?:فريق|مجموعه|عدد|طائفه)\s(?:من\s)?)?(?:ال)?")
"""The same of an Arabic verb and the subject behind it: «أعرب اليوم فريق من المقررين الخاصين»."""


def _are_several(reading: Reading, start: int) -> bool:
    """Tell whether a text begins “We, the Ministers of …”: its authors are several, and it names none for all."""
    mark = ITEM_MARK.match(reading.document.text, start)
    return _says_we(reading, reading.plain(mark.end() if mark else start, start + 80), 23, _MANY)


def _says_we(reading: Reading, folded: str, reach: int, then: re.Pattern[str]) -> bool:
    """Tell whether folded words begin “we”, in so many characters, with a pattern behind it."""
    subject = cues.load(reading.document.language).subject
    ends = [place for place in range(1, min(len(folded), reach) + 1) if not folded[place : place + 1].isalnum()]
    return any(subject.fullmatch(folded[:place]) and then.match(folded, place) for place in ends)


_MANY = re.compile(
    r"\s*[,،，]?\s*(?:(?:the|les|los|las)\s+)?(?:ministers|heads|representatives|leaders|governments|ministres|chefs|"
    r"representants|dirigeants|ministros|ministras|jefes|jefas|representantes|lideres|gobiernos|министры|главы|"
    r"представители|руководители|وزراء|الوزراء|رؤساء|ممثلي|ممثلو|قاده)\b|\s*[,，]?[^，。]{0,24}(?:部长|代表|领导人|元首)"
)


_ALIGNS = re.compile(
    r"\b(?:align|associat|join|endors|alinea|asocia|sum[ao]|adhier|s'align|s'associ|souscri|fait sien)"
    r"|присоедин|поддерж|تؤيد|تنضم|يؤيد|ينضم|赞同|支持",
    re.IGNORECASE,
)


def _for(text: str, named: Mention, body: Paragraph | None, opening: Sequence[Mention]) -> bool:
    """Tell whether somebody speaks on behalf of what is named: in the heading, or in the first words of the body."""
    if not _BEHALF.search(text[max(0, named.start - 60) : named.start]):
        return False
    if body is None or named.start < body.start:
        return True
    first = opening[0].start == named.start and named.start - body.start < 120
    return first and not _ALIGNS.search(text[body.start : named.start])


_MANY_STATES = re.compile(
    rf"(?:{_IN_NAME_OF})"
    r"(?:(?!\bits?\b|\bmy\b|\bour\b)[^.,;:،。，\n]){0,60}?\b(?:countries|states|pays|états|países|estados|стран|государств|دول|بلدان)\b"
    r"|代表[^。，\n]{2,20}(?:国家|各国|国集团)(?:的?(?:发言|声明|讲话))?$",
    re.IGNORECASE,
)
"""How a heading says that a speech is held for States that have no name in the tables: the Nordic-Baltic countries."""


def _for_many(reading: Reading, opening: list[Paragraph]) -> bool:
    """Tell whether the first words of a speech say that it is held for several States, or name them."""
    text = reading.document.text
    for p in opening:
        for match in _ON_BEHALF.finditer(text, p.start, p.end):
            if p.kind == "text" and (match.start() - p.start > 80 or not _SPEAKS.search(text, p.start, match.start())):
                break
            if p.kind == "text" and _ALIGNS.search(text, p.start, match.start()):
                break
            states = [m for m in reading.within(match.end(), min(p.end, match.end() + 120)) if m.kind == "state"]
            listed = bool(states) and states[0].start - match.end() < 8 and _in_a_row(text, states)
            if listed or _MANY_STATES.match(text, match.start(), p.end):
                return True
    return False


_SPEAKS = re.compile(
    r"speak|deliver|statement|address|floor|parole|exprim|prononc|interven|hablar|palabra|declaraci|выступ|говор|заявлен"
    r"|أتكلم|أتحدث|ألقي|أدلي|بيان|كلمة|发言",
    re.IGNORECASE,
)
_ON_BEHALF = re.compile(rf"(?:{_IN_NAME_OF}|代表)", re.IGNORECASE)


_APPOSED = re.compile(
    r"\s*(?:[,،，]|(?:(?:the|les|los|las)\s+)?(?:members|principals|ministers|heads|membres|ministres|chefs|miembros|ministros|"
    r"jefes|estados miembros|члены|министры|главы|государства|اعضاء|وزراء|رؤساء)\b|[^，。]{0,12}成员)"
)


def _self_named(reading: Reading, start: int, mention: Mention) -> bool:
    """Tell whether the words before a name say “we, the members of”."""
    return _says_we(reading, reading.plain(start, mention.start)[:140], 40, _APPOSED)
