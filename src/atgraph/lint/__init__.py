"""Files or a folder come in; out goes what portals and reviewers would hold against them, rule by rule."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from pathlib import Path

from atgraph.lint import report as _report
from atgraph.lint import rules as _rules
from atgraph.lint.report import Finding, Report, Verdict, listing
from atgraph.lint.target import Limits, Target, read

# The modules whose functions are rules: to be known they must have been imported.
for _name in ("syntax", "circles", "terms", "catalogue", "publication", "network"):
    importlib.import_module(f"atgraph.lint.{_name}")

__all__ = ["Finding", "Limits", "Report", "Target", "Verdict", "described", "inspect", "lint", "listing", "read"]


def lint(
    paths: Iterable[Path | str], names: Iterable[str] = (), shapes: Path | None = None, limits: Limits | None = None
) -> Report:
    """Return what the rules of these names, or all rules, find in files, a folder, or standard input (`-`).

    `shapes` is a folder with the official DCAT-AP shapes. Raises UnreadableError and RdfError for what cannot be read,
    UsageError for a rule that is none.
    """
    names = list(names)
    wanted = _rules.chosen(names)  # first, so that a misspelt name is told before anything is read
    return inspect(read(paths, shapes, limits), wanted, asked=bool(names))


def described(name: str) -> str:
    """Return all that is known of one rule, as text. Raises UsageError where there is none of this name."""
    return _report.described(_rules.chosen([name])[0])


def inspect(target: Target, wanted: Iterable[_rules.Rule] | None = None, asked: bool = False) -> Report:
    """Return what rules find in a target; `asked` tells that they were asked for by name."""
    verdicts = []
    for each in _rules.chosen(()) if wanted is None else wanted:
        reason = each.why_not(target)
        places = [] if reason or each.find is None else sorted(set(each.find(target)))
        verdicts.append(Verdict(each.held_to(target), tuple(places), reason))
    return Report(tuple(verdicts), asked)
