"""A Markdown text comes in; its lines go out, as those of the page that it makes."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from atgraph.model import Line
from atgraph.readers import html


def lines(content: str, where: str) -> list[Line]:
    """Return the lines of a Markdown text (CommonMark with tables, footnotes and front matter); markup is dropped."""
    parser = MarkdownIt("commonmark").enable("table").use(footnote_plugin).use(front_matter_plugin)
    tokens = parser.parse(content.lstrip("\ufeff"))
    for start, token in enumerate(tokens):
        if token.type == "ordered_list_open":
            _number(tokens, start)
    return html.lines(f"<main>{parser.renderer.render(tokens, parser.options, {})}</main>", where)[0]


def _number(tokens: list[Token], start: int) -> None:
    """Give the items of a list the numbers they are written with, which HTML would count anew.

    Where each is written with the same number, its author leaves the counting to Markdown.
    """
    items = []
    for at in range(start + 1, len(tokens)):
        token = tokens[at]
        if token.type == "ordered_list_close" and token.level == tokens[start].level:
            break
        if token.type == "list_item_open" and token.level == tokens[start].level + 1:
            items.append(token)
    if len({item.info for item in items}) > 1:
        for item in items:
            item.attrSet("value", item.info)
