"""A file or a stream comes in; its lines go out, with what is known of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path, PurePath

from atgraph.errors import TextError
from atgraph.model import Content, Line
from atgraph.readers import encodings, text

_OCR = "run optical character recognition (OCR) on it and give the text"
_SAVE = "open it in a word processor and save it as DOCX"
_REFUSED = (
    (
        rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1(?s:.*)E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e",
        "an encrypted document",
        "save it without a password",
    ),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an old office format (such as .doc)", _SAVE),
    (rb"\{\\rtf", "RTF", _SAVE),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*|RIFF....WEBP|\0\0\0\x0cjP", "an image", _OCR),
    (rb"%!PS", "PostScript", "convert it to PDF"),
    (rb"\x1f\x8b|7z\xbc\xaf\x27\x1c|Rar!|BZh|\xfd7zXZ", "a compressed file", "unpack it"),
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_FRAGMENT = re.compile(r"\s*<(?:meta|title|main|article|section|div|p|h[1-6]|[ou]l|table)\b[^>]*>", re.I)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|\[\^\w+\]: )|\A---\n[\s\S]{,5000}?\n---\n", re.M)
# What a page says of its own encoding stands in its first bytes, in ASCII.
_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]+encoding\s*=\s*[\"']([\w-]+)", re.I)
# No Arabic word begins with ta marbuta or alef maqsura, and many end with one: a mirrored text has it the other way.
_ENDS_WELL = re.compile(r"[ةى](?=[\s.،؛]|$)", re.M)
_BEGINS_BADLY = re.compile(r"(?:^|(?<=\s))[ةى]", re.M)


def read(source: Path | bytes, where: str = "") -> Content:
    """Return the lines of a document, composed (NFC), without invisible characters, and what it was written in.

    The format is told by what the bytes are, and by the name in `where` only between text, Markdown and pieces of
    HTML. Raises TextError when it cannot be read, is of no format that is read here, is empty, or came out mirrored.
    """
    where = where or (str(source) if isinstance(source, Path) else "standard input")
    content = _content(_bytes(source, where), where)
    words = "\n".join(line.text for line in content.lines)
    if not words.strip():
        raise TextError("the text is empty", where=where, remedy="give a file that holds the words of a document")
    if ("ة" in words or "ى" in words) and len(_BEGINS_BADLY.findall(words)) > len(_ENDS_WELL.findall(words)) + 2:
        raise TextError(
            "the Arabic is mirrored: its letters stand in visual order",
            where=where,
            remedy="extract the text again with a tool that keeps logical order",
        )
    return content


def _content(content: bytes, where: str) -> Content:
    # Each format's library is loaded where a document needs it, so that plain text and --help cost none of them.
    for pattern, what, remedy in _REFUSED:
        if re.match(pattern, content[: 1 << 16]):
            raise TextError(f"it is {what}, which is not read here", where=where, remedy=remedy)
    if content[:1024].lstrip().startswith(b"%PDF-"):
        from atgraph.readers import pdf

        return Content(tuple(pdf.lines(content, where)), "pdf")
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from atgraph.readers import docx

        return Content(tuple(docx.lines(content, where)), "docx")
    declared = _DECLARED.search(content[:4096])
    told = (declared[1] or declared[2]).decode() if declared else ""
    words, encoding = encodings.decode(content, where, told)
    kind = _kind(words, PurePath(where).suffix.lower())
    found: Iterable[Line]
    language = ""
    if kind == "html":
        from atgraph.readers import html

        found, language = html.lines(words, where)
    elif kind == "markdown":
        from atgraph.readers import markdown

        found = markdown.lines(words, where)
    else:
        found = text.lines(words)
    return Content(tuple(found), kind, encoding, language)


def _kind(words: str, suffix: str) -> str:
    """Return whether a text is HTML, Markdown or plain, by what it holds; where that leaves it open, by its name.

    >>> _kind("<!DOCTYPE html><p>…", ".txt"), _kind("# One", ".md"), _kind("# One", ""), _kind("# One", ".txt")
    ('html', 'markdown', 'markdown', 'text')
    """
    if _HTML.match(words) or suffix in (".html", ".htm", ".xhtml"):
        return "html"
    if suffix in (".md", ".markdown"):
        return "markdown"
    if _FRAGMENT.match(words):
        return "html"
    marked = "#" in words or "[^" in words or words.startswith("---")
    return "markdown" if not suffix and marked and _MARKDOWN.search(words) else "text"


def _bytes(source: Path | bytes, where: str) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        return source.read_bytes()
    except OSError as error:
        raise TextError(
            f"the file cannot be read ({error.strerror})", where=where, remedy="check its name and its permissions"
        ) from error
