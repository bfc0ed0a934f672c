"""Which web pages may speak to the gateway.

A browser sends a page's requests to any address, this machine's too, and says in ``Origin`` whose they are.
Where keys are needed, every page may ask: it needs a key, and browsers have none by themselves. Where none
are, only programs and pages of this machine may, and only under a name of this machine: a page can make its
own name mean 127.0.0.1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from harness.models.enginekinds import is_here
from harness.serve.frames import error_body

_EXPOSED = b"x-request-id, x-harness-model, x-harness-rule, x-harness-attempts, retry-after"
_NO_KEYS = "a gateway that was started without --keys FILE"
_DOMAIN = re.compile(r".*\.[a-z][^.]*")
_OF_NO_REGISTRY = (".localhost", ".local", ".internal")
_Headers = list[tuple[bytes, bytes]]


class Origins:
    """An application in front of another. ``open`` says whether no key is needed."""

    def __init__(self, app: ASGIApp, open_: Callable[[], bool]) -> None:
        self._app, self._open = app, open_

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may be asked; answer a browser that asks whether it may."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        origin = headers.get(b"origin", b"").decode("latin-1")
        if self._open() and (flaw := _flaw(headers.get(b"host", b"").decode("latin-1"), origin)):
            await _answer(send, 403, [], json.dumps(error_body(flaw, "forbidden")).encode())
        elif not origin:
            await self._app(scope, receive, send)
        elif b"access-control-request-method" in headers:
            asked = headers.get(b"access-control-request-headers", b"")
            allowed = [(b"access-control-allow-methods", b"GET, POST"), (b"access-control-max-age", b"600")]
            await _answer(
                send, 204, [*_shared(origin), *allowed, (b"access-control-allow-headers", asked)], b""
            )
        else:

            async def shared(message: Message) -> None:
                if message["type"] == "http.response.start":
                    message["headers"] = [*message["headers"], *_shared(origin)]
                await send(message)

            await self._app(scope, receive, shared)


def _flaw(host: str, origin: str) -> str | None:
    """Why a request is not taken without a key; ``None`` if it is."""
    if _can_be_bought(host):
        return f"{_NO_KEYS} answers to names of this machine only"
    if origin and not _is_ours(origin):
        return f"{_NO_KEYS} may not be used by pages of other sites"
    return None


def _can_be_bought(host: str) -> bool:
    """Whether a page may have been loaded under this name, whose owner then made it mean 127.0.0.1."""
    name = host.partition(":")[0].rstrip(".").lower()
    return bool(_DOMAIN.fullmatch(name)) and not name.endswith(_OF_NO_REGISTRY)


def _is_ours(origin: str) -> bool:
    """Whether no other site can be meant: an address of this machine, or a program's own kind of page."""
    try:
        return is_here(origin) or (urlsplit(origin).scheme not in ("", "http", "https"))
    except ValueError:  # no address at all
        return False


def _shared(origin: str) -> _Headers:
    named = origin.encode("latin-1")
    return [
        (b"access-control-allow-origin", named),
        (b"access-control-expose-headers", _EXPOSED),
        (b"vary", b"origin"),
    ]


async def _answer(send: Send, status: int, headers: _Headers, body: bytes) -> None:
    kind = [(b"content-type", b"application/json")] if body else []
    length = [] if status == 204 else [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *kind, *length]})
    await send({"type": "http.response.body", "body": body})
