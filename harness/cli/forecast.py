"""What ``harness run --dry-run`` prints."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from harness.cli.tables import print_table
from harness.cli.terminal import echo, write
from harness.jsontext import dump
from harness.records import Throughput
from harness.reporting.numbers import dollars
from harness.results.locations import ResultsLocation
from harness.runner.estimate import Estimate, Range, earlier_rows, estimate, measure, total_tokens
from harness.runner.plan import RunPlan
from harness.runner.progress import left_text
from harness.suites.matrix import exclusion


def print_forecast(plan: RunPlan, results: ResultsLocation, *, as_json: bool) -> None:
    """The matrix, then samples, tokens, cost and time with intervals; or all of it as one JSON object."""
    earlier = earlier_rows(results, plan.selection.way)
    measured = asyncio.run(measure(plan, earlier))
    forecasts = estimate(plan, earlier, measured)
    if as_json:
        write(dump(asdict(forecasts)))
        return
    _print_matrix(plan)
    rows = [
        (
            forecast.model,
            f"{forecast.samples:,}",
            _tokens(forecast.prompt_tokens, forecast.completion_tokens),
            "unknown" if forecast.cost_usd is None else _usd(forecast.cost_usd),
            _time(forecast.seconds),
        )
        for forecast in forecasts.models
    ]
    total = _usd(forecasts.cost_usd) + (" + ?" if forecasts.unpriced else "")
    tokens = _tokens(*total_tokens(forecasts.models))
    rows.append(("total", f"{forecasts.samples:,}", tokens, total, _time(forecasts.seconds)))
    print_table(("model", "samples", "tokens", "cost", "time"), rows)
    for line in _remarks(plan, forecasts, measured):
        echo(line, err=True)


def _print_matrix(plan: RunPlan) -> None:
    repeats, limit = plan.selection.repeats, plan.selection.limit
    rows = []
    for spec in plan.models:
        crossed = {suite.name: exclusion(plan.config, spec.id, suite.name) for suite in plan.suites}
        cells = [
            "✗" if crossed[suite.name] else str(len(suite.tasks[:limit]) * repeats) for suite in plan.suites
        ]
        rows.append((spec.id, *cells, str(sum(int(cell) for cell in cells if cell != "✗"))))
    print_table(("model", *(suite.name for suite in plan.suites), "samples"), rows)


def _remarks(plan: RunPlan, forecasts: Estimate, measured: Mapping[str, Throughput]) -> Sequence[str]:
    lines = []
    from_rows = [forecast.model for forecast in forecasts.models if forecast.from_rows]
    guessed = [forecast.model for forecast in forecasts.models if forecast.from_rows < forecast.samples]
    if from_rows:
        lines.append(f"95 % interval from the mean and spread of earlier samples: {', '.join(from_rows)}")
    if measured:
        speeds = [f"{name} {speed.together_tps:,.0f}" for name, speed in measured.items()]
        lines.append(f"tokens a second of answers side by side, measured just now: {', '.join(speeds)}")
    if guessed:
        lines.append(
            f"bounds from lengths, where there are no earlier samples: {', '.join(guessed)} "
            "(1 to max_tokens an answer, prompts at 2 to 8 bytes a token, 5 to 200 tokens/s if not measured)"
        )
    if forecasts.unpriced:
        lines.append(f"no price is known for {', '.join(forecasts.unpriced)}: name one in models.yaml")
    if plan.selection.format != "full":
        lines.append(f"with --format {plan.selection.format} it takes less: this is all that it could take")
    minutes = plan.selection.minutes
    if minutes is not None and forecasts.seconds.high > 60 * minutes:
        lines.append(
            f"with --minutes {minutes:g} it ends then: what does not fit is skipped, the same tasks for all"
        )
    limit = plan.selection.budget_usd
    if limit is not None and forecasts.cost_usd.high > limit:
        lines.append(f"the budget of ${limit:g} may end the run early")
    return lines


def _tokens(prompts: Range, answers: Range) -> str:
    return f"{_count(prompts.likely)} + {_count(answers.likely)}"


def _count(value: float) -> str:
    """``940``, ``1.9k``, ``12M``."""
    for unit in ("", "k", "M"):
        if value < 999.5:
            return f"{value:.0f}{unit}" if unit == "" or value >= 10 else f"{value:.1f}{unit}"
        value /= 1000
    return f"{value:,.1f}G"


def _usd(value: Range) -> str:
    low, high = (dollars(end).replace("$", "") for end in (value.low, value.high))
    return f"{dollars(value.likely)} ({low}–{high})"


def _time(value: Range) -> str:
    return f"{left_text(value.likely)} ({left_text(value.low)}–{left_text(value.high)})"
