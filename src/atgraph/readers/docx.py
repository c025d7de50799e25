"""The bytes of a DOCX come in; the lines of its text go out, with what its styles and numbering say of them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.package import OpcPackage
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from atgraph.errors import TextError
from atgraph.model import Line
from atgraph.readers import text
from atgraph.readers.numbering import Numbering

_MOST_BYTES = 100_000_000
"""What a document may hold unpacked; a zip bomb holds more."""
_AGAIN = "save it again as DOCX in a word processor, or export its text"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HOLDERS = frozenset(qn(f"w:{name}") for name in ("ins", "moveTo", "customXml", "smartTag", "sdt", "sdtContent"))
_SPOKEN = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): "\v",
    qn("w:cr"): "\v",
    qn("w:noBreakHyphen"): "-",
}
_SILENT = frozenset(
    [qn(f"w:{name}") for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "rt", "txbxContent")]
    + [f"{_ALTERNATE}Fallback"]
)
_PAGE_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b")
_HEADING = re.compile(r"heading \d|heading$|\w*标题|annex title")
_TYPED_MARKER = re.compile(r"^(\(?\w{1,3}[.)）．、-]|[•–—-])\t+")
_LETTERS = {"F0B7": "•", "F0A7": "▪", "F02D": "-"}


def lines(content: bytes, where: str) -> list[Line]:
    """Return the lines of a DOCX: the first page's header, the body with its tables and text boxes, the notes.

    What was inserted with changes tracked is read, what was deleted is not. Raises TextError where it is no DOCX,
    is damaged, or would unpack to more than a document can be.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            size = sum(each.file_size for each in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        what = "the file is truncated or damaged (it begins as a DOCX does)"
        raise TextError(what, where=where, remedy="fetch the file again, whole") from error
    if "[Content_Types].xml" not in names or not any(name.startswith("word/") for name in names):
        raise _no_docx(names, where)
    if size > _MOST_BYTES:
        what = f"the DOCX would unpack to {size:,} bytes"
        raise TextError(what, where=where, remedy="give a document of a reasonable size")
    try:
        return list(text.paragraphs(_Reader(OpcPackage.open(BytesIO(content))).paragraphs()))
    except Exception as error:
        # Whatever zipfile, zlib, lxml or python-docx stumble over, what is wrong is the file.
        strict = "purl.oclc.org" in str(error)
        what = "the DOCX is in the strict form of ISO 29500" if strict else f"the DOCX is damaged ({_short(error)})"
        raise TextError(what, where=where, remedy=_AGAIN) from error


def _no_docx(names: set[str], where: str) -> TextError:
    for start, what in (("xl/", "a spreadsheet (.xlsx)"), ("ppt/", "slides (.pptx)"), ("content.xml", "OpenDocument")):
        if any(name.startswith(start) for name in names):
            return TextError(f"it is {what}, which is not read here", where=where, remedy="save its text as DOCX")
    return TextError("it is a zip archive and no DOCX", where=where, remedy="unpack it, and give the document in it")


def _short(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:100]


@dataclass
class _Run:
    """What is known in the middle of a paragraph: its words, and the fields that are open there."""

    words: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    """For each open field what it computes; a page number's outcome is left out."""

    @property
    def silent(self) -> bool:
        return any(_PAGE_FIELD.match(code) for code in self.fields)


class _Reader:
    """Reads one package; holds what its parts share: styles, numbering, notes in the order they are referred to."""

    def __init__(self, package: Any) -> None:
        self.main: Part = package.part_related_by(RT.OFFICE_DOCUMENT)
        self.body = _root(self.main)
        if "purl.oclc.org" in self.body.tag:
            raise ValueError(self.body.tag)
        styles, numbering = self.related(RT.STYLES), self.related(RT.NUMBERING)
        self.numbering = Numbering(numbering, styles)
        self.notes: list[tuple[str, str]] = []
        self.carried = ""

    def related(self, kind: str) -> Any:
        """Return the root of the part that stands in a relation to the document; None where there is none."""
        part = next((each.target_part for each in self.main.rels.values() if each.reltype == kind), None)
        return _root(part) if part is not None else None

    def paragraphs(self) -> Iterator[tuple[str, str]]:
        """Yield each paragraph with its style."""
        body = list(self.blocks(self.body.find(qn("w:body"))))
        known = {words.strip() for words, _ in body}
        yield from ((words, style) for words, style in self.headers() if words.strip() not in known)
        yield from body
        seen = list(dict.fromkeys(self.notes))
        parts = {
            qn("w:footnoteReference"): (RT.FOOTNOTES, qn("w:footnote")),
            qn("w:endnoteReference"): (RT.ENDNOTES, qn("w:endnote")),
        }
        for name, (relation, tag) in parts.items():
            root = self.related(relation)
            notes = {note.get(qn("w:id")): note for note in root.iter(tag)} if root is not None else {}
            for kind, number in seen:
                if kind == name and number in notes:
                    yield from ((words, "footnote") for words, _ in self.blocks(notes[number]))

    def headers(self) -> Iterator[tuple[str, str]]:
        """Yield the header of the first page, and as `header` that of those that follow."""
        section = next(self.body.iter(qn("w:sectPr")), None)
        if section is None:
            return
        found = {each.get(qn("w:type")): each.get(qn("r:id")) for each in section.iter(qn("w:headerReference"))}
        apart = section.find(qn("w:titlePg")) is not None and "first" in found
        for kind in ("first", "default") if apart else ("default",):
            if found.get(kind) in self.main.rels:
                part = self.main.rels[found[kind]].target_part
                blocks = list(self.blocks(_root(part)))
                yield from ((words, "header" if apart and kind == "default" else style) for words, style in blocks)

    def blocks(self, holder: Any, style: str = "") -> Iterator[tuple[str, str]]:
        """Yield the paragraphs of a body, a cell, a note or a text box, in order."""
        for child in holder:
            if child.tag == qn("w:p"):
                yield from self.paragraph(child, style)
            elif child.tag == qn("w:tbl"):
                for cell in _cells(child):
                    yield from self.blocks(cell, "cell")
            elif child.tag in _HOLDERS or child.tag in (f"{_ALTERNATE}AlternateContent", f"{_ALTERNATE}Choice"):
                yield from self.blocks(child, style)

    def paragraph(self, paragraph: Any, style: str) -> Iterator[tuple[str, str]]:
        """Yield a paragraph, and those of the text boxes anchored in it."""
        properties = paragraph.find(qn("w:pPr"))
        name = self.numbering.style_name(properties)
        run = _Run()
        self.speak(paragraph, run)
        words = self.carried + "".join(run.words)
        self.carried = ""
        if properties is not None and properties.find(f"{qn('w:rPr')}/{qn('w:del')}") is not None:
            self.carried = words  # The mark that ends it is deleted: it goes on in the next one.
        elif not name.startswith("toc "):
            marker = self.numbering.marker(properties)
            words = _spaced(words)
            if name in ("title", "subtitle"):
                style = "title"
            elif _HEADING.match(name):
                style = "heading"
            elif marker:
                style = "item"
            if words:
                yield f"{marker} {words}" if marker else words, style
        for box in paragraph.iter(qn("w:txbxContent")):
            if not any(up.tag == f"{_ALTERNATE}Fallback" for up in box.iterancestors()) and _nearest(box) is paragraph:
                yield from self.blocks(box)

    def speak(self, node: Any, run: _Run) -> None:
        """Add the words below a node to the run: insertions with, deletions and hidden text without."""
        for child in node:
            tag = child.tag
            if tag in _SILENT or not isinstance(tag, str):
                if tag == qn("w:instrText") and run.fields:
                    run.fields[-1] += child.text or ""
            elif tag == qn("w:fldChar"):
                kind = child.get(qn("w:fldCharType"))
                if kind == "begin":
                    run.fields.append("")
                elif kind == "end" and run.fields:
                    run.fields.pop()
            elif tag == qn("w:r"):
                self.speak_run(child, run)
            elif run.silent or (tag == qn("w:fldSimple") and _PAGE_FIELD.match(child.get(qn("w:instr"), ""))):
                continue
            elif tag == qn("w:t") or tag.endswith("/math}t"):
                run.words.append(child.text or "")
            elif tag in _SPOKEN:
                run.words.append(_SPOKEN[tag])
            elif tag == qn("w:sym"):
                run.words.append(_LETTERS.get(child.get(qn("w:char"), "").upper(), ""))
            elif tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
                self.notes.append((tag, child.get(qn("w:id"))))
            else:
                self.speak(child, run)

    def speak_run(self, node: Any, run: _Run) -> None:
        """Add the words of one run of characters, unless it is hidden or is the mark of a footnote."""
        properties = node.find(qn("w:rPr"))
        raised = False
        if properties is not None:
            if (hidden := properties.find(qn("w:vanish"))) is not None and hidden.get(qn("w:val")) not in (
                "0",
                "false",
            ):
                return
            align = properties.find(qn("w:vertAlign"))
            raised = align is not None and align.get(qn("w:val")) == "superscript"
        own = _Run([], run.fields)
        self.speak(node, own)
        words = "".join(own.words)
        custom = any(
            note.get(qn("w:customMarkFollows")) in ("1", "true", "on")
            for name in ("w:footnoteReference", "w:endnoteReference")
            for note in node.iter(qn(name))
        )
        if not custom and not (raised and text.is_mark(words, "".join(run.words))):
            run.words.append(words)


def _root(part: Part) -> Any:
    return part.element if isinstance(part, XmlPart) else parse_xml(part.blob)


def _cells(table: Any) -> Iterator[Any]:
    """Yield the cells of a table, row by row; one that goes on from the row above is not told twice."""
    for row in table.iter(qn("w:tr")):
        if _nearest(row, "w:tbl") is table:
            for cell in row.iter(qn("w:tc")):
                merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                goes_on = merged is not None and merged.get(qn("w:val")) != "restart"
                if _nearest(cell, "w:tr") is row and not goes_on:
                    yield cell


def _nearest(node: Any, name: str = "w:p") -> Any:
    return next(node.iterancestors(qn(name)), None)


def _spaced(words: str) -> str:
    r"""Return a paragraph's words with its tabs as spaces: none first, one behind a marker, a gap between columns.

    >>> _spaced("\t1.\tUrges all"), _spaced("A/78/1\t\tDistr.: General")
    ('1. Urges all', 'A/78/1    Distr.: General')
    """
    return re.sub(r"\t+", "    ", _TYPED_MARKER.sub(r"\1 ", words.strip(" \t")))
