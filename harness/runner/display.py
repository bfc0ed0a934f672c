"""What a person sees of a run: a live table in a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from harness.records import ResultRow
from harness.runner.progress import Listener, Tally, cost_text, left_text, usd_text
from harness.words import counted

if TYPE_CHECKING:
    from rich.console import Console, Group
    from rich.table import Table

_PLAIN_EVERY_S = 10.0
_REDRAWN_A_SECOND = 4
_MOST_LINES = 20  # models in the table; those at work come first


def display(console: Console) -> Listener:
    """The live table where ``console`` is a terminal, plain lines where it is not."""
    return LiveTable(console) if console.is_terminal else PlainLines(console)


class LiveTable:
    """A bar for the whole run, and a line a model: done, under way, failed, tokens/s, cost, time left."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._tallies: Mapping[str, Tally] = {}
        self._began = 0.0
        self._last = ""

    @contextmanager
    def running(self, run_id: str, tallies: Mapping[str, Tally]) -> Iterator[None]:
        """Draw the table while the block runs, and leave its last state on the screen."""
        from rich.live import Live

        self._tallies = tallies
        self._began = time.monotonic()
        with Live(get_renderable=self._picture, console=self._console, refresh_per_second=_REDRAWN_A_SECOND):
            yield

    def row(self, row: ResultRow) -> None:
        """Remember what is at work; the picture is drawn on its own time."""
        self._last = f"{row.model} · {row.suite}"

    def warn(self, message: str) -> None:
        """Above the table."""
        _print_warning(self._console, message)

    def switched(self, model: str, what: str, seconds: float) -> None:
        """Remember it as the last thing that happened."""
        self._last = f"{model} {what}"

    def _picture(self) -> Group:
        from rich.console import Group
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        done, planned = _done(self._tallies)
        line = Table.grid(padding=(0, 1))
        summary = Text(
            f"{_summary(self._tallies, self._began)}, {self._last}", overflow="ellipsis", no_wrap=True
        )
        line.add_row(ProgressBar(max(planned, 1), done, width=14), summary)
        return Group(line, self._table())

    def _table(self) -> Table:
        from rich import box
        from rich.table import Table
        from rich.text import Text

        now = time.monotonic()
        table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
        table.add_column("model", no_wrap=True)
        for title in ("done", "flying", "errors", "skipped", "tok/s", "cost", "left"):
            table.add_column(title, justify="right", no_wrap=True)
        at_work = sorted(self._tallies.items(), key=lambda entry: not entry[1].in_flight)
        for model, tally in at_work[:_MOST_LINES]:
            table.add_row(Text(model), *_cells(tally, now))
        if len(at_work) > _MOST_LINES:
            table.add_row(Text(f"… {len(at_work) - _MOST_LINES} more", style="dim"))
        return table


class PlainLines:
    """One line every ten seconds, and one at the end."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._tallies: Mapping[str, Tally] = {}
        self._began = self._spoke = 0.0
        self._last = ""

    @contextmanager
    def running(self, run_id: str, tallies: Mapping[str, Tally]) -> Iterator[None]:
        """Say how much there is to do, then how far it is."""
        self._tallies = tallies
        self._began = self._spoke = time.monotonic()
        self._say(f"{counted(sum(tally.planned for tally in tallies.values()), 'sample')} to take")
        yield
        self._report()

    def row(self, row: ResultRow) -> None:
        """Speak, if it is time to."""
        self._last = f"{row.model} · {row.suite}"
        if time.monotonic() - self._spoke >= _PLAIN_EVERY_S:
            self._report()

    def warn(self, message: str) -> None:
        """At once."""
        _print_warning(self._console, message)

    def switched(self, model: str, what: str, seconds: float) -> None:
        """Remember it as the last thing that happened."""
        self._last = f"{model} {what}"

    def _report(self) -> None:
        self._spoke = time.monotonic()
        self._say(f"{_summary(self._tallies, self._began)}, {self._last}")

    def _say(self, line: str) -> None:
        self._console.print(line, highlight=False, markup=False, soft_wrap=True)


def _done(tallies: Mapping[str, Tally]) -> tuple[int, int]:
    return sum(tally.done for tally in tallies.values()), sum(tally.planned for tally in tallies.values())


def _summary(tallies: Mapping[str, Tally], began: float) -> str:
    """Done of all, errors, samples a second, cost so far, time left."""
    done, planned = _done(tallies)
    errors = sum(tally.statuses["error"] for tally in tallies.values())
    rate = done / max(time.monotonic() - began, 1e-9)
    left = left_text((planned - done) / rate if rate else None)
    failed = f", {counted(errors, 'error')}" if errors else ""
    return f"{done}/{counted(planned, 'sample')}{failed}, {rate:.1f}/s, {cost_text(tallies)}, {left} left"


def _cells(tally: Tally, now: float) -> tuple[str, ...]:
    speed = tally.tokens_per_s(now)
    return (
        f"{tally.done}/{tally.planned}",
        str(len(tally.in_flight) or ""),
        str(tally.statuses["error"] or ""),
        str(tally.statuses["skipped"] or ""),
        f"{speed:.0f}" if speed else "",
        "" if tally.cost_usd is None else usd_text(tally.cost_usd),
        left_text(tally.left_s(now)) if tally.began is not None else "",
    )


def _print_warning(console: Console, message: str) -> None:
    from rich.text import Text

    console.print(Text(f"warning: {message}", style="yellow"), soft_wrap=True)
