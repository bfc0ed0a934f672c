"""The seam of the program: the only writer of Parquet.

A run is a folder ``RESULTS/RUN_ID/`` with ``part-00000.parquet`` … and, under names
that dataset readers skip, ``_manifest.json``, ``_run.log`` and ``_journal.jsonl``:
rows that are safe on disk but not yet in a part.

A row is appended to the journal before it counts as done. When the journal has
``PART_ROWS`` rows, they become a Parquet part (written beside and renamed) and the
journal starts anew. Its first line names the part it will become, so that a crash
between the two steps neither loses nor repeats a row.

A run's folder may come from somebody else: what it holds is checked, and nothing is written outside it.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import fields
from io import BytesIO
from math import inf
from operator import attrgetter
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

from harness.columns import column
from harness.errors import ResultsError, warn
from harness.fieldtypes import field_types
from harness.files import write_atomically
from harness.jsontext import parse
from harness.resultrow import ResultRow
from harness.results.locations import AT_ONCE, Remote, ResultsLocation
from harness.results.parts import NUMBERED, number_of
from harness.results.rowcheck import checked_row

if TYPE_CHECKING:
    import pyarrow as pa

VERSION_KEY = "harness.schema_version"
SCHEMA_VERSION = 1  # 1: first version; later columns may be missing from its parts, and are NULL then
PART_ROWS = 20_000
_ROW_GROUP = 100_000  # rows: what DuckDB reads at once
PART_BYTES = 64 << 20  # answers can be long: whichever comes first closes the part

COLUMNS = tuple(f.name for f in fields(ResultRow))
_values = attrgetter(*COLUMNS)
_OWN_FILES = ("_lock", "_journal.jsonl", "_manifest.json", "_run.log")


def arrow_schema(record: type = ResultRow) -> pa.Schema:
    """The Arrow schema of a part, derived from the class of its rows."""
    import pyarrow as pa

    arrow = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    columns = [
        pa.field(name, arrow[field.base], nullable=field.optional)
        for name, field in field_types(record).items()
    ]
    return pa.schema(columns, metadata={VERSION_KEY: str(SCHEMA_VERSION)})


class RunWriter:
    """Appends rows to one run; one writer a run at a time. Use as a context manager."""

    part_s = inf  # seconds after which a part is closed, however few rows it has

    def __init__(self, results: Path, run_id: str) -> None:
        """Open (or reopen) the run. Raises ``ResultsError`` when it cannot be written."""
        self.folder = results / run_id
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _refuse_links(self.folder)
            self._lock = _open_lock(self.folder)
        except OSError as error:
            raise ResultsError(
                f"cannot write to {results}: {error.strerror}; choose another folder with --results"
            ) from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._lock)
            raise ResultsError(f"run {run_id} is being written by another process; wait for it") from error
        try:
            _drain_journal(self.folder)
            self._start_journal()
        except BaseException:
            os.close(self._lock)
            raise

    def append(self, row: ResultRow) -> None:
        """Put one row on disk. When this returns, the row survives ``kill -9``.

        Figures that cannot be become unknown, with a note in the row's metrics.
        """
        row = checked_row(row)
        data = _line(_values(row))
        try:
            _write_all(self._journal, data)
        except OSError as error:
            with suppress(OSError):  # the beginning of a row that is none
                os.ftruncate(self._journal, self._bytes)
            raise ResultsError(
                f"cannot write to {self.folder}: {error.strerror}; finished samples are kept, "
                f"free some space and continue with --resume {self.folder.name}"
            ) from error
        self._rows.append(row)
        self._bytes += len(data)
        full = len(self._rows) >= PART_ROWS or self._bytes >= PART_BYTES
        if full or monotonic() - self._opened >= self.part_s:
            self._close_part()
            self._start_journal()

    def write_manifest(self, manifest: Mapping[str, Any]) -> None:
        """Write ``_manifest.json``: configuration, versions, machine, times."""
        text = json.dumps(manifest, indent=2, ensure_ascii=False, default=str)
        write_atomically(self.folder / "_manifest.json", text + "\n")

    def close(self) -> None:
        """Turn what is in the journal into a part and let go of the run."""
        try:
            self._close_part()
        finally:
            os.close(self._lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start_journal(self) -> None:
        self._rows: list[ResultRow] = []
        self._part, self._opened = self._next_part(), monotonic()
        flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_APPEND | os.O_NOFOLLOW
        head = _line({"part": self._part, "schema_version": SCHEMA_VERSION})
        try:
            self._journal = os.open(self.folder / "_journal.jsonl", flags, 0o644)
            _write_all(self._journal, head)
        except OSError as error:
            raise ResultsError(f"cannot write to {self.folder}: {error.strerror}") from error
        self._bytes = len(head)

    def _next_part(self) -> str:
        numbers = [number_of(part.name) for part in self.folder.iterdir() if NUMBERED.fullmatch(part.name)]
        return f"part-{max(numbers, default=-1) + 1:05d}.parquet"

    def _close_part(self) -> None:
        os.close(self._journal)
        if self._rows:
            write_part(self.folder / self._part, self._rows)
        (self.folder / "_journal.jsonl").unlink()


def _write_all(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _refuse_links(folder: Path) -> None:
    """A run of somebody else's must not lead what is written into another file."""
    for name in _OWN_FILES:
        if (folder / name).is_symlink():
            raise ResultsError(f"{folder / name} is a link to another file; remove it")


def _open_lock(folder: Path) -> int:
    return os.open(folder / "_lock", os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o644)


def write_part(path: Path, rows: Sequence[Any]) -> None:
    """Write ``rows``, of which there is at least one, beside ``path`` and rename."""
    table = table_of(rows)
    temporary = path.with_name(f"_{path.name}.tmp")
    try:
        temporary.unlink(missing_ok=True)  # what a killed process left, or a link
        _write_table(table, temporary)
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise ResultsError(
            f"cannot write {path}: {error.strerror}; its rows are kept in the journal"
        ) from error


def table_of(rows: Sequence[Any]) -> pa.Table:
    """Rows, of which there is at least one, as a table."""
    import pyarrow as pa

    schema = arrow_schema(type(rows[0]))
    by_column = zip(*map(attrgetter(*schema.names), rows), strict=True)
    columns = [column(values, f.type) for values, f in zip(by_column, schema, strict=True)]
    return pa.Table.from_arrays(columns, schema=schema)


def parquet_bytes(table: pa.Table) -> bytes:
    """A table as a part."""
    file = BytesIO()
    _write_table(table, file)
    return file.getvalue()


def _write_table(table: pa.Table, to: Path | BytesIO) -> None:
    import pyarrow.parquet as pq

    pq.write_table(table, to, compression="zstd", row_group_size=_ROW_GROUP, write_page_checksum=True)


def import_writer() -> None:
    """Import what ``write_part`` needs: a third of a second."""
    import pyarrow.parquet  # noqa: F401


def _drain_journal(folder: Path) -> None:
    """Make a part of the journal that a killed run left. Raises ``ResultsError`` for what is no journal.

    The last line may be cut: it never counted. Other lines that are no rows are left out, with a warning.
    """
    journal = folder / "_journal.jsonl"
    try:
        head, *lines = journal.read_bytes().split(b"\n")[:-1] or [b""]
    except FileNotFoundError:
        return
    except OSError as error:
        raise ResultsError(f"cannot read {journal}: {error.strerror}") from error
    if lines:
        part = folder / _part_of(head, journal)
        rows = [row for line in lines if (row := _row_of(line)) is not None]
        if len(rows) < len(lines):
            warn(f"{journal}: {len(lines) - len(rows)} lines are no rows and are left out")
        if rows and not part.exists():
            write_part(part, rows)
    journal.unlink()


def _part_of(head: bytes, journal: Path) -> str:
    """The part that a journal will become: a file of its own folder."""
    try:
        part = parse(head)["part"]
        if NUMBERED.fullmatch(part):
            return str(part)
    except (ValueError, TypeError, LookupError):
        pass
    raise ResultsError(f"{journal}:1: names no part of this run; move the file away")


def _row_of(line: bytes) -> ResultRow | None:
    """The row of a line; ``None`` where it is none."""
    try:
        return checked_row(ResultRow(*parse(line.decode("utf-8", "replace"))))
    except (ValueError, TypeError):
        return None


def read_part(part: ResultsLocation, columns: Sequence[str] | None = None) -> pa.Table:
    """A part, or some columns of it. Raises ``ResultsError``."""
    if isinstance(part, Remote):
        return part.storage.table(part.path, columns)
    return read_table(part, str(part), columns)


def read_parts(parts: Sequence[ResultsLocation], columns: Sequence[str] | None) -> Iterator[pa.Table]:
    """Columns (``None``: all) of parts, in order; those in a storage at once. Raises ``ResultsError``."""
    if not any(isinstance(part, Remote) for part in parts):
        yield from (read_part(part, columns) for part in parts)
        return
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(lambda part: read_part(part, columns), parts)


def read_table(part: Path | BytesIO, name: str, columns: Sequence[str] | None = None) -> pa.Table:
    """What a part called ``name`` holds. Raises ``ResultsError``."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(part, page_checksum_verification=True).read(columns)
    except (OSError, pa.ArrowException) as error:
        reason = str(error).splitlines()[0]
        raise ResultsError(f"{name} cannot be read: {reason}; move it away and try again") from error


def recover(results: Path) -> None:
    """Make the rows of killed runs readable. Runs that are being written are left alone."""
    for journal in results.glob("*/_journal.jsonl"):
        with free_run(journal.parent) as free:
            if free:
                try:
                    _drain_journal(journal.parent)
                except ResultsError as error:
                    warn(str(error))


@contextmanager
def free_run(folder: Path) -> Iterator[bool]:
    """Hold the run's lock if nobody writes to it; yields whether it is held."""
    try:
        lock = _open_lock(folder)
    except OSError:  # a read-only results folder: what is in the parts can be read all the same
        yield False
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        yield False
    else:
        yield True
    finally:
        os.close(lock)
