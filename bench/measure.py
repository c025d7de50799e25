"""Prints how long the commands take and how much memory they need, and how the fast engines compare with the reference.

Run it as `make bench` on a machine that does nothing else. Each command runs once to warm up, then several times, each
in a process of its own; the reference engines run once, in the same process as the fast ones. `--runs N` and
`--skip-reference` change that.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from atgraph import files

LIMITS = {"build": (5.0, 400), "--help": (0.25, None), "ask": (0.6, None)}
"""Seconds and megabytes that each command promises to stay under, on two cores and warm."""


def once(words: list[str]) -> tuple[float, float]:
    """Run a command in a process of its own; return its seconds and its peak memory in megabytes."""
    start = time.perf_counter()
    child = os.fork()
    if child == 0:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.execv(sys.executable, [sys.executable, "-m", "atgraph", *words])
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"atgraph {' '.join(words)} failed")
    return seconds, usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)


def row(name: str, words: list[str], runs: int) -> str:
    """Return a line of the table of commands."""
    once(words)
    measured = [once(words) for _ in range(runs)]
    seconds = [each for each, _ in measured]
    peak = max(each for _, each in measured)
    spread = statistics.stdev(seconds) if runs > 1 else 0.0
    most, memory = LIMITS.get(name, (None, None))
    promise = " ".join(part for part in (f"< {most:g} s" if most else "", f"< {memory} MB" if memory else "") if part)
    mean = statistics.mean(seconds)
    return f"{name:<22}{mean:8.3f} ± {spread:5.3f}{min(seconds):9.3f}{max(seconds):9.3f}{peak:9.0f}   {promise}"


def timed(work: Callable[[], object]) -> float:
    """Return the seconds a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Print times and memory of atgraph.")
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--skip-reference", action="store_true")
    wanted = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        dist = Path(folder) / "dist"
        data = ["--data", str(dist / "atgraph.nq")]
        stored = sorted(files.queries().glob("questions/*.rq"))
        question = next(path.stem for path in stored if "required: true" not in path.read_text(encoding="utf-8"))
        commands = {
            "build": ["build", "--out", str(dist)],
            "--help": ["--help"],
            "ask": ["ask", question, *data],
            "ask --format ttl": ["ask", question, "--format", "ttl", *data],
            "query": ["query", "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", *data],
            "stats": ["stats", *data],
            "validate": ["validate", *data],
        }
        print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {wanted.runs} runs after one to warm up\n")
        print(f"{'command':<22}{'mean s':>8}   {'sd':>5}{'min':>9}{'max':>9}{'peak MB':>9}   promise")
        for name, words in commands.items():
            print(row(name, words, wanted.runs), flush=True)

        if not wanted.skip_reference:
            compare(dist / "atgraph.nq")


def compare(built: Path) -> None:
    """Print how the fast engines compare with the reference, on the built graph."""
    # Not before: what this process holds when it forks would count as its children's peak.
    from atgraph import check, derive
    from atgraph.store import Dataset

    dataset = Dataset.load(built)
    dataset.clear(derive.DERIVED)
    print(f"\n{len(dataset):,} triples{'':<8}{'fast s':>10}{'reference s':>14}{'times':>8}")
    pairs = {
        "derive / owlrl": [lambda e=e: derive.derive(dataset, e) for e in derive.ENGINES],
        "validate / pyshacl": [lambda e=e: check.validate(dataset, e) for e in check.ENGINES],
    }
    for name, (fast, reference) in pairs.items():
        timed(fast)
        quick, slow = timed(fast), timed(reference)
        print(f"{name:<22}{quick:10.3f}{slow:14.2f}{slow / quick:8.0f}", flush=True)


if __name__ == "__main__":
    main()
