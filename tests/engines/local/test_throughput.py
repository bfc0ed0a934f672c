"""Slots and threads that are chosen by measuring, and answers that do not change with it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from harness.engines.local import throughput
from harness.engines.local.llama_cpp import LlamaCpp
from harness.engines.local.throughput import measure
from harness.records import Completion, Throughput
from tests.engines.local.asking import PROMPTS, ask, request, resident, spec, together


def test_a_measured_model_answers_as_one_that_was_not(demo: Path) -> None:
    asked = [request(prompt) for prompt in PROMPTS]
    with resident(demo, n_slots=4) as model:
        throughput = measure(model.model, [4, 2], [1, 2])
        answers = together(model, asked)
    assert throughput.slots == model.model.n_slots in (2, 4) and throughput.threads in (1, 2)
    assert min(throughput.prompt_tps, throughput.answer_tps, throughput.together_tps) > 0
    assert [one.output for one in answers] == [one.output for one in ask(demo, *asked)]


@pytest.mark.parametrize(
    ("speeds", "best"),
    [
        ({(8, 1): 50, (8, 2): 90, (4, 2): 80, (2, 2): 40, (1, 2): 30}, (8, 2)),
        ({(8, 1): 90, (8, 2): 91, (4, 1): 89, (2, 1): 40, (1, 1): 30}, (4, 1)),
        ({(8, 1): 50, (8, 2): 4, (4, 1): 40, (2, 1): 80, (1, 1): 30}, (2, 1)),
    ],
)
def test_the_fewest_are_chosen_that_are_nearly_the_fastest(
    monkeypatch: pytest.MonkeyPatch, speeds: dict[tuple[int, int], float], best: tuple[int, int]
) -> None:
    class Model:
        n_slots, threads = 8, 0

        def use_threads(self, count: int) -> None:
            self.threads = count

        def clear(self) -> None: ...

    model: Any = Model()
    monkeypatch.setattr(throughput, "Rows", lambda _: None)
    monkeypatch.setattr(throughput, "_prompt_tps", lambda *_: 100.0)
    monkeypatch.setattr(throughput, "_answers_tps", lambda model, _, slots: speeds[slots, model.threads])
    found = measure(model, [8, 4, 2], [1, 2])
    assert (found.slots, found.threads) == (model.n_slots, model.threads) == best
    assert found == Throughput(*best, 100.0, speeds[1, best[1]], speeds[best])


def test_what_is_given_is_used_and_goes_on_after_a_crash(demo: Path) -> None:
    async def go() -> tuple[Throughput | None, Completion]:
        engine = LlamaCpp(spec(demo, params={"n_slots": 2, "n_threads": 1}))
        await engine.open()
        assert engine._worker is not None and engine._settings is not None
        settings = engine._settings
        assert (settings.placing["n_slots"], settings.placing["n_threads"]) == (2, 1)
        assert not settings.try_slots
        engine._worker._process.kill()
        await engine._worker._process.wait()
        lost = await engine.complete(request())
        done = lost if lost.failure is None else await engine.complete(request())
        await engine.close()
        return engine.throughput, done

    measured, done = asyncio.run(go())
    assert measured is not None and (measured.slots, measured.threads) == (2, 1)
    assert done.failure is None
