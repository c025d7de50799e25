"""Dates and ordinals in six languages."""

import pytest

from atgraph import dates


@pytest.mark.parametrize(
    ("words", "language", "value"),
    [
        ("by 30 June 2025", "en", "2025-06-30"),
        ("September 27, 2024", "en", "2024-09-27"),
        ("d'ici au 1er janvier 2027", "fr", "2027-01-01"),
        ("antes del 30 de septiembre de 2026", "es", "2026-09-30"),
        ("к 31 декабря 2026 года", "ru", "2026-12-31"),
        ("к июню 2026 года", "ru", "2026-06"),
        ("بحلول كانون الأول/ديسمبر ٢٠٢٧", "ar", "2027-12"),
        ("في موعد أقصاه 30 حزيران/يونيه 2026", "ar", "2026-06-30"),
        ("至迟于2029年", "zh", "2029"),
        ("Distr. 24 April 2025", "ar", "2025-04-24"),
        ("am 2024-06-27", "en", "2024-06-27"),
    ],
)
def test_a_date_keeps_the_precision_it_has(words: str, language: str, value: str) -> None:
    ((_, found),) = dates.find(words, language)

    assert found == value


@pytest.mark.parametrize("words", ["resolution 64/293", "A/78/2024", "S/2024/871", "section 1999.5"])
def test_numbers_of_documents_are_no_years(words: str) -> None:
    assert dates.find(words, "en") == []


@pytest.mark.parametrize("number", range(1, 100))
def test_chinese_and_french_ordinals_count_to_ninety_nine(number: int) -> None:
    found = set(dates._ordinals().values())

    assert number in found


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Quatre-vingt-onzième", 91),
        ("soixante et onzième", 71),
        ("vingt et unième", 21),
        ("octogésimo primer", 81),
        ("Восьмидесятая", 80),
        ("الحادية والثمانين", 81),
        ("八十一", 81),
        ("十二", 12),
        ("Seventy-ninth", 79),
    ],
)
def test_sessions_are_counted_in_words(words: str, number: int) -> None:
    assert dates.ordinal(words) == number


def test_a_chinese_date_may_be_in_characters() -> None:
    assert dates.find("一九九五年六月五日，二零二八年二月三十日", "zh") == [((0, 9), "1995-06-05")]
    assert dates.find("不迟于二〇二八年十二月三十一日，并于二零二七年第三季度", "zh") == [
        ((3, 15), "2028-12-31"),
        ((18, 23), "2027"),
    ]
