"""The nouns of ``missions.yaml``; what stands beside a type bounds what a file may say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from harness.credentials import check_variable
from harness.fieldtypes import Between, Length
from harness.patterns import groups_of, pattern_flaw

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


def check_id(value: object) -> str | None:
    """Why a text cannot name the files of a mission; ``None`` if it can."""
    if not isinstance(value, str) or _ID.fullmatch(value):
        return None
    return "must have letters, digits, dots, dashes and underscores only, and begin with a letter or digit"


def check_argument(value: object) -> str | None:
    """Why a text can be no argument of a program; ``None`` if it can."""
    return (
        "holds a NUL character, which no argument can" if isinstance(value, str) and "\0" in value else None
    )


def check_pattern(value: object) -> str | None:
    """Why a text is no regular expression; ``None`` if it is."""
    flaw = pattern_flaw(value) if isinstance(value, str) else None
    return flaw and f"is no regular expression that can be used: {flaw}"


def check_figure(value: object) -> str | None:
    """Why a text does not find a figure: a regular expression with one group, around the number."""
    flaw = check_pattern(value)
    if flaw is None and isinstance(value, str) and groups_of(value) != 1:
        return "needs one group, around the figure"
    return flaw


Label = Annotated[str, Length(1, 200)]
Pattern = Annotated[str | None, check_pattern]
FigurePattern = Annotated[str | None, check_figure]
TimeLimit = Annotated[float, Between(0.01, 1e6)]  # seconds
Arguments = tuple[Annotated[str, check_argument, Length(0, 100_000)], ...]


@dataclass(frozen=True, slots=True)
class Assertion:
    """What must hold after a mission: of a ``file``, of a ``command``, or else of what was printed.

    A file must have been written by the mission, unless ``earlier`` is true; a command must exit with 0.
    Its text ``contains`` words, ``matches`` a pattern, and ``lacks`` another.
    """

    file: str | None = None
    command: Arguments = ()
    contains: str | None = None
    matches: Pattern = None
    lacks: Pattern = None
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """How a mission is carried out: programs with their arguments, none of which goes through a shell.

    ``cpu_command`` is used for the small model that comes last; ``validation`` must exit with 0 beforehand.
    ``load`` makes a model ready and ``unload`` frees it, where a server holds models; without them the
    command loads its model itself. ``tokens`` and ``seconds`` find figures in what is printed, the last ones
    count. ``env`` names variables that must be set. More than ``output_mb`` of output ends a command.
    """

    command: Arguments = ()
    cpu_command: Arguments = ()
    validation: tuple[Arguments, ...] = ()
    load: Arguments = ()
    unload: Arguments = ()
    timeout_s: TimeLimit = 3600.0
    output_mb: Annotated[int, Between(1, 1024)] = 16
    tokens: FigurePattern = None
    seconds: FigurePattern = None
    env: tuple[Annotated[str, check_variable], ...] = ()


@dataclass(frozen=True, slots=True)
class Mission:
    """One mission: a ``file`` that a command is given, or a ``task`` of a ``suite``, or that by a command.

    Its phase's ``task_type``, ``template`` and ``model`` hold where it names none. ``model`` is a pin, and
    ``because`` the reason for it; ``fallbacks`` stand in instead of those of the rules.
    """

    id: Annotated[str, check_id]
    name: Label
    task_type: Label | None = None
    suite: Label | None = None
    task: Label | None = None
    file: Label | None = None
    template: Label | None = None
    model: Label | None = None
    because: Label | None = None
    fallbacks: tuple[Label, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    timeout_s: TimeLimit | None = None
    difficulty: str = ""


@dataclass(frozen=True, slots=True)
class Phase:
    """Missions that may come in any order. ``gate`` is the share that must succeed before the next phase."""

    name: Label
    missions: tuple[Mission, ...]
    task_type: Label | None = None
    template: Label | None = None
    model: Label | None = None
    because: Label | None = None
    gate: Annotated[float, Between(0, 1)] = 0.0


@dataclass(frozen=True, slots=True)
class SpecialCase:
    """A model for missions whose name has one of ``words``, or for failures that ``printed`` a pattern."""

    name: Label
    model: Label
    words: tuple[Label, ...] = ()
    printed: Pattern = None


Measure = Literal["success", "first_attempt", "speed", "less_time", "fewer_failures", "more_at_first"]
COMPARED: tuple[Measure, ...] = ("less_time", "fewer_failures", "more_at_first")  # with one model for all


@dataclass(frozen=True, slots=True)
class Expectation:
    """An expectation to be measured: ``says`` is the claim as it was made.

    Of missions that were given to ``model``, or are of ``phase``, or of all: the share that must succeed
    (``success``), do so at the first attempt (``first_attempt``), or how many times faster than ``against``
    the model must be (``speed``). The last three are shares of what the one model for all takes or does: less
    time, fewer failed attempts, more missions that succeed at the first attempt.
    """

    says: Label
    at_least: Annotated[float, Between(0, 1000)]
    measure: Measure = "success"
    model: Label | None = None
    against: Label | None = None
    phase: Label | None = None


@dataclass(frozen=True, slots=True)
class MissionFile:
    """A whole ``missions.yaml``.

    ``residents`` are always in memory; beside them there is room for ``slots`` models, or for what
    ``memory_gb`` holds. ``fallbacks`` stand in for every model, ``last_resort`` after all others.
    ``baseline`` is the one model for all that the plan is compared with; ``alone`` are the missions as it
    does them, without pins and stand-ins. ``places`` says where each mission stands in the file, ``named``
    where each model is named that is not of one mission alone.
    """

    path: Path
    title: Label
    phases: tuple[Phase, ...]
    templates: Mapping[str, Template] = field(default_factory=dict)
    rules: str | None = None
    models: str | None = None
    residents: tuple[Label, ...] = ()
    slots: Annotated[int, Between(1, 64)] = 1
    memory_gb: Annotated[float, Between(0.001, 1e6)] | None = None
    fallbacks: tuple[Label, ...] = ()
    last_resort: Label | None = None
    special_cases: tuple[SpecialCase, ...] = ()
    expect: tuple[Expectation, ...] = ()
    baseline: Label | None = None
    alone: bool = False
    places: Mapping[str, str] = field(default_factory=dict)
    named: tuple[tuple[str, str], ...] = ()

    @property
    def missions(self) -> tuple[Mission, ...]:
        """All missions, as they are listed."""
        return tuple(mission for phase in self.phases for mission in phase.missions)

    @property
    def folder(self) -> Path:
        """Where commands run and relative paths begin."""
        return self.path.absolute().parent

    @property
    def state_folder(self) -> Path:
        """Where it is kept what became of each mission."""
        return self.path.absolute().with_suffix(".baseline.state" if self.alone else ".state")

    def template_of(self, mission: Mission) -> Template | None:
        """How a mission is carried out; ``None`` where harness itself asks the model."""
        return None if mission.template is None else self.templates[mission.template]
