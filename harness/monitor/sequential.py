"""Sequential tests: each looks at every call, and raises a false alarm once in a thousand calls or less.

A test is fed one value after the other; ``level`` is its statistic, ``alarm`` the bound that it must not
reach. After an alarm it begins anew. Sources: Page 1954 (CUSUM); Reynolds and Stoumbos 1999 (Bernoulli
CUSUM); Shin, Ramdas and Rinaldo 2022 (e-detectors); Wald 1945 (SPRT).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from statistics import median
from typing import Literal, Protocol

ARL = 1000.0  # calls between two false alarms of one series, on average
REFERENCE = 100  # calls that a reference of times needs
_SLACK = 0.5
SLOW_ALARM = 5.0  # of the latency's CUSUM: in-control average run length 930.8
GOOD, BAD = 0.9, 0.75  # success rates that are told apart where nothing else is known
_ROUNDING = 1e-9
_SPREAD = 1.4826  # a median absolute deviation of 1 is a standard deviation of this, for a normal variable


class SeriesTest(Protocol):
    """One series that is watched."""

    level: float
    alarm: float
    since: int  # values since the level was last at its floor: the change is thought to have begun there

    def add(self, value: float) -> bool:
        """Take a value; whether it raises the alarm."""
        ...


@dataclass(slots=True)
class SlowTest:
    """Whether seconds grew: one-sided CUSUM of robust z-scores of their logarithms, slack 0.5, alarm at 5.

    ``centre`` and ``scale`` are the median and 1.4826 times the median absolute deviation of the logarithms
    of a frozen reference.
    """

    centre: float
    scale: float
    alarm: float = SLOW_ALARM
    level: float = 0.0
    since: int = 0

    @classmethod
    def of(cls, seconds: Sequence[float]) -> SlowTest:
        """From a reference of at least 100 values above 0. Raises ``ValueError`` where there are fewer."""
        if len(seconds) < REFERENCE:
            raise ValueError(f"a reference needs {REFERENCE} calls, not {len(seconds)}")
        logs = [log(value) for value in seconds]
        centre = median(logs)
        spread = _SPREAD * median(abs(value - centre) for value in logs)
        return cls(centre, max(spread, 0.05))  # times that are all alike do not make a thousandth an alarm

    def add(self, value: float) -> bool:
        """Take the seconds of a call."""
        return self.add_score((log(value) - self.centre) / self.scale)

    def add_score(self, z: float) -> bool:
        """Take a z-score."""
        self.level = max(0.0, self.level + z - _SLACK)
        self.since = self.since + 1 if self.level else 0
        return self.level >= self.alarm - _ROUNDING


@dataclass(slots=True)
class FailureTest:
    """Whether failures grew more frequent: a Bernoulli CUSUM of success rates ``good`` against ``bad``."""

    good: float = GOOD
    bad: float = BAD
    alarm: float = log(ARL)
    level: float = 0.0
    since: int = 0

    def add(self, value: float) -> bool:
        """Take 1 for a success, 0 for a failure."""
        step = log(self.bad / self.good) if value else log((1 - self.bad) / (1 - self.good))
        self.level = max(0.0, self.level + step)
        self.since = self.since + 1 if self.level else 0
        return self.level >= self.alarm - _ROUNDING


@dataclass(slots=True)
class ScoreTest:
    """Whether scores of 0..1 fell below ``mean``, however they are spread and whether or not they are alike.

    M = (1 + λ(mean − x))·max(M, 1); a false alarm comes after a thousand calls or more, on average, for
    every distribution with at least that mean given the past. ``mean`` is below 1.
    """

    mean: float
    alarm: float = ARL
    level: float = 1.0
    since: int = 0

    def add(self, value: float) -> bool:
        """Take a score."""
        weight = 1 / (6 * (1 - self.mean))  # a sixth of the largest that keeps M from falling below 0
        self.level = (1 + weight * (self.mean - value)) * max(self.level, 1.0)
        self.since = self.since + 1 if self.level > 1.0 else 0
        return self.level >= self.alarm - _ROUNDING


Outcome = Literal["worse", "as before", "open"]


@dataclass(slots=True)
class RateTest:
    """Wald's test (SPRT) whether a rate is ``worse``, or still as ``before``; values of 0..1 count in part.

    It errs with ``alpha`` where nothing changed, and with ``beta`` where the rate is worse.
    """

    before: float
    worse: float
    alpha: float = 0.01
    beta: float = 0.05
    level: float = 0.0

    def add(self, value: float) -> Outcome:
        """Take a value of 0..1; what is certain by now. After a certain outcome it begins anew."""
        upper, lower = sprt_bounds(self.alpha, self.beta)
        if not lower < self.level < upper:
            self.level = 0.0
        self.level += value * log(self.worse / self.before)
        self.level += (1 - value) * log((1 - self.worse) / (1 - self.before))
        return "worse" if self.level >= upper else "as before" if self.level <= lower else "open"


def sprt_bounds(alpha: float, beta: float) -> tuple[float, float]:
    """Where Wald's test ends: for the change, and against it."""
    return log((1 - beta) / alpha), log(beta / (1 - alpha))
