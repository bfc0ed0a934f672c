"""The standings from SQL against a plain computation, on random data."""

from __future__ import annotations

import math
import random
import tempfile
from collections import defaultdict
from dataclasses import astuple, replace
from itertools import product
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.analysis.board import Board
from harness.analysis.stability import _rates
from harness.analysis.standings import load_boards, load_standings
from harness.analysis.views import install
from harness.resultrow import ResultRow
from tests.analysis.reference import beside, frontiers, pairs, places, standings, unanswered
from tests.rows import database, row

_SUITES = {"alpha": ("code", "rust"), "beta": ("code", "go"), "gamma": ("math", "en")}
_FIELDS = (
    "n", "passed", "quality", "low", "high", "score", "reliability", "decode_tps", "chars_per_s",
    "latency_p50_s", "latency_p90_s", "latency_p95_s", "seconds_per_solved", "cost_usd", "cost_per_task",
    "cost_per_solved", "ok", "errors", "crashes", "skipped", "excluded",
)  # fmt: skip

_NO_PERCENTILES: dict[str, Any] = dict.fromkeys(("ttft_s", "latency_p50_s", "latency_p90_s", "latency_p95_s"))

_OUTCOMES: tuple[tuple[int, dict[str, Any]], ...] = (
    (9, {"passed": True}),
    (3, {"passed": False, "score": 0.25}),
    (4, {"passed": False}),
    (3, {"status": "error", "error_type": "timeout"}),
    (1, {"status": "error", "error_type": "grader_crash"}),
    (1, {"status": "skipped", "error_type": "no_sandbox"}),
    (2, {"status": "skipped", "error_type": "too_long"}),
)


def _season(seed: int, tasks: int = 7, repeats: int = 2) -> list[ResultRow]:
    """Two runs of four models on three suites, with everything that goes wrong in one."""
    rng = random.Random(seed)
    rows = []
    for model, (suite, (task_type, language)) in product(("a", "b", "c", "oracle"), _SUITES.items()):
        share = rng.choice((0.15, 0.6, 1.0, 1.0))  # how much of the suite the model gets round to
        left_out = model != "oracle" and rng.random() < 0.1
        for number, repeat, run in product(range(tasks), range(repeats), (1, 2)):
            if rng.random() > (share if run == 1 else 0.3 * share):
                continue
            outcome = rng.choices([o for _, o in _OUTCOMES], [w for w, _ in _OUTCOMES])[0]
            rows.append(row(**{
                "suite": suite, "task_type": task_type, "language": language, "task_id": f"t{number}",
                "category": "even" if number % 2 == 0 else "odd", "role": "coder" if number else "tester",
                "difficulty": "beginner" if number < 3 else "advanced",
                "repeat": repeat, "run_id": f"run{run}",
                # the second run brings a new version of the first task
                "task_sha256": f"{suite} t{number} v{run if number == 0 else 1}",
                "model": model, "baseline": model == "oracle",
                "timing": rng.choice(("measured", "measured", "replayed", "contended")),
                "latency_s": rng.choice((None, 0.5, 1.0, 2.25)),
                "decode_tps": rng.choice((None, 10.0, 90.0)),
                "completion_tokens": rng.choice((None, 1, 11, 101)),
                "output_chars": rng.choice((None, 0, 300)),
                "context_tier": "long" if number > 4 else None,
                "cost_usd": None if rng.random() < 0.04 else rng.choice((0.0, 0.01, 0.03)),
                **({"status": "skipped", "error_type": "excluded"} if left_out else outcome),
            }))  # fmt: skip
    return rows


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6))
def test_sql_equals_plain_python(seed: int) -> None:
    rows = _season(seed)
    expected = standings(rows)
    actual, contests, fronts, rates = _from_sql(rows)
    _assert_same(actual, expected)
    for by, value in {key[:2] for key in expected}:
        ranks = {m: line["rank"] for (b, v, m), line in actual.items() if (b, v) == (by, value)}
        assert {m: r for m, r in ranks.items() if r is not None} == places(expected, by, value)
    assert contests == pairs(rows)
    assert fronts == frontiers(expected)
    for model, rate in rates.items():
        assert _same(rate, expected["overall", "overall", model]["quality"])


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6))
def test_what_is_left_out_and_who_is_not_compared_equal_plain_python(seed: int) -> None:
    rows = _season(seed)
    with tempfile.TemporaryDirectory() as folder, database(Path(folder), rows) as con:
        boards = [board for of_dimension in load_boards(con, "suite").values() for board in of_dimension]
        boards += load_boards(con, "difficulty")["difficulty"]
    expected = unanswered(rows)
    for board in boards:
        left_out = {one.model: one.tasks for one in board.unanswered}
        assert left_out == {
            m: n for (by, name, m), n in expected.items() if (by, name) == (board.by, board.name)
        }
        # overall, who answered only suites that the average leaves out has nothing to be compared by
        averaged = [b for b in boards if b.by == "suite" and b.name in board.suites]
        counted = averaged if board.by == "overall" else [board]
        aside = {s.model for b in counted for s in b.lines if s.answered and not s.baseline}
        aside -= {s.model for s in board.ranked}
        assert {one.model for one in board.uncompared} == (aside if board.ranked else set())
        for one in board.uncompared:
            assert one.other == (board.decision.pick or board.ranked[0]).model
            assert one.run_id == max(r.run_id for r in rows if r.model == one.model)
            if board.by != "overall":
                for name, value in beside(rows, board.by, board.name, one.model, one.other).items():
                    assert _same(getattr(one, name), value), (board.by, board.name, one, name, value)


def test_suites_of_more_tasks_than_a_block_has() -> None:
    rows = _season(5, tasks=150, repeats=1)
    _assert_same(_from_sql(rows)[0], standings(rows))


def test_a_run_in_which_nothing_was_asked_twice() -> None:
    rows = [row for row in _season(5, tasks=150, repeats=1) if row.run_id == "run1"]
    actual, contests, *_ = _from_sql(rows)
    _assert_same(actual, standings(rows))
    assert contests == pairs(rows)


def test_the_tables_of_one_dimension_are_those_among_all(tmp_path: Path) -> None:
    with database(tmp_path, _season(7)) as con:
        whole = load_standings(con).boards
        for by, made in (("suite", {"suite", "overall"}), ("category", {"category"})):
            for percentiles in (True, False):
                alone = load_boards(con, by, percentiles=percentiles)
                assert {dimension for dimension, boards in alone.items() if boards} == made
                for dimension in made:
                    expected = [_shown(board, percentiles) for board in whole[dimension]]
                    assert [_shown(board, True) for board in alone[dimension]] == expected


def test_tables_made_again_keep_nothing_of_what_was_there_before(tmp_path: Path) -> None:
    once = "FROM every WHERE run_id = 'run1' AND repeat = 0 AND model <> 'b'"
    with database(tmp_path, _season(3)) as con:
        con.execute("ALTER VIEW results RENAME TO every")
        con.execute(f"CREATE VIEW results AS {once}")
        fresh = [_shown(board, True) for board in load_boards(con, "suite")["suite"]]
        con.execute("CREATE OR REPLACE VIEW results AS FROM every")  # repeats, two runs, older versions
        assert [_shown(board, True) for board in load_boards(con, "suite")["suite"]] != fresh
        con.execute(f"CREATE OR REPLACE VIEW results AS {once}")
        assert [_shown(board, True) for board in load_boards(con, "suite")["suite"]] == fresh


def _shown(board: Board, percentiles: bool) -> tuple[Any, ...]:
    """What a table shows; sums differ in their last digit with the order of the rows."""
    standings = board.lines if percentiles else [replace(s, **_NO_PERCENTILES) for s in board.lines]
    lines = [_rounded(astuple(standing)) for standing in standings]
    reason = _rounded(astuple(board.decision.reason))
    return board.name, board.offered, board.common, board.suites, board.roles, reason, lines


def _rounded(values: tuple[Any, ...]) -> list[Any]:
    return [round(value, 9) if isinstance(value, float) else value for value in values]


def _assert_same(actual: Lines, expected: Lines) -> None:
    assert actual.keys() == expected.keys()
    for key, line in actual.items():
        for name in _FIELDS:
            assert _same(line[name], expected[key][name]), (key, name, line[name], expected[key][name])


Lines = dict[tuple[str, str, str], dict[str, Any]]
Contests = dict[tuple[str, str, str, str], tuple[int, int, int, float]]


Fronts = dict[tuple[str, str], set[tuple[float, float]]]


def _from_sql(rows: list[ResultRow]) -> tuple[Lines, Contests, Fronts, dict[str, float]]:
    """Standings, pairs, frontiers, and the averages of what is resampled."""
    with tempfile.TemporaryDirectory() as folder, database(Path(folder), rows) as con:
        install(con)
        answer = con.execute("FROM standings")
        names = [column[0] for column in answer.description]
        lines = [dict(zip(names, line, strict=True)) for line in answer.fetchall()]
        contests = con.execute(
            "SELECT dimension, value, model_a, model_b, wins, losses, ties, round(discordance * n, 9) "
            "FROM pairwise WHERE dimension <> 'overall'"
        ).fetchall()
        fronts: Fronts = defaultdict(set)
        for by, value, quality, cost in con.execute(
            "SELECT dimension, value, round(quality, 9), round(cost_per_task, 12) "
            "FROM standings WHERE frontier"
        ).fetchall():
            fronts[by, value].add((quality, cost))
        ranked = [line["model"] for line in lines if line["dimension"] == "overall" and line["ranked"]]
        means = [table.mean(axis=1) for table in _rates(con, ranked)] if ranked else []
    return (
        {(line["dimension"], line["value"], line["model"]): line for line in lines},
        {(by, value, a, b): tuple(counts) for by, value, a, b, *counts in contests},
        dict(fronts),
        dict(zip(ranked, sum(means) / len(means), strict=True)) if means else {},
    )


def _same(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)


def test_of_equal_quality_the_more_precise_edits_are_first(tmp_path: Path) -> None:
    """Where all tasks measure it; a table with other tasks too says nothing of precision."""

    def edited(model: str, task: str, precision: float, cost: float, **given: object) -> ResultRow:
        own = {"suite": "debugging", "solver": "single", "task_type": "debugging", "role": "debugger"}
        metrics = f'{{"precision": {precision}}}'
        return row(model=model, task_id=task, metrics=metrics, cost_usd=cost, **{**own, **given})

    rows = [
        *(edited("wordy", task, 0.2, 0.001) for task in ("t1", "t2")),
        *(edited("exact", task, 1.0, 0.002) for task in ("t1", "t2")),
        *(edited("weak", task, 1.0, 0.001, passed=task == "t1") for task in ("t1", "t2")),
        *(edited("exact", task, 0.0, 0.002) for task in ("not asked of others",)),
        *(row(model=model, suite="sums") for model in ("wordy", "exact", "weak")),
    ]
    with database(tmp_path, rows) as con:
        standings = load_standings(con)
    debugging = next(board for board in standings.by("suite") if board.name == "debugging")
    assert [(s.model, s.precision) for s in debugging.lines] == [
        ("exact", 1.0),
        ("wordy", 0.2),
        ("weak", 1.0),
    ]
    (mixed,) = standings.by("language")
    assert [s.precision for s in mixed.lines] == [None] * 3
