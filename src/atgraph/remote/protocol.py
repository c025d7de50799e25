"""An endpoint's address and SPARQL come in; out goes the answer a local store would give, or one sentence why not.

`SPARQLWrapper` speaks the protocol. What it lacks is here: one deadline over everything, retries that heed
`Retry-After`, an agent name of our own, and the refusal of every answer that is cut, capped or no SPARQL result.
"""

from __future__ import annotations

import ast
import collections
import email.utils
import http.client
import itertools
import json
import math
import queue
import re
import threading
import time
import urllib.error
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar, cast

import pyoxigraph as ox
from SPARQLWrapper import GET, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from atgraph import __version__
from atgraph.errors import DeadlineError, EndpointError
from atgraph.sparql import declared, form

T = TypeVar("T")
Answer = ox.QuerySolutions | bool | list[ox.Triple]

AGENT = f"atgraph/{__version__} (+https://w3id.org/atgraph/)"
LONGEST_GET = 2_000
"""Characters of a query and its graphs beyond which it is posted, since servers and proxies cap addresses."""

_BUSY = {429, 502, 503, 504}
_REMEDIES = {
    400: "correct the query",
    401: "choose an endpoint without a login",
    403: "ask those who run the endpoint",
    404: "check the address",
    500: "ask those who run the endpoint",
}
_RESULTS = "application/sparql-results+json"
_JSON = {_RESULTS, "application/json"}
_GRAPHS = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A SPARQL 1.1 endpoint and what we are ready to spend on one answer of it."""

    url: str
    seconds: float = 60.0
    """From the first try to the last byte, waits between tries included."""
    tries: int = 4
    most_bytes: int = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Reply:
    """A 200, read to its end."""

    url: str
    headers: Mapping[str, str]
    body: bytes


def query(endpoint: Endpoint, text: str, graphs: Sequence[str] = ()) -> Answer:
    """Return the endpoint's answer, of the same Python types that a query to a local store returns.

    `graphs` become both the default graph, merged, and the named graphs; without any, the endpoint's defaults stand.
    Raises EndpointError or its DeadlineError, and QueryError where the text is no query.
    """
    kind = form(text)
    text = declared(text)
    if not re.match(r"https?://[^/\s?#][^\s?#]*$", endpoint.url):
        raise EndpointError(
            "is no address of an endpoint", where=endpoint.url, remedy="give one like http://localhost:7878/query"
        )
    reply = _patiently(endpoint, lambda seconds: _send(endpoint, text, kind, graphs, seconds))
    return _results(endpoint, reply) if kind in ("SELECT", "ASK") else _triples(endpoint, reply)


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a `Retry-After` asks for, given as a number or as a date; None where it says neither.

    >>> now = datetime(2024, 7, 30, 12, 0, 0, tzinfo=UTC)
    >>> retry_after("3", now), retry_after("Tue, 30 Jul 2024 12:00:09 GMT", now), retry_after("soon", now)
    (3.0, 9.0, None)
    """
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        then = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (then.replace(tzinfo=then.tzinfo or UTC) - now).total_seconds())


def _patiently(endpoint: Endpoint, send: Callable[[float], _Reply]) -> _Reply:
    """Send until it is answered, the endpoint is not merely busy, or the deadline is too near for another try."""
    end = time.monotonic() + endpoint.seconds
    for attempt in itertools.count(1):
        try:
            return _within(end - time.monotonic(), send)
        except Exception as error:
            status = _status(error)
            if status is None or status.code not in _BUSY or attempt >= endpoint.tries:
                raise _explained(endpoint, error) from error
            pause = retry_after(status.headers.get("Retry-After"), datetime.now(UTC))
            pause = 0.5 * 2 ** (attempt - 1) if pause is None else pause
            if time.monotonic() + pause >= end:
                raise DeadlineError(
                    f"is busy (HTTP {status.code}) and asks for {pause:.0f} s, over the {endpoint.seconds:g} s it has",
                    where=endpoint.url,
                    remedy="ask again later or allow more time",
                ) from error
        time.sleep(pause)
    raise AssertionError("unreachable: the loop has no end of its own")


def _within(seconds: float, work: Callable[[float], T]) -> T:
    """Run the work in a thread, given up at the deadline: a socket's timeout bounds each wait, not their sum."""
    box: queue.SimpleQueue[tuple[T | None, Exception | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            box.put((work(seconds), None))
        except Exception as error:
            box.put((None, error))

    threading.Thread(target=run, daemon=True).start()
    try:
        result, error = box.get(timeout=max(0.0, seconds))
    except queue.Empty:
        raise TimeoutError from None
    if error is not None:
        raise error
    return cast(T, result)


def _send(endpoint: Endpoint, text: str, kind: str, graphs: Sequence[str], seconds: float) -> _Reply:
    """Send once and read the reply to its end, or to the most bytes we take."""
    wrapper = SPARQLWrapper(endpoint.url, agent=AGENT)
    # Set as fields: `setQuery` guesses the form by searching for words, and finds ADD in "addressee".
    wrapper.queryString, wrapper.queryType = text, kind
    wrapper.setOnlyConneg(True)
    wrapper.setMethod(GET if len(text) + 2 * sum(map(len, graphs)) <= LONGEST_GET else POST)
    accept = _RESULTS if kind in ("SELECT", "ASK") else "application/n-triples, text/turtle;q=0.9"
    wrapper.addCustomHttpHeader("Accept", accept)
    wrapper.setTimeout(max(1, math.ceil(seconds)))
    for graph in graphs:
        wrapper.addParameter("default-graph-uri", graph)
        wrapper.addParameter("named-graph-uri", graph)
    with wrapper.query().response as response:
        headers = {name.lower(): value for name, value in response.headers.items()}
        # In pieces: read() of everything would trust the length that the other side claims.
        body = bytearray()
        while len(body) <= endpoint.most_bytes and (piece := response.read(65_536)):
            body += piece
        return _Reply(response.geturl(), headers, bytes(body))


def _checked(endpoint: Endpoint, reply: _Reply, types: set[str]) -> str:
    """Return the media type of a reply that is whole and of one of the types."""
    kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    length = reply.headers.get("content-length", "")
    what, remedy = "", "ask again, or ask for less"
    if reply.url != endpoint.url and "query=" not in reply.url and not reply.url.startswith(endpoint.url + "?"):
        what, remedy = f"redirects to {_plain(reply.url)} and loses the query on the way", "use that address"
    elif len(reply.body) > endpoint.most_bytes:
        what, remedy = f"sent more than the {endpoint.most_bytes:,} bytes that we take", "ask for less, with a LIMIT"
    elif length.isdigit() and len(reply.body) < int(length):
        what = f"sent an answer that is cut short: {len(reply.body):,} of {int(length):,} bytes"
    elif "x-sparql-maxrows" in reply.headers:
        what = f"caps its answers at {_plain(reply.headers['x-sparql-maxrows'])} rows, and this one is cut there"
        remedy = "ask for less, with LIMIT and OFFSET"
    elif "x-sql-state" in reply.headers:
        what = f"sent an incomplete answer ({_plain(reply.headers.get('x-sql-message', 'it ran out of time'))})"
    elif kind not in types:
        what = f"answered with {_plain(kind) or 'no media type'}, which is no SPARQL result"
        remedy = "check that the address is that of a SPARQL endpoint"
    if what:
        raise EndpointError(what, where=endpoint.url, remedy=remedy)
    return kind


def _results(endpoint: Endpoint, reply: _Reply) -> ox.QuerySolutions | bool:
    """Parse the rows of a SELECT or the truth of an ASK; nothing is handed on before all of it has been read."""
    _checked(endpoint, reply, _JSON)
    try:
        # Python's parser also sees a missing last brace, which the streaming one does not wait for after a boolean.
        json.loads(reply.body)
        found = ox.parse_query_results(reply.body, ox.QueryResultsFormat.JSON)
        if isinstance(found, ox.QueryBoolean):
            return bool(found)
        collections.deque(found, maxlen=0)
    except (SyntaxError, ValueError, RecursionError) as error:
        raise EndpointError(
            f"sent a result that does not parse ({_plain(str(error))})",
            where=endpoint.url,
            remedy="it was cut short, or is no SPARQL endpoint: ask again or check the address",
        ) from error
    return cast(ox.QuerySolutions, ox.parse_query_results(reply.body, ox.QueryResultsFormat.JSON))


def _triples(endpoint: Endpoint, reply: _Reply) -> list[ox.Triple]:
    """Parse the graph of a CONSTRUCT or DESCRIBE."""
    kind = _checked(endpoint, reply, set(_GRAPHS))
    if "content-length" not in reply.headers and reply.headers.get("transfer-encoding", "").lower() != "chunked":
        raise EndpointError(
            "sent a graph without saying where it ends, so that a cut could not be told",
            where=endpoint.url,
            remedy="ask with SELECT",
        )
    try:
        return [quad.triple for quad in ox.parse(reply.body, _GRAPHS[kind])]
    except (SyntaxError, ValueError) as error:
        raise EndpointError(
            f"sent a graph that does not parse ({_plain(str(error))})", where=endpoint.url, remedy="ask again"
        ) from error


def _status(error: Exception) -> urllib.error.HTTPError | None:
    """Return the HTTP status behind an error; SPARQLWrapper hides some of them behind its own."""
    status = error.__context__ if isinstance(error, SPARQLWrapperException) else error
    return status if isinstance(status, urllib.error.HTTPError) else None


def _explained(endpoint: Endpoint, error: Exception) -> Exception:
    """Return the sentence for whatever went wrong between us and the endpoint; what is no such thing stays as it is."""
    reason = error.reason if type(error) is urllib.error.URLError else error
    if isinstance(reason, TimeoutError):
        what, remedy = f"did not answer within {endpoint.seconds:g} s", "allow more time, or ask for less"
        return DeadlineError(what, where=endpoint.url, remedy=remedy)
    if status := _status(error):
        what = f"answered HTTP {status.code} ({_said(error) or _plain(str(status.reason))})"
        remedy = _REMEDIES.get(
            status.code, "use the address it redirects to" if status.code < 400 else "ask again later"
        )
    elif isinstance(reason, http.client.IncompleteRead):
        what, remedy = "sent an answer that is cut short", "ask again"
    elif isinstance(reason, OSError | http.client.HTTPException):
        what = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
        what, remedy = f"cannot be reached ({_plain(what)})", "check the address, and that the endpoint is running"
    else:
        return error
    return EndpointError(what, where=endpoint.url, remedy=remedy)


def _said(error: Exception) -> str:
    """Return what the endpoint said of an error, which SPARQLWrapper keeps only as a `repr` inside its message."""
    try:
        body = ast.literal_eval(str(error).partition("Response:\n")[2])
    except (SyntaxError, ValueError):
        return ""
    return _plain(body.decode("utf-8", "replace")) if isinstance(body, bytes) else ""


def _plain(text: str) -> str:
    r"""Return a stranger's words fit for one line of a terminal.

    >>> _plain("Parse  error\x1b[31m at\nline 3")
    'Parse error[31m at line 3'
    """
    line = " ".join(text.split())
    return "".join(character for character in line if character.isprintable())[:200].strip()
