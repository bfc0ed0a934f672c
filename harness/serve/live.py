"""What the gateway did lately, as its page shows it: numbers and names, and no text of anybody."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from math import ceil
from typing import Any, Literal, get_args

from harness.observationrow import Observation
from harness.routing.spending import Spending

Outcome = Literal[
    "answered", "failed", "refused", "cancelled"
]  # of a request; a call of a model is another thing
_LOOKED_AT = 1000  # calls of each model or rule, for its times
_SHOWN = 50  # calls one by one


@dataclass(frozen=True, slots=True)
class Rest:
    """For how long a model is not asked, or asked last, and why."""

    left_s: float | None  # ``None``: until its calls are good again
    why: str


@dataclass(frozen=True, slots=True)
class State:
    """What is so now, for the page and for Prometheus."""

    cooling: Mapping[str, Rest]  # by model: left alone
    demoted: Mapping[str, Rest]  # tried last
    budgets: Mapping[str, Spending]  # ``all``, and by the name of a key
    not_written: int  # calls


@dataclass(slots=True)
class CallCounts:
    """Calls of one model or rule since the gateway began; the times are those of the last 1,000."""

    calls: int = 0
    failed: int = 0
    cancelled: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = None  # of the calls whose cost is known; None: of none
    models: Counter[str] = field(default_factory=Counter)  # who was asked
    latency_ms: deque[int] = field(default_factory=lambda: deque(maxlen=_LOOKED_AT))
    ttft_ms: deque[int] = field(default_factory=lambda: deque(maxlen=_LOOKED_AT))

    def add(self, call: Observation) -> None:
        """Count a call."""
        self.calls += 1
        self.cancelled += bool(call.cancelled)
        self.failed += not (call.success or call.cancelled)
        self.prompt_tokens += call.prompt_tokens or 0
        self.completion_tokens += call.completion_tokens or 0
        self.models[call.model] += 1
        if call.cost_usd is not None:
            self.cost_usd = (self.cost_usd or 0.0) + call.cost_usd
        if call.success:
            self.latency_ms.append(call.latency_ms)
            if call.ttft_ms is not None:
                self.ttft_ms.append(call.ttft_ms)

    def shown(self) -> dict[str, Any]:
        """As the page has it; percentiles are unknown where there are too few calls."""
        return {
            **{name: getattr(self, name) for name in _COUNTS},
            "models": dict(self.models.most_common()),
            **_percentiles("", self.latency_ms),
            **_percentiles("ttft_", self.ttft_ms),
        }


class Live:
    """Counts requests by how they ended, and calls by model and rule; wakes those who watch."""

    def __init__(self) -> None:
        self.models: dict[str, CallCounts] = {}
        self.rules: dict[str, CallCounts] = {}
        self.requests: Counter[Outcome] = Counter(dict.fromkeys(get_args(Outcome), 0))
        self.fallbacks = 0
        self.watched = True  # until the gateway ends: who only watches does not hold it up
        self._since = datetime.now(UTC).isoformat(timespec="seconds")
        self._recent: deque[Observation] = deque(maxlen=_SHOWN)
        self._counted = 0

    def add(self, call: Observation) -> None:
        """Count a call."""
        self.models.setdefault(call.model, CallCounts()).add(call)
        self.rules.setdefault(call.rule or "by name", CallCounts()).add(call)
        self._recent.append(call)

    def add_request(self, outcome: Outcome) -> None:
        """Count a request that has ended."""
        self.requests[outcome] += 1
        self._counted += 1

    async def changed(self, at_least_s: float, at_most_s: float) -> None:
        """Wait for the next request to end, within these bounds."""
        before, deadline = self._counted, time.monotonic() + at_most_s
        await asyncio.sleep(at_least_s)
        while self._counted == before and self.watched and time.monotonic() < deadline:
            await asyncio.sleep(at_least_s)

    def shown(self) -> dict[str, Any]:
        """As the page has it."""
        recent = [
            {name: value for name, value in asdict(call).items() if name in _COLUMNS}
            for call in reversed(self._recent)
        ]
        return {
            "since": self._since,
            "requests": self.requests,
            "fallbacks": self.fallbacks,
            "models": {name: calls.shown() for name, calls in self.models.items()},
            "rules": {rule: calls.shown() for rule, calls in self.rules.items()},
            "recent": recent,
        }


_COUNTS = ("calls", "failed", "cancelled", "prompt_tokens", "completion_tokens", "cost_usd")
_COLUMNS = (
    *("timestamp", "request_id", "model", "rule", "attempt", "latency_ms", "ttft_ms", "prompt_tokens"),
    *("completion_tokens", "cost_usd", "success", "error", "streamed", "cancelled", "score"),
)
_AT_LEAST = {50: 3, 95: 59}  # values, for a percentile to have an interval that is bounded


def _percentiles(prefix: str, values: Sequence[int]) -> dict[str, int | None]:
    """Median and 95th percentile in milliseconds, ``None`` of too few values."""
    ranked = sorted(values)
    shown: dict[str, int | None] = {}
    for percent, least in _AT_LEAST.items():
        enough = len(ranked) >= least
        shown[f"{prefix}p{percent}_ms"] = ranked[ceil(len(ranked) * percent / 100) - 1] if enough else None
    return shown
