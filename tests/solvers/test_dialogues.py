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
from harness.solvers.base import SolverName, put_suite
from harness.suites import load_suite
from tests.endpoints import IN_USD, OUT_USD, entry
from tests.loopback import Call, Loopback, answer, hang, stream
from tests.projects import write_project
from tests.runner.test_endpoints import query
from tests.solvers.test_agent import SOLVE, SUBMIT, bash
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
        server: Loopback, name: str, budget: float | None = None, minutes: float | None = None,
        solver: SolverName = "tries", **options: Any,
    ) -> list[tuple[Any, ...]]:  # fmt: skip
        (tmp_path / "models.yaml").write_text(f"models: [{entry('m', server)}]")
        config = load_config(tmp_path / "models.yaml")
        selection = Selection("trees", "m", None, 1, 0, budget, solver=solver, minutes=minutes)
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


class Worker:
    """A play that mends the project by a command and submits it; it says nothing more while it ``hangs``."""

    def __init__(self) -> None:
        self.turns: list[int] = []
        self.hangs = False

    async def __call__(self, call: Call, writer: asyncio.StreamWriter) -> None:
        turn = len(call.body["messages"])
        self.turns.append(turn)
        if turn == 5 and self.hangs:
            await hang()(call, writer)
        said = {1: bash("cat sums.py"), 3: SOLVE, 5: SUBMIT}[turn]
        await stream(said, usage=TOKENS)(call, writer)


def test_a_dialogue_that_the_time_does_not_do_for_is_taken_whole(
    run: Callable[..., Any], tmp_path: Path
) -> None:
    """It is no answer and no failure; with a cache the turns that it had need not be paid again."""
    play = Worker()
    with Loopback(play) as server, closing(AnswerCache(tmp_path / "cache.sqlite")) as cache:
        play.hangs = True
        ((passed, *_, status, error),) = run(server, "r", minutes=0.01, solver="agent", cache=cache)
        assert (passed, status, error, play.turns) == (None, None, "no_time", [1, 3, 5])
        play.hangs = False
        *_, row = run(server, "r", solver="agent", cache=cache, begin="resume")
        assert (row[0], row[2], row[4:]) == (True, 3000, ("replayed", "submitted", None))
        assert play.turns == [1, 3, 5, 5]


def test_an_agents_dialogue_is_resumed_retried_and_within_its_budget(run: Callable[..., Any]) -> None:
    play = Worker()
    with Loopback(play) as server:
        ((passed, usd, tokens, *_, status, _),) = run(server, "a", solver="agent")
        assert (passed, usd, tokens, status) == (True, pytest.approx(3 * A_TURN), 3000, "submitted")
        assert run(server, "a", solver="agent", begin="resume") and play.turns == [1, 3, 5]
        ((passed, usd, *_, status, error),) = run(server, "b", 0.0105, solver="agent")
        assert (passed, status, error) == (True, "budget_spent", None), "it is judged as it is"
        assert usd == pytest.approx(2 * A_TURN) and play.turns == [1, 3, 5, 1, 3]
