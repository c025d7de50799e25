"""A source's folder comes in; the source goes out: its card, its texts read, a curator's decisions, its quads."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from pyoxigraph import Quad

from atgraph import assemble, lexicon, names, reviews
from atgraph.assemble import Card
from atgraph.errors import CardError, ExpectationError
from atgraph.extraction import Extraction, read_file
from atgraph.model import Document, Provision


@dataclass(frozen=True)
class Source:
    """One source read: its card, its expressions (the first is what provisions are made from), its quads."""

    card: Card
    extractions: tuple[Extraction, ...]
    quads: tuple[Quad, ...]
    differences: tuple[str, ...] = ()
    reviews: tuple[reviews.Decision, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)


def read_card(folder: Path) -> Card:
    """Return the card of a source.

    Raises CardError when a field is missing or impossible.
    """
    path = folder / "source.toml"
    where = f"{folder.name}/source.toml"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CardError(
            "the source has no card", where=where, remedy="write one: slug, kind, publisher, expected, text"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CardError(f"the card is no TOML ({error})", where=where, remedy="mend the line it names") from error
    for fault, remedy in _faults(content, folder):
        raise CardError(fault, where=where, remedy=remedy)
    return Card(
        slug=content["slug"],
        kind=content["kind"],
        annex_kind=content.get("annex_kind", ""),
        publisher=content["publisher"],
        issued_by=content.get("issued_by", ""),
        licence=content["licence"],
        note=content.get("note", "").strip(),
        retrieved=str(content["retrieved"]),
        symbol=content.get("symbol", ""),
        expected=dict(content["expected"]),
        texts=tuple(content["text"]),
        differences=tuple(content.get("difference", ())),
    )


_TYPES = {
    "slug": str,
    "kind": str,
    "publisher": str,
    "licence": str,
    "retrieved": datetime.date,
    "expected": dict,
    "text": list,
}
_TEXT_TYPES = {"file": str, "language": str, "official": bool}
_WORDS = {
    str: "words in quotation marks",
    datetime.date: "a day, as 2026-11-23",
    bool: "true or false",
    list: "[[text]] blocks",
}
_COUNTS = ("provisions", "members", "paragraphs")


def _faults(content: dict[str, Any], folder: Path) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a card, with what to do."""
    whole = "add it; docs/sources.md shows a whole card"
    for name, kind in _TYPES.items():
        if name not in content:
            yield f"the card has no field “{name}”", whole
        elif not isinstance(content[name], kind):
            yield f"the field “{name}” is “{content[name]}”", f"write {_WORDS.get(kind, 'a table')}"
    optional = dict.fromkeys(("annex_kind", "issued_by", "note", "symbol"), str) | {"difference": list}
    for name, kind in optional.items():
        if not isinstance(content.get(name, kind()), kind):
            yield f"the field “{name}” is “{content[name]}”", f"write {_WORDS.get(kind, 'a table')}"
    for name in ("text", "difference"):
        if not all(isinstance(table, dict) for table in content.get(name, ())) or content.get(name) == []:
            yield f"“{name}” holds no table", f"write a [[{name}]] block for each"
    if not names.SOURCE.fullmatch(content["slug"]):
        yield f"the slug is “{content['slug']}”", "use small letters, digits and hyphens, and no name of another graph"
    if content["slug"] != folder.name:
        yield f"the slug is “{content['slug']}”", f"name it as its folder, “{folder.name}”"
    for name, least in content["expected"].items():
        if name not in _COUNTS or type(least) is not int:
            yield f"it expects “{name} = {least}”", f"expect whole numbers of {', '.join(_COUNTS)}"
    issuer = content.get("issued_by", "")
    if issuer and all((kind, issuer) not in lexicon.names_of() for kind in ("state", "group", "body", "actor-class")):
        yield (
            f"it is issued by “{issuer}”, which nothing is called",
            "use a State's code or the slug of a body or group",
        )
    languages: list[str] = []
    for place, text in enumerate(content["text"], 1):
        for name, kind in _TEXT_TYPES.items():
            if name not in text:
                yield f"text {place} has no field “{name}”", whole
            elif not isinstance(text[name], kind):
                yield f"text {place} has “{name} = {text[name]}”", f"write {_WORDS[kind]}"
        if not isinstance(text.get("title", ""), str):
            yield f"text {place} has “title = {text['title']}”", f"write {_WORDS[str]}"
        if text["language"] not in names.LANGUAGES:
            yield f"text {place} is in “{text['language']}”", f"name one of {', '.join(names.LANGUAGES)}"
        if text.get("translation_of", languages[:1]) not in (*languages, languages[:1]):
            yield (
                f"text {place} is a translation of “{text['translation_of']}”",
                "name the language of a text before it",
            )
        languages.append(text["language"])
    for place, difference in enumerate(content.get("difference", ()), 1):
        if not (difference.get("what") and difference.get("why")):
            yield f"difference {place} has not both “what” and “why”", "say what differs, and why"


def read_source(folder: Path) -> Source:
    """Return a source read, reviewed and written as quads.

    Raises CardError, TextError or ReviewError where it cannot be read, ExpectationError where it yields less than its
    card says.
    """
    card = read_card(folder)
    extractions = tuple(
        read_file(folder / text["file"], text["language"], f"{folder.name}/{text['file']}") for text in card.texts
    )
    first = extractions[0]
    decisions = reviews.read(folder / "review.toml", first.document, first.provisions)
    reviewed = reviews.apply(decisions, first.provisions)
    counts = counted(first.document, [p for p in reviewed if p is not None])
    for name, least in card.expected.items():
        if counts.get(name, 0) < least:
            raise ExpectationError(
                f"{counts.get(name, 0)} {name} were read where the card expects {least}",
                where=f"{folder.name}/source.toml",
                remedy="see with “atgraph extract” what is missing; if the text has changed, change the card",
            )
    pairs, differences = align(extractions)
    quads = assemble.quads(card, extractions, pairs, reviewed, decisions)
    return Source(card, extractions, quads, tuple(differences), tuple(decisions), counts)


def counted(document: Document, provisions: Collection[Provision]) -> dict[str, int]:
    """Return how much of each thing was read that a card may expect."""
    return {
        "provisions": len(provisions),
        "members": len(document.members),
        "paragraphs": sum(p.kind in ("text", "item") for p in document.paragraphs),
    }


def align(extractions: tuple[Extraction, ...]) -> tuple[list[dict[int, Provision]], list[str]]:
    """Pair the provisions of each translation with those of the first expression, by paragraph and act.

    Returns, for each translation, its provision by the index of the first one's; and the differences, a sentence each.
    """
    first, *others = extractions
    pairs: list[dict[int, Provision]] = []
    differences: list[str] = []
    for other in others:
        pair: dict[int, Provision] = {}
        language = other.document.language
        left = [(p.paragraph, p.act.slug) for p in first.provisions]
        right = [(p.paragraph, p.act.slug) for p in other.provisions]
        for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
            if tag == "equal" or (tag == "replace" and b - a == d - c):
                pair |= dict(zip(range(a, b), other.provisions[c:d], strict=True))
            if tag != "equal":
                here = ", ".join(f"{x} {y}" for x, y in left[a:b]) or "nothing"
                there = ", ".join(f"{x} {y}" for x, y in right[c:d]) or "nothing"
                differences.append(f"{language}: {here} is read as {there}")
        for index, mine in pair.items():
            theirs, ours = {c.slug for c in mine.cites}, {c.slug for c in first.provisions[index].cites}
            if theirs != ours:
                where = first.provisions[index].paragraph
                cited = [", ".join(sorted(slugs)) or "nothing" for slugs in (ours, theirs)]
                differences.append(f"{language}: {where} cites {cited[0]}, here {cited[1]}")
        pairs.append(pair)
    return pairs, differences
