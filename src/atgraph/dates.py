"""Words come in; the dates and ordinal numbers that they name go out, at the precision they have."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from atgraph.model import Span

DIGITS = {code: str(value) for zero in (0x660, 0x6F0, 0xFF10) for value, code in enumerate(range(zero, zero + 10))}
"""Eastern Arabic, Persian and full-width digits to ASCII, one for one, so that offsets stay."""
_EASTERN = re.compile(f"[{''.join(map(chr, DIGITS))}]")

# Twelve months in each language; Arabic has a Levantine and a Western name, printed as a pair or alone.
MONTHS = {
    "en": "january february march april may june july august september october november december",
    "fr": "janvier février|fevrier mars avril mai juin juillet août|aout septembre octobre novembre décembre|decembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre",
    "ru": "январ[ьяюе] феврал[ьяюе] март[ауе]? апрел[ьяюе] ма[йяюе] июн[ьяюе] июл[ьяюе] август[ауе]? "
    "сентябр[ьяюе] октябр[ьяюе] ноябр[ьяюе] декабр[ьяюе]",
    "ar": "كانون_الثاني|يناير|جانفي شباط|فبراير|فيفري آذار|اذار|مارس نيسان|أبريل|ابريل|أفريل أيار|ايار|مايو|ماي "
    "حزيران|يونيه|يونيو|جوان تموز|يوليه|يوليو|يوليوز|جويلية آب|اب|أغسطس|اغسطس|غشت|أوت أيلول|ايلول|سبتمبر|شتنبر "
    "تشرين_الأول|تشرين_الاول|أكتوبر|اكتوبر تشرين_الثاني|نوفمبر|نونبر كانون_الأول|كانون_الاول|ديسمبر|دجنبر",
}
_NO_DATE_BEHIND = r"(?![\d/]|[.,]\d|\s?\([IVXLC]+\))"
_YEAR = rf"(?P<y>(?:1[89]|20|21)\d\d){_NO_DATE_BEHIND}"
_BEFORE = r"(?:(?<![\d/.\-\w])|(?<=\sو))"


def western(text: str) -> str:
    """Return a text with its digits in ASCII; every character stays in its place.

    >>> western("٢٠٢٤"), western("２０２６年")
    ('2024', '2026年')
    """
    return _EASTERN.sub(lambda digit: DIGITS[ord(digit[0])], text)


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    if language == "zh":
        return (re.compile(r"(?<!\d)(?P<y>(?:1[89]|20|21)\d\d)年(?:(?P<mz>1[0-2]|0?[1-9])月(?:(?P<d>[0-3]?\d)日)?)?"),)
    if language == "iso":
        return (
            re.compile(rf"{_BEFORE}(?P<y>(?:19|20)\d\d)-(?P<mz>\d\d)-(?P<d>\d\d)(?!\d)"),
            re.compile(rf"{_BEFORE}(?P<d>[0-3]?\d)\.(?P<mz>1[0-2]|0[1-9])\.(?P<y>20\d\d)(?![\d.])"),
            # That a digit comes first lets the search pass over all that is none.
            re.compile(
                r"(?P<y>[12](?:(?<![\d/.\-\w]\d)|(?<=\sو\d)|(?<=\bmid-\d))(?:(?<=1)[89]|(?<=2)[01])\d\d)"
                rf"{_NO_DATE_BEHIND}(?![\w-])"
            ),
        )
    months = [month.replace("_", r"\s+") for month in MONTHS[language].split()]
    names = "|".join(f"(?P<m{number}>{month})" for number, month in enumerate(months, 1))
    pair = rf"(?:{names})(?!\w)" if language != "ru" else rf"(?:{names})"
    if language == "ar":
        pair = rf"(?:{names})(?!\w)(?:\s?/\s?\w+(?:\s+(?:الأول|الثاني)(?=\s|$))?|\s\(\w+(?: \w+)?\))?"
    of = {"es": r"\s+(?:de\s+|del\s+)?", "en": r"\s+(?:of\s+)?", "ar": r"\s+(?:من\s+)?(?:عام\s+|سنة\s+)?"}.get(
        language, r"\s+"
    )
    day = r"(?P<d>[0-3]?\d)(?:er|st|nd|rd|th|-го)?"
    return (
        re.compile(rf"{_BEFORE}(?:{day}{of})?{pair}(?:,?{of}{_YEAR})", re.IGNORECASE),
        re.compile(rf"{_BEFORE}{pair}\s+{day},\s+{_YEAR}", re.IGNORECASE),
    )


def find(text: str, language: str) -> list[tuple[Span, str]]:
    """Return each date in a text, as span and ISO 8601 value of the precision it has, in order, not overlapping.

    >>> find("بحلول 27 حزيران/يونيه ٢٠٢٤", "ar")
    [((6, 26), '2024-06-27')]
    >>> find("d'ici au 1er janvier 2027 ou en 2030", "fr")
    [((9, 25), '2027-01-01'), ((32, 36), '2030')]
    >>> find("至迟于2026年9月1日", "zh")
    [((3, 12), '2026-09-01')]
    """
    plain = western(text)
    stretches = list(_near_years(plain, 60 if language == "ar" else 40))
    found: list[tuple[Span, str]] = []
    taken: list[Span] = []
    for pattern, near in _may_match(plain, language, stretches) if stretches else ():
        fresh = []
        for match in (m for stretch in near for m in pattern.finditer(plain, *stretch)):
            before = bisect_left(taken, (match.end(), 0)) - 1
            value = _iso(match.groupdict())
            if value and (before < 0 or taken[before][1] <= match.start()):
                fresh.append((match.span(), value))
        found += fresh
        taken = sorted(taken + [span for span, _ in fresh])
    if language == "zh":
        found += [(m.span(), value) for m in _IN_CHARACTERS.finditer(plain) if (value := _iso(_in_digits(m)))]
    return sorted(found)


_IN_CHARACTERS = re.compile(
    "(?P<y>[一二][〇零○一二三四五六七八九]{3})年(?:(?P<mz>十[一二]?|[一二三四五六七八九])月"
    "(?:(?P<d>三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])日)?)?"
)


def _in_digits(date: re.Match[str]) -> dict[str, str | None]:
    """Return the parts of a Chinese date in digits: 二〇二八年十二月三十一日.

    >>> _in_digits(_IN_CHARACTERS.match("二〇二八年十二月三十一日"))
    {'y': '2028', 'mz': '12', 'd': '31'}
    """
    numbers = {name: ordinal(words) for name, words in date.groupdict().items() if name != "y" and words}
    year = date["y"].translate(str.maketrans("〇零○一二三四五六七八九", "000123456789"))
    return {"y": year, **{name: str(numbers[name]) if name in numbers else None for name in ("mz", "d")}}


_IN_NUMBERS = re.compile(r"\d[.-]\d\d[.-]\d")


@cache
def _month_heads(language: str) -> tuple[str, ...]:
    """Return how the months of a language begin, in lower case: what a date in words holds one of.

    >>> _month_heads("fr")[:3]
    ('jan', 'fév', 'fev')
    """
    names = re.split(r"[\s|]", MONTHS[language])
    return tuple(dict.fromkeys(head[0] for name in names if (head := re.match(r"[^\W_]{2,3}", name))))


def _may_match(text: str, language: str, stretches: list[Span]) -> Iterator[tuple[re.Pattern[str], list[Span]]]:
    """Yield the patterns of a language, of English, and of figures alone, each with the stretches that it may match."""
    printed = [(span, text[max(0, span[0]) : span[1]].lower()) for span in stretches]
    for each in dict.fromkeys((language, "en")):
        heads = _month_heads(each) if each in MONTHS else ("",)
        named = [(span, words) for span, words in printed if any(map(words.__contains__, heads))]
        first, *others = _patterns(each)
        yield first, [span for span, _ in named]
        day_before = [span for span, words in named if ", 1" in words or ", 2" in words]  # “June 5, 2024”
        yield from ((other, day_before) for other in others)
    *figures, year = _patterns("iso")
    near = [stretch for stretch in stretches if _IN_NUMBERS.search(text, *stretch)]
    yield from ((pattern, near) for pattern in figures if near)
    yield year, stretches


_A_YEAR = re.compile(r"(?:1[89]|2[01])\d\d")


def _near_years(text: str, longest: int) -> Iterator[Span]:
    """Yield the stretches of a text that may hold a date: each has a year, and no date has so many characters."""
    start = end = 0
    for year in _A_YEAR.finditer(text):
        if year.start() - longest > end:
            if end:
                yield start, end
            start = year.start() - longest
        end = year.end() + 20
    if end:
        yield start, end


def _iso(groups: dict[str, str | None]) -> str | None:
    if len(groups) == 1:
        return groups["y"]
    month = groups.get("mz") or next((name[1:] for name, text in groups.items() if text and name[1:].isdigit()), None)
    day = groups.get("d")
    if month is None:
        return groups["y"]
    if day is None:
        return f"{groups['y']}-{int(month):02}"
    try:
        return datetime.date(int(groups["y"] or 0), int(month), int(day)).isoformat()
    except ValueError:  # 30 February
        return None


_EN = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_EN_TENS = "twent thirt fort fift sixt sevent eight ninet".split()
_FR = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()
_FR_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}
_ES = "primer segund tercer cuart quint sext septim octav noven".split()
_ES_TENS = "decim vigesim trigesim cuadragesim quincuagesim sexagesim septuagesim octogesim nonagesim".split()
_RU = (
    "первая вторая третья четвертая пятая шестая седьмая восьмая девятая десятая одиннадцатая "
    "двенадцатая тринадцатая четырнадцатая пятнадцатая шестнадцатая семнадцатая восемнадцатая "
    "девятнадцатая"
).split()
_RU_TENS = "двадцат тридцат сорок пятьдесят шестьдесят семьдесят восемьдесят девяност".split()
_RU_ROUND = "двадцатая тридцатая сороковая пятидесятая шестидесятая семидесятая восьмидесятая девяностая".split()
_AR = "الاولي الثانيه الثالثه الرابعه الخامسه السادسه السابعه الثامنه التاسعه العاشره".split()
_AR_TENS = "العشر الثلاث الاربع الخمس الست السبع الثمان التسع".split()
_ZH = "一二三四五六七八九"


@cache
def _ordinals() -> dict[str, int]:
    """Return the ordinals of 1 to 99 in six languages, folded (no accents, no hamza, hyphens as spaces)."""
    names: dict[str, int] = {name: number for number, name in enumerate(_EN, 1)}
    for ten, stem in enumerate(_EN_TENS, 2):
        names[f"{stem}ieth"] = ten * 10
        names |= {f"{stem}y {unit}": ten * 10 + number for number, unit in enumerate(_EN[:9], 1)}
    for number in range(1, 100):
        names[_french(number)] = number
    names["premiere"] = names["premier"] = 1
    for ten, stem in enumerate(_ES_TENS, 1):
        for ending in "oa":
            names[stem + ending] = ten * 10
            for number, unit in enumerate(_ES, 1):
                for tail in {ending, ""} if unit in ("primer", "tercer") else {ending}:
                    names[f"{stem}{ending} {unit}{tail}"] = names[f"{stem}o{unit}{tail}"] = ten * 10 + number
    names |= {f"{unit}{tail}": n for n, unit in enumerate(_ES, 1) for tail in ("o", "a", "")}
    names |= {"undecimo": 11, "undecima": 11, "duodecimo": 12, "duodecima": 12}
    names |= {name: number for number, name in enumerate(_RU, 1)}
    for ten, (stem, whole) in enumerate(zip(_RU_TENS, _RU_ROUND, strict=True), 2):
        names[whole] = ten * 10
        cardinal = stem + {"двадцат": "ь", "тридцат": "ь", "девяност": "о"}.get(stem, "")
        names |= {f"{cardinal} {unit}": ten * 10 + number for number, unit in enumerate(_RU[:9], 1)}
    units = ["الحاديه", *_AR[1:]]
    names |= {name: number for number, name in enumerate(_AR, 1)}
    names |= {f"{unit} عشره": 10 + number for number, unit in enumerate(units[:9], 1)}
    for ten, stem in enumerate(_AR_TENS, 2):
        for tail in ("ون", "ين"):
            names[stem + tail] = ten * 10
            names |= {f"{unit} و{stem}{tail}": ten * 10 + number for number, unit in enumerate(units[:9], 1)}
    for ten in range(10):
        head = "" if ten == 0 else "十" if ten == 1 else _ZH[ten - 1] + "十"
        if ten:
            names[head] = ten * 10
            names["一十" if ten == 1 else head] = ten * 10
        names |= {head + unit: ten * 10 + number for number, unit in enumerate(_ZH, 1)}
    return names


def _french(number: int) -> str:
    if number < 17:
        cardinal = _FR[number - 1]
    elif number < 20:
        cardinal = f"dix {_FR[number - 11]}"
    else:
        ten = number // 10 * 10 if number < 60 else 60 if number < 80 else 80
        rest = number - ten
        tail = "" if rest == 0 else f"dix {_FR[rest - 11]}" if rest > 16 else _FR[rest - 1]
        joint = " et " if tail in ("un", "onze") and ten != 80 else " "
        cardinal = _FR_TENS[ten].replace("-", " ") + (joint + tail if tail else "")
    stem = {"cinq": "cinqu", "neuf": "neuv"}.get(
        cardinal.rpartition(" ")[2], cardinal.rpartition(" ")[2].removesuffix("e")
    )
    return f"{cardinal.rpartition(' ')[0]} {stem}ieme".strip()


_RUSSIAN_THIRD = re.compile("третьей$|третью$")
_RUSSIAN_CASE = re.compile("(?<=[а-я])(?:ой|ую)$")


_HUNDRED = re.compile(
    r"(?:(?:one )?hundredth|one hundred(?: and)?|centesim[oa]|centieme|cent|сто|сотая)(?:\s(\S.*))?"
    r"|一?百(?:零|一(?=十))?(\S.*)?|(\S.*)\sبعد (?:المائه|المئه)"
)


def ordinal(words: str) -> int | None:
    """Return the number that an ordinal names, in any of the six languages, or None.

    >>> [ordinal(w) for w in ("Sixty-eighth", "quatre-vingt-deuxième", "Septuagésimo noveno", "Семьдесят девятая")]
    [68, 82, 79, 79]
    >>> [ordinal(w) for w in ("الثامنة والسبعون", "الحادية عشرة", "五十八", "12", "80th", "soon")]
    [78, 11, 58, 12, 80, None]
    >>> ordinal("тридцать пятой"), ordinal("восемьдесят третьей")
    (35, 83)
    >>> [ordinal(w) for w in ("сто сорок восьмая", "one hundred and fifteenth", "cent treizième", "一百一十五")]
    [148, 115, 113, 115]
    >>> [ordinal(w) for w in ("centésima undécima", "centième", "one hundredth")]
    [111, 100, 100]
    """
    plain = western(words).strip().lower()
    if number := re.fullmatch(r"(\d+)(?:st|nd|rd|th|er|re|e|[ºª°.]|-?(?:я|й|е|ая|ый))?", plain):
        return int(number[1])
    for old, new in (("-", " "), ("أ", "ا"), ("إ", "ا"), ("ى", "ي"), ("ة", "ه"), ("é", "e"), ("è", "e"), ("ё", "е")):
        plain = plain.replace(old, new)
    plain = " ".join(plain.translate({0xED: "i", 0xFA: "u"}).split())
    if hundred := _HUNDRED.fullmatch(plain):
        rest = hundred[1] or hundred[2] or hundred[3] or ""
        below = ordinal(rest) if rest else 0
        return None if below is None else 100 + below
    return _ordinals().get(plain) or _ordinals().get(_RUSSIAN_CASE.sub("ая", _RUSSIAN_THIRD.sub("третья", plain)))
