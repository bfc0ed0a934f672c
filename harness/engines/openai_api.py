"""Endpoints that speak OpenAI's chat completions, hosted or local, through the ``openai`` package."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from difflib import get_close_matches
from time import perf_counter
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from harness.engines.answer import Answer
from harness.engines.base import REQUEST_PARAMS
from harness.engines.chat import chat
from harness.engines.failures import clean, code_of, explanation, status_failure
from harness.engines.providers import PRESETS, Quirks
from harness.engines.quota import quota_of
from harness.engines.sse import EventData
from harness.errors import ModelUnavailable
from harness.records import Completion, Failure, ModelSpec, Request

if TYPE_CHECKING:
    from httpx2 import Response
    from openai import APIStatusError, AsyncOpenAI, AsyncStream

CONCURRENCY = 8  # requests in flight where models.yaml says nothing
CONNECT_S = 10.0
CHECK_S = 15.0
DRAIN_S = 0.1

# What may be left out without changing what is measured, when an endpoint refuses it.
_DISPENSABLE = ("stream_options", "usage", "seed", "random_seed")
_TOKEN_LIMITS = ("max_tokens", "max_completion_tokens")
_REFUSED = re.compile(
    r"unsupported|not supported|deprecated|unrecognized|unknown|unexpected|extra|not permitted|not allowed",
    re.IGNORECASE,
)


class OpenAIEndpoint:
    """One model behind one endpoint: streamed, timed, never retried (the runner does that).

    ``spec.params`` beyond the request's own are sent as they are (``reasoning_effort``,
    ``provider``…); ``omit: [temperature]`` leaves a parameter out that a model refuses.
    A parameter without influence on the answer that is refused is left out from then on.
    """

    threads = 0

    def __init__(self, spec: ModelSpec) -> None:
        preset = PRESETS.get(spec.provider)
        self.concurrency = spec.limits.concurrency or CONCURRENCY
        self.revision: str | None = spec.model
        self._spec = spec
        self._base_url = spec.base_url or (preset.base_url if preset else None)
        self._key_env = spec.api_key_env or (preset.api_key_env if preset else None)
        self._quirks = preset.quirks if preset else Quirks()
        self._limit_name = self._quirks.max_tokens
        self._left_out: set[str] = set()
        self._client: AsyncOpenAI | None = None

    async def check(self) -> str:
        """Ask the endpoint for its models, once, and look for ours among them."""
        from openai import APIStatusError

        client = self._connect()
        try:
            data: Any = await client.get("/models", cast_to=object, options={"timeout": CHECK_S})
        except APIStatusError as error:
            if error.status_code in (404, 405, 501):  # not every endpoint keeps a list
                return f"{self._host()} answers, and lists no models"
            raise ModelUnavailable(f"model {self._spec.id}: {self._failure(error).message}") from None
        except Exception as error:
            if not _is_the_endpoints(error):
                raise
            raise ModelUnavailable(f"model {self._spec.id}: {self._failure(error).message}") from None
        finally:
            await client.close()
        return self._find_in_list(data)

    async def open(self) -> float:
        """Look for the key and the names. Nothing is asked of the endpoint yet."""
        start = perf_counter()
        self._client = self._connect()
        return perf_counter() - start

    async def complete(self, request: Request) -> Completion:
        """Answer one request within ``request.timeout_s``."""
        from openai import APIStatusError

        if self._client is None:
            raise RuntimeError(f"model {self._spec.id} is not open")
        asked = perf_counter()
        started_at = datetime.now(UTC).isoformat(timespec="milliseconds")
        answer = Answer(sent=asked)
        failure = None
        try:
            async with asyncio.timeout(request.timeout_s):
                await self._stream(self._client, request, answer)
        except TimeoutError:
            failure = Failure(
                "timeout", f"{self._host()}: no end after {request.timeout_s:g} s", retryable=True
            )
        except Exception as error:
            if not _is_the_endpoints(error):
                raise
            failure = self._failure(error, answer.chunks > 0)
            if isinstance(error, APIStatusError):
                answer.quota = quota_of(error.response.headers)
        flaw = answer.flaw()  # an answer that was complete before something went wrong has none
        failure = flaw and (failure or flaw)
        return answer.completion(self._quirks.cost, failure, answer.sent - asked, started_at)

    async def close(self) -> None:
        """Close the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    # --- asking --------------------------------------------------------------

    def _connect(self) -> AsyncOpenAI:
        from openai import AsyncOpenAI, DefaultAioHttpClient, omit

        spec = self._spec
        if not self._base_url or not spec.model:
            missing = "base_url" if not self._base_url else "model"
            raise ModelUnavailable(f"model {spec.id}: `{missing}` is missing in models.yaml")
        if self._key_env and not self._key():
            raise ModelUnavailable(f"model {spec.id}: no key; set the environment variable {self._key_env}")
        if not isinstance(spec.params.get("omit", []), list):
            raise ModelUnavailable(f"model {spec.id}: params omit must be a list of parameter names")
        # The package adds these from OPENAI_* variables; they are nobody's business but OpenAI's.
        private = {} if spec.provider == "openai" else {"OpenAI-Organization": omit, "OpenAI-Project": omit}
        return AsyncOpenAI(
            api_key=self._key() or "none",
            base_url=self._base_url,
            max_retries=0,
            default_headers=private,  # type: ignore[arg-type]
            http_client=DefaultAioHttpClient(),  # takes a third less CPU a sample than the package's default
        )

    async def _stream(self, client: AsyncOpenAI, request: Request, answer: Answer) -> None:
        stream = await self._begin(client, request, answer)
        answer.quota = quota_of(stream.response.headers)
        try:
            kind = stream.response.headers.get("content-type", "")
            if "html" in kind or "application/json" in kind:
                said = explanation((await stream.response.aread()).decode("utf-8", "replace"))
                raise ValueError(f"{kind.partition(';')[0]} instead of a stream: {said}")
            await self._read(stream.response, answer)
        finally:
            await stream.close()

    async def _read(self, response: Response, answer: Answer) -> None:
        """Take chunk after chunk. Not by iterating over the stream, whose layers take a tenth of all CPU."""
        from openai import APIError

        received, events = response.aiter_bytes(), EventData()
        async for data in received:
            now = perf_counter()
            for event in events.feed(data):
                if event.startswith(b"[DONE]"):
                    await _drain(received)
                    return
                chunk = json.loads(event)
                if isinstance(chunk, dict) and (error := chunk.get("error")):
                    raise APIError("an error in the stream", response.request, body=error)
                answer.take(chunk, now)

    async def _begin(self, client: AsyncOpenAI, request: Request, answer: Answer) -> AsyncStream[object]:
        """Send the request; a refused parameter that can be spared is left out from then on."""
        from openai import APIStatusError, AsyncStream, Timeout

        while True:
            body = self._body(request)
            answer.sent = perf_counter()
            try:
                # Not client.chat.completions.create: it would build an object of each chunk,
                # which costs more than all the rest.
                return await client.post(
                    "/chat/completions",
                    body=body,
                    cast_to=object,
                    stream=True,
                    stream_cls=AsyncStream[object],
                    options={"timeout": Timeout(request.timeout_s, connect=CONNECT_S)},
                )
            except APIStatusError as error:
                if error.status_code not in (400, 422) or not self._learn(body, _words(error)):
                    raise

    def _body(self, request: Request) -> dict[str, Any]:
        quirks = self._quirks
        body: dict[str, Any] = {
            "model": self._spec.model,
            "messages": chat(request.messages, request.images),
            "temperature": request.temperature,
            self._limit_name: request.max_tokens,
            "stream": True,
        }
        if quirks.stream_usage:
            body["stream_options"] = {"include_usage": True}
        if quirks.seed:
            body[quirks.seed] = request.seed
        if request.top_p != 1.0:
            body["top_p"] = request.top_p
        if request.stop:
            body["stop"] = list(request.stop)
        own = {key: value for key, value in self._spec.params.items() if key not in REQUEST_PARAMS}
        omitted = {*own.pop("omit", ()), *self._left_out}
        return {key: value for key, value in {**body, **quirks.body, **own}.items() if key not in omitted}

    def _learn(self, body: dict[str, Any], words: str) -> bool:
        """Whether the refusal names something that can be sent otherwise; remembers it."""
        if not _REFUSED.search(words):
            return False
        for name in _DISPENSABLE:
            if name in body and name in words:
                self._left_out.add(name)
                return True
        for ours, other in (_TOKEN_LIMITS, _TOKEN_LIMITS[::-1]):
            if ours in body and ours in words and ours == self._quirks.max_tokens:
                self._limit_name = other
                return True
        return False

    # --- telling -------------------------------------------------------------

    def _failure(self, error: Exception, streaming: bool = False) -> Failure:
        from openai import APIConnectionError, APIError, APIStatusError

        host = self._host()
        if isinstance(error, APIStatusError):
            said = clean(explanation(error.body), self._key())
            failure = status_failure(error.status_code, said, error.response.headers, host, self._key_env)
            if failure.kind == "bad_request" and "temperature" in said and _REFUSED.search(said):
                return Failure("bad_request", f"{failure.message}; try params: {{omit: [temperature]}}")
            return failure
        if isinstance(error, APIConnectionError) or _is_transport(error):
            cause = _first_cause(error)
            if isinstance(cause, TimeoutError):
                return Failure("timeout", f"{host} was silent for too long", retryable=True)
            kind = "broken_stream" if streaming else "connection"
            return Failure(kind, f"no connection to {host}: {clean(str(cause), self._key())}", retryable=True)
        if isinstance(error, APIError):  # an error that came inside the stream
            said = clean(explanation(error.body) or error.message, self._key())
            return status_failure(code_of(error.body) or 500, said, {}, host, self._key_env)
        return Failure("bad_response", f"{host} sent {clean(str(error), self._key())}; is `base_url` right?")

    def _find_in_list(self, data: Any) -> str:
        listed = data.get("data") if isinstance(data, dict) else None
        names = [str(entry.get("id")) for entry in listed or () if isinstance(entry, dict)]
        model = str(self._spec.model)
        if names and not any(name == model or name.endswith(f"/{model}") for name in names):
            near = get_close_matches(model, names, 3, 0.4)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise ModelUnavailable(f"model {self._spec.id}: {self._host()} does not list {model!r}{hint}")
        return f"{self._host()} lists {model}" if names else f"{self._host()} answers, and lists no models"

    def _host(self) -> str:
        parts = urlsplit(self._base_url or "")
        return parts.netloc.rpartition("@")[2]

    def _key(self) -> str | None:
        return os.environ.get(self._key_env, "").strip() if self._key_env else None


async def _drain(received: AsyncIterator[bytes]) -> None:
    """A response that has ended leaves its connection to the next; one that does not end soon loses it."""
    with suppress(TimeoutError):
        async with asyncio.timeout(DRAIN_S):
            async for _ in received:
                pass


def _is_the_endpoints(error: Exception) -> bool:
    """Whether the endpoint's doing is behind ``error``, and not a mistake of ours."""
    from openai import OpenAIError

    return isinstance(error, (OpenAIError, ValueError)) or _is_transport(error)


def _is_transport(error: Exception) -> bool:
    """What the HTTP client raises and the package lets through.

    By name: ``TransportError`` is httpx's or httpx2's, depending on the version of the package.
    """
    return any(cls.__name__ in ("TransportError", "ClientError") for cls in type(error).__mro__)


def _first_cause(error: BaseException) -> BaseException:
    """What went wrong at the bottom: the layers above it call every lost connection a time-out."""
    while error.__cause__ is not None:
        error = error.__cause__
    return error


def _words(error: APIStatusError) -> str:
    return json.dumps(error.body, ensure_ascii=False, default=str)
