"""The calls of a gateway on their way to disk: a bounded queue, and one thread that writes them."""

from __future__ import annotations

import queue
import threading
from pathlib import Path

from harness.errors import HarnessError
from harness.observationrow import Observation
from harness.results.observations import ObservationLog

_WAITING = 10_000  # calls
_A_FILE = 2_000  # calls, which are kept in memory until their file is full
_PATIENCE_S = 10.0


class Ledger:
    """Writes calls without holding up who makes them. ``dropped`` counts those that found the queue full."""

    def __init__(self, results: Path) -> None:
        self.dropped = 0
        self.failure = ""  # why the last call could not be written
        self._results = results
        self._queue: queue.Queue[Observation | None] = queue.Queue(_WAITING)
        self._thread = threading.Thread(target=self._write, name="observations", daemon=True)
        self._thread.start()

    def add(self, call: Observation) -> None:
        """Queue a call; it is on disk within milliseconds."""
        try:
            self._queue.put_nowait(call)
        except queue.Full:
            self.dropped += 1

    def close(self) -> None:
        """Write what waits."""
        self._queue.put(None)
        self._thread.join(_PATIENCE_S)

    def _write(self) -> None:
        while self._write_file():
            pass

    def _write_file(self) -> bool:
        """Fill one file of calls; whether more will come."""
        with ObservationLog(self._results) as log:
            for _ in range(_A_FILE):
                call = self._queue.get()
                if call is None:
                    return False
                try:
                    log.append(call)
                except HarnessError as error:  # the gateway answers on; its page shows it
                    self.failure = str(error)
                    self.dropped += 1
        return True
