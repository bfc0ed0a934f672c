"""Models in this machine's memory: opened one after the other, several side by side where that is wanted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

from harness.engines.base import Engine
from harness.errors import NoRoom

Switched = Callable[[str, str, float], None]  # model, "loaded" or "unloaded", seconds


@dataclass(slots=True)
class Residents:
    """Opens and closes engines and tells how long it took. One that has no room beside others waits."""

    tell: Switched
    _open: int = 0
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock)
    _left: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def open(self, model: str, engine: Engine) -> float:
        """Make a model ready. Returns the seconds it took to load. Raises ``ModelUnavailable``."""
        if not engine.threads:  # computes elsewhere
            return await engine.open()
        while True:
            async with self._opening:  # each must see what the one before has taken
                try:
                    load_s = await engine.open()
                except NoRoom:
                    if not self._open:
                        raise
                else:
                    self._open += 1
                    self.tell(model, "loaded", load_s)
                    return load_s
            async with self._left:
                if self._open:
                    await self._left.wait()

    async def close(self, model: str, engine: Engine) -> None:
        """Free what ``open`` took."""
        began = perf_counter()
        await engine.close()
        if engine.threads:
            self.tell(model, "unloaded", perf_counter() - began)
            async with self._left:
                self._open -= 1
                self._left.notify_all()
