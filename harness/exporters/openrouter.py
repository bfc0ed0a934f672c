"""OpenRouter: what to send beside the messages, for each task type. Hosted models only."""

from __future__ import annotations

from typing import Any

from harness.exporters.base import Exported, Target, plan
from harness.jsontext import dump
from harness.rules.ruleset import RuleSet


def export(rules: RuleSet) -> Exported:
    """A JSON object: task type → the routing part of a request's body."""
    planned = plan(rules, able=("params",))
    bodies: dict[str, Any] = {}
    losses = list(planned.losses)
    for route in planned.routes:
        hosted = [target for target in route.chain if target.brand == "openrouter"]
        others = [target.id for target in route.chain if target not in hosted]
        if hosted:
            bodies[route.task_type] = {**_body(hosted), **route.rule.params}
        if others:
            what = "left out" if hosted else "no rule is left"
            losses.append(f"{route.task_type}: not on OpenRouter: {', '.join(others)}; {what}")
    return Exported({"openrouter.json": dump(bodies)}, tuple(losses))


def _body(chain: list[Target]) -> dict[str, Any]:
    provider: dict[str, Any] = {"allow_fallbacks": True, "sort": "price"}
    prices = [(t.model.price_in_per_1m, t.model.price_out_per_1m) for t in chain]
    priced = [(given, taken) for given, taken in prices if given is not None and taken is not None]
    if len(priced) == len(chain):  # no host may be more expensive than what was measured
        provider["max_price"] = {
            "prompt": f"{max(given for given, _ in priced):g}",
            "completion": f"{max(taken for _, taken in priced):g}",
        }
    return {"models": [target.model.upstream_name for target in chain], "provider": provider}
