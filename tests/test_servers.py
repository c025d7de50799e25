"""A real server on this machine: every stored question is answered there as it is here."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

import atgraph
from atgraph import queries, remote
from atgraph.errors import DeadlineError, UnknownTermError
from atgraph.publish.dumps import dump
from atgraph.remote import Endpoint

pytestmark = pytest.mark.servers

OXIGRAPH = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")


@pytest.fixture(scope="module", params=["plain", "--union-default-graph"])
def real(request: pytest.FixtureRequest, dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """A real server on this machine, loaded with the built graph, whatever it takes for its default graph."""
    store = tmp_path_factory.mktemp("server") / "store"
    with served(dist / "atgraph.nq", store, [] if request.param == "plain" else [request.param]) as endpoint:
        yield endpoint


@contextlib.contextmanager
def served(file: Path, store: Path, options: list[str]) -> Iterator[Endpoint]:
    """Serve a file on this machine."""
    if OXIGRAPH is None:
        pytest.skip("the oxigraph server is not installed (it is in requirements.lock)")
    subprocess.run([OXIGRAPH, "load", "--location", store, "--file", file], check=True, capture_output=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    words = [OXIGRAPH, "serve-read-only", "--location", str(store), "--bind", address, *options]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(100):
                with contextlib.suppress(OSError), urlopen(f"http://{address}/", timeout=1):
                    break
                time.sleep(0.05)
            yield Endpoint(f"http://{address}/query", 30)
        finally:
            process.terminate()


def questions() -> list[str]:
    return list(queries.questions())


def sample(name: str) -> dict[str, str]:
    """Return values for the parameters that a question must be given."""
    values = {"state": "BLR", "theme": "technology", "document": "untoc", "act": "urges", "body": "unodc"}
    cards = queries.question(name).parameters.values()
    return {card.name: values[card.kind] for card in cards if card.required and card.default is None}


@pytest.mark.parametrize("name", questions())
def test_every_stored_question_has_the_same_answer_there_as_here(
    real: Endpoint, graph: atgraph.Graph, name: str
) -> None:
    values = sample(name)

    there = remote.ask(real, name, values)
    here = graph.ask(name, **values)

    assert there == here
    assert there.format("table") == here.format("table")


def test_every_form_of_query_is_answered_there(real: Endpoint) -> None:
    graphs = remote.our_graphs(real)

    states = remote.query(real, "SELECT ?s WHERE { GRAPH ?g { ?s a atg:State } } LIMIT 3")
    described = remote.query(real, "DESCRIBE state:BHR", graphs)

    assert len(list(states)) == 3
    assert remote.query(real, "ASK { GRAPH ?g { state:BHR a atg:State } }") is True
    assert len(described) > 5


def test_a_parameter_that_the_data_there_lack_is_refused(real: Endpoint, graph: atgraph.Graph) -> None:
    name, key = next(
        (q.name, p.name) for q in queries.questions().values() for p in q.parameters.values() if p.kind == "state"
    )

    with pytest.raises(UnknownTermError, match="XYZ"):
        remote.ask(real, name, {key: "XYZ"})


def test_a_query_that_runs_too_long_ends_at_the_deadline(real: Endpoint) -> None:
    heavy = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?a { ?b ?c ?d } GRAPH ?e { ?f ?g ?h } GRAPH ?i { ?j ?k ?l } }"
    start = time.monotonic()

    with pytest.raises(DeadlineError):
        remote.query(Endpoint(real.url, 0.5), heavy)

    assert time.monotonic() - start < 1.5


def test_another_publishers_build_is_asked_by_our_names_and_theirs(graph: atgraph.Graph, tmp_path: Path) -> None:
    home = "https://data.example.org/tip/"
    (tmp_path / "theirs.nq").write_text(dump(graph.dataset.rebased(home), "nq"), encoding="utf-8")

    with served(tmp_path / "theirs.nq", tmp_path / "store", []) as endpoint:
        for value in ("BLR", f"{home}id/state/BLR"):
            there = remote.ask(endpoint, "treaty-status", {"state": value})
            assert there.format("md") == graph.ask("treaty-status", state="BLR").format("md")
            assert f"{home}id/state/BLR" in there.format("csv")
