"""``harness``: the group of commands and the one place where errors become exit codes.

0 done; 1 a known error in one line; 2 wrong usage; 3 a bug, with a log file; 130 interrupted.
"""

from __future__ import annotations

import signal
import sys
import tempfile
import traceback
import warnings
from pathlib import Path
from types import FrameType

import click

from harness import __version__
from harness.cli.terminal import echo, warn
from harness.errors import HarnessError, HarnessWarning, Interrupted
from harness.plugins import load

COMMANDS = {  # where each is, and the first line of its help, so that `harness --help` loads none of them
    "run": ("harness.cli.run:run", "Measure models on suites."),
    "report": ("harness.cli.report:report", "Write the guide, the HTML report, its charts and the rules."),
    "standings": ("harness.cli.report:standings", "Show who stands where, with intervals."),
    "compare": ("harness.cli.compare:compare", "Compare RUN_B with RUN_A on the tasks that both answered."),
    "query": ("harness.cli.query:query", "Run SQL over the results, one row a sample."),
    "regrade": (
        "harness.cli.again:regrade",
        "Judge stored answers again, by the graders and tasks as they are now; list what verdicts turned.",
    ),
    "reprice": (
        "harness.cli.again:reprice",
        "Compute costs again, by the prices in models.yaml and the price snapshot.",
    ),
    "lint": (
        "harness.cli.again:lint",
        "Count what clippy, go vet and ruff say of the code in stored answers (metrics.lint).",
    ),
    "rules": ("harness.cli.rules:rules", "Build, check and export routing rules."),
    "route": (
        "harness.cli.route:route",
        "Choose the model for a request: provider, model, confidence, alternatives, and why.",
    ),
    "suites": ("harness.cli.suites:suites", "List, show and check the suites."),
    "models": ("harness.cli.models:models", "List and check the models."),
    "import": (
        "harness.cli.importing:import_",
        "Make a suite of someone else's benchmark, or a run of someone else's results.",
    ),
    "doctor": ("harness.cli.doctor:doctor", "Say what would run here, what not, and how to mend it."),
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


def main() -> None:
    """Run the command line and exit."""
    signal.signal(signal.SIGTERM, _as_interrupt)
    warnings.simplefilter("always", HarnessWarning)
    warnings.showwarning = _show_warning
    try:
        cli(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2 if isinstance(error, click.UsageError) else 1)
    except HarnessError as error:
        echo(f"error: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output, `head` say, has seen enough
        sys.stderr.close()
        sys.exit(0)
    except (KeyboardInterrupt, click.Abort) as interrupt:
        cause = interrupt.__cause__ or interrupt  # click wraps what it catches
        hint = str(cause) if isinstance(cause, Interrupted) else ""
        click.echo(err=True)
        echo(f"interrupted{'; ' if hint else ''}{hint}", err=True)
        sys.exit(130)
    except Exception as bug:
        echo(f"bug: {type(bug).__name__}: {bug}; please report it with {_log(bug)}", err=True)
        sys.exit(3)


def _show_warning(message: Warning | str, category: type[Warning], *where: object, **more: object) -> None:
    """Ours are for the user; those of libraries are not."""
    if issubclass(category, HarnessWarning):
        warn(message)


def _as_interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _log(bug: Exception) -> Path:
    """Write the traceback to a file and return its path."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="harness-bug-", suffix=".log", encoding="utf-8", delete=False
    ) as file:
        file.write(f"harness {__version__}, Python {sys.version}\n{' '.join(sys.argv)}\n\n")
        file.write("".join(traceback.format_exception(bug)))
    return Path(file.name)
