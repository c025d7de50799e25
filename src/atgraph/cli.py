"""Words come in from a shell, the library's answers and an exit code go out; there is no other logic here."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import atgraph
from atgraph.errors import AtgraphError, FindingsError, UnreadableError, UsageError, WriteError

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from atgraph.ask import Table
    from atgraph.extraction import Extraction

# Named here and not imported, since reading them from their modules would cost every command its start.
TABLES = ("table", "csv", "json", "md")
EXPORTS = ("ttl", "trig", "nq", "nt", "jsonld", "rdf")
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")

_NOTHING_FOUND = "check that it is the text of a statement; a verb that is not known is added as docs/lexicon.md says"

_VALUES = {
    "date": "a year, a month or a day: 2025, 2025-07 or 2025-07-30",
    "document": "its slug, such as untoc, its UN symbol, such as A/RES/68/192, or its title",
    "language": f"one of {', '.join(LANGUAGES)}",
    "number": "a whole number",
    "provision": "what stands behind provision: in an answer, such as gof-2024.annex.8.1",
    "state": "its code of three letters, such as BHR, or its name in any of the languages",
    "text": "any words",
    "thing": "a short name, such as body:unodc, or an IRI",
    "year": "a year, such as 2025",
}
"""What `ask --describe` says of the kinds of values; of all others a slug or a name is given."""

_data = click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=atgraph.BUILT,
    show_default=True,
    help="The graph to use: a file or folder of RDF.",
)
_root = click.option(
    "--root",
    type=click.Path(path_type=Path),
    envvar="ATGRAPH_ROOT",
    show_envvar=True,
    help="A folder of yours, with sources in data/sources/ and, if need be, settings in atgraph.toml.",
)
_endpoint = click.option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint and not the local graph.")
_timeout = click.option("--timeout", type=click.FloatRange(min=0.1), default=60.0, help="Seconds an endpoint has.")
_form = click.option("--format", "form", type=click.Choice([*TABLES, "ttl"]), default="table", show_default=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(atgraph.__version__, message="%(prog)s %(version)s")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but results and errors.")
@click.pass_context
def cli(context: click.Context, quiet: bool) -> None:
    """Read commitments against trafficking in persons into a graph, and ask it: `atgraph build`, then `atgraph ask`."""
    context.obj = quiet


@cli.command()
@click.option("--out", type=click.Path(path_type=Path), default=atgraph.BUILT.parent, show_default=True)
@_root
@click.pass_obj
def build(quiet: bool, out: Path, root: Path | None) -> None:
    """Read every source, reason, validate and export.

    Example: atgraph build --out dist
    """
    with _progress(quiet) as progress:
        summary = atgraph.build(out, progress, root)
    if not quiet:
        _print(str(summary))


@cli.command()
@click.argument("file")
@click.option("--format", "form", type=click.Choice(["json", *TABLES]), default="table", show_default=True)
@click.option("--language", type=click.Choice(LANGUAGES), help="The text's language, where it cannot be told.")
@click.option("--explain", "explained", is_flag=True, help="Show the whole text with what was found in it, and why.")
def extract(file: str, form: str, language: str | None, explained: bool) -> None:
    """Print the provisions that a text holds.

    Example: atgraph extract statement.txt --explain
    """
    from atgraph.extraction import read_file

    where = "standard input" if file == "-" else file
    found = read_file(_bytes(file), language, where)
    _print(_explained(found) if explained else _extracted(found, form))
    if not found.provisions:
        raise FindingsError("no provision was found", where=where, remedy=_NOTHING_FOUND)


@cli.command()
@click.argument("file")
@click.option("--slug", default="", help="The source's name; by default its symbol, or who speaks, kind and date.")
@click.option("--to", metavar="SLUG", help="Add the file to this source, as a text in a further language.")
@click.option("--language", type=click.Choice(LANGUAGES), help="The text's language, where it cannot be told.")
@click.option("--retrieved", type=click.DateTime(["%Y-%m-%d"]), help="The day the file was fetched; today by default.")
@_root
def add(
    file: str, slug: str, to: str | None, language: str | None, retrieved: datetime | None, root: Path | None
) -> None:
    """Make a source of a document, ready to be built.

    Example: atgraph add statement.txt --root mine
    """
    from atgraph import draft

    if to and (slug or retrieved):
        raise UsageError("--to takes neither --slug nor --retrieved", remedy="the card of that source has both")
    given = _bytes(file) if file == "-" else Path(file)
    day = retrieved.date() if retrieved else None
    _print(str(draft.translate(given, to, root, language) if to else draft.add(given, root, slug, language, day)))


@cli.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(TABLES), default="table", show_default=True)
def evaluate(gold: tuple[Path, ...], form: str) -> None:
    """Score the reader on texts with gold annotations.

    Example: atgraph evaluate tests/gold/*.tsv
    """
    from atgraph.evaluate import table

    _print(_answered(table(gold), form))


@cli.command()
@click.argument("before")
@click.argument("after")
@click.option("--format", "form", type=click.Choice(TABLES), default="table", show_default=True)
@click.option("--exit-code", "strict", is_flag=True, help="Leave with 1 where anything differs.")
@_root
def diff(before: str, after: str, form: str, strict: bool, root: Path | None) -> None:
    """Tell what changed between two documents, or two builds.

    Example: atgraph diff gof-2024 gof-2025.docx
    """
    from atgraph.compare import compare

    one, other = (_bytes(each) if each == "-" else each for each in (before, after))
    found = compare(one, other, root)
    _print(found.text(_width()) if form == "table" else found.table().format(form))
    if strict and found.changes:
        raise click.exceptions.Exit(1)


@cli.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--engine", type=click.Choice(["fast", "pyshacl"]), default="fast", show_default=True)
@_data
def validate(files: tuple[Path, ...], engine: str, data: Path) -> None:
    """Check the built graph, or RDF files, against shapes and checks.

    Example: atgraph validate mine.ttl
    """
    report = atgraph.open(files or data).validate(engine)
    _print(report.text(_width()))
    if not report.conforms:
        raise FindingsError("the graph does not conform", remedy="mend what is listed")


@cli.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--rule", "names", multiple=True, metavar="NAME", help="Look at this rule alone; may be repeated.")
@click.option("--shapes", type=click.Path(path_type=Path), help="A folder with the official shapes of DCAT-AP.")
@click.option("--all", "every", is_flag=True, help="Name also the rules that are kept, or do not apply.")
@click.option("--list", "listed", is_flag=True, help="List the rules.")
@click.option("--describe", metavar="NAME", help="Say what a rule asks, why, and what to do.")
@click.option("--format", "form", type=click.Choice(TABLES), default="table", show_default=True)
def lint(
    files: tuple[Path, ...], names: tuple[str, ...], shapes: Path | None, every: bool, form: str, **about: Any
) -> None:
    """Tell what portals and reviewers would hold against the build, an ontology or a data set.

    Example: atgraph lint mine.ttl
    """
    from atgraph import lint

    if about["listed"] or about["describe"]:
        _print(
            lint.described(about["describe"]) if about["describe"] else _answered(lint.listing(form != "table"), form)
        )
        return
    report = lint.lint(files or [atgraph.BUILT.parent], names, shapes)
    _print(report.text(_width(), every) if form == "table" else report.table(every).format(form))
    if form != "table":
        click.echo(report.summary(), err=True)
    if not report.passes:
        raise FindingsError(
            "there are failures", remedy="mend what is listed; `atgraph lint --describe NAME` says more"
        )


@cli.command()
@click.argument("text", default="-")
@_form
@_endpoint
@_timeout
@_data
def query(text: str, form: str, endpoint: str | None, timeout: float, data: Path) -> None:
    """Answer SPARQL given as text, file or stream.

    Example: atgraph query "SELECT * { ?s a atg:Call } LIMIT 5"
    """
    from atgraph import remote

    if text == "-" or os.path.isfile(text) or text.endswith((".rq", ".sparql")):
        text = _text(text)
    answer = remote.answer(remote.Endpoint(endpoint, timeout), text) if endpoint else atgraph.open(data).query(text)
    _print(_answered(answer, form))


@cli.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[NAME] [--PARAMETER VALUE]...")
@click.option("-p", "--param", "pairs", multiple=True, metavar="NAME=VALUE", help="A parameter, said another way.")
@click.option("--list", "listed", is_flag=True, help="List the questions, as without a NAME.")
@click.option("--describe", is_flag=True, help="Say what the question is for, its columns and parameters.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="The language of labels; English by default.")
@_form
@_endpoint
@_timeout
@_data
def ask(words: tuple[str, ...], pairs: tuple[str, ...], listed: bool, describe: bool, form: str, **where: Any) -> None:
    """Answer a stored question, or list them all.

    Example: atgraph ask treaty-status --state BLR --lang fr
    """
    name, parameters = _parameters(words, pairs)
    if listed or not (name or describe):
        _print(_answered(_questions(), form))
    elif describe:
        _print(_described(name))
    else:
        _print(_answered(_asked(name, parameters, **where), form))


@cli.command()
@click.option("--format", "form", type=click.Choice(EXPORTS), default="ttl", show_default=True)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="A file to write; standard output without it.")
@_data
def export(form: str, out: Path | None, data: Path) -> None:
    """Write the whole graph in an RDF format.

    Example: atgraph export --format jsonld -o graph.jsonld
    """
    from atgraph.files import write
    from atgraph.publish.dumps import dump

    content = dump(atgraph.open(data).dataset, form)
    _print(content) if out is None or str(out) == "-" else write(out, content)


@cli.command()
@click.option("--format", "form", type=click.Choice(TABLES), default="table", show_default=True)
@_data
def stats(form: str, data: Path) -> None:
    """Count what the graph holds.

    Example: atgraph stats --format csv
    """
    _print(atgraph.open(data).stats().format(form))


@cli.command()
@click.argument("release", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(TABLES), default="table", show_default=True)
def verify(release: Path, form: str) -> None:
    """Tell whether a downloaded release is as it was published.

    Example: atgraph verify dist
    """
    from atgraph.verify import verify

    found = verify(release)
    _print(found.text(_width()) if form == "table" else found.table().format(form))
    found.accept()


def main(words: list[str] | None = None) -> None:
    """Run a command and leave with its exit code; whatever went wrong is one sentence, never a traceback."""
    sys.exit(run(words))


def run(words: list[str] | None = None) -> int:
    """Run a command and return its exit code."""
    try:
        words = sys.argv[1:] if words is None else words
        code = cli.main(words or ["--help"], prog_name="atgraph", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except AtgraphError as error:
        for note in (*getattr(error, "__notes__", ()), f"atgraph: {error} (see docs/errors.md#{error.slug})"):
            click.echo(note, err=True)
        return error.exit_code
    except click.ClickException as error:
        path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "atgraph"
        what = error.format_message().rstrip(".")
        click.echo(f"atgraph: {what}; see `{path} --help` (see docs/errors.md#{UsageError('').slug})", err=True)
        return UsageError.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 130
    except Exception as error:
        if os.environ.get("ATGRAPH_TRACEBACK"):
            raise
        what = " ".join(f"{type(error).__name__}: {error}".split())
        click.echo(f"atgraph: a fault of ours ({what}); report it with what ATGRAPH_TRACEBACK=1 adds", err=True)
        return AtgraphError.exit_code


def _print(content: str | bytes) -> None:
    """Write a result to standard output, in UTF-8 whatever the locale."""
    payload = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    stream = sys.stdout.buffer
    try:
        stream.write(payload if payload.endswith(b"\n") else payload + b"\n")
        stream.flush()
    except OSError as error:
        # What is left in the buffer would fail again when Python closes it on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise click.exceptions.Exit(0) from error
        what = f"cannot be written ({error.strerror or error})"
        raise WriteError(what, where="standard output", remedy="free space or write elsewhere") from error


def _bytes(file: str) -> bytes:
    """Return what a file holds, or standard input for `-`."""
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        what = f"cannot be read ({error.strerror or error})"
        raise UnreadableError(what, where=file, remedy="check the path") from error


def _text(file: str) -> str:
    try:
        return _bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError("is not UTF-8", where=file, remedy="save it in UTF-8") from error


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str], None] | None]:
    """Yield what shows a stage on the terminal's last line, and wipe it in the end; None where nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    try:
        yield lambda stage: click.echo(f"\r\x1b[K{stage} …", nl=False, err=True)
    finally:
        click.echo("\r\x1b[K", nl=False, err=True)


def _parameters(words: tuple[str, ...], pairs: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    """Return a question's name and its parameters, said as `--state BLR`, `--state=BLR` or `-p state=BLR`.

    >>> _parameters(("members", "--state", "BLR", "--by=2025"), ("theme=technology",))
    ('members', {'theme': 'technology', 'state': 'BLR', 'by': '2025'})
    """
    name, said, rest = "", list(pairs), list(words)
    while rest:
        word = rest.pop(0)
        if word.startswith("--"):
            said.append(word[2:] if "=" in word else f"{word[2:]}={rest.pop(0) if rest else ''}")
        elif name or word.startswith("-"):
            raise UsageError(f"what is “{word}”?", remedy="give one NAME, and parameters as --NAME VALUE")
        else:
            name = word
    found = dict(pair.partition("=")[::2] for pair in said)
    if missing := [key for key, value in found.items() if not value]:
        raise UsageError(f"{missing[0]} has no value", remedy=f"give --{missing[0]} VALUE")
    return name, found


def _asked(
    name: str, parameters: dict[str, str], lang: str | None, endpoint: str | None, timeout: float, data: Path
) -> Table:
    from atgraph import queries

    queries.question(name)  # first of all, so that a misspelt name is told also where no graph is built yet
    if endpoint is None:
        return atgraph.open(data).ask(name, lang=lang, **parameters)
    from atgraph import remote

    return remote.ask(remote.Endpoint(endpoint, timeout), name, parameters, lang)


def _explained(found: Extraction) -> str:
    from atgraph import explain

    return explain.text(found, _width(), colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR"))


def _extracted(found: Extraction, form: str) -> str:
    content = found.to_json()
    if form == "json":
        return json.dumps(content, ensure_ascii=False, indent=2)
    return _answered(_provisions(content["provisions"]), form)


def _provisions(rows: list[dict[str, Any]]) -> Table:
    """Return extracted provisions as a table, the words last."""
    from pyoxigraph import Literal

    from atgraph import ask

    columns = ["paragraph", "act", "speaker", "addressees", "cites", "themes", "deadline", "quote"]
    cells = [[row[name] for name in columns] for row in rows]
    words = [["; ".join(cell) if isinstance(cell, list) else cell or "" for cell in row] for row in cells]
    return ask.table(columns, [tuple(Literal(word) for word in row) for row in words])


def _questions() -> Table:
    from pyoxigraph import Literal

    from atgraph import ask, queries

    rows = [(Literal(each.name), Literal(each.title)) for each in queries.questions().values()]
    return ask.table(["name", "question"], rows)


def _described(name: str) -> str:
    """Return what a stored question's header says, as words, and how values are given."""
    from atgraph import queries

    if not name:
        raise UsageError("--describe is about one question", remedy="give its NAME; `atgraph ask` lists them")
    each = queries.question(name)
    cards, kinds = {}, {}
    for p in each.parameters.values():
        left = f"; {p.default} if left out, {queries.ANY} for any" if p.default else "; required" if p.required else ""
        cards[f"--{p.name} {p.kind.upper()}"] = p.description + left
        kinds[p.kind.upper()] = _VALUES.get(p.kind, "its slug, which ends its IRI, or its name in any of the languages")
    if "?lang" in each.text:
        cards["--lang LANGUAGE"] = "the language of names and words; en if left out"
        kinds["LANGUAGE"] = _VALUES["language"]
    lines = [each.title, "", *_listed({"": each.why}, "")]
    for head, rows in (("Columns", each.columns), ("Parameters", cards), ("Values", kinds)):
        lines += ["", f"{head}:", *_listed(rows)] if rows else []
    return "\n".join(lines)


def _listed(rows: Mapping[str, str], indent: str = "  ") -> list[str]:
    """Return lines of names and what is said of them, wrapped where a terminal asks for it."""
    edge = max(map(len, rows)) + len(indent) + (2 if indent else 0)
    wrapped = [(name, textwrap.wrap(words, max(20, (_width() or 10_000) - edge))) for name, words in rows.items()]
    return [
        f"{indent + name if n == 0 else '':<{edge}}{line}" for name, lines in wrapped for n, line in enumerate(lines)
    ]


def _answered(answer: Table | bool | list[Triple], form: str) -> str:
    """Return any answer as text: rows as asked for, a truth value as a word, a graph as Turtle or rows of triples."""
    if isinstance(answer, bool):
        return "true" if answer else "false"
    if isinstance(answer, list):
        from atgraph import ask, turtle

        if form in ("table", "ttl"):
            return turtle.pretty(answer)
        rows = [(triple.subject, triple.predicate, triple.object) for triple in answer]
        answer = ask.table(["subject", "predicate", "object"], sorted(rows, key=str))
    return answer.format(form, _width())


def _width() -> int | None:
    """Return how many columns the terminal has; None where results go elsewhere, and are not to be wrapped."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None
