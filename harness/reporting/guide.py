"""``MODEL_SELECTION_GUIDE.md`` and ``EXECUTIVE_SUMMARY.md``: what a person reads before choosing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from harness.analysis.board import Board
from harness.analysis.decisions import GOOD_ENOUGH
from harness.analysis.drift import stamp
from harness.analysis.heldout import HeldOut
from harness.analysis.scoreboard import Scoreboard
from harness.reporting.charts.plans import ChartPlan
from harness.reporting.decisions import (
    cost_table,
    decision_table,
    speed_table,
    stand_in_table,
    unfit,
)
from harness.reporting.executive import costs, summary_table, sureness, unmeasured, warnings, winners
from harness.reporting.formats.markdown import bullets, legend_line, table
from harness.reporting.numbers import CROSSED, UNKNOWN, percent
from harness.reporting.profiles import file_names, index_table, profiles
from harness.reporting.provenance import contestant_table, gap_table, run_table
from harness.reporting.reasons import reason
from harness.reporting.rounds import rounds
from harness.reporting.stability import changes, repeat_table, stability_table, trend_table
from harness.reporting.standings import BREAKDOWNS, champion_table, matrix, standings_table
from harness.reporting.summary import board_note, commands, lede
from harness.reporting.tables import Table, legend
from harness.reporting.templating import environment
from harness.reporting.text import markdown
from harness.reporting.weights import anchor_words, weight_table
from harness.reporting.worth import worth_intro, worth_table, worth_words
from harness.words import counted

_MOST = 12  # models in a table; the page has all
_ACROSS = 8  # side by side, as wide as a page


def render_guide(
    board: Scoreboard,
    plans: Sequence[ChartPlan],
    folder: str,
    manifests: Sequence[Mapping[str, Any]],
    worth: HeldOut | None = None,
) -> str:
    """The guide as Markdown; ``folder`` is where the charts lie, seen from it, ``worth`` what rules are."""
    types, tables = board.by("task_type"), (*board.by("overall"), *board.by("suite"))
    every = profiles(board, ())
    files = file_names([one.model for one in every])
    return environment().get_template("guide.md.j2").render(
        lede=markdown(lede(board)),
        warnings=list(map(markdown, warnings(board))),
        decisions=table(decision_table(types, "Task type")),
        reasons=[{"name": markdown(b.name), "text": markdown(reason(b))} for b in types],
        good_enough=percent(GOOD_ENOUGH),
        unknown=UNKNOWN,
        crossed=CROSSED,
        speeds=_table(speed_table(types)),
        costs=_table(cost_table(types)),
        contexts=_table(decision_table(board.by("context_tier"), "Context")),
        unfit=list(map(markdown, unfit(types))),
        stand_ins=table(stand_in_table((*types, *board.by("overall")), "Task type")),
        roles=_table(stand_in_table(board.by("role"), "Role")),
        worth_intro=markdown(worth_intro(worth)),
        worth=table(worth_table(worth)) if worth else "",
        worth_legend=legend_line(legend(worth_table(worth))) if worth else "",
        worth_words=bullets(worth_words(worth)) if worth else "",
        champions=table(champion_table(board)),
        models=table(index_table(every, board, files)),
        stable=bullets(sureness(board)),
        stability=table(stability_table(board.stability, _MOST)) if board.stability else "",
        stability_legend=legend_line(legend(stability_table(board.stability))) if board.stability else "",
        standings_legend=legend_line(legend(*map(standings_table, tables))),
        trends_legend=legend_line(legend(trend_table(board, ()))),
        anchors=markdown(anchor_words()),
        weights=_table(weight_table(board, _MOST)) if board.composites else "",
        repeats=_table(repeat_table(board, board.ranked_models[:_MOST])),
        changes=bullets(changes(board)),
        trends=_table(trend_table(board, board.ranked_models[:_MOST])),
        charts=[
            {"title": markdown(p.title), "alt": markdown(p.alt), "file": f"{folder}/{p.name}.svg"}
            for p in plans
            if p.general
        ],
        standings=list(map(_standings, tables)),
        matrices=_matrices(board),
        gaps=_table(gap_table(board)),
        unmeasured=bullets([*rounds(manifests), *unmeasured(board)]),
        runs=table(run_table(board)),
        contestants=table(contestant_table(board)),
        digest=board.data_sha256,
        samples=counted(board.samples, "answer"),
        commands=commands(manifests),
        stamp=stamp(board),
    )  # fmt: skip


def render_summary(board: Scoreboard) -> str:
    """The executive summary as Markdown."""
    return environment().get_template("summary.md.j2").render(
        lede=markdown(lede(board)),
        warnings=list(map(markdown, warnings(board))),
        decisions=table(summary_table(board.by("task_type"))),
        winners=[(title, markdown(text)) for title, text in winners(board)],
        sure=bullets(sureness(board)),
        changes=bullets(changes(board)),
        costs=bullets(costs(board)),
    )  # fmt: skip


def _table(shown: Table | None) -> str:
    return table(shown) if shown and shown.rows else ""


def _standings(board: Board) -> dict[str, str]:
    more = len(board.ranked) - _MOST
    rest = f" The first {_MOST} of {len(board.ranked)} models; `index.html` has all." if more > 0 else ""
    return {
        "title": markdown(board.name.capitalize() if board.by == "overall" else board.name),
        "table": table(standings_table(board, _MOST)),
        "note": markdown(board_note(board)) + rest,
    }


def _matrices(board: Scoreboard) -> list[dict[str, str]]:
    models = board.ranked_models[:_ACROSS]
    more = len(board.ranked_models) - _ACROSS
    rest = f" The first {_ACROSS} of {len(board.ranked_models)} models." if more > 0 else ""
    return [
        {"by": name.lower(), "table": table(matrix(board.by(by), models, name)), "rest": rest}
        for by, name in BREAKDOWNS.items()
        if len(board.by(by)) > 1
    ]
