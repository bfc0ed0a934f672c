"""The calls of a gateway on their way to disk."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from harness.errors import HarnessError, ResultsError
from harness.observationrow import Observation
from harness.results.locations import ResultsLocation
from harness.results.observations import ObservationLog

_A_FILE = 2_000  # calls, which are kept in memory until their file is full


class Ledger:
    """Writes each call before its answer ends: what a client got whole is on disk, whatever happens then.

    A line of a file takes less time than to hand it to a thread. ``dropped`` counts those that could not be
    written, ``failure`` says why the last one was not.
    """

    def __init__(self, results: ResultsLocation) -> None:
        """Raises ``ResultsError`` where nothing can be written: better now than at the first request."""
        if isinstance(results, Path):
            _check_writable(results)
        self.dropped = 0
        self.failure = ""
        self._results = results
        self._log = ObservationLog(results)
        self._in_file = 0
        self._closing: threading.Thread | None = None

    def add(self, call: Observation) -> None:
        """Write a call; the gateway answers on where that fails."""
        try:
            self._log.append(call)
            self.failure = ""
        except HarnessError as error:
            self.failure = str(error)
            self.dropped += 1
            return
        self._in_file += 1
        if self._in_file >= _A_FILE:
            self._turn()

    def close(self) -> None:
        """Close what is open."""
        self._turn()
        if self._closing is not None:
            self._closing.join()

    def _turn(self) -> None:
        """Go on in a new file; the old one becomes Parquet, which takes a while, one at a time."""
        before, log = self._closing, self._log
        self._log, self._in_file = ObservationLog(self._results), 0

        def close() -> None:
            if before is not None:
                before.join()
            try:
                log.close()
            except (HarnessError, OSError) as error:  # its lines are read all the same
                self.failure = str(error)

        self._closing = threading.Thread(target=close, name="observations")
        self._closing.start()


def _check_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        reason = "" if os.access(folder, os.W_OK | os.X_OK) else "it may not be written"
    except OSError as error:
        reason = error.strerror or str(error)
    if reason:
        raise ResultsError(f"cannot write to {folder}: {reason}; --results names another folder")
