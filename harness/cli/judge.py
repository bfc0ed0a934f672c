"""``harness judge``: stored answers, compared by a model."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.analysis.judged import judged_of
from harness.cli.options import Amount, config_option, joined, results_option, runs_option
from harness.cli.terminal import console, echo, write
from harness.errors import HarnessError
from harness.jsontext import dump
from harness.judging import judge as judging
from harness.judging.plan import JudgingPlan, most_it_costs, plan_judging, private_suites
from harness.models.config import find_config, load_config
from harness.reporting.formats.terminal import print_blocks
from harness.reporting.numbers import dollars
from harness.reporting.sections.judged import blocks_of
from harness.results.comparisons import read_comparisons
from harness.results.database import reading
from harness.results.locations import ResultsLocation
from harness.results.runs import choose_runs
from harness.suites import choose_suites, find_suites, load_suite
from harness.words import counted, listed

if TYPE_CHECKING:
    import duckdb


@click.command()
@click.option(
    "--suite",
    "suites",
    multiple=True,
    callback=joined,
    help="Suites whose answers to compare.  [default: those that `judge:` names, else writing]",
)
@click.option(
    "--models",
    multiple=True,
    default=("all",),
    show_default=True,
    callback=joined,
    help="Models whose answers to compare, as in `harness run`.",
)
@click.option("--limit", type=click.IntRange(min=1), help="Only the first N tasks of each suite.")
@click.option("--budget", type=Amount(min=0), metavar="USD", help="Stop before the judge costs more.")
@click.option("--dry-run", is_flag=True, help="Show what would be asked and what it costs at most, and stop.")
@click.option(
    "--allow-remote",
    is_flag=True,
    help="Show answers to private suites (policy: private) to a judge on another machine too.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts in numbers, as JSON.")
@runs_option
@config_option
@results_option
def judge(
    suites: str | None, models: str, limit: int | None, budget: float | None, dry_run: bool,
    allow_remote: bool, as_json: bool, runs: tuple[str, ...], config: Path | None, results: ResultsLocation,
) -> None:  # fmt: skip
    """Have stored answers compared by the judge that models.yaml names; no contestant is asked.

    First the judge is tried with gold pairs. Every pair is shown in both orders. What has a verdict already
    is not asked again, so starting it once more goes on.
    """
    loaded = load_config(find_config(config))
    paths = find_suites()
    names = suites or (loaded.judge.suites if loaded.judge else "writing")
    chosen = [load_suite(paths[name]) for name in choose_suites(names, paths)]
    chosen_runs = choose_runs(results, runs)

    def planned(con: duckdb.DuckDBPyConnection) -> JudgingPlan:
        return plan_judging(loaded, chosen, con, models, limit)

    plan = reading(results, chosen_runs, planned)
    if private := [] if allow_remote else private_suites(plan, chosen):
        raise HarnessError(
            f"{listed(private)}: private, and the judge is not on this machine; --allow-remote"
        )
    if not plan.contests:
        of = listed([suite.name for suite in chosen])
        raise HarnessError(
            f"no two models that {plan.model.id} may compare answered the same task of {of}; ask them first"
        )
    if dry_run:
        _print_plan(plan, results)
        return
    screen = console(stderr=True)
    with screen.status("") as status:
        outcome = judging.judge(
            plan, loaded, results, budget, lambda asked, of: status.update(f"{asked:,} of {of:,} questions")
        )
    judged = judged_of(read_comparisons(results), chosen_runs)
    if as_json:
        write(dump({"outcome": asdict(outcome), "judged": [asdict(one) for one in judged]}))
    else:
        for one in judged:
            print_blocks(blocks_of(one), console())
    echo(f"{counted(outcome.asked, 'question')} asked, {outcome.left:,} left", err=True)
    if outcome.stopped:
        raise HarnessError(f"{outcome.stopped}; go on with: harness judge")
    if outcome.gate.reasons:
        raise HarnessError(
            f"{plan.model.id} compared nobody: {outcome.gate.reasons[0]}; name another judge in models.yaml"
        )


def _print_plan(plan: JudgingPlan, results: ResultsLocation) -> None:
    _, done = judging.done_already(results)
    calls = [list(plan.calls(pairs, done)) for pairs in (plan.gold, plan.contests)]
    for name, of_kind in zip(("gold pairs", "contestants"), calls, strict=True):
        most = most_it_costs(plan, of_kind)
        price = "cost unknown" if most is None else f"{dollars(most)} at most"
        echo(f"{name}: {counted(len(of_kind), 'question')} to {plan.model.id}, {price}")
    if plan.kin:
        names = dict.fromkeys(model for _, model, _ in plan.kin)
        echo(f"left out, of the judge's family: {listed(list(names))}")
