"""``harness results``: compact, copy and verify what lies in a folder or in object storage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from harness.cli.options import LOCATION, results_option, runs_option
from harness.cli.terminal import echo, write
from harness.errors import HarnessError
from harness.jsontext import dump
from harness.results.compaction import compact
from harness.results.copying import LOGS, copy
from harness.results.locations import Remote, ResultsLocation, objects_of
from harness.results.outbox import Outbox, local_folder
from harness.results.rewriting import alone
from harness.results.runs import choose_runs
from harness.results.verification import Finding, verify
from harness.words import counted


@click.group()
def results() -> None:
    """Compact, copy and verify results, in a folder or in object storage."""


@results.command("compact")
@runs_option
@results_option
def compact_(runs: tuple[str, ...], results: ResultsLocation) -> None:
    """Make few large parts of the many small ones of each run.

    Standings stay as they are at every moment. It may run beside runs that are being written, and may be
    stopped: started again, it goes on.
    """
    objects = objects_of(results)
    for run_id in choose_runs(results, runs):
        with alone(results, run_id):
            done = compact(objects, run_id)
        echo(
            f"{run_id}: {counted(done.before, 'part')} → {done.after:,}, {counted(done.rows, 'row')} written"
        )


@results.command("copy")
@click.argument("source", type=LOCATION)
@click.argument("target", type=LOCATION)
@runs_option
@click.option("--replace", is_flag=True, help="Overwrite what is at the target with other content.")
def copy_(source: ResultsLocation, target: ResultsLocation, runs: tuple[str, ...], replace: bool) -> None:
    """Copy runs from SOURCE to TARGET, each a folder or s3://BUCKET/FOLDER (gs://, az://).

    What is there already is not copied again: started once more, it goes on.
    """
    if isinstance(source, Path) and isinstance(target, Remote) and local_folder(target) == source.absolute():
        Outbox(target).send_all()
        echo(f"everything of {source} is at {target}")
        return
    places = objects_of(source), objects_of(target)
    differing: list[str] = []
    for folder in (*choose_runs(source, runs), *(LOGS if runs == ("all",) else ())):
        done = copy(*places, folder, replace=replace)
        differing += done.differing
        if done.copied or done.there or done.differing:
            echo(f"{folder}: {counted(done.copied, 'file')} copied, {done.there:,} were there")
    if differing:
        raise HarnessError(
            f"{counted(len(differing), 'file')} are at {target} with other content, {differing[0]} first; "
            "--replace overwrites them"
        )


@results.command("verify")
@runs_option
@results_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify_(runs: tuple[str, ...], results: ResultsLocation, as_json: bool) -> None:
    """Read every file of each run to its end, and say whether all of it is whole and there once.

    Exits with 1 where rows are lost or are not as they were written.
    """
    objects = objects_of(results)
    done = [verify(objects, run_id) for run_id in choose_runs(results, runs)]
    if as_json:
        write(dump([asdict(one) for one in done]))
    else:
        for one in done:
            size = (
                f"{counted(one.parts, 'part')}, {counted(one.rows, 'row')}, {counted(one.samples, 'sample')}"
            )
            echo(f"{one.run_id}: {size}")
            _print(one.findings)
    wrong = sum(finding.wrong for one in done for finding in one.findings)
    if wrong:
        raise HarnessError(
            f"{counted(wrong, 'file')} not as they were written; move them away, or copy them again"
        )


def _print(findings: Iterable[Finding]) -> None:
    for finding in findings:
        echo(f"  {'WRONG ' if finding.wrong else ''}{finding.file}: {finding.text}")
