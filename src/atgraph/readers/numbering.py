"""A DOCX's styles and numbering come in; each paragraph's style and the marker that is printed before it go out."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml.ns import qn

from atgraph.readers.numerals import numeral

_BULLETS = "•●▪◦‣–—-"


class Numbering:
    """Counts the automatic lists of one document; ask it once for each paragraph, in the order of the text."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        found = {} if styles is None else {each.get(qn("w:styleId")): each for each in styles.iter(qn("w:style"))}
        self.styles: dict[str, Any] = found
        self.lists: dict[str, Any] = {}
        self.abstract: dict[str, Any] = {}
        if numbering is not None:
            self.lists = {each.get(qn("w:numId")): each for each in numbering.iter(qn("w:num"))}
            self.abstract = {each.get(qn("w:abstractNumId")): each for each in numbering.iter(qn("w:abstractNum"))}
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()

    def style_name(self, properties: Any) -> str:
        """Return the name of a paragraph's style, which is English in lower case whatever the program's language."""
        style = self.styles.get(_value(properties, "w:pStyle"))
        return _value(style, "w:name").lower()

    def marker(self, properties: Any) -> str:
        """Return a paragraph's marker and count it; empty where it has none."""
        number, level = self._place(properties)
        abstract = self._abstract(number)
        if abstract is None:
            return ""
        levels = self._levels(number, abstract)
        if level not in levels:
            return ""
        counts = self._count(number, abstract.get(qn("w:abstractNumId")), level, levels)
        kind, words = _value(levels[level], "w:numFmt", "decimal"), _value(levels[level], "w:lvlText")
        if kind == "bullet":
            return words if words and words in _BULLETS else "•" if words else ""
        legal = levels[level].find(qn("w:isLgl")) is not None

        def printed(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            if place not in levels:
                return ""
            own = _value(levels[place], "w:numFmt", "decimal")
            return numeral(counts.get(place, _start(levels[place])), "decimal" if legal else own)

        return re.sub(r"%([1-9])", printed, words).strip()

    def _place(self, properties: Any) -> tuple[str, int]:
        """Return the list and the level that a paragraph, or its style, is in."""
        level, style = "", _value(properties, "w:pStyle")
        passed: set[str] = set()
        while True:
            numbers = properties.find(qn("w:numPr")) if properties is not None else None
            level = level or _value(numbers, "w:ilvl")
            if number := _value(numbers, "w:numId"):
                return number, int(level or self._level_of(number, passed))
            if style in passed or style not in self.styles:
                return "", 0
            passed.add(style)
            properties, style = self.styles[style].find(qn("w:pPr")), _value(self.styles[style], "w:basedOn")

    def _level_of(self, number: str, styles: set[str]) -> int:
        """Return the level that a style of those given is tied to."""
        abstract = self._abstract(number)
        for each in abstract.iter(qn("w:lvl")) if abstract is not None else ():
            if _value(each, "w:pStyle") in styles:
                return int(each.get(qn("w:ilvl"), 0))
        return 0

    def _abstract(self, number: str) -> Any:
        """Return the definition of a list, also where it is that of a style of lists."""
        found = self.abstract.get(_value(self.lists.get(number), "w:abstractNumId"))
        link = _value(found, "w:numStyleLink")
        if link:
            return next((each for each in self.abstract.values() if _value(each, "w:styleLink") == link), found)
        return found

    def _levels(self, number: str, abstract: Any) -> dict[int, Any]:
        levels = {int(each.get(qn("w:ilvl"))): each for each in abstract.iter(qn("w:lvl"))}
        own = {int(each.get(qn("w:ilvl"))): each for each in self.lists[number].iter(qn("w:lvl"))}
        return levels | own

    def _count(self, number: str, abstract: str, level: int, levels: dict[int, Any]) -> dict[int, int]:
        """Return the counts of all levels with this paragraph; lists of one definition go on from one another."""
        counts = self.counts.setdefault(abstract, {})
        for override in self.lists[number].iter(qn("w:lvlOverride")):
            place, start = int(override.get(qn("w:ilvl"))), _value(override, "w:startOverride")
            if start and place == level and (number, place) not in self.begun:
                counts[place] = int(start) - 1
        self.begun.add((number, level))
        counts[level] = counts.get(level, _start(levels[level]) - 1) + 1
        for deeper in [place for place in counts if place > level]:
            restart = _value(levels.get(deeper), "w:lvlRestart")
            if restart != "0" and (not restart or level < int(restart)):
                del counts[deeper]
        return counts


def _start(level: Any) -> int:
    return int(_value(level, "w:start", "1"))


def _value(node: Any, name: str, otherwise: str = "") -> str:
    """Return the value of a node's child of that name."""
    child = node.find(qn(name)) if node is not None else None
    return str(child.get(qn("w:val"), otherwise)) if child is not None else otherwise
