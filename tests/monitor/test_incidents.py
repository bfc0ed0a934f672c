"""What becomes of incidents: the journal, what canaries say, and what the gateway is told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from harness.errors import HarnessWarning
from harness.monitor.canaries import Sampled, judged
from harness.monitor.incidents import Case, Journal, Step, demoted, due_steps, step_of
from harness.monitor.watch import Incident, Watch
from harness.observationrow import Observation
from harness.results.observations import ObservationLog
from tests.cli.conftest import Harness
from tests.cli.conftest import harness as harness
from tests.conftest import TEN_SUMS, WriteSuite
from tests.endpoints import Solver, entry
from tests.loopback import Loopback, stream
from tests.monitor.test_watch import BEGIN, call

NOW = BEGIN + timedelta(days=1)
INCIDENT = Incident(
    "m", "failures", "", 7.0, 6.9, "2026-11-01T01:00:00+00:00", "2026-11-01T02:00:00+00:00", 0.9, 0.2
)
CASE = Case(INCIDENT.id, INCIDENT, "opened", "2026-11-01T02:00:01+00:00", "its calls")


def successes(text: str, begin: int = 0, **more: object) -> list[Observation]:
    """A call a character: ``+`` for a success."""
    error = {"error": "invalid"}
    return [
        call(begin + n, success=sign == "+", **(more | ({} if sign == "+" else error)))  # type: ignore[arg-type]
        for n, sign in enumerate(text)
    ]


def kept(journal: Journal, calls: Sequence[Observation], now: datetime = NOW) -> list[str]:
    """Look, keep what is new, and say what that is."""
    steps = due_steps(calls, journal.cases(), now)
    journal.append(steps)
    return [step.event for step in steps]


def test_an_incident_is_opened_once_and_closed_when_calls_are_as_before(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    calls = successes("+" * 120 + "-" * 12)
    assert kept(journal, calls) == ["opened"]
    assert kept(journal, calls) == []
    calls += successes("+" * 30, begin=200)
    assert kept(journal, calls) == ["recovered"]
    calls += successes("-" * 12, begin=300)
    assert kept(journal, calls) == ["opened"]  # against what was usual before the first
    assert [case.event for case in journal.cases().values()] == ["recovered", "opened"]
    assert kept(Journal(tmp_path / "other"), calls) == ["opened", "opened", "recovered"]  # seen all at once


def test_who_fails_from_the_first_call_on_is_noticed_and_three_calls_are_too_few(tmp_path: Path) -> None:
    assert due_steps(successes("---"), {}, NOW) == []
    (opened,) = due_steps(successes("-" * 150), {}, NOW)
    assert opened.incident is not None and opened.incident.before == 0.9
    assert opened.incident.noticed < call(20).timestamp
    assert due_steps(successes("+-+" * 20), {}, NOW)  # two of three are too few, too
    assert not due_steps(successes("+++++++++-" * 20), {}, NOW)


def test_what_somebody_accepted_is_how_it_is_from_then_on(tmp_path: Path) -> None:
    journal, rng = Journal(tmp_path), Random(1)

    def calls(seconds: float, begin: int, count: int) -> list[Observation]:
        return [call(n, seconds=seconds * rng.lognormvariate(0, 0.1)) for n in range(begin, begin + count)]

    slower = calls(1.0, 0, 110) + calls(2.0, 110, 60)
    assert kept(journal, slower) == ["opened"]
    (case,) = journal.cases().values()
    journal.append([step_of(case, "accepted", "by hand", call(170).moment)])
    slower += calls(2.0, 171, 150)
    assert kept(journal, slower) == []
    assert kept(journal, slower + calls(4.0, 400, 30)) == ["opened"]


def test_a_journal_survives_whoever_was_killed_and_what_is_no_line(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    opened = Step("2026-11-01T02:00:00+00:00", "opened", INCIDENT.id, "m", "its calls", INCIDENT)
    journal.append([opened])
    with journal.path.open("ab") as file:
        file.write(b'{"at": "2026-11-01T02:00')  # and no more
    assert [case.event for case in journal.cases().values()] == ["opened"]
    journal.append([opened, replace(opened, event="confirmed", incident=None), opened])  # by another monitor
    with pytest.warns(HarnessWarning, match="1 lines are no steps"):
        (case,) = journal.cases().values()
    assert (case.event, demoted([case])) == ("confirmed", {"m": "its calls"})
    first = json.loads(journal.path.read_text().splitlines()[0])
    for wrong in ("[]", "{}", '{"at": 1}', json.dumps({**first, "incident": {"model": 1}})):
        journal.path.write_text(wrong + "\n")
        with pytest.warns(HarnessWarning):
            assert journal.cases() == {}


def sampled(passed: str, seconds: float = 1.0) -> list[Sampled]:
    """A task a character: ``+`` passed, ``-`` failed, ``?`` no verdict."""
    return [Sampled("s", f"t{n}", sign != "?", sign == "+", seconds) for n, sign in enumerate(passed)]


@pytest.mark.parametrize(
    ("event", "after", "outcome"),
    [
        ("opened", "-" * 6, "confirmed"),
        ("opened", "+" * 17, "dismissed"),
        ("opened", "+" * 16, None),
        ("opened", "?" * 40, None),
        ("opened", "+-" * 10, "confirmed"),
        ("confirmed", "-" * 6, None),
        ("confirmed", "+" * 17, "recovered"),
    ],
)
def test_canaries_confirm_dismiss_or_say_too_little(event: str, after: str, outcome: str | None) -> None:
    case = replace(CASE, event=event)  # type: ignore[arg-type]
    step = judged(case, sampled("+" * 40), sampled(after), NOW)
    assert (step and step.event) == outcome


def test_canaries_of_slowness_are_timed_task_by_task() -> None:
    slow = replace(INCIDENT, measure="time", before=1.0, after=3.0)
    case = replace(CASE, incident=slow)
    usual = sampled("+" * 20, seconds=8.0)  # they take longer than real calls, which does not matter
    assert judged(case, usual, sampled("+" * 20, seconds=22.0), NOW).event == "confirmed"  # type: ignore[union-attr]
    assert judged(case, usual, sampled("-" * 20, seconds=9.0), NOW).event == "dismissed"  # type: ignore[union-attr]


def test_a_series_with_more_beside_it_has_a_further_bound() -> None:
    alone, beside = Watch(), Watch()
    for n in range(9):
        alone.add(call(n, success=False, error="invalid"))
        for other in range(12):
            beside.add(call(n, f"other-{other}"))
        beside.add(call(n, success=False, error="invalid"))
    assert [len(watch.noticed) for watch in (alone, beside)] == [1, 0]


def test_the_command_confirms_by_canaries_and_takes_back(
    harness: Harness, write_suite: WriteSuite, tmp_path: Path
) -> None:
    write_suite(TEN_SUMS.replace("count: 10", "count: 20"))
    now = datetime.now(UTC)
    with ObservationLog(tmp_path / "results") as log:
        for n, one in enumerate(successes("+" * 110 + "-" * 12)):
            log.append(replace(one, timestamp=(now - timedelta(minutes=200 - n)).isoformat()))
        log.append(replace(call(0), timestamp="2099-01-01T00:00:00+00:00"))
    monitor = ("monitor", "--canaries", "small", "--fail-on-incident")

    def world(server: Loopback) -> None:
        Path("models.yaml").write_text(f"models: [{entry('m', server)}]")

    with Loopback(Solver()) as right, Loopback(stream("I do not know.")) as wrong:
        world(right)
        assert "no canaries" in harness(*monitor).err  # no results yet: it stays open
        assert harness("run", "--suite", "small", "--models", "m").code == 0
        world(wrong)
        done = harness(*monitor)
        assert done.code == 1 and "confirmed: 0 of 5 canaries as before" in done.out
        assert "1 call dated in the future left out" in done.out
        journal = Journal(tmp_path / "results")
        assert demoted(journal.cases().values()) == {"m": "0 of 5 canaries as before"}
        assert len(list((tmp_path / "results" / "canaries").glob("*/part-*.parquet"))) == 1
        world(right)
        done = harness(*monitor)
    assert done.code == 0 and "recovered: 17 of 17 canaries as before" in done.out
    assert demoted(journal.cases().values()) == {}


def test_wrong_words_are_answered_in_a_line(harness: Harness, tmp_path: Path) -> None:
    assert "there is no folder nowhere" in harness("monitor", "--results", "nowhere").err
    (tmp_path / "results").mkdir()
    assert harness("monitor", "--fail-on-incident").code == 0
    for arguments, code in (
        (("--accept", "x"), 1),
        (("--rules", "none.yaml"), 1),
        (("--watch", "0"), 2),
        (("--watch", "--json"), 2),
    ):
        done = harness("monitor", *arguments)
        assert (done.code, "Traceback" in done.err) == (code, False)
