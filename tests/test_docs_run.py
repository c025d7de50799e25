"""What the pages show is what happens: their Python, commands, cards and Turtle are run or read, and compared."""

from __future__ import annotations

import contextlib
import io
import itertools
import os
import pty
import re
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

import atgraph
from atgraph import files, names, sources
from atgraph.derive import DERIVED
from atgraph.publish import columns

ROOT = Path(__file__).resolve().parents[1]
PAGES = (
    "README.md",
    "docs/data-model.md",
    "docs/lexicon.md",
    "docs/sources.md",
    "docs/tables.md",
    "docs/walkthrough.md",
)
_BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_RUN = ("console", "python", "sql", "text", "toml", "turtle")


class Block(NamedTuple):
    """A fenced block of a page: where it begins, what it is, what is in it."""

    place: str
    language: str
    text: str


def blocks(page: str) -> list[Block]:
    """Return the fenced blocks of a page, in order."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return [
        Block(f"{page}:{text.count(chr(10), 0, m.start()) + 1}", m[2], textwrap.dedent(m[3]))
        for m in _BLOCK.finditer(text)
    ]


def cells(page: str) -> list[tuple[Block, str]]:
    """Return the Python blocks of a page, each with what the text block behind it shows."""
    found = blocks(page)
    behind = [*found[1:], Block("", "", "")]
    return [
        (block, after.text if after.language == "text" else "")
        for block, after in zip(found, behind, strict=True)
        if block.language == "python"
    ]


def commands(block: Block) -> list[tuple[str, str]]:
    """Return the commands of a console block, each with what it is shown to print."""
    return [(part.partition("\n")[0], part.partition("\n")[2]) for part in re.split(r"(?m)^\$ ", block.text)[1:]]


def on_terminal(command: str, folder: Path) -> tuple[int, str]:
    """Return the exit code of a command and what it prints on a terminal of 100 columns."""
    ours, theirs = pty.openpty()
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    process = subprocess.Popen(
        command, shell=True, cwd=folder, stdout=theirs, env={**os.environ, "COLUMNS": "100", "PATH": path}
    )
    os.close(theirs)
    said = b""
    with contextlib.suppress(OSError):  # what Linux says when the other end is closed
        while chunk := os.read(ours, 65536):
            said += chunk
    os.close(ours)
    # The marks that keep right-to-left words in their column are not in the page.
    return process.wait(), said.decode().replace("\r\n", "\n").replace("\u200e", "")


def plain(text: str) -> str:
    """Return a text without the spaces that end its lines, and without the empty lines that end it."""
    return "\n".join(line.rstrip() for line in text.rstrip().split("\n"))


def fits(shown: str, said: str) -> bool:
    """Tell whether a page shows what was said; `…` stands for what a page leaves out: in a line, or whole lines."""
    pattern = re.escape(plain(shown)).replace("…", ".*")
    return re.fullmatch(re.sub(r"(?m)^\.\*$", r"(?:.*\\n?)*", pattern), plain(said)) is not None


@pytest.mark.parametrize("page", [page for page in PAGES if cells(page)])
def test_the_cells_of_a_page_print_what_it_shows(page: str, dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(dist.parent)
    space: dict[str, Any] = {}
    for block, shown in cells(page):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(block.text, block.place, "exec"), space)

        assert plain(printed.getvalue()) == plain(shown), block.place


def test_the_sql_of_a_page_gives_the_rows_it_shows(dist: Path) -> None:
    found = [block for block in blocks("docs/tables.md") if block.language in ("sql", "text")]
    asked = [(one, after) for one, after in itertools.pairwise(found) if one.language == "sql"]
    assert asked
    for block, shown in asked:
        rows = sqlite3.connect(dist / "atgraph.sqlite").execute(block.text).fetchall()

        assert plain("\n".join(" | ".join(map(str, row)) for row in rows)) == plain(shown.text), block.place


def test_the_page_of_tables_names_each_of_them(dist: Path) -> None:
    page = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")

    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == [card["name"] for card in columns.definitions()]
    assert len(list((dist / "tables").glob("*.csv"))) == 20
    assert "the same twenty tables" in page


def test_the_commands_of_the_readme_print_what_it_shows(tmp_path: Path) -> None:
    consoles = [block for block in blocks("README.md") if block.language == "console"]
    for block in consoles:
        for command, shown in commands(block):
            code, said = on_terminal(command, tmp_path)

            assert code == 0, f"{block.place}: {command}"
            assert fits(shown, said), f"{block.place}: {command} prints\n{said}"


def test_the_readme_shows_both_commands_and_they_are_there() -> None:
    shown = {
        word for b in blocks("README.md") if b.language == "sh" for word in re.findall(r"^make (\w+)", b.text, re.M)
    }
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    assert shown == {"build", "test"}
    assert shown <= set(targets)


def test_the_readme_names_every_file_of_dist(dist: Path) -> None:
    table = (ROOT / "README.md").read_text(encoding="utf-8").split("## What is in `dist/`")[1].split("\n## ")[0]

    shown = {
        name.rstrip("/") for row in re.findall(r"^\| (.+?) \|", table, re.M) for name in re.findall(r"`(.+?)`", row)
    }
    assert shown == {path.name for path in dist.iterdir()}


def test_the_turtle_of_the_data_model_is_in_the_graph(graph: atgraph.Graph) -> None:
    prefixes = "".join(f"@prefix {name}: <{space}> .\n" for name, space in names.PREFIXES.items())
    built = set(graph.dataset.triples())
    for block in blocks("docs/data-model.md"):
        if block.language == "turtle":
            shown = {quad.triple for quad in parse(prefixes + block.text, RdfFormat.TURTLE)}

            assert shown
            assert shown <= built, [str(triple) for triple in shown - built]


@pytest.mark.parametrize("page", [*PAGES, *(str(p.relative_to(ROOT)) for p in (ROOT / "docs/decisions").glob("*.md"))])
def test_every_term_that_a_page_names_is_in_the_graph(page: str, graph: atgraph.Graph) -> None:
    text = re.sub(r"```python.*?```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    ours = [name for name, space in names.PREFIXES.items() if space.startswith(names.BASE) and name != "ats"]
    named = re.findall(rf"(?<![\w./])(?:{'|'.join(ours)}):[A-Za-z0-9][\w-]*(?:\.[\w-]+)*", text)

    known = {DERIVED, *graph.dataset.graphs()}
    gone = [name for name in named if names.iri(name) not in known and not graph.dataset.contains_iri(names.iri(name))]
    assert gone == []


def test_the_card_and_the_review_on_the_page_of_sources_are_read(tmp_path: Path) -> None:
    card, difference, review = (block.text for block in blocks("docs/sources.md") if block.language == "toml")
    folder = Path(shutil.copytree(files.data() / "sources" / "gof-2024", tmp_path / "gof-2024"))
    (folder / "source.toml").write_text(f"{card}\n{difference}", encoding="utf-8")
    (folder / "review.toml").write_text(review, encoding="utf-8")

    source = sources.read_source(folder)
    assert source.card.differences[0].keys() == {"what", "why"}
    decision = source.reviews[0]
    assert (decision.kind, decision.value, decision.paragraph, decision.order) == (
        "add-addressee",
        "member-states",
        "annex.8",
        1,
    )
    addressees = {q.object for q in source.quads if q.predicate == NamedNode(f"{names.ONTOLOGY}isAddressedTo")}
    assert names.thing("actor-class", "member-states") in addressees


@pytest.mark.parametrize("page", PAGES)
def test_no_block_is_of_a_kind_that_no_test_knows(page: str) -> None:
    other = {block.language for block in blocks(page)} - {*_RUN, "mermaid", "sh"}

    assert other == set()


def test_decisions_are_short() -> None:
    for path in (ROOT / "docs" / "decisions").glob("*.md"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 20, path.name
