"""Streams are cut apart without a change, wherever the packets end."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.serve.frames import FRAME_BYTES, BadFrame, ErrorFrame, FrameReader, Progress, data_of

ENDS = st.sampled_from([b"\n\n", b"\r\n\r\n"])
LINES = st.sampled_from(
    [b": ping", b"data: [DONE]", b"event: x", 'data: {"choices": [{"delta": {"content": "é😀"}}]}'.encode()]
)


@settings(max_examples=60)
@given(st.lists(st.tuples(LINES, ENDS), max_size=12), st.lists(st.integers(1, 40), max_size=20))
def test_any_packets_give_the_same_frames(frames: list[tuple[bytes, bytes]], sizes: list[int]) -> None:
    stream = b"".join(line + end for line, end in frames)
    reader, cut, at = FrameReader(), [], 0
    for size in (*sizes, len(stream)):
        cut += list(reader.feed(stream[at : at + size]))
        at += size
    assert cut == [line + end for line, end in frames]
    assert not reader.rest


def test_a_frame_without_end_is_refused() -> None:
    reader = FrameReader()
    with pytest.raises(BadFrame):
        for _ in range(FRAME_BYTES // (1 << 20) + 1):
            list(reader.feed(b"x" * (1 << 20)))


def test_data_of_several_lines_and_of_none() -> None:
    assert data_of(b"data: {\ndata: }\n\n") == b"{\n}"
    assert data_of(b"data:x\r\n\r\n") == b"x"
    assert data_of(b": ping\n\n") is None
    assert data_of(b"data:\n\n") is None


def frame(**chunk: object) -> bytes:
    return f"data: {json.dumps(chunk)}\n\n".encode()


@pytest.mark.parametrize(
    "delta",
    [{"content": "x"}, {"tool_calls": [{"index": 0}]}, {"reasoning_content": "hm"}, {"refusal": "no"}],
)
def test_what_begins_an_answer(delta: dict[str, object]) -> None:
    progress = Progress()
    progress.take(frame(choices=[{"delta": {"role": "assistant", "content": ""}}]))
    assert not progress.begun
    progress.take(frame(choices=[{"delta": delta, "finish_reason": None}]))
    assert progress.begun


def test_usage_alone_is_told_from_usage_beside_text() -> None:
    progress = Progress()
    assert progress.take(frame(choices=[], usage={"prompt_tokens": 1}))
    assert not progress.take(frame(choices=[{"delta": {"content": "x"}}], usage={"prompt_tokens": 1}))


@pytest.mark.parametrize("body", [b"data: {\n\n", b"data: 7\n\n", b"data: [1]\n\n", frame(choices=[3])])
def test_what_is_no_chunk(body: bytes) -> None:
    with pytest.raises(BadFrame):
        Progress().take(body)


def test_an_error_in_place_of_a_chunk() -> None:
    with pytest.raises(ErrorFrame) as refused:
        Progress().take(frame(error={"message": "overloaded", "code": 503}))
    assert refused.value.body
