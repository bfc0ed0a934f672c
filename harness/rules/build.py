"""Routing rules: which model each task type goes to, and on what evidence. Neutral, and free of secrets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from harness import __version__
from harness.analysis.board import Board, Standing
from harness.analysis.extras import Contestant
from harness.analysis.standings import Standings
from harness.records import ModelSpec
from harness.rules.candidates import measured_candidates
from harness.rules.file import SCHEMA_VERSION
from harness.rules.ruleset import CallPolicy, Evidence, Fallback, Match, Provider, RoutedModel, Rule, RuleSet
from harness.rules.speeds import by_speed
from harness.rules.tiers import ContextTier

Words = Callable[[Board], str]
VALID_FOR = timedelta(days=90)
SLOTS = {  # of tools that have roles, by the task types whose model fills them, the best fitting first
    "classification": "background",
    "logs": "background",
    "planning": "think",
    "reasoning": "think",
    "math": "think",
    "refactor": "editor",
}
DEFAULT = "*"  # id of the rule for task types that have none
_TYPED, _TIERED = 100, 110  # priorities: a rule for a tier goes before that of its task type


def build_rules(
    standings: Standings,
    models: Sequence[ModelSpec],
    manifests: Sequence[Mapping[str, Any]],
    now: datetime,
    baseline: str | None = None,
    tiers: Sequence[ContextTier] = (),
    *,
    words: Words,
) -> RuleSet:
    """Rules for every task type that was measured, and a default one where the overall result decides.

    Where ``tiers`` decide apart from their task type, they have rules of their own, by the prompt's length.
    Models that ``models`` does not describe are described by their rows alone. ``manifests`` name the runs.
    Quality, speed and cost are also given as multiples of the model ``baseline``. ``words`` says why a table
    is decided as it is.
    """
    rules = [_rule(type_board, _TYPED, baseline, words) for type_board in standings.by("task_type")]
    rules += _tier_rules(standings, tiers, baseline, words)
    overall = standings.overall if standings.overall and standings.overall.decision.pick else None
    default = _rule(overall, 0, baseline, words) if overall else None
    if default:
        rules.append(default)
    specs = {spec.id: spec for spec in models}
    ranked = {s.model for tier in tiers for board in tier.boards.values() for s in board.ranked}
    ranked.update(standings.ranked_models)
    described = [specs.get(c.model) or _spec_of(c) for c in standings.contestants if c.model in ranked]
    provider_ids = _provider_ids(described)
    return RuleSet(
        schema_version=SCHEMA_VERSION,
        generated_at=now.isoformat(timespec="seconds"),
        valid_until=(now + VALID_FOR).isoformat(timespec="seconds"),
        generator=f"harness {__version__}",
        run_ids=tuple(str(m["run_id"]) for m in manifests) or tuple(run.run_id for run in standings.runs),
        machine="; ".join(dict.fromkeys(", ".join(filter(None, (r.host, r.gpu))) for r in standings.runs)),
        data_sha256=standings.data_sha256,
        providers=tuple(Provider(name, *endpoint) for endpoint, name in provider_ids.items()),
        models=tuple(_routed(spec, provider_ids[_endpoint(spec)], standings) for spec in described),
        rules=tuple(rules),
        default_rule=default.id if default else None,
        policy=CallPolicy(),
        baseline=baseline,
        role_map={kind: slot for kind, slot in SLOTS.items() if kind in {rule.task_type for rule in rules}},
    )


def _rule(board: Board, priority: int, baseline: str | None, words: Words) -> Rule:
    decision = board.decision
    candidates = measured_candidates(board, baseline)
    pick = decision.pick.model if decision.pick else None
    overall = board.by == "overall"
    return Rule(
        id=DEFAULT if overall else board.name,
        task_type=DEFAULT if overall else board.name,
        roles=() if overall else board.roles,
        priority=priority,
        primary=pick,
        fallbacks=tuple(Fallback(model) for model in decision.fallbacks),
        evidence=_evidence(board),
        reason=words(board),
        candidates=candidates,
        confidence=next((c.p_best for c in candidates if c.model == pick), None),
        by_speed=by_speed(candidates, pick) if pick else {},
    )


def _tier_rules(
    standings: Standings, tiers: Sequence[ContextTier], baseline: str | None, words: Words
) -> list[Rule]:
    """A rule for each tier of a task type that decides. A tier begins where the shorter one ended."""
    rules = []
    for whole in standings.by("task_type"):
        shorter = 0
        of_type = [tier for tier in tiers if whole.name in tier.boards]
        for tier in of_type:
            last = tier is of_type[-1]
            match = Match(min_context_tokens=shorter, max_context_tokens=None if last else tier.longest)
            shorter = tier.longest + 1
            part = tier.boards[whole.name]
            if part.offered == whole.offered or part.decision.pick is None:
                continue  # all tasks are of this tier, or they are too few to decide
            rule = _rule(part, _TIERED, baseline, words)
            rules.append(
                replace(rule, id=f"{whole.name}@{tier.name}", match=match, context_tiers=(tier.name,))
            )
    return rules


def _evidence(board: Board) -> Evidence:
    decision = board.decision
    of: Standing | None = decision.pick or decision.leader
    other = decision.runner_up
    margin = None
    if of and other and of.quality is not None and other.quality is not None:
        margin = of.quality - other.quality
    return Evidence(
        n=of.n if of else board.common,
        quality=of.quality if of else None,
        quality_low=of.low if of else None,
        quality_high=of.high if of else None,
        runner_up=other.model if other else None,
        margin=margin,
        mde=decision.mde,
        latency_p50_s=of.latency_p50_s if of else None,
        latency_p90_s=of.latency_p90_s if of else None,
        cost_per_task_usd=of.cost_per_task if of else None,
        cost_per_solved_usd=of.cost_per_solved if of else None,
        decided=decision.kind,
        more_samples=decision.more_tasks,
        latency_p95_s=of.latency_p95_s if of else None,
    )


# --- models and providers ----------------------------------------------------

Endpoint = tuple[str, str | None, str | None]  # engine, base URL, name of the key's variable


def _spec_of(contestant: Contestant) -> ModelSpec:
    """What the rows say of a model that ``models.yaml`` no longer has."""
    return ModelSpec(
        contestant.model,
        contestant.engine,
        contestant.provider,
        family=contestant.family,
        quantization=contestant.quantization,
    )


def _endpoint(spec: ModelSpec) -> Endpoint:
    return spec.engine, _canonical(spec.base_url), spec.api_key_env


def _provider_ids(specs: Sequence[ModelSpec]) -> dict[Endpoint, str]:
    """A name for every endpoint: the provider's, with a number where it has several."""
    ids: dict[Endpoint, str] = {}
    for spec in specs:
        taken, number = set(ids.values()), 1
        name = spec.provider
        while _endpoint(spec) not in ids and name in taken:
            number += 1
            name = f"{spec.provider}-{number}"
        ids.setdefault(_endpoint(spec), name)
    return ids


def _canonical(base_url: str | None) -> str | None:
    """Without ``/chat/completions``, and without anything that could hold a key."""
    if base_url is None:
        return None
    parts = urlsplit(base_url)
    path = parts.path.rstrip("/").removesuffix("/chat/completions")
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], path, "", ""))


def _routed(spec: ModelSpec, provider: str, standings: Standings) -> RoutedModel:
    measured = standings.overall.of(spec.id) if standings.overall else None
    seen = next(c for c in standings.contestants if c.model == spec.id)
    limit = spec.params.get("max_tokens")
    return RoutedModel(
        id=spec.id,
        provider=provider,
        upstream_name=spec.model or spec.hf or (Path(spec.path).stem if spec.path else spec.id),
        context_window=spec.context,
        max_output=limit if isinstance(limit, int) else None,
        price_in_per_1m=spec.price.input,
        price_out_per_1m=spec.price.output,
        price_cached_per_1m=spec.price.cached_input,
        quantization=spec.quantization,
        gguf_path=spec.path,
        revision=seen.revision,
        tps=measured.decode_tps if measured else None,
        ttft_s=measured.ttft_s if measured else None,
    )
