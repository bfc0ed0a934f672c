"""Suites that are measured by scores: means, their intervals, tests of differences, and no word of passes."""

from __future__ import annotations

import random
from itertools import product
from pathlib import Path
from statistics import NormalDist, fmean, stdev

import pytest
from scipy.special import stdtrit

from harness.analysis.standings import load_boards, load_standings
from harness.analysis.statistics import sign_flip
from harness.reporting.reasons import reason
from harness.resultrow import ResultRow
from harness.suites import load_suite
from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness
from tests.conftest import TEN_SUMS, WriteSuite
from tests.rows import database, row

DIFFERENCES = (0.3, 0.1, 0.2, 0.0, 0.4, -0.1, 0.2, 0.1)


def scored(model: str, scores: list[float], **given: object) -> list[ResultRow]:
    return [
        row(
            **{
                "model": model,
                "task_id": f"t{n:03}",
                "score": s,
                "passed": s == 1,
                "measure": "score",
                **given,
            }
        )
        for n, s in enumerate(scores)
    ]


def test_the_exact_test_counts_every_pattern_of_signs() -> None:
    sizes = [abs(d) for d in DIFFERENCES if d]
    signs = product((-1, 1), repeat=7)
    means = [abs(sum(s * d for s, d in zip(each, sizes, strict=True))) / 8 for each in signs]
    expected = sum(mean >= 0.15 - 1e-12 for mean in means) / 2**7
    assert sign_flip(DIFFERENCES) == pytest.approx(expected)
    assert sign_flip([0.0] * 8) == 1
    assert sign_flip([0.4]) == 1, "one task is no test"
    assert sign_flip([]) == 1


def test_more_tasks_are_tested_by_seeded_draws() -> None:
    rng = random.Random(1)
    level = [rng.gauss(0, 0.2) for _ in range(60)]
    ahead = [0.15 + d for d in level]
    assert sign_flip(level) == sign_flip(level) > 0.05 > sign_flip(ahead) > 0


def test_standings_show_the_mean_score_with_students_interval(tmp_path: Path) -> None:
    a, b = [0.9, 0.95, 0.8, 0.99, 0.7], [0.5, 0.6, 0.4, 0.55, 0.45]
    with database(tmp_path, scored("a", a, cost_usd=0.1) + scored("b", b)) as con:
        boards = load_boards(con, "suite")
    (suite,) = boards["suite"]
    first = suite.ranked[0]
    half = float(stdtrit(4, 0.975)) * stdev(a) / 5**0.5
    assert (first.model, suite.measure, first.passed, first.cost_per_solved) == ("a", "score", None, None)
    assert first.quality == pytest.approx(fmean(a))
    assert (first.low, first.high) == pytest.approx((fmean(a) - half, min(1, fmean(a) + half)))
    assert first.cost_per_task == pytest.approx(0.1)
    assert "scores" in reason(suite) or "leads" in reason(suite)
    assert "pass" not in reason(suite)
    (overall,) = boards["overall"]
    assert overall.ranked[0].quality == pytest.approx(fmean(a))


def test_the_interval_is_students_for_any_number_of_tasks(tmp_path: Path) -> None:
    rng, sizes = random.Random(3), (2, 11, 12, 31, 32, 33, 120)
    scores = {n: [rng.uniform(0.3, 0.7) for _ in range(n)] for n in sizes}
    rows = [one for n in sizes for one in scored("a", scores[n], suite=f"s{n}")]
    with database(tmp_path, rows) as con:
        boards = load_standings(con).by("suite")
    assert len(boards) == len(sizes)
    for board in boards:
        first = board.ranked[0]
        half = float(stdtrit(first.n - 1, 0.975)) * stdev(scores[first.n]) / first.n**0.5
        high = min(1.0, fmean(scores[first.n]) + half)
        assert first.high == pytest.approx(high, rel=1e-7)


def test_repeats_of_a_task_are_one_value(tmp_path: Path) -> None:
    rows = [r for n in range(3) for r in scored("a", [0.2 + n / 10, 0.6, 0.9], repeat=n, seed=n)]
    with database(tmp_path, rows) as con:
        (suite,) = load_boards(con, "suite")["suite"]
    means = [0.3, 0.6, 0.9]
    half = float(stdtrit(2, 0.975)) * stdev(means) / 3**0.5
    assert suite.ranked[0].n == 3
    assert suite.ranked[0].low == pytest.approx(max(0, fmean(means) - half))


def test_differences_decide_by_the_permutation_test(tmp_path: Path) -> None:
    base = [0.5 + (n % 5) / 20 for n in range(12)]
    with database(tmp_path, scored("a", [s + 0.1 for s in base]) + scored("b", base)) as con:
        (suite,) = load_boards(con, "suite")["suite"]
    assert suite.decision.kind == "win"
    assert suite.decision.pick is not None
    assert suite.decision.pick.model == "a"
    assert "significantly more than any other" in reason(suite)


def test_overall_averages_suites_of_both_kinds(tmp_path: Path) -> None:
    passes = [row(model="a", suite="code", task_id=f"p{n}", passed=n < 6) for n in range(10)]
    with database(tmp_path, [*passes, *scored("a", [0.5] * 9 + [0.9], suite="review")]) as con:
        boards = load_boards(con, "suite")
    (overall,) = boards["overall"]
    assert overall.measure == "both"
    assert overall.ranked[0].quality == pytest.approx((0.6 + 0.54) / 2)
    assert [b.measure for b in boards["suite"]] == ["pass", "score"]


def test_fractional_scores_of_a_table_are_compared_by_their_means(harness: Harness) -> None:
    lines = [f"s,t{n},{model},{score}" for n in range(4) for model, score in (("a", 0.9), ("b", 0.95))]
    Path("r.csv").write_text("\n".join(["suite,task_id,model,score", *lines]) + "\n")
    done = harness("import", "results", "r.csv")
    assert "compared by their mean score: s" in done.err
    columns = "model, round(quality, 2) AS quality, passed"
    sql = f"SELECT {columns} FROM standings WHERE dimension = 'suite' ORDER BY rank"
    shown = harness("query", sql, "--format", "csv")
    assert shown.out == "model,quality,passed\nb,0.95,\na,0.9,\n"
    assert harness("import", "results", "r.csv", "--results", "other", "--pass-at", "0.92").code == 0
    shown = harness("query", sql, "--results", "other", "--format", "csv")
    assert shown.out == "model,quality,passed\nb,1.0,4.0\na,0.0,0.0\n"


def test_a_suite_of_ours_says_what_counts_whatever_is_imported_for_it(
    harness: Harness, write_suite: WriteSuite
) -> None:
    ids = [task.id for task in load_suite(write_suite(TEN_SUMS)).tasks]
    lines = [f"small,{name},a,0.5" for name in (*ids, "unheard-of")]
    Path("r.csv").write_text("\n".join(["suite,task_id,model,score", *lines]) + "\n")
    done = harness("import", "results", "r.csv")
    assert "small is one of your suites, and says that models are compared by passes" in done.err
    shown = harness("query", "SELECT DISTINCT measure FROM results", "--format", "csv")
    assert shown.out == "measure\npass\n"


def test_more_tasks_and_the_least_gap_come_from_the_spread_of_the_differences(tmp_path: Path) -> None:
    base = [0.5 + (n % 5) / 20 for n in range(20)]
    gaps = [0.09 + (0.04, -0.02, 0.01, -0.03)[n % 4] for n in range(20)]
    ahead = [s + gap for s, gap in zip(base, gaps, strict=True)]
    with database(tmp_path, scored("a", ahead) + scored("b", base)) as con:
        standings = load_standings(con)
    (suite,) = standings.by("suite")
    assert standings.overall is not None
    assert suite.decision.kind == standings.overall.decision.kind == "win"
    expected = (NormalDist().inv_cdf(0.975) + NormalDist().inv_cdf(0.8)) * stdev(gaps) / 20**0.5
    assert expected < fmean(gaps)
    assert (suite.decision.mde, standings.overall.decision.mde) == pytest.approx((expected, expected))
    assert [(p.best, p.worst) for p in suite.rank_ranges] == [(1, 1), (2, 2)]
    assert [(p.best, p.worst) for p in standings.overall.rank_ranges] == [(1, 1), (2, 2)]


@pytest.mark.parametrize("suites", [1, 3])
def test_overall_scores_are_judged_as_those_of_their_suites(tmp_path: Path, suites: int) -> None:
    rng = random.Random(suites)
    rows = []
    for n in range(suites):
        base = [rng.uniform(0.3, 0.6) for _ in range(9)]
        near = [min(1.0, s + rng.gauss(0.01, 0.3)) for s in base]
        rows += scored("a", near, suite=f"s{n}") + scored("b", base, suite=f"s{n}")
    with database(tmp_path, rows) as con:
        standings = load_standings(con)
    assert standings.overall is not None
    assert standings.overall.decision.kind == "insufficient"
    assert {b.decision.kind for b in standings.by("suite")} == {"insufficient"}
    if suites == 1:
        (suite,) = standings.by("suite")
        assert suite.decision.mde == pytest.approx(standings.overall.decision.mde)
        assert suite.decision.more_tasks == standings.overall.decision.more_tasks


def test_few_equal_scores_are_no_proof_of_a_tie(tmp_path: Path) -> None:
    same = [0.5, 0.7, 0.6, 0.4, 0.9, 0.8, 0.3]
    with database(tmp_path, scored("a", same) + scored("b", same)) as con:
        (suite,) = load_boards(con, "suite")["suite"]
    assert suite.decision.kind == "insufficient"
