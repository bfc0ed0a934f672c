"""Workers spend a budget together: never more than it, and as much as one process could."""

from __future__ import annotations

import asyncio
import random

from harness.messages import Message
from harness.records import Completion, Failure, ModelSpec, Price, Request
from harness.runner.budget import RUN, RunBudget, most_usd
from harness.workers.money import SharedMoney, open_money, read_money
from tests.workers.memory import Memory

SPEC = ModelSpec("m", "openai", "groq", model="x", price=Price(input=1.0, output=10.0))
REQUEST = Request("s", "suite", "task", (Message("user", "x" * 168),), max_tokens=100)
MOST = 0.0011
assert most_usd(SPEC, REQUEST) == MOST


def budget_of(store: Memory, worker: str, places: int) -> tuple[RunBudget, SharedMoney]:
    money = SharedMoney(store, worker, places, patience_s=0.02)
    limits, _, _ = read_money(store)
    return RunBudget(
        0.0 if RUN in limits else None, {n: 0.0 for n in limits if n != RUN}, treasury=money
    ), money


def test_the_sum_is_never_exceeded_and_little_of_it_stays() -> None:
    """Random costs, many requests on their way, one worker that is killed with money in its hands."""

    async def worker(store: Memory, number: int, bill: list[float], rng: random.Random) -> None:
        budget, money = budget_of(store, f"w{number}", 3)

        async def ask() -> None:
            while not isinstance(reserved := await budget.reserve(SPEC, REQUEST), Failure):
                await asyncio.sleep(0)
                cost = rng.uniform(0, MOST)
                bill.append(cost)
                await budget.settle(SPEC, reserved, Completion(billed_usd=cost))
                if number == 2 and len(bill) > 20:
                    raise asyncio.CancelledError  # killed: it gives nothing back

        await asyncio.gather(*(ask() for _ in range(4)), return_exceptions=True)
        if number != 2:
            money.close()

    for seed in range(5):
        store, bill = Memory(), list[float]()
        limits = {RUN: 80 * MOST, "groq": 60 * MOST}
        open_money(store, limits, {RUN: 5 * MOST, "groq": 5 * MOST})

        async def all_of_them(store: Memory = store, bill: list[float] = bill, seed: int = seed) -> None:
            await asyncio.gather(*(worker(store, n, bill, random.Random(seed * 10 + n)) for n in range(3)))

        asyncio.run(all_of_them())
        assert sum(bill) <= 55 * MOST + 1e-12
        _, drawn, _ = read_money(store)
        lost = sum(of["groq"][0] - of["groq"][1] for of in drawn.values())
        assert sum(bill) + lost > 55 * MOST - 2 * MOST, "no worker sits on what others could use"
        open_money(store, limits, {})
        _, drawn, _ = read_money(store)
        assert drawn["before"]["groq"][0] >= sum(bill) + 5 * MOST - 1e-12, "a resume knows what was spent"


def test_without_limits_nothing_is_asked_of_the_store() -> None:
    store = Memory()
    open_money(store, {}, {})
    budget, money = budget_of(store, "w", 2)
    before = dict(store.requests)
    assert asyncio.run(budget.reserve(SPEC, REQUEST)) == 0.0
    money.close()
    assert store.requests == before
