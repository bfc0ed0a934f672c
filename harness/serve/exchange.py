"""One request on its way: models are asked in turn until one begins to answer; then all is passed on.

Nothing is sent to the client before the first token has come (the commit point). Until then any model may
be tried; from there on a failure ends the answer, so that no text comes twice.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from time import perf_counter

from harness.engines.endpoint.usage import usage_counts
from harness.records import Completion, Failure
from harness.routing.calls import Attempt, CallLabel, Link, observation
from harness.serve.callers import Caller
from harness.serve.frames import error_body, error_frame
from harness.serve.gateway import Gateway, Route
from harness.serve.reply import Reply
from harness.serve.requests import ClientRequest
from harness.serve.retries import decide
from harness.serve.texts import Texts
from harness.serve.upstream import Call, CallFailed
from harness.serve.validity import value_of

LONGEST_WAIT_S = 60.0  # for a model to cool down, where all do
_STATUS = {"rate_limit": 429, "timeout": 504, "context_exceeded": 400, "bad_request": 400}


class Refused(Exception):
    """A request that is answered by an error; ``body`` is JSON."""

    def __init__(self, status: int, body: bytes, retry_after_s: float | None = None) -> None:
        super().__init__(status)
        self.status, self.body, self.retry_after_s = status, body, retry_after_s


class Exchange:
    """One request, who asked it, and the calls that were made for it."""

    def __init__(
        self, gateway: Gateway, request: ClientRequest, route: Route, caller: Caller, id_: str
    ) -> None:
        self._gateway, self._request, self._route, self._caller = gateway, request, route, caller
        self._id = id_
        self._began = perf_counter()
        self._waited_s = 0.0  # for models, before the first token
        self._calls: Counter[str] = Counter()  # by model
        self._made = 0
        self._open: OpenCall | None = None

    async def run(self, reply: Reply) -> bool:
        """Answer the client; whether the answer was whole. Raises ``Refused`` where no model answers."""
        try:
            open_call, frames = await self._begin()
            return await self._pass_on(open_call, frames, reply)
        except asyncio.CancelledError:
            if self._open is not None:
                self._count(self._open, Failure("cancelled", "the client hung up"))
            raise
        finally:
            if self._open is not None:
                await self._open.call.close()

    async def _begin(self) -> tuple[OpenCall, list[bytes]]:
        """The first call that begins to answer, and its frames so far."""
        left = list(self._route.links)
        failed = None
        while left:
            link = await self._next(left)
            hurried = self._request.stream and len(left) > 1
            patience_s = self._gateway.options.limits.first_s if hurried else self._route.policy.timeout_s
            open_call = self._open = OpenCall(link, self._gateway.call(link, self._request, self._route))
            self._calls[link.model] += 1
            self._made += 1
            try:
                frames = await open_call.call.begin(patience_s)
                self._waited_s += open_call.first_seen()
                return open_call, frames
            except CallFailed as error:
                failed = error
                self._waited_s += open_call.seconds
                self._count(open_call, error.failure)
                await open_call.call.close()
                self._open = None
            left = await self._after(failed, link, left)
        assert failed is not None
        raise self._refusal(failed)

    async def _after(self, failed: CallFailed, link: Link, left: list[Link]) -> list[Link]:
        """Who may still be asked after a failure. Raises ``Refused`` where the client gets to see it."""
        decision = decide(
            failed.failure,
            self._calls[link.model],
            first=len(self._calls) == 1,
            alone=len(left) == 1,
            cooldown_s=self._route.policy.cooldown_s,
        )
        if decision.cool_s is not None:
            self._gateway.cooldowns.cool(link.model, decision.cool_s, failed.failure.kind)
        if decision.step == "return":
            raise self._refusal(failed)
        if decision.step == "again":
            self._waited_s += decision.wait_s
            await asyncio.sleep(decision.wait_s)
            return left
        others = [one for one in left if one != link]
        if decision.step == "larger":
            window = self._gateway.window(link.model)
            others = [one for one in others if self._gateway.window(one.model) > window]
            if not others:
                raise self._refusal(failed)
        if others:
            self._gateway.fell_back(link.model, others[0].model, failed.failure.kind)
        return others

    async def _next(self, left: list[Link]) -> Link:
        """The first that does not cool down, or the one that is ready first, after a wait."""
        cooldowns = self._gateway.cooldowns
        for link in left:
            if not cooldowns.left(link.model):
                return link
        wait = cooldowns.soonest(link.model for link in left)
        if wait > LONGEST_WAIT_S:
            body = error_body("all models for this request are left alone for a while", "rate_limit_exceeded")
            raise Refused(429, json.dumps(body).encode(), wait)
        self._waited_s += wait
        await asyncio.sleep(wait)
        return min(left, key=lambda link: cooldowns.left(link.model))

    async def _pass_on(self, open_call: OpenCall, held: list[bytes], reply: Reply) -> bool:
        """Send what has come, and then all that comes; whether it came to its end.

        The call is counted before its last piece is sent: who has a whole answer finds it on disk.
        """
        call = open_call.call
        overhead_s = max(0.0, perf_counter() - self._began - self._waited_s)
        self._gateway.metrics.add_overhead(overhead_s)
        piece, failure = b"".join(held), None
        length = {} if self._request.stream else {"content-length": str(len(piece))}
        headers = {**self._headers(open_call, overhead_s), **length}
        await reply.begin(200, headers, streamed=self._request.stream)
        try:
            while not call.progress.done:
                await reply.send(piece)
                piece = b""  # unless more comes
                piece = await call.more()
        except CallFailed as error:
            failure = error.failure
            piece += error_frame(failure.message, failure.kind)
        self._gateway.cooldowns.clear(open_call.link.model)
        self._count(open_call, failure)
        self._open = None
        await call.close()
        await reply.end(piece)
        return failure is None

    def _headers(self, open_call: OpenCall, overhead_s: float) -> Mapping[str, str]:
        return {
            **open_call.call.headers,
            "x-request-id": self._id,
            "x-harness-model": open_call.link.model,
            "x-harness-rule": self._route.rule,
            "x-harness-attempts": str(self._made),
            "x-harness-overhead-ms": f"{overhead_s * 1000:.2f}",
        }

    def _count(self, open_call: OpenCall, failure: Failure | None) -> None:
        """Leave a row of a call that has ended, however it did."""
        cancelled = failure is not None and failure.kind == "cancelled"
        completion = open_call.completion(failure)
        score = None if failure else value_of(self._request, open_call.call.progress)
        attempt = Attempt(
            link=open_call.link,
            completion=completion,
            failure=failure,
            value=0.0 if failure else 1.0 if score is None else score,
            score=score,
            cost_usd=None,
            seconds=open_call.seconds,
            at=open_call.at,
        )
        attempt = replace(attempt, cost_usd=self._gateway.cost(open_call.link, attempt))
        if self._caller.spending is not None:
            self._caller.spending.add(attempt.cost_usd or 0.0)
        row = replace(
            observation(attempt, CallLabel(self._route.task_type)),
            request_id=self._id,
            rule=self._route.rule or None,
            attempt=self._made,
            streamed=self._request.stream,
            cancelled=cancelled,
        )
        self._gateway.count(attempt, row, self._route.rule)
        if self._gateway.texts is not None:
            texts = Texts(self._caller.name, self._request.text, "".join(open_call.call.progress.words))
            self._gateway.texts.keep(self._id, texts)

    def _refusal(self, failed: CallFailed) -> Refused:
        """What the client gets to see: the upstream's own words where it refused the request itself."""
        failure = failed.failure
        if failed.status is not None and failed.status in (400, 401, 403, 422) and failed.body:
            return Refused(failed.status, failed.body)
        body = json.dumps(error_body(failure.message, failure.kind)).encode()
        return Refused(_STATUS.get(failure.kind, 502), body, failure.retry_after_s)


class OpenCall:
    """A call under way, and its times."""

    def __init__(self, link: Link, call: Call) -> None:
        self.link, self.call = link, call
        self.at = datetime.now(UTC).isoformat(timespec="milliseconds")
        self._began = perf_counter()
        self._first_s: float | None = None

    @property
    def seconds(self) -> float:
        """Since it began."""
        return perf_counter() - self._began

    def first_seen(self) -> float:
        """Note that the first token has come; the seconds it took."""
        self._first_s = self.seconds
        return self._first_s

    def completion(self, failure: Failure | None) -> Completion:
        """The call as the ledger takes it: without the text."""
        progress = self.call.progress
        return Completion(
            **usage_counts(progress.usage),
            finish_reason=progress.finish,
            ttft_s=self._first_s,
            latency_s=self.seconds,
            chunks=progress.chunks,
            failure=failure,
        )
