"""One build for all tests that need one, and the ways to run the command line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import atgraph
from atgraph import cli, files

ROOT = Path(__file__).resolve().parents[1]


class Said(NamedTuple):
    """What a command said."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built `dist/`, made once."""
    out = tmp_path_factory.mktemp("built") / "dist"
    atgraph.build(out)
    return out


@pytest.fixture(scope="session")
def graph(dist: Path) -> atgraph.Graph:
    """The built graph; tests ask it and leave it as it is."""
    return atgraph.open(dist / "atgraph.nq")


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Said]:
    """Run a command in this process."""

    def run(*words: object) -> Said:
        capsysbinary.readouterr()
        code = cli.run([str(word) for word in words])
        said = capsysbinary.readouterr()
        return Said(code, said.out.decode(), said.err.decode())

    return run


@pytest.fixture(scope="session")
def shell() -> Callable[..., Said]:
    """Run a command in a process of its own; `folder` is its working directory, other names its environment."""

    def shell(*words: object, folder: Path = ROOT, stdin: bytes = b"", **settings: str) -> Said:
        done = subprocess.run(
            [sys.executable, "-m", "atgraph", *map(str, words)],
            cwd=folder,
            input=stdin,
            capture_output=True,
            env={**os.environ, **settings},
            timeout=120,
            check=False,
        )
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())

    return shell


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of `ontology/`, `data/` and `queries/` that a test may damage, and that atgraph takes for its own."""
    home = tmp_path / "house"
    for name in ("ontology", "data", "queries"):
        shutil.copytree(ROOT / name, home / name)
    monkeypatch.setattr(files, "root", lambda: home)
    return home
