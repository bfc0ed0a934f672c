"""Server-sent events as endpoints write them: what each event holds, and the lines that belong to none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

EVENT_BYTES = 4 << 20  # of one event, or of all lines that belong to none: an answer of a million tokens
_MARK = b"\xef\xbb\xbf"


class Event(NamedTuple):
    """What came in one event: an ``error`` where the endpoint calls it so, else a ``message``."""

    data: bytes
    error: bool = False


class EventReader:
    """Cuts a stream of bytes into events, within bounds.

    Lines end with LF, CRLF or CR, as the standard says. Comments and events without data are left out.
    Where the empty line between two events is missing, as some servers leave it out, each ``data`` line
    that follows is an event of its own. ``error: …`` lines are llama.cpp's of 2025. Raises ``ValueError``
    when an event is larger than ``EVENT_BYTES``.
    """

    def __init__(self) -> None:
        self.stray: list[bytes] = []  # lines of no event: an error page, or JSON that is not streamed
        self._stray_bytes = 0
        self._rest: list[bytes] = []  # of a line that has not ended
        self._rest_bytes = 0
        self._data: list[bytes] = []  # of an event that has not ended
        self._data_bytes = 0
        self._error = False
        self._begun = self._after_cr = False

    def feed(self, received: bytes) -> Iterator[Event]:
        """The events that end in ``received``."""
        if self._after_cr and received[:1] == b"\n":  # a CRLF in two packets
            received = received[1:]
        self._after_cr = received[-1:] == b"\r"
        if b"\r" in received:
            received = received.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        first, *others = received.split(b"\n")
        self._rest.append(first)
        self._rest_bytes = self._within(self._rest_bytes + len(first))
        if others:
            lines = [b"".join(self._rest), *others[:-1]]
            self._rest, self._rest_bytes = [others[-1]], len(others[-1])
            for line in lines:
                if (event := self._line(line)) is not None:
                    yield event

    def end(self) -> Iterator[Event]:
        """The last events, where the stream ended without the empty line behind them."""
        for event in (self._line(b"".join(self._rest)), self._event()):
            if event is not None:
                yield event

    def _line(self, line: bytes) -> Event | None:
        """The event that ends with a line: there is one at most."""
        if not self._begun:
            line, self._begun = line.removeprefix(_MARK), True
        if not line:
            return self._event()
        name, colon, value = line.partition(b":")
        if value[:1] == b" ":
            value = value[1:]
        event = None
        if name == b"data":
            if self._data and self._data[-1][-1:] in (b"}", b"]") and value[:1] in (b"{", b"["):
                event = self._event()
            self._data.append(value)
            self._data_bytes = self._within(self._data_bytes + len(line))
        elif name == b"event":
            self._error = value.strip() == b"error"
        elif name == b"error" and colon:
            event = Event(value, error=True)
        elif name not in (b"", b"id", b"retry"):
            self.stray.append(line)
            self._stray_bytes = self._within(self._stray_bytes + len(line))
        return event

    def _event(self) -> Event | None:
        data, error = b"\n".join(self._data).strip(), self._error
        self._data, self._data_bytes, self._error = [], 0, False
        return Event(data, error) if data or error else None

    @staticmethod
    def _within(size: int) -> int:
        if size > EVENT_BYTES:
            raise ValueError(f"an event of more than {EVENT_BYTES >> 20} MB")
        return size
