"""The plan of all missions: who gets each, in which order, and what that loads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from harness.missions.assign import Assignee, Assignment, assign
from harness.missions.definition import Mission, Phase, Template
from harness.missions.order import Memory, Turn, best_order, loads, turns
from harness.missions.placeholders import filled
from harness.missions.setup import Setup
from harness.missions.sizes import command_gb, engine_gb, takes_memory
from harness.missions.state import MissionState
from harness.models.enginekinds import kind_of
from harness.records import ModelSpec

States = Mapping[str, MissionState]  # by mission
_ASKED, _ON_CPU = "harness:", "harness on the processor:"  # before models that harness itself holds


@dataclass(frozen=True, slots=True)
class Step:
    """A mission at its place in the order, with the turn that its model takes."""

    assignment: Assignment
    turn: Turn

    @property
    def mission(self) -> Mission:
        """The mission."""
        return self.assignment.mission


@dataclass(frozen=True, slots=True)
class PhasePlan:
    """A phase with its missions in the order in which they run."""

    phase: Phase
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class MissionPlan:
    """The whole. ``listed_loads`` is what the order of the file would load."""

    setup: Setup
    phases: tuple[PhasePlan, ...]
    memory: Memory
    listed_loads: int

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every mission, in order."""
        return tuple(step for phase in self.phases for step in phase.steps)

    @property
    def loads(self) -> int:
        """How many times a model is loaded."""
        return sum(step.turn.loaded for step in self.steps)


def make_plan(setup: Setup, states: States) -> MissionPlan:
    """Assign and order the missions; ``states`` know how long loading took.

    Raises ``ConfigError`` for a mission that nobody can be given.
    """
    assignments = {each.mission.id: each for each in assign(setup)}
    phases = [[assignments[mission.id] for mission in phase.missions] for phase in setup.file.phases]
    listed = [[seat(each.mission, each.first.model) for each in phase] for phase in phases]
    memory = _memory(setup, [name for phase in listed for name in phase], states)
    ordered = [
        [phase[at] for at in order] for phase, order in zip(phases, best_order(listed, memory), strict=True)
    ]
    taken = iter(turns([seat(each.mission, each.first.model) for phase in ordered for each in phase], memory))
    plans = [
        PhasePlan(phase, tuple(Step(each, next(taken)) for each in steps))
        for phase, steps in zip(setup.file.phases, ordered, strict=True)
    ]
    return MissionPlan(setup, tuple(plans), memory, loads([n for phase in listed for n in phase], memory))


def seat(mission: Mission, model: str, *, last: bool = False) -> str:
    """What a mission needs in memory: a model for a command, or one that harness holds itself.

    The ``last`` one of a chain is kept off the GPU, where it always works.
    """
    return model if mission.template is not None else f"{_ON_CPU if last else _ASKED}{model}"


def model_of(name: str) -> str:
    """The model of a seat."""
    return name.removeprefix(_ASKED).removeprefix(_ON_CPU)


def is_asked(name: str) -> bool:
    """Whether harness itself holds the model."""
    return name.startswith((_ASKED, _ON_CPU))


def _memory(setup: Setup, seats: Sequence[str], states: States) -> Memory:
    names, gigabytes = list(dict.fromkeys(seats)), setup.file.memory_gb
    sizes = {name: size_of(setup, name) for name in names if takes_memory(setup, model_of(name))}
    residents = frozenset(name for name in sizes if model_of(name) in setup.file.residents)
    beside = setup.file.slots if gigabytes is None else gigabytes - sum(sizes[name] for name in residents)
    return Memory(beside, sizes, residents, measured_load_s(setup, states))


def size_of(setup: Setup, name: str) -> float:
    """What a seat takes: one slot, or gigabytes; all there are where its size is unknown."""
    room = setup.file.memory_gb
    if room is None:
        return 1.0
    size = (engine_gb if is_asked(name) else command_gb)(setup, model_of(name))
    return room if size is None else size


def measured_load_s(setup: Setup, states: States) -> dict[str, float]:
    """The median seconds of loading by seat, over all attempts that say how long theirs took."""
    seconds: dict[str, list[float]] = {}
    for mission in setup.file.missions:
        for attempt in states[mission.id].attempts:
            if attempt.load_s is not None:
                name = seat(mission, attempt.model, last=attempt.role == "last resort")
                seconds.setdefault(name, []).append(attempt.load_s)
    return {name: median(values) for name, values in seconds.items()}


def expected_s(assignment: Assignment, states: States) -> float | None:
    """Seconds that a mission should take its first model; ``None`` where nothing says.

    What it took before, or, where harness asks the model itself, a median answer of the tournament.
    """
    first, mission = assignment.first, assignment.mission
    times = [each.seconds for each in states[mission.id].judged if each.model == first.model]
    if measured := [seconds for seconds in times if seconds is not None]:
        return median(measured)
    asked = mission.template is None and first.measured is not None
    return first.measured.latency_p50_s if asked and first.measured is not None else None


def held_spec(setup: Setup, name: str) -> ModelSpec:
    """The model of a seat, as harness holds it."""
    spec = setup.spec(model_of(name))
    off_gpu = name.startswith(_ON_CPU) and kind_of(spec.engine).loads
    return replace(spec, params={**spec.params, "n_gpu_layers": 0}) if off_gpu else spec


# --- commands -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Commands:
    """A template's commands with everything filled in, for one mission and model."""

    command: tuple[str, ...]
    validation: tuple[tuple[str, ...], ...]
    load: tuple[str, ...]
    unload: tuple[str, ...]

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """Those that there are, in the order in which they run."""
        yield from filter(None, (*self.validation, self.load, self.command, self.unload))


def commands(template: Template, values: Mapping[str, str | None], *, last: bool) -> Commands:
    """The commands of a template. Raises ``ValueError`` for a placeholder that stands for nothing."""
    command = template.cpu_command if last and template.cpu_command else template.command
    return Commands(
        tuple(filled(command, values)),
        tuple(tuple(filled(each, values)) for each in template.validation),
        tuple(filled(template.load, values)),
        tuple(filled(template.unload, values)),
    )


def values_of(
    assignment: Assignment, assignee: Assignee, setup: Setup, prompt: Path
) -> dict[str, str | None]:
    """What placeholders stand for; ``prompt`` is the file of a mission that is a task of a suite."""
    mission = assignment.mission
    path = setup.path_of(assignee.model)
    file = str(prompt) if mission.suite is not None else mission.file
    return {
        "model": assignee.model,
        "model_path": None if path is None else str(path),
        "mission": file,
        "id": mission.id,
        "name": mission.name,
        "task_type": assignment.task_type,
    }
