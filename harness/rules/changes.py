"""What a new set of rules keeps of the old one, and what it changes, in words."""

from __future__ import annotations

from dataclasses import replace

from harness.rules.ruleset import Rule, RuleSet


def keep_pins(new: RuleSet, old: RuleSet) -> RuleSet:
    """``new`` with what was set by hand in ``old``; the evidence is the new one.

    By hand are set: the policy, slots of the role map, a rule's keywords, metadata, parameters and policy,
    and the models of a pinned rule. A pinned rule that was not measured again stays as it was.
    Models that only pins name are kept too, with their providers.
    """
    before = {rule.id: rule for rule in old.rules}
    measured = {rule.id for rule in new.rules}
    rules = [_by_hand(rule, before[rule.id]) if rule.id in before else rule for rule in new.rules]
    pins = {name: rule for name, rule in before.items() if rule.pinned}
    rules += [pin for name, pin in pins.items() if name not in measured]
    named = {name for rule in rules for name in _models(rule)} - {model.id for model in new.models}
    models = tuple(model for model in old.models if model.id in named)
    needed = {model.provider for model in models} - {provider.id for provider in new.providers}
    return replace(
        new,
        rules=tuple(rules),
        models=new.models + models,
        providers=new.providers + tuple(p for p in old.providers if p.id in needed),
        default_rule=new.default_rule or (old.default_rule if old.default_rule in pins else None),
        policy=old.policy,
        role_map={**new.role_map, **old.role_map},
    )


def changes(old: RuleSet, new: RuleSet) -> list[str]:
    """A line for each task type whose rule is another one, and for models that came or went."""
    before = {rule.id: rule for rule in old.rules}
    after = {rule.id: rule for rule in new.rules}
    lines = [f"{_name(rule)}: {_change(before.get(name), rule)}" for name, rule in after.items()]
    lines = [line for line in lines if not line.endswith(": ")]
    lines += [f"{_name(rule)}: the rule is gone" for name, rule in before.items() if name not in after]
    old_names, new_names = {m.id for m in old.models}, {m.id for m in new.models}
    lines += [f"new model: {name}" for name in sorted(new_names - old_names)]
    lines += [f"no longer measured: {name}" for name in sorted(old_names - new_names)]
    return lines


def _by_hand(rule: Rule, old: Rule) -> Rule:
    match = replace(rule.match, keywords=old.match.keywords, metadata=old.match.metadata)
    kept = replace(rule, match=match, params=old.params, policy=old.policy)
    return _pinned(kept, old) if old.pinned else kept


def _pinned(rule: Rule, pin: Rule) -> Rule:
    p_best = next((c.p_best for c in rule.candidates if c.model == pin.primary), None)
    measured = rule.primary or "none"
    reason = f"pinned by hand; measured choice: {measured} ({rule.reason.removeprefix('pinned by hand; ')})"
    return replace(
        rule, primary=pin.primary, fallbacks=pin.fallbacks, pinned=True, reason=reason, confidence=p_best
    )


def _models(rule: Rule) -> set[str]:
    first = {rule.primary} if rule.primary else set()
    return first | {fallback.model for fallback in rule.fallbacks} | set(rule.by_speed.values())


def _name(rule: Rule) -> str:
    return "everything else" if rule.task_type == "*" else rule.id


def _change(old: Rule | None, new: Rule) -> str:
    """What is different; empty when nothing that matters is."""
    if old is None:
        return f"new, {new.primary or 'not decided'}"
    changes = []
    if old.primary != new.primary:
        why = f", because {new.reason}" if old.evidence == new.evidence else ""  # no figure below says it
        changes.append(f"{old.primary or 'not decided'} → {new.primary or 'not decided'}{why}")
    before, after = [f.model for f in old.fallbacks], [f.model for f in new.fallbacks]
    if before != after:
        changes.append(f"then {', '.join(after) or 'nothing'} (was {', '.join(before) or 'nothing'})")
    if old.evidence.decided != new.evidence.decided:
        changes.append(f"{old.evidence.decided} → {new.evidence.decided}")
    rates = old.evidence.quality, new.evidence.quality
    if rates[0] is not None and rates[1] is not None and abs(rates[0] - rates[1]) >= 0.01:
        changes.append(f"quality {rates[0]:.0%} → {rates[1]:.0%}")
    if old.pinned != new.pinned:
        changes.append("pinned" if new.pinned else "no longer pinned")
    return "; ".join(changes)
