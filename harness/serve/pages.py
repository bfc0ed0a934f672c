"""The pages of the gateway itself: its models, its health, its metrics, its live page, and what is none."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
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
    "default-src 'none'; style-src '{style}'; script-src '{script}'; connect-src 'self'; img-src data:; "
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
    return JSONResponse({"object": "list", "data": _entries(gateway)})


def one_model(gateway: Gateway, request: Request) -> Response:
    """``/v1/models/NAME``."""
    name = request.path_params["name"]
    entry = next((entry for entry in _entries(gateway) if entry["id"] == name), None)
    if entry is None:
        return JSONResponse(error_body(f"no model is called {name!r:.100}", "model_not_found", "model"), 404)
    return JSONResponse(entry)


def _entries(gateway: Gateway) -> list[dict[str, Any]]:
    names = [(AUTO, "harness"), *((name, "harness") for name in sorted(gateway.types))]
    names += [(model.id, model.provider) for model in gateway.rules.models]
    return [{"id": name, "object": "model", "created": 0, "owned_by": owner} for name, owner in names]


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
    html, policy = _page()
    headers = {"content-security-policy": policy, "x-content-type-options": "nosniff"}
    return Response(html, media_type="text/html; charset=utf-8", headers=headers)


@cache
def _page() -> tuple[str, str]:
    """The page, and the policy by which a browser takes nothing in it but its own style and script."""
    html = _HTML.read_text("utf-8")
    digests = {}
    for tag in ("style", "script"):
        (inner,) = re.findall(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digests[tag] = f"sha256-{b64encode(sha256(inner.encode()).digest()).decode()}"
    return html, _POLICY.format(**digests)


def live(gateway: Gateway, request: Request) -> Response:
    """``/live``: what the page shows, anew as calls come, as server-sent events."""

    async def states() -> AsyncIterator[bytes]:
        while gateway.live.watched:
            data = json.dumps(gateway.shown(), ensure_ascii=False)
            yield f"data: {data}\n\n".encode()
            await gateway.live.changed(_OFTEN_S, _SELDOM_S)

    headers = {"cache-control": "no-cache", "x-accel-buffering": "no"}
    return StreamingResponse(states(), media_type="text/event-stream", headers=headers)


def texts(gateway: Gateway, request: Request) -> Response:
    """``/texts/REQUEST_ID``: what was said in one of the last requests, for who made it."""
    caller = gateway.callers.find(request.headers.get("authorization"))
    if gateway.texts is None or caller is None:
        return JSONResponse(error_body("texts are kept with --keep-texts only", "not_found"), 404)
    kept = gateway.texts.of(request.path_params["request_id"], caller.name)
    if kept is None:
        return JSONResponse(error_body("no text of yours is kept for this request", "not_found"), 404)
    return JSONResponse({"prompt": kept.prompt, "answer": kept.answer}, headers={"cache-control": "no-store"})


async def nothing_there(request: Request, error: Exception) -> Response:
    """An address that is not served, or not by this method, with what is."""
    assert isinstance(error, HTTPException)
    path, status = request.url.path, error.status_code
    if status == 405:
        message = f"{request.method} is not for this address"
    else:
        hint = next((hint for start, hint in _ELSEWHERE.items() if path.startswith(start)), _SERVED)
        message = f"{path[:100]} is not served here: {hint}"
    return JSONResponse(error_body(message, "not_found"), status, dict(error.headers or {}))


_SERVED = "/v1/chat/completions, /v1/completions, /v1/embeddings and /v1/models are"
_BASE = "the base address that a client is given ends in /v1"
_ELSEWHERE = {
    "/v1/responses": "set the client to chat completions, which go to /v1/chat/completions",
    "/v1/messages": "claude-code-router translates Anthropic's form into that of /v1/chat/completions",
    "/api/": "set the client to an OpenAI-compatible endpoint, with a base address that ends in /v1",
    **dict.fromkeys(("/chat/completions", "/completions", "/embeddings", "/models", "/responses"), _BASE),
}  # by the beginning of a path


def _refused(gateway: Gateway, request: Request) -> Response | None:
    if gateway.callers.find(request.headers.get("authorization")) is not None:
        return None
    body = error_body("a key of this gateway is needed: Authorization: Bearer …", "invalid_api_key")
    return JSONResponse(body, 401, {"www-authenticate": "Bearer"})
