from __future__ import annotations

from pathlib import Path

import pytest

from harness.analysis.compare import Comparison, TaskChange, compare
from harness.reporting.formats.junit import junit
from harness.resultrow import ResultRow
from tests.rows import answers, database

A, B = "20261101-120000-aaaa", "20261102-120000-bbbb"


def compared(folder: Path, rows: list[ResultRow]) -> tuple[Comparison, ...]:
    with database(folder, rows) as con:
        return compare(con, [A], [B])


def runs(before: str, after: str, model: str = "m", suite: str = "math") -> list[ResultRow]:
    first, second = (answers(model, marks, suite=suite, run_id=r) for r, marks in ((A, before), (B, after)))
    return first + second


def test_both_pass_20_one_6_the_other_2(tmp_path: Path) -> None:
    """The fixture of the reference: exact McNemar p = .2891."""
    before, after = "1" * 20 + "1" * 6 + "0" * 2 + "0" * 2, "1" * 20 + "0" * 6 + "1" * 2 + "0" * 2
    (found,) = compared(tmp_path, runs(before, after))
    assert (found.n, found.gained, found.lost) == (30, 2, 6)
    assert found.before - found.after == pytest.approx(0.1333, abs=5e-5)
    assert found.p_value == pytest.approx(0.2891, abs=5e-5)
    assert not found.regressed


def test_a_regression_stays_one_among_many_comparisons_and_is_named(tmp_path: Path) -> None:
    rows = runs("1" * 30, "1" * 15 + "0" * 15) + runs("1" * 9 + "0", "1" * 10, suite="code")
    code, maths = compared(tmp_path, rows)
    assert (code.suite, [t.task_id for t in code.better], code.regressed) == ("code", ["t-0010"], False)
    assert maths.regressed
    assert maths.p_value == pytest.approx(2 * 2 / 2**15)  # twice, by Holm
    assert maths.worse[0].task_id == "t-0016"
    text = junit((code, maths))
    assert text.count("<failure") == 1
    assert "fails now: t-0030" in text
    assert "passes now: t-0010" in text


def test_improving_is_no_regression(tmp_path: Path) -> None:
    (found,) = compared(tmp_path, runs("0" * 30, "1" * 30))
    assert found.significant
    assert not found.regressed


def test_only_what_both_answered_in_the_same_version_is_compared(tmp_path: Path) -> None:
    rows = runs("11x1", "1011")
    rows += answers("m", "1", suite="new", run_id=B) + answers("other", "1", run_id=A)
    rows += answers("m", "1", suite="changed", run_id=A, task_sha256="v1")
    rows += answers("m", "0", suite="changed", run_id=B, task_sha256="v2")
    (found,) = compared(tmp_path, rows)
    assert (found.suite, found.n, found.worse) == ("math", 3, (TaskChange("t-0002", 1.0, 0.0),))
