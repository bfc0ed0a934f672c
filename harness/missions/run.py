"""Running missions: phase by phase, each with its chain of models, every step on disk before the next."""

from __future__ import annotations

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
from harness.missions.plan import MissionPlan, PhasePlan, Step, seat
from harness.missions.state import Attempt, MissionState, StateFolder, Status, digests
from harness.missions.wording import command_of
from harness.observationrow import Observation
from harness.patterns import first_match
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


def run_missions(plan: MissionPlan, results: Path, wishes: RunWishes, say: Say, watch: Say) -> None:
    """Run what is not done yet. Raises ``HarnessError`` where missions failed, ``Interrupted`` on Ctrl-C.

    ``say`` gets a line for what came of each attempt, ``watch`` one for each step on the way there.
    """
    setup = plan.setup
    state = StateFolder(setup.file)
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
        workshop = Workshop(setup, state, loader, engines, runner, sandbox, watch)
        if strangers := state.strangers(setup.file):
            say(f"no longer in the file: {listed(strangers, 6)}; what became of them stays in {state.folder}")
        run = _Run(plan, state, states, workshop, log, say)
        try:
            run.phases(wishes.phase)
        except KeyboardInterrupt:
            done = sum(each.status == "passed" for each in states.values())
            raise Interrupted(
                f"{done} of {counted(len(states), 'mission')} are done; go on with: "
                f"{command_of('run', setup.file)}"
            ) from None
    failed = [name for name, each in states.items() if each.status == "failed"]
    if failed:
        raise HarnessError(
            f"{len(failed)} of {counted(len(states), 'mission')} failed with every model: "
            f"{listed(failed, 6)}; their output is in {state.folder / 'logs'}, and the same command tries "
            "them again"
        )


def _current(plan: MissionPlan, state: StateFolder, changed: Changed) -> dict[str, MissionState]:
    """The state of each mission; a result that rests on something that was edited since is noticed."""
    states, edited = {}, dict[str, list[str]]()
    for step in plan.steps:
        mission, kept = step.mission, state.read(step.mission).interrupted()
        current = digests(mission, plan.setup)
        parts = [part for part in {**current, **kept.digests} if current.get(part) != kept.digests.get(part)]
        if kept.status == "passed" and parts:
            edited[mission.id] = parts
            if changed == "redo":
                kept = replace(kept, status="pending")
        states[mission.id] = replace(kept, digests=current)
    if edited and changed == "refuse":
        names = [f"{name} ({listed(parts)})" for name, parts in edited.items()]
        raise HarnessError(
            f"{plan.setup.file.path}: edited since they were done: {listed(names, 6)}; "
            "--changed redo runs them again, --changed keep lets their results stand"
        )
    for name in edited:
        state.write(states[name])
    return states


@dataclass(frozen=True, slots=True)
class _Begun:
    """A mission, and the models that have not tried it in this round, best first; there is at least one."""

    step: Step
    waiting: tuple[Assignee, ...]

    @property
    def seat(self) -> str:
        """What its next attempt needs in memory."""
        return seat(self.step.mission, self.waiting[0].model, last=self.waiting[0].last)


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
        """Every mission by the first of its chain, then those that failed by the next of theirs, and so on.

        So a stand-in is loaded once for all missions in which it stands in.
        """
        left = self._left(phase)
        done = len(phase.steps) - len(left)
        already = f", {done} done before" if done else ""
        self._say(f"{phase.phase.name}: {counted(len(phase.steps), 'mission')}{already}")
        wave = [_Begun(step, _waiting(step, self._states[step.mission.id])) for step in left]
        while wave:
            following = []
            for at, begun in enumerate(wave):
                upcoming = [each.seat for each in wave[at + 1 :]] + self._later(phase)
                if (unfinished := self._attempt(begun, upcoming)) is not None:
                    following.append(unfinished)
            groups = sorted(
                dict.fromkeys(each.seat for each in following),
                key=lambda name: not self._workshop.loader.has(name),
            )
            wave = sorted(following, key=lambda each: groups.index(each.seat))

    def _left(self, phase: PhasePlan) -> list[Step]:
        return [step for step in phase.steps if self._states[step.mission.id].status != "passed"]

    def _later(self, phase: PhasePlan) -> list[str]:
        """What the phases after this one need in memory, as it is planned."""
        phases = self._plan.phases
        return [step.turn.name for each in phases[phases.index(phase) + 1 :] for step in self._left(each)]

    def _passes_gate(self, phase: Phase) -> bool:
        passed = sum(self._states[mission.id].status == "passed" for mission in phase.missions)
        if passed >= phase.gate * len(phase.missions) - 1e-9:
            return True
        self._say(
            f"{phase.name}: {passed} of {counted(len(phase.missions), 'mission')} succeeded, its gate asks "
            f"for {phase.gate:.0%}: what follows is not begun"
        )
        return False

    def _attempt(self, begun: _Begun, upcoming: Sequence[str]) -> _Begun | None:
        """One attempt by the next model; what is to follow, if it failed and another is left."""
        step, (assignee, *others) = begun.step, begun.waiting
        state = self._states[step.mission.id]
        attempt = _new_attempt(assignee, state)
        state = replace(state, status="pending").with_attempt(attempt)
        self._keep(state)
        done = self._workshop.attempt(attempt, step.assignment, assignee, upcoming)
        if done.result in ("passed", "failed"):  # before the state: a call that was made is never lost
            self._log.append(_observation(step, done))
        state = state.with_attempt(done)
        waiting = () if done.result == "passed" else self._next_ones(state, others)
        status: Status = "passed" if done.result == "passed" else "pending" if waiting else "failed"
        self._keep(replace(state, status=status))
        self._say(_line(step, done, waiting[0].model if waiting else None))
        return _Begun(step, waiting) if waiting else None

    def _next_ones(self, state: MissionState, others: Sequence[Assignee]) -> tuple[Assignee, ...]:
        """Who comes after a failure: the model of a special case that names the failure goes first, once."""
        last = state.attempts[-1]
        tried = {each.model for each in state.attempts if each.round == last.round}
        text = f"{last.reason}\n{self._state.read_log(state.id, last.number)}"
        for case in self._plan.setup.file.special_cases:
            if case.printed is None or case.model in tried:
                continue
            if first_match(case.printed, text) is not None:
                in_chain = [each for each in others if each.model == case.model]
                rest = [each for each in others if each.model != case.model]
                return (*(in_chain or [Assignee(case.model, "special case")]), *rest)
        return tuple(others)

    def _keep(self, state: MissionState) -> None:
        self._states[state.id] = state
        if self._state.is_gone():
            self._say(f"{self._state.folder} was taken away by a mission: it is made anew, without old logs")
            self._state.renew(self._states.values())
            write_prompts(self._plan.setup, self._state)
        self._state.write(state)


def _waiting(step: Step, state: MissionState) -> tuple[Assignee, ...]:
    """The chain of a mission; where a run was interrupted, without those that had failed in its round.

    All of it where nobody would be left: a special case had the last word.
    """
    failed = {
        (each.model, each.role)
        for each in state.attempts
        if each.round == state.round and each.result in ("failed", "unfit")
    }
    chain = step.assignment.chain
    return tuple(each for each in chain if (each.model, each.role) not in failed) or chain


def _new_attempt(assignee: Assignee, state: MissionState) -> Attempt:
    measured = assignee.measured
    return Attempt(
        number=len(state.attempts) + 1,
        round=state.round,
        model=assignee.model,
        role=assignee.role,
        started_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        expected=measured.quality if measured else None,
        expected_low=measured.quality_low if measured else None,
        expected_high=measured.quality_high if measured else None,
    )


def _line(step: Step, attempt: Attempt, following: str | None) -> str:
    """An attempt in the run's output: mission, model, result, reason."""
    time = "" if attempt.seconds is None else f" in {attempt.seconds:.2f} s"
    loaded = ", loaded" if attempt.loaded else ""
    name = f"  {step.mission.id} {step.mission.name}: {attempt.model} ({attempt.role}{loaded})"
    if attempt.result == "passed":
        return f"{name} passed{time}"
    result = "could not begin" if attempt.result == "unfit" else f"failed{time}"
    next_ = f"; now {following}" if following else "; nobody is left"
    return f"{name} {result}: {attempt.reason}{next_}"


def _observation(step: Step, attempt: Attempt) -> Observation:
    """An attempt as a call that rules learn from.

    Whether a mission succeeded judges the answer; the call itself fails only where the model gave none.
    """
    score = _score(step, attempt)
    return Observation(
        timestamp=attempt.started_at,
        model=attempt.model,
        role="mission",
        task_category=step.assignment.task_type or "*",
        task_difficulty=step.mission.difficulty,
        score=None if score is None else score * 10,
        latency_ms=round((attempt.seconds or 0.0) * 1000),
        token_count=attempt.tokens,
        cost_usd=attempt.cost_usd,
        success=score is not None,
        error=attempt.error,
    )


def _score(step: Step, attempt: Attempt) -> float | None:
    """0..1: the grader's, or what a command's end and assertions say; ``None`` where nobody answered."""
    if attempt.score is None and step.mission.template is not None:
        return float(attempt.result == "passed")
    return attempt.score
