"""A downloaded release, a folder or a data archive, comes in; its files go out, read safely whatever was made of them.

Nothing is unpacked, no link is followed, and what is too large to be a release of ours is not read.
"""

from __future__ import annotations

import io
import os
import stat
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from atgraph.errors import UnreadableError
from atgraph.publish import manifest

LIMIT = 1 << 29
"""Bytes that a release may have, unpacked: half a gigabyte, thirty times what ours have."""
_CHUNK = 1 << 14
_AGAIN = "fetch it again from where it was published"


@dataclass(frozen=True, slots=True)
class Release:
    """The files of a release by their paths; `faults` says of others why they were not read.

    `manifest` is the bytes of its manifest; `cut` tells that an archive ends before its end.
    """

    name: str
    manifest: bytes
    files: Mapping[str, bytes]
    faults: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False


def read(path: Path) -> Release:
    """Return what is in a folder, or in an archive as `make release` writes it.

    Raises UnreadableError where it is neither, or has no manifest that can be read.
    """
    files: dict[str, bytes] = {}
    faults: dict[str, str] = {}
    try:
        if path.is_dir():
            cut = False
            read = _folder(path)
        elif path.is_file():
            content, cut = _unpacked(path)
            read = _archive(content)
        else:
            raise UnreadableError("is neither a folder nor a file", where=str(path), remedy="check the path")
        for name, content_or_fault in read:
            if name in files or name in faults:
                files.pop(name, None)
                faults[name] = "it is there twice"
            elif isinstance(content_or_fault, str):
                faults[name] = content_or_fault
            else:
                files[name] = content_or_fault
    except OSError as error:
        what = f"cannot be read ({error.strerror or error})"
        raise UnreadableError(what, where=str(path), remedy="check the path and the disk") from error
    if path.is_file():
        files, faults, ended = _below_top(files, faults)
        cut = cut or ended
    card = files.pop(manifest.NAME, None)
    if card is None:
        what = "is cut short before its manifest" if cut else f"has no {manifest.NAME} that can be read"
        raise UnreadableError(f"{what}, so it is no release", where=str(path), remedy=_AGAIN)
    return Release(str(path), card, files, faults, cut)


def _folder(path: Path) -> Iterator[tuple[str, bytes | str]]:
    total = 0
    for place, folders, names in os.walk(path):
        folders.sort()
        for name in sorted([*names, *(each for each in folders if os.path.islink(os.path.join(place, each)))]):
            file = Path(place, name)
            said = file.relative_to(path).as_posix()
            state = file.lstat()
            total += state.st_size
            if stat.S_ISLNK(state.st_mode):
                yield said, "it is a link, which is not followed"
            elif not stat.S_ISREG(state.st_mode):
                yield said, "it is no plain file"
            elif total > LIMIT:
                total -= state.st_size
                yield said, f"it is too large to be read, {state.st_size:,} bytes"
            else:
                try:
                    yield said, file.read_bytes()
                except OSError as error:
                    yield said, f"it cannot be read ({error.strerror or error})"


def _unpacked(path: Path) -> tuple[bytes, bool]:
    """Return the bytes of the archive inside a .tar.gz, or of a .tar, and whether they end too early or otherwise ill.

    By hand and not by `gzip`, which of a file that is cut short gives nothing but an error.
    """
    found = bytearray()
    ends = True
    with path.open("rb") as raw:
        head = raw.read(512)
        if not head.startswith(b"\x1f\x8b") and head[257:262] != b"ustar" and not _may_be_cut(path, head):
            raise UnreadableError(
                "is no tar archive", where=str(path), remedy="give the folder, or atgraph-data-VERSION.tar.gz"
            )
        raw.seek(0)
        packed = zlib.decompressobj(31) if raw.read(2) == b"\x1f\x8b" else None
        raw.seek(0)
        while chunk := raw.read(_CHUNK):
            try:
                found += packed.decompress(chunk, LIMIT + 1) if packed else chunk
            except zlib.error:
                return bytes(found), True
            if len(found) > LIMIT:
                what = f"has more than {LIMIT:,} bytes"
                raise UnreadableError(what, where=str(path), remedy="a release of atgraph is far smaller")
            if packed and packed.eof:
                ends = not packed.unused_data and not raw.read(1)
                break
    return bytes(found), not ends or (packed is not None and not packed.eof)


def _may_be_cut(path: Path, head: bytes) -> bool:
    """Tell whether a file is the beginning of a tar archive, too short for the mark of one; names end in its suffix."""
    return len(head) < 262 and path.name.endswith((".tar", ".gz", ".tgz"))


def _archive(content: bytes) -> Iterator[tuple[str, bytes | str]]:
    """Yield what is in a tar archive; `""` stands for its end, where that is not as it should be."""
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
            for member in archive:
                member.name = member.name.removeprefix("./")
                if member.isdir() and (member.name in ("", ".") or manifest.is_inside(member.name)):
                    continue
                if not manifest.is_inside(member.name):
                    yield member.name, "it leads out of the release"
                elif not member.isreg() or member.issparse():
                    yield member.name, "it is no plain file"
                else:
                    stream = archive.extractfile(member)
                    yield member.name, stream.read() if stream else "it cannot be read"
    except (tarfile.TarError, ValueError, ArithmeticError, LookupError, EOFError, RecursionError):
        yield "", "the archive ends or is damaged here"


def _below_top(files: Mapping[str, bytes], faults: Mapping[str, str]) -> tuple[dict[str, bytes], dict[str, str], bool]:
    """Return files and faults as they are named below the one folder that an archive holds, and whether it ends ill."""
    ended = "" in faults
    homes = sorted((name for name in files if name.rpartition("/")[2] == manifest.NAME), key=lambda n: n.count("/"))
    top = homes[0].removesuffix(manifest.NAME) if homes and homes[0].count("/") <= 1 else ""
    outside = {name: "it stands outside the release" for name in files if not name.startswith(top)}
    inside = {name.removeprefix(top): content for name, content in files.items() if name.startswith(top)}
    other = {
        name.removeprefix(top) if manifest.is_inside(name) else name: fault for name, fault in faults.items() if name
    }
    return inside, {**other, **outside}, ended
