"""Which tasks do not fit into a model's window: they are skipped, with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from harness.engines.local.counting import count_tokens, window_of_file
from harness.errors import ModelUnavailable
from harness.graders import PROJECTS
from harness.models.enginekinds import kind_of
from harness.processors import usable_processors
from harness.records import ModelSpec, Task
from harness.solvers import calls
from harness.solvers.base import Way

FULL = 0.95  # share of a window from which on it counts as full
_BYTES = 4  # a token, where nobody can count
_SURELY = 16  # bytes a token, which no text reaches: what is longer need not be counted
_TEMPLATE = 256  # tokens allowed for what a chat template writes
_EDITS = 160  # tokens of the instructions for writing edits

TooLong = Mapping[str, Mapping[tuple[str, str], str]]  # reasons by model, and by suite and task id


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens that a model takes, prompt and answer together; ``file`` has its tokenizer, if it is here."""

    tokens: int
    file: Path | None = None


def too_long(models: Sequence[ModelSpec], tasks: Sequence[Task], way: Way) -> TooLong:
    """Which tasks do not fit into which models' windows, and why.

    A task is counted with an answer that is right, the least that must be written. Models whose window nobody
    knows have none.
    """
    asked = [(task, call) for task in tasks if task.skip is None for call in calls(task, way)]
    with ThreadPoolExecutor(usable_processors(), "windows") as pool:
        reasons = pool.map(partial(_reasons, asked), models)
        return {spec.id: of for spec, of in zip(models, reasons, strict=True) if of}


def window_of(spec: ModelSpec) -> Window | None:
    """A model's window; ``None`` where nobody says how large it is."""
    kind = kind_of(spec.engine)
    if spec.baseline or kind.edits or kind.routes:
        return None
    if not kind.loads:
        return Window(spec.context) if spec.context else None
    try:
        return Window(*window_of_file(spec))
    except ModelUnavailable:  # reported when the model is opened
        return None


def _reasons(asked: Sequence[tuple[Task, Task]], spec: ModelSpec) -> dict[tuple[str, str], str]:
    """``asked`` are tasks with the calls that they are put in."""
    window = window_of(spec)
    if window is None:
        return {}
    full, surely = FULL * window.tokens, _SURELY * window.tokens
    doubtful = [(task, call) for task, call in asked if _bytes(call) + _TEMPLATE + _extra(task) >= full]
    counts = iter(_counted(spec, window, [call for _, call in doubtful if _bytes(call) <= surely]))
    reasons = {}
    for task, call in doubtful:
        count = next(counts) if _bytes(call) <= surely else None
        tokens = _extra(task) + (_bytes(call) // _BYTES if count is None else count)
        if tokens >= full:
            words = f"{'about ' if count is None else ''}{tokens:,} tokens"
            reason = f"prompt and answer have {words}, the model's window {window.tokens:,}"
            reasons[task.suite, task.id] = reason
    return reasons


def _counted(spec: ModelSpec, window: Window, calls_: Sequence[Task]) -> Sequence[int | None]:
    """The tokens of each with its answer, by the model's own tokenizer; ``None`` where that cannot be had."""
    unknown = [None] * len(calls_)
    if not calls_ or window.file is None:
        return unknown
    asked = [(call.asked, call.reference) for call in calls_]
    return count_tokens(window.file, spec.params.get("template"), asked) or unknown


def _bytes(call: Task) -> int:
    return call.size + len(call.reference.encode("utf-8", "replace"))


def _extra(task: Task) -> int:
    return _EDITS if task.grader.name in PROJECTS else 0
