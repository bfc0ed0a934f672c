"""``harness run``: take the samples of a matrix of suites and models."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from harness.cli.options import config_option, results_option, sandbox_option
from harness.cli.sandboxes import sandbox_for
from harness.config import find_config, load_config
from harness.errors import HarnessError, SandboxUnavailable
from harness.records import Suite
from harness.runner.plan import Plan, Selection, new_run_id
from harness.sandbox.base import Sandbox
from harness.store import choose_runs, read_manifests
from harness.suites import choose_suites, find_suites, load_suite


@click.command()
@click.option(
    "--suite",
    "suites",
    help="Suites: all, names, globs, categories, languages; comma-separated; !x leaves x out.",
)
@click.option(
    "--models", help="Models: all, ids, globs, tags, groups, providers; comma-separated; !x leaves x out."
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    help="Only the first N tasks of each suite: a fair sample, the same for all.",
)
@click.option(
    "--repeats", type=click.IntRange(min=1), default=1, show_default=True, help="Ask each task K times."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the first repeat.")
@click.option(
    "--budget", type=click.FloatRange(min=0), metavar="USD", help="Stop before endpoints cost more."
)
@click.option("--dry-run", is_flag=True, help="Show the matrix and stop.")
@click.option("--resume", metavar="RUN_ID", help="Go on with a run: only what is missing.")
@config_option
@results_option
@sandbox_option
def run(
    suites: str | None, models: str | None, limit: int | None, repeats: int, seed: int,
    budget: float | None, dry_run: bool, resume: str | None, config: Path | None, results: Path, sandbox: str,
) -> None:  # fmt: skip
    """Measure models on suites. Every sample becomes a row in the results folder.

    Nothing is ever overwritten: each run appends, and an interrupted one goes on with --resume.
    """
    if resume:
        if suites or models:
            raise click.UsageError(
                "--resume takes suites and models from the run; leave --suite and --models out"
            )
        started = (results / resume / "_manifest.json").exists()  # perhaps killed before its first sample
        run_id = resume if started else choose_runs(results, [resume])[0]
        selection = _selection_of(results, run_id)
        selection = replace(selection, budget_usd=budget if budget is not None else selection.budget_usd)
    elif suites and models:
        run_id = new_run_id(datetime.now(UTC))
        selection = Selection(suites, models, limit, repeats, seed, budget)
    else:
        raise click.UsageError("say what to run: --suite NAMES --models NAMES (both take 'all')")
    plan = _plan(selection, config)
    if dry_run:
        _print_matrix(plan)
        return
    counts = _execute(plan, results, run_id, _sandbox(plan.suites, sandbox), resume=bool(resume))
    _print_outcome(plan, results, run_id, counts)


def _plan(selection: Selection, config: Path | None) -> Plan:
    loaded = load_config(find_config(config))
    known = find_suites()
    chosen = [load_suite(known[name]) for name in choose_suites(selection.suites, known)]
    return Plan(selection, loaded, tuple(chosen), tuple(loaded.choose_models(selection.models)))


def _selection_of(results: Path, run_id: str) -> Selection:
    manifest = read_manifests(results, [run_id])[0]
    if "selection" not in manifest:
        raise HarnessError(f"{results / run_id} has no manifest, so it cannot be resumed; start a new run")
    return Selection(**manifest["selection"])


def _sandbox(suites: tuple[Suite, ...], choice: str) -> Sandbox | None:
    """The sandbox, or ``None`` with a warning: suites that need it are then skipped, the others run."""
    try:
        return sandbox_for(suites, choice)
    except SandboxUnavailable as error:
        click.secho(f"warning: suites that run code are skipped: {error}", fg="yellow", err=True)
        return None


def _execute(
    plan: Plan, results: Path, run_id: str, sandbox: Sandbox | None, *, resume: bool
) -> Counter[str]:
    from rich.console import Console

    from harness.runner.progress import Progress
    from harness.runner.run import execute

    click.echo(
        f"run {run_id}: {len(plan.suites)} suites × {len(plan.models)} models → {results / run_id}", err=True
    )
    progress = Progress(Console(stderr=True))
    return execute(plan, results, run_id, sandbox, progress, resume=resume)


def _print_matrix(plan: Plan) -> None:
    from harness.cli.tables import print_table
    from harness.matrix import exclusion

    repeats, limit = plan.selection.repeats, plan.selection.limit
    rows = []
    for spec in plan.models:
        crossed = {suite.name: exclusion(plan.config, spec.id, suite.name) for suite in plan.suites}
        cells = [
            "✗" if crossed[suite.name] else str(len(suite.tasks[:limit]) * repeats) for suite in plan.suites
        ]
        rows.append((spec.id, *cells, str(sum(int(cell) for cell in cells if cell != "✗"))))
    print_table(("model", *(suite.name for suite in plan.suites), "samples"), rows)


def _print_outcome(plan: Plan, results: Path, run_id: str, counts: Counter[str]) -> None:
    from rich.console import Console

    from harness.analysis import scoreboard
    from harness.reporting.terminal import print_standings
    from harness.store import connect

    ranked = [spec for spec in plan.models if not spec.baseline]
    with connect(results, [run_id]) as con:
        board = scoreboard.load(con)
        answered = con.execute("SELECT count(*) FROM results WHERE status = 'ok' AND NOT baseline").fetchone()
    print_standings(board, Console(), by="suite")
    summary = ", ".join(
        f"{counts[status]} {status}" for status in ("ok", "error", "skipped") if counts[status]
    )
    click.echo(f"run {run_id}: {summary or 'nothing was missing'}", err=True)
    if ranked and not (answered and answered[0]):
        raise HarnessError("no model gave an answer that could be graded; the warnings above say why")
