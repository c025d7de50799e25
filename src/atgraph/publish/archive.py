"""A folder of published files comes in, one archive of it goes out: the same files give the same bytes, anywhere."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

from atgraph.publish import manifest


def pack(folder: Path, name: str, epoch: int) -> bytes:
    """Return a .tar.gz of a folder's files, below a folder called `name`, each dated `epoch` (seconds since 1970).

    The manifest comes first, so that of an archive that is cut short it can still be told what is missing. Neither who
    packs it, nor when, nor from where shows. Another release of zlib may pack tighter: then the bytes differ, and what
    is inside does not.
    """
    paths = [path for path in folder.rglob("*") if path.is_file()]
    unpacked = io.BytesIO()
    with tarfile.open(fileobj=unpacked, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path in sorted(paths, key=lambda path: (path != folder / manifest.NAME, path.as_posix())):
            content = path.read_bytes()
            member = tarfile.TarInfo(f"{name}/{path.relative_to(folder).as_posix()}")
            member.size, member.mtime, member.mode = len(content), epoch, 0o644
            archive.addfile(member, io.BytesIO(content))
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=packed, mode="wb", compresslevel=9, mtime=epoch) as stream:
        stream.write(unpacked.getvalue())
    return packed.getvalue()
