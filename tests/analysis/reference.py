"""The standings in plain Python, as slowly and plainly as can be: what the SQL must agree with."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from statistics import median
from typing import Any

from harness.analysis.statistics import wilson
from harness.resultrow import ResultRow

SCOPES: dict[str, Callable[[ResultRow], str | None]] = {
    "task_type": lambda r: r.task_type,
    "suite": lambda r: r.suite,
    "category": lambda r: f"{r.suite}.{r.category}",
    "language": lambda r: r.language,
    "difficulty": lambda r: r.difficulty,
    "role": lambda r: r.role,
    "context_tier": lambda r: r.context_tier or "short",
    "tier": lambda r: f"{r.task_type}@{r.context_tier}" if r.context_tier else None,
}
Line = dict[str, Any]
Field = tuple[str, str | None]


def clean(rows: Iterable[ResultRow]) -> list[ResultRow]:
    """The newest row of a sample, of the newest version of its task."""
    by_sample = defaultdict(list)
    for row in rows:
        by_sample[row.sample_id].append(row)
    latest = []
    for same in by_sample.values():
        answered = [r for r in same if r.status != "skipped" or r.error_type == "excluded"] or same
        latest.append(max(answered, key=lambda r: (r.run_id, r.started_at or "")))
    newest: dict[tuple[str, str], ResultRow] = {}
    for row in latest:
        key = (row.suite, row.task_id)
        if key not in newest or row.run_id > newest[key].run_id:
            newest[key] = row
    return [r for r in latest if r.task_sha256 == newest[r.suite, r.task_id].task_sha256]


def standings(rows: Iterable[ResultRow]) -> dict[tuple[str, str, str], Line]:
    """Lines by dimension, value and model; the overall ones included."""
    samples = clean(rows)
    contenders = _contenders(samples)
    common, tried = _shared(samples, contenders, ("ok",)), _shared(samples, contenders, ("ok", "error"))
    contested = {field for field, members in contenders.items() if members}

    def compared(row: ResultRow) -> bool:
        return row.model in contenders[_field(row)] or (row.baseline and _field(row) in contested)

    lines: dict[tuple[str, str, str], Line] = {}
    for dimension, value_of in SCOPES.items():
        for value in {value for r in samples if (value := value_of(r))}:
            inside = [r for r in samples if value_of(r) == value]
            shared = {(r.suite, r.task_id) for r in inside} & common
            for model in {r.model for r in inside}:
                mine = [r for r in inside if r.model == model]
                judged = [r for r in mine if (r.suite, r.task_id) in common or not compared(r)]
                paid = [r for r in mine if (r.suite, r.task_id) in tried or not compared(r)]
                line = _quality(judged) | _effort(paid) | _counts(mine)
                counted = {(r.suite, r.task_id) for r in judged if r.status == "ok"}
                contends = all(model in contenders[_field(r)] for r in judged if r.status == "ok")
                line["ranked"] = contends and bool(counted) and counted == shared
                lines[dimension, value, model] = line
    return lines | _overall(lines, samples, tried, compared)


def _too_long(row: ResultRow) -> bool:
    return row.status == "skipped" and row.error_type == "too_long"


def _wanted(row: ResultRow) -> bool:
    return row.status in ("ok", "error") or _too_long(row)


def _crash(row: ResultRow) -> bool:
    return row.status == "error" and row.error_type == "grader_crash"


def _has(rows: Iterable[ResultRow], kinds: tuple[str, ...]) -> bool:
    return any(r.status in kinds and not _crash(r) for r in rows)


def _tasks(samples: Iterable[ResultRow], model: str) -> dict[tuple[str, str], list[ResultRow]]:
    tasks = defaultdict(list)
    for row in samples:
        if row.model == model:
            tasks[row.suite, row.task_id].append(row)
    return tasks


def _field(row: ResultRow) -> Field:
    """What models contend on: a suite, or its tasks of one context tier."""
    return row.suite, row.context_tier


def _contenders(samples: list[ResultRow]) -> dict[Field, set[str]]:
    by_name: dict[Field, set[str]] = {}
    put = {(r.suite, r.task_id) for r in samples if r.status in ("ok", "error") and not r.baseline}
    for field in {_field(r) for r in samples}:
        answered, unjudged = {}, {}
        for model in {r.model for r in samples if not r.baseline}:
            of_field = [rows for rows in _tasks(samples, model).values() if _field(rows[0]) == field]
            asked = [
                rows
                for rows in of_field
                if any(map(_wanted, rows)) and (rows[0].suite, rows[0].task_id) in put
            ]
            answered[model] = sum(_has(rows, ("ok",)) for rows in asked)
            unjudged[model] = len(asked) - answered[model]
        usual = median([n for n in answered.values() if n] or [0])
        far = {model for model, n in answered.items() if n and n >= usual / 2}
        share = {model: unjudged[model] / (unjudged[model] + answered[model]) for model in far}
        by_name[field] = {
            model
            for model in far
            if unjudged[model]
            <= min(share.values()) * (n := unjudged[model] + answered[model]) + max(1, n / 10) + 1e-9
        }
    return by_name


def unanswered(rows: Iterable[ResultRow]) -> dict[tuple[str, str, str], int]:
    """By dimension, value and contender: tasks that it has no verdict on, and another contender has."""
    samples = clean(rows)
    contenders = _contenders(samples)
    tasks = {model: _tasks(samples, model) for model in {r.model for r in samples}}
    counts: dict[tuple[str, str, str], int] = defaultdict(int)
    for key in {(r.suite, r.task_id) for r in samples}:
        row = next(r for r in samples if (r.suite, r.task_id) == key)
        members = contenders[_field(row)]
        lacking = {model for model in members if not _has(tasks[model][key], ("ok",))}
        if lacking != members:
            lacking = {model for model in lacking if not any(map(_too_long, tasks[model][key]))}
            scopes = [(by, value) for by, value_of in SCOPES.items() if (value := value_of(row))]
            scopes.append(("overall", "overall"))
            for model in lacking:
                for by, value in scopes:
                    counts[by, value, model] += 1
    return dict(counts)


def beside(rows: Iterable[ResultRow], by: str, value: str, model: str, other: str) -> dict[str, Any]:
    """A model beside another on the tasks of a scope that both answered; ``by`` is not ``overall``."""
    inside = [r for r in clean(rows) if SCOPES[by](r) == value]
    own, its = _tasks(inside, model), _tasks(inside, other)
    shared = [key for key in own if _has(own[key], ("ok",)) and _has(its[key], ("ok",))]
    mine = [_quality(own[key])["quality"] for key in shared]
    others = [_quality(its[key])["quality"] for key in shared]
    return {
        "answered": sum(_has(same, ("ok",)) for same in own.values()),
        "unjudged": sum(
            not _has(same, ("ok",)) and any(r.status == "error" for r in same) for same in own.values()
        ),
        "shared": len(shared),
        "quality": math.fsum(mine) / len(shared) if shared else None,
        "other_quality": math.fsum(others) / len(shared) if shared else None,
        "wins": sum(a > b for a, b in zip(mine, others, strict=True)),
        "losses": sum(a < b for a, b in zip(mine, others, strict=True)),
    }


def _shared(
    samples: list[ResultRow], contenders: dict[Field, set[str]], kinds: tuple[str, ...]
) -> set[tuple[str, str]]:
    """Tasks for which every contender of the field has a row of these kinds."""
    shared = set()
    tasks = {model: _tasks(samples, model) for model in {r.model for r in samples}}
    fields = {(r.suite, r.task_id): _field(r) for r in samples}
    for (suite, task), field in fields.items():
        members = contenders[field]
        if members and all(_has(tasks[model][suite, task], kinds) for model in members):
            shared.add((suite, task))
    return shared


def _quality(rows: list[ResultRow]) -> Line:
    rates, scores = [], []
    tasks = defaultdict(list)
    for row in rows:
        if row.status == "ok":
            tasks[row.suite, row.task_id].append(row)
    for same in tasks.values():
        rates.append(sum(bool(r.passed) for r in same) / len(same))
        scores.append(sum(r.score or 0 for r in same) / len(same))
    if not rates:
        return {"n": 0, "passed": None, "quality": None, "score": None, "low": None, "high": None}
    n, passed = len(rates), math.fsum(rates)
    low, high = wilson(passed, n)
    return {
        "n": n, "passed": passed, "quality": passed / n, "score": math.fsum(scores) / n,
        "low": max(0.0, low), "high": min(1.0, high),
    }  # fmt: skip


def _effort(rows: list[ResultRow]) -> Line:
    calls = [r for r in rows if r.status in ("ok", "error") and not _crash(r)]
    answers = [r for r in calls if r.status == "ok"]
    measured = [r for r in calls if r.timing == "measured" and r.latency_s is not None]
    decoded = [
        r for r in rows
        if r.timing == "measured" and r.decode_tps and r.completion_tokens and r.completion_tokens > 1
    ]  # fmt: skip
    written = [r for r in measured if r.status == "ok" and r.output_chars is not None]
    writing = math.fsum(r.latency_s or 0 for r in written)
    solved = sum(bool(r.passed) for r in answers)
    solved_then = sum(bool(r.passed) for r in measured)
    known = [r.cost_usd for r in calls if r.cost_usd is not None]
    cost = math.fsum(known) if known and all(r.cost_usd is not None for r in answers) else None
    tokens = sum((r.completion_tokens or 0) - 1 for r in decoded)
    seconds = math.fsum(((r.completion_tokens or 0) - 1) / (r.decode_tps or 1) for r in decoded)
    latencies = sorted(r.latency_s for r in measured if r.status == "ok" and r.latency_s is not None)
    return {
        "decode_tps": tokens / seconds if decoded else None,
        "chars_per_s": sum(r.output_chars or 0 for r in written) / writing if writing else None,
        "latency_p50_s": _quantile(latencies, 0.5) if len(latencies) >= 5 else None,
        "latency_p90_s": _quantile(latencies, 0.9) if len(latencies) >= 29 else None,
        "latency_p95_s": _quantile(latencies, 0.95) if len(latencies) >= 59 else None,
        "seconds_per_solved": math.fsum(r.latency_s or 0 for r in measured) / solved_then
        if solved_then
        else None,
        "cost_usd": cost,
        "cost_per_task": cost / len(calls) if cost is not None else None,
        "cost_per_solved": cost / solved if cost is not None and solved else None,
    }


def _quantile(ordered: list[float], q: float) -> float:
    """Between the two values around the place, in proportion."""
    place = q * (len(ordered) - 1)
    low, high = ordered[math.floor(place)], ordered[math.ceil(place)]
    return low + (high - low) * (place - math.floor(place))


def _counts(rows: list[ResultRow]) -> Line:
    ok = sum(r.status == "ok" for r in rows)
    errors = sum(r.status == "error" and not _crash(r) for r in rows)
    excluded = sum(r.status == "skipped" and r.error_type == "excluded" for r in rows)
    return {
        "ok": ok,
        "errors": errors,
        "crashes": sum(map(_crash, rows)),
        "excluded": excluded,
        "skipped": sum(r.status == "skipped" for r in rows) - excluded,
        "reliability": ok / (ok + errors) if ok + errors else None,
    }


def _overall(
    lines: dict[tuple[str, str, str], Line], samples: list[ResultRow], tried: set[tuple[str, str]],
    compared: Callable[[ResultRow], bool],
) -> dict[tuple[str, str, str], Line]:  # fmt: skip
    ranked = {
        (suite, model) for (by, suite, model), line in lines.items() if by == "suite" and line["ranked"]
    }
    models = {model for _, model in ranked}
    suites = [s for s in {r.suite for r in samples} if 2 * sum(one == s for one, _ in ranked) >= len(models)]
    suites = [s for s in suites if any(one == s for one, _ in ranked)]
    by_name = {}
    for model in {r.model for r in samples}:
        mine = [r for r in samples if r.model == model]
        paid = [r for r in mine if (r.suite, r.task_id) in tried or not compared(r)]
        parts = [lines[key] for s in suites if (key := ("suite", s, model)) in lines and lines[key]["n"]]
        line = _effort(paid) | _counts(mine)
        line |= {
            "n": 0,
            "passed": None,
            "quality": None,
            "score": None,
            "low": None,
            "high": None,
            "ranked": False,
        }
        if parts and len(parts) == len(suites):
            quality = math.fsum(p["quality"] for p in parts) / len(parts)
            below = math.sqrt(sum((p["quality"] - p["low"]) ** 2 for p in parts)) / len(parts)
            above = math.sqrt(sum((p["high"] - p["quality"]) ** 2 for p in parts)) / len(parts)
            line |= {
                "n": sum(p["n"] for p in parts),
                "passed": math.fsum(p["passed"] for p in parts),
                "quality": quality,
                "score": math.fsum(p["score"] for p in parts) / len(parts),
                "low": max(0.0, quality - below),
                "high": min(1.0, quality + above),
                "ranked": all((s, model) in ranked for s in suites),
            }
        by_name["overall", "overall", model] = line
    return by_name


def places(lines: dict[tuple[str, str, str], Line], by: str, value: str) -> dict[str, int]:
    """Model → place: quality, then cost, then time; equal in all shares a place."""

    def key(line: Line) -> tuple[float, float, float]:
        cost, seconds = line["cost_per_solved"], line["seconds_per_solved"]
        inf = math.inf
        return (
            -round(line["quality"], 9),
            round(cost, 12) if cost is not None else inf,
            round(seconds, 9) if seconds is not None else inf,
        )

    keys = {m: key(line) for (b, v, m), line in lines.items() if (b, v) == (by, value) and line["ranked"]}
    return {model: 1 + sum(other < mine for other in keys.values()) for model, mine in keys.items()}


def frontiers(lines: dict[tuple[str, str, str], Line]) -> dict[tuple[str, str], set[tuple[float, float]]]:
    """Quality and cost a task of the ranked models that none beats in both."""
    known: dict[tuple[str, str], set[tuple[float, float]]] = defaultdict(set)
    for (by, value, _), line in lines.items():
        if line["ranked"] and line["cost_per_task"] is not None:
            known[by, value].add((round(line["quality"], 9), round(line["cost_per_task"], 12)))
    return {
        scope: {(q, c) for q, c in found if not any(a >= q and b <= c and (a, b) != (q, c) for a, b in found)}
        for scope, found in known.items()
    }


def pairs(rows: Iterable[ResultRow]) -> dict[tuple[str, str, str, str], tuple[int, int, int, float]]:
    """Wins, losses, ties and summed squares of each ranked model against each other one, on common tasks."""
    samples = clean(rows)
    common = _shared(samples, _contenders(samples), ("ok",))
    lines = standings(rows)
    by_name = {}
    for by, value in {key[:2] for key in lines if key[0] != "overall"}:
        inside = {(r.suite, r.task_id) for r in samples if SCOPES[by](r) == value} & common
        ranked = [m for (b, v, m), line in lines.items() if (b, v) == (by, value) and line["ranked"]]
        rates = {m: {task: _quality(_tasks(samples, m)[task])["quality"] for task in inside} for m in ranked}
        for a, b in ((a, b) for a in ranked for b in ranked if a != b):
            gaps = [rates[a][task] - rates[b][task] for task in inside]
            wins, losses = sum(g > 0 for g in gaps), sum(g < 0 for g in gaps)
            squares = round(math.fsum(g * g for g in gaps), 9)
            by_name[by, value, a, b] = wins, losses, len(gaps) - wins - losses, squares
    return by_name
