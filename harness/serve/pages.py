"""What the gateway tells of itself: its models, whether it is well, what it measured."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from harness.serve.frames import error_body
from harness.serve.gateway import Gateway
from harness.serve.requests import AUTO

Page = Callable[[Gateway, Request], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


def guarded(gateway: Gateway, page: Page) -> Endpoint:
    """A page for those who have a key, where keys are needed."""

    async def endpoint(request: Request) -> Response:
        if gateway.callers.find(request.headers.get("authorization")) is None:
            body = error_body("a key of this gateway is needed: Authorization: Bearer …", "invalid_api_key")
            return JSONResponse(body, 401, {"www-authenticate": "Bearer"})
        return page(gateway, request)

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
        body = {
            "status": "ok" if written else "degraded",
            "cooling": cooling,
            "observations_written": written,
        }
        return JSONResponse(body)

    return endpoint


def metrics(gateway: Gateway, request: Request) -> Response:
    """``/metrics``: as Prometheus reads it."""
    return Response(gateway.metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")
