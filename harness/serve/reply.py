"""The answer to a client: begun once, sent piece by piece, and given up where the client takes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from starlette.types import Send

_TAKES_S = 60.0  # for a client to take a piece


class ClientGone(ConnectionError):
    """The client hung up, or takes nothing any more."""


class Reply:
    """What a client gets, over an ASGI ``send``."""

    def __init__(self, send: Send) -> None:
        self.begun = False
        self._send = send

    async def begin(self, status: int, headers: Mapping[str, str], *, streamed: bool = False) -> None:
        """Send status and headers; nothing may be tried anew from here on."""
        kind = "text/event-stream; charset=utf-8" if streamed else "application/json"
        fixed = {"content-type": kind, "cache-control": "no-cache", "x-accel-buffering": "no"}
        pairs = [
            (k.encode("latin-1"), v.encode("latin-1", "replace")) for k, v in {**headers, **fixed}.items()
        ]
        self.begun = True
        await self._take({"type": "http.response.start", "status": status, "headers": pairs})

    async def send(self, body: bytes) -> None:
        """Send a piece."""
        await self._take({"type": "http.response.body", "body": body, "more_body": True})

    async def end(self) -> None:
        """There is no more."""
        await self._take({"type": "http.response.body", "body": b"", "more_body": False})

    async def whole(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        """Send everything at once."""
        await self.begin(status, {**headers, "content-length": str(len(body))})
        await self.send(body)
        await self.end()

    async def _take(self, message: dict[str, object]) -> None:
        try:
            async with asyncio.timeout(_TAKES_S):
                await self._send(message)
        except TimeoutError:
            raise ClientGone(f"took nothing for {_TAKES_S:g} s") from None
