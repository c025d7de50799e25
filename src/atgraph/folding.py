"""Text comes in; it goes out folded, without what tells no words apart, each letter with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from atgraph import dates
from atgraph.model import Span

_TASHKEEL = {*range(0x064B, 0x0660), 0x0670, 0x0640, *range(0x0610, 0x061B), *range(0x06D6, 0x06EE)}
_ARABIC = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك"}
_TYPE = {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"', "„": '"', "‑": "-", "‐": "-", "ё": "е"}
_TYPE |= {"…": "…", "№": "№"}  # so that most texts keep all their places


class _Folding(dict[int, str]):
    """Each character's folded form (lower case, no accents, no tashkeel, one alef), worked out when first met."""

    def __init__(self) -> None:
        self.uneven: set[str] = set()
        """The characters met whose folded form is not one character."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _ARABIC.get(char) or _TYPE.get(char.lower()) or dates.DIGITS.get(code)
        if folded is None:
            if code in _TASHKEEL:
                folded = ""
            elif char.isspace():
                folded = " "
            else:
                plain = unicodedata.normalize("NFKC", char).lower()
                latin = "\u00c0" <= char <= "\u024f" or "\u1e00" <= char <= "\u1eff"
                bare = (
                    (c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c)) if latin else plain
                )
                folded = "".join(_ARABIC.get(c, _TYPE.get(c, c)) for c in bare)
        if len(folded) != 1:
            self.uneven.add(char)
        self[code] = folded
        return folded


_FOLDING = _Folding()


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text, with the place in the original of each of its characters: in `base`, where that was folded first.

    Where places shift, a piece begins: `at` says where in the folded text, `starts` where in the original, and `ends`
    where in the original each of its characters ends (0: one further than it begins). No piece: places are the same.
    """

    text: str
    at: Sequence[int] = ()
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()
    base: Folded | None = None
    """What the original was folded from itself; spans are those of its own original."""

    @property
    def even(self) -> bool:
        """Whether every place is that of the original."""
        return not self.at and self.base is None

    def span(self, start: int, end: int) -> Span:
        """Return the original's span of a stretch of the folded text."""
        if self.at:
            piece = bisect_right(self.at, start) - 1
            last = bisect_right(self.at, end - 1, piece) - 1
            start = self.starts[piece] + start - self.at[piece]
            end = self.ends[last] or self.starts[last] + end - self.at[last]
        return self.base.span(start, end) if self.base else (start, end)

    def place(self, start: int) -> int:
        """Return the first place in the folded text of what does not stand before a place in what was folded."""
        if not self.at:
            return start
        piece = bisect_left(self.starts, start) - 1
        if piece < 0:
            return 0
        end = self.at[piece + 1] if piece + 1 < len(self.at) else len(self.text)
        return min(self.at[piece] + start - self.starts[piece], end)


def folded_text(text: str) -> str:
    """Return a text folded as `fold` does, without the places.

    >>> folded_text("الأُمَم المتّحدة")
    'الامم المتحده'
    """
    return text.translate(_FOLDING)


def fold(text: str) -> Folded:
    """Return a text without what tells no words apart: case, accents, tashkeel, tatweel, forms of alef, typography.

    >>> fold("نُعرِّف").text, fold("États").text
    ('نعرف', 'etats')
    >>> fold("نُعرِّف").span(0, 4)
    (0, 7)
    """
    folded = folded_text(text)
    if len(folded) == len(text) and _FOLDING.uneven.isdisjoint(text):
        return Folded(folded)
    at, starts, ends = [0], [0], [0]

    def piece(place: int, start: int, end: int = 0) -> None:
        if at[-1] == place:  # the piece before it has no letter
            at[-1], starts[-1], ends[-1] = place, start, end
        else:
            at.append(place)
            starts.append(start)
            ends.append(end)

    here = done = 0  # in the folded text, in the original
    for match in re.finditer(f"[{re.escape(''.join(sorted(_FOLDING.uneven)))}]", text):
        place = match.start()
        size = len(_FOLDING[ord(match[0])])
        here += place - done
        done = place + 1
        for number in range(here, here + size):
            piece(number, place)
        here += size
        if not size and here:
            # What is dropped belongs to the letter that it stands on, so that a quote never ends before its marks.
            letter = bisect_left(at, here) - 1
            piece_of = starts[letter] + here - 1 - at[letter]
            del at[letter + 1 :], starts[letter + 1 :], ends[letter + 1 :]
            piece(here - 1, piece_of, done)
        piece(here, done)
    return Folded(folded, at, starts, ends)


_STEMMER = snowballstemmer.stemmer("russian")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the stem of a folded Russian word."""
    return str(_STEMMER.stemWord(word))


def stems(folded: Folded) -> Folded:
    """Return folded Russian with every word cut to its stem, so that a label matches in all its cases.

    >>> stems(fold("Управлением по наркотикам")).text
    'управлен по наркотик'
    """
    text = folded.text
    parts: list[str] = []
    at, starts, ends = [0], [0], [0]
    here = done = 0
    for match in _RUSSIAN.finditer(text):
        word = match[0]
        root = stem(word)
        if len(root) < len(word):
            start, end = match.span()
            parts += text[done:start], root
            here += start - done
            at += here, here + len(root)
            here += len(root)
            starts += start, end
            ends += end, 0
            done = end
    return Folded("".join([*parts, text[done:]]), at, starts, ends, folded)


_RUSSIAN = re.compile("[а-я]+")
