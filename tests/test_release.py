"""A release is the same bytes whenever and wherever it is built, and says what is in it."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

import atgraph
from atgraph.errors import FindingsError, UnreadableError, UsageError
from atgraph.publish.archive import pack
from atgraph.verify import verify

ROOT = Path(__file__).resolve().parents[1]
EPOCH = 1_790_000_000


def tool(name: str) -> ModuleType:
    """A program of `tools/`, imported."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def checkout(folder: Path, mode: int, time: int) -> Path:
    """A copy of what git keeps here, as another person might have it: elsewhere, with other dates and rights."""
    said = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=False,
    )
    if said.returncode:
        pytest.skip("this is no git checkout")
    for name in said.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            copy = folder / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy)
            copy.chmod(mode)
            os.utime(copy, (time, time))
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two releases of the same, from two folders, in two zones and at two times."""
    for name in ("hatchling", "cyclonedx_py"):
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"{name} is not installed (it is in the dev group)")
    home = tmp_path_factory.mktemp("releases")
    made = []
    for number, (mode, time, zone) in enumerate([(0o644, 1_000_000_000, "Asia/Tokyo"), (0o600, 1_700_000_000, "UTC")]):
        source = checkout(home / str(number) / ("deeper" * number) / "checkout", mode, time)
        script = (
            "import sys, pathlib; sys.path.insert(0, 'tools'); import release;"
            f"release.release(pathlib.Path.cwd(), pathlib.Path(sys.argv[1]), {EPOCH})"
        )
        out = home / f"release-{number}"
        done = subprocess.run(
            [sys.executable, "-c", script, str(out)],
            cwd=source,
            env={**os.environ, "TZ": zone, "PYTHONPATH": "src", "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        made.append(out)
    return made[0], made[1]


@pytest.mark.servers
def test_two_releases_are_the_same_byte_for_byte(made: tuple[Path, Path]) -> None:
    one, other = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in made)

    version = atgraph.__version__
    assert set(one) == {
        "SHA256SUMS",
        f"atgraph-{version}-py3-none-any.whl",
        f"atgraph-{version}.tar.gz",
        f"atgraph-{version}.cdx.json",
        f"atgraph-data-{version}.tar.gz",
    }
    assert [name for name in one if one[name] != other[name]] == []


@pytest.mark.servers
def test_the_sums_are_those_of_the_files_and_the_data_are_whole(made: tuple[Path, Path]) -> None:
    folder = made[0]
    rows = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()

    assert len(rows) == 4
    for row in rows:
        digest, name = row.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert verify(folder / f"atgraph-data-{atgraph.__version__}.tar.gz").differences == ()


@pytest.mark.servers
def test_every_date_is_that_of_the_release(made: tuple[Path, Path]) -> None:
    version = atgraph.__version__
    for name in (f"atgraph-{version}.tar.gz", f"atgraph-data-{version}.tar.gz"):
        with tarfile.open(made[0] / name) as archive:
            members = archive.getmembers()

        assert {member.mtime for member in members} == {EPOCH}
        assert {(member.uid, member.gid, member.uname) for member in members} == {(0, 0, "")}
    with zipfile.ZipFile(made[0] / f"atgraph-{version}-py3-none-any.whl") as wheel:
        assert len({entry.date_time for entry in wheel.infolist()}) == 1


@pytest.mark.servers
def test_the_sdist_has_all_that_make_needs(made: tuple[Path, Path]) -> None:
    with tarfile.open(made[0] / f"atgraph-{atgraph.__version__}.tar.gz") as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert {"Makefile", "pyproject.toml", "requirements.lock", "LICENSE", "tools/release.py", ".ci/run"} <= names
    assert {"tests/programs/package.json", "bench/measure.py", "src/atgraph/verify.py"} <= names
    assert [name for name in names if "__pycache__" in name or name.startswith(("dist/", "build/", ".venv/"))] == []


@pytest.mark.servers
def test_the_bill_of_materials_is_valid_and_lists_what_the_wheel_needs(made: tuple[Path, Path]) -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = (made[0] / f"atgraph-{atgraph.__version__}.cdx.json").read_text(encoding="utf-8")
    bill = json.loads(text)

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    names = {each["name"].lower().replace("_", "-") for each in bill["components"]}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {re.split(r"[^\w-]", name)[0].lower() for name in project["dependencies"]} <= names
    assert names & {"pytest", "ruff", "mypy", "hatchling", "hypothesis"} == set()
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower().replace("_", "-").splitlines()
    pinned = {f"{each['name'].lower().replace('_', '-')}=={each['version']}" for each in bill["components"]}
    assert pinned <= set(locked)
    assert bill["metadata"]["component"]["version"] == atgraph.__version__
    assert bill["metadata"]["timestamp"] == datetime.fromtimestamp(EPOCH, UTC).isoformat()
    assert str(ROOT) not in text


def test_an_archive_does_not_show_who_packed_it_when_and_where(tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b" / "deep"]
    for number, folder in enumerate(folders):
        for name in ("MANIFEST.json", "z", "a/b.txt") if number else ("a/b.txt", "z", "MANIFEST.json"):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name, encoding="utf-8")
            os.utime(path, (number, number))
            path.chmod(0o644 if number else 0o600)

    one, other = (pack(folder, "data", EPOCH) for folder in folders)

    assert one == other
    with tarfile.open(fileobj=io.BytesIO(one)) as archive:
        assert archive.getnames() == ["data/MANIFEST.json", "data/a/b.txt", "data/z"]


def test_the_date_of_a_release_is_given_or_that_of_the_changelog(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = tool("release")
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## [0.1.0] - 2026-11-23\n", encoding="utf-8")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    assert release.epoch_of(tmp_path) == 1_795_392_000
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "7")
    assert release.epoch_of(tmp_path) == 7


def test_the_changelog_says_what_is_in_the_data(dist: Path) -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    part = text.split(f"## [{atgraph.__version__}]")[1].split("\n## ")[0]

    assert part.count("### Data\n") == 1
    if "Against the version before" not in part:
        changes = tool("changes")
        assert changes.written(text, atgraph.__version__, changes.section(dist)) == text, "run `make changes`"


def test_the_changes_of_the_data_are_what_diff_says(dist: Path, tmp_path: Path) -> None:
    before = tmp_path / "before.tar.gz"
    before.write_bytes(pack(dist, "atgraph-data-0", 0))
    changes = tool("changes")
    after = tmp_path / "after"
    after.mkdir()
    rows = (dist / "atgraph.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    (after / "atgraph.nq").write_text(
        "".join(row for row in rows if "gof-2024.annex.11.1>" not in row), encoding="utf-8"
    )

    said = changes.section(after, before)

    assert "27 → 26 provisions: 0 new, 1 gone" in said
    assert str(tmp_path) not in said


def test_a_release_before_that_was_tampered_with_is_no_ground_to_stand_on(dist: Path, tmp_path: Path) -> None:
    before = Path(shutil.copytree(dist, tmp_path / "before"))
    (before / "atgraph.ttl").unlink()

    with pytest.raises(FindingsError, match="not as published"):
        tool("changes").section(dist, before)


def test_the_section_takes_the_place_of_the_one_that_is_there() -> None:
    changes = tool("changes")
    log = "# C\n\n## [2.0.0] - 2027-01-01\n\n### Added\n- a\n\n## [1.0.0] - 2026-01-01\n\n### Data\nold\n\n### Fixed\n"

    once = changes.written(log, "2.0.0", "### Data\nnew")

    assert once.count("### Data") == 2
    assert once.index("new") < once.index("## [1.0.0]")
    assert changes.written(once, "2.0.0", "### Data\nnew") == once
    assert "old" not in changes.written(log, "1.0.0", "### Data\nnew")
    with pytest.raises(UnreadableError, match=r"no part on 3\.0\.0"):
        changes.written(log, "3.0.0", "### Data\nnew")


def test_a_folder_with_files_of_others_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(UsageError, match=r"holds mine\.txt"):
        tool("release").release(ROOT, tmp_path, 0)
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"
