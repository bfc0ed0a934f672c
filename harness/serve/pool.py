"""Connections to upstreams: those that are kept alive, and how a new one is made."""

from __future__ import annotations

import asyncio
from collections import deque
from urllib.parse import SplitResult

from harness.serve.connections import Broken, Connection, tls_context
from harness.serve.targets import Target, Upstream, proxy_headers

CONNECT_S = 5.0


class Connections:
    """Those that wait for a request, by upstream, the longest first; the last one is taken first."""

    def __init__(self) -> None:
        self._idle: dict[Upstream, deque[Connection]] = {}

    async def ask(self, target: Target, body: bytes, key: str | None) -> Connection:
        """Send a request; the connection has its status and headers. Raises ``OSError``."""
        signed = f"Authorization: Bearer {key}\r\n" if key else ""
        request = b"%s%sContent-Length: %d\r\n\r\n%s" % (target.head, signed.encode(), len(body), body)
        connection = self._take(target.upstream)
        if connection is not None and await self._answered(connection, request):
            return connection
        # An upstream that closed an idle one as the request was on its way did not read it: ask it anew.
        connection = await _connected(target.upstream)
        if not await self._answered(connection, request):
            raise Broken("the connection was closed without an answer")
        return connection

    def give_back(self, connection: Connection, *, done: bool) -> None:
        """Nothing more is read; ``done``: of the answer nothing is missing but perhaps its last bytes."""
        if done:
            connection.leave(self._keep)
        else:
            connection.abort()

    def close(self) -> None:
        """Close those that wait."""
        for connections in self._idle.values():
            for connection in connections:
                connection.abort()
        self._idle.clear()

    def _take(self, upstream: Upstream) -> Connection | None:
        idle = self._idle.get(upstream)
        while idle:
            connection = idle.pop()
            if not connection.lost:
                return connection
        return None

    def _keep(self, connection: Connection) -> None:
        idle = self._idle.setdefault(connection.upstream, deque())
        while idle and idle[0].lost:
            idle.popleft()
        idle.append(connection)

    async def _answered(self, connection: Connection, request: bytes) -> bool:
        """Whether an answer begins; not, where the connection is closed before its first byte."""
        try:
            return await connection.send(request)
        except BaseException:
            connection.abort()
            raise


async def _connected(upstream: Upstream) -> Connection:
    """A new connection. Raises ``OSError``."""
    proxy = upstream.proxy
    try:
        async with asyncio.timeout(CONNECT_S):
            if proxy is None:
                return await _opened(upstream, upstream.host, upstream.port, upstream.secure)
            connection = await _opened(
                upstream, proxy.hostname or "", proxy.port or 80, proxy.scheme == "https"
            )
            return await _tunnelled(connection, proxy) if upstream.secure else connection
    except TimeoutError:
        raise Broken(f"no connection within {CONNECT_S:g} s") from None


async def _opened(upstream: Upstream, host: str, port: int, secure: bool) -> Connection:
    _, connection = await asyncio.get_running_loop().create_connection(
        lambda: Connection(upstream),
        host,
        port,
        ssl=tls_context() if secure else None,
        happy_eyeballs_delay=None if _is_number(host) else 0.25,
    )
    return connection


async def _tunnelled(tunnel: Connection, proxy: SplitResult) -> Connection:
    """A connection through a proxy that cannot read it. Raises ``OSError``."""
    end = f"{tunnel.upstream.host}:{tunnel.upstream.port}"
    lines = [f"CONNECT {end} HTTP/1.1", f"Host: {end}", *proxy_headers(proxy), "", ""]
    connection = Connection(tunnel.upstream)
    try:
        if not await tunnel.send("\r\n".join(lines).encode()) or tunnel.status != 200:
            raise Broken(f"the proxy answered {tunnel.status or 'nothing'}")
        connection.connection_made(await tunnel.start_tls(connection))
    except BaseException:
        tunnel.abort()
        raise
    return connection


def _is_number(host: str) -> bool:
    """Whether a host is an address already: there is no other to try, and a race takes its time."""
    return ":" in host or host.rpartition(".")[2].isdecimal()
