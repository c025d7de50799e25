"""A number and a kind of numeral come in; the numeral goes out, as the automatic lists of documents print it."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = dict(
    zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "m cm d cd c xc l xl x ix v iv i".split(), strict=True)
)
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
_ABJAD = ("أ", "ب", "ج", "د", "هـ", *"وزحطيكلمنسعفصقرشتثخذضظغ")
_ALPHA = (*"أبتثجحخدذرزسشصضطظعغفقكلمن", "هـ", *"وي")
_HAN = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"


def numeral(number: int, kind: str) -> str:
    """Return a number as WordprocessingML's `numFmt` of that name has it; as decimal where the name is not known.

    >>> [numeral(4, kind) for kind in ("decimal", "lowerLetter", "upperRoman", "arabicAbjad", "chineseCounting")]
    ['4', 'd', 'IV', 'د', '四']
    >>> numeral(28, "lowerLetter"), numeral(112, "chineseCounting"), numeral(3, "none")
    ('bb', '一百一十二', '')
    """
    return _KINDS.get(kind, str)(number) if number > 0 or kind == "none" else str(number)


def _letter(alphabet: str | tuple[str, ...]) -> Callable[[int], str]:
    return lambda number: alphabet[(number - 1) % len(alphabet)] * min((number - 1) // len(alphabet) + 1, 9)


def _roman(number: int) -> str:
    words = ""
    for value, letters in _ROMAN.items():
        words += letters * min(number // value, 9)
        number %= value
    return words


def _chinese(number: int) -> str:
    """Return a number up to 999 as Chinese counts; larger ones digit by digit."""
    if number > 999:
        return "".join(_HAN[int(digit)] for digit in str(number))
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = f"{_HAN[hundreds]}百" if hundreds else ""
    words += _HAN[0] if hundreds and ones and not tens else ""
    words += ("" if tens == 1 and not hundreds else _HAN[tens]) + "十" if tens else ""
    return words + (_HAN[ones] if ones else "")


_KINDS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letter(_LATIN),
    "upperLetter": _letter(_LATIN.upper()),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "russianLower": _letter(_CYRILLIC),
    "russianUpper": _letter(_CYRILLIC.upper()),
    "arabicAbjad": _letter(_ABJAD),
    "arabicAlpha": _letter(_ALPHA),
    "hindiNumbers": lambda number: str(number).translate({48 + digit: 0x660 + digit for digit in range(10)}),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographTraditional": _letter(_STEMS),
    "decimalZero": lambda number: f"{number:02}",
    "none": lambda number: "",
}
