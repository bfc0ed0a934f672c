"""What Prometheus reads: names after OpenTelemetry's conventions for generative AI, and our own.

This is the only place where a name stands. A model of the rules is a label; every other name is ``other``,
so that nobody can make labels without end.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from harness.serve.live import Outcome, State

OTHER = "other"
_SECONDS = tuple(0.01 * 2**k for k in range(14))
_TOKENS = tuple(4.0**k for k in range(14))
_OVERHEAD = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1)
_CALL = ("gen_ai_request_model", "error_type")


class Metrics:
    """Counters of one gateway. ``models`` are the names that may be labels."""

    def __init__(self, models: Collection[str], state: Callable[[], State]) -> None:
        self.registry = registry = CollectorRegistry()
        self.models = frozenset(models)
        self._seconds = Histogram(
            "gen_ai_client_operation_duration_seconds", "Seconds that a call of a model took.",
            _CALL, buckets=_SECONDS, registry=registry,
        )  # fmt: skip
        self._first = Histogram(
            "gen_ai_client_operation_time_to_first_chunk_seconds", "Seconds to the first token.",
            _CALL[:1], buckets=_SECONDS, registry=registry,
        )  # fmt: skip
        self._tokens = Histogram(
            "gen_ai_client_token_usage", "Tokens of a call.",
            ("gen_ai_request_model", "gen_ai_token_type"), buckets=_TOKENS, registry=registry,
        )  # fmt: skip
        self._overhead = Histogram(
            "harness_overhead_seconds", "Seconds that the gateway itself took of a request.",
            buckets=_OVERHEAD, registry=registry,
        )  # fmt: skip
        self._fallbacks = Counter(
            "harness_fallbacks", "Requests that went on to another model.", ("from", "to", "reason"),
            registry=registry,
        )  # fmt: skip
        requests = Counter(
            "harness_requests", "Requests of clients by how they ended.", ("outcome",), registry=registry
        )
        self._requests = {outcome: requests.labels(outcome) for outcome in get_args(Outcome)}
        self._cost = Counter(
            "harness_cost_usd", "USD of calls whose cost is known.", ("model",), registry=registry
        )
        self.in_flight = Gauge(
            "harness_in_flight_requests", "Requests that are being answered.", registry=registry
        )
        registry.register(_States(state))

    def label(self, model: str) -> str:
        """A model's name, if the rules have it."""
        return model if model in self.models else OTHER

    def add_call(
        self, model: str, seconds: float, first_s: float | None, error: str, tokens: Mapping[str, int | None],
        usd: float | None,
    ) -> None:  # fmt: skip
        """Count a call; ``tokens`` by ``input`` and ``output``, ``None`` where nobody knows."""
        name = self.label(model)
        self._seconds.labels(name, error).observe(seconds)
        if first_s is not None:
            self._first.labels(name).observe(first_s)
        for kind, count in tokens.items():
            if count is not None:
                self._tokens.labels(name, kind).observe(count)
        if usd:
            self._cost.labels(name).inc(usd)

    def add_request(self, outcome: Outcome) -> None:
        """Count a request of a client that has ended."""
        self._requests[outcome].inc()

    def add_fallback(self, source: str, target: str, reason: str) -> None:
        """Count a request that went on to another model."""
        self._fallbacks.labels(self.label(source), self.label(target), reason).inc()

    def add_overhead(self, seconds: float) -> None:
        """Count what the gateway itself took of a request."""
        self._overhead.observe(seconds)

    def requests_in_flight(self) -> int:
        """How many requests are being answered."""
        return int(self.registry.get_sample_value("harness_in_flight_requests") or 0)

    def text(self) -> bytes:
        """All of it as Prometheus reads it."""
        return generate_latest(self.registry)


class _States(Collector):
    """What is so now is looked up when it is asked for."""

    def __init__(self, state: Callable[[], State]) -> None:
        self._state = state

    def describe(self) -> list[Metric]:
        """Nothing: a registry that asks for all before the gateway is whole gets no answer."""
        return []

    def collect(self) -> list[Metric]:
        """Who is left alone or tried last, what is left of budgets, and what was not written."""
        state = self._state()
        resting = {
            "harness_cooldown_active": ("1 while a model is left alone.", state.cooling),
            "harness_demotion_active": ("1 while a model is tried last.", state.demoted),
        }
        families: list[Metric] = []
        for name, (text, models) in resting.items():
            families.append(family := GaugeMetricFamily(name, text, labels=["model"]))
            for model in models:
                family.add_metric([model], 1.0)
        left = GaugeMetricFamily("harness_budget_left_usd", "USD that may still be spent.", labels=["budget"])
        whole = GaugeMetricFamily("harness_budget_usd", "USD of a whole budget.", labels=["budget"])
        for name, spending in state.budgets.items():
            left.add_metric([name], spending.left)
            whole.add_metric([name], spending.usd)
        lost = "Calls that were not written down."
        families += [
            left,
            whole,
            CounterMetricFamily("harness_observations_dropped", lost, state.not_written),
        ]
        return families
