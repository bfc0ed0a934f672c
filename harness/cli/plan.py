"""``harness plan``: who holds which role in how much memory, and what an orchestration costs."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from harness.analysis.board import Board
from harness.analysis.standings import load_boards
from harness.cli.options import Amount, config_option, reports_option, results_option, runs_option
from harness.cli.tables import print_table
from harness.cli.terminal import echo, write
from harness.engines.local.free_memory import free_gpu_memory, free_memory
from harness.errors import HarnessError, ResultsError
from harness.files import write_atomically
from harness.jsontext import dump
from harness.models.config import find_config, load_config
from harness.planning import workflow_document
from harness.planning.agents import AgentPlan, Planner
from harness.planning.agents_document import CHART, as_data, as_yaml, document
from harness.planning.agents_file import AgentsFile, load_agents
from harness.planning.agents_words import as_written_verdict, verdict
from harness.planning.candidates import local_candidates
from harness.planning.deployment import TOOLS, left_to_do
from harness.planning.memory import size
from harness.planning.memory_chart import memory_chart
from harness.planning.workflow import plan_workflow
from harness.planning.workflow_file import load_workflow
from harness.reporting.charts.png import png
from harness.reporting.charts.svg import svg
from harness.results.database import reading
from harness.results.locations import ResultsLocation
from harness.rules.file import load_rules
from harness.suites import find_suites, read_head
from harness.words import counted, listed

_MORE = 8e9  # bytes: what the document says of a larger device
_RULES = Path("reports/routing_rules.yaml")


@click.group()
def plan() -> None:
    """Plan by what was measured: roles of agents within a device's memory, and workflows of many calls."""


@plan.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--memory", type=Amount(0.01, 1e6), help="Memory of the device in GB, instead of what the file says."
)
@reports_option
@click.option(
    "--to", "tools", multiple=True, type=click.Choice([*TOOLS]), help="Tool to write the plan for, too."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, and write nothing.")
@runs_option
@config_option
@results_option
def agents(
    file: Path,
    memory: float | None,
    out: Path,
    tools: tuple[str, ...],
    as_json: bool,
    runs: tuple[str, ...],
    config: Path | None,
    results: ResultsLocation,
) -> None:
    """Give each role of FILE (agents.yaml) a model, so that all of them fit into the device's memory.

    Writes AGENT_ALLOCATION.md, agent_allocation.yaml and a chart of the memory. Roles are held by what was
    measured; one that nobody measured keeps the model that FILE gives it.
    """
    models, suites = load_config(find_config(config)), _suites_of_types()
    loaded = load_agents(file, models, suites, find_suites())
    candidates, left_out = local_candidates(models.choose_models(loaded.candidates), loaded)
    for role in loaded.roles:
        if role.model in left_out:
            echo(f"{role.name}: {role.model} is left out: {left_out[role.model]}", err=True)
    boards = _boards(results, runs)
    on, device = _device(loaded, memory)
    planner = Planner(loaded, candidates, boards, on)
    with _nothing_on_stdout():
        made, larger = planner.plan(device), planner.plan(device + _MORE)
    if as_json:
        write(dump(as_data(made)))
    else:
        text = document(made, larger, suites, str(file), left_out)
        _write(made, text, out)
        _print(made)
        for line in left_to_do(made, models.models) if tools else ():
            echo(f"to do: {line}", err=True)
        for tool in tools:
            exported = TOOLS[tool](made, models.models)
            for loss in exported.losses:
                echo(f"not in {tool}: {loss}", err=True)
            for name, content in exported.files.items():
                write_atomically(out / name, content)
                echo(out / name)
    for name in sorted({role.seat.hosted for role in made.roles if role.seat and role.seat.hosted}):
        if name not in models.models and not tools:  # else it is one of the things to do
            echo(f"{name} is not in {models.path.name}: nobody measured it or knows its address", err=True)
    if lacking := [role.role.name for role in made.roles if role.seat is None]:
        raise HarnessError(
            f"{counted(len(lacking), 'role')} without a model: {listed(lacking)}; see Why in the plan"
        )


@plan.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--rules",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="The rules file.  [default: reports/routing_rules.yaml, if there is one]",
)
@reports_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, and write nothing.")
def workflow(file: Path, rules: Path | None, out: Path, as_json: bool) -> None:
    """Reckon the orchestration of FILE (workflow.yaml): its cost, its critical path, what it will yield.

    By the rules, against one model for all, and against a single call. Writes WORKFLOW_PLAN.md.
    """
    path = rules or (_RULES if _RULES.exists() else None)
    ruleset = load_rules(path) if path else None
    made = plan_workflow(load_workflow(file, ruleset), ruleset)
    if as_json:
        write(dump(workflow_document.as_data(made)))
        return
    write_atomically(out / "WORKFLOW_PLAN.md", workflow_document.document(made, str(file)))
    echo(out / "WORKFLOW_PLAN.md")
    for line in filter(None, (workflow_document.claim(made), workflow_document.verdict(made))):
        echo(line)


@contextmanager
def _nothing_on_stdout() -> Iterator[None]:
    """HiGHS writes lines of its own to stdout despite its options; programs may read ours there."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _suites_of_types() -> dict[str, list[str]]:
    """The suites of each task type."""
    types: dict[str, list[str]] = defaultdict(list)
    for name, path in find_suites().items():
        types[read_head(path).category].append(name)
    return dict(types)


def _boards(results: ResultsLocation, runs: tuple[str, ...]) -> Mapping[str, tuple[Board, ...]]:
    """What was measured, by suite and task type; nothing where there are no results yet."""
    try:
        return reading(
            results, runs, lambda con: {by: load_boards(con, by)[by] for by in ("suite", "task_type")}
        )
    except ResultsError as error:
        echo(f"{error}: all roles are planned as not measured", err=True)
        return {}


def _device(agents: AgentsFile, memory: float | None) -> tuple[str, float]:
    """What models are loaded on, and its bytes."""
    given = memory if memory is not None else agents.memory_gb
    if given != "free":
        return agents.device.upper(), float(given) * 1e9
    free = free_gpu_memory() if agents.device == "gpu" else None
    if free is not None:
        return "GPU", float(free)
    free = free_memory()
    if free is None:
        raise HarnessError("nobody says how much memory is free here; give it with --memory")
    return "CPU", float(free)


def _write(made: AgentPlan, text: str, out: Path) -> None:
    canvas = memory_chart(made)
    write_atomically(out / "AGENT_ALLOCATION.md", text)
    write_atomically(out / "agent_allocation.yaml", as_yaml(made))
    write_atomically(out / CHART, svg(canvas))
    write_atomically((out / CHART).with_suffix(".png"), png(canvas, "harness plan agents"))
    for name in ("AGENT_ALLOCATION.md", "agent_allocation.yaml", CHART):
        echo(out / name)


def _print(made: AgentPlan) -> None:
    rows = []
    for role in made.roles:
        seat, server = role.seat, role.seat.server if role.seat else None
        rows.append((
            role.role.name,
            "–" if seat is None else seat.hosted or (server.candidate.title if server else ""),
            f"{seat.slots} × {seat.context}" if seat and server else "",
            size(server.candidate.shape.weights) if server else "",
            role.status,
        ))  # fmt: skip
    print_table(("role", "model", "context", "weights", "chosen by"), rows)
    if written := as_written_verdict(made):
        echo(written)
    echo(verdict(made))
