"""Totals that others measured: shown with their number and an interval, and compared with nobody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from harness.analysis.standings import load_boards, load_standings
from harness.analysis.statistics import wilson
from harness.reporting.introduction import board_note
from harness.resultrow import ResultRow
from tests.rows import answers, database, row

SAMPLES = [*answers("a", "1101101110", suite="sums"), *answers("b", "1001101010", suite="sums")]


def total(model: str, suite: str, score: float, n: int, run_id: str = "20261101-000000-aaaa") -> ResultRow:
    given = {"model": model, "suite": suite, "task_id": "total", "score": score, "passed": False}
    return row(**given, total_of=n, measure="none", run_id=run_id, engine="imported", timing="replayed")


def test_a_total_has_its_number_and_wilsons_interval(tmp_path: Path) -> None:
    with database(tmp_path, [total("a", "maths", 0.853, 1319), total("b", "maths", 0.5, 10)]) as con:
        standings = load_standings(con)
        first, second = standings.by("suite")[0].lines
    assert (first.model, first.n, first.quality, first.rank, first.total) == ("a", 1319, 0.853, None, True)
    assert (first.low, first.high) == pytest.approx(wilson(0.853 * 1319, 1319))
    assert (second.low, second.high) == pytest.approx(wilson(5, 10))
    (board,) = standings.by("suite")
    assert (board.offered, board.common, board.measure) == (0, 0, "score")
    assert (board.decision.kind, board.decision.pick, board.pairs) == ("insufficient", None, ())
    assert "without their samples nobody is ranked" in board_note(board)
    assert standings.samples == 0
    assert all(not boards for by, boards in standings.boards.items() if by not in ("suite", "overall"))


def test_totals_change_nothing_for_samples(tmp_path: Path) -> None:
    totals = [total("z", "sums", 0.99, 50_000), total("a", "sums", 0.1, 9), total("z", "maths", 0.99, 9)]
    with database(tmp_path / "alone", SAMPLES) as con:
        alone = load_standings(con)
    with database(tmp_path / "beside", [*SAMPLES, *totals]) as con:
        beside = load_standings(con)
    (_, sums) = beside.by("suite")
    assert [line.model for line in sums.lines] == ["a", "b", "z"], "own samples stand before a total"
    assert replace(sums, lines=sums.lines[:2]) == alone.by("suite")[0]
    assert [line.total for line in sums.lines] == [False, False, True]
    assert "Of z there are totals of others alone, compared with nobody." in board_note(sums)
    assert beside.overall == alone.overall
    for by in ("task_type", "language", "role"):
        assert beside.by(by) == alone.by(by)


def test_the_newest_total_stands(tmp_path: Path) -> None:
    older = total("a", "maths", 0.2, 100, "20261101-000000-aaaa")
    newer = total("a", "maths", 0.4, 200, "20261102-000000-aaaa")
    with database(tmp_path, [newer, older]) as con:
        (board,) = load_boards(con, "suite")["suite"]
    assert [(line.n, line.quality) for line in board.lines] == [(200, 0.4)]
