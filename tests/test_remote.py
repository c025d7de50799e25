"""Endpoints that misbehave, and a real one: every stored question is answered there as it is here."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from atgraph import remote
from atgraph.errors import DeadlineError, EndpointError, QueryError
from atgraph.remote import Endpoint
from atgraph.remote.protocol import LONGEST_GET, Answer

RESULT = json.dumps({"head": {"vars": ["n"]}, "results": {"bindings": [{"n": {"type": "literal", "value": "é"}}]}})
JSON = "application/sparql-results+json"
SELECT = "SELECT ?n WHERE { ?s ?p ?n }"


class Handler(BaseHTTPRequestHandler):
    """Answers as the test says; `server.behave` gets the handler, `server.seen` every request."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        words = self.rfile.read(length).decode() if length else urlsplit(self.path).query
        self.server.seen.append((self.command, self.path, dict(self.headers), parse_qs(words)))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.server.behave(self)

    do_POST = do_GET  # noqa: N815

    def reply(self, body: str | bytes = RESULT, status: int = 200, kind: str = JSON, **headers: str) -> None:
        payload = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in {"Content_Type": kind, "Content_Length": str(len(payload)), **headers}.items():
            if value:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, *words: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behave: Callable[[Handler], None] = lambda handler: handler.reply()
        self.seen: list[tuple[str, str, dict[str, str], dict[str, list[str]]]] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}/sparql"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = Server()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def ask(server: Server, text: str = SELECT, seconds: float = 5, **settings: int) -> Answer:
    return remote.query(Endpoint(server.url, seconds, **settings), text)


def refused(server: Server, text: str = SELECT, seconds: float = 5, **settings: int) -> str:
    with pytest.raises(EndpointError) as caught:
        ask(server, text, seconds, **settings)
    sentence = str(caught.value)
    assert sentence.startswith(server.url)
    assert "\n" not in sentence
    assert caught.value.exit_code == 4
    return sentence


def test_rows_come_back_as_from_a_local_store(server: Server) -> None:
    rows = list(ask(server))

    assert [row["n"].value for row in rows] == ["é"]


def test_we_say_who_we_are_and_what_we_take(server: Server) -> None:
    ask(server)

    command, _, headers, words = server.seen[0]
    assert command == "GET"
    assert headers["User-Agent"].startswith("atgraph/")
    assert headers["Accept"] == JSON
    assert words == {"query": [SELECT]}


def test_a_long_query_is_posted(server: Server) -> None:
    long = SELECT + " #" + "x" * LONGEST_GET

    ask(server, long)

    command, _, _, words = server.seen[0]
    assert command == "POST"
    assert words == {"query": [long]}


def test_the_form_is_read_from_the_query_and_not_from_words_in_it(server: Server) -> None:
    server.behave = lambda handler: handler.reply('{"head": {}, "boolean": true}')

    assert ask(server, "#+ title: which ADDressees to SELECT\n# two\n# INSERT\nASK { ?s ?p ?o }") is True


def test_our_prefixes_need_no_declaration(server: Server) -> None:
    ask(server, "PREFIX act: <http://e/> SELECT ?n WHERE { ?n a atg:State ; act:x 'skos:no' }")

    query = server.seen[0][3]["query"][0]
    assert query.count("PREFIX") == 2
    assert "PREFIX atg: <https://w3id.org/atgraph/ontology/>" in query


@pytest.mark.parametrize("text", ["INSERT DATA { <a:b> <a:b> <a:b> }", "PREFIX : <a:> DROP ALL", "", "hello"])
def test_an_update_is_never_sent(server: Server, text: str) -> None:
    with pytest.raises(QueryError, match=r"no SPARQL query|which is no query"):
        ask(server, text)

    assert server.seen == []


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://127.0.0.1/x", "localhost:7878", "http://", "http://a/b?c=d"]
)
def test_only_a_web_address_is_asked(url: str) -> None:
    with pytest.raises(EndpointError, match="is no address"):
        remote.query(Endpoint(url), SELECT)


def test_nobody_listening_is_one_sentence() -> None:
    closed = Server()
    closed.server_close()

    with pytest.raises(EndpointError, match="cannot be reached"):
        remote.query(Endpoint(closed.url), SELECT)


def test_a_busy_endpoint_is_asked_again_when_it_says(server: Server) -> None:
    def busy_once(handler: Handler) -> None:
        handler.reply("busy", 503, "text/plain", Retry_After="1") if len(server.seen) == 1 else handler.reply()

    server.behave = busy_once
    start = time.monotonic()

    rows = list(ask(server))

    assert len(rows) == 1
    assert time.monotonic() - start >= 1


def test_waiting_beyond_the_deadline_is_not_begun(server: Server) -> None:
    server.behave = lambda handler: handler.reply("busy", 503, "text/plain", Retry_After="3600")
    start = time.monotonic()

    sentence = refused(server, seconds=2)

    assert "HTTP 503" in sentence
    assert "3600 s" in sentence
    assert time.monotonic() - start < 1


def test_tries_are_bounded(server: Server) -> None:
    server.behave = lambda handler: handler.reply("busy", 429, "text/plain", Retry_After="0")

    sentence = refused(server, tries=3)

    assert "HTTP 429" in sentence
    assert len(server.seen) == 3


def test_silence_ends_at_the_deadline(server: Server) -> None:
    server.behave = lambda handler: time.sleep(3)
    start = time.monotonic()

    with pytest.raises(DeadlineError, match=r"within 0\.3 s"):
        ask(server, seconds=0.3)

    assert time.monotonic() - start < 1


def test_a_trickle_ends_at_the_deadline_although_no_single_wait_is_long(server: Server) -> None:
    def trickle(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        for _ in range(60):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)

    server.behave = trickle
    start = time.monotonic()

    with pytest.raises(DeadlineError):
        ask(server, seconds=0.5)

    assert time.monotonic() - start < 1.2


@pytest.mark.parametrize("cut", range(1, len(RESULT), 7))
def test_json_cut_anywhere_is_refused(server: Server, cut: int) -> None:
    server.behave = lambda handler: handler.reply(RESULT[:cut])

    assert "does not parse" in refused(server)


def test_a_boolean_without_its_last_brace_is_refused(server: Server) -> None:
    server.behave = lambda handler: handler.reply('{"head": {}, "boolean": true')

    assert "does not parse" in refused(server, "ASK { ?s ?p ?o }")


def test_fewer_bytes_than_announced_are_refused(server: Server) -> None:
    def short(handler: Handler) -> None:
        handler.reply(RESULT, Content_Length=str(len(RESULT.encode()) + 10))
        handler.close_connection = True

    server.behave = short

    assert "cut short" in refused(server)


def test_a_broken_chunk_is_refused(server: Server) -> None:
    def broken(handler: Handler) -> None:
        handler.reply(b"ff\r\n" + RESULT.encode(), Content_Length="", Transfer_Encoding="chunked")
        handler.close_connection = True

    server.behave = broken

    assert "cut short" in refused(server)


def test_a_graph_of_unknown_length_is_refused(server: Server) -> None:
    def endless(handler: Handler) -> None:
        handler.reply("<a:b> <a:b> <a:b> .\n", kind="application/n-triples", Content_Length="", Connection="close")
        handler.close_connection = True

    server.behave = endless

    assert "where it ends" in refused(server, "CONSTRUCT WHERE { ?s ?p ?o }")


def test_a_graph_comes_back_as_triples(server: Server) -> None:
    server.behave = lambda handler: handler.reply("<a:b> <a:b> <a:b> .\n", kind="application/n-triples; charset=utf-8")

    assert len(ask(server, "CONSTRUCT WHERE { ?s ?p ?o }")) == 1


@pytest.mark.parametrize(
    ("headers", "words"),
    [({"X_SPARQL_MaxRows": "10000"}, "10000 rows"), ({"X_SQL_State": "S1TAT", "X_SQL_Message": "RC"}, "incomplete")],
)
def test_a_silently_capped_answer_is_refused(server: Server, headers: dict[str, str], words: str) -> None:
    server.behave = lambda handler: handler.reply(**headers)

    assert words in refused(server)


@pytest.mark.parametrize("kind", ["text/html", "text/turtle", "", "application/octet-stream"])
def test_what_is_no_result_is_refused(server: Server, kind: str) -> None:
    server.behave = lambda handler: handler.reply("<html>Welcome</html>", kind=kind)

    assert "no SPARQL result" in refused(server)


@pytest.mark.parametrize("body", ["[]", "{}", "null", '{"head": {"vars": []}}', "[" * 100_000, "\ufeff"])
def test_json_that_is_no_result_is_refused(server: Server, body: str) -> None:
    server.behave = lambda handler: handler.reply(body)

    assert "does not parse" in refused(server)


def test_a_flood_is_cut_off(server: Server) -> None:
    def flood(handler: Handler) -> None:
        handler.reply(b" " * 1_000_000)

    server.behave = flood

    assert "more than the 10,000 bytes" in refused(server, most_bytes=10_000)


def test_a_circle_of_redirects_is_left(server: Server) -> None:
    server.behave = lambda handler: handler.reply("", 302, Location=handler.path)

    assert "HTTP 302" in refused(server)


def test_a_redirect_that_loses_the_query_is_refused(server: Server) -> None:
    def away(handler: Handler) -> None:
        handler.reply("", 302, Location="/home") if handler.path != "/home" else handler.reply()

    server.behave = away

    assert "loses the query" in refused(server)


def test_a_redirect_that_keeps_the_query_is_followed(server: Server) -> None:
    def moved(handler: Handler) -> None:
        if handler.path.startswith("/new"):
            handler.reply()
        else:
            handler.reply("", 301, Location="/new?" + urlsplit(handler.path).query)

    server.behave = moved

    assert len(list(ask(server))) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 414, 500])
def test_what_the_endpoint_says_of_an_error_is_passed_on_in_one_line(server: Server, status: int) -> None:
    server.behave = lambda handler: handler.reply("Parse\x1b[31m error\nat line 3", status, "text/plain")

    sentence = refused(server)

    assert f"HTTP {status}" in sentence
    assert "\x1b" not in sentence
    assert len(server.seen) == 1
    if status in (400, 404, 500):
        assert "Parse[31m error at line 3" in sentence


def test_our_graphs_are_looked_for(server: Server) -> None:
    graph = "https://w3id.org/atgraph/graph/gof-2024"
    body = {"head": {"vars": ["graph"]}, "results": {"bindings": [{"graph": {"type": "uri", "value": graph}}]}}
    server.behave = lambda handler: handler.reply(json.dumps(body))

    assert remote.our_graphs(Endpoint(server.url)) == (graph,)

    remote.query(Endpoint(server.url), SELECT, [graph])

    assert server.seen[1][3]["default-graph-uri"] == [graph]
    assert server.seen[1][3]["named-graph-uri"] == [graph]
