"""The catalogue and its companions: the official shapes accept them, and what they say of the files is true."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pyshacl
import pytest
import rdflib
import yaml
from pyoxigraph import RdfFormat, parse
from rdflib import DCAT, DCTERMS, FOAF, PROV, RDF, RDFS, SH, VOID, URIRef
from rdflib.compare import isomorphic

import atgraph
from atgraph import settings
from atgraph.names import BASE, LANGUAGES
from atgraph.publish import catalog, citation, provenance, void
from atgraph.publish.describe import File, listing
from atgraph.publish.identity import identity
from atgraph.settings import Settings
from atgraph.verify import verify

SUITES = [folder / "shared" / "suites" / "dcat-ap-3.0.1" for folder in Path(__file__).resolve().parents[2:4]]
SUITE = next((folder for folder in SUITES if folder.is_dir()), SUITES[0])
needs_suite = pytest.mark.skipif(not SUITE.is_dir(), reason="the official DCAT-AP shapes are not here")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
SCHEMA = rdflib.Namespace("http://schema.org/")
EU = "http://publications.europa.eu/resource/authority/"
OTHERS = settings.parse(
    """
base = "https://data.example.org/tip/"
landing_page = "https://data.example.org/trafficking?lang=en&x=y"
endpoint = "https://data.example.org/sparql"
licence = "https://creativecommons.org/licenses/by/4.0/"
version = "2.1.0"
issued = 2027-01-31
[publisher]
name = { en = "Ministry of Work & <Social> Affairs", ar = "وزارة العمل" }
type = "NationalAuthority"
homepage = "https://example.org/"
[contact]
email = "data@example.org"
"""
)


@pytest.fixture(scope="module")
def made(dist: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(dist / "catalog.ttl")


@pytest.fixture(scope="module")
def of_others(graph: atgraph.Graph) -> dict[str, str]:
    """The same graph as a ministry would publish it, with an endpoint, and hashes of graphs."""
    theirs = graph.dataset.rebased(OTHERS.base)
    hashes = {each.value: hashlib.sha256(each.value.encode()).hexdigest() for each in theirs.graphs()}
    found = dict(catalog.contents(theirs, OTHERS, [File.of("texts/a b.ar.txt", "x")], {**hashes, "": "00" * 32}))
    for part in (void, provenance, citation):
        found |= part.contents(theirs, OTHERS)
    return found


def faults(data: rdflib.Graph, *names: str) -> Iterator[tuple[str, str, str]]:
    shapes = rdflib.Graph()
    for name in names:
        shapes.parse(SUITE / name)
    shapes.remove((None, rdflib.OWL.imports, None))
    for shape in set(shapes.objects(None, SH.property)):
        if (shape, SH.path, None) not in shapes:
            shapes.remove((None, SH.property, shape))  # the flat files name a few that they do not define
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    for each in report.objects(None, SH.result):
        node, path = report.value(each, SH.focusNode), report.value(each, SH.resultPath)
        yield str(report.value(each, SH.resultSeverity)).rpartition("#")[2], str(node), str(path)


OFFICIAL = [
    ("shapes.ttl",),
    ("range.ttl",),
    ("shapes_recommended.ttl",),
    ("flat/dcat-ap-SHACL.ttl",),
    ("flat/dcat-ap-SHACL.ttl", "flat/ranges.ttl"),
]


@needs_suite
@pytest.mark.parametrize("names", OFFICIAL, ids="+".join)
def test_the_official_shapes_find_nothing(
    made: rdflib.Graph, of_others: dict[str, str], names: tuple[str, ...]
) -> None:
    assert list(faults(made, *names)) == []
    assert list(faults(rdflib.Graph().parse(data=of_others["catalog.ttl"]), *names)) == []


@needs_suite
def test_of_the_vocabularies_only_the_list_of_the_unions_own_bodies_is_not_met(
    made: rdflib.Graph, of_others: dict[str, str]
) -> None:
    for data in (made, rdflib.Graph().parse(data=of_others["catalog.ttl"])):
        found = Counter((severity, path) for severity, _, path in faults(data, "mdr-vocabularies.shape.ttl"))
        assert found.keys() == {("Warning", str(DCTERMS.publisher))}


@needs_suite
def test_the_shapes_would_find_what_is_missing(made: rdflib.Graph) -> None:
    less = rdflib.Graph() + made
    less.remove((None, DCTERMS.title, None))
    less.remove((None, RDF.type, DCTERMS.LicenseDocument))

    assert "Violation" in {severity for severity, _, _ in faults(less, "shapes.ttl")}
    assert "Violation" in {severity for severity, _, _ in faults(less, "range.ttl")}


def test_each_file_has_a_distribution_that_tells_its_size_sum_and_type(made: rdflib.Graph, dist: Path) -> None:
    listed = {}
    for node in made.subjects(RDF.type, DCAT.Distribution):
        checksum = made.value(node, SPDX.checksum)
        name = str(made.value(node, DCTERMS.title))
        listed[name] = (int(str(made.value(node, DCAT.byteSize))), str(made.value(checksum, SPDX.checksumValue)))
        assert str(made.value(node, DCAT.downloadURL)) == f"{BASE}dist/{name}"
        assert "/OCTET" not in str(made.value(node, DCTERMS["format"]))

    for name, (size, checksum) in listed.items():
        content = (dist / name).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (size, checksum), name
    every = {path.relative_to(dist).as_posix() for path in dist.rglob("*") if path.is_file()}
    assert {name for name in listed if name.startswith("ontology/")} == {
        f"ontology/{part}.{form}" for part in ("ontology", "shapes") for form in ("ttl", "rdf", "nt", "jsonld")
    }
    assert {name for name in every - listed.keys() if not name.startswith("ontology/")} == {
        "SHA256SUMS",
        "catalog.ttl",
        "catalog.jsonld",
        "catalog.rdf",
        "dataset.jsonld",
        "index.html",
        "MANIFEST.json",
    }


def test_the_three_syntaxes_hold_one_graph(made: rdflib.Graph, dist: Path) -> None:
    for name, form in (("catalog.rdf", "xml"), ("catalog.jsonld", "json-ld")):
        assert isomorphic(rdflib.Graph().parse(dist / name, format=form), made), name
    assert isinstance(json.loads((dist / "catalog.jsonld").read_text())["@context"], dict)


def test_the_dataset_is_told_in_six_languages(made: rdflib.Graph) -> None:
    node = URIRef(f"{BASE}catalog#dataset")

    for predicate in (DCTERMS.title, DCTERMS.description, DCAT.keyword):
        assert {word.language for word in made.objects(node, predicate)} == set(LANGUAGES)  # type: ignore[attr-defined]
    assert made.value(node, DCAT.version) == rdflib.Literal(atgraph.__version__)


def test_the_words_of_others_are_not_given_away(made: rdflib.Graph) -> None:
    original, translation = (URIRef(f"{BASE}catalog#texts/gof-2024.{code}.txt") for code in ("ar", "en"))

    terms = made.value(original, DCTERMS.license)
    labels = {label.language: str(label) for label in made.objects(terms, RDFS.label)}  # type: ignore[attr-defined]
    assert labels.keys() == {"ar", "en"}
    assert "may be quoted" in labels["en"]
    assert made.value(translation, DCTERMS.license) == URIRef(settings.CC0)


def test_rights_in_quoted_words_are_told_of_files_that_quote_and_of_no_others(made: rdflib.Graph, dist: Path) -> None:
    quads = parse((dist / "atgraph.nq").read_bytes(), format=RdfFormat.N_QUADS)
    words = [q.object.value for q in quads if q.predicate.value == str(OA.exact) and len(q.object.value) > 150]  # type: ignore[union-attr]
    assert words
    told = {str(made.value(node, DCTERMS.title)) for node in made.subjects(DCTERMS.rights) if "#" in node}
    for node in made.subjects(RDF.type, DCAT.Distribution):
        name = str(made.value(node, DCTERMS.title))
        if name.endswith((".csv", ".ttl", ".cff", ".bib", ".svg", "SUMS")):
            content = (dist / name).read_text().replace('""', '"').replace('\\"', '"')
            assert name in told or not any(each in content for each in words), name
    assert {"atgraph.ttl", "tables/passages.csv", "tables/statistics.csv", "atgraph.xlsx"} <= told
    assert not {"tables/speakers.csv", "tables/memberships.csv"} & told
    assert not told & {"CITATION.cff", "logo.svg", "texts/SHA256SUMS", "ontology.ttl", "ontology/shapes.ttl"}


def test_the_ontology_is_a_resource_of_its_own_under_its_own_licence(dist: Path) -> None:
    theirs = settings.parse('licence = "https://creativecommons.org/licenses/by/4.0/"\n[publisher]\nname = "x"')
    found = dict(catalog.contents(atgraph.open(dist / "atgraph.nq").dataset, theirs, listing(dist)))
    told = rdflib.Graph().parse(data=found["catalog.ttl"])
    node, data = URIRef(f"{BASE}catalog#ontology"), URIRef(f"{BASE}catalog#dataset")

    assert set(told.objects(URIRef(f"{BASE}catalog"), DCAT.dataset)) == {node, data}
    for predicate in (DCTERMS.title, DCTERMS.description):
        assert {word.language for word in told.objects(node, predicate)} == {"ar", "en"}  # type: ignore[attr-defined]
    assert str(told.value(node, DCAT.landingPage)) == f"{BASE}dist/ontology/index.html"
    files = set(told.objects(node, DCAT.distribution))
    assert len(files) == 8
    assert not files & set(told.objects(data, DCAT.distribution))
    for each in (node, *files, URIRef(f"{BASE}catalog#ontology.ttl"), URIRef(f"{BASE}catalog#shapes.ttl")):
        assert str(told.value(each, DCTERMS.license)) == settings.CC0, each
    assert str(told.value(data, DCTERMS.license)) == theirs.licence
    assert "ontology/shapes.nt" not in found["index.html"]


def test_a_table_is_described_in_its_own_words_and_languages(made: rdflib.Graph) -> None:
    def of(name: str, predicate: URIRef) -> set[str]:
        return {str(value) for value in made.objects(URIRef(f"{BASE}catalog#{name}"), predicate)}

    said = of("tables/memberships.csv", DCTERMS.description)
    assert any(words.startswith("Memberships: A State in a group") for words in said)
    assert any("العضويات" in words for words in said)
    assert of("tables/passages.csv", DCTERMS.language) == set()
    assert len(of("tables/paragraphs.csv", DCTERMS.language)) == 6
    assert of("shapes.ttl", DCTERMS.language) == {f"{EU}language/ARA", f"{EU}language/ENG"}


def test_the_command_that_the_page_shows_checks_a_download(dist: Path, tmp_path: Path) -> None:
    copy = tmp_path / "dist"
    shutil.copytree(dist, copy)
    block = re.findall("<pre[^>]*><code>(.*?)</code>", (dist / "index.html").read_text(), re.S)
    command = next(line for each in block for line in each.splitlines() if line.startswith("sha256sum"))

    assert subprocess.run(command.split(), cwd=copy, capture_output=True, check=False).returncode == 0
    names = {line.split("  ", 1)[1] for line in (copy / "SHA256SUMS").read_text().splitlines()}
    every = {path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()}
    assert names == every - {"SHA256SUMS", "MANIFEST.json"}
    assert not verify(copy).differences
    (copy / "texts" / "gof-2024.ar.txt").write_text("x")
    assert subprocess.run(command.split(), cwd=copy, capture_output=True, check=False).returncode == 1


def test_a_service_is_there_where_an_endpoint_is_set(made: rdflib.Graph, of_others: dict[str, str]) -> None:
    theirs = rdflib.Graph().parse(data=of_others["catalog.ttl"])

    assert set(made.subjects(RDF.type, DCAT.DataService)) == set()
    services = list(theirs.subjects(RDF.type, DCAT.DataService))
    assert [str(theirs.value(node, DCAT.endpointURL)) for node in services] == [OTHERS.endpoint]
    assert (None, VOID.sparqlEndpoint, URIRef(OTHERS.endpoint)) in rdflib.Graph().parse(data=of_others["void.ttl"])


def test_a_publishers_own_names_are_everywhere_and_ours_nowhere(of_others: dict[str, str]) -> None:
    for name, content in of_others.items():
        assert not re.search(r"w3id\.org/atgraph/(?:id|graph|catalog|dist)", content), name
        assert "The atgraph authors" not in content, name
    assert "<Social>" not in of_others["index.html"].partition("</script>")[2]
    assert "وزارة العمل" in of_others["index.html"]


def test_a_graph_carries_the_hash_it_was_given(of_others: dict[str, str]) -> None:
    theirs = rdflib.Graph().parse(data=of_others["catalog.ttl"])

    for name in ("gof-2024", "reference", "ontology", "derived"):
        node = URIRef(f"{OTHERS.base}graph/{name}")
        checksum = theirs.value(node, SPDX.checksum)
        assert str(theirs.value(checksum, SPDX.checksumValue)) == hashlib.sha256(node.encode()).hexdigest()
        assert theirs.value(checksum, DCTERMS.conformsTo) == URIRef(catalog.CANONICAL)


def test_a_file_with_a_space_in_its_name_has_an_address(of_others: dict[str, str]) -> None:
    theirs = rdflib.Graph().parse(data=of_others["catalog.ttl"])

    node = theirs.value(None, DCTERMS.title, rdflib.Literal("texts/a b.ar.txt"))
    assert str(theirs.value(node, DCAT.downloadURL)) == f"{OTHERS.base}dist/texts/a%20b.ar.txt"
    assert list(theirs.objects(node, DCTERMS.language)) == [URIRef(f"{EU}language/ARA")]


def test_void_counts_what_is_there(dist: Path, graph: atgraph.Graph) -> None:
    told = rdflib.Graph().parse(dist / "void.ttl")
    node = URIRef(f"{BASE}catalog#dataset")
    counted = rdflib.Graph()
    for quad in parse((dist / "atgraph.nq").read_bytes(), format=RdfFormat.N_QUADS):
        counted.add(tuple(rdflib.util.from_n3(str(term)) for term in quad.triple))  # type: ignore[arg-type]

    def number(of: rdflib.term.Node, what: URIRef) -> int:
        return int(str(told.value(of, what)))

    assert number(node, VOID.triples) == len(set(graph.dataset.triples()))
    assert number(node, VOID.distinctSubjects) == len(set(counted.subjects()))
    classes = Counter(counted.objects(None, RDF.type))
    assert {
        told.value(part, VOID["class"]): number(part, VOID.entities) for part in told.objects(node, VOID.classPartition)
    } == classes
    parts = list(told.objects(node, VOID.propertyPartition))
    assert sum(number(part, VOID.triples) for part in parts) == number(node, VOID.triples)
    assert len(parts) == number(node, VOID.properties)


def test_linksets_say_how_many_links_lead_where(dist: Path, graph: atgraph.Graph) -> None:
    told = rdflib.Graph().parse(dist / "void.ttl")

    found = {}
    for node in told.subjects(RDF.type, VOID.Linkset):
        space = told.value(told.value(node, VOID.objectsTarget), VOID.uriSpace)
        found[str(space), str(told.value(node, VOID.linkPredicate))] = int(str(told.value(node, VOID.triples)))
    text = 'SELECT (COUNT(*) AS ?n) { ?s skos:exactMatch ?o FILTER(STRSTARTS(STR(?o), "http://www.wikidata.org/")) }'
    rows = list(graph.dataset.select(text))
    assert found["http://www.wikidata.org/entity/", "http://www.w3.org/2004/02/skos/core#exactMatch"] == int(
        rows[0]["n"].value
    )
    assert sum(found.values()) > 700


def test_examples_of_void_are_in_the_data(dist: Path, graph: atgraph.Graph) -> None:
    told = rdflib.Graph().parse(dist / "void.ttl")

    samples = list(told.objects(None, VOID.exampleResource))
    assert len(samples) > 5
    for sample in samples:
        assert graph.query(f"ASK {{ <{sample}> ?p ?o }}"), sample


def test_the_release_tells_what_it_used(dist: Path) -> None:
    told = rdflib.Graph().parse(dist / "prov.ttl")
    build = told.value(URIRef(f"{BASE}catalog#dataset"), PROV.wasGeneratedBy)

    assert (build, RDF.type, PROV.Activity) in told
    assert URIRef(f"{BASE}id/expression/gof-2024.ar") in set(told.objects(build, PROV.used))
    agents = set(told.objects(build, PROV.wasAssociatedWith))
    assert {URIRef(f"{BASE}id/agent/atgraph"), URIRef(f"{BASE}id/agent/atgraph-authors")} == agents
    for agent in agents:
        assert set(told.objects(agent, RDF.type)) & {PROV.Agent, PROV.SoftwareAgent, FOAF.Agent}


def test_the_citation_in_the_repository_is_that_of_the_build(dist: Path, root: Path) -> None:
    for name in ("CITATION.cff", "citation.bib"):
        assert (root / name).read_text() == (dist / name).read_text(), f"copy dist/{name} to the top"


def test_the_citation_is_what_its_readers_take(of_others: dict[str, str]) -> None:
    card = yaml.safe_load(of_others["CITATION.cff"])

    assert {"cff-version", "message", "title", "authors"} <= card.keys()
    assert card["authors"] == [{"name": "Ministry of Work & <Social> Affairs"}]
    assert card["type"] == "dataset"
    assert card["date-released"] == "2027-01-31"
    assert r"Ministry of Work \& <Social> Affairs" in of_others["citation.bib"]
    assert of_others["citation.bib"].count("{") == of_others["citation.bib"].count("}")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.script = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.script += data


@pytest.fixture(scope="module")
def pages(dist: Path, of_others: dict[str, str]) -> list[_Page]:
    found = []
    for content in ((dist / "index.html").read_text(), of_others["index.html"]):
        page = _Page()
        page.feed(content)
        assert page.open == []
        found.append(page)
    return found


def test_the_page_speaks_both_languages_each_in_its_direction(pages: list[_Page]) -> None:
    for page in pages:
        articles = [attributes for tag, attributes in page.tags if tag == "article"]
        assert [(a["lang"], a["dir"]) for a in articles] == [("en", "ltr"), ("ar", "rtl")]


def test_the_page_needs_no_network_and_every_anchor_leads_somewhere(pages: list[_Page], dist: Path) -> None:
    ids = {attributes["id"] for _, attributes in pages[0].tags if "id" in attributes}
    for tag, attributes in pages[0].tags:
        assert "src" not in attributes, tag
        href = attributes.get("href") or ""
        if href.startswith("#"):
            assert href[1:] in ids
        elif href and not href.startswith(("http", "mailto:")):
            assert (dist / href).is_file(), href
        if tag == "link":
            assert attributes["rel"] == "alternate"


def test_the_page_can_be_read_without_eyes(pages: list[_Page]) -> None:
    tags = pages[0].tags
    names = [tag for tag, _ in tags]

    assert names.count("main") == 1
    assert names.count("caption") == names.count("table") == 2
    assert all("scope" in attributes for tag, attributes in tags if tag == "th")
    assert len({a["id"] for _, a in tags if "id" in a}) == sum("id" in a for _, a in tags)
    assert ("meta", {"charset": "utf-8"}) in tags


def test_the_page_carries_the_data_that_search_engines_read(pages: list[_Page], dist: Path) -> None:
    card = json.loads(pages[0].script)

    assert card == json.loads((dist / "dataset.jsonld").read_text())
    assert card["@type"] == "Dataset"
    told = rdflib.Graph().parse(dist / "dataset.jsonld", format="json-ld")
    assert len(set(told.subjects(RDF.type, SCHEMA.DataDownload))) == len(card["distribution"])
    assert all(isinstance(each, URIRef) for each in told.objects(None, SCHEMA.contentUrl))
    assert 50 <= len(card["description"]) <= 5000
    assert isinstance(card["name"], str)
    for download in card["distribution"]:
        content = (dist / download["name"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == download["sha256"]
        assert download["contentSize"] == f"{len(content)} B"


def facts(page: str, language: str) -> dict[str, str]:
    """The names and values of the release's facts, as a reader sees them."""
    article = page.split(f'<article id="{language}"')[1].partition("</article>")[0]
    pairs = re.findall("<dt>(.*?)</dt><dd>(.*?)</dd>", article)
    return {name: re.sub("<[^>]+>", "", value) for name, value in pairs}


def test_the_page_tells_the_change_from_the_day_that_the_treaty_lists_hold(dist: Path, graph: atgraph.Graph) -> None:
    held = sorted(row["day"].value for row in graph.dataset.select("SELECT DISTINCT ?day { ?action atg:asOf ?day }"))
    ontology = graph.dataset.select("SELECT ?day { <https://w3id.org/atgraph/ontology/> dcterms:modified ?day }")
    changed = next(row["day"].value for row in ontology)

    for language, change, status in (
        ("en", "Changed", "Treaty status as of"),
        ("ar", "آخر تعديل", "حالة المعاهدات حتى"),
    ):
        shown = facts((dist / "index.html").read_text(), language)
        assert shown[change] == changed
        assert shown[status] == f"{held[0]} – {held[-1]}"
    assert "as of" not in "".join(facts((dist / "index.html").read_text(), "en").keys() - {"Treaty status as of"})


def test_words_that_look_like_markup_stay_words(pages: list[_Page]) -> None:
    card = json.loads(pages[1].script)

    assert card["publisher"]["@id"] == card["creator"]["@id"]
    assert card["creator"]["name"] == "Ministry of Work & <Social> Affairs"
    assert "Social" not in [tag for tag, _ in pages[1].tags]


def test_the_same_data_give_the_same_bytes(graph: atgraph.Graph, dist: Path) -> None:
    hashes = identity(graph.dataset.quads()).hashes

    for name, content in catalog.contents(graph.dataset, Settings(), listing(dist), hashes):
        assert content == (dist / name).read_text(), name
