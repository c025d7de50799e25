"""The provisions of two documents or graphs come in; which of the one is which of the other goes out."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from atgraph.folding import fold

LINKS = ("addressees", "cites", "themes")
_LIKE, _ALIKE = 0.3, 0.55
"""How like two provisions are that are held against each other: of one act and speaker, and of two."""
_STRUCTURED = 0.3
"""How much their links have in common where no language is shared."""
_COMMON = 50
"""A word that more provisions have than this leads to none of them."""
_NEAR, _BEST = 8, 12
"""How many provisions are looked at: to either side in the order of the text, and of those that share rare words."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One provision, whether read from a text or found in a graph; or any other thing by name alone."""

    name: str
    act: str = ""
    speaker: str = ""
    addressees: frozenset[str] = frozenset()
    cites: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    deadline: str = ""
    words: Mapping[str, str] = field(default_factory=dict, hash=False)
    """The quote by language."""
    source: str = ""
    """The graph that it is in; empty for a provision of a document."""


def pair(before: Sequence[Clause], after: Sequence[Clause]) -> list[tuple[int, int]]:
    """Return which provision of the one side is which of the other, by their places; each is used once.

    First come those of the same words, then the likest by words (where both are in one language), links, act, speaker
    and place in the order. Takes about as long as the two sides together, not as their product.
    """
    found: dict[int, int] = {}
    alike: tuple[Callable[[Clause], Iterator[object]], ...] = (_whole, _spelt)
    for keys in alike:
        places: dict[object, list[int]] = defaultdict(list)
        taken = set(found.values())
        for there, clause in enumerate(after):
            if there not in taken:
                for key in keys(clause):
                    places[key].append(there)
        for here, clause in enumerate(before):
            same = None if here in found else _first(places, keys(clause), taken)
            if same is not None:
                found[here] = same
                taken.add(same)
    match = _Match(before, after)
    offers = [
        (-rank, here, there)
        for here in range(len(before))
        if here not in found
        for there in match.candidates(here, taken)
        if (rank := match.rank(here, there)) is not None
    ]
    for _, here, there in sorted(offers):
        if here not in found and there not in taken:
            found[here] = there
            taken.add(there)
    return sorted(found.items())


def _whole(clause: Clause) -> Iterator[object]:
    """Yield what two provisions share that are the same: act and words, in any language."""
    return ((clause.act, *key) for key in _spelt(clause))


def _spelt(clause: Clause) -> Iterator[tuple[object, ...]]:
    return ((clause.source, language, tokens(words, language)) for language, words in clause.words.items())


def _first(places: Mapping[object, list[int]], keys: Iterable[object], taken: set[int]) -> int | None:
    return next((there for key in keys for there in places.get(key, ()) if there not in taken), None)


class _Match:
    """Two sides and the words that their provisions have; says what may match what, and how well."""

    def __init__(self, before: Sequence[Clause], after: Sequence[Clause]) -> None:
        self.before, self.after = before, after
        self.marks = [[_marks(clause) for clause in side] for side in (before, after)]
        self.holders: dict[object, list[int]] = defaultdict(list)
        self.kin: dict[object, list[int]] = defaultdict(list)
        self.places = [_places(side) for side in (before, after)]
        for there, clause in enumerate(after):
            for mark in {mark for marks in self.marks[1][there].values() for mark in marks}:
                self.holders[clause.source, mark].append(there)
            self.kin[_kin(clause)].append(there)
        counts = Counter(m for side in self.marks for marks in side for each in marks.values() for m in each)
        total = len(before) + len(after)
        self.weights = {mark: math.log(1 + total / count) for mark, count in counts.items()}

    def candidates(self, here: int, taken: set[int]) -> list[int]:
        """Return the provisions that share rare words or links, and those of the same act that stand near."""
        clause, shared = self.before[here], Counter[int]()
        for mark in {mark for marks in self.marks[0][here].values() for mark in marks}:
            holders = self.holders.get((clause.source, mark), ())
            if len(holders) <= _COMMON:
                shared.update(there for there in holders if there not in taken)
        best = sorted(shared, key=lambda there: (-shared[there], there))[:_BEST]
        kin = self.kin.get(_kin(clause), [])
        at = round(self.places[0][here] * len(kin))
        near = (there for there in kin[max(0, at - _NEAR) : at + _NEAR] if there not in taken)
        return list(dict.fromkeys([*best, *near]))

    def rank(self, here: int, there: int) -> float | None:
        """Return how well two provisions match, or None where they do not."""
        one, other = self.before[here], self.after[there]
        mine, theirs = self.marks[0][here], self.marks[1][there]
        languages = [language for language in mine if language and language in theirs]
        links = self._shared(mine[""], theirs[""])
        akin = one.act == other.act and one.speaker == other.speaker
        place = abs(self.places[0][here] - self.places[1][there])
        if languages:
            words = self._shared(mine[languages[0]], theirs[languages[0]]) or 0.0
            likeness = words if links is None else 0.7 * words + 0.3 * links
            enough = likeness >= _LIKE if akin else words >= _ALIKE
        else:
            likeness = 0.5 if links is None else links
            enough = akin and likeness >= _STRUCTURED
        return likeness + 0.15 * (one.act == other.act) - (0.1 if languages else 0.5) * place if enough else None

    def _shared(self, mine: frozenset[object], theirs: frozenset[object]) -> float | None:
        """Return how much two sets have in common, 0 to 1, the rare counting for more; None where both are empty."""
        if not mine and not theirs:
            return None
        weight = self.weights.__getitem__
        return 2 * sum(map(weight, mine & theirs)) / (sum(map(weight, mine)) + sum(map(weight, theirs)))


def _kin(clause: Clause) -> tuple[str, str, str]:
    return clause.source, clause.act, clause.speaker


def _places(side: Sequence[Clause]) -> list[float]:
    """Return where each provision stands among those of its act and speaker, from 0 to 1."""
    counts = Counter(map(_kin, side))
    seen: Counter[tuple[str, str, str]] = Counter()
    places = []
    for clause in side:
        places.append(seen[_kin(clause)] / counts[_kin(clause)])
        seen[_kin(clause)] += 1
    return places


def _marks(clause: Clause) -> dict[str, frozenset[object]]:
    """Return the words of a provision by language, and its links under the empty one."""
    links: set[object] = {(name, value) for name in LINKS for value in values(clause, name)}
    links |= {("deadline", clause.deadline)} if clause.deadline else set()
    words = {
        language: frozenset((language, token) for token in tokens(quote, language))
        for language, quote in clause.words.items()
    }
    return {**words, "": frozenset(links)}


def tokens(text: str, language: str) -> tuple[str, ...]:
    """Return the folded words of a text; where none are written apart, its characters two by two.

    >>> tokens("We urge Governments,", "en"), tokens("敦促各国", "zh")
    (('we', 'urge', 'governments'), ('敦促', '促各', '各国'))
    """
    words = re.findall(r"\w+", fold(text).text)
    if language != "zh":
        return tuple(words)
    letters = "".join(words)
    return tuple(letters[at : at + 2] for at in range(max(1, len(letters) - 1)))


def values(clause: Clause, name: str) -> list[str]:
    """Return what a provision has under a name, as a list in order: one act, any number of addressees.

    >>> values(Clause("1.1", "urges", themes=frozenset({"training", "prevention"})), "themes")
    ['prevention', 'training']
    """
    value = getattr(clause, name)
    return ([value] if value else []) if isinstance(value, str) else sorted(value)
