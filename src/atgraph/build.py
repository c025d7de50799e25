"""The folders of ontology, data and queries come in; out goes `dist/`: one graph, derived, validated and exported."""

from __future__ import annotations

import os
import sys
import textwrap
import time
import types
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal

from atgraph import check, files, settings
from atgraph.ask import Table, table
from atgraph.derive import DERIVED, derive
from atgraph.errors import FindingsError, UsageError
from atgraph.extraction import uncollected
from atgraph.names import ONTOLOGY, graph, iri, slug, thing
from atgraph.publish import catalog, citation, manifest, ontology, provenance, tabular, void
from atgraph.publish.describe import licensed, listing
from atgraph.publish.dumps import dumps
from atgraph.publish.identity import identity
from atgraph.sources import read_source
from atgraph.store import Dataset

MARK = "atgraph.nq"
"""The file by which a folder is known to be one of ours, and may be replaced."""

_DESCRIBED = {iri("atg:hasKind"), iri("atg:symbol"), iri("skos:prefLabel")}
_COUNTED = {
    "documents": "[] atg:isExpressionOf ?one",
    "expressions": "?one atg:isExpressionOf []",
    "provisions": "?one atg:performsAct []",
    "passages": "?one oa:hasSelector []",
    "members": "[] atg:listsMember ?one",
}


@dataclass(slots=True)
class Summary:
    """What a build did: counts, findings short of a violation, files with their bytes, stages with their seconds."""

    out: Path
    counts: list[tuple[str, str, int]] = field(default_factory=list)
    findings: dict[str, int] = field(default_factory=dict)
    files: list[tuple[str, int]] = field(default_factory=list)
    stages: list[tuple[str, float]] = field(default_factory=list)

    def __str__(self) -> str:
        """Return the summary as a person reads it."""
        groups: dict[str, list[str]] = {}
        for group, name, count in self.counts:
            how = ", graph by graph" if (group, name) == ("triples", "asserted") else ""
            groups.setdefault(group, []).append(f"{name}{how}: {count:,}" if how else f"{name} {count:,}".strip())
        groups["findings"] = [f"{severity} {count:,}" for severity, count in self.findings.items()] or ["none"]
        groups["files"] = _cells(self.files)
        groups["seconds"] = [f"{name} {seconds:.2f}" for name, seconds in self.stages]
        total = sum(seconds for _, seconds in self.stages)
        lines = [f"{self.out}/ is built, in {total:.1f} seconds"]
        for group, cells in groups.items():
            lines += textwrap.wrap(", ".join(cells), 100, initial_indent=f"  {group:<13}", subsequent_indent=" " * 15)
        return "\n".join(lines)


@uncollected()
def build(
    out: str | os.PathLike[str] = "dist",
    progress: Callable[[str], None] | None = None,
    root: str | os.PathLike[str] | None = None,
) -> Summary:
    """Build everything into `out`, which is replaced whole, or left as it was if anything fails.

    `progress` is told each stage as it begins; `root` is a folder with sources of one's own, read besides ours.
    Raises FindingsError on a violation, and whatever the stages raise.
    Nothing is cached: all of it takes a few seconds, and an answer from an old build would cost more than they do.
    """
    out = Path(out)
    summary = Summary(out)
    _refuse_strangers(out)
    own_root = None if root is None else Path(root)
    folders = files.sources(own_root)
    chosen = settings.read(own_root)

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        if progress:
            progress(name)
        start = time.perf_counter()
        yield
        summary.stages.append((name, time.perf_counter() - start))

    with stage("load"):
        dataset = reference()
    with stage("read"):
        own: dict[object, object] = {thing("document", f.name): graph(f.name) for f in folders}
        for folder in folders:
            # A document that is a source describes itself; what another says of it by its symbol alone is left out.
            dataset.add(
                quad
                for quad in read_source(folder).quads
                if quad.predicate not in _DESCRIBED or own.get(quad.subject, quad.graph_name) == quad.graph_name
            )
    with stage("derive"):
        dataset.add(derive(dataset))
    with stage("validate"):
        summary.findings = _accepted(validate(dataset))
    with stage("publish"), files.replaced(out) as new:
        published = licensed(dataset, chosen)
        summary.counts = counts(published)
        proof = identity(published.quads(), published.own(DERIVED))
        dumps(published, new)
        _write(new, ontology.contents())
        _write(new, tabular.contents(published, chosen))
        for part in (void, provenance, citation):
            _write(new, part.contents(published, chosen))
        # The last three, since each lists whatever else is there, and the ones before it as well.
        _write(new, catalog.contents(published, chosen, listing(new), proof.hashes))
        _write(new, manifest.sums(new))
        _write(new, manifest.contents(new, proof, summary.counts))
        summary.files = [(str(p.relative_to(new)), p.stat().st_size) for p in sorted(new.rglob("*")) if p.is_file()]
    return summary


def _write(folder: Path, contents: Iterable[tuple[str, str | bytes]]) -> None:
    for name, content in contents:
        files.write(folder / name, content)


def reference() -> Dataset:
    """Return a dataset of what is known before any text is read: the ontology, its vocabularies, the reference data."""
    dataset = Dataset()
    folder = files.ontology()
    for path in [*sorted(folder.glob("*.ttl")), folder / "vocab"]:
        dataset.read(path, graph("ontology"))
    dataset.read(files.data() / "reference", graph("reference"))
    return dataset


def validate(dataset: Dataset, engine: str = "fast") -> check.Report:
    """Return what the shapes and the stored checks find."""
    return check.report([*check.validate(dataset, engine).findings, *check.run_checks(dataset)])


def _accepted(report: check.Report) -> dict[str, int]:
    """Return how many findings of each severity there are; raise FindingsError, a note for each, on a violation."""
    found = Counter(finding.severity for finding in report.findings)
    if report.conforms:
        return dict(found)
    error = FindingsError(
        f"{found['violation']} violations, so nothing was written", where="build", remedy="mend what is listed"
    )
    for finding in report.findings:
        error.add_note(str(finding))
    raise error


def counts(dataset: Dataset) -> list[tuple[str, str, int]]:
    """Return what a graph holds, as group, name and number: documents, provisions by act, members, triples, things."""
    found = [(group, "", _number(dataset, pattern)) for group, pattern in _COUNTED.items()]
    provisions = "SELECT ?name (COUNT(DISTINCT ?p) AS ?n) WHERE { ?p atg:performsAct ?name } GROUP BY ?name"
    found += [("acts", name, n) for name, n in _numbers(dataset, provisions)]
    derived = sum(1 for _ in dataset.quads(DERIVED))
    return [*found, ("triples", "asserted", len(dataset) - derived), ("triples", "derived", derived)]


def stats(dataset: Dataset) -> Table:
    """Return the counts as a table, with those of every class of things."""
    things = f"""SELECT ?name (COUNT(DISTINCT ?thing) AS ?n) WHERE {{
      ?thing a ?name FILTER(STRSTARTS(STR(?name), "{ONTOLOGY}"))
    }} GROUP BY ?name"""
    rows = [*counts(dataset), *(("things", name, n) for name, n in _numbers(dataset, things))]
    return table(("what", "which", "count"), [(Literal(what), Literal(which), Literal(n)) for what, which, n in rows])


def _number(dataset: Dataset, pattern: str) -> int:
    rows = dataset.select(f"SELECT (COUNT(DISTINCT ?one) AS ?n) WHERE {{ {pattern} }}")
    return next(int(row["n"].value) for row in rows)


def _numbers(dataset: Dataset, text: str) -> list[tuple[str, int]]:
    """Return names with their numbers, the greatest first."""
    rows = [(slug(row["name"].value), int(row["n"].value)) for row in dataset.select(text)]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _refuse_strangers(out: Path) -> None:
    if out.exists() and not (out.is_dir() and ((out / MARK).is_file() or not any(out.iterdir()))):
        raise UsageError(
            "is in the way, and nothing that `atgraph build` wrote",
            where=str(out),
            remedy="name another folder with --out, or remove it yourself",
        )


def _cells(found: list[tuple[str, int]]) -> list[str]:
    """Return files as people read them, those of a folder together.

    >>> _cells([("atgraph.nq", 2_500_000), ("texts/a.txt", 900), ("texts/b.txt", 700)])
    ['atgraph.nq 2.5 MB', 'texts/ 2 files 2 kB']
    """
    folders: dict[str, list[int]] = {}
    for name, size in found:
        top, stroke, _ = name.partition("/")
        folders.setdefault(top + stroke, []).append(size)
    return [
        f"{name} {len(sizes)} files {_size(sum(sizes))}" if name.endswith("/") else f"{name} {_size(sizes[0])}"
        for name, sizes in folders.items()
    ]


def _size(count: int) -> str:
    """Return a number of bytes as people say it.

    >>> _size(900), _size(12_345), _size(3_456_789)
    ('900 B', '12 kB', '3.5 MB')
    """
    if count < 1000:
        return f"{count} B"
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1e6:.1f} MB"


class _Callable(types.ModuleType):
    """Lets `atgraph.build()` work also once this module, imported, has taken the function's name in the package."""

    def __call__(self, *words: str, **named: Callable[[str], None]) -> Summary:
        return build(*words, **named)  # type: ignore[arg-type]


sys.modules[__name__].__class__ = _Callable
