"""A table for people: which model each kind of work is given to, why, and what comes next."""

from __future__ import annotations

import re

from harness.exporters.base import Exported
from harness.records import Rule, RuleSet

_HEAD = ("Task type", "Roles", "Model", "Then", "Pass rate", "Tasks", "Confidence", "Why")


def export(rules: RuleSet) -> Exported:
    """``MODEL_ASSIGNMENTS.md``."""
    lines = [
        "# Model assignments",
        "",
        f"Measured by {_cell(rules.generator)} on {_cell(rules.machine) or 'an unnamed machine'}; "
        f"valid until {rules.valid_until[:10]}. Runs: {_cell(', '.join(rules.run_ids))}.",
        "",
        f"| {' | '.join(_HEAD)} |",
        f"|{'|'.join(['---'] * len(_HEAD))}|",
        *(f"| {' | '.join(_row(rule))} |" for rule in rules.rules),
    ]
    losses = () if rules.rules else ("there are no rules",)
    return Exported({"MODEL_ASSIGNMENTS.md": "\n".join(lines) + "\n"}, losses)


def _row(rule: Rule) -> list[str]:
    evidence = rule.evidence
    model = rule.primary or "*not decided*"
    return [
        "everything else" if rule.task_type == "*" else _cell(rule.task_type),
        _cell(", ".join(rule.roles)),
        (f"**{_cell(model)}**" if rule.primary else model) + (" (pinned)" if rule.pinned else ""),
        _cell(", ".join(fallback.model for fallback in rule.fallbacks)),
        ""
        if evidence.quality is None
        else _rate(evidence.quality, evidence.quality_low, evidence.quality_high),
        f"{evidence.n:,}",
        "" if rule.confidence is None else f"{rule.confidence:.0%}",
        _cell(rule.reason),
    ]


def _rate(rate: float, low: float | None, high: float | None) -> str:
    spread = "" if low is None or high is None else f" ({low:.0%}–{high:.0%})"
    return f"{rate:.0%}{spread}"


def _cell(text: str) -> str:
    """One line in which Markdown means nothing."""
    line = "".join(char if char.isprintable() else " " for char in text)
    return re.sub(r"([\\`*\[\]|<>])", r"\\\1", line)
