"""What rules are worth on tasks they were not made from, beside what anybody would do without them.

Half of the tasks choose a model for each task type, the other half judges the choice, and the other way
round. Per-item oracles are left out: on single noisy answers they reward luck. AIQ is RouterBench's (Hu et
al. 2024), APGR and CPT are RouteLLM's (Ong et al. 2024).
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean
from typing import TYPE_CHECKING

from harness.analysis.statistics import paired_difference, z_value

if TYPE_CHECKING:
    import duckdb

FOLDS = 2
Point = tuple[float, float]  # cost, quality


@dataclass(frozen=True, slots=True)
class Asked:
    """One task that every model answered: pass rates and costs by model."""

    task_type: str
    quality: Mapping[str, float]
    cost: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Line:
    """A way to choose models. ``gain`` is its difference to the best single model, with its 95 % interval."""

    name: str
    quality: float
    cost_per_task: float | None
    gain: float
    gain_low: float
    gain_high: float


@dataclass(frozen=True, slots=True)
class HeldOut:
    """The judgement. AIQ needs costs, APGR two models of different quality.

    ``gap_closed`` is the share that the rules bring of what task types could; ``None`` where that is nothing.
    """

    tasks: int
    models: tuple[str, ...]
    lines: tuple[Line, ...]
    gap_closed: float | None
    aiq_models: float | None
    aiq_rules: float | None
    apgr: float | None


def read_asked(con: duckdb.DuckDBPyConnection) -> list[Asked]:
    """The tasks of the view ``results`` that all models but baselines tried; failed calls count as 0."""
    found = con.execute(
        """
        SELECT task_type, suite, task_id, model, avg(CASE WHEN status = 'ok' AND passed THEN 1 ELSE 0 END),
            CASE WHEN count(*) FILTER (cost_usd IS NULL) = 0 THEN avg(cost_usd) END
        FROM results WHERE status IN ('ok', 'error') AND NOT baseline
        GROUP BY ALL ORDER BY ALL
        """
    ).fetchall()
    tasks: dict[tuple[str, str, str], tuple[dict[str, float], dict[str, float | None]]] = defaultdict(
        lambda: ({}, {})
    )
    for task_type, suite, task_id, model, quality, cost in found:
        of_task = tasks[task_type, suite, task_id]
        of_task[0][model], of_task[1][model] = quality, cost
    models = {model for quality, _ in tasks.values() for model in quality}
    return [Asked(key[0], q, c) for key, (q, c) in tasks.items() if len(q) == len(models)]


def evaluate(tasks: Sequence[Asked], seed: int = 0) -> HeldOut | None:
    """Judge rules on held-out tasks; ``None`` with fewer than two models, or than two tasks."""
    models = tuple(sorted(tasks[0].quality)) if tasks else ()
    if len(models) < 2 or len(tasks) < 2 * FOLDS:
        return None
    folds = _folds(tasks, seed)
    choosers: dict[str, Callable[[Sequence[Asked]], Callable[[Asked], str]]] = {
        "rules by task type": by_type,
        "best single model": single,
    }
    chosen: dict[str, list[tuple[Asked, str]]] = {name: [] for name in choosers}
    for fold in range(FOLDS):
        seen = [task for i, part in enumerate(folds) if i != fold for task in part]
        for name, chooser in choosers.items():
            choice = chooser(seen)
            chosen[name] += [(task, choice(task)) for task in folds[fold]]
    order = [task for task, _ in chosen["best single model"]]
    chosen["task-type oracle"] = list(zip(order, _left_out(order), strict=True))
    base = [task.quality[model] for task, model in chosen["best single model"]]
    lines = [_line(name, pairs, base) for name, pairs in chosen.items()]
    lines.append(_random_line(order, models, base))
    quality = {line.name: line.quality for line in lines}
    room = quality["task-type oracle"] - quality["best single model"]
    closed = (quality["rules by task type"] - quality["best single model"]) / room if room > 1e-12 else None
    points = [p for m in models if (p := _mean_point([(task, m) for task in order])) is not None]
    return HeldOut(
        tasks=len(order),
        models=models,
        lines=tuple(lines),
        gap_closed=closed,
        aiq_models=aiq(points) if len(points) == len(models) else None,
        aiq_rules=_aiq_of_rules(folds),
        apgr=_apgr_of_rules(folds, models),
    )


# --- ways to choose ----------------------------------------------------------


def single(seen: Sequence[Asked]) -> Callable[[Asked], str]:
    """The model with the highest pass rate on ``seen``, the first by name of equals."""
    best = _best(seen, 0.0)
    return lambda task: best


def by_type(seen: Sequence[Asked], usd_worth: float = 0.0) -> Callable[[Asked], str]:
    """The best model of each task type; for types that were not seen, the best single one.

    ``usd_worth`` is how much pass rate a USD of cost must bring.
    """
    types: dict[str, list[Asked]] = defaultdict(list)
    for task in seen:
        types[task.task_type].append(task)
    best = {name: _best(of_type, usd_worth) for name, of_type in types.items()}
    other = _best(seen, usd_worth)
    return lambda task: best.get(task.task_type, other)


def _best(tasks: Sequence[Asked], usd_worth: float) -> str:
    def worth(model: str) -> float:
        quality = fmean(task.quality[model] for task in tasks)
        return quality - (usd_worth * fmean(task.cost[model] or 0.0 for task in tasks) if usd_worth else 0.0)

    return max(sorted(tasks[0].quality), key=worth)


def _left_out(tasks: Sequence[Asked]) -> list[str]:
    """For each task the best model of its type on all other tasks: as good as task types alone can be."""
    totals: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for task in tasks:
        for model, quality in task.quality.items():
            totals[task.task_type][model] += quality

    def best(task: Asked) -> str:
        others = totals[task.task_type]
        return max(sorted(task.quality), key=lambda model: others[model] - task.quality[model])

    return [best(task) for task in tasks]


def _folds(tasks: Sequence[Asked], seed: int) -> list[list[Asked]]:
    """Tasks dealt out at random, each type evenly."""
    shuffled = list(tasks)
    random.Random(seed).shuffle(shuffled)
    shuffled.sort(key=lambda task: task.task_type)
    return [shuffled[i::FOLDS] for i in range(FOLDS)]


# --- figures -----------------------------------------------------------------


def _line(name: str, pairs: Sequence[tuple[Asked, str]], base: Sequence[float]) -> Line:
    values = [task.quality[model] for task, model in pairs]
    point = _mean_point(pairs)
    return _with_gain(name, values, point[0] if point else None, base)


def _random_line(tasks: Sequence[Asked], models: Sequence[str], base: Sequence[float]) -> Line:
    values = [fmean(task.quality.values()) for task in tasks]
    points = [_mean_point([(task, model) for task in tasks]) for model in models]
    costs = [point[0] for point in points if point]
    return _with_gain("random model", values, fmean(costs) if len(costs) == len(models) else None, base)


def _with_gain(name: str, values: Sequence[float], cost: float | None, base: Sequence[float]) -> Line:
    difference = paired_difference([a - b for a, b in zip(values, base, strict=True)])
    half = z_value() * difference.error
    return Line(name, fmean(values), cost, difference.mean, difference.mean - half, difference.mean + half)


def _mean_point(pairs: Sequence[tuple[Asked, str]]) -> Point | None:
    """Mean cost and quality; ``None`` as soon as one cost is unknown."""
    costs = [cost for task, model in pairs if (cost := task.cost[model]) is not None]
    if len(costs) < len(pairs):
        return None
    return fmean(costs), fmean(task.quality[model] for task, model in pairs)


def _aiq_of_rules(folds: Sequence[Sequence[Asked]]) -> float | None:
    """AIQ of the rules when a USD is worth more and more pass rate; 0 worth is the best at any price."""
    points = []
    worths = [0.0, *(10.0**exponent for exponent in range(-1, 7))]
    for worth in worths:
        pairs = []
        for fold in range(len(folds)):
            choice = by_type([t for i, part in enumerate(folds) if i != fold for t in part], worth)
            pairs += [(task, choice(task)) for task in folds[fold]]
        point = _mean_point(pairs)
        if point is None:
            return None
        points.append(point)
    return aiq(points)


def _apgr_of_rules(folds: Sequence[Sequence[Asked]], models: Sequence[str]) -> float | None:
    """Weak and strong are the worst and the best model; types with the most to gain get strong first."""
    tasks = [task for part in folds for task in part]
    rates = {m: fmean(task.quality[m] for task in tasks) for m in models}
    weak, strong = min(models, key=lambda m: rates[m]), max(models, key=lambda m: rates[m])
    if rates[weak] == rates[strong]:
        return None
    ranked: list[tuple[float, Asked]] = []
    for fold in range(len(folds)):
        gains: dict[str, list[float]] = defaultdict(list)
        for task in (t for i, part in enumerate(folds) if i != fold for t in part):
            gains[task.task_type].append(task.quality[strong] - task.quality[weak])
        known = {name: fmean(values) for name, values in gains.items()}
        ranked += [(known.get(task.task_type, 0.0), task) for task in folds[fold]]
    ranked.sort(key=lambda pair: -pair[0])
    curve, total = [(0.0, rates[weak])], rates[weak] * len(tasks)
    for i, (_, task) in enumerate(ranked, 1):
        total += task.quality[strong] - task.quality[weak]
        curve.append((i / len(tasks), total / len(tasks)))
    return apgr(curve)


def aiq(points: Sequence[Point]) -> float | None:
    """Average quality over the range of costs, on the non-decreasing upper hull of ``points``.

    ``None`` when all cost the same.
    """
    ordered = sorted(points, key=lambda p: (p[0], -p[1]))
    low, high = ordered[0][0], ordered[-1][0]
    if high <= low:
        return None
    best = max(quality for _, quality in ordered)
    hull: list[Point] = []
    for point in [*ordered, (high, best)]:
        while len(hull) > 1 and _turns_up(hull[-2], hull[-1], point):
            hull.pop()
        if not hull or point[1] >= hull[-1][1]:
            hull.append(point)
    area = sum((b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in pairwise(hull))
    return area / (high - low)


def _turns_up(a: Point, b: Point, c: Point) -> bool:
    return (b[1] - a[1]) * (c[0] - a[0]) <= (c[1] - a[1]) * (b[0] - a[0])


def apgr(curve: Sequence[Point]) -> float:
    """Average share of the gap between weak and strong that is recovered. 0.5 is a random router.

    ``curve`` is quality by the share of calls to the strong model, from 0 to 1.
    """
    recovered = _recovered(curve)
    return sum((b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in pairwise(recovered))


def calls_needed(curve: Sequence[Point], share: float) -> float | None:
    """CPT: the least share of calls to the strong model that recovers ``share`` of the gap."""
    before = None
    for point in _recovered(curve):
        if point[1] >= share:
            if before is None or point[1] == before[1]:
                return point[0]
            return before[0] + (share - before[1]) / (point[1] - before[1]) * (point[0] - before[0])
        before = point
    return None


def _recovered(curve: Sequence[Point]) -> list[Point]:
    weak, strong = curve[0][1], curve[-1][1]
    return [(share, (quality - weak) / (strong - weak)) for share, quality in curve]
