"""One attempt: a model is made ready, does the mission, and what it did is judged."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from harness.errors import HarnessError
from harness.files import write_atomically
from harness.missions.asking import Engines, crashed, judged, obstacle
from harness.missions.assertions import broken, stamps
from harness.missions.assign import Assignee, Assignment
from harness.missions.commands import CommandRunner, failure, masked, printed
from harness.missions.definition import Template
from harness.missions.loading import GpuWatch, Loader
from harness.missions.plan import Commands, commands, held_spec, seat, values_of
from harness.missions.setup import Setup
from harness.missions.state import Attempt, StateFolder
from harness.models.enginekinds import kind_of
from harness.models.pricing import cost_of
from harness.patterns import take
from harness.records import Completion, Task
from harness.reporting.numbers import duration
from harness.sandbox.base import Outcome, Sandbox
from harness.suites.matrix import exclusion

VALIDATION_S = 60.0  # in which a validation must have ended
VALIDATION_MB = 16
_MOST = 1e12  # seconds or tokens of one attempt: what is above is no figure, and no column could hold it


class Unfit(HarnessError):
    """A mission cannot begin with this model; the message says why."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Workshop:
    """What attempts are made with."""

    setup: Setup
    state: StateFolder
    loader: Loader
    engines: Engines
    runner: CommandRunner
    sandbox: Sandbox | None
    watch: Callable[[str], None]  # gets a line for each step

    def attempt(
        self, attempt: Attempt, assignment: Assignment, assignee: Assignee, upcoming: Sequence[str]
    ) -> Attempt:
        """``attempt`` with what came of it. Never raises but for an interrupt and what is a bug."""
        mission, setup = assignment.mission, self.setup
        template, name = setup.file.template_of(mission), seat(mission, assignee.model, last=assignee.last)
        values = values_of(assignment, assignee, setup, self.state.prompt(mission))
        who = f"  {mission.id} {mission.name}: {assignee.model} ({assignee.role})"
        try:
            filled = None if template is None else _resolved(template, values, last=assignee.last)
            self._check_task(assignment, assignee)
            self._validate(filled, who)
            if not self.loader.has(name):
                self.watch(f"{who}: getting the model ready")
            loading = self.loader.make_ready(name, template, upcoming)
        except HarnessError as error:
            kind = error.kind if isinstance(error, Unfit) else "load"
            return replace(attempt, result="unfit", error=kind, reason=str(error))
        for following in upcoming[:1]:
            self.loader.read_ahead(following)
        attempt = replace(attempt, loaded=loading.loaded, load_s=loading.seconds)
        limit = (
            "" if template is None else f", for {duration(mission.timeout_s or template.timeout_s)} at most"
        )
        self.watch(f"{who}: at work{limit}")
        with GpuWatch() as watch:
            done = (
                self._asked(attempt, assignment, name)
                if filled is None or template is None
                else self._carried_out(attempt, assignment, template, filled, values)
            )
        return replace(done, free_gpu=watch.lowest)

    def _check_task(self, assignment: Assignment, assignee: Assignee) -> None:
        """Raises ``Unfit`` where a task must not be put to this model, or its answer cannot be judged."""
        task = self.setup.tasks.get(assignment.mission.id)
        if task is None:
            return
        spec = self.setup.spec(assignee.model)
        if self.setup.suites[task.suite].policy == "private" and kind_of(spec.engine).sends(spec):
            raise Unfit("private", f"the suite {task.suite} is private, and {spec.id} is not on this machine")
        if (reason := exclusion(self.setup.config, spec.id, task.suite)) is not None:
            raise Unfit("excluded", f"left out in {self.setup.config.path}: {reason}")
        if (reason := obstacle(task, self.sandbox)) is not None:
            raise Unfit("no_judge", reason)

    def _validate(self, filled: Commands | None, who: str) -> None:
        """Raises ``Unfit``."""
        for argv in filled.validation if filled is not None else ():
            self.watch(f"{who}: validating with {shlex.join(argv)}")
            if (flaw := validation_flaw(argv, self.runner)) is not None:
                raise Unfit("validation", flaw)

    def _asked(self, attempt: Attempt, assignment: Assignment, name: str) -> Attempt:
        """Harness asks the model itself, which it holds under ``name``."""
        task, began = self.setup.tasks[assignment.mission.id], perf_counter()
        completion = self.engines.ask(name, task)
        counts = [n for n in (completion.prompt_tokens, completion.completion_tokens) if n is not None]
        seconds = completion.latency_s if completion.latency_s is not None else perf_counter() - began
        attempt = replace(
            attempt,
            seconds=seconds,
            tokens=sum(counts) if counts else None,
            cost_usd=cost_of(held_spec(self.setup, name), completion).usd,
        )
        if completion.failure is not None:
            kind, message = completion.failure.kind, completion.failure.message
            self._log(assignment, attempt, f"{kind}: {message}\n")
            return replace(attempt, result="failed", error=kind, reason=message)
        self._log(assignment, attempt, completion.output)
        return self._graded(attempt, task, completion)

    def _carried_out(
        self, attempt: Attempt, assignment: Assignment, template: Template, filled: Commands,
        values: Mapping[str, str | None],
    ) -> Attempt:  # fmt: skip
        """A command does it."""
        mission, folder = assignment.mission, self.setup.file.folder
        task = self.setup.tasks.get(mission.id)
        before = stamps(mission.assertions, folder, values)
        wall_s = mission.timeout_s or template.timeout_s
        try:
            outcome = self.runner.run(
                filled.command, wall_s=wall_s, output_mb=template.output_mb,
                stdin=prompt_of(task).encode(errors="replace") if task is not None else b"",
            )  # fmt: skip
        except HarnessError as error:
            return replace(attempt, result="unfit", error="not_started", reason=str(error))
        text = printed(outcome)
        self._log(assignment, attempt, f"{json.dumps(filled.command)}\n{text}")
        attempt = replace(
            attempt,
            seconds=_figure(template.seconds, text, outcome.wall_s),
            tokens=_count(template.tokens, text),
            exit_code=outcome.exit_code,
            peak_mb=outcome.max_rss_mb,
        )
        flaw = failure(outcome, wall_s, template.output_mb)
        if flaw is None and (reason := broken(mission.assertions, before, text, self.runner, folder, values)):
            flaw = "assertion", reason
        if flaw is not None:
            return replace(attempt, result="failed", error=flaw[0], reason=masked(flaw[1]))
        return (
            replace(attempt, result="passed")
            if task is None
            else self._answered(attempt, assignment, task, outcome)
        )

    def _answered(self, attempt: Attempt, assignment: Assignment, task: Task, outcome: Outcome) -> Attempt:
        """What a command printed is the answer to a task."""
        answer = Completion(outcome.stdout.decode(errors="replace"), "stop", latency_s=attempt.seconds)
        return self._graded(attempt, task, answer)

    def _graded(self, attempt: Attempt, task: Task, completion: Completion) -> Attempt:
        verdict = judged(task, completion, self.sandbox)
        if crashed(verdict):  # the grader's fault: neither failed nor passed
            return replace(attempt, result="unfit", error=verdict.error_type, reason=verdict.error)
        if not verdict.passed:
            reason = f"{masked(verdict.error or 'the answer is wrong'):.300}"
            return replace(
                attempt, result="failed", error=verdict.error_type, reason=reason, score=verdict.score
            )
        return replace(attempt, result="passed", score=verdict.score)

    def _log(self, assignment: Assignment, attempt: Attempt, text: str) -> None:
        self.state.write_log(assignment.mission.id, attempt.number, text)


def write_prompts(setup: Setup, state: StateFolder) -> None:
    """Write the prompts of missions that are tasks and are carried out by a command."""
    for mission in setup.file.missions:
        if mission.template is not None and mission.id in setup.tasks:
            write_atomically(state.prompt(mission), prompt_of(setup.tasks[mission.id]))


def prompt_of(task: Task) -> str:
    """What a task asks, as a command reads it."""
    return "\n\n".join(message.content for message in task.messages)


def validation_flaw(argv: Sequence[str], runner: CommandRunner) -> str | None:
    """What is wrong with a validation: it must exit with 0."""
    try:
        outcome = runner.run(argv, wall_s=VALIDATION_S, output_mb=VALIDATION_MB)
    except HarnessError as error:
        return str(error)
    flaw = failure(outcome, VALIDATION_S, VALIDATION_MB)
    return None if flaw is None else f"{json.dumps(list(argv))} {flaw[1]}"


def _resolved(template: Template, values: Mapping[str, str | None], *, last: bool) -> Commands:
    try:
        return commands(template, values, last=last)
    except ValueError as error:
        raise Unfit("template", str(error)) from None


def _figure(pattern: str | None, text: str, otherwise: float) -> float:
    """The last figure that a pattern finds, since programs print sums at their end; of sense, or none."""
    figure = take(pattern, text, -1) if pattern else None
    try:
        value = float(figure.replace(",", "")) if figure is not None else otherwise
    except ValueError:
        return otherwise
    return value if 0 <= value <= _MOST else otherwise


def _count(pattern: str | None, text: str) -> int | None:
    value = _figure(pattern, text, -1.0)
    return int(value) if value >= 0 else None
