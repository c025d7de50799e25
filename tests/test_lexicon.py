"""Tables that cannot stand are refused with their place; the longest label wins; barred words name nobody."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from atgraph import files, lexicon
from atgraph.errors import TableError
from atgraph.folding import fold


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    data = Path(shutil.copytree(files.data(), tmp_path / "data"))
    monkeypatch.setattr(files, "data", lambda: data)
    for cached in (lexicon.load, lexicon.names_of, lexicon.act_groups, lexicon.instrument_kinds):
        cached.cache_clear()
    yield data
    for cached in (lexicon.load, lexicon.names_of, lexicon.act_groups, lexicon.instrument_kinds):
        cached.cache_clear()


def named(text: str, language: str) -> list[str]:
    words = lexicon.load(language)
    folded = fold(text)
    return [entry.slug for _, _, entries in words.find_labels(text, folded) for entry in entries]


def test_a_misspelt_act_is_named_with_its_line(tables: Path) -> None:
    path = tables / "lexicon" / "verbs" / "en.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("pledges,", "plegdes,", 1), encoding="utf-8")

    with pytest.raises(TableError, match=r"en\.csv:\d+: “plegdes” is no act"):
        lexicon.load("en")


def test_a_missing_column_is_named_with_its_table(tables: Path) -> None:
    path = tables / "lexicon" / "cues.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("lang,", "tongue,", 1), encoding="utf-8")

    with pytest.raises(TableError, match="no column “lang”"):
        lexicon.load("en")


def test_heads_of_state_are_no_states() -> None:
    assert "all-states" not in named("the Heads of State met", "en")
    assert "all-states" in named("all States met", "en")


def test_an_acronym_that_is_a_word_needs_its_capitals() -> None:
    assert "who" not in named("those who trade in people", "en")
