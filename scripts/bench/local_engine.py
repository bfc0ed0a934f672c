"""Tokens a second of a demo model through the whole runner, against a bare loop over llama.cpp.

Both decode the same prompts greedily, one sequence at a time, on one thread. The
bare loop knows no chat template, deadline, row or grader: it gets token lists.
"""

from __future__ import annotations

import ctypes
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from harness.config import load_config
from harness.engines.native import NativeModel, Placement
from harness.paths import builtin_models_yaml
from harness.records import GraderSpec
from harness.runner.plan import Plan, Selection
from harness.store import connect
from harness.suites import find_suites, load_suite
from scripts.bench.pairs import paired

SUITE, LIMIT, ROUNDS = "codegen", 30, 7
Chunk = tuple[list[int], int]  # prompt tokens, tokens to generate


def measure() -> dict[str, Any]:
    """A result for each demo model (aim: ratio of at least 0.90)."""
    return {"unit": "tokens/s", "aim": "ratio >= 0.90"} | {
        name: _model(name) for name in ("demo-xs", "demo-s", "demo-m")
    }


def _model(name: str) -> dict[str, Any]:
    config = load_config(builtin_models_yaml())
    suite = load_suite(find_suites()[SUITE])
    # judged by comparison: it is the engine that is measured, not a compiler
    suite = replace(suite, tasks=tuple(replace(task, grader=GraderSpec("exact")) for task in suite.tasks))
    plan = Plan(Selection(SUITE, name, LIMIT, 1, 0), config, (suite,), (config.models[name],))
    path = Path(str(config.models[name].path))
    prompts = [(item.task.messages, item.task.max_tokens) for item in plan.items()]
    native = NativeModel(path, Placement())
    chunks = [(native.prompt(messages), limit) for messages, limit in prompts]
    found = paired(lambda: _through_runner(plan), lambda: _bare(native, chunks), ROUNDS)
    native.close()
    return found


def _through_runner(plan: Plan) -> float:
    """Completion tokens of a run by the seconds from its first request to its last answer."""
    from harness.runner.progress import Progress
    from harness.runner.run import execute

    with tempfile.TemporaryDirectory() as folder:
        execute(plan, Path(folder), "bench", Progress())
        with connect(Path(folder)) as con:
            row = con.execute(
                "SELECT sum(completion_tokens), max(epoch(started_at::TIMESTAMPTZ) + latency_s) "
                "- min(epoch(started_at::TIMESTAMPTZ)) FROM results"
            ).fetchone()
    assert row is not None
    return float(row[0]) / float(row[1])


def _bare(native: NativeModel, chunks: list[Chunk]) -> float:
    lib, context = native.lib, native.context
    memory = lib.llama_get_memory(context)
    sampler = lib.llama_sampler_init_greedy()
    slot = (lib.llama_token * 1)()
    single = lib.llama_batch_get_one(slot, 1)
    start = time.perf_counter()
    total = 0
    for prompt, limit in chunks:
        lib.llama_memory_clear(memory, False)
        held = (ctypes.c_int32 * len(prompt))(*prompt)
        lib.llama_decode(context, lib.llama_batch_get_one(held, len(prompt)))
        for count in range(1, limit + 1):
            token = lib.llama_sampler_sample(sampler, context, -1)
            total += 1
            if lib.llama_vocab_is_eog(native.vocab, token) or count == limit:
                break
            slot[0] = token
            lib.llama_decode(context, single)
    seconds = time.perf_counter() - start
    lib.llama_sampler_free(sampler)
    return total / seconds
