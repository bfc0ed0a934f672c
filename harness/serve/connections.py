"""One connection to an upstream: a request at a time on it, and the bytes of the answer as they come.

A request costs about a tenth of what a general client of HTTP takes for it: no redirects, cookies, retries
or sessions, none of which a gateway may have.
"""

from __future__ import annotations

import asyncio
import ssl
import zlib
from collections.abc import Callable
from functools import cache
from typing import cast

import httptools

from harness.serve.targets import Upstream

HEAD_BYTES = 64 << 10  # of the status and all headers
_HELD = 256 << 10  # bytes of an answer that wait to be read before the upstream has to wait
_INFLATED = 16 << 20  # bytes of an answer that may be in one compressed piece
_LAST_BYTES_S = 2.0  # for the end of an answer that nobody reads any more
_KEPT_S = 30.0  # for which a connection without a request is kept


class Broken(ConnectionError):
    """A connection that ended, or brought what is no HTTP, before its answer was whole."""


class Connection(asyncio.Protocol):
    """One connection, and the answer that it brings at the moment."""

    def __init__(self, upstream: Upstream) -> None:
        self.upstream = upstream
        self.status = 0
        self.headers: dict[str, str] = {}  # by names in lower case
        self.lost = False
        self._parser = httptools.HttpResponseParser(self)
        self._transport: asyncio.Transport
        self._loop = asyncio.get_running_loop()
        self._received: list[bytes] = []
        self._size = 0
        self._head_bytes = 0
        self._asked = self._has_head = self._whole = self._paused = self._stays = False
        self._flaw: Exception | None = None
        self._inflate: zlib._Decompress | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._timer: asyncio.TimerHandle | None = None  # of who reads, or until it is closed
        self._until = 0.0
        self._keep: Callable[[Connection], None] | None = None  # nobody reads any more

    # --- for who asks ----------------------------------------------------------

    async def send(self, request: bytes) -> bool:
        """Send a request, and wait for status and headers; false where the end comes before any byte."""
        self._stop_waiting()
        self.status, self.headers, self._inflate = 0, {}, None
        self._received, self._size, self._head_bytes = [], 0, 0
        self._has_head = self._whole = False
        self._asked = True
        self._transport.write(request)
        while not self._has_head:
            if self.lost:
                if self._head_bytes:
                    raise self._flaw or Broken("the connection broke off in the headers of an answer")
                return False
            await self._more()
        return True

    async def read(self, within_s: float | None = None) -> bytes:
        """What has come of the body, waiting for some; empty at its end.

        Raises ``TimeoutError``, and ``Broken`` where the end comes too early.
        """
        while not self._received:
            if self._flaw is not None:
                raise self._flaw
            if self._whole:
                return b""
            if within_s is not None:
                self._watch(self._loop.time() + within_s)
            await self._more()
        data = self._received[0] if len(self._received) == 1 else b"".join(self._received)
        self._received, self._size = [], 0
        self._resume()
        return data

    def leave(self, keep: Callable[[Connection], None]) -> None:
        """Read no more: once the answer has ended ``keep`` gets the connection, if it stays open."""
        if self._whole:
            self._idle(keep)
        else:
            self._keep = keep
            self._close_in(_LAST_BYTES_S)
            self._resume()

    async def start_tls(self, connection: Connection) -> asyncio.Transport:
        """What follows is secure, and comes to another; its transport."""
        host = self.upstream.host
        secure = await self._loop.start_tls(self._transport, connection, tls_context(), server_hostname=host)
        assert secure is not None
        return secure

    def abort(self) -> None:
        """Close it at once."""
        self.lost = True
        self._stop_waiting()
        self._transport.abort()

    def _idle(self, keep: Callable[[Connection], None]) -> None:
        if not self._stays or self.lost:
            self.abort()
            return
        self._asked, self._keep = False, None
        self._close_in(_KEPT_S)
        keep(self)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _close_in(self, seconds: float) -> None:
        self._stop_waiting()
        self._timer = self._loop.call_later(seconds, self.abort)

    def _resume(self) -> None:
        if self._paused:
            self._paused = False
            self._transport.resume_reading()

    async def _more(self) -> None:
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _watch(self, until: float) -> None:
        """Wait no longer than ``until``. A timer a piece would take longer than its piece: there is one."""
        self._until = until
        if self._timer is None or self._timer.when() > until:
            self._stop_waiting()
            self._timer = self._loop.call_at(until, self._check_time)

    def _check_time(self) -> None:
        self._timer = None
        if self._waiter is not None and not self._waiter.done():
            if self._loop.time() >= self._until:
                self._waiter.set_exception(TimeoutError())
            else:
                self._watch(self._until)

    def _fail(self, flaw: Exception) -> None:
        if not self._whole and self._flaw is None:
            self._flaw = flaw
        self.abort()
        self._wake()

    # --- asyncio ---------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """As ``asyncio.Protocol`` has it."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """As ``asyncio.Protocol`` has it."""
        if not self._asked:  # nothing was asked: what comes belongs to no request
            self.abort()
            return
        if not self._has_head:
            self._head_bytes += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self._fail(Broken(f"what came is no HTTP: {error}"))
            return
        if not self._has_head and self._head_bytes > HEAD_BYTES:
            self._fail(Broken(f"the headers have more than {HEAD_BYTES >> 10} KB"))

    def connection_lost(self, exc: Exception | None) -> None:
        """As ``asyncio.Protocol`` has it. A body without a length ends with its connection."""
        self.lost = True
        if self._asked and not self._whole and self._flaw is None:
            endless = not {"content-length", "transfer-encoding"} & self.headers.keys()
            if self._has_head and exc is None and endless:
                self._whole = True
            elif self._has_head or exc is not None:
                self._flaw = Broken(str(exc) if exc else "the connection was closed in an answer")
        self._wake()

    # --- httptools -------------------------------------------------------------

    def on_message_begin(self) -> None:
        """An answer begins, which there is one of."""
        if self._whole:
            raise ValueError("more than one answer")

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header has come."""
        self.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        """All headers have; those of a status below 200 are followed by others."""
        self.status = self._parser.get_status_code()
        if self.status < 200:
            self.headers = {}
            return
        if self.headers.get("content-encoding", "identity").lower() in ("gzip", "x-gzip", "deflate"):
            self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._has_head, self._stays = True, self._parser.should_keep_alive()
        self._wake()

    def on_body(self, data: bytes) -> None:
        """A piece of the body has come."""
        if self._inflate is not None:
            data = self._inflate.decompress(data, _INFLATED)
            if self._inflate.unconsumed_tail:
                raise ValueError("it is compressed beyond all bounds")
        if not data or self._keep is not None:
            return
        self._received.append(data)
        self._size += len(data)
        if self._size > _HELD and not self._paused:
            self._paused = True
            self._transport.pause_reading()
        self._wake()

    def on_message_complete(self) -> None:
        """The body has ended."""
        if self._has_head:
            self._whole = True
            self._wake()
            if self._keep is not None:
                self._idle(self._keep)


@cache
def tls_context() -> ssl.SSLContext:
    """What a secure connection trusts, read once: that takes a while."""
    return ssl.create_default_context()
