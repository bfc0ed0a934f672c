"""Real calls, one after the other → incidents: models that got slower, failed more, or were scored worse.

A model is compared with its own past only: routing selects what it is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import log
from statistics import fmean
from typing import Literal

from harness.monitor.sequential import REFERENCE, FailureTest, ScoreTest, SeriesTest, SlowTest
from harness.observationrow import Observation

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
_TOP = 0.99


@dataclass(frozen=True, slots=True)
class Incident:
    """A model that changed: which measure, how sure, since when, and when that was noticed."""

    model: str
    measure: Measure
    series: str  # streamed or whole, and the prompts' length, where times are meant
    statistic: float
    alarm: float
    since: str  # timestamp of the first call of the change, as estimated
    noticed: str
    before: float  # median seconds, success rate or mean score of the reference
    after: float  # the same since the change began
    provider: bool = False  # most failures are such that the provider is down, and not the model worse


@dataclass(slots=True)
class _Series:
    """One measure of one model: a reference first, then a test."""

    measure: Measure
    name: str
    reference: list[float] = field(default_factory=list)
    test: SeriesTest | None = None
    seen: list[tuple[float, Observation]] = field(default_factory=list)  # since its level left its floor

    def add(self, value: float, call: Observation, tests: int) -> Incident | None:
        """Take a value of a call; an incident where it raises the alarm."""
        if self.test is None:
            self.reference.append(value)
            if len(self.reference) >= REFERENCE:
                self.test = _test_of(self.measure, self.reference, tests)
            return None
        alarm = self.test.add(value)
        self.seen = [*self.seen, (value, call)][-self.test.since :] if self.test.since else []
        if not alarm:
            return None
        incident = self._incident(call)
        self.reference, self.test, self.seen = [], None, []  # what follows is compared with how it is now
        return incident

    def _incident(self, call: Observation) -> Incident:
        assert self.test is not None
        calls = [one for _, one in self.seen]
        failed = [one.error for one in calls if not one.success]
        return Incident(
            model=call.model,
            measure=self.measure,
            series=self.name,
            statistic=self.test.level,
            alarm=self.test.alarm,
            since=calls[0].timestamp,
            noticed=call.timestamp,
            before=_middle(self.measure, self.reference),
            after=_middle(self.measure, [value for value, _ in self.seen]),
            provider=bool(failed) and sum(error in DOWN for error in failed) * 2 > len(failed),
        )


def incidents(calls: Iterable[Observation]) -> list[Incident]:
    """All incidents in calls, which come oldest first. The bounds allow for the number of series."""
    ordered = [call for call in calls if not call.cancelled]
    tests = len({(call.model, measure, name) for call in ordered for measure, name, _ in values(call)})
    series: dict[tuple[str, str, str], _Series] = {}
    noticed = []
    for call in ordered:
        for measure, name, value in values(call):
            one = series.setdefault((call.model, measure, name), _Series(measure, name))
            if (incident := one.add(value, call, tests)) is not None:
                noticed.append(incident)
    return noticed


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


def drift(
    calls: Sequence[Observation], window: int = 500
) -> tuple[dict[str, tuple[float, float]], float] | None:
    """How the mix of task types changed: each one's share before and in the last ``window`` calls, and p.

    p is of the chi-square test of homogeneity. ``None`` where there are fewer than two windows.
    """
    firsts = [call for call in calls if call.attempt in (None, 1)]
    if len(firsts) < 2 * window:
        return None
    from scipy.stats import chi2_contingency

    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for position, call in enumerate(firsts):
        counts[call.task_category][position >= len(firsts) - window] += 1
    shares = {
        name: (before / (len(firsts) - window), after / window) for name, (before, after) in counts.items()
    }
    p = float(chi2_contingency(list(counts.values())).pvalue) if len(counts) > 1 else 1.0
    return shares, p


def _test_of(measure: Measure, reference: Sequence[float], tests: int) -> SeriesTest:
    """The test that a reference asks for; with more series the bounds are further."""
    if measure == "failures":
        good = min(_TOP, (sum(reference) + 1) / (len(reference) + 2))
        return FailureTest(good, max(0.01, good - _DROP), alarm=log(1000 * tests))
    if measure == "score":
        return ScoreTest(min(_TOP, max(0.01, fmean(reference))), alarm=1000.0 * tests)
    slow = SlowTest.of(reference)
    slow.alarm += log(tests)  # in-control run lengths grow by e to the twice slack for each unit of it
    return slow


def _middle(measure: Measure, given: Sequence[float]) -> float:
    if measure in ("failures", "score"):
        return fmean(given)
    return sorted(given)[len(given) // 2]


def _length(tokens: int | None) -> str:
    if tokens is None:
        return "prompts of unknown length"
    bound = next((bound for bound in _LENGTHS if tokens <= bound), None)
    return f"prompts up to {bound:,} tokens" if bound else f"prompts above {_LENGTHS[-1]:,} tokens"
