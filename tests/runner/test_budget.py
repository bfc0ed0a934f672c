from __future__ import annotations

import asyncio

import pytest

from harness.messages import Message
from harness.records import Completion, Failure, ModelSpec, Price, Request
from harness.runner.budget import RunBudget, most_usd

SPEC = ModelSpec("m", "openai", "groq", model="x", price=Price(input=1.0, output=10.0))
REQUEST = Request("s", "suite", "task", (Message("user", "x" * 168),), max_tokens=100)
MOST = 0.0011  # 100 prompt tokens at $1 and 100 of the answer at $10 a million


def test_the_most_a_request_can_cost_counts_every_token_of_the_answer() -> None:
    assert most_usd(SPEC, REQUEST) == MOST


def test_money_on_its_way_is_not_spent_twice_and_what_is_left_over_can_be() -> None:
    async def script() -> list[float | Failure]:
        budget = RunBudget(2.5 * MOST, {})
        first, second = await budget.reserve(SPEC, REQUEST), await budget.reserve(SPEC, REQUEST)
        third = asyncio.create_task(budget.reserve(SPEC, REQUEST))
        await asyncio.sleep(0.01)
        assert not third.done(), "the others may need less than they hold"
        await budget.settle(SPEC, MOST, Completion(billed_usd=MOST / 10))
        return [first, second, await third]

    assert asyncio.run(script()) == [MOST, MOST, MOST]


def test_when_it_is_spent_nothing_more_is_sent() -> None:
    async def script() -> float | Failure:
        budget = RunBudget(1.5 * MOST, {})
        await budget.reserve(SPEC, REQUEST)
        waiting = asyncio.create_task(budget.reserve(SPEC, REQUEST))
        await asyncio.sleep(0)
        await budget.settle(SPEC, MOST, Completion("no usage"))
        return await waiting

    failure = asyncio.run(script())
    assert isinstance(failure, Failure)
    assert (failure.kind, failure.fatal) == ("budget_spent", True)


def test_a_provider_has_a_limit_of_its_own_and_a_resumed_run_its_past() -> None:
    async def script() -> list[bool]:
        one = RunBudget(None, {"groq": MOST / 2})
        past = RunBudget(MOST, {}, spent={"other": MOST / 2})
        its_past = RunBudget(None, {"groq": MOST}, spent={"groq": MOST / 2})
        fine = RunBudget(None, {"groq": MOST}, spent={"other": MOST / 2})
        budgets = (one, past, its_past, fine)
        return [isinstance(await budget.reserve(SPEC, REQUEST), Failure) for budget in budgets]

    assert asyncio.run(script()) == [True, True, True, False]


def test_without_a_price_there_is_no_spending_and_local_models_are_free_to_run() -> None:
    async def script() -> tuple[float | Failure, float | Failure]:
        budget = RunBudget(1.0, {})
        unknown = ModelSpec("u", "openai", "deepinfra", model="some/model")
        local = ModelSpec("l", "llama_cpp", "local", path="x.gguf")
        return await budget.reserve(unknown, REQUEST), await budget.reserve(local, REQUEST)

    unknown, local = asyncio.run(script())
    assert isinstance(unknown, Failure)
    assert unknown.kind == "price_unknown"
    assert local == 0.0


@pytest.mark.parametrize(
    ("kind", "output", "left"),
    [
        ("rate_limit", "", True),
        ("connection", "", True),
        ("timeout", "", False),
        ("server_error", "x", False),
    ],
)
def test_a_refused_request_costs_nothing_and_one_that_broke_off_may_have_cost_all(
    kind: str, output: str, left: bool
) -> None:
    async def script() -> float | Failure:
        budget = RunBudget(1.5 * MOST, {})
        await budget.reserve(SPEC, REQUEST)
        await budget.settle(SPEC, MOST, Completion(output, failure=Failure(kind, "no", retryable=True)))
        return await budget.reserve(SPEC, REQUEST)

    assert isinstance(asyncio.run(script()), float) == left
