"""What the gateway did lately, as its page shows it: numbers and names, and no text of anybody."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from statistics import quantiles
from typing import Any

from harness.observationrow import Observation

_LOOKED_AT = 1000  # calls of each model, for its times
_SHOWN = 50  # calls one by one


@dataclass(slots=True)
class ModelCalls:
    """The calls of one model since the gateway began; the times are those of the last 1,000."""

    calls: int = 0
    failed: int = 0
    cancelled: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = None  # of the calls whose cost is known; None: of none
    latency_ms: deque[int] = field(default_factory=lambda: deque(maxlen=_LOOKED_AT))
    ttft_ms: deque[int] = field(default_factory=lambda: deque(maxlen=_LOOKED_AT))

    def add(self, call: Observation) -> None:
        """Count a call."""
        self.calls += 1
        self.cancelled += bool(call.cancelled)
        self.failed += not (call.success or call.cancelled)
        self.prompt_tokens += call.prompt_tokens or 0
        self.completion_tokens += call.completion_tokens or 0
        if call.cost_usd is not None:
            self.cost_usd = (self.cost_usd or 0.0) + call.cost_usd
        if call.success:
            self.latency_ms.append(call.latency_ms)
            if call.ttft_ms is not None:
                self.ttft_ms.append(call.ttft_ms)

    def shown(self) -> dict[str, Any]:
        """As the page has it; percentiles are unknown where there are too few calls."""
        times = {
            "p50_ms": _percentile(self.latency_ms, 50),
            "p95_ms": _percentile(self.latency_ms, 95),
            "ttft_p50_ms": _percentile(self.ttft_ms, 50),
        }
        counted = {name: value for name, value in asdict(self).items() if not name.endswith("_ms")}
        return counted | times


class Live:
    """Counts calls by model and rule, and wakes those who watch."""

    def __init__(self) -> None:
        self.models: dict[str, ModelCalls] = {}
        self.rules: dict[str, Counter[str]] = {}
        self.fallbacks = 0
        self._recent: deque[Observation] = deque(maxlen=_SHOWN)
        self._counted = 0

    def add(self, call: Observation) -> None:
        """Count a call."""
        self.models.setdefault(call.model, ModelCalls()).add(call)
        self.rules.setdefault(call.rule or "by name", Counter())[call.model] += 1
        self._recent.append(call)
        self._counted += 1

    async def changed(self, at_least_s: float, at_most_s: float) -> None:
        """Wait for the next call, within these bounds."""
        before, deadline = self._counted, time.monotonic() + at_most_s
        await asyncio.sleep(at_least_s)
        while self._counted == before and time.monotonic() < deadline:
            await asyncio.sleep(at_least_s)

    def shown(self) -> dict[str, Any]:
        """As the page has it."""
        recent = [
            {name: value for name, value in asdict(call).items() if name in _COLUMNS}
            for call in reversed(self._recent)
        ]
        return {
            "fallbacks": self.fallbacks,
            "models": {name: calls.shown() for name, calls in self.models.items()},
            "rules": {rule: dict(counts.most_common()) for rule, counts in self.rules.items()},
            "recent": recent,
        }


_COLUMNS = (
    *("timestamp", "model", "rule", "attempt", "latency_ms", "ttft_ms", "prompt_tokens"),
    *("completion_tokens", "cost_usd", "success", "error", "streamed", "cancelled", "score"),
)


def _percentile(values: Sequence[int], percent: int) -> int | None:
    """``None`` of too few values: a median takes 3, the 95th percentile 59."""
    if len(values) < (3 if percent == 50 else 59):
        return None
    return round(quantiles(values, n=100)[percent - 1])
