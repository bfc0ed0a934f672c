"""A rules file as a model that can be measured: each request goes where the rules send its task type."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import perf_counter

from harness.engines.base import file_revision
from harness.errors import AllModelsFailed, ConfigError, ModelUnavailable, UnknownName
from harness.records import Completion, Failure, ModelSpec, Request, Throughput
from harness.routing.router import Router
from harness.rules.file import load_rules
from harness.rules.ruleset import RuleSet
from harness.words import counted


class Routed:
    """The router over the file at ``spec.path``. ``notes`` of an answer name the model that gave it.

    What an answer cost is what the calls for it cost, by the prices in the file.
    """

    concurrency = 8
    threads = beside = 0
    throughput: Throughput | None = None

    def __init__(self, spec: ModelSpec) -> None:
        self.revision: str | None = None
        self._path = Path(spec.path or "routing_rules.yaml")
        self._router: Router | None = None

    async def check(self) -> str:
        """Read the rules and count them."""
        rules = self._rules()
        return f"{counted(len(rules.rules), 'rule')} for {counted(len(rules.models), 'model')}"

    async def open(self) -> float:
        """Read the rules; models are opened when they are first asked. Raises ``ModelUnavailable``."""
        start = perf_counter()
        self._router = Router(self._rules())
        self.revision = file_revision(self._path)
        return perf_counter() - start

    async def complete(self, request: Request) -> Completion:
        """The answer of the model that the rules choose, or of one of those behind it."""
        assert self._router is not None
        try:
            routed = await self._router.run(
                request.messages,
                request.task_type or None,
                max_tokens=request.max_tokens,
                temperature=request.temperature,
                like=request,
            )
        except (AllModelsFailed, UnknownName) as error:
            return Completion(failure=Failure("no_route", str(error)))
        costs = [attempt.cost_usd for attempt in routed.attempts if attempt.failure is None]
        return replace(
            routed.completion,
            billed_usd=costs[-1],
            notes={**routed.completion.notes, "routed_to": routed.model},
        )

    async def close(self) -> None:
        """Close the engines that were opened."""
        if self._router is not None:
            await self._router.close()

    def _rules(self) -> RuleSet:
        try:
            rules = load_rules(self._path)
        except (ConfigError, OSError) as error:
            raise ModelUnavailable(f"{self._path}: {error}") from None
        if any(provider.engine.routes for provider in rules.providers):
            raise ModelUnavailable(f"{self._path}: a provider of these rules is a rules file itself")
        return rules
