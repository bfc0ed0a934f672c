from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from harness.analysis.heldout import HeldOut, Strategy
from harness.reporting.sections.rule_value import how_judged, judge, value_table, value_words
from tests.reporting.conftest import Judged
from tests.rows import answers, database


def found(rules: tuple[float, float], oracle_low: float = 0.01, **figures: float) -> HeldOut:
    """A judgement in which the rules' gain has these 95 % bounds."""
    lines = (
        Strategy("rules by task type", 0.5, None, sum(rules) / 2, *rules),
        Strategy("best single model", 0.4, None, 0.0, 0.0, 0.0),
        Strategy("task-type oracle", 0.6, None, 0.2, oracle_low, 0.3),
        Strategy("random model", 0.3, None, -0.1, -0.2, 0.0),
    )
    gap, aiq_models, aiq_rules, apgr = map(figures.get, ("gap_closed", "aiq_models", "aiq_rules", "apgr"))
    return HeldOut(80, ("a", "b"), lines, gap, aiq_models, aiq_rules, apgr)


@pytest.mark.parametrize(
    ("bounds", "verdict"),
    [
        ((0.05, 0.15), "is worth 10 points more than"),
        ((-0.15, -0.05), "costs 10 points here"),
        ((-0.05, 0.15), "neither better nor worse"),
        ((0.0, 0.0), "neither better nor worse"),
    ],
)
def test_the_verdict_never_says_more_than_the_interval(bounds: tuple[float, float], verdict: str) -> None:
    assert verdict in value_words(found(bounds))[0]


def test_figures_stand_only_where_they_mean_something() -> None:
    assert len(value_words(found((0.05, 0.15)))) == 1
    every = " ".join(
        value_words(found((0.05, 0.15), gap_closed=0.5, aiq_rules=0.3, aiq_models=0.2, apgr=0.7))
    )
    for words in ("50 %", "0.300 by the rules, 0.200 by single models", "0.70"):
        assert words in every
    unsure = " ".join(value_words(found((0.05, 0.15), oracle_low=-0.01, gap_closed=0.5)))
    assert "50 %" not in unsure
    assert "Even the oracle is not clearly better" in unsure


@pytest.mark.parametrize(
    ("closed", "text"),
    [(1.0, "as well as the oracle"), (0.996, ">99 % of the gap"), (0.0, "nothing of the gap")],
)
def test_the_gap_is_never_more_than_closed(closed: float, text: str) -> None:
    assert text in value_words(found((0.05, 0.15), gap_closed=closed))[1]


def test_ahead_of_the_oracle_is_called_chance() -> None:
    rules, single, oracle, chance = found((0.05, 0.15)).lines
    lucky = HeldOut(
        80, ("a", "b"), (replace(rules, quality=0.614), single, oracle, chance), 1.0, None, None, None
    )
    cell = value_table(lucky).rows[0].cells[3]
    assert (cell.text, cell.note) == ("0", "1 point ahead, by chance")


def test_the_guide_and_the_page_show_it_beside_the_baselines(judged: Judged, reports: Path) -> None:
    value = judge(judged[0])
    assert value is not None
    for name in ("MODEL_SELECTION_GUIDE.md", "index.html"):
        text = (reports / name).read_text("utf-8").split("Would the rules have chosen well?")[1]
        places = [text.index(line.name) for line in value.lines]
        assert places == sorted(places)
        assert f"{value.tasks} of the tasks that all 3 models" in text


@pytest.mark.parametrize(
    "rows", [answers("a", "1" * 40), answers("a", "10" * 9) + answers("b", "1" * 18)], ids=["alone", "few"]
)
def test_where_the_data_do_not_allow_it_one_sentence_says_so(rows: list, tmp_path: Path) -> None:  # type: ignore[type-arg]
    with database(tmp_path, rows) as con:
        value = judge(con)
    assert value is None
    assert "Not judged" in how_judged(value)
