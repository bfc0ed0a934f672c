"""How models answer under load: one request at a time, and several at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from harness.analysis.loads import FIRST_S, TOKEN_S, LoadFacts
from harness.reporting.numbers import UNKNOWN, rate, seconds, whole
from harness.reporting.section import Grid, Only, Report, Section, Text
from harness.reporting.tables import Cell, Column, Row, Table, named

_ABOUT = (
    "The same requests one at a time, and so many at once. Seconds count from when a request was put. Good/s "
    f"counts answers whose first token came within {FIRST_S:g} s and each further one within {TOKEN_S:g} s; "
    "failures are not good. A percentile stands where the values support it: p50 from 5 on, p90 from 29 on. "
    "Nothing of this counts in any table of quality."
)
_SIZES = (
    Column("Model", number=False),
    Column("Prompt", "size of the prompts", number=False),
    Column("Answer", "the longest answer", number=False),
    Column("At once", "requests at a time"),
)


def section(report: Report) -> Section | None:
    """A line a model, size and load; the guide has those at which a model does most."""
    facts = report.standings.loads
    if not facts:
        return None
    most = Grid(_table(_busiest(facts)), "Speed under load, where each model does most", "sortable")
    every = Grid(_table(facts), "Speed under load", "sortable")
    return Section(
        "loads", "Speed under load",
        (Text(_ABOUT), Only("guide", (most,)), Only("page", (every,))), short="Load",
    )  # fmt: skip


def _busiest(facts: Sequence[LoadFacts]) -> list[LoadFacts]:
    """Of each model the lines alone and with most tokens a second, of the size with which it does most."""
    lines: list[LoadFacts] = []
    for model in dict.fromkeys(one.model for one in facts):
        own = [one for one in facts if one.model == model]
        most = max(own, key=lambda one: one.tokens_per_s or 0.0)
        alike = [one for one in own if (one.prompt, one.answer) == (most.prompt, most.answer)]
        lines += list(dict.fromkeys((alike[0], most)))
    return lines


def _few(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.2f}" if value < 10 else f"{value:,.0f}"


def _count(value: float | None) -> str:
    return whole(int(value or 0))


_Value = Callable[[LoadFacts], float | None]
_FIGURES: Mapping[Column, tuple[_Value, Callable[[float | None], str]]] = {
    Column("N", "answers"): (lambda one: one.n, _count),
    Column("First p50", "median seconds to the first token"): (lambda one: one.first_p50_s, seconds),
    Column("First p90", "nine of ten first tokens come sooner"): (lambda one: one.first_p90_s, seconds),
    Column("Whole p50", "median seconds to the end"): (lambda one: one.whole_p50_s, seconds),
    Column("Whole p90", "nine of ten answers end sooner"): (lambda one: one.whole_p90_s, seconds),
    Column("Prefill", "prompt tokens a second of a request"): (lambda one: one.prefill_tps, rate),
    Column("Decode", "tokens a second of a request, after the first"): (lambda one: one.decode_tps, rate),
    Column("Tokens/s", "of all requests together"): (lambda one: one.tokens_per_s, rate),
    Column("Requests/s", "answered"): (lambda one: one.requests_per_s, _few),
    Column("Good/s", "answers a second that came in time"): (lambda one: one.good_per_s, _few),
    Column("Failed", "requests without an answer"): (lambda one: one.errors, _count),
}


def _table(facts: Sequence[LoadFacts]) -> Table:
    rows = []
    for one in facts:
        cells = [Cell(show(value(one)), value(one)) for value, show in _FIGURES.values()]
        sizes = (Cell(one.prompt), Cell(one.answer), Cell(whole(one.at_once), one.at_once))
        rows.append(Row((named(one.model), *sizes, *cells)))
    return Table((*_SIZES, *_FIGURES), tuple(rows))
