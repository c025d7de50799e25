"""A stretch of text comes in; its sentences go out, and what marks them: ends, quotations, the marks of items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from atgraph.layout import ORDINAL
from atgraph.model import Span

_SENTENCE_END = re.compile(
    r"""[.!?؟。！？…](?:(?<=[。！？])[。！？…]*["”“」』）]*|(?<![.!?؟。！？…].)[.!?؟。！？…]*+["'”“»’」』)）\]]*[¹²³⁴⁵⁶⁷⁸⁹⁰]*(?=\s|$|[^\s\d\w.,;:!?]))"""
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-ZА-Я]|Mr|Mrs|Ms|Dr|St|No|Nos|para|paras|par|art|arts|vol|chap|sect|núm|núms|párr|Sr|Sra|Dra|Excmo|Excma|Mme|MM|p|pp|"
    r"cf|см|г|гг|п|пп|ст|т|д|руб|долл|тыс|им|ул|обл|проф|стр|млн|млрд|etc|i\.e|e\.g|U\.S|N\.Y))\.$"
)
QUOTED = re.compile(
    r"“[^“”]{1,600}”|”[^“”]{1,600}“|«[^«»]{1,600}»|„[^“„]{1,600}“|《[^《》]{1,200}》|\"[^\"]{1,600}\"|「[^「」]{1,300}」"
)
TERMINAL = frozenset(".!…。！;；؛:：")
QUESTION = frozenset("?？؟")
ITEM_MARK = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[0-9٠-٩]{1,3}\s?(?:[.)．、]|[-–—])|\(?(?:[a-zа-яأ-ي]|هـ|[ivx]{1,4})\)|[a-k]\.(?=\s[^\W\d_]{2})|(?:[أ-ي]|هـ)\s?[-–—](?=\s)"
    r"|[(（][一二三四五六七八九十]{1,3}[)）]|（[a-z]）|[•●▪◦‣–—-]\s"
    rf"|{ORDINAL})\s*"
)
COMMA = re.compile("[,،，]")


def ends_with(text: str, marks: Set[str]) -> bool:
    """Tell whether one of some marks stands behind the last word of a text.

    >>> ends_with("Who pays?”", QUESTION), ends_with("Who? Not we.", QUESTION)
    (True, False)
    """
    for character in reversed(text):
        if character in marks:
            return True
        if character.isalnum() or character == "_":
            return False
    return False


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the spans of the sentences in a stretch of text.

    >>> list(sentences("We act. Article No. 5 counts!", 0, 29))
    [(0, 7), (8, 29)]
    """
    begin = start
    for match in _SENTENCE_END.finditer(text, start, end):
        after = text[match.end() : match.end() + 2].lstrip()
        if _ABBREVIATION.search(text[max(begin, match.start() - 8) : match.start() + 1]) or (
            after and (after[0].islower() or after[0] in "»”,")
        ):
            continue
        if begin == start and ITEM_MARK.fullmatch(text[begin : match.end()] + " "):
            continue
        yield begin, match.end()
        begin = match.end()
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        yield begin, end
