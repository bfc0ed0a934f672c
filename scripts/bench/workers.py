"""Several workers on one run: two processes against one, and how soon a million samples are resumed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from harness.results.database import connect
from harness.results.objects import Folder
from harness.workers.items import Item, part_name
from harness.workers.leases import Leases
from harness.workers.work_queue import WorkQueue
from scripts.bench.endpoint import serving
from scripts.bench.runner import write_suite

LATENCY_S, CHUNKS = 1.0, 16
SAMPLES, MODELS = 1_000, 4
MILLION, ITEM = 1_000_000, 100
_PACE = """
    WITH asked AS (SELECT epoch(started_at::TIMESTAMPTZ) AS began, latency_s FROM results)
    SELECT count(*), max(began + latency_s) - min(began) FROM asked
"""


def measure() -> dict[str, Any]:
    """Two figures: pace and resume."""
    with tempfile.TemporaryDirectory(prefix="bench-workers-") as folder:
        root = Path(folder)
        return {"pace": pace(root), "resume": resume(root)}


def pace(root: Path) -> dict[str, Any]:
    """Samples a second between the first request and the last answer, of two workers and of one."""
    with serving(LATENCY_S, CHUNKS) as url:
        write_suite(root)
        models = [
            f"{{id: m{n}, engine: openai, provider: p{n}, base_url: '{url}', model: m}}"
            for n in range(MODELS)
        ]
        (root / "models.yaml").write_text(f"models: [{', '.join(models)}]\n")
        rates = {workers: _rate(root, workers) for workers in (1, 2)}
    return {
        "aim": "ratio >= 1.9",
        "samples": SAMPLES * MODELS,
        "one_per_s": round(rates[1], 1),
        "two_per_s": round(rates[2], 1),
        "ratio": round(rates[2] / rates[1], 3),
    }


def _rate(root: Path, workers: int) -> float:
    results = root / f"of-{workers}"
    command = [
        "run",
        "--suite",
        "bench",
        "--models",
        "m0,m1,m2,m3",
        "--on",
        "processes",
        "--workers",
        str(workers),
    ]
    subprocess.run(
        [sys.executable, "-m", "harness", *command, "--results", str(results)],
        cwd=root, env={**os.environ, "PYTHONPATH": str(Path.cwd())}, check=True, capture_output=True,
    )  # fmt: skip
    with connect(results) as con:
        ((answers, seconds),) = con.execute(_PACE).fetchall()
    return float(answers / seconds)


def resume(root: Path) -> dict[str, Any]:
    """Seconds until it is known what of a million samples is done: one listing, and the file of items."""
    objects = Folder(root / "million")
    items = [
        Item(f"m{n % 50}", "s", "1", "single", tuple(f"{n:08x}{k:08x}" for k in range(ITEM)))
        for n in range(MILLION // ITEM)
    ]
    WorkQueue(objects, Leases(objects, "0" * 8)).add(items)
    for item in items:
        (root / "million" / part_name(item, 1, "0" * 8, unsettled=False)).touch()
    queue = WorkQueue(objects, Leases(objects, "1" * 8))
    start = time.perf_counter()
    queue.refresh()
    settled = len(queue.settled())
    seconds = time.perf_counter() - start
    assert settled == MILLION
    return {"aim": "<= 10 s", "samples": settled, "parts": len(items), "seconds": round(seconds, 2)}
