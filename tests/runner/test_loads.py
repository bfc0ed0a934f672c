"""As many requests at once as tasks want, and none of the model's other tasks beside them."""

from __future__ import annotations

import asyncio
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from harness.analysis.standings import load_standings
from harness.models.config import load_config
from harness.records import Suite
from harness.results.database import connect
from harness.runner.plan import RunPlan, Selection
from harness.runner.progress import Progress
from harness.runner.run import execute
from harness.suites import load_suite
from harness.suites.matrix import work_items
from tests.conftest import WriteSuite
from tests.loopback import Call, Loopback, stream

TASKS = "\n".join(
    f"""\
- id: at-{at_once}
  prompt: "{{document}} LOAD {at_once}."
  grader: {{checks: {{all: [{{length: {{words: [2, 1000]}}}}]}}}}
  generator: {{family: load, seed: 1, count: {count}, prompt: 16, answer: 64, concurrency: {at_once}}}"""
    for at_once, count in ((16, 32), (1, 4), (4, 8))
)


@dataclass
class Server:
    """A play that notes how many requests of each load were there at once, and what else was."""

    pause: float = 0.05
    most: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    mixed: bool = False
    _now: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    async def __call__(self, call: Call, writer: asyncio.StreamWriter) -> None:
        load = re.findall(r"LOAD (\d+)\.$", call.body["messages"][-1]["content"])
        name = load[0] if load else "other"
        self._now[name] += 1
        self.most[name] = max(self.most[name], self._now[name])
        self.mixed |= sum(count > 0 for count in self._now.values()) > 1
        await stream("one", " two", pause=self.pause)(call, writer)
        self._now[name] -= 1


@pytest.fixture
def suite(write_suite: WriteSuite) -> Suite:
    return load_suite(write_suite(TASKS, "loads", "measure: none\n"))


def plan_of(folder: Path, server: Loopback, suite: Suite, limits: str = "", **selection: Any) -> RunPlan:
    (folder / "models.yaml").write_text(
        f"models: [{{id: m, engine: openai, provider: here, base_url: '{server.url}', model: m{limits}}}]"
    )
    config = load_config(folder / "models.yaml")
    return RunPlan(Selection("loads", "m", None, 1, 0, **selection), config, (suite,), (config.models["m"],))


@pytest.mark.parametrize("speed_lane", [False, True])
def test_an_endpoint_gets_one_four_and_sixteen_at_once(
    suite: Suite, tmp_path: Path, speed_lane: bool
) -> None:
    play = Server()
    with Loopback(play) as server:
        counts = execute(
            plan_of(tmp_path, server, suite, speed_lane=speed_lane), tmp_path / "results", "run", Progress()
        )
    assert counts == {"ok": 44}
    assert play.most == {"other": 1, "1": 1, "4": 4, "16": 16} and not play.mixed
    with connect(tmp_path / "results") as con:
        rows = con.execute("SELECT task_id, metrics, measure FROM results").fetchall()
    assert all(task.split("-")[1] == str(json.loads(metrics)["concurrency"]) for task, metrics, _ in rows)
    assert {measure for *_, measure in rows} == {"none"}


def test_a_provider_that_takes_fewer_gets_fewer(suite: Suite, tmp_path: Path) -> None:
    play = Server(pause=0.01)
    with Loopback(play) as server:
        plan = plan_of(tmp_path, server, suite, ", limits: {concurrency: 3}")
        execute(plan, tmp_path / "results", "run", Progress())
    assert (play.most["1"], play.most["4"], play.most["16"]) == (1, 3, 3)


def test_a_local_model_answers_them_too(suite: Suite, demo: Path, tmp_path: Path) -> None:
    (tmp_path / "models.yaml").write_text(f"models: [{{id: tiny, engine: llama_cpp, path: {demo}}}]")
    config = load_config(tmp_path / "models.yaml")
    plan = RunPlan(Selection("loads", "tiny", None, 1, 0), config, (suite,), (config.models["tiny"],))
    assert execute(plan, tmp_path / "results", "run", Progress()) == {"ok": 44}
    with connect(tmp_path / "results") as con:
        loads = {one.at_once: one for one in load_standings(con).loads}
    assert {at_once: one.n for at_once, one in loads.items()} == {1: 4, 4: 8, 16: 32}
    assert loads[1].in_flight == pytest.approx(1, abs=0.15) and (loads[16].in_flight or 0) > 2
    assert loads[1].first_p50_s is None and loads[16].first_p90_s is not None


def test_loads_stand_together_the_least_first_and_limits_hold(suite: Suite, tmp_path: Path) -> None:
    (tmp_path / "models.yaml").write_text("models: []")
    config = load_config(tmp_path / "models.yaml")
    models = config.choose_models("oracle")
    every = [item.task.concurrency for item in work_items(config, models, [suite])]
    assert every == [1] * 4 + [4] * 8 + [16] * 32
    some = {item.task.id for item in work_items(config, models, [suite], limit=10)}
    assert len(some) == 10 and some < {task.id for task in suite.tasks}
