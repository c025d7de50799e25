"""Whatever comes in, what goes out is slices of its text, and no traceback."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atgraph import files
from atgraph.errors import AtgraphError
from atgraph.extraction import Extraction, read_file

SOURCE = files.data() / "sources" / "gof-2024"
TEXTS = {language: (SOURCE / f"gof-2024.{language}.txt").read_text(encoding="utf-8") for language in ("ar", "en")}
PIECES = st.sampled_from(
    [*TEXTS["ar"].split("\n"), *TEXTS["en"].split("\n"), "\f", "\u202b", "1. ", "(a)", "___________", "«", "”"]
)


def sound(found: Extraction) -> None:
    """Fail where a span is no slice of the text, or provisions overlap."""
    text = found.document.text
    for provision in found.provisions:
        assert 0 <= provision.start < provision.end <= len(text)
        links = [provision.act, *provision.addressees, *provision.cites, *provision.themes]
        assert all(0 <= link.span[0] <= link.span[1] <= len(text) for link in links)
    for row in found.to_json()["provisions"]:
        assert text[row["start"] : row["end"]] == row["quote"]


def read(text: str, language: str | None = None) -> Extraction | None:
    try:
        return read_file(text.encode(), language)
    except AtgraphError:
        return None


@pytest.mark.parametrize("language", TEXTS)
@given(cut=st.floats(0, 1), dropped=st.integers(0, 2**32))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_text_truncated_anywhere_with_characters_dropped_is_read(language: str, cut: float, dropped: int) -> None:
    chance = random.Random(dropped)
    text = "".join(c for c in TEXTS[language][: int(len(TEXTS[language]) * cut)] if chance.random() > 0.01)

    found = read(text, language)

    if found:
        sound(found)


@given(lines=st.lists(PIECES, max_size=60))
@settings(max_examples=40, deadline=None)
def test_lines_shuffled_between_languages_are_read(lines: list[str]) -> None:
    found = read("\n".join(lines))

    if found:
        sound(found)


@pytest.mark.parametrize(
    "text",
    [
        "نحث الحكومات " * 40_000,
        "\n".join(f"({chr(97 + n % 26)}) urges States to act;" for n in range(10_000)),
        "“" * 50_000,
        "(" * 50_000 + "a",
        "resolution 1/2, " * 20_000,
        "a" * 300_000,
        "The Council urges States and will review and asks " * 3_000,
        "Several speakers stressed that " * 6_000,
        "We urge " + "Ghana, Kenya, Norway and " * 6_000 + "Peru.",
        "We urge all States to act.\n\n1/1  " + "11111/" * 40 + "x",
        "Report of the meeting\n\nSeveral speakers " + "a" * 400 + " b c d e f g stressed the need to act.",
        "<!-- c -->\n" * 200 + "# Title\n\nWe urge all States to act.",
        "We urge all States to act.\n\n_______\n" + "* See the note.\n\n" * 20_000,
        "words" + "1 of 2 " * 30_000 + "\n_______\n" + "".join(f"{n} note\n" for n in range(5_000)),
        "We urge all States to act" + "." * 40_000 + "a.",
        "We urge all States to act " + "?," * 60_000 + "a.",
        "We urge all States to act, a" + "\u0301\u0323" * 60_000 + " end.",
        "We recall " + "the Protocol to Prevent, Suppress and Punish Trafficking in Persons and " * 6_000 + "end.",
        "We note " + "the duty of UNODC and UNHCR and " * 6_000 + "end.",
        "A/" + "1" * 50_000 + " x",
        "The General Assembly,\n\n1. Decides:\n\nUrges States to act in A/" + "1" * 50_000 + "/ x.",
        "Assembly" + "/A.A" * 12_000 + " x",
        "S/RES/2331 (2016)" * 3_000,
        "1" * 50_000,
        "The General Assembly,\n\n1. Urges States to act by " + "100% " * 10_000 + ".",
        ("x" * 600 + "\n\n") * 79 + "\n\fabcdefghij klmnopqrstuv\n" * 2_000,
    ],
    ids=(
        "line items quotes parentheses numbers word clauses relatives States strokes long-word comments stars footnotes"
        " stops questions marks titles duties symbol cited-symbol stroked-symbol dated digits percentages pages"
    ).split(),
)
def test_monstrous_texts_are_read(text: str) -> None:
    found = read(text, "ar" if "نحث" in text else "en")

    assert found is not None
    sound(found)
