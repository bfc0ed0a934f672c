"""Reviews over all defects together: what the figures are, which rows count, and where they are shown."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from harness.analysis.facts import read_findings
from harness.analysis.standings import load_boards, load_standings
from harness.reporting.formats.html import page
from harness.reporting.formats.markdown import guide
from harness.reporting.formats.terminal import print_standings
from harness.reporting.report import sections
from harness.reporting.section import Report
from harness.resultrow import ResultRow
from tests.rows import database, row

LATER = "20261109-120000-cccc"


def reviewed(model: str, task: str, *counts: int, **given: object) -> ResultRow:
    """``counts``: planted, named, right, in the right place, clean files, false alarms in them."""
    names = ("planted", "named", "right", "right_place", "clean_files", "false_alarms_in_clean_files")
    metrics = json.dumps(dict(zip(names, counts, strict=False)))
    own = {"suite": "review", "grader": "review", "measure": "score", "passed": False, "role": "reviewer"}
    return row(model=model, task_id=task, metrics=metrics, **{**own, **given})


def rows() -> Iterator[ResultRow]:
    yield from (reviewed("a", "t1", 2, 3, 1, 2, 0, 0), reviewed("a", "t2", 1, 1, 1, 1, 1, 1))
    yield reviewed("a", "t1", 2, 9, 0, 0, 0, 0, run_id="20261101-000000-aaaa")
    yield from (reviewed("b", "t1", 2, 0, 0, 0, 0, 0), reviewed("b", "t2", 1, 0, 0, 0, 1, 0))
    yield reviewed("random", "t1", 2, 1, 0, 0, 0, 0, baseline=True)
    yield row(suite="sums", model="a")


def test_micro_averages_are_those_of_the_fixture(tmp_path: Path) -> None:
    with database(tmp_path, rows()) as con:
        a, b = load_standings(con).findings
    assert (a.model, a.n, a.defects, a.named, a.named_rightly) == ("a", 2, 3, 4, 2)
    assert (a.precision, a.recall, a.f1, a.f05) == pytest.approx((0.5, 2 / 3, 4 / 7, 10 / 19))
    assert (a.places, a.alarms_per_clean_file) == (1.0, 1.0)
    assert (b.precision, b.recall, b.f1) == (None, 0, 0), "silence is not precise"


def test_guide_page_and_terminal_show_them(tmp_path: Path) -> None:
    screen = Console(file=io.StringIO(), width=160)
    with database(tmp_path, rows()) as con:
        report = Report(load_standings(con))
        print_standings(load_boards(con, "role"), screen, "role", findings=read_findings(con))
    parts = [part for part in sections(report) if part.name == "reviews"]
    assert '<section id="reviews">' in page(report, parts)
    wanted = ["a", "2", "3", "4", "0.500", "0.667", "0.571", "0.526", "1.000", "1.000"]
    cells = [[cell.strip() for cell in line.split("|")][1:-1] for line in guide(report, parts).split("\n")]
    assert wanted in cells
    assert isinstance(screen.file, io.StringIO)
    assert "Defects found in reviews: review" in screen.file.getvalue()
