"""The engine: files that are found or refused, and a process that may die."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from harness.engines.local import process
from harness.engines.local.llama_cpp import LlamaCpp
from harness.errors import ModelUnavailable
from harness.records import Completion, ModelSpec, Request
from tests.engines.local.asking import patched, request, resident, spec, together


def opened(model: ModelSpec, *requests: Request) -> list[Completion]:
    """Through the engine, all at once."""

    async def go() -> list[Completion]:
        engine = LlamaCpp(model)
        await engine.open()
        try:
            return list(await asyncio.gather(*map(engine.complete, requests)))
        finally:
            await engine.close()

    return asyncio.run(go())


def send(engine: LlamaCpp, what: signal.Signals) -> None:
    assert engine._worker is not None
    os.kill(engine._worker.pid, what)


async def crash(engine: LlamaCpp, count: int) -> list[Completion]:
    """What becomes of requests whose process is killed while it has them."""
    send(engine, signal.SIGSTOP)
    asked = [asyncio.create_task(engine.complete(request())) for _ in range(count)]
    await asyncio.sleep(0)
    send(engine, signal.SIGKILL)
    return await asyncio.gather(*asked)


def test_a_killed_process_costs_what_it_had_and_no_more(demo: Path) -> None:
    async def go() -> tuple[list[Completion], list[Completion]]:
        engine = LlamaCpp(spec(demo))
        await engine.open()
        lost = await crash(engine, 8)
        again = await asyncio.gather(*(engine.complete(request()) for _ in range(8)))
        await engine.close()
        return lost, again

    lost, again = asyncio.run(go())
    for done in lost:
        assert done.failure and done.failure.kind == "model_crashed" and not done.failure.fatal
        assert "signal 9" in done.failure.message
    assert all(done.failure is None and done.output == again[0].output for done in again)


def test_a_process_that_stands_still_is_started_anew(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_PULSE_S", 0.05)

    async def go() -> list[Completion]:
        engine = LlamaCpp(spec(demo))
        await engine.open()
        send(engine, signal.SIGSTOP)
        done = [await engine.complete(request()), await engine.complete(request())]
        await engine.close()
        return done

    stalled, again = asyncio.run(go())
    assert stalled.failure and stalled.failure.kind == "stalled" and "stood still" in stalled.failure.message
    assert again.failure is None


def test_a_model_that_always_crashes_is_given_up(demo: Path) -> None:
    async def go() -> list[Completion]:
        engine = LlamaCpp(spec(demo))
        await engine.open()
        done = []
        for _ in range(3):
            done += [*await crash(engine, 1), await engine.complete(request())]
        await engine.close()
        return done

    failures = [done.failure for done in asyncio.run(go())]
    assert [failure and failure.fatal for failure in failures] == [False, None, False, None, False, True]
    assert failures[5] and "given up after 3 crashes" in failures[5].message


def test_a_cancelled_request_does_not_hold_up_the_others(demo: Path) -> None:
    async def go() -> Completion:
        engine = LlamaCpp(spec(demo, params={"n_slots": 1}))
        await engine.open()
        tasks = [asyncio.create_task(engine.complete(request(max_tokens=900))) for _ in range(3)]
        await asyncio.sleep(0)
        for task in tasks[:2]:
            task.cancel()
        done = await tasks[2]
        await engine.close()
        return done

    assert asyncio.run(go()).failure is None


def test_choices_are_compared_in_the_process_too(demo: Path) -> None:
    one = request(choices=("42", "negative"))
    with resident(demo) as model:
        assert opened(spec(demo), one)[0].scores == pytest.approx(together(model, [one])[0].scores)
    refused = opened(spec(demo), request(choices=("", "42")))[0].failure
    assert refused and refused.kind == "bad_request" and "empty answer" in refused.message


def test_files_that_are_no_models_are_refused(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "page.gguf").write_text("<html>404</html>")
    strange = patched(demo, tmp_path / "strange.gguf", b"llama", b"zebra")
    for model, complaint in (
        (spec(tmp_path / "page.gguf"), "not a GGUF file"),
        (spec(strange), "architecture 'zebra'"),
        (spec(tmp_path / "none.gguf"), "there is no file"),
        (spec(tmp_path), "there is no file"),
        (ModelSpec("demo", "llama_cpp", "local"), "`path` must name"),
    ):
        with pytest.raises(ModelUnavailable, match=complaint):
            opened(model)


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"n_ctxx": 5}, "unknown key 'n_ctxx' .*did you mean n_ctx\\? .*allowed: .*n_threads"),
        ({"n_ctx": 0}, "'n_ctx' must be from 1 to 100,000,000, not 0"),
        ({"n_threads": 1.5}, "'n_threads' must be a whole number, not the number 1.5"),
        ({"n_batch": True}, "'n_batch' must be a whole number, not true"),
        ({"min_p": "a"}, "'min_p' must be a number"),
        ({"n_slots": 0}, "'n_slots' must be from 1 to 1,024"),
        ({"grammar": True}, "'grammar' must be text"),
        ({"grammar": "/nowhere.gbnf"}, "cannot read /nowhere.gbnf"),
    ],
)
def test_wrong_parameters_are_named(demo: Path, params: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ModelUnavailable, match=complaint):
        opened(spec(demo, params=params))


def test_parameters_of_the_request_are_no_business_of_the_engine(demo: Path) -> None:
    params = {"temperature": 0.0, "top_p": 1.0, "max_tokens": 4, "timeout_s": 9, "n_threads": 1, "top_k": 5}
    assert opened(spec(demo, params=params), request())[0].failure is None


def test_nothing_reaches_the_terminal(demo: Path, capfd: pytest.CaptureFixture[str]) -> None:
    opened(spec(demo), request())
    assert capfd.readouterr() == ("", "")


def test_asking_a_closed_model_is_a_mistake_of_the_caller(demo: Path) -> None:
    with pytest.raises(RuntimeError, match="not open"):
        asyncio.run(LlamaCpp(spec(demo)).complete(request()))
