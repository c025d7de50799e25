"""SPARQL as text: names are spelled for the store, faults told where they stand, and no SERVICE slips through."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from pyoxigraph import Quad, QuerySolutions

from atgraph import sparql
from atgraph.errors import QueryError
from atgraph.names import graph, iri
from atgraph.store import Dataset


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[str]]]:
    """An endpoint on this machine, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def handle(self) -> None:
            asked.append(str(self.client_address))

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    server.server_close()


def sample() -> Dataset:
    node = iri("provision:gof-2024.annex.8.1")
    return Dataset([Quad(node, iri("rdf:type"), iri("atg:Call"), graph("gof-2024"))])


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?kind { provision:gof-2024.annex.8.1 a ?kind }",
        "SELECT ?kind { ?p a ?kind FILTER(?p = provision:gof-2024.annex.8.1) }",
        r"SELECT ?kind { provision:gof-2024\.annex.8.1 a ?kind }",
        "PREFIX p: <https://w3id.org/atgraph/id/provision/gof-> SELECT ?kind { p:2024.annex.8.1 a ?kind. }",
        'SELECT ?kind { ?p a ?kind FILTER(STRENDS(STR(?p), \'annex.8.1\') && \'a:b.c.d\' = """a:b.c.d""") }',
    ],
)
def test_a_name_with_several_full_stops_is_understood(text: str) -> None:
    found = sample().query(text)

    assert isinstance(found, QuerySolutions)
    assert [row["kind"] for row in found] == [iri("atg:Call")]


@pytest.mark.parametrize(
    "text",
    ["ASK { <http://a/a:b.c.d> ?p 'a:b.c.d' } # a:b.c.d", "ASK { _:a.b.c a:b.c ?service }", "PREFIX a: <b:c.d.e>"],
)
def test_all_else_is_left_as_it_is(text: str) -> None:
    assert sparql.spelled(text) == text


def test_what_is_spelled_stays_spelled() -> None:
    once = sparql.spelled("ASK { a:b.c.d ?p 'services' }")

    assert sparql.spelled(once) == once != "ASK { a:b.c.d ?p 'services' }"


CALLS = [
    "SELECT * { SERVICE <@> { ?s ?p ?o } }",
    "SELECT * { service silent <@> { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<@>{ ?s ?p ?o } }",
    r"SELECT * { \u0053ERVICE <@> { ?s ?p ?o } }",
    "PREFIX : <@> SELECT * { SERVICE:x{ ?s ?p ?o } }",
    "PREFIX x: <@> SELECT * { SERVICE x: # {\n { ?s ?p ?o } }",
    "SELECT * { # a comment ends here\rSERVICE <@> { ?s ?p ?o } }",
    "SELECT * { BIND(<http://a/\u00a0#> AS ?z) SERVICE <@> { ?s ?p ?o } }",
    "SELECT * { ?s a ?c . ?s a <http://a/>SERVICE <@> { ?s ?p ?o } }",
    'SELECT * { ?s ?p "\\"" SERVICE <@> { ?s ?p ?o } ?s ?p "" }',
    'SELECT * { BIND("""a\\"""" AS ?x) SERVICE <@> { ?s ?p ?o } BIND("""b""" AS ?y) }',
    r'SELECT * { BIND("\u0022" AS ?x) SERVICE <@> { ?s ?p ?o } BIND("\u0022" AS ?y) }',
    "SELECT * { FILTER(1<2)SERVICE<@>{ ?s ?p ?o } }",
    "PREFIX : <@> SELECT * { FILTER(1<2)SERVICE:x#>\n{ ?s ?p ?o } }",
    "SELECT * { BIND('a' AS ?x) FILTER(?x<'a>b') SERVICE <@> { ?s ?p ?o } FILTER('x'='x') }",
    "PREFIX p: <p:> SELECT * { FILTER(p:a<p:a#>'''\n || 1<2) SERVICE <@> { ?s ?p ?o } #'''\n }",
    "PREFIX p: <p:> SELECT * { VALUES ?s { p:a.b.c } SERVICE <@> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("text", CALLS)
def test_no_query_goes_out_to_the_network(listener: tuple[str, list[str]], text: str) -> None:
    url, asked = listener

    with pytest.raises(QueryError):
        sample().query(text.replace("@", url))

    assert asked == []


def test_a_query_that_asks_another_endpoint_is_told_how(listener: tuple[str, list[str]]) -> None:
    with pytest.raises(QueryError, match="--endpoint"):
        sample().query(CALLS[0].replace("@", listener[0]))


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?service ?p 'SERVICE <http://a/> {}' }",
        "PREFIX service: <http://a/service/> ASK { ?s service:x service:service }",
        'ASK { ?s <http://a/service#x> "services"@en } # SERVICE <http://a/> {}',
        r"ASK { ?s ?p '''a \' SERVICE \\''' }",
    ],
)
def test_the_word_service_may_stand_where_it_calls_nobody(text: str) -> None:
    assert sample().query(text) is False


def test_words_with_service_in_them_stay_what_they_are() -> None:
    found = sample().query("SELECT ('A Service' AS ?a) (STR(<http://a/service>) AS ?b) {}")

    assert isinstance(found, QuerySolutions)
    assert [term.value for term in next(found)] == ["A Service", "http://a/service"]


@pytest.mark.parametrize(
    "text", ["INSERT DATA { <a:b> <a:b> 1 }", "# SELECT\nPREFIX a: <a:> DELETE WHERE { ?s ?p ?o }"]
)
def test_an_update_is_told_that_a_query_only_asks(text: str) -> None:
    with pytest.raises(QueryError, match=r"begins with (INSERT|DELETE).*SELECT, ASK, CONSTRUCT or DESCRIBE"):
        sample().query(text)


def test_an_undeclared_prefix_is_named_with_those_that_are_known() -> None:
    with pytest.raises(
        QueryError, match=r"prefix nope:, at line 2, column 15, near “nope:x mine:y.*PREFIX nope: <…>.*\bact, .*\bxsd"
    ) as caught:
        sample().query("PREFIX mine: <a:>\nSELECT * { ?s nope:x mine:y, act:urges }")

    assert "PREFIX mine" not in str(caught.value)


def test_a_fault_is_told_where_it_stands_in_what_was_written() -> None:
    line = " ?s act:b.c.d 'service' . ?x FOO ?z }"

    with pytest.raises(QueryError, match=f"line 2, column {line.index('z }') + 1}, near “z }}”"):
        sample().query("SELECT * {\n" + line)
