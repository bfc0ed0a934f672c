"""``harness run``: take the samples of a matrix of suites and models."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.analysis.facts import read_honesty
from harness.analysis.standings import load_boards
from harness.cli.forecast import print_forecast
from harness.cli.options import SEED, Amount, config_option, joined, results_option, sandbox_option
from harness.cli.terminal import console, echo
from harness.errors import HarnessError
from harness.models.enginekinds import kind_of
from harness.processors import usable_processors
from harness.reporting.formats.terminal import has_room_for_percentiles, print_standings
from harness.reporting.sections.rounds import rounds
from harness.results.database import reading
from harness.results.locations import ResultsLocation, relist
from harness.results.manifests import read_manifests
from harness.results.outbox import local_folder
from harness.results.runs import choose_runs
from harness.runner.cache import AnswerCache, default_path
from harness.runner.confinement import sandbox_if_any
from harness.runner.display import display
from harness.runner.events import JsonEvents
from harness.runner.formats import FORMATS, Format
from harness.runner.plan import RunPlan, Selection, new_run_id, plan_of
from harness.runner.progress import Progress
from harness.runner.residents import AtOnce
from harness.runner.run import Begin, RunOptions, execute
from harness.solvers import SOLVERS
from harness.solvers.base import (
    ASKED_FORMATS,
    COST_LIMIT,
    MOST_TRIES,
    STEPS_ASKED,
    TRIES,
    AskedFormat,
    SolverName,
    Steps,
)
from harness.words import counted, listed
from harness.workers.launchers import LAUNCHERS
from harness.workers.launchers.base import Launch
from harness.workers.options import WorkerOptions
from harness.workers.start import prepare

if TYPE_CHECKING:
    import duckdb

_SPEED_REPEATS = 5  # as llama-bench

# Answers of models, samples for which there was no time, answers that ended in a loop, the tokens that saved.
_OUTCOME = """
    WITH taken AS (
        SELECT
            bool_or(status = 'ok' AND NOT baseline) AS answered,
            bool_and(status = 'skipped' AND error_type = 'no_time') AS no_time,
            bool_and(status = 'skipped' AND error_type = 'too_long') AS too_long,
            bool_or(finish_reason = 'loop') AS loop,
            max(TRY_CAST(TRY_CAST(metrics AS JSON) ->> '$.loop_saved_tokens' AS BIGINT)) AS saved
        FROM results
        GROUP BY sample_id
    )
    SELECT
        count(*) FILTER (answered), count(*) FILTER (no_time), count(*) FILTER (too_long),
        count(*) FILTER (loop), coalesce(sum(saved), 0)::BIGINT
    FROM taken
"""


@click.command()
@click.option(
    "--suite",
    "suites",
    multiple=True,
    callback=joined,
    help="Suites: all, names, globs, categories, languages; comma-separated; !x leaves x out.",
)
@click.option(
    "--models",
    multiple=True,
    callback=joined,
    help="Models: all, ids, globs, tags, groups, providers; comma-separated; !x leaves x out; "
    "rules:FILE is what a rules file makes of its models.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    help="Only the first N tasks of each suite: a fair sample, the same for all.",
)
@click.option(
    "--repeats",
    type=click.IntRange(1, 10_000),
    help="Ask each task K times.  [default: 1; in the speed lane 5]",
)
@click.option("--seed", type=SEED, default=0, show_default=True, help="Seed of the first repeat.")
@click.option("--budget", type=Amount(min=0), metavar="USD", help="Stop before endpoints cost more.")
@click.option(
    "--minutes",
    type=Amount(min=0, min_open=True, max=100_000),
    metavar="M",
    help="Take as many samples as M minutes allow, the same tasks for all models.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="full",
    show_default=True,
    help="Ask all models everything; or in rounds, and after each keep the better half, "
    "or all that are not shown to be worse than the leader.",
)
@click.option(
    "--yes", is_flag=True, help="Run expensive suites too (opt_in), of which you have seen the forecast."
)
@click.option("--dry-run", is_flag=True, help="Show the matrix and what it would take, and stop.")
@click.option("--resume", metavar="RUN_ID", help="Go on with a run: only what is missing.")
@click.option("--retry-errors", metavar="RUN_ID", help="Go on with a run: what is missing, and what failed.")
@click.option(
    "--cache", "cached", is_flag=True, help="Take answers from, and put them into, the answer cache."
)
@click.option("--speed-lane", is_flag=True, help="Measure speed: one request at a time, nothing beside it.")
@click.option(
    "--local-models-at-once",
    "local_at_once",
    metavar="auto|N",
    callback=lambda _ctx, _param, value: _at_once(value),
    default="auto",
    show_default=True,
    help="Local models side by side, each in a process of its own, as far as memory does; "
    "their speeds then count in no figure. auto: on a GPU all that its memory takes, on a CPU one.",
)
@click.option(
    "--solver",
    type=click.Choice(tuple(SOLVERS)),
    default="single",
    show_default=True,
    help="How projects are put to models: one answer; again, with what the visible checks say; in a shell.",
)
@click.option(
    "--tries",
    type=click.IntRange(1, MOST_TRIES),
    default=TRIES,
    show_default=True,
    help="Most answers to a project, with --solver tries.",
)
@click.option(
    "--edit-format",
    type=click.Choice(ASKED_FORMATS),
    default="auto",
    show_default=True,
    help="Form of answers to projects: whole files, blocks that replace lines, or by their size.",
)
@click.option(
    "--cost-limit",
    type=Amount(min=0, min_open=True),
    default=COST_LIMIT,
    show_default=True,
    metavar="USD",
    help="Most that one project may cost in USD, with --solver tries or agent.",
)
@click.option(
    "--no-follow-up",
    is_flag=True,
    help="Ask nobody for a second change of a project that passed; it costs about as much as the first.",
)
@click.option(
    "--allow-remote",
    is_flag=True,
    help="Send private suites (policy: private) to models on other machines too.",
)
@click.option(
    "--steps",
    type=click.Choice(STEPS_ASKED),
    default="chained",
    show_default=True,
    help="How orchestrations are put: call by call, with the answers or with the references of earlier steps "
    "in the prompts; or all steps in one call.",
)
@click.option(
    "--on",
    type=click.Choice(tuple(LAUNCHERS)),
    help="Have workers take the samples: processes of this machine, actors of a Ray cluster, "
    "tasks of a Slurm job, or those that you start by hand.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 10_000),
    default=usable_processors,
    show_default="as many as processors",
    help="Number of workers, with --on.",
)
@click.option("--json", "as_json", is_flag=True, help="Print events, or the forecast, as JSON.")
@config_option
@results_option
@sandbox_option
def run(
    suites: str | None, models: str | None, limit: int | None, repeats: int | None, seed: int,
    budget: float | None, minutes: float | None, form: Format, yes: bool, dry_run: bool, resume: str | None,
    retry_errors: str | None, cached: bool, speed_lane: bool, local_at_once: AtOnce, solver: SolverName,
    tries: int, edit_format: AskedFormat, cost_limit: float, no_follow_up: bool, allow_remote: bool,
    steps: Steps, on: str | None, workers: int, as_json: bool, config: Path | None, results: ResultsLocation,
    sandbox: str,
) -> None:  # fmt: skip
    """Measure models on suites. Every sample becomes a row in the results folder.

    Nothing is ever overwritten: each run appends, and an interrupted one goes on with --resume.
    """
    if speed_lane:
        _check_lane(cached=cached, minutes=minutes, form=form, local_at_once=local_at_once)
    resumed = resume or retry_errors
    if resumed:
        _refuse_beside(both=resume and retry_errors, suites=suites, models=models, lane=speed_lane)
        started = (results / resumed / "_manifest.json").exists()  # perhaps killed before its first sample
        run_id = resumed if started else choose_runs(results, [resumed])[0]
        selection = _selection_of(results, run_id)
        selection = replace(
            selection,
            budget_usd=budget if budget is not None else selection.budget_usd,
            minutes=minutes or selection.minutes,
            allow_remote=allow_remote or selection.allow_remote,
        )
    elif suites and models:
        run_id = new_run_id(datetime.now(UTC))
        repeats = repeats or (_SPEED_REPEATS if speed_lane else 1)
        selection = Selection(
            suites, models, limit, repeats, seed, budget, speed_lane, form, local_at_once, solver, tries,
            edit_format, minutes, cost_limit, allow_remote, steps, not no_follow_up,
        )  # fmt: skip
    else:
        raise click.UsageError("say what to run: --suite NAMES --models NAMES (both take 'all')")
    plan = plan_of(selection, config)
    expensive = [suite.name for suite in plan.suites if suite.opt_in and not (yes or resumed)]
    if dry_run or expensive:
        print_forecast(plan, results, as_json=as_json)
    if dry_run:
        return
    if expensive:
        raise HarnessError(f"{listed(expensive)}: expensive; --yes runs it as forecast above")
    begin: Begin = "retry_errors" if retry_errors else "resume" if resume else "new"
    with closing(AnswerCache(default_path())) if cached else nullcontext() as cache:
        options = RunOptions(begin, sandbox_if_any(plan.suites, sandbox, local_folder(results)), cache)
        matrix = f"{counted(len(plan.suites), 'suite')} × {counted(len(plan.models), 'model')}"
        echo(f"run {run_id}: {matrix} → {results / run_id}", err=True)
        progress = Progress(JsonEvents(sys.stdout) if as_json else display(console(stderr=True)))
        if on:
            prepared = prepare(plan, results, run_id, workers, options)
            worker_options = WorkerOptions(config, sandbox, cached)
            launched = LAUNCHERS[on](
                Launch(plan, results, run_id, prepared, workers, worker_options), progress
            )
            relist(results)
        else:
            launched = execute(plan, results, run_id, progress, options)
    if isinstance(launched, str):
        echo(f"run {run_id}: {launched}", err=True)
    else:
        _print_outcome(plan, results, run_id, launched, as_json=as_json)


def _check_lane(*, cached: bool, minutes: float | None, form: Format, local_at_once: AtOnce) -> None:
    """Refuse what ``--speed-lane`` does not go with."""
    if cached:
        raise click.UsageError("--speed-lane measures, so it cannot use --cache")
    if minutes:
        raise click.UsageError("--speed-lane measures every model alike, so it takes no --minutes")
    if form != "full":
        raise click.UsageError("--speed-lane measures every model alike, so it takes no --format")
    if local_at_once not in ("auto", 1):
        raise click.UsageError("--speed-lane wants a quiet machine, so it takes no --local-models-at-once")


def _at_once(setting: str) -> AtOnce:
    if setting == "auto":
        return "auto"
    if setting.isdecimal() and len(setting) <= 3 and int(setting) > 0:
        return int(setting)
    raise click.BadParameter(f"{setting!r:.40} is neither auto nor a number from 1 to 999")


def _refuse_beside(**given: object) -> None:
    if any(given.values()):
        raise click.UsageError(
            "--resume and --retry-errors take suites and models from the run; give one of them, alone"
        )


def _selection_of(results: ResultsLocation, run_id: str) -> Selection:
    manifest = read_manifests(results, [run_id])[0]
    if "selection" not in manifest:
        raise HarnessError(
            f"{results / run_id} does not say what was selected, so it cannot be resumed; start a new run"
        )
    return Selection(**manifest["selection"])


def _print_outcome(
    plan: RunPlan, results: ResultsLocation, run_id: str, counts: Counter[str], *, as_json: bool
) -> None:
    relist(results)
    ranked = [spec for spec in plan.models if not spec.baseline and not kind_of(spec.engine).routes]
    screen = console()
    room = has_room_for_percentiles(screen)

    def shown(con: duckdb.DuckDBPyConnection) -> Mapping[str, int]:
        (row,) = con.execute(_OUTCOME).fetchall()
        if not as_json:
            boards = load_boards(con, "suite", percentiles=room)
            print_standings(boards, screen, "suite", read_honesty(con))
        return dict(zip(("answered", "no_time", "too_long", "loops", "saved"), row, strict=True))

    outcome = reading(results, [run_id], shown)
    summary = ", ".join(
        f"{counts[status]} {status}" for status in ("ok", "error", "skipped") if counts[status]
    )
    echo(f"run {run_id}: {summary or 'nothing was missing'}", err=True)
    for line in (*rounds(read_manifests(results, [run_id])), *_remarks(run_id, outcome)):
        echo(line, err=True)
    if ranked and not outcome["answered"]:
        why = "give the run more --minutes" if outcome["no_time"] else "see above why"
        raise HarnessError(f"no model gave an answer that could be graded; {why}")


def _remarks(run_id: str, outcome: Mapping[str, int]) -> Iterator[str]:
    if outcome["no_time"]:
        yield (
            f"{counted(outcome['no_time'], 'sample')} did not fit into the time and count for nobody; "
            f"harness run --resume {run_id} --minutes M takes them"
        )
    if outcome["too_long"]:
        yield f"{counted(outcome['too_long'], 'sample')} did not fit into a model's window (too_long)"
    if outcome["loops"]:
        yield (
            f"{counted(outcome['loops'], 'answer')} repeated the same words without end and failed (loop);"
            f" ending them early saved {counted(outcome['saved'], 'token')}"
        )
