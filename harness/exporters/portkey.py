"""Portkey's gateway: one conditional target for each task type, a fallback chain inside."""

from __future__ import annotations

from typing import Any

from harness.exporters.base import NO_KEY, Exported, Route, Target, plan
from harness.jsontext import dump
from harness.rules.ruleset import RuleSet

# Providers that Portkey calls by name; the others speak OpenAI's protocol at their address.
_PROVIDERS = {
    "openrouter": "openrouter",
    "deepinfra": "deepinfra",
    "groq": "groq",
    "cerebras": "cerebras",
    "mistral": "mistral-ai",
    "together": "together-ai",
    "openai": "openai",
}


def export(rules: RuleSet) -> Exported:
    """The value of the header ``x-portkey-config``; ``x-portkey-metadata`` carries ``task_type``."""
    planned = plan(rules, able=("params",))
    config: dict[str, Any] = {}
    if planned.fallback:
        strategy: dict[str, Any] = {
            "mode": "conditional",
            "default": planned.fallback.task_type,
            "conditions": [
                {"query": {"metadata.task_type": {"$eq": route.task_type}}, "then": route.task_type}
                for route in planned.typed
            ],
        }
        config = {"strategy": strategy, "targets": [_chain(route) for route in planned.routes]}
    text = dump(config)
    placeholders = sorted({t.key_env for r in planned.routes for t in r.chain if t.key_env})
    losses = list(planned.losses)
    if placeholders:
        names = ", ".join(f"${{{name}}}" for name in placeholders)
        losses.append(f"Portkey reads no variables: put the keys in for {names} before sending it")
    return Exported({"portkey.json": text}, tuple(losses))


def _chain(route: Route) -> dict[str, Any]:
    return {
        "name": route.task_type,
        "strategy": {"mode": "fallback", "on_status_codes": list(route.policy.retry_status)},
        "targets": [_target(target, route) for target in route.chain],
    }


def _target(target: Target, route: Route) -> dict[str, Any]:
    provider = _PROVIDERS.get(target.brand or "")
    entry: dict[str, Any] = {"provider": provider or "openai"}
    entry["api_key"] = f"${{{target.key_env}}}" if target.key_env else NO_KEY
    if not provider:
        entry["custom_host"] = target.base_url  # Portkey appends /chat/completions
    entry["override_params"] = {"model": target.model.upstream_name, **route.rule.params}
    entry["retry"] = {"attempts": route.policy.retries}
    entry["request_timeout"] = int(route.policy.timeout_s * 1000)
    return entry
