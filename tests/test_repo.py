"""What is in the repository holds on every machine: no path of one, no registry, no stray file."""

from __future__ import annotations

import re
import stat
import subprocess
from pathlib import Path

import pytest

import atgraph

ROOT = Path(__file__).resolve().parents[1]

# Put together from parts, so that this file passes its own test.
STRANGERS = re.compile(
    "|".join(
        [
            r"(?<![\w.])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me|Us" + r"ers|mnt)/[\w.-]+",
            r"/tm" + r"p/\w+",
            r"[A-Z]:\\Us" + r"ers\\",
            r"py" + r"pi\.org|pythonho" + r"sted\.org|npmjs\.(?:org|com)|registry\.\w+\.\w+",
            r"(?:extra-)?index-" + r"url",
        ]
    )
)


def tracked() -> list[Path]:
    """Return the files that git keeps or would keep; where there is no git, every file that is not built."""
    found = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=False,
    )
    names = found.stdout.decode().split("\0")
    return sorted({ROOT / name for name in names if name and (ROOT / name).is_file()})


FILES = tracked()


@pytest.mark.skipif(not FILES, reason="this is no git checkout")
def test_no_file_names_a_machine_path_or_a_registry() -> None:
    found = []
    for path in FILES:
        text = path.read_bytes().decode("utf-8", "replace")
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in STRANGERS.finditer(text)]

    assert found == []


def test_the_lock_names_exact_versions_and_nothing_else() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()

    pins = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", pin) for pin in pins), pins


def test_the_licence_says_which_folder_is_under_which() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")

    for word in ("SPDX-License-Identifier: MIT", "SPDX-License-Identifier: CC0-1.0", "src/", "data/", "ontology/"):
        assert word in text


def test_the_words_of_others_are_licensed_nowhere(dist: Path) -> None:
    head = (ROOT / "LICENSE").read_text(encoding="utf-8").partition("-----")[0]

    for word in ("not ours to license", "data/sources/", "dist/texts/", "atg:text", "schema:copyrightNotice"):
        assert word in head
    for name in ("atgraph.ttl", "atgraph.trig"):
        assert "not ours to license" in (dist / name).read_text(encoding="utf-8")[:400]
    assert "schema:copyrightNotice" in (dist / "atgraph.ttl").read_text(encoding="utf-8")


def test_a_decision_has_its_number_in_its_title() -> None:
    for path in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        assert path.read_text(encoding="utf-8").startswith(f"# {path.name[:4]}: "), path.name


def test_the_changelog_says_what_this_version_brings() -> None:
    assert f"## [{atgraph.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_ci_runs_what_make_runs() -> None:
    script = ROOT / ".ci" / "run"

    assert script.stat().st_mode & stat.S_IXUSR
    words = script.read_text(encoding="utf-8")
    assert "make test\n" in words
    assert "make test-servers\n" in words
    assert "make test-web\n" in words
