"""What is done with readings on their way. Everything here takes one reading after another, and keeps few of them."""

import heapq
from collections import deque


def in_order(readings, lateness):
    """The readings by their time, those of a minute by meter and count.

    They may come up to ``lateness`` minutes after one that is newer. What comes later than that is left out.
    """
    heap, newest = [], None
    for reading in readings:
        newest = reading.at if newest is None else max(newest, reading.at)
        if reading.at < newest - lateness:
            continue
        heapq.heappush(heap, reading)
        while heap[0].at < newest - lateness:
            yield heapq.heappop(heap)
    yield from heap


def distinct(readings, window):
    """The readings without those that equal one of the ``window`` readings before them, whether that was left out or not."""
    recent, known = deque(), set()
    for reading in readings:
        if reading not in known:
            yield reading
        recent.append(reading)
        known.add(reading)
        if len(recent) > window:
            known.discard(recent.popleft())
