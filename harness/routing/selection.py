"""The candidates of a rule, prepared for choosing: what each can do, in order for each required speed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.routing.policies import BanditPolicy, State
from harness.rules.ruleset import CallPolicy, Candidate, Provider, RoutedModel, Rule

_FAR = float("inf")


@dataclass(frozen=True, slots=True)
class Option:
    """A candidate with the bounds it is filtered by. A local model sends no bill: its cost may be unknown."""

    model: str
    provider: str
    context: float  # tokens; endless when nobody knows
    cost: float  # USD a task; endless when nobody knows
    quality: float
    seconds: float  # median; endless when nobody knows
    tps: float  # tokens a second; none when nobody knows
    confidence: float | None


@dataclass(frozen=True, slots=True)
class PreparedRule:
    """A rule's options, their order for each speed, and what the tournament knows of them.

    It is for prompts of ``shortest`` to ``longest`` tokens.
    """

    rule: Rule
    policy: CallPolicy
    shortest: int
    longest: float
    options: tuple[Option, ...]
    ordered: Mapping[str, tuple[tuple[int, Option], ...]]
    prior: State  # of answers
    answered: State  # of calls


@dataclass(frozen=True, slots=True)
class Requirements:
    """What an answer must satisfy."""

    context: float
    seconds: float
    cost: float
    quality: float
    tps: float

    def met_by(self, prepared: PreparedRule, speed: str) -> list[int]:
        """The options that qualify, in the order for ``speed``."""
        context, seconds, cost, quality = self.context, self.seconds, self.cost, self.quality
        tps = self.tps
        return [
            i
            for i, option in prepared.ordered[speed]
            if option.context >= context
            and option.cost <= cost
            and option.quality >= quality
            and option.seconds <= seconds
            and option.tps >= tps
        ]

    def missing(self, options: Sequence[Option]) -> str:
        """Why none of ``options`` qualifies, in words."""
        tests = {
            f"none has room for {self.context:g} tokens": any(o.context >= self.context for o in options),
            f"none is known to cost at most ${self.cost:g}": any(o.cost <= self.cost for o in options),
            f"none reaches {self.quality:.0%}": any(o.quality >= self.quality for o in options),
            f"none answers within {self.seconds:g} s": any(o.seconds <= self.seconds for o in options),
            f"none makes {self.tps:g} tokens a second": any(o.tps >= self.tps for o in options),
        }
        return (
            ", ".join(text for text, met in tests.items() if not met) or "none meets all requirements at once"
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """Who answers. ``confidence`` is the chance to be the best of the task type, where that is known.

    ``rule`` is the id of the rule that chose.
    ``is_fallback``: no model met the requirements, this is the rule's own choice all the same.
    """

    provider: str
    model: str
    task_type: str
    confidence: float | None
    alternatives: tuple[str, ...]
    expected_cost_usd: float | None
    reason: str
    rule: str = ""
    is_fallback: bool = False


def prepare_rule(
    rule: Rule,
    models: Mapping[str, RoutedModel],
    providers: Mapping[str, Provider],
    policy: CallPolicy,
    prior_tasks: float,
) -> PreparedRule:
    """Prepare a rule. The tournament counts for at most ``prior_tasks`` tasks beside real calls."""
    by_model = {c.model: c for c in rule.candidates}
    names = dict.fromkeys([*filter(None, [rule.primary]), *(f.model for f in rule.fallbacks), *by_model])
    of = {name: providers[models[name].provider] for name in names}
    allowed = [name for name in names if policy.privacy == "any" or of[name].local]
    callable_ = [name for name in allowed if not of[name].engine.replays]
    options = tuple(_option(models[name], providers, by_model.get(name)) for name in callable_)
    every = range(len(options))
    quality = tuple(sorted(every, key=lambda i: -options[i].quality))
    orders = {
        "balanced": tuple(every) if rule.primary else quality,
        "quality": quality,
        "fast": quality,
        "ultra_fast": tuple(sorted(every, key=lambda i: options[i].seconds)),
    }
    ordered = {speed: tuple((i, options[i]) for i in order) for speed, order in orders.items()}
    longest = rule.match.max_context_tokens
    return PreparedRule(
        rule=rule,
        policy=policy,
        shortest=rule.match.min_context_tokens,
        longest=_or_endless(longest),
        options=options,
        ordered=ordered,
        prior=State.of([_counts(by_model.get(n), prior_tasks) for n in callable_]),
        answered=State.of([(sum(_counts(by_model.get(n), prior_tasks)), 0.0) for n in callable_]),
    )


def _option(model: RoutedModel, providers: Mapping[str, Provider], candidate: Candidate | None) -> Option:
    cost = candidate.cost_per_task_usd if candidate else None
    if cost is None:
        cost = 0.0 if providers[model.provider].local else _FAR
    return Option(
        model=model.id,
        provider=model.provider,
        context=model.context_window or _FAR,
        cost=cost,
        quality=(candidate.quality if candidate else None) or 0.0,
        seconds=_or_endless(candidate.latency_p50_s if candidate else None),
        tps=(candidate.tps if candidate else None) or 0.0,
        confidence=candidate.p_best if candidate else None,
    )


def _or_endless(value: float | None) -> float:
    return _FAR if value is None else value


def _counts(candidate: Candidate | None, most: float) -> tuple[float, float]:
    if candidate is None or candidate.quality is None:
        return 0.0, 0.0
    n = min(float(candidate.n), most)
    return candidate.quality * n, (1 - candidate.quality) * n


def choice_of(
    prepared: PreparedRule, option: Option, others: tuple[str, ...], reason: str, is_fallback: bool = False
) -> Choice:
    """The choice of ``option``, with the others as alternatives."""
    return Choice(
        provider=option.provider,
        model=option.model,
        task_type=prepared.rule.task_type,
        confidence=option.confidence,
        alternatives=others,
        expected_cost_usd=option.cost if option.cost < _FAR else None,
        reason=reason,
        rule=prepared.rule.id,
        is_fallback=is_fallback,
    )


def why(prepared: PreparedRule, option: Option, speed: str, policy: BanditPolicy | None) -> str:
    """Why it is the first that qualifies, in words."""
    if policy is not None:
        return f"chosen by {type(policy).__name__} among the models that qualify"
    if speed == "ultra_fast":
        return f"the fastest that qualifies, {option.seconds:.2g} s"
    if speed != "balanced" or prepared.rule.primary is None:
        undecided = "" if prepared.rule.primary else "; the tournament did not decide"
        return f"the best that qualifies, it passes {option.quality:.0%}{undecided}"
    if option.model == prepared.rule.primary:
        return prepared.rule.reason
    return f"the first after {prepared.rule.primary} that qualifies"


def last(models: set[str], prepared: PreparedRule, arms: list[int]) -> list[int]:
    """The arms in their order, those of ``models`` behind the others."""
    return sorted(arms, key=lambda arm: prepared.options[arm].model in models) if models else arms
