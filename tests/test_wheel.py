"""The wheel alone is enough: installed outside the checkout, it builds and answers in an empty folder."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def call(*words: object, folder: Path) -> str:
    """Run a command and return what it prints; no setting of this checkout reaches it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed (it is in requirements.lock)")
    folder = tmp_path_factory.mktemp("wheel")
    build = ["-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT]
    call(sys.executable, *build, folder=folder)
    return next(folder.glob("*.whl"))


def test_the_folders_travel_in_the_wheel(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    for name in ("ontology/core.ttl", "data/sources/gof-2024/gof-2024.ar.txt", "queries/questions/"):
        assert [each for each in names if each.startswith(f"atgraph/_files/{name}")]
    assert [each for each in names if each.endswith("/licenses/LICENSE")]
    tops = {each.partition("/")[0] for each in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"atgraph"}


def test_the_wheel_builds_and_answers_in_an_empty_folder(wheel: Path, dist: Path, tmp_path: Path) -> None:
    home = tmp_path / "environment"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    call(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, folder=tmp_path)
    # What we depend on is borrowed as a folder: the .pth of our own checkout, which lies in it, is not followed there.
    site = Path(call(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=tmp_path).strip())
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    empty = tmp_path / "empty"
    empty.mkdir()

    where = call(python, "-c", "import atgraph; print(atgraph.__file__)", folder=empty)
    built = call(home / "bin" / "atgraph", "build", folder=empty)
    answer = call(home / "bin" / "atgraph", "ask", "--format", "csv", folder=empty)

    assert str(home) in where
    assert "provisions" in built
    assert len(answer.splitlines()) > 1
    first = answer.splitlines()[1].partition(",")[0]
    assert call(home / "bin" / "atgraph", "ask", first, folder=empty)
    assert (empty / "dist" / "atgraph.nq").read_bytes() == (dist / "atgraph.nq").read_bytes()
