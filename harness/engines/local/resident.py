"""A model in this process's memory: requests in, completions out, several at a time."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from time import perf_counter
from typing import Any

from harness.engines.local.batch import Batcher
from harness.engines.local.native import NativeModel, Placement, Prompt
from harness.engines.local.sampling import JSON_GRAMMAR, Sampling, make_chain, read_grammar
from harness.engines.local.slots import Generation, GrowingText, Job
from harness.engines.local.throughput import measure
from harness.errors import ModelUnavailable
from harness.records import LOOP, Completion, Failure, Request, Throughput


@dataclass(frozen=True, slots=True)
class Settings:
    """What to load and how: the parts of ``ModelSpec.params`` that are this engine's own.

    ``copies`` of the model answer at once, each with its share of the slots. Of the numbers of slots
    and threads in ``try_slots`` and ``try_threads`` it finds the best; without them nothing is measured.
    """

    path: str
    placing: Mapping[str, Any] = field(default_factory=dict)
    sampling: Mapping[str, Any] = field(default_factory=dict)
    mmproj: str | None = None
    copies: int = 1
    try_slots: Sequence[int] = ()
    try_threads: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request that can be answered: when it came, and how long its prompt took to make."""

    request: Request
    job: Job
    at: float
    preparing_s: float


class Resident:
    """Loads on construction; raises ``ModelUnavailable``.

    One thread owns it and calls ``step`` while it is ``busy``.
    """

    def __init__(self, settings: Settings) -> None:
        own = dict(settings.sampling)
        if "grammar" in own:
            own["grammar"] = read_grammar(own["grammar"])
        began = perf_counter()
        mmproj = Path(settings.mmproj) if settings.mmproj else None
        self.model = NativeModel(Path(settings.path), Placement(**settings.placing), mmproj)
        self._sampling = Sampling(**own)
        self._try_sampling()
        self._batcher = Batcher(self.model)
        self._asked: dict[int, Prepared] = {}
        self._growing: dict[int, GrowingText] = {}  # of answers whose text is wanted as it grows
        self._warm_up()
        self.load_s = perf_counter() - began
        self.throughput: Throughput | None = None
        if settings.try_slots:
            self.throughput = measure(self.model, settings.try_slots, settings.try_threads)
            self._batcher = Batcher(self.model)

    @property
    def busy(self) -> bool:
        """Whether something is being answered."""
        return self._batcher.busy

    @property
    def stalled(self) -> bool:
        """Whether what is being computed will come to nothing. Any thread may ask."""
        return self.model.stalled

    def prepare(self, request: Request) -> Prepared | Completion:
        """Make a request's prompt; a completion where it cannot be answered.

        Any thread may do so while another one steps, unless the request has images. With ``choices``,
        the answer will be the likeliest of them; ``Completion.scores`` has the figures.
        """
        at = perf_counter()
        if request.images and self.model.vision is None:
            why = "the task has images; name the model's projector in `mmproj`"
            return Completion(failure=Failure("no_vision", why))
        try:
            prompt, pictures = self._prompt(request)
            pieces = tuple(tuple(self.model.vocabulary.answer(choice)) for choice in request.choices)
        except ValueError as error:
            return Completion(failure=Failure("bad_request", str(error)))
        room = self.model.n_ctx - len(prompt)
        longest = max(map(len, pieces), default=1)
        if room < longest or longest > self.model.n_batch:
            message = f"the prompt has {len(prompt)} tokens, the context holds {self.model.n_ctx}"
            return Completion(prompt_tokens=len(prompt), failure=Failure("context_exceeded", message))
        job = Job(
            prompt=prompt,
            sampling=replace(
                self._sampling,
                temperature=request.temperature,
                top_p=request.top_p,
                seed=request.seed,
                grammar=_grammar(request.grammar) or self._sampling.grammar,
            ),
            max_tokens=min(room, request.max_tokens),
            stop=(*(stop.encode() for stop in request.stop if stop), *self.model.vocabulary.template.stop),
            timeout_s=request.timeout_s or inf,
            choices=pieces,
            pictures=pictures,
        )
        return Prepared(request, job, at, perf_counter() - at)

    def submit(self, key: int, prepared: Prepared) -> None:
        """Take a request up; ``key`` names it until it has been answered."""
        self._asked[key] = prepared
        self._batcher.add(key, prepared.job)

    def _prompt(self, request: Request) -> Prompt:
        if request.raw:
            return self.model.vocabulary.text(request.messages[0].content), ()
        if request.images:
            return self.model.see(request.messages, [Path(image) for image in request.images])
        return self.model.vocabulary.prompt(request.messages), ()

    def cancel(self, key: int) -> None:
        """Forget a request; no completion will come."""
        self._batcher.cancel(key)
        self._asked.pop(key, None)
        self._growing.pop(key, None)

    def step(self) -> list[tuple[int, Completion]]:
        """Decode one batch. Returns the requests that were answered with it."""
        on_gpu = self.model.on_gpu
        notes = {"template": self.model.vocabulary.template.kind}
        done = self._batcher.step()
        for key, _ in done:
            self._growing.pop(key, None)
        return [(key, _completion(result, self._asked.pop(key), on_gpu, notes)) for key, result in done]

    def added(self, keys: Container[int]) -> Iterator[tuple[int, str]]:
        """What was added to the answers of ``keys`` since this was asked last."""
        for slot in self._batcher.active:
            if slot.key in keys and slot.job is not None:
                growing = self._growing.setdefault(slot.key, GrowingText(slot.job.stop))
                if text := growing.added(slot.text):
                    yield slot.key, text

    def close(self) -> None:
        """Give the memory back."""
        self.model.close()

    def _try_sampling(self) -> None:
        try:
            chain = make_chain(self.model.lib, self.model.vocab, self._sampling)
        except ValueError as error:
            self.close()
            raise ModelUnavailable(f"params grammar: {error}; correct the file") from None
        self.model.lib.llama_sampler_free(chain)

    def _warm_up(self) -> None:
        """Touch all weights once, so that the first request is no slower than the others."""
        self._batcher.add(0, Job([0, 0], max_tokens=1))
        while self._batcher.busy:
            self._batcher.step()


def _grammar(wanted: str) -> str:
    return JSON_GRAMMAR if wanted == "json" else wanted


def _completion(done: Generation, asked: Prepared, on_gpu: bool, notes: Mapping[str, Any]) -> Completion:
    failure = None
    if done.failure is not None:
        failure = Failure("engine_error", done.failure)
    elif done.reason == "timeout":
        message = f"no end after {asked.request.timeout_s:g} s and {done.tokens} tokens"
        failure = Failure("timeout", message)
    began = done.started - asked.preparing_s  # as if the prompt had been made just before
    prefill_s = None if done.first_token_at is None else done.first_token_at - done.started
    queue_s = max(0.0, began - asked.at)
    started = datetime.fromtimestamp(datetime.now(UTC).timestamp() - (perf_counter() - began), UTC)
    if done.reason == LOOP:
        notes = {**notes, "loop_saved_tokens": asked.job.max_tokens - done.tokens}
    text = done.text
    if done.scores:
        text = asked.request.choices[done.scores.index(max(done.scores))]
    return Completion(
        output=text,
        finish_reason=done.reason if failure is None else None,
        prompt_tokens=len(asked.job.prompt),
        completion_tokens=done.tokens,
        cached_tokens=done.cached_tokens,
        queue_s=queue_s,
        ttft_s=None if done.first_token_at is None else done.first_token_at - began,
        latency_s=done.ended - began,
        prefill_s=prefill_s,
        busy_s=done.busy_s + asked.preparing_s,
        scores=done.scores,
        on_gpu=on_gpu,
        started_at=started.isoformat(timespec="milliseconds"),
        timing="measured" if done.alone else "contended",
        failure=failure,
        notes=notes,
    )
