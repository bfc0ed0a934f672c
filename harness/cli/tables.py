"""Plain tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harness.cli.terminal import console
from harness.reporting.formats.aligned import print_aligned
from harness.reporting.tables import words


def print_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print ``rows`` of words under ``header`` to stdout."""
    print_aligned(console(), words(*header), [[(cell, "") for cell in row] for row in rows])
