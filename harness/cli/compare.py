"""``harness compare``: what changed between two runs, or how alike models are."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.analysis.compare import compare as compare_runs
from harness.analysis.likeness import Likenesses, read_likenesses
from harness.analysis.views import install
from harness.cli.options import format_option, results_option
from harness.cli.terminal import console, write
from harness.errors import ResultsError
from harness.files import write_atomically
from harness.reporting.columns import COMPARISON_COLUMNS, LIKENESS_COLUMNS, raw
from harness.reporting.formats.junit import junit
from harness.reporting.formats.rows import Form, render
from harness.reporting.formats.terminal import print_blocks
from harness.reporting.sections.comparison import section
from harness.reporting.sections.likeness import blocks_of
from harness.results.database import reading
from harness.results.locations import ResultsLocation
from harness.results.runs import choose_runs

if TYPE_CHECKING:
    import duckdb


@click.command()
@click.argument("run_a", required=False)
@click.argument("run_b", required=False)
@click.option(
    "--fail-on-regression", is_flag=True, help="Exit 1 when a model is significantly worse in RUN_B."
)
@click.option(
    "--junit",
    "junit_file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Write the comparison as JUnit XML too.",
)
@format_option
@results_option
def compare(
    run_a: str | None, run_b: str | None, fail_on_regression: bool, junit_file: Path | None, form: Form,
    results: ResultsLocation,
) -> None:  # fmt: skip
    """Compare RUN_B with RUN_A on the tasks that both answered, or models with each other.

    Of two runs each model is paired with itself, suite by suite: an exact test on the same tasks (McNemar's
    of passes, sign flips of scores), Holm-corrected over all of them.

    With one run, or none for all of them, it is shown which models give the same verdicts, mistakes and
    texts, and which make up for each other's failures, in suites that count passes.
    """
    if run_a is None or run_b is None:
        if fail_on_regression or junit_file:
            raise click.UsageError("--fail-on-regression and --junit compare two runs: RUN_A and RUN_B.")
        _compare_models([run_a or "all"], form, results)
        return
    (before,), (after,) = choose_runs(results, [run_a]), choose_runs(results, [run_b])
    comparisons = reading(results, [before, after], lambda con: compare_runs(con, [before], [after]))
    if not comparisons:
        raise ResultsError(f"{before} and {after} share no model that answered the same tasks in both")
    if form == "table":
        print_blocks(section(comparisons).blocks, console())
    else:
        write(render(*raw(COMPARISON_COLUMNS, comparisons), form))
    if junit_file:
        write_atomically(junit_file, junit(comparisons))
    if fail_on_regression and any(c.regressed for c in comparisons):
        sys.exit(1)


def _compare_models(runs: list[str], form: Form, results: ResultsLocation) -> None:
    """Print how alike models are by all tasks; a program gets every task type."""

    def read(con: duckdb.DuckDBPyConnection) -> Likenesses:
        install(con, ("suite",), wanted=("agreement", "likeness"), percentiles=False)
        return read_likenesses(con)

    every = reading(results, choose_runs(results, runs), read)
    if not every.pairs:
        raise ResultsError(
            "no two models answered the same tasks to pass or fail; `harness run --models …` asks several"
        )
    if form == "table":
        print_blocks(blocks_of(every), console())
    else:
        write(render(*raw(LIKENESS_COLUMNS, every.pairs), form))
