"""Asking again: which failures, how often, and how long to wait in between."""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from harness.engines.gate import Gate, Sleep
from harness.records import Completion, Failure, Request

Ask = Callable[[Request], Awaitable[Completion]]


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Waits of 1, 2, 4, 8, 16, 32 seconds, each with up to a quarter of jitter on top, at most 60."""

    retries: int = 6
    longest_s: float = 60.0

    def wait_s(self, attempt: int, failure: Failure, rng: random.Random) -> float:
        """Seconds before the next attempt, after ``attempt`` (from 1) failed; a server's own wait is kept."""
        if failure.retry_after_s is not None:
            return min(failure.retry_after_s, self.longest_s)
        return min(float(2 ** (attempt - 1)) * (1 + rng.random() / 4), self.longest_s)


async def complete(ask: Ask, request: Request, gate: Gate, policy: RetryPolicy, sleep: Sleep) -> Completion:
    """The first completion without a retryable failure, or the last one. Never raises.

    Times are those of the last attempt: waiting for a busy provider is no latency of the model.
    What came before it, waits and failed attempts, is in ``queue_s``.
    """
    began = time.perf_counter()
    attempt = 1
    while True:
        completion, sent = await _attempt(ask, request, gate)
        failure = completion.failure
        if failure is None or not failure.retryable or attempt > policy.retries:
            return replace(completion, attempts=attempt, queue_s=sent - began + completion.queue_s)
        await sleep(policy.wait_s(attempt, failure, random.Random(f"{request.sample_id} {attempt}")))
        attempt += 1


async def _attempt(ask: Ask, request: Request, gate: Gate) -> tuple[Completion, float]:
    """One attempt, and when the engine was given the request."""
    sent_at = await gate.enter(_expected_tokens(request))
    given_at = time.perf_counter()
    completion = Completion(failure=gate.gave_up)
    try:
        if gate.gave_up is None:
            completion = await ask(request)
    except Exception as error:  # an engine's own mistake costs its sample, never the run
        completion = Completion(failure=Failure("engine_crash", f"{type(error).__name__}: {error}"))
    finally:
        gate.leave(sent_at, completion)
    return completion, given_at


def _expected_tokens(request: Request) -> int:
    """About what a request will use, for limits in tokens a minute: four bytes a token."""
    return request.prompt_bytes // 4 + request.max_tokens
