"""A model on a page: where it stands, what it is good and bad at, and failures to look at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from harness.analysis.board import Board, Standing
from harness.analysis.extras import Example
from harness.analysis.standings import Standings
from harness.reporting.measures import MEASURES, cost_columns, costs_of, measure_words
from harness.reporting.model_classes import COSTS, SPEEDS, class_of
from harness.reporting.numbers import (
    UNKNOWN,
    dollars,
    interval,
    percent,
    quality,
    rate,
    seconds,
)
from harness.reporting.sections import code_quality, follow_ups
from harness.reporting.strengths import Lines, strengths, uses, weaknesses
from harness.reporting.tables import P90, Cell, Column, N, Row, Table, words
from harness.words import capital, counted, listed

_FAILURES = 4
_LACKING = 4  # suites that are named


@dataclass(frozen=True, slots=True)
class Profile:
    """One model in words. ``table`` has a line for each suite; ``failures`` are of different suites."""

    model: str
    headline: str
    about: str
    uses: tuple[str, ...]
    strengths: tuple[str, ...]
    weaknesses: tuple[str, ...]
    speed: str
    cost: str
    reliability: str
    table: Table
    failures: tuple[Example, ...]
    failures_title: str = MEASURES["pass"].lower
    code: tuple[tuple[str, str], ...] = ()


def profiles(standings: Standings, examples: Sequence[Example]) -> list[Profile]:
    """Every model that took part, in the order of the overall table; baselines are left out."""
    failed: dict[str, dict[str, Example]] = {}
    for example in examples:
        if example.kind != "passed":
            failed.setdefault(example.model, {}).setdefault(example.suite, example)
    present = [c.model for c in standings.contestants if not c.baseline]
    order = [m for m in standings.ranked_models if m in present]
    order += [m for m in present if m not in standings.ranked_models]
    suites, categories = _lines(standings.by("suite")), _lines(standings.by("category"))
    return [
        _profile(
            standings,
            model,
            suites.get(model, []),
            categories.get(model, []),
            tuple(failed.get(model, {}).values())[:_FAILURES],
        )
        for model in order
    ]


def _lines(boards: Sequence[Board]) -> dict[str, list[tuple[Board, Standing]]]:
    """The standings of each model, where it answered anything."""
    standings: dict[str, list[tuple[Board, Standing]]] = {}
    for board in boards:
        for standing in board.lines:
            if standing.n:
                standings.setdefault(standing.model, []).append((board, standing))
    return standings


def _profile(
    standings: Standings, model: str, suites: Lines, categories: Lines, failures: tuple[Example, ...]
) -> Profile:
    overall = standings.overall.of(model) if standings.overall else None
    return Profile(
        model,
        _headline(standings, model, overall, len(suites)),
        _about(standings, model),
        uses(standings, model),
        strengths(model, suites, categories),
        weaknesses(model, suites, categories),
        _speed(overall),
        _cost(overall),
        _reliability(standings, model, overall),
        _table(suites),
        failures,
        measure_words(board for board, _ in suites).lower,
        (
            *code_quality.lines_of([one for one in standings.code if one.role is None], model),
            *follow_ups.lines_of(standings, model),
        ),
    )


def _headline(standings: Standings, model: str, overall: Standing | None, suites: int) -> str:
    if overall is None or overall.rank is None or standings.overall is None:
        lacks = f": it lacks {_lacking(standings, model)}" if standings.overall else ""
        measured = f"Measured in {counted(suites, 'suite')}" if suites else "Not measured in any suite"
        return f"{measured}; without a place in the overall table{lacks}."
    places = len(standings.overall.ranked)
    place = f"Place {overall.rank} of {places}" if places > 1 else "The only model that is ranked"
    words_of = MEASURES[standings.overall.measure]
    of = words_of.of(overall.n, len(standings.overall.suites))
    return f"{place}: {words_of.does} {quality(overall)} ({interval(overall)}) {of}."


def _lacking(standings: Standings, model: str) -> str:
    """Suites of the overall table in which a model answered too little to be compared."""
    lacking = [
        board.name for board in standings.by("suite") if (s := board.of(model)) is None or s.rank is None
    ]
    return listed(lacking, _LACKING) or "a suite"


def _about(standings: Standings, model: str) -> str:
    one = next(c for c in standings.contestants if c.model == model)
    parts = (one.provider, one.engine, one.family, one.quantization, one.revision and one.revision[:19])
    return " · ".join(dict.fromkeys(filter(None, parts)))


def _speed(s: Standing | None) -> str:
    if s is None or (s.latency_p50_s is None and s.decode_tps is None):
        return "Not measured."
    parts = []
    if s.latency_p50_s is not None:
        parts.append(
            f"half of the answers within {seconds(s.latency_p50_s)} ({class_of(SPEEDS, s.latency_p50_s)})"
        )
    if s.latency_p90_s is not None:
        parts.append(f"nine of ten within {seconds(s.latency_p90_s)}")
    if s.ttft_s is not None:
        parts.append(f"first token after {seconds(s.ttft_s)}")
    if s.decode_tps is not None:
        parts.append(f"{rate(s.decode_tps)} tokens a second")
    if s.seconds_per_solved is not None:
        parts.append(f"{seconds(s.seconds_per_solved)} a solved task")
    return _sentence(parts)


def _cost(s: Standing | None) -> str:
    if s is None or s.cost_per_task is None:
        return "Unknown: no price and no bill for some of its answers."
    parts = [f"{dollars(s.cost_per_task)} a task ({class_of(COSTS, s.cost_per_task)})"]
    if s.cost_per_solved is not None:
        parts.append(f"{dollars(s.cost_per_solved)} a solved one")
    return _sentence(parts)


def _reliability(standings: Standings, model: str, s: Standing | None) -> str:
    if s is None or s.reliability is None:
        return "It was never called."
    errors: dict[str, int] = {}
    for gap in standings.gaps:
        if gap.model == model and gap.kind == "error":
            errors[gap.reason] = errors.get(gap.reason, 0) + gap.samples
    calls = s.ok + s.errors
    parts = [f"{percent(s.reliability)} of {calls:,} calls were answered"]
    if calls == 1:
        parts = ["its only call was answered" if s.ok else "its only call failed"]
    parts += [f"{reason} {count:,}×" for reason, count in sorted(errors.items(), key=lambda e: -e[1])]
    return _sentence(parts)


def _sentence(parts: Sequence[str]) -> str:
    return f"{capital(', '.join(parts))}."


def _table(suites: Lines) -> Table:
    measure = measure_words(board for board, _ in suites)
    columns = (
        *words("Suite"),
        Column("#", "place"),
        Column(measure.short.capitalize(), f"{measure.quality}, with its 95 % interval"),
        Column("Best there", number=False),
        *cost_columns(measure),
        P90,
        Column("Reliable", "calls that were answered"),
        N,
    )
    rows = []
    for board, s in suites:
        note = None if s.low is None else interval(s)
        cells = (
            Cell(board.name),
            Cell(f"{s.rank} of {len(board.ranked)}" if s.rank and s.quality else "–", s.rank),
            Cell(quality(s), s.quality, note=note, answers=(board.name, s.model)),
            Cell(_best_there(board, s)),
            *costs_of(s, measure),
            Cell(seconds(s.latency_p90_s), s.latency_p90_s),
            Cell(percent(s.reliability), s.reliability),
            Cell(f"{s.n:,}", s.n),
        )
        rows.append(Row(cells))
    return Table(columns, tuple(rows))


def _best_there(board: Board, own: Standing) -> str:
    """Who leads a table, as seen from one of its models."""
    if not board.ranked:
        return UNKNOWN
    leader = board.ranked[0]
    if not leader.quality:
        return "nobody"
    return "itself" if own.rank == leader.rank else f"{leader.model} {quality(leader)}"


def file_names(models: Sequence[str]) -> dict[str, str]:
    """A file for each model: ``models/openrouter-qwen3-coder.md``, never the same twice."""
    names: dict[str, str] = {}
    for model in models:
        base = re.sub(r"[^a-z0-9.]+", "-", model.lower()).strip("-.")[:80] or "model"
        name, number = base, 1
        while f"models/{name}.md" in names.values():
            number += 1
            name = f"{base}-{number}"
        names[model] = f"models/{name}.md"
    return names
