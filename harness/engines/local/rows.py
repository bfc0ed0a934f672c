"""The rows of one call of ``llama_decode``: which token stands where in which sequence."""

from __future__ import annotations

import ctypes
from typing import Any

from harness.engines.local.native import NativeModel


class Rows:
    """A batch of at most ``n_batch`` tokens. ``batch`` points into arrays that live as long as this does."""

    def __init__(self, model: NativeModel) -> None:
        self.size = model.n_batch
        self.count = 0
        self.tokens: Any = (ctypes.c_int32 * self.size)()
        self.positions: Any = (ctypes.c_int32 * self.size)()
        self._names = (ctypes.c_int32 * model.n_slots)(*range(model.n_slots))
        self._name_at = ctypes.addressof(self._names)
        self._sequences = (ctypes.c_void_p * self.size)()
        self._wanted: Any = (ctypes.c_int8 * self.size)()
        self._one_each = (ctypes.c_int32 * self.size)(*[1] * self.size)
        self.batch = model.lib.llama_batch()
        for name, array in (
            ("token", self.tokens),
            ("pos", self.positions),
            ("n_seq_id", self._one_each),
            ("seq_id", self._sequences),
            ("logits", self._wanted),
        ):
            kind = type(getattr(self.batch, name))
            setattr(self.batch, name, ctypes.cast(array, kind))

    def clear(self) -> None:
        """Begin a new batch."""
        self.count = self.batch.n_tokens = 0

    def put(self, sequence: int, tokens: list[int], position: int, wanted: list[int]) -> int:
        """Add ``tokens``, which follow what ``sequence`` holds, and 0 or 1 for the logits of each.

        Returns the row of the last one.
        """
        first, end = self.count, self.count + len(tokens)
        self.tokens[first:end] = tokens
        self.positions[first:end] = range(position, position + len(tokens))
        self._sequences[first:end] = [self._name_at + 4 * sequence] * len(tokens)
        self._wanted[first:end] = wanted
        self.count = self.batch.n_tokens = end
        return end - 1
