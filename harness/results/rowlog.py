"""Records beside the rows of runs: a Parquet dataset of its own in the results folder.

``RESULTS/FOLDER/`` holds ``PREFIX-NAME.parquet``, and while a log is open ``PREFIX-NAME.jsonl``. No run is
called like such a folder, and its files are not called like those of runs: readers of runs pass it by.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Generic, Self, TypeVar

from harness.errors import ResultsError, warn
from harness.jsontext import parse
from harness.results.locations import Remote, ResultsLocation, parts_of
from harness.results.outbox import Outbox, local_folder
from harness.results.rowcheck import checked
from harness.results.store import write_part

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class LogKind(Generic[Record]):
    """Where records of a kind lie. ``noun`` names them in warnings; ``check`` raises ``ValueError`` too."""

    record: type[Record]
    folder: str
    prefix: str
    noun: str
    check: Callable[[Record], object] = lambda _: None


class RowLog(Generic[Record]):
    """Appends records, each safe on disk when ``append`` returns. Use as a context manager; one a process."""

    def __init__(self, results: ResultsLocation, kind: LogKind[Record]) -> None:
        """Nothing is created before the first record. Raises ``ResultsError`` for a storage out of reach."""
        name = f"{kind.prefix}-{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
        self._outbox = Outbox(results) if isinstance(results, Remote) else None
        self._journal = local_folder(results) / kind.folder / f"{name}.jsonl"
        self._rows: list[Record] = []
        self._file: int | None = None

    def append(self, row: Record) -> None:
        """Put one record on disk. Raises ``ResultsError``."""
        row, _ = checked(row)
        values = {field.name: getattr(row, field.name) for field in fields(row)}  # type: ignore[arg-type]
        try:
            if self._file is None:
                self._journal.parent.mkdir(parents=True, exist_ok=True)
                self._file = os.open(self._journal, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o644)
            os.write(self._file, _LINE.encode(values).encode() + b"\n")
        except OSError as error:
            raise ResultsError(f"cannot write to {self._journal.parent}: {error.strerror}") from error
        self._rows.append(row)

    def close(self) -> None:
        """Turn the records into Parquet, and send them. What cannot be sent is kept, with a warning."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
        if self._rows:
            write_part(self._journal.with_suffix(".parquet"), self._rows)
            self._journal.unlink()
            self._rows = []
        if self._outbox is not None:
            try:
                self._outbox.send(self._journal.parent.name)
            except ResultsError as error:
                warn(str(error))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


_LINE = json.JSONEncoder(ensure_ascii=False)  # made once: it takes as long as a line


def read_log(results: ResultsLocation, kind: LogKind[Record]) -> list[Record]:
    """Every record there is, file by file; those of killed processes too.

    What is no such record is left out, and so is a file that cannot be read; a warning names the file.
    """
    folder = results / kind.folder
    journals = []  # read first: one that becomes a part meanwhile is read again there, and never missed
    for journal in parts_of(folder, f"{kind.prefix}-*.jsonl"):
        if not journal.with_suffix(".parquet").exists():
            with suppress(FileNotFoundError):
                journals.append((journal, journal.read_bytes()))
    parts = parts_of(folder, f"{kind.prefix}-*.parquet")
    rows = [row for part in parts for row in _records(part, _stored(part), kind)]
    closed = {part.name for part in parts}
    for journal, content in journals:
        if journal.with_suffix(".parquet").name not in closed:
            rows += _records(journal, _lines(content), kind)
    return rows


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


def _records(file: ResultsLocation, values: list[Any], kind: LogKind[Record]) -> list[Record]:
    rows = [row for value in values if (row := _record(value, kind)) is not None]
    if len(rows) < len(values):
        warn(f"{file}: {len(values) - len(rows)} rows are no {kind.noun} and are left out")
    return rows


def _record(value: Any, kind: LogKind[Record]) -> Record | None:
    try:
        row, _ = checked(kind.record(**value))
        kind.check(row)
    except (TypeError, ValueError):
        return None
    return row
