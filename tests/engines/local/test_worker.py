"""The process of a model: several copies of a small one, each request in one of them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from os.path import commonprefix
from pathlib import Path
from typing import Any

from harness.engines.local.llama_cpp import LlamaCpp
from harness.engines.local.placing import plan
from harness.engines.local.process import last_words
from harness.engines.local.worker import Copy, Desk
from harness.records import Completion
from tests.engines.local.asking import PROMPTS, ask, request, resident, spec


def test_two_copies_answer_what_one_slot_answers(demo_models: list[Path]) -> None:
    asked = [request(PROMPTS[i % 4], seed=i, temperature=0.8 * (i % 3 == 2)) for i in range(24)]
    model = spec(demo_models[1], params={"n_slots": 8, "n_threads": 2})
    assert plan(model, demo_models[1]).copies == 2

    async def go() -> tuple[list[Completion], Completion]:
        engine = LlamaCpp(model)
        await engine.open()
        tasks = [asyncio.create_task(engine.complete(one)) for one in (*asked, *asked)]
        await asyncio.sleep(0)
        for task in tasks[24:]:
            task.cancel()
        crowd = await asyncio.gather(*tasks[:24])
        alone = await engine.complete(asked[0])
        await engine.close()
        return crowd, alone

    crowd, alone = asyncio.run(go())
    serial = ask(demo_models[1], *asked, n_slots=1)
    # who is beside whom depends on the clock, and sums of other lengths round otherwise: a text may turn
    pairs = [(a.output or "", b.output or "") for a, b in zip(serial, crowd, strict=True)]
    agreed = sum(len(commonprefix(pair)) for pair in pairs)  # noqa: RUF071
    assert agreed >= 0.9 * sum(len(text) for text, _ in pairs)
    assert [done.timing for done in crowd].count("contended") >= 2 and alone.timing == "measured"


def test_requests_go_where_least_is_to_do_and_company_is_told(demo: Path) -> None:
    sent: list[Mapping[str, Any]] = []
    with resident(demo) as model:
        copies = [Copy(model), Copy(model)]
        desk = Desk(copies, sent.append)
        for key in (1, 2, 3):
            desk.accept(key, request())
        assert [copy.ready.qsize() for copy in copies] == [2, 1]
        desk.cancel(2)
        desk.accept(4, request())
        assert [copy.ready.qsize() for copy in copies] == [2, 3]  # the second is told to forget
        for key in (1, 2, 3, 4):
            desk.finish(key, Completion(timing="measured"))
        desk.accept(5, request())
        desk.finish(5, Completion(timing="measured"))
    timings = {frame["done"]: frame["completion"]["timing"] for frame in sent}
    assert timings == {1: "contended", 3: "contended", 4: "contended", 5: "measured"}


def test_a_request_that_nobody_can_answer_ends_at_the_desk(demo: Path) -> None:
    async def go() -> Completion:
        engine = LlamaCpp(spec(demo, params={"n_ctx": 32}))
        await engine.open()
        done = await engine.complete(request("word " * 100))
        await engine.close()
        return done

    failure = asyncio.run(go()).failure
    assert failure is not None and failure.kind == "context_exceeded"


def test_why_a_process_ended_is_what_it_said_before_the_stacks() -> None:
    stacks = ["Current thread 0x1 (most recent call first):", "<no Python frame>"]
    reason = "ggml.c:4796: GGML_ASSERT(a) failed"
    assert last_words(["loading", reason, "Fatal Python error: Aborted", *stacks]) == (
        f"{reason}; Fatal Python error: Aborted"
    )
    assert (
        last_words(["Fatal Python error: Segmentation fault", *stacks])
        == "Fatal Python error: Segmentation fault"
    )
    assert last_words(["Traceback (most recent call last):", "MemoryError"]) == "MemoryError"
    assert last_words([]) == ""
