"""The reader is held against gold annotations, where they lie beside the checkout."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from atgraph import evaluate
from atgraph.errors import TableError
from atgraph.extraction import read_file

SHARED = Path(__file__).resolve().parents[2] / "shared"
LEAST = {
    "seed": {"provisions": 0.95, "acts": 0.90, "addressees": 0.85, "cites": 0.95, "deadline": 1.0, "speaker": 1.0},
    "a-res-68-192.en": {"acts": 0.90},
}
TEXTS = {"seed": "source/gof-2024.ar.txt", "a-res-68-192.en": "corpus/a-res-68-192.en.txt"}
OWN = Path(__file__).parent / "gold"
DEVELOPED_ON = sorted(path.stem for path in (SHARED / "gold" / "dev").glob("*.tsv"))


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    path = SHARED / "gold" / "score.py"
    if not path.exists():
        pytest.skip("there are no gold annotations beside this checkout")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scored(scorer: ModuleType, text: Path, gold: Path) -> dict[str, Any]:
    found = json.loads(json.dumps(read_file(text).to_json()))
    rows, optional = scorer.read_gold(gold)
    report, _ = scorer.score(rows, optional, found["provisions"])
    meta = json.loads(gold.with_suffix(".meta.json").read_text(encoding="utf-8"))
    report["header"], _ = scorer.score_header(meta, found["document"])
    return dict(report)


@pytest.mark.parametrize("name", LEAST)
def test_without_any_review_the_reader_scores_as_promised(name: str, scorer: ModuleType) -> None:
    report = scored(scorer, SHARED / TEXTS[name], SHARED / "gold" / f"{name}.tsv")

    assert {
        measure: report[measure]["f1"] for measure in LEAST[name] if report[measure]["f1"] < LEAST[name][measure]
    } == {}
    assert report["header"]["f1"] == 1.0


@pytest.mark.parametrize("name", DEVELOPED_ON)
def test_in_every_language_the_documents_developed_on_are_read_well(name: str, scorer: ModuleType) -> None:
    folder = SHARED / "gold" / "dev"
    report = scored(scorer, folder / f"{name}.txt", folder / f"{name}.tsv")
    least = {
        "provisions": 0.95,
        "acts": 0.95,
        "addressees": 0.85,
        "cites": 0.85,
        "deadline": 0.9,
        "speaker": 0.95,
        # Two speeches are annotated without the person who delivers them, for whom the guide asks.
        "header": 0.8,
    }

    assert {measure: report[measure]["f1"] for measure in least if report[measure]["f1"] < least[measure]} == {}


@pytest.mark.parametrize("language", ["ar", "zh", "en", "fr", "ru", "es"])
def test_the_projects_own_gold_is_read_well_in_every_language(language: str) -> None:
    least = {"provisions": 0.97, "acts": 0.95, "addressees": 0.85, "cites": 0.85, "speaker": 0.94, "header": 0.97}
    totals = {measure: evaluate.Score() for measure in evaluate.MEASURES}
    for gold in sorted(OWN.glob(f"*.{language}.tsv")):
        told, scores = evaluate.score(gold)
        assert told == language
        totals = {measure: totals[measure] + scores[measure] for measure in totals}

    assert {m: round(totals[m].f1, 3) for m in least if totals[m].f1 < least[m]} == {}


@pytest.mark.parametrize("name", [*DEVELOPED_ON[:3], "a-res-68-192.en"])
def test_our_scores_are_those_of_the_annotators(name: str, scorer: ModuleType, tmp_path: Path) -> None:
    folder = SHARED / "gold" if name in TEXTS else SHARED / "gold" / "dev"
    text = SHARED / TEXTS[name] if name in TEXTS else folder / f"{name}.txt"
    for path, suffix in (
        (text, ".txt"),
        (folder / f"{name}.tsv", ".tsv"),
        (folder / f"{name}.meta.json", ".meta.json"),
    ):
        (tmp_path / f"a{suffix}").write_bytes(path.read_bytes())
    theirs = scored(scorer, text, folder / f"{name}.tsv")

    _, ours = evaluate.score(tmp_path / "a.tsv")

    assert {m: round(ours[m].f1, 2) for m in ("provisions", "acts", "cites", "deadline", "speaker", "header")} == {
        m: round(theirs[m]["f1"], 2) for m in ("provisions", "acts", "cites", "deadline", "speaker", "header")
    }


def test_a_gold_row_with_too_few_cells_is_named_with_its_line(tmp_path: Path) -> None:
    gold = tmp_path / "a.tsv"
    gold.write_text("anchor\tact\nWe urge\turges\n", encoding="utf-8")

    with pytest.raises(TableError, match=r"a\.tsv:2: the row has 2 cells"):
        evaluate.read(gold)


def test_the_page_of_scores_is_in_step() -> None:
    page = (OWN.parents[1] / "docs" / "scores.md").read_text(encoding="utf-8")

    assert page.endswith(evaluate.table(sorted(OWN.glob("*.tsv"))).format("md")), "run make docs"
