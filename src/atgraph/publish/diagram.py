"""Classes and the links between them come in, one SVG drawing of the heart of the ontology goes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from atgraph.publish.html import Markup, tag

_WIDTH, _HEIGHT = 1140, 500
_BOX = (156, 50)
_LINE = 17
_PLACES = {
    "Reading": (90, 45),
    "Passage": (90, 210),
    "Expression": (90, 445),
    "Provision": (440, 210),
    "Paragraph": (265, 325),
    "Document": (440, 445),
    "Theme": (790, 45),
    "Act": (790, 145),
    "Strength": (1050, 145),
    "Actor": (790, 290),
    "TreatyAction": (790, 445),
}
"""Where the middle of each box stands, left to right: laid out by hand so that no line crosses a box."""


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """That things of one class are linked to things of another by a property, all three as local names."""

    source: str
    property: str
    target: str


def heart(links: Iterable[Link]) -> list[Link]:
    """Return those links that the drawing shows, in its order."""
    return sorted(
        {link for link in links if {link.source, link.target} <= _PLACES.keys() and link.source != link.target}
    )


def svg(links: Iterable[Link], label: Callable[[str], str], title: str, description: str, language: str) -> Markup:
    """Return the drawing, with what `label` says for a local name; for Arabic it runs from right to left."""
    mirrored = language == "ar"
    places = {name: (_WIDTH - x if mirrored else x, y) for name, (x, y) in _PLACES.items()}
    between: dict[tuple[str, str], list[str]] = defaultdict(list)
    for link in heart(links):
        between[link.source, link.target].append(link.property)
    parts = [tag("title", title, id="drawing-title"), tag("desc", description, id="drawing-description"), _ARROW]
    captions = []
    for (source, target), names in sorted(between.items()):
        start, end = places[source], places[target]
        (x1, y1), (x2, y2) = _border(start, end), _border(end, start)
        parts.append(tag("line", x1=_n(x1), y1=_n(y1), x2=_n(x2), y2=_n(y2), marker_end="url(#arrow)"))
        top = (y1 + y2) / 2 - _LINE * (len(names) - 1) / 2 + 5
        rows = [
            tag("text", label(name), x=_n((x1 + x2) / 2), y=_n(top + _LINE * row), class_="caption")
            for row, name in enumerate(names)
        ]
        captions += rows
    for name, (x, y) in places.items():
        box = tag("rect", x=_n(x - _BOX[0] / 2), y=_n(y - _BOX[1] / 2), width=_n(_BOX[0]), height=_n(_BOX[1]), rx="8")
        caption = tag("text", label(name), x=_n(x), y=_n(y - 3), class_="box")
        code = tag("text", name, x=_n(x), y=_n(y + 16), class_="name", lang="en", direction="ltr")
        captions += [box, caption, code]
    return tag(
        "svg",
        *parts,
        *captions,
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        role="img",
        aria_labelledby="drawing-title drawing-description",
        direction="rtl" if mirrored else "ltr",
    )


_ARROW = tag(
    "defs",
    tag(
        "marker",
        tag("path", d="M0 0 L8 4 L0 8 z"),
        id="arrow",
        viewBox="0 0 8 8",
        refX="8",
        refY="4",
        markerWidth="8",
        markerHeight="8",
        orient="auto",
    ),
)


def _border(inner: tuple[float, float], outer: tuple[float, float]) -> tuple[float, float]:
    """Return where the line from the middle of a box to another point leaves the box, and a little beyond."""
    dx, dy = outer[0] - inner[0], outer[1] - inner[1]
    half = (_BOX[0] / 2 + 3, _BOX[1] / 2 + 3)
    share = min(half[0] / abs(dx) if dx else 1, half[1] / abs(dy) if dy else 1)
    return inner[0] + dx * share, inner[1] + dy * share


def _n(value: float) -> str:
    """Return a coordinate, the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")
