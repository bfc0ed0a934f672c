"""Continuous batching: many prompts decoded side by side in the slots of one context.

A step is one call of ``llama_decode``: one row for each sequence that is being written or, where a prompt
waits, a chunk of it, up to the batch size; on a GPU both, and chunks of several prompts. What a
prompt shares with one that a slot holds, from its beginning on, is copied and not computed again; a
prompt whose beginning is just being computed elsewhere waits for that. Small models compute their
prompts elsewhere: see ``prompts``.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from time import perf_counter

from harness.engines.local.loops import LOOKED_AT_EVERY, is_loop
from harness.engines.local.native import NativeModel
from harness.engines.local.prompts import PromptReader, Prompts
from harness.engines.local.rows import Rows
from harness.engines.local.sampling import make_chain
from harness.engines.local.scoring import Scorer
from harness.engines.local.slots import Generation, Job, Slot, find_stop

_WORTH_WAITING = 32  # tokens another slot is about to compute that a prompt then need not
_WORTH_COPYING = 16  # tokens; below, computing them is no slower
_BURST_S = 0.002  # for which nobody is asked whether there is more to do
LOOKED_AT = 16  # waiting jobs that are compared with the slots in one step


class Batcher:
    """Decodes jobs on one model. Not thread-safe: whoever owns the model calls ``step`` while ``busy``."""

    def __init__(self, model: NativeModel) -> None:
        self._model, self._lib = model, model.lib
        self._slots = [Slot(seq) for seq in range(model.n_slots)]
        self._active: list[Slot] = []
        self._waiting: dict[int, Job] = {}
        self._rows = Rows(model)
        self._parts: list[tuple[Slot, int]] = []  # who has how many rows of the batch
        self._sampled: list[tuple[Slot, int]] = []  # who gets a token from which row
        self._steady: list[Slot] | None = None  # whose batch it is, when each has one row in it
        self._scorer = Scorer(model)
        self._reader = PromptReader(model)
        self._prompts = Prompts(model, self._reader) if model.prompts else None
        self._turn = 0
        self._passed_over = 0  # how often the oldest waiting job was

    @property
    def busy(self) -> bool:
        """Whether a step would do something."""
        return bool(self._active or self._waiting)

    @property
    def active(self) -> Sequence[Slot]:
        """The slots whose jobs are being decoded."""
        return self._active

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
        """Decode one batch, or several small ones until something changes. Returns the jobs that ended."""
        if self._waiting and self._room:
            self._admit()
        began = perf_counter()
        until = began + _BURST_S
        while True:
            self._fill()
            if self._rows.count and (code := self._model.decode(self._model.context, self._rows.batch)):
                return self._fail(f"llama_decode returned {code}")
            if self._sampled:
                self._sample()
            now = perf_counter()
            over = [slot for slot in self._active if slot.over or now > slot.deadline]
            if over or now > until or self._steady is None or (self._waiting and self._room):
                break
        self._share_out(now - began)
        return [self._leave(slot) for slot in over]

    def _leave(self, slot: Slot) -> tuple[int, Generation]:
        if not slot.over:
            slot.end("timeout")
        ended = slot.key, slot.result()
        self._release(slot)
        return ended

    @property
    def _room(self) -> bool:
        return len(self._active) < len(self._slots)

    # --- which job goes where ------------------------------------------------

    def _admit(self) -> None:
        if self._prompts is not None:
            for slot in [slot for slot in self._slots if slot.job is None][: len(self._waiting)]:
                key = self._nearest(self._prompts)
                self._start(slot, key, self._waiting.pop(key))
                self._read(slot)
            return
        for key, job in list(islice(self._waiting.items(), LOOKED_AT)):
            free = [slot for slot in self._slots if slot.job is None]
            if not free:
                return
            if job.pictures:
                del self._waiting[key]
                self._shorten(free[0], 0)
                self._start(free[0], key, job)
                self._read(free[0])
                continue
            head = job.prompt[:-1]  # the last token is always computed: what follows it is wanted
            held = {slot: self._model.reusable(head, slot.kept) for slot in self._slots}
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

    def _nearest(self, prompts: Prompts) -> int:
        """The waiting job that shares most with the prompt computed last, or the oldest after a while."""
        oldest, job = next(iter(self._waiting.items()))
        nearest = oldest
        if prompts.kept_length(job) < len(job.prompt) // 3 and self._passed_over < LOOKED_AT:
            seen = islice(self._waiting.items(), LOOKED_AT)
            nearest = max(seen, key=lambda entry: prompts.kept_length(entry[1]))[0]
        self._passed_over = 0 if nearest == oldest else self._passed_over + 1
        return nearest

    def _read(self, slot: Slot) -> None:
        """Compute a prompt apart from the others, all but its last token: what follows that is wanted."""
        job = slot.job
        assert job is not None
        try:
            if self._prompts is None:
                self._reader.read(job, 0, self._model.context, slot.seq)
            else:
                slot.cached = self._prompts.compute(job)
                self._prompts.copy(slot.seq)
            slot.kept = job.prompt[:-1]
        except ValueError as error:
            self._lib.llama_memory_seq_rm(self._model.memory, slot.seq, -1, -1)  # nobody knows how far it got
            slot.end(None, str(error))
        slot.busy_s = perf_counter() - slot.started

    def _coming(self, head: list[int]) -> int:
        """How much of ``head`` the prompts hold that are being computed now."""
        prompts = [slot.job.prompt for slot in self._active if slot.job and slot.token < 0]
        return max((self._model.reusable(head, prompt) for prompt in prompts), default=0)

    def _copy(self, source: Slot, target: Slot, count: int) -> None:
        """Only whole sequences can be copied from one stream to another."""
        self._lib.llama_memory_seq_rm(self._model.memory, target.seq, -1, -1)
        self._lib.llama_memory_seq_cp(self._model.memory, source.seq, target.seq, 0, -1)
        target.kept = source.kept.copy()
        self._shorten(target, count)

    def _shorten(self, slot: Slot, count: int) -> None:
        if count < len(slot.kept):
            self._lib.llama_memory_seq_rm(self._model.memory, slot.seq, count, -1)
            del slot.kept[count:]

    def _clear(self) -> None:
        self._lib.llama_memory_clear(self._model.memory, False)
        for slot in self._slots:
            slot.kept.clear()

    def _start(self, slot: Slot, key: int, job: Job) -> None:
        self._turn += 1
        slot.start(key, job, self._turn)
        self._active.append(slot)
        self._active.sort(key=lambda slot: slot.seq)  # llama.cpp decodes only neighbours together
        self._steady = None
        if not job.choices and not job.sampling.greedy:
            try:
                slot.chain = make_chain(self._lib, self._model.vocab, job.sampling)
            except ValueError as error:
                slot.end(None, str(error))

    def _release(self, slot: Slot) -> None:
        self._active.remove(slot)
        self._steady = None
        if slot.chain is not None:
            self._lib.llama_sampler_free(slot.chain)
        slot.job, slot.key, slot.chain = None, -1, None
        if self._prompts is not None:  # its cells are in everybody's way
            self._shorten(slot, 0)

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
        taking_part = [slot for slot in self._active if not slot.over and slot.job is not None]
        if not self._model.on_gpu:  # one prompt alone: so its state does not depend on who is beside it
            taking_part = [slot for slot in taking_part if slot.token < 0][:1] or taking_part
        room = rows.size - len(taking_part)  # for prompts, beyond a row for each slot
        for slot in taking_part:
            assert slot.job is not None
            at, prompt = len(slot.kept), slot.job.prompt
            chunk = [slot.token] if slot.token >= 0 else prompt[at : at + room + 1]
            room -= len(chunk) - 1
            is_last = at + len(chunk) >= len(prompt)
            row = rows.put(slot.seq, chunk, at, [0] * (len(chunk) - 1) + [int(is_last)])
            slot.kept.extend(chunk)
            self._parts.append((slot, len(chunk)))
            if is_last:
                self._sampled.append((slot, row))
        if all(slot.token >= 0 for slot in self._active):
            self._steady = list(self._active)

    def _sample(self) -> None:
        """A token for each sequence whose turn it is, or the scores of its choices."""
        logits = self._model.logits(len(self._sampled))
        likeliest = logits.argmax(axis=1).tolist()
        choosing = []
        for at, (slot, row) in enumerate(self._sampled):
            if slot.chain is not None:
                self._take(slot, self._lib.llama_sampler_sample(slot.chain, self._model.context, row))
            elif slot.choices:
                choosing.append((slot, logits[at].copy()))
            else:
                self._take(slot, likeliest[at])
        if choosing:  # last, since they decode again
            self._scorer.score(choosing)

    def _take(self, slot: Slot, token: int) -> None:
        """Add a token to the answer; end the job if it was its last."""
        job = slot.job
        assert job is not None
        slot.token = token
        slot.count += 1
        if slot.first is None:
            slot.first = perf_counter()
        piece = self._model.pieces[token]
        if piece is None:
            slot.end("stop")
            return
        slot.text += piece
        if job.stop and (cut := find_stop(slot.text, job.stop, len(piece))) is not None:
            del slot.text[cut:]
            slot.end("stop")
        elif slot.count >= job.max_tokens:
            slot.end("length")
        elif slot.count % LOOKED_AT_EVERY == 0 and is_loop(slot.kept[len(job.prompt) :], self._text):
            slot.end("loop")

    def _text(self, tokens: Sequence[int]) -> str:
        return b"".join(self._model.pieces[token] or b"" for token in tokens).decode("utf-8", "replace")

    def _share_out(self, seconds: float) -> None:
        """Each sequence gets its part of the time of a step, by its rows in each of its batches."""
        for slot, rows in self._parts:
            slot.busy_s += seconds * rows / self._rows.count
        for slot in self._active if len(self._active) > 1 else ():
            slot.alone = False

    def _fail(self, message: str) -> list[tuple[int, Generation]]:
        """llama.cpp refused the batch: nobody knows what the context holds now."""
        ended = []
        for slot in list(self._active):
            slot.end(None, message)
            ended.append((slot.key, slot.result()))
            self._release(slot)
        self._clear()
        return ended
