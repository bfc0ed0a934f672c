"""The local engine, each figure as a ratio to a baseline of the same run.

Everything runs on one thread and is counted in its CPU time, so that a busy machine does
not decide. Ours is the engine without its process (``Resident``): chat template, tokens, slots,
limits, text and times included. The models are the demo models and one of 125 million
random weights.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from harness.engines.native import NativeModel
from harness.engines.resident import Resident, Settings
from harness.paths import BUILTIN_MODELS
from harness.records import Message, Request
from scripts.bench.bare import bare_loop
from scripts.bench.pairs import paired
from scripts.bench.random_model import write_random_model

ROUNDS = 5
SLOTS = 8
LABELS = ("positive", "negative", "neutral", "mixed")
AIMS = {
    "one stream / bare loop": "0.93 on the demo models, 0.97 at 125 M",
    "8 slots / one": "1.8 on the demo models, 2.5 at 125 M: answers of 48 tokens, end marks passed over",
    "shared prefix / not shared": "8",
    "log-likelihoods / each choice whole": "none set",
}


def measure() -> dict[str, Any]:
    """For each model the figures named in ``AIMS``: tokens, prompts or questions a CPU second."""
    found: dict[str, Any] = {"unit": "a CPU second on one thread", "aims": AIMS}
    for path in sorted(BUILTIN_MODELS.glob("demo-*.gguf")):
        found[path.stem] = measure_model(path)
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "random-125m.gguf"
        write_random_model(large)
        found[large.stem] = measure_model(large, large=True)
    return found


def measure_model(path: Path, *, large: bool = False) -> dict[str, Any]:
    """The ratios of one model; a large one gets less to do, and no long prompts."""
    one, many = _resident(path, 1), _resident(path, SLOTS)
    written = _written(SLOTS if large else 64, 24 if large else 48)
    prefixed = _prefixed()
    rounds = 2 if large else ROUNDS
    found = {
        "one stream / bare loop": paired(lambda: _answer(one, written), lambda: _bare(one, written), rounds),
        "8 slots / one": paired(lambda: _answer(many, written), lambda: _answer(one, written), rounds),
        "log-likelihoods / each choice whole": paired(
            lambda: _score(many, written), lambda: _whole(one.model, written), rounds
        ),
    }
    if not large:
        found["shared prefix / not shared"] = paired(
            lambda: _prompts(many, prefixed, share=True),
            lambda: _prompts(many, prefixed, share=False),
            rounds,
        )
    one.close()
    many.close()
    return found


def _resident(path: Path, slots: int) -> Resident:
    return Resident(Settings(str(path), {"n_slots": slots, "n_ctx": 1024, "n_threads": 1}))


def _written(count: int, tokens: int) -> list[Request]:
    """Short prompts, long answers."""
    return [
        _request(i, tokens, Message("user", f"Write a Python function that adds {i} to a number."))
        for i in range(count)
    ]


def _prefixed() -> list[Request]:
    """Different questions after the same 400 tokens or so."""
    story = "A tall man walks to the old market and buys bread, milk and apples for his sister. " * 14
    return [_request(i, 1, Message("system", story), Message("user", f"Is {i} even?")) for i in range(32)]


def _request(number: int, tokens: int, *messages: Message) -> Request:
    return Request(str(number), "bench", str(number), messages, max_tokens=tokens)


def _run(model: Resident, requests: Sequence[Request], choices: Sequence[str] = ()) -> tuple[int, float]:
    """Tokens written, and CPU seconds."""
    start, tokens = time.thread_time(), 0
    for key, request in enumerate(requests):
        model.submit(key, request, choices)
    while model.busy:
        tokens += sum(done.completion_tokens or 0 for _, done in model.step())
    return tokens, time.thread_time() - start


def _answer(model: Resident, requests: Sequence[Request]) -> float:
    tokens, seconds = _run(model, requests)
    return tokens / seconds


def _prompts(model: Resident, requests: Sequence[Request], share: bool) -> float:
    model.model.can_share = share
    _run(model, _written(SLOTS, 1))  # other prompts, so that nothing is kept from the last round
    _, seconds = _run(model, requests)
    model.model.can_share = True
    return len(requests) / seconds


def _score(model: Resident, requests: Sequence[Request]) -> float:
    return len(requests) / _run(model, requests, LABELS)[1]


def _bare(model: Resident, requests: Sequence[Request]) -> float:
    native = model.model
    chunks = [(native.prompt(request.messages), request.max_tokens) for request in requests]
    return bare_loop(native, chunks, time.thread_time)


def _whole(native: NativeModel, requests: Sequence[Request]) -> float:
    """Prompt and choice decoded together, once for each choice."""
    lib = native.lib
    size = lib.llama_vocab_n_tokens(native.vocab)
    lines = [
        (native.prompt(request.messages), native.answer(label)) for request in requests for label in LABELS
    ]
    start = time.thread_time()
    for prompt, answer in lines:
        tokens = prompt + answer
        lib.llama_memory_clear(native.memory, False)
        batch = lib.llama_batch_init(len(tokens), 0, 1)
        for i, token in enumerate(tokens):
            batch.token[i], batch.pos[i], batch.n_seq_id[i] = token, i, 1
            batch.seq_id[i][0], batch.logits[i] = 0, i >= len(prompt) - 1
        batch.n_tokens = len(tokens)
        lib.llama_decode(native.context, batch)
        logits = np.ctypeslib.as_array(lib.llama_get_logits(native.context), (len(answer) + 1, size))
        np.log(np.exp(logits - logits.max()).sum(axis=1))
        lib.llama_batch_free(batch)
    return len(requests) / (time.thread_time() - start)
