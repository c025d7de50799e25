"""The plain, frozen things that reading passes along: lines, documents, paragraphs, mentions, provisions.

Those of which a text makes many are named tuples, which cost a third of what a frozen dataclass does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

Span = tuple[int, int]
"""Start and end in code points of a document's normalized text; the end is not included."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file, as a reader found it."""

    text: str
    page: int = 1
    style: str = ""
    """`title`, `heading`, `item`, `cell`, `header` or `footnote` where the format says so; empty where it does not."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader found in a file."""

    lines: tuple[Line, ...]
    format: str
    """`text`, `markdown`, `html`, `docx` or `pdf`."""
    encoding: str = ""
    """That of a text, Markdown or HTML, by its name in the WHATWG standard; empty for the others."""
    language: str = ""
    """What the file says of itself; no more than a hint, since many say it of their frame only."""


@dataclass(frozen=True, slots=True)
class Field:
    """One value of the header, with the words it was read from."""

    value: str
    span: Span
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, whole again.

    `part` is `letter`, `annex` or empty; `number` is unique in the part: as printed where it is printed.
    `kind` is `text`, `item` (below `parent`), `footnote` (hanging from `parent`), `masthead`, `title`, `annex`,
    `heading`, `salutation`, `signature` or `member`.
    """

    part: str
    number: str
    start: int
    end: int
    kind: str = "text"
    parent: str = ""
    language: str = ""
    """That of the document, but for a paragraph that is plainly in another one."""

    @property
    def name(self) -> str:
        """Return what ends the paragraph's IRI after the document's slug.

        >>> Paragraph("annex", "8", 0, 9).name, Paragraph("", "8.a", 0, 9).name
        ('annex.8', '8.a')
        """
        return f"{self.part}.{self.number}" if self.part else self.number


@dataclass(frozen=True, slots=True)
class Document:
    """One expression of a document: normalized text, its paragraphs, and what its header says."""

    text: str
    sha256: str
    language: str
    paragraphs: tuple[Paragraph, ...]
    fields: dict[str, Field] = field(default_factory=dict)
    """`symbol`, `date`, `original_language`, `session`, `agenda_item`, `title`, `theme`, `signatory`, `observance` …"""
    members: tuple[Field, ...] = ()
    """Each listed State, by ISO 3166 alpha-3 code, in the order of the list."""
    genre: str = ""
    """`letter`, `resolution`, `statement`, `declaration`, `speech`, …"""
    format: str = "text"
    """What it was read from, as a `Content` says it."""
    encoding: str = ""

    @property
    def needs_review(self) -> bool:
        """Tell whether its words were put together from places on a page, and are not to be relied on unseen."""
        return self.format == "pdf"


class Mention(NamedTuple):
    """Words that name something.

    `kind` is `state`, `group`, `body`, `document`, `actor-class`, `theme`, `observance` or `date`.
    """

    kind: str
    slug: str
    start: int
    end: int
    label: str = ""
    """The label of the lexicon that matched; empty where a rule matched."""
    confidence: float = 1.0
    standing: str = ""
    """`short` for a reference that leans on a name before it, `loose` for what may be an ordinary word, `label` for a
    body that only says whose document something is; else empty."""


class Link(NamedTuple):
    """One property of a provision, with the words it was read from and the rule that read it."""

    slug: str
    kind: str
    span: Span
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Statistic:
    """A figure that a provision states."""

    value: str
    unit: str
    """`percent` or `times`."""
    span: Span
    population: Span | None = None
    approximate: bool = False


class Provision(NamedTuple):
    """A clause that performs one act."""

    paragraph: str
    order: int
    start: int
    end: int
    act: Link
    speaker: Link
    addressees: tuple[Link, ...] = ()
    cites: tuple[Link, ...] = ()
    themes: tuple[Link, ...] = ()
    deadline: Link | None = None
    statistics: tuple[Statistic, ...] = ()
    reports: tuple[Provision, ...] = ()
    """Acts of others that the clause tells of: they are in the graph, and not provisions of this author."""
    confidence: float = 1.0
