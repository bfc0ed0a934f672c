"""What a worker has in hand: items on their way through the pipeline, and rows that are no part yet."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Self

from harness.records import WorkItem
from harness.resultrow import ResultRow
from harness.results.rowcheck import checked_row
from harness.results.store import parquet_bytes, table_of
from harness.runner.finished import is_settled
from harness.runner.time_budget import TimeBudget
from harness.workers.work_queue import Held

_LOW = 64  # samples waiting: with fewer, the next item is taken


@dataclass(slots=True)
class Batch:
    """An item that this worker has, and the rows of it so far. ``began`` is a time of the event loop."""

    held: Held
    work: Sequence[WorkItem]
    began: float
    rows: dict[str, ResultRow] = field(default_factory=dict)  # by sample id
    being_split: bool = False

    @property
    def missing(self) -> list[str]:
        """Samples without a row."""
        return [sample for sample in self.held.item.samples if sample not in self.rows]

    @property
    def unsettled(self) -> bool:
        """Whether a resume may want some of the samples again."""
        return not all(map(is_settled, self.rows.values()))

    def content(self) -> bytes | None:
        """The rows as a part; ``None`` without any."""
        return parquet_bytes(table_of(list(self.rows.values()))) if self.rows else None

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """While its first rows are written, the last ones do not make it whole."""
        self.being_split = True
        try:
            yield
        finally:
            self.being_split = False


class Feed:
    """The samples of one model's batches, one after another, as long as they are this worker's."""

    def __init__(self, first: Batch, holds: Callable[[Batch], bool]) -> None:
        self.batches: list[Batch] = []
        self.low = asyncio.Event()  # few samples are left
        self.closed = False
        self.taken = 0  # samples that the pipeline has got
        self._ended = False
        self._holds = holds
        self._waiting: deque[tuple[Batch, WorkItem]] = deque()
        self.add(first)

    def add(self, batch: Batch) -> None:
        """Go on with a batch after those that are there."""
        self.batches.append(batch)
        self._waiting.extend((batch, item) for item in batch.work)
        self._notice()

    @property
    def waiting(self) -> int:
        """Samples that nobody has asked for."""
        return len(self._waiting)

    def close(self) -> None:
        """Nobody asks for samples any more."""
        self.closed = True
        self.low.set()

    def _notice(self) -> None:
        if len(self._waiting) < _LOW:
            self.low.set()
        else:
            self.low.clear()

    def __iter__(self) -> Self:
        self._ended = False
        return self

    def __next__(self) -> WorkItem:
        """Once it has ended it stays so, as iterators must: what came since then is for another round."""
        while self._waiting and not self._ended:
            batch, item = self._waiting.popleft()
            self.taken += 1
            self._notice()
            if self._holds(batch):
                return item
        self._ended = True
        raise StopIteration


class Batches:
    """All batches in hand, and the sink of their rows. Those with a row a sample go to ``full``."""

    def __init__(self, time: TimeBudget | None) -> None:
        self.full: asyncio.Queue[Batch] = asyncio.Queue()
        self._time = time
        self._in_hand: dict[str, Batch] = {}  # by id of the item
        self._by_sample: dict[str, Batch] = {}

    def __iter__(self) -> Iterator[Batch]:
        return iter(list(self._in_hand.values()))

    def has(self, batch: Batch) -> bool:
        """Whether a batch is still in hand."""
        return self._in_hand.get(batch.held.item.id) is batch

    def add(self, batch: Batch) -> None:
        """Take a batch in hand."""
        self._in_hand[batch.held.item.id] = batch
        self._by_sample |= dict.fromkeys(batch.held.item.samples, batch)

    def drop(self, batch: Batch) -> None:
        """Let go of a batch: it is written, or it is another worker's by now."""
        del self._in_hand[batch.held.item.id]
        for sample in batch.held.item.samples:
            self._by_sample.pop(sample, None)

    def go_on(self, batch: Batch, rest: Held, now: float) -> None:
        """Go on with the rest of a batch whose other rows are written."""
        self.drop(batch)
        batch.held, batch.began = rest, now
        batch.rows = {sample: batch.rows[sample] for sample in rest.item.samples if sample in batch.rows}
        self.add(batch)
        self._notice(batch)

    def put(self, row: ResultRow) -> None:
        """Keep a row until its item is whole. It counts when it is in a part, and not before."""
        batch = self._by_sample.get(row.sample_id)
        if self._time is not None:
            self._time.record(row)
        if batch is not None:
            batch.rows[row.sample_id] = checked_row(row)
            self._notice(batch)

    def _notice(self, batch: Batch) -> None:
        if not batch.missing and not batch.being_split:
            self.full.put_nowait(batch)
