"""How a run is getting on, whoever works on it: its parts are read as they appear."""

from __future__ import annotations

import time
from collections import Counter
from io import BytesIO

from harness.resultrow import ResultRow
from harness.results.objects import Objects
from harness.results.parts import is_merged
from harness.results.rewriting import rows_of
from harness.results.store import read_table
from harness.runner.progress import Progress
from harness.workers.items import read_part_name

_LEAST_S, _SHARE = 0.5, 0.05  # between two looks; of the time that looking may take


class Follower:
    """Counts the rows of new parts, each sample once."""

    def __init__(self, objects: Objects, progress: Progress) -> None:
        """What is there already does not count."""
        self.counts: Counter[str] = Counter()  # rows by status
        self._objects, self.progress = objects, progress
        self._read = {listed.name for listed in objects.list()}
        self._samples: set[str] = set()
        self._next = 0.0

    def poll_if_due(self) -> None:
        """Look, but not all the time: a run may have many parts."""
        began = time.monotonic()
        if began >= self._next:
            self.poll()
            now = time.monotonic()
            self._next = now + max(_LEAST_S, (now - began) / _SHARE)

    def poll(self) -> None:
        """Tell ``progress`` of what has been written since the last time."""
        for listed in self._objects.list():
            name = listed.name
            if name in self._read or (read_part_name(name) is None and not is_merged(name)):
                continue
            self._read.add(listed.name)
            stored = self._objects.get(listed.name)
            if stored is not None:
                for row in rows_of(read_table(BytesIO(stored.content), listed.name), listed.name):
                    self._count(row)

    def _count(self, row: ResultRow) -> None:
        if row.sample_id not in self._samples:
            self._samples.add(row.sample_id)
            self.counts[row.status] += 1
            self.progress.row(row)
