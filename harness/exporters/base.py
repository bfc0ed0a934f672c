"""What exporters share: which models can be called, where, and in which order for which task type."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from harness.rules.ruleset import CallPolicy, Provider, RoutedModel, Rule, RuleSet

LOCAL_URL = "http://127.0.0.1:8080/v1"  # where llama-server and llama-swap listen
NO_KEY = "none"  # sent where a server wants no key, but its client wants one

_BRANDS = {
    "openrouter.ai": "openrouter",
    "api.deepinfra.com": "deepinfra",
    "api.groq.com": "groq",
    "api.cerebras.ai": "cerebras",
    "generativelanguage.googleapis.com": "gemini",
    "api.anthropic.com": "anthropic",
    "openai-proxy.replicate.com": "replicate",
    "api.mistral.ai": "mistral",
    "api.together.xyz": "together",
    "api.openai.com": "openai",
}


@dataclass(frozen=True, slots=True)
class Exported:
    """Files by name, and what the tool cannot express, a line each."""

    files: Mapping[str, str]
    losses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A model as a tool calls it. ``brand`` is the hosted service at the address, where it is a known one."""

    model: RoutedModel
    provider: Provider
    base_url: str
    key_env: str | None
    brand: str | None

    @property
    def id(self) -> str:
        """The model's id in the rules."""
        return self.model.id


@dataclass(frozen=True, slots=True)
class Route:
    """A decided rule: the models to call, in order, under the name by which a tool is asked for it.

    The name is the task type, ``default`` for the default rule, and longer for a context tier (``code-long``)
    or for a required ``speed`` (``code-fast``).
    """

    rule: Rule
    task_type: str
    chain: tuple[Target, ...]
    policy: CallPolicy
    speed: str | None = None

    @property
    def primary(self) -> Target:
        """The first of the chain."""
        return self.chain[0]


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """Everything that can be exported, and what already cannot."""

    targets: tuple[Target, ...]
    routes: tuple[Route, ...]
    default: Route | None
    losses: tuple[str, ...]

    @property
    def typed(self) -> tuple[Route, ...]:
        """The routes of task types, without the default one."""
        return tuple(route for route in self.routes if route is not self.default)

    def slot(self, rules: RuleSet, name: str) -> Route | None:
        """The route of the first task type in ``role_map`` that fills a tool's slot and is decided."""
        routes = {route.task_type: route for route in self.typed}
        kinds = (kind for kind, slot in rules.role_map.items() if slot == name)
        return next((routes[kind] for kind in kinds if kind in routes), None)

    @property
    def fallback(self) -> Route | None:
        """What to use when nothing else applies: the default rule, or else the first task type."""
        whole = (route for route in self.routes if not route.rule.context_tiers)
        return self.default or next(whole, None)


def plan(rules: RuleSet, able: Collection[str] = ()) -> ExportPlan:
    """What of ``rules`` a tool can do: replayed answers cannot be called, undecided rules route nothing.

    A tool may be ``able`` to see ``keywords``, ``metadata`` and ``context``, to send ``params`` and to serve
    ``gguf`` files itself.
    """
    providers = {provider.id: provider for provider in rules.providers}
    losses: list[str] = []
    targets: dict[str, Target] = {}
    for model in rules.models:
        provider = providers[model.provider]
        if provider.engine.replays:
            losses.append(f"{model.id}: its answers are a replay, there is nothing to call")
        else:
            targets[model.id] = _target(model, provider)
    started = {t.id for t in targets.values() if t.model.gguf_path and "gguf" in able}
    unserved = [t.id for t in targets.values() if not t.provider.base_url and t.id not in started]
    if unserved:
        losses.append(f"{', '.join(unserved)}: no address; {LOCAL_URL} is written, serve them there")
    routes = []
    for rule in sorted(rules.rules, key=lambda rule: -rule.priority):
        name = "default" if rule.id == rules.default_rule else "-".join((rule.task_type, *rule.context_tiers))
        policy = rule.policy or rules.policy
        allowed = (
            targets if policy.privacy == "any" else {k: t for k, t in targets.items() if t.provider.local}
        )
        chain, whole = _chain(rule, allowed), _chain(rule, targets)
        if len(chain) < len(whole):
            hosted = ", ".join(t.id for t in whole if t not in chain)
            losses.append(f"{name}: private, so hosted models are left out: {hosted}")
        if chain:
            routes += [Route(rule, name, chain, policy), *_speed_routes(rule, name, chain, allowed, policy)]
        elif not whole:
            losses.append(f"{name}: no rule ({rule.reason})")
    default = next((route for route in routes if route.task_type == "default"), None)
    losses += _unsupported(routes, rules.policy, able)
    return ExportPlan(tuple(targets.values()), tuple(routes), default, tuple(losses))


def _speed_routes(
    rule: Rule, name: str, chain: tuple[Target, ...], targets: Mapping[str, Target], policy: CallPolicy
) -> list[Route]:
    """A route for each required speed that another model than the first serves."""
    return [
        Route(
            rule=rule,
            task_type=f"{name}-{speed.replace('_', '-')}",
            chain=tuple(dict.fromkeys((targets[model], *chain))),
            policy=policy,
            speed=speed,
        )
        for speed, model in rule.by_speed.items()
        if model in targets and model != chain[0].id
    ]


def _unsupported(routes: Sequence[Route], policy: CallPolicy, able: Collection[str]) -> list[str]:
    """What rules and policy ask for that the tool cannot see or do."""
    without_speed = [route for route in routes if route.speed is None]
    losses = []
    for what in ("keywords", "metadata"):
        names = ", ".join(r.task_type for r in without_speed if getattr(r.rule.match, what))
        if names and what not in able:
            losses.append(f"{what} of {names}: the caller says what a request is")
    for route in without_speed:
        match = route.rule.match
        if route.rule.context_tiers and "context" not in able:
            above = f"from {match.min_context_tokens:,} tokens" if match.min_context_tokens else "at first"
            upto = f" to {match.max_context_tokens:,}" if match.max_context_tokens else ""
            losses.append(f"the length of a prompt: the caller asks for {route.task_type} {above}{upto}")
        if route.rule.params and "params" not in able:
            losses.append(f"parameters of {route.task_type}: {', '.join(route.rule.params)}")
    if policy.max_cost_per_request is not None:
        losses.append(f"a cap of ${policy.max_cost_per_request:g} on one request")
    if policy.budget is not None:
        per = "" if policy.budget.period == "total" else f" a {policy.budget.period}"
        losses.append(f"a budget of ${policy.budget.usd:g}{per}")
    if policy.min_tps is not None:
        losses.append(f"at least {policy.min_tps:g} tokens a second")
    return losses


def used(routes: Sequence[Route]) -> tuple[Target, ...]:
    """The models that any route calls, each once."""
    return tuple({target.id: target for route in routes for target in route.chain}.values())


def slug(text: str) -> str:
    """Letters, digits and single dashes: a name that every tool accepts."""
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-").lower() or "x"


def per_token(per_million: float | None) -> float | None:
    """USD a token from USD a million, without digits that nobody gave."""
    return None if per_million is None else float(f"{per_million / 1e6:.9g}")


def no_fallbacks(routes: Sequence[Route], tool: str) -> list[str]:
    """One line where a tool knows no second choice."""
    lost = [f"{r.task_type} → {', '.join(t.id for t in r.chain[1:])}" for r in routes if len(r.chain) > 1]
    return [f"{tool} has no fallbacks; left out: {'; '.join(lost)}"] if lost else []


def _target(model: RoutedModel, provider: Provider) -> Target:
    base_url = provider.base_url or LOCAL_URL
    brand = _BRANDS.get(urlsplit(base_url).hostname or "")
    return Target(model, provider, base_url.rstrip("/"), provider.api_key_env, brand)


def _chain(rule: Rule, targets: Mapping[str, Target]) -> tuple[Target, ...]:
    """The callable models of a rule in order; none when it is not decided."""
    if rule.primary is None:
        return ()
    names = dict.fromkeys([rule.primary, *(fallback.model for fallback in rule.fallbacks)])
    return tuple(targets[name] for name in names if name in targets)
