"""A file comes in; a source's folder goes out that can be built as it is: its text, a card, a draft of its review."""

from __future__ import annotations

import datetime
import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

from atgraph import files, lexicon, names, reviews, speakers
from atgraph.errors import FindingsError, UsageError
from atgraph.extraction import Extraction, read_file
from atgraph.layout import SYMBOL
from atgraph.reviews import quoted
from atgraph.sources import Source, counted, read_source

NOT_KNOWN = "Not known"
"""What a card says that somebody has still to find out."""
_FILL = "  # FILL IN"
_ENDINGS = {"text": "txt", "markdown": "md"}
_ACTORS = ("state", "group", "body")


@dataclass(frozen=True, slots=True)
class Draft:
    """What was made: the folder, the source as a build will read it, what is to be filled in, how many to look at."""

    folder: Path
    source: Source
    missing: tuple[str, ...]
    doubtful: int
    added: str = ""
    """The language of a text that was added to a source."""

    def __str__(self) -> str:
        """Return what was made as a person reads it, and what comes next."""
        counts = ", ".join(f"{count} {name}" for name, count in self.source.counts.items())
        if self.added:
            new = [d for d in self.source.differences if d.startswith(f"{self.added}:")]
            lines = [f"{self.folder} has a text in {self.added}; differences from the first text: {len(new)}", *new]
        else:
            [text], [extraction] = self.source.card.texts, self.source.extractions
            damaged = "; its words may be damaged, so compare them" if extraction.document.needs_review else ""
            rows = {
                text["file"]: f"the text in {text['language']}, byte for byte{damaged}",
                "source.toml": f"the card; fill in {' and '.join(self.missing)}",
                "review.toml": f"decisions to uncomment or delete, on provisions that need a look: {self.doubtful}",
            }
            edge = max(map(len, rows)) + 2
            lines = [f"{self.folder} is made: {counts}", *(f"{name:<{edge}}{words}" for name, words in rows.items())]
        root = (
            ""
            if self.folder.parent == files.data() / "sources"
            else f" --root {shlex.quote(str(self.folder.parents[2]))}"
        )
        return "\n  ".join(lines) + f"\nNext: read the text beside what was read, then run `atgraph build{root}`"


def add(
    file: Path | bytes,
    root: Path | None = None,
    slug: str = "",
    language: str | None = None,
    retrieved: datetime.date | None = None,
) -> Draft:
    """Make a source of a file, in `data/sources/` of a folder of one's own or of the checkout, whole or not at all.

    `retrieved` is the day on which somebody fetched the file, today if left out. Raises UsageError where the source is
    there already, FindingsError where the file holds no provision, and what reading raises.
    """
    where = str(file) if isinstance(file, Path) else "standard input"
    found = _read(file, language, where)
    slug = slug or slug_of(found)
    if not names.SOURCE.fullmatch(slug):
        what = f"“{slug}” is no name for a source"
        raise UsageError(what, where=where, remedy="give --slug in small letters, digits and hyphens")
    folder = _sources(root) / slug
    if folder.exists() or (files.data() / "sources" / slug).exists():
        remedy = "name this one with --slug, or add a text in another language to that one with --to"
        raise UsageError(f"there is a source {slug} already", where=where, remedy=remedy)
    text = _named(slug, found)
    review, doubtful = reviews.draft(found)
    card, missing = _card(slug, found, text, retrieved or datetime.date.today())
    with files.replaced(folder) as new:
        _put(file, new / text)
        files.write(new / "source.toml", card)
        files.write(new / "review.toml", review)
        source = read_source(new)
    return Draft(folder, source, missing, doubtful)


def translate(file: Path | bytes, slug: str, root: Path | None = None, language: str | None = None) -> Draft:
    """Add a text in a further language to a source, whole or not at all; its differences are those of the two readings.

    Raises UsageError where there is no such source, or where it has a text in this language.
    """
    where = str(file) if isinstance(file, Path) else "standard input"
    folder = _sources(root) / slug
    if not (folder / "source.toml").is_file():
        raise UsageError(f"there is no source {slug} in {folder.parent}", where=where, remedy="make it without --to")
    found = _read(file, language, where)
    first = read_source(folder).card.texts[0]["language"]
    code = found.document.language
    text = _named(slug, found)
    block = f'''
[[text]]
file = "{text}"
language = "{code}"
official = false  # true if its publisher issued it
translation_of = "{first}"
'''
    with files.replaced(folder) as new:
        shutil.copytree(folder, new, dirs_exist_ok=True)
        if (new / text).exists() or code in [text["language"] for text in read_source(new).card.texts]:
            raise UsageError(f"{slug} has a text in {code} already", where=where, remedy="add one in another language")
        _put(file, new / text)
        card = (new / "source.toml").read_text(encoding="utf-8")
        files.write(new / "source.toml", card.rstrip("\n") + "\n" + block)
        source = read_source(new)
    return Draft(folder, source, (), 0, code)


def slug_of(found: Extraction) -> str:
    """Return the slug of a document: its symbol, else who speaks in it, its kind and its date."""
    fields = found.document.fields
    if "symbol" in fields:
        return names.symbol_slug(fields["symbol"].value)
    date = [fields["date"].value] if "date" in fields else []
    return "-".join([speakers.authors(found.reading)[""].lower(), found.document.genre, *date])


def _read(file: Path | bytes, language: str | None, where: str) -> Extraction:
    found = read_file(file, language, where)
    if not found.provisions:
        remedy = "check that it is the text of a statement; `atgraph extract` says more"
        raise FindingsError("no provision was found, so no source was made", where=where, remedy=remedy)
    return found


def _sources(root: Path | None) -> Path:
    """Return where sources are put: in a folder of one's own, else in the checkout, never in an installed package."""
    if root is None and files.is_bundled():
        remedy = "name a folder of yours with --root, which then has the source in data/sources/"
        raise UsageError("an installed package takes no sources", where="add", remedy=remedy)
    return (files.data() if root is None else root / "data") / "sources"


def _named(slug: str, found: Extraction) -> str:
    form = found.document.format
    return f"{slug}.{found.document.language}.{_ENDINGS.get(form, form)}"


def _put(file: Path | bytes, path: Path) -> None:
    """Copy a file byte for byte: what a build reads is what was issued, and nothing stands between that may differ."""
    files.write(path, file.read_bytes() if isinstance(file, Path) else file)


def _card(slug: str, found: Extraction, text: str, retrieved: datetime.date) -> tuple[str, tuple[str, ...]]:
    """Return a card, and the names of the fields that somebody has to fill in."""
    document = found.document
    author = speakers.authors(found.reading)[""]
    symbol = document.fields["symbol"].value if "symbol" in document.fields else ""
    publisher = "United Nations" if re.fullmatch(SYMBOL, symbol) else _name(author) or NOT_KNOWN
    issuer = _issuer(found, author)
    missing = ["licence"] if publisher == "United Nations" else ["publisher", "licence"]
    lines = [
        f"slug = {quoted(slug)}",
        f"kind = {quoted(document.genre)}",
        *(['annex_kind = "statement"'] if any(p.part == "annex" for p in document.paragraphs) else []),
        f"publisher = {quoted(publisher)}{_FILL if 'publisher' in missing else ''}",
        f"issued_by = {quoted(issuer)}" if issuer else f'# issued_by = ""{_FILL}',
        f"retrieved = {retrieved}",
        f"licence = {quoted(NOT_KNOWN)}{_FILL}",
        '# note = "What a reader of the graph should know."',
        "",
        "[expected]  # as it was read; correct it to what you count yourself",
        *(f"{name} = {count}" for name, count in counted(document, found.provisions).items() if count),
        "",
        "[[text]]",
        f"file = {quoted(text)}",
        f"language = {quoted(document.language)}",
        "official = true  # false if its publisher did not issue it",
    ]
    return "\n".join(lines) + "\n", tuple(missing)


def _issuer(found: Extraction, author: str) -> str:
    """Return the slug of who issued a document: of a letter the State that its title names, else who speaks in it."""
    title = found.document.fields.get("title")
    if found.document.genre == "letter":
        mentions = found.reading.within(*title.span) if title else []
        return next((m.slug for m in mentions if m.kind == "state"), "")
    return author if _name(author) else ""


def _name(actor: str) -> str:
    """Return the English name of a State, group or body; empty for a class of actors, which issues nothing."""
    known = lexicon.names_of()
    return next((known[kind, actor]["en"] for kind in _ACTORS if (kind, actor) in known), "")
