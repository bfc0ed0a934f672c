"""What the gateway makes of calls: rules that change, models that are stand-ins only."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

import pytest

from harness.monitor.incidents import Case, Journal, Step, step_of
from harness.monitor.watch import Incident
from harness.observationrow import Observation
from harness.results.observations import ObservationLog
from harness.rules.ruleset import Candidate
from harness.serve.gateway import Gateway, GatewayOptions
from tests.exporters.sample import rule
from tests.loopback import Loopback, answer
from tests.serve.gateways import serving, write_rules
from tests.serve.test_gateway import WHOLE, chat, post

NOON = "2026-11-01T12:00:00+00:00"
INCIDENT = Incident("m1", "score", "", 2000.0, 1000.0, NOON, NOON, 0.9, 0.2)
OPENED = Step(NOON, "opened", INCIDENT.id, "m1", "its calls", INCIDENT)
CASE = Case(INCIDENT.id, INCIDENT, "opened", OPENED.at, OPENED.why)


def measured(*names: str) -> tuple[Candidate, ...]:
    """The first is the best: 90 %, 80 % … of 30 tasks."""
    return tuple(
        Candidate(name, 30, 0.9 - place / 10, None, None, None, None, None, None, None)
        for place, name in enumerate(names)
    )


def earlier(
    model: str, *scores: float | None, rule: str | None = "code", usd: float = 0.0
) -> list[Observation]:
    at = datetime.now(UTC) - timedelta(minutes=5)
    judged = [None if score is None else score * 10 for score in scores]
    return [
        Observation(at.isoformat(), model, "", "code", "", score, 900, 50, usd, True, rule="code")
        for score in judged
    ]


def logged(folder: Path, *calls: list[Observation]) -> None:
    with ObservationLog(folder / "results") as log:
        for call in chain(*calls):
            log.append(call)


def soon(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_rules_are_rebuilt_after_so_many_calls_and_the_log_says_what_and_why(tmp_path: Path) -> None:
    lines: list[str] = []
    rules = (rule("code", "m1", "m2", candidates=measured("m1", "m2")), rule("*", "m2", priority=0))
    with Loopback(answer(200, WHOLE)) as one, Loopback(answer(200, WHOLE)) as two:
        file = write_rules(tmp_path / "rules.yaml", one, two, rules=rules)
        logged(tmp_path, earlier("m2", *[1.0] * 90))
        with serving(file, tell=lines.append, rebuild_every=12) as (url, gateway):
            asked = gateway.metrics
            for _ in range(12):
                id_ = chat(url, {"model": "code"})[1]["x-request-id"]
                assert post(url, "/v1/feedback", {"request_id": id_, "score": 0})[0] == 200
            soon(lambda: bool(lines))
            assert chat(url, {"model": "code"})[1]["x-harness-model"] == "m2"
            assert gateway.metrics is asked and b'model="m1"' in gateway.metrics.text()  # counted on
    assert lines == [
        "rules: code: m1 → m2, because m2 is the best with 100% probability when 90 real calls are counted; "
        "the tournament alone: m1 is ahead; then m1 (was m2)"
    ]
    assert [candidate.calls for candidate in gateway.rules.rules[0].candidates] == [90, 12]


def test_answers_that_nobody_judged_do_not_make_a_model_good(tmp_path: Path) -> None:
    rules = (rule("code", "m1", "m2", candidates=measured("m1", "m2")),)
    with Loopback() as one, Loopback() as two:
        file = write_rules(tmp_path / "rules.yaml", one, two, rules=(*rules, rule("*", "m1", priority=0)))
        few = [None] * 49 + [0.2]  # two of a hundred are judged
        logged(tmp_path, earlier("m2", *[None] * 400), earlier("m1", *few * 60))
        gateway = Gateway(GatewayOptions(file, tmp_path / "results", rebuild_every=1))
        assert gateway.rules.rules[0].primary == "m2"
        m2, m1 = gateway.rules.rules[0].candidates
        assert (m2.model, m2.quality, m2.n) == ("m2", 0.8, 30)
        assert m1.quality is not None and m1.quality < 0.45  # 30 tasks at 0.9, 60 judgements of 0.2
        gateway.ledger.close()


def test_a_restart_and_new_rules_forget_nothing_that_was_learned_or_spent(tmp_path: Path) -> None:
    rules = (rule("code", "m1", "m2"), rule("*", "m1", priority=0))
    with Loopback() as one, Loopback() as two:
        file = write_rules(tmp_path / "rules.yaml", one, two, rules=rules)
        logged(tmp_path, earlier("m1", 0.0, 0.0, None, usd=0.1), earlier("m2", 1.0), earlier("m9", 1.0))
        gateway = Gateway(GatewayOptions(file, tmp_path / "results", policy="thompson"))
        state = gateway.router.state("code")
        assert (state.passed, state.failed) == ((0.0, 1.0), (2.0, 0.0))
        gateway.rebuild()
        assert gateway.router.state("code").failed == (2.0, 0.0)
        gateway.ledger.close()


def test_who_was_confirmed_as_worse_is_a_stand_in_until_it_is_well_again(tmp_path: Path) -> None:
    lines: list[str] = []
    journal = Journal(tmp_path / "results")
    rules = (rule("code", "m1", "m2"), rule("math", "m1"), rule("*", "m1", priority=0))
    with Loopback(answer(200, WHOLE)) as one, Loopback(answer(200, WHOLE), answer(400, {})) as two:
        file = write_rules(tmp_path / "rules.yaml", one, two, rules=rules)
        journal.append([OPENED])
        with serving(file, tell=lines.append, policy="thompson") as (url, gateway):
            journal.append([step_of(CASE, "confirmed", "0 of 5 canaries as before", datetime.now(UTC))])
            soon(lambda: bool(lines))
            assert gateway.shown()["demoted"]["m1"] == {"left_s": None, "why": "0 of 5 canaries as before"}
            assert chat(url, {"model": "code"})[1]["x-harness-model"] == "m2"
            assert chat(url, {"model": "math"})[1]["x-harness-model"] == "m1"  # there is no other
            assert chat(url, {"model": "m1"})[0] == 200  # who names it gets it
            for _ in range(6):
                assert gateway.router.select_model("code").model == "m2"  # nor is it tried out
            gateway.rebuild()
            assert gateway.router.demoted
            journal.append([step_of(CASE, "recovered", "17 of 17 canaries as before", datetime.now(UTC))])
            soon(lambda: len(lines) > 1)
            assert not gateway.router.demoted
    assert lines == ["m1 is a stand-in only: 0 of 5 canaries as before", "m1 is back"]


def test_two_gateways_on_one_folder_learn_from_both_when_they_read_anew(tmp_path: Path) -> None:
    rules = (rule("code", "m1", "m2", candidates=measured("m1", "m2")), rule("*", "m1", priority=0))
    with Loopback(answer(200, WHOLE)) as one, Loopback(answer(200, WHOLE)) as two:
        file = write_rules(tmp_path / "rules.yaml", one, two, rules=rules)
        logged(tmp_path, earlier("m2", *[1.0] * 90))
        with serving(file) as (url, _), serving(file) as (other, gateway):
            for address in (url, other) * 6:
                id_ = chat(address, {"model": "code"})[1]["x-request-id"]
                assert post(address, "/v1/feedback", {"request_id": id_, "score": 0})[0] == 200
            assert gateway.router.state("code").failed == pytest.approx((3.0 + 6, 6.0))
            (line,) = asyncio.run(gateway.reload())
            assert line.startswith("code: m1 → m2, because m2 is the best with")
            assert gateway.router.state("code").failed == pytest.approx(
                (6.0, 3.0 + 12)
            )  # m2 is the first now
            assert chat(other, {"model": "code"})[1]["x-harness-model"] == "m2"
