"""How good rules are on tasks they were not made from, beside simpler ways to choose.

Half of the tasks choose a model for each task type, the other half judges the choice, and the other way
round. Per-item oracles are left out: on single noisy answers they reward luck.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean
from typing import TYPE_CHECKING

from harness.analysis.areas import Point, aiq, area
from harness.analysis.board import MeasuredBy
from harness.analysis.statistics import paired_difference, z_value

if TYPE_CHECKING:
    import duckdb

FOLDS = 2
Sums = dict[str, dict[str, list[float]]]  # by task type and model: tasks, and sums of qualities and costs


@dataclass(frozen=True, slots=True)
class Asked:
    """One task that every model answered: pass rates (or mean scores) and costs by model."""

    task_type: str
    quality: Mapping[str, float]
    cost: Mapping[str, float | None]
    measure: MeasuredBy = "pass"


Chooser = Callable[[Asked], str]  # the model for a task


@dataclass(frozen=True, slots=True)
class Strategy:
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

    ``gap_closed`` is the share that the rules bring of what task types could, from 0 to 1: the oracle is
    measured too, so by chance rules may come out ahead of it. ``None`` where task types bring nothing.
    """

    tasks: int
    models: tuple[str, ...]
    lines: tuple[Strategy, ...]
    gap_closed: float | None
    aiq_models: float | None
    aiq_rules: float | None
    apgr: float | None
    measure: MeasuredBy = "pass"

    @property
    def rules(self) -> Strategy:
        """What the rules bring."""
        return self.lines[0]

    @property
    def single(self) -> Strategy:
        """What the best single model brings."""
        return self.lines[1]

    @property
    def oracle(self) -> Strategy:
        """What task types alone can bring."""
        return self.lines[2]


def read_asked(con: duckdb.DuckDBPyConnection, most: int | None = None) -> list[Asked]:
    """The tasks of the view ``results`` that all models tried; failed calls count as 0.

    Baselines are left out, and models that tried less than half as many tasks as the busiest one. From more
    than ``most`` rows a sample of tasks is taken, the same one every time.
    """
    count = con.execute("SELECT count(*) FROM results").fetchone()
    part = 1.0 if most is None or not count else most / max(count[0], most)
    sample = f"AND task_sha256 < '{int(part * 16**8):08x}'" if part < 1 else ""
    rows = con.execute(
        f"""
        WITH asked AS (
            SELECT *, suite IN (SELECT suite FROM results WHERE measure = 'score') AS by_score
            FROM results WHERE status IN ('ok', 'error') AND NOT baseline
                AND measure IS DISTINCT FROM 'none' {sample}
        ), tried AS (
            SELECT task_type, suite, by_score, task_id, model,
                avg(CASE WHEN status <> 'ok' THEN 0 WHEN by_score THEN coalesce(score, passed::INT, 0)
                    ELSE coalesce(passed, false)::INT END) AS quality,
                CASE WHEN count(*) FILTER (cost_usd IS NULL) = 0 THEN avg(cost_usd) END AS cost
            FROM asked GROUP BY ALL
        ), busy AS (
            SELECT model FROM tried GROUP BY model QUALIFY 2 * count(*) >= max(count(*)) OVER ()
        )
        SELECT task_type, by_score, suite, task_id, model, quality, cost
        FROM tried SEMI JOIN busy USING (model)
        ORDER BY task_type, suite, task_id, model
        """
    ).fetchall()
    tasks = [(key, list(lines)) for key, lines in groupby(rows, key=lambda line: line[:4])]
    models = {model for _, lines in tasks for *_, model, _, _ in lines}
    return [
        Asked(
            task_type,
            {model: quality for *_, model, quality, _ in lines},
            {model: cost for *_, model, _, cost in lines},
            "score" if by_score else "pass",
        )
        for (task_type, by_score, *_), lines in tasks
        if len(lines) == len(models)
    ]


def evaluate(tasks: Sequence[Asked], seed: int = 0) -> HeldOut | None:
    """Judge rules on held-out tasks; ``None`` with fewer than two models, or than two tasks."""
    models = tuple(sorted(tasks[0].quality)) if tasks else ()
    if len(models) < 2 or len(tasks) < 2 * FOLDS:
        return None
    folds = _folds(tasks, seed)
    seen = [_sums(t for i, part in enumerate(folds) if i != fold for t in part) for fold in range(FOLDS)]
    order = [task for part in folds for task in part]
    own = [_mean_point([(task, model) for task in order]) for model in models]
    points = [point for point in own if point is not None]
    priced = len(points) == len(models)
    single_model = _choose(folds, [single(sums) for sums in seen])
    chosen = {
        "rules by task type": _choose(folds, [by_type(sums) for sums in seen]),
        "best single model": single_model,
        "task-type oracle": list(zip(order, _left_out(order), strict=True)),
    }
    base = [task.quality[model] for task, model in single_model]
    lines = [_strategy(name, pairs, base) for name, pairs in chosen.items()]
    at_random = [fmean(task.quality.values()) for task in order]
    spent = fmean(cost for cost, _ in points) if priced else None
    lines.append(_with_gain("random model", at_random, spent, base))
    rules, single_rate, oracle, _ = (line.quality for line in lines)
    room = oracle - single_rate
    return HeldOut(
        tasks=len(order),
        models=models,
        lines=tuple(lines),
        gap_closed=min(1.0, max(0.0, (rules - single_rate) / room)) if room > 1e-12 else None,
        aiq_models=aiq(points) if priced else None,
        aiq_rules=_aiq_of_rules(folds, seen),
        apgr=_apgr_of_rules(folds, seen, models),
        measure=_measure(tasks),
    )


def _measure(tasks: Sequence[Asked]) -> MeasuredBy:
    measures = {task.measure for task in tasks}
    return measures.pop() if len(measures) == 1 else "both"


# --- ways to choose ----------------------------------------------------------


def single(seen: Sums) -> Chooser:
    """The model with the highest quality on what was seen, the first by name of equals."""
    best = _best(_together(seen), 0.0)
    return lambda task: best


def by_type(seen: Sums, usd_weight: float = 0.0) -> Chooser:
    """The best model of each task type; for types that were not seen, the best single one.

    ``usd_weight`` is how much quality a USD of cost must bring.
    """
    best = {name: _best(of_type, usd_weight) for name, of_type in seen.items()}
    other = _best(_together(seen), usd_weight)
    return lambda task: best.get(task.task_type, other)


def _choose(folds: Sequence[Sequence[Asked]], choosers: Sequence[Chooser]) -> list[tuple[Asked, str]]:
    """Every task with the model that the chooser of its fold takes."""
    return [(task, chooser(task)) for fold, chooser in zip(folds, choosers, strict=True) for task in fold]


def _sums(tasks: Iterable[Asked]) -> Sums:
    """What was seen, added up: every model tried the same tasks, so sums compare as means do."""
    sums: Sums = defaultdict(lambda: defaultdict(lambda: [0, 0.0, 0.0]))
    for task in tasks:
        of_type = sums[task.task_type]
        for model, quality in task.quality.items():
            total = of_type[model]
            total[0] += 1
            total[1] += quality
            total[2] += task.cost[model] or 0.0
    return sums


def _together(seen: Sums) -> dict[str, list[float]]:
    """The same over all task types."""
    total: dict[str, list[float]] = defaultdict(lambda: [0, 0.0, 0.0])
    for of_type in seen.values():
        for model, sums in of_type.items():
            total[model] = [a + b for a, b in zip(total[model], sums, strict=True)]
    return total


def _best(sums: Mapping[str, Sequence[float]], usd_weight: float) -> str:
    return max(sorted(sums), key=lambda model: round(sums[model][1] - usd_weight * sums[model][2], 9))


def _left_out(tasks: Sequence[Asked]) -> list[str]:
    """For each task the best model of its type on all other tasks: as good as task types alone can be."""
    totals = _sums(tasks)
    models = sorted(tasks[0].quality)

    def best(task: Asked) -> str:
        others = totals[task.task_type]
        return max(models, key=lambda model: round(others[model][1] - task.quality[model], 9))

    return [best(task) for task in tasks]


def _folds(tasks: Sequence[Asked], seed: int) -> list[list[Asked]]:
    """Tasks dealt out at random, each type evenly."""
    shuffled = list(tasks)
    random.Random(seed).shuffle(shuffled)
    shuffled.sort(key=lambda task: task.task_type)
    return [shuffled[i::FOLDS] for i in range(FOLDS)]


# --- figures -----------------------------------------------------------------


def _strategy(name: str, pairs: Sequence[tuple[Asked, str]], base: Sequence[float]) -> Strategy:
    values = [task.quality[model] for task, model in pairs]
    point = _mean_point(pairs)
    return _with_gain(name, values, point[0] if point else None, base)


def _with_gain(name: str, values: Sequence[float], cost: float | None, base: Sequence[float]) -> Strategy:
    difference = paired_difference([a - b for a, b in zip(values, base, strict=True)])
    half = z_value() * difference.error
    return Strategy(
        name, fmean(values), cost, difference.mean, difference.mean - half, difference.mean + half
    )


def _mean_point(pairs: Sequence[tuple[Asked, str]]) -> Point | None:
    """Mean cost and quality; ``None`` as soon as one cost is unknown."""
    costs = [cost for task, model in pairs if (cost := task.cost[model]) is not None]
    if len(costs) < len(pairs):
        return None
    return fmean(costs), fmean(task.quality[model] for task, model in pairs)


def _aiq_of_rules(folds: Sequence[Sequence[Asked]], seen: Sequence[Sums]) -> float | None:
    """AIQ of the rules as a USD counts for more and more quality; at 0 they take the best at any price."""
    points = []
    for usd_weight in (0.0, *(10.0**exponent for exponent in range(-1, 7))):
        point = _mean_point(_choose(folds, [by_type(sums, usd_weight) for sums in seen]))
        if point is None:
            return None
        points.append(point)
    return aiq(points)


def _apgr_of_rules(
    folds: Sequence[Sequence[Asked]], seen: Sequence[Sums], models: Sequence[str]
) -> float | None:
    """Weak and strong are the worst and the best model; types with the most to gain get strong first.

    Each half is ranked by the gains of the other one, and apart from it: ranked together, the half that is
    harder by chance would come first, since what is learned for it comes from the easier one.
    """
    tasks = [task for part in folds for task in part]
    rates = {m: fmean(task.quality[m] for task in tasks) for m in models}
    weak, strong = min(models, key=lambda m: rates[m]), max(models, key=lambda m: rates[m])
    curves = [_curve(fold, types, weak, strong) for fold, types in zip(folds, seen, strict=True)]
    gap = fmean(curve[-1][1] - curve[0][1] for curve in curves)
    return fmean(area(curve) - curve[0][1] for curve in curves) / gap if gap > 1e-12 else None


def _curve(fold: Sequence[Asked], seen: Sums, weak: str, strong: str) -> list[Point]:
    """Quality by the share of calls to the strong model. Tasks of equal promise go to it side by side."""
    gains = {name: (of[strong][1] - of[weak][1]) / of[strong][0] for name, of in seen.items()}
    steps: dict[float, list[float]] = defaultdict(list)
    for task in fold:
        promise = round(gains.get(task.task_type, 0.0), 9)
        steps[promise].append(task.quality[strong] - task.quality[weak])
    curve = [(0.0, fmean(task.quality[weak] for task in fold))]
    for promise in sorted(steps, reverse=True):
        share, quality = curve[-1]
        won = steps[promise]
        curve.append((share + len(won) / len(fold), quality + sum(won) / len(fold)))
    return curve
