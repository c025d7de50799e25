"""The view that shows a text with what was found in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from wcwidth import wcswidth

from atgraph import explain
from atgraph.extraction import read_file

STATEMENT = """We, the members of the Group of Friends United against Human Trafficking, urge all States to act by 2030.

Recalling resolution 68/192, we note that 35 per cent of victims are children.
"""


def test_every_link_is_shown_with_its_words_its_rule_and_how_far_it_is_trusted() -> None:
    shown = explain.text(read_file(STATEMENT.encode()), 200)

    assert "⟦urge⟧ all States" in shown
    assert "1. urges  ← “urge”  (verb:first, 0.97)" in shown
    assert "to     all-states  ← “all States”  (label, 1)" in shown
    assert "until  2030  ← “2030”  (date:limit, 0.9)" in shown
    assert "cites  a-res-68-192  ← “68/192”  (number, 1)" in shown
    assert "states 35 percent" in shown


def test_on_a_terminal_the_verb_is_bold_and_not_in_brackets() -> None:
    shown = explain.text(read_file(STATEMENT.encode()), 200, colour=True)

    assert "\x1b[1;4murge\x1b[0m all States" in shown
    assert "⟦" not in shown


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("width", [60, 120])
def test_no_line_is_wider_than_the_terminal(root: Path, language: str, width: int) -> None:
    path = root / "data" / "sources" / "gof-2024" / f"gof-2024.{language}.txt"

    shown = explain.text(read_file(path), width)

    assert max(wcswidth(line) for line in shown.splitlines()) <= width


def test_the_whole_text_is_there_in_its_order(root: Path) -> None:
    found = read_file(root / "data" / "sources" / "gof-2024" / "gof-2024.ar.txt")

    shown = explain.text(found)

    words = shown.translate(dict.fromkeys(map(ord, "⟦⟧"))).split()
    place = 0
    for word in found.document.text.split():
        assert word in words[place:], word
        place = words.index(word, place)


def test_what_the_graph_doubts_is_marked() -> None:
    shown = explain.text(read_file(b"We, the members, urge all States to act and we will fight trafficking.\n"), 200)

    assert "0.75)  \u26a0 to be reviewed" in shown
    assert "0.97)  \u26a0" not in shown
