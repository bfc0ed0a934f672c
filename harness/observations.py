"""What the router's real calls brought: a Parquet dataset of its own in the results folder.

``RESULTS/observations/`` holds ``calls-NAME.parquet``, and while a log is open ``calls-NAME.jsonl``. No run
is called so, and its files are not called like those of runs: readers of runs pass it by.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Self

from harness.errors import ResultsError
from harness.places import Place
from harness.records import Observation
from harness.store import write_part

_FOLDER = "observations"


class ObservationLog:
    """Appends calls, each safe on disk when ``append`` returns. Use as a context manager; one a process."""

    def __init__(self, results: Path) -> None:
        """Nothing is created before the first call."""
        name = f"calls-{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
        self._journal = results / _FOLDER / f"{name}.jsonl"
        self._rows: list[Observation] = []

    def append(self, row: Observation) -> None:
        """Put one call on disk. Raises ``ResultsError``."""
        line = json.dumps(asdict(row), ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        try:
            self._journal.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self._journal, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o644)
            try:
                os.write(file, line)
            finally:
                os.close(file)
        except OSError as error:
            raise ResultsError(f"cannot write to {self._journal.parent}: {error.strerror}") from error
        self._rows.append(row)

    def close(self) -> None:
        """Turn the calls into Parquet."""
        if self._rows:
            write_part(self._journal.with_suffix(".parquet"), self._rows)
            self._journal.unlink()
            self._rows = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read_observations(results: Place) -> list[Observation]:
    """Every call there is, oldest first; those of killed processes too."""
    import pyarrow.parquet as pq

    folder = results / _FOLDER
    rows = [
        Observation(**row)
        for part in folder.glob("calls-*.parquet")
        for row in pq.read_table(BytesIO(part.read_bytes())).to_pylist()
    ]
    for journal in folder.glob("calls-*.jsonl"):
        if not journal.with_suffix(".parquet").exists():
            rows += _lines(journal.read_bytes().split(b"\n"))
    return sorted(rows, key=lambda row: row.timestamp)


def _lines(lines: Iterable[bytes]) -> list[Observation]:
    """The last line may be cut: it never counted."""
    return [Observation(**json.loads(line)) for line in lines if line.endswith(b"}")]
