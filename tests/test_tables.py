"""The tables: their Turtle is in step, States are named and told apart in six languages, and a wrong row is refused."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from atgraph import files, tables
from atgraph.errors import TableError
from atgraph.lexicon import fold, stems, values
from atgraph.names import LANGUAGES, iri
from atgraph.tables.__main__ import main

STATES = list(csv.DictReader((files.data() / "tables" / "states.csv").open(encoding="utf-8")))


@pytest.fixture(scope="module")
def made() -> dict[str, list[Triple]]:
    return tables.generate()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the tables that a test may damage."""
    for name in ("tables", "lexicon"):
        shutil.copytree(files.data() / name, tmp_path / name)
    return tmp_path


def change(path: Path, line: int, old: str, new: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    path.write_text("".join(lines), encoding="utf-8")


def add(path: Path, **cells: str) -> int:
    """Append a row; return its line."""
    text = path.read_text(encoding="utf-8")
    head = next(csv.reader([text.partition("\n")[0]]))
    with path.open("a", encoding="utf-8", newline="") as stream:
        csv.DictWriter(stream, head, restval="", lineterminator="\n").writerow(cells)
    return text.count("\n") + 1


def test_the_turtle_is_in_step_with_the_tables() -> None:
    assert tables.stale() == [], "run python -m atgraph.tables"


def test_a_file_out_of_step_is_named(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (house / "data/reference/groups.ttl").write_text("# changed by hand\n", encoding="utf-8")

    assert main(["--check"]) == 1
    assert capsys.readouterr().err.startswith("data/reference/groups.ttl: ")
    assert main([]) == 0
    assert main(["--check"]) == 0


def test_all_members_and_observers_are_there() -> None:
    assert Counter(row["un_status"] for row in STATES) == {"member": 193, "observer": 2, "non-member": 2}


def test_each_state_has_six_names_and_six_formal_names(made: dict[str, list[Triple]]) -> None:
    for name in ("skos:prefLabel", "atg:formalName"):
        found = Counter(
            (t.subject, t.object.language) for t in made["data/reference/states.ttl"] if t.predicate == iri(name)
        )

        assert len(found) == len(STATES) * len(LANGUAGES)
        assert set(found.values()) == {1}


def test_a_states_display_name_has_no_article_and_no_footnote_mark() -> None:
    for row in STATES:
        for language in LANGUAGES:
            label = row[f"label_{language}"]
            assert "*" not in label
            assert not label.endswith(("(l')", "(la)", "(le)", "(les)", "(the)", "(el)", "(los)", "(las)")), label


ONE_STEM = {"нигер": {"NER", "NGA"}}
"""Niger and Nigeria have one stem in Russian; a reader has to look at the whole word."""


def test_no_name_of_a_state_is_read_as_another() -> None:
    for language in LANGUAGES:
        owners: dict[str, str] = {}
        for row in STATES:
            for column in ("label", "formal", "match"):
                for form in filter(None, row[f"{column}_{language}"].split("|")):
                    key = (stems(fold(form)) if language == "ru" else fold(form)).text
                    owner = owners.setdefault(key, row["iso3"])
                    assert owner == row["iso3"] or {owner, row["iso3"]} == ONE_STEM.get(key), f"{form} ({language})"


@pytest.mark.parametrize(
    ("code", "language", "form"),
    [
        ("BOL", "ar", "بوليفيا"),
        ("VEN", "ar", "فنزويلا"),
        ("BLR", "ar", "بيلا روس"),
        ("LAO", "zh", "老挝"),
        ("BOL", "ru", "Боливия"),
        ("RUS", "en", "Russia"),
        ("CIV", "fr", "Côte d'Ivoire"),
        ("TUR", "es", "Turquía"),
        ("GBR", "en", "UK"),
        ("COD", "fr", "RDC"),
        ("EGY", "ru", "Египта"),
    ],
)
def test_short_names_of_documents_are_known(code: str, language: str, form: str) -> None:
    row = next(row for row in STATES if row["iso3"] == code)

    assert form in [row[f"label_{language}"], *values(row[f"match_{language}"])]


def test_a_label_is_of_one_kind_only(made: dict[str, list[Triple]]) -> None:
    kinds = {iri(f"skos:{name}Label") for name in ("pref", "alt", "hidden")}
    for path, triples in made.items():
        labels = Counter((t.subject, t.object) for t in triples if t.predicate in kinds)
        assert [label for label, count in labels.items() if count > 1] == [], path


def test_dates_keep_their_precision(made: dict[str, list[Triple]]) -> None:
    dates = {
        t.subject.value.rpartition("/")[2]: t.object
        for t in made["data/reference/treaty-actions.ttl"]
        if t.predicate == iri("dcterms:date")
    }

    assert dates["BHR.untoc.accession"] == Literal("2004-06-07", datatype=iri("xsd:date"))
    assert dates["ERI.trafficking-protocol.accession"] == Literal("2014", datatype=iri("xsd:gYear"))


def test_unverified_treaty_actions_can_be_told_from_the_rest(made: dict[str, list[Triple]]) -> None:
    reliability = Counter(
        t.object for t in made["data/reference/treaty-actions.ttl"] if t.predicate == iri("atg:hasReliability")
    )

    assert reliability == {
        iri("reliability:depositary"): 1222,
        iri("reliability:secondary"): 3,
        iri("reliability:unverified"): 2,
    }


def test_the_groups_history_is_attested(made: dict[str, list[Triple]]) -> None:
    attested = Counter(
        t.object for t in made["data/reference/memberships.ttl"] if t.predicate == iri("atg:isAttestedBy")
    )

    assert attested == {
        iri("document:gof-2010"): 19,
        iri("document:gof-2010-announcement"): 1,
        iri("document:gof-2012-ccpcj"): 21,
        iri("document:gof-2025"): 22,
    }


def test_classes_of_states_include_them(made: dict[str, list[Triple]]) -> None:
    includes = Counter(t.subject for t in made["ontology/vocab/actor-class.ttl"] if t.predicate == iri("atg:includes"))

    assert includes == {
        iri("actor-class:all-states"): 197,
        iri("actor-class:governments"): 197,
        iri("actor-class:member-states"): 193,
    }


def test_verbs_are_labels_of_their_acts(made: dict[str, list[Triple]]) -> None:
    labels = {(t.subject, t.object) for t in made["ontology/vocab/act.ttl"] if t.predicate == iri("skos:altLabel")}

    assert (iri("act:urges"), Literal("تحث", language="ar")) in labels
    assert (iri("act:urges"), Literal("exhorta encarecidamente", language="es")) in labels
    for language in LANGUAGES:
        acts = {subject for subject, label in labels if label.language == language}
        assert len(acts) >= 19, language


def test_a_later_action_of_the_same_kind_gets_its_date(data: Path) -> None:
    row = {"state": "BHR", "document": "untoc", "action": "accession", "reliability": "secondary", "source": "test"}
    add(data / "tables/treaty-actions.csv", **row, date="2030")

    subjects = {t.subject for t in tables.generate(data)["data/reference/treaty-actions.ttl"]}

    assert {iri("accession:BHR.untoc.accession"), iri("accession:BHR.untoc.accession.2030")} <= subjects


def test_every_thing_referred_to_is_described(made: dict[str, list[Triple]]) -> None:
    described = {t.subject for triples in made.values() for t in triples}
    for path, triples in made.items():
        for triple in triples:
            if isinstance(triple.object, NamedNode) and "/atgraph/id/" in triple.object.value:
                assert triple.object in described or "/agent/" in triple.object.value, f"{path}: {triple.object}"


ROW = {"group": "group-of-friends", "state": "BHR", "document": "gof-2025", "date": "2025", "reliability": "secondary"}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"state": "XXX", "document": "gof-2010"}, "“XXX” in the column state is no known state"),
        ({"document": "gof-1999"}, "“gof-1999” in the column document is no known document"),
        ({"document": "gof-2010", "state": "ERI", "date": "2025-02-30"}, "“2025-02-30” in the column date is no date"),
        ({"document": "gof-2010", "state": "ERI", "reliability": ""}, "the cell reliability is empty"),
        (
            {"document": "gof-2010", "state": "ERI", "reliability": "sure"},
            "“sure” in the column reliability is no known",
        ),
        ({}, "group-of-friends.BHR.gof-2025 stands in line"),
        ({"document": "no slug"}, "“no slug” is no slug"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(data: Path, wrong: dict[str, str], says: str) -> None:
    line = add(data / "tables/memberships.csv", **{**ROW, **wrong})

    with pytest.raises(TableError) as refused:
        tables.generate(data)
    assert refused.value.where == f"data/tables/memberships.csv:{line}"
    assert says in refused.value.what
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("table", "line", "old", "new", "says"),
    [
        ("states", 2, "southern-asia", "atlantis", "is no known region"),
        ("states", 2, "yes", "maybe", "is no flag"),
        ("regions", 3, ",africa,", ",afrika,", "“afrika” in the column broader is no known region"),
        ("observances", 2, "--07-30", "30 July", "is no day"),
        ("observances", 2, "a-res-68-192.5", "a-res-68-192", "is no known paragraph"),
        ("groups", 1, "founded", "birthday", "has unknown columns: birthday"),
        ("groups", 1, "slug,", "", "lacks columns"),
        ("documents", 3, "statement,", "statement", "the row has"),
    ],
)
def test_a_wrong_cell_is_refused_with_its_line(
    data: Path, table: str, line: int, old: str, new: str, says: str
) -> None:
    change(data / f"tables/{table}.csv", line, old, new)

    with pytest.raises(TableError) as refused:
        tables.generate(data)
    assert refused.value.where == f"data/tables/{table}.csv:{line}"
    assert says in refused.value.what


def test_a_table_that_is_gone_is_refused(data: Path) -> None:
    (data / "tables/groups.csv").unlink()

    with pytest.raises(TableError, match="cannot be read"):
        tables.generate(data)
