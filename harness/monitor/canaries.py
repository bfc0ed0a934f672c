"""Canaries: tasks that a model always passed are put to it again, to tell a worse model from bad luck."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from harness.errors import HarnessError, ResultsError, warn
from harness.monitor.incidents import Case, Event, Journal, Step, step_of
from harness.monitor.sequential import BAD, GOOD, RateTest
from harness.monitor.watch import as_fast_as_before
from harness.results.database import reading
from harness.runner.confinement import sandbox_if_any
from harness.runner.plan import RunPlan, Selection, new_run_id, plan_of
from harness.runner.progress import Progress
from harness.runner.run import RunOptions, execute
from harness.words import counted

if TYPE_CHECKING:
    import duckdb

FOLDER = "canaries"  # of the results; its runs are no part of any ranking
MOST = 40  # tasks: certainty takes 17 that are as before, or 5 that are not
_TIMES = {"time": "time_s", "time to the first token": "first_s", "time a token": "token_s"}
_SQL = """
SELECT suite, task_id, bool_and(status = 'ok') AS judged, bool_and(coalesce(passed, false)) AS passed,
    median(latency_s) AS time_s, median(ttft_s) AS first_s,
    median((latency_s - ttft_s) / (completion_tokens - 1)) FILTER (completion_tokens > 1) AS token_s
FROM results WHERE model = $model AND status <> 'skipped' GROUP BY suite, task_id
ORDER BY md5(suite || task_id), suite, task_id
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """With what canaries are run; ``suites`` as ``harness run --suite`` takes them."""

    suites: str
    config: Path | None = None
    sandbox: Literal["auto", "bwrap", "none"] = "auto"


@dataclass(frozen=True, slots=True)
class Sampled:
    """What a model did on a task: whether it was judged, and passed, each time; its median seconds."""

    suite: str
    task_id: str
    judged: bool
    passed: bool
    time_s: float | None = None
    first_s: float | None = None
    token_s: float | None = None


def run_canaries(results: Path, settings: Settings, now: datetime) -> list[Step]:
    """The next step of each active incident that canaries are certain of, on disk.

    Each model is asked once. Where its provider is down, or no task is known, there is none.
    """
    journal = Journal(results)
    by_model: dict[str, list[Case]] = {}
    for case in journal.cases().values():
        if case.active and not case.incident.provider:
            by_model.setdefault(case.incident.model, []).append(case)
    steps = []
    for model, cases in by_model.items():
        try:
            before = [each for each in _sampled(results, model) if each.passed]
            after = _asked_again(model, before, results, settings, now)
        except HarnessError as error:
            warn(f"{model}: no canaries: {error}")
            continue
        steps += [step for case in cases if (step := judged(case, before, after, now)) is not None]
    journal.append(steps)
    return steps


def judged(case: Case, before: Iterable[Sampled], after: Iterable[Sampled], now: datetime) -> Step | None:
    """What canaries say of an incident, task by task beside what was ``before``; ``None``: too little."""
    usual = {(each.suite, each.task_id): each for each in before}
    test, outcome, alike = RateTest(GOOD, BAD), "open", list[bool]()
    for sampled in after:
        same = _same(case, usual[sampled.suite, sampled.task_id], sampled)
        if same is not None:
            alike.append(same)
            outcome = test.add(float(same))
        if outcome != "open":
            break
    event = _event(case, outcome)
    why = f"{sum(alike)} of {counted(len(alike), 'canary', 'canaries')} as before"
    return step_of(case, event, why, now) if event else None


def _event(case: Case, outcome: str) -> Event | None:
    if outcome == "worse":
        return "confirmed" if case.event == "opened" else None
    if outcome == "as before":
        return "dismissed" if case.event == "opened" else "recovered"
    return None


def _same(case: Case, before: Sampled, now: Sampled) -> bool | None:
    """Whether an answer is as good, or as fast, as before; ``None`` where it says nothing."""
    if not now.judged:
        return None
    column = _TIMES.get(case.incident.measure)
    if column is None:
        return now.passed
    usual_s, seconds = getattr(before, column), getattr(now, column)
    if not usual_s or seconds is None:
        return None
    return as_fast_as_before(case.incident, seconds / usual_s * case.incident.before)


def _asked_again(
    model: str, passed: Sequence[Sampled], results: Path, settings: Settings, now: datetime
) -> list[Sampled]:
    """What the model does today on tasks that it passed. Raises ``HarnessError``."""
    plan = _plan(model, passed, settings)
    run_id = new_run_id(now)
    options = RunOptions(sandbox=sandbox_if_any(plan.suites, settings.sandbox, results))
    execute(plan, results / FOLDER, run_id, Progress(), options)
    return _sampled(results / FOLDER, model, (run_id,))


def _plan(model: str, passed: Sequence[Sampled], settings: Settings) -> RunPlan:
    plan = plan_of(Selection(settings.suites, model, limit=None, repeats=1, seed=0), settings.config)
    there = {(suite.name, task.id) for suite in plan.suites for task in suite.tasks}
    chosen = [key for each in passed if (key := (each.suite, each.task_id)) in there][:MOST]
    if not chosen:
        raise ResultsError(f"it has passed no task of {settings.suites} yet; harness run puts them to it")
    suites = (
        replace(suite, tasks=tuple(task for task in suite.tasks if (suite.name, task.id) in chosen))
        for suite in plan.suites
    )
    return replace(plan, suites=tuple(suite for suite in suites if suite.tasks))


def _sampled(results: Path, model: str, runs: Sequence[str] | None = None) -> list[Sampled]:
    def read(con: duckdb.DuckDBPyConnection) -> list[Sampled]:
        return [Sampled(*row) for row in con.execute(_SQL, {"model": model}).fetchall()]

    return reading(results, runs, read)
