"""How a run is getting on: one count a model, passed on to whoever shows or records it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from harness.records import WorkItem
from harness.resultrow import ResultRow


@dataclass(slots=True)
class ModelProgress:
    """One model's samples. Rates are over the time since its first sample was taken up."""

    planned: int
    statuses: Counter[str] = field(default_factory=Counter)
    in_flight: set[str] = field(default_factory=set)  # sample ids: asked, or waiting for their verdict
    passed: int = 0
    tokens: int = 0
    cost_usd: float | None = None
    began: float | None = None

    @property
    def done(self) -> int:
        """Rows on disk."""
        return self.statuses.total()

    def take(self, item: WorkItem, now: float) -> None:
        """A sample is taken up."""
        self.began = now if self.began is None else self.began
        self.in_flight.add(item.sample_id)

    def count(self, row: ResultRow) -> None:
        """A sample is on disk."""
        self.statuses[row.status] += 1
        self.in_flight.discard(row.sample_id)
        self.passed += bool(row.passed)
        if row.timing != "replayed":
            self.tokens += row.completion_tokens or 0
            paid = [usd for usd in (row.cost_usd, row.follow_up_usd) if usd is not None]
            if paid:
                self.cost_usd = (self.cost_usd or 0.0) + sum(paid)

    def tokens_per_s(self, now: float) -> float:
        """Tokens of answers a second, all requests together."""
        return self.tokens / max(now - self.began, 1e-9) if self.began is not None else 0.0

    def left_s(self, now: float) -> float | None:
        """Seconds until the model is through at its present rate; ``None`` before its first answer."""
        if self.done >= self.planned:
            return 0.0
        if self.began is None or not self.done:
            return None
        return (now - self.began) / self.done * (self.planned - self.done)


class Listener(Protocol):
    """Somebody who shows or records a run. Called in the run's own thread; must be quick."""

    @contextmanager
    def running(self, run_id: str, by_model: Mapping[str, ModelProgress]) -> Iterator[None]:
        """Surrounds the run; ``by_model`` by model, which grow while it lasts."""
        yield

    def row(self, row: ResultRow) -> None:
        """A sample is on disk and counted."""
        ...

    def warn(self, message: str) -> None:
        """Something the user should know that does not stop the run."""
        ...

    def switched(self, model: str, what: str, seconds: float) -> None:
        """A local model was ``loaded`` (and warmed up) or ``unloaded``."""
        ...


class Progress:
    """Counts what happens and passes it on."""

    def __init__(self, *listeners: Listener) -> None:
        """Tell ``listeners``, in this order."""
        self._listeners: Sequence[Listener] = listeners
        self._by_model: dict[str, ModelProgress] = {}
        self._warned: set[str] = set()

    @contextmanager
    def running(self, run_id: str, planned: Mapping[str, int], *more: Listener) -> Iterator[None]:
        """Count towards ``planned`` samples a model while the block runs; ``more`` listen in on it."""
        self._by_model = {model: ModelProgress(count) for model, count in planned.items()}
        self._listeners = (*self._listeners, *more)
        with ExitStack() as stack:
            for listener in self._listeners:
                stack.enter_context(listener.running(run_id, self._by_model))
            yield

    def started(self, item: WorkItem) -> None:
        """A sample is taken up."""
        self._by_model[item.model.id].take(item, time.monotonic())

    def row(self, row: ResultRow) -> None:
        """A sample is on disk."""
        self._by_model[row.model].count(row)
        for listener in self._listeners:
            listener.row(row)

    def switched(self, model: str, what: str, seconds: float) -> None:
        """A local model was ``loaded`` (and warmed up) or ``unloaded``."""
        for listener in self._listeners:
            listener.switched(model, what, seconds)

    def warn(self, message: str) -> None:
        """Something the user should know that does not stop the run; a run in rounds says it once."""
        if message not in self._warned:
            self._warned.add(message)
            for listener in self._listeners:
                listener.warn(message)


def cost_text(by_model: Mapping[str, ModelProgress]) -> str:
    """USD spent so far. An unknown price is not shown as nothing."""
    costs = [progress.cost_usd for progress in by_model.values() if progress.cost_usd is not None]
    return usd_text(sum(costs)) if costs else "cost unknown"


def usd_text(usd: float) -> str:
    """``$0.0123``; a little is not nothing."""
    return "<$0.0001" if 0 < usd < 0.00005 else f"${usd:.4f}"


def left_text(seconds: float | None) -> str:
    """``1:02:03``, or ``?``."""
    if seconds is None:
        return "?"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
