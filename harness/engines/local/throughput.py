"""What a model does on this machine, by some tokens when it is loaded; the slots and threads that suit it.

It takes a second; where steps are longer, a step or two, and less is tried.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import Any

from harness.engines.local.native import NativeModel
from harness.engines.local.rows import Rows
from harness.records import Throughput

_PATIENCE_S = 1.0
_PROMPT = 32  # tokens
_ENOUGH_S, _ENOUGH_STEPS = 0.1, 8  # of one choice, whichever comes first
_BETTER = 1.05  # more slots or threads must give so much more: one measurement is not certain


def measure(model: NativeModel, slots: Sequence[int], threads: Sequence[int]) -> Throughput:
    """Try each number of ``slots`` and of ``threads``, and leave the model with the best of both.

    The first of each is what is taken where there is no time to try others; the first of ``slots`` are those
    that the model has. Its context is empty afterwards.
    """
    rows, until = Rows(model), perf_counter() + _PATIENCE_S
    model.clear()
    by_threads: dict[int, float] = {}
    for count in threads:
        if not by_threads or perf_counter() < until:
            model.use_threads(count)
            by_threads[count] = _answers_tps(model, rows, slots[0])
    best_threads = _fewest_of_best(by_threads)
    model.use_threads(best_threads)
    by_slots = {slots[0]: by_threads[best_threads]}
    for count in slots[1:]:
        if perf_counter() < until:
            by_slots[count] = _answers_tps(model, rows, count)
    model.n_slots = _fewest_of_best(by_slots)
    alone = by_slots.get(1) or _answers_tps(model, rows, 1)
    return Throughput(model.n_slots, best_threads, _prompt_tps(model, rows), alone, by_slots[model.n_slots])


def _fewest_of_best(speeds: Mapping[int, float]) -> int:
    enough = max(speeds.values()) / _BETTER
    return min(count for count, speed in speeds.items() if speed >= enough)


def _answers_tps(model: NativeModel, rows: Rows, sequences: int) -> float:
    """Tokens a second of ``sequences`` side by side. The first step counts only where it is the only one."""
    steps: list[float] = []
    while len(steps) <= _ENOUGH_STEPS and sum(steps) < _ENOUGH_S:
        rows.clear()
        for sequence in range(sequences):
            rows.put(sequence, [0], len(steps), [1])
        steps.append(_seconds(model, model.context, rows))
    model.clear()
    counted = steps[1:] or steps
    return sequences * len(counted) / sum(counted)


def _prompt_tps(model: NativeModel, rows: Rows) -> float:
    size = min(_PROMPT, rows.size, model.n_ctx)
    rows.clear()
    rows.put(0, [0] * size, 0, [0] * size)
    seconds = _seconds(model, model.prompts or model.context, rows)
    model.clear()
    return size / seconds


def _seconds(model: NativeModel, context: Any, rows: Rows) -> float:
    """How long a batch takes; for ever, where llama.cpp refuses it."""
    began = perf_counter()
    if model.decode(context, rows.batch):
        return float("inf")
    model.lib.llama_synchronize(context)
    return perf_counter() - began
