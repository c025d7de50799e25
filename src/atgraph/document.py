"""Lines come in; a Document goes out: header fields, paragraphs whole again, normalized text and its hash."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace

from atgraph import layout, masthead, names
from atgraph.errors import TextError
from atgraph.folding import folded_text
from atgraph.layout import ANNEX, CLOSES, ROMAN, Block, signature
from atgraph.masthead import LETTER, may_be_letter
from atgraph.model import Document, Field, Line, Paragraph

_SALUTATION = re.compile(
    r"(?:mr|madam|mister|distinguished|excellenc|your excellenc|ladies|dear|colleagues|monsieur|madame|mesdames|señor|"
    r"excelenc|distinguid|damas|estimad|уважаем|господин|госпожа|дамы|ваши? превосходительств|السيد|أصحاب|سعادة|معالي|"
    r"الزملاء|主席|各位|女士|尊敬)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"(?:[^\W\dA-ZА-Я_]{2,}|[\u4e00-\u9fff）)]|\D{20}(?:19|20|٢٠)[\d٠-٩]{2})\W{0,2}[.。!！؛;；]\W{0,2}$"
)
"""How a line that is a sentence ends: in a word, or in the only year it names; “New York, 30 July 2024.” is none."""
_DELIVERY = re.compile(
    r"\W*(?:please )?check against delivery|seul le prononcé fait foi|cotéjese con|只以发言为准|以发言为准"
    r"|يرجى التحقق عند الإلقاء|сверять с текстом выступления",
    re.IGNORECASE,
)
_RECORD = re.compile(
    r"(?:summary|provisional|verbatim) (?:summary )?record\b|acta (?:resumida|literal)"
    r"|compte rendu (?:analytique|in extenso)|(?:краткий|стенографический) отчет"
    r"|محضر (?:موجز|حرفي)|.{0,12}(?:简要|逐字)记录"
)
_OPENING = 60
"""In so many characters a line says that it is of a record's frame."""
_OF_RECORD = re.compile(
    rf"{_RECORD.pattern}"
    r"|(?:this|the present) record is subject|corrections (?:to this record )?should be"
    r"|(?:la presente|esta) acta esta|dichas correcciones|le present compte rendu"
    r"|(?:celles-ci|les rectifications) doivent etre (?:redigees|presentees|adressees|envoyees)"
    r"|в настоящий отчет|поправки должны|هذا المحضر قابل|(?:و)?(?:ينبغي (?:ادراج|ارسال)|ترسل) التصويبات"
    r"|本记录可|更正应|对本记录|the meeting (?:was called to order|rose|was suspended|was resumed)"
    r"|se (?:declara abierta|levanta|abre) la sesion|la seance est (?:ouverte|levee|suspendue)"
    r"|заседание (?:открывается|закрывается|объявляется)|(?:افتتحت|رفعت) الجلسه"
    r"|(?:上午|下午).{2,10}(?:宣布开会|会议开始|散会)|.{0,10}散会"
)
"""What a record says of itself, and of when the meeting began and ended."""
_PRESIDES = re.compile(r"(?:later|chair|president|presid|présid|председател|(?:ال)?رئيس|主席|vice)", re.IGNORECASE)
"""Who presided stands behind a colon, and is no list of members."""
_GREETED = 30
"""A speech greets its audience within so many blocks; what ends with a comma before tells who speaks, and where."""
_HEADING = 300
"""As many characters of a block tell whether it is a heading."""
_ENOUGH = 50_000
"""As many characters tell the language."""
_SAMPLE = 600
"""And as many tell that a paragraph is in the language of its document."""
_SCRIPTS = {
    "latin": re.compile(r"[A-Za-zÀ-ɏ]+"),
    "ar": re.compile(r"[\u0620-\u064a\u0671-\u06d3]+"),
    "ru": re.compile(r"[\u0400-\u04ff]+"),
    "zh": re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]+"),
}
_STRANGE = {
    "ar": re.compile("[پچژگٹڈےھڕۆێ]"),
    "ru": re.compile("[ІіЇїЄєҐґЎўЈјЉљЊњЋћЂђЏџҚқҒғӘәӨөҮүҰұҺһ]"),
    "zh": re.compile(r"[\u3040-\u30ff]"),
}
"""Letters of other languages in the same script: Persian and Urdu, Ukrainian and Kazakh, Japanese."""
_LATIN_WORD = re.compile(r"[a-zà-ÿ]+")
_STOP_WORDS = {
    code: frozenset(words.split())
    for code, words in {
        "en": "the of and to in for that on with by is are its be or",
        "fr": "le la les de des et du dans que en pour par sur à au aux un une ou qui nous est",
        "es": "el la los las de y en del que para por con se un una su o al nos es",
        # Languages that are not read, so that none of them is taken for one that is.
        "de": "der die das und zu den für",
        "it": "il di che della gli le e dei",
        "pt": "o os do da dos das não em que",
        "nl": "het een van de en voor",
    }.items()
}
_STOPS_OF = {
    word: [code for code, words in _STOP_WORDS.items() if word in words]
    for word in frozenset().union(*_STOP_WORDS.values())
}


def read(lines: Iterable[Line], language: str | None = None, where: str = "", hint: str = "") -> Document:
    """Return the document that the lines of one expression make; the hint is its language where nothing else tells.

    Raises TextError when its language is not told and cannot be recognized, or is none of the six.
    """
    if language and language not in names.LANGUAGES:
        raise TextError(
            f"“{language}” is none of the six official languages", where=where, remedy="say ar, zh, en, fr, ru or es"
        )
    lines = [replace(line, text=line.text.expandtabs(8)) if "\t" in line.text else line for line in lines]
    language = language or detect("\n".join(line.text for line in lines), where, hint)
    top = masthead.cells(lines)
    symbol = masthead.symbol(top)
    return _compose(_classify(layout.blocks(lines, symbol, language)), top, symbol, language)


def detect(text: str, where: str = "", hint: str = "") -> str:
    """Return the official language that a text is written in: by script, then by its commonest words.

    >>> detect("تجدد المجموعة التزامها"), detect("Nous exhortons les États à agir dans le cadre"), detect("各国应")
    ('ar', 'fr', 'zh')
    """
    found = _language(text[:_ENOUGH]) or (hint if hint in names.LANGUAGES else "")
    if not found:
        raise TextError(
            "the language is none of the six official ones, or the text is too short to tell",
            where=where,
            remedy="name it: --language ar|zh|en|fr|ru|es",
        )
    return found


def _language(text: str, own: str = "") -> str:
    """Return the language of a text, or nothing; `own` is the document's, which is left only for a clear reason."""
    if own in _STOP_WORDS:
        words = text[:_SAMPLE].lower().split()
        if sum(map(_STOP_WORDS[own].__contains__, words)) * 5 > len(words):
            return own
    script, letters = _script(text, own)
    if script != "latin":
        strange = len(_STRANGE[script].findall(text)) * (3 if script == "zh" else 1)
        return script if strange * 40 < letters else ""
    words = _LATIN_WORD.findall(text.lower())
    stops = Counter(code for word in words if word in _STOPS_OF for code in _STOPS_OF[word])
    scores = {code: stops[code] for code in _STOP_WORDS}
    found = max(scores, key=lambda code: scores[code])
    if own in scores and scores[found] < 3 * scores[own] + 5:
        return own
    enough = scores[found] >= max(1, len(words) // 50)
    return found if enough and found in names.LANGUAGES else ""


def _script(text: str, own: str) -> tuple[str, int]:
    """Return the script of most letters (`latin`, or the language that is written in it), and how many they are."""
    counts: dict[str, int] = {}
    for code in sorted(_SCRIPTS, key=own.__ne__):
        says = 3 if code == "zh" else 1  # a character says as much
        counts[code] = sum(map(len, _SCRIPTS[code].findall(text))) * says
        if counts[code] * 2 > len(text) * says:
            break
    most = max(counts, key=lambda code: counts[code])
    return most, counts[most]


def _classify(blocks: list[Block]) -> list[Block]:
    """Say of each block what it is: masthead, annex, title, salutation, text, item, heading, signature, member."""
    in_body = False
    listing = False
    letter = any(
        LETTER.search(block.text, 0, _HEADING) for block in blocks[:40] if may_be_letter(block.text[:_HEADING])
    )
    record = any(
        "/SR." in block.text or _RECORD.match(folded_text(block.text[:_HEADING])) for block in blocks[:_GREETED]
    )
    greeted = 0 if letter else next((n for n, block in enumerate(blocks[:_GREETED]) if _is_salutation(block.text)), 0)
    for place, block in enumerate(blocks):
        text = block.text
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        if block.kind == "footnote":
            continue
        if _DELIVERY.match(text):
            block.kind = "masthead"
        elif record and len(text) < _HEADING and _OF_RECORD.match(folded_text(text[:_OPENING])):
            block.kind = "heading" if in_body else "masthead"
        elif letter and block.kind in ("text", "heading") and ANNEX.match(text) and not text.endswith((".", "。")):
            block.kind, in_body, listing = "annex", False, False
        elif signature(text):
            block.kind = "signature"
        elif listing and block.kind == "text" and len(text) < 70 and not text.endswith((".", "。", ":", "：")):
            block.kind = "member"
        elif text.endswith((":", "：")) and not _PRESIDES.match(text) and _opens_list(blocks[place + 1 : place + 4]):
            block.kind, listing = "heading", True
        elif _is_salutation(text):
            block.kind, in_body = "salutation", True
        elif block.kind == "heading" or (place < greeted and block.kind == "text" and text.endswith((",", "،", "，"))):
            block.kind = "heading" if in_body else "masthead"
        elif block.kind in ("numbered", "item"):
            if block.kind == "numbered" and not block.closed and not in_body and not _begins_body(following):
                block.kind = "title"
            elif ROMAN.match(text) or (block.kind == "numbered" and not block.closed and len(text) < 60):
                block.kind = "heading"
            else:
                in_body, listing = True, False
        elif (
            block.closed
            and not text.startswith(("[", "(", "“", "”", "«", "„", '"'))
            and (in_body or len(text) > 60 or text.endswith((",", "，", "،")) or _SENTENCE.search(text))
        ):
            block.kind, in_body = "text", True
        elif in_body and (len(text) > 200 or (block.closed and not text.startswith("["))):
            block.kind = "text"
        else:
            block.kind = "heading" if in_body else "masthead"
        listing = listing and block.kind in ("member", "heading")
    return blocks


def _begins_body(block: Block | None) -> bool:
    return block is not None and block.kind in ("numbered", "item")


def _opens_list(following: list[Block]) -> bool:
    return len(following) == 3 and all(
        b.kind == "text" and len(b.text) < 70 and not b.text.endswith(CLOSES) for b in following
    )


def _is_salutation(text: str) -> bool:
    return (
        len(text) < 90 and text.endswith((",", "،", "，", ":", "：", "!", "！")) and _SALUTATION.match(text) is not None
    )


def _compose(blocks: list[Block], top: list[str], symbol: str | None, language: str) -> Document:
    """Lay the blocks out as one text, name its paragraphs, and find where each header value stands."""
    text = "\n\n".join(block.text for block in blocks)
    paragraphs: list[Paragraph] = []
    start = 0
    for block, (part, number, parent) in zip(blocks, _names(blocks), strict=True):
        kind = "text" if block.kind == "numbered" else block.kind
        tongue = _language(block.text, language) if kind in ("text", "item") and len(block.text) > 80 else ""
        paragraphs.append(Paragraph(part, number, start, start + len(block.text), kind, parent, tongue or language))
        start += len(block.text) + 2
    paragraphs = list(_hung(text, paragraphs))
    document = Document(text, hashlib.sha256(text.encode()).hexdigest(), language, tuple(paragraphs))
    fields = masthead.read(text, paragraphs, top, symbol, language)
    return replace(document, fields=fields, genre=_genre(document, fields))


_NOTE_MARK = re.compile(r"(?P<sign>\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)|\(?(?P<number>[\d٠-٩]{1,3})\)?[.)]?(?=\s)")
_MARKS = re.compile(r"[*¹²³⁴⁵⁶⁷⁸⁹⁰\d][*¹²³⁴⁵⁶⁷⁸⁹⁰\d]*")
"""The mark of a footnote where it hangs from its word; at its head it is a `_NOTE_MARK`."""
_ONE_MARK = re.compile(r"\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\d+")
_CLOSED_BY = '.,;:؛،。”»")）]'


def _hung(text: str, paragraphs: list[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs, each footnote below the one that its mark stands in.

    Marks are looked for in the order of the notes, since numbers may begin again on every page.
    """
    notes = (p for p in paragraphs if p.kind == "footnote")
    heads = {p.start: match for p in notes if (match := _NOTE_MARK.match(text, p.start, p.end))}
    wanted = {match["sign"] or match["number"] for match in heads.values()}
    starts = [paragraph.start for paragraph in paragraphs]
    places: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for mark, start in _marks(text, wanted) if wanted else ():
        if mark.isdecimal():  # “victims1”, “1930(1)”, “peace.2”
            if text[start - 1 : start] == "/" or text[start + len(mark) : start + len(mark) + 1] == "/":
                continue
            bracketed = text[start - 1 : start] == "("
            before = text[start - 2 : start - 1] if bracketed else text[start - 1 : start]
            if not (before.isalpha() or (before and before in _CLOSED_BY) or (bracketed and before.isalnum())):
                continue
        home = paragraphs[bisect_right(starts, start) - 1]
        if home.kind != "footnote":
            places.setdefault((home.part, mark), []).append((start, home.number))
    reached = 0
    for paragraph in paragraphs:
        head = heads.get(paragraph.start)
        if head is not None:
            marked = places.get((paragraph.part, head["sign"] or head["number"]), [])
            first = bisect_left(marked, (reached,))
            if first < len(marked) and marked[first][0] < paragraph.start:
                reached, parent = marked[first]
                paragraph = replace(paragraph, parent=parent)
        yield paragraph


def _marks(text: str, wanted: Set[str]) -> Iterator[tuple[str, int]]:
    """Yield where one of the marks of footnotes may stand, and which."""
    for run in _MARKS.finditer(text):
        if (mark := run[0]) in wanted:
            yield mark, run.start()
        elif not mark.isdecimal():
            parts = ((match[0], run.start() + match.start()) for match in _ONE_MARK.finditer(mark))
            yield from ((part, start) for part, start in parts if part in wanted)


def _names(blocks: list[Block]) -> Iterator[tuple[str, str, str]]:
    """Yield each block's part, its number in the part, and the number of the paragraph that an item belongs to.

    A printed number is kept; paragraphs without one are counted, by themselves where others of the part have one.
    """
    part = "letter" if any(block.kind == "annex" for block in blocks) else ""
    printed = any(block.kind == "numbered" for block in blocks)
    taken: Counter[tuple[str, str]] = Counter()
    counted: Counter[tuple[str, str]] = Counter()
    head, numbered = "", False

    def unused(number: str) -> str:
        taken[part, number] += 1
        return number if taken[part, number] == 1 else f"{number}-{taken[part, number]}"

    def count(label: str) -> str:
        while True:  # a number counted may be printed elsewhere in the part
            counted[part, label] += 1
            name = f"{label}-{counted[part, label]}" if label else str(counted[part, label])
            if not taken[part, name]:
                taken[part, name] = 1
                return name

    for block in blocks:
        if block.kind == "annex":
            part, head, numbered = "annex", "", False
        if block.kind == "numbered":
            numbered = True
            head = unused(block.marker)
            yield part, head, ""
        elif block.kind == "item":
            letter = block.marker or count(f"{head}.item").rpartition("-")[2]
            yield part, unused(f"{head}.{letter}" if head else letter), head
        elif block.kind == "text":
            head = count("closing" if numbered else "preamble" if printed and part != "letter" else "")
            yield part, head, ""
        else:
            yield part, count(block.kind), ""


_GENRES = {
    "press-release": "press releases?|communiqués? de presse|comunicados? de prensa|notas? de prensa|пресс-релиз|新闻稿"
    "|بيان صحفي|نشرة صحفية|بيانات صحفية|نشرات صحفية",
    "resolution": "resolution|résolution|resolución|резолюци|决议|قرار",
    "declaration": r"declaration|declaración conjunta|declaración de|декларация|宣言|إعلان"
    r"|^déclaration d[eu] (?!s\.|m\.|mme|son |sa |la )",
    "speech": r"check against delivery|prononcé fait foi|cotéjese|выступление|发言|كلمة|statement by|remarks by|речь"
    r"|déclaration de (?:s\.|m\.|mme|son |sa |la délégation)|intervention de|allocution|discours de|intervención"
    r"|discurso|palabras de|statement of h",
    "report": r"^(?:draft )?report\b|^(?:projet de )?rapport\b|^(?:proyecto de )?informe\b|^(?:проект )?доклад"
    r"|^(?:مشروع )?تقرير|报告$|会议记录$|^minutes of|^procès-verba[lu]|^actas? de|^محضر"
    r"|^протокол\s(?:\w+\s)?(?:заседани|совещани)",
    "statement": "statement|déclaration|declaración|заявление|声明|بيان",
}
"""What a heading, in lower case, says of a document's kind; the first that matches."""


_DATELINE = re.compile(
    r"[^\W\d_][\w .'’-]{2,40}(?:, | ?[(（] ?)(?:\w{2,10} )?\d{1,2}[^–—\n]{4,30}?[)）]? ?(?:–|—|--|- )"
    r"|[\u4e00-\u9fff]{2,8}[(（，]?\d{4}年[^—]{2,10}——"
)
"""How the first paragraph of a press release begins: “GENEVA, 12 January 2028 – ”."""


def _genre(document: Document, fields: dict[str, Field]) -> str:
    if any(p.part == "letter" for p in document.paragraphs):
        return "letter"
    head = document.text[: next((p.start for p in document.paragraphs if p.kind == "text"), 400)].lower()
    symbol = fields["symbol"].value if "symbol" in fields else ""
    if "/RES/" in symbol:
        return "resolution"
    if "/SR." in symbol:
        return "report"
    if "/PRST/" in symbol:
        return "statement"
    if any(p.kind == "salutation" for p in document.paragraphs):
        return "speech"
    first = next((document.text[p.start : p.end] for p in document.paragraphs if p.kind == "text"), "")
    if _DATELINE.match(first):
        return "press-release"
    return next((genre for genre, pattern in _GENRES.items() if re.search(pattern, head, re.MULTILINE)), "statement")
