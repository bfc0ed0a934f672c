"""A streamed answer as it grows: text, times, usage, and what is wrong with it at the end."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.records import Completion, Failure, Quota

_REASONS = {"stop": "stop", "eos": "stop", "end_turn": "stop", "length": "length", "max_tokens": "length"}


@dataclass(slots=True)
class Answer:
    """Takes the chunks of ``/chat/completions`` in turn. Times are readings of ``perf_counter``."""

    sent: float
    first: float | None = None  # token, reasoning included
    last: float | None = None
    finish: str | None = None
    served: str | None = None  # the model that the endpoint says it is
    chunks: int = 0
    parts: list[str] = field(default_factory=list)
    usage: Mapping[str, Any] = field(default_factory=dict)
    quota: Quota | None = None

    def take(self, chunk: object, now: float) -> None:
        """Add one chunk. Unknown keys and missing ones do no harm."""
        if not isinstance(chunk, Mapping):
            raise ValueError("a chunk is not an object")
        self.chunks += 1
        usage = chunk.get("usage") or _mapping(chunk.get("x_groq")).get("usage")
        if isinstance(usage, Mapping):
            self.usage = usage
        if self.served is None and isinstance(chunk.get("model"), str):
            self.served = "@".join(filter(None, (chunk["model"], chunk.get("system_fingerprint"))))
        choices = chunk.get("choices")
        if isinstance(choices, list) and choices:
            self._take_choice(_mapping(choices[0]), now)

    def flaw(self) -> Failure | None:
        """Why a stream that ended in peace is no answer all the same."""
        if self.finish == "content_filter":
            return Failure("moderation", "the endpoint's filter cut the answer off")
        if self.finish == "error":
            return Failure("server_error", "the endpoint gave up on the answer", retryable=True)
        if self.finish is None:
            return Failure("broken_stream", "the stream ended before the answer did", retryable=True)
        return None

    def completion(self, cost: str, failure: Failure | None, queue_s: float, started_at: str) -> Completion:
        """What came, as a record. ``cost`` is the key in ``usage`` that holds US dollars."""
        return Completion(
            output="".join(self.parts),
            finish_reason=_REASONS.get(self.finish or "", self.finish),
            prompt_tokens=_count(self.usage.get("prompt_tokens")),
            completion_tokens=_count(self.usage.get("completion_tokens")),
            reasoning_tokens=_count(
                _mapping(self.usage.get("completion_tokens_details")).get("reasoning_tokens")
            ),
            cached_tokens=_count(_mapping(self.usage.get("prompt_tokens_details")).get("cached_tokens")),
            queue_s=queue_s,
            ttft_s=None if self.first is None else self.first - self.sent,
            latency_s=None if self.last is None else self.last - self.sent,
            billed_usd=_amount(self.usage.get(cost)),
            model_revision=self.served,
            chunks=self.chunks,
            started_at=started_at,
            failure=failure,
            quota=self.quota,
        )

    def _take_choice(self, choice: Mapping[str, Any], now: float) -> None:
        delta = _mapping(choice.get("delta"))
        text = _text(delta.get("content"))
        if text:
            self.parts.append(text)
        if text or delta.get("reasoning_content") or delta.get("reasoning") or delta.get("content"):
            self.first = now if self.first is None else self.first
            self.last = now
        if isinstance(choice.get("finish_reason"), str):
            self.finish = choice["finish_reason"]
            self.last = self.last or now  # an empty answer ends here


def _text(content: object) -> str:
    """``content`` is text, or (Mistral's reasoning models) a list of typed parts."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        texts = [part.get("text") for part in content if isinstance(part, Mapping)]
        return "".join(text for text in texts if isinstance(text, str))
    return ""


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _count(value: object) -> int | None:
    """A number of tokens as the endpoint gave it; nonsense is unknown."""
    return value if type(value) is int and value >= 0 else None


def _amount(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) and 0 <= value < math.inf else None
