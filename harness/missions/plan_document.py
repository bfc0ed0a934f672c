"""``MISSION_PLAN.md``: who does what, in which order, by which commands, and what that should yield."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from harness.missions.baseline import Way
from harness.missions.definition import Template
from harness.missions.forecast import forecast
from harness.missions.plan import MissionPlan, PhasePlan, States, Step
from harness.missions.wording import (
    chain_words,
    command_lines,
    command_of,
    missions,
    numbers,
    rate_of,
    seat_words,
)
from harness.reporting.formats.markdown import document
from harness.reporting.numbers import UNKNOWN, duration, rate, seconds
from harness.reporting.section import Block, Bullets, Code, Grid, Quotation, Section, Subtitle, Text
from harness.reporting.tables import Cell, Column, Row, Table, words
from harness.words import capital, counted, listed


def plan_document(plan: MissionPlan, states: States, theirs: Way | None = None) -> str:
    """The text of ``MISSION_PLAN.md``; ``theirs`` is one model for all, to compare with."""
    sections = (
        Section("models", "Models", tuple(_models(plan))),
        Section("matrix", "Assignment", tuple(block for phase in plan.phases for block in _phase(phase))),
        Section("order", "Order and loading", tuple(_order(plan))),
        Section("commands", "Commands", tuple(_commands(plan))),
        Section("failing", "When a model fails", (Bullets(tuple(_failing(plan))),)),
        Section("checks", "Before and after", (Bullets(tuple(_checks(plan))),)),
        Section("expected", "What to expect", tuple(forecast(plan, states, theirs))),
        Section("next", "What next", tuple(_next(plan, states))),
    )
    return document(f"Mission plan: {plan.setup.file.title}", (Text(_introduction(plan)),), sections, "guide")


def _introduction(plan: MissionPlan) -> str:
    setup, steps = plan.setup, plan.steps
    pinned = sum(step.assignment.first.role in ("pinned", "special case") for step in steps)
    by_rules = len(steps) - pinned
    basis = ""
    if by_rules and setup.rules is not None:
        basis = (
            f" {by_rules} of them are assigned by the routing rules of {setup.rules.generated_at[:10]}, "
            f"measured on {setup.rules.machine or 'an unnamed machine'}."
        )
    by_hand = f" {pinned} {'is' if pinned == 1 else 'are'} assigned by the file itself." if pinned else ""
    saved = (
        f"; in the order of the file it would be {plan.listed_loads}"
        if plan.listed_loads > plan.loads
        else "; no order takes fewer"
        if len(steps) > 1
        else ""
    )
    return (
        f"{counted(len(steps), 'mission')} in {counted(len(plan.phases), 'phase')}, for "
        f"{counted(len(_firsts(plan)), 'model')}.{basis}{by_hand} Models are loaded "
        f"{counted(plan.loads, 'time')}{saved}."
    )


def _firsts(plan: MissionPlan) -> dict[str, list[Step]]:
    """The missions of each model that is the first of a chain, the busiest first."""
    given: dict[str, list[Step]] = {}
    for step in plan.steps:
        given.setdefault(step.assignment.first.model, []).append(step)
    return dict(sorted(given.items(), key=lambda item: -len(item[1])))


# --- models -------------------------------------------------------------------


def _models(plan: MissionPlan) -> Iterator[Block]:
    columns = (
        Column("Model", number=False),
        Column("Missions"),
        Column("Which", number=False),
        Column("Measured", number=False),
        Column("Tokens/s"),
        Column("Answer"),
    )
    rows = [_model_row(model, steps, plan) for model, steps in _all_models(plan).items()]
    yield Grid(Table(columns, tuple(rows)), "Models")
    yield Text(
        "Measured: the share of the tasks of a type that the model passed in the tournament, with its 95 % "
        "interval and the number of tasks. Tokens/s and the time of a median answer are from there, too."
    )


def _all_models(plan: MissionPlan) -> dict[str, list[Step]]:
    """The missions of each model, the busiest first; those that only stand in have none."""
    firsts = _firsts(plan)
    others = (each.model for step in plan.steps for each in step.assignment.chain[1:])
    return firsts | {model: [] for model in others if model not in firsts}


def _model_row(model: str, steps: Sequence[Step], plan: MissionPlan) -> Row:
    measured = {step.assignment.task_type: step.assignment.first.measured for step in steps}
    measured |= {
        step.assignment.task_type: each.measured
        for step in plan.steps
        for each in step.assignment.chain
        if each.model == model and each.measured is not None
    }
    measured.pop(None, None)
    routed = [] if plan.setup.rules is None else [m for m in plan.setup.rules.models if m.id == model]
    speeds = [c.latency_p50_s for c in measured.values() if c is not None and c.latency_p50_s is not None]
    shown = "; ".join(f"{kind}: {rate_of(candidate)}" for kind, candidate in measured.items())
    ids = [step.mission.id for step in _listed(steps, plan)]
    return Row(
        (
            Cell(model),
            Cell(str(len(steps))),
            Cell(numbers(ids) if ids else "stands in"),
            Cell(shown or "not measured"),
            Cell(rate(routed[0].tps if routed else None)),
            Cell(seconds(min(speeds)) if speeds else UNKNOWN),
        )
    )


def _listed(steps: Sequence[Step], plan: MissionPlan) -> list[Step]:
    """Steps in the order of the file."""
    place = {mission.id: number for number, mission in enumerate(plan.setup.file.missions)}
    return sorted(steps, key=lambda step: place[step.mission.id])


# --- assignment ---------------------------------------------------------------


def _phase(phase: PhasePlan) -> Iterator[Block]:
    place = {mission.id: number for number, mission in enumerate(phase.phase.missions)}
    steps = sorted(phase.steps, key=lambda step: place[step.mission.id])
    counts: dict[str, int] = {}
    for step in steps:
        counts[step.assignment.first.model] = counts.get(step.assignment.first.model, 0) + 1
    primary = max(counts, key=lambda model: counts[model])
    yield Subtitle(phase.phase.name)
    yield Text(f"Primary model: {primary}, for {counts[primary]} of {counted(len(steps), 'mission')}.")
    yield Grid(_matrix(steps, primary), phase.phase.name)
    yield Bullets(tuple(_rationale(steps)))


def _matrix(steps: Sequence[Step], primary: str) -> Table:
    rows = []
    for step in steps:
        first, *others = step.assignment.chain
        special = first.model != primary
        rows.append(
            Row(
                (
                    Cell(step.mission.id),
                    Cell(step.mission.name),
                    Cell(step.assignment.task_type or UNKNOWN),
                    Cell(first.model, mark="best" if special else None),
                    Cell(rate_of(first.measured)),
                    Cell(", ".join(each.model for each in others) or "nobody"),
                )
            )
        )
    return Table(words("#", "Mission", "Task type", "Model", "Measured", "If it fails"), tuple(rows))


def _rationale(steps: Sequence[Step]) -> Iterator[tuple[str, str]]:
    """Why, once for all missions with the same reason."""
    by_reason: dict[tuple[str, str], list[str]] = {}
    for step in steps:
        key = step.assignment.first.model, step.assignment.reason
        by_reason.setdefault(key, []).append(step.mission.id)
    for (model, reason), ids in by_reason.items():
        yield f"Why {model} for {missions(ids)}", reason


# --- order --------------------------------------------------------------------


def _order(plan: MissionPlan) -> Iterator[Block]:
    yield Text(
        f"{capital(counted(plan.loads, 'load'))} in all. Inside a phase the missions of a model follow one "
        "another, and the models come in the order that takes the fewest loads. A phase begins when the one "
        "before has ended."
    )
    columns = (
        *words("Phase", "Model", "Missions", "Memory"),
        Column("Loading"),
    )
    rows = []
    for phase in plan.phases:
        for name, group in groupby(phase.steps, key=lambda step: step.turn.name):
            of_model = list(group)
            turn = of_model[0].turn
            freed = f", frees {listed([seat_words(each) for each in turn.evicted])}" if turn.evicted else ""
            load_s = plan.memory.seconds.get(name)
            takes = name in plan.memory.sizes
            what = f"loaded{freed}" if turn.loaded else "is there" if takes else "on another machine"
            rows.append(
                Row(
                    (
                        Cell(phase.phase.name),
                        Cell(seat_words(name)),
                        Cell(numbers([step.mission.id for step in of_model])),
                        Cell(what),
                        Cell(seconds(load_s) if turn.loaded and load_s is not None else UNKNOWN),
                    )
                )
            )
    yield Grid(Table(columns, tuple(rows)), "Order")
    yield Bullets(tuple(_memory(plan)))


def _memory(plan: MissionPlan) -> Iterator[str]:
    file = plan.setup.file
    beside = f" beside {listed(file.residents)}, which stay" if file.residents else ""
    if file.memory_gb is None:
        yield f"Room in memory: {counted(file.slots, 'model')} at once{beside}."
    else:
        yield f"Room in memory: {file.memory_gb:g} GB{beside}."
    if any(not template.load for template in file.templates.values()):
        yield (
            "Commands without a load command load their model themselves, each time they start. What the "
            "order saves them is reading its file from the disk; the next model's file is read ahead."
        )
    measured = [
        plan.memory.seconds[step.turn.name]
        for step in plan.steps
        if step.turn.loaded and step.turn.name in plan.memory.seconds
    ]
    if measured:
        loads = counted(len(measured), "load")
        yield f"Loading takes {duration(sum(measured))}, for {loads} that were measured."


# --- commands -----------------------------------------------------------------


def _commands(plan: MissionPlan) -> Iterator[Block]:
    file = plan.setup.file
    for name, template in file.templates.items():
        used = [mission.id for mission in file.missions if mission.template == name]
        yield Subtitle(f"{name}: {missions(used)}" if used else f"{name}: no mission")
        yield Quotation("Started one after the other", "\n".join(command_lines(template)))
        yield Text(_limits(template))
    asked = [mission.id for mission in file.missions if mission.template is None]
    if asked:
        yield Text(
            f"{capital(missions(asked))} {'is a task' if len(asked) == 1 else 'are tasks'} of suites: "
            "harness asks the model itself, and the suite's grader judges the answer."
        )
    if file.templates:
        yield Text("Arguments go to the programs as they stand here, one by one, and through no shell.")


def _limits(template: Template) -> str:
    needs = f" {listed(template.env)} must be set." if template.env else ""
    return (
        f"The command is ended after {duration(template.timeout_s)}, or when it has printed more than "
        f"{template.output_mb} MB.{needs}"
    )


# --- failing ------------------------------------------------------------------


def _failing(plan: MissionPlan) -> Iterator[str | tuple[str, str]]:
    by_chain: dict[str, list[str]] = {}
    for step in _listed(plan.steps, plan):
        by_chain.setdefault(chain_words(step.assignment.chain), []).append(step.mission.id)
    for chain, ids in by_chain.items():
        yield capital(missions(ids)), chain
    for case in plan.setup.file.special_cases:
        when = f"a mission with {' or '.join(case.words)} in its name" if case.words else ""
        printed = f"a mission that failed and printed “{case.printed}”" if case.printed else ""
        yield case.name, f"{' or '.join(filter(None, (when, printed)))} goes to {case.model}"
    yield (
        "A model has failed when its command exits with another code than 0, runs into its time limit, "
        "prints too much, or when an assertion does not hold or the grader refuses its answer. The next "
        "model begins anew when all missions of the phase have been tried, so that it is loaded once for all "
        "of them. Every attempt is kept."
    )


def _checks(plan: MissionPlan) -> Iterator[tuple[str, str]]:
    file = plan.setup.file
    validations = sum(len(template.validation) for template in file.templates.values())
    asserted = [mission.id for mission in file.missions if mission.assertions]
    graded = [mission.id for mission in file.missions if mission.suite is not None]
    exits = "exits" if validations == 1 else "exit"
    more = f", and {counted(validations, 'validation')} {exits} with 0" if validations else ""
    yield "Before each mission", f"its file and its program are there, the model fits{more}"
    after = ["the exit code of the command"]
    if asserted:
        after.append(f"the assertions of {missions(asserted)}")
    if graded:
        after.append(f"the graders of {missions(graded)}")
    yield "After each mission", listed(after)
    gates = [f"{phase.name}: {phase.gate:.0%}" for phase in file.phases if phase.gate > 0]
    if gates:
        yield "Before the next phase", f"this share of a phase must have succeeded: {'; '.join(gates)}"


def _next(plan: MissionPlan, states: States) -> Iterator[Block]:
    """The command to begin with, and those that follow."""
    file = plan.setup.file
    left = {step.mission.id for step in plan.steps if states[step.mission.id].status != "passed"}
    following = next((phase for phase in plan.phases if left & {s.mission.id for s in phase.steps}), None)
    if following is None:
        yield Text("All missions are done; the report says what came of them.")
        yield Code((command_of("report", file),))
        return
    first = next(step for step in following.steps if step.mission.id in left)
    yield Text(
        f"{counted(len(left), 'mission')} to do. The first is {first.mission.id}, {first.mission.name} "
        f"({following.phase.name}), with {first.assignment.first.model}. Of these commands the first looks "
        "whether all is there, and the second prints all that would be started."
    )
    yield Code(
        (
            command_of("check", file),
            f"{command_of('check', file)} --dry-run",
            command_of("run", file),
            command_of("report", file),
        )
    )
