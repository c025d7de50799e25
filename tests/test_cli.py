"""Words in, results, sentences and exit codes out."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from atgraph import cli, names

Run = Callable[..., object]
TEXT = "data/sources/gof-2024/gof-2024.ar.txt"


def refused(said: object, code: int, slug: str, *words: str) -> None:
    """Hold what every refusal has: the exit code, one line with where and what to do, no traceback, no result."""
    assert said.code == code, said.err
    assert said.err.startswith("atgraph: ")
    assert said.err.count("\n") == 1
    assert f"docs/errors.md#{slug}" in said.err
    assert "Traceback" not in said.err
    assert said.out == ""
    for word in words:
        assert word in said.err


def test_the_names_kept_for_a_fast_start_are_those_of_the_library() -> None:
    from atgraph import ask
    from atgraph.publish import dumps

    assert (*cli.TABLES, "ttl") == ask.FORMATS
    assert cli.LANGUAGES == names.LANGUAGES
    assert set(cli.EXPORTS) == set(dumps.FORMATS)


@pytest.mark.parametrize("command", sorted(cli.cli.commands))
def test_a_command_helps_with_a_sentence_and_an_example(run: Run, command: str) -> None:
    said = run(command, "--help")

    assert said.code == 0
    assert f"Example: atgraph {command} " in said.out or f"Example: atgraph {command}\n" in said.out


@pytest.mark.parametrize("command", sorted(cli.cli.commands))
def test_a_command_is_at_most_fifteen_lines(command: str) -> None:
    import ast
    import inspect
    import textwrap

    function = ast.parse(textwrap.dedent(inspect.getsource(cli.cli.commands[command].callback))).body[0]

    first, last = function.body[1], function.body[-1]
    assert last.end_lineno - first.lineno < 15


def test_help_needs_no_engine() -> None:
    script = "import sys; from atgraph import cli; cli.run(['--help']); print(sorted(sys.modules))"

    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    loaded = said.stdout.splitlines()[-1]
    assert not [name for name in ("pyoxigraph", "rdflib", "pyshacl", "SPARQLWrapper", "yaml") if f"'{name}'" in loaded]


def test_no_words_are_a_call_for_help(shell: Run) -> None:
    said = shell()

    assert said.code == 0
    assert "Commands:" in said.out


@pytest.mark.parametrize(
    "words",
    [
        ["nope"],
        ["ask", "--format", "xls"],
        ["--nope"],
        ["extract"],
        ["ask", "one", "two"],
        ["ask", "one", "--state"],
        ["ask", "-x"],
        ["ask", "--describe"],
        ["query", "--timeout", "0", "ASK {}"],
    ],
)
def test_words_that_make_no_sense_are_exit_2(run: Run, words: list[str]) -> None:
    refused(run(*words), 2, "usage-error")


def test_what_is_not_built_is_said(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    refused(run("stats"), 3, "unreadable-error", "dist/atgraph.nq", "atgraph build")


def test_questions_are_listed(run: Run) -> None:
    from atgraph import queries

    said = run("ask", "--format", "json")

    assert [row["name"] for row in json.loads(said.out)] == list(queries.questions())


def test_a_question_is_described(run: Run) -> None:
    from atgraph import queries

    question = next(each for each in queries.questions().values() if each.parameters)
    said = run("ask", question.name, "--describe")

    for word in (question.title, *question.columns, *(f"--{name}" for name in question.parameters)):
        assert word in said.out


def test_a_description_says_how_values_are_given(run: Run) -> None:
    said = run("ask", "treaty-status", "--describe").out

    assert "gof-2024 if left out, * for any" in said
    assert "--lang LANGUAGE" in said
    values = said.partition("\nValues:\n")[2]
    assert "BHR" in values
    assert "A/RES/68/192" in values
    assert names.LANGUAGES[-1] in values


def test_a_misspelt_question_is_told_before_anything_is_built(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    refused(run("ask", "treaty-statu"), 2, "unknown-question-error", "did you mean treaty-status")
    refused(run("ask", "treaty-status"), 3, "unreadable-error", "atgraph build")


def test_a_parameter_may_be_said_three_ways(run: Run, dist: Path) -> None:
    from atgraph import queries

    name = next(q.name for q in queries.questions().values() for p in q.parameters.values() if p.kind == "state")
    key = next(p.name for p in queries.question(name).parameters.values() if p.kind == "state")

    ways = [["-p", f"{key}=BLR"], [f"--{key}", "BLR"], [f"--{key}=BLR"]]
    said = [run("ask", name, *way, "--data", dist, "--format", "csv") for way in ways]

    assert said[0].code == 0, said[0].err
    assert said[0] == said[1] == said[2]


def test_an_unknown_question_parameter_or_value_is_exit_2(run: Run, dist: Path) -> None:
    from atgraph import queries

    name = next(q.name for q in queries.questions().values() for p in q.parameters.values() if p.kind == "state")
    key = next(p.name for p in queries.question(name).parameters.values() if p.kind == "state")

    refused(run("ask", "nope", "--data", dist), 2, "unknown-question-error", "nope")
    refused(run("ask", name, "--nope", "1", "--data", dist), 2, "unknown-parameter-error", "nope")
    refused(run("ask", name, f"--{key}", "XYZ", "--data", dist), 2, "unknown-term-error", "XYZ")


@pytest.mark.parametrize("form", [*cli.TABLES, "ttl"])
def test_every_format_of_an_answer_goes_to_standard_output_alone(run: Run, dist: Path, form: str) -> None:
    said = run("query", "SELECT ?s WHERE { ?s a atg:State } LIMIT 2", "--data", dist, "--format", form)

    assert said.code == 0
    assert said.out
    assert said.err == ""


def test_sparql_may_be_text_file_or_stream(shell: Run, dist: Path, tmp_path: Path) -> None:
    text = "SELECT (COUNT(*) AS ?n) WHERE { ?s a atg:State }"
    (tmp_path / "states.rq").write_text(text, encoding="utf-8")
    data = ["--data", dist, "--format", "csv"]

    said = [shell("query", text, *data), shell("query", tmp_path / "states.rq", *data)]
    said.append(shell("query", "-", *data, stdin=text.encode()))

    assert said[0].code == 0, said[0].err
    assert said[0] == said[1] == said[2]


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("ASK { ?s a atg:State }", "true\n"),
        ("ASK { ?s a atg:Nothing }", "false\n"),
        ("CONSTRUCT { state:BHR a atg:State } WHERE {}", "state:BHR\n    a atg:State ;\n.\n"),
        ("DESCRIBE state:BHR", "state:BHR\n"),
    ],
)
def test_every_form_of_query_is_answered(run: Run, dist: Path, text: str, out: str) -> None:
    said = run("query", text, "--data", dist)

    assert said.code == 0, said.err
    assert out in said.out


def test_sparql_that_is_refused_is_told_what_to_do(run: Run, dist: Path) -> None:
    def said(text: str, *words: str) -> None:
        refused(run("query", text, "--data", dist), 4, "query-error", *words)

    said("INSERT DATA { <a:b> <a:b> 1 }", "SELECT, ASK, CONSTRUCT or DESCRIBE")
    said("SELECT * { ?s nope:x ?o }", "nope:", "act, act-group,")
    said("SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }", "--endpoint")


def test_a_name_copied_from_an_answer_is_understood(run: Run, dist: Path) -> None:
    said = run("query", "DESCRIBE provision:gof-2024.annex.8.1", "--data", dist)

    assert "\nprovision:gof-2024.annex.8.1\n    a" in said.out


@pytest.mark.parametrize("text", ["SELECT", "DELETE WHERE { ?s ?p ?o }", "", "SELECT ?x WHERE { ?x nope:y ?z }"])
def test_sparql_that_cannot_be_answered_is_exit_4(run: Run, dist: Path, text: str) -> None:
    refused(run("query", text or " ", "--data", dist), 4, "query-error")


def test_a_text_is_extracted_from_a_file_and_from_a_stream(shell: Run, root: Path) -> None:
    by_name = shell("extract", TEXT, "--format", "json")
    by_stream = shell("extract", "-", "--format", "json", stdin=(root / TEXT).read_bytes())

    assert by_name.code == 0, by_name.err
    assert by_name == by_stream
    found = json.loads(by_name.out)
    assert {"document", "provisions"} <= found.keys()
    assert {"paragraph", "start", "end", "quote", "act", "speaker", "addressees"} <= found["provisions"][0].keys()


def test_the_provisions_of_a_text_make_a_table(run: Run, root: Path) -> None:
    said = run("extract", root / TEXT, "--format", "csv")

    assert said.code == 0
    assert said.out.splitlines()[0].startswith("paragraph,")


def test_a_text_without_provisions_is_a_finding(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("List of rooms, with times and floors, for the people of the house\n", encoding="utf-8")

    said = run("extract", path, "--format", "json")

    assert said.code == 1
    assert json.loads(said.out)["provisions"] == []
    assert said.err.startswith(f"atgraph: {path}: no provision was found; check ")
    assert "docs/errors.md#findings-error" in said.err


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"\xff\xfe\x00\xd8 neither", "UTF-16"),
        ("Заявление".encode("cp866"), "UTF-8"),
        (
            "\n".join(
                line[::-1] for line in ["تحث المجموعة جميع الدول على التعاون", "وتدعو الحكومات إلى العمل"] * 9
            ).encode(),
            "",
        ),
        (b"\x00\x01\x02\x03" * 100, ""),
        ("تحث المجموعة جميع الدول على التعاون".encode() * 20 + "ت".encode()[:1], "truncated"),
    ],
    ids=["empty", "blank", "utf-16", "cp866", "mirrored", "binary", "truncated"],
)
def test_a_text_that_is_none_is_exit_3(run: Run, tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "statement.txt"
    path.write_bytes(content)

    refused(run("extract", path), 3, "text-error", "statement.txt", word)


def test_a_file_that_cannot_be_read_is_exit_3(run: Run, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere.txt"):
        said = run("extract", path)

        assert said.code == 3
        assert said.err.count("\n") == 1


def test_turtle_that_does_not_parse_is_exit_3(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("<a:b> <a:b> .\n", encoding="utf-8")

    refused(run("validate", path), 3, "rdf-error", "broken.ttl:1")


def test_what_breaks_a_rule_is_exit_1_and_listed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("<https://example.org/x> a <https://w3id.org/atgraph/ontology/Call> .\n", encoding="utf-8")

    said = run("validate", path)

    assert said.code == 1
    assert "https://example.org/x" in said.out
    assert "docs/errors.md#findings-error" in said.err


def test_what_no_shape_meets_is_a_finding(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "other.ttl"
    path.write_text("<a:b> <a:b> <a:b> .\n", encoding="utf-8")

    assert run("validate", path).code == 1


def test_the_built_graph_conforms(run: Run, dist: Path) -> None:
    said = run("validate", "--data", dist)

    assert said.code == 0, said.out
    assert said.out.splitlines()[-1].startswith("conforms")


def test_an_export_goes_to_a_file_or_a_stream(run: Run, dist: Path, tmp_path: Path) -> None:
    data = ["--data", dist / "atgraph.nq"]

    streamed = run("export", "--format", "nq", *data)
    filed = run("export", "--format", "nq", "-o", tmp_path / "all.nq", *data)

    assert streamed.code == filed.code == 0
    assert filed.out == ""
    assert streamed.out == (tmp_path / "all.nq").read_text(encoding="utf-8")
    assert streamed.out == (dist / "atgraph.nq").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [["export", "--format", "nq"], ["stats"], ["query", "SELECT * { ?s ?p ?o } LIMIT 9"]])
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
def test_a_full_disk_is_exit_4(dist: Path, words: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "atgraph", *words, "--data", str(dist / "atgraph.nq")]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    refused(cli_said(done), 4, "write-error", "standard output")


def cli_said(done: subprocess.CompletedProcess[str]) -> object:
    """Return what a process said in the shape that the fixtures give."""
    from types import SimpleNamespace

    return SimpleNamespace(code=done.returncode, out=done.stdout or "", err=done.stderr)


def test_a_reader_that_has_enough_is_no_fault(dist: Path) -> None:
    command = [sys.executable, "-m", "atgraph", "export", "--format", "nq", "--data", str(dist / "atgraph.nq")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.read(10)
        process.stdout.close()
        err = process.stderr.read()

    assert process.returncode == 0
    assert err == b""


def test_an_interrupt_is_exit_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import atgraph

    def interrupted(*words: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(atgraph, "open", interrupted)

    assert run("stats").code == 130


def test_a_fault_of_ours_is_a_sentence_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import atgraph

    monkeypatch.setattr(atgraph, "open", lambda path: 1 / 0)
    monkeypatch.delenv("ATGRAPH_TRACEBACK", raising=False)

    said = run("stats")

    assert said.code == 4
    assert "ZeroDivisionError" in said.err
    assert said.err.count("\n") == 1


def test_output_is_utf_8_whatever_the_locale(shell: Run, dist: Path) -> None:
    words = ["query", "SELECT ?l WHERE { state:BHR skos:prefLabel ?l }", "--data", dist]

    plain = shell(*words, LC_ALL="C.UTF-8")
    strange = shell(*words, LC_ALL="POSIX", PYTHONIOENCODING="latin-1")

    assert plain.code == 0, plain.err
    assert "البحرين" in plain.out
    assert plain == strange


def test_progress_is_for_terminals_only() -> None:
    """Whatever fails in the end, a terminal sees a stage on the way and a pipe does not."""
    script = "import sys\nfrom atgraph import cli\nwith cli._progress(False) as p:\n    p and p('read')\n"
    keeper, terminal = pty.openpty()
    process = subprocess.Popen([sys.executable, "-c", script], stderr=terminal)
    process.wait()
    os.close(terminal)
    time.sleep(0.05)
    seen = os.read(keeper, 1000)
    os.close(keeper)

    piped = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)

    assert b"read" in seen
    assert piped.stderr == b""
