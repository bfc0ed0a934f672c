"""``harness report``: the documents, and whether one is still true."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from harness.analysis.drift import drift, stamped_runs
from harness.analysis.judged import judged_of
from harness.analysis.standings import Standings, load_standings, read_standings
from harness.analysis.views import install
from harness.cli.options import config_option, reports_option, results_option, runs_option
from harness.cli.phases import write_phase
from harness.cli.terminal import echo
from harness.drawings.png import preview
from harness.errors import HarnessError
from harness.files import read_bounded
from harness.models.config import find_config, load_config
from harness.models.model_files import with_path
from harness.records import Task
from harness.reporting.charts.painter import paint_here, painter
from harness.reporting.reasons import reason
from harness.reporting.text import plain
from harness.reporting.write import guide_text, read_beside, write_reports
from harness.results.comparisons import read_comparisons
from harness.results.database import reading
from harness.results.locations import ResultsLocation
from harness.results.manifests import read_manifests
from harness.results.runs import choose_runs
from harness.rules.build import build_rules
from harness.rules.changes import keep_pins
from harness.rules.file import load_rules
from harness.rules.tiers import measure_tiers
from harness.suites import find_suites, load_suite
from harness.suites.images import image_files

if TYPE_CHECKING:
    import duckdb

_PREVIEW = 400  # pixels of a picture's longer side
_MANY = 100_000  # rows of a report that is long enough for another process to paint its pictures meanwhile
_VERY_MANY = 5_000_000  # rows that keep both cores busy: to read them twice at once only takes memory
_SHOWN = 5  # differences of a guide that are printed


@click.command()
@reports_option
@click.option(
    "--check",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Make this guide again from the runs that it names, and write nothing; exit 1 if a line differs.",
)
@click.option(
    "--phase",
    metavar="NAME",
    help="Write the summary of a phase instead, which these runs are, against the phases before it; they are "
    "kept in phases.yaml.",
)
@runs_option
@config_option
@results_option
def report(
    out: Path,
    check: Path | None,
    phase: str | None,
    runs: tuple[str, ...],
    config: Path | None,
    results: ResultsLocation,
) -> None:
    """Write the guide, the HTML report, its charts and the rules.

    The files are EXECUTIVE_SUMMARY.md, MODEL_SELECTION_GUIDE.md with a page a model in models/, index.html,
    charts/ and routing_rules.yaml.
    Nothing is measured again: they are made from the results alone.
    """
    if check:
        sys.exit(_drifted(check, results))

    if phase is not None:
        source = click.get_current_context().get_parameter_source("runs")
        given = None if source is ParameterSource.DEFAULT else choose_runs(results, runs)
        echo(write_phase(phase, given, results, out))
        return

    chosen = choose_runs(results, runs)
    manifests = read_manifests(results, chosen)
    models = [with_path(spec) for spec in load_config(find_config(config)).models.values()]

    def written(con: duckdb.DuckDBPyConnection) -> list[Path]:
        rows = _rows(con)
        paint = painter() if rows > _MANY else paint_here
        with ThreadPoolExecutor() as pool:  # DuckDB leaves Python to others, and half a core
            pool.submit(import_module, "scipy.special")
            other = con.cursor()
            installing = pool.submit(install, con, empty=False)
            judging = pool.submit(lambda: (installing.result(), read_standings(con))[1])
            beside = read_beside(other, (judging if rows > _VERY_MANY else installing).result)
            standings = judging.result()
        tiers = measure_tiers(con, standings)
        rules = build_rules(standings, models, manifests, datetime.now(UTC), tiers=tiers, words=reason)
        before = out / "routing_rules.yaml"
        if before.exists():
            rules = keep_pins(rules, load_rules(before))
        tasks = _tasks(standings)
        prompts = {digest: "\n\n".join(m.content for m in task.messages) for digest, task in tasks.items()}
        judged = judged_of(read_comparisons(results), chosen)
        pictures = partial(_pictures, tasks)
        return write_reports(beside, standings, rules, out, manifests, prompts, pictures, judged, paint)

    for path in reading(results, chosen, written):
        echo(path)


def _rows(con: duckdb.DuckDBPyConnection) -> int:
    (rows,) = con.execute("SELECT count(*) FROM results").fetchone() or (0,)
    return int(rows)


def _drifted(guide: Path, results: ResultsLocation) -> int:
    """Print how a guide differs from what its runs say now; 1 when it does."""
    committed = guide.read_text("utf-8")
    chosen = choose_runs(results, stamped_runs(committed))
    manifests = read_manifests(results, chosen)
    judged = judged_of(read_comparisons(results), chosen)
    fresh = reading(results, chosen, lambda con: guide_text(con, load_standings(con), manifests, judged))
    changes = drift(committed, fresh)
    for change in changes[:_SHOWN]:
        echo(f"{guide}:{change.line}")
        for mark, lines in (("-", change.committed), ("+", change.fresh)):
            for line in lines:
                echo(f"{mark} {plain(line)}")
    if changes:
        places = "1 place" if len(changes) == 1 else f"{len(changes)} places"
        echo(f"{guide} differs from its runs in {places}; `harness report` makes it again")
    else:
        echo(f"{guide} says what its runs say: {', '.join(chosen)}")
    return 1 if changes else 0


def _tasks(standings: Standings) -> dict[str, Task]:
    """The tasks of these suites, where they are here, by their digest: rows hold no prompts."""
    paths = find_suites()
    measured = [paths[board.name] for board in standings.by("suite") if board.name in paths]
    return {task.sha256: task for suite in map(load_suite, measured) for task in suite.tasks}


def _pictures(tasks: Mapping[str, Task], task_sha256: str) -> list[bytes]:
    """What a task shows, small; nothing of what cannot be read."""
    shown: list[bytes] = []
    if (task := tasks.get(task_sha256)) is not None:
        with suppress(ValueError, HarnessError):
            shown += [preview(read_bounded(Path(file)), _PREVIEW) for file in image_files(task)]
    return shown
