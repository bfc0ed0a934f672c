"""What all requests of one gateway share: the rules, who cools, what was spent, and what is measured."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from harness.errors import HarnessError, UnknownName
from harness.models.pricing import cost_of
from harness.monitor.incidents import Journal, demoted
from harness.names import nearest
from harness.observationrow import Observation
from harness.records import Completion
from harness.results.locations import ResultsLocation
from harness.results.observations import read_observations
from harness.results.outbox import local_folder
from harness.routing.calls import Attempt, Link, spec_of
from harness.routing.policies import POLICIES
from harness.routing.router import Router
from harness.routing.selection import Choice
from harness.rules.changes import changes
from harness.rules.file import load_rules
from harness.rules.learning import CallRecords, learn
from harness.rules.ruleset import CallPolicy, Provider, RoutedModel, RuleSet
from harness.serve.callers import Callers, load_callers
from harness.serve.cooldowns import Cooldowns
from harness.serve.default_rule import with_default
from harness.serve.ledger import Ledger
from harness.serve.live import Live, Outcome, Rest, State
from harness.serve.local import LocalCall, LocalModels
from harness.serve.metrics import Metrics
from harness.serve.pool import Connections
from harness.serve.requests import AUTO, ClientRequest
from harness.serve.targets import target_of
from harness.serve.texts import KeptTexts
from harness.serve.upstream import Call, HttpCall, Limits

_ONE_TOKEN = Completion(prompt_tokens=1, completion_tokens=1)
_RATED = 10_000  # answers that callers may still judge
_KEEPING_S = 1.0


@dataclass(frozen=True, slots=True)
class GatewayOptions:
    """How a gateway is started."""

    rules: Path
    results: ResultsLocation
    keys: Path | None = None
    policy: str | None = None
    seed: int = 0
    limits: Limits = field(default_factory=Limits)
    keep_texts: bool = False  # of the last requests, for the page
    preload: bool = False  # models of this machine, before the first request
    rebuild_every: int = 0  # calls after which the rules count them in; 0: when they are read anew
    explore_usd: float | None = None  # a day, that exploring may cost beyond the rules' own choices


@dataclass(frozen=True, slots=True)
class Route:
    """Who may answer a request, in order, and by which rule; a named model answers by none."""

    links: tuple[Link, ...]
    task_type: str
    policy: CallPolicy
    choice: Choice | None = None
    params: Mapping[str, float] = field(default_factory=dict)  # of the rule, where the client says nothing

    @property
    def rule(self) -> str:
        """The id of the rule; empty where the client named a model."""
        return self.choice.rule if self.choice else ""


@dataclass(frozen=True, slots=True)
class _Learned:
    """What is on disk: a router that has learned from all calls, by the rules of the file."""

    file: RuleSet
    callers: Callers
    router: Router
    records: CallRecords


class Gateway:
    """It has read its rules when it is made; then ``open`` it. ``close`` drains what is written.

    ``tell`` is given a line for the log where rules change.
    """

    def __init__(self, options: GatewayOptions, tell: Callable[[str], None] = lambda line: None) -> None:
        self.options = options
        self.cooldowns = Cooldowns(time.monotonic)
        self.live = Live()
        self.texts = KeptTexts() if options.keep_texts else None
        self._tell = tell
        self._rated: OrderedDict[str, tuple[str, Observation]] = (
            OrderedDict()
        )  # by request: its rule and call
        self.connections = Connections()
        self._keeper: asyncio.Task[None] | None = None
        self._described: dict[str, tuple[RoutedModel, Provider]] = {}  # also those of calls under way
        self.local = LocalModels()
        self.callers = Callers(None)
        learned = self._read()
        self._file, self._records = learned.file, learned.records
        rules = self._learned() if options.rebuild_every else learned.file
        self._use(rules, self._router_of(rules, learned.router), learned.callers)
        self._journal, self._journal_seen = Journal(local_folder(options.results)), (0, 0)
        self.follow()
        self.metrics = Metrics(self.router.models, self.state)
        self.ledger = Ledger(options.results)

    def _read(self) -> _Learned:
        """Rules, keys and all calls, as they are on disk. Raises ``HarnessError``."""
        rules, callers = with_default(load_rules(self.options.rules)), load_callers(self.options.keys)
        calls = read_observations(self.options.results)
        router = self._router_of(rules)
        router.observe_earlier(calls)
        return _Learned(rules, callers, router, CallRecords(calls, datetime.now(UTC)))

    def _router_of(self, rules: RuleSet, earlier: Router | None = None) -> Router:
        policy = POLICIES[self.options.policy]() if self.options.policy else None
        router = Router(rules, policy, self.options.seed, explore_usd=self.options.explore_usd)
        if earlier is not None:
            router.go_on_from(earlier)
        return router

    def _use(self, rules: RuleSet, router: Router, callers: Callers) -> None:
        """Route by these from now on."""
        self.rules, self.router, self.callers = rules, router, callers
        self.types = frozenset(rule.task_type for rule in rules.rules) - {"*"}
        self._described |= {m.id: (m, router.providers[m.provider]) for m in rules.models}
        self._specs = {name: spec_of(*described) for name, described in self._described.items()}
        for spec in self._specs.values():
            cost_of(spec, _ONE_TOKEN)  # the snapshot of prices is read before the first request, not in it
        self._since = 0  # calls

    def _learned(self) -> RuleSet:
        return learn(self._file, self._records, datetime.now(UTC))

    async def reload(self) -> list[str]:
        """Read rules, keys and calls anew, and rebuild the rules; what changed, a line each.

        Raises ``HarnessError``: then nothing has.
        """
        before, earlier = self.rules, self.router
        read = await asyncio.to_thread(self._read)
        self._file, self._records = read.file, read.records
        read.router.health, read.router.demoted = earlier.health, earlier.demoted
        read.router.exploring = earlier.exploring
        read.callers.go_on_from(self.callers)
        rules = await asyncio.to_thread(self._learned)
        self._use(rules, self._router_of(rules, read.router), read.callers)
        self.metrics.models = frozenset(self.router.models)
        return changes(before, rules)

    def rebuild(self) -> list[str]:
        """Count the calls since the rules were read into them; what changed, a line each."""
        return self._adopt(self._learned())

    def _adopt(self, rules: RuleSet) -> list[str]:
        before = self.rules
        self._use(rules, self._router_of(rules, self.router), self.callers)
        return changes(before, rules)

    @property
    def rebuild_due(self) -> bool:
        """Whether there were so many calls that the rules are to be rebuilt."""
        return 0 < self.options.rebuild_every <= self._since

    def follow(self) -> list[str]:
        """Demote the models whose incidents the monitor has confirmed; who is demoted, and who is back."""
        seen = self._journal.state()
        if seen == self._journal_seen:
            return []
        self._journal_seen = seen
        before, now = self.router.demoted, demoted(self._journal.cases().values())
        self.router.demoted = now
        gone = [f"{model} is a stand-in only: {why}" for model, why in now.items() if model not in before]
        return gone + [f"{model} is back" for model in before if model not in now]

    async def _keep(self) -> None:
        """Follow the monitor, and rebuild the rules when it is time to."""
        while True:
            await asyncio.sleep(_KEEPING_S)
            for line in self.follow():
                self._tell(line)
            if self.rebuild_due:
                for line in self._adopt(await asyncio.to_thread(self._learned)):
                    self._tell(f"rules: {line}")

    async def open(self) -> None:
        """Begin to watch over the rules."""
        self._keeper = asyncio.create_task(self._keep())

    async def preload(self, tell: Callable[[str], None]) -> None:
        """Load the models of this machine that rules name, those first that rules name first."""
        named = [
            name
            for rule in self.rules.rules
            for name in (
                rule.primary,
                *(f.model for f in rule.fallbacks),
                *(c.model for c in rule.candidates),
            )
        ]
        models = [self.router.models[name] for name in dict.fromkeys(named) if name in self.router.models]
        pairs = [(model, self.router.providers[model.provider]) for model in models]
        await self.local.preload((spec_of(m, p) for m, p in pairs if p.engine.loads), tell)

    async def close(self) -> None:
        """End connections, and write what waits."""
        if self._keeper is not None:
            self._keeper.cancel()
        self.connections.close()
        await self.local.close()
        await asyncio.to_thread(self.ledger.close)

    def route(self, request: ClientRequest) -> Route:
        """Who may answer. Raises ``UnknownName``, or ``HarnessError`` where no budget is left for anybody."""
        name = request.model
        if name in self.router.models:
            task_type = request.task_type if request.task_type in self.types else None
            return Route((Link(name),), task_type or "", self.rules.policy)
        if name == AUTO:
            name = request.task_type or self.router.recognise(request.text, request.metadata)
        elif name not in self.types:
            names = (AUTO, *self.types, *self.router.models)
            raise UnknownName(f"no model and no task type is called {name!r:.100}{nearest(name, names)}")
        choice = self.router.select_model(name, request.tokens)
        links: dict[str, Link] = {}
        for link in self.router.chain(choice, request.tokens):
            links.setdefault(link.model, link)
        if not links:
            raise HarnessError(f"{self.router.spending}; no model is known to cost no more than that")
        rule = next(rule for rule in self.rules.rules if rule.id == choice.rule)
        policy = rule.policy or self.rules.policy
        return Route(tuple(links.values()), choice.task_type, policy, choice, rule.params)

    def call(self, link: Link, request: ClientRequest, route: Route) -> Call:
        """A call of a model, not begun yet."""
        model, provider = self._described[link.model]
        request = request.with_defaults(route.params)
        if provider.engine.loads:
            return LocalCall(self.local, spec_of(model, provider, link.cpu), request)
        base = (provider.base_url or "https://api.openai.com/v1").rstrip("/")
        return HttpCall(
            connections=self.connections,
            target=target_of(f"{base}/{request.kind}"),
            body=request.sent(model.upstream_name),
            stream=request.stream,
            who=urlsplit(base).netloc.rpartition("@")[2],
            key_env=provider.api_key_env,
            keep_usage=request.wants_usage,
            idle_s=self.options.limits.idle_s,
        )

    def window(self, model: str) -> float:
        """Tokens that a model has room for; endless where nobody knows."""
        return self._described[model][0].context_window or float("inf")

    def cost(self, link: Link, attempt: Attempt) -> float | None:
        """USD of an answer; ``None`` where nobody knows."""
        return cost_of(self._specs[link.model], attempt.completion).usd

    def count(self, attempt: Attempt, call: Observation, rule: str) -> None:
        """Remember a call: for the rules, the measures, the page and the disk."""
        self._records.add(call, call.moment)
        self._since += 1
        if not call.cancelled:
            if rule:
                self.router.observe(rule, attempt)
            elif self.router.spending is not None:
                self.router.spending.add(attempt.cost_usd or 0.0)
        tokens: Mapping[str, int | None] = {"input": call.prompt_tokens, "output": call.completion_tokens}
        first_s = attempt.completion.ttft_s
        error = "cancelled" if call.cancelled else call.error or ""
        self.metrics.add_call(call.model, attempt.seconds, first_s, error, tokens, call.cost_usd)
        self.ledger.add(call)
        self.live.add(call)
        if call.success and call.request_id:
            self._rated[call.request_id] = (rule, call)
            if len(self._rated) > _RATED:
                self._rated.popitem(last=False)

    def rate(self, request_id: str, score: float) -> None:
        """A caller's judgement of an answer, 0..1, in place of what was known. Raises ``UnknownName``."""
        if request_id not in self._rated:
            raise UnknownName(f"no answer of late is called {request_id!r:.60}")
        rule, call = self._rated[request_id]
        rated = replace(call, score=score * 10)
        self._rated[request_id] = (rule, rated)
        if rule:
            self.router.judge(rule, call.model, score, call.value)
        self._records.add(call, call.moment, times=-1)
        self._records.add(rated, call.moment)
        self.ledger.add(rated)

    def ended(self, outcome: Outcome) -> None:
        """Count a request that has ended."""
        self.metrics.add_request(outcome)
        self.live.add_request(outcome)

    def fell_back(self, source: str, target: str, reason: str) -> None:
        """Count a request that goes on to another model."""
        self.metrics.add_fallback(source, target, reason)
        self.live.fallbacks += 1

    def state(self) -> State:
        """What is so now."""
        now, active = self.router.clock(), self.cooldowns.active()
        sick = {
            name: Rest(health.demoted_until - now, health.why)
            for name, health in self.router.health.items()
            if health.demoted(now)
        }
        budgets = {} if self.router.spending is None else {"all": self.router.spending}
        return State(
            cooling={name: Rest(cooldown.until, cooldown.reason) for name, cooldown in active.items()},
            demoted=sick | {name: Rest(None, why) for name, why in self.router.demoted.items()},
            budgets=budgets | self.callers.budgets(),
            not_written=self.ledger.dropped,
        )

    def shown(self) -> dict[str, Any]:
        """All that the page shows."""
        state = self.state()
        return {
            **self.live.shown(),
            "cooling": {name: asdict(rest) for name, rest in state.cooling.items()},
            "demoted": {name: asdict(rest) for name, rest in state.demoted.items()},
            "budgets": {name: str(spending) for name, spending in state.budgets.items()},
            "loaded": self.local.loaded(),
            "in_flight": self.metrics.requests_in_flight(),
            "not_written": state.not_written,
            "texts": self.texts is not None,
        }
