"""``harness suites mine``: a repository's own history as a suite."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

import click

from harness.cli.options import config_option, sandbox_option
from harness.cli.terminal import echo
from harness.errors import HarnessError
from harness.git import borrowed
from harness.graders.languages import LANGUAGES
from harness.graders.testrun import Environment
from harness.models.config import find_config, load_config
from harness.models.enginekinds import kind_of
from harness.records import ModelSpec
from harness.runner.describing import Describer
from harness.runner.mining import Miner, suite_head
from harness.runner.mining_setup import environment_of, languages_of
from harness.runner.mining_trial import MiningOptions
from harness.sandbox import Level, open_sandbox
from harness.suites.mining.writing import MinedSuite, TriedCommit
from harness.words import counted

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("repository", type=click.Path(path_type=Path))
@click.option(
    "--into", type=_FOLDER, required=True, help="The suite's folder: suites/NAME. Goes on where it is."
)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only commits from this day on.")
@click.option(
    "--max", "most", type=click.IntRange(1, 1000), default=20, show_default=True, help="Most tasks to take."
)
@click.option(
    "--language", type=click.Choice(tuple(LANGUAGES)), help="Language to take.  [default: all with tests]"
)
@click.option("--path", "paths", multiple=True, help="Only commits that touch this path; may be repeated.")
@click.option(
    "--max-lines",
    type=click.IntRange(1, 100_000),
    default=300,
    show_default=True,
    help="Lines of code that a commit may add and remove.",
)
@click.option(
    "--prompt-tokens",
    type=click.IntRange(1000, 1_000_000),
    default=16_000,
    show_default=True,
    help="Size of a prompt at most; a token counts as four characters.",
)
@click.option(
    "--time-limit",
    type=click.IntRange(1, 3600),
    default=60,
    show_default=True,
    help="Seconds that the tests of a commit may take.",
)
@click.option(
    "--python",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Python that the tests run with.  [default: .venv/bin/python of the repository]",
)
@click.option(
    "--cargo-home", type=_FOLDER, help="Folder of cargo's packages.  [default: $CARGO_HOME, ~/.cargo]"
)
@click.option("--gomodcache", type=_FOLDER, help="Folder of Go's modules.  [default: go env GOMODCACHE]")
@click.option("--describe", metavar="MODEL", help="A model that writes the tasks from the differences.")
@click.option("--allow-remote", is_flag=True, help="Let --describe send differences to another machine.")
@config_option
@sandbox_option
def mine(
    repository: Path, into: Path, since: datetime | None, most: int, language: str | None,
    paths: tuple[str, ...], max_lines: int, prompt_tokens: int, time_limit: int, python: Path | None,
    cargo_home: Path | None, gomodcache: Path | None, describe: str | None, allow_remote: bool,
    config: Path | None, sandbox: Level,
) -> None:  # fmt: skip
    """Make a suite of a repository's commits: tests that fail before one and pass after it judge the answers.

    Nothing is changed in the repository, and nothing is sent anywhere. Tests run in the sandbox, offline.
    """
    spec = _describing(describe, config, allow_remote) if describe else None
    given = Environment(
        python=str(python.absolute()) if python else None,
        cargo_home=str(cargo_home.absolute()) if cargo_home else None,
        gomodcache=str(gomodcache.absolute()) if gomodcache else None,
    )
    with borrowed(repository) as theirs, Describer(spec) if spec else nullcontext() as describer:
        environment, languages = environment_of(theirs, languages_of(theirs, language), given)
        day = f"{since:%Y-%m-%d}" if since else None
        options = MiningOptions(languages, most, day, paths, max_lines, prompt_tokens, time_limit)
        suite = MinedSuite(into.absolute(), theirs.top.name)
        suite.begin(suite_head(theirs, environment, languages))
        confined = open_sandbox(sandbox, [suite.folder, theirs.top])
        left = Miner(theirs, suite, options, environment, confined, describer).mine(_tell)
    for reason, count in left.most_common():
        echo(f"{counted(count, 'commit')} left out: {reason}", err=True)
    if not suite.tasks:
        raise HarnessError(f"no commit makes a task; {into / 'commits.tsv'} has those whose tests were run")
    echo(f"{into}: {counted(suite.tasks, 'task')}; harness suites check {into.name} proves them")


def _describing(name: str, config: Path | None, allow_remote: bool) -> ModelSpec:
    (spec, *more) = load_config(find_config(config)).choose_models(name)
    if more:
        raise click.UsageError(f"--describe {name}: names {1 + len(more)} models; name one")
    if kind_of(spec.engine).sends(spec) and not allow_remote:
        raise HarnessError(
            f"--describe {name}: would send parts of the repository to another machine; say --allow-remote"
        )
    return spec


def _tell(commit: TriedCommit, title: str) -> None:
    words = f"left out: {commit.reason}" if commit.reason else "kept"
    detail = f" ({commit.detail})" if commit.detail else ""
    echo(f"{commit.commit[:10]} {title[:60]}: {words}{detail}", err=True)
