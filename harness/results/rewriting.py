"""What is derived from answers (verdicts, prices) is put into rows that are there."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from harness.errors import ResultsError
from harness.resultrow import ResultRow
from harness.results.locations import ResultsLocation, objects_of, parts_of
from harness.results.objects import Objects, Stored, put_once
from harness.results.parts import MERGED_KEY, covered_by, merged_name, number_of, sent_name
from harness.results.rowcheck import checked_row
from harness.results.store import COLUMNS, RunWriter, parquet_bytes, read_table, table_of

if TYPE_CHECKING:
    import pyarrow as pa

Change = Callable[[list[ResultRow]], list[ResultRow]]


def rewrite(results: ResultsLocation, run_id: str, change: Change) -> int:
    """Replace the rows of a run part by part by what ``change`` makes of them; returns how many differ.

    For what is derived from an answer (verdict, price), never for the answer. Each part is
    replaced at once. Raises ``ResultsError``; in a folder also when the run is being written.
    """
    objects, changed = objects_of(results), 0
    with _unwritten(results, run_id), alone(results, run_id):
        for part in parts_of(results / run_id):
            changed += _rewrite(objects, f"{run_id}/{part.name}", change)
    return changed


@contextmanager
def _unwritten(results: ResultsLocation, run_id: str) -> Iterator[None]:
    """Hold the run's lock; what a killed process left is a part by then. In a storage there is none."""
    if isinstance(results, Path):
        with RunWriter(results, run_id):
            yield
    else:
        yield


@contextmanager
def alone(results: ResultsLocation, run_id: str) -> Iterator[None]:
    """Whoever replaces parts of a run in a folder waits for others who do. In a storage nobody can."""
    if not isinstance(results, Path):
        yield
        return
    try:
        lock = os.open(results / run_id / "_parts_lock", os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o644)
    except OSError as error:
        raise ResultsError(f"cannot write to {results / run_id}: {error.strerror}") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _rewrite(objects: Objects, name: str, change: Change) -> int:
    """Replace a part. Returns how many rows differ."""
    stored = objects.get(name)
    if stored is None:
        raise ResultsError(f"{name} is gone: somebody compacts the run; do it again")
    table = read_table(BytesIO(stored.content), name)
    before = rows_of(table, name)
    after = change(before)
    different = sum(old != new for old, new in zip(before, after, strict=True))
    if different:
        _replace(objects, name, stored, table, table_of(after))
    return different


def _replace(objects: Objects, path: str, stored: Stored, old: pa.Table, new: pa.Table) -> None:
    """Put rows in the place of others. A part that is called by its content becomes one of another name."""
    folder, _, name = path.rpartition("/")
    if sent_name(name, "") == name:
        covers = covered_by(name, old.schema.metadata)
        metadata = {**new.schema.metadata, MERGED_KEY: "\n".join(sorted(covers))}
        content = parquet_bytes(new.replace_schema_metadata(metadata))
        digest = hashlib.sha256(content).hexdigest()
        put_once(objects, f"{folder}/{merged_name(number_of(name), digest)}", content)
        objects.delete(path)
    elif objects.put(path, parquet_bytes(new), over=stored.tag) is None:
        raise ResultsError(f"{path} was changed by somebody else meanwhile; do it again")


def rows_of(table: pa.Table, name: str) -> list[ResultRow]:
    """The rows of a part. Raises ``ResultsError``."""
    columns = [column for column in table.column_names if column in COLUMNS]
    try:
        return [checked_row(ResultRow(**row)) for row in table.select(columns).to_pylist()]
    except (ValueError, TypeError) as error:
        raise ResultsError(f"{name} holds no rows of this version: {error}; move it away") from error
