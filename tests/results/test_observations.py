"""Real calls on disk: safe at once, read again, and invisible to the readers of runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from harness.observationrow import Observation
from harness.results.observations import ObservationLog, read_observations
from harness.results.runs import run_ids
from tests.rows import answers, database

CALL = Observation("2026-11-20T12:00:00+00:00", "m", "coder", "code", "beginner", 9.5, 812, 40, None, True)


def test_calls_are_read_again_in_order(tmp_path: Path) -> None:
    later = replace(CALL, timestamp="2026-11-21T12:00:00+00:00", score=None, cost_usd=0.01, success=False)
    with ObservationLog(tmp_path) as log:
        log.append(later)
        log.append(CALL)
    assert read_observations(tmp_path) == [CALL, later]
    assert [path.suffix for path in (tmp_path / "observations").iterdir()] == [".parquet"]


def test_a_call_is_safe_before_the_log_is_closed(tmp_path: Path) -> None:
    log = ObservationLog(tmp_path)
    log.append(CALL)
    (journal,) = (tmp_path / "observations").iterdir()
    with journal.open("ab") as file:
        file.write(b'{"timestamp": "cut')  # what a crash leaves
    assert read_observations(tmp_path) == [CALL]


def test_runs_do_not_see_them(tmp_path: Path) -> None:
    with ObservationLog(tmp_path) as log:
        log.append(CALL)
    assert run_ids(tmp_path) == []
    with database(tmp_path, answers("a", "11")) as con:
        assert con.execute("SELECT count(*) FROM results").fetchone() == (2,)


def test_nothing_is_created_before_the_first_call(tmp_path: Path) -> None:
    with ObservationLog(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []
    assert read_observations(tmp_path) == []
