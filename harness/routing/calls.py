"""Asking one model of the rules, and what is remembered of it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from harness.engines.base import Engine
from harness.errors import HarnessError
from harness.models.pricing import cost_of
from harness.observationrow import Observation
from harness.records import Completion, Failure, ModelSpec, Price, Request
from harness.rules.ruleset import Provider, RoutedModel

Validate = Callable[[str], float | bool]
VALID_FROM = 0.5


@dataclass(frozen=True, slots=True)
class Link:
    """A model of a chain; ``cpu`` keeps it off the GPU, where it always works."""

    model: str
    cpu: bool = False

    def __str__(self) -> str:
        return f"{self.model} on the CPU" if self.cpu else self.model


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call. ``value`` is how good the answer was, 0..1; ``score`` only where it was judged."""

    link: Link
    completion: Completion
    failure: Failure | None
    value: float
    score: float | None
    cost_usd: float | None
    seconds: float
    at: str


Ask = Callable[[Link], Awaitable[Attempt]]


@dataclass(frozen=True, slots=True)
class CallLabel:
    """What kind of work a call is."""

    task_type: str
    role: str = ""
    difficulty: str = ""


class Fleet:
    """The engines of the models that were asked, opened when they are first needed."""

    def __init__(self, build: Callable[[ModelSpec], Engine]) -> None:
        self._build = build
        self._open: dict[Link, Engine] = {}

    async def ask(
        self,
        link: Link,
        model: RoutedModel,
        provider: Provider,
        request: Request,
        validate: Validate | None = None,
    ) -> Attempt:
        """One request to one model. Never raises: what goes wrong is the attempt's failure."""
        spec = spec_of(model, provider, link.cpu)
        began, at = time.perf_counter(), datetime.now(UTC).isoformat(timespec="milliseconds")
        try:
            engine = await self._engine(link, spec)
            completion = await engine.complete(request)
        except HarnessError as error:
            completion = Completion(failure=Failure("unavailable", str(error), fatal=True))
        except Exception as error:  # an engine's own mistake costs its model the request, not the caller
            completion = Completion(failure=Failure("engine_crash", f"{type(error).__name__}: {error}"))
        score, failure = None, completion.failure
        if failure is None:
            score, failure = _judged(completion.output, validate)
        value = 0.0 if failure else 1.0 if score is None else score
        cost = cost_of(spec, completion).usd if completion.failure is None else None
        return Attempt(link, completion, failure, value, score, cost, time.perf_counter() - began, at)

    async def close(self) -> None:
        """Close what is open."""
        engines, self._open = list(self._open.values()), {}
        for engine in engines:
            await engine.close()

    async def _engine(self, link: Link, spec: ModelSpec) -> Engine:
        if link not in self._open:
            engine = self._build(spec)
            await engine.open()
            self._open[link] = engine
        return self._open[link]


def spec_of(model: RoutedModel, provider: Provider, cpu: bool = False) -> ModelSpec:
    """A model of the rules as engines know it."""
    spec = ModelSpec(
        id=model.id,
        engine=provider.kind,
        provider=provider.id,
        base_url=provider.base_url,
        api_key_env=provider.api_key_env,
        model=model.upstream_name,
        path=model.gguf_path,
        context=model.context_window,
        price=Price(
            input=model.price_in_per_1m,
            output=model.price_out_per_1m,
            cached_input=model.price_cached_per_1m,
        ),
        quantization=model.quantization,
    )
    return replace(spec, params={"n_gpu_layers": 0}) if cpu else spec


def observation(attempt: Attempt, label: CallLabel) -> Observation:
    """The row that a call leaves."""
    done = attempt.completion
    counts = [n for n in (done.prompt_tokens, done.completion_tokens) if n is not None]
    return Observation(
        timestamp=attempt.at,
        model=attempt.link.model,
        role=label.role,
        task_category=label.task_type,
        task_difficulty=label.difficulty,
        score=None if attempt.score is None else attempt.score * 10,
        latency_ms=round((attempt.seconds if done.latency_s is None else done.latency_s) * 1000),
        token_count=sum(counts) if counts else None,
        cost_usd=attempt.cost_usd,
        success=attempt.failure is None,
        error=attempt.failure.kind if attempt.failure else None,
        ttft_ms=None if done.ttft_s is None else round(done.ttft_s * 1000),
        prompt_tokens=done.prompt_tokens,
        completion_tokens=done.completion_tokens,
    )


def _judged(output: str, validate: Validate | None) -> tuple[float | None, Failure | None]:
    """The score of an answer, and why it is refused if it is."""
    if not output.strip():
        return 0.0, Failure("invalid", "the answer is empty")
    if validate is None:
        return None, None
    try:
        score = min(1.0, max(0.0, float(validate(output))))
    except Exception as error:  # the caller's check cannot read the answer
        return 0.0, Failure("invalid", f"the answer cannot be checked: {type(error).__name__}: {error}")
    return score, None if score >= VALID_FROM else Failure("invalid", "the answer was refused")
