"""``harness monitor``: what real calls say of models and rules."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from harness.cli.options import Amount, config_option, folder_option, sandbox_option
from harness.cli.rules import rules_of
from harness.cli.terminal import echo, write
from harness.errors import HarnessError, ResultsError, UnknownName
from harness.jsontext import dump
from harness.monitor.incidents import Case, Journal, Step, due_steps, step_of
from harness.monitor.mix import drift
from harness.monitor.watch import Incident
from harness.observationrow import Observation
from harness.results.observations import read_observations
from harness.rules.changes import changes, keep_pins
from harness.rules.file import load_rules
from harness.rules.learning import CallRecords, learn
from harness.rules.ruleset import RuleSet
from harness.words import counted

_SURE = 0.01  # p of a mix that is another one


@click.command()
@folder_option
@click.option(
    "--rules",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Say what these rules would choose today, by all results and calls.",
)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Incidents noticed from this day (UTC) on.")
@click.option(
    "--canaries",
    metavar="SUITES",
    help="Put tasks of these suites that it passed to each suspected model again: is it worse?",
)
@click.option(
    "--accept", metavar="ID", help="Close an incident: the model as it is now becomes the reference."
)
@click.option(
    "--watch",
    type=Amount(1, 86400),
    is_flag=False,
    flag_value=60.0,
    metavar="[SECONDS]",
    help="Look again and again, every 60 s or so often, and say what is new.",
)
@click.option("--fail-on-incident", is_flag=True, help="Exit with 1 where one is not closed.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@config_option
@sandbox_option
def monitor(
    results: Path, file: Path | None, since: datetime | None, canaries: str | None, accept: str | None,
    watch: float | None, fail_on_incident: bool, as_json: bool, config: Path | None, sandbox: str,
) -> None:  # fmt: skip
    """Look at all real calls: who got slower or worse, since when, and whether the rules still fit.

    What becomes of incidents is kept in observations/incidents.jsonl of the results; the gateway obeys it.
    """
    if watch is not None and (as_json or fail_on_incident):
        raise click.UsageError("--watch goes on: --json and --fail-on-incident are for one look")
    if not results.is_dir():
        raise ResultsError(f"there is no folder {results}; --results names the one of harness serve")
    if accept is not None:
        _accept(Journal(results), accept)
        return
    rules = load_rules(file) if file else None
    seen = _check(results, canaries, config, sandbox)
    if as_json:
        write(dump(_shown(seen, since, _today(rules, seen, results, config))))
    else:
        _tell(seen, since)
        if rules is not None:
            _tell_rules(rules, file, _today(rules, seen, results, config))
    if fail_on_incident and any(case.active for case in seen.cases_since(since)):
        raise SystemExit(1)
    while watch is not None:
        time.sleep(watch)
        for step in _check(results, canaries, config, sandbox).steps:
            echo(_news(step))


@dataclass(frozen=True, slots=True)
class _Seen:
    """One look: all calls, all incidents, and what is new of them."""

    calls: Sequence[Observation]
    future: int  # calls that are dated in the future, and left out
    cases: Sequence[Case]
    steps: Sequence[Step]

    def cases_since(self, since: datetime | None) -> list[Case]:
        """Those that were noticed from a day on."""
        day = since.replace(tzinfo=UTC) if since else None
        return [c for c in self.cases if day is None or datetime.fromisoformat(c.incident.noticed) >= day]


def _check(results: Path, canaries: str | None, config: Path | None, sandbox: Any) -> _Seen:
    """Look once, and keep what is new."""
    now = datetime.now(UTC)
    every = read_observations(results)
    calls = [call for call in every if call.moment <= now]
    journal = Journal(results)
    steps = due_steps(calls, journal.cases(), now)
    journal.append(steps)
    if canaries is not None and any(case.active for case in journal.cases().values()):
        from harness.monitor.canaries import Settings, run_canaries  # and with it all that runs are made of

        steps = [*steps, *run_canaries(results, Settings(canaries, config, sandbox), now)]
    return _Seen(calls, len(every) - len(calls), list(journal.cases().values()), steps)


def _accept(journal: Journal, id: str) -> None:
    case = journal.cases().get(id)
    if case is None or not case.active:
        raise UnknownName(f"no open incident is called {id!r:.40}; harness monitor names them")
    step = step_of(case, "accepted", "by hand", datetime.now(UTC))
    journal.append([step])
    echo(_news(step))


def _today(rules: RuleSet | None, seen: _Seen, results: Path, config: Path | None) -> list[str]:
    """What rules would choose otherwise if they were made of today's results and calls."""
    if rules is None:
        return []
    now = datetime.now(UTC)
    try:
        built = rules_of(results, ("all",), config, now, rules.baseline)
    except HarnessError:  # no runs here: calls alone say something of the rules as they are
        built = rules
    return changes(rules, keep_pins(learn(built, CallRecords(seen.calls, now), now), rules))


def _shown(seen: _Seen, since: datetime | None, rules: list[str]) -> dict[str, Any]:
    mix = drift(seen.calls)
    incidents = [
        {**asdict(case.incident), "id": case.id, "event": case.event, "at": case.at, "why": case.why}
        for case in seen.cases_since(since)
    ]
    return {
        "calls": len(seen.calls),
        "in_the_future": seen.future,
        "incidents": incidents,
        "mix": None if mix is None else {"shares": mix[0], "p": mix[1]},
        "rules": rules,
    }


def _tell(seen: _Seen, since: datetime | None) -> None:
    cases = seen.cases_since(since)
    echo(f"{counted(len(seen.calls), 'call')}, {counted(len(cases), 'incident')}")
    if seen.future:
        echo(f"{counted(seen.future, 'call')} dated in the future left out: was a clock wrong?")
    for case in cases:
        state = "open" if case.event == "opened" else f"{case.event}: {case.why}"
        echo(f"{_sentence(case.incident)}; {state} [{case.id}]")
    mix = drift(seen.calls)
    if mix is None:
        echo("the mix of task types is not compared: that takes 1,000 requests")
    elif mix[1] < _SURE:
        moved = sorted(mix[0].items(), key=lambda entry: -abs(entry[1][1] - entry[1][0]))[:3]
        parts = [f"{name} {before:.0%} → {after:.0%}" for name, (before, after) in moved]
        echo(f"the mix of task types is another one in the last 500 requests: {', '.join(parts)}")
    else:
        echo("the mix of task types is as it was")


def _tell_rules(rules: RuleSet, file: Path | None, other: list[str]) -> None:
    made = f"{file} of {rules.generated_at[:10]}"
    echo(f"{made} would choose otherwise today:" if other else f"{made} would choose the same today")
    for line in other:
        echo(f"  {line}")


def _news(step: Step) -> str:
    """A step of an incident in words."""
    if step.incident is not None:
        return f"{step.at[:19]} opened [{step.id}] {_sentence(step.incident)}"
    return f"{step.at[:19]} {step.event} [{step.id}] {step.model}: {step.why}"


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
