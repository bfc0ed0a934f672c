"""The addresses of the gateway, as an ASGI application."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from harness.errors import HarnessError, UnknownName
from harness.serve.exchange import Exchange, Refused
from harness.serve.frames import error_body
from harness.serve.gateway import Gateway
from harness.serve.live import Outcome
from harness.serve.origins import Origins
from harness.serve.pages import (
    feedback,
    guarded,
    health,
    live,
    metrics,
    models,
    nothing_there,
    one_model,
    page,
    texts,
)
from harness.serve.reply import ClientGone, Reply
from harness.serve.requests import BODY_BYTES, BadRequest, Kind, read_request

BODY_S = 30.0  # for a client to send its body
_REQUESTS_FAULT = (400, 413, 422)
_BUG = error_body("an error of the gateway itself; its log says more", "server_error")
_KINDS: tuple[Kind, ...] = ("chat/completions", "completions", "embeddings")


def build_app(gateway: Gateway) -> ASGIApp:
    """The application of a gateway; it opens the gateway, and closes it when the server ends."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await gateway.open()
        yield
        await gateway.close()

    answering = {f"/v1/{kind}": Completions(gateway, kind) for kind in _KINDS}
    routes = [
        *(Route(path, endpoint, methods=["POST"]) for path, endpoint in answering.items()),
        Route("/v1/models", guarded(gateway, models), methods=["GET"]),
        Route("/v1/models/{name:path}", guarded(gateway, one_model), methods=["GET"]),
        Route("/health", health(gateway), methods=["GET"]),
        Route("/v1/feedback", feedback(gateway), methods=["POST"]),
        Route("/", page, methods=["GET"]),
        Route("/live", guarded(gateway, live), methods=["GET"]),
        Route("/texts/{request_id}", guarded(gateway, texts), methods=["GET"]),
        Route("/metrics", guarded(gateway, metrics), methods=["GET"]),
    ]
    handlers = {404: nothing_there, 405: nothing_there, Exception: _bug}
    pages = Starlette(routes=routes, lifespan=lifespan, exception_handlers=handlers)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        endpoint = answering.get(scope.get("path", "")) if scope.get("method") == "POST" else None
        await (endpoint or pages)(scope, receive, send)  # the way through the pages' routes takes its time

    return Origins(app, lambda: gateway.callers.open)


class Completions:
    """The address that answers one kind of request."""

    def __init__(self, gateway: Gateway, kind: Kind) -> None:
        self._gateway, self._kind = gateway, kind

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; its errors have OpenAI's form."""
        id_ = f"req-{secrets.token_hex(8)}"
        reply = Reply(send)
        headers = _headers(scope)
        outcome: Outcome = "failed"
        try:
            outcome = await self._answer(id_, headers, receive, reply)
        except _Problem as problem:
            outcome = "refused"
            await _whole(reply, id_, problem.status, error_body(str(problem), problem.kind, problem.param))
        except ClientGone:
            outcome = "cancelled"
        except Exception:
            if not reply.begun:
                await _whole(reply, id_, 500, _BUG)
            raise
        finally:
            self._gateway.ended(outcome)

    async def _answer(self, id_: str, headers: Mapping[str, str], receive: Receive, reply: Reply) -> Outcome:
        caller = self._gateway.callers.find(headers.get("authorization"))
        if caller is None:
            raise _Problem(401, "a key of this gateway is needed: Authorization: Bearer …", "invalid_api_key")
        if caller.spending is not None and not caller.spending.left:
            raise _Problem(429, f"the key's budget is spent: {caller.spending}", "insufficient_quota")
        raw = await _body(headers, receive)
        try:
            request = read_request(self._kind, raw, headers)
            exchange = Exchange(self._gateway, request, self._gateway.route(request), caller, id_)
        except BadRequest as error:
            raise _Problem(400, str(error), "invalid_request_error", error.param) from None
        except UnknownName as error:
            raise _Problem(404, str(error), "model_not_found", "model") from None
        except HarnessError as error:
            raise _Problem(429, str(error), "insufficient_quota") from None
        with self._gateway.metrics.in_flight.track_inprogress():
            return await _until_gone(exchange, receive, reply, id_)


class _Problem(Exception):
    """Why a request is not put to any model."""

    def __init__(self, status: int, message: str, kind: str, param: str | None = None) -> None:
        super().__init__(message)
        self.status, self.kind, self.param = status, kind, param


async def _until_gone(exchange: Exchange, receive: Receive, reply: Reply, id_: str) -> Outcome:
    """Run an exchange until it ends, or until the client hangs up: then the upstream is cancelled."""
    watch = asyncio.ensure_future(_end_when_gone(receive, asyncio.current_task()))
    try:
        return await _answered(exchange, reply, id_)
    except asyncio.CancelledError:
        if not watch.done():  # it is not the client who ends it
            raise
        return "cancelled"
    finally:
        watch.cancel()


async def _end_when_gone(receive: Receive, task: asyncio.Task[Any] | None) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    if task is not None:
        task.cancel()


async def _answered(exchange: Exchange, reply: Reply, id_: str) -> Outcome:
    try:
        return "answered" if await exchange.run(reply) else "failed"
    except Refused as refused:
        wait = refused.retry_after_s
        headers = {} if wait is None else {"retry-after": str(-int(-wait // 1))}
        await reply.whole(refused.status, refused.body, {"x-request-id": id_, **headers})
        return "refused" if refused.status in _REQUESTS_FAULT else "failed"
    except BadRequest as error:  # found when it was written for a model
        raise _Problem(400, str(error), "invalid_request_error") from None


async def _body(headers: Mapping[str, str], receive: Receive) -> bytes:
    """The body, within bounds of size and time."""
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise _Problem(415, "the body must not be compressed", "invalid_request_error")
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length) > BODY_BYTES:
        raise _too_large()
    parts, size, more = [], 0, True
    try:
        async with asyncio.timeout(BODY_S):
            while more:
                message: Message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientGone
                parts.append(message.get("body", b""))
                size += len(parts[-1])
                if size > BODY_BYTES:
                    raise _too_large()
                more = message.get("more_body", False)
    except TimeoutError:
        raise _Problem(408, f"the body did not come within {BODY_S:g} s", "invalid_request_error") from None
    return b"".join(parts)


def _too_large() -> _Problem:
    return _Problem(413, f"the body is larger than {BODY_BYTES >> 20} MB", "invalid_request_error")


async def _whole(reply: Reply, id_: str, status: int, body: Mapping[str, object]) -> None:
    challenge = {"www-authenticate": "Bearer"} if status == 401 else {}
    await reply.whole(
        status, json.dumps(body, ensure_ascii=False).encode(), {"x-request-id": id_, **challenge}
    )


async def _bug(request: Request, error: Exception) -> Response:
    return JSONResponse(_BUG, 500)


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
