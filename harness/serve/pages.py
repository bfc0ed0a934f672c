"""The pages of the gateway itself: its models, its health, its metrics, and its live page."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from harness.errors import UnknownName
from harness.jsontext import parse
from harness.serve.frames import error_body
from harness.serve.gateway import Gateway
from harness.serve.requests import AUTO

Page = Callable[[Gateway, Request], Response]
Endpoint = Callable[[Request], Awaitable[Response]]
_HTML = Path(__file__).with_name("page.html")
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_OFTEN_S = 0.5  # at least between two states of the page
_SELDOM_S = 5.0  # at most: cool-downs end by themselves
_FEEDBACK_BYTES = 10_000


def guarded(gateway: Gateway, page: Page) -> Endpoint:
    """A page for those who have a key, where keys are needed."""

    async def endpoint(request: Request) -> Response:
        return _refused(gateway, request) or page(gateway, request)

    return endpoint


def models(gateway: Gateway, request: Request) -> Response:
    """``/v1/models``: auto, the task types, and the models of the rules."""
    names = [(AUTO, "harness"), *((name, "harness") for name in sorted(gateway.types))]
    names += [(model.id, model.provider) for model in gateway.rules.models]
    data = [{"id": name, "object": "model", "created": 0, "owned_by": owner} for name, owner in names]
    return JSONResponse({"object": "list", "data": data})


def health(gateway: Gateway) -> Endpoint:
    """``/health``: for whoever watches over the process; it says nothing that is secret."""

    async def endpoint(request: Request) -> Response:
        cooling = sorted(gateway.cooldowns.active())
        written = not gateway.ledger.failure
        status = "ok" if written else "degraded"
        return JSONResponse({"status": status, "cooling": cooling, "observations_written": written})

    return endpoint


def metrics(gateway: Gateway, request: Request) -> Response:
    """``/metrics``: as Prometheus reads it."""
    return Response(gateway.metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")


def feedback(gateway: Gateway) -> Endpoint:
    """``/v1/feedback``: how good an answer was, ``{"request_id": "req-…", "score": 0.5}``."""

    async def endpoint(request: Request) -> Response:
        if refused := _refused(gateway, request):
            return refused
        raw = b""
        async for part in request.stream():
            raw += part
            if len(raw) > _FEEDBACK_BYTES:
                return JSONResponse(error_body("the body is too large", "invalid_request_error"), 413)
        try:
            body = parse(raw)
            id_, score = body["request_id"], float(body["score"])
            if not 0 <= score <= 1 or not isinstance(id_, str):
                raise ValueError
        except (ValueError, KeyError, TypeError):
            message = 'send {"request_id": "req-…", "score": 0 to 1}'
            return JSONResponse(error_body(message, "invalid_request_error"), 400)
        try:
            gateway.rate(id_, score)
        except UnknownName as error:
            return JSONResponse(error_body(str(error), "not_found", "request_id"), 404)
        return JSONResponse({"request_id": id_, "score": score})

    return endpoint


async def page(request: Request) -> Response:
    """``/``: the page, which has no figures in it; it fetches them from ``/live``."""
    headers = {"content-security-policy": _POLICY, "x-content-type-options": "nosniff"}
    return Response(_HTML.read_bytes(), media_type="text/html; charset=utf-8", headers=headers)


def live(gateway: Gateway, request: Request) -> Response:
    """``/live``: what the page shows, anew as calls come, as server-sent events."""

    async def states() -> AsyncIterator[bytes]:
        while True:
            data = json.dumps(gateway.shown(), ensure_ascii=False)
            yield f"data: {data}\n\n".encode()
            await gateway.live.changed(_OFTEN_S, _SELDOM_S)

    headers = {"cache-control": "no-cache", "x-accel-buffering": "no"}
    return StreamingResponse(states(), media_type="text/event-stream", headers=headers)


def _refused(gateway: Gateway, request: Request) -> Response | None:
    if gateway.callers.find(request.headers.get("authorization")) is not None:
        return None
    body = error_body("a key of this gateway is needed: Authorization: Bearer …", "invalid_api_key")
    return JSONResponse(body, 401, {"www-authenticate": "Bearer"})
