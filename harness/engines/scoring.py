"""How likely each of some answers is after the same prompt, which is decoded once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from harness.engines.native import NativeModel
from harness.engines.rows import Rows


class Scorer:
    """Log-likelihoods of token sequences after what a sequence of the context holds."""

    def __init__(self, model: NativeModel) -> None:
        self._model, self._lib = model, model.lib
        self._rows = Rows(model)
        self._n_vocab = model.lib.llama_vocab_n_tokens(model.vocab)

    def log_probabilities(self, row: int) -> Any:
        """Natural logarithms, one a token of the vocabulary, for what follows a row of the last batch."""
        import numpy as np

        pointer = self._lib.llama_get_logits_ith(self._model.context, row)
        logits = np.ctypeslib.as_array(pointer, (self._n_vocab,)).astype(np.float64)
        logits -= logits.max()
        return logits - np.log(np.exp(logits).sum())

    def score(
        self, sequence: int, length: int, choices: Sequence[Sequence[int]], first: Any
    ) -> tuple[float, ...]:
        """The sum over each choice's tokens, after the ``length`` tokens that ``sequence`` holds.

        ``first`` are the log-probabilities of what follows those. Raises ``ValueError`` when
        llama.cpp refuses. ``sequence`` holds afterwards what it held before.
        """
        return tuple(float(first[c[0]]) + self._rest(sequence, length, c) for c in choices)

    def _rest(self, sequence: int, length: int, choice: Sequence[int]) -> float:
        """What the tokens after the first add."""
        inner = list(choice[:-1])
        if not inner:
            return 0.0
        self._rows.clear()
        last = self._rows.put(sequence, inner, length, [1] * len(inner))
        code = self._lib.llama_decode(self._model.context, self._rows.batch)
        if code:
            raise ValueError(f"llama_decode returned {code}")
        rows = range(last + 1 - len(inner), last + 1)
        total = sum(float(self.log_probabilities(row)[t]) for row, t in zip(rows, choice[1:], strict=True))
        self._lib.llama_memory_seq_rm(self._model.memory, sequence, length, -1)
        return total
