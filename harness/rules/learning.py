"""Rules that learn from real calls: what a model did lately counts beside what it did in the tournament."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from harness.analysis.statistics import wilson
from harness.observationrow import Observation
from harness.rules.confidence import chances_of_best, good_answers
from harness.rules.ruleset import Candidate, Fallback, Rule, RuleSet
from harness.rules.speeds import by_speed
from harness.words import counted

HALF_LIFE = timedelta(days=30)  # a call counts half after that long
SURE = 0.95  # chance of being best from which real use overrules the tournament
SURELY_BETTER = 0.99  # than the rule's own model, from which it does so too: others may be as good


@dataclass(slots=True)
class CallRecord:
    """What the calls of a model on a task type say: how many it answered, and how good those were.

    All but ``calls`` are decayed. Most answers are judged by nobody; they say nothing of how good they were.
    """

    passed: float = 0.0  # the sum of the judgements, 0..1 each
    judged: float = 0.0
    answered: float = 0.0
    failed: float = 0.0
    calls: int = 0

    def add(self, value: float | None, answered: bool, weight: float) -> None:
        """One more call; ``value`` is ``None`` where nobody judged it. A negative weight takes one back."""
        if value is not None:
            self.passed += value * weight
            self.judged += weight
        if answered:
            self.answered += weight
        else:
            self.failed += weight
        self.calls += 1 if weight > 0 else -1

    def times(self, factor: float) -> CallRecord:
        """The same when more time has gone by."""
        passed, judged = self.passed * factor, self.judged * factor
        return CallRecord(passed, judged, self.answered * factor, self.failed * factor, self.calls)


class CallRecords:
    """Records by task type and model; under ``*`` those of all types. They can be added to at any time.

    A provider that was busy says nothing about its model, nor does a client that hung up.
    """

    def __init__(self, calls: Iterable[Observation], now: datetime, half_life: timedelta = HALF_LIFE) -> None:
        self._half_life, self._epoch = half_life, now
        self._records: defaultdict[tuple[str, str], CallRecord] = defaultdict(CallRecord)
        for call in calls:
            self.add(call, now)

    def add(self, call: Observation, now: datetime, times: int = 1) -> None:
        """Count a call; -1 ``times`` takes back one that was counted. A date in the future is now."""
        if call.error == "rate_limit" or call.cancelled:
            return
        weight: float = times * 0.5 ** ((self._epoch - min(now, call.moment)) / self._half_life)
        for task_type in {call.task_category, "*"}:
            self._records[task_type, call.model].add(call.value, call.success, weight)

    def of(self, task_type: str, model: str, now: datetime) -> CallRecord | None:
        """The record of a model as it counts now; ``None`` where there is none."""
        record = self._records.get((task_type, model))
        return record.times(0.5 ** ((now - self._epoch) / self._half_life)) if record else None


def learn(rules: RuleSet, records: CallRecords, now: datetime) -> RuleSet:
    """``rules`` with the calls counted in. Another model takes over only when it is surely the best."""
    return replace(rules, rules=tuple(_learned(rule, records, now) for rule in rules.rules))


def _learned(rule: Rule, records: CallRecords, now: datetime) -> Rule:
    if rule.context_tiers:
        return rule  # a call does not say how long its prompt was
    with_calls = [_counted(c, records.of(rule.task_type, c.model, now)) for c in rule.candidates]
    if all(candidate.calls == 0 for candidate in with_calls):
        return rule
    rates = [(c.quality or 0.0, c.n) for c in with_calls]
    chances = chances_of_best([(rate * n, (1 - rate) * n) for rate, n in rates])
    candidates = sorted(
        (replace(c, p_best=p) for c, p in zip(with_calls, chances, strict=True)),
        key=lambda c: -(c.quality or 0.0),
    )
    chance = {c.model: c.p_best or 0.0 for c in candidates}
    best = max(candidates, key=lambda c: chance[c.model])
    rule = replace(rule, candidates=tuple(candidates))
    primary = next((c for c in candidates if c.model == rule.primary), None)
    why = None if rule.pinned or best is primary else _why_instead(best, primary)
    if why is None:
        return replace(rule, confidence=chance.get(rule.primary or ""))
    others = [c.model for c in candidates if c is not best and c.quality]
    reason = f"{why}; the tournament alone: {rule.reason}"
    return replace(
        rule, primary=best.model, fallbacks=tuple(map(Fallback, others)), confidence=chance[best.model],
        reason=reason, by_speed=by_speed(candidates, best.model),
    )  # fmt: skip


def _why_instead(best: Candidate, primary: Candidate | None) -> str | None:
    """Why ``best`` is to take over from ``primary``; ``None`` where it is not."""
    chance = best.p_best or 0.0
    surely, words = chance >= SURE, "the best"
    if primary is not None and not surely:  # that others may be as good as the best is no reason to stay
        chance = _chance_above(best, primary)
        surely, words = chance >= SURELY_BETTER, f"better than {primary.model}"
    taught = best if best.calls or primary is None else primary
    calls = f"when {counted(taught.calls, 'real call')} {'is' if taught.calls == 1 else 'are'} counted"
    return f"{best.model} is {words} with {chance:.0%} probability {calls}" if surely else None


def _chance_above(one: Candidate, other: Candidate) -> float:
    rates = [((c.quality or 0.0), c.n) for c in (one, other)]
    return chances_of_best([(rate * n, (1 - rate) * n) for rate, n in rates])[0]


def _counted(candidate: Candidate, record: CallRecord | None) -> Candidate:
    """The candidate with its calls counted in: how many it answers, and how good the judged ones are."""
    if record is None:
        return candidate
    good = (candidate.quality or 0.0) * candidate.n + record.passed
    passed, failed = good_answers(
        (good, max(0.0, candidate.n + record.judged - good)),
        (candidate.n + record.answered, max(0.0, record.failed)),
    )
    n = passed + failed
    if not n:  # nobody ever judged it
        return replace(candidate, calls=record.calls)
    low, high = wilson(passed, n)
    return replace(
        candidate,
        n=round(n),
        quality=min(1.0, passed / n),
        quality_low=low,
        quality_high=high,
        calls=record.calls,
    )
