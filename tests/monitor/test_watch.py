"""Calls of a model that changes half-way, and of one that does not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from random import Random

import pytest

from harness.monitor.mix import drift
from harness.monitor.watch import Decision, Watch, incidents
from harness.observationrow import Observation
from harness.results.observations import ObservationLog
from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness

BEGIN = datetime(2026, 11, 1, tzinfo=UTC)


def call(number: int, model: str = "m", seconds: float = 1.0, **more: object) -> Observation:
    at = (BEGIN + timedelta(minutes=number)).isoformat()
    given = {"task_category": "code", "score": None, "success": True, "token_count": None, "cost_usd": None}
    fields = {**given, "streamed": False, "prompt_tokens": 100, **more}
    return Observation(at, model, "", task_difficulty="", latency_ms=round(seconds * 1000), **fields)  # type: ignore[arg-type]


def spread(rng: Random, centre: float) -> float:
    return centre * rng.lognormvariate(0, 0.3)


def test_who_gets_slower_is_named_with_the_time_it_began() -> None:
    rng = Random(1)
    calls = [call(n, seconds=spread(rng, 1.0 if n < 300 else 2.0)) for n in range(400)]
    calls += [call(n, "other", spread(rng, 1.0)) for n in range(400)]
    (incident,) = incidents(sorted(calls, key=lambda one: one.timestamp))
    assert (incident.model, incident.measure) == ("m", "time")
    assert incident.series == "whole, prompts up to 500 tokens"
    began = (datetime.fromisoformat(incident.since) - BEGIN).total_seconds() / 60
    assert 285 < began < 315
    assert incident.before < 1.2 and incident.after > 1.6


def test_longer_prompts_are_not_slowness() -> None:
    rng = Random(2)
    short = [call(n, seconds=spread(rng, 1.0)) for n in range(200)]
    long_ = [call(n, seconds=spread(rng, 9.0), prompt_tokens=9000) for n in range(200, 400)]
    assert incidents(short + long_) == []


def test_a_provider_that_is_down_is_told_from_a_model_that_is_worse() -> None:
    good = [call(n) for n in range(150)]
    down = [call(n, success=False, error="connection") for n in range(150, 170)]
    worse = [call(n, success=False, error="invalid") for n in range(150, 170)]
    assert [one.provider for one in incidents(good + down)] == [True]
    assert [(one.measure, one.provider) for one in incidents(good + worse)] == [("failures", False)]
    busy = [call(n, success=False, error="rate_limit") for n in range(150, 200)]
    gone = [call(n, success=False, error="cancelled", cancelled=True) for n in range(150, 200)]
    assert incidents(good + busy) == incidents(good + gone) == []


def test_scores_that_fall() -> None:
    rng = Random(3)
    before = [call(n, score=10.0 * (rng.random() < 0.9)) for n in range(200)]
    after = [call(n, score=10.0 * (rng.random() < 0.4)) for n in range(200, 260)]
    assert "score" in [one.measure for one in incidents(before + after)]


def test_hardly_anything_is_noticed_in_calls_that_stay_as_they_are() -> None:
    """Of ten series with 5,400 values by the tables' run length, 0.6 alarms are expected."""
    rng = Random(4)
    calls = [
        call(n, f"m{n % 5}", spread(rng, 1.0), success=rng.random() < 0.9, score=None) for n in range(3000)
    ]
    assert len(incidents(calls)) <= 2


def test_the_mix_of_task_types() -> None:
    same = [call(n, task_category=("code", "math")[n % 2]) for n in range(1200)]
    assert drift(same[:900]) is None
    mix = drift(same)
    assert mix is not None and mix[1] > 0.5
    moved = drift([call(n, task_category="code" if n < 700 else "math") for n in range(1200)])
    assert moved is not None and moved[1] < 1e-6 and moved[0]["math"] == (0.0, 1.0)


def test_the_command(harness: Harness, tmp_path: Path) -> None:
    rng = Random(5)
    with ObservationLog(tmp_path / "results") as log:
        for n in range(340):
            log.append(call(n, seconds=spread(rng, 1.0 if n < 300 else 3.0)))
    done = harness("monitor")
    assert done.code == 0 and "340 calls, 1 incident" in done.out and "m: time (whole" in done.out
    assert harness("monitor", "--fail-on-incident").code == 1
    assert harness("monitor", "--since", "2027-01-01", "--fail-on-incident").code == 0
    assert json.loads(harness("monitor", "--json").out)["incidents"][0]["model"] == "m"


@pytest.mark.parametrize("score", [True, False])
def test_a_reference_that_was_good_by_luck_raises_few_alarms(score: bool) -> None:
    """Thirty models that stay as they are, with 400 calls each: 9 alarms would be as many as allowed."""
    noticed = 0
    for seed in range(30):
        rng = Random(seed)
        drawn = (rng.random() < 0.85 for _ in range(400))
        calls = (
            call(n, score=10.0 * good) if score else call(n, success=good, error=None if good else "invalid")
            for n, good in enumerate(drawn)
        )
        noticed += len([one for one in incidents(calls) if one.measure in ("score", "failures")])
    assert noticed <= 3


def test_what_was_dismissed_leaves_no_gap() -> None:
    calls = [call(n, score=10.0 * (n % 10 != 0)) for n in range(110)]
    calls += [call(n, score=0.0) for n in range(110, 130)]
    (bad_luck,) = (one for one in incidents(calls) if one.measure == "score")
    calls += [call(n, score=10.0 * (n % 10 != 0)) for n in range(131, 150)]
    calls += [call(n, score=0.0) for n in range(150, 200)]
    watch = Watch({bad_luck.id: Decision(call(130).moment, "dismissed")})
    for one in calls:
        watch.add(one)
    assert [one.id == bad_luck.id for one in watch.noticed if one.measure == "score"] == [True, False]


def test_old_rows_other_zones_and_clocks_that_jump() -> None:
    """Rows of older versions have no columns of the gateway; times may be of any zone, or of none."""
    old = [
        replace(call(n, success=n < 120), streamed=None, prompt_tokens=None, timestamp=stamp(n))
        for n in range(140)
    ]
    (incident,) = (
        one for one in incidents(sorted(old, key=lambda one: one.moment)) if one.measure == "failures"
    )
    assert incident.noticed.endswith("+00:00") and incident.since >= call(118).moment.isoformat()
    back = [replace(one, timestamp=call(0).timestamp) for one in old]  # the clock stood still
    assert len(incidents(back)) == 1


def stamp(number: int) -> str:
    at = BEGIN + timedelta(minutes=number)
    zones = (UTC, timezone(timedelta(hours=9)), timezone(-timedelta(hours=5)))
    return at.astimezone(zones[number % 3]).isoformat() if number % 4 else at.replace(tzinfo=None).isoformat()
