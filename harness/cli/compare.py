"""``harness compare``: what changed between two runs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from harness.analysis.compare import compare as compare_runs
from harness.cli.options import format_option, location_option
from harness.cli.terminal import console, write
from harness.errors import ResultsError
from harness.files import write_atomically
from harness.reporting.columns import COMPARISON_COLUMNS, raw
from harness.reporting.formats.junit import junit
from harness.reporting.formats.rows import Form, render
from harness.reporting.formats.terminal import print_blocks
from harness.reporting.sections.comparison import section
from harness.results.database import reading
from harness.results.locations import ResultsLocation
from harness.results.runs import choose_runs


@click.command()
@click.argument("run_a")
@click.argument("run_b")
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
@location_option
def compare(
    run_a: str, run_b: str, fail_on_regression: bool, junit_file: Path | None, form: Form,
    results: ResultsLocation,
) -> None:  # fmt: skip
    """Compare RUN_B with RUN_A on the tasks that both answered.

    Each model is paired with itself, suite by suite: an exact test on the same tasks (McNemar's of passes,
    sign flips of scores), Holm-corrected over all of them.
    """
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
