"""What an orchestration costs, takes and yields: by the rules, by one model for all, in a single call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil, prod
from typing import Literal

from harness.planning.workflow_file import SingleCall, Workflow, WorkflowRole
from harness.rules.ruleset import Candidate, RoutedModel, Rule, RuleSet

Source = Literal["file", "prices", "measured", "unknown"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and where it is from; ``None`` is unknown."""

    value: float | None = None
    source: Source = "unknown"


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a role: USD, seconds, and the share of such tasks that the model passes, with its bounds.

    ``model`` is ``None`` where no rule decides.
    """

    role: str
    count: int
    model: str | None
    usd: Figure
    seconds: Figure
    quality: float | None = None
    low: float | None = None
    high: float | None = None
    tasks: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Arm:
    """A way to do the work. ``path`` are the roles that the end waits for, in order."""

    name: str
    calls: tuple[Call, ...]
    path: tuple[str, ...]
    seconds: float | None  # along the path; ``None`` where the time of a role is unknown

    @property
    def count(self) -> int:
        """All calls."""
        return sum(call.count for call in self.calls)

    @property
    def usd(self) -> float:
        """Of all calls whose price is known."""
        return sum(call.count * (call.usd.value or 0.0) for call in self.calls)

    @property
    def unpriced(self) -> int:
        """Calls whose price nobody knows."""
        return sum(call.count for call in self.calls if call.usd.value is None)

    @property
    def measured(self) -> tuple[Call, ...]:
        """Calls of which quality was measured."""
        return tuple(call for call in self.calls if call.quality is not None)

    @property
    def succeeding(self) -> tuple[float, float, float] | None:
        """Calls expected to succeed, and if all qualities lay at an end of their intervals.

        ``None`` unless all were measured.
        """
        if len(self.measured) < len(self.calls):
            return None
        of = [(call.count, call.quality or 0.0, call.low or 0.0, call.high or 1.0) for call in self.calls]
        return (
            sum(n * quality for n, quality, _, _ in of),
            sum(n * low for n, _, low, _ in of),
            sum(n * high for n, _, _, high in of),
        )

    @property
    def all_succeed(self) -> float | None:
        """The chance that every call succeeds, if failures are independent; ``None`` unless measured."""
        if len(self.measured) < len(self.calls):
            return None
        return prod((call.quality or 0.0) ** call.count for call in self.calls)


@dataclass(frozen=True, slots=True)
class PutBack:
    """What changes when one role goes back to the one model for all: USD, calls that succeed, seconds."""

    role: str
    usd: float | None
    succeeding: float | None
    seconds: float | None


@dataclass(frozen=True, slots=True)
class WorkflowPlan:
    """All arms. ``put_back`` are the roles whose model differs between the first two."""

    workflow: Workflow
    routed: Arm
    baseline: Arm | None
    single: Arm | None
    put_back: tuple[PutBack, ...]

    @property
    def _priced(self) -> list[tuple[Call, Call]]:
        """Calls by the rules and by the baseline whose price both know."""
        pairs = zip(self.routed.calls, self.baseline.calls if self.baseline else (), strict=False)
        return [(a, b) for a, b in pairs if a.usd.value is not None and b.usd.value is not None]

    @property
    def compared(self) -> int:
        """Calls that both arms can price."""
        return sum(ours.count for ours, _ in self._priced)

    @property
    def compared_usd(self) -> tuple[float, float]:
        """What these cost by the rules and by the baseline."""
        return (
            sum(ours.count * (ours.usd.value or 0.0) for ours, _ in self._priced),
            sum(other.count * (other.usd.value or 0.0) for _, other in self._priced),
        )

    @property
    def saving(self) -> float | None:
        """The share of the baseline's cost that the rules save on these; ``None`` where there is nothing."""
        ours, theirs = self.compared_usd
        return 1 - ours / theirs if theirs else None


def plan_workflow(workflow: Workflow, rules: RuleSet | None) -> WorkflowPlan:
    """Reckon every arm that the file and the rules allow."""
    figures = _Figures(workflow, rules)
    ordered = workflow.ordered()
    name = "as written" if all(role.model for role in workflow.roles) else "by the rules"
    routed = _arm(name, workflow, [figures.call(role, *figures.choose(role)) for role in ordered])
    baseline = None
    if workflow.baseline:
        calls = [figures.call(role, workflow.baseline, "one model for all") for role in ordered]
        baseline = _arm(f"{workflow.baseline} for all", workflow, calls)
    single = None
    if workflow.single:
        call = figures.single(workflow.single)
        single = Arm("a single call", (call,), (call.role,), call.seconds.value)
    back = tuple(_put_back(workflow, routed, baseline)) if baseline else ()
    return WorkflowPlan(workflow, routed, baseline, single, back)


class _Figures:
    """What is known of a model on a task type: from the file, the prices, the measurements."""

    def __init__(self, workflow: Workflow, rules: RuleSet | None) -> None:
        self.workflow = workflow
        whole = [rule for rule in (rules.rules if rules else ()) if not rule.context_tiers]
        self.rules: Mapping[str, Rule] = {rule.task_type: rule for rule in whole}
        self.models: Mapping[str, RoutedModel] = {
            model.id: model for model in (rules.models if rules else ())
        }

    def choose(self, role: WorkflowRole) -> tuple[str | None, str]:
        """The model of a role and why: set by the file, or by the rule of its task type."""
        if role.model:
            return role.model, "set in the file"
        rule = self.rules.get(role.task or "", self.rules.get("*"))
        if rule is None or rule.primary is None:
            return None, f"no rule: {rule.reason}" if rule else "no rule"
        return rule.primary, f"rule {rule.id}"

    def single(self, single: SingleCall) -> Call:
        role = WorkflowRole("everything", 1, single.task, (), single.prompt, single.max_tokens)
        return self.call(role, single.model or self.workflow.baseline, "a single call")

    def call(self, role: WorkflowRole, model: str | None, why: str) -> Call:
        """The figures of one call."""
        if model is None:
            return Call(role.name, role.count, None, Figure(), Figure(), why=why)
        rule = self.rules.get(role.task or "")
        measured = next((c for c in rule.candidates if c.model == model), None) if rule else None
        return Call(
            role=role.name,
            count=role.count,
            model=model,
            usd=self._usd(role, model, measured),
            seconds=self._seconds(role, model, measured),
            quality=measured.quality if measured else None,
            low=measured.quality_low if measured else None,
            high=measured.quality_high if measured else None,
            tasks=measured.n if measured else 0,
            why=why,
        )

    def _usd(self, role: WorkflowRole, model: str, measured: Candidate | None) -> Figure:
        given = self.workflow.models.get(model)
        if given and given.usd_per_call is not None:
            return Figure(given.usd_per_call, "file")
        routed = self.models.get(model)
        if routed and role.prompt and role.max_tokens:
            prices = (routed.price_in_per_1m, routed.price_out_per_1m)
            if prices[0] is not None and prices[1] is not None:
                return Figure((role.prompt * prices[0] + role.max_tokens * prices[1]) / 1e6, "prices")
        if measured and measured.cost_per_task_usd is not None:
            return Figure(measured.cost_per_task_usd, "measured")
        return Figure()

    def _seconds(self, role: WorkflowRole, model: str, measured: Candidate | None) -> Figure:
        """Of an answer of ``max_tokens`` where that is given, else of the median answer that was measured."""
        given, routed = self.workflow.models.get(model), self.models.get(model)
        if given and given.seconds is not None:
            return Figure(given.seconds, "file")
        tps = measured.tps if measured and measured.tps else routed.tps if routed else None
        if role.max_tokens and tps:
            return Figure((routed.ttft_s or 0.0 if routed else 0.0) + role.max_tokens / tps, "measured")
        if measured and measured.latency_p50_s is not None:
            return Figure(measured.latency_p50_s, "measured")
        return Figure()


def _arm(name: str, workflow: Workflow, calls: list[Call]) -> Arm:
    """With its critical path: the chain of needs that takes longest, and of those the one of most roles."""
    by_name = {call.role: call for call in calls}
    ends: dict[str, tuple[float, int]] = {}  # seconds, and roles until then
    before: dict[str, str | None] = {}
    for role in workflow.ordered():
        last = max(role.needs, key=lambda need: ends[need], default=None)
        rounds = ceil(role.count / (workflow.at_once or role.count))
        waited, roles = ends[last] if last else (0.0, 0)
        ends[role.name] = waited + rounds * (by_name[role.name].seconds.value or 0.0), roles + 1
        before[role.name] = last
    end = max(ends.values())
    seconds = end[0] if all(call.seconds.value is not None for call in calls) else None
    path: list[str] = []
    at: str | None = next(name for name in ends if ends[name] == end)
    while at is not None:
        path.insert(0, at)
        at = before[at]
    return Arm(name, tuple(calls), tuple(path), seconds)


def _put_back(workflow: Workflow, routed: Arm, baseline: Arm) -> Iterator[PutBack]:
    """Each role in turn that differs between the arms."""
    for index, (ours, other) in enumerate(zip(routed.calls, baseline.calls, strict=True)):
        if ours.model == other.model:
            continue
        changed = _arm("", workflow, [*routed.calls[:index], other, *routed.calls[index + 1 :]])
        usd = None
        if ours.usd.value is not None and other.usd.value is not None:
            usd = ours.count * (other.usd.value - ours.usd.value)
        succeeding = None
        if ours.quality is not None and other.quality is not None:
            succeeding = ours.count * (other.quality - ours.quality)
        seconds = None
        if changed.seconds is not None and routed.seconds is not None:
            seconds = changed.seconds - routed.seconds
        yield PutBack(ours.role, usd, succeeding, seconds)
