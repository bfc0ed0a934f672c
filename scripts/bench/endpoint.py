"""An endpoint for measuring clients: a fixed answer over a fixed time, in a process of its own.

``python -m scripts.bench.endpoint SECONDS CHUNKS`` prints its port and serves until it is killed.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_STREAM = re.compile(rb'"stream": *true')
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


def _chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def _event(**rest: object) -> bytes:
    body = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m", **rest}
    return _chunk(f"data: {json.dumps(body)}\n\n".encode())


_USAGE = {"prompt_tokens": 20, "completion_tokens": 16, "total_tokens": 36}
_TOKEN = _event(choices=[{"index": 0, "delta": {"content": "4"}, "finish_reason": None}])
_END = (
    _event(choices=[{"index": 0, "delta": {}, "finish_reason": "stop"}])
    + _event(choices=[], usage=_USAGE)
    + _chunk(b"data: [DONE]\n\n")
    + b"0\r\n\r\n"
)


def _whole(tokens: int) -> bytes:
    choice = {"index": 0, "message": {"role": "assistant", "content": "4" * tokens}, "finish_reason": "stop"}
    head = {"id": "x", "object": "chat.completion", "created": 1, "model": "m"}
    body = json.dumps({**head, "choices": [choice], "usage": _USAGE}).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (
        len(body),
        body,
    )


class _Connection(asyncio.Protocol):
    """Keep-alive HTTP, one request after the other: no parser, since the client is known."""

    def __init__(self, seconds: float, chunks: int) -> None:
        self._seconds, self._chunks = seconds, chunks
        self._data = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._data += data
        head, end, rest = self._data.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not end or length is None or len(rest) < int(length[1]):
            return
        self._data = b""
        if _STREAM.search(rest):
            self._begin()
        else:
            self._transport.write(_whole(self._chunks))

    def _begin(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        self._transport.write(_HEAD)
        if not self._seconds:
            self._transport.write(_TOKEN * self._chunks + _END)
            return
        for number in range(1, self._chunks):
            loop.call_at(now + self._seconds * number / self._chunks, self._transport.write, _TOKEN)
        loop.call_at(now + self._seconds, self._transport.write, _TOKEN + _END)


async def _serve(seconds: float, chunks: int) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(seconds, chunks), "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def serving(seconds: float, chunks: int) -> Iterator[str]:
    """The base URL of such an endpoint while the block runs."""
    command = [sys.executable, "-m", "scripts.bench.endpoint", str(seconds), str(chunks)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}/v1"
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    asyncio.run(_serve(float(sys.argv[1]), int(sys.argv[2])))
