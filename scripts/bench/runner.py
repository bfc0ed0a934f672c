"""The runner: how close to an endpoint's own pace, at what cost in CPU, and with a million samples."""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from harness.models.config import load_config
from harness.runner.plan import RunPlan, Selection
from harness.runner.progress import Progress
from harness.runner.run import RunOptions, execute
from harness.suites import load_suite
from scripts.bench.endpoint import serving
from scripts.bench.pairs import paired

AT_ONCE = 256
LATENCY_S = 2.0
STREAMED = 2_000
CHUNKS = 16
CPU_SAMPLES = 2_000
ROUNDS = 3
MILLION = 1_000_000

_SUITE = """\
name: bench
version: 1.0.0
category: math
language: en
description: Sums, for measuring the runner.
licence: MIT
"""
_TASKS = """\
- id: sum
  prompt: "What is {a} plus {b}? Answer with the number alone."
  grader: exact
  max_tokens: 64
  generator:
    seed: 1
    count: 1000
    parameters: {a: {range: [1, 999]}, b: {range: [1, 999]}}
    answer: a + b
    wrong: [a - b - 1]
"""


def measure() -> dict[str, Any]:
    """Three figures: pace, CPU, and scale."""
    with tempfile.TemporaryDirectory(prefix="bench-runner-") as folder:
        root = Path(folder)
        return {"pace": pace(root), "cpu": cpu(root), "million": million(root)}


def pace(root: Path) -> dict[str, Any]:
    """Wall seconds against samples × latency / requests at once. Needs a machine with nothing else to do.

    The first run of a process also imports what it needs (the openai package takes most of that), which
    is the same for two samples or two million: ``first_ratio`` has it, ``ratio`` is the second run's.
    """
    with serving(LATENCY_S, CHUNKS) as url:
        plan = _plan(root, _endpoint(url), STREAMED)
        first = _wall(lambda: _take(root, plan))
        began = time.process_time()
        wall = _wall(lambda: _take(root, plan))
        cpu = time.process_time() - began
    ideal = STREAMED * LATENCY_S / AT_ONCE
    return {
        "aim": "ratio <= 1.08",
        "samples": STREAMED,
        "latency_s": LATENCY_S,
        "at_once": AT_ONCE,
        "wall_s": round(wall, 2),
        "cpu_ms_a_sample": round(1000 * cpu / STREAMED, 2),
        "ideal_s": round(ideal, 2),
        "ratio": round(wall / ideal, 3),
        "first_ratio": round(first / ideal, 3),
    }


def cpu(root: Path) -> dict[str, Any]:
    """CPU milliseconds a sample, all included, against a bare loop of the openai package over the same."""
    with serving(0.0, CHUNKS) as url:
        plan = _plan(root, _endpoint(url), CPU_SAMPLES)
        prompts = [item.task.messages[0].content for item in plan.items()]
        figures = paired(
            lambda: _cpu_ms(lambda: _take(root, plan)),
            lambda: _cpu_ms(lambda: asyncio.run(_bare(url, prompts))),
            ROUNDS,
        )
    return {"aim": "ratio <= 0.8", "unit": "ms a sample", **figures}


def million(root: Path) -> dict[str, Any]:
    """Rows a second and resident memory of a million scripted samples; how soon its resume is through."""
    run = json.loads(_child(root, "new"))
    start = time.perf_counter()
    again = json.loads(_child(root, "resume"))
    resumed = time.perf_counter() - start
    return {
        "aim": ">= 4000 rows/s, < 400 MB, resume <= 5 s",
        "samples": run["rows"],
        "rows_per_s": round(run["rows"] / run["wall_s"]),
        "rows_per_cpu_s": round(run["rows"] / run["cpu_s"]),
        "rss_mb": round(run["rss_mb"]),
        "resume_s": round(resumed, 2),  # from the start of the process to the end of a run with nothing to do
        "resume_cpu_s": round(again["cpu_s"], 2),
        "resume_rss_mb": round(again["rss_mb"]),
    }


def _child(root: Path, begin: str) -> bytes:
    """A process of its own, so that its memory is its own."""
    return subprocess.run(
        [sys.executable, "-m", "scripts.bench.runner", str(root), begin], check=True, stdout=subprocess.PIPE
    ).stdout


def _scripted(root: Path, begin: str) -> None:
    plan = _plan(root, "", MILLION, "oracle")
    how = RunOptions("resume" if begin == "resume" else "new")
    wall = _wall(lambda: execute(plan, root / "million", "run", Progress(), how))
    rss_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"rows": plan.size, "wall_s": wall, "cpu_s": time.process_time(), "rss_mb": rss_mb}))


def write_suite(root: Path) -> Path:
    """A thousand sums at ``root/suites/bench``."""
    folder = root / "suites" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "suite.yaml").write_text(_SUITE)
    (folder / "tasks.yaml").write_text(_TASKS)
    return folder


def _plan(root: Path, model: str, samples: int, name: str = "endpoint") -> RunPlan:
    folder = write_suite(root)
    (root / "models.yaml").write_text(f"models: [{model}]\n")
    suite, config = load_suite(folder), load_config(root / "models.yaml")
    limit = min(samples, len(suite.tasks))
    selection = Selection(suite.name, name, limit, samples // limit, 0)
    return RunPlan(selection, config, (suite,), (config.models[name],))


def _endpoint(url: str) -> str:
    return (
        f"{{id: endpoint, engine: openai, provider: mine, base_url: '{url}', model: m, "
        f"limits: {{concurrency: {AT_ONCE}}}, price: {{input: 1, output: 2}}}}"
    )


def _take(root: Path, plan: RunPlan) -> None:
    with tempfile.TemporaryDirectory(dir=root) as results:
        counts = execute(plan, Path(results), "run", Progress())
    assert counts["ok"] == plan.size, counts


async def _bare(url: str, prompts: list[str]) -> None:
    """What anybody would write: as many at once, text joined, nothing else."""
    from openai import AsyncOpenAI

    gate = asyncio.Semaphore(AT_ONCE)

    async def ask(prompt: str) -> str:
        async with gate:
            stream = await client.chat.completions.create(
                model="m",
                messages=[{"role": "user", "content": prompt}],
                temperature=0.0,
                max_tokens=64,
                seed=0,
                stream=True,
                stream_options={"include_usage": True},
            )
            parts = []
            async for chunk in stream:
                if chunk.choices and chunk.choices[0].delta.content:
                    parts.append(chunk.choices[0].delta.content)
            return "".join(parts)

    async with AsyncOpenAI(base_url=url, api_key="none", max_retries=0, timeout=600.0) as client:
        answers = await asyncio.gather(*map(ask, prompts))
    assert set(answers) == {"4" * CHUNKS}


def _wall(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _cpu_ms(work: Callable[[], Any]) -> float:
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start) / CPU_SAMPLES


if __name__ == "__main__":
    _scripted(Path(sys.argv[1]), sys.argv[2])
