from __future__ import annotations

import asyncio
import random

import pytest

from harness.engines.gate import Gate
from harness.engines.retry import RetryPolicy, complete
from harness.messages import Message
from harness.records import Completion, Failure, RateLimits, Request

REQUEST = Request("id", "suite", "task", (Message("user", "?"),))
BUSY = Failure("rate_limit", "429", retryable=True)


class Flaky:
    """An engine that gives the listed outcomes, one a call."""

    concurrency = 1
    threads = 0
    revision: str | None = None

    def __init__(self, *outcomes: Completion | Exception) -> None:
        self.outcomes = list(outcomes)

    async def open(self) -> float:
        return 0.0

    async def check(self) -> str:
        return "fine"

    async def close(self) -> None: ...

    async def complete(self, request: Request) -> Completion:
        outcome = self.outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


def ask(*outcomes: Completion | Exception) -> tuple[Completion, list[float]]:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    return asyncio.run(
        complete(Flaky(*outcomes).complete, REQUEST, Gate(RateLimits()), RetryPolicy(), sleep)
    ), waits


def failed(failure: Failure) -> Completion:
    return Completion(failure=failure)


def test_a_busy_provider_is_asked_again_after_1_2_4_seconds_and_a_little() -> None:
    done, waits = ask(failed(BUSY), failed(BUSY), failed(BUSY), Completion("yes", latency_s=0.5))
    assert (done.output, done.attempts, done.latency_s) == ("yes", 4, 0.5)
    for wait, base in zip(waits, (1, 2, 4), strict=True):
        assert base <= wait <= base * 1.25


def test_the_schedule_ends_at_32_seconds_and_the_last_failure_is_told() -> None:
    done, waits = ask(*[failed(BUSY)] * 7)
    assert done.failure == BUSY
    assert done.attempts == 7
    assert [2 ** int(wait).bit_length() // 2 for wait in waits] == [1, 2, 4, 8, 16, 32]


def test_retry_after_is_kept_up_to_a_minute() -> None:
    policy, rng = RetryPolicy(), random.Random(0)
    assert policy.wait_s(1, Failure("rate_limit", "", True, retry_after_s=7.5), rng) == 7.5
    assert policy.wait_s(1, Failure("rate_limit", "", True, retry_after_s=3600), rng) == 60
    assert policy.wait_s(40, BUSY, rng) == 60


@pytest.mark.parametrize("kind", ["bad_request", "auth", "not_found"])
def test_what_cannot_get_better_is_not_asked_again(kind: str) -> None:
    done, waits = ask(failed(Failure(kind, "no")))
    assert done.failure is not None
    assert (done.failure.kind, done.attempts, waits) == (kind, 1, [])


def test_an_engine_that_raises_costs_its_sample_only() -> None:
    done, _ = ask(RuntimeError("boom"))
    assert done.failure == Failure("engine_crash", "RuntimeError: boom")
