"""Where ontology/, data/ and queries/ are, in a checkout and in a wheel; and how a file or folder is written whole."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from atgraph.errors import UnreadableError, WriteError

SETTINGS = "atgraph.toml"
"""The name of a publisher's settings."""

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_files"


def root() -> Path:
    """Return the folder that holds `ontology/`, `data/` and `queries/`: a checkout's top, or the wheel's own copy."""
    return _BUNDLED if is_bundled() else _PACKAGE.parents[1]


def is_bundled() -> bool:
    """Tell whether the folders are a wheel's own copy, which belongs to the installer and not to its user."""
    return _BUNDLED.is_dir()


def ontology() -> Path:
    """Return the folder of the ontology, its vocabularies, shapes and examples."""
    return root() / "ontology"


def data() -> Path:
    """Return the folder of sources, tables, reference data and lexicon."""
    return root() / "data"


def queries() -> Path:
    """Return the folder of stored questions and checks."""
    return root() / "queries"


def sources(own: Path | None = None) -> list[Path]:
    """Return the folders of all sources, by slug: ours, and those in `data/sources/` of a folder of one's own.

    Where both have a slug, the folder of one's own takes the place of ours. It may hold a publisher's settings alone;
    raises UnreadableError where it has neither these nor a source.
    """
    found = {path.parent.name: path.parent for path in data().glob("sources/*/source.toml")}
    if own is not None:
        theirs = {path.parent.name: path.parent for path in own.glob("data/sources/*/source.toml")}
        if not theirs and not (own / SETTINGS).is_file():
            what = "has no source, data/sources/SLUG/source.toml" if own.is_dir() else "is no folder that is there"
            remedy = "name a folder with sources, or begin one with `atgraph add FILE --root FOLDER`"
            raise UnreadableError(what, where=str(own), remedy=remedy)
        found |= theirs
    return [found[slug] for slug in sorted(found)]


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


@contextlib.contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """Yield an empty folder of the same name, and put it in the folder's place when nothing went wrong.

    Raises WriteError when the disk is full or the place cannot be written; what was there before stands then.
    """
    home = folder.resolve()
    temporary: Path | None = None
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{home.name}.", dir=home.parent))
        new, old = temporary / home.name, temporary / f"{home.name}.old"
        new.mkdir()
        new.chmod(0o755)
        yield new
        if home.exists():
            home.rename(old)
        try:
            new.rename(home)
        except OSError:
            if old.exists():
                old.rename(home)
            raise
    except OSError as error:
        raise WriteError(
            f"cannot be written ({error.strerror or error})",
            where=str(folder),
            remedy="free space or choose another folder",
        ) from error
    finally:
        if temporary:
            shutil.rmtree(temporary, ignore_errors=True)
