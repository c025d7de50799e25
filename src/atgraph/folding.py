"""Text comes in; it goes out folded, without what tells no words apart, each letter with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from array import array
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
    """Folded text, with the place in the original of each of its characters (None: the same place)."""

    text: str
    starts: array[int] | None = None
    ends: array[int] | None = None

    def span(self, start: int, end: int) -> Span:
        """Return the original's span of a stretch of the folded text."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


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
    starts, ends = array("i"), array("i")
    done = 0
    for match in re.finditer(f"[{re.escape(''.join(sorted(_FOLDING.uneven)))}]", text):
        place = match.start()
        size = len(_FOLDING[ord(match[0])])
        starts.extend(range(done, place))
        starts.extend([place] * size)
        ends.extend(range(done + 1, place + 1))
        ends.extend([place + 1] * size)
        done = place + 1
        if not size and ends:
            # What is dropped belongs to the letter that it stands on, so that a quote never ends before its marks.
            ends[-1] = done
    starts.extend(range(done, len(text)))
    ends.extend(range(done + 1, len(text) + 1))
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
    text = folded.text
    old_starts = range(len(text)) if folded.starts is None else folded.starts
    old_ends = range(1, len(text) + 1) if folded.ends is None else folded.ends
    parts: list[str] = []
    starts, ends = array("i"), array("i")
    done = 0
    for match in re.finditer("[а-я]+", text):
        start, end = match.span()
        root = stem(match[0])
        parts += text[done:start], root
        starts.extend(old_starts[done:start])
        starts.extend(range(old_starts[start], old_starts[start] + len(root)))
        ends.extend(old_ends[done:start])
        ends.extend([old_ends[end - 1]] * len(root))
        done = end
    starts.extend(old_starts[done:])
    ends.extend(old_ends[done:])
    return Folded("".join([*parts, text[done:]]), starts, ends)
