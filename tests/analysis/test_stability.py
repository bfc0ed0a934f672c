"""Rank ranges, ratings, duels and flips on seasons in which the answer is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.analysis.stability import _rates
from harness.analysis.standings import Standings, load_standings
from harness.resultrow import ResultRow
from tests.rows import answers, database, row

Load = Callable[[list[ResultRow]], Standings]


@pytest.fixture(scope="module")
def clear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standings]:
    """Two suites: ``good`` far ahead, then the twins ``dear`` and ``cheap``."""
    rows: list[ResultRow] = []
    for suite in ("s1", "s2"):
        rows += answers("good", "1" * 36 + "0" * 4, suite=suite, cost_usd=0.01)
        rows += answers("dear", "10" * 20, suite=suite, cost_usd=0.02)
        rows += answers("cheap", "01" * 20, suite=suite, cost_usd=0.001)
    with database(tmp_path_factory.mktemp("results"), rows) as con:
        yield load_standings(con)


def test_a_clear_leader_stands_firm_and_twins_share_their_ranks(clear: Standings) -> None:
    stability = clear.stability
    assert stability is not None
    good, cheap, dear = stability.models
    assert (good.model, good.best, good.worst, good.first_share) == ("good", 1, 1, 1.0)
    assert {(twin.model, twin.best, twin.worst) for twin in (cheap, dear)} == {
        ("cheap", 2, 3),
        ("dear", 2, 3),
    }
    assert good.rating_low > cheap.rating_high
    assert good.rating + cheap.rating + dear.rating == pytest.approx(0)
    assert (good.win_rate, cheap.win_rate) == (1.0, 0.25)
    assert (stability.flips, stability.settled, stability.more_tasks) == ((), True, None)


@pytest.mark.parametrize(
    ("second", "least", "most"),
    [
        ("10" * 100, None, None),
        ("10" * 90 + "1" * 9 + "0" * 11, None, None),
        ("10" * 90 + "0" * 20, 800, 4000),
    ],
    ids=["even", "a hair", "apart with more"],
)
def test_what_is_level_or_nearly_so_is_never_settled(
    tmp_path: Path, second: str, least: int | None, most: int | None
) -> None:
    """Two models that disagree on nearly every task; the first solves half of 200."""
    with database(tmp_path, answers("a", "01" * 100) + answers("b", second)) as con:
        stability = load_standings(con).stability
    assert stability is not None
    assert (stability.models[0].best, stability.models[0].worst) == (1, 2)
    assert (stability.settled, stability.rival) == (False, "b")
    if least is None or most is None:
        assert stability.more_tasks is None
    else:
        assert stability.more_tasks is not None
        assert least < stability.more_tasks < most


def test_ranks_by_paired_tests_and_the_frontier(clear: Standings) -> None:
    overall = clear.overall
    assert overall is not None
    assert {(p.model, p.best, p.worst) for p in overall.rank_ranges} == {
        ("good", 1, 1),
        ("cheap", 2, 3),
        ("dear", 2, 3),
    }
    assert clear.by("suite")[0].rank_ranges == overall.rank_ranges
    assert overall.frontier == ("cheap", "good")


def test_unknown_cost_is_not_on_the_frontier(tmp_path: Path) -> None:
    rows = answers("best", "1111") + answers("cheap", "1000", cost_usd=0.001)
    rows += answers("twin", "0100", cost_usd=0.001) + answers("dear", "1100x", cost_usd=0.01)
    with database(tmp_path, rows) as con:
        assert load_standings(con).by("suite")[0].frontier == ("cheap", "dear")
        calls = con.execute(
            "SELECT model, reliability, reason FROM standings "
            "LEFT JOIN (FROM gaps WHERE kind = 'error') USING (model) "
            "WHERE dimension = 'suite' ORDER BY model"
        ).fetchall()
        assert calls[1:3] == [("cheap", 1.0, None), ("dear", 0.8, "timeout")]
        paid = con.execute(
            "SELECT model, cost_per_solved FROM standings WHERE dimension = 'suite' AND cost_usd IS NOT NULL"
        ).fetchall()
        assert dict(paid) == {"cheap": 0.004, "twin": 0.004, "dear": 0.02}


def test_duels_are_seen_from_the_better_and_adjusted_together(clear: Standings) -> None:
    assert [(duel.a, duel.b, duel.n, duel.wins, duel.losses) for duel in clear.duels] == [
        ("good", "cheap", 80, 36, 4), ("good", "dear", 80, 36, 4), ("cheap", "dear", 80, 40, 40),
    ]  # fmt: skip
    first, _, twins = clear.duels
    assert first.difference == pytest.approx(0.4)
    assert first.p_value < 0.001 < twins.p_value == 1.0


def test_composites_need_speed_and_cost(clear: Standings) -> None:
    good, cheap, dear = clear.composites
    assert (good.model, good.quality) == ("good", 0.9)
    assert good.share + cheap.share + dear.share == pytest.approx(1)
    assert dear.share == pytest.approx(0, abs=1e-9)


def test_a_loser_decides_who_leads_in_mean_win_rate(tmp_path: Path) -> None:
    """The fixture of the reference, as pass rates out of ten; by quality nobody's absence matters."""
    rates = {"A": (5, 3, 3, 8), "B": (8, 3, 2, 4), "C": (4, 6, 9, 2), "D": (2, 4, 4, 2)}
    rows = [
        answer
        for model, own in rates.items()
        for suite, passed in enumerate(own)
        for answer in answers(model, "1" * passed + "0" * (10 - passed), suite=f"s{suite}")
    ]
    with database(tmp_path, rows) as con:
        stability = load_standings(con).stability
    assert stability is not None
    assert [(f.without, f.by, f.leader, f.instead_of) for f in stability.flips] == [
        ("D", "win rate", "A", "C")
    ]
    assert not stability.settled


def test_a_model_that_answers_less_hides_tasks_on_which_another_leads(tmp_path: Path) -> None:
    rows = answers("a", "1111110000") + answers("b", "1110001111") + answers("late", "000000----")
    with database(tmp_path, rows) as con:
        standings = load_standings(con)
    assert standings.ranked_models[0] == "a"
    assert standings.stability is not None
    flips = {(f.without, f.leader) for f in standings.stability.flips if f.by == "quality"}
    assert flips == {("late", "b")}


def test_resampled_are_the_rates_of_the_table_repeats_included(tmp_path: Path) -> None:
    rows = (
        answers("z", "1" * 70 + "0" * 30) + answers("b", "01" * 50) + answers("b", "0" * 3, repeat=1, seed=1)
    )
    rows += [row(model=m, suite="other", task_id=f"t{n}") for m in "zb" for n in range(3)]
    with database(tmp_path, rows) as con:
        standings = load_standings(con)
        tables = _rates(con, ["z", "b"])
    assert [table.shape for table in tables] == [(2, 100), (2, 3)]
    assert tables[0].mean(axis=1).tolist() == pytest.approx([0.7, 0.495])
    assert standings.overall is not None
    assert [s.quality for s in standings.overall.ranked] == pytest.approx([0.85, 0.7475])
