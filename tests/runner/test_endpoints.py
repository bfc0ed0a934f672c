"""Whole runs against real servers: one that dies, the bill, the forecast, the cache."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.engines import gate
from harness.engines.retry import RetryPolicy
from harness.models.config import load_config
from harness.records import Price, Suite
from harness.results.database import connect
from harness.results.rewriting import rewrite
from harness.runner.cache import AnswerCache
from harness.runner.estimate import earlier_rows, estimate
from harness.runner.plan import RunPlan, Selection
from harness.runner.progress import Progress
from harness.runner.recompute import repricing
from harness.runner.run import RunOptions, execute
from harness.suites import load_suite
from tests.conftest import TEN_SUMS, WriteSuite
from tests.endpoints import IN_USD, OUT_USD, Solver, entry
from tests.loopback import Loopback, answer, stream


@pytest.fixture
def sums(write_suite: WriteSuite) -> Suite:
    return load_suite(write_suite(TEN_SUMS.replace("count: 10", "count: 40")))


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for seconds: the waits themselves are tested with a clock of their own."""
    monkeypatch.setattr(RetryPolicy, "wait_s", lambda *_: 0.002)
    monkeypatch.setattr(gate, "_REST_S", (0.01, 0.01, 0.01))


def plan_of(folder: Path, suite: Suite, *models: str, **selection: Any) -> RunPlan:
    (folder / "models.yaml").write_text(f"models: [{', '.join(models)}]")
    config = load_config(folder / "models.yaml")
    chosen = [spec for spec in config.models.values() if not spec.baseline]
    return RunPlan(Selection(suite.name, "all", **selection), config, (suite,), tuple(chosen))


def query(results: Path, sql: str) -> list[tuple[Any, ...]]:
    with connect(results) as con:
        return con.execute(sql).fetchall()


def test_one_of_three_dies_half_way_and_a_resume_completes_it(tmp_path: Path, sums: Suite) -> None:
    a, b, c = Solver(), Solver(), Solver(dies_after=15)
    results = tmp_path / "results"
    with Loopback(a) as first, Loopback(b) as second, Loopback(c) as third:
        servers = (entry("a", first), entry("b", second), entry("c", third))
        plan = plan_of(tmp_path, sums, *servers, limit=None, repeats=1, seed=0)
        counts = execute(plan, results, "run", Progress())
        assert counts["ok"] == 95
        states = query(results, "SELECT model, status, count(*) FROM results GROUP BY ALL ORDER BY ALL")
        assert {(model, status): n for model, status, n in states if model != "c"} == {
            ("a", "ok"): 40,
            ("b", "ok"): 40,
        }
        reasons = query(results, "SELECT DISTINCT error_type, error FROM results WHERE status = 'skipped'")
        assert [kind for kind, _ in reasons] == ["provider_down"]
        assert "out of order" in reasons[0][1]
        assert "warning" in (results / "run" / "_run.log").read_text()

        c.dies_after = None
        execute(plan, results, "run", Progress(), RunOptions("retry_errors"))
    sql = "SELECT count(*), count(DISTINCT sample_id), bool_and(passed) FROM results WHERE status = 'ok'"
    assert query(results, sql) == [(120, 120, True)]
    assert all(n == 1 for solver in (a, b, c) for n in solver.calls.values()), "nothing was asked twice"


@pytest.mark.parametrize("billed", [True, False])
def test_the_sum_of_costs_is_the_providers_bill_and_inside_the_forecast(
    tmp_path: Path, sums: Suite, billed: bool
) -> None:
    solver = Solver(billed=billed)
    results = tmp_path / "results"
    with Loopback(solver) as server:
        plan = plan_of(tmp_path, sums, entry("a", server), limit=None, repeats=2, seed=0)
        by_length = estimate(plan, {})
        execute(plan, results, "one", Progress())
        first = solver.usd
        by_rows = estimate(plan, earlier_rows(results))
        execute(plan, results, "two", Progress())
    bills = query(
        results, "SELECT run_id, sum(cost_usd), any_value(price_source) FROM results GROUP BY 1 ORDER BY 1"
    )
    source = "billed" if billed else "models.yaml"
    assert bills == [
        ("one", pytest.approx(first), source),
        ("two", pytest.approx(solver.usd - first), source),
    ]
    assert by_length.cost_usd.low <= first <= by_length.cost_usd.high
    assert by_rows.cost_usd.low <= solver.usd - first <= by_rows.cost_usd.high
    assert by_rows.models[0].from_rows == 80
    width = {name: found.cost_usd.high - found.cost_usd.low for name, found in
             (("length", by_length), ("rows", by_rows))}  # fmt: skip
    assert width["rows"] < width["length"] / 5


def test_attempts_that_broke_off_are_in_the_sum_of_costs(tmp_path: Path, sums: Suite) -> None:
    """The server charges the prompt and every word it sent, also where it then hung up."""

    class Cutting(Solver):
        turn = 0

        async def __call__(self, call: Any, writer: Any) -> None:
            self.turn += 1
            if self.turn % 3:
                await super().__call__(call, writer)
                return
            prompt = len(call.body["messages"][-1]["content"]) // 3
            self.usd += (prompt * IN_USD + 3 * OUT_USD) / 1e6
            await stream("it", "is", cut=True)(call, writer)  # and a chunk before them, with the role

    solver, results = Cutting(), tmp_path / "results"
    with Loopback(solver) as server:
        plan = plan_of(tmp_path, sums, entry("a", server), limit=None, repeats=1, seed=0)
        assert execute(plan, results, "run", Progress())["ok"] == 40
    (found,) = query(results, "SELECT sum(cost_usd), sum(broken_usd), sum(attempts) - 40 FROM results")
    assert found[0] == pytest.approx(solver.usd)
    assert 0 < found[1] < found[0] and found[2] >= 13
    prices = {"a": replace(plan.models[0], price=Price(input=2 * IN_USD, output=2 * OUT_USD))}
    rewrite(results, "run", repricing(prices))
    sql = "SELECT sum(cost_usd - coalesce(broken_usd, 0)) FROM results"
    assert query(results, sql) == [(pytest.approx(2 * (found[0] - found[1])),)]


def test_a_budget_stops_before_it_is_exceeded_and_a_resume_remembers_it(tmp_path: Path, sums: Suite) -> None:
    solver = Solver()
    results = tmp_path / "results"
    with Loopback(solver) as server:
        options: dict[str, Any] = {"limit": None, "repeats": 1, "seed": 0, "budget_usd": 0.005}
        plan = plan_of(tmp_path, sums, entry("a", server), **options)
        counts = execute(plan, results, "run", Progress())
        assert 0 < counts["ok"] < 40
        assert solver.usd <= 0.005
        assert query(results, "SELECT DISTINCT error_type FROM results WHERE status = 'skipped'") == [
            ("budget_spent",)
        ]
        execute(plan, results, "run", Progress(), RunOptions("resume"))
        assert solver.usd <= 0.005


def test_what_is_cached_is_not_asked_again_and_says_so(tmp_path: Path, sums: Suite) -> None:
    solver = Solver()
    results = tmp_path / "results"
    cache = AnswerCache(tmp_path / "cache" / "answers.sqlite")
    with Loopback(solver) as server:
        plan = plan_of(tmp_path, sums, entry("a", server), limit=5, repeats=2, seed=0)
        execute(plan, results, "one", Progress(), RunOptions(cache=cache))
        execute(plan, results, "two", Progress(), RunOptions(cache=cache))
        assert solver.calls.total() == 10, "five tasks with two seeds"
        longer = plan_of(tmp_path, sums, entry("a", server), limit=6, repeats=2, seed=0)
        execute(longer, results, "three", Progress(), RunOptions(cache=cache))
        assert solver.calls.total() == 12
    cache.close()
    columns = "output, passed, cost_usd, latency_s, ttft_s, completion_tokens"
    pairs = query(results, f"SELECT sample_id, {columns} FROM results WHERE run_id = 'one' ORDER BY ALL")
    again = query(results, f"SELECT sample_id, {columns} FROM results WHERE run_id = 'two' ORDER BY ALL")
    assert pairs == again, "the original times are kept"
    timings = query(results, "SELECT run_id, timing, count(*) FROM results GROUP BY ALL ORDER BY ALL")
    assert timings == [
        ("one", "measured", 10),
        ("three", "measured", 2),
        ("three", "replayed", 10),
        ("two", "replayed", 10),
    ]


def test_the_speed_lane_asks_one_at_a_time_after_a_warm_up(tmp_path: Path, sums: Suite) -> None:
    order: list[str] = []

    class Watching(Solver):
        async def __call__(self, call: Any, writer: Any) -> None:
            order.append(f"+{call.body['messages'][-1]['content']}")
            await super().__call__(call, writer)
            order.append("-")

    with Loopback(Watching()) as first, Loopback(Watching()) as second:
        models = entry("a", first), entry("b", second)
        plan = plan_of(tmp_path, sums, *models, limit=3, repeats=2, seed=0, speed_lane=True)
        execute(plan, tmp_path / "results", "run", Progress())
    assert [entry[0] for entry in order] == ["+", "-"] * 14, "never two at once, whoever is asked"
    asked = [entry for entry in order if entry != "-"]
    assert [number for number, question in enumerate(asked) if "What is" not in question] == [0, 7]
    assert asked[1:4] == asked[4:7] and len(set(asked[1:4])) == 3, "all tasks before any comes again"
    timings = query(tmp_path / "results", "SELECT timing, count(*) FROM results GROUP BY ALL")
    assert timings == [("measured", 12)], "the warm-up is no sample"


def test_500_in_turn_costs_attempts_and_no_latency(tmp_path: Path, sums: Suite) -> None:
    class InTurn(Solver):
        turn = 0

        async def __call__(self, call: Any, writer: Any) -> None:
            self.turn += 1
            if self.turn % 2:
                await answer(500, "try again", headers={"Retry-After": "0"})(call, writer)
            else:
                await super().__call__(call, writer)

    with Loopback(InTurn()) as server:
        slow = entry("a", server).replace("model: m", "model: m, limits: {concurrency: 1}")
        execute(
            plan_of(tmp_path, sums, slow, limit=8, repeats=1, seed=0), tmp_path / "results", "run", Progress()
        )
    rows = query(tmp_path / "results", "SELECT status, attempts, passed, queue_s, latency_s FROM results")
    assert [row[:3] for row in rows] == [("ok", 2, True)] * 8
    assert all(queue_s > 0.002 for *_, queue_s, _ in rows), "the first attempt and the wait after it"


def test_a_wrong_key_stops_all_models_of_the_provider_and_is_said_once(tmp_path: Path, sums: Suite) -> None:
    warnings: list[str] = []

    class Listening(Progress):
        def warn(self, message: str) -> None:
            warnings.append(message)

    with Loopback(answer(401, {"error": {"message": "bad key"}})) as server, Loopback(Solver()) as fine:
        shared = [entry(name, server).replace(f"provider: {name}", "provider: both") for name in "abc"]
        narrow = [text.replace("model: m", "model: m, limits: {concurrency: 2}") for text in shared]
        plan = plan_of(tmp_path, sums, *narrow, entry("d", fine), limit=20, repeats=1, seed=0)
        execute(plan, tmp_path / "results", "run", Listening())
        assert len(server.calls) <= 2
    assert len(warnings) == 1
    assert warnings[0].startswith("both: ") and "bad key" in warnings[0]
    found = query(
        tmp_path / "results", "SELECT model, status, error_type, count(*) FROM results GROUP BY ALL"
    )
    skipped = {(name, "skipped", "auth", 20) for name in "abc"}
    assert set(found) == {*skipped, ("d", "ok", None, 20)}


@pytest.mark.parametrize(("status", "slow"), [(401, 0.0), (403, 0.2), (402, 0.2)])
def test_a_key_refused_for_one_model_stops_no_other(
    tmp_path: Path, sums: Suite, status: int, slow: float
) -> None:
    """Also where the refusal comes before the first answer, as it mostly does."""

    class Guarded(Solver):
        async def __call__(self, call: Any, writer: Any) -> None:
            if call.body["model"] == "closed":
                await answer(status, {"error": {"message": "not with this key"}})(call, writer)
            else:
                await super().__call__(call, writer)

    with Loopback(Guarded(pause=slow)) as server:
        entries = [entry(name, server).replace(f"provider: {name}", "provider: all") for name in "abc"]
        entries[0] = entries[0].replace("model: m", "model: closed")
        plan = plan_of(tmp_path, sums, *entries, limit=20, repeats=1, seed=0)
        execute(plan, tmp_path / "results", "run", Progress())
    counts = query(tmp_path / "results", "SELECT model, status, count(*) FROM results GROUP BY ALL")
    assert set(counts) == {("a", "skipped", 20), ("b", "ok", 20), ("c", "ok", 20)}
