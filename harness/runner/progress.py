"""What a run shows while it runs: a live bar in a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from harness.records import ModelSpec, ResultRow

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

_PLAIN_EVERY_S = 10.0


class Progress:
    """Counts rows and says so on stderr: done/total, model and suite, samples/s, cost, time left."""

    def __init__(self, console: Console) -> None:
        """Show progress on ``console``; live if it is a terminal."""
        self._console = console
        self._bar: Bar | None = None
        self._bar_task: TaskID | None = None
        self._total = self._done = 0
        self._cost = 0.0
        self._cost_known = False
        self._now = ""
        self._began = self._spoke = time.monotonic()

    @contextmanager
    def running(self, total: int) -> Iterator[None]:
        """Show progress towards ``total`` rows while the block runs."""
        self._total = total
        self._began = self._spoke = time.monotonic()
        if not self._console.is_terminal:
            self._console.print(f"{total} samples to take")
            yield
            self._say()
            return
        with self._live() as self._bar:
            self._bar_task = self._bar.add_task("", total=total, now="", rate="", cost="")
            yield
            self._update()
        self._bar = None

    def started(self, spec: ModelSpec, suite: str) -> None:
        """A request to ``spec`` for a task of ``suite`` goes out."""
        self._now = f"{spec.id} · {suite}"

    def row(self, row: ResultRow) -> None:
        """A sample is on disk."""
        self._done += 1
        if row.cost_usd is not None:
            self._cost += row.cost_usd
            self._cost_known = True
        if self._bar is not None:
            self._update()
        elif time.monotonic() - self._spoke >= _PLAIN_EVERY_S:
            self._say()

    def warn(self, message: str) -> None:
        """Something the user should know that does not stop the run."""
        from rich.text import Text

        self._console.print(Text(f"warning: {message}", style="yellow"))

    def _rate(self) -> float:
        return self._done / max(time.monotonic() - self._began, 1e-9)

    def _cost_text(self) -> str:
        return f"${self._cost:.4f}" if self._cost_known else "cost unknown"

    def _update(self) -> None:
        if self._bar is not None and self._bar_task is not None:
            self._bar.update(
                self._bar_task,
                completed=self._done,
                now=self._now,
                rate=f"{self._rate():.1f}/s",
                cost=self._cost_text(),
            )

    def _say(self) -> None:
        self._spoke = time.monotonic()
        rate = self._rate()
        left = (self._total - self._done) / rate if rate else 0.0
        counted = f"{self._done}/{self._total} samples, {rate:.1f}/s, {self._cost_text()}, {left:.0f} s left"
        self._console.print(f"{counted}, {self._now}", highlight=False, markup=False)

    def _live(self) -> Bar:
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        return Bar(
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TextColumn("{task.fields[cost]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[now]}", style="cyan", markup=False),
            console=self._console,
        )
