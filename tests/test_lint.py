"""The checklist: each rule finds the pitfall planted for it, and lets the sound neighbour of that pitfall pass."""

from __future__ import annotations

import csv
import io
import json
import re
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode, Triple
from rdflib.compare import isomorphic

from atgraph import lint
from atgraph.errors import QueryFileError, RdfError, UnreadableError
from atgraph.lint import Limits, rules, terms
from atgraph.lint.circles import circles
from atgraph.lint.graphs import graph_hash
from atgraph.store import Term, rdflib_term

CASES = Path(__file__).parent / "lint"
SMALL = Limits(triples=4, links=2, bytes=3_000)
"""What is few and what is large, for files that are made to be read."""
RULES = rules.rules()
OFFLINE = [name for name, each in RULES.items() if not each.network]


def case(name: str, stem: str) -> Path:
    found = [path for path in (CASES / name).iterdir() if path.name.partition(".")[0] == stem]
    assert len(found) == 1, f"tests/lint/{name} has no one {stem}"
    return found[0]


def verdict(name: str, stem: str) -> lint.Verdict:
    shapes = CASES / name / "shapes"
    report = lint.lint([case(name, stem)], [name], shapes if shapes.is_dir() else None, SMALL)
    return report.verdicts[0]


@pytest.mark.parametrize("name", OFFLINE)
def test_a_rule_finds_the_pitfall_planted_for_it(name: str) -> None:
    found = verdict(name, "pitfall")

    assert found.places
    assert found.outcome == RULES[name].severity


@pytest.mark.parametrize("name", OFFLINE)
def test_a_rule_lets_what_is_sound_pass(name: str) -> None:
    found = verdict(name, "sound")

    assert found.places == ()
    assert found.outcome == "passed", found.reason


def test_no_pitfall_is_kept_for_a_rule_that_is_gone() -> None:
    assert {path.name for path in CASES.iterdir() if path.is_dir()} - {"foreign"} == set(OFFLINE)


FOREIGN = sorted((CASES / "foreign").iterdir())


@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: path.name)
def test_what_is_found_in_the_work_of_others_is_what_its_head_says(path: Path) -> None:
    expected = re.search(r'expects"?:(.*?)(-->|\n@prefix|",?\n)', path.read_text(encoding="utf-8"), re.DOTALL)
    assert expected

    report = lint.lint([path])
    assert {each.rule.name for each in report.findings} == set(re.findall(r"[a-z-]+[a-z]", expected[1]))


def test_what_is_sound_all_over_passes_and_names_what_was_not_looked_at(run: Callable[..., Any]) -> None:
    said = run("lint", CASES / "foreign" / "orchard.ttl")

    assert said.code == 0
    assert said.err == ""
    assert "skipped unnegotiated-content: needs the network" in said.out
    assert said.out.splitlines()[-1].startswith("fit to be published: ")


def test_a_failure_is_exit_code_1_and_a_warning_is_none(run: Callable[..., Any]) -> None:
    failed = run("lint", case("missing-license", "pitfall"), "--rule", "missing-license")
    warned = run("lint", case("missing-logo", "pitfall"), "--rule", "missing-logo")

    assert (failed.code, warned.code) == (1, 0)
    assert "docs/errors.md#findings-error" in failed.err
    assert "state dcterms:license" in failed.out
    assert "warning missing-logo" in warned.out


def test_the_same_findings_are_told_in_every_format(run: Callable[..., Any]) -> None:
    path = CASES / "foreign" / "library.owl"
    as_json, as_csv, as_md = (run("lint", path, "--format", form) for form in ("json", "csv", "md"))

    rows = json.loads(as_json.out)
    assert [list(row.values()) for row in csv.DictReader(io.StringIO(as_csv.out))] == [
        [str(cell) for cell in row.values()] for row in rows
    ]
    assert as_md.out.count("\n") == len(rows) + 2
    assert "places" in as_json.err
    for row in rows:
        assert row["rule"] in RULES
        assert row["severity"] in (*rules.SEVERITIES, "skipped")
        assert row["what"]
        assert row["source"]


def test_all_names_every_rule_once_or_more(run: Callable[..., Any]) -> None:
    rows = json.loads(run("lint", CASES / "foreign" / "orchard.ttl", "--all", "--format", "json").out)

    assert [row["rule"] for row in rows if row["severity"] != "note"] == [row["rule"] for row in rows]
    assert {row["rule"] for row in rows} == set(RULES)


def test_the_same_input_gives_the_same_words_whatever_the_order_of_its_lines(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (
        "<https://e.x/{0}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Class>.\n"
    )
    lines = [text.format(n) for n in range(9)]
    Path("a.nt").write_text("".join(lines), encoding="utf-8")
    first = run("lint", "a.nt")
    Path("a.nt").write_text("".join(reversed(lines)), encoding="utf-8")

    assert run("lint", "a.nt") == first


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.ttl", b"<https://e.org/1> <https://e.org/p> .\n", ":1"),
        ("a.nt", b"<https://e.org/1> <https://e.org/p> 1 .\n", ":1"),
        ("a.rdf", b"<rdf:RDF>", ""),
        ("a.jsonld", b"{\n 1}", ":2"),
        ("a.owl", b"no RDF at all", ":1"),
    ],
)
def test_a_syntax_error_is_exit_code_3_with_file_and_line(
    run: Callable[..., Any], tmp_path: Path, name: str, content: bytes, line: str
) -> None:
    (tmp_path / name).write_bytes(content)
    said = run("lint", tmp_path / name)

    assert said.code == 3
    assert f"{name}{line}: " in said.err
    assert "docs/errors.md#rdf-error" in said.err
    assert said.out == ""


def test_what_is_not_there_or_holds_no_rdf_is_refused(run: Callable[..., Any], tmp_path: Path) -> None:
    for path in (tmp_path / "gone.ttl", tmp_path):
        said = run("lint", path)

        assert said.code == 3
        assert "docs/errors.md#unreadable-error" in said.err
    with pytest.raises(UnreadableError, match="no shapes"):
        lint.lint([case("unmet-shape", "pitfall")], ["unmet-shape"], tmp_path)


def test_an_empty_file_holds_no_ontology_and_too_little_data(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").touch()

    assert [each.rule.name for each in lint.lint([tmp_path / "a.ttl"]).findings] == ["few-links", "few-triples"]


HEAD = """@prefix : <https://e.org/o#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ONTOLOGY = "<https://e.org/o> a owl:Ontology . :Ship a owl:Class . :name a owl:DatatypeProperty . "


def found(path: Path, turtle: str, *names: str) -> list[lint.Finding]:
    """What rules find in a text of Turtle."""
    path.write_text(HEAD + turtle, encoding="utf-8")
    return lint.lint([path], names).findings


@pytest.mark.parametrize(
    ("turtle", "term"),
    [
        ("foaf:Persona a owl:Class .", "foaf:Persona"),
        ("dcat:Datset a owl:Class .", "dcat:Datset"),
        (":A a owl:Class ; owl:unionOf ( foaf:Person foaf:Persn ) .", "foaf:Persn"),
        (":A owl:complementOf foaf:Persn .", "foaf:Persn"),
        ("<https://e.org/d> dcat:distributions <https://e.org/f> .", "dcat:distributions"),
    ],
)
def test_a_misspelt_term_is_found_wherever_it_stands(tmp_path: Path, turtle: str, term: str) -> None:
    assert [each.place.focus for each in found(tmp_path / "a.ttl", turtle, "nonexistent-term")] == [term]


def test_every_term_of_dcat_3_is_known(tmp_path: Path) -> None:
    names = "inCatalog isDistributionOf seriesMember nextVersion hasCurrentVersion inSeries prev first theme".split()
    turtle = "".join(f"<https://e.org/d> dcat:{name} <https://e.org/f> . " for name in names)

    assert found(tmp_path / "a.ttl", turtle, "nonexistent-term", "unverified-term") == []


@pytest.mark.parametrize("name", ["unionOf", "intersectionOf", "disjointUnionOf"])
def test_an_undeclared_term_of_ours_in_a_list_is_found(tmp_path: Path, name: str) -> None:
    turtle = f"{ONTOLOGY} :A a owl:Class ; owl:{name} ( :Ship :Nope ) ."

    assert [each.place.value for each in found(tmp_path / "a.ttl", turtle, "undeclared-term")] == [
        "https://e.org/o#Nope"
    ]


def test_a_foreign_term_that_is_composed_here_is_minted(tmp_path: Path) -> None:
    turtle = f"{ONTOLOGY} <https://other.org/v#Boat> a owl:Class ; owl:complementOf :Ship ."

    assert len(found(tmp_path / "a.ttl", turtle, "foreign-mint")) == 1


@pytest.mark.parametrize(
    ("turtle", "names"),
    [
        ("", {"missing-dataset"}),
        ("; dcat:dataset <https://e.org/d>", {"missing-dataset"}),
        ("; dcat:dataset <https://e.org/d> . <https://e.org/d> a dcat:Dataset", {"missing-distribution"}),
        ("; dcat:service <https://e.org/s> . <https://e.org/s> a dcat:DataService", {"missing-dataset"}),
        (
            "; dcat:dataset <https://e.org/d> . <https://e.org/d> a dcat:Dataset . "
            "<https://e.org/s> a dcat:DataService ; dcat:servesDataset <https://e.org/d>",
            set(),
        ),
    ],
)
def test_a_catalogue_in_which_nothing_can_be_had_is_not_fit(tmp_path: Path, turtle: str, names: set[str]) -> None:
    turtle = f"<https://e.org/c> a dcat:Catalog {turtle} ."

    told = found(tmp_path / "a.ttl", turtle, "missing-dataset", "missing-distribution")
    assert {each.rule.name for each in told} == names


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ('"2024-02-30"^^xsd:date', True),
        ('"2023-02-29"^^xsd:date', True),
        ('"2024-02-29"^^xsd:date', False),
        ('"2024-02-29+03:00"^^xsd:date', False),
        ('"2024-02-29T25:61:00"^^xsd:dateTime', True),
        ('"2024-02-29T08:00:00Z"^^xsd:dateTime', False),
        ('"2024-02-29T08:00:00Z"^^xsd:date', True),
        ('"2024-13"^^xsd:gYearMonth', True),
        ('"2024-12"^^xsd:gYearMonth', False),
        ('"2024"^^xsd:gYear', False),
        ('"2024-02-29"', True),
        (":yesterday", True),
    ],
)
def test_a_day_that_the_calendar_does_not_have_is_malformed(tmp_path: Path, value: str, wrong: bool) -> None:
    turtle = f"<https://e.org/o> a owl:Ontology ; dcterms:created {value} ."

    assert bool(found(tmp_path / "a.ttl", turtle, "malformed-date")) is wrong


@pytest.mark.parametrize(
    ("first", "later", "wrong"),
    [
        ('"2024-03-01"^^xsd:date', '"2024-02-30"^^xsd:date', False),
        ('"2024-03-01"^^xsd:date', '"1 January"', False),
        ('"2024-03-01"^^xsd:date', '"2024"^^xsd:gYear', False),
        ('"2024-03-01"^^xsd:date', '"2023"^^xsd:gYear', True),
        ('"2024-03-01T08:00:00Z"^^xsd:dateTime', '"2024-03-01T07:00:00Z"^^xsd:dateTime', True),
        ('"2024-03-01T08:00:00Z"^^xsd:dateTime', '"2024-03-01"^^xsd:date', False),
    ],
)
def test_only_days_of_the_calendar_are_held_against_each_other(
    tmp_path: Path, first: str, later: str, wrong: bool
) -> None:
    turtle = f"<https://e.org/o> a owl:Ontology ; dcterms:created {first} ; dcterms:modified {later} ."

    assert bool(found(tmp_path / "a.ttl", turtle, "reversed-dates")) is wrong


def test_a_day_that_is_none_prints_no_traceback(tmp_path: Path, shell: Callable[..., Any]) -> None:
    found(tmp_path / "a.ttl", '<https://e.org/o> a owl:Ontology ; dcterms:created "2024-02-30"^^xsd:date .')

    assert shell("lint", tmp_path / "a.ttl", "--rule", "differing-engines").err == ""


@pytest.mark.parametrize("blank", ['""', '" "@en', '"\\n\\u00a0"'])
def test_a_label_definition_or_title_without_a_letter_is_none(tmp_path: Path, blank: str) -> None:
    names = {"missing-label", "missing-definition", "missing-title", "missing-description"}
    turtle = f"""<https://e.org/o> a owl:Ontology ; dcterms:title {blank} ; dcterms:description {blank} .
        :Ship a owl:Class ; rdfs:label {blank} ; skos:definition {blank} ."""

    assert {each.rule.name for each in found(tmp_path / "a.ttl", turtle, *names)} == names
    turtle = f"<https://e.org/c> a dcat:Catalog ; dcterms:title {blank} ; dcterms:description {blank} ."
    assert len(found(tmp_path / "a.ttl", turtle, "missing-mandatory")) == 3


def test_what_is_small_fails_as_a_publication_and_is_noted_as_a_file() -> None:
    folder = CASES / "few-triples" / "pitfall"
    apart, served = (lint.lint([path], ["few-triples", "few-links"]) for path in (folder / "data.ttl", folder))

    assert ({each.outcome for each in apart.verdicts}, apart.passes) == ({"note"}, True)
    assert ({each.outcome for each in served.verdicts}, served.passes) == ({"failure"}, False)


@pytest.mark.parametrize(
    ("turtle", "name"),
    [
        (":v1 :name :Blue .", "wrong-value-kind"),
        ('<https://e.org/v/1> a :Ship ; :nmae "Blue" .', "undeclared-use"),
        ("<https://e.org/v/1> a :Shipp .", "undeclared-class"),
    ],
)
def test_the_few_things_that_an_ontology_holds_are_looked_at(tmp_path: Path, turtle: str, name: str) -> None:
    assert [each.rule.name for each in found(tmp_path / "a.ttl", f"{ONTOLOGY} {turtle}", name)] == [name]


def test_rules_that_were_asked_for_and_skipped_say_why(tmp_path: Path, run: Callable[..., Any]) -> None:
    (tmp_path / "a.ttl").write_text("<urn:s> <urn:p> <urn:o> .", encoding="utf-8")
    said = run("lint", tmp_path / "a.ttl", "--rule", "missing-license")

    assert "skipped missing-license: nothing here is an ontology" in said.out
    assert said.out.splitlines()[-1] == (
        "nothing was looked at: 1 rule, 0 failures, 0 warnings, 0 notes in 0 places, 0 passed, 1 skipped"
    )


def test_one_place_is_counted_as_one() -> None:
    said = lint.lint([case("missing-license", "pitfall")], ["missing-license"]).summary()

    assert said.startswith("not fit to be published: 1 rule, 1 failure, 0 warnings, 0 notes in 1 place, ")


@pytest.mark.parametrize(
    ("card", "is_ours"),
    [
        ('{"@context": "https://schema.org/", "@type": "Dataset"}', True),
        ('{"@context": "http://schema.org", "@type": ["Dataset"]}', True),
        ('{"@context": ["https://schema.org/docs/jsonldcontext.json"], "@graph": [{"@type": "Dataset"}]}', True),
        ('{"@context": {"@vocab": "https://schema.org/"}, "@type": "Dataset"}', True),
        ('{"@context": {"s": "http://schema.org/"}, "@type": "s:Dataset"}', True),
        ('{"@context": {"Dataset": {"@id": "https://schema.org/Dataset"}}, "@type": "Dataset"}', True),
        ('{"@type": "https://schema.org/Dataset"}', True),
        ('{"@type": "Dataset"}', False),
        ('{"@context": {"@vocab": "http://www.w3.org/ns/dcat#"}, "@type": "Dataset"}', False),
        ('{"@type": "http://www.w3.org/ns/dcat#Dataset"}', False),
        ('{"@context": "https://schema.org/", "@type": "Thing"}', False),
        ('{"@context": "http://[", "@type": "Dataset"}', False),
        ('{"@context": "https://schema.org.evil.example/", "@type": "Dataset"}', False),
    ],
)
def test_a_data_set_for_search_engines_is_one_of_schema_org(tmp_path: Path, card: str, is_ours: bool) -> None:
    page = f'<!doctype html><title>x</title><script type="application/ld+json">{card}</script>'
    (tmp_path / "index.html").write_text(page, encoding="utf-8")

    assert (lint.lint([tmp_path], ["missing-schema-org"]).findings == []) is is_ours


def test_the_first_few_unverified_terms_are_named(tmp_path: Path) -> None:
    turtle = "".join(f"<https://e.org/1> <https://v.example/p{n}> 1 . " for n in range(8))

    (told,) = found(tmp_path / "a.ttl", turtle, "unverified-term")
    assert told.place.value.startswith("https://v.example/p0, https://v.example/p1, ")
    assert told.place.value.endswith(" and 3 more")


def test_an_ontology_that_imports_another_is_not_isolated(tmp_path: Path) -> None:
    turtle = f"{ONTOLOGY} <https://e.org/o> owl:imports "

    assert found(tmp_path / "a.ttl", f"{turtle} <http://xmlns.com/foaf/0.1/> .", "isolated-ontology") == []
    assert len(found(tmp_path / "a.ttl", f"{turtle} <https://e.org/o/module> .", "isolated-ontology")) == 1


@pytest.mark.parametrize("name", ["orchard.ttl", "library.owl", "sensors.jsonld"])
def test_standard_input_is_read_whatever_its_syntax(name: str, shell: Callable[..., Any]) -> None:
    path = CASES / "foreign" / name
    streamed = shell("lint", "-", "--format", "json", stdin=path.read_bytes())

    rows = json.loads(streamed.out)
    found = {row["rule"] for row in rows if row["severity"] != "skipped"}
    assert found == {each.rule.name for each in lint.lint([path]).findings} - {"unusual-ending"}


def test_a_folder_is_looked_at_as_one_ontology(tmp_path: Path) -> None:
    head, _, terms = (CASES / "foreign" / "orchard.ttl").read_text(encoding="utf-8").partition("orch:Plot a")
    prefixes = "".join(line + "\n" for line in head.splitlines() if line.startswith("@prefix"))
    (tmp_path / "head.ttl").write_text(head, encoding="utf-8")
    (tmp_path / "terms.ttl").write_text(f"{prefixes}orch:Plot a{terms}", encoding="utf-8")

    assert lint.lint([tmp_path]).findings == []
    assert "undeclared-term" not in {each.rule.name for each in lint.lint([tmp_path / "terms.ttl"]).findings}


def test_an_unknown_rule_is_told_with_what_comes_close(run: Callable[..., Any]) -> None:
    for words in (("lint", "--rule", "missing-licence"), ("lint", "--describe", "missing-licence")):
        said = run(*words)

        assert said.code == 2
        assert "did you mean missing-license" in said.err


def test_a_rule_is_described_and_all_are_listed(run: Callable[..., Any]) -> None:
    described, listed = run("lint", "--describe", "missing-license"), run("lint", "--list", "--format", "json")

    for words in ("nobody may use it", "state dcterms:license", "OOPS! P41"):
        assert words in described.out
    assert [row["rule"] for row in json.loads(listed.out)] == list(RULES)


def test_each_point_of_the_checklist_has_a_rule_and_each_that_is_skipped_says_why() -> None:
    assert {each.point for each in RULES.values()} == set(rules.POINTS)
    for each in RULES.values():
        assert each.title.endswith("?")
        assert each.network or each.find
        assert not each.problem.endswith(".")


def test_a_stored_rule_of_an_unknown_severity_is_refused(tmp_path: Path) -> None:
    text = (Path(lint.__file__).parents[3] / "queries" / "lint" / "missing-license.rq").read_text(encoding="utf-8")
    (tmp_path / "bad.rq").write_text(text.replace("severity: failure", "severity: disaster"), encoding="utf-8")

    with pytest.raises(QueryFileError, match="disaster"):
        rules.rules(tmp_path)


def test_no_rule_goes_out_to_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("went out to the network"))

    lint.lint([case("unmet-shape", "pitfall")], [], CASES / "unmet-shape" / "shapes")
    lint.lint([case("remote-context", "pitfall")])


def test_each_row_of_the_table_of_terms_is_of_a_state_that_is_known() -> None:
    rows = [(space, name, *row) for space, each in terms.known().items() for name, row in each.items()]

    assert {state for _, _, state, _ in rows} == {"exists", "deprecated", "gone"}
    assert all(note for _, _, state, note in rows if state != "exists")


def test_our_own_build_has_no_failure_and_no_warning(dist: Path) -> None:
    report = lint.lint([dist])

    assert [each.where for each in report.findings if each.rule.severity in ("failure", "warning")] == []


def test_entities_within_entities_are_refused(tmp_path: Path) -> None:
    head = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]>'
    (tmp_path / "a.rdf").write_text(f"{head}<rdf:RDF/>", encoding="utf-8")

    with pytest.raises(RdfError, match="entities within entities"):
        lint.read([tmp_path / "a.rdf"])


def test_a_graph_made_to_be_hard_to_compare_is_compared_in_time(tmp_path: Path) -> None:
    pairs = [(one, other) for one in range(12) for other in range(12) if one != other]
    (tmp_path / "a.nt").write_text("".join(f"_:b{one} <https://e.org/p> _:b{other} .\n" for one, other in pairs))

    start = time.monotonic()
    assert "unstable-graph" not in {each.rule.name for each in lint.lint([tmp_path / "a.nt"]).findings}
    assert time.monotonic() - start < 20


_NODES = st.one_of(st.integers(0, 5).map(lambda n: BlankNode(f"b{n}")), st.just(NamedNode("https://e.org/1")))
_TRIPLES = st.lists(st.builds(Triple, _NODES, st.just(NamedNode("https://e.org/p")), _NODES), max_size=9, unique=True)


@given(_TRIPLES, _TRIPLES)
def test_two_graphs_have_one_hash_where_rdflib_calls_them_isomorphic(one: list[Triple], other: list[Triple]) -> None:
    def theirs(triples: list[Triple]) -> rdflib.Graph:
        graph = rdflib.Graph()
        for triple in triples:
            subject, predicate, value = map(rdflib_term, triple)
            graph.add((subject, predicate, value))
        return graph

    renamed = {f"b{n}": BlankNode(f"x{5 - n}") for n in range(6)}
    again = [
        Triple(*(renamed[term.value] if isinstance(term, BlankNode) else term for term in triple))  # type: ignore[arg-type]
        for triple in reversed(one)
    ]
    assert graph_hash(one) == graph_hash(again)
    if isomorphic(theirs(one), theirs(other)):
        assert graph_hash(one) == graph_hash(other)


@given(st.dictionaries(st.integers(0, 7), st.sets(st.integers(0, 7)), max_size=8))
def test_a_link_is_in_a_circle_where_its_end_leads_back(links: dict[int, set[int]]) -> None:
    def name(number: int) -> Term:
        return NamedNode(f"urn:{number}")

    def leads(start: int, end: int) -> bool:
        seen, queue = set(), [start]
        while queue:
            if (node := queue.pop()) not in seen:
                seen.add(node)
                queue += links.get(node, ())
        return end in seen

    wanted = {(name(a), name(b)) for a, above in links.items() for b in above if a != b and leads(b, a)}
    assert circles({name(a): {name(b) for b in above} for a, above in links.items()}) == wanted
