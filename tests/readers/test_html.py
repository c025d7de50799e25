"""What a page is about is read, as its elements say, and the frame around it is not."""

from __future__ import annotations

from contextlib import suppress

import pytest

from atgraph import readers
from atgraph.errors import TextError
from atgraph.extraction import read_file


def lines(page: str, name: str = "a.html") -> list[tuple[str, str]]:
    return [(line.text, line.style) for line in readers.read(page.encode(), name).lines if line.text]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<h1>One</h1><h2>Two</h2><p>Three", [("One", "title"), ("Two", "heading"), ("Three", "")]),
        ("<p>All<br>States &amp; <b>b</b>odies&nbsp;act", [("All", ""), ("States & bodies act", "")]),
        ("<ol start=4><li>x<li value=9>y<li>z</ol>", [("4. x", "item"), ("9. y", "item"), ("10. z", "item")]),
        ("<ol reversed><li>x<li>y</ol>", [("2. x", "item"), ("1. y", "item")]),
        ("<ol type=i><li>x<ol type=a><li>y</ol></ol>", [("(i) x", "item"), ("(a) y", "item")]),
        ("<ol style='list-style-type: upper-roman'><li>x</ol>", [("I. x", "item")]),
        ("<ul><li>x<li>(a) y</ul>", [("• x", "item"), ("(a) y", "item")]),
        ("<ul style='list-style: none'><li>x</ul>", [("x", "")]),
        ("<table><tr><th>x<td><p>y<p>z</table>", [("x", "cell"), ("y", "cell"), ("z", "cell")]),
        ("<p hidden>x</p><p style='display : none'>x</p><p>y", [("y", "")]),
        ("<p>x<!-- no --><script>no</script>y<template>no</template>", [("xy", "")]),
        ("<form><input value=no><button>no</button></form><p>y", [("y", "")]),
        ("<form><p>x</p><button>no</button></form>", [("x", "")]),
        ("<nav>no</nav><header>no</header><p>y<footer>no</footer><aside>no</aside>", [("y", "")]),
        ("<article><header><h1>x</h1></header><p>" + "y" * 50 + "</article>no", [("x", "title"), ("y" * 50, "")]),
        ("<p>x</p><main>" + "y" * 50 + "</main>", [("y" * 50, "")]),
        ("<p>in persons,<sup>1</sup> on 1<sup>er</sup>, CO<sup>2</sup>", [("in persons, on 1er, CO2", "")]),
        ("<p>law<a href='#_ftn1'>[1]</a>.<p id=_ftn1 class=MsoFootnoteText>z", [("law.", ""), ("z", "footnote")]),
        ("<p>x<div role=doc-footnote><a href='#r'>1</a> y</div>", [("x", ""), ("y", "footnote")]),
        ("<p><bdo dir=ltr>رحبلا</bdo> <bdo dir=rtl>cba</bdo>", [("البحر abc", "")]),
        ("<p>各国\n应<br>行动", [("各国应", ""), ("行动", "")]),
        ("<pre>a\n  b</pre>", [("a", ""), ("b", "")]),
    ],
)
def test_elements_become_lines(page: str, found: list[tuple[str, str]]) -> None:
    assert lines(page) == found


def test_a_page_is_known_without_its_name() -> None:
    for page in (
        "<!DOCTYPE html><p>We urge.",
        "\n<html><p>We urge.",
        "<?xml version='1.0'?><html><p>We urge.</p></html>",
    ):
        assert readers.read(page.encode()).format == "html"
        assert lines(page, "") == [("We urge.", "")]


def test_the_language_of_the_page_is_a_hint_and_no_more() -> None:
    assert read_file("<html lang=fr><p>Résolution 68/192".encode()).document.language == "fr"
    assert read_file(b"<html lang=fr><p>We urge all States to act on the matter.").document.language == "en"


def test_markdown_is_read_without_its_marks() -> None:
    page = (
        "---\ntitle: no\n---\n# One\n\nWe **urge** [States](http://x.org)[^n] to\n_act_ & <b>now</b>.\n\n"
        "7. x\n9. y\n\n- z\n\n| c |\n|---|\n| d |\n\n[^n]: See it.\n"
    )

    assert lines(page, "a.md") == [
        ("One", "title"),
        ("We urge States to act & now.", ""),
        ("7. x", "item"),
        ("9. y", "item"),
        ("• z", "item"),
        ("c", "cell"),
        ("d", "cell"),
        ("See it.", "footnote"),
    ]


def test_numbers_that_markdown_is_left_to_count_are_counted() -> None:
    assert [words for words, _ in lines("1. x\n1. y\n1. z\n", "a.md")] == ["1. x", "2. y", "3. z"]


def test_a_page_nested_without_end_is_read_or_refused() -> None:
    page = "<!doctype html>" + "<div>" * 20_000 + "We urge." + "</div>" * 20_000
    with suppress(TextError):
        assert readers.read(page.encode()).format == "html"
