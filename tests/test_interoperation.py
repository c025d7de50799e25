"""Programs that are not ours read everything we publish, and find the same graph in it."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

import atgraph
from atgraph import names
from atgraph.publish import manifest
from atgraph.publish.dumps import dump
from atgraph.publish.identity import hashed, lines
from atgraph.store import SUFFIXES

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "interoperation.md"
PROGRAMS = Path(__file__).parent / "programs"
INSTALLED = ROOT / "build" / "programs"
"""Where `make programs` puts what comes from npm."""

# fmt: off
READS = {
    "pyoxigraph": ("nq", "trig", "jsonld", "ttl", "rdf", "nt"),
    "rdflib": ("nq", "trig", "jsonld", "ttl", "rdf", "nt"),
    "Eclipse RDF4J": ("nq", "trig", "jsonld", "ttl", "rdf", "nt"),
    "N3.js, jsonld.js, rdfxml-streaming-parser": ("nq", "trig", "jsonld", "ttl", "rdf", "nt"),
    "Raptor (rapper)": ("nq", "trig", "ttl", "rdf", "nt"),
}
# fmt: on
"""What each program reads here; the page of interoperation has a row for each, and its tests below."""


class Exports:
    """Every file of RDF that we publish, and the hash that the manifest gives for the graph in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        card = manifest.read((folder / manifest.NAME).read_bytes(), manifest.NAME)
        self.hashes = {name: each.rdf.sha256 for name, each in card.files.items() if each.rdf}
        self.hashes["atgraph.nt"] = card.identity.stated.sha256

    def of(self, *forms: str) -> list[Path]:
        return [self.folder / name for name in sorted(self.hashes) if name.rpartition(".")[2] in forms]

    def wanted(self, paths: list[Path]) -> dict[str, str]:
        return {str(path.relative_to(self.folder)): self.hashes[str(path.relative_to(self.folder))] for path in paths}

    def found(self, paths: list[Path], hashes: list[str]) -> dict[str, str]:
        return dict(zip([str(path.relative_to(self.folder)) for path in paths], hashes, strict=True))


@pytest.fixture(scope="module")
def exports(dist: Path, graph: atgraph.Graph, tmp_path_factory: pytest.TempPathFactory) -> Exports:
    folder = tmp_path_factory.mktemp("exports") / "dist"
    shutil.copytree(dist, folder)
    (folder / "atgraph.nt").write_text(dump(graph.dataset, "nt"), encoding="utf-8")
    return Exports(folder)


def digest(nquads: bytes) -> str:
    """The RDFC-1.0 hash of N-Quads that another program wrote."""
    return hashed(lines(parse(nquads, format=RdfFormat.N_QUADS))).sha256


def by_rdflib(path: Path) -> str:
    """The hash of a file as rdflib reads it, lexical forms as they are written."""
    with_graphs = path.suffix in (".nq", ".trig", ".jsonld")
    found = rdflib.Dataset() if with_graphs else rdflib.Graph()
    form = {".nq": "nquads", ".jsonld": "json-ld", ".ttl": "turtle", ".rdf": "xml"}.get(path.suffix, path.suffix[1:])
    found.parse(path, format=form, publicID="http://example.org/")
    return digest(found.serialize(format="nquads" if with_graphs else "nt", encoding="utf-8"))


def test_everything_that_is_rdf_is_among_the_exports(exports: Exports) -> None:
    files = {p.relative_to(exports.folder).as_posix() for p in exports.folder.rglob("*") if p.suffix[1:] in SUFFIXES}

    assert {f"atgraph.{form}" for form in ("nq", "trig", "jsonld", "ttl", "rdf", "nt")} <= set(exports.hashes)
    # What says nothing by itself: a context, or JSON-LD whose context is elsewhere.
    assert {name for name in files - set(exports.hashes) if not name.endswith(".jsonld")} == set()


@pytest.mark.parametrize("form", READS["pyoxigraph"])
def test_pyoxigraph_reads_the_graph_that_the_manifest_says(exports: Exports, form: str) -> None:
    paths = exports.of(form)

    found = [hashed(lines(manifest.statements(path.name, path.read_bytes()))).sha256 for path in paths]

    assert exports.found(paths, found) == exports.wanted(paths)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("form", READS["rdflib"])
def test_rdflib_reads_the_same_graph(exports: Exports, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    paths = exports.of(form)

    assert exports.found(paths, [by_rdflib(path) for path in paths]) == exports.wanted(paths)


def test_pyld_makes_the_same_canonical_graph_of_the_ontology_and_the_shapes(exports: Exports) -> None:
    jsonld = pytest.importorskip("pyld", reason="PyLD is not installed (it is in the dev group)").jsonld
    paths = [exports.folder / f"{name}.ttl" for name in ("ontology", "shapes")]
    said = []
    for path in paths:
        # Renamed, so that no name of ours helps it.
        rows = "".join(f"{quad} .\n" for quad in parse(path=path, format=RdfFormat.TURTLE, rename_blank_nodes=True))
        settings = {"algorithm": "URDNA2015", "inputFormat": "application/n-quads", "format": "application/n-quads"}
        said.append(hashlib.sha256(jsonld.normalize(rows, settings).encode()).hexdigest())

    assert exports.found(paths, said) == exports.wanted(paths)


def test_owlrl_finds_no_contradiction_in_the_ontology(exports: Exports) -> None:
    script = (
        "import sys, rdflib, owlrl; graph = rdflib.Graph().parse(sys.argv[1]); before = len(graph);"
        "owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph);"
        "error = rdflib.URIRef('http://www.daml.org/2002/03/agents/agent-ont#error');"
        "print(len(graph) > before, list(graph.subject_objects(error)))"
    )
    words = [sys.executable, "-c", script, exports.folder / "ontology.ttl"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr, done.stdout) == (0, "", "True []\n")


def test_owlready2_loads_the_ontology_without_complaint(exports: Exports, tmp_path: Path) -> None:
    owlready2 = pytest.importorskip("owlready2", reason="Owlready2 is not installed (it is in the dev group)")
    plain = rdflib.Graph().parse(exports.folder / "ontology.ttl")
    classes = {str(c) for c in plain.subjects(rdflib.RDF.type, rdflib.OWL.Class) if str(c).startswith(names.ONTOLOGY)}
    for name, form in (("ontology.nt", "nt"), ("ontology.rdf", "xml")):
        plain.serialize(tmp_path / name, format=form, encoding="utf-8")
        said = io.StringIO()
        with warnings.catch_warnings(), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            warnings.simplefilter("error")
            world = owlready2.World()
            loaded = world.get_ontology((tmp_path / name).as_uri()).load()

        assert said.getvalue() == ""
        assert {c.iri for c in world.classes() if c.iri.startswith(names.ONTOLOGY)} == classes
        assert len(loaded.graph) == len(plain)


@pytest.mark.servers  # for its half minute; and alone, since owlrl changes how rdflib reads dates in its own process
def test_pyshacl_finds_that_the_data_conform(exports: Exports) -> None:
    words = [sys.executable, "-m", "pyshacl", "-s", exports.folder / "shapes.ttl", exports.folder / "atgraph.ttl"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert "Conforms: True" in done.stdout


# Programs that are installed: `make programs` installs them where it can, `make test-servers` runs these.


@pytest.fixture(scope="module")
def rdf4j(tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[Path]], list[str]]:
    """Return the hashes of files as Eclipse RDF4J reads them, all in one start of Java."""
    jars = Path("/usr/share/java")
    ours = [path for path in sorted(jars.glob("rdf4j-*.jar")) if not re.search(r"-\d[\d.]*\.jar$", path.name)]
    if shutil.which("java") is None or not ours:
        pytest.skip("Eclipse RDF4J is not installed (Debian: apt-get install librdf4j-java default-jdk-headless)")
    other = "commons-codec commons-io commons-lang3 commons-text guava httpclient httpclient-cache httpcore "
    other += "jackson-annotations jackson-core jackson-databind jaxb-api jcl-over-slf4j jsonld-java slf4j-api slf4j-nop"
    path = os.pathsep.join(map(str, [*ours, *(jars / f"{name}.jar" for name in other.split())]))

    def read(files: list[Path]) -> list[str]:
        folder = tmp_path_factory.mktemp("rdf4j")
        pairs = [(file, folder / f"{n}.nq") for n, file in enumerate(files)]
        words = [str(word) for pair in pairs for word in pair]
        done = subprocess.run(
            ["java", "-cp", path, PROGRAMS / "Rdf4j.java", *words], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return [digest(out.read_bytes()) for _, out in pairs]

    return read


@pytest.mark.servers
@pytest.mark.parametrize("form", READS["Eclipse RDF4J"])
def test_rdf4j_reads_the_same_graph(exports: Exports, rdf4j: Callable[[list[Path]], list[str]], form: str) -> None:
    paths = exports.of(form)

    assert exports.found(paths, rdf4j(paths)) == exports.wanted(paths)


@pytest.mark.servers
@pytest.mark.parametrize("form", READS["N3.js, jsonld.js, rdfxml-streaming-parser"])
def test_javascript_reads_and_canonizes_the_same_graph(exports: Exports, form: str) -> None:
    if shutil.which("node") is None or not (INSTALLED / "node_modules" / "rdf-canonize").is_dir():
        pytest.skip("Node.js or its packages are not installed (make programs)")
    paths = exports.of(form)
    done = subprocess.run(
        ["node", PROGRAMS / "canonize.mjs", *paths],
        env={**os.environ, "PROGRAMS": str(INSTALLED)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert exports.found(paths, done.stdout.split()) == exports.wanted(paths)


@pytest.mark.servers
@pytest.mark.parametrize("form", READS["Raptor (rapper)"])
def test_raptor_reads_the_same_graph(exports: Exports, form: str) -> None:
    if shutil.which("rapper") is None:
        pytest.skip("Raptor is not installed (Debian: apt-get install raptor2-utils)")
    syntax = {"nq": "nquads", "ttl": "turtle", "rdf": "rdfxml", "nt": "ntriples"}.get(form, form)
    for path in exports.of(form):
        words = ["rapper", "-q", "-i", syntax, "-o", "nquads" if form in ("nq", "trig") else "ntriples", path]
        done = subprocess.run(words, capture_output=True, check=False)

        assert (done.returncode, done.stderr) == (0, b""), done.stderr
        assert exports.found([path], [digest(done.stdout)]) == exports.wanted([path])


def links(graph: atgraph.Graph) -> list[tuple[str, str]]:
    """Every link that leaves our release, as a stored question tells it: the thing, and where else it is described."""
    rows = csv.DictReader(io.StringIO(graph.ask("external-links", thing="*").format("csv")))
    return sorted({(row["thing"], row["link"]) for row in rows})


def test_the_release_is_large_enough_for_the_linked_data_cloud(graph: atgraph.Graph) -> None:
    found = links(graph)
    targets = Counter(urlsplit(link).netloc for _, link in found)

    assert sum(quad.graph_name != names.graph("derived") for quad in graph.dataset.quads()) >= 5_000
    assert len(found) >= 1_000
    assert all(thing.startswith(names.BASE) and not link.startswith(names.BASE) for thing, link in found)
    # A data set of the cloud has 50 links to another at least; these four are what analysts join with.
    for host in ("metadata.un.org", "www.wikidata.org", "publications.europa.eu", "sws.geonames.org"):
        assert targets[host] >= 50, targets


def test_the_page_has_a_row_for_each_program(exports: Exports) -> None:
    rows = {
        row[0]: row[1:] for row in re.findall(r"^\| ([^|]+?) \| ([^|]+?) \| ([^|]+?) \|", PAGE.read_text("utf-8"), re.M)
    }

    for program, forms in READS.items():
        shown = rows[program][0] if program in rows else ""
        assert set(re.findall(r"`(\w+)`", shown)) == set(forms), program
    packages = json.loads((PROGRAMS / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert all(f"{name} {version}" in PAGE.read_text(encoding="utf-8") for name, version in packages.items())
