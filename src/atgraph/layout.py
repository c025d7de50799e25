"""Lines come in; blocks go out: paragraphs whole again, without page furniture, footnotes apart."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from atgraph import dates
from atgraph.model import Line

SYMBOL = (
    r"(?:(?:CRC|CEDAW|CCPR|CMW|CAT|CERD|CRPD|CED)/C/(?:OP[A-Z]{2}/)?[A-Z]{3}/(?:[A-Z]+/)*\d{1,2}-\d{1,2}(?![\d/])|(?:A|S|E|ST|CTOC|CAC|CRC|CEDAW|CCPR|CMW|CAT|CERD|CRPD|CED|HRI|DP|UNEP|TD)/"
    r"(?:[A-Z0-9][\w.]{0,30}(?:-\d+)?/){0,9}[\w.]{0,30}\d[\w.]{0,30}(?: ?\(\d{4}\))?)"
)
"""The symbol of a United Nations document."""
_SYMBOL_LINE = re.compile(rf"\*?\s*{SYMBOL}(?:\s*[–—-]\s*{SYMBOL})?\*?")
_JOB_PART = r"(?:(?:[A-Z]{1,2}\.)?\d\d-\d{5}(?:\([A-Z]\))?|\*\d{5,}\*|\d{6}|\([A-Z]\)|\d+/\d+)"
_JOB = re.compile(rf"(?:\d{{1,3}}\s+)?{_JOB_PART}(?:\s+{_JOB_PART})*(?:\s+\d{{1,3}})?")
"""The job number, bar code and date a printer puts at the foot, with the page's number before or after."""
_RECYCLE = re.compile(
    r"please recycle.*|veuillez recycler|merci de recycler|sírvase reciclar|просьба отправить на вторичную переработку"
    r"|请回收.*|الرجاء إعادة استعمال الورق|يرجى إعادة .{0,20}الورق",
    re.IGNORECASE,
)
_RECYCLE_HEADS = frozenset("pPvVmMsSпП请اي")
_WIDELY_NUMBERED = re.compile(r"(\d{1,2})\s{2,}(?=[^\W\d_]{3})")
_DASHED = re.compile(r"[-–—]\s*\d")
_PAGE = re.compile(r"[-–—]?\s*\d{1,3}\s*[-–—]?")
_RULES = "_‗ـ─━-"
_RULE = re.compile(f"[{_RULES}]{{5,}}")
_LONG = 80
"""Page furniture is shorter, in characters, where no wide space is in it."""
_QUOTES = tuple('"”“»«’」』')
_INDENT = 12
"""So much of a paragraph's first line, in characters, may have been white space before and behind its number."""
_NAME = 50
"""A line that names one State or body of a list is shorter."""
_NUMBERS = re.compile(r"\d+")
_PAGED = {
    "page": re.compile(r"page(?<!\wpage)s?\s*\d"),
    "página": re.compile(r"página(?<!\wpágina)\s*\d"),
    "стр.": re.compile(r"стр\.(?<!\wстр\.)\s*\d"),
    "p.": re.compile(r"p\.(?<!\wp\.)\s*\d"),
    "صفحة": re.compile(r"صفحة\s*\d"),
    "第": re.compile(r"第\s*\d"),
}
_OF_PAGES = r"\d+\s*(?:/|of|de|sur|из)\s*\d+\W*$"
_COUNTED = re.compile(_OF_PAGES, re.IGNORECASE)
_COUNTED_BEHIND = re.compile(rf"\s(?:\s+{_OF_PAGES}|(?<=\S\s)\s{{2,}}\d+$)", re.IGNORECASE)
"""Lines that say which page they stand on: a running head or foot, where it comes again with another number."""
_MARKS_BEHIND = " .,;:)]}-–—_*|»”\"'"
COLUMNS = re.compile(r"(?<=\S)\s{3,}(?=\S)")
ORDINAL = (
    r"(?:PRIMER|SEGUND|TERCER|CUART|QUINT|SEXT|S[ÉE]PTIM|OCTAV|NOVEN|D[ÉE]CIM|UND[ÉE]CIM|DUOD[ÉE]CIM|Primer|Segund|Tercer|Cuart"
    r"|Quint|Sext|S[ée]ptim|Octav|Noven|D[ée]cim|Und[ée]cim|Duod[ée]cim)[OoAa](?: [A-ZÉa-zé]{5,8}[OoAa])?(?:\.-|[.:])"
)
"""The number of a paragraph in words, as Spanish declarations have it: PRIMERO."""
ITEM = re.compile(
    r"(?P<number>[0-9٠-٩]{1,3})\s?(?:[.)．、]|[-–—](?=\s))\s*(?=\D|$)"
    r"|\(?(?P<letter>[a-zа-яأ-يⅰ-ⅿ]|هـ|[ivx]{1,4})(?:\)|(?<=[أ-يـ])\s?[-–—](?=\s)|(?<=[a-k])\.(?=\s[^\W\d_]{2}))\s*"
    r"|[（(](?P<wide>[a-z]|[一二三四五六七八九十]{1,3})[）)]\s*"
    rf"|(?P<word>{ORDINAL})\s+"
)
_BULLET = re.compile(r"[•●▪◦‣–—-]\s+(?=\S)")
_LISTED = re.compile(
    r"(?P<number>\d+(?:\.\d+)*)[.)．、]?\s+"
    r"|\(?(?P<letter>[A-Za-z]|[ivxIVX]{1,5}|[а-яأ-ي]|هـ)[.)．、]\s+|[（(]?(?P<wide>[一二三四五六七八九十]{1,3})[）)、.．]\s*"
)
"""The marker of what a format says is an item of a list: more forms than an item of plain text may be known by."""
_MASTHEAD = 30
"""A masthead has no more lines."""
_NOTE_BEGINS = re.compile(r"\*|[¹²³⁴⁵⁶⁷⁸⁹⁰]|[(（]?[\d٠-٩]{1,3}[)）.]?\s*\D|[a-z]\s")
_NOTE = re.compile(r"(?:\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)\s*(?=\w)")
"""What stands before a footnote that no rule sets apart."""
ROMAN = re.compile(r"[IVX]{1,5}\.\s+\S")
_BEGINS = re.compile(f"{ITEM.pattern}|{_BULLET.pattern}|{ROMAN.pattern}")
_LETTER = re.compile(r"[^\W\d_]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
CLOSES = tuple(".!?؟。！？;:,،؛；：，…")
_CLOSED = re.compile(r"[.!?؟。！？;:,،؛；：，…][\"'”“»«’‘」』)）\]】*\s]*(?:(?:\(?\d{1,2}\)?)|\([٠-٩]+\))?$")
ANNEX = re.compile(
    r"(?:المرفق|مرفق|ضميمة|الضميمة|annex|annexe|enclosure|pièce jointe|anexo|documento adjunto|приложение|добавление"
    r"|附件|附文)(?![\w-]*[,.;])(?:\s|$)|[^，。；]{4,60}的信的附件$",
    re.IGNORECASE,
)
_SIGNED = r"[(（](?:توقيع|وقعه|وقعها|signed|signée?|firmado|firmada|подпись|подписал[аи]?|签名|签字)[)）]"
_SIGNATURE = re.compile(
    rf"{_SIGNED}\s*(?P<value>.+)|(?=[^(（]*[(（])(?P<before>[^.,;:，。；：]{{2,60}}?)\s*{_SIGNED}$", re.IGNORECASE
)
"""A signature; in Chinese the name stands before the word."""

LANGUAGE_NAMES = {
    "ar": "arabic|arabe|árabe|арабский|阿拉伯文|阿文|بالعربية|العربية|عربي",
    "zh": "chinese|chinois|chino|китайский|中文|بالصينية|الصينية",
    "en": "english|anglais|inglés|английский|英文|بالانكليزية|بالإنكليزية|الإنكليزية|الانكليزية|بالإنجليزية",
    "fr": "french|français|francés|французский|法文|بالفرنسية|الفرنسية",
    "ru": "russian|russe|ruso|русский|俄文|بالروسية|الروسية",
    "es": "spanish|espagnol|español|испанский|西班牙文|بالإسبانية|بالاسبانية|الإسبانية",
}
_ENACTS = re.compile(
    r"(?-i:[^a-zа-я])[^\d]{0,60}(?:assembly|council|commission|conference|committee|assemblée|conseil|conférence"
    r"|asamblea|consejo|comisión|conferencia|ассамблея|совет|комиссия|конференция"
    r"|الجمعية العامة|مجلس|لجنة|مؤتمر)\b[^\d]{0,60}[,،，]$"
    r"|[^，。、]{0,14}(?:大会|理事会|委员会|会议)[,，]$",
    re.IGNORECASE,
)
_HEADER_LINE = re.compile(
    rf"distr\b.{{0,30}}$|(?:{'|'.join(LANGUAGE_NAMES.values())})$"
    r"|(?:original|язык оригинала|原文|الأصل)\s*[:：].{0,30}$"
    r"|.{0,40}(?:session|período de sesiones|сессия|届会议)$|الدورة \w+(?: \w+)?$"
    r"|(?:البند|(?:agenda )?item|point|tema|пункт|议程项目)\s?\d+[^.,،]{0,60}$"
    r"|\d{1,2} \w+ \d{4}$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Block:
    """Lines that belong together, before they are paragraphs."""

    text: str
    kind: str = "text"
    marker: str = ""
    lines: int = 1
    after_furniture: bool = False

    @property
    def closed(self) -> bool:
        """Tell whether it ends as a sentence, a clause or a list's head does."""
        match = _CLOSED.search(self.text, max(0, len(self.text) - 40))
        # “IGAD/MM/2026/DEC.2” ends with a symbol, and “victims.2” with the mark of a footnote.
        if match is None or not (match[0][0] == "." and match[0][-1].isdigit()):
            return match is not None
        return not (self.text[match.start() - 1].isalpha() and "/" in self.text.rpartition(" ")[2])


def blocks(lines: list[Line], own_symbol: str | None, language: str) -> list[Block]:
    """Return the blocks that the lines of a document make; its own symbol, where known, tells its running heads."""
    found = list(_join(_blocks(_kept(lines, own_symbol), language), language))
    return _ranked(found) if language == "zh" else found


_WIDE = re.compile("[（(][一二三四五六七八九十]{1,3}[）)]")


def _ranked(found: list[Block]) -> list[Block]:
    """Return Chinese blocks with their ranks: where （一） is printed first, and below no head, it numbers paragraphs.

    Their items are then numbered 1., 2. (一、 > （一） > 1. > （1）).
    """
    first = next((n for n, block in enumerate(found) if block.kind in ("numbered", "item")), None)
    if not first or not _WIDE.match(found[first].text) or found[first - 1].text.endswith((":", "：")):
        return found
    for block in found:
        if block.kind == "item" and _WIDE.match(block.text):
            block.kind = "numbered"
        elif block.kind == "numbered":
            block.kind = "item"
    return found


def _kept(lines: list[Line], own_symbol: str | None) -> Iterator[tuple[str, str]]:
    """Yield (`text`, line), (`blank`, ""), (`page`, "") and (`note`, line): no page furniture, footnotes apart.

    What a format says is an item or a heading is so called in place of `text`.
    """
    seen = ""
    in_notes, near_furniture, symbol_seen, page = False, False, False, 1
    before, indent, ruled, numbered = "", 0, 0, 0
    texts = [line.text.strip() for line in lines]
    paged = [_NUMBERS.sub("0", text) if _is_paged(text) else "" for text in texts]
    running = Counter(paged)
    for number, (line, text) in enumerate(zip(lines, texts, strict=True)):
        if line.page != page:
            page, in_notes, near_furniture = line.page, False, True
            yield "page", ""
        if not text:
            before = ""
            yield "blank", ""
            continue
        if line.style == "footnote":
            yield "note", text
            continue
        apart = "  " in text
        short = apart or len(text) < _LONG
        if text[0] in _RULES and _RULE.fullmatch(text):
            # A masthead has rules too, behind which no note stands.
            following = next((after for after in texts[number + 1 : number + 6] if after), "")
            in_notes, ruled = number > _MASTHEAD or _NOTE_BEGINS.match(following) is not None, number
            continue
        behind = text[len(own_symbol) :].strip() if own_symbol and text.startswith(own_symbol) else None
        own = behind is not None and (len(behind) < 30 or behind in seen)
        repeated = paged[number] != "" and running[paged[number]] > 1
        if line.style == "header" and (symbol_seen or own_symbol is None or own_symbol not in text):
            continue
        if (own and symbol_seen) or repeated or (short and _is_imprint(text)):
            in_notes, near_furniture = False, True
            yield "page", ""
            continue
        bare = len(text) < 12 and len(text.replace(" ", "")) < 6 and _PAGE.fullmatch(text) is not None
        symbol = short and "/" in text and not own and (in_notes or not before)
        symbol = symbol and _SYMBOL_LINE.fullmatch(text.rstrip(".")) is not None
        if bare or symbol:
            # A page's number stands behind its notes, apart from them.
            in_notes = in_notes and not (bare and not before and _DASHED.match(text))
            near_furniture = near_furniture or not in_notes
            if bare and not in_notes:
                yield "page", ""
            continue
        symbol_seen = symbol_seen or (own_symbol is not None and own_symbol in text)
        listed = _WIDELY_NUMBERED.match(text) if apart and not in_notes and number > _MASTHEAD // 3 else None
        if (
            listed is not None and int(listed[1]) in (1, numbered + 1) and not COLUMNS.search(text, listed.end())
        ):  # “1       URGES …”, as resolutions of the IMO have it
            numbered = int(listed[1])
            yield "item", " ".join(text.split())
            before, indent, near_furniture = text, 0, False
            continue
        cells = COLUMNS.split(text) if apart and not (ITEM.match(text) or _BULLET.match(text)) else [text]
        if near_furniture and number > 12 and (len(cells) > 1 or (len(text) > 20 and text in seen)):
            continue
        seen += text + " " if number < 80 else ""
        if in_notes and ruled <= _MASTHEAD and not texts[number - 1] and not _NOTE_BEGINS.match(text):
            in_notes = False  # the note of a masthead has one paragraph, and the body may begin on its page
        if in_notes:
            yield "note", text
            continue
        near_furniture = False
        width = len(line.text) - len(line.text.lstrip())
        if width > indent + 2 and before.endswith((".", "。", ":", "؛", ";", ",")):
            yield "blank", ""
        header = number < 60 and _HEADER_LINE.match(dates.western(text)) is not None
        enacts = not before and text.endswith((",", "،", "，")) and _ENACTS.match(text) is not None
        enacts = enacts and not (number + 1 < len(texts) and texts[number + 1][:1].islower())
        before, indent = text, width
        alone = len(cells) > 1 or header or enacts or signature(text) is not None
        if not (alone or apart) and text.isprintable():  # no white space in it but single spaces
            yield _kind(line, text), text
            continue
        for cell in cells:
            if alone:
                yield "blank", ""
            yield _kind(line, cell), " ".join(cell.split())
            if alone:
                yield "blank", ""


def signature(text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
    """Return the match of a signature, its name in `value` or `before`; none lacks a bracket, and few texts have one.

    >>> signature("(Signed) Ana Ruiz")["value"]
    'Ana Ruiz'
    """
    bracketed = text.find("(", start, end) >= 0 or text.find("（", start, end) >= 0
    return _SIGNATURE.match(text, start, end) if bracketed else None


def _is_imprint(text: str) -> bool:
    """Tell whether a line is what the printer puts at the foot: a job number, or “please recycle”."""
    numbered = (text[-1].isdigit() or text[-1] in ")*") and _JOB.fullmatch(text) is not None
    return numbered or (text[0] in _RECYCLE_HEADS and _RECYCLE.fullmatch(text) is not None)


def _is_paged(text: str) -> bool:
    # Most lines neither begin nor end with a number, and are passed over at once.
    ends = text[:1].isdigit() or text[-1:].isdigit() or text[-2:-1].isdigit()
    if not ends or len(text) >= 120:
        return False
    lower = text.lower()
    if any(word in lower and pattern.search(lower) for word, pattern in _PAGED.items()):
        return True
    if not text.rstrip(_MARKS_BEHIND)[-1:].isdigit():
        return False
    return _COUNTED.match(text) is not None or _COUNTED_BEHIND.search(text) is not None


def _kind(line: Line, text: str) -> str:
    """Return what a line is; what ends as a sentence is no heading, however it is printed."""
    if line.style in ("heading", "title") and not text.endswith((*CLOSES, ")", "]")):
        return "heading"
    return "item" if line.style == "item" else "text"


def _blocks(kept: Iterable[tuple[str, str]], language: str) -> Iterator[Block]:
    """Yield blocks: lines between blanks, item markers and list heads, joined again."""
    pile: list[str] = []
    paged = listed = headed = False
    opens = True

    def flush() -> Iterator[Block]:
        nonlocal pile, paged, listed, headed, opens
        letterhead = opens and len(pile) > 2 and all(_stands_apart(line) for line in pile)
        opens = opens and not pile
        for part in ([line] for line in pile) if letterhead else _dense(pile, language, headed):
            block = _marked(_rejoin(part, language), len(part), paged, _LISTED if listed else ITEM)
            yield block
            headed = block.text.endswith((":", "：")) or (headed and len(block.text) < _NAME)
            paged = False
        pile, listed = [], False

    for kind, text in kept:
        if kind in ("text", "item"):
            if pile and (kind == "item" or (_BEGINS.match(text) and not _continues(pile[-1], text))):
                yield from flush()
            listed = listed or kind == "item"
            pile.append(text)
        elif kind == "heading":
            yield from flush()
            yield Block(text, "heading", after_furniture=paged)
        elif kind == "note":
            yield Block(text, "footnote")
        elif pile and not (len(pile) == 1 and (m := ITEM.fullmatch(pile[0] + " ")) and m["number"]):
            yield from flush()
        if kind == "page":
            paged = True
    yield from flush()


def _stands_apart(line: str) -> bool:
    """Tell whether a line of a letterhead may stand by itself: a title that is wrapped goes on in lower case."""
    return len(line) < (_LONG if line.upper() != line.lower() else _NAME) and not (
        line[0].islower() or line.endswith(CLOSES)
    )


def _continues(before: str, text: str) -> bool:
    """Tell whether a line that looks like an item is the middle of a wrapped sentence (“…in paragraph / 5. The …”)."""
    quoted = before.endswith(("»,", "”,", "“,", '",'))  # «…», — говорится в заявлении
    if text[:1] in "–—-" and (quoted or not before.endswith(CLOSES)):
        return True
    match = ITEM.match(text)
    if match and match["number"] and before.count("(") > before.count(")") and text[match.end("number")] == ")":
        return True  # “Convention, 1930 (No. / 29)”
    inside = match is not None and (match.end() == len(text) or text[match.end()] in ",،;؛.")
    return bool(match and match["number"] and not before.endswith(CLOSES) and len(before) > 40 and inside)


def _dense(pile: list[str], language: str, headed: bool) -> Iterator[list[str]]:
    """Yield the paragraphs in lines that no blank line separates: a list below a colon, or a tight preamble.

    A line that ends early, with the next line's first word still fitting on it, ends its paragraph. Short lines behind
    a heading that ends with a colon (`headed`) are a list too.
    """
    if headed and len(pile) > 1 and all(len(x) < _NAME and not (x.endswith(CLOSES) or x[:1].islower()) for x in pile):
        yield from ([line] for line in pile)
        return
    if (
        len(pile) > 2
        and pile[0].endswith((":", "："))
        and all(len(x) < 60 and not x.endswith(CLOSES) for x in pile[1:])
    ):
        yield from ([line] for line in pile)
        return
    width = max(map(len, pile), default=0)
    if len(pile) > 4 and width < 60 and not any(line.endswith(CLOSES) for line in pile):
        early = sum(len(line) + 1 + len(after.split(" ", 1)[0]) <= width for line, after in pairwise(pile))
        if early * 2 >= len(pile):
            yield from ([line] for line in pile)
            return
    if pile and (len(pile) < 6 or language == "zh"):
        yield pile
        return
    current: list[str] = []
    for line in pile:
        # A paragraph's first line may have been indented, and have had a wide space behind its number.
        room = width - (_INDENT if len(current) == 1 else 0)
        fits = current and len(current[-1]) + 1 + len(line.split(" ", 1)[0]) <= room
        if fits and current[-1].endswith(CLOSES) and not line[:1].islower() and not ITEM.fullmatch(current[-1]):
            yield current
            current = []
        current.append(line)
    if current:
        yield current


def _rejoin(lines: list[str], language: str) -> str:
    if language != "zh":
        return " ".join(lines)
    text = lines[0]
    for line in lines[1:]:
        text += (" " if text[-1:].isascii() and line[:1].isascii() else "") + line
    return text


def _marked(text: str, lines: int, paged: bool, marker_of: re.Pattern[str]) -> Block:
    match = marker_of.match(text)
    if match and match.end() < len(text):
        word = match.groupdict().get("word") or ""
        number = dates.western(match["number"] or "") or (word and str(dates.ordinal(word.rstrip(".:-")) or word))
        marker = number or _letter(match["letter"] or match["wide"] or "")
        return Block(text, "numbered" if number else "item", marker, lines, paged)
    if _BULLET.match(text):
        return Block(text, "item", "", lines, paged)
    if _NOTE.match(text):
        return Block(text, "footnote")
    return Block(text, lines=lines, after_furniture=paged)


_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"


def _letter(letter: str) -> str:
    """Return an item's letter in Latin: أ and а are the first, 一 is 1."""
    letter = letter.removesuffix("ـ")
    for alphabet in (_ABJAD, _CYRILLIC):
        if letter in alphabet:
            place = alphabet.index(letter)
            return chr(ord("a") + place) if place < 26 else f"z{place - 25}"
    return str(number) if letter and (number := dates.ordinal(letter)) and not letter.isascii() else letter


def _join(blocks: Iterable[Block], language: str) -> Iterator[Block]:
    """Yield blocks with a paragraph that a page break or a stray blank cut in two made whole again."""
    held: Block | None = None
    notes: list[Block] = []
    for block in blocks:
        if block.kind == "footnote":
            notes.append(block)
            continue
        if held is not None:
            if _cut(held, block):
                glue = "" if language == "zh" else " "
                held = replace(held, text=held.text + glue + block.text, lines=held.lines + block.lines)
                continue
            yield held
        held = block
    if held is not None:
        yield held
    yield from notes


_SENTENCE = 4000
"""What goes on over a page is told from as many of the characters before it."""
_NUMBERED = re.compile(r"[(（](?:Nos?\.|n[ºo°]|núms?\.|№|رقم|第|\d)")


def _cut(first: Block, second: Block) -> bool:
    """Tell whether the second block goes on with the first one's sentence."""
    # A clause of the preamble ends with a comma; where sentences or a number stand before it, it is the middle of one.
    if second.kind != "text" or signature(second.text):
        return False
    if len(first.text) < 40 and (len(first.text) < 24 or not _CHINESE.search(first.text)):
        return False
    if first.closed and not (second.after_furniture and first.text.endswith((",", "，", "،"))):
        return False
    tail = first.text[-_SENTENCE:]
    if first.closed and first.kind != "numbered" and not re.search(r"[.。!?]\s?\S", tail):
        return False
    if second.after_furniture and _NUMBERED.match(second.text):
        return True  # “the Work in Fishing Convention, 2007 / (No. 188)”
    inside = first.kind == "numbered" or re.search(r"[.,;،؛。，；]\s?\S", tail) is not None
    if ANNEX.match(second.text) or ANNEX.match(first.text):
        return False
    letter = _LETTER.search(second.text)
    initial = letter[0] if letter else ""
    if initial.islower() and (first.lines > 1 or second.after_furniture):
        return inside or second.after_furniture
    long = len(first.text) > 150 and first.lines > 1
    if second.after_furniture and long and second.closed and not first.text.endswith((")", "]", *_QUOTES)):
        return inside
    caseless = not (initial.isupper() or initial.islower())
    return caseless and inside and (second.after_furniture or long) and second.closed
