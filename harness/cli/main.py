"""``harness``: the group of commands and the one place where errors become exit codes.

0 done; 1 a known error in one line; 2 wrong usage; 3 a bug, with a log file; 130 interrupted.
"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
import traceback
import warnings
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click

from harness import __version__, interrupts
from harness.cli.terminal import echo, warn
from harness.errors import HarnessError, HarnessWarning, Interrupted
from harness.plugins import load

COMMANDS = {  # where each is, and the first line of its help, so that `harness --help` loads none of them
    "run": ("harness.cli.run:run", "Measure models on suites."),
    "worker": (
        "harness.cli.worker:worker",
        "Take items of RUN, which `harness run --on` has prepared, until nothing is left.",
    ),
    "report": ("harness.cli.report:report", "Write the guide, the HTML report, its charts and the rules."),
    "standings": ("harness.cli.standings:standings", "Show who stands where, with intervals."),
    "compare": (
        "harness.cli.compare:compare",
        "Compare RUN_B with RUN_A on the tasks that both answered, or models with each other.",
    ),
    "query": ("harness.cli.query:query", "Run SQL over the results, one row a sample."),
    "regrade": (
        "harness.cli.recompute:regrade",
        "Judge stored answers again, by the graders and tasks as they are now; list changed verdicts.",
    ),
    "reprice": (
        "harness.cli.recompute:reprice",
        "Compute costs again, by the prices in models.yaml and the price snapshot.",
    ),
    "lint": (
        "harness.cli.recompute:lint",
        "Count what clippy, go vet and ruff say of the code in stored answers (metrics.lint).",
    ),
    "judge": (
        "harness.cli.judge:judge",
        "Have stored answers compared by the judge that models.yaml names; no contestant is asked.",
    ),
    "results": (
        "harness.cli.results:results",
        "Compact, copy and verify results, in a folder or in object storage.",
    ),
    "rules": ("harness.cli.rules:rules", "Build, check and export routing rules."),
    "route": (
        "harness.cli.route:route",
        "Choose the model for a request: provider, model, confidence, alternatives, and why.",
    ),
    "missions": ("harness.cli.missions:missions", "Check, plan, run and report missions in phases."),
    "serve": (
        "harness.cli.serve:serve",
        "Answer requests in OpenAI's form, each by the model that the rules name for it.",
    ),
    "monitor": (
        "harness.cli.monitor:monitor",
        "Look at all real calls: who got slower or worse, since when, and whether the rules still fit.",
    ),
    "suites": ("harness.cli.suites:suites", "List, show, check, begin and mine suites."),
    "models": ("harness.cli.models:models", "List and check the models."),
    "plan": (
        "harness.cli.plan:plan",
        "Plan by what was measured: roles of agents within a device's memory, and workflows of many calls.",
    ),
    "import": (
        "harness.cli.importing:import_",
        "Make a suite of someone else's benchmark, or a run of someone else's results.",
    ),
    "doctor": ("harness.cli.doctor:doctor", "Say what would run here, what not, and how to fix it."),
}


class Commands(click.Group):
    """Loads a command when it is needed, so that ``harness --help`` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All command names, in the order of ``COMMANDS``."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command called ``name``, or ``None``."""
        command: click.Command | None = load(COMMANDS[name][0]) if name in COMMANDS else None
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands for ``--help``."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="harness")
def cli() -> None:
    """Measure every language model you could use on tasks that look like your work.

    The measurements become reports and routing rules that your tools obey.
    """


_REMEDIES = {  # what the system refuses is no bug of ours: what to do about it, by its number
    errno.EACCES: "choose another place, or change its permissions",
    errno.EPERM: "choose another place, or change its permissions",
    errno.EROFS: "choose another place",
    errno.ENOSPC: "free some space",
    errno.EDQUOT: "free some space",
    errno.EFBIG: "allow larger files (ulimit -f), or choose another place",
    errno.EMFILE: "allow more open files (ulimit -n)",
    errno.ENFILE: "close some programs",
    errno.ENOMEM: "free some memory",
    errno.EAGAIN: "allow more processes (ulimit -u)",
    errno.ENOENT: "check the path",
    errno.ENOTDIR: "check the path",
    errno.EISDIR: "check the path",
    errno.EEXIST: "choose another name",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.ELOOP: "check its links",
    errno.EIO: "check the disk",
    errno.ESTALE: "check the network drive",
}


def main() -> None:
    """Run the command line and exit."""
    sys.exit(run())


def run() -> int:
    """Run the command line. Returns the exit code; a failure has been reported by then."""
    warnings.simplefilter("always", HarnessWarning)
    warnings.showwarning = _show_warning
    with interrupts.handled():
        try:
            try:
                cli(standalone_mode=False)
                interrupts.check()
            finally:
                _flush()
        except BaseException as error:
            return _explain(error)
    return 0


def _explain(error: BaseException) -> int:
    """Say in one line what ended a command; the exit code for it."""
    if interrupts.received() or isinstance(error, (KeyboardInterrupt, click.Abort)):
        hint = next((str(cause) for cause in _causes(error) if isinstance(cause, Interrupted)), "")
        with suppress(OSError):
            click.echo(err=True)
        _print_line(f"interrupted{'; ' if hint else ''}{hint}")
        return interrupts.CODE
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else int(error.code is not None)
    if isinstance(error, click.ClickException):
        error.show()
        return 2 if isinstance(error, click.UsageError) else 1
    if isinstance(error, HarnessError):
        _print_line(f"error: {error}")
        return 1
    if isinstance(error, BrokenPipeError):  # the reader of our output, `head` say, has seen enough
        return 0
    if isinstance(error, OSError) and error.errno in _REMEDIES:
        what = error.filename if error.filename is not None else "the output"
        _print_line(f"error: {what}: {error.strerror}; {_REMEDIES[error.errno]}")
        return 1
    if isinstance(error, MemoryError):
        _print_line("error: there is not enough memory; free some, or do less at once")
        return 1
    _print_line(f"bug: {type(error).__name__}: {error}; please report it with {_log(error)}")
    return 3


def _show_warning(message: Warning | str, category: type[Warning], *where: object, **more: object) -> None:
    """Ours are for the user; those of libraries are not."""
    if issubclass(category, HarnessWarning):
        warn(message)


def _flush() -> None:
    """Write what is left of the output now, while a failure to write it can still be reported."""
    if sys.stdout is None:  # closed before we began
        return
    try:
        sys.stdout.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)  # or Python tries once more when it ends
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        raise


def _print_line(line: str) -> None:
    with suppress(OSError):  # there is nowhere left to report it
        echo(line, err=True)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _log(bug: BaseException) -> Path:
    """Write the traceback to a file and return its path."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="harness-bug-", suffix=".log", encoding="utf-8", delete=False
    ) as file:
        file.write(f"harness {__version__}, Python {sys.version}\n{' '.join(sys.argv)}\n\n")
        file.write("".join(traceback.format_exception(bug)))
    return Path(file.name)
