"""A document with its mentions comes in; its Provisions go out, in the order of its text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from atgraph import links, names, speakers
from atgraph.clauses import Recognizer
from atgraph.contexts import Trigger, body_of
from atgraph.lexicon import Verb
from atgraph.mentions import Reading
from atgraph.model import Link, Paragraph, Provision, Span
from atgraph.sentences import ITEM_MARK, QUESTION, QUOTED, TERMINAL, ends_with, sentences

_SURE = {
    "phrase": 0.97,
    "first": 0.97,
    "infinitive": 0.95,
    "opening": 0.95,
    "participle": 0.97,
    "third": 0.97,
    "binding": 0.75,
    "past": 0.9,
    "elided": 0.9,
}
"""How often a verb of this slot was rightly an act of the author, a little rounded down, in 24 documents that were read
once; of an elided past what was measured of a past."""
_NO_VERB = "no operative verb"
_PLAIN = 0.8
"""The same of a sentence without any verb of the author."""
_AUTHOR, _REPORTED = 0.97, 0.6
"""The same of who speaks: the author, or another that is told of."""


def read(reading: Reading) -> tuple[Provision, ...]:
    """Return the provisions of a document."""
    authors = speakers.authors(reading)
    turn = speakers.national(reading)
    recognizer = Recognizer(reading, authors[""])
    members = sorted(member.span[0] for member in reading.document.members)
    headed = {p.start for before, p in pairwise(reading.document.paragraphs) if before.kind == "heading"}
    language = reading.document.language
    paragraphs = [p for p in reading.document.paragraphs if p.kind in ("text", "item") and p.language == language]
    lists = _Lists(recognizer, members)
    for paragraph, following in zip(paragraphs, [*paragraphs[1:], None], strict=False):
        several = bisect_left(members, paragraph.end) - bisect_left(members, paragraph.start) > 2
        if several and _lists_members(reading, paragraph):
            continue
        author = authors.get(paragraph.part, authors[""])
        if turn is not None and paragraph.start >= turn[0]:
            author = turn[1]
        if not recognizer.is_record or paragraph.start in headed:
            recognizer.floor = ""
        own = list(_paragraph(recognizer, paragraph, author, lists.standing(paragraph)))
        if paragraph.kind == "text":
            lists.add_text(paragraph, own, following, author)
        else:
            lists.add_item(paragraph, own)
    linked: list[Provision] = []
    for provision, part in lists.found:
        linked.append(links.linked(reading, provision, part, linked[:-4:-1]))
    return tuple(linked)


class _Lists:
    """The provisions of the paragraphs read so far, and what lists stand open behind them."""

    def __init__(self, recognizer: Recognizer, members: list[int]) -> None:
        self.recognizer = recognizer
        self.text = recognizer.reading.document.text
        self.members = members
        """Where the document lists its members."""
        self.found: list[tuple[Provision, str]] = []
        """Each provision with its part of the document."""
        self.heads: dict[tuple[str, str], int] = {}
        """By part and number of a paragraph, the place of the provision that its items belong to."""
        self.decided: set[tuple[str, str]] = set()
        """By part and number, the paragraphs whose items are what is decided."""
        self.opened: tuple[str, str] | None = None
        """The paragraph whose items are their author's, whom it names and no more: “We accordingly:”."""
        self.told_off: int | None = None
        """The place of a statement behind whose colon a list is told off by ordinals."""
        self.goes_on = False
        """The paragraph before was an item of that list."""

    def standing(self, paragraph: Paragraph) -> str:
        """Return what an item's list makes of it: `introduced` by its author's name, `decided`, or nothing."""
        if paragraph.kind != "item":
            return ""
        parent = paragraph.part, paragraph.parent
        if self.opened == parent:
            return "introduced"
        return "decided" if parent in self.decided else ""

    def add_item(self, paragraph: Paragraph, own: list[Provision]) -> None:
        """Add an item; without a verb of its own it belongs to the list's head, unless one before it had one."""
        parent = paragraph.part, paragraph.parent
        place = self.heads.get(parent)
        if place is not None and not own and place == len(self.found) - 1:
            self.found[place] = self.found[place][0]._replace(end=paragraph.end), paragraph.part
        elif place is not None and own and parent not in self.decided:
            self.heads.pop(parent)
        self._add(paragraph, own)

    def add_text(self, paragraph: Paragraph, own: list[Provision], following: Paragraph | None, author: str) -> None:
        """Add a paragraph that is no item, and say which list it opens, or goes on with."""
        self.opened = None
        mark = self.text[paragraph.end - 1]
        bare = not own or own[-1].act.rule == _NO_VERB
        plain = bool(own) and all(one.act.rule == _NO_VERB for one in own)
        if plain and self.told_off == len(self.found) - 1 and _is_told_off(self.recognizer, paragraph, self.goes_on):
            self.found[-1] = self.found[-1][0]._replace(end=paragraph.end), self.found[-1][1]
            self.goes_on = True
            if mark in ".。!！":
                self.told_off = None
            return
        self.goes_on, self.told_off = False, None
        if plain and mark in ":：" and _is_list_head(self.members, paragraph):
            return
        # “We accordingly:” is no statement, but says whose the verbs of the items are.
        start = own[-1].start if own else paragraph.start
        about = following is not None and following.kind == "item" and author in names.ORGANS
        introduces = mark in ":：" and self.recognizer.introduces(start, paragraph.end)
        if introduces or (bare and about and _is_about(self.recognizer.reading, start, paragraph)):
            self.opened = paragraph.part, paragraph.number
            own = own[:-1] if bare else own
        heads_items = following is not None and following.kind == "item"
        if own and mark in ":：" and not heads_items and _is_formula(self.recognizer.reading, own[-1]):
            own = own[:-1]
        self._add(paragraph, own)
        if own:
            self.heads[paragraph.part, paragraph.number] = len(self.found) - 1
            if own[-1].act.slug == "decides":
                self.decided.add((paragraph.part, paragraph.number))
            self.told_off = len(self.found) - 1 if mark in ":：" else None

    def _add(self, paragraph: Paragraph, own: list[Provision]) -> None:
        if own and self.found and _only_opens(self.recognizer.reading, self.found[-1][0], own[0]):
            self.found.pop()
            self.heads = {parent: place for parent, place in self.heads.items() if place != len(self.found)}
        self.found += [(provision, paragraph.part) for provision in own]


_AS_FOLLOWS = re.compile(
    r"\W*(?:\w+\s){0,3}?"
    r"(?:as follows|the following|(?:de )?ce qui suit|(?:en )?lo siguiente|(?:о )?нижеследующе[ем]|следующее"
    r"|ما (?:يلي|ياتي))\W*"
    r"|\W*\w{1,6}如下\W*"
)
"""How a preamble ends: no act beside those that follow."""
_DECLARES = re.compile("宣|声明")


def _is_formula(reading: Reading, provision: Provision) -> bool:
    """Tell whether a provision only says that others follow: “Have agreed as follows:”."""
    words = reading.plain(provision.start, provision.end)
    declares = provision.act.slug == "asserts" or (provision.act.slug == "decides" and _DECLARES.search(words))
    return bool(declares) and _AS_FOLLOWS.fullmatch(words) is not None


_ORDINAL = re.compile(
    r"\W*(?:(?:first|second|third|fourth|fifth|sixth)(?:ly)?|finally|lastly|(?:premiere|deuxieme|seconde|troisieme|quatrieme"
    r"|cinquieme)ment|enfin|primero|segundo|tercero|cuarto|quinto|en (?:primer|segundo|tercer|cuarto|quinto) lugar"
    r"|por ultimo|finalmente|во-(?:первых|вторых)|в-(?:третьих|четвертых|пятых)|(?:и )?наконец"
    r"|(?:و)?(?:اولا|ثانيا|ثالثا|رابعا|خامسا|سادسا|اخيرا)"
    r"|(?:第?[一二三四五六七八九十]是?|其[一二三四五六]|最后))\s?[,،，、:：—–-]"
)
"""How a speech numbers the items of a list that it has headed with a colon."""


def _is_told_off(recognizer: Recognizer, paragraph: Paragraph, goes_on: bool) -> bool:
    """Tell whether a paragraph without verb is an item told off by an ordinal; the first ends as one of several."""
    text = recognizer.reading.document.text
    begins = _ORDINAL.match(recognizer.plain, recognizer.reading.to_folded(paragraph.start, paragraph.end)[0])
    return begins is not None and (goes_on or text[paragraph.end - 1] in ";；؛,،，")


_ABOUT = 80
"""What items are about is said in fewer characters."""


_TOPIC = re.compile(
    r"\W*(?:with (?:regard|respect) to|as (?:regards|to)|concerning|regarding|in relation to|in the (?:area|field) of"
    r"|s'agissant d|en ce qui concerne|concernant|pour ce qui est|en matiere d|dans le domaine d"
    r"|en (?:cuanto a|materia de|lo que respecta)|con respecto a|en lo relativo|por lo que respecta"
    r"|в отношении|что касается|в области|в части"
    r"|(?:و)?(?:فيما (?:يتعلق|يخص)|بخصوص|بشان|في مجال)|关于|就.{2,20}而言|在.{2,20}方面)"
)
"""How a head begins that says what its items are about."""


def _is_about(reading: Reading, start: int, paragraph: Paragraph) -> bool:
    """Tell whether words only say what items are about, and not whose they are: “With regard to peacekeeping:”."""
    words = reading.plain(start, paragraph.end)
    topical = _TOPIC.match(words) is not None
    actors = any(m.kind in ("actor-class", "state", "group") for m in reading.within(start, paragraph.end))
    return len(words) < _ABOUT and words.endswith((":", "：")) and (topical or not actors)


def _is_list_head(members: list[int], paragraph: Paragraph) -> bool:
    """Tell whether the list of members follows: “Members of the Group of Friends:”."""
    at = bisect_right(members, paragraph.end)
    return at < len(members) and members[at] - paragraph.end < 60


def _only_opens(reading: Reading, last: Provision, first: Provision) -> bool:
    """Tell whether a provision is no more than the head of a list whose items have verbs: “ACORDAMOS:”, “Agree to:”."""
    text = reading.document.text[last.start : last.end]
    listed = first.act.rule == "verb:infinitive" and first.paragraph != last.paragraph
    return listed and text.endswith((":", "：")) and last.end - last.act.span[1] < 12 and len(text) < 60


def _paragraph(recognizer: Recognizer, paragraph: Paragraph, author: str, standing: str = "") -> Iterator[Provision]:
    """Yield the provisions of one paragraph: one for each verb of the author, one for each statement without any.

    `standing` says that it is an item of what is `decided`, whose own verb may be an infinitive (“decides: (a) to
    request”), or one `introduced` by its author's name alone (“We accordingly: (a) pledge”).
    """
    reading = recognizer.reading
    text = reading.document.text
    earlier: list[Trigger] = []
    own, author = author, recognizer.floor or author
    order = 0
    body = body_of(text, paragraph)
    mark = body > paragraph.start
    for start, end in sentences(text, body, paragraph.end):
        begin, stop = reading.to_folded(start, end)
        if ends_with(text[start:end], QUESTION) or recognizer.is_closing(begin, stop):
            continue
        if delegate := recognizer.delegate(begin, stop):
            author = recognizer.floor = delegate
            earlier = []
        elif recognizer.floor and recognizer.ends_turn(begin, stop):
            author, recognizer.floor, earlier = own, "", []
        kind = "item" if paragraph.kind == "item" else "numbered" if mark and start == body else ""
        kind = standing if standing and start == body else "turn" if recognizer.floor else kind
        triggers = recognizer.triggers(begin, stop, author, earlier, kind)
        if len(triggers) == 1 and _is_heading(recognizer.plain, triggers[0], begin, stop):
            continue
        if not triggers:
            states = paragraph.kind == "text" or (paragraph.kind == "item" and recognizer.lays_duty(begin, stop))
            if states and _states(recognizer, start, end):
                order += 1
                yield _made(reading, paragraph, order, _trimmed(text, start, end), None, author, recognizer.floor != "")
                if recognizer.floor or recognizer.names_author(begin, stop, author):
                    # “It” in the next sentence means the author.
                    earlier.append(Trigger(begin, stop, Verb("asserts", "plain", ""), begin))
            continue
        earlier += triggers
        starts = [begin]
        for before, trigger in pairwise(triggers):
            head = recognizer.head(trigger)
            starts.append(head if head > before.start else trigger.start)
        for trigger, here, there in zip(triggers, starts, [*starts[1:], stop], strict=True):
            span = _trimmed(text, *reading.to_text(here, there))
            if span[0] < span[1]:  # two verbs may begin at one place: the words are those of the second
                order += 1
                yield _made(reading, paragraph, order, span, trigger, author, recognizer.floor != "")


def _is_heading(plain: str, trigger: Trigger, start: int, end: int) -> bool:
    """Tell whether a sentence is one participle and a colon: “CONSIDERANDO:” heads what is considered."""
    alone = plain[start : trigger.start].strip() == "" and plain[trigger.end : end].strip() in (":", "：")
    return alone and trigger.verb.slot == "participle"


def _lists_members(reading: Reading, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is a list of the members, run together (“Members of the Group: Bahrain, …”)."""
    listed = [m.span for m in reading.document.members if paragraph.start <= m.span[0] < paragraph.end]
    return sum(end - start for start, end in listed) * 2 > paragraph.end - paragraph.start


def _made(
    reading: Reading, paragraph: Paragraph, order: int, span: Span, trigger: Trigger | None, author: str, told: bool
) -> Provision:
    act = Link("asserts", "act", span, _NO_VERB, _PLAIN)
    other = ""
    if trigger is not None:
        verb, other = trigger.verb, trigger.speaker
        act = Link(verb.act, "act", reading.to_text(trigger.start, trigger.end), f"verb:{verb.slot}", _SURE[verb.slot])
    rule, sure = ("reported", _REPORTED) if told or other else ("author", _AUTHOR)
    speaker = Link(other or author, "speaker", act.span, rule, sure)
    return Provision(paragraph.name, order, *span, act, speaker, confidence=min(act.confidence, speaker.confidence))


_OPENS = re.compile(
    r"(?:\w+[ ,]+){0,4}(?:"
    r"have the (?:honou?r|pleasure|privilege) (?:to (?:speak|take the floor|deliver|make|address)|of)"
    r"|(?:am (?:honou?red|pleased)|honou?r) to (?:speak|deliver|address)|speak(?:ing)? (?:today |also )?on behalf"
    r"|(?:ai|avons|a) (?:l'honneur|le plaisir) de (?:prendre la parole|m'exprimer|s'exprimer|prononcer|faire cette)"
    r"|m'exprime au nom|(?:tengo|tiene|tenemos) (?:el honor|el placer|el agrado) de "
    r"(?:hablar|intervenir|pronunciar|hacer uso|formular|dirigirme|tomar)"
    r"|име\w+ честь (?:выступ\w+|говорить|взять)|выступаю от имени"
    r"|يشرفني ان (?:اتكلم|اتحدث|القي|ادلي)|荣幸(?:地)?代表.{2,20}发言)"
)
"""How a speaker says for whom it speaks: a formula, and no statement of fact."""
_FOLLOWS = re.compile(
    r"(?:following statement|declaration suivante|siguiente declaracion|declaracion siguiente|следующее заявление"
    r"|البيان التالي|(?:声明|宣言|宣告|宣布|决定|决议|商定)如下|以下声明)[^.]{0,60}[:：]$"
)
"""How a record says that a statement follows, which is no more of one."""
_SLOGAN = re.compile(r"(?:第[一二三四五六七八九十]|[一二三四五六七八九十]是)[，,、]")
"""How a Chinese speech heads what it goes on to say: 第一，织密法网。"""
_DATELINE = re.compile(r"\W*[^\W\d_]+(?:[ -][^\W\d_]+){0,3}(?:,? \([^()]{4,40}\)|,? \d[^.!?]{4,24})\W*$")
"""Where and when a press release was given out, where it stands as a sentence of its own."""


def _states(recognizer: Recognizer, start: int, end: int) -> bool:
    """Tell whether a sentence without operative verb is a statement: ended as one, no formula, slogan, quotation."""
    text = recognizer.reading.document.text
    sentence = text[start:end]
    if not ends_with(sentence, TERMINAL) or sentence.startswith(("[", "(")):
        return False
    begin, stop = recognizer.reading.to_folded(start, end)
    if _OPENS.match(recognizer.plain, begin, stop):
        return False
    if sentence.endswith((":", "：")) and _FOLLOWS.search(recognizer.plain, begin, stop):
        return False
    if len(sentence) < 60 and _DATELINE.match(sentence) and sentence.split(",")[0].split(" ")[0].isupper():
        return False
    spaced = recognizer.cues.spaced
    size = len(re.findall(r"\w+", sentence)) if spaced else len(sentence) // 2
    if sentence.endswith((":", "：", ",", "،", "，", ";", "؛", "；")) and recognizer.opens_with_author(start, end):
        return False
    if not spaced and size < 6 and _SLOGAN.match(sentence):
        return False
    spans = (m.span() for m in QUOTED.finditer(text, start, end))
    quoted = sum(last - first for first, last in spans if (first, last) not in recognizer.speech)
    return size >= 3 and quoted < len(sentence) * 0.6


def _trimmed(text: str, start: int, end: int) -> Span:
    """Return a span without the mark of an item before it, and without white space and commas around it."""
    if match := ITEM_MARK.match(text, start, end):
        start = match.end()
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",،，"):
        end -= 1
    return start, end
