"""A real HTTP server on the loopback interface that plays an OpenAI-compatible endpoint, badly on demand.

``with Loopback(stream("Hello"), answer(500, "oops")) as server:`` answers the first POST with
the first play, the second with the second, and all later ones with the last.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

USAGE = {"prompt_tokens": 11, "completion_tokens": 3, "total_tokens": 14}


@dataclass(frozen=True)
class Call:
    """A request as it arrived; header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any


Play = Callable[[Call, asyncio.StreamWriter], Awaitable[None]]


def answer(
    status: int, body: Any = "", kind: str = "application/json", headers: Mapping[str, str] | None = None
) -> Play:
    """One complete response; a body that is not text is sent as JSON."""
    data = (body if isinstance(body, str) else json.dumps(body)).encode()

    async def play(call: Call, writer: asyncio.StreamWriter) -> None:
        head = {"Content-Type": kind, "Content-Length": str(len(data)), **(headers or {})}
        writer.write(_head(status, head) + data)

    return play


def stream(
    *texts: str,
    usage: Mapping[str, Any] | None = USAGE,
    finish: str | None = "stop",
    pause: float = 0.0,
    first_pause: float = 0.0,
    extra: Mapping[str, Any] | None = None,
    reasoning: str = "",
    tail: bytes = b"data: [DONE]\n\n",
    cut: bool = False,
    hang: bool = False,
    headers: Mapping[str, str] | None = None,
    deltas: Sequence[Mapping[str, Any]] = (),
) -> Play:
    """A streamed answer, a chunk a text, then one a delta. ``cut`` breaks the connection after them, ``hang``
    goes silent.
    """

    async def play(call: Call, writer: asyncio.StreamWriter) -> None:
        head = {"Content-Type": "text/event-stream", "Transfer-Encoding": "chunked", **(headers or {})}
        writer.write(_head(200, head))
        await asyncio.sleep(first_pause)
        await _send(writer, _event({"role": "assistant", "content": ""}, extra=extra))
        if reasoning:
            await _send(writer, _event({"reasoning_content": reasoning}, extra=extra))
        for text in texts:
            await _send(writer, _event({"content": text}, extra=extra))
            await asyncio.sleep(pause)
        for delta in deltas:
            await _send(writer, _event(delta, extra=extra))
        if hang:
            await asyncio.sleep(60)
        if cut:
            return
        if finish:
            await _send(writer, _event({}, finish, extra))
        if usage is not None:
            data = {"id": "1", "choices": [], "usage": usage, **(extra or {})}
            await _send(writer, f"data: {json.dumps(data)}\n\n".encode())
        await _send(writer, tail)
        writer.write(b"0\r\n\r\n")

    return play


def raw(data: bytes) -> Play:
    """These bytes instead of an HTTP response, then the end of the connection."""

    async def play(call: Call, writer: asyncio.StreamWriter) -> None:
        writer.write(data)

    return play


def trickle(part: bytes, times: int, pause: float = 0.0, status: int = 200) -> Play:
    """A body that is ``part`` again and again, with pauses between."""

    async def play(call: Call, writer: asyncio.StreamWriter) -> None:
        writer.write(_head(status, {"Content-Type": "text/event-stream"}))
        for _ in range(times):
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)

    return play


def hang(seconds: float = 60.0) -> Play:
    """Take the request and say nothing."""

    async def play(call: Call, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(seconds)

    return play


class Loopback:
    """The server, in a thread of its own, at a port that is free. ``calls`` lists what it was asked."""

    def __init__(self, *plays: Play, models: Play | None = None, port: int = 0) -> None:
        self.calls: list[Call] = []
        self.url = ""
        self._port = port
        self._plays = list(plays)
        self._models = models or answer(404, {"error": {"message": "no such page"}})
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        start = asyncio.start_server(self._serve, "127.0.0.1", self._port)
        self._server = asyncio.run_coroutine_threadsafe(start, self._loop).result(10)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _stop(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            call = await _read(reader)
            self.calls.append(call)
            if call.method == "GET":
                play = self._models
            else:
                play = self._plays.pop(0) if len(self._plays) > 1 else self._plays[0]
            await play(call, writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client has gone
        finally:
            writer.close()


async def _read(reader: asyncio.StreamReader) -> Call:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, path, _ = head[0].split(" ")
    headers = {
        name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)
    }
    data = await reader.readexactly(int(headers.get("content-length", 0)))
    return Call(method, path, headers, json.loads(data) if data else None)


def _head(status: int, headers: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} Status", *(f"{k}: {v}" for k, v in headers.items()), "Connection: close"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _event(
    delta: Mapping[str, Any], finish: str | None = None, extra: Mapping[str, Any] | None = None
) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return f"data: {json.dumps({'id': '1', 'choices': [choice], **(extra or {})})}\n\n".encode()


async def _send(writer: asyncio.StreamWriter, data: bytes) -> None:
    if data:
        writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        await writer.drain()
