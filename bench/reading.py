"""Prints how fast texts are read, from bytes to provisions: by language, as they grow, and how much memory it takes.

Run it as `make bench-reading` on a machine that does nothing else. Each row is a process of its own; seconds are those
of one core. The peer is snowballstemmer, which does no more than stem each word of the same text once; the last column
says how many times its seconds are ours (it has no Chinese). `--most BYTES` says how far texts grow.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import corpus

STEMMERS = {"ar": "arabic", "en": "english", "fr": "french", "ru": "russian", "es": "spanish"}


def main() -> None:
    """Measure and print; with `--one`, measure one text in this process and print it as JSON."""
    parser = argparse.ArgumentParser(description="Print how fast texts are read.")
    parser.add_argument("--most", type=int, default=10_000_000, help="bytes of the longest text")
    parser.add_argument("--one", nargs=3, metavar=("LANGUAGE", "BYTES", "DOCUMENTS"), help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.one:
        language, size, documents = wanted.one
        print(json.dumps(one(language, int(size), int(documents))))
        return

    print(f"Python {platform.python_version()}, seconds of one core\n")
    heads = ("bytes", "documents", "seconds", "MB/s", "peak MB", "provisions", "peer")
    print("language" + "".join(f"{head:>12}" for head in heads))
    for language in corpus.LANGUAGES:
        row(language, 1_000_000, 1)
    size = 10_000
    while size <= wanted.most:
        row("en", size, 1)
        size *= 10
    for documents in (10, 100, 1000):
        row("en", 10_000, documents)


def row(language: str, size: int, documents: int) -> None:
    """Measure in a process of its own, and print a line of the table."""
    words = [sys.executable, __file__, "--one", language, str(size), str(documents)]
    made = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
    speed = made["bytes"] / 1e6 / made["seconds"]
    peer = f"{made['seconds'] / made['peer']:.2f}" if made["peer"] else "–"
    numbers = (f"{made['bytes']:,}", f"{documents:,}", f"{made['seconds']:.2f}", f"{speed:.2f}", f"{made['peak']:.0f}")
    cells = (*numbers, f"{made['provisions']:,}", peer)
    print(f"{language:<8}" + "".join(f"{cell:>12}" for cell in cells), flush=True)


def one(language: str, size: int, documents: int) -> dict[str, float]:
    """Return what it takes to read so many documents of a size, one after another."""
    import resource

    import snowballstemmer

    from atgraph.extraction import read_file

    read_file(corpus.text(language, 2_000), language)  # loads the lexicon
    seconds = peer = 0.0
    total = provisions = 0
    for seed in range(documents):
        text = corpus.text(language, size, seed)
        total += len(text)
        start = time.process_time()
        provisions += len(read_file(text, language).provisions)
        seconds += time.process_time() - start
        if language in STEMMERS:
            stemmer = snowballstemmer.stemmer(STEMMERS[language])
            words = re.findall(r"\w+", text.decode().lower())
            start = time.process_time()
            stemmer.stemWords(words)
            peer += time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)
    return {"bytes": total, "seconds": seconds, "peer": peer, "peak": peak, "provisions": provisions}


if __name__ == "__main__":
    main()
