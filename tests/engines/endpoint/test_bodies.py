"""No response is larger than memory or longer than its time, however it is packed."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable

import pytest

from harness.engines.endpoint import openai_api, sse
from tests.engines.endpoint.test_failures import CHUNK, LAST
from tests.engines.endpoint.test_openai_api import ask_one, failed, request
from tests.loopback import Play, raw, trickle

FLOOD = {
    "without a line": b"x" * (1 << 16),
    "of an endless event": b"data: " + b"x" * (1 << 16),
    "of lines": b"flood\n" * 10_000,
    "of data lines": b"data: x\n" * 10_000,
    "of comments": b": x\n" * 20_000,
    "of chunks": CHUNK.encode() * 1000,
    "of empty lines": b"\n" * (1 << 16),
}


@pytest.mark.parametrize("name", FLOOD)
def test_a_flood_ends_at_a_bound(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openai_api, "BODY_BYTES", 2 << 20)
    monkeypatch.setattr(sse, "EVENT_BYTES", 1 << 20)
    kind, message, done = failed(trickle(FLOOD[name], times=100_000), request_=request(timeout_s=30.0))
    assert kind == "bad_response" and "MB" in message
    assert done.failure is not None and not done.failure.retryable


def packed(encoding: str, data: bytes, status: int = 200, kind: str = "application/json") -> Play:
    head = (
        f"HTTP/1.1 {status} Status\r\nContent-Type: {kind}\r\nContent-Encoding: {encoding}\r\n"
        f"Content-Length: {len(data)}\r\nConnection: close\r\n\r\n"
    )
    return raw(head.encode() + data)


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "Deflate": deflated,
}


@pytest.mark.parametrize("encoding", PACKERS)
def test_a_bomb_ends_at_a_bound(encoding: str) -> None:
    bomb = PACKERS[encoding](b" " * (100 << 20))
    assert "MB" in failed(packed(encoding.lower(), bomb), request_=request(timeout_s=30.0))[1]
    kind, _, done = failed(packed(encoding.lower(), bomb, 503))
    assert kind == "server_error" and done.failure is not None and done.failure.retryable


def test_what_is_packed_is_unpacked_once() -> None:
    body = (CHUNK + LAST).encode()
    done, _ = ask_one(packed("gzip", gzip.compress(body), kind="text/event-stream"))
    assert (done.failure, done.output) == (None, "so far")
    assert failed(packed("gzip, gzip", gzip.compress(gzip.compress(body))))[0] == "bad_response"
    assert failed(packed("gzip", b"\x1f\x8b but no gzip"))[0] == "bad_response"
    reason = json.dumps({"error": {"message": "packed reason"}}).encode()
    assert "packed reason" in failed(packed("gzip", gzip.compress(reason), 400))[1]


@pytest.mark.parametrize("status", [200, 500])
def test_a_body_of_a_byte_now_and_then_ends_with_the_time(status: int) -> None:
    play = trickle(b" ", times=100, pause=0.15, status=status)
    kind, message, _ = failed(play, request_=request(timeout_s=0.5))
    assert kind == "timeout" and "0.5 s" in message
