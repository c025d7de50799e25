"""The house: a module imports only from floors below its own, opens with a sentence, and declares what it needs."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "atgraph"

HOUSE = [
    # foundation
    "errors",
    "names",
    "files",
    "settings",
    "model",
    "dates",
    "folding",
    # reading
    "readers",
    "layout",
    "sentences",
    "masthead",
    "document",
    # understanding
    "lexicon",
    "cues",
    "mentions",
    "contexts",
    "turns",
    "clauses",
    "speakers",
    "addressees",
    "links",
    "provisions",
    "extraction",
    # writing
    "turtle",
    "tables",
    "reviews",
    "assemble",
    "sources",
    "draft",
    "pairs",
    # hall
    "sparql",
    "store",
    "queries",
    "derive",
    "check",
    "ask",
    "explain",
    "evaluate",
    # doors
    "publish",
    "build",
    "compare",
    "lint",
    "verify",
    "remote",
    "serve",
    "__init__",
    "cli",
    "__main__",
]
"""A module may import only modules above it in this list, and those of its own package."""

MODULES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    """Return the name in the list that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[tuple[str, str]]:
    """Return the modules a file imports, each as package and the name in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {(name.name.partition(".")[0], name.name.partition(".")[2]) for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            top, _, rest = str(node.module).partition(".")
            found |= {(top, rest or name.name) for name in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_stands_below_it(path: Path) -> None:
    own = room(path)
    rooms = {each.name.removesuffix(".py") for each in PACKAGE.iterdir()}
    used = {name.partition(".")[0] for top, name in imports(path) if top == "atgraph"}
    # A name that is no module is the facade's; its version is everyone's.
    used = {name if name in rooms else "__init__" for name in used if name != "__version__"}

    assert own in HOUSE, f"{own} has no place in the list"
    above = [name for name in sorted(used - {own}) if HOUSE.index(name) > HOUSE.index(own)]
    assert above == [], f"{own} imports what stands above it"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_opens_with_one_sentence(path: Path) -> None:
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))

    assert words, f"{path} has no docstring"
    first = words.split("\n\n")[0]
    assert re.fullmatch(r"[^\n]+\.", first), f"{path}: the first paragraph is one line that ends in a full stop"


def test_everything_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[^\w-]", name)[0].lower().replace("_", "-") for name in project["dependencies"]}
    owners = importlib.metadata.packages_distributions()
    used = {top for path in MODULES for top, _ in imports(path)} - set(sys.stdlib_module_names) - {"atgraph"}

    needed = {owner.lower().replace("_", "-") for top in used for owner in owners.get(top, [top])}
    assert needed - declared == set(), "imported and not declared"
    assert declared - needed == set(), "declared and not imported"
