"""A checkout comes in, a release goes out: wheel, sdist, data archive, bill of materials and their SHA-256 sums.

`make release` runs it. The same commit gives the same bytes, in any folder and at any time: every date in them is that
of the commit (or SOURCE_DATE_EPOCH), and only what git keeps is built. Needs what requirements.lock names, no network.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from atgraph import files
from atgraph.errors import AtgraphError, EngineError, UnreadableError, UsageError
from atgraph.publish.archive import pack
from atgraph.verify import verify

ROOT = Path(__file__).resolve().parents[1]
_OURS = re.compile(r"atgraph-.*\.(?:whl|tar\.gz|cdx\.json)|SHA256SUMS")
"""The files of a release, which may be replaced."""
_ROOT_COMPONENT = "root-component"
"""What the generator calls the thing that the bill is of."""


def release(source: Path, out: Path, epoch: int) -> list[Path]:
    """Build a release of the checkout `source` into the folder `out`, replaced whole; every date in it is `epoch`.

    Raises EngineError with what a tool said where one fails, UnreadableError where what is installed is not what
    requirements.lock says.
    """
    strangers = [path.name for path in out.iterdir() if not _OURS.fullmatch(path.name)] if out.is_dir() else []
    if strangers:
        raise UsageError(
            f"holds {strangers[0]}, which no release of ours has", where=str(out), remedy="name another folder"
        )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ATGRAPH_")}
    environment |= {"SOURCE_DATE_EPOCH": str(epoch), "PYTHONPATH": str(source / "src"), "PYTHONHASHSEED": "0"}
    with files.replaced(out) as folder, tempfile.TemporaryDirectory() as other:
        dist = Path(other, "dist")
        _run([sys.executable, "-m", "hatchling", "build", "-d", str(folder)], source, environment)
        _run([sys.executable, "-m", "atgraph", "--quiet", "build", "--out", str(dist)], source, environment)
        version = next(folder.glob("*.whl")).name.split("-")[1]
        name = f"atgraph-data-{version}"
        files.write(folder / f"{name}.tar.gz", pack(dist, name, epoch))
        verify(folder / f"{name}.tar.gz").accept()
        bill = materials(source, version, environment)
        files.write(folder / f"atgraph-{version}.cdx.json", json.dumps(bill, indent=1, sort_keys=True) + "\n")
        made = sorted(path for path in folder.iterdir() if path.is_file())
        sums = "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in made)
        files.write(folder / "SHA256SUMS", sums)
    return sorted(out.iterdir())


def materials(source: Path, version: str, environment: dict[str, str]) -> dict[str, Any]:
    """Return the software bill of materials (CycloneDX 1.6): what the wheel needs to run, as requirements.lock says.

    The generator lists all that is installed; what only serves to build and test is taken out.
    """
    words = ["environment", "--pyproject", "pyproject.toml", "--output-reproducible", "--spec-version", "1.6"]
    said = _run(
        [sys.executable, "-m", "cyclonedx_py", *words, "--of", "JSON", "-o", "-", sys.executable], source, environment
    )
    bill: dict[str, Any] = json.loads(said)
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)$", (source / "requirements.lock").read_text(encoding="utf-8"), re.M))
    versions = {canonicalize_name(name): number for name, number in locked.items()}
    needed = closure(source)
    kept = [each for each in bill["components"] if canonicalize_name(each["name"]) in needed]
    for each in kept:
        wanted = versions.get(canonicalize_name(each["name"]))
        if wanted != each["version"]:
            what = f"{each['name']} {each['version']} is installed, and the lock says {wanted or 'nothing of it'}"
            raise UnreadableError(what, where="requirements.lock", remedy="run `make clean` and then this again")
    names = {_ROOT_COMPONENT, *(each["bom-ref"] for each in kept)}
    bill["components"] = kept
    bill["dependencies"] = [
        each | {"dependsOn": [name for name in each.get("dependsOn", []) if name in names]}
        for each in bill["dependencies"]
        if each["ref"] in names
    ]
    bill["metadata"]["component"]["version"] = version
    for each in bill["metadata"]["tools"]["components"]:
        each.pop("externalReferences", None)
    return bill


def closure(source: Path) -> set[str]:
    """Return the canonical names of all packages that the wheel needs, and that these need, on this machine."""
    project = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    todo = [Requirement(text) for text in project["dependencies"]]
    seen: set[tuple[str, str]] = set()
    while todo:
        need = todo.pop()
        name = canonicalize_name(need.name)
        for extra in ("", *sorted(need.extras)):
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            further = [Requirement(text) for text in importlib.metadata.requires(name) or ()]
            todo += [each for each in further if each.marker is None or each.marker.evaluate({"extra": extra})]
    return {name for name, _ in seen}


def epoch_of(source: Path) -> int:
    """Return the date of a release in seconds since 1970: SOURCE_DATE_EPOCH, the commit's, or the changelog's."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    said = subprocess.run(
        ["git", "-C", source, "log", "-1", "--format=%ct"], capture_output=True, text=True, check=False
    )
    if said.returncode == 0 and said.stdout.strip():
        return int(said.stdout)
    day = re.search(r"^## \[\d\S*\] - (\d{4}-\d\d-\d\d)$", (source / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    if not day:
        raise UnreadableError("has no dated version", where="CHANGELOG.md", remedy="date it: ## [0.1.0] - 2026-11-23")
    return int(datetime.fromisoformat(day[1]).replace(tzinfo=UTC).timestamp())


def _run(words: list[str], folder: Path, environment: dict[str, str]) -> bytes:
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, check=False)
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).decode("utf-8", "replace").split())[-500:]
        raise EngineError(f"failed: {said}", where=" ".join(words[1:4]), remedy="mend what it says, and run it again")
    return done.stdout


def main(words: list[str]) -> int:
    """Release what git has as HEAD, or the folder itself where there is no git, into `release/` or the folder named."""
    out = Path(words[0] if words else "release")
    try:
        epoch = epoch_of(ROOT)
        said = subprocess.run(["git", "-C", ROOT, "archive", "HEAD"], capture_output=True, check=False)
        with tempfile.TemporaryDirectory() as folder:
            source = ROOT
            if said.returncode == 0:
                source = Path(folder)
                with tarfile.open(fileobj=io.BytesIO(said.stdout)) as archive:
                    archive.extractall(source, filter="data")
            made = release(source, out, epoch)
    except AtgraphError as error:
        print(f"release: {error}", file=sys.stderr)
        return error.exit_code
    for path in made:
        print(f"{path.stat().st_size:>12,}  {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
