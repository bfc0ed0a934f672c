"""``index.html``: one file that opens from disk, asks no network and runs only its own script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from harness.analysis.board import Board, Example
from harness.analysis.composite import WEIGHTS
from harness.analysis.decisions import GOOD_ENOUGH
from harness.analysis.heldout import HeldOut
from harness.analysis.scoreboard import Scoreboard
from harness.reporting.charts.plans import Chart, inline
from harness.reporting.charts.style import MOST, Style
from harness.reporting.decisions import cost_table, decision_table, speed_table, stand_in_table, unfit
from harness.reporting.executive import costs, summary_table, sureness, unmeasured, warnings, winners
from harness.reporting.formats.html_tables import Writer, explained
from harness.reporting.numbers import CROSSED, UNKNOWN, percent
from harness.reporting.profiles import profiles
from harness.reporting.provenance import contestant_table, gap_table, run_table
from harness.reporting.reasons import reason
from harness.reporting.rounds import rounds
from harness.reporting.stability import changes, duel_table, repeat_table, stability_table, trend_table
from harness.reporting.standings import BREAKDOWNS, champion_table, matrix, standings_table
from harness.reporting.summary import board_note, commands, facts, lede
from harness.reporting.templating import TEMPLATES, environment
from harness.reporting.transcripts import anchors, transcripts
from harness.reporting.weights import anchor_words, weight_table
from harness.reporting.worth import worth_intro, worth_table, worth_words


def render_page(
    board: Scoreboard,
    charts: Sequence[Chart],
    examples: Sequence[Example],
    manifests: Sequence[Mapping[str, Any]],
    prompts: Mapping[str, str],
    worth: HeldOut | None = None,
) -> str:
    """The page; ``prompts`` are the texts of tasks by their digest, for those that are still at hand.

    ``worth`` is what rules are worth on tasks they were not made from.
    """
    from markupsafe import Markup

    script = (TEMPLATES / "report.js").read_text("utf-8")
    shown = transcripts(examples, prompts)
    writer = Writer(Style(board.ranked_models), anchors(shown))
    return environment().get_template("report.html.j2").render(
        style=Markup((TEMPLATES / "report.css").read_text("utf-8")),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        show=writer.table,
        explained=explained,
        model=writer.model,
        unknown=UNKNOWN,
        crossed=CROSSED,
        good_enough=percent(GOOD_ENOUGH),
        lede=lede(board),
        facts=facts(board),
        reasons=[(b.name, reason(b)) for b in board.by("task_type")],
        charts=[{"plan": c.plan, "svg": Markup(inline(c)), "room": c.room} for c in charts],
        transcripts=shown,
        filters={
            "suite": list(dict.fromkeys(one.suite for one in shown)),
            "model": list(dict.fromkeys(one.model for one in shown)),
            "outcome": list(dict.fromkeys(one.kind for one in shown)),
        },
        worth_intro=worth_intro(worth),
        worth=worth_table(worth) if worth else None,
        worth_words=worth_words(worth) if worth else [],
        digest=board.data_sha256,
        commands=commands(manifests),
        unmeasured=[*rounds(manifests), *unmeasured(board)],
        **_words(board),
        **_tables(board),
    )  # fmt: skip


def render_summary_page(board: Scoreboard) -> str:
    """The executive summary as a page of its own: no script, no charts, one sheet of paper."""
    from markupsafe import Markup

    writer = Writer(Style(board.ranked_models), {})
    return environment().get_template("summary.html.j2").render(
        style=Markup((TEMPLATES / "report.css").read_text("utf-8")),
        show=writer.table,
        lede=lede(board),
        short=summary_table(board.by("task_type")),
        **_in_short(board),
    )  # fmt: skip


def _in_short(board: Scoreboard) -> dict[str, Any]:
    return {
        "warnings": warnings(board),
        "winners": winners(board),
        "sure": sureness(board),
        "changes": changes(board),
        "costs": costs(board),
    }


def _words(board: Scoreboard) -> dict[str, Any]:
    return _in_short(board) | {
        "unfit": unfit(board.by("task_type")),
        "profiles": profiles(board, ()),
        "anchors": anchor_words(),
        "weights_of": {name: round(100 * weight) for name, weight in WEIGHTS.items()},
    }


def _tables(board: Scoreboard) -> dict[str, Any]:
    types, models = board.by("task_type"), board.ranked_models[:MOST]
    return {
        "short": summary_table(types),
        "decisions": decision_table(types, "Task type"),
        "speeds": speed_table(types),
        "spent": cost_table(types),
        "contexts": decision_table(board.by("context_tier"), "Context"),
        "stand_ins": stand_in_table((*types, *board.by("overall")), "Task type"),
        "roles": stand_in_table(board.by("role"), "Role"),
        "champions": champion_table(board),
        "stability": stability_table(board.stability) if board.stability else None,
        "weights": weight_table(board),
        "duels": duel_table(board, [s.model for s in board.overall.ranked[:MOST]])
        if board.overall and board.duels
        else None,
        "trends": trend_table(board, models),
        "repeats": repeat_table(board, models),
        "standings": [_standings(b) for b in (*board.by("overall"), *board.by("suite"))],
        "matrices": [
            {"by": name.lower(), "table": matrix(board.by(by), models, name)}
            for by, name in BREAKDOWNS.items()
        ],
        "more_models": max(0, len(board.ranked_models) - MOST),
        "gaps": gap_table(board),
        "runs": run_table(board),
        "contestants": contestant_table(board),
    }


def _standings(board: Board) -> dict[str, Any]:
    name = board.name.capitalize() if board.by == "overall" else board.name
    return {"name": name, "table": standings_table(board), "note": board_note(board), "by": board.by}
