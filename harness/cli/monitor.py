"""``harness monitor``: what real calls say of models and rules."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from harness.cli.options import results_option
from harness.cli.terminal import echo, write
from harness.jsontext import dump
from harness.monitor.watch import Incident, drift, incidents
from harness.results.observations import read_observations
from harness.rules.changes import changes
from harness.rules.file import load_rules
from harness.rules.learning import CallRecords, learn
from harness.words import counted

_SURE = 0.01  # p of a mix that is another one


@click.command()
@results_option
@click.option(
    "--rules",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Say what these rules would be if they learned from the calls.",
)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Incidents noticed from this day on.")
@click.option("--fail-on-incident", is_flag=True, help="Exit with 1 where there is one.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def monitor(
    results: Path, file: Path | None, since: datetime | None, fail_on_incident: bool, as_json: bool
) -> None:
    """Look at all real calls: who got slower or worse, since when, and whether the rules still fit."""
    calls = read_observations(results)
    day = f"{since:%Y-%m-%d}" if since else ""
    noticed = [incident for incident in incidents(calls) if incident.noticed >= day]
    mix = drift(calls)
    rules = load_rules(file) if file else None
    now = datetime.now(UTC)
    other = changes(rules, learn(rules, CallRecords(calls, now), now)) if rules else []
    if as_json:
        shown_mix = None if mix is None else {"shares": mix[0], "p": mix[1]}
        write(
            dump(
                {
                    "calls": len(calls),
                    "incidents": list(map(asdict, noticed)),
                    "mix": shown_mix,
                    "rules": other,
                }
            )
        )
    else:
        _tell(len(calls), noticed, mix, other, rules is not None)
    if fail_on_incident and noticed:
        raise SystemExit(1)


def _tell(
    calls: int, noticed: list[Incident], mix: tuple[dict[str, tuple[float, float]], float] | None,
    other: list[str], asked: bool,
) -> None:  # fmt: skip
    echo(f"{counted(calls, 'call')}, {counted(len(noticed), 'incident')}")
    for incident in noticed:
        echo(_sentence(incident))
    if mix is None:
        echo("the mix of task types is not compared: that takes 1,000 requests")
    elif mix[1] < _SURE:
        moved = sorted(mix[0].items(), key=lambda entry: -abs(entry[1][1] - entry[1][0]))[:3]
        parts = [f"{name} {before:.0%} → {after:.0%}" for name, (before, after) in moved]
        echo(f"the mix of task types is another one in the last 500 requests: {', '.join(parts)}")
    else:
        echo("the mix of task types is as it was")
    if asked:
        echo("\n".join(other) or "the rules would be the same if they learned from the calls")


def _sentence(incident: Incident) -> str:
    """An incident in words."""
    series = f" ({incident.series})" if incident.series else ""
    if incident.measure == "failures":
        what = f"succeeds in {incident.after:.0%} of its calls, {incident.before:.0%} before"
        what += (
            "; its provider seems to be down, which says nothing of the model" if incident.provider else ""
        )
    elif incident.measure == "score":
        what = f"is scored {incident.after:.2f}, {incident.before:.2f} before"
    else:
        what = f"{incident.measure}{series}: {incident.after:.3g} s, {incident.before:.3g} s before"
    return f"{incident.model}: {what}; since {incident.since[:16]}, noticed {incident.noticed[:16]}"
