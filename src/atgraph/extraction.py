"""A file or a stream comes in; what was read from it goes out: the document, what it names, and its provisions."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from atgraph import document as documents
from atgraph import mentions, provisions, readers
from atgraph.mentions import Reading
from atgraph.model import Document, Provision, Span

_HEADER = (
    "symbol",
    "date",
    "language",
    "original_language",
    "session",
    "agenda_item",
    "title",
    "signatory",
    "observance",
)


@dataclass(frozen=True)
class Extraction:
    """What was read from one text: the document, what is named in it, and its provisions."""

    document: Document
    provisions: tuple[Provision, ...]
    reading: Reading

    def quote(self, span: Span) -> str:
        """Return the words of a span."""
        return self.document.text[span[0] : span[1]]

    def to_json(self) -> dict[str, Any]:
        """Return plain data: `document` and `provisions`, with the slugs that end the graph's IRIs."""
        header: dict[str, Any] = {
            n: self.document.fields[n].value if n in self.document.fields else None for n in _HEADER
        }
        header["language"] = self.document.language
        header["members"] = [member.value for member in self.document.members] or None
        header["sha256"] = self.document.sha256
        header["format"] = self.document.format
        header["encoding"] = self.document.encoding or None
        header["review"] = self.document.needs_review
        return {"document": header, "provisions": [self._row(provision) for provision in self.provisions]}

    def _row(self, provision: Provision) -> dict[str, Any]:
        return {
            "paragraph": provision.paragraph,
            "start": provision.start,
            "end": provision.end,
            "quote": self.quote((provision.start, provision.end)),
            "act": provision.act.slug,
            "verb": self.quote(provision.act.span) if provision.act.rule.startswith("verb") else None,
            "speaker": provision.speaker.slug,
            "addressees": [link.slug for link in provision.addressees],
            "cites": [link.slug for link in provision.cites],
            "themes": [link.slug for link in provision.themes],
            "deadline": provision.deadline.slug if provision.deadline else None,
            "confidence": provision.confidence,
            "reports": [self._row(reported) for reported in provision.reports],
        }


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python from looking for garbage in cycles meanwhile: reading makes none, and looking takes a tenth of it."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@uncollected()
def read_file(source: Path | bytes, language: str | None = None, where: str = "") -> Extraction:
    """Return what a document says, in any format that is read, without any review.

    Raises TextError when it cannot be read.
    """
    where = where or (str(source) if isinstance(source, Path) else "standard input")
    content = readers.read(source, where)
    document = documents.read(content.lines, language, where, content.language)
    reading = mentions.read(replace(document, format=content.format, encoding=content.encoding))
    found = provisions.read(reading)
    others = {p.language for p in document.paragraphs if p.kind in ("text", "item")} - {document.language, ""}
    for other in sorted(others):
        found += provisions.read(mentions.read(_in_language(reading.document, other)))
    return Extraction(reading.document, tuple(_apart(sorted(found, key=lambda p: (p.start, p.end)))), reading)


def _apart(found: list[Provision]) -> Iterator[Provision]:
    """Yield the provisions that begin behind the one before.

    Inside it begin a mark that stands on its full stop, and items in another language below a head too short to tell.
    """
    end = 0
    for provision in found:
        if provision.start >= end:
            end = provision.end
            yield provision


def _in_language(document: Document, language: str) -> Document:
    """Return a document with blanks in place of the paragraphs that are not in a language."""
    text = list(document.text)
    for paragraph in document.paragraphs:
        if paragraph.kind in ("text", "item") and paragraph.language != language:
            text[paragraph.start : paragraph.end] = " " * (paragraph.end - paragraph.start)
    return replace(document, text="".join(text), language=language)
