"""Which models are left alone for a while, until when and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cooldown:
    """A model that is not asked before ``until``, a reading of the clock."""

    until: float
    reason: str


class Cooldowns:
    """Models by name. A model that cools already cools until the later end."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._cooling: dict[str, Cooldown] = {}

    def cool(self, model: str, seconds: float, reason: str) -> None:
        """Leave a model alone."""
        end = self._clock() + seconds
        if model not in self._cooling or self._cooling[model].until < end:
            self._cooling[model] = Cooldown(end, reason)

    def clear(self, model: str) -> None:
        """A model has answered."""
        self._cooling.pop(model, None)

    def left(self, model: str) -> float:
        """Seconds until a model may be asked; 0 where it may be now."""
        cooldown = self._cooling.get(model)
        if cooldown is None:
            return 0.0
        left = cooldown.until - self._clock()
        if left <= 0:
            del self._cooling[model]
        return max(0.0, left)

    def soonest(self, models: Iterable[str]) -> float:
        """Seconds until the first of ``models`` may be asked."""
        return min(map(self.left, models))

    def active(self) -> Mapping[str, Cooldown]:
        """Those that cool now, with seconds left in ``until``."""
        left = {model: self.left(model) for model in list(self._cooling)}
        return {model: Cooldown(s, self._cooling[model].reason) for model, s in left.items() if s}
