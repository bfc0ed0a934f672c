"""A table for people: which model each kind of work is given to, why, and what comes next."""

from __future__ import annotations

import re
from dataclasses import replace

from harness.exporters.base import Exported
from harness.rules.ruleset import Rule, RuleSet

_HEAD = ("Task type", "Roles", "Model", "Then", "Fast", "Pass rate", "Tasks", "Confidence", "Why")


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
        *(f"| {' | '.join(_row(_private(rule, rules)))} |" for rule in rules.rules),
    ]
    losses = () if rules.rules else ("there are no rules",)
    return Exported({"MODEL_ASSIGNMENTS.md": "\n".join(lines) + "\n"}, losses)


def _private(rule: Rule, rules: RuleSet) -> Rule:
    """The rule without hosted models, where its requests must stay on this machine."""
    if (rule.policy or rules.policy).privacy == "any":
        return rule
    local = {provider.id for provider in rules.providers if provider.local}
    here = {model.id for model in rules.models if model.provider in local}
    return replace(
        rule,
        primary=rule.primary if rule.primary in here else None,
        fallbacks=tuple(fallback for fallback in rule.fallbacks if fallback.model in here),
        by_speed={speed: model for speed, model in rule.by_speed.items() if model in here},
    )


def _row(rule: Rule) -> list[str]:
    evidence = rule.evidence
    undecided = evidence.decided == "insufficient"
    model = rule.primary or ("*not decided*" if undecided else "*none on this machine*")
    return [
        _kind(rule),
        _cell(", ".join(rule.roles)),
        (f"**{_cell(model)}**" if rule.primary else model) + (" (pinned)" if rule.pinned else ""),
        _cell(", ".join(fallback.model for fallback in rule.fallbacks)),
        _cell(rule.by_speed.get("fast", "")),
        ""
        if evidence.quality is None
        else _rate(evidence.quality, evidence.quality_low, evidence.quality_high),
        f"{evidence.n:,}",
        "" if rule.confidence is None else f"{rule.confidence:.0%}",
        _cell(rule.reason),
    ]


def _kind(rule: Rule) -> str:
    """What the rule is for: the task type, how long the prompts are, whether they stay on this machine."""
    conditions = ["everything else" if rule.task_type == "*" else rule.task_type]
    if rule.context_tiers:
        low, high = rule.match.min_context_tokens, rule.match.max_context_tokens
        conditions.append(
            f"prompts of {low:,} to {high:,} tokens" if high else f"prompts from {low:,} tokens"
        )
    if rule.policy is not None and rule.policy.privacy == "local":
        conditions.append("on this machine only")
    return _cell(", ".join(conditions))


def _rate(rate: float, low: float | None, high: float | None) -> str:
    spread = "" if low is None or high is None else f" ({low:.0%}–{high:.0%})"
    return f"{rate:.0%}{spread}"


def _cell(text: str) -> str:
    """One line in which Markdown means nothing."""
    line = "".join(char if char.isprintable() else " " for char in text)
    return re.sub(r"([\\`*\[\]|<>])", r"\\\1", line)
