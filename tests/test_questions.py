"""The stored questions: each is well made, is answered from the graph, and gives the answer that is pinned.

When an answer has changed and is right, write it down anew and read the difference before you keep it:
`RENEW=1 python -m pytest tests/test_questions.py -k pinned`.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from pyoxigraph import Literal

import atgraph
from atgraph import queries
from atgraph.files import write

ROOT = Path(__file__).resolve().parents[1]
EXPECTED = Path(__file__).parent / "expected"
QUESTIONS = queries.questions()

GOOD_NEWS = {"reviews"}
"""Questions that nothing answers while all is well."""

CHOICES = {
    "acts": {"document": "gof-2024"},
    "attestations": {"group": "non-aligned-movement", "state": "ECU"},
    "calls": {"speaker": "group-of-friends", "addressee": "governments", "act": "urges", "theme": "research"},
    "calls-by-addressee": {"speaker": "actor-class:permanent-representative"},
    "calls-by-theme": {"speaker": "body:icat", "addressee": "governments", "theme": "research"},
    "calls-to-governments": {"speaker": "group-of-77", "addressee": "governments", "act": "urges"},
    "calls-without-addressee": {"speaker": "group-of-77"},
    "cited-but-not-party": {"state": "BHR", "document": "crc"},
    "commitments-without-deadline": {"speaker": "actor-class:permanent-representative", "act": "urges"},
    "deadlines": {"until": "2024-12", "speaker": "group-of-77"},
    "documents-cited": {"citing": "gof-2024"},
    "external-links": {"thing": "body:unodc"},
    "forms-of-exploitation": {"document": "gof-2024"},
    "heading": {"document": "gof-2024.annex"},
    "how-made": {"provision": "gof-2024.annex.1.1"},
    "joined-or-left": {"group": "group-of-77", "earlier": "gof-2024", "later": "gof-2012-ccpcj"},
    "low-confidence": {"below": "100"},
    "members-by-region": {"group": "group-of-77", "attestation": "gof-2012-ccpcj", "region": "africa"},
    "members-of-body": {"group": "unodc"},
    "membership-history": {"group": "group-of-77"},
    "named-actors": {"document": "gof-2024"},
    "names-in-languages": {"thing": "body:icat"},
    "not-party": {"attestation": "gof-2010", "state": "BHR", "document": "untoc"},
    "observances": {"observance": "world-day-against-trafficking-in-persons"},
    "parties-by-instrument": {"attestation": "gof-2012-ccpcj"},
    "passages-on-theme": {"theme": "protection", "act": "urges"},
    "pledges": {"speaker": "body:icat"},
    "provisions-on-instrument": {"document": "untoc"},
    "reaches-state": {"state": "PSE", "act": "urges"},
    "reliability": {"reliability": "unverified"},
    "reported-acts": {"speaker": "unodc"},
    "reviews": {"decision": "accept"},
    "said-of-body": {"body": "icat"},
    "said-of-technology": {"speaker": "body:icat"},
    "scale-of-acts": {"group": "directive"},
    "shared-by-state": {"state": "FRA", "act": "pledges"},
    "side-by-side": {"document": "gof-2024", "left": "en", "right": "ar"},
    "speakers": {"document": "gof-2024"},
    "state-treaty-actions": {"state": "BLR", "document": "untoc"},
    "statement-in-order": {"document": "gof-2024"},
    "statistics": {"speaker": "group-of-77"},
    "strongest-words": {"speaker": "body:icat", "strength": "strong"},
    "supplements": {"document": "untoc"},
    "texts": {"document": "gof-2025"},
    "themes": {"document": "gof-2024"},
    "themes-without-call": {"document": "gof-2024"},
    "treaty-status": {"attestation": "gof-2012-ccpcj", "state": "BLR", "document": "crc", "reliability": "unverified"},
    "unverified-facts": {"reliability": "secondary"},
    "verbs": {"act": "pledges"},
    "words-for-thing": {"thing": "body:unodc"},
}
"""For each parameter of each question, a value that makes the answer another."""

PARAMETERS = [(name, parameter) for name in QUESTIONS for parameter in QUESTIONS[name].parameters]


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answer_is_the_one_that_is_pinned(name: str, graph: atgraph.Graph) -> None:
    found = graph.ask(name).format("csv").replace("\r\n", "\n")
    path = EXPECTED / f"{name}.csv"
    if os.environ.get("RENEW"):
        write(path, found)

    assert path.read_text(encoding="utf-8") == found


def test_every_pinned_answer_has_its_question() -> None:
    assert {path.stem for path in EXPECTED.glob("*.csv")} == set(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_graph_answers_with_rows_that_differ(name: str, graph: atgraph.Graph) -> None:
    rows = graph.ask(name).rows

    assert rows or name in GOOD_NEWS
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_can_be_read_on_one_screen_and_asked_anywhere(name: str) -> None:
    question = QUESTIONS[name]

    assert question.text.count("\n") < 50
    assert all(len(line) <= 200 for line in question.text.splitlines())
    assert question.title.endswith("?")
    assert question.why.endswith(".")
    assert not re.search(r"\bSERVICE\b|\bGROUP_CONCAT\b|\bSAMPLE\b", question.text)


@pytest.mark.parametrize("name", QUESTIONS)
def test_nothing_counts_twice_that_stands_in_two_graphs(name: str) -> None:
    text = QUESTIONS[name].text

    assert re.search(r"^SELECT DISTINCT |^GROUP BY ", text, re.MULTILINE)
    assert not re.search(r"\bCOUNT\((?!DISTINCT )|\b(?:SUM|AVG)\(", text)


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
def test_a_parameter_changes_the_answer(name: str, parameter: str, graph: atgraph.Graph) -> None:
    value = CHOICES[name][parameter]

    if name not in GOOD_NEWS:
        assert graph.ask(name, **{parameter: value}).rows != graph.ask(name).rows


def test_every_choice_is_of_a_parameter_that_is_there() -> None:
    assert {(name, each) for name, choices in CHOICES.items() for each in choices} == set(PARAMETERS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_in_arabic_has_arabic_names_and_quotes(name: str, graph: atgraph.Graph) -> None:
    answer = graph.ask(name, lang="ar")
    columns = [n for n, column in enumerate(answer.columns) if column == "quote" or column.endswith("_name")]

    cells = [row[n] for row in answer.rows for n in columns if row[n] is not None]
    assert all(isinstance(cell, Literal) and cell.language == "ar" for cell in cells)


@pytest.mark.parametrize("lang", ["zh", "fr", "ru", "es"])
def test_where_the_text_has_no_such_language_the_original_is_quoted(lang: str, graph: atgraph.Graph) -> None:
    answer = graph.ask("calls-to-governments", lang=lang)

    languages = [tuple(cell.language for cell in row[:3] if isinstance(cell, Literal)) for row in answer.rows]
    assert set(languages) == {(lang, lang, "ar")}


def test_governments_are_urged_to_give_priority_to_child_victims(graph: atgraph.Graph) -> None:
    answer = graph.ask("calls-to-governments", act="urges")

    assert [row[:2] for row in answer.rows] == [
        (Literal("urges", language="en"), Literal("Governments", language="en"))
    ]
    assert "child victims" in str(answer.rows[0][2])


def test_a_protocol_is_reached_from_its_convention(graph: atgraph.Graph) -> None:
    found = {row[-1] for row in graph.ask("provisions-on-instrument", document="untoc").rows}

    assert found >= {row[-1] for row in graph.ask("provisions-on-instrument", document="trafficking-protocol").rows}


def test_a_state_is_asked_about_by_its_name_in_any_language(graph: atgraph.Graph) -> None:
    by_code, by_name = (graph.ask("treaty-status", state=state, lang="fr") for state in ("BLR", "Беларусь"))

    assert by_code.rows == by_name.rows
    assert len(by_code.rows) == 4


def test_a_state_outside_the_group_is_reached_and_has_said_nothing(graph: atgraph.Graph) -> None:
    assert graph.ask("reaches-state", state="FRA").rows
    assert not graph.ask("shared-by-state", state="FRA").rows


def test_unverified_dates_can_be_left_out(graph: atgraph.Graph) -> None:
    eritrea = graph.ask("treaty-status", state="ERI")
    trusted = graph.ask("treaty-status", state="ERI", reliability="depositary")

    assert 0 < len(trusted.rows) < len(eritrea.rows)


def test_what_is_counted_by_act_is_every_provision_once(graph: atgraph.Graph) -> None:
    answer = graph.ask("acts", document="gof-2024.annex")
    text = "SELECT (COUNT(DISTINCT ?p) AS ?n) WHERE { ?p atg:isIssuedIn document:gof-2024.annex }"

    total = graph.query(text)
    assert isinstance(total, type(answer))
    assert sum(int(str(row[-1].value)) for row in answer.rows if isinstance(row[-1], Literal)) == int(
        total.rows[0][0].value  # type: ignore[union-attr]
    )


def test_whoever_joined_had_not_left(graph: atgraph.Graph) -> None:
    forth = graph.ask("joined-or-left", earlier="gof-2012-ccpcj", later="gof-2024")
    back = graph.ask("joined-or-left", earlier="gof-2024", later="gof-2012-ccpcj")

    assert {(joined, left, state) for left, joined, state in back.rows} == set(forth.rows)


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_page_of_questions_names_it_with_its_title(name: str) -> None:
    page = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")

    assert re.search(rf"^\| {name} \| {re.escape(QUESTIONS[name].title)} \|", page, re.MULTILINE), "run `make docs`"
