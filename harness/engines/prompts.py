"""Prompts computed apart: in a context that holds nothing else, from where their state is copied to a slot.

Side by side, small models decode fastest in one cache for all slots, where a single multiplication
serves every sequence. But there a prompt of a hundred tokens would look at the cells of all the others,
which takes more time than everything else about it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

from harness.engines.native import NativeModel
from harness.engines.rows import Rows
from harness.engines.slots import shared


class Prompts:
    """One prompt after another; what two in a row share from their beginning on is computed once."""

    def __init__(self, model: NativeModel) -> None:
        self._model, self._lib = model, model.lib
        self._memory = model.lib.llama_get_memory(model.prompts)
        self._rows = Rows(model)
        self._kept: list[int] = []

    def compute(self, tokens: Sequence[int]) -> int:
        """Compute ``tokens``. Returns how many of them were there already. Raises ``ValueError``."""
        tokens = list(tokens)
        known = shared(tokens, self._kept) if self._model.can_share else 0
        self._lib.llama_memory_seq_rm(self._memory, 0, known, -1)
        del self._kept[known:]
        for at in range(known, len(tokens), self._rows.size):
            chunk = tokens[at : at + self._rows.size]
            self._rows.clear()
            self._rows.put(0, chunk, at, [0] * len(chunk))
            if code := self._lib.llama_decode(self._model.prompts, self._rows.batch):
                self._lib.llama_memory_clear(self._memory, False)
                self._kept.clear()
                raise ValueError(f"llama_decode returned {code}")
            self._kept += chunk
        return known

    def copy(self, sequence: int) -> None:
        """Give ``sequence``, which is empty, what is held here. Raises ``ValueError``."""
        if not self._kept:
            return
        size = self._lib.llama_state_seq_get_size(self._model.prompts, 0)
        state = (ctypes.c_uint8 * size)()
        self._lib.llama_state_seq_get_data(self._model.prompts, state, size, 0)
        if not self._lib.llama_state_seq_set_data(self._model.context, state, size, sequence):
            raise ValueError("llama.cpp found no room for the prompt")
