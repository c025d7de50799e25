"""Stored queries: headers are read, faults told with the line, and values bound so that nothing leaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from atgraph import queries
from atgraph.errors import QueryFileError, UnknownParameterError, UnknownQuestionError, UnknownTermError
from atgraph.queries import Parameter, Question

GOOD = """#+ title: Who said what?
#+ why: People ask it.
#+ columns:
#+   act: the act
#+ tags: [one, two]
#+ parameters:
#+   state: {kind: state, description: a State}
#+   theme: {kind: theme, default: technology}
#+   words: {kind: text}

PREFIX atg: <https://w3id.org/atgraph/ontology/>
SELECT ?act
WHERE {
  ?state ?theme ?act FILTER(CONTAINS(?act, ?words) && lang(?act) = ?lang)
}
ORDER BY ?state
LIMIT 5
"""
CHECK = """#+ title: Nothing is nobody's
#+ problem: The thing is nobody's
#+ remedy: say whose it is
#+ severity: violation

SELECT ?focus ?path ?value
WHERE { ?focus ?path ?value }
"""


def write(folder: Path, text: str, name: str = "sample") -> Path:
    (folder / f"{name}.rq").write_text(text)
    return folder


def test_a_header_becomes_a_question(tmp_path: Path) -> None:
    found = queries.question("sample", write(tmp_path, GOOD))

    assert (found.name, found.title, found.why) == ("sample", "Who said what?", "People ask it.")
    assert dict(found.columns) == {"act": "the act"}
    assert found.tags == ("one", "two")
    assert found.parameters["state"] == Parameter("state", "state", "a State")
    assert queries.questions(tmp_path) == {"sample": found}


def test_defaults_hold_until_a_value_or_a_star_is_given(tmp_path: Path) -> None:
    found = queries.question("sample", write(tmp_path, GOOD))

    default, given_, free = found.bind(), found.bind({"theme": "law"}), found.bind({"theme": "*"})

    assert "theme/technology>" in default
    assert "theme/law>" in given_
    assert "VALUES ?theme" not in free
    assert "VALUES ?state" not in default
    assert 'VALUES ?lang { "en" }' in default
    assert 'VALUES ?lang { "ar" }' in found.bind({"lang": "ar"})


def test_the_columns_settle_what_order_by_leaves_open(tmp_path: Path) -> None:
    text = queries.question("sample", write(tmp_path, GOOD)).bind()

    assert text.endswith("ORDER BY ?state ?act\nLIMIT 5\n")


def test_an_unknown_parameter_is_told_those_that_are_known(tmp_path: Path) -> None:
    found = queries.question("sample", write(tmp_path, GOOD))

    with pytest.raises(UnknownParameterError, match="lang, state, theme, words"):
        found.bind({"country": "BHR"})


def test_a_required_parameter_is_asked_for(tmp_path: Path) -> None:
    found = queries.question("sample", write(tmp_path, GOOD.replace("{kind: text}", "{kind: text, required: true}")))

    with pytest.raises(UnknownParameterError, match="needs a value for words"):
        found.bind()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_escapes_its_literal(value: str) -> None:
    card = Parameter("words", "text")
    found = Question(
        "q", "t", "w", {"words": ""}, "SELECT ?words\nWHERE {\n}\nORDER BY ?words", parameters={"words": card}
    )

    rows = list(Store().query(found.bind({"words": value})))

    assert value == "*" or [row["words"].value for row in rows] == [value]  # type: ignore[union-attr, index]


@given(st.text(min_size=1))
def test_no_name_escapes_its_iri(value: str) -> None:
    try:
        found = queries.term("theme", value)
    except UnknownTermError:
        return

    assert not set(found.value) & set('<>"{}|^`\\ \n')


@pytest.mark.parametrize(
    ("kind", "value", "wanted"),
    [
        ("state", "bhr", "https://w3id.org/atgraph/id/state/BHR"),
        ("state", "state:BHR", "https://w3id.org/atgraph/id/state/BHR"),
        ("document", "<http://example.org/x>", "http://example.org/x"),
        ("document", "S/RES/2331 (2016)", "https://w3id.org/atgraph/id/document/s-res-2331-2016"),
        ("thing", "act:urges", "https://w3id.org/atgraph/vocab/act/urges"),
        ("year", "2025", "2025"),
        ("date", "2025-07", "2025-07"),
        ("language", "zh", "zh"),
    ],
)
def test_values_become_terms_by_kind(kind: str, value: str, wanted: str) -> None:
    assert queries.term(kind, value).value == wanted


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("theme", "no such"), ("theme", ""), ("state", "../x"), ("year", "25"), ("date", "2025-13"), ("language", "de"),
        ("thing", "BHR"), ("number", "two"), ("theme", "theme:a b"),
    ],
)  # fmt: skip
def test_impossible_values_are_refused(kind: str, value: str) -> None:
    with pytest.raises(UnknownTermError):
        queries.term(kind, value)


def test_an_unknown_question_is_told_what_comes_close(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "calls-to-governments")

    with pytest.raises(UnknownQuestionError, match="calls-to-governments"):
        queries.question("call-to-government", tmp_path)
    with pytest.raises(UnknownQuestionError):
        queries.question("../secrets", tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        (GOOD, "SELECT ?a WHERE { ?a ?b ?c }", 1, "no header"),
        ("#+ why: People ask it.\n", "", 1, "no why"),
        ("#+   act: the act", "#+   act: [the", 5, "no YAML"),
        ("#+   act: the act", "#+   deed: the act", 1, "columns deed"),
        ("?state ?theme ?act", "?state ?theme (", 14, "does not parse"),
        ("kind: theme", "kind: colour", 1, "colour"),
        ("\nWHERE {", " WHERE {", 10, "WHERE"),
        ("ORDER BY ?state\n", "", 10, "ORDER BY"),
        ("atg: <https", "xyz: <https", 0, ""),
    ],
)
def test_faulty_files_are_refused_with_the_line(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    write(tmp_path, GOOD.replace(old, new))
    if not said:
        assert queries.questions(tmp_path)
        return

    with pytest.raises(QueryFileError, match=said) as caught:
        queries.questions(tmp_path)

    assert caught.value.where.endswith(f"sample.rq:{line}")


def test_a_check_selects_focus_path_and_value(tmp_path: Path) -> None:
    good, bad = tmp_path / "good", tmp_path / "bad"
    good.mkdir(), bad.mkdir()

    found = queries.checks(write(good, CHECK))

    assert found["sample"].severity == "violation"
    with pytest.raises(QueryFileError, match="focus"):
        queries.checks(write(bad, CHECK.replace("?focus ?path ?value\n", "?focus\n")))


def test_every_stored_query_is_well_made() -> None:
    assert all(found.title.strip() for found in queries.questions().values())
    assert all(found.remedy for found in queries.checks().values())
