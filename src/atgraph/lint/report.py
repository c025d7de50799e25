"""Rules and the places where they are broken come in; a report goes out, as text for people or as a table."""

from __future__ import annotations

import textwrap
from collections import Counter
from dataclasses import dataclass

from pyoxigraph import Literal

from atgraph.ask import Table
from atgraph.lint.rules import POINTS, SEVERITIES, Place, Rule, rules

COLUMNS = ("point", "severity", "rule", "about", "where", "what", "remedy", "source")
_OUTCOMES = (*SEVERITIES, "skipped", "passed")


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where one rule is broken."""

    rule: Rule
    place: Place

    @property
    def where(self) -> str:
        """Return the term and the file, as far as they are known."""
        return " in ".join(part for part in (self.place.focus, self.place.file) if part) or "here"

    @property
    def what(self) -> str:
        """Return the property and the value that are at fault."""
        return " ".join(part for part in (self.place.path, f"“{self.place.value}”" if self.place.value else "") if part)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one rule: broken in these places, kept, or not looked at for a reason."""

    rule: Rule
    places: tuple[Place, ...] = ()
    reason: str = ""

    @property
    def outcome(self) -> str:
        """Return the severity of a broken rule, `skipped` or `passed`."""
        return self.rule.severity if self.places else "skipped" if self.reason else "passed"


@dataclass(frozen=True, slots=True)
class Report:
    """The verdict on every rule, in the order of the checklist; `asked`: rules that were asked for by name."""

    verdicts: tuple[Verdict, ...]
    asked: bool = False

    @property
    def passes(self) -> bool:
        """Tell whether there is no failure; warnings and notes may be there."""
        return all(each.outcome != "failure" for each in self.verdicts)

    @property
    def findings(self) -> list[Finding]:
        """Return all places where a rule is broken, failures first."""
        found = [Finding(each.rule, place) for each in self._broken() for place in each.places]
        return sorted(found, key=lambda each: SEVERITIES.index(each.rule.severity))

    def summary(self) -> str:
        """Return one line: how many rules were broken how badly, kept and skipped."""
        counts = Counter(each.outcome for each in self.verdicts)
        places = sum(len(each.places) for each in self.verdicts)
        words = [f"{counts[name]} {_plural(name, counts[name])}" for name in SEVERITIES]
        head = "fit to be published" if self.passes else "not fit to be published"
        if counts["skipped"] == len(self.verdicts):
            head = "nothing was looked at"
        rules = f"{len(self.verdicts)} {_plural('rule', len(self.verdicts))}"
        where = f"{places} {_plural('place', places)}"
        return f"{head}: {rules}, {', '.join(words)} in {where}, " + ", ".join(
            f"{counts[name]} {name}" for name in ("passed", "skipped")
        )

    def table(self, every: bool = False) -> Table:
        """Return a row for each finding and for each rule that was skipped; with `every`, also for those kept."""
        rows: list[list[str | int]] = []
        for each in sorted(self.verdicts, key=lambda v: (v.rule.point, _OUTCOMES.index(v.outcome), v.rule.name)):
            head: list[str | int] = [each.rule.point, each.outcome, each.rule.name, each.rule.about]
            tail = each.rule.source
            if each.places:
                for found in (Finding(each.rule, place) for place in each.places):
                    what = f"{each.rule.problem}: {found.what}" if found.what else each.rule.problem
                    rows.append([*head, found.where, what, each.rule.remedy, tail])
            elif each.reason:
                rows.append([*head, "", each.reason, each.rule.remedy if each.rule.network else "", tail])
            elif every:
                rows.append([*head, "", each.rule.title, "", tail])
        return Table(COLUMNS, tuple(tuple(Literal(cell) for cell in row) for row in rows))

    def text(self, width: int | None = None, every: bool = False) -> str:
        """Return the report for a terminal: each point with its broken rules and what to do, each place below its rule.

        Rules that need the network, or were asked for by name, are named with the reason where they are skipped, all
        others, and those that are kept, only with `every`. The last line is the summary.
        """
        lines = []
        for point, title in POINTS.items():
            part = [
                line
                for each in self.verdicts
                if each.rule.point == point
                for line in _told(each, width, every, self.asked)
            ]
            if part:
                lines += [f"{point}. {title}", *part, ""]
        return "\n".join([*lines, self.summary()]) + "\n"

    def _broken(self) -> list[Verdict]:
        return [each for each in self.verdicts if each.places]


def listing(every: bool = True) -> Table:
    """Return the rules as a table: point, severity, name, what each asks; with `every`, also all else of them."""
    columns = ["point", "severity", "rule", "asks", *(["about", "wrong", "remedy", "source"] if every else [])]
    rows = []
    for each in rules().values():
        wrong = f"not looked at: {each.network}" if each.network else each.problem
        severity = "skipped" if each.network else each.severity
        row: list[str | int] = [
            each.point,
            severity,
            each.name,
            each.title,
            each.about,
            wrong,
            each.remedy,
            each.source,
        ]
        rows.append(tuple(Literal(cell) for cell in row[: len(columns)]))
    return Table(tuple(columns), tuple(rows))


def described(rule: Rule) -> str:
    """Return what a rule asks, of which part, what is wrong where it is broken, what to do, and who demands it."""
    kind = f"skipped, since it needs the network: {rule.network}" if rule.network else f"{rule.severity}, {rule.about}"
    kind += f"; a {rule.alone} where it is no publication's folder" if rule.alone else ""
    return "\n".join(
        [
            f"{rule.name}: {rule.title}",
            "",
            f"  point   {rule.point}. {POINTS[rule.point]}",
            f"  kind    {kind}",
            f"  wrong   {rule.problem}",
            f"  remedy  {rule.remedy}",
            f"  source  {rule.source}",
        ]
    )


def _told(each: Verdict, width: int | None, every: bool, asked: bool) -> list[str]:
    if each.places:
        lines = _wrapped(f"{each.outcome} {each.rule.name}: {each.rule.problem}; {each.rule.remedy}", 2, width)
        for found in (Finding(each.rule, place) for place in each.places):
            lines += _wrapped(f"{found.where}: {found.what}" if found.what else found.where, 4, width)
        return lines
    if each.reason and (each.rule.network or every or asked):
        return _wrapped(f"skipped {each.rule.name}: {each.reason}", 2, width)
    return _wrapped(f"passed {each.rule.name}: {each.rule.title}", 2, width) if every and not each.reason else []


def _wrapped(text: str, indent: int, width: int | None) -> list[str]:
    line = " " * indent + " ".join(text.split())
    if width is None:
        return [line]
    edge = " " * (indent + 4)
    return textwrap.wrap(line, width, subsequent_indent=edge, break_long_words=False, break_on_hyphens=False)


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
