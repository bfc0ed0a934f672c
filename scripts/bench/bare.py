"""The least that decoding takes: a loop over llama.cpp's own functions."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence

from harness.engines.local.native import NativeModel

Chunk = tuple[list[int], int]  # prompt tokens, tokens to generate at most


def bare_loop(native: NativeModel, chunks: Sequence[Chunk], clock: Callable[[], float]) -> float:
    """Tokens written a second of ``clock``: greedy, one prompt after another, no text made of them."""
    lib = native.lib
    sampler = lib.llama_sampler_init_greedy()
    slot = (lib.llama_token * 1)()
    single = lib.llama_batch_get_one(slot, 1)
    start, total = clock(), 0
    for prompt, limit in chunks:
        lib.llama_memory_clear(native.memory, False)
        held = (ctypes.c_int32 * len(prompt))(*prompt)
        lib.llama_decode(native.context, lib.llama_batch_get_one(held, len(prompt)))
        for count in range(1, limit + 1):
            token = lib.llama_sampler_sample(sampler, native.context, -1)
            total += 1
            if native.pieces[token] is None or count == limit:
                break
            slot[0] = token
            lib.llama_decode(native.context, single)
    seconds = clock() - start
    lib.llama_sampler_free(sampler)
    return total / seconds
