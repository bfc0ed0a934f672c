"""From values to places on a sheet: a linear and a logarithmic scale, with the few round values to write."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """``low`` lies at ``start``, ``high`` at ``end``; logarithmic where ``log`` says so."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def __call__(self, value: float) -> float:
        """The place of a value."""
        low, high, at = self.low, self.high, value
        if self.log:
            low, high, at = math.log(low), math.log(high), math.log(at)
        return self.start + (self.end - self.start) * (at - low) / (high - low)

    def ticks(self, room: float) -> list[float]:
        """Round values on the scale, as many as fit where each takes ``room``."""
        most = max(2, int(abs(self.end - self.start) / room))
        return _decades(self.low, self.high, most) if self.log else _steps(self.low, self.high, most)


def _decades(low: float, high: float, most: int) -> list[float]:
    exponents = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for parts in ((1, 2, 5), (1, 3), (1,)):
        ticks = [part * 10.0**e for e in exponents for part in parts if low <= part * 10.0**e <= high]
        if len(ticks) <= most:
            return ticks
    return ticks[:: math.ceil(len(ticks) / most)]


def _steps(low: float, high: float, most: int) -> list[float]:
    for step in (0.01, 0.02, 0.05, 0.1, 0.25, 0.5):
        ticks = [i * step for i in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]
        if len(ticks) <= most:
            return ticks
    return ticks
