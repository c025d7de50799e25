"""Validation: both engines give one report, and a finding says which node, which rule, what to do, and where."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, Quad, RdfFormat

import atgraph
from atgraph import check, files
from atgraph.check import Finding, Report, place, report, run_checks, validate
from atgraph.errors import EngineError, UsageError
from atgraph.names import PREFIXES, graph, iri
from atgraph.store import Dataset

VALID = files.ontology() / "examples" / "valid"
INVALID = sorted((files.ontology() / "examples" / "invalid").glob("*.ttl"))
_PREFIXES = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())


def read(text: str, name: str = "gof-2024") -> Dataset:
    dataset = Dataset()
    dataset.parse((_PREFIXES + text).encode(), RdfFormat.TURTLE, graph(name))
    return dataset


@pytest.fixture(scope="module")
def context() -> Dataset:
    return check.load_context()


@pytest.fixture(scope="module")
def shapes() -> Dataset:
    return check.load_shapes()


@pytest.mark.parametrize("engine", check.ENGINES)
def test_the_valid_examples_conform(engine: str) -> None:
    found = validate(Dataset.load(VALID), engine)

    assert found == Report(())
    assert found.conforms


def test_both_engines_give_one_report_on_all_invalid_examples_together(context: Dataset, shapes: Dataset) -> None:
    broken = Dataset.load([VALID, *INVALID], graph("broken"))

    fast, reference = (validate(broken, engine, shapes, context) for engine in check.ENGINES)

    assert fast == reference
    assert len({finding.rule for finding in fast.findings}) > 50


@pytest.mark.parametrize("path", INVALID[::12], ids=lambda path: path.stem)
def test_both_engines_give_one_report_on_an_invalid_example(path: Path, context: Dataset, shapes: Dataset) -> None:
    broken = Dataset.load([VALID, path])

    fast, reference = (validate(broken, engine, shapes, context) for engine in check.ENGINES)

    assert fast == reference
    assert fast.findings


def test_both_engines_give_one_report_on_the_whole_build(graph: atgraph.Graph) -> None:
    assert validate(graph.dataset) == validate(graph.dataset, "pyshacl")


@pytest.mark.parametrize("engine", check.ENGINES)
def test_a_finding_names_node_rule_advice_source_and_paragraph(engine: str) -> None:
    found = read("""provision:gof-2024.annex.8.1 a atg:Call ; atg:isInParagraph paragraph:gof-2024.annex.8 ;
        atg:confidence 7.0 .""")

    findings = [each for each in validate(found, engine).findings if each.rule == "ats:Provision-confidence"]

    assert [(f.focus, f.path, f.value, f.source, f.paragraph) for f in findings] == [
        ("provision:gof-2024.annex.8.1", "atg:confidence", "7.0", "gof-2024", "gof-2024.annex.8")
    ]
    assert "between 0 and 1" in str(findings[0])
    assert "(gof-2024, gof-2024.annex.8)" in str(findings[0])


def test_a_validation_that_meets_no_node_is_a_finding() -> None:
    found = validate(read("<http://example.org/a> <http://example.org/b> 1 ."))

    assert [finding.rule for finding in found.findings] == ["no-node-met"]
    assert not found.conforms


def test_what_a_file_names_of_our_reference_data_is_known() -> None:
    found = validate(read("provision:a.1 a atg:Call ; atg:isAddressedTo state:BHR , document:untoc ."))

    addressed = [finding.value for finding in found.findings if finding.rule == "ats:Provision-isAddressedTo"]
    assert addressed == ["document:untoc"]


@pytest.mark.parametrize(
    ("name", "steps"),
    [
        ("paragraph:a.1", ""),
        ("provision:a.1.1", "provision:a.1.1 atg:isInParagraph paragraph:a.1 ."),
        ("selector:a.quote", "provision:a.1.1 atg:isInParagraph paragraph:a.1 ; atg:hasPassage passage:a . "
                             "passage:a oa:hasSelector selector:a.quote ."),
        ("reading:a", "reading:a rdf:subject provision:a.1.1 . provision:a.1.1 atg:isInParagraph paragraph:a.1 ."),
        ("review:a", "review:a atg:reviews provision:b . provision:c atg:reports provision:b ; "
                     "atg:isInParagraph paragraph:a.1 ."),
    ],
)  # fmt: skip
def test_every_kind_of_node_is_placed_in_its_paragraph(name: str, steps: str) -> None:
    found = read(f"{name} rdfs:comment 'here' . {steps}")

    assert place(found, iri(name)) == ("gof-2024", "a.1")


def test_what_stands_nowhere_is_placed_nowhere() -> None:
    assert place(read(""), iri("state:BHR")) == place(read(""), None) == place(read(""), BlankNode()) == ("", "")


def test_warnings_do_not_break_conformity() -> None:
    warning = Finding("warning", "a", "b", "c", "d", "e")

    assert report([warning, warning]).conforms
    assert report([warning]).text().endswith("conforms: 1 warning\n")
    assert not report([warning, Finding("violation", "a", "b", "c", "d", "e")]).conforms


def test_a_report_gives_each_rule_and_its_advice_once() -> None:
    advice = "The provision has no speaker, or one that is no actor; name a State, group, body or actor class"
    found = [
        Finding(
            "violation", "ats:Provision-isMadeBy", f"provision:gof-2024.annex.8.{n}", "atg:isMadeBy", "x " * 90, advice
        )
        for n in (1, 2, 3)
    ]

    text = report([*found, Finding("warning", "call", "provision:a.1", "", "", "No addressee")]).text(80)

    assert text.count("name a State") == text.count("ats:Provision-isMadeBy") == 1
    assert all(f"provision:gof-2024.annex.8.{n}: " in text for n in (1, 2, 3))
    assert all(len(line) <= 80 for line in text.splitlines())
    assert text.endswith("\ndoes not conform: 3 violations, 1 warning\n")


def test_shapes_that_are_broken_are_an_engine_error() -> None:
    broken = read("ats:A a sh:NodeShape ; sh:targetClass atg:Call ; sh:property [ sh:minCount 1 ] .")

    for engine in check.ENGINES:
        with pytest.raises(EngineError):
            validate(read("provision:a a atg:Call ."), engine, broken)


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(UsageError, match="pyshacl"):
        validate(Dataset(), "guess")


def test_the_rows_of_a_check_are_findings(tmp_path: Path) -> None:
    (tmp_path / "unnamed-state.rq").write_text(
        """#+ title: States have names
#+ problem: The State has no name
#+ remedy: give it one
#+ severity: warning

PREFIX atg: <https://w3id.org/atgraph/ontology/>
SELECT ?focus ?path ?value
WHERE { ?focus a atg:State BIND("x" AS ?value) }
"""
    )
    dataset = Dataset([Quad(iri("state:BHR"), iri("rdf:type"), iri("atg:State"), graph("reference"))])

    found = run_checks(dataset, tmp_path)

    assert found == [
        Finding("warning", "unnamed-state", "state:BHR", "", "x", "The State has no name", "give it one", "reference")
    ]
    assert str(found[0]) == ("warning: state:BHR: “x”: The State has no name; give it one [unnamed-state] (reference)")


def test_our_checks_know_our_terms_when_a_file_comes_alone() -> None:
    found = run_checks(read("provision:a.1 a atg:Call , atg:Nonsense ."))

    assert [finding.value for finding in found if finding.rule == "undeclared-term"] == ["atg:Nonsense"]


def test_a_long_value_is_cut_in_the_line_and_whole_in_the_finding() -> None:
    finding = Finding("info", "r", "f", "p", "x" * 500, "m")

    assert len(str(finding)) < 200
    assert Literal(finding.value).value == "x" * 500
