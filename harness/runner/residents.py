"""Models in this machine's memory: which are there side by side, which wait, which stay for a next round."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Literal

from harness.engines.base import Engine
from harness.engines.local.placing import may_share_device
from harness.errors import NoRoom
from harness.processors import usable_processors
from harness.records import ModelSpec, WorkItem
from harness.runner.progress import Progress

AtOnce = int | Literal["auto"]
ModelQueue = tuple[ModelSpec, Iterable[WorkItem]]


async def take_turns(
    queues: Sequence[ModelQueue],
    at_once: AtOnce,
    take: Callable[[ModelSpec, Iterable[WorkItem], int], Awaitable[None]],
) -> None:
    """``take`` the queues of local models, at most ``at_once`` of them at once: ``take`` gets that number.

    ``auto``: first those on a GPU, as many as find room in its memory and a core for their process;
    then the others one by one.
    """
    sharing = {spec.id for spec, _ in queues if at_once == "auto" and may_share_device(spec)}
    together = [queue for queue in queues if queue[0].id in sharing]
    others = [queue for queue in queues if queue[0].id not in sharing]

    async def next_ones(waiting: Iterator[ModelQueue], most: int) -> None:
        for spec, items in waiting:
            await take(spec, items, most)

    for group, most in ((together, usable_processors()), (others, 1 if at_once == "auto" else at_once)):
        waiting = iter(group)
        async with asyncio.TaskGroup() as tasks:
            for _ in range(min(most, len(group))):
                tasks.create_task(next_ones(waiting, most))


@dataclass(slots=True)
class Residents:
    """Opens and closes engines and tells how long it took. One that has no room beside others waits."""

    progress: Progress
    _at_work: int = 0
    _kept: dict[str, tuple[Engine, float]] = field(default_factory=dict)  # idle; with the seconds of loading
    _shared_until: float = float("-inf")
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock)
    _left: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def shared(self) -> bool:
        """Whether more than one model is at work, or being loaded."""
        return self._at_work + self._opening.locked() > 1

    def shared_since(self, moment: float) -> bool:
        """Whether that was so at any time since ``moment``, a reading of ``perf_counter``."""
        return self.shared or self._shared_until > moment

    def kept(self, model: str) -> Engine | None:
        """What an earlier round has left of a model."""
        return self._kept[model][0] if model in self._kept else None

    async def open(self, model: str, engine: Engine, at_once: int) -> float:
        """Make a model ready, beside at most ``at_once`` - 1 others.

        Returns the seconds it took to load. Raises ``ModelUnavailable``.
        """
        if not engine.threads:  # computes elsewhere
            return await engine.open()
        while (load_s := await self._try_to_open(model, engine, at_once)) is None:
            async with self._left:
                if self._at_work:
                    await self._left.wait()
        return load_s

    async def leave(self, model: str, engine: Engine, load_s: float, *, keep: bool) -> None:
        """A model has answered: ``keep`` it as long as nobody needs the room, or free what it took."""
        if not engine.threads:
            await engine.close()
            return
        if self.shared:
            self._shared_until = perf_counter()
        if keep:
            self._kept[model] = engine, load_s
        else:
            await self._close(model, engine)
        self._at_work -= 1
        async with self._left:
            self._left.notify_all()

    async def dismiss(self, but: Container[str] = ()) -> None:
        """Free what was kept of all models ``but`` these."""
        for model in [model for model in self._kept if model not in but]:
            await self._close(model, self._kept.pop(model)[0])

    async def _try_to_open(self, model: str, engine: Engine, at_once: int) -> float | None:
        """Seconds, or ``None`` when others must leave first. Those that idle leave at once."""
        async with self._opening:  # each must see what the one before has taken
            if model in self._kept:
                self._at_work += 1
                return self._kept.pop(model)[1]
            while self._kept and self._at_work + len(self._kept) >= at_once:
                await self._dismiss_one()
            while True:
                try:
                    load_s = await engine.open()
                except NoRoom:
                    if self._kept:
                        await self._dismiss_one()
                    elif self._at_work:
                        return None
                    else:
                        raise
                else:
                    self._at_work += 1
                    self.progress.switched(model, "loaded", load_s)
                    return load_s

    async def _dismiss_one(self) -> None:
        model = next(iter(self._kept))  # the one that has idled longest
        await self._close(model, self._kept.pop(model)[0])

    async def _close(self, model: str, engine: Engine) -> None:
        began = perf_counter()
        await engine.close()
        self.progress.switched(model, "unloaded", perf_counter() - began)
