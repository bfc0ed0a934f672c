"""Runs with a budget of time, on a clock that only the models move."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.models.config import Config
from harness.records import Completion, ModelSpec, Suite, WorkItem
from harness.resultrow import ResultRow
from harness.runner.plan import RunPlan, Selection
from harness.runner.residents import ModelQueue
from harness.runner.rows import Provenance, finished_row
from harness.runner.time_budget import TimeBudget
from harness.runner.timed import NO_TIME, Timed
from harness.suites.matrix import task_order
from tests.graders.tasks import task

ORIGIN = Provenance("run", "0.0", None, "a machine", None)


def plan_of(models: Iterable[str], sizes: Mapping[str, int], engine: str = "llama_cpp") -> RunPlan:
    specs = tuple(ModelSpec(name, engine, "local") for name in models)
    suites = tuple(
        Suite(
            name,
            "1",
            "math",
            "en",
            "",
            "MIT",
            tuple(replace(task(f"{i}"), id=f"{i}", suite=name) for i in range(n)),
            "",
        )
        for name, n in sizes.items()
    )
    config = Config(Path("models.yaml"), {spec.id: spec for spec in specs})
    return RunPlan(Selection("all", "all", None, 1, 0), config, suites, specs)


class World:
    """A machine whose models take turns, each with its true seconds a sample, and a clock that they move."""

    def __init__(self, sample_s: Mapping[str, float], load_s: float) -> None:
        self.now, self.sample_s, self.load_s = 0.0, sample_s, load_s
        self.answered: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.skipped: list[tuple[WorkItem, str]] = []
        self.turns: list[str] = []
        self.budget: TimeBudget
        self.timed: Timed

    def skip(self, items: Iterable[WorkItem], reason: str, message: str) -> None:
        self.skipped += [(item, reason) for item in items]

    async def run(self, queues: Sequence[ModelQueue], *, more: bool) -> None:
        for spec, items in queues:
            self.turns.append(spec.id)
            async with self.budget.turn(spec.id):
                self.now += self.load_s
                self.budget.loaded(spec.id)
                for item in items:
                    if not self.budget.allows(spec.id, item.task.suite, 0.0):
                        break
                    async with self.budget.sample(spec.id):
                        self.now += self.sample_s[spec.id]
                    self.answered[spec.id, item.task.suite].append(item.task.id)
                    self.timed.record(self.row(item))

    def row(self, item: WorkItem) -> ResultRow:
        done = Completion("", "stop", latency_s=self.sample_s[item.model.id])
        return replace(finished_row(item, done, None, 0.0, None, ORIGIN), status="ok")


def played(
    plan: RunPlan, sample_s: Mapping[str, float], seconds: float, load_s: float = 1.0, forecast: float = 0.3
) -> World:
    world = World(sample_s, load_s)
    guess = {(spec.id, suite.name): forecast for spec in plan.models for suite in plan.suites}
    world.budget = TimeBudget(seconds, guess, lambda: world.now)
    world.timed = Timed(world, world.budget, plan)
    asyncio.run(world.timed.run([(spec, plan.items([spec])) for spec in plan.models], more=False))
    return world


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.sampled_from([0.01, 0.1, 0.3, 1.0, 4.0]), min_size=1, max_size=4),
    st.sampled_from([0.001, 0.3, 20.0]),
    st.sampled_from([60.0, 300.0, 2000.0]),
)
def test_time_is_kept_and_the_tasks_are_the_same(
    speeds: list[float], forecast: float, seconds: float
) -> None:
    sample_s = {f"m{i}": speed for i, speed in enumerate(speeds)}
    plan = plan_of(sample_s, {"a": 40, "b": 100, "c": 15})
    world = played(plan, sample_s, seconds, forecast=forecast)
    assert world.now <= seconds + world.budget.grace_s
    everything = {item.sample_id for item in plan.items()}
    left = {item.sample_id for item, reason in world.skipped if reason == NO_TIME}
    taken = sum(map(len, world.answered.values()))
    assert taken + len(left) == len(everything) and len(left) == len(world.skipped)
    if left:  # the time was used
        assert world.now > 0.7 * seconds - 4 * world.load_s - 2 * max(speeds) * 5
    for suite in plan.suites:
        order = [task.id for task in task_order(suite)]
        asked = [sorted(world.answered[model, suite.name], key=order.index) for model in sample_s]
        assert all(tasks == order[: len(tasks)] for tasks in asked), "everybody has the same beginning"


def test_models_of_any_speed_answer_the_same_tasks() -> None:
    sample_s = {"slow": 2.0, "quick": 0.02, "middle": 0.2}
    world = played(plan_of(sample_s, {"a": 200, "b": 200}), sample_s, 600)
    counts = {key: len(tasks) for key, tasks in world.answered.items()}
    assert min(counts.values()) >= 100
    assert max(counts.values()) - min(counts.values()) <= 60, "the rest is what was left over"


def test_the_quick_stay_near_enough_to_be_compared() -> None:
    sample_s = {"slow": 1.0, "a": 0.01, "b": 0.01}
    world = played(plan_of(sample_s, {"x": 500, "y": 240}), sample_s, 72, load_s=4.0)
    counts = {key: len(tasks) for key, tasks in world.answered.items()}
    assert counts["slow", "x"] >= 10 and counts["slow", "y"] >= 10
    assert max(counts.values()) <= 2 * min(counts.values()) + 2


def test_a_hopeless_model_has_its_turn_and_no_more() -> None:
    sample_s = {"hopeless": 50.0, "a": 0.2, "b": 0.2}
    world = played(plan_of(sample_s, {"x": 200, "y": 200}), sample_s, 300)
    counts = {key: len(tasks) for key, tasks in world.answered.items()}
    assert counts["a", "x"] == counts["b", "x"] == 200
    assert 1 <= counts.get(("hopeless", "x"), 0) + counts.get(("hopeless", "y"), 0) <= 4


def test_a_suite_that_seems_too_slow_by_the_others_is_tried_when_there_is_time() -> None:
    """What was forecast of ``a`` was 40 times too low; by that, a sample of ``b`` would take 800 s."""
    plan = plan_of(["m"], {"a": 10, "b": 30})
    world = World({"m": 40.0}, 1.0)
    world.budget = TimeBudget(720, {("m", "a"): 1.0, ("m", "b"): 20.0}, lambda: world.now)
    world.timed = Timed(world, world.budget, plan)
    asyncio.run(world.timed.run([(plan.models[0], plan.items())], more=False))
    assert world.now > 600 and world.answered["m", "b"]


def test_quick_suites_come_first_so_that_a_turn_that_ends_early_leaves_out_few() -> None:
    forecast = {"a": 2.0, "b": 0.1, "c": 0.5}
    plan = plan_of(["m"], dict.fromkeys(forecast, 10))
    world = World({"m": 0.1}, 0.0)
    world.budget = TimeBudget(600, {("m", name): s for name, s in forecast.items()}, lambda: world.now)
    world.timed = Timed(world, world.budget, plan)
    asyncio.run(world.timed.run([(plan.models[0], plan.items())], more=False))
    assert [suite for _, suite in world.answered] == ["b", "c", "a"]


class Watching(World):
    """Notes what is dealt, and answers nothing."""

    async def run(self, queues: Sequence[ModelQueue], *, more: bool) -> None:
        self.dealt = [item for _, items in queues for item in items]
        self.now = 1000.0


def test_what_nobody_is_asked_waits_for_no_time() -> None:
    plan = plan_of(["m"], {"a": 500})
    (suite,) = plan.suites
    tasks = tuple(replace(one, skip="not here") if int(one.id) % 2 else one for one in suite.tasks)
    plan = replace(plan, suites=(replace(suite, tasks=tasks),))
    world = Watching({"m": 1.0}, 0.0)
    world.budget = TimeBudget(30, {("m", "a"): 1.0}, lambda: world.now)
    world.timed = Timed(world, world.budget, plan)
    asyncio.run(world.timed.run([(plan.models[0], plan.items())], more=False))
    assert Counter(item.task.skip for item in world.dealt) == {"not here": 250, None: 7}


def test_after_the_end_everything_is_skipped_and_nobody_is_asked() -> None:
    plan = plan_of(["m"], {"a": 5})
    world = World({"m": 1.0}, 0.0)
    world.budget = TimeBudget(10, {}, lambda: world.now)
    world.timed = Timed(world, world.budget, plan)
    world.now = 11
    asyncio.run(world.timed.run([(plan.models[0], plan.items())], more=False))
    assert not world.turns and [reason for _, reason in world.skipped] == [NO_TIME] * 5
