"""What is done with many parts: a run of a million samples is resumed, and parts of workers are compacted."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from harness.results.compaction import compact
from harness.results.objects import Folder
from harness.results.runs import run_ids
from harness.results.store import parquet_bytes
from harness.runner.finished import finished
from scripts.bench.reports import generate

_ROWS, _PARTS, _ITEM = 1_000_000, 200, 100  # rows of the run; parts of one item each, and its rows


def measure() -> dict[str, Any]:
    """Seconds until it is known what a million samples still need, and rows a second of a compaction."""
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder)
        generate(results, _ROWS)
        (run_id,) = run_ids(results)
        start = time.perf_counter()
        samples = len(finished(results, run_id).samples)
        resume = time.perf_counter() - start
        rows = pq.read_table(results / run_id / "part-00000.parquet", partitioning=None)
        small = results / "small"
        small.mkdir()
        for number in range(_PARTS):
            part = parquet_bytes(rows.slice(number * _ITEM % (len(rows) - _ITEM), _ITEM))
            (small / f"part-{number:05d}.parquet").write_bytes(part)
        start = time.perf_counter()
        compact(Folder(results), small.name)
        compaction = time.perf_counter() - start
    return {
        "resume": {"samples": samples, "wall_s": round(resume, 2), "aim": "1,000,000 samples <= 10 s"},
        "compaction": {"parts": _PARTS, "rows_per_s": round(_PARTS * _ITEM / compaction)},
    }
