"""The redirects of w3id.org: each address leads to a file that the build writes, in the format that was asked for."""

from __future__ import annotations

import http.client
import os
import re
import shlex
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import html5lib
import pytest
from pyoxigraph import RdfFormat, parse

from atgraph import names
from atgraph.publish import history

ROOT = Path(__file__).resolve().parents[1]
RULES = ROOT / "deploy" / "w3id" / ".htaccess"
HOST = "https://atgraph.example"
# What another part of the build writes, and this test takes on trust.
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@dataclass(frozen=True)
class Answer:
    """What a server says: a status, and where to go."""

    status: int
    location: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def flags(word: str) -> dict[str, str]:
    """Return the flags of a rule, `[R=303,L]`, of which any that this interpreter does not know is an error."""
    found: dict[str, str] = {}
    for flag in filter(None, word.strip("[]").split(",")):
        key, _, value = flag.partition("=")
        assert key in {"R", "L", "NE", "NC", "OR", "E"}, f"the interpreter does not know the flag {flag}"
        found[key] = value
    return found


def directives() -> list[list[str]]:
    lines = RULES.read_text(encoding="utf-8").splitlines()
    # Not shlex's own way with backslashes, which belong to the expressions.
    lexers = (shlex.shlex(line, posix=False, punctuation_chars=False) for line in lines if line and line[0] != "#")
    found = []
    for lexer in lexers:
        lexer.whitespace_split, lexer.commenters = True, ""
        found.append([word.strip('"') for word in lexer])
    return found


def interpreted(path: str, accept: str | None = None, language: str | None = None) -> Answer:
    """Answer a request below /atgraph/ as the rules say: conditions, rules, variables, in their order, once through."""
    wanted = {"Accept": accept or "", "Accept-Language": language or ""}
    variables: dict[str, str] = {}
    headers: dict[str, str] = {}
    conditions: list[list[str]] = []

    def expand(text: str, match: re.Match[str] | None) -> str:
        text = re.sub(r"%\{ENV:(\w+)\}", lambda m: variables.get(m[1], ""), text)
        text = re.sub(r"%\{HTTP:([\w-]+)\}", lambda m: wanted[m[1]], text)
        assert "%{" not in text, f"the interpreter does not know {text}"
        return re.sub(r"\$(\d)", lambda m: (match and match[int(m[1])]) or "", text)

    def met() -> bool:
        group: list[bool] = []
        for test, pattern, *rest in conditions:
            extra = flags(rest[0]) if rest else {}
            hit = re.search(pattern.removeprefix("!"), expand(test, None), re.IGNORECASE if "NC" in extra else 0)
            group.append(bool(hit) != pattern.startswith("!"))
            if "OR" in extra:
                continue
            if not any(group):
                return False
            group = []
        return True

    for name, *words in directives():
        match name:
            case "Options" | "RewriteEngine":
                assert words in (["-MultiViews"], ["on"])
            case "Header":
                assert words[:1] == ["always"], "only `always` reaches redirects and errors"
                headers[words[2]] = words[3]
            case "RewriteCond":
                conditions.append(words)
            case "RewriteRule":
                pattern, target, rest = words
                extra = flags(rest)
                hit = re.search(pattern, path)
                if hit and met():
                    if "E" in extra:
                        key, _, value = extra["E"].partition(":")
                        variables[key] = value
                    if "R" in extra:
                        location = "" if target == "-" else expand(target, hit)
                        assert "#" not in location or "NE" in extra, "without NE the # would be escaped"
                        return Answer(int(extra["R"]), location, headers)
                conditions = []
            case _:
                raise AssertionError(f"the interpreter does not know {name}")
    return Answer(404, "", headers)


APACHE = shutil.which("apache2") or shutil.which("httpd")
MODULES = next((path for path in map(Path, ("/usr/lib/apache2/modules",)) if path.is_dir()), None)


@pytest.fixture(scope="module")
def apache() -> Iterator[Callable[..., Answer]]:
    """Ask a real Apache on this machine that obeys the rules."""
    if APACHE is None or MODULES is None:
        pytest.skip("Apache is not installed (Debian: apache2-bin)")
    home = Path(tempfile.mkdtemp(prefix="w3id."))  # not pytest's own, which Apache's user may not enter
    home.chmod(0o755)
    (home / "www" / "atgraph").mkdir(parents=True)
    shutil.copy(RULES, home / "www" / "atgraph" / ".htaccess")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    modules = ("mpm_event", "authz_core", "rewrite", "headers")
    lines = [f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in modules]
    lines += [f"ServerRoot {home}", "ServerName localhost", f"Listen 127.0.0.1:{port}", f"PidFile {home}/pid"]
    lines += [f"DefaultRuntimeDir {home}", f"ErrorLog {home}/log", f'DocumentRoot "{home}/www"']
    lines += ["User www-data", "Group www-data"] if os.getuid() == 0 else []
    lines += [f'<Directory "{home}/www">', "AllowOverride All", "Require all granted", "</Directory>", ""]
    (home / "conf").write_text("\n".join(lines))
    with subprocess.Popen([APACHE, "-f", home / "conf", "-DFOREGROUND"], stderr=subprocess.PIPE) as process:
        try:
            for _ in range(100):
                if process.poll() is not None:
                    pytest.fail(f"Apache does not start: {process.stderr and process.stderr.read().decode()}")
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)

            def ask(path: str, accept: str | None = None, language: str | None = None) -> Answer:
                line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                given = {"Accept": accept, "Accept-Language": language}
                line.request("GET", f"/atgraph/{path}", headers={k: v for k, v in given.items() if v is not None})
                answer = line.getresponse()
                answer.read()
                line.close()
                return Answer(answer.status, answer.headers.get("Location", ""), dict(answer.headers))

            yield ask
        finally:
            process.terminate()
            process.wait(10)
            shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(params=["interpreter", pytest.param("apache", marks=pytest.mark.web)])
def ask(request: pytest.FixtureRequest) -> Callable[..., Answer]:
    """Follow the rules, by the small interpreter above or by a real Apache."""
    return interpreted if request.param == "interpreter" else request.getfixturevalue("apache")  # type: ignore[no-any-return]


O, V = f"{HOST}/ontology", f"{HOST}/ontology/vocab"  # noqa: E741
CASES = [
    # path, Accept, Accept-Language, status, where to
    ("ontology/", "text/turtle", None, 303, f"{O}/ontology.ttl"),
    ("ontology", "application/ld+json", None, 303, f"{O}/ontology.jsonld"),
    ("ontology/", "application/rdf+xml", None, 303, f"{O}/ontology.rdf"),
    ("ontology/", "application/n-triples", None, 303, f"{O}/ontology.nt"),
    ("ontology/", BROWSER, None, 303, f"{O}/index.html"),
    ("ontology/", BROWSER, "ar", 303, f"{O}/index.ar.html"),
    ("ontology/", BROWSER, "ar-EG,ar;q=0.9,en;q=0.8", 303, f"{O}/index.ar.html"),
    ("ontology/", BROWSER, "fr, ar;q=0.8, en;q=0.5", 303, f"{O}/index.ar.html"),
    ("ontology/", BROWSER, "en-GB,en;q=0.9,ar;q=0.8", 303, f"{O}/index.html"),
    ("ontology/", BROWSER, "es-AR,es", 303, f"{O}/index.html"),
    ("ontology/", BROWSER, "arn", 303, f"{O}/index.html"),
    ("ontology/", BROWSER, "ar;q=0, fr", 303, f"{O}/index.html"),
    ("ontology/", "*/*", None, 303, f"{O}/ontology.ttl"),
    ("ontology/", None, None, 303, f"{O}/ontology.ttl"),
    ("ontology/", "text/html;q=0.9, application/rdf+xml", None, 303, f"{O}/ontology.rdf"),
    ("ontology/", "text/turtle;q=0.5, text/html", None, 303, f"{O}/index.html"),
    ("ontology/", "text/turtle;q=0, application/n-triples;q=0.3", None, 303, f"{O}/ontology.nt"),
    ("ontology/", "TEXT/TURTLE; charset=utf-8", None, 303, f"{O}/ontology.ttl"),
    ("ontology/", "application/rdf+xml, text/turtle, */*;q=0.1", None, 303, f"{O}/ontology.ttl"),
    ("ontology/", "image/png", None, 406, ""),
    ("ontology/", "text/turtle;q=0", None, 406, ""),
    ("ontology/", "application/trig", None, 406, ""),
    ("ontology/", "*/*;q=0", None, 406, ""),
    ("ontology/Call", "text/turtle", None, 303, f"{O}/ontology.ttl"),
    ("ontology/Call", BROWSER, None, 303, f"{O}/index.html#Call"),
    ("ontology/isMadeBy", BROWSER, "ar", 303, f"{O}/index.ar.html#isMadeBy"),
    ("ontology/no-term", BROWSER, None, 404, ""),
    ("ontology/0.1.0", "text/turtle", None, 303, f"{O}/0.1.0/ontology.ttl"),
    ("ontology/0.1.0/", BROWSER, "ar", 303, f"{O}/0.1.0/index.ar.html"),
    ("ontology/0.1.0", "application/pdf", None, 406, ""),
    ("shapes/", "text/turtle", None, 303, f"{O}/shapes.ttl"),
    ("shapes/Provision-cites", "application/ld+json", None, 303, f"{O}/shapes.jsonld"),
    ("shapes/Provision-cites", BROWSER, None, 303, f"{O}/index.html#shapes/Provision-cites"),
    ("shapes/", BROWSER, None, 303, f"{O}/index.html#section-shapes"),
    ("vocab/act", "text/turtle", None, 303, f"{V}/act.ttl"),
    ("vocab/act/urges", "application/rdf+xml", None, 303, f"{V}/act.rdf"),
    ("vocab/act/urges", BROWSER, "ar", 303, f"{O}/index.ar.html#vocab/act/urges"),
    ("vocab/region", "text/turtle", None, 303, f"{HOST}/atgraph.ttl"),
    ("id/state/BHR", "text/turtle", None, 303, f"{HOST}/atgraph.ttl"),
    ("id/provision/gof-2024.annex.8.1", "application/ld+json", None, 303, f"{HOST}/atgraph.jsonld"),
    ("id/state/BHR", "application/n-quads", None, 303, f"{HOST}/atgraph.nq"),
    ("id/state/BHR", BROWSER, None, 303, f"{HOST}/index.html"),
    ("id/state/BHR", "application/n-triples", None, 406, ""),
    ("id/state/BHR", "video/mp4", None, 406, ""),
    ("id/state", "text/turtle", None, 404, ""),
    ("graph/gof-2024", "application/trig", None, 303, f"{HOST}/atgraph.trig"),
    ("graph/derived", None, None, 303, f"{HOST}/atgraph.trig"),
    ("graph/gof-2024", "application/rdf+xml", None, 406, ""),
    ("", BROWSER, None, 303, f"{HOST}/index.html"),
    ("", "text/turtle", None, 303, f"{HOST}/catalog.ttl"),
    ("", "application/n-triples", None, 406, ""),
    ("catalog", "application/rdf+xml", None, 303, f"{HOST}/catalog.rdf"),
    ("catalog", BROWSER, None, 303, f"{HOST}/index.html"),
    ("catalog", "image/png", None, 406, ""),
    ("dist/ontology/vocab/act.nt", None, None, 302, f"{HOST}/ontology/vocab/act.nt"),
    ("atgraph.nq", "text/html", None, 302, f"{HOST}/atgraph.nq"),
    ("context.jsonld", None, None, 302, f"{HOST}/context.jsonld"),
    ("texts/gof-2024.ar.txt", None, None, 302, f"{HOST}/texts/gof-2024.ar.txt"),
    ("texts/../secret", None, None, 404, ""),
    ("elsewhere", "text/turtle", None, 404, ""),
]


@pytest.mark.parametrize(("path", "accept", "language", "status", "location"), CASES)
def test_an_address_leads_where_it_should(
    ask: Callable[..., Answer], path: str, accept: str | None, language: str | None, status: int, location: str
) -> None:
    answer = ask(path, accept, language)

    assert (answer.status, answer.location) == (status, location)


@pytest.mark.parametrize("path", ["ontology/", "id/state/BHR", "vocab/act/urges"])
@pytest.mark.parametrize("accept", ["text/turtle", BROWSER, "image/png"])
def test_every_negotiated_answer_says_what_it_varies_by(ask: Callable[..., Answer], path: str, accept: str) -> None:
    headers = ask(path, accept).headers

    assert {word.strip() for word in headers["Vary"].split(",")} >= {"Accept", "Accept-Language"}
    assert headers["Access-Control-Allow-Origin"] == "*"


def target(dist: Path, location: str) -> Path:
    return dist / location.removeprefix(f"{HOST}/").partition("#")[0]


@cache
def ids(page: Path) -> set[str]:
    tree = html5lib.parse(page.read_text(encoding="utf-8"), namespaceHTMLElements=False)
    return {each.get("id") for each in tree.iter() if each.get("id")}


def test_every_redirect_leads_to_a_file_that_is_built(dist: Path) -> None:
    gone = [
        location
        for path, accept, language, status, location in CASES
        if status < 400 and not target(dist, location).is_file()
    ]

    assert gone == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_term_leads_to_its_own_place_on_the_page(dist: Path, language: str) -> None:
    every = [quad.triple for path in (dist / "ontology").rglob("*.nt") for quad in parse(path=path)]
    terms = history.terms(every)

    assert len(terms) > 400
    for term in terms:
        location = interpreted(term.removeprefix(names.BASE), BROWSER, language).location
        assert location.partition("#")[2] in ids(target(dist, location)), term


def test_every_term_leads_to_a_file_that_describes_it(dist: Path) -> None:
    described: dict[str, set[str]] = {}
    for path in (dist / "ontology").rglob("*.ttl"):
        found = parse(path=path, format=RdfFormat.TURTLE)
        described[str(path)] = {getattr(quad.subject, "value", "") for quad in found}
    every = set().union(*described.values())

    for term in (each for each in every if each.startswith(names.BASE) and "/id/" not in each):
        answer = interpreted(term.removeprefix(names.BASE), "text/turtle")
        assert answer.status == 303, term
        if not re.search(r"prefix-|-query$", term):
            assert term in described[str(target(dist, answer.location))], term


def test_the_host_stands_in_one_line() -> None:
    assert RULES.read_text(encoding="utf-8").count(HOST) == 1


def test_the_readme_names_addresses_that_the_rules_know() -> None:
    readme = RULES.with_name("README.md").read_text(encoding="utf-8")
    addresses = re.findall(r"`/atgraph/([^`]*)`", readme)

    assert len(addresses) > 8
    assert {interpreted(each, "*/*").status for each in addresses} <= {302, 303}
    assert not re.search(r"TODO|FIXME|<[a-z ]+>|your ", readme, re.IGNORECASE)
