"""Names, attributes and content come in, HTML goes out: text escaped, runs of another direction isolated."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

_RUNS = {
    # Latin words and code inside Arabic, with what joins them.
    "ar": re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[ .:/_@^#“”-]*[A-Za-z0-9]+)*"),
    # Arabic words inside English.
    "en": re.compile(r"[\u0600-\u06ff]+(?:[ ،]+[\u0600-\u06ff]+)*"),
}
_VOID = {"link", "meta"}


class Markup(str):
    """A piece of HTML, which is not escaped again."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: str) -> Markup:
    """Return an element; text is escaped, empty attributes are left out, underscores in their names become hyphens.

    >>> tag("a", "R & D", href="#x", class_="y")
    '<a href="#x" class="y">R &amp; D</a>'
    """
    head = name
    for key, value in attributes.items():
        if value:
            head += f' {key.rstrip("_").replace("_", "-")}="{html.escape(value)}"'
    return Markup(f"<{head}>" if name in _VOID else f"<{head}>{joined(children, '')}</{name}>")


def joined(parts: Sequence[str], between: str = ", ") -> Markup:
    """Return pieces with something between them."""
    return Markup(between.join([part if type(part) is Markup else html.escape(part, quote=False) for part in parts]))


def code(value: str) -> Markup:
    """Return a name or an IRI as code, isolated, since it reads from left to right on any page."""
    return tag("bdi", tag("code", value, translate="no"), dir="ltr")


def words(value: str, language: str, page: str) -> Markup:
    """Return a text in a language for a page in `en` or `ar`: marked where the languages differ, its runs isolated.

    >>> words("قابل للقراءة في RDF", "ar", "ar")
    'قابل للقراءة في <bdi lang="en" dir="ltr">RDF</bdi>'
    >>> words("نحث", "ar", "en")
    '<bdi lang="ar" dir="rtl">نحث</bdi>'
    """
    pattern = _RUNS.get("ar" if language == "ar" else "en")
    assert pattern is not None
    other = {"lang": "en", "dir": "ltr"} if language == "ar" else {"lang": "ar", "dir": "rtl"}
    parts, at = [], 0
    for match in pattern.finditer(value):
        parts += [value[at : match.start()], tag("bdi", match[0], **other)]
        at = match.end()
    inside = joined([*parts, value[at:]], "")
    if language == page:
        return inside
    return tag("bdi", inside, lang=language, dir="rtl" if language == "ar" else "ltr")
