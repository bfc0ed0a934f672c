from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.analysis.board import Board
from harness.analysis.facts import read_examples
from harness.analysis.standings import Standings, load_boards, load_standings
from harness.reporting.reasons import reason
from harness.resultrow import ResultRow
from tests.rows import answers, database, row

Load = Callable[[list[ResultRow]], Standings]
Boards = Callable[..., tuple[Board, ...]]


@pytest.fixture
def judge(tmp_path: Path) -> Load:
    """Rows → standings, through real Parquet."""

    def judged(rows: list[ResultRow]) -> Standings:
        with database(tmp_path / str(random.getrandbits(48)), rows) as con:
            return load_standings(con)

    return judged


@pytest.fixture
def tables(tmp_path: Path) -> Boards:
    """Rows → the boards by one dimension: those of all standings (``test_standings``), in half the time."""

    def made(rows: list[ResultRow], by: str = "suite") -> tuple[Board, ...]:
        with database(tmp_path / str(random.getrandbits(48)), rows) as con:
            return load_boards(con, by)[by]

    return made


def only(boards: tuple[Board, ...]) -> Board:
    (board,) = boards
    return board


# --- what counts -------------------------------------------------------------


def test_skipped_error_and_failed_are_three_things(tables: Boards) -> None:
    board = only(tables(answers("a", "1101x-") + answers("b", "110111")))
    a = board.of("a")
    assert a is not None
    assert (a.n, a.passed, a.ok, a.errors, a.skipped) == (4, 3, 4, 1, 1)
    assert a.reliability == pytest.approx(4 / 5)
    assert board.common == 4  # b is judged on the same four tasks
    assert board.ranked[0].quality == board.ranked[1].quality == 0.75


def test_a_crossed_out_pair_has_no_quality(judge: Load) -> None:
    crossed = answers("b", "--", suite="code")
    crossed = [
        row(model="b", suite="code", task_id=r.task_id, status="skipped", error_type="excluded")
        for r in crossed
    ]
    standings = judge(answers("a", "11", suite="code") + crossed)
    b = only(standings.by("suite")).of("b")
    assert b is not None
    assert b.crossed_out
    assert b.quality is None
    assert b.rank is None
    assert {(g.model, g.kind, g.samples) for g in standings.gaps if g.kind == "excluded"} == {
        ("b", "excluded", 2)
    }


def test_nobody_wins_by_skipping_a_hard_suite(tables: Boards) -> None:
    def marks(model: str, suite: str, passed: int) -> list[ResultRow]:
        return answers(model, "1" * passed + "0" * (10 - passed), suite=suite)

    rows = marks("A", "s1", 9) + marks("A", "s2", 6) + marks("A", "s3", 7)
    rows += marks("B", "s1", 8) + marks("B", "s2", 6)
    rows += marks("C", "s1", 5) + marks("C", "s2", 4) + marks("C", "s3", 9)
    overall = only(tables(rows, "overall"))
    assert [(s.model, round(s.quality or 0, 4)) for s in overall.ranked] == [("A", 0.7333), ("C", 0.6)]
    b = overall.of("B")
    assert b is not None
    assert b.rank is b.quality is None


def test_a_model_with_a_handful_of_answers_does_not_shrink_the_table(tables: Boards) -> None:
    board = only(tables(answers("a", "10" * 10) + answers("b", "11" * 10) + answers("late", "11")))
    assert board.common == 20
    late = board.of("late")
    assert late is not None
    assert late.rank is None
    assert (late.n, late.quality) == (2, 1.0)


def test_a_model_whose_answers_crash_the_judge_takes_no_tasks_from_the_others(tables: Boards) -> None:
    """A cheat that crashes where it cannot pass, a weak model that passes the same tasks, an honest one."""
    rows = answers("cheat", "1" * 12 + "x" * 12) + answers("weak", "1" * 12 + "0" * 12)
    board = only(tables(rows + answers("honest", "0" * 2 + "1" * 20 + "0" * 2)))
    assert [s.model for s in board.ranked] == ["honest", "weak"]
    assert (board.common, board.unanswered) == (24, ())
    (cheat,) = board.uncompared
    assert (cheat.answered, cheat.unjudged, cheat.shared, cheat.wins, cheat.leads) == (12, 12, 12, 2, True)


def test_a_few_errors_leave_tasks_out_and_it_is_known_on_whose_account(tables: Boards) -> None:
    board = only(tables(answers("a", "1" * 38 + "xx") + answers("b", "x" + "1" * 39)))
    assert len(board.ranked) == 2
    assert (board.offered, board.answered_by_any, board.common) == (40, 40, 37)
    assert [(one.model, one.tasks) for one in board.unanswered] == [("a", 2), ("b", 1)]


def test_errors_that_all_models_have_exclude_nobody(tables: Boards) -> None:
    """A provider that is down for a while: who has hardly more errors than the others contends."""
    rows = [answers(m, "x" * n + "1" * (40 - n)) for m, n in (("a", 10), ("b", 13), ("c", 15))]
    board = only(tables([one for of_model in rows for one in of_model]))
    assert [s.model for s in board.ranked] == ["a", "b"]
    assert board.common == 27


def test_an_unfinished_model_that_leads_on_what_it_answered_is_known(tables: Boards) -> None:
    rows = [*answers("a", "10" * 10, suite="s1"), *answers("a", "10" * 10, suite="s2")]
    rows += [*answers("late", "1" * 20, suite="s1"), *answers("late", "0" * 5, suite="s2", run_id="later")]
    overall = only(tables(rows, "overall"))
    assert [s.model for s in overall.ranked] == ["a"]
    (late,) = overall.uncompared
    assert (late.answered, late.shared, late.run_id) == (25, 25, "later")
    assert late.quality == 0.5
    assert late.other_quality == pytest.approx((0.5 + 0.6) / 2)
    assert not late.leads


def test_repeats_are_averaged_before_tasks_are_counted(tables: Boards) -> None:
    rows = [row(model="a", task_id="t1", repeat=r, seed=r, passed=r == 0) for r in range(4)]
    standing = only(tables([*rows, row(model="a", task_id="t2")])).of("a")
    assert standing is not None
    assert (standing.n, standing.passed) == (2, 1.25)


def test_the_newest_answer_counts_and_a_skip_hides_none(tables: Boards) -> None:
    old = [row(run_id="run1", task_id="t1", passed=False), row(run_id="run1", task_id="t2")]
    new = [
        row(run_id="run2", task_id="t1"),
        row(run_id="run2", task_id="t2", status="skipped", error_type="no_sandbox"),
    ]
    standing = only(tables(old + new)).of("demo-s")
    assert standing is not None
    assert (standing.n, standing.passed, standing.skipped) == (2, 2, 0)


def test_answers_to_an_older_version_of_a_task_are_left_out_and_named(judge: Load) -> None:
    rows = [row(run_id="run1", model="a", task_sha256="v1"), row(run_id="run2", model="b", task_sha256="v2")]
    standings = judge(rows)
    assert [s.model for s in only(standings.by("suite")).ranked] == ["b"]
    assert ("a", "left out", 1) in {(g.model, g.kind, g.samples) for g in standings.gaps}


# --- speed and cost ----------------------------------------------------------


def test_rates_are_tokens_over_time_and_only_measured_ones(tables: Boards) -> None:
    rows = [
        row(task_id="t1", completion_tokens=101, decode_tps=10.0),
        row(task_id="t2", completion_tokens=101, decode_tps=90.0),
        row(task_id="t3", completion_tokens=101, decode_tps=9000.0, timing="contended"),
    ]
    standing = only(tables(rows)).of("demo-s")
    assert standing is not None
    assert standing.decode_tps == pytest.approx(18.0)


def test_cost_per_solved_task_pays_for_wrong_answers_and_failed_calls(tables: Boards) -> None:
    rows = answers("wrong", "1" * 9 + "0", cost_usd=0.02, suite="s1")
    boards = tables(rows + answers("failed", "1" * 9 + "x", cost_usd=0.02, suite="s2"))
    for suite, model in zip(boards, ("wrong", "failed"), strict=True):
        standing = suite.of(model)
        assert standing is not None
        assert standing.cost_per_solved == pytest.approx(0.0222, abs=5e-5)


def test_unknown_cost_is_never_nothing(judge: Load) -> None:
    standings = judge([row(task_id="t1", cost_usd=0.02), row(task_id="t2", cost_usd=None)])
    standing = only(standings.by("suite")).of("demo-s")
    assert standing is not None
    assert standing.cost_usd is standing.cost_per_task is standing.cost_per_solved is None
    assert {(g.kind, g.samples) for g in standings.gaps} == {("cost unknown", 1)}


def test_percentiles_need_samples(tables: Boards) -> None:
    boards = tables(answers("few", "1" * 28, suite="s1") + answers("many", "1" * 29, suite="s2"))
    few, many = (suite.lines[0] for suite in boards)
    assert few.latency_p90_s is few.latency_p95_s is None
    assert few.latency_p50_s == many.latency_p90_s == 0.12


# --- the whole ---------------------------------------------------------------


def test_baselines_are_shown_and_never_ranked(judge: Load) -> None:
    standings = judge(answers("a", "10" * 50) + answers("oracle", "11" * 50, baseline=True))
    assert [s.model for s in only(standings.by("suite")).ranked] == ["a"]
    assert [s.model for s in only(standings.by("suite")).baselines] == ["oracle"]
    assert standings.ranked_models == ("a",)
    assert standings.champions[0].champion == "a"


def test_overall_decides_by_the_average_of_suites(tables: Boards) -> None:
    def suite(name: str, a: str, b: str) -> list[ResultRow]:
        return answers("a", a, suite=name) + answers("b", b, suite=name)

    rows = suite("s1", "1" * 80 + "0" * 20, "1" * 40 + "0" * 60) + suite("s2", "1" * 50, "1" * 20 + "0" * 30)
    overall = only(tables(rows, "overall"))
    assert overall.suites == ("s1", "s2")
    assert overall.ranked[0].quality == pytest.approx(0.9)
    assert overall.decision.kind == "win"
    assert "on average over 2 suites" in reason(overall)


# --- the rest ----------------------------------------------------------------


def test_the_digest_names_the_data(judge: Load) -> None:
    rows = answers("a", "1101") + answers("b", "0111")
    shuffled = random.Random(1).sample(rows, len(rows))
    digest = judge(rows).data_sha256
    assert digest == judge(shuffled).data_sha256
    assert digest != judge(answers("a", "1100") + answers("b", "0111")).data_sha256


def test_examples_are_few_and_cut(tmp_path: Path) -> None:
    rows = [row(task_id=f"t{n:02}", passed=n > 9, output="x" * 9000) for n in range(20)]
    with database(tmp_path, rows) as con:
        load_standings(con)
        examples = read_examples(con)
    assert [(e.kind, e.task_id) for e in examples] == [
        ("failed", "t00"), ("failed", "t01"), ("failed", "t02"), ("passed", "t10"),
    ]  # fmt: skip
    assert {(len(e.output or ""), e.output_chars) for e in examples} == {(4000, 9000)}


def test_difficulties_go_from_easy_to_hard(tables: Boards) -> None:
    rows = [row(task_id=d, difficulty=d) for d in ("advanced", "beginner", "intermediate")]
    assert [b.name for b in tables(rows, "difficulty")] == ["beginner", "intermediate", "advanced"]


def test_tokens_flatter_where_characters_tell(tables: Boards) -> None:
    """The fixture of the reference: 300 tokens in 5 s against 360 in 5.5 s for the same 1,200 characters."""
    rows = [row(model="few", completion_tokens=300, decode_tps=60.0, output_chars=1200, latency_s=5.0)]
    rows += [row(model="many", completion_tokens=360, decode_tps=360 / 5.5, output_chars=1200, latency_s=5.5)]
    board = only(tables(rows))
    few, many = board.of("few"), board.of("many")
    assert few is not None
    assert many is not None
    assert (few.decode_tps, many.decode_tps) == pytest.approx((60, 65.5), abs=0.05)
    assert (few.chars_per_s, many.chars_per_s) == pytest.approx((240, 218), abs=0.5)


def test_context_tiers_follow_the_prompt_where_the_task_names_none(tables: Boards) -> None:
    sizes = {"t1": 1999, "t2": 2000, "t3": 128_000, "t4": None, "t5": 32_000}
    rows = [row(task_id=task, prompt_tokens=size) for task, size in sizes.items()]
    rows.append(row(task_id="t6", prompt_tokens=5, context_tier="long"))
    boards = tables(rows, "context_tier")
    assert [(b.name, b.offered) for b in boards] == [
        ("short", 1), ("medium", 1), ("long", 2), ("very long", 1),
    ]  # fmt: skip
