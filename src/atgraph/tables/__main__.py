"""The words of `python -m atgraph.tables` come in; files written, or the names of those out of step, go out."""

from __future__ import annotations

import sys

from atgraph.errors import AtgraphError
from atgraph.tables import stale, write


def main(words: list[str]) -> int:
    """Write the files, or with `--check` name those out of step and return 1."""
    try:
        if "--check" not in words:
            write()
            return 0
        behind = stale()
    except AtgraphError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    for path in behind:
        print(f"{path}: out of step with its table; run python -m atgraph.tables", file=sys.stderr)
    return 1 if behind else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
