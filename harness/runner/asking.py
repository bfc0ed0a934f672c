"""Putting requests to models: what is in the cache, else the engine, within its limits and the budget."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace

from harness.engines.base import Engine
from harness.engines.gate import Gate
from harness.engines.retry import RetryPolicy, complete
from harness.models.enginekinds import kind_of
from harness.models.pricing import broken_usd
from harness.records import Completion, Failure, ModelSpec, RateLimits, Request
from harness.runner.budget import RunBudget
from harness.runner.cache import AnswerCache, key_of


@dataclass(frozen=True, slots=True)
class OpenModel:
    """A model that can be asked: its engine is open, and its gate admits requests."""

    spec: ModelSpec
    engine: Engine
    gate: Gate
    load_s: float


@dataclass(slots=True)
class Asker:
    """Asks all models of a run. ``alone``: one request at a time, whoever is asked."""

    budget: RunBudget = field(default_factory=lambda: RunBudget(None, {}))
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    cache: AnswerCache | None = None
    alone: bool = False
    _gates: dict[tuple[str | None, ...], Gate] = field(default_factory=dict)

    def gate(self, spec: ModelSpec, engine: Engine) -> Gate:
        """A local model's own gate, or the one that all models of a provider share."""
        if kind_of(spec.engine).local or kind_of(spec.engine).edits:
            return Gate(RateLimits(concurrency=1 if self.alone else engine.concurrency))
        limits = replace(spec.limits, concurrency=1) if self.alone else spec.limits
        return self._gates.setdefault((spec.provider, spec.base_url, spec.api_key_env), Gate(limits))

    async def answer(self, model: OpenModel, request: Request) -> Completion:
        """The answer that was given before to the same request, or a new one. Never raises."""
        if self.cache is None or kind_of(model.spec.engine).replays:
            return await self.ask(model, request)
        key = key_of(model.spec, model.engine.revision, request)
        cached = self.cache.get(key)
        if cached is not None:
            return cached
        completion = await self.ask(model, request)
        self.cache.put(key, completion)
        return completion

    async def ask(self, model: OpenModel, request: Request) -> Completion:
        """Ask, again if need be, each time within the budget."""
        attempts: list[Completion] = []

        async def attempt(request: Request) -> Completion:
            reserved = await self.budget.reserve(model.spec, request)
            if isinstance(reserved, Failure):
                return Completion(failure=reserved)
            completion = Completion()
            try:
                completion = await model.engine.complete(request)
            finally:
                await self.budget.settle(model.spec, reserved, completion)
            attempts.append(completion)
            return completion

        done = await complete(attempt, request, model.gate, self.retry, asyncio.sleep)
        broken = [one for one in attempts[:-1] if one.chunks]
        if not broken:
            return done
        return replace(done, broken_usd=broken_usd(model.spec, broken, done.prompt_tokens))
