"""The router: which model gets a request, from the rules and from what real calls taught since."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from harness.engines import build_engine
from harness.engines.base import Engine
from harness.engines.gate import Sleep
from harness.errors import AllModelsFailed
from harness.messages import Message
from harness.observationrow import Observation
from harness.records import Completion, ModelSpec, Request
from harness.routing.calls import Ask, Attempt, CallLabel, Fleet, Link, Validate, observation
from harness.routing.health import Health
from harness.routing.policies import BanditPolicy, BestKnown, State
from harness.routing.rotation import Rotation
from harness.routing.rule_index import RuleIndex
from harness.routing.selection import Choice, PreparedRule, Requirements, choice_of, last, why
from harness.routing.spending import Spending
from harness.rules.confidence import good_answers
from harness.rules.ruleset import WITHIN_S, RuleSet, SpeedClass, SpendingLimit

if TYPE_CHECKING:
    from numpy.random import Generator

ALTERNATIVES = 3
PRIOR_TASKS = 30.0  # tasks that the tournament weighs beside real calls
_FAR = float("inf")


@dataclass(frozen=True, slots=True)
class RoutedAnswer:
    """An answer, whose it is, what was chosen first, and every call that was made; the last one answered."""

    completion: Completion
    model: str
    choice: Choice
    attempts: tuple[Attempt, ...]


class Router:
    """Chooses among the models of a rules file. The same seed and calls give the same choices."""

    def __init__(
        self,
        rules: RuleSet,
        policy: BanditPolicy | None = None,
        seed: int = 0,
        budget_usd: float | None = None,
        explore_usd: float | None = None,
        log: Callable[[Observation], None] | None = None,
        build: Callable[[ModelSpec], Engine] = build_engine,
        clock: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """``policy`` explores (default: never). A model must fit into what is left of the budget.

        ``budget_usd`` goes before the budget of the rules' policy; ``explore_usd`` is what exploring may cost
        in a day beyond the rules' own choice. ``log`` is given every call; ``build`` makes the engines.
        """
        budget = rules.policy.budget if budget_usd is None else SpendingLimit(budget_usd)
        self.rules = rules
        self.models, self.providers = {m.id: m for m in rules.models}, {p.id: p for p in rules.providers}
        self.spending = None if budget is None else Spending(budget)
        self.clock = clock
        self._policy = policy
        self._seed = seed
        self._index = RuleIndex(rules, PRIOR_TASKS)
        self._states = {name: m.prior for name, m in self._index.by_id.items()}  # of answers that were judged
        self._answers = {name: m.answered for name, m in self._index.by_id.items()}  # of calls
        self.health: dict[str, Health] = {}
        self.demoted: Mapping[str, str] = {}  # models that are stand-ins only, and why
        self.exploring = None if explore_usd is None else Spending(SpendingLimit(explore_usd, "day"))
        self._asked = 0
        self._log = log
        self._fleet = Fleet(build)
        self._rotation = Rotation(random.Random(seed), clock, sleep)

    def select_model(
        self,
        task_type: str,
        context_size: int = 0,
        speed_requirement: SpeedClass = "balanced",
        cost_constraint: float | None = None,
        quality_threshold: float | None = None,
    ) -> Choice:
        """The model for a request of ``context_size`` tokens that may cost ``cost_constraint`` USD.

        Raises ``UnknownName`` when neither the task type nor a default has a rule with models.
        """
        prepared, explanation = self._index.find(task_type, context_size)
        within = WITHIN_S.get(speed_requirement, _FAR)
        requirements = self._requirements(prepared, context_size, within, cost_constraint, quality_threshold)
        options = prepared.options
        arms = requirements.met_by(prepared, speed_requirement)
        if not arms:
            return self._fallback(prepared, requirements, speed_requirement)
        sick = self._sick()
        arms = last(sick, prepared, arms)
        if self._policy is not None:
            well = [arm for arm in arms if options[arm].model not in sick] or arms
            arms = self._explored(prepared, well) + arms[len(well) :]
        first = options[arms[0]]
        others = tuple(options[i].model for i in arms[1 : 1 + ALTERNATIVES])
        return choice_of(
            prepared, first, others, explanation + why(prepared, first, speed_requirement, self._policy)
        )

    def chain(
        self, choice: Choice, context_size: int = 0, cost_constraint: float | None = None
    ) -> list[Link]:
        """Every model that may answer, in order: the choice, others that fit, a local one on the CPU.

        None of them is expected to cost more than is left of the budget.
        """
        prepared = self._index.by_id[choice.rule]
        requirements = self._requirements(prepared, context_size, _FAR, cost_constraint, None)
        arms = requirements.met_by(prepared, "balanced")
        rest = [prepared.options[i].model for i in last(self._sick(), prepared, arms)]
        left = _FAR if self.spending is None else self.spending.left
        paid = {option.model for option in prepared.options if option.cost <= left}
        names = [m for m in dict.fromkeys([choice.model, *choice.alternatives, *rest]) if m in paid]
        every = [option.model for _, option in prepared.ordered["balanced"]] + list(self.models)
        local = [m for m in every if self.providers[self.models[m].provider].engine.loads]
        return [*map(Link, names), *(Link(name, cpu=True) for name in local[:1])]

    async def run(
        self,
        prompt: str | Sequence[Message],
        task_type: str | None = None,
        *,
        metadata: Mapping[str, str] | None = None,
        context_size: int | None = None,
        speed_requirement: SpeedClass = "balanced",
        cost_constraint: float | None = None,
        quality_threshold: float | None = None,
        role: str = "",
        difficulty: str = "",
        max_tokens: int = 512,
        temperature: float = 0.0,
        validate: Validate | None = None,
        like: Request | None = None,
    ) -> RoutedAnswer:
        """Ask the chosen model, and others in turn until one answers; every call is an observation.

        ``validate`` rates an answer, 0..1; below one half it is refused and the next model is
        asked. Without a ``task_type`` the rules' metadata and keywords find it; without a ``context_size``
        four characters count as a token. ``like`` brings a request's images, seed and stop words. Raises
        ``AllModelsFailed`` with what was tried, ``UnknownName`` as ``select_model`` does.
        """
        messages = (Message("user", prompt),) if isinstance(prompt, str) else tuple(prompt)
        text = "\n".join(message.content for message in messages)
        size = len(text) // 4 if context_size is None else context_size
        if task_type is None:
            task_type = self.recognise(text, metadata)
        choice = self.select_model(task_type, size, speed_requirement, cost_constraint, quality_threshold)
        self._asked += 1
        prepared = self._index.by_id[choice.rule]
        params = prepared.rule.params
        request = replace(
            like or Request("", "", "", ()),
            sample_id=f"call-{self._asked}",
            messages=messages,
            max_tokens=int(params.get("max_tokens", max_tokens)),
            temperature=params.get("temperature", temperature),
            timeout_s=prepared.policy.timeout_s,
        )
        chain = self.chain(choice, size, cost_constraint)
        if not chain and self.spending is not None:
            raise AllModelsFailed(f"{self.spending}; no model is known to cost no more than that")
        label = CallLabel(choice.task_type, role, difficulty)
        attempts = await self._rotation.answer(chain, request, self._ask(request, choice, label, validate))
        return RoutedAnswer(attempts[-1].completion, attempts[-1].link.model, choice, tuple(attempts))

    def recognise(self, prompt: str, metadata: Mapping[str, str] | None = None) -> str:
        """The task type that the rules' metadata and keywords say a request is; ``*`` when none does."""
        return self._index.recognise(prompt, metadata or {})

    def _ask(self, request: Request, choice: Choice, label: CallLabel, validate: Validate | None) -> Ask:
        async def ask(link: Link) -> Attempt:
            model = self.models[link.model]
            attempt = await self._fleet.ask(link, model, self.providers[model.provider], request, validate)
            self.observe(choice.rule, attempt)
            if self._log is not None:
                self._log(observation(attempt, label))
            return attempt

        return ask

    def observe(self, rule: str, attempt: Attempt) -> None:
        """Count a call: its cost, what it says of the model, and whether the model is still well."""
        if self.spending is not None:
            self.spending.add(attempt.cost_usd or 0.0)
        busy = attempt.failure is not None and attempt.failure.kind == "rate_limit"
        if not busy and rule in self._index.by_id:
            judged = None if attempt.score is None else attempt.value
            self._count(rule, attempt.link.model, judged, answered=attempt.failure is None)
            health = self._watched(self._index.by_id[rule], attempt.link.model)
            health.add(attempt.value, attempt.completion.latency_s, self.clock())

    def observe_earlier(self, calls: Iterable[Observation]) -> None:
        """Count calls of another time: what they say of the models, and what they cost."""
        calls = list(calls)
        for call in calls:
            if not call.cancelled and call.error != "rate_limit" and call.rule in self._index.by_id:
                self._count(call.rule, call.model, call.value, answered=call.success)
        if self.spending is not None:
            self.spending.add_calls(calls)

    def judge(self, rule: str, model: str, value: float, before: float | None) -> None:
        """How good an answer was, 0..1, that was counted as ``before`` (``None``: nobody had judged it)."""
        if before is None:
            self._add(self._states, rule, model, value)
        elif (arm := self._arm(rule, model)) is not None:
            self._states[rule] = self._states[rule].corrected(arm, before, value)

    def go_on_from(self, earlier: Router) -> None:
        """Take over what an earlier router knows of the same models in the same rules, and what it spent."""
        for name, prepared in self._index.by_id.items():
            if (old := earlier._index.by_id.get(name)) is not None:
                before = [option.model for option in old.options]
                places = [before.index(o.model) if o.model in before else None for o in prepared.options]
                self._states[name] = self._states[name].continued(earlier._states[name], places)
                self._answers[name] = self._answers[name].continued(earlier._answers[name], places)
        self.health, self.demoted = earlier.health, earlier.demoted
        self.spending, self.exploring = earlier.spending, earlier.exploring

    async def close(self) -> None:
        """Close the engines that were opened."""
        await self._fleet.close()

    def learn(self, task_type: str, model: str, value: float) -> None:
        """Count a real call that was answered and judged, with a value of 0..1."""
        self._count(self._index.find(task_type)[0].rule.id, model, value, answered=True)

    def state(self, task_type: str) -> State:
        """What is known of the models of a task type."""
        return self._state_of(self._index.find(task_type)[0].rule.id)

    def watched(self, task_type: str, model: str) -> Health:
        """The health of a model; made when it is first asked for."""
        return self._watched(self._index.find(task_type)[0], model)

    def _count(self, rule: str, model: str, value: float | None, *, answered: bool) -> None:
        """Count a call; ``value`` is ``None`` where nobody judged it."""
        self._add(self._answers, rule, model, float(answered))
        if value is not None:
            self._add(self._states, rule, model, value)

    def _add(self, states: dict[str, State], rule: str, model: str, value: float) -> None:
        if (arm := self._arm(rule, model)) is not None:
            states[rule] = (self._policy or BestKnown()).observe(states[rule], arm, value)

    def _arm(self, rule: str, model: str) -> int | None:
        prepared = self._index.by_id.get(rule)
        options = prepared.options if prepared else ()
        return next((i for i, option in enumerate(options) if option.model == model), None)

    def _state_of(self, rule: str) -> State:
        """How often the models answer well. Where nobody was ever judged, how often they answer."""
        good, answered = self._states[rule], self._answers[rule]
        if not any(good.passed) and not any(good.failed):
            return answered
        if not any(answered.failed):
            return good
        of_answers = zip(good.passed, good.failed, strict=True)
        of_calls = zip(answered.passed, answered.failed, strict=True)
        return State.of([good_answers(*both) for both in zip(of_answers, of_calls, strict=True)])

    def _watched(self, prepared: PreparedRule, model: str) -> Health:
        if model not in self.health:
            option = next((o for o in prepared.options if o.model == model), None)
            measured = option is not None and option.quality > 0
            seconds = option.seconds if option is not None and option.seconds < _FAR else None
            self.health[model] = Health(option.quality if option and measured else None, seconds)
        return self.health[model]

    # --- choosing ------------------------------------------------------------

    @cached_property
    def _rng(self) -> Generator:
        import numpy as np

        return np.random.default_rng(self._seed)

    def _requirements(
        self,
        prepared: PreparedRule,
        context: float,
        seconds: float,
        cost: float | None,
        quality: float | None,
    ) -> Requirements:
        policy = prepared.policy
        left = _FAR if self.spending is None else self.spending.left
        cap = min([left, *(limit for limit in (cost, policy.max_cost_per_request) if limit is not None)])
        return Requirements(context, seconds, cap, quality or 0.0, policy.min_tps or 0.0)

    def _sick(self) -> set[str]:
        """Models that are tried last: they were demoted, or did badly of late."""
        now = self.clock()
        return {*self.demoted, *(name for name, health in self.health.items() if health.demoted(now))}

    def _explored(self, prepared: PreparedRule, arms: list[int]) -> list[int]:
        """The arms, first the one that the policy tries; the first of ``arms`` is the rules' own choice."""
        assert self._policy is not None
        state = self._state_of(prepared.rule.id)
        if len(arms) == len(prepared.options):
            chosen = self._policy.choose(state, self._rng)
        else:
            chosen = arms[self._policy.choose(state.only(arms), self._rng)]
        if chosen != arms[0] and self.exploring is not None:
            cost, own = prepared.options[chosen].cost, prepared.options[arms[0]].cost
            extra = cost - own if cost > own else 0.0
            chosen = chosen if extra <= self.exploring.left else arms[0]
            self.exploring.add(extra if chosen != arms[0] else 0.0)
        return [chosen, *(arm for arm in arms if arm != chosen)]

    def _fallback(self, prepared: PreparedRule, requirements: Requirements, speed: str) -> Choice:
        """Nothing qualifies: room and cost count most, then health, speed if asked for, the rule's order."""
        sick = self._sick()
        order = sorted(
            prepared.ordered["ultra_fast" if speed in WITHIN_S else "balanced"],
            key=lambda arm: (
                arm[1].context < requirements.context,
                arm[1].cost > requirements.cost,
                arm[1].model in sick,
            ),
        )
        first = order[0][1]
        others = tuple(option.model for _, option in order[1 : 1 + ALTERNATIVES])
        reason = f"fallback: {requirements.missing(prepared.options)}; {first.model} comes closest"
        return choice_of(prepared, first, others, reason, is_fallback=True)
