"""Tables of where the figures come from: runs, models, and what was not measured."""

from __future__ import annotations

from harness.analysis.board import Gap
from harness.analysis.scoreboard import Scoreboard
from harness.reporting.numbers import CROSSED, UNKNOWN, whole
from harness.reporting.tables import Cell, Column, Row, Table, named, words


def gap_table(board: Scoreboard) -> Table:
    """What was not measured."""
    columns = (*words("What", "Model", "Suites", "Why"), Column("Samples"))
    groups: dict[tuple[str, str, str], list[Gap]] = {}
    for found in board.gaps:
        groups.setdefault((found.kind, found.model, found.reason), []).append(found)
    rows = []
    for (kind, model, reason), members in groups.items():
        what = f"{CROSSED} crossed out" if kind == "excluded" else kind
        suites, samples = ", ".join(g.suite for g in members), sum(g.samples for g in members)
        count = Cell(whole(samples), samples)
        rows.append(Row((Cell(what), named(model), Cell(suites), Cell(reason), count)))
    return Table(columns, tuple(rows))


def contestant_table(board: Scoreboard) -> Table:
    """Which model exactly took part."""
    titles = ("Model", "Provider", "Engine", "Family", "Quantization", "Revision", "Price")
    rows = []
    for c in board.contestants:
        price = " ".join(filter(None, (c.price_source, c.price_date)))
        values = (c.provider, c.engine, c.family, c.quantization, c.revision, price)
        kind = "baseline" if c.baseline else "ranked"
        rows.append(Row((Cell(c.model), *(Cell(value or UNKNOWN) for value in values)), kind))
    return Table(words(*titles), tuple(rows))


def run_table(board: Scoreboard) -> Table:
    """Which runs, where and when."""
    titles = ("Run", "Started", "Samples", "harness", "Commit", "Machine", "Suites")
    rows = []
    for r in board.runs:
        machine = ", ".join(filter(None, (r.host, r.gpu)))
        when = (r.first_at or UNKNOWN)[:16].replace("T", " ")
        values = (r.run_id, when, whole(r.samples), r.harness_version, (r.git_sha or UNKNOWN)[:12], machine)
        rows.append(Row((*map(Cell, values), Cell(", ".join(r.suites)))))
    return Table(words(*titles), tuple(rows))
