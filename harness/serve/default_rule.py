"""A rule for requests of no task type where a file has none: whoever was best on all task types together."""

from __future__ import annotations

from dataclasses import replace

from harness.rules.ruleset import Candidate, Evidence, RoutedModel, Rule, RuleSet

_ID = "*"


def with_default(rules: RuleSet) -> RuleSet:
    """``rules``, and a default one where a tournament decided none: a gateway answers all the same.

    Its models are those of the file, ordered by their mean quality over the tasks of all types; one that was
    never measured comes last.
    """
    if rules.default_rule is not None or not rules.models:
        return rules
    candidates = tuple(_pooled(model, rules) for model in rules.models)
    tasks = sum(candidate.n for candidate in candidates)
    evidence = Evidence(
        tasks, None, None, None, None, None, None, None, None, None, None, "insufficient", None
    )
    reason = "no default rule was decided: whoever was best on all task types together"
    default = Rule(_ID, _ID, (), 0, None, (), evidence, reason, candidates)
    return replace(rules, rules=(*rules.rules, default), default_rule=_ID)


def _pooled(model: RoutedModel, rules: RuleSet) -> Candidate:
    measured = [
        candidate
        for rule in rules.rules
        if not rule.context_tiers
        for candidate in rule.candidates
        if candidate.model == model.id and candidate.quality is not None
    ]
    n = sum(candidate.n for candidate in measured)
    passed = sum(candidate.n * (candidate.quality or 0.0) for candidate in measured)
    costs = [candidate.cost_per_task_usd for candidate in measured if candidate.cost_per_task_usd is not None]
    return Candidate(
        model=model.id,
        n=n,
        quality=passed / n if n else None,
        quality_low=None,
        quality_high=None,
        p_best=None,
        tps=model.tps,
        latency_p50_s=None,
        latency_p95_s=None,
        cost_per_task_usd=max(costs, default=None),
    )
