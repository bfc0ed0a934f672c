"""Files that other tools wrote, damaged."""

from __future__ import annotations

import asyncio
import json
import tempfile
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from harness.engines.local.gguf_file import read_model_file
from harness.engines.scripted import Scripted
from harness.importers import IMPORTERS, read
from harness.importers.results import RESULTS, collect
from harness.jsontext import parse
from harness.records import ModelSpec
from scripts.fuzz.holding import file_with, one_line_at_most
from tests import strategies
from tests.importers.test_humanevalpack import PYTHON, RUST
from tests.importers.test_results import write_all

ITEMS = {
    "humaneval": {
        "task_id": "HumanEval/0",
        "prompt": "def f(x):\n",
        "canonical_solution": "    return x\n",
        "test": "def check(f):\n    assert f(1) == 1\n",
        "entry_point": "f",
    },
    "mbpp": {
        "task_id": 1,
        "text": "Add.",
        "code": "def f(x):\n    return x\n",
        "test_list": ["assert f(1) == 1"],
    },
    "humanevalpack": PYTHON | RUST,
}


@cache
def results_files() -> dict[str, bytes]:
    """A right file of every format of results."""
    with tempfile.TemporaryDirectory() as folder:
        return {path.name: path.read_bytes() for path in write_all(Path(folder)).values()}


@st.composite
def results_file(draw: st.DrawFn) -> tuple[str, bytes, str | None]:
    """Name, damaged content, and the format that is claimed."""
    name, right = draw(st.sampled_from(sorted(results_files().items())))
    if name.endswith(".json"):
        data = draw(strategies.file_of(json.loads(right)))
    else:
        data = draw(
            strategies.damaged_text(right.decode()).map(strategies.as_bytes) | strategies.damaged_bytes(right)
        )
    return name, data, draw(st.none() | st.sampled_from([*RESULTS]))


def check_results(file: tuple[str, bytes, str | None]) -> None:
    """Results of another tool → samples."""
    name, data, form = file
    with file_with(data, name) as path, one_line_at_most():
        collect(path, form)


def check_benchmark(file: tuple[str, bytes]) -> None:
    """Tasks of somebody else → a suite."""
    name, data = file
    with file_with(data, "items.jsonl") as path, one_line_at_most():
        read(name, path)


def check_answers(data: bytes) -> None:
    """A file of stored answers."""
    with file_with(data, "answers.jsonl") as path, one_line_at_most():
        engine = Scripted(ModelSpec("m", "scripted", provider="p", answers=str(path)))
        asyncio.run(engine.open())


def check_gguf(file: tuple[dict[str, object], list[tuple[int, ...]], bytes]) -> None:
    """The header of a model's file."""
    entries, tensors, tail = file
    with file_with(strategies.gguf(entries, tensors) + tail, "model.gguf") as path, one_line_at_most():
        assert read_model_file(path).footprint(1024, 1).total >= 0


def check_json(data: bytes) -> None:
    """Any JSON."""
    try:
        json.dumps(parse(data)).encode()
    except ValueError:
        return


ANSWER = {"task_id": "s/t", "output": "x", "completion_tokens": 1, "latency_s": 0.5}
GGUF = st.tuples(strategies.GGUF_ENTRIES, strategies.GGUF_TENSORS, st.binary(max_size=40))


@st.composite
def benchmarks(draw: st.DrawFn) -> tuple[str, bytes]:
    """The format that is claimed, and damaged items of one."""
    name = draw(st.sampled_from(sorted(ITEMS)))
    return draw(st.just(name) | st.sampled_from([*IMPORTERS])), draw(strategies.file_of(ITEMS[name]))
