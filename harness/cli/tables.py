"""Plain tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harness.cli.terminal import console


def print_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print ``rows`` under ``header`` to stdout; only the last column wraps on a narrow screen."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for title in header:
        table.add_column(title, no_wrap=title != header[-1])
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console().print(table)
