"""Which runs there are in a results folder, and which of them somebody means."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from harness.errors import ResultsError, UnknownName
from harness.names import nearest
from harness.results.locations import Remote, ResultsLocation
from harness.results.store import recover


def run_ids(results: ResultsLocation) -> list[str]:
    """All runs that have rows, oldest first (ids begin with the time)."""
    if isinstance(results, Path):
        recover(results)
    return sorted({part.parent.name for part in results.glob("*/part-*.parquet") if part.is_file()})


def choose_runs(results: ResultsLocation, wanted: Iterable[str]) -> list[str]:
    """Run ids for ``latest``, ``all``, ids or unique beginnings of ids."""
    ids = run_ids(results)
    if not ids:
        hint = "`harness run --suite all --models all` makes some"
        if isinstance(results, Remote):
            hint = "copy the folders of runs there"
        raise ResultsError(f"no results in {results} yet; {hint}")
    chosen: list[str] = []
    for name in wanted:
        if name in ("all", "latest"):
            chosen += ids if name == "all" else ids[-1:]
            continue
        matches = [run for run in ids if run == name] or [run for run in ids if run.startswith(name)]
        if len(matches) != 1:
            what = "more than one run begins with" if matches else "no run"
            raise UnknownName(f"{what} {name!r} in {results}{nearest(name, ids)}")
        chosen += matches
    return list(dict.fromkeys(chosen))
