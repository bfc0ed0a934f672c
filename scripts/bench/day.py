"""A day of 10,000 requests on which the best model gets worse at noon, and only who judges answers notices.

The world is made up, so the quality of every answer is known, and what a choice cost: regret is the best
model's chance of a good answer less that of the one that answered. All else is the gateway's own: its rules,
policies, ledger, feedback, monitor, journal and demotions, on the clock of that day. The models are dice.

``python -m scripts.bench.day --chart docs/simulated-day.svg`` draws the regret over the day too.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from math import ceil
from pathlib import Path
from random import Random
from typing import Any

from harness.monitor.canaries import MOST, Sampled, judged
from harness.monitor.incidents import Journal, due_steps
from harness.observationrow import Observation
from harness.records import Completion
from harness.reporting.charts.curves import Axis, Spot, curves
from harness.reporting.charts.style import Style
from harness.reporting.charts.svg import svg
from harness.results.observations import ObservationLog, read_observations
from harness.results.outbox import local_folder
from harness.routing.calls import Attempt, CallLabel, Link, observation
from harness.rules.file import to_yaml
from harness.rules.ruleset import Candidate, Provider
from harness.serve.gateway import Gateway, GatewayOptions
from harness.serve.requests import read_request
from tests.exporters.sample import model, rule, rule_set

REQUESTS = 10_000
NOON, REPAIRED = timedelta(hours=12), timedelta(hours=20)
LOOKS = timedelta(minutes=30)  # between two of the monitor
TASKS = 60  # of the tournament, a task type
BROKEN = 0.35  # what is left of the quality of the model that breaks
TYPES = {"code": 0.5, "math": 0.3, "summary": 0.2}  # shares of the requests
QUALITY = {
    "north": {"code": 0.90, "math": 0.84, "summary": 0.80},
    "east": {"code": 0.82, "math": 0.80, "summary": 0.88},
    "south": {"code": 0.70, "math": 0.74, "summary": 0.72},
    "west": {"code": 0.55, "math": 0.50, "summary": 0.66},
}
BREAKS = "north"
KNOWN_AGAIN = 0.97  # of tasks that it has always passed, a model that is well passes so many
FEEDBACK = (1.0, 0.2, 0.02)  # shares of the answers that somebody judges
CHARTED = 0.2
DRAWN = ("rules alone", "thompson", "discounted-thompson", "rules and monitor")


@dataclass(frozen=True, slots=True)
class Way:
    """How a gateway is run."""

    policy: str | None = None
    rebuild_every: int = 0
    monitored: bool = False


WAYS = {
    "rules alone": Way(),
    "rules rebuilt": Way(rebuild_every=250),
    "thompson": Way("thompson"),
    "discounted-thompson": Way("discounted-thompson"),
    "sliding-thompson": Way("sliding-thompson"),
    "rules and monitor": Way(monitored=True),
    "rebuilt, monitor": Way(rebuild_every=250, monitored=True),
}


def measure() -> dict[str, Any]:
    """Regret by the share of answers that is judged: good answers lost of 10,000."""
    return {
        "aim": "learning and monitor lose less than rules alone",
        "requests": REQUESTS,
        "regret": {
            f"{share:.0%} judged": {name: round(played(name, share)[-1]) for name in WAYS}
            for share in FEEDBACK
        },
    }


def chart() -> str:
    """The regret over the day as SVG."""
    lines = [(name, _spots(played(name, CHARTED))) for name in DRAWN]
    most = 250 * ceil(max(spots[-1].y for _, spots in lines) / 250)
    across = Axis("hour of the day", 0, 24, log=False, show=lambda hour: f"{hour:g}", ticks=range(0, 25, 4))
    up = Axis(
        f"good answers lost since midnight, {CHARTED:.0%} judged", 0, most, log=False,
        show=lambda lost: f"{lost:g}", ticks=range(0, most + 1, 250),
    )  # fmt: skip
    return svg(curves(lines, across, up, Style(DRAWN)))


def _spots(regret: Sequence[float]) -> list[Spot]:
    """A spot every two hours; requests are spread evenly over the day."""
    at = {hour: regret[round(hour / 24 * REQUESTS)] for hour in range(0, 25, 2)}
    return [Spot(hour, lost, lost, lost) for hour, lost in at.items()]


@cache
def played(name: str, share: float) -> tuple[float, ...]:
    """The regret after each request of the day, of one way to run a gateway. A day like it went before."""
    way, midnight = WAYS[name], datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    with tempfile.TemporaryDirectory(prefix="bench-day-") as folder:
        root = Path(folder)
        _write_rules(root / "rules.yaml")
        with ObservationLog(root / "results") as log:
            for call in _day_before(midnight, share):
                log.append(call)
        options = GatewayOptions(
            root / "rules.yaml", root / "results", policy=way.policy, rebuild_every=way.rebuild_every, seed=1
        )
        gateway = Gateway(options)
        try:
            return tuple(_play(gateway, way, share, midnight))
        finally:
            gateway.ledger.close()


def _play(gateway: Gateway, way: Way, share: float, midnight: datetime) -> Iterator[float]:
    world, dice, lost, looked = Random(7), Random(11), 0.0, timedelta(0)
    calls = {call.request_id: call for call in read_observations(gateway.options.results)}
    yield 0.0
    for number in range(REQUESTS):
        since = timedelta(days=1) * number / REQUESTS
        task_type, luck, judged_too = _request(world, share)
        route = gateway.route(read_request("chat/completions", _BODIES[task_type], {}))
        name = route.links[0].model
        attempt, row = _called(name, route.rule, task_type, midnight + since, f"req-{number}")
        gateway.count(attempt, row, route.rule)
        if judged_too:
            good = float(luck < quality(name, task_type, since))
            gateway.rate(f"req-{number}", good)
            row = replace(row, score=good * 10)
        calls[row.request_id] = row
        if gateway.rebuild_due:
            gateway.rebuild()
        if way.monitored and since - looked >= LOOKS:
            looked = since
            _monitor(gateway, list(calls.values()), midnight, since, dice)
        lost += max(quality(one, task_type, since) for one in QUALITY) - quality(name, task_type, since)
        yield lost


def _monitor(
    gateway: Gateway, calls: Sequence[Observation], midnight: datetime, since: timedelta, dice: Random
) -> None:
    """A look as ``harness monitor --canaries`` takes it; the tasks that it puts again are dice, too."""
    journal, now = Journal(local_folder(gateway.options.results)), midnight + since
    journal.append(due_steps(calls, journal.cases(), now))
    before = [Sampled("suite", f"task-{n}", judged=True, passed=True) for n in range(MOST)]
    for case in journal.cases().values():
        if case.active:
            well = not (case.incident.model == BREAKS and NOON <= since < REPAIRED)
            chance = KNOWN_AGAIN * (1 if well else BROKEN)
            after = [replace(task, passed=dice.random() < chance) for task in before]
            step = judged(case, before, after, now)
            journal.append([step] if step else [])
    gateway.follow()


def quality(name: str, task_type: str, since: timedelta) -> float:
    """The chance that an answer is good, at a time of the day."""
    broken = name == BREAKS and NOON <= since < REPAIRED
    return QUALITY[name][task_type] * (BROKEN if broken else 1)


def _request(world: Random, share: float) -> tuple[str, float, bool]:
    """Its task type, the luck of whoever answers it, and whether the answer will be judged."""
    task_type = world.choices(list(TYPES), list(TYPES.values()))[0]
    return task_type, world.random(), world.random() < share


def _called(name: str, rule_id: str, task_type: str, at: datetime, id_: str) -> tuple[Attempt, Observation]:
    done = Completion("", prompt_tokens=200, completion_tokens=100, latency_s=1.0)
    attempt = Attempt(Link(name), done, None, 1.0, None, None, 1.0, at.isoformat(timespec="milliseconds"))
    row = replace(observation(attempt, CallLabel(task_type)), request_id=id_, rule=rule_id, attempt=1)
    return attempt, row


def _day_before(midnight: datetime, share: float) -> Iterator[Observation]:
    """What real calls brought on the day before, when nothing broke and the rules alone decided."""
    world = Random(3)
    for number in range(REQUESTS):
        task_type, luck, judged_too = _request(world, share)
        name = max(QUALITY, key=lambda one: QUALITY[one][task_type])
        at = midnight - timedelta(days=1) * (REQUESTS - number) / REQUESTS
        row = _called(name, task_type, task_type, at, f"old-{number}")[1]
        yield replace(row, score=10.0 * (luck < QUALITY[name][task_type]) if judged_too else None)


def _write_rules(file: Path) -> None:
    """The rules that a tournament of 60 tasks a type made."""
    rules = []
    for task_type in TYPES:
        names = sorted(QUALITY, key=lambda one: -QUALITY[one][task_type])
        rows = (
            Candidate(n, TASKS, QUALITY[n][task_type], None, None, None, None, 1.0, None, None) for n in names
        )
        rules.append(rule(task_type, *names, candidates=tuple(rows)))
    made = replace(
        rule_set(),
        providers=(Provider("p", "openai", "http://127.0.0.1:9/v1", None),),
        models=tuple(model(name, "p", name) for name in QUALITY),
        rules=tuple(rules),
        default_rule=None,
        baseline=None,
        role_map={},
    )
    file.write_text(to_yaml(made), "utf-8")


_CHAT = {"messages": [{"role": "user", "content": "?"}]}
_BODIES = {name: json.dumps({"model": name, **_CHAT}).encode() for name in TYPES}

if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
    if "--chart" in sys.argv:
        Path(sys.argv[sys.argv.index("--chart") + 1]).write_text(chart(), "utf-8")
