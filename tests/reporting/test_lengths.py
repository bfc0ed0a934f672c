"""Quality over the length of texts: a model beside itself, up to where it keeps up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from harness.analysis.lengths import Effective, effective_lengths
from harness.analysis.standings import Standings, load_standings
from harness.reporting.charts.plans import draw_charts, plan_charts
from harness.reporting.sections.lengths import effective
from harness.resultrow import ResultRow
from tests.reporting.documents import written
from tests.rows import database, row

SIZES = {"2k": 1800, "8k": 7000, "32k": 29_000, "128k": 110_000}
SHARES = {  # of 20 answers at each size; None: too long
    "steady": (0.95, 0.9, 0.9, 0.85),
    "fading": (0.9, 0.8, 0.5, 0.8),
    "narrow": (0.8, 0.75, None, None),
    "guessing": (0.1, 0.1, None, None),
    "random": (0.1, 0.1, 0.1, 0.1),
}


def sized(shares: Mapping[str, Sequence[float | None]]) -> list[ResultRow]:
    return [
        one
        for model, of_sizes in shares.items()
        for (tier, tokens), share in zip(SIZES.items(), of_sizes, strict=True)
        for one in _answers(model, tier, tokens, share)
    ]


def _answers(model: str, tier: str, tokens: int, share: float | None) -> list[ResultRow]:
    of = {
        "suite": "analysis",
        "task_type": "analysis",
        "context_tier": tier,
        "prompt_tokens": tokens,
        "measure": "score",
    }
    of |= {"model": model, "baseline": model == "random"}
    if share is None:
        skipped = {"status": "skipped", "error_type": "too_long"}
        return [row(task_id=f"{tier}-{n}", **of, **skipped) for n in range(20)]
    return [row(task_id=f"{tier}-{n}", passed=n < 20 * share, **of) for n in range(20)]


@pytest.fixture(scope="module")
def standings(tmp_path_factory: pytest.TempPathFactory) -> Standings:
    with database(tmp_path_factory.mktemp("lengths"), sized(SHARES)) as con:
        return load_standings(con)


def by_model(every: Sequence[Effective]) -> dict[str, str]:
    return {one.model: effective(one) for one in every}


def test_the_longest_size_at_which_a_model_keeps_up_with_itself(standings: Standings) -> None:
    assert by_model(effective_lengths(standings.lengths)) == {
        "steady": "≥ 128k",
        "fading": "8k",  # what comes after it fell back does not count
        "narrow": "≥ 8k",
        "guessing": "none: no better than guessing",
    }
    first = next(one for one in standings.lengths if one.model == "steady")
    assert (first.tier, first.n, first.prompt_tokens, first.too_long) == ("2k", 20, 1800, 0)
    assert first.quality == pytest.approx(0.95) and first.low < 0.95 < first.high


def test_each_size_ranks_whom_it_fits_and_the_whole_whom_it_all_fits(standings: Standings) -> None:
    boards = {board.name: {line.model for line in board.ranked} for board in standings.by("tier")}
    assert boards["analysis@8k"] == {"steady", "fading", "narrow", "guessing"}
    assert boards["analysis@128k"] == {"steady", "fading"}
    assert {line.model for line in standings.by("suite")[0].ranked} == {"steady", "fading"}
    assert [board.name for board in standings.by("context_tier")] == ["2k", "8k", "32k", "128k"]
    assert not any(board.unanswered for board in standings.by("suite"))


def test_guide_and_page_say_it_and_the_picture_has_a_line_a_model(standings: Standings) -> None:
    documents = written(standings)
    for name in ("guide", "page"):
        assert "Effective length" in documents[name] and "≥ 128k" in documents[name]
        assert "too long" in documents[name]
    (plan,) = [plan for plan in plan_charts(standings) if plan.name.startswith("quality-by-length")]
    assert plan.general and "steady up to 128k" in plan.alt
    (chart,) = draw_charts([plan])
    assert all(word in chart.svg for word in ("steady", "fading", "narrow", "2k", "128k"))
    assert "random" not in chart.svg


def test_without_sizes_there_is_nothing_to_say(tmp_path: Path) -> None:
    with database(tmp_path, [row(model="a"), row(model="b", context_tier="long", task_id="other")]) as con:
        standings = load_standings(con)
    assert not standings.lengths and "Effective length" not in written(standings)["page"]
