"""Makes texts of any size in six languages: the paragraphs of the documents in `tests/gold/`, drawn at random.

`python bench/corpus.py LANGUAGE BYTES` prints one text. The same seed gives the same text.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold"
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


def paragraphs(language: str) -> list[str]:
    """Return the paragraphs of all gold documents in a language, as they are printed."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(GOLD.glob(f"*.{language}.txt"))]
    return [block for text in texts for block in text.split("\n\n") if len(block) > 60]


def text(language: str, size: int, seed: int = 1) -> bytes:
    """Return a text of about so many bytes, in UTF-8."""
    return b"\n\n".join(_draw(paragraphs(language), size, random.Random(seed)))


def _draw(blocks: list[str], size: int, chance: random.Random) -> Iterator[bytes]:
    done = 0
    while done < size:
        block = chance.choice(blocks).encode()
        done += len(block) + 2
        yield block


if __name__ == "__main__":
    sys.stdout.buffer.write(text(sys.argv[1], int(sys.argv[2])))
