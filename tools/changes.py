"""The data of this version, and of the one before, come in; the changelog's section on the data goes out.

`make changes` runs it: of a first version the section says what is in it; with BEFORE, a folder or data archive of the
version before, it is what `atgraph diff` says of the two.
"""

from __future__ import annotations

import re
import sys
import tempfile
import textwrap
from pathlib import Path

from pyoxigraph import Literal

import atgraph
from atgraph import files
from atgraph.build import MARK
from atgraph.compare import compare
from atgraph.errors import AtgraphError, UnreadableError
from atgraph.publish import release
from atgraph.verify import verify

CHANGELOG = Path(__file__).resolve().parents[1] / "CHANGELOG.md"
_HEADING = "### Data"


def section(dist: Path, before: Path | None = None) -> str:
    """Return the section: counts of what is in a build, or how it differs from the release `before`, which is verified.

    Triples are not counted here, since how a thing is written down is no change of what is known.
    """
    if before is None:
        groups: dict[str, list[str]] = {}
        for row in atgraph.open(dist).stats().rows:
            what, which, count = (cell.value for cell in row if isinstance(cell, Literal))
            if what != "triples":
                groups.setdefault(what, []).append(f"{which} {int(count):,}".strip())
        said = "; ".join(f"{name}: {', '.join(cells)}" for name, cells in groups.items())
        return f"{_HEADING}\n" + textwrap.fill(
            f"- What is in it, as `atgraph stats` counts it: {said}.", 120, subsequent_indent="  "
        )
    verify(before).accept()
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder, MARK)
        old.write_bytes(release.read(before).files[MARK])
        found = compare(old, dist / MARK)
    text = found.text(110).partition("\n")[2].rstrip()  # without the first line, which names temporary files
    return f"{_HEADING}\nAgainst the version before, as `atgraph diff` tells it:\n\n```text\n{text}\n```"


def written(changelog: str, version: str, text: str) -> str:
    """Return a changelog with the section in the part of a version, in the place of the one that is there, or last."""
    head = re.search(rf"^## \[{re.escape(version)}\].*\n", changelog, re.M)
    if not head:
        raise UnreadableError(
            f"has no part on {version}", where="CHANGELOG.md", remedy=f"begin it: ## [{version}] - DATE"
        )
    behind = re.search(r"^## ", changelog[head.end() :], re.M)
    end = head.end() + behind.start() if behind else len(changelog)
    part = re.sub(rf"^{_HEADING}\n.*?(?=^###? |\Z)", "", changelog[head.end() : end], flags=re.M | re.S)
    return f"{changelog[: head.end()]}{part.rstrip()}\n\n{text}\n" + (f"\n{changelog[end:]}" if behind else "")


def main(words: list[str]) -> int:
    """Write the section: DIST, then the release before, if there is one."""
    try:
        text = section(Path(words[0]), Path(words[1]) if len(words) > 1 else None)
        files.write(CHANGELOG, written(CHANGELOG.read_text(encoding="utf-8"), atgraph.__version__, text))
    except AtgraphError as error:
        print(f"changes: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
