"""Second changes stand where people look for them, beside the verdicts, compared on what both passed."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from rich.console import Console

from harness.analysis.facts import read_follow_ups
from harness.analysis.standings import load_boards, load_standings
from harness.reporting.formats.html import page
from harness.reporting.formats.terminal import print_standings
from harness.reporting.model_pages import model_pages
from harness.reporting.profiles import profiles
from harness.reporting.report import sections
from harness.reporting.section import Report
from harness.resultrow import ResultRow
from tests.rows import database, row


def changed(model: str, task: str, again: bool | None, sha256: str = "new", **given: Any) -> ResultRow:
    """A task that was passed, with the verdict on the second change; ``None``: it was not judged."""
    size = {"changed_lines": 8, "changed_files": 2, "prompt_tokens": 900, "completion_tokens": 100}
    metrics = json.dumps({"follow_up": {"sha256": sha256, "passed": again, **size}})
    fields = {"role": "coder", "solver": "single auto", "cost_usd": 1.0, **given}
    paid = None if again is None else 0.5
    return row(model=model, task_id=task, metrics=metrics, follow_up_usd=paid, **fields)


ROWS = [
    changed("a", "t1", True), changed("a", "t2", True), changed("a", "t3", False),
    changed("b", "t1", True), changed("b", "t1", False, repeat=1), changed("b", "t2", False),
    changed("b", "t3", None), changed("b", "t4", True, passed=False), changed("c", "t3", None, suite="x"),
    changed("d", "t3", True, "old", run_id="0"), changed("oracle", "t1", True, baseline=True),
    row(model="e", suite="x", task_id="t1", solver="single auto", role="coder", cost_usd=1.0),
]  # fmt: skip


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, str]:
    """The report, and what the terminal shows by role."""
    with database(tmp_path_factory.mktemp("rows"), ROWS) as con:
        standings = load_standings(con)
        screen = Console(file=io.StringIO(), width=160)
        boards = load_boards(con, "role", percentiles=False)
        print_standings(boards, screen, "role", follow_ups=read_follow_ups(con))
    assert isinstance(screen.file, io.StringIO)
    return Report(standings), screen.file.getvalue()


def test_what_is_counted(measured: tuple[Report, str]) -> None:
    facts = {one.model: one for one in measured[0].standings.follow_ups if one.role is None}
    assert facts.keys() == {"a", "b", "c"}, "who failed has none, and an older change was another one"
    a, b, c = facts["a"], facts["b"], facts["c"]
    assert (a.asked, a.n, a.passed, a.changed_lines, a.tokens, a.usd) == (3, 3, 2.0, 8.0, 1000.0, 0.5)
    assert (b.asked, b.n, b.passed) == (4, 2, 0.5), "repeats are averaged; what was not judged counts not"
    assert (a.rival, a.common, a.common_passed, a.rival_passed) == ("b", 2, 2.0, 0.5)
    assert (c.asked, c.n, c.rival, c.common) == (1, 0, None, 0)


def test_it_is_no_part_of_what_models_are_ranked_by(measured: tuple[Report, str]) -> None:
    standings = measured[0].standings
    board = next(board for board in standings.by("suite") if board.name != "x")
    assert {line.cost_per_task for line in board.lines if line.model in "ab"} == {1.0}
    paid = sum((one.cost_usd or 0) + (one.follow_up_usd or 0) for one in ROWS)
    assert sum(run.cost_usd or 0 for run in standings.runs) == pytest.approx(paid), "all that was paid"


def test_page_model_pages_and_terminal_show_it(measured: tuple[Report, str]) -> None:
    report, printed = measured
    text = page(report, sections(report))
    assert '<section id="second-changes">' in text and "2 of 3" in text and "not measured" in text
    shown = profiles(report.standings, ())
    pages = model_pages(shown, {one.model: f"models/{one.model}.md" for one in shown}, {})
    assert "2 of 3 passed (21–94 %)" in pages["models/a.md"]
    assert "2 / 0.5 of b on the 2 that both passed before" in pages["models/a.md"]
    assert "not measured" in pages["models/e.md"]
    assert "The second change: coder" in printed and "2 of 3 (21–94 %)" in printed
