"""Connections to upstreams: kept and asked again, whatever the other end does with them."""

from __future__ import annotations

import asyncio
import gzip
import shutil
import ssl
import subprocess
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.serve import connections as module
from harness.serve.connections import HEAD_BYTES, Broken, Connection
from harness.serve.pool import Connections
from harness.serve.targets import Upstream, target_of

Handler = Callable[[bytes, asyncio.StreamWriter, int], Awaitable[None]]
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n"
END = b"0\r\n\r\n"


class Server:
    """Gives each request, with its number from 1 on, to a handler; counts connections."""

    def __init__(self, handler: Handler) -> None:
        self.asked: list[bytes] = []
        self.connections = 0
        self._handler = handler

    async def __aenter__(self) -> Server:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port: int = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/v1/x"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                body = await reader.readexactly(2) if b"Content-Length: 2" in head else b""
                self.asked.append(head + body)
                await self._handler(head, writer, len(self.asked))
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


def writes(*answers: bytes, closes: bool = False) -> Handler:
    """Answers each request with its bytes, the last ones for all that follow."""

    async def handle(_: bytes, writer: asyncio.StreamWriter, number: int) -> None:
        writer.write(answers[min(number, len(answers)) - 1])
        if closes:
            writer.close()

    return handle


def run(main: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(main(), 20))


async def body_of(connection: Connection) -> bytes:
    parts = b""
    while part := await connection.read(5):
        parts += part
    return parts


@pytest.mark.parametrize("answer", [WHOLE, CHUNKED + END, b"HTTP/1.1 103 Hints\r\nLink: x\r\n\r\n" + WHOLE])
def test_a_connection_is_asked_again(answer: bytes) -> None:
    async def main() -> None:
        pool = Connections()
        async with Server(writes(answer)) as server:
            for _ in range(3):
                connection = await pool.ask(target_of(server.url), b"{}", "key")
                assert (connection.status, await body_of(connection)) == (200, b"hi")
                assert "link" not in connection.headers
                pool.give_back(connection, done=True)
            assert server.connections == 1
            assert all(b"Authorization: Bearer key\r\n" in asked for asked in server.asked)
            pool.close()

    run(main)


def test_an_end_that_comes_late_keeps_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> None:
        async def handle(_: bytes, writer: asyncio.StreamWriter, number: int) -> None:
            writer.write(CHUNKED)
            await ends[number - 1].wait()
            writer.write(END)

        ends = [asyncio.Event(), asyncio.Event()]
        pool = Connections()
        async with Server(handle) as server:
            first = await pool.ask(target_of(server.url), b"{}", None)
            assert await first.read(5) == b"hi"
            pool.give_back(first, done=True)
            ends[0].set()
            await asyncio.sleep(0.05)
            second = await pool.ask(target_of(server.url), b"{}", None)
            assert second is first and server.connections == 1
            pool.give_back(second, done=False)  # it was not read to its end
            assert second.lost

    run(main)


@pytest.mark.parametrize("waits", [True, False])
def test_what_was_closed_while_nobody_asked_is_opened_anew(waits: bool) -> None:
    async def main() -> None:
        async def handle(_: bytes, writer: asyncio.StreamWriter, number: int) -> None:
            if number == 2 and not waits:
                writer.close()  # as the request was on its way
            else:
                writer.write(WHOLE)
                if number == 1 and waits:
                    writer.close()

        pool = Connections()
        async with Server(handle) as server:
            for _ in range(2):
                connection = await pool.ask(target_of(server.url), b"{}", None)
                assert await body_of(connection) == b"hi"
                pool.give_back(connection, done=True)
                await asyncio.sleep(0.05)
            assert server.connections == 2
            pool.close()

    run(main)


def test_what_comes_unasked_is_nobodys_answer() -> None:
    async def main() -> None:
        async def handle(_: bytes, writer: asyncio.StreamWriter, number: int) -> None:
            writer.write(WHOLE)
            await asyncio.sleep(0.05)
            writer.write(WHOLE.replace(b"hi", b"no"))

        pool = Connections()
        async with Server(handle) as server:
            for _ in range(2):
                connection = await pool.ask(target_of(server.url), b"{}", None)
                assert await body_of(connection) == b"hi"
                pool.give_back(connection, done=True)
                await asyncio.sleep(0.15)
            assert server.connections == 2

    run(main)


def test_a_second_answer_is_no_part_of_the_first() -> None:
    async def main() -> None:
        pool = Connections()
        async with Server(writes(WHOLE + WHOLE.replace(b"hi", b"no"), WHOLE)) as server:
            for _ in range(2):
                connection = await pool.ask(target_of(server.url), b"{}", None)
                assert await body_of(connection) == b"hi"
                pool.give_back(connection, done=True)
            assert server.connections == 2
            pool.close()

    run(main)


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\nto the end", b"to the end"),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi", b"hi"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"small", mtime=0), b"small"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhi", None),
        (CHUNKED, None),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"x" * 50_000_000, mtime=0),
            None,
        ),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nplain", None),
    ],
)
def test_an_answer_is_whole_or_broken(answer: bytes, body: bytes | None) -> None:
    async def main() -> None:
        pool = Connections()
        async with Server(writes(answer, closes=True)) as server:
            connection = await pool.ask(target_of(server.url), b"{}", None)
            if body is None:
                with pytest.raises(Broken):
                    await body_of(connection)
            else:
                assert await body_of(connection) == body
            pool.give_back(connection, done=body is not None)
            assert connection.lost

    run(main)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 20",
        b"\x00\x01",
        b"HTTP/1.1 200 OK\r\nX: y\rZ: w\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n" + END,
        b"HTTP/1.1 200 OK\r\n" + b"X: yyyyyyyyyyyyyyyyyy\r\n" * (HEAD_BYTES // 2) + b"\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n",
    ],
)
def test_what_is_no_answer_breaks(answer: bytes) -> None:
    async def main() -> None:
        pool = Connections()
        async with Server(writes(answer, closes=True)) as server:
            with pytest.raises(Broken):
                await pool.ask(target_of(server.url), b"{}", None)
            assert server.connections == 1  # a new connection is not asked twice

    run(main)


def test_silence_ends_a_wait_and_the_limit_may_become_shorter() -> None:
    async def main() -> None:
        pool = Connections()
        async with Server(writes(CHUNKED)) as server:
            connection = await pool.ask(target_of(server.url), b"{}", None)
            assert await connection.read(60) == b"hi"
            waiting = asyncio.ensure_future(connection.read(60))
            await asyncio.sleep(0.01)
            waiting.cancel()
            await asyncio.wait([waiting])
            with pytest.raises(TimeoutError):
                await connection.read(0.05)
            pool.give_back(connection, done=False)

    run(main)


def test_an_upstream_waits_for_who_reads_slowly() -> None:
    async def main() -> None:
        writers: list[asyncio.StreamWriter] = []

        async def handle(_: bytes, writer: asyncio.StreamWriter, number: int) -> None:
            writers.append(writer)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n" + bytes(9_000_000))

        pool = Connections()
        async with Server(handle) as server:
            connection = await pool.ask(target_of(server.url), b"{}", None)
            await asyncio.sleep(0.3)
            assert writers[0].transport.get_write_buffer_size() > 1_000_000
            assert len(await body_of(connection)) == 9_000_000
            pool.give_back(connection, done=True)
            assert not connection.lost
            pool.close()

    run(main)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=30), max_size=6), st.lists(st.integers(1, 25), max_size=25))
def test_any_packets_give_the_same_body(chunks: list[bytes], sizes: list[int]) -> None:
    raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    raw += b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + END

    async def main() -> None:
        connection = Connection(Upstream("x", 80, secure=False))
        connection.connection_made(Mock())
        sending = asyncio.ensure_future(connection.send(b""))
        await asyncio.sleep(0)
        at = 0
        for size in (*sizes, len(raw)):
            connection.data_received(raw[at : at + size])
            at += size
        assert await sending and await body_of(connection) == b"".join(chunks)

    run(main)


def test_a_proxy_of_the_environment_is_asked_in_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> None:
        async with Server(writes(WHOLE)) as proxy:
            monkeypatch.setenv("http_proxy", f"http://me:p%40ss@127.0.0.1:{proxy.port}")
            monkeypatch.setenv("no_proxy", "127.0.0.1")
            pool = Connections()
            connection = await pool.ask(target_of("http://models.test:81/v1/x"), b"{}", None)
            assert await body_of(connection) == b"hi"
            pool.give_back(connection, done=True)
            (asked,) = proxy.asked
            assert asked.startswith(b"POST http://models.test:81/v1/x HTTP/1.1\r\nHost: models.test:81\r\n")
            assert b"Proxy-Authorization: Basic bWU6cEBzcw==\r\n" in asked
            assert target_of(proxy.url).upstream.proxy is None
            pool.close()

    run(main)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_a_proxy_cannot_read_what_is_secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=x"
    files = ["-keyout", str(key), "-out", str(certificate), "-addext", "subjectAltName=DNS:models.test"]
    subprocess.run([*make.split(), *files], check=True, capture_output=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    module.tls_context.cache_clear()
    ours = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    ours.load_cert_chain(certificate, key)

    async def tunnel(head: bytes, writer: asyncio.StreamWriter, number: int) -> None:
        if head.startswith(b"CONNECT"):
            writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            await writer.start_tls(ours)
        else:
            writer.write(WHOLE)

    async def main() -> None:
        async with Server(tunnel) as proxy:
            monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.port}")
            pool = Connections()
            for _ in range(2):
                connection = await pool.ask(target_of("https://models.test/v1/x"), b"{}", "key")
                assert await body_of(connection) == b"hi"
                pool.give_back(connection, done=True)
            assert proxy.connections == 1 and len(proxy.asked) == 3
            assert b"key" not in proxy.asked[0] and b"Bearer key" in proxy.asked[1]
            with pytest.raises(ssl.SSLCertVerificationError):
                await pool.ask(target_of("https://others.test/v1/x"), b"{}", "key")
            pool.close()

    run(main)
    module.tls_context.cache_clear()
