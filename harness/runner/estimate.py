"""What a run is going to take, before it is started: samples, tokens, USD and time, each with an interval.

Where the results folder has enough samples of a model on a suite, their mean and spread
give a 95 % prediction interval of the sum. Elsewhere the lengths of the tasks give bounds:
at least a token and at most ``max_tokens`` an answer, prompts at 2 to 8 bytes a token,
5 to 200 tokens a second; of a dialogue one turn, what is likely, and as many as there may
be. Local models show first what they do (``measure``). What has no known price is unknown,
and makes the total "at least".
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from harness.engines import build_engine
from harness.errors import HarnessError, ResultsError
from harness.graders import PROJECTS
from harness.models.enginekinds import ENGINES, kind_of
from harness.models.model_files import find_file
from harness.models.pricing import cost_of
from harness.records import Completion, ModelSpec, Task, Throughput
from harness.results.database import reading
from harness.results.locations import ResultsLocation
from harness.runner.follow_ups import declared
from harness.runner.plan import RunPlan
from harness.solvers.base import SINGLE, Way
from harness.suites.matrix import exclusion

if TYPE_CHECKING:
    import duckdb

ENOUGH = 5  # earlier samples of a model on a suite, for a spread that means something
_BYTES_A_TOKEN = (8.0, 4.0, 2.0)  # for the least, the likely and the most tokens
_TOKENS_A_SECOND = (200.0, 30.0, 5.0)
_FIRST_TOKEN_S = (0.05, 0.5, 5.0)
_SHORTEST_ANSWER = 40.0  # bytes; models say more than the bare answer
_COMMAND_TOKENS = 60  # of an agent's answer beside what it writes
_AT_ONCE = 16  # requests to an endpoint, where models.yaml does not say (see gate)


@dataclass(frozen=True, slots=True)
class Range:
    """A sum that is not known yet. In the units of what is summed."""

    low: float = 0.0
    likely: float = 0.0
    high: float = 0.0

    def __add__(self, other: Range) -> Range:
        """Both: the ends are added, which is wider than chance would have it, never narrower."""
        return Range(self.low + other.low, self.likely + other.likely, self.high + other.high)

    def times(self, factor: float) -> Range:
        """Every part of it ``factor`` times."""
        return Range(self.low * factor, self.likely * factor, self.high * factor)

    def at_least(self, other: Range) -> Range:
        """The later of two that end together."""
        return Range(max(self.low, other.low), max(self.likely, other.likely), max(self.high, other.high))


@dataclass(frozen=True, slots=True)
class Forecast:
    """What one model takes on all its suites. ``cost_usd`` is ``None`` where no price is known."""

    model: str
    samples: int
    prompt_tokens: Range
    completion_tokens: Range
    cost_usd: Range | None
    seconds: Range
    from_rows: int  # how many of the samples are like earlier ones; the others go by length


@dataclass(frozen=True, slots=True)
class Estimate:
    """The whole run. ``unpriced`` names the models whose cost is in no total."""

    models: tuple[Forecast, ...]
    samples: int
    cost_usd: Range
    unpriced: tuple[str, ...]
    seconds: Range


# What samples of each model on each suite took and cost so far: number, mean and spread. A replayed answer
# says nothing about time, but what it cost when it was new.
_EARLIER = """
    SELECT
        model,
        suite,
        count(*) AS n,
        avg(prompt_tokens) AS prompt_tokens,
        coalesce(stddev_samp(prompt_tokens), 0) AS prompt_tokens_sd,
        avg(completion_tokens) AS completion_tokens,
        coalesce(stddev_samp(completion_tokens), 0) AS completion_tokens_sd,
        count(cost_usd) AS priced,
        avg(cost_usd + coalesce(follow_up_usd, 0)) AS cost_usd,
        coalesce(stddev_samp(cost_usd + coalesce(follow_up_usd, 0)), 0) AS cost_usd_sd,
        count(latency_s) FILTER (WHERE timing <> 'replayed') AS timed,
        avg(latency_s) FILTER (WHERE timing <> 'replayed') AS latency_s,
        coalesce(stddev_samp(latency_s) FILTER (WHERE timing <> 'replayed'), 0) AS latency_s_sd
    FROM results
    WHERE status <> 'skipped' AND list_contains($measured, engine)
        AND coalesce(solver, $way) IN ($way, $steps)
    GROUP BY model, suite
"""
Earlier = Mapping[tuple[str, str], Mapping[str, Any]]


def earlier_rows(results: ResultsLocation, way: Way = SINGLE) -> Earlier:
    """Number, means and spreads by model and suite, of all runs in the folder; empty when there are none.

    Of projects only those that were put this way.
    """
    measured = [name for name, kind in ENGINES.items() if not kind.replays]

    def read(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
        answered = con.execute(_EARLIER, {"measured": measured, "way": str(way), "steps": way.steps})
        names = [column[0] for column in answered.description or ()]
        return [dict(zip(names, values, strict=True)) for values in answered.fetchall()]

    try:
        rows = reading(results, None, read)
    except ResultsError:
        return {}
    return {(row["model"], row["suite"]): row for row in rows}


async def measure(plan: RunPlan, earlier: Earlier) -> dict[str, Throughput]:
    """What the local models do of which there are too few rows: each is loaded for some tokens.

    Those that cannot be loaded are left out, and so are those that are not downloaded yet.
    """
    measured = {}
    for spec in plan.models:
        suites = [suite.name for suite in plan.suites if exclusion(plan.config, spec.id, suite.name) is None]
        timed = all(earlier.get((spec.id, suite), {"timed": 0})["timed"] >= ENOUGH for suite in suites)
        if timed or not kind_of(spec.engine).loads:
            continue
        engine = build_engine(spec)
        try:
            if find_file(spec, download=False) is not None:
                await engine.open()
        except HarnessError:
            continue
        await engine.close()
        if engine.throughput is not None:
            measured[spec.id] = engine.throughput
    return measured


def estimate(plan: RunPlan, earlier: Earlier, measured: Mapping[str, Throughput] | None = None) -> Estimate:
    """Forecast ``plan`` for everyone but the baselines, which take no time to speak of."""
    models = [spec for spec in plan.models if not spec.baseline]
    forecasts = {spec.id: _forecast(plan, spec, earlier, (measured or {}).get(spec.id)) for spec in models}
    in_turn, beside = Range(), Range()
    for spec in models:
        seconds = forecasts[spec.id].seconds
        if plan.selection.speed_lane or kind_of(spec.engine).local:
            in_turn += seconds
        else:
            beside = beside.at_least(seconds)
    costs = [forecast.cost_usd for forecast in forecasts.values()]
    return Estimate(
        tuple(forecasts.values()),
        sum(forecast.samples for forecast in forecasts.values()),
        sum((cost for cost in costs if cost is not None), Range()),
        tuple(name for name, forecast in forecasts.items() if forecast.cost_usd is None),
        in_turn.at_least(beside),
    )


def sample_seconds(plan: RunPlan, earlier: Earlier) -> dict[tuple[str, str], float]:
    """The likely seconds on the clock of a sample, by model and suite; baselines take none."""
    seconds = {}
    for spec in plan.models:
        for suite, tasks in _tasks(plan, spec).items() if not spec.baseline else ():
            past = earlier.get((spec.id, suite))
            part = _by_rows(past, len(tasks)) if past and past["n"] >= ENOUGH else {}
            answers = part.get("latency_s") or _by_length(spec, tasks, _way(plan, spec))["latency_s"]
            alone = plan.selection.speed_lane
            seconds[spec.id, suite] = _wall(spec, answers, len(tasks), alone=alone).likely / len(tasks)
    return seconds


def _tasks(plan: RunPlan, spec: ModelSpec) -> dict[str, list[Task]]:
    """What a model is asked, by suite: a task for each sample."""
    by_suite: dict[str, list[Task]] = {}
    for item in plan.items([spec]):
        if item.skip is None:
            by_suite.setdefault(item.task.suite, []).append(item.task)
    return by_suite


def _forecast(plan: RunPlan, spec: ModelSpec, earlier: Earlier, speed: Throughput | None) -> Forecast:
    by_suite = _tasks(plan, spec)
    prompts, answers, seconds, cost = Range(), Range(), Range(), Range()
    priced, from_rows = True, 0
    for suite, tasks in by_suite.items():
        past = earlier.get((spec.id, suite))
        part = _by_rows(past, len(tasks)) if past and past["n"] >= ENOUGH else {}
        from_rows += len(tasks) if part else 0
        bounds = _by_length(spec, tasks, _way(plan, spec), speed)
        prompts += part.get("prompt_tokens") or bounds["prompt_tokens"]
        answers += part.get("completion_tokens") or bounds["completion_tokens"]
        seconds += part.get("latency_s") or bounds["latency_s"]
        suite_cost = part.get("cost_usd") or bounds.get("cost_usd")
        priced = priced and suite_cost is not None
        cost += suite_cost or Range()
    samples = sum(map(len, by_suite.values()))
    wall = _wall(spec, seconds, samples, speed, alone=plan.selection.speed_lane)
    return Forecast(spec.id, samples, prompts, answers, cost if priced else None, wall, from_rows)


def _by_rows(past: Mapping[str, Any], count: int) -> dict[str, Range]:
    """The sums of ``count`` samples like the earlier ones, where those say enough."""
    counts = {"prompt_tokens": "n", "completion_tokens": "n", "cost_usd": "priced", "latency_s": "timed"}
    return {
        name: _predicted(past[name], past[f"{name}_sd"], past[number], count)
        for name, number in counts.items()
        if past[number] >= ENOUGH and past[name] is not None
    }


def _predicted(mean: float, sd: float, seen: int, count: int) -> Range:
    """95 % prediction interval of the sum of ``count`` values, from ``seen`` with this mean and spread."""
    half = _t(seen - 1) * sd * math.sqrt(count + count**2 / seen)
    total = mean * count
    return Range(max(0.0, total - half), total, total + half)


@lru_cache(maxsize=256)
def _t(freedom: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.975))


def _way(plan: RunPlan, spec: ModelSpec) -> Way:
    """How a model is put projects; a program works on them by itself, in one go."""
    way = plan.selection.way
    return replace(SINGLE, follow_up=way.follow_up) if kind_of(spec.engine).edits else way


def _by_length(
    spec: ModelSpec, tasks: Sequence[Task], way: Way, speed: Throughput | None = None
) -> dict[str, Range]:
    """Bounds from what is asked. Without a price there is no ``cost_usd``."""
    counted = {}  # repeats of a task are alike
    for task in tasks:
        put_so = way if task.grader.name in PROJECTS else SINGLE
        counted[id(task)] = _of_task(spec, task, put_so, speed)
        if way.follow_up and declared(task):  # asked of nobody, of half, of all
            counted[id(task)] = {
                name: one + Range(0.0, one.likely / 2, one.high) for name, one in counted[id(task)].items()
            }
    totals: dict[str, Range] = {}
    for task in tasks:
        for name, value in counted[id(task)].items():
            totals[name] = totals.get(name, Range()) + value
    return totals


def _of_task(spec: ModelSpec, task: Task, way: Way, speed: Throughput | None) -> dict[str, Range]:
    most = int(spec.params.get("max_tokens", task.max_tokens))
    size = task.size
    likely = min(most, max(len(task.reference), _SHORTEST_ANSWER) / _BYTES_A_TOKEN[1])
    if way.solver == "agent":  # an answer is a command, and all of them together write the reference
        likely = min(most, likely / way.turns[1] + _COMMAND_TOKENS)
    overhead = (0, 8, 16 * len(task.messages))  # a chat template's own tokens
    cases = []
    for per, extra, answer, first_s, tps, turns, shown in zip(
        _BYTES_A_TOKEN, overhead, (1, int(likely), most), _FIRST_TOKEN_S, _TOKENS_A_SECOND,
        way.turns, way.shown, strict=True,
    ):  # fmt: skip
        repeated = (answer + int(shown / per)) * turns * (turns - 1) // 2  # each turn has all those before it
        prompt, answers = (int(size / per) + extra) * turns + repeated, answer * turns
        seconds = turns * first_s + answers / tps
        if speed is not None:
            seconds = prompt / speed.prompt_tps + answers / speed.answer_tps
        cases.append((prompt, answers, seconds, turns))
    bounds = {
        "prompt_tokens": Range(*(float(case[0]) for case in cases)),
        "completion_tokens": Range(*(float(case[1]) for case in cases)),
        "latency_s": Range(*(case[2] for case in cases)),
    }
    costs = [
        cost_of(spec, Completion(prompt_tokens=p, completion_tokens=a, latency_s=s, requests=n)).usd
        for p, a, s, n in cases
    ]
    priced = [cost for cost in costs if cost is not None]
    if len(priced) < len(costs):
        return bounds
    if way.solver != "single":  # beyond its first request a sample keeps to its limit
        first = Completion(prompt_tokens=cases[2][0] // cases[2][3], completion_tokens=most, latency_s=0.0)
        limit = max(way.cost_limit, cost_of(spec, first).usd or 0.0)
        priced = [min(limit, cost) for cost in priced]
    return {**bounds, "cost_usd": Range(*priced)}


def _wall(
    spec: ModelSpec, seconds: Range, samples: int, speed: Throughput | None = None, *, alone: bool
) -> Range:
    """Time on the clock: as many at once as the model takes, and no faster than its limits a minute."""
    if kind_of(spec.engine).replays:
        return Range()
    at_once: float = spec.limits.concurrency or _AT_ONCE
    if kind_of(spec.engine).local:
        at_once = speed.together_tps / speed.answer_tps if speed else build_engine(spec).concurrency
    wall = seconds if alone else seconds.times(1 / max(1, min(at_once, samples)))
    if spec.limits.rpm:
        slowest = max(0, samples - spec.limits.rpm) / spec.limits.rpm * 60.0
        wall = wall.at_least(Range(slowest, slowest, slowest))
    return wall


def total_tokens(forecasts: Iterable[Forecast]) -> tuple[Range, Range]:
    """Prompt and completion tokens of several models."""
    prompts, answers = Range(), Range()
    for forecast in forecasts:
        prompts += forecast.prompt_tokens
        answers += forecast.completion_tokens
    return prompts, answers
