"""A page of HTML comes in; the lines of its text go out, with what its elements say of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from atgraph.errors import TextError
from atgraph.model import Line
from atgraph.readers import text
from atgraph.readers.numerals import numeral

_BEFORE = 8
"""The last letters before a mark stand in as many pieces of a paragraph."""
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody td tfoot th thead"
    " tr ul".split()
)
_STYLES = {"h1": "title", **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading"), "td": "cell", "th": "cell"}
_NO_TEXT = frozenset(
    "head script style noscript template svg math iframe object audio video canvas button select textarea input"
    " datalist label rp rt map".split()
)
_CHROME = frozenset("nav header footer aside form".split())
_CHROME_ROLES = frozenset("navigation banner contentinfo complementary search dialog".split())
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.I)
_NUMERALS = {
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "arabic-indic": "hindiNumbers",
    "cjk-decimal": "chineseCounting",
    "simp-chinese-informal": "chineseCounting",
    "none": "none",
}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(none|[a-z]+-[a-z-]+)", re.I)
_OWN_MARKER = re.compile(r"(?:[(（]?\w{1,3}[.)）．、]|[•–—-])\s")
_NOTE = re.compile(
    r"doc-(?:footnote|endnotes?)|\bfoot-?notes?\b|\bendnotes?\b|mso-element:(?:foot|end)note-list|Mso(?:Foot|End)noteText",
    re.I,
)
_REFERENCE = re.compile(r"doc-(?:noteref|backlink)|\b(?:foot|end)note-(?:ref|backref|anchor)|noteref", re.I)
_RTL = re.compile(r"[\u0590-\u08ff]")


def lines(page: str, where: str) -> tuple[list[Line], str]:
    """Return the lines of what the page is about, and the language that it says it is in.

    Menus, mastheads of the site, forms and what is hidden are left out; where there is one `main` or one `article`,
    only that is read. Raises TextError where the page holds no element.
    """
    try:
        root = document_fromstring(page.encode(), parser=HTMLParser(encoding="utf-8", huge_tree=True))
        found = list(text.paragraphs(_Walk().paragraphs(_content(root))))
    except (etree.LxmlError, ValueError) as error:
        raise TextError(f"the HTML cannot be parsed ({error})", where=where, remedy="save the page again") from error
    return found, str(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[:2].lower()


def _content(root: HtmlElement) -> HtmlElement:
    """Return the one element that holds what the page is about."""
    for path in (".//main|.//*[@role='main']", ".//article"):
        found = root.xpath(path)
        if len(found) == 1 and len(found[0].text_content().strip()) > 40:
            return found[0]
    return root


@dataclass
class _List:
    """A list that is being read: the kind of its numerals, the number of its next item, and how that goes on."""

    kind: str
    number: int = 1
    step: int = 1


@dataclass
class _Walk:
    """What is known at one place of the page while its elements go by."""

    words: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=lambda: [""])
    lists: list[_List] = field(default_factory=list)
    marker: str = ""

    def paragraphs(self, top: HtmlElement) -> Iterator[tuple[str, str]]:
        r"""Yield each paragraph with its style, in the order of the page; `\v` stands where a line is broken."""
        preformatted = 0
        walker = etree.iterwalk(top, events=("start", "end", "comment", "pi"))
        skipped: set[HtmlElement] = set()
        for event, node in walker:
            name = node.tag if isinstance(node.tag, str) else ""
            if event == "start":
                if name in _BLOCKS or (name == "a" and _is_note_body(node)):
                    yield from self._flush()
                if node is not top and (_is_left_out(node, name, top) or self._is_reference(node, name)):
                    walker.skip_subtree()
                    skipped.add(node)
                    continue
                self._open(node, name)
                preformatted += name == "pre"
                self._say(node.text, node, preformatted)
                continue
            if event == "end" and node not in skipped:
                if name in _BLOCKS:
                    yield from self._flush()
                self._close(name)
                preformatted -= name == "pre"
            skipped.discard(node)
            if node is not top:
                self._say(node.tail, node.getparent(), preformatted)
        yield from self._flush()

    def _say(self, words: str | None, parent: HtmlElement, preformatted: int) -> None:
        if words and parent.tag == "bdo":
            # What is overridden is shown in the order it is stored in; read as its letters run, it is the other way.
            words = words[::-1] if (parent.get("dir") == "ltr") == bool(_RTL.search(words)) else words
        if words:
            self.words.append(words.replace("\n", "\v") if preformatted else words)

    def _flush(self) -> Iterator[tuple[str, str]]:
        words = text.unwrapped("".join(self.words))
        self.words = []
        if words.strip():
            marker = "" if self.marker == "• " and _OWN_MARKER.match(words.strip()) else self.marker
            style = "item" if self.marker and self.styles[-1] != "footnote" else self.styles[-1]
            self.marker = ""
            for number, part in enumerate(re.split(r"\v\s*\v[\s\v]*", words.strip())):
                yield ("" if number else marker) + part, style

    def _open(self, node: HtmlElement, name: str) -> None:
        note = _NOTE.search(" ".join(node.get(each, "") for each in ("role", "class", "style", "epub:type")))
        self.styles.append(
            "footnote" if note else _STYLES.get(name, self.styles[-1]) if not self._in_note else "footnote"
        )
        if name == "br":
            self.words.append("\v")
        elif name in ("ul", "ol"):
            self.lists.append(_opened(node, name))
        elif name == "li" and self.lists:
            self.marker = "" if self._in_note else _marker(self.lists[-1], node.get("value", ""))

    def _close(self, name: str) -> None:
        self.styles.pop()
        if name in ("ul", "ol"):
            self.lists.pop()
        if name == "li":
            self.marker = ""

    @property
    def _in_note(self) -> bool:
        return self.styles[-1] == "footnote"

    def _is_reference(self, node: HtmlElement, name: str) -> bool:
        """Tell whether an element is the mark of a footnote, at the text or at the note itself."""
        if name not in ("a", "sup", "span"):
            return False
        if _REFERENCE.search(" ".join(node.get(each, "") for each in ("role", "class", "epub:type"))):
            return True
        words = "".join(node.itertext()).strip()
        to_note = name == "a" and node.get("href", "").startswith("#")
        if to_note and (words[:1] in "[↩^" or self._in_note or node.find("sup") is not None):
            return re.fullmatch(r"[\[(]?(?:\w{1,4}|[*†‡§^↩\ufe0e]+)[\])]?", words) is not None
        if name != "sup":
            return False
        before = "".join(self.words[-_BEFORE:])
        linked = node.find("a") is not None
        return text.is_mark(words, before) or (linked and len(words) < 6) or (self._in_note and not before)


def _is_note_body(node: HtmlElement) -> bool:
    return bool(_NOTE.search(node.get("role", "")))


def _is_left_out(node: HtmlElement, name: str, top: HtmlElement) -> bool:
    """Tell whether an element is hidden, holds no text, or is of the site and not of the page."""
    if name in _NO_TEXT or node.get("hidden") is not None or _HIDDEN.search(node.get("style", "")):
        return True
    if name == "aside" and _is_note_body(node):
        return False
    if name == "form":  # Some servers wrap whole pages in one.
        return node.find(".//p") is None
    if name in ("header", "footer"):  # Those of an article are its own title and signature.
        return top.tag not in ("main", "article") and not any(up.tag == "article" for up in node.iterancestors())
    return name in _CHROME or node.get("role", "") in _CHROME_ROLES


def _opened(node: HtmlElement, name: str) -> _List:
    style = _LIST_STYLE.search(node.get("style", ""))
    kind = style[1].lower() if style else node.get("type", "")
    if name == "ul":
        return _List("none" if kind == "none" else "bullet")
    items = len(node.findall("li"))
    backwards = node.get("reversed") is not None
    return _List(
        _NUMERALS.get(kind, "decimal"),
        _number(node.get("start", ""), items if backwards else 1),
        -1 if backwards else 1,
    )


def _marker(items: _List, value: str) -> str:
    """Return the marker of the list's next item as UN documents print it: “1. ”, “(a) ”, “IV. ”, “• ”."""
    if items.kind in ("none", "bullet"):
        return "• " if items.kind == "bullet" else ""
    number = _number(value, items.number)
    items.number = number + items.step
    words = numeral(number, items.kind)
    return f"({words}) " if items.kind in ("lowerLetter", "lowerRoman") else f"{words}. "


def _number(words: str, otherwise: int) -> int:
    return int(words) if re.fullmatch(r"-?\d{1,9}", words.strip()) else otherwise
