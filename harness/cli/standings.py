"""``harness standings``: the tables alone, in the terminal or for a program."""

from __future__ import annotations

from time import sleep

import click

from harness.analysis.facts import read_code, read_findings, read_follow_ups, read_honesty
from harness.analysis.standings import load_boards
from harness.cli.options import format_option, results_option, runs_option
from harness.cli.terminal import console, echo, write
from harness.errors import HarnessError, ResultsError, UnknownName
from harness.reporting.columns import STANDING_COLUMNS, raw
from harness.reporting.formats.rows import Form, render
from harness.reporting.formats.terminal import has_room_for_percentiles, print_standings
from harness.results.database import reading
from harness.results.locations import ResultsLocation, relist
from harness.results.manifests import read_manifests
from harness.results.runs import choose_runs

_LOOK_S = 5.0  # between two looks
DIMENSIONS = ("suite", "task_type", "category", "language", "difficulty", "role", "context_tier")


@click.command()
@click.option(
    "--by",
    type=click.Choice(DIMENSIONS),
    default="suite",
    show_default=True,
    help="Split the tables by this.",
)
@click.option("--watch", is_flag=True, help="Show them again and again, as long as a run of --run goes on.")
@format_option
@runs_option
@results_option
def standings(by: str, watch: bool, form: Form, runs: tuple[str, ...], results: ResultsLocation) -> None:
    """Show who stands where, with intervals.

    A terminal of more than 80 columns also shows p50, p90 and the time to the first token.
    """
    if not watch:
        _show(by, form, runs, results)
        return
    while True:
        relist(results)
        goes_on = any(
            one.get("status") == "running" for one in read_manifests(results, _chosen(results, runs))
        )
        console().clear()  # where it is a terminal
        try:
            _show(by, form, runs, results)
        except HarnessError as error:
            if not goes_on:
                raise
            echo(f"no rows yet: {error}", err=True)
        if not goes_on:
            return
        sleep(_LOOK_S)


def _chosen(results: ResultsLocation, runs: tuple[str, ...]) -> list[str]:
    """The runs that are watched; one that has no rows yet must be called by its whole name."""
    try:
        return choose_runs(results, runs)
    except (ResultsError, UnknownName):
        return list(runs)


def _show(by: str, form: Form, runs: tuple[str, ...], results: ResultsLocation) -> None:
    screen = console()
    percentiles = form != "table" or has_room_for_percentiles(screen)
    boards, honesty, code, findings, follow_ups = reading(
        results,
        runs,
        lambda con: (
            load_boards(con, by, percentiles=percentiles),
            read_honesty(con),
            read_code(con) if form == "table" and by == "role" else (),
            read_findings(con) if form == "table" and by in ("suite", "role") else (),
            read_follow_ups(con) if form == "table" and by == "role" else (),
        ),
    )
    if form == "table":
        print_standings(boards, screen, by, honesty, code, findings, follow_ups)
        return
    lines = [(board.name, standing) for board in boards[by] for standing in board.lines]
    names, rows = raw(STANDING_COLUMNS, [standing for _, standing in lines])
    write(render([by, *names], [[name, *row] for (name, _), row in zip(lines, rows, strict=True)], form))
