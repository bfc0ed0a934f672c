"""vLLM Semantic Router: a decision for each task type, with its evidence as annotations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from harness.exporters.base import Exported, Route, Target, plan, slug, used
from harness.rules.ruleset import RuleSet
from harness.yamltext import yaml_text

_PORT = 8899


def export(rules: RuleSet) -> Exported:
    """``config.yaml`` for ``vllm-sr``. A request carries ``metadata.task_type``."""
    planned = plan(rules, able=("keywords", "metadata", "context"))
    targets = used(planned.routes)
    config: dict[str, Any] = {
        "version": "v0.3",
        "listeners": [{"name": "http", "address": "127.0.0.1", "port": _PORT}],
        "providers": {"models": [_model(target) for target in targets]},
        "routing": {
            "fallback": _fallback(rules),
            "modelCards": [_card(target) for target in targets],
            "signals": _signals(planned.typed),
            "decisions": [_decision(route, rules) for route in planned.typed],
        },
    }
    if planned.fallback:
        config["providers"] = {
            "defaults": {"model": slug(planned.fallback.primary.id)},
            **config["providers"],
        }
    losses = [*planned.losses]
    if planned.default and len(planned.default.chain) > 1:
        losses.append("the default model of the Semantic Router has no fallbacks")
    return Exported({"semantic-router.yaml": yaml_text(config)}, tuple(losses))


def _model(target: Target) -> dict[str, Any]:
    model = target.model
    entry: dict[str, Any] = {"name": slug(model.id), "provider_model_id": model.upstream_name}
    if model.price_in_per_1m is not None and model.price_out_per_1m is not None:
        entry["pricing"] = {
            "currency": model.currency,
            "prompt_per_1m": model.price_in_per_1m,
            "completion_per_1m": model.price_out_per_1m,
        }
    entry["backend_refs"] = [_backend(target)]
    return entry


def _backend(target: Target) -> dict[str, Any]:
    backend: dict[str, Any] = {"name": slug(target.provider.id)}
    if target.brand == "openrouter":
        backend |= {"provider": "openrouter", "base_url": target.base_url}
    elif target.key_env or urlsplit(target.base_url).scheme == "https":
        backend |= {"provider": "openai", "base_url": target.base_url}
    else:
        backend |= {"provider": "vllm", "endpoint": urlsplit(target.base_url).netloc, "protocol": "http"}
    if target.key_env:
        backend["api_key_env"] = target.key_env
    return backend | {"weight": 100}


def _fallback(rules: RuleSet) -> dict[str, Any]:
    policy = rules.policy
    return {
        "version": 1,
        "enabled": True,
        "max_attempts": policy.retries + 1,
        "retryable_status_codes": list(policy.retry_status),
        "per_attempt_timeout": f"{policy.timeout_s:g}s",
        "total_timeout": f"{policy.timeout_s * (policy.retries + 1):g}s",
    }


def _card(target: Target) -> dict[str, Any]:
    window = target.model.context_window
    return {"name": slug(target.id), **({"context_window_size": window} if window else {})}


def _signals(routes: Sequence[Route]) -> dict[str, Any]:
    """What is looked at: the task type that a request names, its metadata, its words, its length."""
    metadata, keywords, context = [], [], []
    for route in routes:
        match, name = route.rule.match, _signal_name(route)
        asked_for = route.task_type if route.speed else route.rule.task_type
        metadata.append(_equals(f"t_{name}", "task_type", asked_for))
        if route.speed:
            continue  # only the caller can require it
        metadata += [_equals(f"m_{name}_{i}", *pair) for i, pair in enumerate(match.metadata.items())]
        if match.keywords:
            keywords.append({"name": f"k_{name}", "operator": "OR", "keywords": list(match.keywords)})
        if route.rule.context_tiers:
            bounds = {"min_tokens": match.min_context_tokens, "max_tokens": match.max_context_tokens}
            given = {key: str(value) for key, value in bounds.items() if value is not None}
            context.append({"name": f"c_{name}", **given})
    more = {"keywords": keywords, "context": context}
    return {"metadata": metadata, **{kind: signals for kind, signals in more.items() if signals}}


def _equals(name: str, key: str, value: str) -> dict[str, Any]:
    return {"name": name, "key": key, "predicate": {"equals": value}}


def _conditions(route: Route) -> dict[str, Any]:
    """When to decide so: the request names the type, or its metadata or words say it; and its length."""
    match, name = route.rule.match, _signal_name(route)
    ways: list[dict[str, Any]] = [{"type": "metadata", "name": f"t_{name}"}]
    if route.speed is None:
        facts = [{"type": "metadata", "name": f"m_{name}_{i}"} for i in range(len(match.metadata))]
        ways += [_all(facts)] if facts else []
        ways += [{"type": "keyword", "name": f"k_{name}"}] if match.keywords else []
    condition = ways[0] if len(ways) == 1 else {"operator": "OR", "conditions": ways}
    if route.rule.context_tiers and route.speed is None:
        return _all([condition, {"type": "context", "name": f"c_{name}"}])
    return _all([condition])


def _all(conditions: list[dict[str, Any]]) -> dict[str, Any]:
    return {"operator": "AND", "conditions": conditions}


def _signal_name(route: Route) -> str:
    return slug(route.task_type).replace("-", "_")


def _decision(route: Route, rules: RuleSet) -> dict[str, Any]:
    evidence, rule = route.rule.evidence, route.rule
    notes = {
        "evidence": f"{', '.join(rules.run_ids)}#{rule.id}",
        "decided": evidence.decided,
        "n": str(evidence.n),
    }
    if evidence.quality is not None:
        notes["quality"] = f"{evidence.quality:.3f}"
    if rule.confidence is not None:
        notes["confidence"] = f"{rule.confidence:.2f}"
    return {
        "name": slug(route.task_type),
        "priority": rule.priority,
        "annotations": notes,
        "rules": _conditions(route),
        "modelRefs": [{"model": slug(t.id), "use_reasoning": False} for t in route.chain],
    }
