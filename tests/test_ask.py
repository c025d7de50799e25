"""Answers: rows in one order, in every format; parameters by slug, name or label; near misses are told."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, Quad, RdfFormat, Triple, parse
from wcwidth import wcswidth

from atgraph import files
from atgraph.ask import FORMATS, Table, ask, query, table
from atgraph.errors import QueryError, UnknownParameterError, UnknownTermError, UsageError
from atgraph.names import graph, iri
from atgraph.store import Dataset

BHR, BLR = iri("state:BHR"), iri("state:BLR")
QUESTION = """#+ title: What is a State called?
#+ why: To call it so.
#+ columns:
#+   state: the State
#+   name: its name
#+ parameters:
#+   state: {kind: state, description: the State}

PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?state ?name
WHERE {
  ?state skos:prefLabel ?name FILTER(lang(?name) = ?lang)
}
ORDER BY ?lang
"""


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dataset:
    """A dataset of two States, and a house with one question."""
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "names.rq").write_text(QUESTION)
    monkeypatch.setattr(files, "queries", lambda: tmp_path)
    labels = [(BLR, "Belarus", "en"), (BHR, "Bahrain", "en"), (BHR, "البحرين", "ar"), (BLR, "بيلاروس", "ar")]
    return Dataset(
        Quad(state, iri("skos:prefLabel"), Literal(name, language=lang), graph("reference"))
        for state, name, lang in labels
    )


def test_a_question_is_answered_in_order_with_title_and_columns(names: Dataset) -> None:
    found = ask(names, "names")

    assert (found.title, found.columns) == ("What is a State called?", ("state", "name"))
    assert found.descriptions["name"] == "its name"
    assert [row[0] for row in found.rows] == [BHR, BLR]


def test_the_language_is_chosen(names: Dataset) -> None:
    assert [row[1] for row in ask(names, "names", lang="ar").rows] == [
        Literal("البحرين", language="ar"),
        Literal("بيلاروس", language="ar"),
    ]


@pytest.mark.parametrize("value", ["BHR", "bhr", "state:BHR", BHR.value, "Bahrain", "bahrain ", "البحرين"])
def test_a_state_is_found_by_code_name_or_iri(names: Dataset, value: str) -> None:
    assert [row[0] for row in ask(names, "names", {"state": value}).rows] == [BHR]


@pytest.mark.parametrize(("value", "close"), [("Bahrein", "state:BHR"), ("BHX", "state:BHR"), ("Bela", "state:BLR")])
def test_a_value_that_names_nothing_is_told_what_comes_close(names: Dataset, value: str, close: str) -> None:
    with pytest.raises(UnknownTermError, match=close):
        ask(names, "names", {"state": value})


def test_what_comes_closest_is_named_first() -> None:
    states = Dataset(
        Quad(iri(f"state:{code}"), iri("skos:prefLabel"), Literal(name, language=lang), graph("reference"))
        for code, name, lang in [("ECU", "Equateur", "fr"), ("QAT", "Qatar", "en"), ("QAT", "卡塔尔", "zh")]
    )

    for name in ("Quatar", "Qatr"):
        with pytest.raises(UnknownTermError, match="did you mean state:QAT"):
            ask(states, "treaty-status", {"state": name})
    with pytest.raises(UnknownTermError, match="did you mean state:ECU"):
        ask(states, "treaty-status", {"state": "Equatur"})


def test_an_unknown_parameter_is_refused(names: Dataset) -> None:
    with pytest.raises(UnknownParameterError, match="state"):
        ask(names, "names", {"country": "BHR"})


def test_ad_hoc_sparql_gives_a_table_a_truth_value_or_triples(names: Dataset) -> None:
    select = query(names, "SELECT ?s ?missing { ?s skos:prefLabel ?name OPTIONAL { ?s rdfs:comment ?missing } }")

    assert isinstance(select, Table)
    assert select.columns == ("s", "missing")
    assert select.rows == ((BHR, None), (BHR, None), (BLR, None), (BLR, None))
    assert query(names, "ASK { state:BHR ?p ?o }") is True
    assert len(query(names, "CONSTRUCT WHERE { ?s ?p ?o }")) == 4  # type: ignore[arg-type]
    assert len(query(names, "DESCRIBE state:BHR")) == 2  # type: ignore[arg-type]
    with pytest.raises(QueryError):
        query(names, "SELECT nonsense")


def test_each_format_writes_what_the_others_hold(names: Dataset) -> None:
    found = ask(names, "names", lang="ar")

    rows = list(csv.reader(io.StringIO(found.format("csv"), newline="")))
    assert rows == [["state", "name"], [BHR.value, "البحرين"], [BLR.value, "بيلاروس"]]
    assert json.loads(found.format("json")) == [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert "| state:BHR | البحرين |" in found.format("md")
    assert "state:BHR" in found.format()
    turtle = found.format("ttl")
    assert {quad.triple for quad in parse(turtle.encode(), format=RdfFormat.TURTLE)} == set(names.triples())


def test_values_keep_their_kind_in_json() -> None:
    kinds = {"integer": "7", "decimal": "0.9", "boolean": "true", "gYear": "2025"}
    terms = [Literal(value, datatype=iri(f"xsd:{kind}")) for kind, value in kinds.items()]

    found = table([*kinds, "none"], [(*terms, None)])

    assert json.loads(found.format("json")) == [
        {"integer": 7, "decimal": 0.9, "boolean": True, "gYear": "2025", "none": None}
    ]


def test_cells_that_would_break_a_format_do_not() -> None:
    nasty = 'a|b\n"c", d\\e\x1b[31m\u202e'
    found = table(["x"], [(Literal(nasty),)])

    assert list(csv.reader(io.StringIO(found.format("csv"), newline="")))[1] == [nasty]
    assert json.loads(found.format("json")) == [{"x": nasty}]
    assert found.format("md").count("\n") == 3
    assert "a\\|b" in found.format("md")
    assert not {"\x1b", "\u202e"} & set(found.format())


@given(
    st.lists(st.lists(st.text("ab جدیدة巴林é ", max_size=60), min_size=2, max_size=2), min_size=1, max_size=5),
    st.integers(30, 90),
)
def test_a_table_fits_the_terminal_and_loses_no_word(cells: list[list[str]], width: int) -> None:
    found = table(["one", "two"], [tuple(map(Literal, row)) for row in cells])

    text = found.format("table", width)

    assert all(wcswidth(line) <= width for line in text.splitlines())
    kept = "".join(text.split("\n", 2)[2].split()).replace("\u200e", "")
    assert sorted(kept) == sorted("".join("".join(cell.split()) for row in cells for cell in row))


def test_words_are_wrapped_before_any_name_is_cut() -> None:
    name, link = iri("provision:gof-2024.annex.7.2.r1"), "https://example.org/a-long-address/of-a-thing"
    words = "We urge Governments to give priority to the rehabilitation of victims " * 3
    found = table(["act", "provision", "quote"], [(Literal("urges"), name, Literal(f"{words} {link}"))])

    for width in (100, 90):
        text = found.format("table", width)
        assert "provision:gof-2024.annex.7.2.r1" in text
        assert link in text
        assert all(len(line) <= width for line in text.splitlines())
    assert "rehabilitation" in found.format("table", 100)
    close = table(["thing", "link"], [(name, iri("body:unodc"))]).format("table", 42)
    assert "provision:gof-2024.annex.7.2.r1 body:unodc" in close  # rather a narrow gap
    assert "provision:gof-2024.annex.7.2.r1" not in found.format("table", 40)  # where nothing else helps


def test_columns_are_aligned_whatever_the_script() -> None:
    found = table(["name", "code"], [(Literal(name), Literal("X")) for name in ("Bahrain", "البحرين", "巴林")])

    ends = {wcswidth(line.rstrip("\u200e").rpartition("X")[0]) for line in found.format().splitlines()[2:]}

    assert len(ends) == 1


def test_an_answer_without_rows_is_still_a_table() -> None:
    found = table(["a"], [])

    assert [found.format(name) for name in FORMATS[:4]] == ["a\n─\n", "a\r\n", "[]\n", "| a |\n| --- |\n"]


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UsageError, match="csv"):
        table(["a"], []).format("xls")
    with pytest.raises(UsageError, match="Turtle"):
        table(["a"], [(Triple(BHR, BHR, BHR),)]).format("ttl")
