"""Bytes of a plain text come in; its lines go out, in logical order, with their pages."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from atgraph.errors import TextError
from atgraph.model import Line

_INVISIBLE = dict.fromkeys(
    [0xAD, 0x061C, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)]
    + [code for code in range(0x20) if chr(code) not in "\t\n\r\f\v"]
    + list(range(0x7F, 0x85))
    + list(range(0x86, 0xA0))
)
# No Arabic word begins with ta marbuta or alef maqsura, and many end with one: a mirrored text has it the other way.
_ENDS_WELL = re.compile(r"[ةى](?=[\s.،؛]|$)")
_BEGINS_BADLY = re.compile(r"(?:^|(?<=\s))[ةى]", re.MULTILINE)


def read(source: Path | bytes, where: str = "") -> list[Line]:
    """Return the lines of a UTF-8 text, composed (NFC), without invisible characters.

    Raises TextError when it cannot be read, is empty, is not UTF-8, or came out mirrored.
    """
    where = where or (str(source) if isinstance(source, Path) else "standard input")
    text = decode(_bytes(source, where), where)
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE).replace("\u00a0", " ").replace("\u202f", " ")
    if not text.strip():
        raise TextError("the text is empty", where=where, remedy="give a file that holds the words of a document")
    if len(_BEGINS_BADLY.findall(text)) > len(_ENDS_WELL.findall(text)) + 2:
        raise TextError(
            "the Arabic is mirrored: its letters stand in visual order",
            where=where,
            remedy="extract the text again with a tool that keeps logical order",
        )
    pages = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").split("\f")
    return [Line(line.rstrip(), page) for page, part in enumerate(pages, 1) for line in part.split("\n")]


def decode(content: bytes, where: str) -> str:
    r"""Return bytes as text; UTF-8 only, since a wrong guess would put wrong words into quotes.

    >>> decode(b"\xef\xbb\xbfUnited Nations", "a.txt")
    'United Nations'
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start >= len(content) - 3 and error.reason == "unexpected end of data":
            what, remedy = "the text is truncated in the middle of a character", "fetch the file again, whole"
        else:
            what = f"the text is not UTF-8 (byte {error.start}, line {content.count(b'%c' % 10, 0, error.start) + 1})"
            remedy = "convert it to UTF-8, for example with: iconv -f WINDOWS-1256 -t UTF-8"
        raise TextError(what, where=where, remedy=remedy) from error


def _bytes(source: Path | bytes, where: str) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        return source.read_bytes()
    except OSError as error:
        raise TextError(
            f"the file cannot be read ({error.strerror})", where=where, remedy="check its name and its permissions"
        ) from error
