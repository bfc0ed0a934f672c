"""Published figures, and worlds in which it is known what rules are worth."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path
from statistics import fmean, stdev

import pytest

from harness.analysis.areas import aiq, apgr
from harness.analysis.heldout import Asked, evaluate, read_asked
from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness
from tests.rows import answers, database, row

MODELS = [(1, 0.60), (3, 0.65), (4, 0.75), (8, 0.72), (10, 0.85)]
ROUTER = [(1, 0.60), (2, 0.72), (5, 0.80), (7, 0.83), (10, 0.85)]
CURVE = [(0.0, 60.0), (0.2, 70.0), (0.4, 76.0), (0.6, 80.0), (0.8, 83.0), (1.0, 85.0)]


def test_aiq_is_the_published_figure() -> None:
    assert aiq(MODELS) == pytest.approx(0.7583, abs=5e-5)
    assert aiq(ROUTER) == pytest.approx(0.7878, abs=5e-5)
    assert aiq(list(reversed(MODELS))) == aiq(MODELS)
    assert aiq([(1, 0.5), (1, 0.9)]) is None
    assert aiq([(1, 0.9), (2, 0.5)]) == pytest.approx(0.9)  # more expensive and worse is never used


def test_apgr_and_cpt_are_the_published_figures() -> None:
    assert apgr(CURVE) == pytest.approx(0.652)
    assert apgr([(0.0, 60.0), (1.0, 85.0)]) == pytest.approx(0.5)


def world(rates: dict[str, dict[str, float]], n: int, seed: int = 1) -> list[Asked]:
    """``n`` tasks a type; ``rates`` by type and model; a task costs 0.001 USD times the model's place."""
    rng = random.Random(seed)
    return [
        Asked(
            name,
            {model: float(rng.random() < rate) for model, rate in of_type.items()},
            {model: 0.001 * place for place, model in enumerate(of_type, 1)},
        )
        for name, of_type in rates.items()
        for _ in range(n)
    ]


def test_rules_bring_nearly_everything_where_types_differ() -> None:
    value = evaluate(world({"code": {"a": 0.9, "b": 0.4}, "math": {"a": 0.4, "b": 0.9}}, 200))
    assert value is not None
    lines = {line.name: line for line in value.lines}
    assert lines["rules by task type"].quality == pytest.approx(0.9, abs=0.04)
    assert lines["best single model"].quality == pytest.approx(0.65, abs=0.05)
    assert lines["random model"].quality == pytest.approx(0.65, abs=0.05)
    assert lines["rules by task type"].gain_low > 0.15
    assert value.gap_closed == pytest.approx(1.0, abs=0.02)


def test_rules_bring_nothing_where_one_model_is_the_best_everywhere() -> None:
    value = evaluate(world({"code": {"a": 0.9, "b": 0.4}, "math": {"a": 0.8, "b": 0.3}}, 200))
    assert value is not None
    assert value.lines[0].gain == 0
    assert value.gap_closed is None


def test_luck_is_not_taken_for_skill() -> None:
    """Ten equal models: picking by the same answers would show far more than their 70 %."""
    rates = {f"type-{k}": {f"m{i}": 0.7 for i in range(10)} for k in range(8)}
    value = evaluate(world(rates, 30))
    assert value is not None
    for line in value.lines:
        assert line.quality == pytest.approx(0.7, abs=0.075), line


@pytest.mark.parametrize("per_type", [10, 40])
def test_apgr_of_rules_that_know_nothing_is_a_half(per_type: int) -> None:
    """Types say nothing about the models: over many worlds the mean must be that of a random router."""
    rates = {f"type-{k}": {"weak": 0.5, "strong": 0.7} for k in range(4)}
    figures = [
        judged.apgr
        for seed in range(400)
        if (judged := evaluate(world(rates, per_type, seed), seed)) and judged.apgr is not None
    ]
    noise = stdev(figures) / len(figures) ** 0.5
    assert fmean(figures) == pytest.approx(0.5, abs=3 * noise)
    assert noise < 0.025


def test_apgr_of_rules_that_know_something_is_more_than_a_half() -> None:
    value = evaluate(world({"code": {"a": 0.2, "b": 0.9}, "math": {"a": 0.5, "b": 0.5}}, 200))
    assert value is not None
    assert value.apgr == pytest.approx(0.75, abs=0.05)  # all that there is to gain, with half of the calls


@pytest.mark.parametrize("seed", range(40))
def test_no_more_than_the_whole_gap_is_closed(seed: int) -> None:
    value = evaluate(world({"code": {"a": 0.6, "b": 0.5}, "math": {"a": 0.5, "b": 0.6}}, 30, seed), seed)
    assert value is not None
    assert value.gap_closed is None or 0 <= value.gap_closed <= 1


def test_too_little_says_nothing() -> None:
    assert evaluate([]) is None
    assert evaluate(world({"code": {"a": 0.9}}, 50)) is None


def test_only_tasks_that_all_models_answered_are_read(tmp_path: Path) -> None:
    rows = answers("a", "1101", suite="s", cost_usd=0.5) + answers("b", "011", suite="s")
    rows += answers("oracle", "1111", suite="s", baseline=True)
    with database(tmp_path, rows) as con:
        asked = read_asked(con)
    assert [task.quality for task in asked] == [{"a": 1, "b": 0}, {"a": 1, "b": 1}, {"a": 0, "b": 1}]
    assert [task.cost for task in asked] == [{"a": 0.5, "b": None}] * 3


def test_who_tried_little_hides_no_tasks_and_of_many_tasks_a_sample_is_the_same(tmp_path: Path) -> None:
    rows = [
        row(model=model, task_id=f"t{n}", task_sha256=hashlib.sha256(bytes([n])).hexdigest())
        for n in range(200)
        for model in "ab"
    ]
    with database(tmp_path, [*rows, row(model="late", task_id="t1")]) as con:
        every, some = read_asked(con), read_asked(con, 100)
        assert read_asked(con, 100) == some
    assert [set(task.quality) for task in every] == [{"a", "b"}] * 200
    assert 25 <= len(some) <= 75


def test_the_command_shows_the_lines(harness: Harness, tmp_path: Path) -> None:
    rows = answers("a", "1" * 40 + "0" * 10, suite="s", task_type="code") + answers(
        "b", "1" * 10 + "0" * 40, suite="s", task_type="code"
    )
    rows += answers("a", "0" * 40, suite="t", task_type="math") + answers(
        "b", "1" * 40, suite="t", task_type="math"
    )
    database(tmp_path / "results", rows).close()
    done = harness("rules", "evaluate", "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["gap_closed"] == pytest.approx(1.0)
    assert "task-type oracle" in harness("rules", "evaluate").out
