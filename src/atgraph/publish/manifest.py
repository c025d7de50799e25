"""A folder of published files comes in, its `MANIFEST.json` goes out, by which anyone can tell that nothing changed.

It is JSON in UTF-8, its keys sorted, so that the same release gives the same bytes:

- `manifest`: 1, the version of this form; `name`, `version`: what was released
- `files`: for each file by its path, `bytes` and `sha256`; where it is RDF also `rdf`: `statements` and `rdfc10`
- `graphs`: for each named graph by its IRI, `statements` and `rdfc10`
- `dataset`: `statements` and `rdfc10` of all graphs together; `stated`: of the union of all but the derived graph
- `counts`: what `atgraph stats` counts: a number, or numbers by name

`rdfc10` is the SHA-256 of the canonical N-Quads (see `identity`), `sha256` that of the bytes; both hexadecimal.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, RdfFormat, parse

from atgraph import __version__
from atgraph.errors import RdfError, UnreadableError
from atgraph.publish.identity import Hash, Identity, hashed, lines
from atgraph.store import SUFFIXES, rdf_error

NAME = "MANIFEST.json"
SUMS = "SHA256SUMS"
FORM = 1
WHOLE = ("atgraph.nq", "atgraph.trig", "atgraph.jsonld")
"""The files that hold the whole dataset; the first is the one to read it from."""
STATED = ("atgraph.ttl", "atgraph.rdf", "atgraph.nt")
"""The files that hold what is stated, without named graphs."""

_HASH = re.compile(r"[0-9a-f]{64}")
_BASE = "http://example.org/"
"""What a relative IRI would stand on: parsers of RDF/XML and JSON-LD want to know, and our files have none."""

Count = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a file: its bytes, their SHA-256, and the hash of the graph in it, if there is one."""

    bytes: int
    sha256: str
    rdf: Hash | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release holds, as it was published."""

    version: str
    files: Mapping[str, Entry]
    identity: Identity
    counts: tuple[Count, ...]


def contents(folder: Path, identity: Identity, counts: Iterable[Count]) -> Iterator[tuple[str, str]]:
    """Yield the name of the manifest of a folder of published files, and its text.

    Raises RdfError where a file of RDF is none.
    """
    known = {**dict.fromkeys(WHOLE, identity.dataset), **dict.fromkeys(STATED, identity.stated)}
    files: dict[str, Entry] = {}
    seen: dict[tuple[str, str], Hash | None] = {}  # the ontology's files stand there twice
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if name == NAME:
            continue
        content = path.read_bytes()
        sha256, ending = hashlib.sha256(content).hexdigest(), path.suffix
        if (ending, sha256) not in seen:
            seen[ending, sha256] = known.get(name) or _graph(name, content)
        files[name] = Entry(len(content), sha256, seen[ending, sha256])
    yield NAME, text(Manifest(__version__, files, identity, tuple(counts)))


def sums(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the name of the checksums of a folder's files, and their text, for `sha256sum -c`.

    The manifest comes later and lists these checksums, so that it alone is not among them.
    """
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    names = sorted(paths.keys() - {NAME, SUMS})
    yield SUMS, "".join(f"{hashlib.sha256(paths[name].read_bytes()).hexdigest()}  {name}\n" for name in names)


def text(manifest: Manifest) -> str:
    """Return a manifest as JSON."""
    counts: dict[str, Any] = {}
    for group, name, number in manifest.counts:
        counts.setdefault(group, {})[name] = number
    said = {
        "counts": {group: names[""] if names.keys() == {""} else names for group, names in counts.items()},
        "dataset": _said(manifest.identity.dataset),
        "files": {
            name: {"bytes": each.bytes, "sha256": each.sha256} | ({"rdf": _said(each.rdf)} if each.rdf else {})
            for name, each in manifest.files.items()
        },
        "graphs": {name: _said(each) for name, each in manifest.identity.graphs.items()},
        "manifest": FORM,
        "name": "atgraph",
        "stated": _said(manifest.identity.stated),
        "version": manifest.version,
    }
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read(content: bytes, where: str) -> Manifest:
    """Return a manifest from its bytes, whoever wrote them; raises UnreadableError where it is none of this form."""
    try:
        said = json.loads(content.decode(), object_pairs_hook=_unique)
        if said["manifest"] != FORM or said["name"] != "atgraph":
            raise ValueError("it is of a form that is not known here")
        return Manifest(
            _text(said["version"]),
            {_path(name): _entry(each) for name, each in _pairs(said["files"])},
            Identity(
                _hash(said["dataset"]),
                _hash(said["stated"]),
                {_text(name): _hash(each) for name, each in _pairs(said["graphs"])},
            ),
            tuple(_counts(said["counts"])),
        )
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        what = f"lacks {error}" if isinstance(error, KeyError) else str(error) or type(error).__name__
        raise UnreadableError(
            f"is no manifest of a release ({' '.join(what.split())[:200]})",
            where=where,
            remedy="fetch the release again; if the manifest is as it was published, take a newer atgraph",
        ) from error


def statements(name: str, content: bytes) -> list[Quad]:
    """Return the statements of a file of RDF, its format told by its name; raises RdfError where it does not parse."""
    form = RdfFormat.from_extension(name.rpartition(".")[2])
    if form is None:
        raise RdfError("has no known RDF ending", where=name, remedy=f"name it one of .{', .'.join(SUFFIXES)}")
    try:
        return list(parse(content, format=form, base_iri=_BASE if name.endswith((".rdf", ".jsonld")) else None))
    except (SyntaxError, ValueError, OSError) as error:
        raise rdf_error(error, name) from error


def _graph(name: str, content: bytes) -> Hash | None:
    """Return the hash of the graph in a file; None where it is no RDF, or JSON-LD that says nothing by itself."""
    if name.rpartition(".")[2] not in SUFFIXES:
        return None
    try:
        found = hashed(lines(statements(name, content)))
    except RdfError:
        if name.endswith(".jsonld"):  # its context is elsewhere, and nothing here goes out to fetch it
            return None
        raise
    return found if found.statements else None


def _said(found: Hash) -> dict[str, object]:
    return {"statements": found.statements, "rdfc10": found.sha256}


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON; one that says a thing twice could say one thing to us and another to others."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is there twice")
    return found


def _pairs(said: Any) -> list[tuple[str, Any]]:
    if not isinstance(said, dict):
        raise TypeError("a list of things by name is something else")
    return list(said.items())


def _counts(said: Any) -> Iterator[Count]:
    for group, found in _pairs(said):
        for name, number in _pairs(found) if isinstance(found, dict) else [("", found)]:
            yield _text(group), _text(name), _number(number)


def _entry(said: Any) -> Entry:
    return Entry(_number(said["bytes"]), _digest(said["sha256"]), _hash(said["rdf"]) if "rdf" in said else None)


def _hash(said: Any) -> Hash:
    return Hash(_number(said["statements"]), _digest(said["rdfc10"]))


def _number(said: Any) -> int:
    if not isinstance(said, int) or isinstance(said, bool) or not 0 <= said < 2**63:
        raise ValueError("a number is none, or far too great")
    return said


def _digest(said: Any) -> str:
    if not isinstance(said, str) or not _HASH.fullmatch(said):
        raise ValueError("a hash is no 64 hexadecimal digits")
    return said


def _text(said: Any) -> str:
    if not isinstance(said, str) or not said.isprintable():
        raise ValueError("a name is no plain text")
    return said


def _path(said: Any) -> str:
    """Return a path below the release; whatever would lead out of it is refused."""
    if not is_inside(_text(said)):
        raise ValueError("a file's name leads out of the release")
    return str(said)


def is_inside(name: str) -> bool:
    r"""Tell whether a path stays below the folder that it is relative to, on any system.

    >>> [is_inside(name) for name in ("texts/a.txt", "../a", "/a", "a//b", "C:\\a", "")]
    [True, False, False, False, False, False]
    """
    return not re.search(r"[\\:\0]", name) and all(part not in ("", ".", "..") for part in name.split("/"))
