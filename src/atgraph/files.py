"""Where ontology/, data/ and queries/ are, in a checkout and in an installed wheel; and how a file is written whole."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from atgraph.errors import WriteError

_PACKAGE = Path(__file__).resolve().parent


def root() -> Path:
    """Return the folder that holds `ontology/`, `data/` and `queries/`: a checkout's top, or the wheel's own copy."""
    bundled = _PACKAGE / "_files"
    return bundled if bundled.is_dir() else _PACKAGE.parents[1]


def ontology() -> Path:
    """Return the folder of the ontology, its vocabularies, shapes and examples."""
    return root() / "ontology"


def data() -> Path:
    """Return the folder of sources, tables, reference data and lexicon."""
    return root() / "data"


def queries() -> Path:
    """Return the folder of stored questions and checks."""
    return root() / "queries"


def write(path: Path, content: bytes | str) -> None:
    """Write a file whole: to a temporary file beside it, then by renaming; on failure the old file stands.

    Raises WriteError when the disk is full or the folder cannot be written.
    """
    payload = content.encode() if isinstance(content, str) else content
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(payload)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        if temporary:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        raise WriteError(
            f"cannot be written ({error.strerror or error})",
            where=str(path),
            remedy="free space or choose another folder",
        ) from error
