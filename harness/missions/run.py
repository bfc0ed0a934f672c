"""Running missions: phase by phase, each with its chain of models, every step on disk before the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from harness.errors import HarnessError, Interrupted
from harness.missions.asking import Engines
from harness.missions.assign import Assignee
from harness.missions.attempt import Workshop, write_prompts
from harness.missions.commands import CommandRunner
from harness.missions.definition import Phase
from harness.missions.loading import Loader
from harness.missions.plan import MissionPlan, PhasePlan, Step
from harness.missions.state import Attempt, MissionState, StateFolder, digests
from harness.records import Observation
from harness.results.observations import ObservationLog
from harness.runner.confinement import sandbox_if_any
from harness.words import counted, listed

Changed = Literal["refuse", "keep", "redo"]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class RunWishes:
    """How a run is to go: which phase alone, what of missions that were edited since, which sandbox."""

    phase: str | None = None
    changed: Changed = "refuse"
    sandbox: str = "auto"


def run_missions(plan: MissionPlan, results: Path, wishes: RunWishes, say: Say) -> None:
    """Run what is not done yet. Raises ``HarnessError`` where missions failed, ``Interrupted`` on Ctrl-C."""
    setup = plan.setup
    state = StateFolder(setup.file.path)
    with state.locked(), ExitStack() as stack:
        states = _current(plan, state, wishes.changed)
        write_prompts(setup, state)
        sandbox = sandbox_if_any(list(setup.suites.values()), wishes.sandbox, results, state.folder)
        runner, engines = CommandRunner(setup.file.folder), Engines(sandbox)
        loader = Loader(setup, plan.memory, engines, runner)
        stack.callback(runner.close)
        stack.callback(engines.close_all)
        stack.callback(loader.close)
        log = stack.enter_context(ObservationLog(results))
        run = _Run(plan, state, states, Workshop(setup, state, loader, engines, runner, sandbox), log, say)
        try:
            run.phases(wishes.phase)
        except KeyboardInterrupt:
            done = sum(each.status == "passed" for each in states.values())
            raise Interrupted(
                f"{done} of {counted(len(states), 'mission')} are done; go on with: "
                f"harness missions run {setup.file.path}"
            ) from None
    failed = [name for name, each in states.items() if each.status == "failed"]
    if failed:
        raise HarnessError(
            f"{len(failed)} of {counted(len(states), 'mission')} failed with every model: {listed(failed, 6)}; "
            f"their output is in {state.folder / 'logs'}, and the same command tries them again"
        )


def _current(plan: MissionPlan, state: StateFolder, changed: Changed) -> dict[str, MissionState]:
    """What is known of each mission; a result that rests on something that was edited since is noticed."""
    states, edited = {}, dict[str, list[str]]()
    for step in plan.steps:
        mission, known = step.mission, state.read(step.mission)
        now = digests(mission, plan.setup)
        different = [part for part in {**now, **known.digests} if now.get(part) != known.digests.get(part)]
        if known.status == "passed" and different:
            edited[mission.id] = different
            if changed == "redo":
                known = replace(known, status="pending")
        if known.status != "passed" or changed == "keep":
            known = replace(known, digests=now)
        states[mission.id] = known
    if edited and changed == "refuse":
        what = [f"{name} ({listed(parts)})" for name, parts in edited.items()]
        raise HarnessError(
            f"{plan.setup.file.path}: edited since they were done: {listed(what, 6)}; "
            "--changed redo runs them again, --changed keep lets their results stand"
        )
    return states


class _Run:
    """A run under way."""

    def __init__(
        self, plan: MissionPlan, state: StateFolder, states: dict[str, MissionState], workshop: Workshop,
        log: ObservationLog, say: Say,
    ) -> None:  # fmt: skip
        self._plan, self._state, self._states = plan, state, states
        self._workshop, self._log, self._say = workshop, log, say

    def phases(self, only: str | None) -> None:
        """All phases, or one of them, as far as their gates let it come."""
        for phase in self._plan.phases:
            if only in (None, phase.phase.name):
                self._phase(phase)
                if not self._passes_gate(phase.phase):
                    return

    def _phase(self, phase: PhasePlan) -> None:
        left = [step for step in phase.steps if self._states[step.mission.id].status != "passed"]
        done = len(phase.steps) - len(left)
        already = f", {done} done before" if done else ""
        self._say(f"{phase.phase.name}: {counted(len(phase.steps), 'mission')}{already}")
        for step in left:
            self._mission(step, self._upcoming(step))

    def _passes_gate(self, phase: Phase) -> bool:
        passed = sum(self._states[mission.id].status == "passed" for mission in phase.missions)
        if passed >= phase.gate * len(phase.missions) - 1e-9:
            return True
        self._say(
            f"{phase.name}: {passed} of {counted(len(phase.missions), 'mission')} succeeded, and its gate asks "
            f"for {phase.gate:.0%}: what follows is not begun"
        )
        return False

    def _upcoming(self, step: Step) -> list[str]:
        """What the missions after this one need in memory, as it is planned."""
        steps = self._plan.steps
        later = steps[steps.index(step) + 1 :]
        return [each.turn.name for each in later if self._states[each.mission.id].status != "passed"]

    def _mission(self, step: Step, upcoming: Sequence[str]) -> None:
        """The models of the chain in turn until one succeeds; those that failed in this round are left out."""
        state = self._states[step.mission.id]
        round_ = state.round
        before = [each for each in state.attempts if each.round == round_]
        waiting = _waiting(step, before)
        while waiting and state.status != "passed":
            assignee = waiting.pop(0)
            state = self._attempt(step, replace(state, status="pending"), round_, assignee, upcoming)
            last = state.attempts[-1]
            self._say(_line(step, last, following=waiting[0].model if waiting else None))
            waiting = self._after(step, state, waiting)
        if state.status != "passed":
            state = replace(state, status="failed")
        self._keep(state)

    def _attempt(
        self, step: Step, state: MissionState, round_: int, assignee: Assignee, upcoming: Sequence[str]
    ) -> MissionState:
        measured = assignee.measured
        attempt = Attempt(
            number=len(state.attempts) + 1,
            round=round_,
            model=assignee.model,
            role=assignee.role,
            started_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
            expected=measured.quality if measured else None,
            expected_low=measured.quality_low if measured else None,
            expected_high=measured.quality_high if measured else None,
        )
        self._keep(state.with_attempt(attempt))
        done = self._workshop.attempt(attempt, step.assignment, assignee, upcoming)
        if done.result in ("passed", "failed"):  # before the state: a call that was made is never lost
            self._log.append(_observation(step, done))
        state = state.with_attempt(done)
        state = replace(state, status="passed") if done.result == "passed" else state
        self._keep(state)
        return state

    def _after(self, step: Step, state: MissionState, waiting: list[Assignee]) -> list[Assignee]:
        """Who comes next: the model of a special case that knows the failure goes first, once."""
        last = state.attempts[-1]
        tried = {each.model for each in state.attempts if each.round == last.round}
        text = f"{last.reason}\n{self._state.read_log(step.mission.id, last.number)}"
        for case in self._plan.setup.file.special_cases:
            if case.printed is not None and case.model not in tried and re.search(case.printed, text):
                known = [each for each in waiting if each.model == case.model]
                others = [each for each in waiting if each.model != case.model]
                return [*(known or [Assignee(case.model, "special case")]), *others]
        return waiting

    def _keep(self, state: MissionState) -> None:
        self._states[state.id] = state
        self._state.write(state)


def _waiting(step: Step, before: Sequence[Attempt]) -> list[Assignee]:
    """The chain without those that failed already in this round."""
    failed = {(each.model, each.role) for each in before if each.result in ("failed", "unfit")}
    return [each for each in step.assignment.chain if (each.model, each.role) not in failed]


def _line(step: Step, attempt: Attempt, following: str | None) -> str:
    """What is said of an attempt."""
    took = "" if attempt.seconds is None else f" in {attempt.seconds:.2f} s"
    loaded = ", loaded" if attempt.loaded else ""
    name = f"  {step.mission.id} {step.mission.name}: {attempt.model} ({attempt.role}{loaded})"
    if attempt.result == "passed":
        return f"{name} passed{took}"
    what = "could not begin" if attempt.result == "unfit" else f"failed{took}"
    then = f"; now {following}" if following else "; nobody is left"
    return f"{name} {what}: {attempt.reason}{then}"


def _observation(step: Step, attempt: Attempt) -> Observation:
    """An attempt as a call that rules learn from."""
    return Observation(
        timestamp=attempt.started_at,
        model=attempt.model,
        role="mission",
        task_category=step.assignment.task_type or "*",
        task_difficulty=step.mission.difficulty,
        score=None if attempt.score is None else attempt.score * 10,
        latency_ms=round((attempt.seconds or 0.0) * 1000),
        token_count=attempt.tokens,
        cost_usd=None,
        success=attempt.result == "passed",
        error=attempt.error,
    )
