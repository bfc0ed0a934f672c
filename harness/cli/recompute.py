"""``harness regrade``, ``reprice`` and ``lint``: what was answered, judged, priced or read anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from harness.cli.options import config_option, joined, results_option, runs_option, sandbox_option
from harness.cli.terminal import echo, warn, write
from harness.errors import HarnessError
from harness.jsontext import dump
from harness.models.config import find_config, load_config
from harness.records import Suite, Task
from harness.results.locations import ResultsLocation, parts_of
from harness.results.outbox import local_folder
from harness.results.rewriting import rewrite
from harness.results.runs import choose_runs
from harness.results.store import read_parts
from harness.runner.confinement import executes_code, sandbox_for
from harness.runner.recompute import Change, VerdictChange, linting, noting, regrading, repricing
from harness.suites import choose_suites, find_suites, load_suite
from harness.words import counted

_LISTED = 20  # verdicts shown; the rest is counted
_suites_option = click.option(
    "--suite",
    "suites",
    multiple=True,
    default=("all",),
    show_default=True,
    callback=joined,
    help="Suites whose answers to take, as in `harness run`.",
)


@click.command()
@_suites_option
@runs_option
@results_option
@sandbox_option
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object, with every verdict that changed."
)
def regrade(
    suites: str, runs: tuple[str, ...], results: ResultsLocation, sandbox: str, as_json: bool
) -> None:
    """Judge stored answers again, by the graders and tasks as they are now; list changed verdicts."""
    chosen = _chosen(suites, results, runs)
    flips: list[VerdictChange] = []
    change = noting(regrading(_tasks(chosen), sandbox_for(chosen, sandbox, local_folder(results))), flips)
    changed = {run_id: rewrite(results, run_id, change) for run_id in choose_runs(results, runs)}
    flips.sort(key=lambda flip: (flip.model, flip.suite, flip.task_id, flip.repeat, flip.run_id))
    if as_json:
        turned = [asdict(flip) for flip in flips]
        write(dump({"rows_changed": changed, "turned": turned}))
        return
    for run_id, rows in changed.items():
        echo(f"{run_id}: {counted(rows, 'row')} changed")
    if flips:
        ways = Counter(f"{flip.before} → {flip.after}" for flip in flips)
        echo("verdicts changed: " + ", ".join(f"{n:,} {way}" for way, n in ways.items()))
    for flip in flips[:_LISTED]:
        reason = f" ({flip.reason:.100})" if flip.reason else ""
        echo(f"{flip.model}  {flip.suite}/{flip.task_id}: {flip.before} → {flip.after}{reason}")
    if len(flips) > _LISTED:
        echo(f"and {len(flips) - _LISTED:,} more; --json lists all")


@click.command()
@_suites_option
@runs_option
@results_option
@sandbox_option
def lint(suites: str, runs: tuple[str, ...], results: ResultsLocation, sandbox: str) -> None:
    """Count what clippy, go vet and ruff say of the code in stored answers (metrics.lint)."""
    chosen = [suite for suite in _chosen(suites, results, runs) if executes_code(suite)]
    confined = sandbox_for(chosen, sandbox, local_folder(results))
    if confined is None:
        raise HarnessError("no suite chosen has answers in code; `harness suites list` shows the suites")
    _apply(linting(_tasks(chosen), confined, warn), results, runs)


@click.command()
@runs_option
@config_option
@results_option
def reprice(runs: tuple[str, ...], config: Path | None, results: ResultsLocation) -> None:
    """Compute costs again, by the prices in models.yaml and the price snapshot."""
    _apply(repricing(load_config(find_config(config)).models), results, runs)


def _chosen(suites: str, results: ResultsLocation, runs: Sequence[str]) -> list[Suite]:
    """The suites asked for that the runs have rows of."""
    parts = [part for run_id in choose_runs(results, runs) for part in parts_of(results / run_id)]
    measured = {name for rows in read_parts(parts, ["suite"]) for name in rows["suite"].unique().to_pylist()}
    paths = find_suites()
    return [load_suite(paths[name]) for name in choose_suites(suites, paths) if name in measured]


def _tasks(suites: Sequence[Suite]) -> dict[tuple[str, str], Task]:
    return {(task.suite, task.id): task for suite in suites for task in suite.tasks}


def _apply(change: Change, results: ResultsLocation, runs: tuple[str, ...]) -> None:
    for run_id in choose_runs(results, runs):
        echo(f"{run_id}: {counted(rewrite(results, run_id, change), 'row')} changed")
