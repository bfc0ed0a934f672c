"""Server-sent events, as far as chat completions use them: the data of each event."""

from __future__ import annotations

from collections.abc import Iterator


class EventData:
    """Cuts a stream of bytes into the data of its events.

    Comments and the names of events are left out. Lines end with LF or CRLF; the lone CR that the
    standard allows is not known of any endpoint.
    """

    def __init__(self) -> None:
        self._rest = b""  # of a line that has not ended
        self._data: list[bytes] = []  # of an event that has not ended

    def feed(self, received: bytes) -> Iterator[bytes]:
        """The data of events that end in ``received``."""
        *lines, self._rest = (self._rest + received).split(b"\n")
        for line in lines:
            line = line.removesuffix(b"\r")
            if line.startswith(b"data:"):
                self._data.append(line[5:].removeprefix(b" "))
            elif not line and self._data:
                yield b"\n".join(self._data)
                self._data = []
