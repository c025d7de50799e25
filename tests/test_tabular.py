"""Tables: three writings of the same rows, which programs that are not ours accept, and no cell of which can run."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import frictionless
import openpyxl
import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, Quad

import atgraph
from atgraph import files
from atgraph.errors import EngineError, FindingsError, QueryFileError
from atgraph.names import graph as named
from atgraph.names import iri
from atgraph.publish import datapackage, sqlite, tabular, workbook
from atgraph.publish.columns import LANGUAGE_NAMES, TYPES, Column, definitions
from atgraph.publish.sheets import Sheet, sheets
from atgraph.settings import Settings
from atgraph.store import Dataset

DEFINED = definitions()
NAMES = [card["name"] for card in DEFINED]
COUNTS = {
    "provisions": "?x atg:performsAct []",
    "passages": "?x oa:hasSource []",
    "actors": "?x a atg:Actor",
    "memberships": "?x org:member []",
    "treaty_actions": "?x atg:hasActionType []",
    "statistics": "?x a schema:Observation",
    "documents": "?x atg:hasKind []",
    "instruments": "?x a atg:Instrument",
    "concepts": "?x skos:inScheme ?scheme . ?x a skos:Concept",
    "expressions": "?x atg:sha256 []",
    "paragraphs": "?x atg:number []",
    "observances": "?x atg:monthDay []",
    "readings": "?x rdf:subject []",
}
PAIRS = {
    "speakers": "atg:isMadeBy",
    "addressees": "atg:isAddressedTo",
    "mentions": "atg:mentions",
    "citations": "atg:cites",
    "themes": "atg:concerns",
}
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", " =1", "\ufeff=1", "=cmd|' /C calc'!A0")


@pytest.fixture(scope="module")
def built(graph: atgraph.Graph) -> list[Sheet]:
    return sheets(graph.dataset)


def read(dist: Path, name: str) -> tuple[list[str], list[list[str]]]:
    with (dist / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream)
    return head, rows


def database(dist: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{dist / 'atgraph.sqlite'}?mode=ro", uri=True)


def a_sheet(*rows: tuple[Any, ...], types: tuple[str, ...] = ("iri", "text", "integer", "number", "boolean")) -> Sheet:
    columns = [Column(f"c{n}", kind, "A title", "عنوان", "What it is.", field=f"c{n}") for n, kind in enumerate(types)]
    return Sheet("things", "Things", "أشياء", "What they are.", ("c0",), tuple(columns), rows)


def csv_of(sheet: Sheet) -> list[list[str]]:
    text = datapackage.csv_text(sheet)
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


def xlsx_of(sheet: Sheet) -> list[list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(workbook.workbook([sheet])))
    return [[cell.value for cell in row] for row in book[sheet.name].iter_rows(min_row=2)]


# What the tables say


@pytest.mark.parametrize("name", COUNTS)
def test_a_table_has_as_many_rows_as_the_graph_has_things(name: str, dist: Path, graph: atgraph.Graph) -> None:
    found = graph.dataset.select(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {COUNTS[name]} }}")
    count = int(next(iter(found))["n"].value)

    assert count > 0
    assert len(read(dist, name)[1]) == count


@pytest.mark.parametrize("name", PAIRS)
def test_a_table_of_links_has_a_row_for_each(name: str, dist: Path, graph: atgraph.Graph) -> None:
    pairs = {
        (row["s"].value, row["o"].value)
        for row in graph.dataset.select(f"SELECT ?s ?o WHERE {{ ?s a atg:Provision ; {PAIRS[name]} ?o }}")
    }

    head, rows = read(dist, name)
    other = 1 if name in ("citations", "themes") else head.index("actor")
    assert sorted((row[0], row[other]) for row in rows) == sorted(pairs)


def test_every_table_of_the_definitions_is_tested_for_its_rows() -> None:
    assert set(NAMES) - set(COUNTS) - set(PAIRS) == {"document_links", "document_actors"}


def test_a_provision_is_told_as_the_graph_tells_it(dist: Path) -> None:
    rows = pandas.read_csv(dist / "tables" / "provisions.csv", dtype=str, keep_default_na=False)
    row = rows[rows.provision.str.endswith("/gof-2024.annex.7.2.r1")].iloc[0]

    assert (row.kind, row.act_name_en, row.act_name_ar, row.deadline) == ("Call", "calls upon", "يهيب", "2025")
    assert row.document == ""
    assert row.told_in.endswith("/gof-2024.annex.7.2")
    assert row.quote_ar.startswith("بالنداء الأخير الذي وجهه الفريق")
    assert (row.confidence, row.needs_review) == ("0.8", "true")


def test_dates_keep_their_precision(dist: Path, graph: atgraph.Graph) -> None:
    head, rows = read(dist, "memberships")
    dates = {row[0]: row[head.index("date")] for row in rows}
    wanted = graph.dataset.select("SELECT ?m ?date WHERE { ?m a org:Membership ; atg:attestationDate ?date }")

    assert {row["m"].value: row["date"].value for row in wanted} == {m: date for m, date in dates.items() if date}
    assert {len(date) for date in dates.values()} >= {len("2014-05"), len("2014-05-01")}


def test_things_and_what_links_name_are_called_by_their_names_in_six_languages(dist: Path) -> None:
    called = {"treaty_actions": ["actor_name", "action_type_name", "instrument_name"], "actors": ["name"]}
    called |= {"memberships": ["of_group_name", "state_name"], "provisions": ["label", "act_name", "quote"]}
    for name, stems in called.items():
        head, rows = read(dist, name)
        for stem in stems:
            assert [each for each in head if re.fullmatch(f"{stem}_..", each)] == [
                f"{stem}_{k}" for k in LANGUAGE_NAMES
            ]
        if name == "treaty_actions":
            row = next(row for row in rows if row[0].endswith("/QAT.trafficking-protocol.accession"))
            told = dict(zip(head, row, strict=True))
            assert [told[f"actor_name_{k}"] for k in ("ar", "zh", "en", "fr", "ru", "es")] == [
                *("قطر", "卡塔尔", "Qatar", "Qatar", "Катар", "Qatar"),
            ]
            assert told["date"] == "2009-05-29"


def test_every_column_is_titled_in_english_and_arabic_and_described(built: list[Sheet]) -> None:
    for sheet in built:
        assert len({column.name for column in sheet.columns}) == len(sheet.columns)
        for column in sheet.columns:
            assert column.type in TYPES
            assert column.title
            assert column.about.endswith(".")
            assert re.search("[\u0621-\u064a]", column.title_ar), column.name
        assert set(sheet.facets) <= {column.name for column in sheet.columns}


# CSV and its data package


def test_frictionless_accepts_the_package_with_its_hashes_types_and_keys(dist: Path) -> None:
    report = frictionless.Package(str(dist / "tables" / "datapackage.json")).validate()

    assert report.flatten(["type", "note"]) == []
    assert [task.name for task in report.tasks] == NAMES
    assert all(task.stats["rows"] for task in report.tasks)


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (lambda text: text.replace("/state/QAT,", "/state/XXX,", 1), "foreign-key"),
        (lambda text: text + text.splitlines(keepends=True)[-1], "primary-key"),
        (lambda text: text.replace("2024-06-27", "27 June 2024", 1), "constraint-error"),
        (lambda text: text.replace("atgraph", "Atgraph", 1), "hash-count"),
    ],
)
def test_frictionless_sees_what_is_wrong(dist: Path, tmp_path: Path, damage: Any, found: str) -> None:
    package = json.loads((dist / "tables" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        content = (dist / "tables" / resource["path"]).read_bytes()
        (tmp_path / resource["path"]).write_bytes(
            damage(content.decode()).encode() if resource["name"] == "memberships" else content
        )
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")

    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()

    assert found in {kind for (kind,) in report.flatten(["type"])}


def test_the_package_says_licence_sources_bytes_and_hashes(dist: Path) -> None:
    package = json.loads((dist / "tables" / "datapackage.json").read_text(encoding="utf-8"))

    assert package["licenses"][0]["name"] == "CC0-1.0"
    assert "not ours to license" in package["description"]
    assert any("Permanent Representative of Belarus" in source["title"] for source in package["sources"])
    for resource in package["resources"]:
        content = (dist / "tables" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert not content.startswith(b"\xef\xbb\xbf")
        assert content.decode().count("\r\n") >= content.decode().count("\n") - sum(
            cell.count("\n") for row in csv.reader(io.StringIO(content.decode(), newline="")) for cell in row
        )


# Formulas


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_begins_as_a_formula(text: str) -> None:
    row = csv_of(a_sheet(("a:b", text, 1, None, None)))[0]

    assert row[1] == f"'{text}"
    assert datapackage.unguarded(row[1]) == text


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_spreadsheet_runs_none_of_them(tmp_path: Path) -> None:
    sheet = a_sheet(*[(f"a:{n}", text, None, None, None) for n, text in enumerate(FORMULAS)])
    (tmp_path / "guarded.csv").write_text(datapackage.csv_text(sheet), encoding="utf-8", newline="")
    (tmp_path / "bare.csv").write_text("a,b\r\nx,=1+1\r\n", encoding="utf-8")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = ["soffice", profile, "--headless", "--convert-to", "fods", "--outdir", tmp_path]
    subprocess.run(
        [*words, tmp_path / "guarded.csv", tmp_path / "bare.csv"], check=True, capture_output=True, timeout=120
    )

    assert "table:formula=" in (tmp_path / "bare.fods").read_text(encoding="utf-8")
    assert "table:formula=" not in (tmp_path / "guarded.fods").read_text(encoding="utf-8")


def test_numbers_below_nothing_are_numbers_and_stay_as_they_are() -> None:
    assert csv_of(a_sheet(("a:b", "-", -5, Decimal("-0.50"), False))) == [["a:b", "'-", "-5", "-0.50", "false"]]


def test_no_cell_of_the_release_begins_as_a_formula(dist: Path) -> None:
    for name in NAMES:
        for row in read(dist, name)[1]:
            assert not any(cell.startswith(("=", "+", "@", "\t", "\r", "\n")) for cell in row)
            assert all(re.fullmatch(r"-?[\d.]+", cell) for cell in row if cell.startswith("-"))


def test_the_spreadsheet_has_the_true_text_as_a_text() -> None:
    sheet = a_sheet(*[(f"a:{n}", text, n, None, None) for n, text in enumerate(["=1+1", "@x", "-1", "http://a.b/c"])])
    book = openpyxl.load_workbook(io.BytesIO(workbook.workbook([sheet])))
    cells = [row[1] for row in book["things"].iter_rows(min_row=2)]

    assert [(cell.value, cell.data_type) for cell in cells] == [(t, "s") for t in ("=1+1", "@x", "-1", "http://a.b/c")]
    assert all(cell.hyperlink is None for cell in cells)


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
_CELLS = _TEXTS | st.builds(str.__add__, st.sampled_from([*"=+-@'\t\r\n\"", "''", "＝", " =", ",", ";"]), _TEXTS)


@given(_CELLS)
@settings(max_examples=500, deadline=None)
def test_any_text_comes_back_from_the_csv_and_none_begins_as_a_formula(text: str) -> None:
    cell = csv_of(a_sheet(("a:b", text, None, None, None)))[0][1]

    assert datapackage.unguarded(cell) == text
    assert cell.strip()[:1] not in {*"=+-@＝＋－＠"} or cell.strip()[:1] == ""
    assert cell[:1] not in "\t\r\n"


@given(st.lists(st.tuples(_CELLS, st.none() | st.integers(-(2**53), 2**53), st.none() | st.booleans()), max_size=4))
@settings(max_examples=60, deadline=None)
def test_any_rows_come_back_from_sqlite(rows: list[tuple[Any, ...]]) -> None:
    sheet = a_sheet(*[(f"a:{n}", text, whole, None, truth) for n, (text, whole, truth) in enumerate(rows)])
    connection = sqlite3.connect(":memory:")
    connection.deserialize(sqlite.database([sheet]))

    assert connection.execute("SELECT * FROM things").fetchall() == [tuple(row) for row in sheet.rows]
    connection.close()


@given(st.lists(_CELLS.filter(lambda text: text.isprintable() or text.isspace()), max_size=4))
@settings(max_examples=60, deadline=None)
def test_any_text_that_can_be_seen_comes_back_from_the_spreadsheet(texts: list[str]) -> None:
    texts = [re.sub(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_", "", text) or "x" for text in texts]
    rows = xlsx_of(a_sheet(*[(f"a:{n}", text, None, None, None) for n, text in enumerate(texts)]))

    assert [row[1] for row in rows if row[0]] == [text.replace("\r", "\n") for text in texts]


def test_a_text_longer_than_a_cell_ends_in_words_that_say_so() -> None:
    short, long, wide = "a" * 32_767, "ب" * 40_000, "😀" * 20_000
    book = openpyxl.load_workbook(
        io.BytesIO(workbook.workbook([a_sheet(*[(f"a:{t[0]}", t, None, None, None) for t in (short, long, wide)])]))
    )
    cells = [row[1].value for row in book["things"].iter_rows(min_row=2)]

    assert cells[0] == short
    for cell, text in zip(cells[1:], (long, wide), strict=True):
        assert len(cell.encode("utf-16-le")) // 2 <= 32_767
        assert cell.startswith(text[:10_000])
        assert cell.endswith(f"tables/things.csv and atgraph.sqlite have all {len(text):,} characters]")
    about = [str(row[0].value) for row in book["about"].iter_rows(max_row=6)]
    assert sum("cut at what a cell can hold" in text for text in about) == 2


# The workbook


@pytest.fixture(scope="module")
def book(dist: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(dist / "atgraph.xlsx")


def test_the_sheets_hold_what_the_csv_files_hold(dist: Path, book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["about", *NAMES]
    for name in NAMES:
        head, rows = read(dist, name)
        page = [list(row) for row in book[name].iter_rows(values_only=True)]

        assert page[0] == head
        assert len(page) == len(rows) + 1
        for mine, theirs in zip(rows, page[1:], strict=True):
            for cell, value in zip(mine, theirs, strict=True):
                if value is None:
                    assert cell == ""
                elif isinstance(value, bool):
                    assert cell == str(value).lower()
                elif isinstance(value, str):
                    assert datapackage.unguarded(cell) == value
                else:
                    assert Decimal(cell) == Decimal(str(value))


def test_a_sheet_is_frozen_filtered_and_arabic_reads_from_the_right(book: openpyxl.Workbook) -> None:
    page = book["provisions"]
    head = [cell.value for cell in page[1]]
    arabic, english = (page.cell(2, head.index(name) + 1) for name in ("act_name_ar", "act_name_en"))

    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref == page.dimensions
    assert arabic.alignment.readingOrder == 2
    assert english.alignment.readingOrder == 0
    assert all(8 <= size.width <= 70 for size in page.column_dimensions.values())


def test_the_spreadsheet_tells_what_each_column_is(book: openpyxl.Workbook, built: list[Sheet]) -> None:
    told = {(row[0], row[1]) for row in book["about"].iter_rows(values_only=True)}

    assert {(sheet.name, column.name) for sheet in built for column in sheet.columns} <= told


# SQLite


def test_sqlite_finds_its_file_whole_and_its_keys_kept(dist: Path) -> None:
    connection = database(dist)

    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA freelist_count").fetchall() == [(0,)]


def test_sqlite_holds_what_the_csv_files_hold(dist: Path, built: list[Sheet]) -> None:
    connection = database(dist)
    for sheet in built:
        head, rows = read(dist, sheet.name)
        found = connection.execute(f"SELECT * FROM {sheet.name} ORDER BY rowid")

        assert [each[0] for each in found.description] == head
        for mine, theirs in zip(rows, found, strict=True):
            for cell, value, column in zip(mine, theirs, sheet.columns, strict=True):
                if column.type == "boolean":
                    value = {1: "true", 0: "false", None: ""}[value]
                elif column.type in ("integer", "number"):
                    cell, value = (Decimal(str(each)) if each not in ("", None) else None for each in (cell, value))
                else:
                    cell, value = datapackage.unguarded(cell), value or ""
                assert cell == value, (sheet.name, column.name)


def test_foreign_keys_and_indexes_are_there(dist: Path, built: list[Sheet]) -> None:
    connection = database(dist)
    for sheet in built:
        keys = {(row[3], row[2]) for row in connection.execute(f"PRAGMA foreign_key_list({sheet.name})")}
        assert keys == {(column.name, column.of) for column in sheet.columns if column.of}
    plan = connection.execute(
        "EXPLAIN QUERY PLAN SELECT * FROM treaty_actions WHERE actor = 'https://w3id.org/atgraph/id/state/QAT'"
    ).fetchall()
    assert "USING INDEX treaty_actions_actor" in plan[0][3]


SPELLINGS = [
    ("الأطفال", ["الاطفال", "الأَطْفَال", "اﻷطفال", "الأطفـال"]),
    ("المرأة", ["المراة", "المرأه", "المَرْأَة"]),
    ("États", ["etats", "ETATS", "états"]),
    ("贩运", ["贩运"]),
    ("ребенка", ["ребёнка", "РЕБЁНКА"]),
]


@pytest.mark.parametrize(("word", "spellings"), SPELLINGS)
def test_a_word_is_found_however_it_is_written(dist: Path, word: str, spellings: list[str]) -> None:
    connection = database(dist)
    sql = json.loads((dist / "datasette.json").read_text(encoding="utf-8"))
    sql = sql["databases"]["atgraph"]["queries"]["search"]["sql"]
    wanted = connection.execute(sql, {"words": word}).fetchall()

    assert wanted
    assert any(word.casefold() in row[3].casefold() for row in wanted)
    for spelling in spellings:
        assert connection.execute(sql, {"words": spelling}).fetchall() == wanted
        python = connection.execute("SELECT COUNT(*) FROM texts_fts WHERE texts_fts MATCH ?", [sqlite.query(spelling)])
        assert python.fetchone()[0] == len(wanted)


@given(st.text(st.characters(codec="utf-8"), max_size=12))
@settings(max_examples=150, deadline=None)
def test_any_words_can_be_searched_for(dist: Path, words: str) -> None:
    connection = database(dist)
    queries = json.loads((dist / "datasette.json").read_text(encoding="utf-8"))["databases"]["atgraph"]["queries"]

    connection.execute(queries["search"]["sql"], {"words": words}).fetchall()
    connection.execute(queries["search-parts"]["sql"], {"words": words}).fetchall()
    connection.execute("SELECT * FROM texts_fts WHERE texts_fts MATCH ?", [sqlite.query(words)]).fetchall()


def test_members_not_party_are_those_of_the_stored_question(dist: Path, graph: atgraph.Graph) -> None:
    sql = json.loads((dist / "datasette.json").read_text(encoding="utf-8"))
    sql = sql["databases"]["atgraph"]["queries"]["members-not-party"]["sql"]
    found = database(dist).execute(sql, {"document": "gof-2024", "instrument": "crc-opsc"}).fetchall()

    wanted = graph.ask("not-party", document="crc-opsc").rows
    assert {row[3] for row in found} == {row[0].value for row in wanted}  # type: ignore[union-attr]


# Datasette


@pytest.fixture(scope="module")
def datasette(dist: Path) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, *"-m datasette serve atgraph.sqlite -m datasette.json -h 127.0.0.1 -p 0".split()],
        cwd=dist,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stderr
    try:
        for line in process.stderr:
            if found := re.search(r"running on (http://127\.0\.0\.1:\d+)", line):
                yield found[1]
                break
        else:
            pytest.fail("datasette did not start")
    finally:
        process.terminate()
        process.wait(10)


def fetched(address: str, path: str, **words: str) -> Any:
    with urllib.request.urlopen(f"{address}/{path}?{urllib.parse.urlencode(words)}", timeout=20) as answer:
        return json.load(answer)


def test_datasette_serves_the_rows(datasette: str, dist: Path) -> None:
    for name in NAMES:
        head, rows = read(dist, name)
        found = fetched(datasette, f"atgraph/{name}.json", _shape="objects", _size="5", _sort=head[0])
        first = sorted(row[0] for row in rows)[:5]

        assert found["filtered_table_rows_count"] == len(rows)
        assert [row[head[0]] for row in found["rows"]] == first


def test_datasette_searches_and_answers_every_stored_query(datasette: str) -> None:
    assert fetched(datasette, "atgraph/texts.json", _search="الاطفال")["filtered_table_rows_count"] > 10
    values = {"words": "الاطفال", "document": "gof-2024", "instrument": "crc-opsc"}
    card = fetched(datasette, "atgraph.json")
    assert len(card["queries"]) >= 5
    for query in card["queries"]:
        found = fetched(datasette, f"atgraph/{query['name']}.json", _shape="objects", **values)
        assert found["ok"]
        assert found["rows"], query["name"]


def test_datasette_shows_titles_descriptions_and_the_licence(datasette: str) -> None:
    with urllib.request.urlopen(f"{datasette}/atgraph/provisions", timeout=20) as answer:
        page = answer.read().decode()

    assert "الأحكام" in page
    assert "Creative Commons Zero" in page
    assert "Each clause that performs one act" in page


# Same bytes; what is refused


def test_the_same_dataset_gives_the_same_bytes_whatever_order_it_came_in(graph: atgraph.Graph, dist: Path) -> None:
    backwards = Dataset(reversed(list(graph.dataset.quads())))

    for name, content in tabular.contents(backwards, Settings()):
        mine = content.encode() if isinstance(content, str) else content
        assert mine == (dist / name).read_bytes(), name


def test_no_clock_and_no_path_is_in_the_files(dist: Path, book: openpyxl.Workbook) -> None:
    assert book.properties.created.year == 2000
    for name in ("atgraph.sqlite", "datasette.json", "tables/datapackage.json"):
        assert str(dist.parent).encode() not in (dist / name).read_bytes()


def with_more(graph: atgraph.Graph, *quads: tuple[str, str, Any]) -> Dataset:
    more = Dataset(graph.dataset.quads())
    more.add(Quad(iri(s), iri(p), o, named("example")) for s, p, o in quads)
    return more


def test_two_values_where_a_cell_holds_one_are_refused_with_both(graph: atgraph.Graph) -> None:
    dataset = with_more(graph, ("document:untoc", "dcterms:date", Literal("1999", datatype=iri("xsd:gYear"))))

    with pytest.raises(FindingsError, match="untoc has 2 values, “1999” and “2000-11-15”"):
        sheets(dataset)


def test_a_thing_that_has_no_row_is_refused(graph: atgraph.Graph) -> None:
    dataset = with_more(graph, ("provision:gof-2024.annex.8.1", "atg:isAddressedTo", iri("body:nobody")))

    with pytest.raises(FindingsError, match=r"names .*body/nobody, of which the table actors knows nothing"):
        sheets(dataset)


def test_a_number_that_is_none_is_refused(graph: atgraph.Graph) -> None:
    dataset = with_more(graph, ("statistic:x", "rdf:type", iri("atg:Statistic")))
    dataset.add(
        [
            Quad(iri("statistic:x"), iri("schema:value"), Literal("many"), named("example")),
            Quad(iri("statistic:x"), iri("schema:unitText"), Literal("percent"), named("example")),
        ]
    )

    with pytest.raises(FindingsError, match="is “many”, which is no number"):
        sheets(dataset)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('type = "iri"', 'type = "url"', "of type “url”"),
        ('of = "actors"', 'of = "people"', "no table before it"),
        ("?concept a skos:Concept", "?concept a skos:Concept }", "no SPARQL"),
        ("[[table]]", "[[table", "cannot be read"),
        ('about = "The concept\'s IRI."', 'abuot = "The concept\'s IRI."', "abuot"),
        ('keys = ["concept"]', 'keys = ["nothing"]', "nor a pattern|pattern, or with neither|no column"),
        ("[[table]]", "[[tables]]", "has no .*table"),
    ],
)
def test_a_wrong_definition_is_told(house: Path, graph: atgraph.Graph, old: str, new: str, said: str) -> None:
    path = files.queries() / "sheets.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new) if new == "[[tables]]" else text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(QueryFileError, match=said):
        sheets(graph.dataset)


def test_a_sqlite_without_full_text_search_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_create", lambda sheet, all_of_them: "CREATE VIRTUAL TABLE x USING nothing(a)")

    with pytest.raises(EngineError, match="FTS5"):
        sqlite.database([a_sheet(("a:b", "x", 1, None, None))])
