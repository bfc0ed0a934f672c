"""Repeats and runs, through real Parquet."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.analysis.standings import load_standings
from harness.resultrow import ResultRow
from tests.rows import answers, database, row

FIRST, SECOND, THIRD = "20261101-120000-aaaa", "20261102-120000-bbbb", "20261103-120000-cccc"


def repeated(model: str, passed: dict[str, str]) -> list[ResultRow]:
    """Rows of tasks by name, one mark a repeat."""
    return [
        row(model=model, task_id=task, repeat=n, seed=n, passed=mark == "1")
        for task, marks in passed.items()
        for n, mark in enumerate(marks)
    ]


def test_repeats_are_clusters(tmp_path: Path) -> None:
    """The fixture of the reference, and a task asked once, which does not count."""
    marks = {"t1": "1111", "t2": "0001", "t3": "1101", "t4": "0000", "t5": "1011"}
    rows = repeated("a", {**marks, "t6": "1"}) + repeated("b", dict.fromkeys((*marks, "t6"), "1"))
    with database(tmp_path, rows) as con:
        standings = load_standings(con)
    (found,) = standings.repeats
    assert (found.model, found.tasks, found.k, found.rate) == ("a", 5, 4, 0.55)
    assert found.error == pytest.approx(0.18371, abs=5e-6)
    assert found.low == pytest.approx(0.0399, abs=5e-5)
    assert found.high == 1.0
    assert found.pass_at_k == pytest.approx(4 / 5)
    assert found.pass_hat_k == pytest.approx(1 / 5)


def test_more_answers_than_usual_sharpen_pass_at_k(tmp_path: Path) -> None:
    rows = repeated("a", {"t1": "1000000000"[::-1], "t2": "11000", "t3": "11111", "t4": "1"})
    with database(tmp_path, rows) as con:
        (found,) = load_standings(con).repeats
    assert (found.tasks, found.k) == (3, 5)
    assert found.pass_at_k == pytest.approx((0.5 + 1 + 1) / 3)  # one of ten: five of them have it in half
    assert found.pass_hat_k == pytest.approx(1 / 3)


def test_runs_one_after_the_other(tmp_path: Path) -> None:
    rows = answers("a", "1100", run_id=FIRST) + answers("a", "1111xx", run_id=SECOND, cost_usd=0.01)
    rows += answers("a", "1", run_id=THIRD, suite="other") + answers("b", "1100", run_id=FIRST)
    with database(tmp_path, rows) as con:
        standings = load_standings(con)
    first, second = standings.trends
    assert (first.model, first.run_id, first.n, first.quality) == ("a", FIRST, 4, 0.5)
    assert (first.change, first.p_value, first.shared, first.cost_per_task) == (None, None, 0, None)
    assert first.at == "2026-11-01T12:00:00+00:00"
    assert (second.quality, second.shared, second.change, second.p_value) == (1.0, 4, 0.5, 0.5)
    assert second.cost_per_task == pytest.approx(0.01)
    assert second.latency_p50_s is None
    assert second.low < 1 == second.high


def test_what_a_run_took(tmp_path: Path) -> None:
    rows = answers("a", "110x", cost_usd=0.25, latency_s=2.0) + answers("b", "11", latency_s=None)
    rows += answers("oracle", "11", baseline=True, latency_s=None)
    with database(tmp_path, rows) as con:
        (run,) = load_standings(con).runs
    assert (run.cost_usd, run.unpriced, run.seconds, run.tokens) == (1.0, 2, 8.0, 8 * 51)
