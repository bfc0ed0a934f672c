"""Rotation: a busy or broken model makes way for the next, and is asked again after a growing wait."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from harness.engines.gate import Sleep
from harness.engines.retry import RetryPolicy
from harness.errors import AllModelsFailed
from harness.records import Failure, Request
from harness.routing.calls import Ask, Attempt, Link


class Rotation:
    """Walks along chains of models. Remembers between requests until when a model asked to be left alone."""

    def __init__(
        self,
        rng: random.Random,
        clock: Callable[[], float],
        sleep: Sleep,
        policy: RetryPolicy | None = None,
    ) -> None:
        self._rng, self._clock, self._sleep = rng, clock, sleep
        self._policy = policy or RetryPolicy()
        self._not_before: dict[str, float] = {}

    async def answer(self, chain: Sequence[Link], request: Request, ask: Ask) -> list[Attempt]:
        """Every attempt that was made; the last one brought the answer.

        The first model of the chain that is not waiting is asked. A failure that may pass (429, 5xx, silence)
        makes it wait 1, 2, 4 … seconds or as long as it says; any other takes it out of the chain for this
        request, as does the sixth wait. Raises ``AllModelsFailed`` when none is left.
        """
        alive, attempts = list(chain), list[Attempt]()
        failed = dict.fromkeys(chain, 0)
        while alive:
            link = await self._next(alive)
            attempt = await ask(link)
            attempts.append(attempt)
            failure = attempt.failure
            if failure is None:
                self._not_before.pop(link.model, None)
                return attempts
            failed[link] += 1
            if failure.retryable and failed[link] <= self._policy.retries:
                wait = self._policy.wait_s(failed[link], failure, self._rng)
                self._not_before[link.model] = self._clock() + wait
            else:
                alive.remove(link)
        raise AllModelsFailed(_failure_message(attempts))

    async def _next(self, alive: Sequence[Link]) -> Link:
        """The first that may be asked; waits when none may be yet."""
        due = [self._not_before.get(link.model, 0.0) for link in alive]
        now = self._clock()
        for link, at in zip(alive, due, strict=True):
            if at <= now:
                return link
        await self._sleep(min(due) - now)
        return alive[due.index(min(due))]


def _failure_message(attempts: Sequence[Attempt]) -> str:
    last: dict[str, tuple[int, Failure | None]] = {}
    for attempt in attempts:
        name = str(attempt.link)
        last[name] = (last.get(name, (0, None))[0] + 1, attempt.failure)
    tried = [
        f"{name} ({count} {'time' if count == 1 else 'times'}; {failure.message if failure else ''})"
        for name, (count, failure) in last.items()
    ]
    return f"no model answered; tried {', '.join(tried) or 'none: no model can be called'}"
