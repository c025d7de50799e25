"""A curator's decisions and what was read come in; the provisions as decided, or a draft of decisions, go out."""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from atgraph import lexicon
from atgraph.errors import ReviewError
from atgraph.extraction import Extraction
from atgraph.model import Document, Link, Provision, Span

KINDS = (
    "accept",
    "reject",
    "change-act",
    "change-speaker",
    "add-addressee",
    "remove-addressee",
    "add-citation",
    "remove-citation",
    "change-deadline",
)
_KIND_OF_VALUE = {
    "change-act": ("act",),
    "change-speaker": ("group", "body", "state", "actor-class"),
    "add-addressee": ("actor-class", "body", "state", "group"),
    "add-citation": ("document", "body"),
}


DOUBTFUL = 0.85
"""What was read with less confidence is shown to a curator."""
_KEY = 30
"""Code points that a drafted quote has at least, where the provision is as long."""
_DRAFT = """\
# A draft that `atgraph add` made: the provisions that need a look, in the order of the text.
# To decide on one, take the first “# ” off its lines and fill in who, when and why; delete what needs no decision.
# Each kind of decision is told in docs/sources.md.
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on one provision, with who made it, when and why; `span` is the passage it is keyed on."""

    kind: str
    value: str
    value_kind: str
    paragraph: str
    order: int
    span: Span
    who: str
    when: str
    why: str


def read(path: Path, document: Document, provisions: tuple[Provision, ...]) -> list[Decision]:
    """Return the decisions of a `review.toml`; none where the file is absent.

    Raises ReviewError for an unknown act, decision or value, a missing field, or a passage that is gone.
    """
    if not path.exists():
        return []
    where = f"{path.parent.name}/{path.name}"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReviewError(
            f"the reviews cannot be read ({error})", where=where, remedy="mend the line it names"
        ) from error
    rows = content.get("decision", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ReviewError("a decision is no table", where=where, remedy="begin each with [[decision]]")
    return [_decision(row, f"{where} decision {number}", document, provisions) for number, row in enumerate(rows, 1)]


def _decision(row: dict[str, object], where: str, document: Document, provisions: tuple[Provision, ...]) -> Decision:
    for name in ("quote", "decision", "who", "when", "why"):
        if not str(row.get(name, "")).strip():
            raise ReviewError(
                f"it has no “{name}”", where=where, remedy="add it: quote, decision, value, who, when, why"
            )
    kind, value, quote = str(row["decision"]), str(row.get("value", "")), str(row["quote"])
    if kind not in KINDS:
        raise ReviewError(f"“{kind}” is no decision", where=where, remedy=f"use one of {', '.join(KINDS)}")
    if not _is_date(str(row["when"]), 10):
        raise ReviewError(f"“{row['when']}” is no day", where=where, remedy="write it as 2026-11-23")
    value_kind = ""
    if kind not in ("accept", "reject"):
        kinds = _KIND_OF_VALUE.get(kind, ())
        value_kind = next((k for k in kinds if (k, value.partition("#")[0]) in lexicon.names_of()), "")
        if kinds and not value_kind:
            what = "act" if kind == "change-act" else "value"
            raise ReviewError(
                f"“{value}” is an unknown {what}", where=where, remedy=f"use the slug of a known {' or '.join(kinds)}"
            )
        if kind == "change-deadline" and not _is_date(value, len(value)):
            raise ReviewError(f"“{value}” is no date", where=where, remedy="write 2027, 2027-06 or 2027-06-30")
    place = document.text.find(quote)
    if place < 0:
        raise ReviewError(
            f"its passage is gone from the text: “{quote[:60]}”",
            where=where,
            remedy="quote words that stand in the text, or drop it",
        )
    hit = next((p for p in provisions if p.start <= place < p.end), None)
    if hit is None:
        raise ReviewError(
            f"no provision was read at “{quote[:60]}”",
            where=where,
            remedy="key it on words of a provision; see “atgraph extract”",
        )
    if document.text.find(quote, place + 1) >= 0:
        raise ReviewError(f"“{quote[:60]}” stands twice in the text", where=where, remedy="quote more words")
    links = {"remove-addressee": hit.addressees, "remove-citation": hit.cites}.get(kind)
    if links is not None and value not in {link.slug for link in links}:
        has = ", ".join(link.slug for link in links) or "none"
        raise ReviewError(f"“{value}” is not there to be removed", where=where, remedy=f"name one of those read: {has}")
    span = (place, place + len(quote))
    return Decision(
        kind, value, value_kind, hit.paragraph, hit.order, span, str(row["who"]), str(row["when"]), str(row["why"])
    )


def _is_date(value: str, length: int) -> bool:
    """Tell whether a value is a day, a month or a year that the calendar has, of the length given."""
    if length not in (4, 7, 10) or len(value) != length or not re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        return False
    try:
        datetime.date.fromisoformat(value + "-01-01"[length - 4 :] if length < 10 else value)
    except ValueError:
        return False
    return True


def apply(decisions: Iterable[Decision], provisions: tuple[Provision, ...]) -> list[Provision | None]:
    """Return the provisions as decided, in their order; None stands for a rejected one."""
    decided: dict[tuple[str, int], Provision | None] = {(p.paragraph, p.order): p for p in provisions}
    for decision in decisions:
        provision = decided[decision.paragraph, decision.order]
        if provision is not None:
            decided[decision.paragraph, decision.order] = _applied(decision, provision)
    return [decided[p.paragraph, p.order] for p in provisions]


def _applied(decision: Decision, provision: Provision) -> Provision | None:
    link = Link(decision.value, decision.value_kind, decision.span, "review", 1.0)

    def without(links: tuple[Link, ...]) -> tuple[Link, ...]:
        return tuple(kept for kept in links if kept.slug != decision.value)

    match decision.kind:
        case "reject":
            return None
        case "change-act":
            return provision._replace(act=link, confidence=1.0)
        case "change-speaker":
            return provision._replace(speaker=link)
        case "add-addressee":
            return provision._replace(addressees=(*without(provision.addressees), link))
        case "remove-addressee":
            return provision._replace(addressees=without(provision.addressees))
        case "add-citation":
            return provision._replace(cites=(*without(provision.cites), link))
        case "remove-citation":
            return provision._replace(cites=without(provision.cites))
        case "change-deadline":
            return provision._replace(deadline=link._replace(kind="date"))
        case _:
            return provision._replace(confidence=1.0)


def draft(extraction: Extraction) -> tuple[str, int]:
    """Return a `review.toml` in which a decision on every provision that needs a look is commented out, and how many.

    With its first `# ` gone a block is a decision, keyed on words that stand once in the text; it lacks who and why.
    """
    blocks = []
    for provision in extraction.provisions:
        if doubts := _doubts(extraction, provision):
            lines = [f"# {provision.paragraph}.{provision.order}: {_said(provision)}"]
            lines += [f"# {words}" for _, words, _ in doubts]
            kind, _, value = doubts[0]
            key = _key(extraction, provision)
            rows = {"quote": key, "decision": kind, "value": value, "who": "", "when": "", "why": ""}
            lines += ["[[decision]]", *(f"{name} = {quoted(row)}" for name, row in rows.items())]
            blocks.append("".join(f"# {line}\n" for line in lines))
    return "\n".join([_DRAFT, *blocks]), len(blocks)


def quoted(value: str) -> str:
    r"""Return a string as TOML writes it.

    >>> print(quoted('“Leave no child” "behind"'))
    "“Leave no child” \"behind\""
    """
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _doubts(extraction: Extraction, provision: Provision) -> list[tuple[str, str, str]]:
    """Return what makes a provision worth a look: a decision it may need, the reason, and a value if one is near."""
    found = []
    if lexicon.act_groups().get(provision.act.slug) == "directive" and not provision.addressees:
        found.append(("add-addressee", "a call without an addressee", ""))
    if not provision.deadline:
        day = extraction.document.fields["date"].value if "date" in extraction.document.fields else ""
        mentions = extraction.reading.within(provision.start, provision.end)
        dates = [m for m in mentions if m.kind == "date" and m.slug > day[: len(m.slug)]]
        found += [("change-deadline", f"names the date {m.slug}, which was read as no deadline", m.slug) for m in dates]
    links = (provision.act, provision.speaker, *provision.addressees, *provision.cites, *provision.themes)
    doubtful = [link for link in links if link.confidence < DOUBTFUL]
    if provision.confidence < DOUBTFUL or doubtful:
        least = min(provision.confidence, *(link.confidence for link in links))
        found.append(("accept", f"read with confidence {least:g}" + "".join(f", {link.slug}" for link in doubtful), ""))
    return found


def _said(provision: Provision) -> str:
    """Return who does what, to whom, on what, by when, in slugs."""
    addressees = ", ".join(link.slug for link in provision.addressees)
    themes = ", ".join(link.slug for link in provision.themes)
    words = f"{provision.speaker.slug} {provision.act.slug}"
    words += f" → {addressees}" if addressees else ""
    words += f" ({themes})" if themes else ""
    return words + (f" by {provision.deadline.slug}" if provision.deadline else "")


def _key(extraction: Extraction, provision: Provision) -> str:
    """Return words that begin where a provision does, and that stand nowhere else in the text; empty if none do."""
    text, start = extraction.document.text, provision.start
    stop = min(start + _KEY, provision.end)
    while text.find(text[start:stop]) != text.rfind(text[start:stop]):
        if stop >= len(text):
            return ""
        stop += stop - start
    while extraction.reading.lexicon.profile.spaced and stop < provision.end and not text[stop].isspace():
        stop += 1
    return text[start:stop]
