"""claude-code-router up to 2.0: the slots default, background, think and longContext."""

from __future__ import annotations

from typing import Any

from harness.exporters.base import NO_KEY, Exported, ExportPlan, Route, Target, plan, slug, used
from harness.jsontext import dump
from harness.rules.ruleset import RuleSet

_SLOTS = ("background", "think")


def export(rules: RuleSet) -> Exported:
    """``~/.claude-code-router/config.json``."""
    planned = plan(rules, able=("context",))
    slots = _slots(planned, rules)
    router: dict[str, Any] = {slot: _name(route.primary) for slot, route in slots.items()}
    if longest := _longest(planned):
        router["longContext"], router["longContextThreshold"] = _name(longest[0]), longest[1]
    config = {
        "HOST": "127.0.0.1",
        "Providers": _providers(used(planned.routes)),
        "Router": router,
        "fallback": {
            slot: [_name(target) for target in route.chain[1:]]
            for slot, route in slots.items()
            if len(route.chain) > 1
        },
    }
    covered = {route.task_type for route in slots.values()}
    lost = [route.task_type for route in planned.typed if route.task_type not in covered]
    losses = list(planned.losses)
    if lost:
        losses.append(f"claude-code-router knows slots, not task types; left out: {', '.join(lost)}")
    text = dump(config)
    return Exported({"claude-code-router.json": text}, tuple(losses))


def _slots(planned: ExportPlan, rules: RuleSet) -> dict[str, Route]:
    routes = {"default": planned.fallback, **{slot: planned.slot(rules, slot) for slot in _SLOTS}}
    return {slot: route for slot, route in routes.items() if route}


def _longest(planned: ExportPlan) -> tuple[Target, int] | None:
    """The model for long prompts, and from how many tokens.

    That is the choice of the longest measured tier, else a model whose context window is longer than that of
    the default one, if both are known.
    """
    tiers = [(r.rule.match.min_context_tokens, r.primary) for r in planned.routes if r.rule.context_tiers]
    if tiers and (tier := max(tiers, key=lambda pair: pair[0]))[0]:
        return tier[1], tier[0]
    default = planned.fallback
    window = default.primary.model.context_window if default else None
    longer = [t for t in used(planned.routes) if window and (t.model.context_window or 0) > window]
    longest = max(longer, key=lambda t: t.model.context_window or 0, default=None)
    return (longest, window) if longest and window else None


def _name(target: Target) -> str:
    return f"{slug(target.provider.id)},{target.model.upstream_name}"


def _providers(targets: tuple[Target, ...]) -> list[dict[str, Any]]:
    providers: dict[str, dict[str, Any]] = {}
    for target in targets:
        name = slug(target.provider.id)
        entry = {
            "name": name,
            "api_base_url": f"{target.base_url}/chat/completions",
            "api_key": f"${target.key_env}" if target.key_env else NO_KEY,
            "models": [],
        }
        providers.setdefault(name, entry)["models"].append(target.model.upstream_name)
    return list(providers.values())
