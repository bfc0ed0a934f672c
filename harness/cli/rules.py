"""``harness rules``: routing rules from results, and what other tools read."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.analysis.heldout import evaluate as judge
from harness.analysis.heldout import read_asked
from harness.analysis.standings import Standings, load_standings
from harness.cli.exporting import export, warn_if_old
from harness.cli.options import SEED, config_option, results_option, runs_option
from harness.cli.terminal import console, echo, write
from harness.errors import ResultsError, UnknownName
from harness.files import write_atomically
from harness.jsontext import dump
from harness.models.config import find_config, load_config
from harness.models.model_files import with_path
from harness.names import nearest
from harness.reporting.formats.terminal import print_blocks
from harness.reporting.reasons import reason
from harness.reporting.sections.rule_value import value_blocks
from harness.results.database import reading
from harness.results.locations import ResultsLocation
from harness.results.manifests import read_manifests
from harness.results.observations import read_observations
from harness.results.runs import choose_runs
from harness.rules.build import build_rules
from harness.rules.changes import changes, keep_pins
from harness.rules.file import load_rules, to_yaml
from harness.rules.learning import CallRecords, learn
from harness.rules.ruleset import RuleSet
from harness.rules.tiers import ContextTier, measure_tiers
from harness.words import counted

if TYPE_CHECKING:
    import duckdb


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
    help="File to write.",
)
@click.option("--baseline", default=None, help="Model whose quality, speed and cost are 1 in the comparison.")
@click.option(
    "--with-observations", is_flag=True, help="Learn from the router's real calls too, recent ones most."
)
@runs_option
@config_option
@results_option
def build(
    output: Path,
    baseline: str | None,
    with_observations: bool,
    runs: tuple[str, ...],
    config: Path | None,
    results: ResultsLocation,
) -> None:
    """Turn the results into routing rules: which model each task type goes to, and on what evidence.

    Rules that are `pinned: true` in the output file keep their models.
    """
    now = datetime.now(UTC)
    built = rules_of(results, runs, config, now, baseline)
    if with_observations:
        built = learn(built, CallRecords(read_observations(results), now), now)
    previous = load_rules(output) if output.exists() else None
    if previous is not None:
        built = keep_pins(built, previous)
    write_atomically(output, to_yaml(built))
    for rule in built.rules:
        echo(f"{rule.task_type}: {rule.primary or 'no rule'} ({rule.reason})", err=True)
    if previous is not None:
        different = changes(previous, built)
        for line in different or ["the rules are the same as before"]:
            echo(f"changed: {line}" if different else line, err=True)
    echo(output)


def rules_of(
    results: ResultsLocation, runs: tuple[str, ...], config: Path | None, now: datetime, baseline: str | None
) -> RuleSet:
    """The rules that results make. Raises ``HarnessError``."""
    chosen = choose_runs(results, runs)
    models = [with_path(spec) for spec in load_config(find_config(config)).models.values()]

    def read(con: duckdb.DuckDBPyConnection) -> tuple[Standings, tuple[ContextTier, ...]]:
        standings = load_standings(con)
        return standings, measure_tiers(con, standings)

    standings, tiers = reading(results, chosen, read)
    measured = [contestant.model for contestant in standings.contestants]
    if baseline is not None and baseline not in measured:
        raise UnknownName(f"no results of a model {baseline!r}{nearest(baseline, measured)}")
    manifests = read_manifests(results, chosen)
    return build_rules(standings, models, manifests, now, baseline, tiers, words=reason)


@rules.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def check(file: Path) -> None:
    """Check a rules file: its keys and values, and that every model and provider it names is in it."""
    loaded = load_rules(file)
    warn_if_old(loaded, file)
    undecided = sum(rule.primary is None for rule in loaded.rules)
    open_ = f" ({undecided} not decided)" if undecided else ""
    echo(
        f"{file}: {counted(len(loaded.rules), 'rule')}{open_}, {counted(len(loaded.models), 'model')}, "
        f"valid until {loaded.valid_until[:10]}"
    )


@rules.command()
@click.option("--seed", type=SEED, default=0, show_default=True, help="Seed of the split into halves.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@runs_option
@results_option
def evaluate(seed: int, as_json: bool, runs: tuple[str, ...], results: ResultsLocation) -> None:
    """Judge rules by task type on tasks they were not made from, beside simpler ways to choose."""
    judgement = judge(reading(results, runs, read_asked), seed)
    if judgement is None:
        raise ResultsError("too little to judge: it takes two models and four tasks that both were given")
    if as_json:
        write(dump(asdict(judgement)))
    else:
        print_blocks(value_blocks(judgement), console())
