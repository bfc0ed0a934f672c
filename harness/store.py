"""The seam of the program: the only writer of Parquet, and the DuckDB view over it.

A run is a folder ``RESULTS/RUN_ID/`` with ``part-00000.parquet`` … and, under names
that dataset readers skip, ``_manifest.json``, ``_run.log`` and ``_journal.jsonl``:
rows that are safe on disk but not yet in a part.

A row is appended to the journal before it counts as done. When the journal has
``PART_ROWS`` rows, they become a Parquet part (written beside and renamed) and the
journal starts anew. Its first line names the part it will become, so that a crash
between the two steps neither loses nor repeats a row.
"""

from __future__ import annotations

import fcntl
import json
import os
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, Union, get_args, get_origin, get_type_hints

from harness.errors import ResultsError, UnknownName
from harness.files import write_atomically
from harness.names import nearest
from harness.places import Place, Remote
from harness.records import Observation, ResultRow

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_VERSION_KEY = "harness.schema_version"
SCHEMA_VERSION = 1  # 1: first version; later columns may be missing from its parts, and are NULL then
PART_ROWS = 20_000
PART_BYTES = 64 << 20  # answers can be long: whichever comes first closes the part

COLUMNS = tuple(f.name for f in fields(ResultRow))
_values = attrgetter(*COLUMNS)


def arrow_schema(record: type = ResultRow) -> pa.Schema:
    """The Arrow schema of a part, derived from the class of its rows."""
    import pyarrow as pa

    arrow = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    hints = get_type_hints(record)
    names = [f.name for f in fields(record)]
    columns = [pa.field(name, arrow[_base(hints[name])], nullable=_optional(hints[name])) for name in names]
    return pa.schema(columns, metadata={_VERSION_KEY: str(SCHEMA_VERSION)})


def _optional(hint: Any) -> bool:
    return type(None) in get_args(hint)


def _base(hint: Any) -> type:
    """The plain type behind ``T | None`` and ``Literal["a", …]``."""
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(arg for arg in get_args(hint) if arg is not type(None))
    return hint if isinstance(hint, type) else type(get_args(hint)[0])


# --- writing -----------------------------------------------------------------


class RunWriter:
    """Appends rows to one run; one writer a run at a time. Use as a context manager."""

    def __init__(self, results: Path, run_id: str) -> None:
        """Open (or reopen) the run. Raises ``ResultsError`` when it cannot be written."""
        self.folder = results / run_id
        self._rows: list[ResultRow] = []
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(self.folder / "_lock", os.O_CREAT | os.O_RDWR, 0o644)
        except OSError as error:
            raise ResultsError(
                f"cannot write to {results}: {error.strerror}; choose another folder with --results"
            ) from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._lock)
            raise ResultsError(f"run {run_id} is being written by another process; wait for it") from error
        _drain_journal(self.folder)
        self._start_journal()

    def append(self, row: ResultRow) -> None:
        """Put one row on disk. When this returns, the row survives ``kill -9``."""
        line = json.dumps(_values(row), ensure_ascii=False)
        data = line.encode("utf-8", "surrogatepass") + b"\n"
        try:
            _write_all(self._journal, data)
        except OSError as error:
            raise ResultsError(
                f"cannot write to {self.folder}: {error.strerror}; finished samples are kept, "
                f"free some space and continue with --resume {self.folder.name}"
            ) from error
        self._rows.append(row)
        self._bytes += len(data)
        if len(self._rows) >= PART_ROWS or self._bytes >= PART_BYTES:
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
        self._rows, self._bytes = [], 0
        self._part = _next_part(self.folder)
        flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_APPEND
        self._journal = os.open(self.folder / "_journal.jsonl", flags, 0o644)
        head = {"part": self._part, "schema_version": SCHEMA_VERSION}
        _write_all(self._journal, json.dumps(head).encode() + b"\n")

    def _close_part(self) -> None:
        os.close(self._journal)
        if self._rows:
            write_part(self.folder / self._part, self._rows)
        (self.folder / "_journal.jsonl").unlink()


def _write_all(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def _next_part(folder: Path) -> str:
    numbers = [int(part.stem.removeprefix("part-")) for part in folder.glob("part-*.parquet")]
    return f"part-{max(numbers, default=-1) + 1:05d}.parquet"


def write_part(path: Path, rows: Sequence[ResultRow] | Sequence[Observation]) -> None:
    """Write ``rows``, of which there is at least one, beside ``path`` and rename."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = arrow_schema(type(rows[0]))
    by_column = zip(*map(attrgetter(*schema.names), rows), strict=True)
    columns = [_array(values, f.type) for values, f in zip(by_column, schema, strict=True)]
    temporary = path.with_name(f"_{path.name}.tmp")
    try:
        pq.write_table(pa.Table.from_arrays(columns, schema=schema), temporary, compression="zstd")
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise ResultsError(
            f"cannot write {path}: {error.strerror}; its rows are kept in the journal"
        ) from error


def import_writer() -> None:
    """Import what ``write_part`` needs: most of a second, since the first array imports pandas too."""
    import pyarrow as pa
    import pyarrow.parquet

    pa.array([], pa.string())


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """Parquet strings are UTF-8: a lone surrogate in a model's answer becomes ``?``."""
    import pyarrow as pa

    try:
        return pa.array(values, type=kind)
    except UnicodeEncodeError:
        plain = [value and value.encode("utf-8", "replace").decode() for value in values]
        return pa.array(plain, type=kind)


def _drain_journal(folder: Path) -> None:
    """Make a part of the journal that a killed run left. The last line may be cut: it never counted."""
    journal = folder / "_journal.jsonl"
    try:
        lines = journal.read_bytes().decode("utf-8", "surrogatepass").split("\n")[:-1]
    except FileNotFoundError:
        return
    if lines:
        part = folder / json.loads(lines[0])["part"]
        rows = [ResultRow(*json.loads(line)) for line in lines[1:]]
        if rows and not part.exists():
            write_part(part, rows)
    journal.unlink()


def rewrite(results: Path, run_id: str, change: Callable[[list[ResultRow]], list[ResultRow]]) -> int:
    """Replace the rows of a run part by part by what ``change`` makes of them; returns how many differ.

    For what is derived from an answer (verdict, price), never for the answer. Each part is
    replaced at once. Raises ``ResultsError`` when the run is being written.
    """
    import pyarrow.parquet as pq

    changed = 0
    with RunWriter(results, run_id):  # holds the run's lock, and has made a part of what was left
        for part in sorted((results / run_id).glob("part-*.parquet")):
            table = pq.read_table(part, partitioning=None)
            before = [ResultRow(**row) for row in table.to_pylist()]
            after = change(before)
            different = sum(old != new for old, new in zip(before, after, strict=True))
            if different:
                write_part(part, after)
            changed += different
    return changed


def recover(results: Path) -> None:
    """Make the rows of killed runs readable. Runs that are being written are left alone."""
    for journal in results.glob("*/_journal.jsonl"):
        with _free_run(journal.parent) as free:
            if free:
                _drain_journal(journal.parent)


@contextmanager
def _free_run(folder: Path) -> Iterator[bool]:
    """Hold the run's lock if nobody writes to it; yields whether it is held."""
    try:
        lock = os.open(folder / "_lock", os.O_CREAT | os.O_RDWR, 0o644)
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


# --- reading -----------------------------------------------------------------


def run_ids(results: Place) -> list[str]:
    """All runs that have rows, oldest first (ids begin with the time)."""
    if isinstance(results, Path):
        recover(results)
    return sorted({part.parent.name for part in results.glob("*/part-*.parquet")})


def choose_runs(results: Place, wanted: Iterable[str]) -> list[str]:
    """Run ids for ``latest``, ``all``, ids or unique beginnings of ids."""
    known = run_ids(results)
    if not known:
        mend = "`harness run --suite all --models all` makes some"
        if isinstance(results, Remote):
            mend = "copy the folders of runs there"
        raise ResultsError(f"no results in {results} yet; {mend}")
    chosen: list[str] = []
    for name in wanted:
        if name in ("all", "latest"):
            chosen += known if name == "all" else known[-1:]
            continue
        matches = [run for run in known if run == name] or [run for run in known if run.startswith(name)]
        if len(matches) != 1:
            what = "more than one run begins with" if matches else "no run"
            raise UnknownName(f"{what} {name!r} in {results}{nearest(name, known)}")
        chosen += matches
    return list(dict.fromkeys(chosen))


def connect(results: Place, runs: Sequence[str] | None = None) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB whose view ``results`` holds the rows of ``runs`` (default: all)."""
    import duckdb

    chosen = choose_runs(results, runs if runs is not None else ["all"])
    con = duckdb.connect()
    if isinstance(results, Remote):
        parts = [part.path for run in chosen for part in (results / run).glob("part-*.parquet")]
        rows = results.storage.dataset(parts)
        written = {part.path: part.physical_schema.metadata or {} for part in rows.get_fragments()}
        _check_versions({path: said.get(_VERSION_KEY.encode()) for path, said in written.items()})
        return con.register("results", rows)
    files = [str(part) for run in chosen for part in sorted((results / run).glob("part-*.parquet"))]
    con.execute("SET parquet_metadata_cache = true")
    try:
        said = con.execute(
            "SELECT file_name, value FROM parquet_kv_metadata($files) WHERE decode(key) = $key",
            {"files": files, "key": _VERSION_KEY},
        ).fetchall()
        _check_versions(dict.fromkeys(files) | dict(said))
        con.read_parquet(files, union_by_name=not _alike(con, files), hive_partitioning=False).create_view(
            "results"
        )
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise ResultsError(
            f"a part in {results} cannot be read: {reason}; move it away and try again"
        ) from error
    return con


def _alike(con: duckdb.DuckDBPyConnection, files: Sequence[str]) -> bool:
    """Whether all parts have the same columns: then a query need not look into each to be planned."""
    found = con.execute(
        "SELECT count(*) AS parts FROM parquet_schema($files) GROUP BY name, type, converted_type",
        {"files": files},
    ).fetchall()
    return all(parts == len(files) for (parts,) in found)


def _check_versions(found: Mapping[str, bytes | None]) -> None:
    """Raise ``ResultsError`` for a part of another version, or of none."""
    for file, version in found.items():
        if version != str(SCHEMA_VERSION).encode():
            has = version.decode() if version else "none"
            raise ResultsError(
                f"{file} has schema version {has}, this one reads {SCHEMA_VERSION}; "
                "use the version of harness that wrote it, or move the run away"
            )


def read_manifests(results: Place, runs: Iterable[str]) -> list[dict[str, Any]]:
    """The manifests of ``runs``, in order; a run without one gives just its id."""
    found = []
    for run in runs:
        path = results / run / "_manifest.json"
        found.append(json.loads(path.read_text("utf-8")) if path.exists() else {"run_id": run})
    return found
