"""The columns of standings and of comparisons of runs, declared once for every format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from harness.analysis.board import Standing
from harness.analysis.compare import Comparison
from harness.analysis.likeness import Likeness
from harness.reporting.numbers import (
    UNKNOWN,
    dollars,
    interval,
    percent,
    percent_range,
    points,
    quality,
    rate,
    seconds,
    whole,
)
from harness.reporting.tables import COST, NEVER, TASK_COST, Cell, Column

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class RecordColumn(Generic[R]):
    """A column that shows ``fields`` of a record; ``write`` makes its text, with the unit.

    A program gets the fields as they are, by their names. Tables are sorted by the first of them. ``narrow``
    is that of ``Column``.
    """

    title: str
    meaning: str
    fields: tuple[str, ...]
    write: Callable[[R], str]
    narrow: int = 0
    number: bool = True

    @property
    def heading(self) -> Column:
        """What stands above it."""
        return Column(self.title, self.meaning, self.number, self.narrow)

    def cell(self, record: R) -> Cell:
        """What it shows of ``record``."""
        return Cell(self.write(record), getattr(record, self.fields[0]))


def raw(columns: Iterable[RecordColumn[R]], records: Sequence[R]) -> tuple[list[str], list[list[Any]]]:
    """The same for programs: the names of all fields, and their values for each record."""
    names = [name for column in columns for name in column.fields]
    return names, [[getattr(record, name) for name in names] for record in records]


def _of(
    title: str, meaning: str, field: str, write: Callable[[Any], str], narrow: int = NEVER
) -> RecordColumn[Any]:
    """A column of one field, which ``write`` makes text of."""
    return RecordColumn(title, meaning, (field,), lambda record: write(getattr(record, field)), narrow)


def _rank(rank: int | None) -> str:
    return "–" if rank is None else str(rank)


def _number(number: float | None) -> str:
    return UNKNOWN if number is None else f"{number:.1f}"


# What quality and its interval mean hangs on the measure: ``sections.standings`` says it.
STANDING_COLUMNS: tuple[RecordColumn[Standing], ...] = (
    _of("#", "rank", "rank", _rank, 0),
    RecordColumn("Model", "", ("model",), lambda s: s.model, number=False),
    RecordColumn("Quality", "", ("quality",), quality),
    RecordColumn("95 %", "", ("low", "high"), interval),
    _of("N", "tasks that all compared models answered", "n", whole, 1),
    _of("Part marks", "mean score, where graders give marks for what is half right", "score", percent),
    _of("First try", "projects passed at the first try", "first_rate", percent, 2),
    _of("Well-formed", "projects whose edits could be applied", "well_formed", percent, 6),
    _of("Turns", "answers a project", "turns", _number, 9),
    _of("Precision", "share of the changed lines that was needed; it decides between models of equal quality",
        "precision", percent, 4),
    _of(
        "s/solved", "seconds a solved task, wrong answers and failed calls included",
        "seconds_per_solved", seconds, 2,
    ),
    _of(COST.title, COST.meaning, "cost_per_solved", dollars, 3),
    _of(TASK_COST.title, TASK_COST.meaning, "cost_per_task", dollars, 3),
    _of("tok/s", "tokens a second after the first", "decode_tps", rate, 4),
    _of(
        "char/s", "characters of whole answers a second with all waiting, whatever the tokenizer",
        "chars_per_s", rate,
    ),
    _of("TTFT", "median time to the first token", "ttft_s", seconds, 7),
    _of("p50", "median time to the whole answer", "latency_p50_s", seconds, 8),
    _of(
        "p90", "nine of ten answers took at most this long (from 29 samples on)",
        "latency_p90_s", seconds, 5,
    ),
    _of("Reliable", "calls that were answered", "reliability", percent, 6),
    _of("Errors", "calls without an answer", "errors", whole, 9),
    _of(
        "Cheats", "share of answers that passed a check against the specification; no part of the quality",
        "cheat_rate", percent, 11,
    ),
    _of("Skipped", "samples not taken", "skipped", whole, 10),
    _of(
        "Total", "figures of others on N samples that are not here: compared with nobody", "total",
        lambda total: "total" if total else "", 1,
    ),
)  # fmt: skip

_VERDICTS = {"better": "better", "worse": "worse", "chance": "may be chance"}

COMPARISON_COLUMNS: tuple[RecordColumn[Comparison], ...] = (
    RecordColumn("Model", "", ("model",), lambda c: c.model, number=False),
    RecordColumn("Suite", "", ("suite", "measure"), lambda c: c.suite, number=False),
    _of("Tasks", "that both runs answered", "n", whole, 4),
    _of("Before", "quality in the first run", "before", percent, 0),
    _of("After", "quality in the second run", "after", percent, 0),
    _of("Better on", "tasks", "gained", whole, 3),
    _of("Worse on", "tasks", "lost", whole, 2),
    _of("p", "exact paired test of the change, Holm-corrected", "p_value", lambda p: f"{p:.2g}", 1),
    _of(
        "Shows from", "smallest change that these tasks could show with 80 % power, if any",
        "mde", lambda gap: "never" if gap is None else points(gap), 5,
    ),
    RecordColumn("Verdict", "", ("verdict",), lambda c: _VERDICTS[c.verdict], number=False),
)  # fmt: skip


def kappa_text(pair: Likeness) -> str:
    """Kappa with its interval: ``0.44 (0.20 to 0.63)``."""
    if pair.kappa is None:
        return UNKNOWN
    return f"{pair.kappa:.2f} ({pair.kappa_low:.2f} to {pair.kappa_high:.2f})"


def _same_mistake(pair: Likeness) -> str:
    return f"{pair.same_wrong:,} of {pair.both_wrong:,}" if pair.both_wrong else UNKNOWN


def _either(pair: Likeness) -> str:
    return f"{percent(pair.either)} ({percent_range(pair.either_low, pair.either_high)})"


def _makes_up(pair: Likeness) -> str:
    rescued = percent(pair.rescued / pair.n)
    if pair.rescued_by_repeat is None or not pair.repeated:
        return f"{rescued} (second answer unknown)"
    return f"{rescued} (second answer {percent(pair.rescued_by_repeat / pair.repeated)})"


def _relation(pair: Likeness) -> str:
    return "interchangeable" if pair.alike else _COMPLEMENTS[pair.complement]


_COMPLEMENTS = {"more": "complement each other", "noise": "no more than a second answer", "unknown": UNKNOWN}
LIKENESS_COLUMNS: tuple[RecordColumn[Likeness], ...] = (
    RecordColumn("Model", "", ("model_a", "task_type"), lambda pair: pair.model_a, number=False),
    RecordColumn("Other", "", ("model_b",), lambda pair: pair.model_b, number=False),
    _of("Tasks", "that both answered", "n", whole, 3),
    RecordColumn("Agree", "same verdict", ("agree", "both_pass", "only_a", "only_b", "neither"),
                 lambda pair: percent(pair.agree)),
    RecordColumn("Kappa", "agreement beyond chance", ("kappa", "kappa_low", "kappa_high"), kappa_text),
    RecordColumn("Same mistake", "of tasks that both failed, with answers to compare",
                 ("same_wrong", "both_wrong"), _same_mistake, 4),
    _of("Spelling", "common character trigrams of answers", "text_similarity", percent, 5),
    RecordColumn("One of two", "tasks that either passed", ("either", "either_low", "either_high"),
                 _either, 1),
    RecordColumn("Makes up", "what the weaker one passes of what the better one failed",
                 ("rescued", "rescued_by_repeat", "repeated"), _makes_up, 2),
    RecordColumn("Verdict", "", ("alike", "complement"), _relation, number=False),
)  # fmt: skip


def quality_cell(standing: Standing) -> Cell:
    """The quality, with its interval where it is known."""
    complete = None not in (standing.low, standing.quality, standing.high)
    span = (standing.low or 0.0, standing.quality or 0.0, standing.high or 0.0) if complete else None
    return Cell(quality(standing), standing.quality, span=span)
