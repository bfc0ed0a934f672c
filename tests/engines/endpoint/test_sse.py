from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies

from harness.engines.endpoint.sse import EVENT_BYTES, Event, EventReader

STREAM = (
    b"\xef\xbb\xbf: a comment\r\n\r\n"
    b'event: message\ndata: {"a": 1}\n\n'
    b'data:{"b": "caf\xc3\xa9"}\r\n\r\n'
    b"id: 7\nretry: 9\ndata: two\ndata:  lines\n\n"
    b"data:\n\ndata: \r\n\r\ndata\n\n"
    b'data: {"c": 1}\ndata: {"d": [\ndata: {}]\ndata: }\ndata: [DONE]\n\n'
    b'event: error\ndata: {"e": 1}\n\n'
    b"event:error\n\n"
    b'error: {"f": 1}\n\n'
    b"<html>\n\n"
    b'data: {"g": 1}\r\rdata: {"h":\r\ndata: 1}\r\n\n'
    b"data: the end"
)
EVENTS = [
    Event(b'{"a": 1}'),
    Event(b'{"b": "caf\xc3\xa9"}'),
    Event(b"two\n lines"),
    Event(b'{"c": 1}'),
    Event(b'{"d": [\n{}]\n}'),
    Event(b"[DONE]"),
    Event(b'{"e": 1}', error=True),
    Event(b"", error=True),
    Event(b'{"f": 1}', error=True),
    Event(b'{"g": 1}'),
    Event(b'{"h":\n1}'),
    Event(b"the end"),
]

X = b"x" * 1000


def events_of(stream: bytes, ends: list[int]) -> tuple[list[Event], list[bytes]]:
    reader, cuts = EventReader(), [0, *sorted(ends), len(stream)]
    events = [event for a, b in pairwise(cuts) for event in reader.feed(stream[a:b])]
    return [*events, *reader.end()], reader.stray


@given(strategies.lists(strategies.integers(0, len(STREAM)), max_size=8))
def test_it_does_not_matter_where_packets_end(ends: list[int]) -> None:
    assert events_of(STREAM, ends) == (EVENTS, [b"<html>"])


@settings(max_examples=50)
@given(strategies.lists(strategies.sampled_from([*STREAM.split(b"\n"), b"\0", b"data: {}", b"\r"])))
def test_any_lines_in_any_order_are_events_or_stray(lines: list[bytes]) -> None:
    stream = b"\n".join(lines)
    assert events_of(stream, []) == events_of(stream, list(range(len(stream))))


@pytest.mark.parametrize(
    "packet",
    [
        b"x" * 65536,
        b"data: " + b"x" * 65536,
        b"data: %b\n" % (b"x" * 1000) * 64,
        b"%b\n" % (b"x" * 1000) * 64,
    ],
)
def test_an_event_and_what_belongs_to_none_have_bounds(packet: bytes) -> None:
    reader = EventReader()
    with pytest.raises(ValueError, match="4 MB"):
        for _ in range(12 * EVENT_BYTES // len(packet)):
            list(reader.feed(packet))
