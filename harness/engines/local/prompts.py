"""Prompts computed apart: in a context that holds nothing else, from where their state is copied to a slot.

So prompts that begin alike can follow each other. And without flash attention small models decode fastest
in one cache for all slots, where a single multiplication serves every sequence; but there a prompt of a
hundred tokens would look at the cells of all the others, which takes more time than everything else about it.
"""

from __future__ import annotations

import ctypes
from typing import Any

from harness.engines.local.native import NativeModel
from harness.engines.local.rows import Rows
from harness.engines.local.slots import Job


class PromptReader:
    """Computes prompts, or what is missing of them, in any sequence of any context of a model."""

    def __init__(self, model: NativeModel) -> None:
        self._model, self._lib = model, model.lib
        self._rows = Rows(model)

    def read(self, job: Job, start: int, context: Any, sequence: int) -> None:
        """Compute the prompt from position ``start`` on, but for its last token. Raises ``ValueError``."""
        end = len(job.prompt) - 1
        for picture in job.pictures:
            if picture.at >= start and self._model.vision is not None:
                self._write(job.prompt[start : picture.at], start, context, sequence)
                self._model.vision.evaluate(picture, context, sequence, self._rows.size)
                start = picture.at + picture.length
        self._write(job.prompt[start:end], start, context, sequence)

    def _write(self, tokens: list[int], start: int, context: Any, sequence: int) -> None:
        for at in range(0, len(tokens), self._rows.size):
            chunk = tokens[at : at + self._rows.size]
            self._rows.clear()
            self._rows.put(sequence, chunk, start + at, [0] * len(chunk))
            if code := self._model.decode(context, self._rows.batch):
                raise ValueError(f"llama_decode returned {code}")


class Prompts:
    """One prompt after another; what two in a row share from their beginning on is computed once."""

    def __init__(self, model: NativeModel, reader: PromptReader) -> None:
        self._model, self._lib, self._reader = model, model.lib, reader
        self._memory = model.lib.llama_get_memory(model.prompts)
        self._kept: list[int] = []

    def kept_length(self, job: Job) -> int:
        """How much of a prompt is held, but for its last token."""
        return self._model.reusable(job.prompt[:-1], self._kept)

    def compute(self, job: Job) -> int:
        """Compute a prompt but for its last token. Returns how much of it was there already.

        Raises ``ValueError``.
        """
        head, kept_length = job.prompt[:-1], self.kept_length(job)
        for picture in job.pictures:
            if picture.at < kept_length < picture.at + picture.length:
                kept_length = picture.at
        self._lib.llama_memory_seq_rm(self._memory, 0, kept_length, -1)
        self._kept = []
        self._reader.read(job, kept_length, self._model.prompts, 0)
        self._kept = head
        return kept_length

    def copy(self, sequence: int) -> None:
        """Give ``sequence``, which is empty, what is held here. Raises ``ValueError``."""
        if not self._kept:
            return
        size = self._lib.llama_state_seq_get_size(self._model.prompts, 0)
        state = (ctypes.c_uint8 * size)()
        self._lib.llama_state_seq_get_data(self._model.prompts, state, size, 0)
        if not self._lib.llama_state_seq_set_data(self._model.context, state, size, sequence):
            raise ValueError("llama.cpp found no room for the prompt")
