"""What is said of projects: first and last try, form of the edits, what a solved one cost."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from harness.analysis.standings import load_standings
from harness.reporting.formats.html import page
from harness.reporting.formats.markdown import guide
from harness.reporting.report import sections
from harness.reporting.section import Report
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


def test_without_projects_nothing_is_said_of_them(tmp_path: Path) -> None:
    with database(tmp_path, ROWS[-1:]) as con:
        report = Report(load_standings(con))
    assert "projects" not in {section.name for section in sections(report)}
