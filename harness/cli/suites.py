"""``harness suites``: what can be asked, and proof that it is graded as promised."""

from __future__ import annotations

from pathlib import Path

import click

from harness.cli.mining import mine
from harness.cli.options import sandbox_option
from harness.cli.tables import print_table
from harness.cli.terminal import echo, write
from harness.errors import HarnessError
from harness.records import Suite
from harness.runner.check import check_suite, known_answers
from harness.runner.confinement import sandbox_for
from harness.runner.flakes import FILE, try_references
from harness.runner.suite_stats import spread
from harness.suites import choose_suites, find_suites, load_suite
from harness.suites.images import image_files
from harness.suites.starters import KINDS, start_suite
from harness.words import counted


@click.group()
def suites() -> None:
    """List, show, check, begin and mine suites."""


suites.add_command(mine)


@suites.command("list")
@click.argument("names", nargs=-1)
@click.option("--stats", is_flag=True, help="Show versions, how tasks are spread, and what they take.")
def list_suites(names: tuple[str, ...], stats: bool) -> None:
    """Show suites with their size and what they measure (default: all)."""
    loaded = _load(",".join(names or find_suites()))
    if stats:
        for suite in loaded:
            echo(f"{suite.name} {suite.version}: {counted(len(suite.tasks), 'task')}")
            print_table(("what", "spread"), list(spread(suite)))
        return
    rows = [(suite.name, str(len(suite.tasks)), suite.language, suite.description) for suite in loaded]
    print_table(("suite", "tasks", "language", "what it measures"), rows)


@suites.command()
@click.argument("name")
@click.argument("task_id", required=False)
def show(name: str, task_id: str | None) -> None:
    """Show one task of a suite as a model sees it, with its reference (default: the first)."""
    suite = _load(name)[0]
    wanted = [task for task in suite.tasks if task_id in (None, task.id)]
    if not wanted:
        raise HarnessError(
            f"suite {name} has no task {task_id!r}; `harness suites show {name}` shows the first"
        )
    task = wanted[0]
    echo(f"{suite.name}/{task.id}  {task.category}, {task.difficulty}, role {task.role}  ({task.source})")
    for message in task.asked:
        write(f"\n--- {message.role}\n{message.content}\n")
    for file in image_files(task):
        write(f"\n--- picture\n{file}\n")
    write(f"\n--- reference ({task.grader.name})\n{task.reference}\n")


@suites.command()
@click.argument("name")
@click.option(
    "--kind",
    type=click.Choice(list(KINDS)),
    required=True,
    help="; ".join(f"{kind}: {asks}" for kind, asks in KINDS.items()) + ".",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=Path("suites"),
    show_default=True,
    help="Folder of suites.",
)
def new(name: str, kind: str, into: Path) -> None:
    """Write a small suite that passes `check`, as a start for your own."""
    for path in start_suite(name, kind, into):
        echo(str(path))
    echo(f"now: harness suites show {name}; harness suites check {name}; then put your own tasks in")


@suites.command()
@click.argument("names", nargs=-1)
@click.option(
    "--flake",
    "runs",
    type=click.IntRange(1, 10_000),
    metavar="N",
    help="Judge each reference N times instead, and write beside the suite how often it failed.",
)
@sandbox_option
def check(names: tuple[str, ...], runs: int | None, sandbox: str) -> None:
    """Prove that references pass, and that wrong and empty answers fail (default: all suites)."""
    if runs is not None:
        _try_references(names, runs, sandbox)
        return
    flaws = 0
    for suite in _load(",".join(names) or "all"):
        suite_flaws = check_suite(suite, sandbox_for([suite], sandbox, proving=True))
        for flaw in suite_flaws:
            echo(str(flaw), err=True)
        checked = [task for task in suite.tasks if task.skip is None]
        answers = len(known_answers(suite))
        verdict = f"{len(suite_flaws)} flaws" if suite_flaws else "all as promised"
        skipped = f" ({len(suite.tasks) - len(checked)} skipped)" if len(checked) < len(suite.tasks) else ""
        graded = f"{counted(len(suite.tasks), 'task')}{skipped}, {counted(answers, 'known answer')} graded"
        echo(f"{suite.name}: {graded}, {verdict}")
        flaws += len(suite_flaws)
    if flaws:
        raise HarnessError(f"{flaws} known answers are graded wrongly; fix the tasks named above")


def _try_references(names: tuple[str, ...], runs: int, sandbox: str) -> None:
    flips = 0
    for suite in _load(",".join(names) or "all"):
        rates = try_references(
            suite, sandbox_for([suite], sandbox), runs,
            lambda rate: echo(f"{rate.task}: {rate.flips} of {rate.runs} runs failed"),
        )  # fmt: skip
        failed = sum(rate.flips for rate in rates)
        tried = f"{counted(len(rates), 'task')}, {counted(sum(rate.runs for rate in rates), 'run')}"
        echo(f"{suite.name}: {tried}, {failed} failed: {Path(suite.path) / FILE}")
        flips += failed
    if flips:
        raise HarnessError(f"{counted(flips, 'run')} of references failed; see the tasks named above")


def _load(wanted: str) -> list[Suite]:
    paths = find_suites()
    return [load_suite(paths[name]) for name in choose_suites(wanted, paths)]
