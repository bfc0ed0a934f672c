"""``harness worker``: take items of a run, beside others who do."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import click

from harness.cli.options import config_option, results_option, sandbox_option
from harness.cli.terminal import console
from harness.results.locations import ResultsLocation
from harness.runner.display import PlainLines
from harness.runner.progress import Progress
from harness.workers.joining import join
from harness.workers.options import WorkerOptions


@click.command()
@click.argument("run_id", metavar="RUN")
@click.option(
    "--cache", "cached", is_flag=True, help="Take answers from, and put them into, the answer cache."
)
@click.option(
    "--no-local-models", is_flag=True, help="Leave models that go into this machine's memory to others."
)
@click.option("--company", type=click.IntRange(1), default=1, hidden=True)
@click.option("--attached", is_flag=True, hidden=True)
@config_option
@results_option
@sandbox_option
def worker(
    run_id: str, cached: bool, no_local_models: bool, company: int, attached: bool, config: Path | None,
    results: ResultsLocation, sandbox: str,
) -> None:  # fmt: skip
    """Take items of RUN, which `harness run --on` has prepared, until nothing is left.

    Any machine that sees the results, and has the same suites and models file, may have one.
    """
    if attached:
        threading.Thread(target=_end_with_input, daemon=True).start()
    options = WorkerOptions(config, sandbox, cached, not no_local_models, None, company)
    progress = Progress() if attached else Progress(PlainLines(console(stderr=True)))
    join(results, run_id, progress, options)


def _end_with_input() -> None:
    """Whoever started this process holds the other end of its input, and lets go of it by ending."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
