"""What the newest run changed."""

from __future__ import annotations

from collections.abc import Sequence

from harness.analysis.extras import Trend
from harness.analysis.standings import Standings
from harness.analysis.statistics import CONFIDENCE, holm
from harness.reporting.charts.style import MOST
from harness.reporting.measures import MEASURES, MeasureWords, measure_words
from harness.reporting.numbers import UNKNOWN, percent, points, seconds, signed, whole
from harness.reporting.section import Bullets, Legend, Report, Section, grids
from harness.reporting.tables import Cell, Column, Row, Table, named, words
from harness.words import counted

_LISTED = 8  # changes that are listed one by one
_RUNS = 4  # of a model in a suite, the newest


def section(report: Report) -> Section:
    """The sentences, and every model and suite from run to run."""
    standings = report.standings
    table = trend_table(standings, standings.ranked_models[:MOST])
    trends = grids(table, "Trends over runs", "sortable")
    legend = (Legend((table,)),) if trends else ()
    blocks = (Bullets(tuple(changes(standings))), *trends, *legend)
    return Section("changes", "What changed since the last run", blocks, short="Changes")


def changes(standings: Standings) -> list[str]:
    """What the newest run changed, in sentences; significant changes one by one."""
    newest = max((t.run_id for t in standings.trends), default="")
    remeasured = [t for t in standings.trends if t.run_id == newest and t.change is not None]
    if not remeasured:
        return ["Nothing was measured twice yet: there is no earlier run to compare with."]
    adjusted = holm([1.0 if t.p_value is None else t.p_value for t in remeasured])
    moved = [t for t, p in zip(remeasured, adjusted, strict=True) if p < 1 - CONFIDENCE]
    moved.sort(key=lambda t: -abs(t.change or 0))
    suites = list(dict.fromkeys(t.suite for t in remeasured))
    where = suites[0] if len(suites) == 1 else counted(len(suites), "suite")
    asked = f"{counted(len({t.model for t in remeasured}), 'model')} tasks of {where}"
    how = f"{len(moved):,} of {counted(len(remeasured), 'result')} changed" if moved else "nothing changed"
    sentences = [f"Run {newest} asked {asked} again; {how} by more than chance."]
    measures = {board.name: board.measure for board in standings.by("suite")}
    sentences += [_changed(t, MEASURES[measures[t.suite]]) for t in moved[:_LISTED]]
    return sentences if len(moved) <= _LISTED else [*sentences, f"And {len(moved) - _LISTED:,} more."]


def _changed(t: Trend, measure: MeasureWords) -> str:
    """What a model does better or worse than in the run before."""
    change = t.change or 0.0
    return (
        f"{t.model} on {t.suite}: {points(change)} {'better' if change > 0 else 'worse'} on"
        f" {counted(t.shared, 'task')} that both runs asked; it now {measure.does} {percent(t.quality)}"
        f" {measure.of(t.n)}."
    )


def trend_table(standings: Standings, models: Sequence[str]) -> Table:
    """Suites and ``models`` that were measured in several runs, run after run; the last few of each."""
    columns = (
        *words("Suite", "Model", "Run"),
        Column("Quality", measure_words(standings.by("suite")).quality),
        Column("Change", "points since the run before, on the tasks that both asked"),
        Column("p", "paired test of the change"),
        Column("N"),
        Column("p50", "median time to the whole answer"),
    )
    shown: dict[tuple[str, str], list[Trend]] = {}
    for t in standings.trends:
        if t.model in models:
            shown.setdefault((t.suite, t.model), []).append(t)
    rows = []
    for t in (t for of in shown.values() for t in of[-_RUNS:]):
        change = UNKNOWN if t.change is None else signed(100 * t.change)
        rows.append(
            Row(
                (
                    Cell(t.suite),
                    named(t.model),
                    Cell(t.run_id),
                    Cell(percent(t.quality), t.quality, span=(t.low, t.quality, t.high)),
                    Cell(change, t.change),
                    Cell(UNKNOWN if t.p_value is None else f"{t.p_value:.2g}", t.p_value),
                    Cell(whole(t.n), t.n),
                    Cell(seconds(t.latency_p50_s), t.latency_p50_s),
                )
            )
        )
    return Table(columns, tuple(rows))
