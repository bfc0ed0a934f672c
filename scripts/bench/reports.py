"""Reports over a million rows (and ten million, with ``HARNESS_BENCH_ROWS=10000000``): seconds and memory.

Beside them stands, in the same run, DuckDB's own scan of the columns that standings are made of.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from harness.results.database import connect
from harness.results.store import COLUMNS, PART_ROWS, arrow_schema

MODELS, SUITES = 50, 20
AIMS = {  # set in seconds where the scan took 0.18 s (a million rows) and 1.0 s (ten million)
    1_000_000: "standings <= 8.3 scans (1.5 s there); report <= 33 scans (6 s)",
    10_000_000: "standings <= 8 scans (8 s there); report <= 25 scans (25 s) and <= 1.5 GB",
}
SCANNED = (
    "suite, task_id, task_sha256, task_type, category, language, difficulty, role, context_tier, run_id, "
    "model, baseline, repeat, status, error_type, passed, score, timing, ttft_s, latency_s, decode_tps, "
    "prompt_tokens, completion_tokens, output_chars, cost_usd"
)

# A season as it might be: abilities and difficulties on one scale, prices and speeds over three decades, some
# failed calls, some noisy timings, models without a price. Every figure follows from the ids alone.
_ROWS = """
WITH numbered AS (
    SELECT m, s, t, hash(m, s, t, 1) / 18446744073709551616.0 AS luck,
        hash(s, t, 2) / 18446744073709551616.0 AS hardness,
        hash(m, s, t, 3) / 18446744073709551616.0 AS noise,
        hash(m, s, 4) / 18446744073709551616.0 AS skill
    FROM (SELECT $m AS m), range($suites) AS suites(s), range($tasks) AS tasks(t)
),
judged AS (
    SELECT *,
        CASE WHEN m % 9 = 8 AND s = 7 THEN 'skipped' WHEN noise < 0.01 THEN 'error' ELSE 'ok' END AS status,
        luck < 1 / (1 + exp(4 * (hardness - 0.3 - 0.4 * m / 50 - 0.3 * skill))) AS passed,
        0.05 * pow(10, (m * 7 % 50) / 25) * (0.5 + 2 * noise ^ 3) AS seconds,
        20 + (hardness * 400)::BIGINT AS tokens
    FROM numbered
)
SELECT
    '20261101-120000-b0b0' AS run_id, left(md5(concat_ws('/', m, s, t)), 16) AS sample_id,
    printf('suite-%02d', s) AS suite, '1.0.0' AS suite_version, printf('task-%05d', t) AS task_id,
    printf('maker/model-%02d', m) AS model, 0 AS repeat, 0 AS seed,
    ['code', 'math', 'writing', 'analysis', 'classification'][1 + s % 5] AS task_type,
    printf('category-%d', t % 4) AS category, ['en', 'rust', 'go'][1 + s % 3] AS language,
    ['beginner', 'intermediate', 'advanced'][1 + t % 3] AS difficulty,
    ['coder', 'analyst', 'writer', 'planner'][1 + s % 4] AS role,
    ['short', 'medium', 'long'][1 + t % 3] AS context_tier, 'provider' AS provider, 'openai' AS engine,
    NULL AS quantization, printf('family-%d', m % 7) AS family, false AS baseline, status,
    CASE WHEN status = 'ok' THEN passed END AS passed, CASE WHEN status = 'ok' THEN passed::INT END AS score,
    'exact' AS grader,
    CASE WHEN status = 'error' THEN 'timeout' WHEN status = 'skipped' THEN 'no_sandbox'
         WHEN NOT passed THEN 'wrong_answer' END AS error_type,
    NULL AS error, '{}' AS metrics,
    strftime(TIMESTAMP '2026-11-01 12:00:00' + INTERVAL 1 SECOND * t, '%Y-%m-%dT%H:%M:%S+00:00')
        AS started_at,
    0.0 AS queue_s, NULL AS load_s, seconds / 8 AS ttft_s, seconds AS latency_s, 300 AS prompt_tokens,
    tokens AS completion_tokens,
    NULL AS reasoning_tokens, NULL AS cached_tokens, tokens / (0.9 * seconds) AS decode_tps,
    NULL AS prefill_tps, 4 * tokens AS output_chars,
    CASE WHEN noise BETWEEN 0.5 AND 0.55 THEN 'contended' ELSE 'measured' END AS timing, 1 AS attempts,
    CASE WHEN m % 5 > 0 THEN 1e-7 * pow(10, m * 3 % 50 / 20) * tokens END AS cost_usd,
    'snapshot' AS price_source, '2026-11-01' AS price_date,
    sha256(concat_ws('/', s, t, 'prompt')) AS prompt_sha256, sha256(concat_ws('/', s, t)) AS task_sha256,
    NULL AS model_revision, '0.1.0' AS harness_version, NULL AS git_sha, 'host' AS host, NULL AS gpu,
    md5(concat_ws('/', m, s, t, 'answer')) AS output, 'stop' AS finish_reason,
    'pass' AS measure
FROM judged
"""


def generate(results: Path, rows: int) -> None:
    """Write a run of about ``rows`` rows in parts of the usual size."""
    import duckdb
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = results / "20261101-120000-b0b0"
    folder.mkdir(parents=True)
    schema, number = arrow_schema(), 0
    con = duckdb.connect()
    for m in range(MODELS):
        given = {"m": m, "suites": SUITES, "tasks": rows // MODELS // SUITES}
        made = con.sql(_ROWS, params=given).to_arrow_table()
        # A column that the season does not have is empty, as in rows of before it was there.
        columns = [made[name] if name in made.schema.names else pa.nulls(len(made)) for name in COLUMNS]
        table = pa.table(columns, names=list(COLUMNS)).cast(schema)
        for start in range(0, len(table), PART_ROWS):
            part = folder / f"part-{number:05d}.parquet"
            pq.write_table(table.slice(start, PART_ROWS), part, compression="zstd")
            number += 1


def measure() -> dict[str, Any]:
    """Wall and processor seconds and memory of the commands, from their start to the end of their output."""
    rows = int(os.environ.get("HARNESS_BENCH_ROWS", "1000000"))
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results"
        generate(results, rows)
        scans, commands = [_scan_apart(results)], {}
        for name in _COMMANDS:
            commands[name] = _measured(name, results)
            scans.append(_scan_apart(results))
    scan_s = median(scans)
    for measured in commands.values():
        measured["scans"] = round(measured["wall_s"] / scan_s, 1)
    about = {
        "rows": rows,
        "models": MODELS,
        "suites": SUITES,
        "aim": AIMS.get(rows),
        "scan_s": round(scan_s, 2),
    }
    return {**about, **commands}


def _scan(results: Path) -> float:
    """Seconds in which results are opened and each value of ``SCANNED`` is hashed, by DuckDB alone.

    ``count`` would read no value, and ``max`` would compare strings, too.
    """
    start = time.perf_counter()
    with connect(results) as con:
        con.execute(f"SELECT bit_xor(hash(COLUMNS(*))) FROM (SELECT {SCANNED} FROM results)").fetchall()
    return time.perf_counter() - start


def _scan_apart(results: Path) -> float:
    """The same in a process of its own, as the commands are."""
    command = [sys.executable, "-m", "scripts.bench.reports", "scan", str(results)]
    return float(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


_COMMANDS: dict[str, tuple[int, tuple[str, ...]]] = {  # columns of the terminal, and what is asked
    "standings": (80, ("standings",)),
    "standings, wide": (160, ("standings",)),  # with percentiles
    "report": (80, ("report", "--out", "{out}")),
}


def _measured(name: str, results: Path) -> dict[str, float]:
    """One command in a process of its own."""
    columns, words = _COMMANDS[name]
    arguments = [word.format(out=results.parent / "out") for word in words]
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "harness", *arguments, "--results", str(results)],
        stdout=subprocess.DEVNULL,
        env={**os.environ, "COLUMNS": str(columns)},
    )
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"harness {' '.join(arguments)} failed")
    return {
        "wall_s": round(time.perf_counter() - start, 2),
        "cpu_s": round(used.ru_utime + used.ru_stime, 2),
        "memory_gb": round(used.ru_maxrss / 1e6, 2),
    }


if __name__ == "__main__":
    step, folder = sys.argv[1], Path(sys.argv[2])
    print(_scan(folder) if step == "scan" else json.dumps(_measured(step, folder)))
