"""Verdicts on disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from harness.comparisonrow import Comparison
from harness.errors import HarnessWarning
from harness.results.comparisons import ComparisonLog, read_comparisons
from harness.results.runs import run_ids
from tests.rows import row, write

ONE = Comparison(
    "c1", "p1", "x", "judge", "family", "writing", "t1", "sha", "2026-11-30T12:00:00.000001+00:00", "0.1.0",
    difficulty="beginner", model_a="a", model_b="b", chars_a=3, a_first=False, preferred="tie",
    output="ok \ud800",
)  # fmt: skip


def test_verdicts_come_back_in_order_and_are_no_run(tmp_path: Path) -> None:
    later, earlier = (
        replace(ONE, judged_at="2026-12-01"),
        replace(ONE, judged_at="2026-11-01", preferred=None),
    )
    with ComparisonLog(tmp_path) as log:
        log.append(later)
        log.append(earlier)
    ComparisonLog(tmp_path).append(ONE)  # of a process that was killed
    write(tmp_path, [row()])
    readable = replace(ONE, output="ok ?")
    assert read_comparisons(tmp_path) == [
        replace(earlier, output="ok ?"), readable, replace(later, output="ok ?")
    ]  # fmt: skip
    assert run_ids(tmp_path) == [row().run_id]


def test_what_is_no_verdict_is_left_out(tmp_path: Path) -> None:
    with ComparisonLog(tmp_path) as log:
        log.append(ONE)
    (tmp_path / "judging" / "verdicts-x.jsonl").write_text('{"a": 1}\n[]\n')
    with pytest.warns(HarnessWarning, match="2 rows are no verdicts"):
        assert len(read_comparisons(tmp_path)) == 1
