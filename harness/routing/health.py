"""Watching models at work: one that fails or slows down is tried last for a while."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from statistics import median

WINDOW = 20  # calls that are looked at
ENOUGH = 10  # before that many calls nothing is judged
WORSE_BY = 0.3  # success rate below what was measured
SLOWER_BY = 3.0  # times the measured median
REST_S = 300.0  # how long a demoted model is tried last


@dataclass(slots=True)
class Health:
    """The last calls of one model, against what the tournament measured (``None``: not known)."""

    quality: float | None
    seconds: float | None
    calls: deque[tuple[float, float | None]] = field(default_factory=lambda: deque(maxlen=WINDOW))
    demoted_until: float = 0.0
    why: str = ""

    def add(self, value: float, latency_s: float | None, now: float) -> None:
        """One call with a value of 0..1; demotes the model when the window says so."""
        self.calls.append((value, latency_s))
        why = self._degraded()
        if why:
            self.why, self.demoted_until = why, now + REST_S
            self.calls.clear()  # afterwards it is judged by new calls

    def demoted(self, now: float) -> bool:
        """Whether it is to be tried last."""
        return now < self.demoted_until

    def _degraded(self) -> str:
        if len(self.calls) < ENOUGH:
            return ""
        rate = sum(value for value, _ in self.calls) / len(self.calls)
        if self.quality is not None and rate < self.quality - WORSE_BY:
            return (
                f"{rate:.0%} of its last {len(self.calls)} calls succeeded, {self.quality:.0%} were measured"
            )
        times = [s for _, s in self.calls if s is not None]
        if self.seconds and len(times) >= ENOUGH and median(times) > SLOWER_BY * self.seconds:
            return f"its last calls took {median(times):.1f} s, {self.seconds:.1f} s were measured"
        return ""
