"""What a person sees of a run: a live table in a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from harness.resultrow import ResultRow
from harness.runner.progress import Listener, ModelProgress, cost_text, left_text, usd_text
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
        self._by_model: Mapping[str, ModelProgress] = {}
        self._began = 0.0
        self._last = ""

    @contextmanager
    def running(self, run_id: str, by_model: Mapping[str, ModelProgress]) -> Iterator[None]:
        """Draw the table while the block runs, and leave its last state on the screen."""
        from rich.live import Live

        self._by_model = by_model
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

        done, planned = _done(self._by_model)
        line = Table.grid(padding=(0, 1))
        summary = Text(
            f"{_summary(self._by_model, self._began)}, {self._last}", overflow="ellipsis", no_wrap=True
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
        at_work = sorted(self._by_model.items(), key=lambda entry: not entry[1].in_flight)
        for model, progress in at_work[:_MOST_LINES]:
            table.add_row(Text(model), *_cells(progress, now))
        if len(at_work) > _MOST_LINES:
            table.add_row(Text(f"… {len(at_work) - _MOST_LINES} more", style="dim"))
        return table


class PlainLines:
    """One line every ten seconds, and one at the end."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._by_model: Mapping[str, ModelProgress] = {}
        self._began = self._spoke = 0.0
        self._last = ""

    @contextmanager
    def running(self, run_id: str, by_model: Mapping[str, ModelProgress]) -> Iterator[None]:
        """Say how much there is to do, then how far it is."""
        self._by_model = by_model
        self._began = self._spoke = time.monotonic()
        self._print(f"{counted(sum(progress.planned for progress in by_model.values()), 'sample')} to take")
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
        self._print(f"{_summary(self._by_model, self._began)}, {self._last}")

    def _print(self, line: str) -> None:
        self._console.print(line, highlight=False, markup=False, soft_wrap=True)


def _done(by_model: Mapping[str, ModelProgress]) -> tuple[int, int]:
    return sum(progress.done for progress in by_model.values()), sum(
        progress.planned for progress in by_model.values()
    )


def _summary(by_model: Mapping[str, ModelProgress], began: float) -> str:
    """Done of all, errors, samples a second, cost so far, time left."""
    done, planned = _done(by_model)
    errors = sum(progress.statuses["error"] for progress in by_model.values())
    rate = done / max(time.monotonic() - began, 1e-9)
    left = left_text((planned - done) / rate if rate else None)
    failed = f", {counted(errors, 'error')}" if errors else ""
    return f"{done}/{counted(planned, 'sample')}{failed}, {rate:.1f}/s, {cost_text(by_model)}, {left} left"


def _cells(progress: ModelProgress, now: float) -> tuple[str, ...]:
    speed = progress.tokens_per_s(now)
    return (
        f"{progress.done}/{progress.planned}",
        str(len(progress.in_flight) or ""),
        str(progress.statuses["error"] or ""),
        str(progress.statuses["skipped"] or ""),
        f"{speed:.0f}" if speed else "",
        "" if progress.cost_usd is None else usd_text(progress.cost_usd),
        left_text(progress.left_s(now)) if progress.began is not None else "",
    )


def _print_warning(console: Console, message: str) -> None:
    from rich.text import Text

    console.print(Text(f"warning: {message}", style="yellow"), soft_wrap=True)
