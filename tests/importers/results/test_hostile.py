"""Files that are almost what a tool writes: each is read or refused in one line, and none is a traceback."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import ConfigError
from harness.importers.results import collect
from harness.runner.imported import import_run
from tests.importers.results.test_inspect_log import HEAD, log, sample
from tests.importers.results.test_lm_eval import line
from tests.importers.results.test_promptfoo import evaluation

INSPECT: dict[str, Any] = {
    **HEAD,
    "samples": [
        sample(
            1,
            {"a": 1},
            output={
                "choices": [{"message": {"content": [{"type": "text", "text": "x"}]}, "stop_reason": "stop"}],
                "usage": {"input_tokens": 1, "output_tokens": 2, "total_tokens": 3},
                "time": 0.5,
            },
            model_usage={"openai/gpt-4o-mini": {"input_tokens": 1}},
            metadata={"category": "c"},
            attachments={"a": "b"},
            error={"message": "x"},
            started_at="2026-11-01T10:00:00Z",
        ),
        sample(2, "C"),
    ],
}
PROMPTFOO: dict[str, Any] = {
    "evalId": "e",
    "config": {"description": "d"},
    "results": {
        "version": 3,
        "timestamp": "2026-11-01T10:00:00Z",
        "prompts": [{"provider": "x", "label": "p"}],
        "results": evaluation(["x", "y"], ["p"], [{"vars": {"q": "a"}, "assert": [{"type": "equals"}]}], 1),
    },
}
LM_EVAL = [line(0, "none", acc=1.0), line(1, "none", acc=0.0)]
TABLE = [
    {"suite": "s", "task_id": "t", "model": "m", "passed": True, "score": 1, "repeat": 0, "latency_s": 0.5}
]
DOCUMENTS = {"log.json": INSPECT, "out.json": PROMPTFOO, "samples_a.jsonl": LM_EVAL, "table.jsonl": TABLE}
odd = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 2), st.just(10**30), st.floats(), st.text(max_size=3),
    st.just([]),
    st.just({}), st.just([None]), st.just({"x": [1]}), st.just([{"x": "\ud800"}]), st.just("NaN"),
    st.just("100 %"),
)  # fmt: skip


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a document: container and key."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        node = waiting.pop()
        keys = node.keys() if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
        found += [(node, key) for key in keys]
        waiting += [node[key] for key in keys]
    return found


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(sorted(DOCUMENTS)), st.lists(st.tuples(st.integers(0, 400), odd), min_size=1, max_size=3)
)
def test_a_document_with_odd_values_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, changes: list[tuple[int, Any]]
) -> None:
    document = deepcopy(DOCUMENTS[name])
    for index, value in changes:
        spots = places(document)
        if not spots:
            break
        node, key = spots[index % len(spots)]
        node[key] = deepcopy(value)
    folder = tmp_path_factory.mktemp("odd")
    path = folder / name
    if name.endswith(".jsonl"):
        path.write_text("".join(json.dumps(item) + "\n" for item in document))
    else:
        path.write_text(json.dumps(document))
    try:
        samples = collect(path)
    except ConfigError as error:
        assert "\n" not in str(error)
        assert str(path) in str(error)
    else:
        import_run(samples, folder / "results", name, {})


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 3000), st.binary(max_size=8), st.sampled_from(["log.eval", "t.csv", "out.yaml"]))
def test_a_file_with_odd_bytes_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, at: int, data: bytes, name: str
) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    path = folder / name
    if name == "log.eval":
        log(path, [sample(1, "C"), sample(2, "I")], zstd=True)
    elif name == "t.csv":
        path.write_text('suite,task_id,model,passed,output\ns,t,m,1,"a, b"\ns,u,m,0,"c ""d"""\n')
    else:
        path.write_text(
            "evalId: e\nresults:\n  results:\n  - {provider: x, vars: {q: a}, success: true, score: 1}\n"
        )
    raw = path.read_bytes()
    at %= len(raw)
    path.write_bytes(raw[:at] + data + raw[at + len(data) :])
    try:
        collect(path)
    except ConfigError as error:
        assert "\n" not in str(error)
        assert path.name in str(error)


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.csv", "a.eval", "a.yaml", "a"])
@pytest.mark.parametrize(
    "raw", [b"", b"\n\n", b"[]", b"{}", b"null", b"[1]", b"\x00" * 9, b"\xff\xfe", b"PK\x03\x04", b"[" * 9999]
)
def test_a_file_of_nothing_is_refused(tmp_path: Path, name: str, raw: bytes) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(ConfigError) as error:
        collect(tmp_path / name)
    assert "\n" not in str(error.value)
    assert name in str(error.value)
