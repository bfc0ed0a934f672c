"""Whole dialogues with a real server: retries, budgets, the cache and resuming hold for every turn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from harness.engines.retry import RetryPolicy
from harness.models.config import load_config
from harness.runner.cache import AnswerCache
from harness.runner.plan import RunPlan, Selection
from harness.runner.progress import Progress
from harness.runner.run import RunOptions, execute
from harness.sandbox import open_sandbox
from harness.solvers.base import put_suite
from harness.suites import load_suite
from tests.endpoints import IN_USD, OUT_USD, entry
from tests.loopback import Call, Loopback, answer, stream
from tests.projects import write_project
from tests.runner.test_endpoints import query
from tests.solvers.test_tries import RIGHT, WRONG

TOKENS = {"prompt_tokens": 1000, "completion_tokens": 100}
A_TURN = (1000 * IN_USD + 100 * OUT_USD) / 1e6


class Learner:
    """A play that answers wrongly at first, is then out of order once, and then answers rightly."""

    def __init__(self) -> None:
        self.turns: list[int] = []  # of each request, in which turn it was

    async def __call__(self, call: Call, writer: asyncio.StreamWriter) -> None:
        turn = len(call.body["messages"])
        self.turns.append(turn)
        if turn == 3 and self.turns.count(3) == 1:
            await answer(503, {"error": {"message": "out of order"}})(call, writer)
        else:
            await stream(WRONG if turn == 1 else RIGHT, usage=TOKENS)(call, writer)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Put the project to a server with two tries; what its row says."""
    monkeypatch.setattr(RetryPolicy, "wait_s", lambda *_: 0.002)

    def taken(
        server: Loopback, name: str, budget: float | None = None, **options: Any
    ) -> list[tuple[Any, ...]]:
        (tmp_path / "models.yaml").write_text(f"models: [{entry('m', server)}]")
        config = load_config(tmp_path / "models.yaml")
        selection = Selection("trees", "m", None, 1, 0, budget, solver="tries")
        suite = put_suite(load_suite(write_project(tmp_path)), selection.way)
        plan = RunPlan(selection, config, (suite,), tuple(config.choose_models("m")))
        execute(plan, tmp_path / name, "run", Progress(), RunOptions(sandbox=open_sandbox("auto"), **options))
        columns = "passed, cost_usd, prompt_tokens, attempts, timing, metrics->>'status', error_type"
        return query(tmp_path / name, f"SELECT {columns} FROM results")

    return taken


def test_a_turn_is_retried_cached_and_resumed(run: Callable[..., Any], tmp_path: Path) -> None:
    play = Learner()
    with Loopback(play) as server, closing(AnswerCache(tmp_path / "cache.sqlite")) as cache:
        done = [(True, pytest.approx(2 * A_TURN), 2000, 2, "measured", "submitted", None)]
        assert run(server, "first", cache=cache) == done
        assert play.turns == [1, 3, 3]
        assert run(server, "first", begin="resume") == done  # nothing was missing
        assert run(server, "second", cache=cache)[0][:5:2] == (True, 2000, "replayed")
        assert play.turns == [1, 3, 3]


def test_a_budget_that_is_spent_between_turns_keeps_the_answer(run: Callable[..., Any]) -> None:
    """A turn reserves the most that it could cost, some 0.006 USD here; the second one no longer fits."""
    play = Learner()
    with Loopback(play) as server:
        ((passed, usd, *_, status, error),) = run(server, "results", 0.0075)
    assert (passed, usd, status, error) == (False, pytest.approx(A_TURN), "budget_spent", "wrong_answer")
    assert play.turns == [1]
