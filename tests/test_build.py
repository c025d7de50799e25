"""One command builds everything: the same bytes from the same input, all of it or nothing."""

from __future__ import annotations

import hashlib
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Quad

import atgraph
from atgraph.build import DERIVED, MARK, Summary
from atgraph.errors import UsageError
from atgraph.turtle import canonical

Run = Callable[..., object]
SOURCE = "data/sources/gof-2024"


def digest(folder: Path) -> dict[str, str]:
    """Return every file below a folder with the hash of its bytes."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def beside(folder: Path) -> set[str]:
    """Return the names beside a folder, hidden ones too."""
    return {path.name for path in folder.parent.iterdir()}


def test_the_same_input_gives_the_same_bytes_and_a_summary_for_people(shell: Run, dist: Path, tmp_path: Path) -> None:
    here = tmp_path / "elsewhere"
    here.mkdir()

    said = shell("build", folder=here, PYTHONHASHSEED="4242", LC_ALL="tr_TR.UTF-8", TZ="Asia/Kathmandu")

    assert said.code == 0, said.err
    assert said.err == ""
    assert digest(here / "dist") == digest(dist)
    for word in ("documents", "provisions", "acts", "members", "asserted", "derived", "findings", "files", "seconds"):
        assert word in said.out


def test_quiet_is_quiet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atgraph, "build", lambda out, progress, root: Summary(out))

    assert run("--quiet", "build") == (0, "", "")
    assert run("build").out.startswith("dist/ is built")


@pytest.mark.parametrize("name", ["atgraph.trig", "atgraph.jsonld"])
def test_formats_with_graphs_hold_every_quad(dist: Path, graph: atgraph.Graph, name: str) -> None:
    assert set(canonical(atgraph.open(dist / name).dataset.quads())) == set(canonical(graph.dataset.quads()))


@pytest.mark.parametrize("name", ["atgraph.ttl", "atgraph.rdf"])
def test_formats_without_graphs_hold_what_is_stated(dist: Path, graph: atgraph.Graph, name: str) -> None:
    stated = canonical(Quad(*q.triple) for q in graph.dataset.quads() if q.graph_name != DERIVED)

    assert set(canonical(atgraph.open(dist / name).dataset.quads())) == set(stated)


def test_quads_are_sorted(dist: Path) -> None:
    lines = (dist / "atgraph.nq").read_bytes().splitlines()

    assert lines == sorted(set(lines))


def test_only_the_derived_graph_holds_what_was_derived(graph: atgraph.Graph) -> None:
    asserted = {quad.triple for quad in graph.dataset.quads() if quad.graph_name != DERIVED}

    assert not [quad for quad in graph.dataset.quads(DERIVED) if quad.triple in asserted]


def test_the_facade_is_all_a_notebook_needs(dist: Path, graph: atgraph.Graph) -> None:
    table = graph.query("SELECT (COUNT(*) AS ?n) WHERE { ?s a atg:Provision }")
    counts = {row[0].value: row[2].value for row in graph.stats().rows if row[1].value == ""}
    dataset = graph.to_rdflib()

    assert int(counts["provisions"]) > 0
    assert table.columns == ("n",)
    assert len(set(dataset.triples((None, None, None)))) == len(set(graph.dataset.triples()))


def test_several_files_are_opened_whether_paths_or_words(dist: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.ttl"
    more.write_text("<http://a/> <http://b/> 1 .", encoding="utf-8")

    named = atgraph.open([str(dist / "atgraph.nq"), str(more)])

    assert len(named.dataset) == len(atgraph.open([dist / "atgraph.nq", more]).dataset)
    assert named.query("ASK { <http://a/> <http://b/> 1 }") is True


def test_build_can_be_called_again_and_again(dist: Path) -> None:
    assert callable(atgraph.build)


def test_a_strangers_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("dear", encoding="utf-8")

    with pytest.raises(UsageError, match="in the way"):
        atgraph.build(tmp_path)

    assert digest(tmp_path).keys() == {"letters.txt"}


def test_a_full_disk_leaves_the_old_build(dist: Path, tmp_path: Path) -> None:
    out = tmp_path / "dist"
    out.mkdir()
    (out / MARK).write_text("old", encoding="utf-8")
    command = [sys.executable, "-m", "atgraph", "build", "--out", str(out)]

    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)),
    )

    assert done.returncode == 4, done.stderr
    assert "docs/errors.md#write-error" in done.stderr
    assert "Traceback" not in done.stderr
    assert (out / MARK).read_text(encoding="utf-8") == "old"
    assert beside(out) == {"dist"}


def failed(run: Run, house: Path, code: int, slug: str, *words: str) -> None:
    """Hold what every failed build has: one sentence, its exit code, no traceback, and not a file."""
    out = house.parent / "dist"

    said = run("build", "--out", out)

    assert said.code == code, said.err
    last = said.err.splitlines()[-1]
    assert last.startswith("atgraph: ")
    assert f"docs/errors.md#{slug}" in last
    assert "Traceback" not in said.err
    for word in words:
        assert word in said.err
    assert beside(out) == {"house"}


def edit(path: Path, old: str, new: str) -> None:
    """Replace words in a file, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_card_without_a_field_is_refused(run: Run, house: Path) -> None:
    card = house / SOURCE / "source.toml"
    kept = [line for line in card.read_text(encoding="utf-8").splitlines() if not line.startswith("publisher")]
    card.write_text("\n".join(kept), encoding="utf-8")

    failed(run, house, 3, "card-error", "source.toml", "publisher")


def test_a_card_that_is_no_toml_is_refused(run: Run, house: Path) -> None:
    (house / SOURCE / "source.toml").write_text("[[[", encoding="utf-8")

    failed(run, house, 3, "card-error", "source.toml")


def test_a_source_that_yields_less_than_expected_breaks_the_build(run: Run, house: Path) -> None:
    text = house / SOURCE / "gof-2024.ar.txt"
    lines = text.read_text(encoding="utf-8").splitlines(keepends=True)
    text.write_text("".join(lines[: len(lines) * 2 // 3]), encoding="utf-8")

    failed(run, house, 1, "expectation-error", "gof-2024")


REVIEW = """
[[decision]]
quote = "{quote}"
decision = "{decision}"
value = "{value}"
who = "A curator"
when = "2026-01-31"
why = "a test"
"""


def test_a_review_with_an_unknown_act_is_refused(run: Run, house: Path) -> None:
    review = REVIEW.format(quote="ال", decision="change-act", value="begs")
    (house / SOURCE / "review.toml").write_text(review, encoding="utf-8")

    failed(run, house, 3, "review-error", "review.toml", "begs")


def test_a_review_of_a_passage_that_is_gone_is_refused(run: Run, house: Path) -> None:
    review = REVIEW.format(quote="no such words", decision="reject", value="")
    (house / SOURCE / "review.toml").write_text(review, encoding="utf-8")

    failed(run, house, 3, "review-error", "review.toml", "no such words")


def test_an_empty_text_is_refused(run: Run, house: Path) -> None:
    (house / SOURCE / "gof-2024.ar.txt").write_bytes(b"")

    failed(run, house, 3, "text-error", "gof-2024.ar.txt", "empty")


def test_turtle_that_does_not_parse_is_refused(run: Run, house: Path) -> None:
    with (house / "ontology" / "core.ttl").open("a", encoding="utf-8") as file:
        file.write("\natg:Broken a\n")

    failed(run, house, 3, "rdf-error", "core.ttl:")


def test_a_check_without_header_is_refused(run: Run, house: Path) -> None:
    (house / "queries" / "checks" / "headless.rq").write_text("SELECT * WHERE { ?s ?p ?o }", encoding="utf-8")

    failed(run, house, 3, "query-file-error", "headless.rq:1")


def test_a_question_without_header_is_refused(run: Run, house: Path) -> None:
    (house / "queries" / "questions" / "headless.rq").write_text("SELECT * WHERE { ?s ?p ?o }", encoding="utf-8")

    said = run("ask")

    assert said.code == 3
    assert "docs/errors.md#query-file-error" in said.err
    assert "headless.rq:1" in said.err


def test_a_violation_is_listed_and_nothing_is_written(run: Run, house: Path) -> None:
    reference = next((house / "data" / "reference").glob("*.ttl"))
    with reference.open("a", encoding="utf-8") as file:
        file.write("\n<https://w3id.org/atgraph/id/state/XXX> a <https://w3id.org/atgraph/ontology/State> .\n")

    failed(run, house, 1, "findings-error", "violation: state:XXX")
