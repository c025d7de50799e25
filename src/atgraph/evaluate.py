"""Gold annotations and their texts come in; how well the reader does on them goes out, by document and by language."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from pyoxigraph import Literal

from atgraph.ask import Table
from atgraph.errors import TableError
from atgraph.extraction import read_file

COLUMNS = ("anchor", "act", "speaker", "addressees", "cites", "themes", "deadline")
UNSCORED = frozenset(
    "humanitarian-organizations employers trade-unions health-workers survivors victims parliaments"
    " national-human-rights-institutions border-services peacekeeping-personnel parties-to-conflict"
    " international-community religious-leaders local-communities labour-inspectorates schools"
    " consular-services".split()
)
"""Classes of actors that gold annotations may leave out: to find them is neither right nor wrong."""
MEASURES = ("provisions", "acts", "addressees", "cites", "deadline", "speaker", "header")


@dataclass(frozen=True, slots=True)
class Gold:
    """One clause that a careful reader finds: words that stand in it, what it does, and what else would be right."""

    anchor: str
    acts: frozenset[str]
    values: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Score:
    """How many things of one kind were right, were found, and are there to be found."""

    right: int = 0
    found: int = 0
    there: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.found + other.found, self.there + other.there)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall, 0 to 1; 1 where there is nothing to find and nothing found.

        >>> Score(9, 10, 12).f1
        0.8181818181818182
        """
        return 2 * self.right / (self.found + self.there) if self.found + self.there else 1.0


def read(path: Path) -> tuple[list[Gold], list[str]]:
    """Return the clauses of a gold file, and the anchors of clauses that may or may not be reported.

    Raises TableError where it cannot be read or a row has too few cells.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"cannot be read ({error})", where=str(path), remedy="give a gold file, in UTF-8") from error
    clauses: list[Gold] = []
    optional: list[str] = []
    others: list[str] = []
    for number, line in enumerate(lines, 1):
        if line.startswith("#?"):
            optional.append(_folded(line[2:]))
        elif line.startswith("# alt:"):
            others = [word.split("(")[0].strip() for word in line[6:].split(";")]
        elif line.strip() and not line.startswith(("#", "anchor\t")):
            cells = line.split("\t")
            if len(cells) < len(COLUMNS):
                what = f"the row has {len(cells)} cells, not {len(COLUMNS)}"
                raise TableError(what, where=f"{path}:{number}", remedy="separate them by tabs; “-” is an empty one")
            row = dict(zip(COLUMNS, cells, strict=False))
            values = {name: _values(row[name]) for name in ("speaker", "addressees", "cites", "deadline")}
            clauses.append(Gold(_folded(row["anchor"]), frozenset({row["act"], *others}), values))
            others = []
    return clauses, optional


def score(path: Path) -> tuple[str, dict[str, Score]]:
    """Return the language of the text beside a gold file (`X.txt` beside `X.tsv`), and the score of each measure."""
    clauses, optional = read(path)
    found = read_file(path.with_suffix(".txt")).to_json()
    pairs = _pairs(clauses, found["provisions"])
    used = {place for _, place in pairs}
    reported = [
        place
        for place, row in enumerate(found["provisions"])
        if place in used or not any(anchor in _folded(row["quote"]) for anchor in optional)
    ]
    acts = sum(found["provisions"][place]["act"] in clauses[gold].acts for gold, place in pairs)
    scores = {
        "provisions": Score(len(pairs), len(reported), len(clauses)),
        "acts": Score(acts, len(reported), len(clauses)),
    }
    for name in ("addressees", "cites", "deadline", "speaker"):
        mine = [_cells(row, name) for row in found["provisions"]]
        theirs = [_named(clause, name) for clause in clauses]
        right = sum(len(theirs[gold] & mine[place]) for gold, place in pairs)
        scores[name] = Score(right, sum(map(len, mine)), sum(map(len, theirs)))
    heading = path.with_suffix(".meta.json")
    if heading.exists():
        scores["header"] = _header(json.loads(heading.read_text(encoding="utf-8")), found["document"])
    return str(found["document"]["language"]), scores


def table(paths: Iterable[Path]) -> Table:
    """Return a table of F1 by document, and below by language, each column a measure."""
    sums: dict[str, dict[str, Score]] = {}
    rows = []
    for path in paths:
        language, scores = score(path)
        rows.append(_row(path.stem, scores))
        total = sums.setdefault(language, {})
        for name, one in scores.items():
            total[name] = total.get(name, Score()) + one
    rows += [_row(f"all {language}", sums[language]) for language in sorted(sums)]
    return Table(("document", *MEASURES), tuple(rows), "How well are documents with gold annotations read? (F1)")


def _row(name: str, scores: dict[str, Score]) -> tuple[Literal | None, ...]:
    figures = (Literal(f"{scores[m].f1:.3f}") if m in scores else None for m in MEASURES)
    return (Literal(name), *figures)


def _pairs(clauses: list[Gold], rows: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Pair each clause with the provision whose quote holds most of its anchor; each is used once."""
    offers = sorted(
        (
            (share, row["act"] in clause.acts, -len(row["quote"]), gold, place)
            for gold, clause in enumerate(clauses)
            for place, row in enumerate(rows)
            if (share := _share(clause.anchor, _folded(row["quote"]))) > 0.5
        ),
        reverse=True,
    )
    used: Counter[tuple[str, int]] = Counter()
    pairs = []
    for *_, gold, place in offers:
        if not used["gold", gold] and not used["row", place]:
            used["gold", gold] = used["row", place] = 1
            pairs.append((gold, place))
    return pairs


def _share(anchor: str, quote: str) -> float:
    if anchor in quote:
        return 1.0
    match = SequenceMatcher(None, anchor, quote, autojunk=False).find_longest_match()
    return match.size / max(len(anchor), 1)


def _cells(row: dict[str, Any], name: str) -> set[str]:
    """Return a provision's values; a body that is asked counts as asked, not as cited."""
    value = row[name] or []
    values = {value} if isinstance(value, str) else set(value)
    return (values - set(row["addressees"]) if name == "cites" else values) - UNSCORED


def _named(clause: Gold, name: str) -> frozenset[str]:
    values = clause.values[name]
    return (values - clause.values["addressees"] if name == "cites" else values) - UNSCORED


def _header(gold: dict[str, Any], found: dict[str, Any]) -> Score:
    total = Score()
    for name, value in gold.items():
        theirs, mine = set(_flat(value)), set(_flat(found.get(name)))
        total += Score(len(theirs & mine), len(mine), len(theirs))
    return total


def _flat(value: Any) -> Iterator[str]:
    yield from (str(one) for one in (value if isinstance(value, list) else [value]) if one is not None)


def _values(cell: str) -> frozenset[str]:
    return frozenset(word.strip() for word in cell.split(";") if word.strip() not in ("", "-"))


def _folded(text: str) -> str:
    return " ".join(text.split())
