"""The server behind the gateway: HTTP within bounds, and signals."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, EADDRINUSE, EADDRNOTAVAIL
from socket import AF_INET, AF_INET6, create_server, socket
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from harness.errors import HarnessError
from harness.serve.app import build_app
from harness.serve.gateway import Gateway
from harness.serve.live import Live

HEADER_BYTES = 64 << 10  # of a request line and all headers
HEADER_S = 10.0  # for them to come
TAKES_S = 60.0  # for a client to take what is sent
IDLE_S = 75  # for which a connection without a request is kept
DRAIN_S = 30  # for answers under way, when the server is to end
_AT_ONCE = 2_000  # connections
_BACKLOG = 512


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's own reads headers without end, and waits for them for ever: neither is done here."""

    _unread = 0  # bytes of headers that have not ended
    _deadline: asyncio.TimerHandle | None = None
    _untaken: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has come."""
        super().connection_made(Corked(transport, self.loop))  # type: ignore[arg-type]
        self._await_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        """It has gone."""
        self._stop_waiting()
        self.resume_writing()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """The client takes nothing at the moment."""
        super().pause_writing()
        self._untaken = self.loop.call_later(TAKES_S, self.transport.abort)

    def resume_writing(self) -> None:
        """It does again."""
        super().resume_writing()
        if self._untaken is not None:
            self._untaken.cancel()
            self._untaken = None

    def data_received(self, data: bytes) -> None:
        """Some bytes of a request."""
        super().data_received(data)
        if self._deadline is not None:
            self._unread += len(data)
            if self._unread > HEADER_BYTES:
                self.transport.close()

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        if self._deadline is None:
            self._await_headers()

    def on_headers_complete(self) -> None:
        """The headers are whole."""
        self._stop_waiting()
        super().on_headers_complete()

    def _await_headers(self) -> None:
        self._unread = 0
        self._deadline = self.loop.call_later(HEADER_S, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class Corked:
    """A transport that sends the head of an answer with what is written in the same turn of the loop."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._head = b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send a piece, or keep a head for what follows."""
        if self._head:
            self._transport.write(self._head + data)
            self._head = b""
        elif data.startswith(b"HTTP/1.1 "):
            self._head = data
            self._loop.call_soon(self._send)
        else:
            self._transport.write(data)

    def close(self) -> None:
        """Send what was kept, and then the end."""
        self._send()
        self._transport.close()

    def _send(self) -> None:
        if self._head:
            self.write(b"")


class _Server(uvicorn.Server):
    """Signals are handled by ``serve``, and not raised anew when the server has ended."""

    def __init__(self, config: uvicorn.Config, live: Live) -> None:
        super().__init__(config)
        self._live = live

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """Wait for answers under way, and not for those who watch the page."""
        self._live.watched = False
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def make_server(gateway: Gateway, host: str, port: int) -> uvicorn.Server:
    """A server that has not begun; it handles no signals."""
    config = uvicorn.Config(
        build_app(gateway),
        host=host,
        port=port,
        http=BoundedProtocol,
        loop="asyncio",  # uvloop runs Python in a forked child, where it can come to a stand
        ws="none",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,  # nobody asks who a client is
        date_header=False,
        timeout_keep_alive=IDLE_S,
        timeout_graceful_shutdown=DRAIN_S,
        limit_concurrency=_AT_ONCE,
        backlog=_BACKLOG,
    )
    return _Server(config, gateway.live)


def serve(gateway: Gateway, host: str, port: int, tell: Callable[[str], None]) -> None:
    """Serve until SIGTERM or Ctrl-C: answers under way are finished. SIGHUP reads rules and keys anew.

    Raises ``HarnessError`` where the address cannot be used.
    """
    with _listener(host, port) as listener:
        server = make_server(gateway, host, port)
        with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
            runner.run(_serve(server, gateway, listener, tell))


def _listener(host: str, port: int) -> socket:
    """Take the address before anything slow is done. Raises ``HarnessError``."""
    family = AF_INET6 if ":" in host else AF_INET
    try:
        return create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        reason = {
            EADDRINUSE: "another program listens there; end it, or name another --port",
            EACCES: "ports below 1024 are for root; name another --port",
            EADDRNOTAVAIL: "this machine has no such address; --host 127.0.0.1 is for itself alone",
        }.get(
            error.errno or 0,
            f"{(error.strerror or '').partition(' (')[0]}; give --host a name or an address of this machine",
        )
        raise HarnessError(f"cannot listen on {host}:{port}: {reason}") from None


async def _serve(
    server: uvicorn.Server, gateway: Gateway, listener: socket, tell: Callable[[str], None]
) -> None:
    loop = asyncio.get_running_loop()
    preloading = asyncio.ensure_future(gateway.preload(tell)) if gateway.options.preload else None

    def end() -> None:
        server.force_exit = server.should_exit
        server.should_exit = True
        if preloading is not None:
            preloading.cancel()

    async def reload() -> None:
        try:
            for line in await gateway.reload() or ["the rules say what they said before"]:
                tell(f"rules: {line}")
        except HarnessError as error:
            tell(f"the rules stay as they were: {error}")

    reloads = set[asyncio.Task[None]]()  # a task that nobody holds may vanish

    def begin_reload() -> None:
        task = loop.create_task(reload())
        reloads.add(task)
        task.add_done_callback(reloads.discard)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end)
    loop.add_signal_handler(signal.SIGHUP, begin_reload)
    if preloading is not None:
        with suppress(asyncio.CancelledError):
            await preloading
    if server.should_exit:
        await gateway.close()
        return
    host, port = listener.getsockname()[:2]
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    gc.collect()
    gc.freeze()  # what is there now stays: to look through it anew takes longer than a request
    tell(f"http://{address}/v1 answers by {gateway.options.rules}; Ctrl-C ends it")
    await server.serve([listener])
