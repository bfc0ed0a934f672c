"""Rules that learn from real calls: what a model did lately counts beside what it did in the tournament."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from harness.analysis.statistics import wilson
from harness.observationrow import Observation
from harness.rules.confidence import chances_of_best
from harness.rules.ruleset import Candidate, Fallback, Rule, RuleSet
from harness.rules.speeds import by_speed
from harness.words import counted

HALF_LIFE = timedelta(days=30)  # a call counts half after that long
SURE = 0.95  # chance of being best from which real use overrules the tournament


@dataclass(slots=True)
class CallRecord:
    """Decayed successes and calls of a model on a task type, and how many calls these were."""

    passed: float = 0.0
    weight: float = 0.0
    calls: int = 0

    def add(self, value: float, weight: float) -> None:
        """One more call with a value of 0..1."""
        self.passed += value * weight
        self.weight += weight
        self.calls += 1


def learn(
    rules: RuleSet, calls: Iterable[Observation], now: datetime, half_life: timedelta = HALF_LIFE
) -> RuleSet:
    """``rules`` with the calls counted in. Another model takes over only when it is surely the best."""
    records = call_records(calls, now, half_life)
    return replace(rules, rules=tuple(_learned(rule, records) for rule in rules.rules))


def call_records(
    calls: Iterable[Observation], now: datetime, half_life: timedelta = HALF_LIFE
) -> dict[tuple[str, str], CallRecord]:
    """Records by task category and model; under ``*`` those of all categories.

    A provider that was busy says nothing about its model, nor does a client that hung up.
    """
    records: dict[tuple[str, str], CallRecord] = defaultdict(CallRecord)
    for call in calls:
        if call.error == "rate_limit" or call.cancelled:
            continue
        called_at = datetime.fromisoformat(call.timestamp)
        age = max(timedelta(0), now - called_at.replace(tzinfo=called_at.tzinfo or UTC))
        value = call.score / 10 if call.score is not None and call.success else float(call.success)
        for category in (call.task_category, "*"):
            records[category, call.model].add(value, 0.5 ** (age / half_life))
    return dict(records)


def _learned(rule: Rule, records: Mapping[tuple[str, str], CallRecord]) -> Rule:
    if rule.context_tiers:
        return rule  # a call does not say how long its prompt was
    with_calls = [_counted(c, records.get((rule.task_type, c.model))) for c in rule.candidates]
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
    if rule.pinned or best.model == rule.primary or chance[best.model] < SURE:
        return replace(rule, confidence=chance.get(rule.primary or ""))
    others = [c.model for c in candidates if c is not best and c.quality]
    reason = (
        f"{best.model} is the best with {chance[best.model]:.0%} probability when "
        f"{counted(best.calls, 'real call')} {'is' if best.calls == 1 else 'are'} counted; "
        f"the tournament alone: {rule.reason}"
    )
    return replace(
        rule, primary=best.model, fallbacks=tuple(map(Fallback, others)), confidence=chance[best.model],
        reason=reason, by_speed=by_speed(candidates, best.model),
    )  # fmt: skip


def _counted(candidate: Candidate, record: CallRecord | None) -> Candidate:
    """The candidate with its calls counted in."""
    if record is None:
        return candidate
    n = candidate.n + record.weight
    passed = (candidate.quality or 0.0) * candidate.n + record.passed
    low, high = wilson(passed, n)
    return replace(
        candidate, n=round(n), quality=passed / n, quality_low=low, quality_high=high, calls=record.calls
    )
