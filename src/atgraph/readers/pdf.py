"""The bytes of a PDF come in; its lines go out, put together from where each character stands on its page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2
from pypdfium2 import raw

from atgraph.errors import TextError
from atgraph.model import Line
from atgraph.readers import text

_OCR = "run optical character recognition (OCR) on it and give the text"
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LTR = re.compile(r"[^\W\d_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# In a line that runs from right to left, these run from left to right: words of other scripts, and numbers.
_NUMBER = r"[%$€£]?(?:[0-9]+(?:[.,/:+-][0-9]+)*|[٠-٩]+(?:[.,/:٫٬][٠-٩]+)*)[%$€£]?"
_FOREIGN = re.compile(
    rf"{_LTR.pattern}(?:[^\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]*(?:{_LTR.pattern}|[0-9]))?|{_NUMBER}"
)
_RTL_RUN = re.compile(rf"{_RTL.pattern}(?:[^A-Za-z\u00c0-\u058f\u3001-\u9fff]*{_RTL.pattern})?")
_LETTERED = re.compile(r"\s*(?:[أ-ي]|هـ|[0-9٠-٩]{1,2})")
# PDFium mirrors these too where a line runs from right to left; in print they stay as they are.
_MIRRORED_QUOTES = {"“": "”", "”": "“"}
_ALEFS = "اأإآٱ"
_UNREAD = re.compile("[\0\ufffd\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A character where it stands: its edges, the place of its line, its height, in points from the lower left."""

    character: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def lines(content: bytes, where: str) -> list[Line]:
    """Return the lines of a PDF in reading order, Arabic as it is spoken, not as it is painted.

    Raises TextError where it is damaged, encrypted, or holds pictures of words or words without letters.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise _refusal(error, where) from error
    try:
        pages = [_rows(_segments(page)) for page in document]
    except pypdfium2.PdfiumError as error:
        raise _refusal(error, where) from error
    finally:
        document.close()
    if sum(not rows for rows in pages) * 2 > len(pages) or not pages:
        raise TextError("the pages are images without text", where=where, remedy=_OCR)
    everything = "".join(glyph.character for rows in pages for row in rows for glyph in row)
    if len(_UNREAD.findall(everything)) * 50 > len(everything):
        raise TextError("the fonts do not say which letters they paint", where=where, remedy=_OCR)
    pitch = _pitch(pages)
    found = _bracketed(line for number, rows in enumerate(pages, 1) for line in _laid_out(rows, pitch, number))
    return [Line(text.clean(line.text).rstrip(), line.page) for line in found]


def _bracketed(found: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines with each bracket of a right-to-left line opening or closing as its place in the paragraph asks.

    Some programs tell the bracket that was meant and some the mirrored one that was painted.
    """
    opened = ""
    for line in found:
        words = list(line.text)
        opened = opened if words else ""
        for place, character in enumerate(words if _is_rtl(line.text) else ""):
            words[place] = _MIRRORED_QUOTES.get(character, character)
            pair = next((pair for pair in ("()", "[]", "«»") if character in pair), "")
            if pair and (opened == pair or (not opened and _LETTERED.fullmatch(line.text[:place]))):
                words[place], opened = pair[1], ""
            elif pair:
                words[place], opened = pair[0], pair
        yield Line("".join(words), line.page)


def _refusal(error: Exception, where: str) -> TextError:
    if "password" in str(error).lower() or "security" in str(error).lower():
        return TextError("the PDF is encrypted", where=where, remedy="save it without a password")
    return TextError(f"the PDF is truncated or damaged ({error})", where=where, remedy="fetch the file again, whole")


def _segments(page: Any) -> Iterator[list[_Glyph]]:
    """Yield the pieces of lines that PDFium finds on a page, each as its glyphs from left to right."""
    words = page.get_textpage()
    segment: list[_Glyph] = []
    for place in range(words.count_chars()):
        code = raw.FPDFText_GetUnicode(words, place)
        if code in (10, 13) or raw.FPDFText_IsGenerated(words, place) == 1:
            if code in (10, 13) and segment:
                yield segment
                segment = []
            continue
        if 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            code = 0xFFFD
        character = chr(code)
        left, bottom, right, top = words.get_charbox(place, loose=True)
        if unicodedata.combining(character):  # Its advance is nothing; where it is painted tells its letter.
            left, _, right, _ = words.get_charbox(place)
        if code == 2:  # PDFium's sign for a hyphen at the end of a line, where it tells no other end.
            segment.append(_Glyph("-", left, right, bottom, top))
            yield segment
            segment = []
            continue
        segment.append(_Glyph(character, left, right, bottom, top))
    if segment:
        yield segment


def _rows(segments: Iterable[list[_Glyph]]) -> list[list[_Glyph]]:
    """Return the rows of one page from top to bottom, column by column as the page has them."""
    rows: list[list[_Glyph]] = []
    for segment in segments:
        if all(glyph.character.isspace() for glyph in segment):
            continue
        if rows and _is_beside(rows[-1], segment):
            rows[-1] = rows[-1] + segment
            continue
        place = len(rows)
        while place and _is_above(segment, rows[place - 1]):
            place -= 1
        rows.insert(place, segment)
    return rows


def _pitch(pages: Iterable[list[list[_Glyph]]]) -> float:
    """Return how far apart the lines of a paragraph stand: as a line that is full and the one that it goes on in."""
    steps: list[float] = []
    after_full: list[float] = []
    for rows in pages:
        width = max((_right(row) - _left(row) for row in rows), default=0.0)
        for one, two in pairwise(rows):
            if (step := _base(one) - _base(two)) > 0:
                steps.append(step)
                after_full += [step] * (_right(one) - _left(one) > 0.85 * width)
    return median(after_full or steps or [0.0])


def _laid_out(rows: list[list[_Glyph]], pitch: float, page: int) -> Iterator[Line]:
    """Yield the lines of one page, a blank where the gap between two is wide, indented as they are."""
    left, right = min(map(_left, rows), default=0.0), max(map(_right, rows), default=0.0)
    before: list[_Glyph] | None = None
    for row in rows:
        if before and not 0 <= _base(before) - _base(row) <= 1.25 * pitch:
            yield Line("", page)
        words = _spoken(row)
        offset = right - _right(row) if _is_rtl(words) else _left(row) - left
        yield Line(" " * min(round(offset / max(_height(row) / 3, 1)), 60) + words, page)
        before = row


def _base(row: Sequence[_Glyph]) -> float:
    return median(glyph.bottom for glyph in row)


def _height(row: Sequence[_Glyph]) -> float:
    return median(glyph.top - glyph.bottom for glyph in row)


def _left(row: Sequence[_Glyph]) -> float:
    return min(glyph.left for glyph in row)


def _right(row: Sequence[_Glyph]) -> float:
    return max(glyph.right for glyph in row)


def _is_beside(row: Sequence[_Glyph], other: Sequence[_Glyph]) -> bool:
    return abs(_base(row) - _base(other)) < 0.4 * _height(row)


def _is_above(segment: Sequence[_Glyph], row: Sequence[_Glyph]) -> bool:
    """Tell whether a piece stands above a row told before it, in the same column: PDF tells in order of painting."""
    overlaps = _left(segment) < _right(row) and _left(row) < _right(segment)
    return overlaps and _base(segment) > _base(row) + 0.4 * _height(row)


def _spoken(row: Sequence[_Glyph]) -> str:
    """Return the words of a row in logical order."""
    # A stable order keeps what one glyph spells, as lam-alef does, together.
    row = sorted(row, key=lambda glyph: glyph.left)
    letters = [g for g in row if not (g.character.isspace() or unicodedata.combining(g.character))]
    over: dict[int, str] = {}
    for mark in (glyph for glyph in row if letters and unicodedata.combining(glyph.character)):
        place = min(range(len(letters)), key=lambda each: abs(letters[each].middle - mark.middle))
        over[place] = over.get(place, "") + mark.character
    spaces = [glyph for glyph in row if glyph.character.isspace()]
    height = _height(row)
    cells: list[str] = []
    before: _Glyph | None = None
    for place, glyph in enumerate(letters):
        spelt = glyph.character + over.get(place, "")
        if before is not None:
            gap = (glyph.left - before.right) / height
            between = [space for space in spaces if before.middle < space.middle < glyph.middle]
            spaced = any(gap > 0.05 or space.right - space.left > 0.1 * height for space in between)
            cells += ["    "] if gap > 2 else [" "] if spaced or gap > 0.15 else []
            if (before.left, before.right) == (glyph.left, glyph.right) and _RTL.match(spelt) and _RTL.match(cells[-1]):
                spelt = _ligature(cells.pop(), spelt)
        cells.append(spelt)
        before = glyph
    return _logical(cells)


def _ligature(before: str, letter: str) -> str:
    """Return what one Arabic glyph spells: PDFium tells its letters backwards, but lam-alef may come either way."""
    return before + letter if before == "ل" and letter in _ALEFS else letter + before


def _is_rtl(words: str) -> bool:
    return len(_RTL.findall(words)) > len(_LTR.findall(words))


def _logical(cells: list[str]) -> str:
    """Return what stands from left to right as it is spoken.

    >>> _logical(list("192/68 رارق"))
    'قرار 192/68'
    >>> _logical(list("(A/1) رارق"))  # brackets are mended where the whole paragraph is known
    'قرار )A/1('
    """
    plain = "".join(cell[0] for cell in cells)
    order: list[str] = []
    if _is_rtl(plain):
        end = len(cells)
        for match in reversed(list(_FOREIGN.finditer(plain))):
            order += [*cells[match.end() : end][::-1], *cells[match.start() : match.end()]]
            end = match.start()
        order += cells[:end][::-1]
    else:
        start = 0
        for match in _RTL_RUN.finditer(plain):
            order += [*cells[start : match.start()], *cells[match.start() : match.end()][::-1]]
            start = match.end()
        order += cells[start:]
    return re.sub(
        r"[\ufb00-\ufdff\ufe70-\ufefc]+", lambda match: unicodedata.normalize("NFKC", match[0]), "".join(order)
    )
