"""``python -m harness.engines.local.probe``: whether llama.cpp computes the same when it repacks weights.

For each quantisation that llama.cpp repacks on some processor, a small model with random weights is
computed twice: with the weights as they lie in the file, and repacked. Prints a line of JSON after each,
since a library that was built for another processor, or compiled wrongly, ends the process instead.
"""

from __future__ import annotations

import ctypes
import json
import os
import struct
import tempfile
from pathlib import Path
from typing import Any

import numpy as np


def _half(factor: float) -> bytes:
    return struct.pack("<e", factor)


# The number that GGUF has for each quantisation, weights and bytes of a block, and the factors in it by their
# offset; the other bytes may be any.
QUANTIZATIONS: dict[str, tuple[int, int, int, dict[int, bytes]]] = {
    "Q4_0": (2, 32, 18, {0: _half(0.01)}),
    "Q4_1": (3, 32, 20, {0: _half(0.01), 2: _half(-0.075)}),
    "Q8_0": (8, 32, 34, {0: _half(0.001)}),
    "Q2_K": (10, 256, 84, {80: _half(0.01), 82: _half(0.015)}),
    "Q4_K": (12, 256, 144, {0: _half(0.0005), 2: _half(0.003)}),
    "Q5_K": (13, 256, 176, {0: _half(0.0002), 2: _half(0.003)}),
    "Q6_K": (14, 256, 210, {208: _half(0.00005)}),
    "IQ4_NL": (20, 32, 18, {0: _half(0.001)}),
    "IQ4_XS": (23, 256, 136, {0: _half(0.00005)}),
    "MXFP4": (39, 32, 17, {0: b"\x78"}),
}
_MATRICES = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")
_NORMS = ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm")
_WIDTH = 256  # of every matrix: a multiple of all blocks and tiles
_F32 = 0
_BATCHES = (45, 1, 3, 8)  # tokens: whole tiles with a remainder, one, and few
_ALIGNMENT = 32


def write_model(path: Path, quantization: str) -> None:
    """A llama of one layer, without a tokenizer, whose matrices have the quantisation."""
    entries: dict[str, str | int | float] = {
        "general.architecture": "llama",
        "llama.context_length": 512,
        "llama.embedding_length": _WIDTH,
        "llama.feed_forward_length": _WIDTH,
        "llama.block_count": 1,
        "llama.attention.head_count": 4,
        "llama.attention.layer_norm_rms_epsilon": 1e-5,
        "llama.vocab_size": _WIDTH,
        "tokenizer.ggml.model": "no_vocab",
    }
    rng = np.random.default_rng(0)
    tensors = {"token_embd": _plain(rng), "output": _plain(rng)}
    tensors |= {name: np.ones(_WIDTH, np.float32) for name in _NORMS}
    tensors |= {f"blk.0.{name}": _blocks(quantization, rng) for name in _MATRICES}
    head, data = bytearray(struct.pack("<4sIQQ", b"GGUF", 3, len(tensors), len(entries))), bytearray()
    for key, value in entries.items():
        head += _text(key) + _value(value)
    for name, values in tensors.items():
        number = _F32 if values.dtype == np.float32 else QUANTIZATIONS[quantization][0]
        shape = (_WIDTH,) * min(2, values.size // _WIDTH)
        head += _text(f"{name}.weight")
        head += struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, number, len(data))
        data += values.tobytes()  # a multiple of the alignment, as all sizes are here
    path.write_bytes(bytes(head) + bytes(-len(head) % _ALIGNMENT) + bytes(data))


def _plain(rng: np.random.Generator) -> Any:
    return rng.normal(0, 1, (_WIDTH, _WIDTH)).astype(np.float32)


def _blocks(quantization: str, rng: np.random.Generator) -> Any:
    """A matrix of random blocks, as bytes."""
    _, weights, size, factors = QUANTIZATIONS[quantization]
    blocks = rng.integers(0, 256, (_WIDTH * _WIDTH // weights, size), np.uint8)
    for offset, factor in factors.items():
        blocks[:, offset : offset + len(factor)] = np.frombuffer(factor, np.uint8)
    return blocks


def _text(text: str) -> bytes:
    return struct.pack("<Q", len(text)) + text.encode()


def _value(value: str | int | float) -> bytes:
    if isinstance(value, str):
        return struct.pack("<I", 8) + _text(value)
    return struct.pack("<If", 6, value) if isinstance(value, float) else struct.pack("<II", 4, value)


def logits(lib: Any, path: Path, n_threads: int, *, repack: bool) -> Any:
    """The logits of some batches, a row a token. Raises ``RuntimeError`` when llama.cpp gives up."""
    params = lib.llama_model_default_params()
    params.n_gpu_layers, params.use_extra_bufts = 0, repack
    model = lib.llama_model_load_from_file(os.fsencode(path), params)
    if not model:
        raise RuntimeError("it does not load the model")
    options = lib.llama_context_default_params()
    options.n_ctx = options.n_batch = options.n_ubatch = 64
    options.n_threads = options.n_threads_batch = n_threads
    options.op_offload = options.offload_kqv = False
    context = lib.llama_init_from_model(model, options)
    rows, position = [], 0
    for size in _BATCHES:
        batch = lib.llama_batch_init(size, 0, 1)
        batch.n_tokens = size
        for index in range(size):
            batch.token[index], batch.pos[index] = (position * 37 + 11) % _WIDTH, position
            batch.n_seq_id[index], batch.seq_id[index][0], batch.logits[index] = 1, 0, True
            position += 1
        if lib.llama_decode(context, batch):
            raise RuntimeError("it does not compute the model")
        pointer = lib.llama_get_logits(context)
        rows.append(np.array(np.ctypeslib.as_array(pointer, (size, _WIDTH))))
        lib.llama_batch_free(batch)
    lib.llama_free(context)
    lib.llama_model_free(model)
    return np.concatenate(rows)


def main() -> None:
    """Compute every model both ways and print what was seen."""
    import llama_cpp

    buffers: list[str] = []

    def note(_: int, text: bytes, __: object) -> None:
        words = text.decode("utf-8", "replace").split()
        if words[2:4] == ["model", "buffer"]:
            buffers.append(words[1])

    callback = llama_cpp.llama_log_callback(note)
    llama_cpp.llama_log_set(callback, ctypes.c_void_p())
    llama_cpp.llama_backend_init()
    _print({"system": llama_cpp.llama_print_system_info().decode()})
    with tempfile.TemporaryDirectory(prefix="harness-probe-") as folder:
        path = Path(folder) / "probe.gguf"
        for quantization in QUANTIZATIONS:
            write_model(path, quantization)
            n_threads = (
                2 if quantization == "Q4_0" else 1
            )  # once is enough, and threads that wait are expensive
            plain = logits(llama_cpp, path, n_threads, repack=False)
            _print({"plain": quantization})
            buffers.clear()
            repacked = logits(llama_cpp, path, n_threads, repack=True)
            spread = plain - plain.mean(axis=1, keepdims=True)
            difference = np.linalg.norm(repacked - plain, axis=1) / np.linalg.norm(spread, axis=1)
            _print({"repacked": quantization, "difference": float(difference.max()), "buffers": buffers})


def _print(seen: dict[str, Any]) -> None:
    print(json.dumps(seen), flush=True)


if __name__ == "__main__":
    main()
