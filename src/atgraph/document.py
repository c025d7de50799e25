"""Lines come in; a Document goes out: header fields, paragraphs whole again, normalized text and its hash."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from atgraph import layout, masthead
from atgraph.errors import TextError
from atgraph.layout import ANNEX, CLOSES, ROMAN, SIGNED, Block
from atgraph.masthead import LETTER
from atgraph.model import Document, Field, Line, Paragraph

_SALUTATION = re.compile(
    r"(?:mr|madam|mister|distinguished|excellenc|your excellenc|ladies|dear|colleagues|monsieur|madame|mesdames|señor|"
    r"excelenc|distinguid|damas|estimad|уважаем|господин|госпожа|дамы|ваши? превосходительств|السيد|أصحاب|سعادة|معالي|"
    r"الزملاء|主席|各位|女士|尊敬)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:[^\W\dA-ZА-Я_]{2,}|[\u4e00-\u9fff）)])\W{0,2}[.。!！؛;；]\W{0,2}$")
_DELIVERY = re.compile(
    r"(?:please )?check against delivery|seul le prononcé fait foi|cotéjese con|只以发言为准|以发言为准"
    r"|يرجى التحقق عند الإلقاء|сверять с текстом выступления",
    re.IGNORECASE,
)
_STOP_WORDS = {
    "en": {"the", "of", "and", "to", "in", "for"},
    "fr": {"le", "la", "les", "des", "et", "du", "dans"},
    "es": {"el", "los", "las", "de", "y", "en", "del", "que"},
}


def read(lines: Iterable[Line], language: str | None = None, where: str = "") -> Document:
    """Return the document that the lines of one expression make.

    Raises TextError when its language is not told and cannot be recognized.
    """
    lines = [replace(line, text=line.text.expandtabs(8)) for line in lines]
    language = language or detect("\n".join(line.text for line in lines), where)
    top = masthead.cells(lines)
    symbol = masthead.symbol(top)
    return _compose(_classify(layout.blocks(lines, symbol, language)), top, symbol, language)


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
    if "zh" in scripts:
        scripts["zh"] *= 3  # a character says about as much as three letters
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


def _classify(blocks: list[Block]) -> list[Block]:
    """Say of each block what it is: masthead, annex, title, salutation, text, item, heading, signature, member."""
    in_body = False
    listing = False
    letter = any(LETTER.search(block.text) for block in blocks[:40])
    for place, block in enumerate(blocks):
        text = block.text
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        if block.kind == "footnote":
            continue
        if _DELIVERY.match(text):
            block.kind = "masthead"
        elif letter and block.kind == "text" and ANNEX.match(text) and not text.endswith((".", "。")):
            block.kind, in_body, listing = "annex", False, False
        elif SIGNED.match(text):
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
        paragraphs.append(Paragraph(part, number, start, start + len(block.text), kind, parent))
        start += len(block.text) + 2
    document = Document(text, hashlib.sha256(text.encode()).hexdigest(), language, tuple(paragraphs))
    fields = masthead.read(text, paragraphs, top, symbol, language)
    return replace(document, fields=fields, genre=_genre(document, fields))


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
        counted[part, label] += 1
        return f"{label}-{counted[part, label]}" if label else str(counted[part, label])

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


def _genre(document: Document, fields: dict[str, Field]) -> str:
    if any(p.part == "letter" for p in document.paragraphs):
        return "letter"
    head = document.text[: next((p.start for p in document.paragraphs if p.kind == "text"), 400)].lower()
    symbol = fields["symbol"].value if "symbol" in fields else ""
    words = {
        "resolution": "resolution|résolution|resolución|резолюци|决议|قرار",
        "declaration": "declaration|declaración conjunta|declaración de|декларация|宣言|إعلان",
        "speech": "check against delivery|prononcé fait foi|cotéjese|выступление|发言|كلمة|statement by|déclaration de"
        "|intervention de|allocution|discours de|intervención|discurso|palabras de|statement of h|remarks by|речь",
        "statement": "statement|déclaration|declaración|заявление|声明|بيان",
    }
    if "/RES/" in symbol:
        return "resolution"
    if any(p.kind == "salutation" for p in document.paragraphs):
        return "speech"
    return next((genre for genre, pattern in words.items() if re.search(pattern, head)), "statement")
