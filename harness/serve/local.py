"""Models on this machine behind the gateway: opened when they are needed, kept while there is memory."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.engines.local.llama_cpp import LlamaCpp
from harness.errors import HarnessError, NoRoom
from harness.records import Completion, Failure, ModelSpec, Request
from harness.serve.chat import LocalRefusal, chat_request
from harness.serve.frames import DONE, Progress
from harness.serve.requests import ClientRequest
from harness.serve.upstream import CallFailed

_NOT_OPEN = "unavailable"


@dataclass(slots=True)
class _Resident:
    """A model in memory, how many calls it has, and when the last one began."""

    engine: LlamaCpp
    calls: int = 0
    used_at: float = 0.0


class LocalModels:
    """Opens engines by need. Where one has no room, those nobody uses make way, the longest idle first."""

    def __init__(self) -> None:
        self._open: dict[str, _Resident] = {}
        self._opening = asyncio.Lock()  # one at a time: memory is measured while a model is loaded

    async def take(self, spec: ModelSpec) -> LlamaCpp:
        """The engine of a model, to be given back with ``release``. Raises ``ModelUnavailable``."""
        if spec.id not in self._open:
            async with self._opening:
                if spec.id not in self._open:
                    self._open[spec.id] = _Resident(await self._opened(spec))
        resident = self._open[spec.id]
        resident.calls += 1
        resident.used_at = time.monotonic()
        return resident.engine

    async def preload(self, specs: Iterable[ModelSpec], tell: Callable[[str], None]) -> None:
        """Open models while there is room for them; ``tell`` is given a line of each."""
        for spec in specs:
            engine = LlamaCpp(spec)
            try:
                async with self._opening:
                    seconds = await engine.open()
            except HarnessError as error:
                tell(f"{spec.id} is not preloaded: {error}")
            else:
                self._open[spec.id] = _Resident(engine)
                tell(f"{spec.id} is in memory after {seconds:.1f} s")

    def release(self, name: str) -> None:
        """A call has ended."""
        self._open[name].calls -= 1

    def loaded(self) -> tuple[str, ...]:
        """The models in memory."""
        return tuple(self._open)

    async def close(self) -> None:
        """Give all memory back."""
        residents, self._open = list(self._open.values()), {}
        for resident in residents:
            await resident.engine.close()

    async def _opened(self, spec: ModelSpec) -> LlamaCpp:
        engine = LlamaCpp(spec)
        while True:
            try:
                await engine.open()
                return engine
            except NoRoom:
                idle = [(r.used_at, name) for name, r in self._open.items() if not r.calls]
                if not idle:
                    raise
                await self._open.pop(min(idle)[1]).engine.close()


@dataclass(slots=True)
class LocalCall:
    """A call of a model on this machine, with the frames that OpenAI's protocol has for it."""

    models: LocalModels
    spec: ModelSpec
    client: ClientRequest
    progress: Progress = field(default_factory=Progress)
    headers: Mapping[str, str] = field(default_factory=dict)
    local: bool = True
    _texts: asyncio.Queue[str | None] = field(default_factory=asyncio.Queue)
    _answering: asyncio.Task[Completion] | None = None
    _form: ChunkForm | None = None

    async def begin(self, patience_s: float | None) -> list[bytes]:
        """As ``Call`` has it. Loading and slowness are no reason to give up."""
        try:
            request = chat_request(self.client)
            engine = await self.models.take(self.spec)
        except LocalRefusal as refusal:
            raise CallFailed(Failure("bad_request", str(refusal)), 400, refusal.body) from None
        except HarnessError as error:
            raise CallFailed(Failure(_NOT_OPEN, str(error))) from None
        self._form = ChunkForm(self.client.kind, self.spec.id)
        self._answering = asyncio.create_task(self._answer(engine, request))
        if not self.client.stream:
            return [self._whole(await self._answering)]
        if (text := await self._texts.get()) is None:
            return [self._form.first(), *self._last("")]
        return [self._form.first(), self._chunk(text)]

    async def more(self) -> bytes:
        """As ``Call`` has it."""
        if (text := await self._texts.get()) is not None:
            return self._chunk(text)
        return b"".join(self._last("".join(self.progress.words)))

    async def close(self) -> None:
        """As ``Call`` has it: an answer that is still being written is cancelled."""
        if self._answering is not None and not self._answering.done():
            self._answering.cancel()
            await asyncio.wait([self._answering])

    async def _answer(self, engine: LlamaCpp, request: Request) -> Completion:
        try:
            return await engine.complete(request, self._texts.put_nowait if self.client.stream else None)
        finally:
            self.models.release(self.spec.id)
            self._texts.put_nowait(None)

    def _chunk(self, text: str) -> bytes:
        assert self._form is not None
        self.progress.add_text(text)
        return self._form.chunk(text)

    def _last(self, sent: str) -> list[bytes]:
        """What has not been sent of an answer that has ended, and how it ended."""
        assert self._form is not None
        completion = self._completed()
        rest = completion.output[len(sent) :]
        usage = [self._form.usage(self.progress.usage)] if self.client.wants_usage else []
        text = [self._chunk(rest)] if rest else []
        self.progress.done = True
        return [*text, self._form.finish(self.progress.finish or "stop"), *usage, DONE]

    def _whole(self, completion: Completion) -> bytes:
        assert self._form is not None
        self._completed()
        self.progress.add_text(completion.output)
        self.progress.done = True
        return self._form.whole(completion.output, self.progress.finish or "stop", self.progress.usage)

    def _completed(self) -> Completion:
        assert self._answering is not None
        completion = self._answering.result()
        if completion.failure is not None:
            raise CallFailed(completion.failure)
        self.progress.finish = "stop" if completion.finish_reason == "stop" else "length"
        given, written = completion.prompt_tokens or 0, completion.completion_tokens or 0
        self.progress.usage = {
            "prompt_tokens": given,
            "completion_tokens": written,
            "total_tokens": given + written,
        }
        return completion


@dataclass(slots=True)
class ChunkForm:
    """Answers of one call in OpenAI's form: for chats, or for texts that go on."""

    kind: str
    model: str
    id: str = field(default_factory=lambda: f"chatcmpl-{secrets.token_hex(12)}")
    created: int = field(default_factory=lambda: int(time.time()))

    def first(self) -> bytes:
        """The first frame: the role of the answer."""
        return self._frame(self._choice({"role": "assistant", "content": ""}, "", None))

    def chunk(self, text: str) -> bytes:
        """A frame with some text."""
        return self._frame(self._choice({"content": text}, text, None))

    def finish(self, reason: str) -> bytes:
        """The frame that says how the answer ended."""
        return self._frame(self._choice({}, "", reason))

    def usage(self, usage: Mapping[str, Any]) -> bytes:
        """The frame with the tokens that the answer took."""
        return self._frame(None, usage=usage)

    def whole(self, text: str, reason: str, usage: Mapping[str, Any]) -> bytes:
        """The answer as one body."""
        message = {"message": {"role": "assistant", "content": text}}
        part: dict[str, Any] = message if self._is_chat else {"text": text}
        choice = {"index": 0, **part, "finish_reason": reason, "logprobs": None}
        return json.dumps(self._head("") | {"choices": [choice], "usage": usage}, ensure_ascii=False).encode()

    @property
    def _is_chat(self) -> bool:
        return self.kind == "chat/completions"

    def _choice(self, delta: Mapping[str, str], text: str, reason: str | None) -> dict[str, Any]:
        part: dict[str, Any] = {"delta": delta} if self._is_chat else {"text": text}
        return {"index": 0, **part, "finish_reason": reason, "logprobs": None}

    def _frame(self, choice: Mapping[str, Any] | None, **more: Any) -> bytes:
        body = self._head(".chunk") | {"choices": [choice] if choice else [], **more}
        return b"data: " + json.dumps(body, ensure_ascii=False).encode() + b"\n\n"

    def _head(self, suffix: str) -> dict[str, Any]:
        kind = f"chat.completion{suffix}" if self._is_chat else "text_completion"
        return {"id": self.id, "object": kind, "created": self.created, "model": self.model}
