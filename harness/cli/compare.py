"""``harness compare``: what changed between two runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from harness.analysis.compare import Comparison
from harness.analysis.compare import compare as compare_runs
from harness.cli.options import location_option
from harness.cli.terminal import console, echo
from harness.errors import ResultsError
from harness.files import write_atomically
from harness.reporting.formats.junit import junit
from harness.reporting.formats.terminal import print_comparison
from harness.reporting.text import plain
from harness.results.database import reading
from harness.results.locations import ResultsLocation
from harness.results.store import choose_runs

_LISTED = 20  # tasks named of each kind; JUnit has them all


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
@location_option
def compare(
    run_a: str, run_b: str, fail_on_regression: bool, junit_file: Path | None, results: ResultsLocation
) -> None:  # fmt: skip
    """Compare RUN_B with RUN_A on the tasks that both answered.

    Each model is paired with itself, suite by suite: an exact McNemar test, Holm-corrected over all of them.
    """
    (before,), (after,) = choose_runs(results, [run_a]), choose_runs(results, [run_b])
    comparisons = reading(results, [before, after], lambda con: compare_runs(con, before, after))
    if not comparisons:
        raise ResultsError(f"{before} and {after} share no model that answered the same tasks in both")
    _show(comparisons)
    if junit_file:
        write_atomically(junit_file, junit(comparisons))
    if fail_on_regression and any(c.regressed for c in comparisons):
        sys.exit(1)


def _show(comparisons: Sequence[Comparison]) -> None:
    print_comparison(comparisons, console())
    for c in comparisons:
        for what, tasks in (("fails now", c.failures), ("passes now", c.passes)):
            if tasks:
                more = f" and {len(tasks) - _LISTED:,} more" if len(tasks) > _LISTED else ""
                names = plain(", ".join(tasks[:_LISTED]))
                echo(f"{plain(c.model)} on {plain(c.suite)} {what}: {names}{more}")
