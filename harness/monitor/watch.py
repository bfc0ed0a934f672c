"""Real calls, one after the other → incidents: models that got slower, failed more, or were scored worse.

A model is compared with its own past only: routing selects what it is asked.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log, sqrt
from statistics import fmean, stdev
from typing import Literal

from harness.monitor.sequential import (
    ARL,
    BAD,
    GOOD,
    REFERENCE,
    SLOW_ALARM,
    FailureTest,
    RateTest,
    ScoreTest,
    SeriesTest,
    SlowTest,
)
from harness.observationrow import Observation

End = Literal["recovered", "dismissed", "accepted"]
Measure = Literal["time to the first token", "time a token", "time", "failures", "score"]
DOWN = (
    "connection",
    "timeout",
    "server_error",
    "rate_limit",
    "unavailable",
)  # the provider's, not the model's
_LENGTHS = (500, 4_000, 32_000)  # tokens of a prompt; times are compared within these bounds
_DROP = 0.15  # of the success rate, that is to be noticed
_TOP, _LEAST = 0.99, 0.01  # rates that a test can tell others from
_ERRORS = 2.0  # standard errors of a reference's mean that are taken off
_MOST = 1_000  # values of a reference that is extended
_AS_FAST = 0.65  # of calls that are as fast as before, where they are on the whole


@dataclass(frozen=True, slots=True)
class Incident:
    """A model that changed: which measure, how sure, since when, and when that was noticed."""

    model: str
    measure: Measure
    series: str  # streamed or whole, and the prompts' length, where times are meant
    statistic: float
    alarm: float
    since: str  # UTC, of the first call of the change, as estimated
    noticed: str  # UTC
    before: float  # median seconds, success rate or mean score of the reference
    after: float  # the same since the change began
    provider: bool = False  # most failures are such that the provider is down, and not the model worse

    @property
    def id(self) -> str:
        """A short name; the same calls give the same one."""
        text = "\n".join((self.model, self.measure, self.series, self.noticed))
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Decision:
    """How an incident was closed by others than its calls.

    What follows is compared with the reference again where the model ``recovered``; with all until then where
    the incident was ``dismissed``, since nothing had changed; and with how it is from then on where that was
    ``accepted``.
    """

    at: datetime
    end: End


class Watch:
    """Looks at calls, oldest first, each once. ``decided``: what was decided of incidents, by their ids."""

    def __init__(self, decided: Mapping[str, Decision] | None = None) -> None:
        self.noticed: list[Incident] = []
        self.recovered: dict[str, str] = {}  # incidents by id, and when calls were as before again
        self._decided = decided or {}
        self._series: dict[tuple[str, str, str], _Series] = {}

    def add(self, call: Observation) -> None:
        """Look at a call. The more series there are, the further is the bound of each."""
        if call.cancelled:
            return
        for measure, name, value in values(call):
            key = call.model, measure, name
            series = self._series.get(key)
            if series is None:
                series = self._series[key] = _Series(measure, name)
            self._decide(series, call)
            before = series.incident
            series.add(value, call, len(self._series))
            if series.incident is not None and before is None:
                self.noticed.append(series.incident)
            elif before is not None and series.incident is None:
                self.recovered[before.id] = call.moment.isoformat()

    def is_open(self, incident: Incident) -> bool:
        """Whether calls of the incident's series are not as before it again."""
        series = self._series.get((incident.model, incident.measure, incident.series))
        return series is not None and series.incident is not None

    def _decide(self, series: _Series, call: Observation) -> None:
        decision = self._decided.get(series.incident.id) if series.incident else None
        if decision is not None and call.moment > decision.at:
            series.close(decision.end)


def incidents(calls: Iterable[Observation]) -> list[Incident]:
    """All incidents in calls, which come oldest first."""
    watch = Watch()
    for call in calls:
        watch.add(call)
    return watch.noticed


class _Series:
    """One measure of one model: a reference first, then a test; after an alarm, whether it recovers."""

    def __init__(self, measure: Measure, name: str) -> None:
        self.incident: Incident | None = None  # that is open
        self._measure, self._name = measure, name
        self._reference: list[float] = []
        self._test = _first_test(measure)
        self._recent: list[tuple[float, Observation]] = []  # since the test's level left its floor
        self._since: deque[float] = deque(maxlen=_MOST)  # values, since the incident
        self._recovery: RateTest | None = None

    def add(self, value: float, call: Observation, tests: int) -> None:
        """Take a value of a call; ``incident`` begins and ends with it. ``tests`` is the number of series."""
        if self.incident is not None:
            assert self._recovery is not None
            self._since.append(value)
            if self._recovery.add(self._as_before(self.incident, value)) == "as before":
                self.close("recovered")
            return
        if len(self._reference) < REFERENCE:
            self._reference.append(value)
            if len(self._reference) == REFERENCE:
                self._restart(_test_of(self._measure, self._reference))
                return
        if self._test is None:
            return
        self._test.alarm = _alarm(self._measure, tests)
        alarm = self._test.add(value)
        if not self._test.since:
            self._recent.clear()
        self._recent.append((value, call))
        if alarm:
            self.incident = self._incident_of(self._test, call)
            self._recovery = _recovery_of(self.incident)

    def close(self, end: End) -> None:
        """The incident is over."""
        if end == "dismissed":
            self._reference += [*(value for value, _ in self._recent), *self._since]
            self._reference = self._reference[-_MOST:]
        elif end == "accepted" or len(self._reference) < REFERENCE:
            self._reference = []
        self.incident = self._recovery = None
        self._since.clear()
        whole = len(self._reference) >= REFERENCE
        self._restart(_test_of(self._measure, self._reference) if whole else None)
        if not whole and end == "recovered":
            self._restart(_first_test(self._measure))

    def _restart(self, test: SeriesTest | None) -> None:
        self._test = test
        self._recent.clear()

    def _incident_of(self, test: SeriesTest, call: Observation) -> Incident:
        recent = [value for value, _ in self._recent]
        failed = [one.error for _, one in self._recent if not one.success]
        own = len(self._reference) >= REFERENCE
        return Incident(
            model=call.model,
            measure=self._measure,
            series=self._name,
            statistic=test.level,
            alarm=test.alarm,
            since=self._recent[0][1].moment.isoformat(),
            noticed=call.moment.isoformat(),
            before=_middle(self._measure, self._reference) if own else GOOD,
            after=_middle(self._measure, recent),
            provider=bool(failed) and sum(error in DOWN for error in failed) * 2 > len(failed),
        )

    def _as_before(self, incident: Incident, value: float) -> float:
        if self._measure in ("failures", "score"):
            return value
        return float(as_fast_as_before(incident, value))


def as_fast_as_before(incident: Incident, seconds: float) -> bool:
    """Whether a time is nearer to what was usual before an incident than to what was since."""
    return seconds <= sqrt(incident.before * incident.after)


def _recovery_of(incident: Incident) -> RateTest:
    """Whether values are as before an incident again, or as bad as in it."""
    if incident.measure not in ("failures", "score"):
        return RateTest(_AS_FAST, 1 - _AS_FAST)
    before = min(_TOP, max(2 * _LEAST, incident.before))
    return RateTest(before, max(_LEAST, min(incident.after, before - _LEAST)))


def values(call: Observation) -> Iterator[tuple[Measure, str, float]]:
    """What a call says of its model: measure, series and value."""
    if call.error != "rate_limit":
        yield "failures", "", float(call.success)
    if call.score is not None and call.success:
        yield "score", "", call.score / 10
    if not call.success or call.latency_ms <= 0:
        return
    name = f"{'streamed' if call.streamed else 'whole'}, {_length(call.prompt_tokens)}"
    if call.streamed and call.ttft_ms and call.completion_tokens and call.completion_tokens > 1:
        yield "time to the first token", name, call.ttft_ms / 1000
        written_ms = max(call.latency_ms - call.ttft_ms, 1)
        yield "time a token", name, written_ms / 1000 / (call.completion_tokens - 1)
    else:
        yield "time", name, call.latency_ms / 1000


def _first_test(measure: Measure) -> SeriesTest | None:
    """What a series is watched by before it has a past of its own."""
    return FailureTest(GOOD, BAD) if measure == "failures" else None


def _test_of(measure: Measure, reference: Sequence[float]) -> SeriesTest:
    """The test that a reference asks for."""
    if measure == "failures":
        good = _surely((sum(reference) + 1) / (len(reference) + 2), reference)
        return FailureTest(good, max(good / 4, good - _DROP))
    if measure == "score":
        return ScoreTest(_surely(fmean(reference), reference))
    return SlowTest.of(reference)


def _surely(mean: float, reference: Sequence[float]) -> float:
    """What a mean is at least: against one that was good by luck, chance alone would raise alarms."""
    error = stdev(reference) / sqrt(len(reference))
    return min(_TOP, max(_LEAST, mean - _ERRORS * error))


def _alarm(measure: Measure, tests: int) -> float:
    """The bound of one of so many tests, together they err as seldom as one alone."""
    if measure == "failures":
        return log(ARL * tests)
    if measure == "score":
        return ARL * tests
    return SLOW_ALARM + log(tests)  # run lengths grow by e to the twice slack for each unit of it


def _middle(measure: Measure, given: Sequence[float]) -> float:
    if measure in ("failures", "score"):
        return fmean(given)
    return sorted(given)[len(given) // 2]


def _length(tokens: int | None) -> str:
    if tokens is None:
        return "prompts of unknown length"
    bound = next((bound for bound in _LENGTHS if tokens <= bound), None)
    return f"prompts up to {bound:,} tokens" if bound else f"prompts above {_LENGTHS[-1]:,} tokens"
