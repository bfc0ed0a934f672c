"""A client that costs little: what a gateway takes is measured from outside, and not what its client does."""

from __future__ import annotations

import asyncio
import json
import re
import time
from dataclasses import dataclass
from typing import Self, cast
from urllib.parse import urlsplit

_BODY = {"model": "auto", "messages": [{"role": "user", "content": "What is 2 + 2?"}]}
_TOKEN = b'"content"'
_END = b"0\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Timed:
    """One answer: seconds to its end and to its first token, and how many pieces with tokens it had."""

    seconds: float
    first_s: float
    tokens: int


class Caller(asyncio.Protocol):
    """One connection to a server of chats, kept alive: one request after the other, no parser."""

    def __init__(self, url: str, key: str, streamed: bool) -> None:
        parts = urlsplit(url)
        body = json.dumps({**_BODY, "stream": streamed}).encode()
        self._streamed = streamed
        head = (
            f"POST {parts.path}/chat/completions HTTP/1.1\r\nHost: {parts.netloc}\r\n"
            f"Content-Type: application/json\r\nAuthorization: Bearer {key}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        self._request = head.encode() + body
        self._data = bytearray()
        self._first = 0.0
        self._transport: asyncio.Transport
        self._answered: asyncio.Future[None] | None = None

    @classmethod
    async def connected(cls, url: str, key: str = "sk-none", *, streamed: bool = True) -> Self:
        """A caller that is connected already."""
        parts = urlsplit(url)
        loop = asyncio.get_running_loop()
        _, caller = await loop.create_connection(
            lambda: cls(url, key, streamed), parts.hostname or "", parts.port or 80
        )
        return caller

    async def ask(self) -> Timed:
        """One request. Raises ``RuntimeError`` where no whole answer comes."""
        self._data.clear()
        self._first = 0.0
        self._answered = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        self._transport.write(self._request)
        await self._answered
        seconds = time.perf_counter() - began
        if (b"[DONE]" if self._streamed else b'"usage"') not in self._data:
            raise RuntimeError(f"no whole answer: {bytes(self._data[-300:])!r}")
        return Timed(seconds, self._first - began, self._data.count(_TOKEN))

    def close(self) -> None:
        """Hang up."""
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The server has taken the connection."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """A piece of an answer."""
        self._data += data
        if not self._first and _TOKEN in self._data:
            self._first = time.perf_counter()
        if self._is_whole() and self._answered is not None and not self._answered.done():
            self._answered.set_result(None)

    def _is_whole(self) -> bool:
        if not self._data.startswith(b"HTTP/1.1 200"):
            return True
        if self._streamed:
            return self._data.endswith(_END)
        head, _, body = self._data.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        return length is not None and len(body) >= int(length[1])

    def connection_lost(self, exc: Exception | None) -> None:
        """The server has hung up."""
        if self._answered is not None and not self._answered.done():
            self._answered.set_exception(RuntimeError(f"the server hung up: {bytes(self._data[-300:])!r}"))
