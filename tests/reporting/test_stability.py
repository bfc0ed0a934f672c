from __future__ import annotations

from dataclasses import replace

import pytest

from harness.analysis.extras import Composite, Flip, ModelStability, Repeated, Stability, Trend
from harness.analysis.standings import Standings
from harness.reporting.numbers import signed
from harness.reporting.sections.changes import changes, trend_table
from harness.reporting.sections.how_sure import duel_table, repeat_table, stability_words
from harness.reporting.sections.weights import weight_table
from harness.reporting.tables import Table
from tests.reporting.documents import written
from tests.reporting.season import EVIL_MODEL


def trend(run: str, quality: float, change: float | None, p: float | None, model: str = "good") -> Trend:
    return Trend("sums", model, run, None, 40, quality, 0.1, 0.9, None, 0.2, 38, change, p)


TRENDS = (
    trend("20261001-1", 0.5, None, None, "fast"),
    trend("20261101-1", 0.5, 0.0, 1.0, "fast"),
    trend("20261001-1", 0.9, None, None),
    trend("20261015-1", 0.9, 0.0, 1.0),
    trend("20261101-1", 0.6, -0.3, 0.001),
)


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_what_the_newest_run_changed_is_told(standings: Standings) -> None:
    first, moved = changes(replace(standings, trends=TRENDS))
    assert "20261101-1" in first
    assert "asked 2 models tasks of sums again; 1 of 2 results changed" in first
    assert (
        moved
        == "good on sums: 30 points worse on 38 tasks that both runs asked; it now passes 60 % of 40 tasks."
    )
    assert changes(replace(standings, trends=TRENDS[:1])) == changes(replace(standings, trends=()))
    shown = texts(trend_table(replace(standings, trends=TRENDS), ["good"]))
    assert [row[4] for row in shown] == ["—", "0", "−30.0"]


def test_how_stable_the_order_is_in_words() -> None:
    footing = ModelStability("good", 1, 1, 2, 0.97, 80.0, 50.0, 110.0, 1.0)
    flips = (Flip("fast", "win rate", "evil", "good"),)
    stability = Stability((footing,), flips, 0.05, False, "fast", 1200, 1000)
    words = " ".join(stability_words(stability, alone=False))
    assert "good comes first in 97 % of 1,000 resamples" in words
    assert "The first place is open: about 1,200 more tasks" in words
    assert "would tell good and fast apart" in words
    assert "Without fast, evil instead of good would lead by win rate" in words
    assert "No single model" not in words
    level, settled = replace(stability, more_tasks=None), replace(stability, more_tasks=None, settled=True)
    assert "not even 10,000 more tasks would tell good and fast apart" in " ".join(
        stability_words(level, alone=False)
    )
    assert "is settled" not in " ".join(stability_words(level, alone=False))
    assert "is settled" in " ".join(stability_words(settled, alone=True))


def test_a_leader_that_the_tests_tell_from_all_is_not_called_untold() -> None:
    """Tests and resamples may differ by a hair; the words must not contradict each other."""
    stability = Stability(
        (ModelStability("good", 1, 1, 2, 0.97, 80.0, 50.0, 110.0, 1.0),), (), 0.05, False, "fast", 1200, 9
    )
    words = " ".join(stability_words(stability, alone=True))
    assert "all but settled: the tests tell good from every other" in words
    assert "about 1,200 more tasks, spread as now, would settle it against fast" in words
    assert "apart" not in words


def test_duels_are_seen_from_both_sides(standings: Standings) -> None:
    rows = texts(duel_table(standings, ["good", "fast"]))
    assert rows[0][1] == rows[1][2] == "—"
    assert rows[0][2] == rows[1][1].replace("−", "+") != "0"
    assert rows[0][2].startswith("+")


def test_a_score_with_an_unknown_part_is_unknown_and_goes_last(standings: Standings) -> None:
    some = (
        Composite("good", 0.9, 0.5, 0.5, 0.74, 0.7, 0.6),
        Composite("fast", 0.5, 0.5, 0.9, 0.58, 0.5, 0.4),
    )
    rows = weight_table(replace(standings, composites=some)).rows
    assert [[cell.text for cell in row.cells[:3]] for row in rows[:2]] == [
        ["1", "good", "0.74"],
        ["2", "fast", "0.58"],
    ]
    assert all(len(str(row.parts).split(",")) == 3 for row in rows)


def test_repeats(standings: Standings) -> None:
    one = Repeated("sums", "good", 40, 5, 0.8, 0.02, 0.75, 0.85, 0.99, 0.4)
    assert texts(repeat_table(replace(standings, repeats=(one,)), ["good"])) == [
        ["sums", "good", "40", "5", "80 %", "99 %", "40 %"]
    ]


def test_names_are_harmless_in_all_of_it(standings: Standings) -> None:
    trends = (
        trend("20261001-1", 0.9, None, None, EVIL_MODEL),
        trend("20261101-1", 0.1, -0.8, 1e-6, EVIL_MODEL),
    )
    footing = ModelStability(EVIL_MODEL, 1, 1, 2, 0.97, 80.0, 50.0, 110.0, 1.0)
    stable = Stability(
        (footing, footing),
        (Flip(EVIL_MODEL, "win rate", EVIL_MODEL, "x"),),
        0.05,
        False,
        EVIL_MODEL,
        120,
        1000,
    )
    evil = replace(standings, trends=trends, stability=stable)
    for text in written(evil).values():
        assert EVIL_MODEL not in text
        assert "<b>$a" not in text
        assert "\x1b" not in text
        assert "\u202e" not in text


@pytest.mark.parametrize(("value", "text"), [(4.21, "+4.2"), (-12.0, "−12.0"), (0.01, "0"), (-0.04, "0")])
def test_differences_bear_their_sign(value: float, text: str) -> None:
    assert signed(value) == text
