"""Prompt tokens in, text out: llama.cpp's decode and sampler, one sequence at a time.

The loop makes two calls into llama.cpp a token and touches nothing that the event loop
touches; text becomes ``str`` once, at the end.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Literal

from harness.engines.native import NativeModel

Reason = Literal["stop", "length", "timeout", "cancelled"]


class DecodeError(Exception):
    """llama.cpp refused a batch; the context has been emptied and can be used again."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen. Temperature 0 takes the likeliest.

    The defaults of ``top_k`` and ``min_p`` are llama.cpp's own.
    """

    temperature: float = 0.0
    top_p: float = 1.0
    top_k: int = 40
    min_p: float = 0.05
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop. ``deadline`` is a reading of ``perf_counter``."""

    max_tokens: int
    stop: tuple[bytes, ...]
    deadline: float
    cancelled: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Generation:
    """What a prompt gave. ``tokens`` counts every sampled one, the end mark included."""

    text: str
    reason: Reason
    tokens: int
    cached_tokens: int
    prefill_s: float
    first_token_at: float | None  # reading of perf_counter


class Decoder:
    """Decodes prompts on one model. What the last prompt shares with the next is not computed again."""

    def __init__(self, model: NativeModel) -> None:
        lib = model.lib
        self._lib, self._model = lib, model
        self._kept: list[int] = []  # the tokens that are in the context now
        self._slot = (lib.llama_token * 1)()
        self._next = lib.llama_batch_get_one(self._slot, 1)

    def generate(self, prompt: Sequence[int], sampling: Sampling, limits: Limits) -> Generation:
        """Decode ``prompt``, which must leave room in the context. Raises ``DecodeError``."""
        start = perf_counter()
        cached = self._reuse(prompt)
        try:
            stopped = self._prefill(prompt[cached:], limits)
            if stopped:
                return Generation("", stopped, 0, cached, perf_counter() - start, None)
            with self._sampler(sampling) as sampler:
                return self._decode(sampler, limits, start, cached)
        except DecodeError:
            self._empty()
            raise

    def _reuse(self, prompt: Sequence[int]) -> int:
        """Cut the context back to what it shares with ``prompt``, whose last token is always computed."""
        shared = 0
        for ours, theirs in zip(self._kept, prompt[:-1], strict=False):
            if ours != theirs:
                break
            shared += 1
        if shared and self._lib.llama_memory_seq_rm(self._model.memory, 0, shared, -1):
            del self._kept[shared:]
        else:  # nothing in common, or a recurrent model, whose state cannot be cut
            self._empty()
        return len(self._kept)

    def _empty(self) -> None:
        self._lib.llama_memory_clear(self._model.memory, True)
        self._kept.clear()

    def _prefill(self, tokens: Sequence[int], limits: Limits) -> Reason | None:
        size = self._model.n_batch
        for start in range(0, len(tokens), size):
            if stopped := _interrupted(limits):
                return stopped
            chunk = tokens[start : start + size]
            held = (self._lib.llama_token * len(chunk))(*chunk)  # the batch is a bare pointer to it
            self._feed(self._lib.llama_batch_get_one(held, len(chunk)))
            self._kept.extend(chunk)
        return None

    def _feed(self, batch: Any) -> None:
        if code := self._lib.llama_decode(self._model.context, batch):
            raise DecodeError(f"llama_decode returned {code}")

    def _decode(self, sampler: Any, limits: Limits, start: float, cached: int) -> Generation:
        sample, context, pieces = self._lib.llama_sampler_sample, self._model.context, self._model.pieces
        text = bytearray()
        reason: Reason | None = None
        token = sample(sampler, context, -1)
        first = perf_counter()
        count = 1
        while True:
            piece = pieces[token]
            if piece is None:
                reason = "stop"
                break
            text += piece
            if limits.stop and (cut := _find_stop(text, limits.stop, len(piece))) is not None:
                del text[cut:]
                reason = "stop"
                break
            reason = "length" if count >= limits.max_tokens else _interrupted(limits)
            if reason:
                break
            self._slot[0] = token
            self._feed(self._next)
            self._kept.append(token)
            token = sample(sampler, context, -1)
            count += 1
        return Generation(valid_text(text), reason, count, cached, first - start, first)

    @contextmanager
    def _sampler(self, sampling: Sampling) -> Iterator[Any]:
        lib = self._lib
        chain = lib.llama_sampler_chain_init(lib.llama_sampler_chain_default_params())
        try:
            for part in _parts(lib, sampling):
                lib.llama_sampler_chain_add(chain, part)
            yield chain
        finally:
            lib.llama_sampler_free(chain)


def _parts(lib: Any, sampling: Sampling) -> Iterator[Any]:
    """The chain's samplers, in the order in which ``llama_cpp.Llama`` adds them."""
    if sampling.temperature <= 0:
        yield lib.llama_sampler_init_greedy()
        return
    yield lib.llama_sampler_init_top_k(sampling.top_k)
    yield lib.llama_sampler_init_top_p(sampling.top_p, 1)
    yield lib.llama_sampler_init_min_p(sampling.min_p, 1)
    yield lib.llama_sampler_init_temp(sampling.temperature)
    yield lib.llama_sampler_init_dist(sampling.seed % lib.LLAMA_DEFAULT_SEED)  # which itself means "any"


def _interrupted(limits: Limits) -> Reason | None:
    if perf_counter() > limits.deadline:
        return "timeout"
    return "cancelled" if limits.cancelled() else None


def _find_stop(text: bytearray, stops: Sequence[bytes], new: int) -> int | None:
    """Where the first stop string begins that ends within the last ``new`` bytes."""
    found = [text.find(stop, max(0, len(text) - new - len(stop) + 1)) for stop in stops]
    return min((at for at in found if at >= 0), default=None)


def valid_text(data: bytearray) -> str:
    """UTF-8 without a character that was cut in the middle; what is no UTF-8 at all becomes U+FFFD."""
    return codecs.getincrementaldecoder("utf-8")("replace").decode(bytes(data))
