"""Answers that exist already: a file of them, or a function that makes them (the baselines)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from pathlib import Path
from time import perf_counter
from typing import Any

from harness.engines.base import file_revision
from harness.errors import ConfigError, ModelUnavailable
from harness.jsontext import read_json_lines
from harness.records import Completion, Failure, ModelSpec, Request, Throughput
from harness.words import counted

Key = tuple[str | None, str, int | None, int | None]  # suite, task id, repeat, turn; None: every one

TEXTS = ("finish_reason", "model_revision", "started_at")
COUNTS = ("prompt_tokens", "completion_tokens", "reasoning_tokens", "cached_tokens")
SECONDS = ("ttft_s", "latency_s", "prefill_s")
ALLOWED = ("task_id", "output", "suite", "repeat", "turn", *TEXTS, *COUNTS, *SECONDS, "cost_usd")


class Scripted:
    """Replays answers: from ``spec.answers`` (JSON Lines), or from ``answer`` where it is given.

    A line is ``{"task_id": …, "output": …}`` with optional ``suite`` (or ``task_id`` as
    ``suite/task``), ``repeat`` (without it the answer serves every repeat), ``turn`` (of a dialogue,
    from 1 on), token counts, seconds and ``cost_usd``. What a line does not say stays unknown.
    """

    concurrency = 8
    threads = beside = 0
    throughput: Throughput | None = None

    def __init__(self, spec: ModelSpec, answer: Callable[[Request], str | None] | None = None) -> None:
        self.revision: str | None = None
        self._spec = spec
        self._answer = answer
        self._completions: dict[Key, Completion] = {}

    async def check(self) -> str:
        """Read the answers and count them."""
        if self._answer:
            return "built in"
        return f"{counted(len(_read(self._file())), 'answer')} in {self._spec.answers}"

    async def open(self) -> float:
        """Read the answers. Raises ``ModelUnavailable``, which names file and line."""
        start = perf_counter()
        if self._answer is None:
            path = self._file()
            self._completions = _read(path)
            self.revision = file_revision(path)
        return perf_counter() - start

    async def complete(self, request: Request) -> Completion:
        """The answer to the request's task, or a failure ``no_answer``."""
        if self._answer:
            output = self._answer(request)
            completion = None if output is None else Completion(output, "stop", timing="replayed")
        else:
            completion = self._find(request)
        if completion is None:
            source = self._spec.answers or self._spec.id
            missing = Failure("no_answer", f"{source} has no answer for {request.suite}/{request.task_id}")
            return Completion(timing="replayed", failure=missing)
        return completion

    async def close(self) -> None:
        """Forget the answers."""
        self._completions = {}

    def _file(self) -> Path:
        if not self._spec.answers:
            raise ModelUnavailable(f"model {self._spec.id}: `answers` must name a JSON Lines file")
        path = Path(self._spec.answers)
        if not path.is_file():
            raise ModelUnavailable(f"model {self._spec.id}: there is no file {path}; correct `answers`")
        return path

    def _find(self, request: Request) -> Completion | None:
        turn = 1 + sum(message.role == "assistant" for message in request.messages)
        for suite, repeat, which in product((request.suite, None), (request.repeat, None), (turn, None)):
            if completion := self._completions.get((suite, request.task_id, repeat, which)):
                return completion
        return None


def _read(path: Path) -> dict[Key, Completion]:
    completions: dict[Key, Completion] = {}
    try:
        for number, data in read_json_lines(path):
            key, completion = _parse(data, f"{path}:{number}")
            if key in completions:
                raise ModelUnavailable(
                    f"{path}:{number}: a second answer for {key[1]!r}; say `repeat` or `turn`"
                )
            completions[key] = completion
    except ConfigError as error:
        raise ModelUnavailable(str(error)) from None
    return completions


def _parse(data: Any, where: str) -> tuple[Key, Completion]:
    if not isinstance(data, dict):
        raise ModelUnavailable(f'{where}: expected an object like {{"task_id": …, "output": …}}')
    if unknown := sorted(set(data) - set(ALLOWED)):
        raise ModelUnavailable(f"{where}: unknown key {unknown[0]!r}; allowed: {', '.join(ALLOWED)}")
    for name in ("task_id", "output"):
        if name not in data:
            raise ModelUnavailable(f"{where}: {name!r} is missing")
    _check_types(data, where)
    suite, slash, task = data["task_id"].rpartition("/")
    key = (suite if slash else data.get("suite"), task, data.get("repeat"), data.get("turn"))
    values: dict[str, Any] = {name: data.get(name) for name in (*TEXTS, *COUNTS, *SECONDS)}
    return key, Completion(data["output"], billed_usd=data.get("cost_usd"), timing="replayed", **values)


def _check_types(data: Mapping[str, Any], where: str) -> None:
    for name, value in data.items():
        if name in COUNTS or name in ("repeat", "turn"):
            fits, allowed = type(value) is int and value >= 0, "a whole number, 0 or more"
        elif name in SECONDS or name == "cost_usd":
            fits, allowed = type(value) in (int, float) and 0 <= value < float("inf"), "a number, 0 or more"
        else:
            fits, allowed = isinstance(value, str), "text"
        if not fits and not (value is None and name not in ("task_id", "output")):
            raise ModelUnavailable(f"{where}: {name!r} must be {allowed}, not {value!r:.60}")
