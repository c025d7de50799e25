"""Plain text is read as it stands; what is no document is refused with what to do."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from atgraph import readers
from atgraph.errors import TextError


def zipped(*names: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return stream.getvalue()


def test_lines_and_pages_are_kept() -> None:
    lines = readers.read(b"one\r\ntwo\fthree").lines

    assert [(line.text, line.page) for line in lines] == [("one", 1), ("two", 1), ("three", 2)]


def test_invisible_marks_are_dropped_and_text_is_composed() -> None:
    (line,) = readers.read("\ufeffE\u0301tats\u200f\u202b \u00a0unis".encode()).lines

    assert line.text == "États  unis"


def test_marks_piled_on_a_letter_are_all_kept() -> None:
    (line,) = readers.read(("a" + "\u0323" * 100 + " end").encode()).lines

    assert line.text.count("\u0323") == 99  # one is composed with the letter
    assert line.text.endswith(" end")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"<!doctype html><title>x</title><nav>Menu</nav>", "is empty"),
        ("نحث الحكومات".encode()[:-1], "truncated"),
        ("\n".join(["ةماعلا ةيعمجلا ىلع ةلاسر", "ةيلودلا ةيقافتلاا"] * 3).encode(), "mirrored"),
        (zipped("word/x.xml"), "zip archive and no DOCX.*unpack it"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), r"spreadsheet \(.xlsx\).*save its text as DOCX"),
        (zipped("content.xml", "mimetype"), "OpenDocument"),
        (zipped("[Content_Types].xml", "word/document.xml"), "the DOCX is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old office format.*save it as DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (rb"{\rtf1\ansi We urge}", "RTF.*save it as DOCX"),
        (b"\x89PNG\r\n\x1a\n", "an image.*OCR"),
        (b"\xff\xd8\xff\xe0", "an image.*OCR"),
        (b"\x1f\x8b\x08", "compressed.*unpack"),
        (b"%PDF-1.7\nnothing", "PDF is truncated or damaged"),
        (b"PK\x03\x04nothing", "truncated or damaged"),
    ],
)
def test_what_is_no_readable_text_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(TextError, match=words):
        readers.read(content, "a.txt")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TextError, match=r"gone\.txt"):
        readers.read(tmp_path / "gone.txt")
