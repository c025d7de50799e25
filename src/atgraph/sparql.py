r"""SPARQL comes in as text; its form, its prefixes and whom it would call go out, or the text spelled for our store."""

from __future__ import annotations

import re
from collections.abc import Iterator

from atgraph.errors import QueryError
from atgraph.names import PREFIXES

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")

# Comments, IRIs and strings are passed over as wholes: any of them may hold what looks like a keyword.
_CODE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?#@%-]"
_TOKEN = re.compile(
    rf"""\#[^\r\n]*|<(?:[^\x00-\x20<>"{{}}|^`\\]|{_CODE})*>"""
    r'''|"{3}(?:"{0,2}(?:[^"\\]|\\.))*"{3}|"(?:[^"\\\r\n]|\\.)*"'''
    r"""|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}|'(?:[^'\\\r\n]|\\.)*'"""
    r"""|@[A-Za-z]+(?:-[A-Za-z0-9]+)*|[?$]\w+"""
    rf"""|(?P<prefix>[\w.-]*):(?P<local>(?:[\w:]|{_ESCAPE})(?:[\w:-]|{_ESCAPE}|\.+(?=[\w:-]|{_ESCAPE}))*)?"""
    r"""|(?P<word>\w+)|.""",
    re.DOTALL,
)
_CALL = re.compile(r"service(?:silent)?$", re.IGNORECASE)


def form(text: str) -> str:
    r"""Return the form of a query: SELECT, ASK, CONSTRUCT or DESCRIBE.

    Raises QueryError for an update, and for what is no SPARQL at all.

    >>> form("# how to SELECT\nPREFIX ask: <http://ask/> CONSTRUCT WHERE { ?s ?p ?o }")
    'CONSTRUCT'
    """
    first = _first(text)
    if first not in FORMS:
        what, remedy = _no_query(first)
        raise QueryError(what, where="query", remedy=remedy)
    return first


def declared(text: str) -> str:
    """Return a query with a PREFIX line for each of our prefixes that it uses and does not declare.

    >>> declared("ASK { state:BHR a atg:State }").splitlines()[0]
    'PREFIX atg: <https://w3id.org/atgraph/ontology/>'
    """
    missing = sorted(_undeclared(text).keys() & PREFIXES.keys())
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in missing) + text


def spelled(text: str) -> str:
    r"""Return a query as our store reads it, with the same meaning to the grammar.

    Every full stop of a short name that has more than one is escaped: Oxigraph 0.5 reads only one bare full stop in a
    name. And where `service` stands in what we take for a string, an IRI or a comment, its first letter is escaped:
    should the parser disagree about where these begin and end, it finds no keyword there that `calls_out` has not seen.

    >>> print(spelled('DESCRIBE provision:gof-2024.annex.8.1 # or "a:b.c.d"'))
    DESCRIBE provision:gof-2024\.annex\.8\.1 # or "a:b.c.d"
    >>> print(spelled("ASK { <http://a/service> ?service 1 }"))
    ASK { <http://a/\u0073ervice> ?service 1 }
    """
    return _TOKEN.sub(_spelled, text)


def calls_out(text: str) -> bool:
    r"""Tell whether a query would have another endpoint asked, by SERVICE.

    Escaped letters count as letters. In doubt the answer is yes: the parser wants no space after a keyword.

    >>> calls_out("ASK { SERVICE <http://a/> {} }"), calls_out(r"ASK { \u0053ervice:x{} }")
    (True, True)
    >>> calls_out("ASK { ?service rdfs:label 'SERVICE' } # SERVICE")
    False
    """
    decoded = re.sub(_CODE, lambda code: chr(min(int(code[0][2:], 16), 0x10FFFF)), text)
    return any(_calls(each) for each in {text, decoded})


def complaint(error: Exception, text: str) -> tuple[str, str]:
    """Return what is wrong with a query that did not parse, and what to do.

    The line and what stands there are told, not the grammar that the parser hoped for. `error` is about the text as
    `spelled`.
    """
    first = _first(text)
    if first not in FORMS:
        return _no_query(first)
    said = " ".join((getattr(error, "msg", None) or str(error)).split())
    place = re.search(r"at (\d+):(\d+)", said)
    if not place:
        return f"the SPARQL does not parse ({said[:300]})", "mend the query"
    strange = {prefix: at for prefix, at in _undeclared(text).items() if prefix not in PREFIXES}
    if strange and "Prefix not found" in said:
        name, at = min(strange.items(), key=lambda each: each[1])
        known = ", ".join(sorted(PREFIXES))
        what = f"the SPARQL does not declare the prefix {name}:, {_spot(text, at)}"
        return what, f"begin with PREFIX {name}: <…>; only these need no declaration: {known}"
    return f"the SPARQL does not parse, {_spot(text, _offset(text, int(place[1]), int(place[2])))}", "mend the query"


def _first(text: str) -> str:
    words = (token["word"].upper() for token in _TOKEN.finditer(text) if token["word"])
    return next((word for word in words if word not in ("PREFIX", "BASE")), "")


def _no_query(first: str) -> tuple[str, str]:
    what = f"the SPARQL begins with {first}, which is no query" if first else "there is no SPARQL query"
    return what, "begin with SELECT, ASK, CONSTRUCT or DESCRIBE: a query only asks, and never writes anything"


def _undeclared(text: str) -> dict[str, int]:
    """Return the prefixes that a text uses and does not declare, and where each is used first."""
    used, known, word = dict[str, int](), {"_"}, ""
    for token in _TOKEN.finditer(text):
        if token["prefix"] is not None and word == "PREFIX":
            known.add(token["prefix"])
        elif token["prefix"] is not None:
            used.setdefault(token["prefix"], token.start())
        if not token[0].isspace() and not token[0].startswith("#"):
            word = (token["word"] or "").upper()
    return {prefix: at for prefix, at in used.items() if prefix not in known}


def _calls(text: str) -> bool:
    for token in _TOKEN.finditer(text):
        if "service" in (token["word"] or "").lower():
            return True
        # `SERVICE:x{…}` asks the endpoint `:x`, and is no name in a place where none can stand.
        if token["prefix"] and _CALL.search(token["prefix"]) and _opens(text, token.end()):
            return True
    return False


def _opens(text: str, start: int) -> bool:
    """Tell whether the next token that is no space and no comment opens a group."""
    ahead: Iterator[str] = (token[0] for token in _TOKEN.finditer(text, start))
    return next((each for each in ahead if not each.isspace() and not each.startswith("#")), "") == "{"


def _spelled(token: re.Match[str]) -> str:
    local = token["local"] or ""
    if local.count(".") > 1 and token["prefix"] != "_":
        return f"{token['prefix']}:" + re.sub(r"(?<!\\)\.", r"\\.", local)
    if token[0][0] in "#<\"'":
        return re.sub("s(?=ervice)", lambda letter: f"\\u{ord(letter[0]):04x}", token[0], flags=re.IGNORECASE)
    return token[0]


def _offset(text: str, line: int, column: int) -> int:
    r"""Return where in a text stands what is at a line and column of the text as `spelled`.

    >>> _offset("ASK {\n?s a:b.c.d ?", 2, 14)
    17
    """
    ahead = sum(len(each) + 1 for each in spelled(text).split("\n")[: line - 1]) + column - 1
    at = 0
    for token in _TOKEN.finditer(text):
        if (sent := len(_spelled(token))) > ahead:
            return at + min(ahead, len(token[0]) - 1)
        at, ahead = token.end(), ahead - sent
    return at


def _spot(text: str, at: int) -> str:
    r"""Return a place in a text in words.

    >>> _spot("ASK {\n  ?s }", 8)
    'at line 2, column 3, near “?s }”'
    """
    start = text.rfind("\n", 0, at) + 1
    near = text[at : at + 40].partition("\n")[0].strip()
    spot = f"at line {text.count(chr(10), 0, at) + 1}, column {at - start + 1}"
    return spot + (f", near “{near}”" if near else ", at its end")
