"""Tables of labels, verbs and cues come in; one matcher for each language goes out."""

from __future__ import annotations

import csv
import gc
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cache, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick

from atgraph import files
from atgraph.errors import TableError
from atgraph.folding import Folded, fold, stem, stems
from atgraph.model import Span


@dataclass(frozen=True, slots=True)
class Profile:
    """What sets one language apart for the matcher: what may stand glued to a word."""

    prefixes: frozenset[str] = frozenset()
    suffixes: frozenset[str] = frozenset()
    stemmed: bool = False
    spaced: bool = True
    apart: int = 5
    """So many spaces may stand between two parts of a verb; in Arabic its subject may stand there too."""
    preposition: str = ""
    """A word that folds to a verb and, as it is printed, is none: the French “à”."""

    @property
    def parted(self) -> bool:
        """Tell whether words stand apart, with nothing glued to them."""
        return self.spaced and not self.prefixes


def _glued(*rows: str) -> frozenset[str]:
    forms = {""}
    for row in rows:
        forms = {form + part for form in forms for part in ("", *row.split())}
    return frozenset(forms - {""})


PROFILES = {
    "ar": Profile(
        _glued("و ف أ", "ب ل ك س", "ال ل") | {"وال", "بال", "لل"}, frozenset("ها هم هما نا ه كم هن ا".split()), apart=8
    ),
    "zh": Profile(spaced=False),
    "en": Profile(suffixes=frozenset({"s", "es"})),
    "fr": Profile(suffixes=frozenset({"s", "x", "e", "es"}), preposition="à"),
    "ru": Profile(stemmed=True),
    "es": Profile(suffixes=frozenset({"s", "es"})),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a label names; `short` is a definite short reference (“the Office”), `loose` an ordinary word as well."""

    kind: str
    slug: str
    label: str
    short: bool = False
    loose: bool = False
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of an operative verb: what it does, in which person, and the parts that a gap may hold apart."""

    act: str
    slot: str
    """`first`, `third`, `participle`, `phrase`, `infinitive`, `past`, of that without its auxiliary `elided`, of a
    phrase that opens a sentence `opening`, or, of what binds by mood or tense and stands in no table, `binding`."""
    form: str
    rest: tuple[str, ...] = ()


Match = tuple[int, int, tuple[Entry, ...]]
"""Where a label begins and ends in the text, and what it names."""


class Finder:
    """Finds all of many words in a text, in one pass, also those inside others, and says what is known of each.

    >>> list(Finder({"state": 1, "states": 2}).find("All states"))
    [(4, 9, 1), (4, 10, 2)]
    """

    def __init__(self, words: Mapping[str, Any]) -> None:
        known = {word: value for word, value in words.items() if word}
        self.words = AhoCorasick(list(known), store_patterns=False)
        self.values = list(known.values())

    def find(self, text: str) -> Iterator[tuple[int, int, Any]]:
        """Yield where each word begins and ends, by its end, and what is known of it."""
        values = self.values
        found = self.words.find_matches_as_indexes(text, overlapping=True)
        return ((start, end, values[number]) for number, start, end in found)


@dataclass(frozen=True)
class Lexicon:
    """All that one language's reading needs to know of its words."""

    language: str
    profile: Profile
    labels: Finder
    verbs: Finder
    cues: dict[str, tuple[str, ...]] = field(default_factory=dict)
    barred: frozenset[str] = frozenset()
    """Words that name no actor though a label is in them (“heads of State”); they keep the shorter label out."""

    def find_labels(self, text: str, folded: Folded) -> list[Match]:
        """Return what the labels name in a text, in order; names and themes each: the longest where several overlap."""
        names: list[Match] = []
        themes: list[Match] = []
        plain = folded.text
        spaced, prefixes, arabic = self.profile.spaced, self.profile.prefixes, self.language == "ar"
        size = len(plain)
        even = folded.even
        meant: dict[tuple[str, str, bool], _Meant] = {}
        for start, end, (entries, certain, plainly) in self.labels.find(plain):
            if spaced:
                # Most of what is found is the inside of a longer word.
                inside = start and plain[start - 1].isalnum() and plain[start].isalnum()
                if inside and not (prefixes and self._is_glued_before(plain, start)):
                    continue
                inside = end < size and plain[end].isalnum() and plain[end - 1].isalnum()
                if inside and not self._is_glued_behind(plain, end):
                    continue
            article = plain[max(0, start - 2) : start] if arabic else ""
            begin = start - 2 if article == "ال" else start
            span: Span = (begin, end) if even else folded.span(begin, end)
            found = plainly
            if found is None:
                # A text names the same again and again, and what a label names depends on the words as printed.
                key = plain[start:end], text[slice(*span)], article in _DEFINITE
                found = meant.get(key)
            if found is None:
                found = meant[key] = _by_kind(*self._meant(*key, entries, certain))
            about, named, barred = found
            if about:
                themes.append((*span, about))
            if named or barred:
                names.append((*span, named))
        return [match for match in (*longest(names), *longest(themes)) if match[2]]

    def _meant(
        self, matched: str, words: str, definite: bool, entries: tuple[Entry, ...], certain: bool
    ) -> tuple[tuple[Entry, ...], bool]:
        """Return those of a label's entries that the words as printed may name, and whether the words are barred."""
        if certain and not self.barred:
            return entries, False
        printed = _folded(words) if self.profile.stemmed or definite else matched
        barred = self._bars(printed)
        if barred:  # “United States” names no class of States, but a State
            entries = tuple(e for e in entries if e.kind == "state")
        if not certain:
            definite = definite or self.language == "zh" or (self.language != "ar" and words != words.lower())
            entries = tuple(
                e
                for e in entries
                if (not e.capitals or words.isupper())
                and (not e.short or definite)
                and (e.kind != "state" or not words[:1].islower())
            )
        return _closest(entries, printed) if self.profile.stemmed else entries, barred

    def _bars(self, words: str) -> bool:
        """Tell whether folded words are barred: as printed, or, where several, in any of their cases."""
        several = self.profile.stemmed and " " in words
        return words in self.barred or (several and stems(Folded(words)).text in self.barred)

    def _is_glued_before(self, plain: str, start: int) -> bool:
        """Tell whether the letters right before a label may stand glued to it in this language."""
        head = start
        while head and plain[head - 1].isalnum() and start - head < 5:
            head -= 1
        return plain[head:start] in self.profile.prefixes

    def _is_glued_behind(self, plain: str, end: int) -> bool:
        """Tell whether the letters right behind a label may, or are the mark of a footnote: “Organized Crime³”."""
        tail = end
        while tail < len(plain) and plain[tail].isalnum() and tail - end < 5:
            tail += 1
        mark = plain[end:tail].isdigit() and tail - end < 3
        return plain[end:tail] in self.profile.suffixes or (mark and plain[end - 1].isalpha())

    def has_verb(self, form: str) -> bool:
        """Tell whether a form of a verb is in another form."""
        return next(self.verbs.find(form), None) is not None

    def sought(self, folded: str) -> str:
        """Return a folded text as words are looked for in it: with a space around each, where they stand apart."""
        return f" {apart(folded)} " if self.profile.parted else folded

    def find_verbs(self, folded: str, sought: str, leave: Set[int] = frozenset()) -> list[tuple[int, int, Verb]]:
        """Return the operative verbs in a folded text, in order: those with the longest form at each place.

        `sought` is the text as words are looked for in it; no verb of one word stands at a place to `leave`.

        A shorter form at the same place is there too where it stands for another person (“appeal to”, “appeal”), unless
        the longer words are no act at all.
        """
        places: dict[int, list[tuple[int, Verb]]] = {}
        for start, stop, verb in self._verbs(folded, sought, leave):
            places.setdefault(start, []).append((stop, verb))
        chosen: list[tuple[int, int, Verb]] = []
        reach = 0
        for start in sorted(places):
            if start < reach:
                continue
            here = places[start]
            if len(here) > 1:
                here.sort(key=_longest)
            best = here[0][1]
            reach = start + len(best.form)
            slots: set[str] = set()
            for stop, verb in here:
                if verb.form == best.form or (best.act != "asserts" and verb.slot not in slots):
                    slots.add(verb.slot)
                    chosen.append((start, stop, verb))
        return chosen

    def _verbs(self, folded: str, sought: str, leave: Set[int]) -> Iterator[tuple[int, int, Verb]]:
        """Yield every form of a verb in a folded text, with where it begins and where the last of its parts ends."""
        spaced, parted = self.profile.spaced, self.profile.parted
        behind = sought[1:] if parted else folded
        ahead, follows, words = "", "", frozenset[str]()
        reach = -1
        for _, reached, forms in self.verbs.find(sought):
            for form, tail, verbs, gapped in forms:
                end = reached - 1 - tail if parted else reached
                start = end - len(form)
                if parted:
                    if folded[start:end] != form:  # “co operate” is not “co-operate”
                        continue
                    if " " not in form and (start in leave or (len(form) == 1 and folded[end : end + 1] == "/")):
                        continue  # the French “à”, and “A/81/214”
                elif spaced and not self._stands_alone(folded, start, end):
                    continue
                for verb in verbs:
                    yield start, end, verb
                if gapped:
                    if end != reach:
                        reach, follows, words = end, "", frozenset()
                        ahead = folded[end : end + (_REACH if spaced else _NEAR + 4)]
                    if spaced and len(gapped) > _FEW:
                        words = words or self._words(behind, end)
                        near = list(words & gapped.keys())
                    else:
                        near = [word for word in gapped if word in ahead]
                    if near and not follows:
                        follows = self._clause(folded, end)
                    for word in near:
                        for verb in gapped[word]:
                            if verb.rest[0] in follows and verb.rest[-1] in follows:
                                stop = self._rest(follows, verb.rest)
                                if stop is not None:
                                    yield start, end + stop, verb

    def _words(self, text: str, end: int) -> frozenset[str]:
        """Return the words that stand so near behind a place that a gap may end with one."""
        near = text[end : end + _REACH]
        return frozenset(near.split() if self.profile.parted else _WORD.findall(near))

    @staticmethod
    def _stands_alone(folded: str, start: int, end: int) -> bool:
        """Tell whether an Arabic form is a whole word, apart from what is glued to verbs."""
        if start and folded[start - 1].isalnum():
            head = start
            while head and folded[head - 1].isalnum() and start - head < 4:
                head -= 1
            if folded[head:start] not in _VERB_PREFIXES:
                return False
        if end < len(folded) and folded[end].isalnum() and folded[end - 1].isalnum():
            tail = _WORD.match(folded, end)
            glued = folded[end - 2 : end] in (" ب", " ل")  # a preposition of the word behind
            return glued or (tail is not None and tail[0] in _VERB_SUFFIXES)
        return True

    def _clause(self, folded: str, end: int) -> str:
        """Return the words of the same clause behind a place."""
        window = folded[end : end + (160 if self.profile.spaced else 60)]
        stop = _CLAUSE_ENDS.search(window)
        return (window[: stop.start()] if stop else window).partition("  ")[0]

    def _rest(self, follows: str, rest: tuple[str, ...]) -> int | None:
        """Return where a verb with gaps ends in what follows its first part, or None when its later parts do not."""
        spaced = self.profile.spaced
        end = 0
        for part in rest:
            size = len(part)
            reach = end + size + (_GAP if spaced else _NEAR)
            place = follows.find(part, end, reach)
            while spaced and place >= 0:
                after = place + size
                if not (follows[after : after + 1].isalnum() or (place and follows[place - 1].isalnum())):
                    break
                place = follows.find(part, place + 1, reach)
            if place < 0 or (spaced and follows.count(" ", end, place) > self.profile.apart):
                return None
            end = place + size
        return end


@lru_cache(maxsize=100_000)
def _folded(words: str) -> str:
    """Return words folded; the same ones come again and again."""
    return fold(words).text


def _closest(entries: tuple[Entry, ...], words: str) -> tuple[Entry, ...]:
    """Return the entries whose label begins most like the words as printed, since a stem may be that of two words.

    A stem of three letters or fewer says too little: there all but the label's last letter must be the same.

    >>> niger, nigeria = Entry("state", "NER", "Нигер"), Entry("state", "NGA", "Нигерия")
    >>> [entry.slug for entry in _closest((niger, nigeria), "нигерии")]
    ['NGA']
    """
    best: dict[tuple[str, str], tuple[int, int, Entry]] = {}
    for entry in entries:
        label = _folded(entry.label)
        pairs = enumerate(zip(label, words, strict=False))
        shared = next((place for place, (a, b) in pairs if a != b), min(len(label), len(words)))
        if len(stem(label)) > 3 or shared >= len(label) - 1:
            found = best.get((entry.kind, entry.slug))
            if found is None or (shared, -len(label)) > found[:2]:
                best[entry.kind, entry.slug] = shared, -len(label), entry
    top = {kind: max(found[:2] for (k, _), found in best.items() if k == kind) for kind, _ in best}
    return tuple(entry for (kind, _), (shared, size, entry) in best.items() if (shared, size) == top[kind])


_DEFINITE = ("ال", "لل")
"""What ends before an Arabic label with the article."""


def apart(text: str) -> str:
    """Return a text with a space for all that is no part of a word.

    Where words stand apart, a space around each form finds none inside another word, where most would be found.

    >>> apart("co-operate, urge!")
    'co operate  urge '
    """
    for character in set(text):
        if not character.isalnum():
            text = text.replace(character, " ")
    return text


def _longest(found: tuple[int, Verb]) -> tuple[int, int]:
    """Return the key of a verb among those that begin at one place: the longest form first, the furthest end first."""
    return -len(found[1].form), -found[0]


_VERB_PREFIXES = frozenset("و ف ل فل ول س وس فس".split())


_VERB_SUFFIXES = frozenset("ه ها هم هما هن".split())
"""An Arabic verb's object, where it is a pronoun."""
_FEW = 8
"""So few words are looked for one by one before all words of a clause are."""
_GAP = 60
"""The parts of a verb stand at most so many characters apart."""
_REACH = _GAP + 30
"""And the first word behind a gap ends within so many."""
_NEAR = 40
"""Where words do not stand apart, the parts of a verb stand at most so many characters apart."""
_WORD = re.compile(r"\w+")
_CLAUSE_ENDS = re.compile(r"[.;؛。；](?!\d)")


def longest(matches: list[Match]) -> Iterator[Match]:
    """Yield the matches that no longer one overlaps, in order.

    >>> the, rights = Entry("document", "untoc", "the Convention"), Entry("document", "crc", "Convention on the Rights")
    >>> [entries[0].slug for _, _, entries in longest([(0, 14, (the,)), (4, 28, (rights,))])]
    ['crc']
    """
    cluster: list[Match] = []
    reach = 0
    for match in sorted(sorted(matches, key=_END, reverse=True), key=_START):
        start, end, _ = match
        if start >= reach:
            yield from _settled(cluster) if len(cluster) > 1 else cluster
            cluster = []
        cluster.append(match)
        if end > reach:
            reach = end
    yield from _settled(cluster)


_START, _END = itemgetter(0), itemgetter(1)


def _rank(match: Match) -> tuple[bool, int, int]:
    """Return the key of a match among those that overlap it: a name in full first, then the longest."""
    start, end, entries = match
    return bool(entries) and all(entry.short for entry in entries), start - end, start


def _settled(cluster: list[Match]) -> list[Match]:
    """Return, of matches that overlap each other, the longest, then the next that leaves it alone, and so on.

    A name in full comes before a short reference: in “del Convenio 29” it is “Convenio 29”.
    """
    if len(cluster) == 2:
        return [min(cluster, key=_rank)]
    chosen: list[Match] = []
    for match in sorted(cluster, key=_rank):
        start, end, _ = match
        if all(end <= begins or ends <= start for begins, ends, _ in chosen):
            chosen.append(match)
    return sorted(chosen, key=_START)


_TABLES = {
    "state": "states.csv",
    "group": "groups.csv",
    "body": "bodies.csv",
    "document": "instruments.csv",
    "actor-class": "actor-classes.csv",
    "theme": "themes.csv",
    "observance": "observances.csv",
}
_KEYS = {"state": "iso3"}


class _Row(dict[str, str]):
    """A row of a table, which says where it stands when a column is missing."""

    where = ""

    def __missing__(self, column: str) -> str:
        raise TableError(f"the table has no column “{column}”", where=self.where, remedy="restore it, or its name")


def _rows(path: Path) -> Iterator[_Row]:
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            for number, cells in enumerate(csv.DictReader(handle), 2):
                row = _Row(cells)
                row.where = f"{path.name}:{number}"
                yield row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TableError(
            f"the table cannot be read ({error})", where=path.name, remedy="restore it from data/"
        ) from error


_CHOICE = re.compile(r"\[([^\[\]]*)\]")


def expand(form: str) -> list[str]:
    """Return the forms that one written with choices stands for.

    >>> expand("commit [/itself] to")
    ['commit to', 'commit itself to']
    """
    choice = _CHOICE.search(form)
    if choice is None:
        return [" ".join(form.split())]
    head, tail = form[: choice.start()], form[choice.end() :]
    return [one for word in choice[1].split("/") for one in expand(head + word + tail)]


def values(cell: str | None) -> list[str]:
    """Return the forms in a table's cell: separated by `|`, their choices in brackets.

    >>> values("urge|call [on/upon]")
    ['urge', 'call on', 'call upon']
    """
    return [one for form in (cell or "").split("|") if form.strip() for one in expand(form)]


ARTICLE = re.compile(r"^(?:(?:the|les?|la|los?|las?|el)\s+|l')(?=\S)", re.IGNORECASE)


_POINTING: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {"the ": ("this ", "that ", "the said ", "the same ")},
    "fr": {"le ": ("ce ", "ledit "), "la ": ("cette ", "ladite "), "l'": ("cet ", "cette ", "ledit ", "ladite ")},
    "es": {"el ": ("este ", "ese ", "dicho "), "la ": ("esta ", "esa ", "dicha ")},
}
"""What else points at what a text has named, in place of the article of a short reference: “ledit Protocole”."""


def _forms(kind: str, row: dict[str, str], language: str) -> Iterator[tuple[str, bool]]:
    """Yield the forms under which a row's thing may occur, and whether each is a short reference."""
    for column in ("label", "alt", "match", "short", "formal"):
        for value in values(row.get(f"{column}_{language}")) + values(row.get(f"{language}_{column}")):
            short = column == "short" and kind != "state"
            yield value, short
            for article, others in _POINTING.get(language, {}).items() if short else ():
                if value.startswith(article):
                    # “stress that Council members …” names no Council.
                    meant = (other for other in others if other != "that " or kind == "document")
                    yield from ((other + value.removeprefix(article), True) for other in meant)
            if not short and kind in ("state", "body", "document") and (bare := ARTICLE.sub("", value)) != value:
                yield bare, False


_PERFECT = {
    "en": (
        ("participle", r"(\w+ing\b[^~]*)", ("after {0}",)),
        ("past", r"(\w+ed\b[^~]*)", ("having {0}", "after having {0}")),
    ),
    "fr": (
        ("past", r"a (?:~ )?([^~]+)", ("ayant {0}", "après avoir {0}")),
        ("past", r"s'est ([^~]+)", ("s'étant {0}", "après s'être {0}")),
    ),
    "es": (
        ("past", r"ha ([^~]+)", ("habiendo {0}", "tras haber {0}", "después de haber {0}")),
        ("infinitive", r"([^~]+)", ("tras {0}", "después de {0}")),
    ),
}
"""How a participle says that an act came before another, made from the forms of a slot: “après avoir rappelé”."""


def _perfect(row: dict[str, str], language: str) -> Iterator[str]:
    """Yield the perfect participles of a verb that takes a position (“having recalled”); of others they tell a fact."""
    if act_groups()[row["act"]] != "position":
        return
    for slot, shape, made in _PERFECT.get(language, ()):
        for form in values(row[slot]):
            if match := re.fullmatch(shape, form):
                yield from (one.format(match[1]) for one in made)


_ELIDED = {"fr": re.compile(r"a (?:~ )?([^~]+)")}
"""Pasts whose auxiliary is not said again: “a rappelé la Convention, salué les progrès et encouragé les médias”."""


def _elided(row: dict[str, str], language: str) -> Iterator[str]:
    """Yield the pasts of a verb without their auxiliary, where a language leaves it out."""
    if pattern := _ELIDED.get(language):
        yield from (match[1] for form in values(row["past"]) if (match := pattern.fullmatch(form)))


_MADE = {"participle": _perfect, "elided": _elided}
"""What makes further forms of a slot."""


@cache
def load(language: str) -> Lexicon:
    """Return the matcher of a language, made from the tables in `data/`."""
    profile = PROFILES[language]

    def prepared(label: str) -> str:
        folded = fold(label)
        return (stems(folded) if profile.stemmed else folded).text.strip()

    labels: dict[str, list[Entry]] = {}
    barred: set[str] = set()
    for kind, name in _TABLES.items():
        for row in _rows(files.data() / "tables" / name):
            slug = row[_KEYS.get(kind, "slug")]
            loose = kind == "state" and language in values(row.get("ambiguous"))
            capitals = set(values(row.get("case_sensitive")))
            for form, short in _forms(kind, row, language):
                key = prepared(form)
                if language == "ar" and key.startswith("ال") and len(key) > 4:
                    key = key[2:]
                entries = labels.setdefault(key, [])
                if key and all((e.kind, e.slug) != (kind, slug) or profile.stemmed for e in entries):
                    entries.append(Entry(kind, slug, form, short, loose and len(key) < 6, form in capitals))
            for word in values(row.get("ambiguous")) if kind == "actor-class" else ():
                code, _, form = word.partition(":")
                if code == language:
                    labels.setdefault(prepared(form), [])
                    barred |= {fold(form).text} | ({prepared(form)} if " " in form else set())
    verbs: dict[str, dict[Verb, None]] = {}
    for row in _rows(files.data() / "lexicon" / "verbs" / f"{language}.csv"):
        if row["act"] not in act_groups():
            raise TableError(f"“{row['act']}” is no act", where=row.where, remedy="use a slug of data/lexicon/acts.csv")
        for slot in ("first", "third", "participle", "phrase", "infinitive", "past", "elided"):
            made = _MADE.get(slot)
            for form in (*values(row.get(slot)), *(made(row, language) if made else ())):
                opens = form.startswith("^")  # only where a sentence begins: “Su compromiso de …”
                first, *rest = [part.strip() for part in fold(form.removeprefix("^")).text.split("~")]
                if first:
                    verb = Verb(row["act"], "opening" if opens else slot, first, tuple(rest))
                    verbs.setdefault(first, {})[verb] = None
    cues: dict[str, tuple[str, ...]] = {}
    for row in _rows(files.data() / "lexicon" / "cues.csv"):
        if row["lang"] == language:
            forms = tuple(fold(form).text for form in values(row["forms"]))
            cues[row["kind"]] = cues.get(row["kind"], ()) + forms
    keyed: dict[str, list[_Form]] = {}
    for form, those in verbs.items():
        tail = int(form[-1].isalnum())
        key = f" {apart(form)}{' ' * tail}" if profile.parted else form
        keyed.setdefault(key, []).append((form, tail, *_by_gap(tuple(those), profile.spaced)))
    lexicon = Lexicon(
        language,
        profile,
        Finder({label: _known(label, tuple(entries), profile, barred) for label, entries in labels.items()}),
        Finder(keyed),
        cues,
        frozenset(barred),
    )
    # It lives as long as the process: to look its objects over for garbage again and again costs a tenth of all time.
    gc.freeze()
    return lexicon


_Gapped = dict[str, tuple[Verb, ...]]
_Form = tuple[str, int, tuple[Verb, ...], _Gapped]
"""A form of verbs, how much of what is looked for stands behind it, those of the verbs without and with a gap."""


def _by_gap(verbs: tuple[Verb, ...], spaced: bool) -> tuple[tuple[Verb, ...], _Gapped]:
    """Return the verbs without a gap, and those with one by the first word behind it, or its first two signs."""
    gapped: dict[str, list[Verb]] = {}
    for verb in verbs:
        if verb.rest:
            word = _WORD.search(verb.rest[0]) if spaced else None
            gapped.setdefault(word[0] if word else verb.rest[0][:2], []).append(verb)
    return tuple(v for v in verbs if not v.rest), {word: tuple(those) for word, those in gapped.items()}


_Meant = tuple[tuple[Entry, ...], tuple[Entry, ...], bool]
"""What a label names where it stands: the themes, all else, and whether its words are barred."""


def _by_kind(entries: Iterable[Entry], barred: bool) -> _Meant:
    about = tuple(e for e in entries if e.kind == "theme")
    return about, tuple(e for e in entries if e.kind != "theme"), barred


def _known(
    label: str, entries: tuple[Entry, ...], profile: Profile, barred: Set[str]
) -> tuple[tuple[Entry, ...], bool, _Meant | None]:
    """Return of a label its entries, whether it is certain, and what it names however it is printed."""
    certain = not any(entry.short or entry.capitals or entry.kind == "state" for entry in entries)
    printed_alike = not profile.stemmed and not profile.prefixes  # no case, and no article before it
    plainly = certain and printed_alike and label not in barred
    return entries, certain, _by_kind(entries, False) if plainly else None


@cache
def names_of() -> dict[tuple[str, str], dict[str, str]]:
    """Return, for each thing that the tables know (kind and slug), its display name in each language."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    tables = {kind: files.data() / "tables" / name for kind, name in _TABLES.items()}
    for kind, path in {**tables, "act": files.data() / "lexicon" / "acts.csv"}.items():
        for row in _rows(path):
            labels = {code: row.get(f"label_{code}") or row.get(f"short_{code}") or "" for code in PROFILES}
            found[kind, row[_KEYS.get(kind, "slug")]] = labels
    return found


@cache
def instrument_kinds() -> dict[str, str]:
    """Return the kind of each instrument that the tables know: treaty, protocol, resolution, call …."""
    return {row["slug"]: row["kind"] for row in _rows(files.data() / "tables" / "instruments.csv")}


@cache
def body_kinds() -> dict[str, str]:
    """Return the kind of each body that the tables know: principal organ, agency, regional organization …."""
    return {row["slug"]: row["kind"] for row in _rows(files.data() / "tables" / "bodies.csv")}


@cache
def act_groups() -> dict[str, str]:
    """Return the group of each act: commitment, directive, position, finding or procedure."""
    return {row["slug"]: row["group"] for row in _rows(files.data() / "lexicon" / "acts.csv")}
