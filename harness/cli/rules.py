"""``harness rules``: routing rules from results, and what other tools read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from harness.cli.exporting import export
from harness.cli.options import config_option, results_option, runs_option
from harness.config import find_config, load_config
from harness.files import write_atomically


@click.group()
def rules() -> None:
    """Build, check and export routing rules."""


rules.add_command(export)


@rules.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The file to write.",
)
@runs_option
@config_option
@results_option
def build(output: Path, runs: tuple[str, ...], config: Path | None, results: Path) -> None:
    """Turn the results into routing rules: which model each task type goes to, and on what evidence."""
    from harness.analysis import scoreboard
    from harness.routing.rules import build_rules, to_yaml
    from harness.store import choose_runs, connect, read_manifests

    chosen = choose_runs(results, runs)
    models = list(load_config(find_config(config)).models.values())
    with connect(results, chosen) as con:
        board = scoreboard.load(con)
    built = build_rules(board, models, read_manifests(results, chosen), datetime.now(UTC))
    write_atomically(output, to_yaml(built))
    for rule in built.rules:
        click.echo(f"{rule.task_type}: {rule.primary or 'no rule'} ({rule.reason})", err=True)
    click.echo(output)


@rules.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def check(file: Path) -> None:
    """Check a rules file: its keys, and that every model and provider it names is in it."""
    from harness.routing.rules import load_rules

    loaded = load_rules(file)
    click.echo(
        f"{file}: {len(loaded.rules)} rules, {len(loaded.models)} models, valid until {loaded.valid_until}"
    )
