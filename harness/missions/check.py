"""What would go wrong, found before anything runs: files, programs, keys, memory, validations."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from harness.engines.local.placing import checked
from harness.errors import ModelUnavailable
from harness.missions.asking import obstacle
from harness.missions.assign import Assignee, Assignment
from harness.missions.attempt import validation_flaw, write_prompts
from harness.missions.commands import CommandRunner, find_program
from harness.missions.plan import Commands, MissionPlan, commands, values_of
from harness.missions.setup import Setup
from harness.missions.sizes import command_gb, engine_gb
from harness.missions.state import StateFolder
from harness.models.enginekinds import kind_of
from harness.models.model_files import find_file
from harness.sandbox.base import Sandbox


@dataclass(frozen=True, slots=True)
class PlannedCommands:
    """A model's commands for a mission, or why there are none."""

    assignment: Assignment
    assignee: Assignee
    commands: Commands | None
    flaw: str | None = None


def planned_commands(plan: MissionPlan) -> Iterator[PlannedCommands]:
    """The commands of every mission that has some, for each model of its chain, in the order of the plan."""
    setup = plan.setup
    state = StateFolder(setup.file)
    for step in plan.steps:
        template = setup.file.template_of(step.mission)
        if template is None:
            continue
        for assignee in step.assignment.chain:
            values = values_of(step.assignment, assignee, setup, state.prompt(step.mission))
            try:
                filled = commands(template, values, last=assignee.last)
            except ValueError as error:
                yield PlannedCommands(step.assignment, assignee, None, str(error))
            else:
                yield PlannedCommands(step.assignment, assignee, filled)


def flaws(plan: MissionPlan, sandbox: Sandbox | None) -> list[str]:
    """Everything that stands in the way, a line each, naming the mission's place in the file."""
    runner = CommandRunner(plan.setup.file.folder)
    write_prompts(plan.setup, StateFolder(plan.setup.file))
    try:
        lines = [
            *_variables(plan.setup), *_models(plan), *_files(plan.setup), *_judges(plan.setup, sandbox),
            *_commands(plan, runner),
        ]  # fmt: skip
    finally:
        runner.close()
    return list(dict.fromkeys(lines))


def _variables(setup: Setup) -> Iterator[str]:
    """Keys and other variables that are named and not set."""
    for name, template in setup.file.templates.items():
        for variable in template.env:
            if not os.environ.get(variable):
                yield f"{setup.file.path}: the template {name!r} needs the variable {variable}; set it"


def _models(plan: MissionPlan) -> Iterator[str]:
    """Files that are not there, models that do not fit, keys that are not set."""
    setup = plan.setup
    asked = {
        each.model for step in plan.steps if step.mission.template is None for each in step.assignment.chain
    }
    for model in dict.fromkeys(each.model for step in plan.steps for each in step.assignment.chain):
        spec = setup.spec(model)
        if kind_of(spec.engine).loads:
            try:
                if find_file(spec, download=False) is None and model in asked:
                    yield f"model {model}: its file is not here yet; `harness models check --load` gets it"
            except ModelUnavailable as error:
                yield str(error)
            else:
                yield from _memory_flaw(plan, model, asked=model in asked)
        elif model in asked and spec.api_key_env and not os.environ.get(spec.api_key_env):
            yield f"model {model}: the variable {spec.api_key_env} is not set"


def _memory_flaw(plan: MissionPlan, model: str, *, asked: bool) -> Iterator[str]:
    """Why a model whose file is here cannot be loaded."""
    setup, room = plan.setup, plan.setup.file.memory_gb
    path = setup.path_of(model)
    if path is None:
        return
    if asked:
        try:
            checked(setup.spec(model), path)
        except ModelUnavailable as error:
            yield str(error)
            return
    size = (engine_gb if asked else command_gb)(setup, model)
    if room is not None and size is not None and size > room:
        yield f"model {model}: takes about {size:.1f} GB, and `memory_gb` is {room:g}"


def _files(setup: Setup) -> Iterator[str]:
    for mission in setup.file.missions:
        if mission.file is not None and not (setup.file.folder / mission.file).is_file():
            yield f"{setup.file.places[mission.id]}: there is no file {mission.file!r}"


def _judges(setup: Setup, sandbox: Sandbox | None) -> Iterator[str]:
    for name, task in setup.tasks.items():
        if (why := obstacle(task, sandbox)) is not None:
            yield f"{setup.file.places[name]}: {why}"


def _commands(plan: MissionPlan, runner: CommandRunner) -> Iterator[str]:
    """Placeholders without a value, programs that are not there, validations that fail."""
    setup, tried = plan.setup, dict[tuple[str, ...], str | None]()
    for planned in planned_commands(plan):
        mission = planned.assignment.mission
        where = f"{setup.file.places[mission.id]}: mission {mission.id}, {planned.assignee.model}"
        if planned.commands is None:
            yield f"{where}: {planned.flaw}"
            continue
        asserting = [each.command for each in mission.assertions if each.command]
        for argv in (*planned.commands, *asserting):
            if find_program(argv[0], setup.file.folder) is None:
                yield f"{where}: there is no program {argv[0]!r}; install it, or correct its path"
        for argv in planned.commands.validation:
            if argv not in tried and find_program(argv[0], setup.file.folder) is not None:
                tried[argv] = validation_flaw(argv, runner)
            if flaw := tried.get(argv):
                yield f"{where}: validation {flaw}"
