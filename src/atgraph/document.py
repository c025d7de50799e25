"""Lines come in; a Document goes out: header fields, paragraphs whole again, normalized text and its hash."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from atgraph import dates
from atgraph.errors import TextError
from atgraph.model import Document, Field, Line, Paragraph

SYMBOL = r"(?:A|S|E|ST|CTOC|CAC|CRC|CEDAW|CCPR|CMW|HRI|DP|UNEP|TD)/(?:[A-Z0-9][\w.]*(?:-\d+)?/)*[\w.]*\d[\w.]*(?: ?\(\d{4}\))?"
_SYMBOL_LINE = re.compile(rf"\*?\s*{SYMBOL}(?:\s*[–—-]\s*{SYMBOL})?\*?")
_JOB = re.compile(r"(?:(?:[A-Z]{1,2}\.)?\d\d-\d{5}|\*\d{5,}\*|\d{6}|\([A-Z]\)|\d+/\d+|\s)+")
_RECYCLE = re.compile(
    r"please recycle.*|veuillez recycler|merci de recycler|sírvase reciclar|просьба отправить на вторичную переработку"
    r"|请回收.*|الرجاء إعادة استعمال الورق|يرجى إعادة .{0,20}الورق",
    re.IGNORECASE,
)
_RULE = re.compile(r"[_‗ـ─━-]{5,}")
_COLUMNS = re.compile(r"(?<=\S)\s{3,}(?=\S)")
_ITEM = re.compile(
    r"(?P<number>[0-9٠-٩]{1,3})\s?(?:[.)．、]|[-–—](?=\s))\s*(?=\D|$)"
    r"|\(?(?P<letter>[a-zа-яأ-يⅰ-ⅿ]|هـ|[ivx]{1,4})\)\s*"
    r"|（(?P<wide>[a-z一二三四五六七八九十])）\s*"
)
_BULLET = re.compile(r"[•●▪◦‣–—-]\s+(?=\S)")
_ROMAN = re.compile(r"[IVX]{1,5}\.\s+\S")
_CLOSES = tuple(".!?؟。！？;:,،؛；：，…")
_CLOSED = re.compile(r"[.!?؟。！？;:,،؛；：，…][\"'”“»«’‘」』)）\]】*\s]*(?:(?:\(?\d{1,2}\)?)|\([٠-٩]+\))?$")
_ANNEX = re.compile(r"(?:المرفق|مرفق|annex|annexe|anexo|приложение|附件)(?![\w-]*[,.;])(?:\s|$)", re.IGNORECASE)
_LETTER = re.compile(
    r"(?:identical letters?|letter) dated|lettres? (?:identiques? )?datée?s?|cartas? (?:idénticas )?de fecha"
    r"|^письм[оа]\s|رسال(?:ة|تان متطابقتان) مؤرخ(?:ة|تان)|给.{1,12}的信|的信$|^note verbale",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"(?:mr|madam|mister|distinguished|excellenc|your excellenc|ladies|dear|colleagues|monsieur|madame|mesdames|señor|"
    r"excelenc|distinguid|damas|estimad|уважаем|господин|госпожа|дамы|ваши? превосходительств|السيد|أصحاب|سعادة|معالي|"
    r"الزملاء|主席|各位|女士|尊敬)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\((?:توقيع|signed|signé|firmado|подпись|签名)\)\s*(?P<value>.+)", re.IGNORECASE)

_NAMES_OF_LANGUAGES = {
    "ar": "arabic|arabe|árabe|арабский|阿拉伯文|阿文|بالعربية|العربية|عربي",
    "zh": "chinese|chinois|chino|китайский|中文|بالصينية|الصينية",
    "en": "english|anglais|inglés|английский|英文|بالانكليزية|بالإنكليزية|الإنكليزية|الانكليزية|بالإنجليزية",
    "fr": "french|français|francés|французский|法文|بالفرنسية|الفرنسية",
    "ru": "russian|russe|ruso|русский|俄文|بالروسية|الروسية",
    "es": "spanish|espagnol|español|испанский|西班牙文|بالإسبانية|بالاسبانية|الإسبانية",
}
_ORIGINAL = re.compile(
    r"(?:original|оригинал|язык оригинала|原文|原件|الأصل)\s*[:：]\s*(?P<value>[\w]+)", re.IGNORECASE
)
_NUMBERED = {
    "agenda_item": re.compile(
        r"البند(?:ان)?\s+(?P<ar>\d+)|(?:agenda )?items? (?P<en>\d+)\b.*|points? (?P<fr>\d+) (?:\w+ )?de l.ordre du jour"
        r"|temas? (?P<es>\d+) del programa|пункты? (?P<ru>\d+) .*повестки дня|议程(?:项目)?\s?(?P<zh>\d+)",
        re.IGNORECASE,
    ),
    "session": re.compile(
        r"الدورة\s+(?P<ar>\w+(?:\s+و?\w+)?)|(?P<en>[\w-]+(?: [\w-]+)?) session\b|(?P<fr>[\w-]+(?: et [\w-]+)?) session\b"
        r"|(?P<es>\w+(?: \w+)?) período (?:\w+ )?de sesiones|(?P<ru>\w+(?: \w+)?) (?:\w+ )?сессия|第(?P<zh>\w+?)届",
        re.IGNORECASE,
    ),
}
_ENACTS = re.compile(
    r"(?-i:[^a-zа-я]).{0,60}(?:assembly|council|commission|conference|committee|assemblée|conseil|conférence|asamblea|consejo|comisión|"
    r"conferencia|ассамблея|совет|комиссия|конференция|大会|理事会|委员会|会议|الجمعية العامة|مجلس|لجنة|مؤتمر)\b.{0,60}[,،，]",
    re.IGNORECASE,
)
_HEADER_LINE = re.compile(
    rf"distr\b.{{0,30}}$|(?:{'|'.join(_NAMES_OF_LANGUAGES.values())})$|(?:original|язык оригинала|原文|الأصل)\s*[:：].{{0,30}}$"
    r"|.{0,40}(?:session|período de sesiones|сессия|届会议)$|الدورة \w+(?: \w+)?$"
    r"|(?:البند|(?:agenda )?item|point|tema|пункт|议程项目)\s?\d+[^.,،]{0,60}$"
    r"|\d{1,2} \w+ \d{4}$",
    re.IGNORECASE,
)
_STOP_WORDS = {
    "en": {"the", "of", "and", "to", "in", "for"},
    "fr": {"le", "la", "les", "des", "et", "du", "dans"},
    "es": {"el", "los", "las", "de", "y", "en", "del", "que"},
}


@dataclass(slots=True)
class _Block:
    """Lines that belong together, before they are paragraphs."""

    text: str
    kind: str = "text"
    marker: str = ""
    lines: int = 1
    after_furniture: bool = False
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def closed(self) -> bool:
        return _CLOSED.search(self.text) is not None


def read(lines: Iterable[Line], language: str | None = None, where: str = "") -> Document:
    """Return the document that the lines of one expression make.

    Raises TextError when its language is not told and cannot be recognized.
    """
    lines = [replace(line, text=line.text.expandtabs(8)) for line in lines]
    language = language or detect("\n".join(line.text for line in lines), where)
    masthead = [cell for line in lines[:80] for cell in _COLUMNS.split(line.text.strip()) if cell]
    own_symbol = next((m[0] for c in masthead[:25] if (m := re.match(SYMBOL + r"(?=$|\s*[–—*-])", c))), None)
    blocks = list(_join(_blocks(_kept(lines, own_symbol), language), language))
    return _compose(_classify(blocks), masthead, own_symbol, language)


def detect(text: str, where: str = "") -> str:
    """Return the official language that a text is written in: by script, then by its commonest words.

    >>> detect("تجدد المجموعة التزامها"), detect("Nous exhortons les États à agir dans le cadre"), detect("各国应")
    ('ar', 'fr', 'zh')
    """
    scripts = Counter(
        "ar"
        if "\u0600" <= c <= "\u06ff"
        else "ru"
        if "\u0400" <= c <= "\u04ff"
        else "zh"
        if "\u4e00" <= c <= "\u9fff"
        else "l"
        for c in text[:200_000]
        if c.isalpha()
    )
    scripts["zh"] *= 3
    best = scripts.most_common(1)[0][0] if scripts else ""
    if best in ("ar", "ru", "zh"):
        return best
    words = Counter(re.findall(r"[a-zà-ÿ]+", text[:200_000].lower()))
    scores = {code: sum(words[word] for word in stops) for code, stops in _STOP_WORDS.items()}
    found = max(scores, key=lambda code: scores[code])
    if scores[found] < max(1, sum(words.values()) // 50):
        raise TextError(
            "the language is none of the six official ones, or the text is too short to tell",
            where=where,
            remedy="name it: --language ar|zh|en|fr|ru|es",
        )
    return found


def _kept(lines: list[Line], own_symbol: str | None) -> Iterator[tuple[str, str]]:
    """Yield (`text`, line), (`blank`, ""), (`page`, "") and (`note`, line): page furniture is gone, footnotes are apart."""
    seen = ""
    in_notes, near_furniture, symbol_seen, page = False, False, False, 1
    before, indent = "", 0
    for number, line in enumerate(lines):
        text = line.text.strip()
        if line.page != page:
            page, in_notes, near_furniture = line.page, False, True
            yield "page", ""
        if not text:
            before = ""
            yield "blank", ""
            continue
        if _RULE.fullmatch(text):
            in_notes = True
            continue
        own = own_symbol is not None and text.startswith(own_symbol) and len(text) < len(own_symbol) + 30
        if _JOB.fullmatch(text) or _RECYCLE.fullmatch(text) or (own and symbol_seen):
            in_notes, near_furniture = False, True
            yield "page", ""
            continue
        bare = text.isdigit() and len(text) < 4
        if bare or (_SYMBOL_LINE.fullmatch(text.rstrip(".")) and not own and (in_notes or not before)):
            near_furniture = near_furniture or not in_notes
            if bare and not in_notes:
                yield "page", ""
            continue
        symbol_seen = symbol_seen or (own_symbol is not None and own_symbol in text)
        cells = [text] if _ITEM.match(text) else _COLUMNS.split(text)
        if near_furniture and number > 12 and (len(cells) > 1 or (len(text) > 20 and text in seen)):
            continue
        seen += text + " " if number < 80 else ""
        if in_notes:
            yield "note", text
            continue
        near_furniture = False
        width = len(line.text) - len(line.text.lstrip())
        if width > indent + 2 and before.endswith((".", "。", ":", "؛", ";", ",")):
            yield "blank", ""
        before, indent = text, width
        alone = (
            len(cells) > 1
            or _ENACTS.fullmatch(text) is not None
            or (number < 60 and _HEADER_LINE.match(text.translate(dates.DIGITS)) is not None)
        )
        for cell in cells:
            yield from [("blank", "")] * alone
            yield "text", re.sub(r"\s+", " ", cell)
            yield from [("blank", "")] * alone


def _blocks(kept: Iterable[tuple[str, str]], language: str) -> Iterator[_Block]:
    """Yield blocks: lines between blanks, item markers and list heads, joined again."""
    pile: list[str] = []
    paged = False

    def flush() -> Iterator[_Block]:
        nonlocal pile, paged
        for part in _dense(pile, language):
            yield _marked(_rejoin(part, language), len(part), paged)
            paged = False
        pile = []

    for kind, text in kept:
        if kind == "text":
            if (
                pile
                and (_ITEM.match(text) or _BULLET.match(text) or _ROMAN.match(text))
                and not _continues(pile[-1], text)
            ):
                yield from flush()
            pile.append(text)
        elif kind == "note":
            yield _Block(text, "footnote")
        elif pile and not (len(pile) == 1 and (m := _ITEM.fullmatch(pile[0] + " ")) and m["number"]):
            yield from flush()
        if kind == "page":
            paged = True
    yield from flush()


def _continues(before: str, text: str) -> bool:
    """Tell whether a line that looks like an item is the middle of a wrapped sentence (“…in paragraph / 5. The …”)."""
    match = _ITEM.match(text)
    return bool(
        match and match["number"] and not before.endswith(_CLOSES) and len(before) > 40 and match.end() == len(text)
    )


def _dense(pile: list[str], language: str) -> Iterator[list[str]]:
    """Yield the paragraphs in lines that no blank line separates: a list below a colon, or a tight preamble.

    A line that ends early, with the next line's first word still fitting on it, ends its paragraph.
    """
    if (
        len(pile) > 2
        and pile[0].endswith((":", "："))
        and all(len(x) < 60 and not x.endswith(_CLOSES) for x in pile[1:])
    ):
        yield from ([line] for line in pile)
        return
    current: list[str] = []
    tight = len(pile) > 5 and language != "zh"
    width = max(map(len, pile), default=0)
    for line in pile:
        fits = tight and current and len(current[-1]) + 1 + len(line.split(" ", 1)[0]) <= width
        if fits and current[-1].endswith(_CLOSES) and not line[:1].islower() and not _ITEM.fullmatch(current[-1]):
            yield current
            current = []
        current.append(line)
    if current:
        yield current


def _rejoin(lines: list[str], language: str) -> str:
    text = lines[0]
    for line in lines[1:]:
        glue = "" if language == "zh" and not (text[-1:].isascii() and line[:1].isascii()) else " "
        text += glue + line
    return text


def _marked(text: str, lines: int, paged: bool) -> _Block:
    match = _ITEM.match(text)
    if match and match.end() < len(text):
        marker = (match["number"] or "").translate(dates.DIGITS) or _letter(match["letter"] or match["wide"] or "")
        return _Block(text, "numbered" if match["number"] else "item", marker, lines, paged)
    if _BULLET.match(text):
        return _Block(text, "item", "", lines, paged)
    return _Block(text, lines=lines, after_furniture=paged)


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


def _join(blocks: Iterable[_Block], language: str) -> Iterator[_Block]:
    """Yield blocks with a paragraph that a page break or a stray blank cut in two made whole again."""
    held: _Block | None = None
    notes: list[_Block] = []
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


def _cut(first: _Block, second: _Block) -> bool:
    """Tell whether the second block goes on with the first one's sentence."""
    if second.kind != "text" or first.closed or _SIGNED.match(second.text) or len(first.text) < 40:
        return False
    inside = re.search(r"[.,;،؛。，；]\s?\S", first.text) is not None
    if _ANNEX.match(second.text) or _ANNEX.match(first.text):
        return False
    if second.text[:1].islower() and (first.lines > 1 or second.after_furniture):
        return inside or second.after_furniture
    long = len(first.text) > 150 and first.lines > 1
    caseless = not (second.text[:1].isupper() or second.text[:1].islower())
    return caseless and inside and (second.after_furniture or long) and second.closed


def _classify(blocks: list[_Block]) -> list[_Block]:
    """Say of each block what it is: masthead, annex, title, salutation, text, item, heading, signature, member, footnote."""
    in_body = False
    listing = False
    letter = any(_LETTER.search(block.text) for block in blocks[:40])
    for place, block in enumerate(blocks):
        text = block.text
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        if block.kind == "footnote":
            continue
        if letter and block.kind == "text" and _ANNEX.match(text) and not text.endswith((".", "。")):
            block.kind, in_body, listing = "annex", False, False
        elif _SIGNED.match(text):
            block.kind = "signature"
        elif listing and block.kind == "text" and len(text) < 70 and not text.endswith((".", "。", ":", "：")):
            block.kind = "member"
        elif text.endswith((":", "：")) and _opens_list(blocks[place + 1 : place + 4]):
            block.kind, listing = "heading", True
        elif _is_salutation(text):
            block.kind, in_body = "salutation", True
        elif block.kind in ("numbered", "item"):
            if block.kind == "numbered" and not block.closed and not in_body and not _begins_body(following):
                block.kind = "title"
            elif _ROMAN.match(text) or (block.kind == "numbered" and not block.closed and len(text) < 60):
                block.kind = "heading"
            else:
                in_body, listing = True, False
        elif (
            block.closed
            and not text.startswith(("[", "(", "“", "”", "«", "„", '"'))
            and (in_body or len(text) > 60 or text.endswith((",", "，", "،")) or _wide(text) > 40)
        ):
            block.kind, in_body = "text", True
        elif in_body and (len(text) > 200 or (block.closed and not text.startswith("["))):
            block.kind = "text"
        else:
            block.kind = "heading" if in_body else "masthead"
        listing = listing and block.kind in ("member", "heading")
    return blocks


def _begins_body(block: _Block | None) -> bool:
    return block is not None and block.kind in ("numbered", "item")


def _wide(text: str) -> int:
    return sum(2 for c in text if c >= "\u4e00")


def _opens_list(following: list[_Block]) -> bool:
    return len(following) == 3 and all(
        b.kind == "text" and len(b.text) < 70 and not b.text.endswith(_CLOSES) for b in following
    )


def _is_salutation(text: str) -> bool:
    return (
        len(text) < 90 and text.endswith((",", "،", "，", ":", "：", "!", "！")) and _SALUTATION.match(text) is not None
    )


def _compose(blocks: list[_Block], masthead: list[str], own_symbol: str | None, language: str) -> Document:
    """Lay the blocks out as one text, name its paragraphs, and find where each header value stands."""
    text = "\n\n".join(block.text for block in blocks)
    paragraphs: list[Paragraph] = []
    part = "letter" if any(block.kind == "annex" for block in blocks) else ""
    counts: Counter[str] = Counter()
    parent, numbered, start = "", False, 0
    printed = {b.marker for b in blocks if b.kind == "numbered"}
    for block in blocks:
        end = start + len(block.text)
        if block.kind == "annex":
            part, parent, numbered = "annex", "", False
        number, above = "", ""
        if block.kind == "numbered":
            number = parent = _unused(block.marker, part, paragraphs)
            numbered = True
        elif block.kind == "item":
            counts[parent] += 1
            above = parent
            letter = block.marker or str(counts[parent])
            number = _unused(f"{parent}.{letter}" if parent else letter, part, paragraphs)
        else:
            label = {"text": "closing" if numbered else "preamble" if printed and part != "letter" else ""}.get(
                block.kind, block.kind
            )
            counts[part + label] += 1
            number = f"{label}-{counts[part + label]}" if label else str(counts[part + label])
            if block.kind == "text":
                parent = number
        kind = "text" if block.kind == "numbered" else block.kind
        paragraphs.append(Paragraph(part, number, start, end, kind, above))
        start = end + 2
    document = Document(text, hashlib.sha256(text.encode()).hexdigest(), language, tuple(paragraphs))
    fields = _fields(document, masthead, own_symbol)
    return replace(document, fields=fields, genre=_genre(document, fields))


def _unused(number: str, part: str, paragraphs: list[Paragraph]) -> str:
    taken = {p.number for p in paragraphs[-400:] if p.part == part}
    candidate, again = number, 1
    while candidate in taken:
        again += 1
        candidate = f"{number}-{again}"
    return candidate


def _genre(document: Document, fields: dict[str, Field]) -> str:
    if any(p.part == "letter" for p in document.paragraphs):
        return "letter"
    head = document.text[: next((p.start for p in document.paragraphs if p.kind == "text"), 400)].lower()
    symbol = fields["symbol"].value if "symbol" in fields else ""
    words = {
        "resolution": "resolution|résolution|resolución|резолюци|决议|قرار",
        "declaration": "declaration|declaración conjunta|declaración de|декларация|宣言|إعلان",
        "speech": "check against delivery|prononcé fait foi|cotéjese|выступление|发言|كلمة|statement by|déclaration de|intervención",
        "statement": "statement|déclaration|declaración|заявление|声明|بيان",
    }
    if "/RES/" in symbol:
        return "resolution"
    return next((genre for genre, pattern in words.items() if re.search(pattern, head)), "statement")


def _fields(document: Document, masthead: list[str], own_symbol: str | None) -> dict[str, Field]:
    """Return the header's values, each with where it stands in the text (the start of the text where it was furniture)."""
    found: dict[str, str] = {}
    if own_symbol:
        found["symbol"] = own_symbol.strip()
    body = next((p.start for p in document.paragraphs if p.kind in ("text", "salutation")), len(document.text))
    opening = re.sub(r"\s", "", document.text[body : body + 400])
    starts = (
        i
        for i, c in enumerate(masthead)
        if len(c) > 12 or c.endswith(_CLOSES)
        if opening.startswith(re.sub(r"\s", "", c))
    )
    top = masthead[: next(starts, 40)]
    for name, pattern in _NUMBERED.items():
        for cell in top:
            match = pattern.match(cell.translate(dates.DIGITS))
            value = match and next((v for v in match.groupdict().values() if v), "")
            if value and (
                number := dates.ordinal(value) or dates.ordinal(value.split()[-1]) or dates.ordinal(value.split()[0])
            ):
                found.setdefault(name, str(number))
    for cell in top:
        if match := _ORIGINAL.match(cell):
            code = next((c for c, n in _NAMES_OF_LANGUAGES.items() if match["value"].lower() in n.split("|")), None)
            if code:
                found.setdefault("original_language", code)
    if signed := next((m for p in document.paragraphs if (m := _SIGNED.match(document.text[p.start : p.end]))), None):
        found["signatory"] = signed["value"].strip()
    if date := _date(top, document.language):
        found["date"] = date
    annex = next((i for i, p in enumerate(document.paragraphs) if p.kind == "annex"), None)
    titles = {
        "title": _title(document, 0, annex),
        "annex_title": _title(document, annex, None) if annex is not None else None,
    }
    fields = {name: Field(value, _locate(document.text, value), "header") for name, value in found.items()}
    for name, paragraph in titles.items():
        if paragraph:
            fields[name] = Field(
                document.text[paragraph.start : paragraph.end], (paragraph.start, paragraph.end), "header"
            )
    if slogan := next(
        (
            p
            for p in document.paragraphs
            if p.kind == "masthead" and document.text[p.start] in "”“«„" and p.end - p.start < 160
        ),
        None,
    ):
        fields["theme"] = Field(
            document.text[slogan.start : slogan.end].strip("”“«»„ "), (slogan.start, slogan.end), "header"
        )
    return fields


def _title(document: Document, first: int, last: int | None) -> Paragraph | None:
    """Return the title in a run of masthead: what is named a letter, a resolution by its number, a statement …"""
    kinds = ("masthead", "title") if first == 0 else ("masthead",)
    candidates = []
    for paragraph in document.paragraphs[first:last]:
        if paragraph.kind in kinds:
            candidates.append(paragraph)
        elif paragraph.kind == "text":
            break

    def words(paragraph: Paragraph) -> str:
        return document.text[paragraph.start : paragraph.end]

    for wanted in (_LETTER, re.compile(r"[\d٠-٩]+/[\d٠-٩]+\s?[.－–—-]"), _TITLE):
        if hit := next((p for p in candidates if wanted.search(words(p)) and len(words(p)) > 20), None):
            return hit
    return max(candidates, key=lambda p: p.end - p.start, default=None) if first == 0 or candidates else None


_TITLE = re.compile(
    r"statement|declaration|déclaration|declaración|заявление|декларация|声明|宣言|بيان|إعلان", re.IGNORECASE
)


def _date(top: list[str], language: str) -> str | None:
    """Return the distribution date where the masthead has one, else the most exact date in the masthead, the last of them."""
    for place, cell in enumerate(top):
        if re.match(r"distr", cell, re.IGNORECASE):
            for near in top[place : place + 4]:
                if found := [value for _, value in dates.find(near, language) if len(value) == 10]:
                    return found[0]
    exact = [value for cell in top for _, value in dates.find(cell, language) if len(value) == 10]
    return exact[0] if exact else None


def _locate(text: str, value: str) -> tuple[int, int]:
    place = text.find(value)
    return (place, place + len(value)) if place >= 0 else (0, 0)
