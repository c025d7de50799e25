"""The masthead's lines and a document's paragraphs come in; the header's values go out, each with its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from atgraph import dates
from atgraph.layout import CLOSES, COLUMNS, LANGUAGE_NAMES, SYMBOL, signature
from atgraph.model import Field, Line, Paragraph

LETTER = re.compile(
    r"(?:identical letters?|letter) dated|lettres? (?:identiques? )?datée?s?|cartas? (?:idénticas )?de fecha"
    r"|^письм[оа]\s|رسال(?:ة|تان متطابقتان) مؤرخ(?:ة|تان)|给.{1,12}的信|的信$|^note verbale",
    re.IGNORECASE,
)


def may_be_letter(text: str) -> bool:
    """Tell whether a text has a word that LETTER needs."""
    head = text.lower()
    return any(map(head.__contains__, ("letter", "lettre", "carta", "письм", "note verbale", "رسال", "信")))


_ORIGINAL = re.compile(
    r"(?:original|(?:version|langue) originale|(?:versión|idioma) original|original language"
    r"|texte original|texto original|оригинал|язык оригинала|подлинный текст"
    r"|原文|原件|(?:النص |اللغة )?الأصلي?ة?)\s*[:：]\s*(?P<value>[\w]+)",
    re.IGNORECASE,
)
_NUMBERED = {
    "agenda_item": re.compile(
        r"البند(?:ان)?\s+(?P<ar>\d+)|(?:agenda )?items? (?P<en>\d+(?:\.\d+)?)\b.*"
        r"|points? (?P<fr>\d+) (?:\w+ )?de l.ordre du jour"
        r"|temas? (?P<es>\d+) (?:del programa|de la agenda|del orden del día)"
        r"|пункты? (?P<ru>\d+) .*повестки дня|(?:议程(?:项目)?|议题)\s?(?P<zh>\d+)"
        r"|第(?P<zh_behind>\w+?)项议程",
        re.IGNORECASE,
    ),
    "session": re.compile(
        r"(?:período (?:\w+ )?de sesiones|session(?: de fond)?) de (?P<year>20\d\d)"
        r"|دورة(?: \w+)? (?:ل|ال)?عام (?P<year_ar>20\d\d)"
        r"|(?:\w+ )?сесси[яию] (?P<year_ru>20\d\d) года|(?P<year_zh>20\d\d)年(?:届会|会议)"
        r"|(?:الدورة|دورتها|دورته|الاجتماع)\s+(?P<ar>\w+(?:\s+و?\w+)?(?:\s+بعد\s+الم[اأ]?ئة)?)"
        r"|(?P<en>(?:one hundred (?:and )?)?[\w-]+(?: [\w-]+)?)"
        r" (?:session|meeting|General Assembly|World Health Assembly)\b"
        r"|(?P<fr>(?:cent )?[\w-]+(?: et [\w-]+)?) (?:session|réunion)\b"
        r"|(?P<es>(?:centésim[oa] )?[\wºª.]+(?: \w+)?) (?:período (?:\w+ )?de sesiones|reunión)"
        r"|(?P<ru>(?:сто )?[\w-]+(?: \w+)?) (?:\w+ )?(?:сесси[яию]|совещани[ея])|第(?P<zh>\w+?)(?:届|次会议)",
        re.IGNORECASE,
    ),
}
_SAID = {
    "agenda_item": ("item", "point", "tema", "пункт", "议程", "议题", "البند"),
    "session": (
        *("session", "meeting", "assembly", "sesiones", "reuni", "réunion", "сесси", "совещани"),
        *("届", "会议", "دور", "الاجتماع"),
    ),
}
"""Words of which what says the number has one."""
_TITLE = re.compile(
    r"statement|declaration|déclaration|declaración|заявление|декларация|声明|宣言|بيان|إعلان", re.IGNORECASE
)
_RESOLUTION_TITLE = re.compile(r"(?<![\d٠-٩])[\d٠-٩]{1,4}/[\d٠-٩]{1,4}\s?[.－–—-]")
_UNITED_NATIONS = "(?:United Nations|Nations Unies|Naciones Unidas|Организация Объединенных Наций|联合国|الأمم المتحدة)"
_OTHER_SYMBOL = (
    r"[A-Z][A-Za-z]*(?:/[A-Z][A-Za-z.]*)+[/.]?\d+(?:[/.]\w+)*(?:\([IVXLC]+\))?|GB\.\d+(?:/\w+)+"
    r"|[A-Z]+/R[Eeé][Ss]\.\s?\d+\s\([^()]+\)(?:\s\d{4})?|[A-Z]{3,}/\d{4}/\d+"
)
"""The symbol of another organization's document: Assembly/AU/Decl.4(XXXIX), GB.359/INS/7, AG/RES. 3078 (LVI-O/26)."""
_BEHIND_TITLE = re.compile(r"\s[–—-]\s(?P<symbol>[A-Z]+/R[Eeé][Ss]\.\s?\d+\s\([^()]+\)(?:\s\d{4})?)$")
_DOCUMENT = "(?:document|documento|документ|الوثيقة|文件)"
_PARTICLE = r"(?:de|da|do|del|della|di|du|van|von|der|den|bin|bint|el|al|la|y|ben|of)\s"
_LATIN_NAME = rf"[A-ZÀ-Þ][\w'’.-]+(?:\s(?:{_PARTICLE})*[A-ZÀ-Þ][\w'’.-]+){{1,5}}"
_DELIVERER = re.compile(
    # “by Her Excellency Ms. …”, “de S. E. M. …”, “de la Sra. …”
    r"(?:(?:His|Her|Their)\s(?:Royal\s)?(?:Excellency|Highness)|H\.\s?E\.|S\.\s?E\.|Excmo?a?\.|Mr\.?|Mrs\.?|Ms\.?"
    r"|Dr\.?|Prof\.|Hon\.|M\.|Mme|Mlle"
    r"|Sra?\.|Don|Doña|Ambassad\w+|Embajador\w*|Minister|Ministre|Ministr[oa]|Monsieur|Madame)\s"
    rf"(?:(?:Mr\.?|Mrs\.?|Ms\.?|Dr\.?|M\.|Mme|Sra?\.|D\.ª|Dª|D\.)\s)*(?P<latin>{_LATIN_NAME})"
    r"|(?:г-на|г-жи|г-н|г-жа|господина|госпожи)\s(?P<ru>[А-Я][\w.-]+(?:\s[А-Я][\w.-]+){0,3})"
    r"|(?:سعادة |معالي |صاحبة? (?:السعادة|المعالي) )?(?:السيدة?|الدكتورة?|السفيرة?|الأستاذة?)\s"
    r"(?P<ar>\w+(?:\s\w+){1,4})(?:$|،)"
    r"|(?:代表|部长|局长|司长|主任|专员|团长)(?P<zh3>[\u4e00-\u9fff·]{2,14}?)(?:大使|参赞|公使|部长|阁下|女士|先生)(?:$|代表|在)"
    r"|(?:代表|大使|部长|局长|司长|主任|参赞|公使|专员|团长)(?P<zh>(?!.*(?:发言|声明|讲话))[\u4e00-\u9fff·]{2,14})$"
    r"|^(?P<zh2>[\u4e00-\u9fff·]{2,14})(?:大使|参赞|公使)$"
)
"""Who delivers a speech, in a line of its heading."""
_OF_WHAT = ("Of", "For", "And", "The", "De", "Del", "Des", "Du", "La", "Le", "Para")
_SPEECH_OF = re.compile(
    r"(?:statement|remarks|address|message|speech|keynote|opening|closing|déclaration|discours|allocution|intervention"
    r"|intervención|declaración|mensaje|discurso|palabras|выступление|обращение|послание|заявление|речь|كلمة|بيان|رسالة|خطاب)\b",
    re.IGNORECASE,
)
"""How a line begins that says whose speech it is."""
_DATELINE = 45
"""A sentence at the end that says no more than where and when is shorter, in characters."""
_COUNCIL = re.compile(
    r"adopted by the security council|(?:^|by the |resolution of )security council|conseil de sécurité à sa"
    r"|consejo de seguridad en su|советом безопасности|安全理事会第?\d+次|مجلس الأمن في جلسته",
    re.IGNORECASE,
)
_DAY_OF = re.compile(
    r"world day|international day|journée (?:mondiale|internationale)|día (?:mundial|internacional)|всемирн\w+ д"
    r"|международн\w+ д[не]|اليوم (?:العالمي|الدولي)|世界.{2,12}日|国际.{2,12}日",
    re.IGNORECASE,
)
"""A day that is marked, whose date is not the document's."""
_LONG = 300
"""No cell of a heading is longer, in characters."""
_OPENING_QUOTES = "”“«„"


def cells(lines: Sequence[Line]) -> list[str]:
    """Return the cells of the first lines: what wide gaps hold apart stands apart.

    >>> cells([Line("Nations Unies          A/C.3/82/L.19"), Line("")])
    ['Nations Unies', 'A/C.3/82/L.19']
    """
    texts = (line.text.strip() for line in lines[:80])
    return [cell for text in texts for cell in (COLUMNS.split(text) if "  " in text else [text]) if cell]


def symbol(top: list[str]) -> str | None:
    """Return the symbol that stands by itself in the masthead, the first where there are several.

    >>> symbol(["Генеральная Ассамблея", "A/80/611–S/2025/733"])
    'A/80/611'
    """
    # A full stop behind it ends the sentence of a footnote: “See S/12235.”
    lead = rf"(?:{_UNITED_NATIONS}\s|(?i:{_DOCUMENT})\s?)?"
    printed = rf"{lead}(?P<symbol>{SYMBOL}|{_OTHER_SYMBOL})(?<!\.)(?=$|\s*[–—*-]|\s?[(（][^()（）]+[)）]$)"
    matches = [re.match(printed, cell) or _BEHIND_TITLE.search(cell) for cell in top[:25]]
    return next((match["symbol"].strip() for match in matches if match), None)


_SOLE_TEXT = re.compile(
    r"\b(?:a single|one|un seul|un solo|un único|один|одном)\b[^.;]{0,30}?"
    r"\b(?:copy|original|text|texto|ejemplar|exemplaire|экземпляр\w*|подлиннике?)\b[^.;]{0,20}?"
    r"\b(?:in (?:the )?|en (?:langue |idioma |lengua )?|на )(?P<value>[^\W\d_]{4,})\b(?! and| et| y| и|,)",
    re.IGNORECASE,
)
"""How a declaration says that it was done in one language: “in a single original copy, in the English language”."""


def _language_named(word: str) -> str | None:
    """Return the code of a language by its name in any form: “русском”, “française”."""
    return next((code for code, words in LANGUAGE_NAMES.items() if word[:5] in {w[:5] for w in words.split("|")}), None)


_LONG_NOTE = 200
_ADOPTED = re.compile(r"^\W*(?:adopt|aprobad|принят|اعتمد|.{0,30}通过)", re.IGNORECASE)
"""How a footnote of concluding observations begins, which says at what session they were adopted."""
_OPENING = 400
_GATHERED = re.compile(
    r"(?:we|nous|nosotr[oa]s|l[oa]s|мы|главы|министры)\b[^;:]{3,160}?"
    r"\b(?:gathered|assembled|meeting|réuni[se]+s?|reunid[oa]s|собравшись|собравшиеся)\b[^;:]{3,120}?\d{4}"
    r"|(?:نحن|إن)\s[^؛:]{3,160}?(?:المجتمعون|المجتمعين|اجتمعنا|وقد اجتمع\w*)[^؛:]{3,120}?[\d٠-٩]{4}"
    r"|我们[^；：。]{3,80}?\d{4}年\d+月\d+日[^，。；]{0,12}(?:相聚|聚会|齐聚|举行会议)",
    re.IGNORECASE,
)
"""When a declaration says that its authors met."""


def read(
    text: str, paragraphs: Sequence[Paragraph], top: list[str], own_symbol: str | None, language: str
) -> dict[str, Field]:
    """Return the header's values by name, each with the words it was read from."""
    body = next((p.start for p in paragraphs if p.kind in ("text", "salutation")), len(text))
    top = top[: _begins(top, text[body : body + 400])]
    fields: dict[str, Field] = {}

    def found(name: str, value: str | None, cell: str, until: int = body) -> None:
        place = text.find(cell, 0, max(until, len(cell)))
        place = place if place >= 0 else text.find(cell)
        if value and name not in fields:
            fields[name] = Field(value, (place, place + len(cell)) if place >= 0 else (0, 0), "header")

    found("symbol", own_symbol, own_symbol or "")
    # The Security Council numbers its meetings, and has no sessions; an old scan has no symbol that would tell it.
    of_council = (own_symbol or "").startswith("S/") or any(_COUNCIL.search(cell) for cell in top[:12])
    for cell in top:
        for name in ("agenda_item",) if of_council else ("agenda_item", "session"):
            if name not in fields and any(map(cell.lower().__contains__, _SAID[name])):
                found(name, _number(_NUMBERED[name], cell), cell)
    for first in [p for p in paragraphs if p.kind == "text"][:1]:
        if first.end - first.start < _LONG and text[first.end - 1] in ",،，;:：":  # “…, meeting at its 85th session:”
            words = text[first.start : first.end]
            found("session", _number(_NUMBERED["session"], words), words, len(text))
    for note in (text[p.start : p.end] for p in paragraphs if p.kind == "footnote" and p.end - p.start < _LONG_NOTE):
        if "/CO/" in (own_symbol or "") and _ADOPTED.search(note):
            found("session", _number(_NUMBERED["session"], note), note, len(text))
    closing = [text[p.start : p.end] for p in paragraphs[-6:] if p.end - p.start < 200 and p.kind != "footnote"]
    dated = [cell for cell in closing if len(cell) < _DATELINE or not cell.endswith(tuple(".;,。؛；،，"))]
    for cell in (*top, *closing):
        if match := _ORIGINAL.match(cell):
            named = (code for code, words in LANGUAGE_NAMES.items() if match["value"].lower() in words.split("|"))
            found("original_language", next(named, None), cell, len(text))
        elif match := _SOLE_TEXT.search(cell):
            found("original_language", _language_named(match["value"].lower()), cell, len(text))
    gathered = _GATHERED.match(text, body, body + _OPENING)
    opening = re.split("[–—]|。", text[body : body + 120])
    dateline = [opening[0] if len(opening) > 1 else opening[0][:_DATELINE]]
    if date := (
        _date([cell for cell in top if not _DAY_OF.search(cell)], language)
        or _date(top, language, spans=True)
        or _date(dated[::-1], language)
        or _date(dateline, language)
        or _date(top, language)
        or _date([gathered[0]] if gathered else [], language)
    ):
        found("date", *date, len(text))
    for paragraph in paragraphs:
        if match := signature(text, paragraph.start, paragraph.end):
            name = (match["value"] or match["before"]).strip()
            found("signatory", name, name, paragraph.end)
    if "signatory" not in fields:
        spoken = any(p.kind == "salutation" for p in paragraphs)
        for cell in (cell for cell in top if len(cell) <= _LONG and (spoken or _SPEECH_OF.match(cell))):
            if match := _DELIVERER.search(cell.title() if cell.isupper() else cell):
                name = next(value for value in match.groupdict().values() if value)
                if cell.isupper() and name.split()[0] in _OF_WHAT:
                    continue  # “STATEMENT BY THE MINISTER OF FOREIGN AFFAIRS”
                found("signatory", _nominative(name, match[0]), cell if cell.isupper() else name)
    annex = next((place for place, p in enumerate(paragraphs) if p.kind == "annex"), len(paragraphs))
    titles = {"title": _title(text, paragraphs[:annex]), "annex_title": _title(text, paragraphs[annex:])}
    for name, title in titles.items():
        if title is not None:
            fields[name] = Field(text[title.start : title.end], (title.start, title.end), "header")
    for paragraph in paragraphs:
        short = paragraph.end - paragraph.start < 160
        if paragraph.kind == "masthead" and short and text[paragraph.start] in _OPENING_QUOTES:
            words = text[paragraph.start : paragraph.end].strip("”“«»„ ")
            fields.setdefault("theme", Field(words, (paragraph.start, paragraph.end), "header"))
    return fields


def _begins(top: list[str], opening: str) -> int:
    """Return how many of the first cells stand before the body, which opens with the words given."""
    packed = re.sub(r"\s", "", opening)
    for place, cell in reversed(list(enumerate(top))):  # the heading names the organ too, before the formula does
        if (len(cell) > 30 or cell.endswith(CLOSES)) and packed.startswith(re.sub(r"\s", "", cell)):
            return place
    return 40


_GENITIVE = {
    "г-на|господина": (
        ("(?<=[бвгджзклмнпрстфхцчшщ])а", "", "(?:(?<=[оеё]в|ин|ын|ич|ян|ук|юк|ак|як|ик)а|(?<=[аеиоуы])я)"),
        ("(?<=[аеиоу])я", "й", ""),
        ("(?<=[лнр])я", "ь", ""),
        ("(?<=[сц]к)ого", "ий", "(?<=[сц]к)ого"),
    ),
    "г-жи|госпожи": (
        ("(?<=[бвдзлмнпрст])ы", "а", "(?!)"),
        ("ии", "ия", "(?!)"),
        ("(?<=[гкх])и", "а", "(?!)"),
        ("(?<=[оеё]в|ин|ын)ой", "а", "(?<=[оеё]в|ин|ын)ой"),
        ("(?<=[сц]к)ой", "ая", "(?<=[сц]к)ой"),
    ),
}
"""How a Russian given name ends in the genitive behind these titles, how by itself, and how surnames end so."""
_FLEETING = ("Льва", "Павла", "Петра")
_SAME = re.compile(r"(?:ко|ых|их|[еиоуэю]|[бвгджзклмнпрстфхцчшщйь])$")
"""How names end that are the same in all cases; of a man's only those in a vowel."""


def _nominative(name: str, printed: str) -> str:
    """Return a Russian name as it is by itself, where a title says that it is printed in the genitive.

    A name is turned as a whole or, where a part of it may be read otherwise, left as it is printed.

    >>> _nominative("Шерзода Рахимова", "г-на Шерзода Рахимова"), _nominative("Анны Петровой", "г-жи Анны Петровой")
    ('Шерзод Рахимов', 'Анна Петрова')
    >>> _nominative("Льва Толстого", "г-на Льва Толстого"), _nominative("Айгерим Сатыбалды", "г-жи Айгерим Сатыбалды")
    ('Льва Толстого', 'Айгерим Сатыбалды')
    """
    endings = next((rows for titles, rows in _GENITIVE.items() if re.match(rf"(?:{titles})\s", printed)), ())
    words = name.split(" ")
    turned = []
    for place, word in enumerate(words):
        fitting = (e for e in endings if re.search(f"{e[2] if place else e[0]}$", word) and (not place or e[2]))
        ending, bare, _ = next(fitting, ("", "", ""))
        known = (
            ending or "." in word or (_SAME.search(word) and not (endings is _GENITIVE["г-на|господина"] and not place))
        )
        if not known or word in _FLEETING or "-" in word:
            return name
        turned.append(re.sub(f"{ending}$", bare, word) if ending and "." not in word else word)
    return " ".join(turned)


def _number(pattern: re.Pattern[str], cell: str) -> str | None:
    if len(cell) > _LONG:
        return None
    for match in pattern.finditer(dates.western(cell)):
        value = next(v for v in match.groupdict().values() if v)
        if re.fullmatch(r"\d+\.\d+", value):
            return value
        words = (
            [word.strip(".ºªетьяй-") for word in value.split()] if any(c.isdigit() for c in value) else value.split()
        )
        if number := dates.ordinal(value) or dates.ordinal(words[-1]) or dates.ordinal(words[0]):
            return str(number)
    return None


def _title(text: str, paragraphs: Sequence[Paragraph]) -> Paragraph | None:
    """Return the title in a run of masthead: a letter, a resolution by its number, a statement, else the longest."""
    candidates: list[Paragraph] = []
    for paragraph in paragraphs:
        if paragraph.kind in ("masthead", "title"):
            candidates.append(paragraph)
        elif paragraph.kind == "text":
            break
    for wanted in (LETTER, _RESOLUTION_TITLE, _TITLE):
        for paragraph in candidates:
            words = text[paragraph.start : paragraph.end]
            if len(words) > 20 and wanted.search(words):
                return paragraph
    return max(candidates, key=lambda p: p.end - p.start, default=None)


def _date(top: list[str], language: str, spans: bool = False) -> tuple[str, str] | None:
    """Return the distribution date, else the first whole date of the masthead, with the cell it stands in.

    The last day of a meeting (“4–5 June”) counts only where `spans` are asked for.
    """
    after = next((place for place, cell in enumerate(top) if re.match("distr", cell, re.IGNORECASE)), None)
    near = top[after : after + 4] if after is not None else [cell for cell in top if _DATE_OF.match(cell)]
    for cell in (*near, *top):
        for (start, end), value in dates.find(cell, language):
            of_days = _SPAN_OF_DAYS.search(cell[max(0, start - _SPAN) : start]) or _TO_A_DAY.match(cell, end)
            if len(value) == 10 and (spans or not of_days):
                last = _TO_A_DAY.match(cell, end)
                day = dates.ordinal(last[1]) if last else None
                return (f"{value[:8]}{day:02}" if day and int(value[8:]) < day < 32 else value), cell
    return None


_SPAN_OF_DAYS = re.compile(r"\d+\s*(?:y|and|et|и|و|to|au|al?|-|–|—|至)\s*$")
_SPAN = 16
"""The first day of several, and what joins it to the last, are no longer."""
_TO_A_DAY = re.compile(r"\s*[至–—-]\s*(\d{1,2}|[一二三]?十?[一二三四五六七八九]?)日")
_DATE_OF = re.compile(r"(?:date|fecha|дата|التاريخ|日期)\s?[:：]", re.IGNORECASE)
"""What stands before the date of a document."""
