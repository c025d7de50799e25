"""What changed from one year to the next, and from one build to the next."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from atgraph import files, reviews
from atgraph.compare import Change, Comparison, compare
from atgraph.errors import FindingsError, UnreadableError, UsageError

Run = Callable[..., object]
YEARS = Path(__file__).parent / "years"
ENGLISH, ARABIC = YEARS / "gof-2027.en.txt", YEARS / "gof-2027.ar.txt"
FIRST = files.data() / "sources" / "gof-2024" / "gof-2024.ar.txt"


@pytest.fixture(scope="module")
def years() -> Comparison:
    return compare("gof-2024", ENGLISH)


def changes(found: Comparison, how: str, thing: str = "provision") -> list[Change]:
    return [change for change in found.changes if (change.how, change.thing) == (how, thing)]


def test_what_is_new_is_told(years: Comparison) -> None:
    new = changes(years, "new")[-1]

    assert new.clause.act == "urges"
    assert new.clause.addressees == {"member-states"}
    assert new.clause.words["en"].startswith("We urge Member States to investigate online scam centres")


def test_what_is_gone_is_told_in_the_language_of_the_other_side(years: Comparison) -> None:
    gone = [next(iter(change.clause.words)) for change in changes(years, "gone")]

    assert len(gone) > 10
    assert set(gone) == {"en"}


def test_an_act_that_changed_an_addressee_that_came_and_a_deadline_that_moved_are_told(years: Comparison) -> None:
    what = {change.before.name: change.what for change in changes(years, "changed") if change.before}

    assert what["annex.8.1"] == ("act: urges → calls-on", "addressees: + media", "words")
    assert "deadline: 2025 → 2030" in what["annex.7.2"]
    assert what["letter.1.1"] == ("cites: − a-res-68-192#5", "words")
    assert what["letter.2.1"] == ("words",)


def test_members_that_came_and_left_are_told(years: Comparison) -> None:
    assert [change.clause.name for change in changes(years, "new", "member")] == ["SLE"]
    assert len(changes(years, "gone", "member")) == 14


def test_everything_is_counted_once(years: Comparison) -> None:
    new, gone, changed = (len(changes(years, how)) for how in ("new", "gone", "changed"))

    assert len(years.before.clauses) == gone + changed + years.same
    assert len(years.after.clauses) == new + changed + years.same


def test_arabic_is_held_against_arabic() -> None:
    found = compare("gof-2024", ARABIC)

    assert found.language == "ar"
    what = {change.before.name: change.what for change in changes(found, "changed") if change.before}
    assert what["annex.8.1"][:2] == ("act: urges → calls-on", "addressees: + media")


def test_without_a_shared_language_the_same_is_found_by_what_was_read() -> None:
    found = compare(FIRST, ENGLISH)

    pairs = {(c.before.name, c.after.name) for c in found.changes if c.before and c.after and c.thing == "provision"}
    assert found.language == ""
    assert "They share no language" in found.text()
    assert found.same + len(pairs) >= 8
    assert ("annex.7.2", "annex.4.1") in pairs


def test_two_readings_of_one_text_differ_in_nothing() -> None:
    found = compare(FIRST, FIRST.read_bytes())

    assert found.changes == ()
    assert found.same == len(found.before.clauses)


def test_the_other_way_round_new_is_gone(years: Comparison) -> None:
    back = compare(ENGLISH, "gof-2024")

    assert len(changes(back, "new")) == len(changes(years, "gone"))
    assert len(changes(back, "gone")) == len(changes(years, "new"))


def test_what_a_curator_decided_counts(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FIRST.parent, tmp_path / "data" / "sources" / "gof-2024"))
    rows = {"quote": "ونحث الحكومات", "decision": "change-act", "value": "calls-on", "who": "A", "when": "2026-11-23"}
    lines = [f"{name} = {reviews.quoted(value)}" for name, value in {**rows, "why": "An example."}.items()]
    (folder / "review.toml").write_text("\n".join(["[[decision]]", *lines]), encoding="utf-8")

    (change,) = compare("gof-2024", folder).changes

    assert change.what[0] == "act: urges → calls-on"
    assert not any(change.what[0] in other.what for other in compare(folder, ENGLISH).changes)


@pytest.mark.parametrize("width", [60, 80, 160])
def test_the_text_fits_a_terminal(years: Comparison, width: int) -> None:
    text = years.text(width)

    assert max(map(len, text.splitlines())) <= width
    assert text.splitlines()[0] == "gof-2024 (ar, en) → gof-2027.en.txt (en)"
    assert text.splitlines()[1].endswith(f"{years.same} the same")
    assert [line.strip() for line in text.splitlines() if line.strip() in ("new", "gone", "changed")] == [
        "new",
        "gone",
        "changed",
    ]


def test_a_table_has_a_row_for_each_change(years: Comparison) -> None:
    rows = list(csv.DictReader(io.StringIO(years.table().format("csv"))))

    assert len(rows) == len(years.changes) == len(json.loads(years.table().format("json")))
    moved = next(row for row in rows if row["before"] == "annex.8.1")
    assert (moved["change"], moved["after"], moved["act"], moved["addressees"]) == (
        "changed",
        "annex.5.1",
        "calls-on",
        "governments; media",
    )
    assert moved["words_before"].startswith("We urge Governments")
    assert moved["words_after"].startswith("We call upon Governments and the media")


def test_two_builds_of_the_same_differ_in_nothing_whatever_the_format(dist: Path) -> None:
    assert compare(dist, dist / "atgraph.trig").changes == ()


def test_two_builds_are_told_apart_by_provisions_members_treaty_actions_and_triples(dist: Path, tmp_path: Path) -> None:
    lines = (dist / "atgraph.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    member = next(line for line in lines if "/listsMember>" in line and "/state/BHR>" in line)
    ratified = next(line for line in lines if "/accession/BHR.untoc." in line and "/dc/terms/date>" in line)
    day = ratified.split('"')[1]
    act = next(line for line in lines if "gof-2024.annex.8.1> " in line and "/performsAct>" in line)
    text = "".join(line for line in lines if line != member)
    text = text.replace(ratified, ratified.replace(day, "1999-01-01")).replace(act, act.replace("/urges>", "/invites>"))
    (tmp_path / "other.nq").write_text(text, encoding="utf-8")

    found = compare(dist, tmp_path / "other.nq")

    (changed,) = changes(found, "changed")
    assert (changed.clause.source, changed.what) == ("gof-2024", ("act: urges → invites",))
    assert [change.clause.name for change in changes(found, "gone", "member")] == ["gof-2024.annex BHR"]
    (moved,) = changes(found, "changed", "treaty action")
    assert moved.clause.name.startswith("BHR ")
    assert moved.what == (f"{day} → 1999-01-01",)
    triples = {(c.how, c.clause.name): c.what for c in found.changes if c.thing == "triples"}
    assert triples == {
        ("new", "gof-2024"): ("1",),
        ("gone", "gof-2024"): ("2",),
        ("new", "reference"): ("1",),
        ("gone", "reference"): ("1",),
    }


def test_a_blank_node_is_the_same_where_it_says_the_same(tmp_path: Path) -> None:
    axiom = "<a:{}> <a:is> [ <a:first> 1 ; <a:rest> [ <a:first> {} ] ] .\n"
    (tmp_path / "one.ttl").write_text(axiom.format("x", 2) + axiom.format("y", 3), encoding="utf-8")
    (tmp_path / "other.ttl").write_text(axiom.format("y", 3) + axiom.format("x", 4), encoding="utf-8")

    found = compare(tmp_path / "one.ttl", tmp_path / "other.ttl")

    assert [(change.how, change.what) for change in found.changes] == [("new", ("4",)), ("gone", ("4",))]
    assert compare(tmp_path / "one.ttl", tmp_path / "one.ttl").changes == ()


def test_what_cannot_be_compared_is_refused(dist: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="a document and a graph"):
        compare("gof-2024", dist)
    with pytest.raises(UnreadableError, match="no file, no folder, and no source"):
        compare("gof-2024", "gof-2042")
    with pytest.raises(UnreadableError, match="neither a source nor RDF"):
        compare("gof-2024", tmp_path)
    with pytest.raises(FindingsError, match="nothing to compare"):
        compare(b"List of rooms, with times and floors, for the people of the house", "gof-2024")


def test_a_difference_is_a_finding_only_where_a_script_asks(run: Run, root: Path) -> None:
    words = ["diff", "gof-2024", ENGLISH, "--format", "csv"]

    assert run(*words).code == 0
    assert run(*words, "--exit-code").code == 1
    assert run("diff", FIRST, FIRST, "--exit-code").code == 0


def test_a_side_may_come_by_stream(shell: Run) -> None:
    by_name = shell("diff", "gof-2024", ENGLISH, "--format", "json")
    by_stream = shell("diff", "gof-2024", "-", "--format", "json", stdin=ENGLISH.read_bytes(), PYTHONHASHSEED="7")

    assert by_name.code == 0, by_name.err
    assert by_name == by_stream
