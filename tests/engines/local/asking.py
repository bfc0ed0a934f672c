"""Requests for the demo models, answered in this process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from harness.engines.local.resident import Prepared, Resident, Settings
from harness.messages import Message
from harness.records import Completion, ModelSpec, Request

PROMPTS = (
    "What is 17 plus 25?",
    "Is this review positive or negative? The soup was cold and the waiter rude.",
    "Write a Python function that returns the larger of two numbers.",
    "Wie spät ist es? 🕰️ — naïve café",
)


def request(prompt: str = PROMPTS[0], **changes: Any) -> Request:
    values: dict[str, Any] = {"messages": (Message("user", prompt),), "max_tokens": 40, **changes}
    return Request("1", "suite", "task", **values)


def spec(path: Path, **changes: Any) -> ModelSpec:
    return ModelSpec("demo", "llama_cpp", "local", path=str(path), **changes)


@contextmanager
def resident(path: Path, sampling: dict[str, Any] | None = None, **placing: Any) -> Iterator[Resident]:
    model = Resident(Settings(str(path), placing, sampling or {}))
    try:
        yield model
    finally:
        model.close()


def together(model: Resident, requests: Sequence[Request]) -> list[Completion]:
    """All of them asked for at once."""
    done: dict[int, Completion] = {}
    for key, one in enumerate(requests):
        prepared = model.prepare(one)
        if isinstance(prepared, Prepared):
            model.submit(key, prepared)
        else:
            done[key] = prepared
    while model.busy:
        done.update(model.step())
    return [done[key] for key in range(len(requests))]


def ask(path: Path, *requests: Request, **placing: Any) -> list[Completion]:
    """One after the other."""
    with resident(path, **placing) as model:
        return [together(model, [one])[0] for one in requests]


def patched(path: Path, target: Path, old: bytes, new: bytes) -> Path:
    """A copy in which the first ``old`` is ``new``."""
    data = path.read_bytes()
    assert old in data
    target.write_bytes(data.replace(old, new, 1))
    return target
