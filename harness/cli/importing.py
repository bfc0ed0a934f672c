"""``harness import``: someone else's benchmark becomes a suite."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from harness.cli.options import sandbox_option
from harness.cli.sandboxes import sandbox_for
from harness.importers import IMPORTERS, read
from harness.importers.base import ImportedSuite, check_free, write
from harness.runner.check import check_suite
from harness.suites import load_suite


@click.command("import")
@click.argument("format_", metavar="FORMAT", type=click.Choice(list(IMPORTERS)))
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The suite's folder, suites/NAME; its last part becomes the suite's name.",
)
@click.option("--force", is_flag=True, help="Replace the suite that is there.")
@click.option(
    "--check", is_flag=True, help="Run every reference and wrong answer; skip tasks that do not hold."
)
@sandbox_option
def import_suite(format_: str, source: Path, into: Path, force: bool, check: bool, sandbox: str) -> None:
    """Make a suite of someone else's benchmark: exercism, humaneval, humanevalpack or mbpp.

    SOURCE is the JSONL file (it may be gzipped), or the folder of an Exercism track.
    """
    check_free(into, force=force)
    imported = read(format_, source)
    write(imported, into, force=force)
    if check:
        imported = _without_flaws(imported, into, sandbox)
        write(imported, into, force=True)
    for name, reason in imported.left_out.items():
        click.echo(f"left out: {name}: {reason}", err=True)
    skipped = [task for task in imported.tasks if "skip" in task]
    for task in skipped:
        click.echo(f"skipped: {task['id']}: {task['skip']}", err=True)
    click.echo(f"{into}: {len(imported.tasks)} tasks, {len(skipped)} of them skipped")
    if not check:
        click.echo(f"prove that they are graded as they say: harness suites check {into.name}")


def _without_flaws(imported: ImportedSuite, folder: Path, sandbox: str) -> ImportedSuite:
    """The suite with every task skipped whose known answers are not graded as they should be."""
    suite = load_suite(folder)
    flaws = {flaw.task.id: flaw.what for flaw in check_suite(suite, sandbox_for([suite], sandbox))}
    tasks = [{**task, "skip": flaws[task["id"]]} if task["id"] in flaws else task for task in imported.tasks]
    return replace(imported, tasks=tuple(tasks))
