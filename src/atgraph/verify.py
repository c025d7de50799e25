"""A downloaded release comes in; whether it is as it was published goes out, and if not, which file or graph is not.

Nothing but the files is needed: no ontology, no network, no folder of ours. What this cannot tell is who made the
release: whoever alters a file could write a manifest that fits. So the dataset's hash is printed, to be held against
the one published elsewhere.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal

from atgraph.ask import Table
from atgraph.build import counts
from atgraph.derive import DERIVED
from atgraph.errors import AtgraphError, FindingsError, RdfError
from atgraph.names import shorten
from atgraph.publish import manifest, release
from atgraph.publish.identity import Identity, hashed, identity, lines
from atgraph.publish.manifest import STATED, WHOLE, Entry, Manifest
from atgraph.store import Dataset

COLUMNS = ("what", "where", "how", "statements")
_WIDTH = 100
_IRI = re.compile("<([^<> ]+)>")
_SHOWN = 3
"""How many statements are shown of those that are new or gone."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What is `missing`, `added`, `altered`, `cut short` or `miscounted`, where, and how, in words.

    `statements` are some of those that are new (`+`) and gone (`−`), where that can be told.
    """

    what: str
    where: str
    how: str
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """A release, and all in which it is not as it was published."""

    name: str
    manifest: Manifest
    differences: tuple[Difference, ...]
    sha256: str
    """That of the manifest, which has those of all files: to be compared with one that is published elsewhere."""

    def table(self) -> Table:
        """Return the differences as a table, a row for each."""
        rows = ((each.what, each.where, each.how, "\n".join(each.statements)) for each in self.differences)
        return Table(COLUMNS, tuple(tuple(map(Literal, row)) for row in rows))

    def text(self, width: int | None = None) -> str:
        """Return what a person reads: what it is, that it is whole or in what it is not, and its hash."""
        card = self.manifest
        verdict = "is not as it was published" if self.differences else "is as it was published"
        head = f"{_plain(self.name)} {verdict}: atgraph {card.version}"
        if self.differences:
            rows = [
                row
                for each in self.differences
                for row in ((each.what, each.where, each.how), *(("", "", said) for said in each.statements))
            ]
            cells = tuple(tuple(map(Literal, row)) for row in rows)
            return f"{head}\n\n{Table(COLUMNS[:3], cells).format('table', width or _WIDTH)}"
        size = sum(each.bytes for each in card.files.values())
        graphs = (f"{shorten(name) or 'default'} {each.statements:,}" for name, each in card.identity.graphs.items())
        said = {
            "files": f"{len(card.files)}, {size:,} bytes",
            "statements": f"{card.identity.dataset.statements:,}",
            "graphs": ", ".join(graphs),
            "hash": card.identity.dataset.sha256,
            "manifest": self.sha256,
        }
        return "\n".join([head, *(f"  {name:<12}{value}" for name, value in said.items())])

    def accept(self) -> None:
        """Raise FindingsError where anything differs."""
        if self.differences:
            count = len(self.differences)
            raise FindingsError(
                f"{count} thing{'s are' if count > 1 else ' is'} not as published",
                where=_plain(self.name),
                remedy="fetch the release again; if that gives the same, ask its publisher",
            )


def verify(path: Path) -> Verification:
    """Return in what a release, a folder or a data archive, is not as its manifest says that it was published.

    Raises UnreadableError where it is no release at all.
    """
    found = release.read(path)
    card = manifest.read(found.manifest, f"{_plain(str(path))}: {manifest.NAME}")
    return Verification(str(path), card, tuple(_differences(found, card)), hashlib.sha256(found.manifest).hexdigest())


def _differences(found: release.Release, card: Manifest) -> Iterator[Difference]:
    if found.cut:
        yield Difference(
            "cut short", _plain(Path(found.name).name), "the archive ends too early, or its end is damaged"
        )
    yield from _files(found, card)
    yield from _at_odds(card)
    for name in WHOLE:
        try:
            dataset = Dataset.published(manifest.statements(name, found.files[name]))
            held = identity(dataset.quads(), dataset.own(DERIVED))
        except (KeyError, AtgraphError):
            continue
        yield from _graphs(held, card.identity)
        yield from _counts(dataset, card)
        return


def _at_odds(card: Manifest) -> Iterator[Difference]:
    """Yield in what a manifest contradicts itself, or leaves out what would tell that its hashes are true."""
    if not any(name in card.files for name in WHOLE):
        yield Difference("missing", WHOLE[0], "the manifest names no file that holds all graphs")
    for names, of in ((WHOLE, card.identity.dataset), (STATED, card.identity.stated)):
        for name in (name for name in names if name in card.files):
            if card.files[name].rdf != of:
                how = f"its hash for {name} is not that of the whole"
                yield Difference("altered", manifest.NAME, how)


def _files(found: release.Release, card: Manifest) -> Iterator[Difference]:
    whole = {name for name, each in card.files.items() if name in found.files and _fits(found.files[name], each)}
    models: dict[Collection[str], frozenset[bytes]] = {}
    # Those whose bytes are right go first, so that others can be held against them.
    for name in sorted(card.files, key=lambda name: (name not in whole, name)):
        entry = card.files[name]
        if name in found.faults:
            yield Difference("altered", name, found.faults[name])
        elif name not in found.files:
            yield Difference("missing", name, f"it has {entry.bytes:,} bytes")
        else:
            yield from _file(name, found.files[name], entry, models)
    for name in sorted({*found.files, *found.faults} - card.files.keys()):
        how = found.faults.get(name) or f"{len(found.files[name]):,} bytes that the manifest does not name"
        yield Difference("added", _plain(name), how)


def _file(
    name: str, content: bytes, entry: Entry, models: dict[Collection[str], frozenset[bytes]]
) -> Iterator[Difference]:
    """Yield how a file differs, if it does; remember its statements where it is as it should be."""
    fits = _fits(content, entry)
    short = len(content) < entry.bytes
    sizes = f"{entry.bytes:,} → {len(content):,} bytes" if len(content) != entry.bytes else "other bytes, as many"
    if entry.rdf is None:
        if not fits:
            yield Difference("cut short" if short else "altered", name, sizes)
        return
    kind = next((kind for kind in (WHOLE, STATED) if name in kind), (name,))
    try:
        held = lines(manifest.statements(name, content))
    except RdfError as error:
        how = f"{sizes}; {_plain(error.what)}"
        yield Difference("cut short" if short else "altered", name, how)
        return
    if hashed(held) == entry.rdf:
        models.setdefault(kind, frozenset(held))
        if not fits:
            yield Difference("altered", name, f"{sizes}; the graph in it is the same")
        return
    count = f"{entry.rdf.statements:,} → {len(held):,} statements"
    how = f"{sizes}; {count}" if not fits else f"the graph in it is another than the manifest says: {count}"
    yield Difference("altered", name, how, tuple(_changed(models[kind], held)) if kind in models else ())


def _changed(model: Collection[bytes], held: Collection[bytes]) -> Iterator[str]:
    """Yield what is new and what is gone, a few statements of each."""
    for sign, rows in (("+", sorted({*held} - {*model})), ("−", sorted({*model} - {*held}))):
        for row in rows[:_SHOWN]:
            said = _IRI.sub(lambda found: shorten(found[1]), row.decode("utf-8", "replace").removesuffix(" .\n"))
            yield _plain(f"{sign} {said if len(said) < 300 else said[:300] + ' …'}")
        if len(rows) > _SHOWN:
            yield f"{sign} {len(rows) - _SHOWN:,} more"


def _graphs(held: Identity, said: Identity) -> Iterator[Difference]:
    for name in sorted({*held.graphs, *said.graphs}):
        here, there = held.graphs.get(name), said.graphs.get(name)
        where = _plain(shorten(name)) or "the default graph"
        if here is None or there is None:
            one = here or there
            yield Difference(
                "missing" if here is None else "added", where, f"a graph of {one.statements if one else 0:,} statements"
            )
        elif here != there:
            yield Difference("altered", where, f"{there.statements:,} → {here.statements:,} statements in this graph")
    if held.graphs == said.graphs and (held.dataset, held.stated) != (said.dataset, said.stated):
        yield Difference("altered", manifest.NAME, "the hash of the whole is not that of these graphs")


def _counts(dataset: Dataset, card: Manifest) -> Iterator[Difference]:
    here = _by_name(counts(dataset))
    there = _by_name(card.counts)
    for name in sorted({*here, *there}):
        if here.get(name, 0) != there.get(name, 0):
            how = f"{there.get(name, 0):,} → {here.get(name, 0):,}"
            yield Difference("miscounted", _plain(" ".join(filter(None, name))), how)


def _by_name(found: Collection[manifest.Count]) -> Mapping[tuple[str, str], int]:
    return {(group, name): number for group, name, number in found}


def _fits(content: bytes, entry: Entry) -> bool:
    return len(content) == entry.bytes and hashlib.sha256(content).hexdigest() == entry.sha256


def _plain(name: str) -> str:
    r"""Return a name without what could play tricks on a terminal.

    >>> _plain("a\x1b[2Jb")
    'a\\x1b[2Jb'
    """
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in name)
