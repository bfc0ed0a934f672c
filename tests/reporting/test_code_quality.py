"""How models write code is compared on the tasks that both passed, and stands where people look for it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from harness.analysis.extras import CodeFacts
from harness.analysis.facts import read_code
from harness.analysis.standings import load_boards, load_standings
from harness.reporting.formats.html import page
from harness.reporting.formats.terminal import print_standings
from harness.reporting.model_pages import model_pages
from harness.reporting.profiles import profiles
from harness.reporting.report import sections
from harness.reporting.section import Report
from harness.resultrow import ResultRow
from tests.rows import database, row


def written(model: str, task: str, complexity: int, role: str = "coder", **given: object) -> ResultRow:
    quality = {
        "complexity_max": complexity,
        "duplicate_share": 0.25,
        "comment_share": None,
        "documented_share": 0.5,
        "deprecated_calls": 1,
    }
    lint = {"warnings": 2, "rules": {"F401": 2}}
    metrics = json.dumps({"compiled": True, "quality": quality, "code_lines": 50, "lint": lint})
    return row(**{"model": model, "task_id": task, "role": role, "metrics": metrics, **given})


ROWS = [
    written("a", "t1", 4), written("a", "t2", 6, "debugger"), written("a", "t3", 90),
    written("b", "t1", 2), written("b", "t2", 3, "debugger"), written("b", "t3", 1, passed=False),
    written("b", "t1", 4, repeat=1), row(model="c", task_id="t1"), written("nop", "t1", 1, baseline=True),
]  # fmt: skip


def test_two_models_are_compared_on_what_both_passed(tmp_path: Path) -> None:
    with database(tmp_path, ROWS) as con:
        facts = load_standings(con).code
    of_a = [one for one in facts if one.model == "a"]
    assert {(one.role, one.measure) for one in of_a} == {
        (role, measure)
        for role in (None, "coder", "debugger")
        for measure in (
            "complexity_max",
            "duplicate_share",
            "documented_share",
            "deprecated_calls",
            "lint_per_100_lines",
        )
    }
    assert (
        CodeFacts(None, "a", "b", "complexity_max", 2, 5.0, 3.0) in of_a
    )  # 4 and 6; 3 of two answers, and 3
    assert CodeFacts(None, "a", "b", "lint_per_100_lines", 2, 4.0, 4.0) in of_a
    assert CodeFacts("coder", "a", "b", "complexity_max", 1, 4.0, 3.0) in of_a
    assert {one.model for one in facts} == {"a", "b"}


def test_page_model_pages_and_terminal_show_it(tmp_path: Path) -> None:
    with database(tmp_path, ROWS) as con:
        standings = load_standings(con)
        screen = Console(file=io.StringIO(), width=120)
        print_standings(load_boards(con, "role"), screen, "role", code=read_code(con))
    report = Report(standings)
    assert '<section id="code">' in page(report, sections(report))
    one = next(one for one in profiles(standings, ()) if one.model == "a")
    text = model_pages([one], {"a": "models/a.md"}, {})["models/a.md"]
    assert "How it writes code" in text and "5.0 / 3.0 of b, on 2 tasks that both pass" in text
    assert isinstance(screen.file, io.StringIO)
    printed = screen.file.getvalue()
    assert "How code is written: coder" in printed and "4.0 / 3.0" in printed


def test_of_very_many_answers_nothing_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.analysis.facts._MOST", 3)
    with database(tmp_path, ROWS) as con:
        assert load_standings(con).code == ()
