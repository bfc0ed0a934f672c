"""Where requests go: the address of an upstream taken apart, and the proxy on the way to it."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from urllib.parse import SplitResult, quote, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass


@dataclass(frozen=True, slots=True)
class Upstream:
    """A server, and the proxy on the way to it where the environment names one for it."""

    host: str  # in ASCII
    port: int
    secure: bool
    proxy: SplitResult | None = None

    @property
    def netloc(self) -> str:
        """As headers name it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Target:
    """An address of an upstream, and the beginning of requests to it: all but key, length and body."""

    upstream: Upstream
    head: bytes


@cache
def target_of(url: str) -> Target:
    """An address taken apart; it is one of the rules, whose number is bounded."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    host = (parts.hostname or "").encode("idna").decode()
    proxy = None if proxy_bypass(host) else getproxies().get(parts.scheme)
    upstream = Upstream(
        host, parts.port or (443 if secure else 80), secure, urlsplit(proxy) if proxy else None
    )
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    lines = [
        "Host: " + upstream.netloc,
        "Content-Type: application/json",
        "Accept: */*",
        "Accept-Encoding: identity",
        "User-Agent: harness",
    ]
    if upstream.proxy is not None and not secure:
        path = f"http://{upstream.netloc}{path}"
        lines += proxy_headers(upstream.proxy)
    return Target(upstream, "\r\n".join([f"POST {path} HTTP/1.1", *lines, ""]).encode())


def proxy_headers(proxy: SplitResult) -> list[str]:
    """Who we are to a proxy, where its address says so."""
    if proxy.username is None:
        return []
    pair = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return [f"Proxy-Authorization: Basic {b64encode(pair.encode()).decode()}"]
