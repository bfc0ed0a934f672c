"""A budget of time: until when samples are begun, how long a model's turn may be, and what a sample takes.

When the time is over nothing more is begun. What is being answered then may still end within ``grace_s``,
after which it is dropped; answers that are there are judged, whatever that takes. So that the judges are
through in time, what they have to do counts before a sample is begun.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from harness.resultrow import ResultRow

Clock = Callable[[], float]  # seconds

_GRACE, _LEAST_GRACE_S, _MOST_GRACE_S = 0.05, 3.0, 30.0  # of the time, and within these


@dataclass(slots=True)
class _Turn:
    """A model's turn: nothing is begun after ``until``, nothing goes on after ``drop``.

    ``seconds`` is how long it took, once it is over; ``rows`` came of it, ``work`` seconds of the model.
    """

    began: float
    until: float
    drop: float
    before: _Turn | None
    load_s: float = 0.0
    in_flight: int = 0
    ended: int = 0  # samples
    seconds: float | None = None
    rows: int = 0
    work: float = 0.0


class TimeBudget:
    """The time of one run. It begins when this is made."""

    def __init__(
        self, seconds: float, forecast: Mapping[tuple[str, str], float], now: Clock = time.monotonic
    ) -> None:
        """``forecast`` has the seconds of a sample by model and suite, as long as there are no rows."""
        self.seconds = seconds
        self._forecast, self._now = forecast, now
        self._end = now() + seconds
        self._allotted: dict[str, float] = {}
        self._turns: dict[str, _Turn] = {}
        self._load_s: dict[str, float] = {}
        self._work: dict[str, dict[str, list[float]]] = defaultdict(dict)  # by model and suite, of each row

    @property
    def left_s(self) -> float:
        """Seconds until nothing more is begun."""
        return max(0.0, self._end - self._now())

    @property
    def grace_s(self) -> float:
        """Seconds after that in which answers may still come."""
        return min(_MOST_GRACE_S, max(_LEAST_GRACE_S, _GRACE * self.seconds))

    # --- turns ---------------------------------------------------------------

    def allot(self, model: str, seconds: float) -> None:
        """Say how long the next turn of a model may be."""
        self._allotted[model] = seconds

    @asynccontextmanager
    async def turn(self, model: str) -> AsyncIterator[None]:
        """A model's turn, its loading included."""
        now, allotted = self._now(), self._allotted[model]
        until = min(now + allotted, self._end)
        drop = min(until + max(allotted, self.grace_s), self._end + self.grace_s)
        turn = self._turns[model] = _Turn(now, until, drop, self._turns.get(model))
        if turn.before is not None:
            turn.before.before = None
        try:
            yield
        finally:
            turn.seconds = self._now() - now

    def loaded(self, model: str) -> None:
        """A model is ready to answer; the next time it will take as long, its process and all."""
        turn = self._turns[model]
        turn.load_s = self._now() - turn.began
        self._load_s[model] = max(turn.load_s, self._load_s.get(model, 0.0))

    def allows(self, model: str, suite: str, judges_s: float) -> bool:
        """Whether one more sample may be begun in this turn; the judges have work for ``judges_s``.

        The first of a suite may: what it takes is a guess.
        """
        turn, now = self._turns[model], self._now() + judges_s
        if now >= turn.until:
            return False
        has_pace = turn.ended > 0 or turn.before is not None
        tried = suite in self._work[model] or turn.in_flight > 0
        if not (has_pace and tried):
            return True
        return now + (turn.in_flight + 1) * self.sample_s(model, suite) <= turn.drop

    @asynccontextmanager
    async def sample(self, model: str) -> AsyncIterator[None]:
        """A sample being answered. Raises ``TimeoutError`` when it has to be dropped."""
        turn = self._turns[model]
        turn.in_flight += 1
        try:
            async with asyncio.timeout(max(0.0, turn.drop - self._now())):
                yield
            turn.ended += 1
        finally:
            turn.in_flight -= 1

    # --- what it takes -------------------------------------------------------

    def record(self, row: ResultRow) -> None:
        """Learn from a row."""
        if row.status == "skipped" or (turn := self._turns.get(row.model)) is None:
            return
        work = row.latency_s or 0.0 if row.busy_s is None else row.busy_s
        turn.rows += 1
        turn.work += work
        self._work[row.model].setdefault(row.suite, []).append(work)

    def load_s(self, model: str) -> float:
        """Seconds that a model takes to load."""
        return self._load_s.get(model, 0.0)

    def sample_s(self, model: str, suite: str) -> float:
        """Seconds on the clock of a sample: the work of those before it, at the pace of the last turn."""
        likely, turn = self._forecast.get((model, suite), 0.0), self._turns.get(model)
        if turn is not None and turn.seconds is None and turn.before is not None:
            turn = turn.before
        if turn is None:
            return likely
        whole = self._now() - turn.began if turn.seconds is None else turn.seconds
        seconds = max(0.0, whole - turn.load_s)
        if not turn.rows or not turn.work:  # too slow for a row, not judged yet, or from a cache
            return seconds / turn.ended if turn.ended else max(likely, seconds)
        works = self._work[model]
        if suite in works:
            return sum(works[suite]) / len(works[suite]) * seconds / turn.work
        forecast = sum(self._forecast.get((model, name), 0.0) for name in works)
        measured = sum(self.sample_s(model, name) for name in works)
        return likely * measured / forecast if forecast else measured / len(works)
