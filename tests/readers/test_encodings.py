"""The encoding of a text is told from what it holds, or not at all."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atgraph import readers
from atgraph.errors import TextError
from atgraph.readers import encodings

GOLD = sorted((Path(__file__).resolve().parents[1] / "gold").glob("*.txt"))[::3]
LEGACY = {
    "ar": ("windows-1256", "iso-8859-6"),
    "zh": ("gb18030",),
    "en": ("windows-1252",),
    "fr": ("windows-1252", "windows-1256"),
    "ru": ("windows-1251", "koi8-r"),
    "es": ("windows-1252",),
}
FOREIGN = {
    "ar": ("cp720", "cp864"),
    "zh": ("big5", "shift_jis", "euc_kr"),
    "en": ("mac-roman",),
    "fr": ("mac-roman", "cp850"),
    "ru": ("cp866", "iso8859-5", "mac-cyrillic"),
    "es": ("mac-roman", "cp850"),
}


def cases(table: dict[str, tuple[str, ...]]) -> list[tuple[Path, str]]:
    found = [(path, encoding) for path in GOLD for encoding in table[path.stem.rpartition(".")[2]]]
    # What is left of some English texts is ASCII in whatever encoding, or all but one letter, which tells too little.
    return [
        (path, code)
        for path, code in found
        if sum(b > 127 for b in path.read_bytes().decode().encode(code, "ignore")) > 1
    ]


def pieces(path: Path, encoding: str) -> list[bytes]:
    """Return a text in an encoding, as far as that has its characters: whole, and in pieces of about 300 bytes."""
    words = path.read_text(encoding="utf-8").encode(encoding, "ignore").decode(encoding)
    step = 150 if encoding == "gb18030" else 300
    return [words.encode(encoding), *(words[n : n + step].encode(encoding) for n in range(0, len(words), step))]


@pytest.mark.parametrize(("path", "encoding"), cases(LEGACY), ids=lambda each: getattr(each, "stem", each))
def test_a_text_in_a_legacy_encoding_is_read_right_and_a_piece_of_it_right_or_not_at_all(
    path: Path, encoding: str
) -> None:
    whole, *parts = pieces(path, encoding)

    assert encodings.decode(whole, "a.txt")[0] == whole.decode(encoding)
    refused = 0
    for part in parts:
        try:
            words, _ = encodings.decode(part, "a.txt")
        except TextError:
            refused += 1
        else:
            assert words == part.decode(encoding)
    assert refused <= 1 + len(parts) // 6


@pytest.mark.parametrize(("path", "encoding"), cases(FOREIGN), ids=lambda each: getattr(each, "stem", each))
def test_a_text_in_an_encoding_of_others_is_refused(path: Path, encoding: str) -> None:
    with pytest.raises(TextError, match=r"windows-1256.*iconv"):
        encodings.decode(pieces(path, encoding)[0], "a.txt")


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_form_of_unicode_is_read(path: Path, encoding: str) -> None:
    words = path.read_text(encoding="utf-8")

    assert encodings.decode(words.encode(encoding), "a.txt")[0] == words


def test_what_is_declared_is_believed_where_it_can_be() -> None:
    page = '<html><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Мир</html>'

    found = readers.read(page.encode("cp1251"))

    assert (found.lines[0].text, found.encoding) == ("Мир", "windows-1251")


def test_utf_8_is_stronger_than_what_is_declared() -> None:
    found = readers.read("<html><meta charset=iso-8859-1><p>États</html>".encode())

    assert (found.lines[0].text, found.encoding) == ("États", "utf-8")


@pytest.mark.parametrize("damage", [b"\xff", b"\xe9", b"\x80"])
def test_damaged_utf_8_is_not_taken_for_another_encoding(damage: bytes) -> None:
    content = "La Asamblea exhortó a los Estados á".encode() + damage + "á que actúen también aquí\n".encode() * 5

    with pytest.raises(TextError, match="UTF-8 with damaged bytes"):
        encodings.decode(content, "a.txt")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(TextError):
        readers.read(content)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_told_by_where_its_zeros_stand(encoding: str) -> None:
    words = "The Gòl Declaration of the States\n" * 9

    assert encodings.decode(words.encode(encoding), "a.txt") == (words, encoding)


@pytest.mark.parametrize("name", ["utf-16", "undefined", "rot13", "hex", "zlib", "uu", "base64", "charmap"])
def test_what_a_page_says_it_is_written_in_and_is_not_is_not_believed(name: str) -> None:
    page = f'<html><head><meta charset="{name}"></head><body><p>We call upon States to act, caf'.encode() + b"\xe9</p>"

    assert readers.read(page).encoding in encodings.CANDIDATES
