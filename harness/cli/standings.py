"""``harness standings``: the tables alone, in the terminal or for a program."""

from __future__ import annotations

import click

from harness.analysis.facts import read_code, read_findings, read_honesty
from harness.analysis.standings import load_boards
from harness.cli.options import format_option, results_option, runs_option
from harness.cli.terminal import console, write
from harness.reporting.columns import STANDING_COLUMNS, raw
from harness.reporting.formats.rows import Form, render
from harness.reporting.formats.terminal import has_room_for_percentiles, print_standings
from harness.results.database import reading
from harness.results.locations import ResultsLocation

DIMENSIONS = ("suite", "task_type", "category", "language", "difficulty", "role", "context_tier")


@click.command()
@click.option(
    "--by",
    type=click.Choice(DIMENSIONS),
    default="suite",
    show_default=True,
    help="Split the tables by this.",
)
@format_option
@runs_option
@results_option
def standings(by: str, form: Form, runs: tuple[str, ...], results: ResultsLocation) -> None:
    """Show who stands where, with intervals.

    A terminal of more than 80 columns also shows p50, p90 and the time to the first token.
    """
    screen = console()
    percentiles = form != "table" or has_room_for_percentiles(screen)
    boards, honesty, code, findings = reading(
        results,
        runs,
        lambda con: (
            load_boards(con, by, percentiles=percentiles),
            read_honesty(con),
            read_code(con) if form == "table" and by == "role" else (),
            read_findings(con) if form == "table" and by in ("suite", "role") else (),
        ),
    )
    if form == "table":
        print_standings(boards, screen, by, honesty, code, findings)
        return
    lines = [(board.name, standing) for board in boards[by] for standing in board.lines]
    names, rows = raw(STANDING_COLUMNS, [standing for _, standing in lines])
    write(render([by, *names], [[name, *row] for (name, _), row in zip(lines, rows, strict=True)], form))
