from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from harness.engines.scripted import Scripted
from harness.errors import ModelUnavailable
from harness.messages import Message
from harness.records import Completion, ModelSpec, Request


def request(task: str = "a", suite: str = "s", repeat: int = 0) -> Request:
    return Request("1", suite, task, (Message("user", "?"),), repeat=repeat)


def engine_of(path: Path) -> Scripted:
    return Scripted(ModelSpec("replay", "scripted", "file", answers=str(path)))


def written(path: Path, *lines: Any) -> Path:
    path.write_text("".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines))
    return path


def replay(path: Path, *requests: Request) -> list[Completion]:
    async def go() -> list[Completion]:
        engine = engine_of(path)
        await engine.open()
        return [await engine.complete(one) for one in requests]

    return asyncio.run(go())


def test_answers_come_back_with_the_times_and_counts_they_were_given(tmp_path: Path) -> None:
    line = {"task_id": "a", "output": "4", "prompt_tokens": 9, "completion_tokens": 1, "latency_s": 0.5}
    done = replay(written(tmp_path / "a.jsonl", {**line, "cost_usd": 0.001}), request())[0]
    assert (done.output, done.prompt_tokens, done.completion_tokens) == ("4", 9, 1)
    assert (done.latency_s, done.ttft_s, done.billed_usd) == (0.5, None, 0.001)
    assert done.timing == "replayed" and done.failure is None


def test_the_suite_and_the_repeat_tell_answers_apart(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.jsonl",
        {"task_id": "a", "output": "any"},
        "\n",
        {"task_id": "s/a", "output": "of s"},
        {"task_id": "a", "suite": "s", "repeat": 1, "output": "second of s"},
    )
    done = replay(path, request(), request(repeat=1), request(repeat=2), request(suite="t"))
    assert [one.output for one in done] == ["of s", "second of s", "of s", "any"]


def test_a_missing_answer_is_a_failure_that_names_the_task(tmp_path: Path) -> None:
    failure = replay(written(tmp_path / "a.jsonl", {"task_id": "b", "output": ""}), request())[0].failure
    assert failure and failure.kind == "no_answer" and "s/a" in failure.message


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{oops\n", "not valid JSON"),
        ("[1]\n", "expected an object"),
        ({"task_id": "b"}, "'output' is missing"),
        ({"task_id": 3, "output": "x"}, "'task_id' must be text"),
        ({"task_id": "b", "output": None}, "'output' must be text"),
        ({"task_id": "b", "output": "x", "latency": 1}, "unknown key 'latency'"),
        ({"task_id": "b", "output": "x", "prompt_tokens": -1}, "'prompt_tokens' must be a whole number"),
        ({"task_id": "b", "output": "x", "latency_s": "1s"}, "'latency_s' must be a number"),
        ({"task_id": "a", "output": "x"}, "a second answer for 'a'"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: Any, complaint: str) -> None:
    path = written(tmp_path / "a.jsonl", {"task_id": "a", "output": "x"}, line)
    with pytest.raises(ModelUnavailable) as caught:
        replay(path)
    assert str(caught.value).startswith(f"{path}:2: {complaint}")


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="there is no file"):
        replay(tmp_path / "none.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b'{"task_id": "a", "output": "\xe9"}')
    with pytest.raises(ModelUnavailable, match="not UTF-8"):
        replay(tmp_path / "latin.jsonl")
    with pytest.raises(ModelUnavailable, match="`answers`"):
        asyncio.run(Scripted(ModelSpec("replay", "scripted", "file")).open())


def test_a_function_can_answer_instead_of_a_file() -> None:
    spec = ModelSpec("oracle", "scripted", "baseline", baseline=True)
    engine = Scripted(spec, lambda asked: "yes" if asked.task_id == "a" else None)

    async def go() -> list[Completion]:
        await engine.open()
        return [await engine.complete(request(task)) for task in ("a", "b")]

    known, unknown = asyncio.run(go())
    assert (known.output, known.timing, known.latency_s) == ("yes", "replayed", None)
    assert unknown.failure and unknown.failure.kind == "no_answer"


def test_check_counts_without_keeping(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", {"task_id": "a", "output": "x"}, {"task_id": "b", "output": "y"})
    assert asyncio.run(engine_of(path).check()).startswith("2 answers")
