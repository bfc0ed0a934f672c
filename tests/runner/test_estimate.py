from __future__ import annotations

import asyncio
import random
from dataclasses import fields, replace
from pathlib import Path
from statistics import mean, stdev
from typing import Any

import pytest

from harness.models.config import load_config
from harness.records import Suite, Throughput
from harness.results.manifests import read_manifests
from harness.runner.estimate import Forecast, Range, earlier_rows, estimate, measure
from harness.runner.plan import RunPlan, Selection
from harness.runner.progress import Progress
from harness.runner.run import execute
from harness.solvers.base import STEPS, Way, put_suite
from harness.suites import load_suite
from tests import rows
from tests.conftest import TEN_SUMS, WriteSuite
from tests.projects import write_project

PRICED = (
    "{id: p, engine: openai, provider: mine, base_url: 'http://x', model: p, price: {input: 1, output: 2}}"
)
UNPRICED = "{id: u, engine: openai, provider: mine, base_url: 'http://x', model: u}"


@pytest.fixture
def sums(write_suite: WriteSuite) -> Suite:
    return load_suite(write_suite(TEN_SUMS))


def plan_of(folder: Path, suite: Suite, *models: str, matrix: str = "{}", **selection: Any) -> RunPlan:
    (folder / "models.yaml").write_text(f"models: [{', '.join(models)}]\nmatrix: {matrix}\n")
    config = load_config(folder / "models.yaml")
    given = {"limit": None, "repeats": 1, "seed": 0, **selection}
    return RunPlan(Selection("small", "all", **given), config, (suite,), tuple(config.models.values()))


def earlier(folder: Path, count: int, **given: Any) -> Any:
    random.seed(1)
    given = {"model": "p", "suite": "small", "engine": "openai", **given}
    made = [
        rows.row(task_id=f"t{i}", cost_usd=random.uniform(1, 3), latency_s=2.0, **given) for i in range(count)
    ]
    rows.write(folder / "results", made)
    return made


def test_without_earlier_rows_lengths_give_bounds(tmp_path: Path, sums: Suite) -> None:
    found = estimate(plan_of(tmp_path, sums, PRICED), {})
    (forecast,) = found.models
    assert (forecast.samples, forecast.from_rows, found.samples) == (10, 0, 10)
    assert forecast.completion_tokens.low == 10
    assert forecast.completion_tokens.high == 10 * 512
    assert forecast.cost_usd is not None
    assert forecast.cost_usd.high == pytest.approx(
        (forecast.prompt_tokens.high + 2 * forecast.completion_tokens.high) / 1e6
    )
    assert 0 < forecast.cost_usd.low < forecast.cost_usd.likely < forecast.cost_usd.high


def test_an_unknown_price_is_unknown_and_named(tmp_path: Path, sums: Suite) -> None:
    found = estimate(plan_of(tmp_path, sums, PRICED, UNPRICED), {})
    assert [forecast.cost_usd is None for forecast in found.models] == [False, True]
    assert found.unpriced == ("u",)
    assert found.models[0].cost_usd == found.cost_usd


def test_earlier_rows_give_the_prediction_interval_of_the_sum(tmp_path: Path, sums: Suite) -> None:
    costs = [row.cost_usd for row in earlier(tmp_path, 12)]
    plan = plan_of(tmp_path, sums, PRICED)
    forecast = estimate(plan, earlier_rows(tmp_path / "results"))
    half = 2.200985 * stdev(costs) * (10 + 100 / 12) ** 0.5  # Student's t with 11 degrees of freedom
    total = 10 * mean(costs)
    cost = forecast.cost_usd
    assert (cost.low, cost.likely, cost.high) == pytest.approx((total - half, total, total + half))
    assert forecast.models[0].from_rows == 10
    assert forecast.seconds.likely == pytest.approx(2.0), "ten at once"


def test_the_interval_holds_for_nineteen_sums_of_twenty(tmp_path: Path, sums: Suite) -> None:
    plan = plan_of(tmp_path, sums, PRICED)
    random.seed(2)
    inside = 0
    for _ in range(400):
        past, coming = ([random.expovariate(1) for _ in range(n)] for n in (30, 10))
        known = {"n": 30, "priced": 30, "timed": 0, "cost_usd": mean(past), "cost_usd_sd": stdev(past)}
        same = dict.fromkeys(("prompt_tokens", "completion_tokens", "latency_s"), 0.0)
        sds = {f"{name}_sd": 0.0 for name in same}
        cost = estimate(plan, {("p", "small"): {**known, **same, **sds}}).cost_usd
        inside += cost.low <= sum(coming) <= cost.high
    assert 0.91 <= inside / 400 <= 0.99


def test_too_few_rows_and_replays_are_no_basis(tmp_path: Path, sums: Suite) -> None:
    plan = plan_of(tmp_path, sums, PRICED)
    earlier(tmp_path, 4)
    assert estimate(plan, earlier_rows(tmp_path / "results")).models[0].from_rows == 0
    earlier(tmp_path, 20, timing="replayed", run_id="20261102-120000-bbbb")
    known = earlier_rows(tmp_path / "results")["p", "small"]
    assert (known["n"], known["timed"]) == (24, 4)


def test_crossed_out_pairs_limits_and_repeats_are_counted(tmp_path: Path, sums: Suite) -> None:
    matrix = "{exclude: [{models: u, suites: small}]}"
    plan = plan_of(tmp_path, sums, PRICED, UNPRICED, matrix=matrix, limit=4, repeats=3)
    assert [forecast.samples for forecast in estimate(plan, {}).models] == [12, 0]


def test_a_limit_a_minute_is_waited_for(tmp_path: Path, sums: Suite) -> None:
    slow = PRICED.replace("model: p,", "model: p, limits: {rpm: 2},")
    assert estimate(plan_of(tmp_path, sums, slow), {}).seconds.low == 240


def test_a_local_model_is_measured_for_its_forecast_and_for_the_manifest(tmp_path: Path, sums: Suite) -> None:
    local = "{id: l, engine: llama_cpp, path: 'builtin:demo-xs.gguf'}"
    gone = "{id: gone, engine: llama_cpp, path: gone.gguf}"
    plan = plan_of(tmp_path, sums, local, gone, PRICED, limit=2)
    measured = asyncio.run(measure(plan, {}))
    assert measured.keys() == {"l"} and measured["l"].together_tps > 0
    speed = Throughput(4, 1, 100.0, 10.0, 40.0)
    tokens = estimate(plan, {}, {"l": speed}).models[0]
    expected = (tokens.prompt_tokens.likely / 100 + tokens.completion_tokens.likely / 10) / 2  # side by side
    assert tokens.seconds.likely == pytest.approx(expected)
    execute(replace(plan, models=plan.models[:1]), tmp_path / "results", "run", Progress())
    (manifest,) = read_manifests(tmp_path / "results", ["run"])
    assert manifest["throughput"]["l"].keys() == {field.name for field in fields(Throughput)}
    known = earlier_rows(tmp_path / "results")
    enough = {("l", "small"): {**known["l", "small"], "timed": 9}}
    assert asyncio.run(measure(plan, enough)) == {}, "there are rows of it"


def test_local_models_take_turns_and_endpoints_do_not(tmp_path: Path, sums: Suite) -> None:
    local = "{id: l, engine: llama_cpp, path: x.gguf}"
    one = estimate(plan_of(tmp_path, sums, local), {}).seconds.likely
    two = estimate(plan_of(tmp_path, sums, local, local.replace("id: l", "id: k"), PRICED), {})
    assert two.seconds.likely == pytest.approx(2 * one)
    plan = plan_of(tmp_path, sums, PRICED, UNPRICED)
    quick, alone = estimate(plan, {}), replace(plan, selection=replace(plan.selection, speed_lane=True))
    assert estimate(alone, {}).seconds.likely == pytest.approx(20 * quick.seconds.likely)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    return load_suite(write_project(tmp_path_factory.mktemp("suites")))


def test_a_dialogue_takes_up_to_as_many_turns_as_it_may_have(tmp_path: Path, project: Suite) -> None:
    """Every turn has those before it in its prompt; beyond the limit of a sample none is put."""

    def forecast(price: str = PRICED, **way: Any) -> Forecast:
        plan = plan_of(tmp_path, project, price, **way)
        suite = put_suite(project, plan.selection.way)
        return estimate(replace(plan, suites=(suite,)), {}).models[0]

    single, tries, agent = (forecast(solver=solver, tries=3) for solver in ("single", "tries", "agent"))
    most = single.completion_tokens.high
    assert (tries.completion_tokens.high, agent.completion_tokens.high) == (3 * most, STEPS * most)
    assert agent.prompt_tokens.high > STEPS * single.prompt_tokens.high + STEPS**2 // 2 * most
    assert single.prompt_tokens.low == tries.prompt_tokens.low == agent.prompt_tokens.low
    for wider, narrower in ((tries, single), (agent, tries)):
        assert wider.seconds.likely > narrower.seconds.likely and wider.seconds.high > narrower.seconds.high
        assert wider.cost_usd and narrower.cost_usd and wider.cost_usd.high > narrower.cost_usd.high
    cheap = forecast(solver="agent", cost_limit=0.2)
    assert cheap.cost_usd and cheap.cost_usd.high == 0.2 < (agent.cost_usd or Range()).high
    dear = forecast(PRICED.replace("input: 1", "input: 900, request: 1"), solver="agent", cost_limit=0.01)
    assert dear.cost_usd and dear.cost_usd.high > 1, "the first request is always sent"
    program = "{id: c, engine: command, command: [sh]}"
    assert forecast(program, solver="agent").completion_tokens.high == most


def test_rows_of_another_way_are_no_basis(tmp_path: Path, project: Suite) -> None:
    earlier(tmp_path, 6, suite="trees", solver="agent")
    assert earlier_rows(tmp_path / "results") == {}
    assert earlier_rows(tmp_path / "results", Way("agent"))["p", "trees"]["n"] == 6
