"""``index.html``: one file that opens from disk, asks no network and runs only its own script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from harness.analysis.board import Board, Example
from harness.analysis.scoreboard import Scoreboard
from harness.reporting.charts import Chart, inline
from harness.reporting.figures import Look
from harness.reporting.numbers import CROSSED, UNKNOWN, dollars, seconds
from harness.reporting.summary import board_note, commands, facts, lede
from harness.reporting.tables import (
    Table,
    champion_table,
    contestant_table,
    decision_table,
    gap_table,
    matrix,
    role_table,
    run_table,
    standings_table,
)
from harness.reporting.templating import TEMPLATES, environment
from harness.reporting.text import excerpt

_TRANSCRIPTS = 3_000_000  # characters of answers in the page, shared among all examples
_LONGEST = 4_000  # characters of one answer


def render_page(
    board: Scoreboard,
    charts: Sequence[Chart],
    examples: Sequence[Example],
    manifests: Sequence[Mapping[str, Any]],
    prompts: Mapping[str, str],
) -> str:
    """The page; ``prompts`` are the texts of tasks by their digest, for those that are still at hand."""
    from markupsafe import Markup

    script = (TEMPLATES / "report.js").read_text("utf-8")
    groups: dict[str, list[dict[str, Any]]] = {}
    for chart in charts:
        shown = {
            "title": chart.title,
            "alt": chart.alt,
            "svg": Markup(inline(chart)),
            "wide": chart.wide,
        }
        groups.setdefault(chart.group, []).append(shown)
    return environment().get_template("report.html.j2").render(
        style=Markup((TEMPLATES / "report.css").read_text("utf-8")),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        color=Look(board.ranked_models).color,
        percent=lambda share: f"{100 * share:.1f}%",
        unknown=UNKNOWN,
        crossed=CROSSED,
        lede=lede(board),
        facts=facts(board),
        types=board.by("task_type"),
        chart_groups=groups,
        examples=_transcripts(examples, prompts),
        filters={
            "suite": list(dict.fromkeys(example.suite for example in examples)),
            "model": list(dict.fromkeys(example.model for example in examples)),
            "outcome": list(dict.fromkeys(example.kind for example in examples)),
        },
        digest=board.data_sha256,
        commands=commands(manifests),
        **_tables(board),
    )  # fmt: skip


def _tables(board: Scoreboard) -> dict[str, Any]:
    return {
        "decisions": decision_table(board.by("task_type"), "Task type"),
        "roles": role_table(board.by("role")),
        "champions": champion_table(board),
        "standings": [_standings(b) for b in (*board.by("overall"), *board.by("suite"))],
        "matrices": [
            {"by": by, "table": matrix(board.by(by), board.ranked_models, by.capitalize())}
            for by in ("category", "language", "difficulty")
        ],
        "gaps": gap_table(board),
        "runs": run_table(board),
        "contestants": contestant_table(board),
    }


def _standings(board: Board) -> dict[str, str | Table]:
    name = board.name.capitalize() if board.by == "overall" else board.name
    return {"name": name, "table": standings_table(board), "note": board_note(board)}


def _transcripts(examples: Sequence[Example], prompts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Transcripts, each cut so that all of them together keep the page small."""
    limit = min(_LONGEST, _TRANSCRIPTS // max(1, len(examples)))
    return [
        {
            "kind": example.kind,
            "suite": example.suite,
            "model": example.model,
            "task_id": example.task_id,
            "facts": _facts(example),
            "prompt": excerpt(prompts.get(example.task_sha256, ""), limit),
            "output": excerpt(example.output or "", limit, example.output_chars),
            "verdict": ": ".join(filter(None, (example.error_type, example.error))),
        }
        for example in examples
    ]


def _facts(example: Example) -> str:
    parts = [
        example.category,
        example.difficulty,
        f"took {seconds(example.latency_s)}" if example.latency_s is not None else "",
        f"cost {dollars(example.cost_usd)}" if example.cost_usd is not None else "",
        "cut off at the token limit" if example.finish_reason == "length" else "",
        f"run {example.run_id}",
    ]
    return " · ".join(filter(None, parts))
