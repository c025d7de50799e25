"""What was read from a text comes in; the text goes out for a terminal, with what was found in it and by which rule."""

from __future__ import annotations

from collections.abc import Iterator

from atgraph.ask import wrap
from atgraph.extraction import Extraction
from atgraph.model import Link, Paragraph, Provision, Span
from atgraph.reviews import DOUBTFUL

_MARKS = ("⟦", "⟧")
_BOLD = ("\x1b[1;4m", "\x1b[0m")
_DIM = ("\x1b[2m", "\x1b[0m")
_PLAIN = "no operative verb"
_QUOTE = 60


def text(extraction: Extraction, width: int | None = None, colour: bool = False) -> str:
    """Return the whole text, each operative verb marked, and below each paragraph what was read in it.

    `width` is the terminal's in columns (None: 100); with `colour` the verbs are bold and underlined, not in brackets.
    """
    lines = list(_lines(extraction, width or 100, colour))
    return "\n".join(line for line, before in zip(lines, ["-", *lines], strict=False) if line or before) + "\n"


def _lines(extraction: Extraction, width: int, colour: bool) -> Iterator[str]:
    document = extraction.document
    yield f"{document.genre or 'document'} in {document.language}, {len(extraction.provisions)} provisions"
    for name, field in document.fields.items():
        if name not in ("title", "annex_title"):
            yield from _hanging(f"  {name:<18} ", f"{field.value}  ← {_quoted(extraction, field.span)}", width)
    if document.members:
        listed = ", ".join(member.value for member in document.members)
        yield from _hanging(f"  {'members':<18} ", listed, width)
    provisions: dict[str, list[Provision]] = {}
    for provision in extraction.provisions:
        provisions.setdefault(provision.paragraph, []).append(provision)
    for paragraph in document.paragraphs:
        words = " ".join(document.text[paragraph.start : paragraph.end].split())
        if paragraph.kind not in ("text", "item"):
            yield from _hanging(f"  {paragraph.name.removeprefix(f'{paragraph.part}.'):<18} ", words, width)
            continue
        found = provisions.get(paragraph.name, [])
        yield ""
        yield from _paragraph(extraction, paragraph, found, width, colour)
        for provision in found:
            yield from _provision(extraction, provision, width)
        yield ""


def _paragraph(
    extraction: Extraction, paragraph: Paragraph, found: list[Provision], width: int, colour: bool
) -> Iterator[str]:
    """Yield a paragraph's words below its name, with the operative verbs marked."""
    opening, closing = _MARKS
    yield "".join((_DIM[0], paragraph.name, _DIM[1])) if colour else paragraph.name
    parts, place = [], paragraph.start
    for start, end in sorted(p.act.span for p in found if p.act.rule != _PLAIN):
        if place <= start < end <= paragraph.end:
            words = extraction.document.text[start:end]
            # Each word is marked by itself, so that a line may break between them.
            marked = [opening + word + closing for word in words.split(" ")] if colour else [opening + words + closing]
            parts += [extraction.document.text[place:start], " ".join(marked)]
            place = end
    parts.append(extraction.document.text[place : paragraph.end])
    for line in wrap("".join(parts), width - 2):
        yield "  " + (line.replace(opening, _BOLD[0]).replace(closing, _BOLD[1]) if colour else line)


def _provision(extraction: Extraction, provision: Provision, width: int) -> Iterator[str]:
    """Yield what one provision does, and for each of its links the words it was read from, its rule and confidence."""
    yield from _link(extraction, f"    {provision.order}. ", provision.act, width, provision.act.rule == _PLAIN)
    links = [("by", provision.speaker)]
    links += [("to", link) for link in provision.addressees] + [("cites", link) for link in provision.cites]
    links += [("about", link) for link in provision.themes]
    links += [("until", provision.deadline)] if provision.deadline else []
    for name, link in links:
        yield from _link(extraction, f"       {name:<6} ", link, width, link.span == provision.act.span)
    for figure in provision.statistics:
        stated = f"{figure.value} {figure.unit}  ← {_quoted(extraction, figure.span)}"
        yield from _hanging("       states ", stated, width)
    for told in provision.reports:
        yield from _link(extraction, f"       tells  {told.speaker.slug}: ", told.act, width)


def _link(extraction: Extraction, head: str, link: Link, width: int, shown: bool = False) -> Iterator[str]:
    """Yield what a link says; the words it was read from are left out where they are `shown` above."""
    rule = link.rule.partition(":")[0] if link.rule.startswith("label:") else link.rule
    unsure = "  ⚠ to be reviewed" if link.confidence < DOUBTFUL else ""
    quoted = "" if shown else f"  ← {_quoted(extraction, link.span)}"
    words = f"{link.slug}{quoted}  ({rule}, {link.confidence:g}){unsure}"
    return _hanging(head, words, width)


def _quoted(extraction: Extraction, span: Span) -> str:
    words = " ".join(extraction.quote(span).split())
    return f"“{words}”" if len(words) <= _QUOTE else f"“{words[: _QUOTE - 1]}…”"


def _hanging(head: str, words: str, width: int) -> Iterator[str]:
    first, *rest = wrap(words, max(20, width - len(head))) or [""]
    yield head + first
    yield from (" " * len(head) + line for line in rest)
