"""Bytes that are no text are refused with what to do."""

from pathlib import Path

import pytest

from atgraph.errors import TextError
from atgraph.readers import text


def test_lines_and_pages_are_kept() -> None:
    lines = text.read(b"one\r\ntwo\fthree")

    assert [(line.text, line.page) for line in lines] == [("one", 1), ("two", 1), ("three", 2)]


def test_invisible_marks_are_dropped_and_text_is_composed() -> None:
    (line,) = text.read("\ufeffE\u0301tats\u200f\u202b \u00a0unis".encode())

    assert line.text == "États  unis"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        ("نحث الحكومات".encode("cp1256"), "not UTF-8"),
        ("نحث الحكومات".encode()[:-1], "truncated"),
        ("\n".join(["ةماعلا ةيعمجلا ىلع ةلاسر", "ةيلودلا ةيقافتلاا"] * 3).encode(), "mirrored"),
    ],
)
def test_what_is_no_readable_text_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(TextError, match=words):
        text.read(content, "a.txt")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TextError, match=r"gone\.txt"):
        text.read(tmp_path / "gone.txt")
