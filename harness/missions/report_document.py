"""``MISSION_REPORT.md``: what came of the missions, against what was planned and measured before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from harness.analysis.statistics import wilson
from harness.missions.assign import Assignment
from harness.missions.baseline import Way, as_planned, measured_claim, report_against
from harness.missions.definition import COMPARED, Expectation
from harness.missions.expectations import claim_table, measured_words
from harness.missions.plan import MissionPlan, PhasePlan, States, Step
from harness.missions.state import Attempt, MissionState, StateFolder
from harness.missions.wording import command_of, is_few, missions, rules_command
from harness.reporting.formats.markdown import document
from harness.reporting.numbers import UNKNOWN, duration, passed_of, percent, percent_range, seconds, whole
from harness.reporting.section import Block, Bullets, Code, Grid, Section, Text
from harness.reporting.tables import Cell, Column, Row, Table, words
from harness.words import capital, counted, listed

_GB = 1e9


def report_document(plan: MissionPlan, states: States, theirs: Way | None = None) -> str:
    """The text of ``MISSION_REPORT.md``; ``theirs`` is one model for all, to compare with."""
    ours = as_planned(plan, states)

    def judge(claim: Expectation) -> str:
        if theirs is not None and claim.measure in COMPARED:
            return measured_claim(claim, ours, theirs)
        return measured_words(claim, plan, states)

    sections = [
        Section("phases", "Phases", tuple(_phases(plan, states))),
        Section("missions", "Missions", (Grid(_missions(plan, states), "Missions"),)),
        Section("failures", "What failed, and who stood in", tuple(_failures(plan, states))),
        Section("models", "Predicted and actual", tuple(_models(plan, states))),
        Section("loading", "Loading and memory", (Bullets(tuple(_loading(plan, states))),)),
        Section("next", "What next", tuple(_next(plan, states))),
    ]
    if claims := plan.setup.file.expect:
        table = claim_table(claims, "Measured", judge)
        sections.insert(4, Section("claims", "What was expected", (Grid(table, "Expectations"),)))
    if theirs is not None:
        title = f"Against one model for all: {plan.setup.file.baseline}"
        sections.insert(4, Section("baseline", title, tuple(report_against(ours, theirs))))
    title = f"Mission report: {plan.setup.file.title}"
    return document(title, (Text(_introduction(plan, states)),), sections, "guide")


def _introduction(plan: MissionPlan, states: States) -> str:
    every = list(states.values())
    finished = [state for state in every if state.status != "pending"]
    if not finished:
        return f"None of {counted(len(every), 'mission')} is done yet."
    passed = [state for state in finished if state.status == "passed"]
    first = [state for state in passed if len(state.judged) == 1]
    stood_in = [state for state in passed if _by_stand_in(state, plan)]
    pending = len(every) - len(finished)
    done = "the missions that are done" if pending else "the missions"
    sentences = [
        f"{passed_of(len(passed), len(finished))} of {done} succeeded",
        f"{len(first)} at the first attempt, {len(stood_in)} by a stand-in",
    ]
    text = f"{'; '.join(sentences)}."
    if pending:
        text += f" {pending} of {len(every)} are still to be done."
    seconds_ = sum(attempt.seconds or 0.0 for state in every for attempt in state.judged)
    days = sorted({attempt.started_at[:10] for state in every for attempt in state.attempts})
    span = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    return f"{text} They took {duration(seconds_)} of work, {span}."


def _by_stand_in(state: MissionState, plan: MissionPlan) -> bool:
    first = next(step.assignment.first for step in plan.steps if step.mission.id == state.id)
    return state.status == "passed" and state.attempts[-1].role != first.role


def _work(states: Sequence[MissionState]) -> list[Attempt]:
    return [attempt for state in states for attempt in state.judged]


def _seconds(attempts: Sequence[Attempt]) -> float | None:
    measured = [attempt.seconds for attempt in attempts if attempt.seconds is not None]
    return sum(measured) if measured else None


# --- tables -------------------------------------------------------------------


def _phases(plan: MissionPlan, states: States) -> Iterator[Block]:
    columns = (
        Column("Phase", number=False), Column("Missions"), Column("Succeeded"), Column("At first"),
        Column("Predicted at first"), Column("Retries"), Column("Time"), Column("Loads"),
    )  # fmt: skip
    rows = [_phase_row(phase.phase.name, _of(phase, states)) for phase in plan.phases]
    if len(rows) > 1:
        rows.append(_phase_row("All", list(states.values())))
    yield Grid(Table(columns, tuple(rows)), "Phases")
    yield Text(
        "At first: missions that succeeded at the first attempt. Predicted: how many of the first attempts "
        "the tournament's pass rates would let succeed, of those whose model had been measured on the task "
        "type. Retries: attempts after the first. Time: of work, without loading."
    )


def _of(phase: PhasePlan, states: States) -> list[MissionState]:
    return [states[step.mission.id] for step in phase.steps]


def _phase_row(name: str, states: Sequence[MissionState]) -> Row:
    work = _work(states)
    passed = [state for state in states if state.status == "passed"]
    begun = [state for state in states if state.judged]
    return Row(
        (
            Cell(name),
            Cell(str(len(states))),
            Cell(str(len(passed))),
            Cell(str(sum(len(state.judged) == 1 for state in passed))),
            Cell(_predicted(begun)),
            Cell(str(len(work) - len(begun))),
            Cell(seconds(_seconds(work))),
            Cell(str(sum(attempt.loaded for state in states for attempt in state.attempts))),
        )
    )


def _predicted(begun: Sequence[MissionState]) -> str:
    """How many first attempts should have succeeded by the tournament, and of how many it knew that."""
    qualities = [state.judged[0].expected for state in begun]
    measured = [quality for quality in qualities if quality is not None]
    if not measured:
        return UNKNOWN
    return f"{sum(measured):.1f}" + ("" if len(measured) == len(begun) else f" of {len(measured)}")


def _missions(plan: MissionPlan, states: States) -> Table:
    columns = (
        *words("#", "Mission", "Outcome", "Model", "As"),
        Column("Attempts"), Column("Time"), Column("Tokens"), Column("Score"),
    )  # fmt: skip
    steps = {step.mission.id: step for step in plan.steps}
    return Table(
        columns,
        tuple(_mission_row(steps[mission.id], states[mission.id]) for mission in plan.setup.file.missions),
    )


def _mission_row(step: Step, state: MissionState) -> Row:
    last = state.attempts[-1] if state.attempts else None
    outcome = {"passed": "succeeded", "failed": "failed", "pending": "to be done"}[state.status]
    tokens = [attempt.tokens for attempt in state.judged if attempt.tokens is not None]
    by = last if last is not None and state.status == "passed" else None
    return Row(
        (
            Cell(step.mission.id),
            Cell(step.mission.name),
            Cell(outcome, mark="worse" if state.status == "failed" else None),
            Cell(by.model if by else UNKNOWN),
            Cell(by.role if by else UNKNOWN),
            Cell(str(len(state.judged))),
            Cell(seconds(_seconds(state.judged))),
            Cell(whole(sum(tokens) if tokens else None)),
            Cell(UNKNOWN if by is None or by.score is None else percent(by.score)),
        )
    )


def _failures(plan: MissionPlan, states: States) -> Iterator[Block]:
    """Every attempt that did not succeed, in the order of the file."""
    items = []
    for mission in plan.setup.file.missions:
        bad = [each for each in states[mission.id].attempts if each.result not in ("passed", "running")]
        if bad:
            steps = [
                f"{listed(list(dict.fromkeys(each.model for each in alike)))} {happened}"
                for happened, alike in groupby(bad, _happened)
            ]
            end = states[mission.id]
            last = f"; then {end.attempts[-1].model} succeeded" if end.status == "passed" else ""
            items.append((f"{mission.id} {mission.name}", f"{'; '.join(steps)}{last}."))
    if items:
        yield Bullets(tuple(items))
    else:
        yield Text("Nothing failed." if _work(list(states.values())) else "Nothing has run yet.")


def _happened(attempt: Attempt) -> str:
    if attempt.result == "interrupted":
        return f"was interrupted ({attempt.reason})"
    what = "could not begin" if attempt.result == "unfit" else "failed"
    return f"{what}: {attempt.reason or attempt.error}"


# --- models -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Record:
    """What a model did on missions of a task type, beside what the rules expected of it."""

    model: str
    task_type: str
    attempts: tuple[Attempt, ...]

    @property
    def passed(self) -> int:
        return sum(attempt.result == "passed" for attempt in self.attempts)

    @property
    def expected(self) -> Attempt | None:
        """The last attempt for which there was a figure."""
        return next((each for each in reversed(self.attempts) if each.expected is not None), None)


def _records(assignments: Sequence[Assignment], states: States) -> list[_Record]:
    by_kind: dict[tuple[str, str], list[Attempt]] = {}
    for each in assignments:
        for attempt in states[each.mission.id].judged:
            by_kind.setdefault((attempt.model, each.task_type or "pinned"), []).append(attempt)
    return [_Record(model, kind, tuple(attempts)) for (model, kind), attempts in by_kind.items()]


def _models(plan: MissionPlan, states: States) -> Iterator[Block]:
    records = _records([step.assignment for step in plan.steps], states)
    if not records:
        yield Text("No model has done a mission yet.")
        return
    columns = (
        *words("Model", "Task type", "Predicted", "Actual", "Compared"),
        Column("Time"), Column("Tokens/s"),
    )  # fmt: skip
    rows = [_record_row(record) for record in sorted(records, key=lambda one: (one.model, one.task_type))]
    yield Grid(Table(columns, tuple(rows)), "Models")
    yield Text(
        "Predicted: the share of tasks of this type that the model had passed in the tournament when the "
        "missions ran, with its 95 % interval. Actual: attempts at missions that succeeded. They are as "
        "predicted where the predicted share lies within the interval of the actual one. Time: of a mean "
        "attempt."
    )


def _record_row(record: _Record) -> Row:
    count, before = len(record.attempts), record.expected
    took, tokens = _seconds(record.attempts), [each.tokens for each in record.attempts]
    expected = "not measured"
    if before is not None and before.expected is not None:
        expected = percent(before.expected)
        if before.expected_low is not None and before.expected_high is not None:
            expected += f" ({percent_range(before.expected_low, before.expected_high)})"
    speed = sum(filter(None, tokens)) / took if took and all(tokens) else None
    return Row(
        (
            Cell(record.model),
            Cell(record.task_type),
            Cell(expected),
            Cell(passed_of(record.passed, count)),
            Cell(_agreement(record)),
            Cell(seconds(None if took is None else took / count)),
            Cell(UNKNOWN if speed is None else f"{speed:,.0f}"),
        )
    )


def _agreement(record: _Record) -> str:
    before, count = record.expected, len(record.attempts)
    if before is None or before.expected is None:
        return "nothing to compare with"
    if is_few(count):
        return "too few to tell"
    low, high = wilson(record.passed, count)
    if before.expected < low:
        return "better than predicted"
    if before.expected > high:
        return "worse than predicted"
    return "as predicted"


# --- loading, and what next ---------------------------------------------------


def _loading(plan: MissionPlan, states: States) -> Iterator[str]:
    attempts = [attempt for state in states.values() for attempt in state.attempts]
    loads = [attempt for attempt in attempts if attempt.loaded]
    measured = [attempt.load_s for attempt in loads if attempt.load_s is not None]
    time = f" ({len(measured)} of them measured: {duration(sum(measured))})" if measured else ""
    yield (
        f"Models were loaded {counted(len(loads), 'time')}{time}. The plan has {plan.loads}, the order of "
        f"the file would take {plan.listed_loads}; stand-ins and missions that were tried again come on top."
    )
    if all(state.status != "pending" for state in states.values()):
        saved = plan.listed_loads - plan.loads
        yield (
            f"Loads saved by the order: {saved}."
            if saved > 0
            else "The order of the file is already the best."
        )
    free = [attempt.free_gpu for attempt in attempts if attempt.free_gpu is not None]
    if free:
        yield f"Of the GPU's memory {min(free) / _GB:.1f} GB were free at least."
    else:
        yield "The memory of a GPU was not watched: no driver says what is free."
    peaks = [attempt.peak_mb for attempt in attempts if attempt.peak_mb is not None]
    if peaks:
        yield f"The largest process of a command took {max(peaks):,.0f} MB of main memory."


def _next(plan: MissionPlan, states: States) -> Iterator[Block]:
    file, items = plan.setup.file, []
    pending = [state.id for state in states.values() if state.status == "pending"]
    failed = [state.id for state in states.values() if state.status == "failed"]
    if pending:
        items.append(f"{capital(missions(pending))}: to be done; the command below goes on.")
    if failed:
        items.append(
            f"{capital(missions(failed))}: failed with every model. What they printed is in "
            f"{file.state_folder.name}/logs; the command below tries them again."
        )
    worse = [
        f"{record.model} on {record.task_type}"
        for record in _records([step.assignment for step in plan.steps], states)
        if _agreement(record) == "worse than predicted"
    ]
    if worse:
        items.append(
            f"Worse than the tournament predicted: {listed(worse)}. What they printed is in "
            f"{file.state_folder.name}/logs."
        )
    if strangers := StateFolder(file).strangers(file):
        items.append(
            f"No longer in the file, and not in this report: {missions(strangers)}. What became of them "
            f"stays in {file.state_folder.name}."
        )
    if _work(list(states.values())):
        items.append(
            "Every attempt is an observation in the results: rules that are built with them learn from these "
            "missions."
        )
    if items:
        yield Bullets(tuple(items))
    lines = [command_of("run", file)] if pending or failed else []
    yield Code((*lines, rules_command(file)))
