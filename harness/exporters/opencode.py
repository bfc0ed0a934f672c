"""opencode: its providers and models, one subagent for each task type."""

from __future__ import annotations

from typing import Any

from harness.exporters.base import Exported, Route, Target, no_fallbacks, plan, slug, used
from harness.jsontext import dump
from harness.rules.ruleset import RuleSet

_LONGEST = 32_000  # tokens of an answer: opencode asks for no more


def export(rules: RuleSet) -> Exported:
    """``opencode.json``."""
    planned = plan(rules)
    config: dict[str, Any] = {"$schema": "https://opencode.ai/config.json"}
    if planned.fallback:
        config["model"] = _name(planned.fallback.primary)
    if small := planned.slot(rules, "background"):
        config["small_model"] = _name(small.primary)
    providers: dict[str, Any] = {}
    for target in used(planned.routes):
        provider = providers.setdefault(slug(target.provider.id), _provider(target))
        provider["models"][target.model.upstream_name] = _model(target)
    config["provider"] = providers
    config["agent"] = {
        slug(route.task_type): {
            "mode": "subagent",
            "description": _purpose(route),
            "model": _name(route.primary),
        }
        for route in planned.typed
    }
    text = dump(config)
    losses = (*planned.losses, *no_fallbacks(planned.routes, "opencode"))
    return Exported({"opencode.json": text}, losses)


def _purpose(route: Route) -> str:
    """What opencode reads when it chooses an agent: the roles that such tasks belong to, and their type."""
    kind = f"tasks of the type {route.task_type}"
    roles = " and ".join(route.rule.roles)
    return f"The {roles}, for {kind}" if roles else kind.capitalize()


def _name(target: Target) -> str:
    return f"{slug(target.provider.id)}/{target.model.upstream_name}"


def _provider(target: Target) -> dict[str, Any]:
    options = {"baseURL": target.base_url}
    if target.key_env:
        options["apiKey"] = f"{{env:{target.key_env}}}"
    return {"npm": "@ai-sdk/openai-compatible", "options": options, "models": {}}


def limits(context: int, most: int | None = None) -> dict[str, int]:
    """Tokens of a window and, at ``most``, of an answer in it.

    opencode keeps the answer's tokens free and shortens its conversation when the rest is full: an answer as
    long as the window would leave nothing, and it would do so after every step.
    """
    return {"context": context, "output": min(most or _LONGEST, max(1, context // 4))}


def _model(target: Target) -> dict[str, Any]:
    model = target.model
    entry: dict[str, Any] = {"name": model.id}
    if model.context_window:
        entry["limit"] = limits(model.context_window, model.max_output)
    if model.price_in_per_1m is not None and model.price_out_per_1m is not None:
        entry["cost"] = {"input": model.price_in_per_1m, "output": model.price_out_per_1m}
    return entry
