"""``harness route``: which model a request should go to, and why."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import cast

import click

from harness.cli.exporting import warn_if_old
from harness.cli.options import SEED, Amount, rules_option
from harness.cli.terminal import echo, write
from harness.jsontext import dump
from harness.routing.policies import POLICIES
from harness.routing.router import Router
from harness.rules.file import load_rules
from harness.rules.ruleset import SpeedClass
from harness.rules.speeds import SPEEDS


@click.command()
@click.option("--task-type", default=None, help="Task type, as in the rules: code, math, classification …")
@click.option("--prompt", default=None, help="Find the task type by the rules' keywords in this text.")
@click.option(
    "--meta",
    multiple=True,
    metavar="KEY=VALUE",
    help="Find the task type by the rules' metadata; repeatable.",
)
@click.option(
    "--context", "context", type=click.IntRange(0), default=0, help="Context that is needed, in tokens."
)
@click.option(
    "--speed",
    type=click.Choice(SPEEDS),
    default="balanced",
    show_default=True,
    help="Class of speed that the answer needs.",
)
@click.option("--max-cost", type=Amount(0), default=None, help="Most that a request may cost, in USD.")
@click.option(
    "--min-quality", type=Amount(0, 1), default=None, help="Least quality (pass rate or mean score), 0 to 1."
)
@click.option("--policy", type=click.Choice(list(POLICIES)), default=None, help="Policy of the exploration.")
@click.option("--seed", type=SEED, default=0, show_default=True, help="Seed of the exploration.")
@rules_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def route(
    task_type: str | None,
    prompt: str | None,
    meta: tuple[str, ...],
    context: int,
    speed: str,
    max_cost: float | None,
    min_quality: float | None,
    policy: str | None,
    seed: int,
    file: Path,
    as_json: bool,
) -> None:
    """Choose the model for a request: provider, model, confidence, alternatives, and why."""
    if task_type is None and prompt is None and not meta:
        raise click.UsageError("say what the request is: --task-type or --prompt")
    rules = load_rules(file)
    warn_if_old(rules, file)
    router = Router(rules, POLICIES[policy]() if policy else None, seed)
    if task_type is None:
        task_type = router.recognise(prompt or "", dict(_pair(text) for text in meta))
    choice = router.select_model(task_type, context, cast(SpeedClass, speed), max_cost, min_quality)
    if as_json:
        write(dump(asdict(choice)))
        return
    confidence = "unknown" if choice.confidence is None else f"{choice.confidence:.0%}"
    echo(f"rule          {choice.rule}")
    echo(f"provider      {choice.provider}")
    echo(f"model         {choice.model}")
    echo(f"confidence    {confidence}")
    echo(f"alternatives  {', '.join(choice.alternatives) or 'none'}")
    echo(f"why           {choice.reason}")


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise click.UsageError(f"--meta {text}: write KEY=VALUE")
    return key, value
