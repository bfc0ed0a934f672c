"""LiteLLM's proxy and ``Router``: a model group for each task type, every model by its own name beside it."""

from __future__ import annotations

from typing import Any

from harness.exporters.base import NO_KEY, Exported, ExportPlan, Route, Target, per_token, plan, used
from harness.rules.ruleset import CallPolicy, RuleSet
from harness.yamltext import yaml_text

AUTO = "auto"  # the group that chooses by keywords
_PREFIXES = {
    "openrouter": "openrouter",
    "deepinfra": "deepinfra",
    "groq": "groq",
    "cerebras": "cerebras",
    "mistral": "mistral",
    "together": "together_ai",
}  # the rest speaks OpenAI's protocol at its address


def export(rules: RuleSet) -> Exported:
    """``config.yaml`` for ``litellm --config``. A request names the model ``task-TYPE``."""
    planned = plan(rules, able=("keywords", "params"))
    config = {
        "model_list": [
            *_by_keywords(planned),
            *(_group(route, planned) for route in planned.routes),
            *(_deployment(target.id, target, rules.policy) for target in used(planned.routes)),
        ],
        "router_settings": {
            "num_retries": rules.policy.retries,
            "retry_after": int(rules.policy.backoff_s[0]) if rules.policy.backoff_s else 0,
            "cooldown_time": rules.policy.cooldown_s,
            "timeout": rules.policy.timeout_s,
            "enable_pre_call_checks": True,
            **_fallbacks(planned),
        },
    }
    return Exported({"litellm.yaml": yaml_text(config)}, (*planned.losses, *_losses(planned)))


def group(route: Route) -> str:
    """The name that a request asks for."""
    return f"task-{route.task_type}"


def upstream(target: Target) -> str:
    """The name by which LiteLLM calls a model."""
    return f"{_PREFIXES.get(target.brand or '', 'openai')}/{target.model.upstream_name}"


def by_address(target: Target) -> bool:
    """Whether LiteLLM needs the address."""
    return target.brand not in _PREFIXES


def _by_keywords(planned: ExportPlan) -> list[dict[str, Any]]:
    """The model ``auto``, where rules have keywords: it goes to their groups, or to the default one."""
    routes = _worded(planned)
    if len(routes) < 2:
        return []
    names = [group(route) for route in routes]
    return [
        {
            "model_name": AUTO,
            "litellm_params": {
                "model": "auto_router/quality_router",
                "quality_router_default_model": names[0],
                "quality_router_config": {"available_models": names},
            },
        }
    ]


def _worded(planned: ExportPlan) -> list[Route]:
    """The default route and those with keywords, which LiteLLM looks for in this order."""
    if planned.fallback is None:
        return []
    worded = [r for r in planned.routes if r.rule.match.keywords and r.speed is None]
    return [planned.fallback, *(route for route in worded if route is not planned.fallback)]


def _group(route: Route, planned: ExportPlan) -> dict[str, Any]:
    entry = _deployment(group(route), route.primary, route.policy)
    entry["litellm_params"].update(route.rule.params)
    worded = _worded(planned)
    if len(worded) > 1 and route in worded:
        preferences: dict[str, Any] = {
            "quality_tier": 1,
            "order": worded.index(route),
        }  # one tier: only keywords decide
        if route.rule.match.keywords:
            preferences["keywords"] = list(route.rule.match.keywords)
        entry["model_info"] = {**entry.get("model_info", {}), "litellm_routing_preferences": preferences}
    return entry


def _deployment(name: str, target: Target, policy: CallPolicy) -> dict[str, Any]:
    model = target.model
    params: dict[str, Any] = {"model": upstream(target)}
    if by_address(target):
        params["api_base"] = target.base_url
    params["api_key"] = f"os.environ/{target.key_env}" if target.key_env else NO_KEY
    params["timeout"] = policy.timeout_s
    info = {
        "max_input_tokens": model.context_window,
        "max_output_tokens": model.max_output,
        "input_cost_per_token": per_token(model.price_in_per_1m),
        "output_cost_per_token": per_token(model.price_out_per_1m),
    }
    model_info = {key: value for key, value in info.items() if value is not None}
    return {
        "model_name": name,
        "litellm_params": params,
        **({"model_info": model_info} if model_info else {}),
    }


def _fallbacks(planned: ExportPlan) -> dict[str, Any]:
    chains = [{group(r): [t.id for t in r.chain[1:]]} for r in planned.routes if len(r.chain) > 1]
    longer = [
        {group(r): names}
        for r in planned.routes
        if (names := [t.id for t in r.chain[1:] if _context(t) > _context(r.primary)])
    ]
    return {
        **({"fallbacks": chains} if chains else {}),
        **({"context_window_fallbacks": longer} if longer else {}),
    }


def _context(target: Target) -> int:
    return target.model.context_window or 0


def _losses(planned: ExportPlan) -> list[str]:
    losses = ["LiteLLM does not see a task's type: the caller names task-TYPE as the model"]
    if len(_worded(planned)) > 1:
        losses.append(f"the model {AUTO} finds keywords inside of words too, and in the last message only")
    return losses
