"""Results folders of others: parts, journals, manifests and observations, damaged."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from harness.analysis.standings import load_boards
from harness.observationrow import Observation
from harness.results.database import reading
from harness.results.manifests import read_manifests
from harness.results.observations import ObservationLog, read_observations
from harness.results.store import RunWriter
from scripts.fuzz.holding import one_line_at_most
from tests import strategies
from tests.rows import answers, row, write

RUN = "20261101-120000-aaaa"
CALL = Observation("2026-11-01T12:00:00+00:00", "m", "coder", "code", "beginner", 7.5, 120, 50, 0.01, True)


@cache
def right_files() -> Mapping[str, bytes]:
    """A small results folder: a finished part, one that is still being written, a manifest, calls."""
    with tempfile.TemporaryDirectory() as temporary:
        results = Path(temporary)
        write(results, [*answers("a", "1101"), *answers("b", "0101")])
        writer = RunWriter(results, RUN)
        writer.append(row(model="c"))
        writer.write_manifest({"run_id": RUN, "selection": {"suites": "math"}})
        log = ObservationLog(results)
        log.append(CALL)
        files = {str(path.relative_to(results)): path.read_bytes() for path in _files(results)}
        log.close()
        files |= {
            str(path.relative_to(results)): path.read_bytes() for path in results.glob("obs*/*.parquet")
        }
        writer.close()
    return files


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size]


@st.composite
def folders(draw: st.DrawFn) -> Mapping[str, bytes]:
    """The files of a results folder, of which one or two are damaged."""
    files = dict(right_files())
    for name in draw(st.sets(st.sampled_from(sorted(files)), min_size=1, max_size=2)):
        files[name] = draw(strategies.damaged_bytes(files[name]))
    return files


def check_stored(files: Mapping[str, bytes]) -> None:
    """A results folder → standings, manifests, calls; and it can be written to."""
    with tempfile.TemporaryDirectory(prefix="harness-fuzz-") as temporary:
        results = Path(temporary)
        for name, data in files.items():
            (results / name).parent.mkdir(parents=True, exist_ok=True)
            (results / name).write_bytes(data)
        before = set(results.parent.glob("*.parquet"))
        with one_line_at_most():
            reading(results, None, lambda con: load_boards(con, "suite"))
        with one_line_at_most():
            read_manifests(results, [RUN])
        with one_line_at_most():
            read_observations(results)
        with one_line_at_most(), RunWriter(results, RUN) as writer:
            writer.append(row(model="d"))
        assert set(results.parent.glob("*.parquet")) == before
