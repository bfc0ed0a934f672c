"""Who computes on this machine at the moment, so that a speed measured in a crowd is marked as such.

Counted are the threads of the local model whose turn it is and one for each grader that
runs code. Programs that are not ours, and servers on this machine that are asked as
endpoints, are not seen.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import perf_counter

from harness.processors import usable_processors


class Cores:
    """Threads at work against the cores there are; graders make room for the model being measured."""

    def __init__(self, total: int | None = None, clock: Callable[[], float] = perf_counter) -> None:
        self._total = total or usable_processors()
        self._clock = clock
        self._busy = self._graders = 0
        self._crowded_until = float("-inf")
        self._changed = asyncio.Condition()

    @asynccontextmanager
    async def model(self, threads: int) -> AsyncIterator[None]:
        """A model computes with ``threads`` threads (0 when it computes elsewhere)."""
        self._busy += threads
        try:
            yield
        finally:
            await self._give(threads)

    @asynccontextmanager
    async def grader(self) -> AsyncIterator[None]:
        """Wait for a free core, then hold it; a lone grader needs no free one, or nothing would end."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._graders == 0 or self._busy < self._total)
            self._graders += 1
            self._busy += 1
        try:
            yield
        finally:
            self._graders -= 1
            await self._give(1)

    def crowded_since(self, moment: float) -> bool:
        """Whether there were more threads than cores at any time since ``moment``, a reading of the clock."""
        return self._busy > self._total or self._crowded_until > moment

    async def _give(self, threads: int) -> None:
        if self._busy > self._total:
            self._crowded_until = self._clock()
        self._busy -= threads
        async with self._changed:
            self._changed.notify_all()
