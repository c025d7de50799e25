"""What a machine can hold the pages to: everything is on one, and nothing on them is gone."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from atgraph import cli, errors, lint, queries

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
}
ALL = "\n".join(PAGES.values())
COMMANDS = set(cli.cli.commands)
ERRORS = [kind for kind in vars(errors).values() if inspect.isclass(kind) and issubclass(kind, errors.AtgraphError)]
SLUGS = {kind("").slug: kind for kind in ERRORS}


def test_every_error_has_its_heading_in_the_order_of_the_tree_and_no_other_has() -> None:
    headings = re.findall(r"^## (.+)$", PAGES["docs/errors.md"], re.MULTILINE)

    assert headings == list(SLUGS)


@pytest.mark.parametrize("slug", sorted(SLUGS))
def test_an_error_page_says_the_exit_code(slug: str) -> None:
    section = PAGES["docs/errors.md"].split(f"## {slug}\n")[1].split("\n## ")[0]

    if slug != "atgraph-error":
        assert f"Exit code {SLUGS[slug].exit_code}" in section


def test_every_command_has_its_heading() -> None:
    headings = re.findall(r"^## atgraph (.+)$", PAGES["docs/commands.md"], re.MULTILINE)

    assert set(headings) == COMMANDS


@pytest.mark.parametrize("page", sorted(PAGES))
def test_no_page_names_a_command_that_is_gone(page: str) -> None:
    named = re.findall(r"(?:^|`|\$ )atgraph ([a-z]+)\b", PAGES[page], re.MULTILINE)

    assert set(named) <= COMMANDS


@pytest.mark.parametrize("page", sorted(PAGES))
def test_no_page_asks_a_question_that_is_gone(page: str) -> None:
    named = re.findall(r"\batgraph ask ([a-z][a-z0-9-]+)|\bask\(\"([a-z0-9-]+)\"", PAGES[page])
    described = re.findall(r"\batgraph ask --describe ([a-z][a-z0-9-]+)", PAGES[page])

    assert {one or other for one, other in named} | set(described) <= set(queries.questions())


def test_no_help_names_a_question_that_is_gone() -> None:
    helps = "\n".join(str(command.help) for command in cli.cli.commands.values())

    assert set(re.findall(r"atgraph ask ([a-z][a-z-]+)", helps)) <= set(queries.questions())


def test_the_page_of_questions_is_what_the_command_lists() -> None:
    page = PAGES["docs/questions.md"]

    assert page.endswith(cli._questions().format("md")), "run `make docs`"


@pytest.mark.parametrize("page", sorted(PAGES))
def test_no_option_is_shown_that_no_command_has(page: str) -> None:
    options = {word for command in cli.cli.commands.values() for each in command.params for word in each.opts}
    options |= {word for each in cli.cli.params for word in each.opts} | {"--help", "-h", "--version"}
    options |= {f"--{name}" for question in queries.questions().values() for name in question.parameters}

    used = {
        word
        for line in re.findall(r"(?:^|`)atgraph [^`\n]*", PAGES[page], re.MULTILINE)
        for word in re.findall(r"(?<=\s)--[a-z][a-z-]*", line)
    }
    assert used <= options


@pytest.mark.parametrize("page", sorted(PAGES))
def test_links_between_pages_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", PAGES[page]):
        assert ((ROOT / page).parent / target).exists(), target


def test_the_page_of_rules_is_what_the_command_lists() -> None:
    page = PAGES["docs/lint.md"]

    assert page.endswith(lint.listing().format("md")), "run `make docs`"
