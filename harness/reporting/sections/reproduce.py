"""Where the figures come from, and how to get them again: runs, models, digest, commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from shlex import quote
from typing import Any

from harness.analysis.standings import Standings
from harness.reporting.numbers import UNKNOWN, whole
from harness.reporting.section import Code, Grid, Prose, Report, Section
from harness.reporting.tables import Cell, Row, Table, words
from harness.reporting.text import plain
from harness.words import counted


def section(report: Report) -> Section:
    """Runs and models as tables, the digest of the rows, and the commands."""
    standings = report.standings
    lines = commands(report.manifests)
    blocks = (
        Grid(run_table(standings), "Runs"),
        Grid(contestant_table(standings), "Models"),
        Prose(f"Data: `sha256:{standings.data_sha256}` over {counted(standings.samples, 'answer')}."),
        *((Code(tuple(lines)),) if lines else ()),
    )
    return Section("reproduce", "How to reproduce", blocks)


def contestant_table(standings: Standings) -> Table:
    """Which model exactly took part."""
    titles = ("Model", "Provider", "Engine", "Family", "Quantization", "Revision", "Price")
    rows = []
    for c in standings.contestants:
        price = " ".join(filter(None, (c.price_source, c.price_date)))
        values = (c.provider, c.engine, c.family, c.quantization, c.revision, price)
        kind = "baseline" if c.baseline else "ranked"
        rows.append(Row((Cell(c.model), *(Cell(value or UNKNOWN) for value in values)), kind))
    return Table(words(*titles), tuple(rows))


def run_table(standings: Standings) -> Table:
    """Which runs, where and when."""
    titles = ("Run", "Started", "Samples", "harness", "Commit", "Machine", "Suites")
    rows = []
    for r in standings.runs:
        machine = ", ".join(filter(None, (r.host, r.gpu)))
        when = (r.first_at or UNKNOWN)[:16].replace("T", " ")
        values = (r.run_id, when, whole(r.samples), r.harness_version, (r.git_sha or UNKNOWN)[:12], machine)
        rows.append(Row((*map(Cell, values), Cell(", ".join(r.suites)))))
    return Table(words(*titles), tuple(rows))


_KEYS = ("models", "limit", "repeats", "seed", "format", "solver", "tries", "steps")
_OPTIONS = {"suite": "suites"} | {name: name for name in _KEYS} | {
    "edit-format": "edit_format", "cost-limit": "cost_limit",
}  # fmt: skip
_DEFAULTS = {
    "limit": None, "repeats": 1, "seed": 0, "format": "full",
    "solver": "single", "tries": 2, "edit-format": "auto", "cost-limit": 3.0, "steps": "chained",
}  # fmt: skip


def commands(manifests: Sequence[Mapping[str, Any]]) -> list[str]:
    """The commands that make these results again, without options left at their defaults."""
    lines = []
    for manifest in manifests:
        chosen = manifest.get("selection") or {}
        given = {option: chosen.get(key) for option, key in _OPTIONS.items()}
        options = [
            f"--{option} {quote(plain(str(value)))}"
            for option, value in given.items()
            if value is not None and value != _DEFAULTS.get(option)
        ]
        if options:
            lines.append(" ".join(["harness run", *options]))
    return [*dict.fromkeys(lines), "harness report"] if lines else []
