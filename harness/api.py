"""What a notebook or a program uses: results as DataFrames, a run, the router.

Columns have the dtypes that pandas has for values that can be missing: ``Int64``, ``Float64``, ``boolean``,
``string``; ids and words of a small vocabulary are ``category``, times ``datetime64[us, UTC]``.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from numbers import Integral, Real
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from harness import interrupts
from harness.analysis import views
from harness.analysis.board import Standing
from harness.analysis.query import rows_of
from harness.analysis.standings import load_boards
from harness.errors import HarnessError, ResultsError
from harness.fieldtypes import Between, field_types
from harness.results.database import reading
from harness.results.locations import ResultsLocation, location_of
from harness.results.runs import choose_runs
from harness.routing.router import Router
from harness.rules.file import load_rules
from harness.runner.confinement import sandbox_if_any
from harness.runner.display import display
from harness.runner.plan import Selection, new_run_id, plan_of
from harness.runner.progress import Progress
from harness.runner.run import RunOptions, execute

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["Results", "Router", "load_rules", "open_results", "run"]

CATEGORIES = (
    "run_id", "suite", "suite_version", "task_id", "model", "task_type", "category", "language", "difficulty",
    "role", "context_tier", "provider", "engine", "quantization", "family", "status", "grader", "error_type",
    "timing", "price_source", "harness_version", "host", "gpu", "finish_reason",
)  # fmt: skip
_TIMES = ("started_at",)
_ASKED = {  # numbers that ``run`` takes, as the options of `harness run` have them
    "limit": Between(1), "repeats": Between(1, 10_000), "seed": Between(0, 2**31 - 1),
    "budget": Between(0), "minutes": Between(1e-3, 100_000),
}  # fmt: skip
_WHOLE = ("limit", "repeats", "seed")
Sandboxing = Literal["auto", "bwrap", "none"]
_NULLABLE = {bool: "boolean", int: "Int64", float: "Float64"}  # pandas' types for numbers that may be missing


def open_results(location: str | Path = "results", runs: str | Iterable[str] = "all") -> Results:
    """The results in a folder, or below ``s3://BUCKET/FOLDER`` (``gs://``, ``az://``).

    ``runs`` are ids or their beginnings, ``latest`` or ``all``. Raises ``ResultsError`` where there are none,
    ``UnknownName`` for a run that is not there.
    """
    try:
        opened = location_of(str(location))
    except ValueError as error:
        raise ResultsError(str(error)) from None
    wanted = [runs] if isinstance(runs, str) else [*runs]
    if not wanted or "" in wanted:
        raise HarnessError("runs names no run; there are all, latest, ids and their beginnings")
    return Results(opened, tuple(choose_runs(opened, wanted)))


@dataclass(frozen=True)
class Results:
    """The rows of some runs. Every method reads them as they are now, and gives a pandas DataFrame."""

    location: ResultsLocation
    runs: tuple[str, ...]

    def samples(self) -> pd.DataFrame:
        """One row a sample, with the columns of docs/results.md."""
        return self._frame("SELECT * FROM results ORDER BY run_id, suite, model, task_id, repeat")

    def standings(self, by: str = "suite") -> pd.DataFrame:
        """Who stands where: one row a table and model, ranked ones first.

        ``by`` is suite, task_type, category, language, difficulty, role, context_tier or overall; the first
        column has its name. Rates are fractions, times seconds, money USD. Raises ``HarnessError``.
        """
        import pandas as pd

        if by not in views.DIMENSIONS:
            raise HarnessError(f"there are no standings by {by!r}; there are: {', '.join(views.DIMENSIONS)}")
        boards = reading(self.location, self.runs, lambda con: load_boards(con, by)).get(by, ())
        types = field_types(Standing)
        lines = [(board, standing) for board in boards for standing in board.lines]
        columns = {by: [board.name for board, _ in lines]} | {
            name: [getattr(standing, name) for _, standing in lines] for name in types
        }
        dtypes = {name: _NULLABLE.get(column.base, "string") for name, column in types.items()}
        dtypes |= {by: "category", "model": "category"}
        return pd.DataFrame({name: pd.Series(columns[name], dtype=dtypes[name]) for name in columns})

    def query(self, sql: str) -> pd.DataFrame:
        """What SQL over the view ``results`` (and those of ``harness query``) gives.

        Raises ``HarnessError`` with the reason in one line.
        """
        return self._frame(sql)

    def _frame(self, sql: str) -> pd.DataFrame:
        import duckdb

        try:
            return frame_of(
                reading(
                    self.location,
                    self.runs,
                    lambda con: rows_of(con, self.location, sql).to_arrow_table(),
                )
            )
        except (duckdb.Error, OSError) as error:
            raise HarnessError(f"the query failed: {str(error).strip().splitlines()[0]}") from error


def run(
    suite: str | Iterable[str] = "all",
    models: str | Iterable[str] = "all",
    *,
    limit: int | None = None,
    repeats: int = 1,
    seed: int = 0,
    budget: float | None = None,
    minutes: float | None = None,
    results: str | Path = "results",
    config: str | Path | None = None,
    sandbox: Sandboxing = "auto",
) -> Results:
    """Measure models on suites, as ``harness run`` does, and return the results of this run.

    Suites and models are names, globs, categories or tags; ``limit`` takes the first tasks of each suite,
    ``budget`` is in USD; with ``minutes`` as many samples are taken as there is time for. Progress goes to
    stderr. In a notebook, whose event loop is taken, a thread of its own runs it. Raises ``HarnessError``;
    what is finished stays, and ``harness run --resume`` goes on.
    """
    from rich.console import Console

    asked = _asked(limit=limit, repeats=repeats, seed=seed, budget=budget, minutes=minutes)
    if sandbox not in get_args(Sandboxing):
        raise HarnessError(f"sandbox must be one of {', '.join(get_args(Sandboxing))}, not {sandbox!r:.40}")
    if "://" in str(results):
        raise HarnessError(f"a run from Python is written to a folder, not to {results}; `harness run` can")
    selection = Selection(
        _names(suite), _names(models), asked["limit"], asked["repeats"], asked["seed"], asked["budget"],
        minutes=asked["minutes"],
    )  # fmt: skip
    plan = plan_of(selection, None if config is None else Path(config))
    folder, run_id = Path(results), new_run_id(datetime.now(UTC))
    how = RunOptions(sandbox=sandbox_if_any(plan.suites, sandbox, folder))
    progress = Progress(display(Console(stderr=True, markup=False, emoji=False)))
    ours = threading.current_thread() is threading.main_thread()
    with interrupts.handled() if ours else nullcontext(), ThreadPoolExecutor(1, "harness-run") as pool:
        pool.submit(execute, plan, folder, run_id, progress, how).result()
    return open_results(folder, run_id)


def frame_of(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as a DataFrame with the dtypes that the top of this module names."""
    import pandas as pd
    import pyarrow as pa

    for index, column in enumerate(table.schema):
        if pa.types.is_decimal(column.type):
            table = table.set_column(index, column.name, table.column(index).cast(pa.float64()))
    frame: pd.DataFrame = table.to_pandas(types_mapper=_mapped)
    for index, name in enumerate(frame.columns):  # by position, since a query may name two columns alike
        column = frame.iloc[:, index]
        if column.dtype == "string" and name in CATEGORIES:
            frame.isetitem(index, column.astype("category").array)
        elif column.dtype == "string" and name in _TIMES:
            times = pd.to_datetime(column, utc=True, errors="coerce", format="ISO8601")
            frame.isetitem(index, times.dt.as_unit("us").array)
    return frame


def _mapped(kind: pa.DataType) -> Any:
    import pandas as pd
    import pyarrow.types as types

    if types.is_boolean(kind):
        return pd.BooleanDtype()
    if types.is_integer(kind):
        return pd.Int64Dtype()
    if types.is_floating(kind):
        return pd.Float64Dtype()
    return pd.StringDtype() if types.is_string(kind) or types.is_large_string(kind) else None


def _asked(**given: Any) -> dict[str, Any]:
    """The numbers that were given, as Python's own. Raises ``HarnessError`` for the first that is wrong."""
    for name, value in given.items():
        if value is None and name not in ("repeats", "seed"):
            continue
        whole = name in _WHOLE
        number = isinstance(value, Integral if whole else Real) and not isinstance(value, bool)
        if not number or not math.isfinite(value):
            raise HarnessError(f"{name} must be a {'whole ' if whole else ''}number, not {value!r:.40}")
        given[name] = int(value) if whole else float(value)
        if wrong := _ASKED[name](given[name]):
            raise HarnessError(f"{name} {wrong}")
    return given


def _names(chosen: str | Iterable[str]) -> str:
    return chosen if isinstance(chosen, str) else ",".join(chosen)
