"""A request as the batch knows it: what is asked, what came of it, and the slot it is decoded in."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Literal

from harness.engines.local.sampling import Sampling
from harness.engines.local.vision import Picture

StopReason = Literal["stop", "length", "loop", "timeout"]


@dataclass(frozen=True, slots=True)
class Job:
    """A prompt and when to stop; it must leave room in the context.

    With ``choices`` nothing is written: each one is scored as the answer.
    """

    prompt: list[int]
    sampling: Sampling = field(default_factory=Sampling)
    max_tokens: int = 512
    stop: tuple[bytes, ...] = ()
    timeout_s: float = float("inf")  # from the slot's start
    choices: tuple[tuple[int, ...], ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Generation:
    """What a job gave, with readings of ``perf_counter``. ``failure`` says what llama.cpp refused.

    ``tokens`` counts every sampled one, the end mark included. ``alone`` means that no other
    sequence was in any of its steps; ``busy_s`` is its share of the time of those steps.
    """

    text: str
    reason: StopReason | None
    tokens: int
    cached_tokens: int
    started: float
    first_token_at: float | None
    ended: float
    busy_s: float
    alone: bool
    scores: tuple[float, ...] = ()
    failure: str | None = None


@dataclass(slots=True, eq=False)
class Slot:
    """One sequence of the context. ``kept`` are the tokens it holds, those of a finished job too."""

    seq: int
    kept: list[int] = field(default_factory=list)
    used_at: int = 0
    job: Job | None = None
    key: int = -1
    chain: Any = None
    deadline: float = 0.0
    started: float = 0.0
    first: float | None = None
    cached: int = 0
    count: int = 0
    token: int = -1  # sampled and not yet decoded
    text: bytearray = field(default_factory=bytearray)
    busy_s: float = 0.0
    alone: bool = True
    over: bool = False
    choices: tuple[tuple[int, ...], ...] = ()  # to be scored, if any
    reason: StopReason | None = None
    scores: tuple[float, ...] = ()
    failure: str | None = None

    def start(self, key: int, job: Job, turn: int) -> None:
        """Take up a job; ``kept`` is already cut to what both share."""
        self.job, self.key, self.used_at, self.choices = job, key, turn, job.choices
        self.started = perf_counter()
        self.deadline = self.started + job.timeout_s
        self.first, self.cached, self.count, self.token = None, len(self.kept), 0, -1
        self.text, self.busy_s, self.alone = bytearray(), 0.0, True
        self.over, self.reason, self.scores, self.failure = False, None, (), None

    def end(self, reason: StopReason | None, failure: str | None = None) -> None:
        """The job is over; the slot is freed when the step is."""
        self.over, self.reason, self.failure = True, reason, failure

    def result(self) -> Generation:
        """What the job gave."""
        return Generation(
            text=valid_text(self.text),
            reason=self.reason,
            tokens=self.count,
            cached_tokens=self.cached,
            started=self.started,
            first_token_at=self.first,
            ended=perf_counter(),
            busy_s=self.busy_s,
            alone=self.alone,
            scores=self.scores,
            failure=self.failure,
        )


class GrowingText:
    """An answer that is passed on as it grows: in whole characters, and without what may become a stop."""

    def __init__(self, stops: Sequence[bytes]) -> None:
        self._stops = stops
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._passed_on = 0  # bytes

    def added(self, text: bytearray) -> str:
        """What may be passed on of ``text``, beyond what was before."""
        end = max(self._passed_on, len(text) - max((_begun(text, stop) for stop in self._stops), default=0))
        new = bytes(text[self._passed_on : end])
        self._passed_on = end
        return self._decoder.decode(new)


def _begun(text: bytearray, stop: bytes) -> int:
    """How many bytes of ``stop``, but not all, ``text`` ends with."""
    lengths = range(min(len(stop) - 1, len(text)), 0, -1)
    return next((length for length in lengths if text.endswith(stop[:length])), 0)


def shared(a: list[int], b: list[int]) -> int:
    """How many tokens two sequences have in common from their beginning on, found by halving."""
    high = min(len(a), len(b))
    if a[:high] == b[:high]:
        return high
    low = 0
    while high - low > 1:
        middle = (low + high) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle
    return low


def find_stop(text: bytearray, stops: Sequence[bytes], new: int) -> int | None:
    """Where the first stop string begins that ends within the last ``new`` bytes."""
    starts = [text.find(stop, max(0, len(text) - new - len(stop) + 1)) for stop in stops]
    return min((at for at in starts if at >= 0), default=None)


def valid_text(data: bytearray) -> str:
    """UTF-8 without a character that was cut in the middle; what is no UTF-8 at all becomes U+FFFD."""
    return codecs.getincrementaldecoder("utf-8")("replace").decode(bytes(data))
