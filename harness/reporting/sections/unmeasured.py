"""What was not measured, and why."""

from __future__ import annotations

from harness.analysis.extras import Gap
from harness.analysis.lengths import tier_order
from harness.analysis.standings import Standings
from harness.reporting.numbers import CROSSED, whole
from harness.reporting.section import Bullets, Report, Section, Text, grids
from harness.reporting.tables import Cell, Column, Row, Table, named, words
from harness.words import counted, listed

_LONG = 32_000  # tokens from which on a prompt is long
_NAMED = 4  # models in a sentence; of more the others are counted


def section(report: Report) -> Section:
    """Samples that say nothing, and kinds of work that no task stands for."""
    table = grids(gap_table(report.standings), "What was not measured", "sortable")
    nothing = Text("Nothing was left out: every sample was taken, with speed and cost.")
    blocks = (*(table or (nothing,)), Bullets(tuple(unmeasured(report.standings))))
    return Section("gaps", "What was not measured", blocks, short="Gaps")


def gap_table(standings: Standings) -> Table:
    """What was not measured."""
    columns = (*words("What", "Model", "Suites", "Why"), Column("Samples"))
    groups: dict[tuple[str, str, str], list[Gap]] = {}
    for gap in standings.gaps:
        groups.setdefault((gap.kind, gap.model, gap.reason), []).append(gap)
    rows = []
    for (kind, model, reason), members in groups.items():
        what = f"{CROSSED} crossed out" if kind == "excluded" else kind
        suites, samples = ", ".join(g.suite for g in members), sum(g.samples for g in members)
        count = Cell(whole(samples), samples)
        rows.append(Row((Cell(what), named(model), Cell(suites), Cell(reason), count)))
    return Table(columns, tuple(rows))


def unmeasured(standings: Standings) -> list[str]:
    """Kinds of work that no task stands for."""
    sentences = []
    no_time = sum(gap.samples for gap in standings.gaps if gap.reason == "no_time")
    if no_time:
        sentences.append(
            f"Time: a run had no time for {counted(no_time, 'sample')} (no_time). They count for nobody, and"
            " models are compared on the tasks that all of them answered."
        )
    tiers = [board.name for board in standings.by("context_tier")]
    if not tiers or tier_order(tiers[-1])[0] < _LONG:
        longest = (
            f"the longest prompts here are {tiers[-1]}" if tiers else "nobody counted the prompts' tokens"
        )
        sentences.append(f"Long contexts: {longest}. Nothing here says how a model does beyond that.")
    overall = standings.overall
    everywhere = [s for board in standings.by("suite") for s in board.lines if not s.baseline]
    if overall and not any(s.latency_p50_s is not None for s in overall.ranked):
        few = any(s.chars_per_s is not None or s.decode_tps is not None for s in everywhere)
        sentences.append(
            f"Speed: {'too few answers were' if few else 'no answer was'} measured on a quiet machine."
        )
    if overall and not any(s.cost_per_task is not None for s in overall.ranked):
        some = any(s.cost_per_task is not None for s in everywhere)
        extent = "known for some suites only" if some else "unknown: there is no price and no bill"
        sentences.append(f"Cost: what the ranked models cost is {extent}.")
    free = [s.model for s in overall.ranked if s.cost_per_task == 0] if overall else []
    if free:
        sentences.append(
            f"Cost: every answer of {listed(free, _NAMED)} cost 0, which is free. Unknown is empty, not 0."
        )
    return sentences
