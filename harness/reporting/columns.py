"""The columns of standings, declared once: for documents, for pages and for the terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from harness.analysis.board import RankRange, Standing
from harness.reporting.numbers import UNKNOWN, dollars, interval, percent, quality, rate, seconds, whole
from harness.reporting.tables import Cell

Value = Callable[[Standing, RankRange | None], float | str | None]
Write = Callable[[Standing, RankRange | None], str]


@dataclass(frozen=True, slots=True)
class StandingColumn:
    """A column: its ``name`` in the terminal, its ``title`` and ``meaning`` elsewhere.

    It is sorted by ``value``, and ``write`` makes its text, with the unit. A narrow terminal gives up the
    columns with the highest ``narrow`` first, and never those with 0; ``None`` is never in the terminal.
    What quality and its interval mean hangs on the measure: ``sections.standings`` says it.
    """

    name: str
    title: str
    meaning: str
    value: Value
    write: Write
    narrow: int | None
    number: bool = True


def _of(
    write: Callable[[float | None], str], value: Callable[[Standing], float | None]
) -> tuple[Value, Write]:
    """How a figure of a standing is sorted and written."""
    return lambda s, _: value(s), lambda s, _: write(value(s))


def _count(value: Callable[[Standing], int]) -> tuple[Value, Write]:
    return lambda s, _: value(s), lambda s, _: whole(value(s))


def _rank_range(_: Standing, ranks: RankRange | None) -> str:
    if ranks is None:
        return UNKNOWN
    return str(ranks.best) if ranks.best == ranks.worst else f"{ranks.best}–{ranks.worst}"


STANDING_COLUMNS: tuple[StandingColumn, ...] = (
    StandingColumn(
        "#", "#", "rank", lambda s, _: s.rank, lambda s, _: "–" if s.rank is None else str(s.rank), 0
    ),
    StandingColumn("model", "Model", "", lambda s, _: s.model, lambda s, _: s.model, 0, number=False),
    StandingColumn(
        "quality", "Quality", "", lambda s, _: s.quality, lambda s, _: quality(s), 0
    ),
    StandingColumn(
        "95 %", "95 %", "", lambda s, _: s.low, lambda s, _: interval(s), 0
    ),
    StandingColumn(
        "could be", "Could be", "ranks that the paired tests of all pairs leave possible",
        lambda _, ranks: ranks.best if ranks else None, _rank_range, None,
    ),
    StandingColumn("tasks", "N", "tasks that all compared models answered", *_count(lambda s: s.n), 1),
    StandingColumn(
        "part marks", "Part marks", "mean score, where graders give marks for what is half right",
        *_of(percent, lambda s: s.score), None,
    ),
    StandingColumn(
        "s/solved", "s/solved", "seconds a solved task, wrong answers and failed calls included",
        *_of(seconds, lambda s: s.seconds_per_solved), 2,
    ),
    StandingColumn(
        "$/solved", "$/solved", "USD a solved task, wrong answers and failed calls included",
        *_of(dollars, lambda s: s.cost_per_solved), 3,
    ),
    StandingColumn(
        "tok/s", "tok/s", "tokens a second after the first", *_of(rate, lambda s: s.decode_tps), 4
    ),
    StandingColumn(
        "char/s", "char/s", "characters of whole answers a second with all waiting, whatever the tokenizer",
        *_of(rate, lambda s: s.chars_per_s), None,
    ),
    StandingColumn(
        "TTFT", "TTFT", "median time to the first token", *_of(seconds, lambda s: s.ttft_s), 7
    ),
    StandingColumn(
        "p50", "p50", "median time to the whole answer", *_of(seconds, lambda s: s.latency_p50_s), 8
    ),
    StandingColumn(
        "p90", "p90", "nine of ten answers took at most this long (from 29 samples on)",
        *_of(seconds, lambda s: s.latency_p90_s), 5,
    ),
    StandingColumn(
        "reliable", "Reliable", "calls that were answered", *_of(percent, lambda s: s.reliability), 6
    ),
    StandingColumn("errors", "Errors", "calls without an answer", *_count(lambda s: s.errors), 9),
    StandingColumn("skipped", "Skipped", "samples not taken", *_count(lambda s: s.skipped), 10),
)  # fmt: skip


def quality_cell(standing: Standing) -> Cell:
    """The pass rate, with its interval where it is known."""
    complete = None not in (standing.low, standing.quality, standing.high)
    span = (standing.low or 0.0, standing.quality or 0.0, standing.high or 0.0) if complete else None
    return Cell(quality(standing), standing.quality, span=span)
