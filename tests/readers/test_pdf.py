"""A PDF is read from where its letters stand, or refused with the reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from atgraph import readers
from atgraph.errors import TextError
from atgraph.extraction import read_file
from atgraph.readers import pdf


def row(*glyphs: tuple[str, float, float]) -> list[pdf._Glyph]:
    return [pdf._Glyph(letter, left, right, 0, 10) for letter, left, right in glyphs]


def painted(words: str) -> list[pdf._Glyph]:
    """Return letters painted one after the other from the left."""
    return row(*((letter, 6 * place, 6 * place + 6) for place, letter in enumerate(words)))


@pytest.mark.parametrize(
    ("words", "spoken"),
    [
        ("We urge all States", "We urge all States"),
        ("لودلا ثحن", "نحث الدول"),
        ("192/68 رارقلا يف", "في القرار 192/68"),
        ("٢٠٢٤ ماع يف", "في عام ٢٠٢٤"),
        ("هينوي/ناريزح 27 خيراتب", "بتاريخ 27 حزيران/يونيه"),
        ("UN Women ةأيه عم نواعتن", "نتعاون مع هيأة UN Women"),
        ("%35 ةبسن", "نسبة %35"),
        ("ثحن -1", "1- نحث"),
        ("the word ثحن here", "the word نحث here"),
    ],
)
def test_arabic_is_told_as_it_is_spoken(words: str, spoken: str) -> None:
    assert pdf._spoken(painted(words)) == spoken


@pytest.mark.parametrize("told", ["ال", "لا"])
def test_lam_alef_of_one_glyph_is_lam_and_alef(told: str) -> None:
    glyphs = row(("ب", 12, 18), (told[0], 6, 12), (told[1], 6, 12), ("د", 0, 6))

    assert pdf._spoken(glyphs) == "بلاد"


def test_a_vowel_sign_belongs_to_the_letter_that_it_stands_over() -> None:
    glyphs = row(("\u0651", 2, 4), ("ن", 0, 6), (" ", 5, 5), ("إ", 6, 12))

    assert pdf._spoken(glyphs) == "إنّ"


def test_a_gap_is_a_space_and_a_wide_one_a_column() -> None:
    assert pdf._spoken(row(("a", 0, 5), ("b", 8, 13), ("c", 60, 65))) == "a b    c"


def test_brackets_open_and_close_whichever_way_they_were_told() -> None:
    for told in ("(انظر المرفق)", ")انظر المرفق("):
        (line,) = pdf._bracketed([readers.Line(told)])

        assert line.text == "(انظر المرفق)"


def test_a_sentence_goes_on_over_the_page(writers: dict[str, Callable[..., bytes]]) -> None:
    words = "We urge all States, in every region, " + "in every province and in every city " * 6 + "to act by 2030."
    content = writers["pdf"]([words], rows=2)

    found = read_file(content)

    assert {line.page for line in readers.read(content).lines} == {1, 2}
    assert [(each.act.slug, each.deadline.slug) for each in found.provisions] == [("urges", "2030")]


def test_pictures_of_words_are_refused(image_pdf: bytes) -> None:
    with pytest.raises(TextError, match=r"pages are images.*OCR"):
        readers.read(image_pdf)


def test_an_encrypted_pdf_is_refused(encrypted_pdf: bytes) -> None:
    with pytest.raises(TextError, match=r"encrypted.*password"):
        readers.read(encrypted_pdf)


def test_letters_that_no_font_names_are_refused(writers: dict[str, Callable[[list[str]], bytes]]) -> None:
    content = writers["pdf"](["\ue001\ue002\ue003 \ue004\ue005 words"])

    with pytest.raises(TextError, match="do not say which letters"):
        readers.read(content)
