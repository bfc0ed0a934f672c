"""The rows of runs in DuckDB: a view ``results`` in which every figure is possible.

Parts may come from other tools and other people. A run with a part of another shape is left out, with a
warning; figures beyond the bounds of their column (see ``ResultRow``) are NULL in the view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from harness.errors import ResultsError, warn
from harness.fieldtypes import ANY_INT, FieldType, field_types
from harness.resultrow import ResultRow
from harness.results.locations import Remote, ResultsLocation, parts_of, relist
from harness.results.runs import choose_runs, run_ids
from harness.results.store import SCHEMA_VERSION, VERSION_KEY

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

Made = TypeVar("Made")
_DECLARED = field_types(ResultRow)
_SQL_TYPES: Mapping[type, str] = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE", bool: "BOOLEAN"}
_INSTEAD: Mapping[type, str] = {str: "'unknown'", int: "0", bool: "false"}  # where NULL may not be
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
_NUMBERS = (*_WHOLE, "DOUBLE", "FLOAT")  # whole ones too, since pandas makes them floats where one is missing
_STORED_AS: Mapping[type, tuple[str, ...]] = {
    str: ("VARCHAR",), int: _NUMBERS, float: _NUMBERS, bool: ("BOOLEAN",)
}  # fmt: skip
_LISTINGS = 3  # of a run that is compacted meanwhile
_ALL_NULL = '"NULL"'
_FEW_BYTES = 1 << 20  # of parts that are read once: that is faster than planning queries over files


@dataclass(frozen=True, slots=True)
class _Part:
    """What the footer of a part says: its version, and by column the type and whether values can be NULL."""

    path: str
    version: bytes | None = None
    columns: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    broken: str | None = None  # why there is no footer

    def misfit(self) -> str | None:
        """Why it cannot be read as rows."""
        if self.broken:
            return self.broken
        if self.version != str(SCHEMA_VERSION).encode():
            has = self.version.decode("utf-8", "replace")[:20] if self.version else "none"
            return (
                f"{self.path} has schema version {has}, this one reads {SCHEMA_VERSION}; "
                "use the version of harness that wrote it, or move the run away"
            )
        for name, declared in _DECLARED.items():
            if name not in self.columns:
                if declared.required:  # the others came later: parts from before lack them
                    return f"{self.path} lacks the column {name!r}; move the run away"
            elif (stored := self.columns[name][0]) not in (*_STORED_AS[declared.base], _ALL_NULL):
                return f"{self.path}: the column {name!r} has the type {stored}; move the run away"
        return None


def connect(results: ResultsLocation, runs: Sequence[str] | None = None) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB whose view ``results`` holds the rows of ``runs`` (default: all).

    Small parts are read at once, and their rows are those of that moment; large ones are read by every query.
    A run that cannot be read is left out, with a warning. Raises ``ResultsError`` when none is left.
    """
    import duckdb

    con = duckdb.connect()
    con.execute("SET parquet_metadata_cache = true")
    parts = _sound_parts(con, results, choose_runs(results, ["all"] if runs is None else runs))
    paths = [part.path for part in parts]
    con.execute("CREATE SCHEMA parts; SET schema = 'parts'")
    if isinstance(results, Remote):
        con.from_arrow(results.storage.dataset(list(map(PurePosixPath, paths)))).create_view("stored")
    else:
        alike = len({tuple(part.columns.items()) for part in parts}) == 1
        con.read_parquet(paths, union_by_name=not alike, hive_partitioning=False).create_view("stored")
    rows = f"SELECT {', '.join(_selected(parts))} FROM parts.stored"
    if sum(_size(results, path) for path in paths) <= _FEW_BYTES:
        con.execute("SET threads = 1")  # several cost more CPU for few rows, and are no sooner done
        con.execute(f"CREATE TABLE few AS {rows}")
        con.execute("DROP VIEW stored")
        paths, rows = [], "FROM parts.few"
    con.execute("CREATE TABLE stored_in AS SELECT unnest($paths::VARCHAR[]) AS path", {"paths": paths})
    con.execute("SET schema = 'main'")
    con.execute(f"CREATE VIEW results AS {rows}")
    return con


def reading(
    results: ResultsLocation, runs: Sequence[str] | None, work: Callable[[duckdb.DuckDBPyConnection], Made]
) -> Made:
    """What ``work`` makes of the view ``results`` of these runs.

    Where pages of a part turn out to be broken, its run is left out, with a warning, and the work begun anew.
    It is begun anew, too, where somebody has compacted a run meanwhile. Raises ``ResultsError`` when no run
    can be read, and what ``work`` raises where all of them can.
    """
    import duckdb

    try:
        with connect(results, runs) as con:
            return work(con)
    except duckdb.Error:
        relist(results)
        if not run_ids(results):
            raise
        chosen = choose_runs(results, ["all"] if runs is None else runs)
        reasons = {run: reason for run in chosen if (reason := _broken(results, run))}
    with connect(results, _without(reasons, chosen)) as con:
        return work(con)


def forbid_files(con: duckdb.DuckDBPyConnection, results: ResultsLocation) -> None:
    """Take away access to files: from here on SQL reaches the rows, and nothing else of this machine.

    Arrow reads the parts from now on, since DuckDB may not. Tables that are there already stay.
    """
    paths = [path for (path,) in con.execute("FROM parts.stored_in").fetchall()]
    if paths and not isinstance(results, Remote):
        import pyarrow as pa
        import pyarrow.dataset as ds
        import pyarrow.parquet as pq

        schema = pa.unify_schemas([pq.read_schema(path) for path in paths], promote_options="permissive")
        con.execute("SET schema = 'parts'")
        con.from_arrow(ds.dataset(paths, schema=schema, format="parquet")).create_view("stored")
        con.execute("SET schema = 'main'")
    con.execute("SET python_enable_replacements = false")
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")


# --- which parts, and what of them -------------------------------------------


def _sound_parts(
    con: duckdb.DuckDBPyConnection, results: ResultsLocation, runs: Sequence[str]
) -> list[_Part]:
    """The parts of the runs that can be read; the other runs are left out, with a warning."""
    for _ in range(_LISTINGS):
        if isinstance(results, Remote):
            run_of = {str(part.path): run for run in runs for part in parts_of(results / run)}
            parts = _remote_footers(results, list(run_of))
        else:
            run_of = {str(part): run for run in runs for part in parts_of(results / run)}
            parts = _footers(con, list(run_of))
        broken = {part.path for part in parts if part.broken}
        if not broken:
            break
        relist(results)
        if all(_is_there(results, path) for path in broken):
            break
    reasons = {run_of[part.path]: reason for part in parts if (reason := part.misfit())}
    left = set(_without(reasons, runs))
    return [part for part in parts if run_of[part.path] in left]


def _is_there(results: ResultsLocation, path: str) -> bool:
    return Path(path).exists() if isinstance(results, Path) else (results / path).exists()


def _size(results: ResultsLocation, path: str) -> int:
    """Bytes of a part; 0 where it is gone, which whoever reads it will notice."""
    if isinstance(results, Remote):
        return results.storage.sizes.get(PurePosixPath(path), 0)
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def _without(reasons: Mapping[str, str], runs: Sequence[str]) -> list[str]:
    """The runs that there is no reason against. Raises ``ResultsError`` with the first reason if none is."""
    left = [run for run in runs if run not in reasons]
    if not left:
        raise ResultsError(next(iter(reasons.values())))
    for run, reason in reasons.items():
        warn(f"run {run} is left out: {reason}")
    return left


def _footers(con: duckdb.DuckDBPyConnection, paths: Sequence[str]) -> list[_Part]:
    """What the footers of local parts say: all asked at once, or one by one where one is broken."""
    import duckdb

    try:
        versions = dict(con.execute(
            "SELECT file_name, value FROM parquet_kv_metadata($files) WHERE decode(key) = $key",
            {"files": paths, "key": VERSION_KEY},
        ).fetchall())  # fmt: skip
        columns = con.execute(
            "SELECT file_name, list((name, duckdb_type, repetition_type <> 'REQUIRED') ORDER BY column_id) "
            "FROM parquet_schema($files) WHERE column_id > 0 GROUP BY file_name",
            {"files": paths},
        ).fetchall()
    except duckdb.Error as error:
        if len(paths) == 1:
            return [_Part(paths[0], broken=_unreadable(paths[0], error))]
        return [part for path in paths for part in _footers(con, [path])]
    columns_of = {path: {name: (kind, null) for name, kind, null in listed} for path, listed in columns}
    return [_Part(path, versions.get(path), columns_of.get(path, {})) for path in paths]


def _remote_footers(results: Remote, paths: Sequence[str]) -> list[_Part]:
    """The same of parts in a storage."""
    parts = []
    for path, schema in results.storage.schemas(list(map(PurePosixPath, paths))).items():
        if isinstance(schema, str):
            parts.append(_Part(str(path), broken=schema))
            continue
        version = (schema.metadata or {}).get(VERSION_KEY.encode())
        parts.append(_Part(str(path), version, {f.name: (_sql_type(f.type), f.nullable) for f in schema}))
    return parts


def _sql_type(kind: pa.DataType) -> str:
    """The name that DuckDB has for a type of Arrow."""
    import pyarrow.types as types

    if types.is_dictionary(kind):
        kind = kind.value_type
    for name, fits in (
        ("VARCHAR", types.is_string), ("VARCHAR", types.is_large_string), ("BIGINT", types.is_integer),
        ("DOUBLE", types.is_floating), ("BOOLEAN", types.is_boolean), (_ALL_NULL, types.is_null),
    ):  # fmt: skip
        if fits(kind):
            return name
    return str(kind)


def _broken(results: ResultsLocation, run: str) -> str | None:
    """Why the rows of a run cannot be read; everything is, once."""
    import duckdb

    try:
        with connect(results, [run]) as con:
            con.execute("SELECT bit_xor(hash(COLUMNS(*))) FROM results").fetchall()
    except duckdb.Error as error:
        return _unreadable(str(results / run), error)
    except ResultsError as error:
        return str(error)
    return None


def _unreadable(path: str, error: Exception) -> str:
    return f"{path} cannot be read: {str(error).strip().splitlines()[0]}; move the run away"


def _selected(parts: Sequence[_Part]) -> Iterator[str]:
    """The columns of the view, each as it can be."""
    for name, declared in _DECLARED.items():
        stored = [part.columns[name] for part in parts if name in part.columns]
        column = _possible(name, declared, {sql_type for sql_type, _ in stored}) if stored else "NULL"
        if not declared.optional and (column != name or any(null for _, null in stored)):
            column = f"coalesce({column}, {_INSTEAD[declared.base]})"
        yield name if column == name else f"CAST({column} AS {_SQL_TYPES[declared.base]}) AS {name}"


def _possible(name: str, declared: FieldType, stored: set[str]) -> str:
    """The column where it is within its bounds; the column itself where it cannot be beyond them."""
    if declared.base in (str, bool):
        return name
    if declared.bounds == ANY_INT:
        return name if stored == {"BIGINT"} else f"TRY_CAST({name} AS BIGINT)"
    within = f"{name} BETWEEN {declared.bounds.low!r} AND {declared.bounds.high!r}"
    if not stored <= set(_WHOLE):  # statistics of a part know no NaN, and the bounds may be decided by them
        within = f"isfinite({name}) AND {within}"
    return f"CASE WHEN {within} THEN {name} END"
