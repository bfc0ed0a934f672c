"""The one way to the terminal: what others wrote (names, reasons, answers, errors) is shown, never obeyed.

Control characters, terminal escapes and marks that turn the direction of writing come out as visible signs,
whichever command prints them; colours and cursor movements are ours alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from harness.reporting.text import block, plain

if TYPE_CHECKING:
    from rich.console import Console


def echo(text: object, *, err: bool = False, mark: str = "", colour: str | None = None) -> None:
    """Print one line, with a coloured mark in front if there is one."""
    front = click.style(mark, fg=colour) + "  " if mark else ""
    click.echo(front + plain(str(text)), err=err)


def warn(text: object) -> None:
    """Print one line of warning, to stderr."""
    click.secho(f"warning: {plain(str(text))}", fg="yellow", err=True)


def write(text: str) -> None:
    """Print text of several lines as it is."""
    click.echo(block(text), nl=False)


def console(*, stderr: bool = False) -> Console:
    """A console for tables and progress."""
    from rich.console import Console
    from rich.segment import Segment

    class Guarded(Console):
        def _render_buffer(self, buffer: Any) -> str:
            safe = (part if part.control else Segment(block(part.text), part.style) for part in buffer)
            return super()._render_buffer(safe)

    return Guarded(stderr=stderr, soft_wrap=False, markup=False, emoji=False)
