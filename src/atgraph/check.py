"""The dataset, shapes and stored checks come in; findings go out: where, which rule, what to do."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, serialize

from atgraph import files, queries
from atgraph.errors import EngineError, UsageError
from atgraph.names import BASE, ONTOLOGY, PREFIXES, graph, iri, shorten, slug, spaces
from atgraph.store import Dataset, Term, rdflib_term
from atgraph.turtle import natural

if TYPE_CHECKING:
    import rdflib

ENGINES = ("fast", "pyshacl")
_ONTOLOGY, _DERIVED = graph("ontology"), graph("derived")
_SH, _RDFS, _RDF = PREFIXES["sh"], PREFIXES["rdfs"], PREFIXES["rdf"]
_TYPE, _CLASS, _SUBCLASS = iri("rdf:type"), iri("owl:Class"), iri("rdfs:subClassOf")
_IN_PARAGRAPH = iri("atg:isInParagraph")
_INTO = [iri(name) for name in ("atg:hasPassage", "oa:hasSelector", "atg:statesStatistic", "atg:reports")]
_OUT = [iri(name) for name in ("rdf:subject", "atg:reviews")]
_RANK = {severity: rank for rank, severity in enumerate(queries.SEVERITIES)}
_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: the rule it breaks, the node and what about it, what to do, and where in the sources it stands."""

    severity: str
    rule: str
    focus: str
    path: str
    value: str
    message: str
    remedy: str = ""
    source: str = ""
    paragraph: str = ""

    def __str__(self) -> str:
        """Return the finding as a line for a terminal.

        >>> print(Finding("violation", "ats:State-m49", "state:BHR", "atg:m49", "B", "No code; give one"))
        violation: state:BHR: atg:m49 “B”: No code; give one [ats:State-m49]
        """
        about = f"{self.about}: " if self.about else ""
        end = f" ({self.place})" if self.place else ""
        return f"{self.severity}: {self.focus or 'the graph'}: {about}{self.advice} [{self.rule}]{end}"

    @property
    def about(self) -> str:
        """Return what of the node is at fault: the path and the value, cut where it is long."""
        short = self.value if len(self.value) <= _SHOWN else self.value[: _SHOWN - 1] + "…"
        return " ".join(part for part in (self.path, f"“{short}”" if short else "") if part)

    @property
    def advice(self) -> str:
        """Return what is wrong and what to do."""
        return "; ".join(part for part in (self.message, self.remedy) if part)

    @property
    def place(self) -> str:
        """Return the source and the paragraph, as far as they are known."""
        return ", ".join(part for part in (self.source, self.paragraph) if part)


@dataclass(frozen=True, slots=True)
class Report:
    """What a validation found, sorted: violations first."""

    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Tell whether nothing is in violation; warnings and remarks may be there."""
        return not any(finding.severity == "violation" for finding in self.findings)

    def text(self, width: int | None = None) -> str:
        """Return the report for a terminal: each rule with its advice, below it its findings, and last how many.

        Lines are wrapped to `width` columns; None leaves each whole.

        >>> node = Finding("violation", "ats:State-m49", "state:BHR", "atg:m49", "B", "No code", "add it", "reference")
        >>> print(Report((node,)).text(), end="")
        violation of ats:State-m49: No code; add it
          state:BHR: atg:m49 “B” (reference)
        <BLANKLINE>
        does not conform: 1 violation
        """
        groups: dict[tuple[str, str, str], list[Finding]] = {}
        for each in self.findings:
            groups.setdefault((each.severity, each.rule, each.advice), []).append(each)
        lines = []
        for (severity, rule, advice), findings in groups.items():
            lines += _wrapped(f"{severity} of {rule}: {advice}", "", width)
            for each in findings:
                about, place = f": {each.about}" if each.about else "", f" ({each.place})" if each.place else ""
                lines += _wrapped(f"{each.focus or 'the graph'}{about}{place}", "  ", width)
            lines.append("")
        counts = {s: sum(finding.severity == s for finding in self.findings) for s in queries.SEVERITIES}
        told = ", ".join(f"{n} {s}{'s' if n > 1 and s != 'info' else ''}" for s, n in counts.items() if n)
        verdict = "conforms" if self.conforms else "does not conform"
        return "\n".join([*lines, f"{verdict}: {told or 'no findings'}\n"])


def report(findings: Iterable[Finding]) -> Report:
    """Return a report of findings, sorted and each once."""
    return Report(tuple(sorted(set(findings), key=_order)))


def validate(
    dataset: Dataset, engine: str = "fast", shapes: Dataset | None = None, context: Dataset | None = None
) -> Report:
    """Return what SHACL finds in the union of a dataset's graphs.

    `fast` and `pyshacl`, the reference, give the same report. `shapes` are those of ontology/shapes where None. A
    dataset without an ontology, such as a file of somebody else's, is read in the `context` of ours: its classes, and
    what it names of our vocabularies and reference data; of these nothing is reported. A validation in which no shape
    met any node is a finding. Raises RdfError and EngineError.
    """
    if engine not in ENGINES:
        raise UsageError(f"there is no validator “{engine}”", remedy=f"choose one of {', '.join(ENGINES)}")
    shapes = load_shapes() if shapes is None else shapes
    whole = _in_context(dataset, context)
    found = _turbo(whole, shapes) if engine == "fast" else _pyshacl(whole, shapes)
    findings = [*_read(found, dataset)]
    if not _meets(dataset, whole, shapes):
        message = "No shape met any node, so nothing was validated"
        remedy = "check that the data use the classes of atgraph, and that it is the file you meant"
        findings.append(Finding("violation", "no-node-met", "", "", "", message, remedy))
    return report(findings)


def run_checks(dataset: Dataset, folder: Path | None = None, context: Dataset | None = None) -> list[Finding]:
    """Return the findings of the stored checks: each row of each is one. `context` is as for `validate`."""
    found = []
    whole = _in_context(dataset, context)
    for check in queries.checks(folder).values():
        for focus, path, value in whole.select(check.text):
            if _is_told(focus, dataset):
                where = (_name(focus, dataset.base), _name(path, dataset.base), _name(value, dataset.base))
                message = (check.problem, check.remedy)
                found.append(Finding(check.severity, check.name, *where, *message, *place(dataset, focus)))
    return sorted(set(found), key=_order)


def load_shapes() -> Dataset:
    """Return our shapes."""
    return Dataset.load(files.ontology() / "shapes")


def load_context() -> Dataset:
    """Return our ontology, vocabularies and reference data, by which other data are understood."""
    folders = [files.ontology() / "core.ttl", files.ontology() / "vocab", files.data() / "reference"]
    return Dataset.load([path for path in folders if path.exists()], _ONTOLOGY)


def place(dataset: Dataset, node: Term | None) -> tuple[str, str]:
    """Return the source and the paragraph where a node stands: slugs, empty where it stands in none."""
    if not isinstance(node, NamedNode | BlankNode):
        return "", ""
    homes = {quad.graph_name for quad in dataset.match(node)} - {dataset.own(_DERIVED)}
    source = min((slug(home.value) for home in homes if isinstance(home, NamedNode)), default="")
    queue, seen = [node], {node}
    for each in queue:  # grows while it is read: a passage leads to its provision, a selector to its passage
        if isinstance(each, NamedNode) and each.value.startswith(spaces(dataset.base)["paragraph"]):
            return source, slug(each.value)
        ahead: list[Term] = [quad.object for quad in dataset.match(each, _IN_PARAGRAPH)]
        ahead += [quad.object for predicate in _OUT for quad in dataset.match(each, predicate)]
        ahead += [quad.subject for predicate in _INTO for quad in dataset.match(None, predicate, each)]
        for one in sorted(set(ahead) - seen, key=str):
            if isinstance(one, NamedNode | BlankNode):
                seen.add(one)
                queue.append(one)
    return source, ""


def _in_context(dataset: Dataset, context: Dataset | None) -> Dataset:
    """Return a dataset with our ontology, and with what it names, and what that names, of the context.

    A dataset that brings an ontology is taken as it is.
    """
    if next(dataset.match(None, _TYPE, _CLASS), None) is not None:
        return dataset
    context = (load_context() if context is None else context).rebased(dataset.base)
    whole = dict.fromkeys(dataset.quads())
    described: set[Term] = {quad.subject for quad in whole}
    named: set[Term] = {quad.object for quad in whole}
    for quad in context.quads():
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(ONTOLOGY):
            whole[quad] = None
    for _ in range(2):
        new = [quad for node in named - described if isinstance(node, NamedNode) for quad in context.match(node)]
        described |= named
        named = {quad.object for quad in new}
        whole.update(dict.fromkeys(new))
    return Dataset(whole, dataset.base)


def _is_told(focus: Term | None, dataset: Dataset) -> bool:
    """Tell whether a finding is on the dataset, not on the context in which it was read."""
    return not isinstance(focus, NamedNode) or next(dataset.match(focus), None) is not None


def _turbo(dataset: Dataset, shapes: Dataset) -> rdflib.Graph:
    import pyshacl_turbo
    from pyshacl_turbo.rdf import Input

    # What the engine makes of every input in the end. Given bytes it would parse them by rdflib, five times slower;
    # given a store it would see numbers by value, and "x" and "x"^^xsd:string as two things.
    data = serialize(dataset.triples(), format=RdfFormat.N_TRIPLES) or b""
    given = Input(data.decode(), "nquads", None, {}, preserve_ids=True)
    return _run(lambda: pyshacl_turbo.validate(given, shacl_graph=_graph(shapes)))


def _pyshacl(dataset: Dataset, shapes: Dataset) -> rdflib.Graph:
    import pyshacl

    return _run(lambda: pyshacl.validate(_graph(dataset), shacl_graph=_graph(shapes)))


def _run(engine: Callable[[], Any]) -> rdflib.Graph:
    import rdflib

    try:
        _, found, text = engine()
    except Exception as error:  # the engines have no common base for what they raise
        raise EngineError(
            f"the validator failed ({_line(error)})", remedy="mend the shapes, or try the other engine"
        ) from error
    if not isinstance(found, rdflib.Graph):
        raise EngineError(f"the validator failed ({_line(text)})", remedy="mend the shapes, or try the other engine")
    return found


def _graph(dataset: Dataset) -> rdflib.Graph:
    """Return the union of a dataset's graphs, each term as it is written."""
    import rdflib

    union = rdflib.Graph()
    for triple in dataset.triples():
        subject, predicate, value = map(rdflib_term, triple)
        union.add((subject, predicate, value))
    return union


def _read(found: rdflib.Graph, dataset: Dataset) -> Iterator[Finding]:
    """Yield the results of a SHACL report, in words that do not depend on the engine."""
    import rdflib

    sh = rdflib.Namespace(_SH)
    for result in set(found.objects(None, sh.result)):
        focus = found.value(result, sh.focusNode)
        node = NamedNode(str(focus)) if isinstance(focus, rdflib.URIRef) else None
        if not _is_told(node, dataset):
            continue
        messages = sorted(found.objects(result, sh.resultMessage), key=lambda m: (m.language != "en", str(m)))  # type: ignore[attr-defined]
        shape = found.value(result, sh.sourceShape)
        rule = shape if isinstance(shape, rdflib.URIRef) else found.value(result, sh.sourceConstraintComponent)
        source, paragraph = place(dataset, node)
        yield Finding(
            severity=str(found.value(result, sh.resultSeverity)).rpartition("#")[2].lower(),
            rule=_text(rule),
            focus=_text(focus, dataset.base),
            path=_path(found, found.value(result, sh.resultPath)),
            value=_text(found.value(result, sh.value), dataset.base),
            message=str(messages[0]) if messages else "",
            source=source,
            paragraph=paragraph,
        )


def _path(found: rdflib.Graph, path: rdflib.term.Node | None) -> str:
    """Return a SHACL path in the words of SPARQL's."""
    import rdflib

    if not isinstance(path, rdflib.BNode):
        return _text(path)
    if items := [_path(found, item) for item in found.items(path)]:
        return "/".join(items)
    signs = {"inversePath": "^{}", "zeroOrMorePath": "{}*", "oneOrMorePath": "{}+", "zeroOrOnePath": "{}?"}
    for name, sign in signs.items():
        if (inner := found.value(path, rdflib.URIRef(_SH + name))) is not None:
            return sign.format(_path(found, inner))
    either: rdflib.term.Node | None = found.value(path, rdflib.URIRef(_SH + "alternativePath"))
    return "|".join(_path(found, item) for item in found.items(either)) if either is not None else ""


def _meets(dataset: Dataset, whole: Dataset, shapes: Dataset) -> bool:
    """Tell whether any shape has a target among the data, which the ontology's own terms are not."""
    ways: dict[str, Callable[[Any], Iterable[tuple[Any, Any, Any]]]] = {
        "targetClass": lambda node: ((None, _TYPE, each) for each in _below(whole, node)),
        "targetNode": lambda node: [(node, None, None)],
        "targetSubjectsOf": lambda node: [(None, node, None)],
        "targetObjectsOf": lambda node: [(None, node, None)],
    }
    unmet = (whole.own(_ONTOLOGY), whole.own(_DERIVED))
    return any(
        any(quad.graph_name not in unmet for quad in dataset.match(*pattern))
        for name, patterns in ways.items()
        for target in shapes.match(None, NamedNode(_SH + name))
        for pattern in patterns(target.object)
    )


def _below(dataset: Dataset, node: Term) -> list[Term]:
    """Return a class and all its subclasses."""
    found = [node]
    for each in found:
        found += [q.subject for q in dataset.match(None, _SUBCLASS, each) if q.subject not in found]
    return found


def _order(finding: Finding) -> tuple[object, ...]:
    return (
        _RANK.get(finding.severity, len(_RANK)),
        natural(finding.source),
        natural(finding.focus),
        finding.rule,
        finding.path,
        finding.value,
        finding.message,
    )


def _name(term: Term | None, base: str) -> str:
    if isinstance(term, NamedNode):
        return shorten(term.value, base)
    return term.value if isinstance(term, Literal) else "[]" if isinstance(term, BlankNode) else str(term or "")


def _text(node: rdflib.term.Node | None, base: str = BASE) -> str:
    import rdflib

    if isinstance(node, rdflib.BNode):
        return "[]"  # its name means nothing outside one run
    return shorten(str(node), base) if isinstance(node, rdflib.URIRef) else str("" if node is None else node)


def _wrapped(text: str, indent: str, width: int | None) -> list[str]:
    """Return a text in lines of at most `width` columns, those after the first further in; no name is cut in two."""
    line = indent + " ".join(text.split())
    if width is None:
        return [line]
    return textwrap.wrap(line, width, subsequent_indent=indent + "    ", break_long_words=False, break_on_hyphens=False)


def _line(said: object) -> str:
    return " ".join(str(said).split())[:300]
