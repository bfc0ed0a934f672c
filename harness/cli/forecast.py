"""What ``harness run --dry-run`` prints."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from harness.cli.tables import print_table
from harness.matrix import exclusion
from harness.runner.estimate import Estimate, Range, earlier_rows, estimate, total_tokens
from harness.runner.plan import Plan
from harness.runner.progress import left_text


def print_forecast(plan: Plan, results: Path, *, as_json: bool) -> None:
    """The matrix, then samples, tokens, cost and time with intervals; or all of it as one JSON object."""
    found = estimate(plan, earlier_rows(results))
    if as_json:
        click.echo(json.dumps(asdict(found), indent=2))
        return
    _print_matrix(plan)
    rows = [
        (
            forecast.model,
            f"{forecast.samples:,}",
            _number(forecast.prompt_tokens),
            _number(forecast.completion_tokens),
            "unknown" if forecast.cost_usd is None else _usd(forecast.cost_usd),
            _time(forecast.seconds),
            _basis(forecast.from_rows, forecast.samples),
        )
        for forecast in found.models
    ]
    prompts, answers = total_tokens(found.models)
    total = (
        "total",
        f"{found.samples:,}",
        _number(prompts),
        _number(answers),
        _total(found),
        _time(found.seconds),
        "",
    )
    titles = ("model", "samples", "tokens in", "tokens out", "cost", "time", "from")
    print_table(titles, [*rows, total] if rows else [])
    for line in _remarks(plan, found):
        click.echo(line, err=True)


def _print_matrix(plan: Plan) -> None:
    repeats, limit = plan.selection.repeats, plan.selection.limit
    rows = []
    for spec in plan.models:
        crossed = {suite.name: exclusion(plan.config, spec.id, suite.name) for suite in plan.suites}
        cells = [
            "✗" if crossed[suite.name] else str(len(suite.tasks[:limit]) * repeats) for suite in plan.suites
        ]
        rows.append((spec.id, *cells, str(sum(int(cell) for cell in cells if cell != "✗"))))
    print_table(("model", *(suite.name for suite in plan.suites), "samples"), rows)


def _remarks(plan: Plan, found: Estimate) -> Sequence[str]:
    lines = []
    if any(forecast.from_rows for forecast in found.models):
        lines.append("from rows: 95 % interval of the sum, by mean and spread of earlier samples")
    if any(forecast.from_rows < forecast.samples for forecast in found.models):
        lines.append(
            "from lengths: 1 to max_tokens an answer, prompts at 2 to 8 bytes a token, 5 to 200 tokens/s"
        )
    if found.unpriced:
        lines.append(f"no price is known for {', '.join(found.unpriced)}: name one in models.yaml")
    limit = plan.selection.budget_usd
    if limit is not None and found.cost_usd.high > limit:
        lines.append(f"the budget of ${limit:g} may end the run early")
    return lines


def _total(found: Estimate) -> str:
    return _usd(found.cost_usd) + (" + unknown" if found.unpriced else "")


def _basis(from_rows: int, samples: int) -> str:
    if not samples:
        return ""
    return "rows" if from_rows == samples else "rows, lengths" if from_rows else "lengths"


def _number(value: Range) -> str:
    return f"{value.likely:,.0f} ({value.low:,.0f}–{value.high:,.0f})"


def _usd(value: Range) -> str:
    digits = 2 if value.high >= 100 else 4
    return f"${value.likely:.{digits}f} ({value.low:.{digits}f}–{value.high:.{digits}f})"


def _time(value: Range) -> str:
    return f"{left_text(value.likely)} ({left_text(value.low)}–{left_text(value.high)})"
