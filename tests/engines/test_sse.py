from __future__ import annotations

from itertools import pairwise

from hypothesis import given, strategies

from harness.engines.sse import EventData

STREAM = (
    b": a comment\r\n\r\n"
    b'event: message\ndata: {"a": 1}\n\n'
    b'data:{"b": "caf\xc3\xa9"}\r\n\r\n'
    b"id: 7\ndata: two\ndata:  lines\n\n"
    b"\n\ndata: [DONE]\n\n"
    b"data: never ended\n"
)
EVENTS = [b'{"a": 1}', b'{"b": "caf\xc3\xa9"}', b"two\n lines", b"[DONE]"]


@given(strategies.lists(strategies.integers(0, len(STREAM)), max_size=8))
def test_it_does_not_matter_where_packets_end(ends: list[int]) -> None:
    events, cuts = EventData(), [0, *sorted(ends), len(STREAM)]
    found = [data for a, b in pairwise(cuts) for data in events.feed(STREAM[a:b])]
    assert found == EVENTS
