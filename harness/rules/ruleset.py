"""The nouns of ``routing_rules.yaml``; what stands beside a type bounds what a file may say.

The file is read by these records (``rules.file``), and its JSON Schema is made from them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal

from harness.credentials import check_address, check_variable
from harness.fieldtypes import Between, Length
from harness.models.enginekinds import EngineKind, is_here, kind_of
from harness.records import DecisionKind, Share

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?")


def check_date(value: object) -> str | None:
    """Why a text is no date (with or without a time) in ISO 8601; ``None`` if it is."""
    try:
        if not isinstance(value, str) or (_DATE.fullmatch(value) and datetime.fromisoformat(value)):
            return None
    except ValueError:
        pass
    return f"must be a date such as 2026-11-20, not the text {value!r:.40}"


Label = Annotated[str, Length(1)]
Whole = Annotated[int, Between(0)]
Amount = Annotated[float, Between(0)]
Date = Annotated[str, check_date]
SpeedClass = Literal["ultra_fast", "fast", "balanced", "quality"]
WITHIN_S: Mapping[str, float] = {
    "ultra_fast": 0.5,
    "fast": 2.0,
}  # of a median answer, where a speed is required


@dataclass(frozen=True, slots=True)
class Provider:
    """Where requests go. ``base_url`` is canonical: no ``/chat/completions`` at its end."""

    id: Label
    kind: str
    base_url: Annotated[str | None, check_address]
    api_key_env: Annotated[str | None, check_variable]

    @property
    def engine(self) -> EngineKind:
        """The traits of the engine that its ``kind`` names."""
        return kind_of(self.kind)

    @property
    def local(self) -> bool:
        """Whether requests stay on this machine."""
        return self.engine.local or is_here(self.base_url)


@dataclass(frozen=True, slots=True)
class RoutedModel:
    """A model as the rules know it: prices in USD per million tokens, speeds as measured."""

    id: Label
    provider: Label
    upstream_name: Label
    context_window: Whole | None
    max_output: Whole | None
    price_in_per_1m: Amount | None
    price_out_per_1m: Amount | None
    price_cached_per_1m: Amount | None
    quantization: str | None
    gguf_path: str | None
    revision: str | None
    tps: Amount | None
    ttft_s: Amount | None
    currency: str = "USD"
    capabilities: tuple[str, ...] = ("chat",)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a rule rests on. Quality is a pass rate, or a mean score, with its 95 % interval."""

    n: Whole
    quality: Share | None
    quality_low: Share | None
    quality_high: Share | None
    runner_up: str | None
    margin: Annotated[float, Between(-1, 1)] | None
    mde: Amount | None  # minimum detectable difference at this n, 80 % power
    latency_p50_s: Amount | None
    latency_p90_s: Amount | None
    cost_per_task_usd: Amount | None
    cost_per_solved_usd: Amount | None
    decided: DecisionKind
    more_samples: Whole | None  # tasks that would settle it, when undecided
    latency_p95_s: Amount | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """What one model did on one task type. ``p_best`` is its chance to be the best.

    ``quality`` is a pass rate or a mean score. ``quality_match``, ``speed`` and ``cost`` are multiples of the
    baseline model's figures.
    """

    model: str
    n: Whole
    quality: Share | None
    quality_low: Share | None
    quality_high: Share | None
    p_best: Share | None
    tps: Amount | None
    latency_p50_s: Amount | None
    latency_p95_s: Amount | None
    cost_per_task_usd: Amount | None
    quality_match: Amount | None = None
    speed: Amount | None = None
    cost: Amount | None = None
    calls: Whole = 0  # real calls that n and quality include, weighted by their age
    speed_class: SpeedClass | None = None  # of the median answer, on the machine that the rules name


@dataclass(frozen=True, slots=True)
class Fallback:
    """The next model to try, and on which failures."""

    model: str
    on: tuple[str, ...] = ("error", "timeout", "context", "budget")


@dataclass(frozen=True, slots=True)
class SpendingLimit:
    """What may be spent in a calendar day, week or month (UTC), or altogether."""

    usd: Amount
    period: Literal["day", "week", "month", "total"] = "total"


@dataclass(frozen=True, slots=True)
class CallPolicy:
    """How a tool should call: retries, waits in seconds, caps in USD.

    ``privacy: local`` keeps requests on this machine. Models slower than ``min_tps`` tokens a second are out.
    """

    retries: Whole = 2
    backoff_s: tuple[float, ...] = (1, 2, 4, 8, 16, 32)
    timeout_s: Amount = 120.0
    retry_status: tuple[int, ...] = (408, 409, 429, 500, 502, 503, 504)
    cooldown_s: Amount = 30.0
    max_cost_per_request: Amount | None = None
    budget: SpendingLimit | None = None
    min_tps: Amount | None = None
    privacy: Literal["any", "local"] = "any"


@dataclass(frozen=True, slots=True)
class Match:
    """Which requests a rule is for beside those that name its task type.

    Any keyword in the prompt (whole words, case ignored) or all of the metadata make a request one of this
    type. The bounds are tokens of the prompt, both included; ``None`` is no upper bound.
    """

    keywords: tuple[str, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    min_context_tokens: Whole = 0
    max_context_tokens: Whole | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """Which model a task type goes to. ``primary`` is ``None`` when the data do not decide.

    ``by_speed`` names the choice where an answer must be fast or ultra_fast. ``params`` (temperature,
    max_tokens …), ``policy`` (instead of the file's), the keywords and metadata of ``match`` are set by hand
    and survive a new build.
    """

    id: Label
    task_type: Label
    roles: tuple[str, ...]
    priority: int
    primary: str | None
    fallbacks: tuple[Fallback, ...]
    evidence: Evidence
    reason: str
    candidates: tuple[Candidate, ...] = ()  # every measured model, best first
    confidence: Share | None = None  # chance that the primary is the best of them
    pinned: bool = False  # set by hand: primary and fallbacks survive a new build
    by_speed: Mapping[str, str] = field(default_factory=dict)
    match: Match = field(default_factory=Match)
    context_tiers: tuple[str, ...] = ()  # where its evidence is of these tiers alone
    params: Mapping[str, float] = field(default_factory=dict)
    policy: CallPolicy | None = None


@dataclass(frozen=True, slots=True)
class RuleSet:
    """``routing_rules.yaml``: neutral, free of secrets, the source of every export."""

    schema_version: int
    generated_at: Date
    valid_until: Date
    generator: str
    run_ids: tuple[str, ...]
    machine: str
    data_sha256: str
    providers: tuple[Provider, ...]
    models: tuple[RoutedModel, ...]
    rules: tuple[Rule, ...]
    default_rule: str | None
    policy: CallPolicy
    baseline: str | None = None  # the model that multiples refer to
    role_map: Mapping[str, str] = field(default_factory=dict)  # task type → a tool's slot
