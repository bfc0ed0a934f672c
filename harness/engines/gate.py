"""Admission to one provider: how many requests at once, how many a minute, and when to leave it alone.

The window of requests in flight grows by one for each window full of answers and is
halved by a 429, by nothing else (additive increase, multiplicative decrease); it grows only
while it is what holds requests back. ``rpm`` and ``tpm`` are kept exactly, over every
sliding minute. When a provider says how much of its limits is left, no more requests than
that are on their way, until it says otherwise or its limits are full again. A provider that
fails throughout is left alone for a while, then asked once; when that has failed three
times in a row it is given up.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable

from harness.records import Completion, Failure, Quota, RateLimits

Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]

_MINUTE = 60.0
_START = 16.0  # requests at once, where models.yaml does not say
_CEILING = 256
_FAILURES = 8  # in a row, with nothing answered in between: the provider is down
_REST_S = (30.0, 60.0, 120.0)  # how long it is left alone, each time


class Gate:
    """Holds requests back until the provider may be asked. One a provider, shared by its models."""

    def __init__(
        self, limits: RateLimits, clock: Clock = time.monotonic, sleep: Sleep = asyncio.sleep
    ) -> None:
        self.ceiling = limits.concurrency or _CEILING
        self.window = float(limits.concurrency or _START)
        self.gave_up: Failure | None = None
        self._answered = False  # anything, yet
        self._refusal: Failure | None = (
            None  # a key, while requests are on their way that may show it is good
        )
        self._rpm, self._tpm = limits.rpm, limits.tpm
        self._clock, self._sleep = clock, sleep
        self._in_flight = 0
        self._asked: deque[tuple[float, int]] = deque()  # time and tokens of the last minute's requests
        self._tokens = 0
        self._not_before = 0.0
        self._left: Quota | None = None
        self._left_at = 0.0  # when the provider said so
        self._cut_at = -1.0
        self._failures = 0
        self._rests = 0  # in a row; while there are any, one request at a time is let through as a probe
        self._rested_at = -1.0
        self._head = asyncio.Lock()  # first come, first served: only one waits for the rest
        self._freed = asyncio.Event()

    async def enter(self, tokens: int) -> float:
        """Wait until a request of about ``tokens`` tokens may be sent; returns the time it is sent at."""
        async with self._head:
            while (wait := self._wait_s(tokens)) != 0:
                if wait is None:
                    self._freed.clear()
                    await self._freed.wait()
                else:
                    await self._sleep(wait)
            now = self._clock()
            self._in_flight += 1
            if self._rpm or self._tpm:
                self._asked.append((now, tokens))
                self._tokens += tokens
            return now

    async def is_shut(self, failure: Failure) -> bool:
        """Whether a refused key is refused for all models: nothing was answered, nor is what is on its way.

        Until that is known nothing more is sent.
        """
        if self._answered:
            return False
        self._refusal = self._refusal or failure
        while self._refusal is not None and self._in_flight:
            self._freed.clear()
            await self._freed.wait()
        self.gave_up = self.gave_up or self._refusal
        self._freed.set()
        return self.gave_up is not None

    def leave(self, sent_at: float, completion: Completion) -> None:
        """Learn from an answer to a request that was sent at ``sent_at``."""
        saturated = self._in_flight >= int(self.window)
        self._in_flight -= 1
        if completion.failure is None:
            self._answered, self._refusal = True, None
        if completion.quota is not None:
            self._left, self._left_at = completion.quota, self._clock()
        failure = completion.failure
        if failure is None or not failure.retryable:
            self._failures = self._rests = 0
            if saturated:
                self.window = min(self.window + 1 / self.window, float(self.ceiling))
        elif failure.kind == "rate_limit":
            self._slow_down(sent_at, failure.retry_after_s)
        elif sent_at > self._rested_at:
            self._count_failure(failure)
        self._freed.set()

    def _wait_s(self, tokens: int) -> float | None:
        """0 to go now, seconds to wait for the clock, ``None`` to wait for an answer."""
        now = self._clock()
        if self.gave_up is not None:
            return 0
        if self._refusal is not None:
            return None
        if now < self._not_before:
            return self._not_before - now
        if self._in_flight >= (1 if self._rests else int(self.window)):
            return None
        if (reset_s := self._exhausted_s(tokens, now)) > 0:
            return None if self._in_flight else reset_s
        while self._asked and self._asked[0][0] <= now - _MINUTE:
            self._tokens -= self._asked.popleft()[1]
        full = (self._rpm is not None and len(self._asked) >= self._rpm) or (
            self._tpm is not None and self._asked and self._tokens + tokens > self._tpm
        )
        return self._asked[0][0] + _MINUTE - now if full else 0

    def _exhausted_s(self, tokens: int, now: float) -> float:
        """Seconds until the provider's own count allows one more request; 0 when it does now.

        Those on their way may not be in its count yet, so they are taken off what is left.
        """
        if self._left is None:
            return 0.0
        wait = 0.0
        for left, reset_s, need in (
            (self._left.requests, self._left.requests_reset_s, 1),
            (self._left.tokens, self._left.tokens_reset_s, tokens),
        ):
            if left is not None and reset_s is not None and left < need * (self._in_flight + 1):
                wait = max(wait, self._left_at + min(reset_s, _MINUTE) - now)
        return wait

    def _slow_down(self, sent_at: float, retry_after_s: float | None) -> None:
        """Halve the window, once for all requests that were on their way when it was last halved."""
        if sent_at > self._cut_at:
            self.window = max(1.0, self.window / 2)
            self._cut_at = self._clock()
        if retry_after_s is not None:
            self._not_before = max(self._not_before, self._clock() + min(retry_after_s, _MINUTE))

    def _count_failure(self, failure: Failure) -> None:
        self._failures += 1
        if self._failures < _FAILURES and not self._rests:
            return
        if self._rests == len(_REST_S):
            self.gave_up = Failure(
                "provider_down", f"given up, it fails throughout: {failure.message}", fatal=True
            )
            return
        self._rested_at = self._clock()
        self._not_before = max(self._not_before, self._rested_at + _REST_S[self._rests])
        self._rests += 1
