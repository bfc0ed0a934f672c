"""The answer to a client: begun once, and sent piece by piece."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping

from starlette.types import Send

_KINDS = {False: b"application/json", True: b"text/event-stream; charset=utf-8"}
_FIXED = [(b"cache-control", b"no-cache"), (b"x-accel-buffering", b"no")]


class ClientGone(ConnectionError):
    """The client hung up."""


class Reply:
    """What a client gets, over an ASGI ``send``."""

    def __init__(self, send: Send) -> None:
        self.begun = False
        self._send = send

    async def begin(self, status: int, headers: Mapping[str, str], *, streamed: bool = False) -> None:
        """Send status and headers; nothing may be tried anew from here on."""
        pairs = [(k.encode("latin-1"), v.encode("latin-1", "replace")) for k, v in headers.items()]
        pairs += [(b"content-type", _KINDS[streamed]), *_FIXED]
        self.begun = True
        await self._send({"type": "http.response.start", "status": status, "headers": pairs})

    def send(self, body: bytes) -> Awaitable[None]:
        """Send a piece."""
        return self._send({"type": "http.response.body", "body": body, "more_body": True})

    async def end(self, body: bytes) -> None:
        """Send the last piece."""
        await self._send({"type": "http.response.body", "body": body, "more_body": False})

    async def whole(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        """Send everything at once."""
        await self.begin(status, {**headers, "content-length": str(len(body))})
        await self.end(body)
