"""How likely each of some answers is after the same prompt, which is decoded once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import Any

from harness.engines.local.native import NativeModel
from harness.engines.local.rows import Rows
from harness.engines.local.slots import Slot

_Open = tuple[Slot, list[float]]  # with the sums so far, one a choice


class Scorer:
    """Log-likelihoods of token sequences after what slots hold, for several slots at once."""

    def __init__(self, model: NativeModel) -> None:
        self._model, self._lib = model, model.lib
        self._rows = Rows(model)

    def score(self, choosing: Sequence[tuple[Slot, Any]]) -> None:
        """End each slot's job with the sum over the tokens of each of its choices.

        Beside a slot stand the logits of what follows its prompt. The slots' sequences hold
        afterwards what they held before.
        """
        first = perf_counter()
        open_: list[_Open] = []
        for slot, logits in choosing:
            slot.first = first
            logprobs = log_probabilities(logits[None])[0]
            totals = [float(logprobs[choice[0]]) for choice in slot.choices]
            open_.append((slot, totals))
        failure = None
        for number in range(max(len(slot.choices) for slot, _ in open_)):
            for part in self._parts(open_, number):
                failure = failure or self._rest(part, number)
        for slot, totals in open_:
            slot.scores = tuple(totals)
            slot.end(None if failure else "stop", failure)

    def _parts(self, open_: Sequence[_Open], number: int) -> Iterator[list[_Open]]:
        """The slots whose choice ``number`` goes beyond one token, as many together as a batch takes."""
        part: list[_Open] = []
        room = self._rows.size
        for one in open_:
            length = len(one[0].choices[number]) - 1 if number < len(one[0].choices) else 0
            if length > room:
                yield part
                part, room = [], self._rows.size
            if length > 0:
                part.append(one)
                room -= length
        if part:
            yield part

    def _rest(self, part: Sequence[_Open], number: int) -> str | None:
        """Add what the tokens after the first say, of each slot's choice ``number``."""
        self._rows.clear()
        for slot, _ in part:
            inner = list(slot.choices[number][:-1])
            self._rows.put(slot.seq, inner, len(slot.kept), [1] * len(inner))
        if code := self._model.decode(self._model.context, self._rows.batch):
            return f"llama_decode returned {code}"
        logprobs = log_probabilities(self._model.logits(self._rows.count))
        row = 0
        for slot, totals in part:
            for token in slot.choices[number][1:]:
                totals[number] += float(logprobs[row, token])
                row += 1
            self._lib.llama_memory_seq_rm(self._model.memory, slot.seq, len(slot.kept), -1)
        return None


def log_probabilities(logits: Any) -> Any:
    """Natural logarithms of the softmax, row by row."""
    import numpy as np

    shifted = logits - logits.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted, dtype=np.float64).sum(axis=1, keepdims=True))
