from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

from harness.engines.gate import Gate
from harness.records import Completion, Failure, Quota, RateLimits

ANSWER = Completion("yes")
BUSY = Completion(failure=Failure("rate_limit", "429", retryable=True))
DOWN = Completion(failure=Failure("server_error", "503 from the provider", retryable=True))


class World:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def gate(self, **limits: int) -> Gate:
        return Gate(RateLimits(**limits), lambda: self.now, self.sleep)


def play(script: Callable[[World], Coroutine[None, None, None]]) -> World:
    world = World()
    asyncio.run(asyncio.wait_for(script(world), 5))
    return world


async def ask(world: World, gate: Gate, *outcomes: Completion, took: float = 1.0) -> None:
    """Send the requests at once and let them end together ``took`` seconds later."""
    sent = [await gate.enter(10) for _ in outcomes]
    world.now += took
    for at, outcome in zip(sent, outcomes, strict=True):
        gate.leave(at, outcome)


def test_the_window_grows_by_one_a_round_and_only_when_it_is_full() -> None:
    async def script(world: World) -> None:
        gate = world.gate()
        start = gate.window
        await ask(world, gate, *[ANSWER] * 3)
        assert gate.window == start, "three requests do not fill it"
        await ask(world, gate, *[ANSWER] * int(start))
        assert start < gate.window <= start + 1

    play(script)


def test_a_burst_of_429s_halves_the_window_once_and_nothing_else_cuts_it() -> None:
    async def script(world: World) -> None:
        gate = world.gate(concurrency=64)
        await ask(world, gate, *[BUSY] * 64)
        assert gate.window == 32
        await ask(world, gate, *[DOWN] * 5, *[ANSWER] * 20)
        assert gate.window == 32
        await ask(world, gate, BUSY)
        assert gate.window == 16

    play(script)


def test_concurrency_is_an_upper_bound_and_later_requests_wait_for_an_answer() -> None:
    async def script(world: World) -> None:
        gate = world.gate(concurrency=2)
        first, _ = await gate.enter(1), await gate.enter(1)
        third = asyncio.create_task(gate.enter(1))
        await asyncio.sleep(0)
        assert not third.done()
        gate.leave(first, ANSWER)
        await third

    play(script)


def test_retry_after_holds_everybody_back() -> None:
    async def script(world: World) -> None:
        gate = world.gate(concurrency=4)
        wait = Failure("rate_limit", "429", retryable=True, retry_after_s=9.0)
        await ask(world, gate, Completion(failure=wait))
        await gate.enter(1)

    assert play(script).slept == [9.0]


def test_requests_a_minute_are_never_exceeded_in_any_minute() -> None:
    times: list[float] = []

    async def script(world: World) -> None:
        gate = world.gate(rpm=5, concurrency=100)
        for _ in range(17):
            times.append(await gate.enter(1))
            world.now += 1

    play(script)
    assert all(later - earlier >= 60 for earlier, later in zip(times, times[5:], strict=False))
    assert times[4] - times[0] == 4, "up to the limit nobody waits"


def test_tokens_a_minute_are_kept_and_a_request_above_them_goes_alone() -> None:
    async def script(world: World) -> None:
        gate = world.gate(tpm=100, concurrency=100)
        start = await gate.enter(60)
        assert await gate.enter(40) == start
        assert await gate.enter(500) == start + 60

    play(script)


def test_a_dead_provider_rests_then_is_probed_then_given_up() -> None:
    async def script(world: World) -> None:
        gate = world.gate(concurrency=50)
        await ask(world, gate, *[DOWN] * 50)
        assert gate.gave_up is None, "fifty failures of one moment are one outage"
        for _ in range(3):
            await ask(world, gate, DOWN)
        assert gate.gave_up is not None
        assert gate.gave_up.kind == "provider_down"
        assert "503 from the provider" in gate.gave_up.message

    assert play(script).slept == [30.0, 60.0, 120.0]


def test_a_probe_that_is_answered_opens_the_gate_again() -> None:
    async def script(world: World) -> None:
        gate = world.gate(concurrency=50)
        await ask(world, gate, *[DOWN] * 50)
        await ask(world, gate, ANSWER)
        await ask(world, gate, *[ANSWER] * 50)
        assert gate.gave_up is None

    assert play(script).slept == [30.0]


def left(requests: int | None = None, tokens: int | None = None, reset_s: float = 7.0) -> Completion:
    return Completion("yes", quota=Quota(requests, reset_s, tokens, reset_s))


def test_nobody_is_sent_when_the_provider_says_that_nothing_is_left() -> None:
    async def script(world: World) -> None:
        gate = world.gate(concurrency=50)
        await ask(world, gate, left(requests=0))
        await ask(world, gate, left(tokens=9), ANSWER)

    assert play(script).slept == [7.0]


def test_what_is_left_is_not_given_out_twice() -> None:
    async def script(world: World) -> None:
        gate = world.gate(concurrency=50)
        await ask(world, gate, left(requests=2))
        first, _ = await gate.enter(10), await gate.enter(10)
        third = asyncio.create_task(gate.enter(10))
        await asyncio.sleep(0)
        assert not third.done()
        gate.leave(first, left(requests=9))
        await third

    assert play(script).slept == []


def test_a_request_larger_than_what_is_left_of_the_tokens_waits() -> None:
    async def script(world: World) -> None:
        gate = world.gate(concurrency=50)
        await ask(world, gate, left(tokens=100, reset_s=3600))
        await gate.enter(90)
        world.now += 1
        gate.leave(world.now - 1, left(tokens=10, reset_s=3600))
        await gate.enter(90)

    assert play(script).slept == [60.0], "an hour is not waited for: a 429 will say more"


def test_who_is_given_up_is_not_waited_for() -> None:
    async def script(world: World) -> None:
        gate = world.gate(concurrency=50, rpm=1000)
        await ask(world, gate, *[DOWN] * 50)
        for _ in range(3):
            await ask(world, gate, DOWN)
        world.slept.clear()
        for _ in range(2000):
            gate.leave(await gate.enter(10), Completion(failure=gate.gave_up))

    assert play(script).slept == []


REFUSED = Completion(failure=Failure("auth", "401 who are you?", fatal=True))


def test_a_refused_key_waits_for_what_is_on_its_way() -> None:
    async def script(world: World) -> None:
        for last, shut in ((ANSWER, False), (REFUSED, True), (DOWN, True)):
            gate = world.gate()
            first, second = await gate.enter(10), await gate.enter(10)
            gate.leave(first, REFUSED)
            assert REFUSED.failure is not None
            decision = asyncio.create_task(gate.is_shut(REFUSED.failure))
            third = asyncio.create_task(gate.enter(10))
            await asyncio.sleep(0.01)
            assert not decision.done() and not third.done()
            gate.leave(second, last)
            assert await decision is shut
            await third
            assert (gate.gave_up is not None) is shut

    play(script)


def test_a_key_that_was_good_once_stays_good() -> None:
    async def script(world: World) -> None:
        gate = world.gate()
        await ask(world, gate, ANSWER)
        await ask(world, gate, REFUSED)
        assert REFUSED.failure is not None
        assert not await gate.is_shut(REFUSED.failure)
        assert gate.gave_up is None

    play(script)
