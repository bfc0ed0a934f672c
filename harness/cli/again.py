"""``harness regrade`` and ``harness reprice``: what was answered, judged or priced anew."""

from __future__ import annotations

from pathlib import Path

import click

from harness.cli.options import config_option, results_option, runs_option, sandbox_option
from harness.cli.sandboxes import sandbox_for
from harness.config import find_config, load_config
from harness.runner.again import Change, regrading, repricing
from harness.store import choose_runs, rewrite
from harness.suites import choose_suites, find_suites, load_suite


@click.command()
@click.option("--suite", "suites", default="all", show_default=True, help="Suites to judge again.")
@runs_option
@results_option
@sandbox_option
def regrade(suites: str, runs: tuple[str, ...], results: Path, sandbox: str) -> None:
    """Judge stored answers again, by the graders and tasks as they are now."""
    known = find_suites()
    chosen = [load_suite(known[name]) for name in choose_suites(suites, known)]
    tasks = {(task.suite, task.id): task for suite in chosen for task in suite.tasks}
    _apply(regrading(tasks, sandbox_for(chosen, sandbox)), results, runs)


@click.command()
@runs_option
@config_option
@results_option
def reprice(runs: tuple[str, ...], config: Path | None, results: Path) -> None:
    """Compute costs again, by the prices in models.yaml and the price snapshot."""
    _apply(repricing(load_config(find_config(config)).models), results, runs)


def _apply(change: Change, results: Path, runs: tuple[str, ...]) -> None:
    for run_id in choose_runs(results, runs):
        click.echo(f"{run_id}: {rewrite(results, run_id, change)} rows changed")
