"""``harness missions``: missions in phases, each with its model, its command and its judgement."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, cast, get_args

import click

from harness.cli.exporting import warn_if_old
from harness.cli.options import config_option, folder_option, sandbox_option
from harness.cli.terminal import echo
from harness.errors import HarnessError, UnknownName
from harness.files import write_atomically
from harness.missions.baseline import one_for_all
from harness.missions.check import flaws, planned_commands
from harness.missions.plan import MissionPlan, make_plan
from harness.missions.plan_document import plan_document
from harness.missions.report_document import report_document
from harness.missions.run import Changed, RunWishes, run_missions
from harness.missions.setup import open_setup
from harness.missions.state import MissionState, read_states
from harness.names import nearest
from harness.runner.confinement import sandbox_if_any
from harness.words import counted


@click.group()
def missions() -> None:
    """Check, plan, run and report missions in phases."""


def _of_file(command: Callable[..., None]) -> Callable[..., None]:
    """A command over a missions file: what it names is read, and the plan made."""

    @click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
    @click.option(
        "--rules",
        type=click.Path(path_type=Path, dir_okay=False),
        help="The routing rules.  [default: those that FILE names]",
    )
    @config_option
    @wraps(command)
    def with_plan(*, file: Path, rules: Path | None, config: Path | None, **given: Any) -> None:
        setup = open_setup(file, rules, config)
        if setup.rules is not None:
            warn_if_old(setup.rules, rules or Path(str(setup.file.rules)))
        states = read_states(setup.file)
        command(plan=make_plan(setup, states), states=states, **given)

    return with_plan


def _output_option(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        default=Path("reports") / name,
        show_default=True,
        help="File to write.",
    )


@missions.command()
@_of_file
@click.option("--dry-run", is_flag=True, help="Print every command that could run, and run none.")
@sandbox_option
def check(plan: MissionPlan, states: dict[str, MissionState], dry_run: bool, sandbox: str) -> None:
    """Look whether all is there (files, programs, keys, memory), and whether validations exit with 0."""
    if dry_run:
        _print_commands(plan)
        return
    folder = plan.setup.file.state_folder
    wrong = flaws(plan, sandbox_if_any(list(plan.setup.suites.values()), sandbox, folder))
    for line in wrong:
        echo(line, err=True)
    if wrong:
        raise HarnessError(f"{counted(len(wrong), 'flaw')}; see above")
    echo(f"{plan.setup.file.path}: {counted(len(plan.steps), 'mission')}, nothing stands in the way")


def _print_commands(plan: MissionPlan) -> None:
    """Each once where several missions have it: what is validated and loaded."""
    printed: set[tuple[str, ...]] = set()
    for planned in planned_commands(plan):
        name = f"{planned.assignment.mission.id} {planned.assignee.model} ({planned.assignee.role})"
        if planned.commands is None:
            echo(f"# {name}: {planned.flaw}")
            continue
        echo(f"# {name}")
        for argv in planned.commands:
            if argv == planned.commands.command or argv not in printed:
                echo(shlex.join(argv))
            printed.add(argv)
    for step in plan.steps:
        if step.mission.template is None:
            model = step.assignment.first.model
            echo(f"# {step.mission.id}: harness asks {model} the task {step.mission.task}")


@missions.command("plan")
@_of_file
@_output_option("MISSION_PLAN.md")
def plan_(plan: MissionPlan, states: dict[str, MissionState], output: Path) -> None:
    """Say who gets each mission, in which order, by which command, and what to expect of that."""
    write_atomically(output, plan_document(plan, states, one_for_all(plan.setup)))
    for phase in plan.phases:
        for step in phase.steps:
            others = ", ".join(each.model for each in step.assignment.chain[1:])
            next_ = f", then {others}" if others else ""
            echo(f"{step.mission.id} {step.mission.name}: {step.assignment.first.model}{next_}", err=True)
    echo(output)


@missions.command()
@_of_file
@click.option("--phase", default=None, metavar="NAME", help="Run this phase alone.")
@click.option(
    "--changed",
    type=click.Choice(get_args(Changed)),
    default="refuse",
    show_default=True,
    help="Missions that were edited since they succeeded: say so and stop, keep their results, or run them "
    "again.",
)
@click.option(
    "--baseline",
    is_flag=True,
    help="Run all with the one model that FILE names as the baseline; kept apart, for the report.",
)
@folder_option
@sandbox_option
def run(
    plan: MissionPlan, states: dict[str, MissionState], phase: str | None, changed: str, baseline: bool,
    results: Path, sandbox: str,
) -> None:  # fmt: skip
    """Run the missions phase by phase. What is done is kept beside FILE, and is not done again."""
    names = [each.phase.name for each in plan.phases]
    if phase is not None and phase not in names:
        raise UnknownName(f"no phase {phase!r} in {plan.setup.file.path}{nearest(phase, names)}")
    if baseline:
        way = one_for_all(plan.setup)
        if way is None:
            raise HarnessError(f"{plan.setup.file.path}: name the one model for all under 'baseline'")
        plan = way.plan
    watch = _tell if sys.stderr.isatty() else _keep_quiet
    run_missions(plan, results, RunWishes(phase, cast(Changed, changed), sandbox), _tell, watch)


def _tell(line: str) -> None:
    echo(line, err=True)


def _keep_quiet(line: str) -> None:
    """Steps are for somebody who watches; a log has what came of them."""


@missions.command()
@_of_file
@_output_option("MISSION_REPORT.md")
def report(plan: MissionPlan, states: dict[str, MissionState], output: Path) -> None:
    """Say what came of the missions: success, retries, times, loads, and what was expected."""
    write_atomically(output, report_document(plan, states, one_for_all(plan.setup)))
    echo(output)
