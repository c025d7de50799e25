"""A knowledge graph of commitments against trafficking in persons, every fact tied to the words it was read from.

>>> import atgraph
>>> graph = atgraph.open("dist/atgraph.nq")  # doctest: +SKIP
>>> print(graph.ask("calls-to-governments").format())  # doctest: +SKIP
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

    from atgraph.ask import Table
    from atgraph.build import Summary
    from atgraph.check import Report
    from atgraph.store import Dataset

__version__ = "0.1.0"
__all__ = ["Graph", "__version__", "build", "open"]

BUILT = Path("dist") / "atgraph.nq"
"""Where `build` leaves the graph, and where `open` looks for it."""


class Graph:
    """A built graph, to be asked; every engine is imported when it is first needed."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset

    def ask(self, question: str, /, *, lang: str | None = None, **parameters: str) -> Table:
        """Return the answer of a stored question, labels in the language asked for, else in English."""
        from atgraph import ask

        return ask.ask(self.dataset, question, parameters, lang)

    def query(self, text: str) -> Table | bool | list[pyoxigraph.Triple]:
        """Return what SPARQL answers: a table, a truth value, or triples. Our prefixes need no declaration."""
        from atgraph import ask

        return ask.query(self.dataset, text)

    def validate(self, engine: str = "fast") -> Report:
        """Return what the SHACL shapes and the stored checks find; `pyshacl` is the reference engine."""
        from atgraph.build import validate

        return validate(self.dataset, engine)

    def stats(self) -> Table:
        """Return how much there is of what: documents, provisions by act, members, triples, things by class."""
        from atgraph.build import stats

        return stats(self.dataset)

    def to_rdflib(self) -> rdflib.Dataset:
        """Return the same quads as an `rdflib.Dataset` whose default graph is the union of all."""
        return self.dataset.to_rdflib()


def open(path: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = BUILT) -> Graph:  # noqa: A001
    """Return a graph from a file or folder of RDF, or several; from what `build` left in `dist/` when none is named.

    Raises UnreadableError where there is nothing, RdfError where it does not parse, SettingsError where a settings file
    that is here cannot stand.
    """
    from atgraph import settings
    from atgraph.errors import UnreadableError
    from atgraph.store import Dataset

    paths = [Path(each) for each in ([path] if isinstance(path, str | os.PathLike) else path)]
    for each in paths:
        if not each.exists():
            unbuilt = each.name == BUILT.name
            remedy = "run `atgraph build` here, or name the graph with --data" if unbuilt else "check the path"
            raise UnreadableError("is not there", where=str(each), remedy=remedy)
    # A publisher's own file, which is no whole build, does not say below which base its names are; the settings do.
    return Graph(Dataset.load(paths, base=None if settings.find() is None else settings.read().base))


def build(
    out: str | os.PathLike[str] = BUILT.parent,
    progress: Callable[[str], None] | None = None,
    root: str | os.PathLike[str] | None = None,
) -> Summary:
    """Read every source, reason, validate, and write the graph with all its exports into a folder.

    `root` is a folder whose `data/sources/` holds sources of your own, read besides those of the package.
    """
    from atgraph.build import build

    return build(out, progress, root)
