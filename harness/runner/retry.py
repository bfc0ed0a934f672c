"""Asking again: which failures, how often, and how long to wait in between."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from harness.engines.base import Engine
from harness.records import Completion, Failure, Request

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Waits of 1, 2, 4, 8, 16, 32 seconds, each with up to a quarter of jitter on top, at most 60."""

    retries: int = 6
    longest_s: float = 60.0

    def wait_s(self, attempt: int, failure: Failure, rng: random.Random) -> float:
        """Seconds before the next attempt, after ``attempt`` (from 1) failed. A server's wish is kept."""
        if failure.retry_after_s is not None:
            return min(failure.retry_after_s, self.longest_s)
        return min(float(2 ** (attempt - 1)) * (1 + rng.random() / 4), self.longest_s)


async def complete(engine: Engine, request: Request, policy: RetryPolicy, sleep: Sleep) -> Completion:
    """The first completion without a retryable failure, or the last one. Never raises.

    Times are those of the last attempt: waiting for a busy provider is no latency of the model.
    """
    rng = random.Random(request.sample_id)
    attempt = 1
    while True:
        completion = await _ask(engine, request)
        failure = completion.failure
        if failure is None or not failure.retryable or attempt > policy.retries:
            return replace(completion, attempts=attempt)
        await sleep(policy.wait_s(attempt, failure, rng))
        attempt += 1


async def _ask(engine: Engine, request: Request) -> Completion:
    try:
        return await engine.complete(request)
    except Exception as error:  # an engine's own mistake costs its sample, never the run
        return Completion(failure=Failure("engine_crash", f"{type(error).__name__}: {error}"))
