"""Standings as tables in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from harness.analysis.board import Board, Standing
from harness.analysis.words import points
from harness.reporting.numbers import UNKNOWN, dollars, interval, percent, quality, rate, seconds, whole
from harness.reporting.text import plain

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

# In the order of the table. A narrow terminal loses columns, those with the highest number first.
_COLUMNS: dict[str, tuple[int, Callable[[Standing], str]]] = {
    "#": (0, lambda s: str(s.rank) if s.rank is not None else "" if s.baseline else "–"),
    "model": (0, lambda s: plain(s.model)),
    "quality": (0, quality),
    "95 %": (0, interval),
    "tasks": (1, lambda s: whole(s.n)),
    "s/solved": (2, lambda s: seconds(s.seconds_per_solved)),
    "$/solved": (3, lambda s: dollars(s.cost_per_solved)),
    "tok/s": (4, lambda s: rate(s.decode_tps)),
    "p90": (5, lambda s: seconds(s.latency_p90_s)),
    "p50": (8, lambda s: seconds(s.latency_p50_s)),
    "TTFT": (7, lambda s: seconds(s.ttft_s)),
    "reliable": (6, lambda s: percent(s.reliability)),
    "errors": (9, lambda s: whole(s.errors)),
    "skipped": (10, lambda s: whole(s.skipped)),
}


def print_standings(boards: Mapping[str, Sequence[Board]], console: Console, by: str = "suite") -> None:
    """Print a table for each suite, category, language, difficulty or role; by suite, the overall one too."""
    from rich.text import Text

    tables = list(boards[by])
    if by == "suite" and len(tables) > 1:
        tables += boards["overall"]
    if not tables:
        console.print(Text("Nothing was measured yet."))
    for table in tables:
        console.print(Text(""))
        console.print(Text.assemble((plain(table.name), "bold"), (f"  {_heading(table)}", "dim")))
        console.print(_table(table, console.width))
        console.print(Text(plain(table.decision.reason), style="italic"))


def _heading(table: Board) -> str:
    """What the numbers rest on, in a line."""
    if table.by == "overall":
        return f"average over {len(table.suites)} suites"
    common = "" if table.common == table.offered else f"{table.common:,} in common of "
    parts = [f"{common}{table.offered:,} tasks"]
    if table.decision.mde is not None:
        parts.append(f"gaps below {points(table.decision.mde)} may be chance")
    return " · ".join(parts)


def _table(table: Board, width: int) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    columns = {
        name: [name, *map(show, table.standings)]
        for name, (_, show) in _COLUMNS.items()
        if any(show(s) not in (UNKNOWN, "0") for s in table.standings)
    }
    for name in sorted(columns, key=lambda name: _COLUMNS[name][0], reverse=True):
        if _COLUMNS[name][0] and sum(max(map(len, cells)) + 3 for cells in columns.values()) > width:
            del columns[name]
    shown = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False)
    for name in columns:
        left = name == "model"
        shown.add_column(
            name,
            justify="left" if left else "right",
            no_wrap=not left,
            overflow="fold" if left else "ellipsis",
        )
    for index, standing in enumerate(table.standings, 1):
        style = "dim" if standing.baseline else "bold" if standing.rank == 1 else ""
        shown.add_row(*(Text(cells[index], style=style) for cells in columns.values()))
    return shown
