"""The `.rq` files of queries/ come in; `Question`s and `Check`s go out, their SPARQL ready to be given values."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from atgraph import files, sparql
from atgraph.errors import QueryFileError, UnknownParameterError, UnknownQuestionError, UnknownTermError
from atgraph.names import KINDS, LANGUAGES, PREFIXES, SCHEMES, iri, symbol_slug, thing

DEFAULT_LANGUAGE = "en"
ANY = "*"
"""The value that leaves a parameter free, also where it has a default."""
SEVERITIES = ("violation", "warning", "info")
VALUE_KINDS = ("date", "year", "text", "language", "number", "thing")
"""Kinds of parameters that are no kind of thing and no scheme of `names`."""

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*")
_DATES = {
    "gYear": re.compile(r"\d{4}"),
    "gYearMonth": re.compile(r"\d{4}-(0[1-9]|1[0-2])"),
    "date": re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"),
}
_ORDER = re.compile(r"(\bORDER\s+BY\b[^{}]*?)((?:\s+(?:LIMIT|OFFSET)\s+\d+)*\s*)\Z", re.IGNORECASE)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question lets its asker choose: the kind of value, and what holds when nothing is chosen."""

    name: str
    kind: str
    description: str = ""
    default: str | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A stored query that people ask."""

    name: str
    title: str
    why: str
    columns: Mapping[str, str]
    text: str
    tags: tuple[str, ...] = ()
    parameters: Mapping[str, Parameter] = field(default_factory=lambda: MappingProxyType({}))

    def bind(self, values: Mapping[str, str] | None = None) -> str:
        """Return the SPARQL with the values bound, fit for any endpoint.

        A parameter without value and without default stays free; `lang` is bound always, to English where not given.
        The columns are added to ORDER BY, so that equals come in one order from every engine.
        Raises UnknownParameterError and UnknownTermError.

        >>> text = chr(10).join(["SELECT ?act", "WHERE {", "  ?state ?act ?lang", "}", "ORDER BY ?state"])
        >>> card = Parameter("state", "state")
        >>> print(Question("q", "Title", "Why", {"act": ""}, text, parameters={"state": card}).bind({"state": "bhr"}))
        SELECT ?act
        WHERE {
          VALUES ?lang { "en" }
          VALUES ?state { <https://w3id.org/atgraph/id/state/BHR> }
          ?state ?act ?lang
        }
        ORDER BY ?state ?act
        """
        bound = self.terms(values)
        lines = [f"  VALUES ?{name} {{ {bound[name]} }}" for name in bound if re.search(rf"\?{name}\b", self.text)]
        head, mark, tail = self.text.partition("\nWHERE {\n")
        text = "\n".join([head, "WHERE {", *lines, tail]) if mark else self.text
        return _ORDER.sub(lambda m: " ".join([m[1].rstrip(), *(f"?{name}" for name in self.columns)]) + m[2], text)

    def terms(self, values: Mapping[str, str] | None = None) -> dict[str, NamedNode | Literal]:
        """Return the term of every bound parameter, `lang` among them."""
        given = dict(values or {})
        known = {"lang": Parameter("lang", "language", default=DEFAULT_LANGUAGE), **self.parameters}
        if strange := sorted(given.keys() - known.keys()):
            raise UnknownParameterError(
                f"the question {self.name} has no parameter {', '.join(strange)}", remedy=f"it knows {', '.join(known)}"
            )
        bound = {}
        for name, parameter in known.items():
            value = given.get(name, parameter.default)
            if parameter.required and value is None:
                raise UnknownParameterError(
                    f"the question {self.name} needs a value for {name}",
                    remedy=f"give {name}={parameter.kind.upper()} ({parameter.description})",
                )
            if value is not None and value != ANY:
                bound[name] = term(parameter.kind, value)
        return bound


@dataclass(frozen=True, slots=True)
class Check:
    """A stored query whose rows, `?focus ?path ?value`, are faults."""

    name: str
    title: str
    problem: str
    remedy: str
    severity: str
    text: str


def questions(folder: Path | None = None) -> dict[str, Question]:
    """Return the stored questions by name, sorted. Raises QueryFileError with file and line."""
    folder = folder or files.queries() / "questions"
    return {path.stem: _question(path) for path in sorted(folder.glob("*.rq"))}


def question(name: str, folder: Path | None = None) -> Question:
    """Return one stored question. Raises UnknownQuestionError with the names that come close."""
    folder = folder or files.queries() / "questions"
    path = folder / f"{name}.rq"
    if not _SLUG.fullmatch(name) or not path.is_file():
        names = sorted(each.stem for each in folder.glob("*.rq"))
        close = difflib.get_close_matches(name, names, 3, 0.5)
        close = close or [each for each in names if set(name.split("-")) & set(each.split("-"))][:3]
        hint = f"did you mean {' or '.join(close)}?" if close else "`atgraph ask --list` names them all"
        raise UnknownQuestionError(f"no stored question is called “{name}”", remedy=hint)
    return _question(path)


def checks(folder: Path | None = None) -> dict[str, Check]:
    """Return the stored checks by name, sorted. Raises QueryFileError with file and line."""
    folder = folder or files.queries() / "checks"
    return {path.stem: _check(path) for path in sorted(folder.glob("*.rq"))}


def stored(path: Path, fields: tuple[str, ...]) -> tuple[dict[str, str], str]:
    """Return the named fields of a stored query's header, and its SPARQL, which selects ?focus ?path ?value.

    Raises QueryFileError with file and line.
    """
    header, text, line = _read(path)
    found = _variables(text, path, line)
    if found != ["focus", "path", "value"]:
        raise _fault(path, line, f"returns {', '.join(found)}", "a check selects ?focus ?path ?value")
    return {name: _words({name: str(header.get(name) or "")}, name, path) for name in fields}, text


def term(kind: str, value: str) -> NamedNode | Literal:
    r"""Return the term that a value of a kind stands for; IRIs and prefixed names are taken for any kind of thing.

    >>> term("theme", "technology").value, term("state", "bhr").value
    ('https://w3id.org/atgraph/vocab/theme/technology', 'https://w3id.org/atgraph/id/state/BHR')
    >>> term("document", "A/RES/68/192").value
    'https://w3id.org/atgraph/id/document/a-res-68-192'
    >>> str(term("date", "2025")), str(term("text", 'say "no"'))
    ('"2025"^^<http://www.w3.org/2001/XMLSchema#gYear>', '"say \\"no\\""')
    """
    if kind == "text":
        return Literal(value)
    if kind == "language":
        if value not in LANGUAGES:
            raise UnknownTermError(f"“{value}” is no language of ours", remedy=f"choose one of {', '.join(LANGUAGES)}")
        return Literal(value)
    if kind == "number":
        if not re.fullmatch(r"[+-]?\d{1,18}", value):
            raise UnknownTermError(f"“{value}” is no whole number", remedy="give digits")
        return Literal(value, datatype=iri("xsd:integer"))
    if kind in ("date", "year"):
        fitting = [name for name, shape in _DATES.items() if shape.fullmatch(value)]
        if not fitting or (kind == "year" and fitting != ["gYear"]):
            wanted = "2025" if kind == "year" else "2025, 2025-07 or 2025-07-30"
            raise UnknownTermError(f"“{value}” is no {kind}", remedy=f"write it like {wanted}")
        return Literal(value, datatype=iri(f"xsd:{fitting[0]}"))
    return _thing(kind, value)


def _thing(kind: str, value: str) -> NamedNode:
    name = value.removeprefix("<").removesuffix(">")
    try:
        if re.match(r"https?://|urn:", name):
            return NamedNode(name)
        prefix, colon, local = name.partition(":")
        if colon and prefix in PREFIXES and local:
            return NamedNode(PREFIXES[prefix] + local)
    except ValueError as error:
        raise UnknownTermError(f"“{value}” is no IRI", remedy="give a slug, a prefixed name or an IRI") from error
    if kind == "document" and "/" in name:
        name = symbol_slug(name)
    if kind == "thing" or not _SLUG.fullmatch(name):
        wanted = "a prefixed name such as state:BHR" if kind == "thing" else f"a slug such as those of {kind}:…"
        raise UnknownTermError(f"“{value}” names no {kind}", remedy=f"give {wanted}, or an IRI")
    return thing(kind, name.upper() if kind == "state" else name)


def _question(path: Path) -> Question:
    header, text, line = _read(path)
    parameters = _parameters(header.get("parameters") or {}, path)
    if (parameters or "?lang" in text) and "\nWHERE {\n" not in text:
        raise _fault(path, line, "has parameters, but no line that is `WHERE {`", "begin the outermost group so")
    if not _ORDER.search(text):
        raise _fault(path, line, "has no ORDER BY at its end", "say in which order people expect the rows")
    return Question(
        name=path.stem,
        title=_words(header, "title", path),
        why=_words(header, "why", path),
        columns=_columns(header, text, path, line),
        text=text,
        tags=tuple(map(str, header.get("tags") or ())),
        parameters=parameters,
    )


def _check(path: Path) -> Check:
    header, text = stored(path, ("severity", "title", "problem", "remedy"))
    if (severity := header["severity"]) not in SEVERITIES:
        raise _fault(path, 1, f"has the severity “{severity}”", f"choose one of {', '.join(SEVERITIES)}")
    return Check(path.stem, header["title"], header["problem"], header["remedy"], severity, text)


def _read(path: Path) -> tuple[dict[str, Any], str, int]:
    """Return a file's header, its whole text, and the line on which the query begins."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _fault(path, 1, f"cannot be read ({error})", "save it in UTF-8") from error
    lines = text.splitlines()
    count = next((n for n, each in enumerate(lines) if not each.startswith("#+")), len(lines))
    if not count:
        raise _fault(path, 1, "has no header", "begin with lines such as `#+ title: …`")
    try:
        header = yaml.load("\n".join(each[2:].removeprefix(" ") for each in lines[:count]), Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not YAML"
        raise _fault(
            path, mark.line + 1 if mark else 1, f"has a header that is no YAML ({problem})", "mend it"
        ) from error
    if not isinstance(header, dict):
        raise _fault(path, 1, "has a header without fields", "write `#+ title: …`")
    return header, sparql.spelled(text), count + 1  # spelled for every endpoint: some run our store


def _variables(text: str, path: Path, line: int) -> list[str]:
    try:
        found = Store().query(text)  # on nothing: this parses, and costs no more
    except SyntaxError as error:
        place = re.search(r"at (\d+):", str(error))
        raise _fault(path, int(place[1]) if place else line, *sparql.complaint(error, text)) from error
    if not isinstance(found, QuerySolutions):
        raise _fault(path, line, "is no SELECT", "a stored query selects columns")
    return [variable.value for variable in found.variables]


def _columns(header: Mapping[str, Any], text: str, path: Path, line: int) -> Mapping[str, str]:
    columns = header.get("columns")
    if not isinstance(columns, dict) or not columns:
        raise _fault(path, 1, "describes no columns", "add `#+ columns:` with a line for each")
    found = _variables(text, path, line)
    if list(columns) != found:
        raise _fault(
            path, 1, f"describes the columns {', '.join(map(str, columns))}", f"the query selects {', '.join(found)}"
        )
    return MappingProxyType({str(name): str(words) for name, words in columns.items()})


def _parameters(header: Mapping[str, Any], path: Path = Path()) -> Mapping[str, Parameter]:
    found = {}
    for name, card in header.items() if isinstance(header, dict) else [("", None)]:
        if not isinstance(card, dict) or card.keys() - {"kind", "default", "description", "required"}:
            raise _fault(path, 1, f"has a parameter {name} that is none", "give it a kind, a description, a default")
        kind = str(card.get("kind"))
        if kind not in (*KINDS, *SCHEMES, *VALUE_KINDS):
            raise _fault(path, 1, f"has a parameter {name} of the unknown kind “{kind}”", "see names.KINDS and SCHEMES")
        default = card.get("default")
        found[str(name)] = Parameter(
            name=str(name),
            kind=kind,
            description=str(card.get("description") or ""),
            default=None if default is None else str(default),
            required=bool(card.get("required")),
        )
    return MappingProxyType(found)


def _words(header: Mapping[str, Any], name: str, path: Path) -> str:
    words = header.get(name)
    if not isinstance(words, str) or not words.strip():
        raise _fault(path, 1, f"has no {name}", f"add `#+ {name}: …` to the header")
    return " ".join(words.split())


def _fault(path: Path, line: int, what: str, remedy: str) -> QueryFileError:
    return QueryFileError(what, where=f"{path}:{line}", remedy=remedy)
