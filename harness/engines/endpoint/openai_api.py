"""Endpoints that speak OpenAI's chat completions, hosted or local, through the ``openai`` package."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import httpx2
from aiohttp import ClientError
from openai import (
    APIConnectionError,
    APIStatusError,
    AsyncOpenAI,
    AsyncStream,
    OpenAIError,
    Timeout,
    omit,
)

from harness.credentials import address_flaw
from harness.engines.endpoint.answer import Answer
from harness.engines.endpoint.bodies import BODY_BYTES, LIST_BYTES, bounded_client
from harness.engines.endpoint.chat import chat, functions
from harness.engines.endpoint.failures import (
    ErrorInside,
    clean,
    explanation,
    status_failure,
    status_in,
)
from harness.engines.endpoint.listing import find_in_list
from harness.engines.endpoint.quota import quota_of
from harness.engines.endpoint.refusals import NO_TOOLS, NO_VISION, of_images, of_tools
from harness.engines.endpoint.sse import EventReader
from harness.errors import ModelUnavailable
from harness.models.enginekinds import is_here
from harness.models.params import REQUEST_PARAMS
from harness.models.providers import PRESETS, Quirks
from harness.records import Completion, Failure, ModelSpec, Request, Throughput

CONCURRENCY = 8  # requests in flight where models.yaml says nothing
TIMEOUT_S = 120.0  # for an answer, where nobody says
SILENCE_S = 600.0  # a server on this machine may be slow, as long as it goes on
CONNECT_S = 10.0
CHECK_S = 15.0
DRAIN_S = 0.1
_LARGE = 32 << 10  # bytes that come at once only when more are waiting

# What asking an endpoint may end in; anything else is a mistake of ours.
_LOST = (APIConnectionError, httpx2.RequestError, ClientError)  # of which the last two come while it is read
_ENDPOINTS_DOING = (OpenAIError, ValueError, *_LOST)
_UNUSABLE = (ValueError, httpx2.DecodingError, httpx2.TooManyRedirects, httpx2.UnsupportedProtocol)

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

    threads = beside = 0
    throughput: Throughput | None = None

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
        self._no_tools: Failure | None = None  # the refusal of tools, once there was one
        self._no_vision: Failure | None = None  # of images
        self._client: AsyncOpenAI | None = None

    async def check(self) -> str:
        """Ask the endpoint for its models, once, and look for ours among them."""
        client = self._connect(LIST_BYTES)
        try:
            async with asyncio.timeout(CHECK_S):
                response = await client.get("/models", cast_to=httpx2.Response)
            return find_in_list(response.text, self._spec, self._host())
        except TimeoutError:
            failure = Failure("timeout", f"{self._host()}: no list of models within {CHECK_S:g} s")
        except APIStatusError as error:
            if error.status_code in (404, 405, 501):  # not every endpoint keeps a list
                return f"{self._host()} answers, and lists no models"
            failure = self._failure(error)
        except _ENDPOINTS_DOING as error:
            failure = self._failure(error)
        finally:
            await client.close()
        raise ModelUnavailable(f"model {self._spec.id}: {failure.message}")

    async def open(self) -> float:
        """Look for the key and the names. Nothing is asked of the endpoint yet."""
        start = perf_counter()
        self._client = self._connect(BODY_BYTES)
        return perf_counter() - start

    async def complete(self, request: Request) -> Completion:
        """Answer one request within ``request.timeout_s``; where that is not given, within ``TIMEOUT_S``.

        A server on this machine, which is as slow as the machine is, then has no such limit.
        """
        if self._client is None:
            raise RuntimeError(f"model {self._spec.id} is not open")
        if request.tools and self._no_tools:
            return Completion(failure=self._no_tools)
        if request.images and self._no_vision:
            return Completion(failure=self._no_vision)
        asked = perf_counter()
        started_at = datetime.now(UTC).isoformat(timespec="milliseconds")
        try:
            messages = chat(request.messages, request.images)
        except ValueError as error:
            return Completion(failure=Failure("bad_request", str(error)), started_at=started_at)
        answer = Answer(sent=asked)
        failure = None
        try:
            async with asyncio.timeout(limit_s := self._limit_s(request)):
                await self._stream(self._client, request, messages, answer)
        except TimeoutError:
            how = f"no end after {limit_s:g} s" if limit_s else f"nothing came for {SILENCE_S:g} s"
            failure = Failure("timeout", f"{self._host()}: {how}", retryable=True)
        except _ENDPOINTS_DOING as error:
            failure = self._failure(error, answer)
            if request.tools:
                failure = of_tools(failure)
                self._no_tools = failure if failure.kind == NO_TOOLS else None
            if request.images:
                failure = of_images(failure)
                self._no_vision = failure if failure.kind == NO_VISION else self._no_vision
            if isinstance(error, APIStatusError):
                answer.quota = quota_of(error.response.headers)
        flaw = answer.flaw()  # an answer that was complete before something went wrong has none
        failure = flaw and (failure or flaw)
        queue_s = answer.sent - asked
        return answer.completion(self._quirks.cost, failure, queue_s, started_at, self._key())

    async def close(self) -> None:
        """Close the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    # --- asking --------------------------------------------------------------

    def _connect(self, most: int) -> AsyncOpenAI:
        """A client that takes at most ``most`` bytes of a response."""
        spec = self._spec
        if not self._base_url or not spec.model:
            missing = "base_url" if not self._base_url else "model"
            raise ModelUnavailable(f"model {spec.id}: `{missing}` is missing in models.yaml")
        if flaw := address_flaw(self._base_url):
            raise ModelUnavailable(f"model {spec.id}: `base_url` {flaw}")
        key = self._key()
        if self._key_env and not key:
            raise ModelUnavailable(f"model {spec.id}: no key; set the environment variable {self._key_env}")
        if key and not (key.isascii() and key.isprintable()):  # a header takes nothing else, and would say so
            raise ModelUnavailable(f"model {spec.id}: the key in {self._key_env} has characters no key has")
        if not isinstance(spec.params.get("omit", []), list):
            raise ModelUnavailable(f"model {spec.id}: params omit must be a list of parameter names")
        # The package adds these from OPENAI_* variables; they are nobody's business but OpenAI's.
        private = {} if spec.provider == "openai" else {"OpenAI-Organization": omit, "OpenAI-Project": omit}
        try:
            return AsyncOpenAI(
                api_key=key or "none",
                base_url=self._base_url,
                max_retries=0,
                default_headers=private,  # type: ignore[arg-type]
                http_client=bounded_client(most),
            )
        except httpx2.InvalidURL as error:
            raise ModelUnavailable(f"model {spec.id}: `base_url` is no address: {error}") from None

    async def _stream(
        self, client: AsyncOpenAI, request: Request, messages: list[dict[str, Any]], answer: Answer
    ) -> None:
        stream = await self._begin(client, request, messages, answer)
        answer.headers = stream.response.headers
        answer.quota = quota_of(answer.headers)
        try:
            await self._read(stream.response, answer)
        finally:
            await stream.close()

    async def _read(self, response: httpx2.Response, answer: Answer) -> None:
        """Take event after event. Not by iterating over the stream, whose layers take a tenth of all CPU.

        Whatever the response calls itself: some endpoints send JSON as an event stream, and the other way.
        """
        received, events = response.aiter_bytes(), EventReader()
        async for data in received:
            now = perf_counter()
            for event in events.feed(data):
                answer.take(event, now)
                if answer.done:
                    break
            if answer.done:
                await _drain(received)
                break
            if len(data) > _LARGE:
                await asyncio.sleep(0)  # time-outs hold in a flood, too
        else:
            for event in events.end():
                answer.take(event, perf_counter())
        answer.take_rest(b"\n".join(events.stray), perf_counter())

    async def _begin(
        self, client: AsyncOpenAI, request: Request, messages: list[dict[str, Any]], answer: Answer
    ) -> AsyncStream[object]:
        """Send the request; a refused parameter that can be spared is left out from then on."""
        while True:
            body = self._body(request, messages)
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
                    options={"timeout": Timeout(self._limit_s(request) or SILENCE_S, connect=CONNECT_S)},
                )
            except APIStatusError as error:
                if error.status_code not in (400, 422) or not self._learn(body, error.response.text):
                    raise

    def _limit_s(self, request: Request) -> float | None:
        return request.timeout_s or (None if is_here(self._base_url) else TIMEOUT_S)

    def _body(self, request: Request, messages: list[dict[str, Any]]) -> dict[str, Any]:
        quirks = self._quirks
        body: dict[str, Any] = {
            "model": self._spec.model,
            "messages": messages,
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
        if request.tools:
            body["tools"] = functions(request.tools)
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

    def _failure(self, error: Exception, answer: Answer | None = None) -> Failure:
        """What an exception that came of asking means; ``answer`` is what had come until then."""
        host = self._host()
        if isinstance(error, APIStatusError):
            words = self._words(error.response.text)
            failure = status_failure(error.status_code, words, error.response.headers, host, self._key_env)
            if failure.kind == "bad_request" and "temperature" in words and _REFUSED.search(words):
                return Failure("bad_request", f"{failure.message}; try params: {{omit: [temperature]}}")
            return failure
        if isinstance(error, ErrorInside):
            words, status = self._words(error.body), status_in(error.body)
            if error.named or status is not None:
                headers = answer.headers if answer is not None else {}
                return status_failure(status, words, headers, host, self._key_env)
            return Failure("bad_response", f"{host} sent {words}; is `base_url` right?")
        *layers, cause = _causes(error)
        if isinstance(cause, TimeoutError):
            return Failure("timeout", f"{host} was silent for too long", retryable=True)
        words = self._words(str(cause) or type(cause).__name__)
        if not isinstance(cause, OSError) and any(isinstance(layer, _UNUSABLE) for layer in (*layers, cause)):
            return Failure("bad_response", f"{host} sent {words}; is `base_url` right?")
        kind = "broken_stream" if answer is not None and answer.chunks else "connection"
        return Failure(kind, f"no connection to {host}: {words}", retryable=True)

    def _words(self, body: object) -> str:
        return clean(explanation(body), self._key())

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


def _causes(error: BaseException) -> Iterator[BaseException]:
    """``error`` and what is behind it: the layers call every lost connection a time-out."""
    while True:
        yield error
        if error.__cause__ is None:
            return
        error = error.__cause__
