"""Many small parts of a run become few.

A part is made of the rows of others and put beside them; then they are deleted. ``parts`` says why neither a
kill in between, nor another machine that does the same, nor a run that goes on writing makes a row count
twice, or not at all. Whoever starts it again goes on where it stopped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from harness.errors import ResultsError, warn
from harness.results.objects import Listed, Objects, put_once
from harness.results.parts import (
    MERGED_KEY,
    PART,
    covered_by,
    current,
    is_merged,
    merged_name,
    number_of,
    superseded,
)
from harness.results.store import VERSION_KEY, arrow_schema, parquet_bytes, read_table

if TYPE_CHECKING:
    import pyarrow as pa

SMALL = 8 << 20  # bytes: a larger part is left as it is
ROWS, MEMORY = 200_000, 256 << 20  # rows and bytes, unpacked, of which one part is made


@dataclass(frozen=True, slots=True)
class Compacted:
    """What became of a run: parts before and after, the rows that were written anew."""

    before: int
    after: int
    rows: int


@dataclass(frozen=True, slots=True)
class _Input:
    name: str
    covers: Set[str]
    rows: pa.Table


def compact(objects: Objects, run_id: str) -> Compacted:
    """Make few parts of the many of a run. Raises ``ResultsError``.

    What is no part of this version stays as it is, with a warning.
    """
    listed = list_parts(objects, run_id)
    covers = {name: covers_of(objects, f"{run_id}/{name}") for name in listed}
    done = superseded(covers)
    _delete(objects, run_id, done)
    before = len(current(covers))
    left, rows = len(covers) - len(done), 0
    for batch in _batches(objects, [entry for name, entry in listed.items() if name not in done]):
        merged = _merge(objects, run_id, batch)
        rows += merged
        left -= len(batch) - 1 if merged else 0
    return Compacted(before, left, rows)


def list_parts(objects: Objects, run_id: str) -> dict[str, Listed]:
    """The parts of a run by name, in order."""
    names = ((entry.name.removeprefix(f"{run_id}/"), entry) for entry in objects.list(run_id))
    return dict(sorted((name, entry) for name, entry in names if PART.fullmatch(name)))


def covers_of(objects: Objects, path: str) -> Set[str]:
    """The parts whose rows a part has. Only merged parts are read for that."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    name = path.rpartition("/")[2]
    if is_merged(name) and (stored := objects.get(path)) is not None:
        try:
            return covered_by(name, pq.read_metadata(BytesIO(stored.content)).metadata)
        except (OSError, pa.ArrowException):
            pass  # it will be told when its rows are read
    return frozenset([name])


def _batches(objects: Objects, parts: Iterable[Listed]) -> Iterator[list[_Input]]:
    """Parts that lie side by side and become one."""
    batch: list[_Input] = []
    rows, memory = 0, 0
    for entry in parts:
        part = _read(objects, entry.name) if entry.size < SMALL else None
        if part is not None:
            batch.append(part)
            rows, memory = rows + len(part.rows), memory + part.rows.nbytes
        if part is None or rows >= ROWS or memory >= MEMORY:
            if len(batch) > 1:
                yield batch
            batch, rows, memory = [], 0, 0
    if len(batch) > 1:
        yield batch


def _read(objects: Objects, path: str) -> _Input | None:
    """A part with its rows as this version stores them; ``None`` where that would lose something."""
    stored = objects.get(path)
    if stored is None:  # another compaction was quicker
        return None
    try:
        table = read_table(BytesIO(stored.content), path)
        name = path.rpartition("/")[2]
        return _Input(name, covered_by(name, table.schema.metadata), conformed(table))
    except (ResultsError, ValueError) as error:  # Arrow's are ``ValueError`` too
        warn(f"{path} stays as it is: {str(error).splitlines()[0]}")
        return None


def conformed(table: pa.Table) -> pa.Table:
    """The rows with the columns of this version. Raises ``ValueError`` where something would be lost."""
    import pyarrow as pa

    schema = arrow_schema()
    if table.schema.metadata is None or not _same_version(table.schema.metadata, schema.metadata):
        raise ValueError("it has another schema version")
    if unknown := set(table.column_names) - set(schema.names):
        raise ValueError(f"this version does not know its column {min(unknown)!r}")
    columns = []
    for field in schema:
        if field.name in table.column_names:
            column = table[field.name].cast(field.type)
        else:
            column = pa.nulls(len(table), field.type)
        if column.null_count and not field.nullable:
            raise ValueError(f"its column {field.name!r} lacks values")
        columns.append(column)
    return pa.Table.from_arrays(columns, schema=schema)


def _same_version(one: dict[bytes, bytes], other: dict[bytes, bytes]) -> bool:
    return one.get(VERSION_KEY.encode()) == other.get(VERSION_KEY.encode())


def _merge(objects: Objects, run_id: str, batch: Sequence[_Input]) -> int:
    """Make one part of a batch, and delete what it was made of. Returns its rows.

    Nothing is done, and 0 returned, where somebody else was quicker with one of them.
    """
    import pyarrow as pa

    if not {part.name for part in batch} <= list_parts(objects, run_id).keys():
        return 0
    rows = _distinct(pa.concat_tables([part.rows for part in batch]))
    covers = sorted(set().union(*(part.covers for part in batch)))
    merged = rows.replace_schema_metadata({**rows.schema.metadata, MERGED_KEY: "\n".join(covers)})
    content = parquet_bytes(merged)
    digest = hashlib.sha256(content).hexdigest()
    name = merged_name(max(number_of(part.name) for part in batch), digest)
    put_once(objects, f"{run_id}/{name}", content)
    _delete(objects, run_id, [part.name for part in batch if part.name != name])
    return len(rows)


def _distinct(rows: pa.Table) -> pa.Table:
    """The rows, of those that are alike in every column one."""
    import pyarrow.compute as pc

    if len(pc.unique(rows["sample_id"])) == len(rows):
        return rows
    return rows.group_by(rows.column_names, use_threads=False).aggregate([]).cast(rows.schema)


def _delete(objects: Objects, run_id: str, names: Iterable[str]) -> None:
    for name in sorted(names):
        objects.delete(f"{run_id}/{name}")
