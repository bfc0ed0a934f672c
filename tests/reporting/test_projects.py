"""What is said of projects: first and last try, form of the edits, what a solved one cost."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from harness.analysis.facts import read_examples
from harness.analysis.standings import load_standings
from harness.reporting.formats.html import page
from harness.reporting.formats.markdown import guide
from harness.reporting.model_pages import _last_turn
from harness.reporting.report import sections
from harness.reporting.section import Report
from harness.reporting.sections.standings import standings_table
from harness.resultrow import ResultRow
from tests.rows import database, row

TRIES = "tries 2 auto"


def project(model: str, task: str, passed: bool, usd: float | None = 0.1, **metrics: object) -> ResultRow:
    said = json.dumps(metrics)
    return row(
        model=model, task_id=task, suite="projects", passed=passed, cost_usd=usd, solver=TRIES, metrics=said
    )


ROWS = [
    project("a", "t1", True, passed_first=False, turns=2, well_formed=True),
    project("a", "t2", True, passed_first=True, turns=1, well_formed=True),
    project("a", "t3", False, passed_first=False, turns=2, well_formed=False),
    project("a", "t4", False),
    project("b", "t1", True, usd=None),
    project("c", "t1", False),
    row(model="b", suite="math"),
]


def test_shares_and_cost_by_model(tmp_path: Path) -> None:
    again = replace(project("c", "t1", True, 0.5), run_id="20261103-120000-cccc")
    with database(tmp_path, [*ROWS, again]) as con:
        facts = {one.model: one for one in load_standings(con).projects}
    a, b, c = facts["a"], facts["b"], facts["c"]
    assert (a.suite, a.solver, a.n, a.first_rate, a.last_rate) == ("projects", TRIES, 4, 0.25, 0.5)
    assert [a.well_formed, a.turns, a.usd_per_solved] == pytest.approx([2 / 3, 1.5, 0.2])
    assert (b.first_rate, b.last_rate, b.well_formed, b.usd_per_solved) == (1, 1, None, None)
    assert (c.n, c.last_rate, c.usd_per_solved) == (1, 1, 0.5)  # the newest row of a sample


def test_the_guide_and_the_page_have_a_table_of_them(tmp_path: Path) -> None:
    with database(tmp_path, ROWS) as con:
        report = Report(load_standings(con))
    parts = sections(report)
    lines = [[cell.strip() for cell in line.split("|")] for line in guide(report, parts).split("\n")]
    (of_a,) = [cells for cells in lines if cells[1:4] == ["projects", "a", TRIES]]
    assert of_a[4:-1] == ["4", "25 %", "50 %", "67 %", "1.5", "$0.20"]
    assert '<section id="projects">' in page(report, parts)


def forms(model: str, whole: str, diff: str) -> list[ResultRow]:
    """Answers in both forms: a sign a task, 1 for passed, 0 for failed, x for edits that fit nowhere."""
    return [
        row(model=model, suite="projects", task_id=f"t{i}", passed=sign == "1", solver=f"single {form}",
            task_sha256=form, metrics=json.dumps({"well_formed": sign != "x"}))
        for form, signs in (("whole", whole), ("diff", diff))
        for i, sign in enumerate(signs)
    ]  # fmt: skip


def test_the_guide_says_which_form_of_edits_suits_whom(tmp_path: Path) -> None:
    """Measured on the same tasks, or not at all."""
    rows = [
        *forms("small", "1111111100", "xx00000000"),
        *forms("large", "1110", "1111"),
        *forms("half", "11", ""),
        project("old", "t1", True, asked_format="diff"),
        replace(project("old", "t1", True, asked_format="whole"), run_id="20261103-120000-cccc", seed=1),
    ]
    with database(tmp_path, rows) as con:
        report = Report(load_standings(con))
    small, large = (
        next(f for f in report.standings.edit_formats if f.model == m) for m in ("small", "large")
    )
    assert (small.n, small.whole_rate, small.diff_rate, small.diff_formed, small.suits) == (
        10,
        0.8,
        0,
        0.8,
        "whole",
    )
    assert (large.n, large.suits) == (4, None)
    text = " ".join(guide(report, sections(report)).split())
    assert (
        "- **small:** whole files (single: whole files 80 % passed and 100 % well-formed, "
        "blocks 0 % passed and 80 % well-formed, of 10 tasks)"
    ) in text
    assert "- **large:** no difference shown (single: " in text and "- **half:** not measured" in text


def test_tables_by_difficulty_and_role_have_columns_of_projects(tmp_path: Path) -> None:
    hard = [replace(one, difficulty="advanced", role="builder") for one in ROWS[:4]]
    with database(tmp_path, [*hard, *ROWS[6:]]) as con:
        standings = load_standings(con)
    for by, name in (("difficulty", "advanced"), ("role", "builder"), ("suite", "projects")):
        (board,) = [board for board in standings.by(by) if board.name == name]
        (line,) = [line for line in board.lines if line.model == "a"]
        assert (line.quality, line.first_rate, line.turns) == (0.5, 0.25, 1.5)
        titles = [column.title for column in standings_table(board).columns]
        assert {"First try", "Well-formed", "Turns", "$/solved"} <= set(titles), titles
    (other,) = [board for board in standings.by("suite") if board.name == "math"]
    assert "First try" not in [column.title for column in standings_table(other).columns]
    assert all(line.first_rate is None for line in standings.by("overall")[0].lines)


def test_a_dialogue_is_told_turn_by_turn(tmp_path: Path) -> None:
    """Folded up, escaped, cut, and with a gap where turns are left out."""
    said = [
        {"role": "assistant", "content": "<script>x</script>\x1b[31m"},
        {"role": "user", "content": "y" * 3000},
    ]
    turns = [*said, *({"role": "user", "content": f"turn {i}"} for i in range(3, 41)), {"role": "assistant"}]
    rows = [
        replace(project("a", "t1", False), transcript=json.dumps(turns)),
        replace(project("b", "t1", True), transcript="no JSON"),
        replace(project("c", "t1", True), transcript='{"role": "x"}'),
        replace(project("d", "t1", True), transcript="[1, null, {}]"),
    ]
    with database(tmp_path, rows) as con:
        report = Report(load_standings(con), examples=read_examples(con))
    text = page(report, sections(report))
    assert text.count('<details class="dialogue">') == 2
    dialogue = text[text.index('<details class="dialogue">') :].partition("</details>")[0]
    assert "Dialogue, 41 turns" in dialogue and "11 turns left out" in dialogue
    assert "&lt;script&gt;x&lt;/script&gt;␛[31m" in dialogue and "[3,000 characters in all]" in dialogue
    order = [dialogue.index(words) for words in ("turn 20<", "11 turns", "turn 32<", "turn 40<", "(nothing)")]
    assert order == sorted(order) and "turn 21<" not in dialogue
    example = next(one for one in report.examples if one.model == "a")
    (last,) = _last_turn(example)
    assert (last.title, last.text) == ("Shown last, of 41 turns", "turn 40")


def test_without_projects_nothing_is_said_of_them(tmp_path: Path) -> None:
    with database(tmp_path, ROWS[-1:]) as con:
        report = Report(load_standings(con))
    assert "projects" not in {section.name for section in sections(report)}
