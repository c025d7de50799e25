"""A publisher's settings: what may stand in the file, what is refused and how; and a build under another base."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

import atgraph
from atgraph import files, settings
from atgraph.errors import SettingsError, UnreadableError
from atgraph.names import BASE, PREFIXES, graph, iri, moved, spaces
from atgraph.publish import catalog, citation, datapackage
from atgraph.publish.dumps import FORMATS, dump
from atgraph.remote import _THEIRS, base_of
from atgraph.store import Dataset
from atgraph.turtle import canonical
from atgraph.verify import verify

HOME = "https://data.example.org/tip/"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
WHOLE = f"""
base = "{HOME}"
licence = "{LICENCE}"
[publisher]
name = {{ en = "Ministry of Labour", ar = "وزارة العمل" }}
type = "NationalAuthority"
[contact]
name = "Open data desk"
email = "data@example.org"
"""


def test_without_a_file_it_is_us_who_publish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    found = settings.read()
    assert found == settings.Settings()
    assert found.base == BASE
    assert found.publisher_iri == f"{BASE}id/agent/atgraph-authors"


def test_a_file_is_found_here_in_the_root_and_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("here", "root", "named"):
        (tmp_path / name).mkdir()
        (tmp_path / name / settings.FILE).write_text(f'[publisher]\nname = "{name}"', encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")

    assert settings.read().publisher.english == "here"
    assert settings.read(tmp_path / "root").publisher.english == "root"
    assert settings.read(tmp_path).publisher.english == "here"
    monkeypatch.setenv(settings.VARIABLE, str(tmp_path / "named" / settings.FILE))
    assert settings.read(tmp_path / "root").publisher.english == "named"


def test_what_is_left_out_follows_from_what_is_said() -> None:
    found = settings.parse(f'base = "{HOME}"\n[publisher]\nname = "An NGO"')

    assert (found.landing_page, found.download) == (HOME, f"{HOME}dist/")
    assert found.publisher_iri == f"{HOME}id/agent/publisher"
    assert (found.contact.english, found.contact.url) == ("An NGO", HOME)
    assert "atgraph" not in found.contact.english + found.contact.url


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "publisher.name is missing"),
        (f'base = "{HOME}"', "publisher.name is missing"),
        ("[publisher]", "publisher.name is missing"),
        ('[publisher]\nname = ""', "publisher.name is missing"),
        ("[publisher]\nname = 7", "publisher.name is missing"),
        ('publisher = "Us"', "publisher is “Us”; begin a table"),
        ('[publisher]\nname = { EN = "x" }', "publisher.name.EN"),
        ('[publisher]\nname = { en = " " }', "publisher.name.en"),
        ('color = "red"\n[publisher]\nname = "x"', "color is no setting"),
        ('[publisher]\nname = "x"\nmail = "y"', "publisher.mail is no setting"),
        ('[contact]\nphone = "1"\n[publisher]\nname = "x"', "contact.phone is no setting"),
        ('[publisher]\nname = "x"\niri = "our office"', "publisher.iri is “our office”, which is no IRI"),
        ('base = "data.example.org/"\n[publisher]\nname = "x"', "base is “data.example.org/”, which is no IRI"),
        ('base = "https://a b/"\n[publisher]\nname = "x"', "which is no IRI"),
        ('base = "https://data.example.org/\\"/"\n[publisher]\nname = "x"', "which is no IRI"),
        ("base = 7\n[publisher]\nname = 'x'", "base is “7”, which is no IRI"),
        ('base = "https://data.example.org"\n[publisher]\nname = "x"', "end it with a stroke"),
        ('base = "https://data.example.org/?x=/"\n[publisher]\nname = "x"', "end it with a stroke"),
        ('download = "https://data.example.org/f"\n[publisher]\nname = "x"', "download is"),
        ('endpoint = "localhost:7878"\n[publisher]\nname = "x"', "endpoint is “localhost:7878”, which is no IRI"),
        ('licence = "CC0"\n[publisher]\nname = "x"', "licence is “CC0”, which is no IRI"),
        ('[publisher]\nname = "x"\ntype = "Ministry"', "use one of Academia"),
        ('[publisher]\nname = "x"\n[contact]\nemail = "nobody"', "contact.email is “nobody”"),
        ('[publisher]\nname = "x"\n[contact]\nname = ""', "contact.name is “”"),
        ('[publisher]\nname = "a\\u0000b"', "publisher.name.en"),
        ('base = "https://[/"\n[publisher]\nname = "x"', "which is no IRI"),
        ('[publisher]\nname = "x"\n[contact]\nemail = "a{b@c.org"', "contact.email"),
        ('issued = "soon"\n[publisher]\nname = "x"', "issued is “soon”"),
        (
            "issued = 2026-11-23\nmodified = 2026-11-22\n[publisher]\nname = 'x'",
            "modified is “2026-11-22”, before issued",
        ),
        ('[publisher]\nname = "x"\n[contact]\nname = { EN = "y" }', "contact.name is “y”"),
        ('version = 1\n[publisher]\nname = "x"', "version is “1”"),
        ("base = ", "is no TOML"),
    ],
)
def test_what_cannot_stand_is_told_by_key_and_file(content: str, words: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(words)) as told:
        settings.parse(content, "mine/atgraph.toml")

    assert str(told.value).startswith("mine/atgraph.toml: ")
    assert told.value.remedy
    assert told.value.exit_code == 3


def test_bytes_that_are_no_text_and_a_name_that_leads_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / settings.FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="UTF-8"):
        settings.read(tmp_path)

    monkeypatch.setenv(settings.VARIABLE, str(tmp_path / "nothing.toml"))
    with pytest.raises(SettingsError, match="no file that is there"):
        settings.read()


@given(st.text(max_size=60))
def test_any_text_is_settings_or_a_sentence(text: str) -> None:
    with contextlib.suppress(SettingsError):
        assert settings.parse(text).publisher.name


@given(st.text(max_size=20), st.text(min_size=1, max_size=20))
def test_an_address_or_name_that_is_taken_can_be_written(path: str, name: str) -> None:
    content = {"base": f"https://data.example.org/{path}/", "publisher": {"name": name}}
    try:
        found = settings.parse(as_toml(content))
    except SettingsError:
        return

    triples = parse(f"<{found.base}id/a> <urn:x:p> <{found.publisher_iri}> .", format=RdfFormat.N_TRIPLES)
    assert len(list(triples)) == 1
    written = dict(citation.contents(Dataset(), found))
    assert yaml.safe_load(written["CITATION.cff"])["authors"] == [{"name": name}]
    assert dict(catalog.contents(Dataset(), found, []))["index.html"]
    ElementTree.fromstring(dict(catalog.contents(Dataset(), found, []))["catalog.rdf"])


def as_toml(content: dict[str, Any]) -> str:
    """Write settings as TOML: a string of JSON is one of TOML but for the signs that JSON leaves bare."""
    base, name = (json.dumps(each) for each in (content["base"], content["publisher"]["name"]))
    return f"base = {base}\n[publisher]\nname = {name}\n".replace("\x7f", "\\u007f")


def test_the_command_leaves_with_the_documented_code(shell: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / settings.FILE).write_text('base = "nowhere"\n[publisher]\nname = "x"', encoding="utf-8")

    said = shell("build", folder=tmp_path)

    assert said.code == 3
    assert "settings-error" in said.err
    assert "base is “nowhere”" in said.err
    assert not (tmp_path / "dist").exists()


def test_the_page_on_publishing_shows_settings_that_stand(root: Path) -> None:
    page = (root / "docs" / "publishing.md").read_text(encoding="utf-8")

    shown = settings.parse(page.split("```toml\n")[1].split("```")[0])
    assert shown.publisher.name["ar"] == "وزارة العمل"
    for key in settings._PLAIN + tuple(f"{name}.{key}" for name, keys in settings._TABLES.items() for key in keys):
        assert f"`{key}`" in page, key


def test_a_contact_without_a_name_has_the_publishers_in_each_language() -> None:
    start = '[publisher]\nname = { en = "A ministry", ar = "وزارة" }\n'
    for content, arabic in ((start, "وزارة"), (start + '[contact]\nname = { en = "Desk", ar = "مكتب" }', "مكتب")):
        written = dict(catalog.contents(Dataset(), settings.parse(content), []))
        english, page = written["index.html"].split('<article id="ar"')
        assert re.search(f"<dt>للاتصال</dt><dd><a [^>]*><bdi>{arabic}</bdi>", page)
        assert arabic not in english.split("</script>")[1]
        names = {quad.object for quad in parse(written["catalog.ttl"], format=RdfFormat.TURTLE)}
        assert Literal(arabic, language="ar") in names


@pytest.mark.parametrize(
    ("kind", "schema", "vcard"),
    [("PrivateIndividual(s)", "Person", "Group"), ("NationalAuthority", "Organization", "Organization")],
)
def test_a_publisher_is_of_one_type_in_all_descriptions(kind: str, schema: str, vcard: str) -> None:
    found = settings.parse(f'[publisher]\nname = "x"\ntype = "{kind}"')
    written = dict(catalog.contents(Dataset(), found, []))

    assert json.loads(written["dataset.jsonld"])["creator"]["@type"] == schema
    told = {quad.object for quad in parse(written["catalog.ttl"], format=RdfFormat.TURTLE)}
    assert {iri("vcard:Group"), iri("vcard:Organization")} & told == {iri(f"vcard:{vcard}")}


def test_a_root_with_settings_alone_publishes_our_sources(tmp_path: Path) -> None:
    (tmp_path / settings.FILE).write_text(WHOLE, encoding="utf-8")

    assert files.sources(tmp_path) == files.sources()
    atgraph.build(tmp_path / "dist", root=tmp_path)
    assert f"{HOME}id/" in (tmp_path / "dist" / "atgraph.ttl").read_text(encoding="utf-8")
    (tmp_path / settings.FILE).unlink()
    with pytest.raises(UnreadableError):
        files.sources(tmp_path)


# A build under another base.


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a ministry builds with its settings in the environment."""
    folder = tmp_path_factory.mktemp("theirs")
    (folder / "settings.toml").write_text(WHOLE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(settings.VARIABLE, str(folder / "settings.toml"))
        atgraph.build(folder / "dist")
    return folder / "dist"


@pytest.fixture(scope="module")
def their_graph(theirs: Path) -> atgraph.Graph:
    return atgraph.open(theirs / "atgraph.nq")


def test_their_release_is_verified_as_ours_is(theirs: Path) -> None:
    assert verify(theirs).differences == ()


def test_nothing_of_theirs_is_named_below_our_base(theirs: Path) -> None:
    names = [path for path in theirs.rglob("*") if path.is_file()]

    assert len(names) > 15
    for path in names:
        if path.relative_to(theirs).parts[0] in ("ontology", "ontology.ttl", "shapes.ttl"):
            continue  # made by us, whoever publishes data
        content = path.read_bytes()
        assert not re.search(rb"w3id\.org/atgraph/(?:id|graph|catalog|dist)\b", content), path.name
    assert b"https://w3id.org/atgraph/ontology/" in (theirs / "atgraph.ttl").read_bytes()
    assert f"@prefix state: <{HOME}id/state/> .".encode() in (theirs / "atgraph.ttl").read_bytes()


def test_their_graph_is_ours_but_for_its_names(their_graph: atgraph.Graph, graph: atgraph.Graph) -> None:
    assert their_graph.dataset.base == HOME
    assert set(canonical(their_graph.dataset.rebased(BASE).quads())) == set(canonical(graph.dataset.quads()))


def test_their_licence_is_said_everywhere_and_ours_only_of_the_ontology(theirs: Path) -> None:
    heads = ("catalog.ttl", "void.ttl", "prov.ttl", "atgraph.ttl", "atgraph.trig")
    for name in heads:
        head = (theirs / name).read_text(encoding="utf-8").partition("@prefix")[0]
        assert "CC-BY-4.0" in head, name
        assert "CC0" not in head, name
    for name in ("ontology.ttl", "shapes.ttl"):
        assert "CC0-1.0" in (theirs / name).read_text(encoding="utf-8").partition("@prefix")[0]
    package = json.loads((theirs / "tables" / "datapackage.json").read_text(encoding="utf-8"))
    assert [(each["name"], each["path"]) for each in package["licenses"]] == [("CC-BY-4.0", LICENCE)]
    assert yaml.safe_load((theirs / "CITATION.cff").read_text(encoding="utf-8"))["license"] == "CC-BY-4.0"


def test_whoever_publishes_is_the_creator_in_every_description(theirs: Path) -> None:
    us = "Ministry of Labour"
    card = yaml.safe_load((theirs / "CITATION.cff").read_text(encoding="utf-8"))
    assert card["authors"] == [{"name": us}]
    assert f"author = {{{{{us}}}}}" in (theirs / "citation.bib").read_text(encoding="utf-8")
    package = json.loads((theirs / "tables" / "datapackage.json").read_text(encoding="utf-8"))
    roles = {each["role"]: each["title"] for each in package["contributors"]}
    assert roles["author"] == roles["publisher"] == us
    assert roles["contributor"].startswith(f"atgraph {atgraph.__version__}")
    found = json.loads((theirs / "dataset.jsonld").read_text(encoding="utf-8"))
    assert found["creator"]["name"] == us
    for name in ("catalog.ttl", "void.ttl"):
        told = Dataset.load(theirs / name)
        creators = told.match(NamedNode(f"{HOME}catalog#dataset"), iri("dcterms:creator"))
        assert [quad.object for quad in creators] == [NamedNode(f"{HOME}id/agent/publisher")], name


def test_a_licence_that_no_table_knows_is_said_by_its_address() -> None:
    found = settings.parse('licence = "https://data.example.org/terms"\n[publisher]\nname = "x"')

    written = dict(catalog.contents(Dataset(), found, []))
    assert "`atgraph build`; https://data.example.org/terms." in written["catalog.ttl"].partition("@prefix")[0]
    assert datapackage.licence(found) == {"path": found.licence, "title": found.licence}


@pytest.mark.parametrize("form", ["ttl", "trig", "rdf", "jsonld"])
def test_every_syntax_says_below_which_base_it_is(theirs: Path, form: str) -> None:
    assert atgraph.open(theirs / f"atgraph.{form}").dataset.base == HOME


def test_a_whole_folder_can_be_opened(theirs: Path) -> None:
    found = atgraph.open(theirs).dataset

    assert found.base == HOME
    assert set(found.graphs()) == set(atgraph.open(theirs / "atgraph.nq").dataset.graphs())
    assert not list(found.match(None, iri("dcat:distribution")))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("calls-to-governments", {}),
        ("treaty-status", {"state": "BLR"}),
        ("treaty-status", {"state": "Belarus"}),
        ("passages-on-theme", {"theme": "technology"}),
        ("external-links", {"thing": "state:QAT"}),
    ],
)
def test_questions_have_the_same_answers(
    their_graph: atgraph.Graph, graph: atgraph.Graph, name: str, values: dict[str, str]
) -> None:
    here, there = graph.ask(name, **values), their_graph.ask(name, **values)

    assert here.rows
    assert there.format("md") == here.format("md")
    assert there.format("csv") == moved(here.format("csv"), HOME)
    assert there.format("ttl").count("\n") == here.format("ttl").count("\n")


def test_a_thing_may_be_given_by_its_new_name(their_graph: atgraph.Graph) -> None:
    by_iri = their_graph.ask("treaty-status", state=f"{HOME}id/state/BLR")

    assert by_iri.rows == their_graph.ask("treaty-status", state="BLR").rows


@pytest.mark.parametrize("name", [f"<{HOME}id/state/BHR>", f"<{BASE}id/state/BHR>", "state:BHR"])
def test_a_query_may_use_their_names_ours_and_prefixes(their_graph: atgraph.Graph, name: str) -> None:
    found = their_graph.query(f"SELECT ?s ?code WHERE {{ BIND({name} AS ?s) ?s atg:m49 ?code }}")

    assert not isinstance(found, bool | list)
    assert found.format("csv") == f"s,code\r\n{HOME}id/state/BHR,048\r\n"


def test_their_graph_conforms_and_says_so_in_the_same_words(their_graph: atgraph.Graph, graph: atgraph.Graph) -> None:
    assert their_graph.validate().text() == graph.validate().text()


def test_the_commands_work_on_it(theirs: Path, run: Callable[..., Any], dist: Path) -> None:
    data = theirs / "atgraph.nq"

    assert run("validate", "--data", data).code == 0
    assert "state:BLR" in run("ask", "treaty-status", "--state", "BLR", "--data", data).out
    assert run("query", "ASK { state:BHR a atg:State }", "--data", data).out == "true\n"
    assert run("diff", dist, theirs, "--exit-code").code == 0
    for form in set(FORMATS) - {"nt"}:
        written = (theirs / f"atgraph.{form}").read_text(encoding="utf-8")
        assert run("export", "--format", form, "--data", data).out.rstrip() == written.rstrip(), form


def test_another_engine_gets_their_names(their_graph: atgraph.Graph) -> None:
    found = their_graph.to_rdflib()

    assert dict(found.namespaces())["state"] is not None
    assert str(dict(found.namespaces())["state"]) == f"{HOME}id/state/"


def test_a_file_of_theirs_is_validated_by_their_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Any], root: Path
) -> None:
    text = (root / "ontology" / "examples" / "valid" / "call.ttl").read_text(encoding="utf-8")
    (tmp_path / "ours.ttl").write_text(text, encoding="utf-8")
    (tmp_path / "mine.ttl").write_text(moved(text, HOME), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    ours = run("validate", "ours.ttl").out

    (tmp_path / settings.FILE).write_text(WHOLE, encoding="utf-8")
    assert "state:" in ours or "provision:" in ours
    assert run("validate", "mine.ttl").out == ours
    assert run("validate", "ours.ttl").out == ours


def test_an_endpoint_with_their_graphs_is_known(their_graph: atgraph.Graph) -> None:
    names = [row["graph"].value for row in their_graph.dataset.select(_THEIRS)]

    assert names == [each.value for each in their_graph.dataset.graphs()]
    assert base_of(names) == HOME


# What moves, and what stays.


@given(st.sampled_from(sorted(PREFIXES)), st.from_regex(r"[a-z0-9-]{1,9}", fullmatch=True))
def test_a_name_moves_there_and_back(prefix: str, local: str) -> None:
    name = PREFIXES[prefix] + local

    there = moved(name, HOME)
    assert moved(there, BASE, HOME) == name
    assert (there != name) == name.startswith((f"{BASE}id/", f"{BASE}graph/"))
    assert there.startswith(spaces(HOME)[prefix])


def test_words_that_contain_a_name_stay_as_they_are() -> None:
    words = Literal(f"see {BASE}id/state/BHR")
    dataset = Dataset([Quad(iri("state:BHR"), iri("skos:note"), words, graph("x"))])

    found = dataset.rebased(HOME)
    assert [quad.object for quad in found.match(iri("state:BHR"), iri("skos:note"))] == [words]
    assert f"see {BASE}id/state/BHR" in dump(found, "ttl")
    assert set(found.rebased(BASE).quads()) == set(dataset.quads())


def test_a_strangers_data_do_not_change_the_base(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text('<http://x.example/d> <http://rdfs.org/ns/void#uriSpace> "http://x.example/" .')

    assert Dataset.load(tmp_path / "a.ttl").base == BASE
    assert NamedNode("http://x.example/d") in {quad.subject for quad in Dataset.load(tmp_path / "a.ttl").quads()}
