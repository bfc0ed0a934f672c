"""What the router's real calls brought: a Parquet dataset of its own in the results folder.

``RESULTS/observations/`` holds ``calls-NAME.parquet``, and while a log is open ``calls-NAME.jsonl``. No run
is called so, and its files are not called like those of runs: readers of runs pass it by.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Self

from harness.errors import ResultsError, warn
from harness.jsontext import parse
from harness.records import Observation
from harness.results.locations import ResultsLocation, parts_of
from harness.results.rowcheck import checked
from harness.results.store import write_part

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
        row, _ = checked(row)
        line = json.dumps(asdict(row), ensure_ascii=False).encode() + b"\n"
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


def read_observations(results: ResultsLocation) -> list[Observation]:
    """Every call there is, oldest first; those of killed processes too.

    What is no call is left out, and so is a file that cannot be read; a warning names the file.
    """
    folder = results / _FOLDER
    rows: list[Observation] = []
    for part in parts_of(folder, "calls-*.parquet"):
        rows += _calls(part, _stored(part))
    for journal in parts_of(folder, "calls-*.jsonl"):
        if not journal.with_suffix(".parquet").exists():
            rows += _calls(journal, _lines(journal.read_bytes()))
    return sorted(rows, key=lambda row: _moment(row.timestamp))


def _stored(part: ResultsLocation) -> list[Any]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        rows: list[Any] = pq.read_table(BytesIO(part.read_bytes())).to_pylist()
    except (OSError, pa.ArrowException) as error:
        warn(f"{part} is left out: {str(error).splitlines()[0]}")
        return []
    return rows


def _lines(content: bytes) -> list[Any]:
    """The value of each line, ``None`` where there is none. The last line may be cut: it never counted."""
    values = []
    for line in content.split(b"\n")[:-1]:
        try:
            values.append(parse(line))
        except ValueError:
            values.append(None)
    return values


def _calls(file: ResultsLocation, values: list[Any]) -> list[Observation]:
    calls = [call for value in values if (call := _call(value)) is not None]
    if len(calls) < len(values):
        warn(f"{file}: {len(values) - len(calls)} rows are no calls and are left out")
    return calls


def _call(value: Any) -> Observation | None:
    try:
        call, _ = checked(Observation(**value))
        _moment(call.timestamp)
    except (TypeError, ValueError):
        return None
    return call


def _moment(timestamp: str) -> datetime:
    """The time in UTC, which is meant where no zone is named. Raises ``ValueError``."""
    moment = datetime.fromisoformat(timestamp)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
