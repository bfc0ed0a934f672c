"""Continuous batching: many prompts decoded side by side in the slots of one context.

A step is one call of ``llama_decode``: one row for each sequence that is being written and,
where prompts wait, a chunk of them, up to the batch size. What a prompt shares with one that
a slot holds, from its beginning on, is copied and not computed again; a prompt whose
beginning is just being computed elsewhere waits for that.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from time import perf_counter
from typing import Any, Literal

from harness.engines.native import NativeModel
from harness.engines.rows import Rows
from harness.engines.sampling import Sampling, make_chain
from harness.engines.scoring import Scorer

Reason = Literal["stop", "length", "timeout"]
_WORTH_WAITING = 32  # tokens another slot is about to compute that a prompt then need not
_WORTH_COPYING = 16  # tokens; below, computing them is no slower
_LOOKED_AT = 16  # waiting jobs that are compared with the slots in one step


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


@dataclass(frozen=True, slots=True)
class Generation:
    """What a job gave, with readings of ``perf_counter``. ``failure`` says what llama.cpp refused.

    ``tokens`` counts every sampled one, the end mark included. ``alone`` means that no other
    sequence was in any of its steps; ``busy_s`` is its share of the time of those steps.
    """

    text: str
    reason: Reason | None
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
class _Slot:
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
    reason: Reason | None = None
    scores: tuple[float, ...] = ()
    failure: str | None = None

    def start(self, key: int, job: Job, turn: int) -> None:
        """Take up a job; ``kept`` is already cut to what both share."""
        self.job, self.key, self.used_at = job, key, turn
        self.started = perf_counter()
        self.deadline = self.started + job.timeout_s
        self.first, self.cached, self.count, self.token = None, len(self.kept), 0, -1
        self.text, self.busy_s, self.alone = bytearray(), 0.0, True
        self.over, self.reason, self.scores, self.failure = False, None, (), None

    def end(self, reason: Reason | None, failure: str | None = None) -> None:
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


class Batcher:
    """Decodes jobs on one model. Not thread-safe: whoever owns the model calls ``step`` while ``busy``."""

    def __init__(self, model: NativeModel) -> None:
        self._model, self._lib = model, model.lib
        self._slots = [_Slot(seq) for seq in range(model.n_slots)]
        self._active: list[_Slot] = []
        self._waiting: dict[int, Job] = {}
        self._rows = Rows(model)
        self._parts: list[tuple[_Slot, int]] = []  # who has how many rows of the batch
        self._sampled: list[tuple[_Slot, int]] = []  # who gets a token from which row
        self._steady: list[_Slot] | None = None  # whose batch it is, when each has one row in it
        self._scorer = Scorer(model)
        self._turn = 0

    @property
    def busy(self) -> bool:
        """Whether a step would do something."""
        return bool(self._active or self._waiting)

    def add(self, key: int, job: Job) -> None:
        """Queue a job; ``key`` names it until it has ended."""
        self._waiting[key] = job

    def cancel(self, key: int) -> None:
        """Forget a job, wherever it is. One that has ended already is no error."""
        self._waiting.pop(key, None)
        for slot in self._active:
            if slot.key == key:
                self._release(slot)
                break

    def step(self) -> list[tuple[int, Generation]]:
        """Decode one batch. Returns the jobs that ended with it."""
        self._admit()
        self._fill()
        began = perf_counter()
        if self._rows.count and (code := self._lib.llama_decode(self._model.context, self._rows.batch)):
            return self._fail(f"llama_decode returned {code}")
        choosing = []
        for slot, row in self._sampled:
            if slot.chain is None:
                choosing.append((slot, self._scorer.log_probabilities(row)))
            else:
                self._take(slot, row)
        for slot, first in choosing:  # last, since they decode again
            self._score(slot, first)
        now = perf_counter()
        self._share_out(now - began)
        ended = []
        for slot in [slot for slot in self._active if slot.over or now > slot.deadline]:
            if not slot.over:
                slot.end("timeout")
            ended.append((slot.key, slot.result()))
            self._release(slot)
        return ended

    # --- which job goes where ------------------------------------------------

    def _admit(self) -> None:
        if not self._waiting or len(self._active) == len(self._slots):
            return
        for key, job in list(islice(self._waiting.items(), _LOOKED_AT)):
            free = [slot for slot in self._slots if slot.job is None]
            if not free:
                return
            head = job.prompt[:-1]  # the last token is always computed: what follows it is wanted
            held = {slot: shared(head, slot.kept) if self._model.can_share else 0 for slot in self._slots}
            if self._model.can_share and self._coming(head) - max(held.values()) >= _WORTH_WAITING:
                continue
            del self._waiting[key]
            slot = max(free, key=lambda slot: (held[slot], slot.used_at))
            best = max(self._active, key=held.__getitem__, default=slot)
            if held[best] - held[slot] >= _WORTH_COPYING:
                slot = min(free, key=lambda slot: slot.used_at)
                self._copy(best, slot, held[best])
            else:
                self._shorten(slot, held[slot])
            self._start(slot, key, job)

    def _coming(self, head: list[int]) -> int:
        """How much of ``head`` the prompts hold that are being computed now."""
        return max((shared(head, slot.job.prompt) for slot in self._active if slot.job), default=0)

    def _copy(self, source: _Slot, target: _Slot, count: int) -> None:
        """Only whole sequences can be copied from one stream to another."""
        self._lib.llama_memory_seq_rm(self._model.memory, target.seq, -1, -1)
        self._lib.llama_memory_seq_cp(self._model.memory, source.seq, target.seq, 0, -1)
        target.kept = source.kept.copy()
        self._shorten(target, count)

    def _shorten(self, slot: _Slot, count: int) -> None:
        if count < len(slot.kept):
            self._lib.llama_memory_seq_rm(self._model.memory, slot.seq, count, -1)
            del slot.kept[count:]

    def _clear(self) -> None:
        self._lib.llama_memory_clear(self._model.memory, False)
        for slot in self._slots:
            slot.kept.clear()

    def _start(self, slot: _Slot, key: int, job: Job) -> None:
        self._turn += 1
        slot.start(key, job, self._turn)
        self._active.append(slot)
        self._active.sort(key=lambda slot: slot.seq)  # llama.cpp decodes only neighbours together
        self._steady = None
        if not job.choices:
            try:
                slot.chain = make_chain(self._lib, self._model.vocab, job.sampling)
            except ValueError as error:
                slot.end(None, str(error))

    def _release(self, slot: _Slot) -> None:
        self._active.remove(slot)
        self._steady = None
        if slot.chain is not None:
            self._lib.llama_sampler_free(slot.chain)
        slot.job, slot.key, slot.chain = None, -1, None

    # --- the batch and what becomes of it ------------------------------------

    def _fill(self) -> None:
        """A row for each token sampled last, and as much of the prompts as there is room for."""
        rows = self._rows
        if self._steady is not None:  # the same sequences as before, a token each: the rest stands
            for row, slot in enumerate(self._steady):
                rows.tokens[row], rows.positions[row] = slot.token, len(slot.kept)
                slot.kept.append(slot.token)
            return
        rows.clear()
        self._parts, self._sampled = [], []
        room = rows.size - len(self._active)  # for prompts, beyond a row for each slot
        for slot in self._active:
            if slot.over or slot.job is None:
                continue
            at, prompt = len(slot.kept), slot.job.prompt
            chunk = [slot.token] if slot.token >= 0 else prompt[at : at + room + 1]
            room -= len(chunk) - 1
            wanted = at + len(chunk) >= len(prompt)
            row = rows.put(slot.seq, chunk, at, [0] * (len(chunk) - 1) + [int(wanted)])
            slot.kept.extend(chunk)
            self._parts.append((slot, len(chunk)))
            if wanted:
                self._sampled.append((slot, row))
        if all(slot.token >= 0 for slot in self._active):
            self._steady = list(self._active)

    def _take(self, slot: _Slot, row: int) -> None:
        """Sample the token that follows ``row``; end the job if that was its last."""
        job = slot.job
        assert job is not None
        slot.token = token = self._lib.llama_sampler_sample(slot.chain, self._model.context, row)
        slot.count += 1
        if slot.first is None:
            slot.first = perf_counter()
        piece = self._model.pieces[token]
        if piece is None:
            slot.end("stop")
            return
        slot.text += piece
        if job.stop and (cut := _find_stop(slot.text, job.stop, len(piece))) is not None:
            del slot.text[cut:]
            slot.end("stop")
        elif slot.count >= job.max_tokens:
            slot.end("length")

    def _score(self, slot: _Slot, first: Any) -> None:
        assert slot.job is not None
        slot.first = perf_counter()
        try:
            slot.scores = self._scorer.score(slot.seq, len(slot.kept), slot.job.choices, first)
        except ValueError as error:
            slot.end(None, str(error))
        else:
            slot.end("stop")

    def _share_out(self, seconds: float) -> None:
        """Each sequence of a step bears its part of the time, by rows."""
        together = len(self._parts) > 1
        for slot, rows in self._parts:
            slot.busy_s += seconds * rows / self._rows.count
            slot.alone = slot.alone and not together

    def _fail(self, message: str) -> list[tuple[int, Generation]]:
        """llama.cpp refused the batch: nobody knows what the context holds now."""
        ended = []
        for slot in list(self._active):
            slot.end(None, message)
            ended.append((slot.key, slot.result()))
            self._release(slot)
        self._clear()
        return ended


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


def _find_stop(text: bytearray, stops: Sequence[bytes], new: int) -> int | None:
    """Where the first stop string begins that ends within the last ``new`` bytes."""
    found = [text.find(stop, max(0, len(text) - new - len(stop) + 1)) for stop in stops]
    return min((at for at in found if at >= 0), default=None)


def valid_text(data: bytearray) -> str:
    """UTF-8 without a character that was cut in the middle; what is no UTF-8 at all becomes U+FFFD."""
    return codecs.getincrementaldecoder("utf-8")("replace").decode(bytes(data))
