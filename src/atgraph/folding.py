"""Text comes in; it goes out folded, without what tells no words apart, each letter with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from atgraph import dates
from atgraph.model import Span

_TASHKEEL = {*range(0x064B, 0x0660), 0x0670, 0x0640, *range(0x0610, 0x061B), *range(0x06D6, 0x06EE)}
_ARABIC = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك"}
_TYPE = {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"', "„": '"', "‑": "-", "‐": "-", "ё": "е"}


class _Folding(dict[int, str]):
    """Each character's folded form (lower case, no accents, no tashkeel, one alef), worked out when first met."""

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
        self[code] = folded
        return folded


_FOLDING = _Folding()


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text, with the place in the original of each of its characters (None: the same place)."""

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def span(self, start: int, end: int) -> Span:
        """Return the original's span of a stretch of the folded text."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Return a text without what tells no words apart: case, accents, tashkeel, tatweel, forms of alef, typography.

    >>> fold("نُعرِّف").text, fold("États").text
    ('نعرف', 'etats')
    >>> fold("نُعرِّف").span(0, 4)
    (0, 7)
    """
    folded = text.translate(_FOLDING)
    if len(folded) == len(text) and all(len(_FOLDING[ord(c)]) == 1 for c in set(text)):
        return Folded(folded)
    starts, ends = [], []
    for place, char in enumerate(text):
        for _ in _FOLDING[ord(char)]:
            starts.append(place)
            ends.append(place + 1)
    # What was dropped belongs to the letter that it stands on, so that a quote never ends before its marks.
    for place in range(len(ends) - 1):
        ends[place] = max(ends[place], starts[place + 1])
    if ends:
        ends[-1] = max(ends[-1], len(text))
    return Folded(folded, starts, ends)


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
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in re.finditer(r"[а-я]+|.", folded.text, re.DOTALL):
        root = stem(match[0])
        start, end = folded.span(*match.span())
        parts.append(root)
        starts.extend(range(start, start + len(root)))
        ends.extend([end] * len(root))
    return Folded("".join(parts), starts, ends)
