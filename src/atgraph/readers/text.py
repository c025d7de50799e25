"""A plain text comes in; its lines go out, in logical order, with their pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from atgraph.model import Line

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_COMBINING = "".join(chr(code) for code in range(0x300, 0x3100) if unicodedata.combining(chr(code)))
_MARKS_PILED = re.compile(f"([{_COMBINING}][{_COMBINING}]{{29}})(?=[{_COMBINING}])")
"""Thirty marks on one letter, and more behind them: the Stream-Safe Text Format (UAX #15) parts them by U+034F."""
_HAN = r"[\u3001-\u9fff\uff01-\uff60]"
_WRAPPED_HAN = re.compile(rf"(?<={_HAN})[ \t\r]*\n\s*(?={_HAN})")
_SPACES = re.compile(r"[ \t\r\n\f]+")
# A letter or two before a digit is a unit or a name: m², CO₂, WG.4. Behind a word or a full stop it marks a footnote.
_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[٠-٩]{1,3}|[*†‡§]{1,3}|[a-z])[\])]?")
_MARKED = re.compile(r"(?:\w{3}|[\u0600-\u06ff\u3001-\u9fff]|[^\w\s])$")


def clean(text: str) -> str:
    r"""Return a text composed (NFC), without invisible characters, its spaces all plain.

    >>> clean("E\u0301tats\u200f\u00a0unis")
    'États unis'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", _MARKS_PILED.sub("\\1\u034f", text))
    return _INVISIBLE.sub("", text).replace("\u00a0", " ").replace("\u202f", " ")


def lines(text: str) -> list[Line]:
    r"""Return the lines of a text, each with its page.

    >>> lines("one\r\ntwo\fthree")[2]
    Line(text='three', page=2, style='')
    """
    pages = clean(text).replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").split("\f")
    return [Line(line.rstrip(), page) for page, part in enumerate(pages, 1) for line in part.split("\n")]


def paragraphs(found: Iterable[tuple[str, str]]) -> Iterator[Line]:
    r"""Yield the lines of paragraphs, given with their styles, and a blank after each; `\v` breaks a line.

    >>> [line.text for line in paragraphs([("The General\vAssembly,", ""), ("Recalling …", "")])]
    ['The General', 'Assembly,', '', 'Recalling …', '']
    """
    for words, style in found:
        text = clean(words)
        if text.strip():
            first, *rest = text.strip().split("\v")
            yield Line(first.strip(), 1, style)
            yield from (Line(line.strip(), 1, "" if style == "item" else style) for line in rest)
            yield Line("")


def unwrapped(text: str) -> str:
    r"""Return the text of a paragraph whose line feeds mean nothing; Chinese has no space where a line ends.

    >>> unwrapped("各国\n应 \n"), unwrapped("All\n States")
    ('各国应 ', 'All States')
    """
    return _SPACES.sub(" ", _WRAPPED_HAN.sub("", text))


def is_mark(raised: str, before: str) -> bool:
    """Tell whether raised characters mark a footnote of what stands before them.

    >>> is_mark("1", "trafficking in persons,"), is_mark("2", "CO"), is_mark("er", "le 1")
    (True, False, False)
    """
    return _MARK.fullmatch(raised.strip()) is not None and _MARKED.search(before.rstrip()[-3:]) is not None
