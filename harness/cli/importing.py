"""``harness import``: someone else's benchmark becomes a suite, someone else's results become a run."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from harness.cli.options import Amount, results_option, sandbox_option
from harness.cli.terminal import echo
from harness.errors import ConfigError
from harness.graders import build_grader
from harness.importers import IMPORTERS, read
from harness.importers.base import ImportedSuite, check_free, chosen, write
from harness.importers.results import RESULTS, collect
from harness.importers.results.base import Choices
from harness.importers.results.remarks import measures_of
from harness.records import Measure, Suite
from harness.results.locations import ResultsLocation
from harness.runner.check import check_suite
from harness.runner.confinement import sandbox_for
from harness.runner.imported import import_run
from harness.runner.known_answers import Flaw
from harness.suites import find_suites, load_suite
from harness.words import counted


@click.group("import")
def import_() -> None:
    """Make a suite of someone else's benchmark, or a run of someone else's results."""


_SHOWN = 3  # tasks that are skipped for one reason
_share = Amount(0, 1, min_open=True)
_marks = Amount(0, min_open=True)


@import_.command()
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--format", "name", type=click.Choice(list(RESULTS)), help="Format of FILE.  [default: guessed]"
)
@click.option("--model", help="Name of the model in the results.  [default: as the file says]")
@click.option("--scorer", help="The scorer, metric or filter that counts.  [default: the first]")
@click.option("--scale", type=_marks, help="Full marks, where scores are not from 0 to 1: 10, 100.")
@click.option(
    "--pass-at", type=_share, help="The share of full marks that passes.  [default: as the file says, or 1]"
)
@click.option(
    "--measure",
    type=click.Choice(["pass", "score"]),
    help="What models are compared by.  [default: score where a suite's scores are fractions, else pass]",
)
@results_option
def results(
    path: Path,
    name: str | None,
    model: str | None,
    scorer: str | None,
    scale: float | None,
    pass_at: float | None,
    measure: Measure | None,
    results: ResultsLocation,
) -> None:
    """Import what another tool measured, so that it can be compared with and routed on.

    FILE is a log of Inspect, samples of lm-eval, output of promptfoo, or a CSV with the columns
    suite, task_id, model, passed or score, and any of the others of a row; or a folder of such files.
    The rows are marked as imported and count in no figure of speed.
    """
    choices = Choices(scorer, scale, pass_at, measure, lambda words: echo(words, err=True))
    samples = collect(path, name, choices, model)
    paths = find_suites()
    ours = [load_suite(paths[suite]) for suite in {sample.suite for sample in samples} & set(paths)]
    tasks = {(suite.name, task.id): task for suite in ours for task in suite.tasks}
    options = {"scorer": scorer, "scale": scale, "pass_at": pass_at}
    measures = measures_of(samples, choices)
    own = {suite.name: task.measure for suite in ours for task in suite.tasks if task.measure != "none"}
    for suite, says in own.items():
        if measures.get(suite, says) != says:
            word = "passes" if says == "pass" else "mean scores"
            echo(f"{suite} is one of your suites, and says that models are compared by {word}", err=True)
    run_id, count = import_run(
        samples, results, f"imported from {path.name}", tasks, notes=options, measures=measures | own
    )
    echo(f"run {run_id}: {counted(count, 'row')} from {path} → {results / run_id}", err=True)


@click.command("suite")
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The suite's folder, suites/NAME; its last part becomes the suite's name.",
)
@click.option("--force", is_flag=True, help="Replace the suite that is there.")
@click.option("--only", help="Take these tasks: ids or globs, after commas.  [default: all]")
@click.option("--limit", type=click.IntRange(1), help="Take the first N tasks only.")
@click.option("--check", is_flag=True, help="Grade known answers that are run, too; skip tasks that fail.")
@sandbox_option
def suite(
    format_: str,
    source: Path,
    into: Path,
    force: bool,
    only: str | None,
    limit: int | None,
    check: bool,
    sandbox: str,
    **options: Any,
) -> None:
    """Make a suite of someone else's benchmark.

    SOURCE is a file (it may be packed), or a folder of them. Known answers that are compared without running
    anything are graded at once; a task that does not hold is skipped.
    """
    check_free(into, force=force)
    imported = chosen(read(format_, source, **options), only, limit)
    imported = _skipping(imported, into.name, _unbuildable)
    imported = _skipping(imported, into.name, _flawed_texts)
    if check:
        imported = _skipping(imported, into.name, partial(_flawed, sandbox=sandbox))
    write(imported, into, force=force)
    for name, reason in imported.left_out.items():
        echo(f"left out: {name}: {reason}", err=True)
    skipped: dict[str, list[str]] = {}
    for task in imported.tasks:
        if "skip" in task:
            skipped.setdefault(task["skip"], []).append(task["id"])
    for reason, ids in skipped.items():
        more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
        echo(f"skipped: {', '.join(ids[:_SHOWN])}{more}: {reason}", err=True)
    total = sum(map(len, skipped.values()))
    echo(f"{into}: {counted(len(imported.tasks), 'task')}, {total} of them skipped")
    if not check:
        echo(f"prove that they are graded as they say: harness suites check {into.name}")


def _unbuildable(suite: Suite) -> dict[str, str]:
    """The tasks whose grader refuses its options (tests that import what is not offered), and why."""
    reasons = {}
    for task in suite.tasks:
        try:
            build_grader(task)
        except ConfigError as error:
            reasons[task.id] = str(error.__cause__ or error)
    return reasons


def _flawed_texts(suite: Suite) -> dict[str, str]:
    """The same of tasks whose answers are compared without running anything."""
    compared = [task for task in suite.tasks if not task.skip and not build_grader(task).executes]
    flaws = check_suite(replace(suite, tasks=tuple(compared)), None)
    return {flaw.task.id: flaw.what for flaw in reversed(flaws)}


def _flawed(suite: Suite, sandbox: str) -> dict[str, str]:
    """The tasks whose known answers are not graded as they should be, and how they are."""
    flaws = check_suite(suite, sandbox_for([suite], sandbox))
    return {flaw.task.id: _reason(flaw) for flaw in reversed(flaws)}


def _reason(flaw: Flaw) -> str:
    """What is wrong with the task, in its own terms where the stub in its prompt passes."""
    shown = flaw.answer.strip("\n")
    if shown and shown in flaw.task.messages[-1].content:
        return "the code that its prompt shows passes already, so that it measures nothing"
    return flaw.what


def _skipping(
    imported: ImportedSuite, name: str, find: Callable[[Suite], Mapping[str, str]]
) -> ImportedSuite:
    """The suite with those tasks skipped that ``find`` names, with its reasons; nothing stays on disk."""
    with tempfile.TemporaryDirectory() as aside:
        write(imported, Path(aside) / name)
        reasons = find(load_suite(Path(aside) / name))
    tasks = [
        {"skip": reasons[task["id"]], **task} if task["id"] in reasons else task for task in imported.tasks
    ]
    return replace(imported, tasks=tuple(tasks))


def _fields(_: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """``NAME=KEY`` as a mapping. Exits with 2 for anything else."""
    pairs = [each.partition("=") for each in given]
    if wrong := [name for name, equals, key in pairs if not (name and equals and key)]:
        raise click.BadParameter(f"{wrong[0]!r} must be NAME=KEY, such as question=prompt", param=option)
    return {name: key for name, _, key in pairs}


_FIELDS = click.Option(
    ["--field", "fields"],
    multiple=True,
    metavar="NAME=KEY",
    callback=_fields,
    help="Key of the source for what is called NAME here: question=prompt, id=meta.id.  [repeatable]",
)
_OPTIONS = {
    "data": click.Option(
        ["--data"],
        type=click.Path(path_type=Path, exists=True),
        help="File or folder of the documents, where SOURCE names those of a hub.",
    ),
    "split": click.Option(["--split"], help="The split to take.  [default: test, else validation]"),
    "out_of_scope": click.Option(
        ["--out-of-scope"],
        metavar="LABEL",
        help="The label of what fits no other.  [default: oos …]",
    ),
}

for _name, _importer in IMPORTERS.items():
    import_.add_command(
        click.Command(
            _name,
            params=[
                *suite.params,
                *([_FIELDS] if _importer.fields else ()),
                *(_OPTIONS[option] for option in _importer.options),
            ],
            callback=partial(suite.callback or suite, _name),
            help=suite.help,
        )
    )
