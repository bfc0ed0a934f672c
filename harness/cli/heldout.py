"""The held-out judgement of rules as a table."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from harness.analysis.heldout import HeldOut


def print_heldout(found: HeldOut, console: Console) -> None:
    """A line for each way to choose, and the figures of the field below."""
    table = Table(title=f"{found.tasks:,} tasks, {len(found.models)} models, judged on the half not seen")
    for name in ("way to choose", "pass rate", "against best single (95 %)", "USD a task"):
        table.add_column(name, justify="left" if name == "way to choose" else "right")
    for line in found.lines:
        gain = f"{100 * line.gain:+.1f} ({100 * line.gain_low:+.1f} to {100 * line.gain_high:+.1f})"
        gain = "–" if line.name == "best single model" else gain
        cost = "unknown" if line.cost_per_task is None else f"{line.cost_per_task:.2g}"
        table.add_row(line.name, f"{line.quality:.1%}", gain, cost)
    console.print(table)
    figures = {
        "gap closed": found.gap_closed,
        "AIQ of the models": found.aiq_models,
        "AIQ of the rules": found.aiq_rules,
        "APGR (random: 0.5)": found.apgr,
    }
    told = [f"{name} {value:.3f}" for name, value in figures.items() if value is not None]
    console.print("; ".join(told) or "no further figures: costs are unknown, or all models are equal")
