"""GGUF models on this machine, through llama-cpp-python."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

from harness.engines.base import REQUEST_PARAMS, file_revision
from harness.engines.decode import DecodeError, Decoder, Generation, Limits, Sampling
from harness.engines.native import NativeModel, Placement, default_threads
from harness.errors import ModelUnavailable
from harness.records import Completion, Failure, ModelSpec, Request

T = TypeVar("T")

_PLACING = {field.name for field in fields(Placement)}
_SAMPLING = {"top_k", "min_p"}
_LEAST = {"n_gpu_layers": -1, "top_k": 0, "min_p": 0}  # 1 for the others


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What ``open`` took. Only the driver thread touches ``model`` and ``decoder``."""

    driver: ThreadPoolExecutor
    model: NativeModel
    decoder: Decoder
    revision: str


class LlamaCpp:
    """One GGUF file (``path`` or ``hf``), decoded one request at a time by a thread of its own.

    ``spec.params`` may hold ``n_ctx`` (default ``spec.context``, else 4096; never more than the
    model was trained for), ``n_gpu_layers`` (-1 is all; default all where llama.cpp was built
    for a GPU, else none), ``n_threads`` (default: see ``native``), ``n_batch``, ``top_k`` and
    ``min_p``. A prompt that shares its beginning with the one before it is computed from where
    they part: ``cached_tokens`` says how much that was.
    """

    concurrency = 2  # one is decoded while the next one waits, so that the thread never idles

    def __init__(self, spec: ModelSpec) -> None:
        self.revision: str | None = None
        self.threads: int = spec.params.get("n_threads") or default_threads()
        self._spec = spec
        self._loaded: _Loaded | None = None

    async def check(self) -> str:
        """Look at parameters and file. A model on Hugging Face is not downloaded for that."""
        _check_params(self._spec)
        if self._spec.hf and not self._spec.path:
            return f"hf:{self._spec.hf}"
        path = _local_file(self._spec)
        with path.open("rb") as file:
            if file.read(4) != b"GGUF":
                raise ModelUnavailable(f"{path} is not a GGUF file; name one in `path`")
        return f"{path.name}, {path.stat().st_size / 2**20:,.1f} MB, {file_revision(path)}"

    async def open(self) -> float:
        """Load the model. A download that comes before it does not count as loading."""
        driver = ThreadPoolExecutor(1, "llama")
        try:
            load_s, loaded = await _run(driver, _load, self._spec, driver)
        except BaseException:
            driver.shutdown(wait=False)
            raise
        self._loaded, self.revision = loaded, loaded.revision
        return load_s

    async def complete(self, request: Request) -> Completion:
        """Answer one request; while another is being decoded it waits, and ``queue_s`` says how long."""
        if self._loaded is None:
            raise RuntimeError(f"model {self._spec.id} is not open")
        cancelled = threading.Event()
        asked = perf_counter()
        try:
            return await _run(self._loaded.driver, self._answer, self._loaded, request, asked, cancelled)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    async def close(self) -> None:
        """Free the model when the requests that it was given have ended."""
        loaded, self._loaded = self._loaded, None
        if loaded is not None:
            await _run(loaded.driver, loaded.model.close)
            loaded.driver.shutdown()

    # --- in the driver thread ------------------------------------------------

    def _answer(
        self, loaded: _Loaded, request: Request, asked: float, cancelled: threading.Event
    ) -> Completion:
        start = perf_counter()
        started_at = datetime.now(UTC).isoformat(timespec="milliseconds")
        done = self._decode(loaded, request, start, cancelled)
        return replace(done, queue_s=start - asked, started_at=started_at)

    def _decode(
        self, loaded: _Loaded, request: Request, start: float, cancelled: threading.Event
    ) -> Completion:
        try:
            prompt = loaded.model.prompt(request.messages)
        except ValueError as error:
            return Completion(failure=Failure("bad_request", str(error)))
        count = len(prompt)
        room = loaded.model.n_ctx - count
        if room < 1:
            message = f"the prompt has {count} tokens, the context holds {loaded.model.n_ctx}"
            return Completion(prompt_tokens=count, failure=Failure("context_exceeded", message))
        limits = Limits(
            max_tokens=min(room, request.max_tokens),
            stop=(*(stop.encode() for stop in request.stop if stop), *loaded.model.stop),
            deadline=start + request.timeout_s,
            cancelled=cancelled.is_set,
        )
        own = {key: value for key, value in self._spec.params.items() if key in _SAMPLING}
        sampling = Sampling(request.temperature, request.top_p, seed=request.seed, **own)
        try:
            done = loaded.decoder.generate(prompt, sampling, limits)
        except DecodeError as error:
            return Completion(prompt_tokens=count, failure=Failure("engine_error", str(error)))
        return _completion(done, request, count, start)


async def _run(driver: ThreadPoolExecutor, function: Callable[..., T], *arguments: Any) -> T:
    return await asyncio.get_running_loop().run_in_executor(driver, function, *arguments)


def _completion(done: Generation, request: Request, prompt_tokens: int, start: float) -> Completion:
    failure = None
    if done.reason == "timeout":
        failure = Failure("timeout", f"no end after {request.timeout_s:g} s and {done.tokens} tokens")
    return Completion(
        output=done.text,
        finish_reason=done.reason if failure is None else None,
        prompt_tokens=prompt_tokens,
        completion_tokens=done.tokens,
        cached_tokens=done.cached_tokens,
        ttft_s=None if done.first_token_at is None else done.first_token_at - start,
        latency_s=perf_counter() - start,
        prefill_s=done.prefill_s,
        failure=failure,
    )


def _load(spec: ModelSpec, driver: ThreadPoolExecutor) -> tuple[float, _Loaded]:
    _check_params(spec)
    path = _download(spec) if spec.hf and not spec.path else _local_file(spec)
    start = perf_counter()
    wanted = {key: value for key, value in spec.params.items() if key in _PLACING}
    if spec.context:
        wanted.setdefault("n_ctx", spec.context)
    model = NativeModel(path, Placement(**wanted))
    load_s = perf_counter() - start
    return load_s, _Loaded(driver, model, Decoder(model), file_revision(path))


def _check_params(spec: ModelSpec) -> None:
    own = _PLACING | _SAMPLING
    for key, value in spec.params.items():
        if key not in own | REQUEST_PARAMS:
            known = ", ".join(sorted(own | REQUEST_PARAMS))
            raise ModelUnavailable(f"model {spec.id}: params has an unknown key {key!r}; known: {known}")
        least = _LEAST.get(key, 1)
        whole = key != "min_p"
        if key in own and (type(value) not in ((int,) if whole else (int, float)) or value < least):
            what = "whole number" if whole else "number"
            raise ModelUnavailable(
                f"model {spec.id}: params {key} must be a {what} from {least}, not {value!r}"
            )


def _local_file(spec: ModelSpec) -> Path:
    if not spec.path:
        raise ModelUnavailable(f"model {spec.id}: `path` must name a GGUF file, or `hf` owner/repo/file.gguf")
    path = Path(spec.path)
    if not path.is_file():
        raise ModelUnavailable(f"model {spec.id}: there is no file {path}; correct `path`, or get the model")
    return path


def _download(spec: ModelSpec) -> Path:
    """The file of ``spec.hf`` in Hugging Face's cache, downloaded if it is not there.

    The call that ``Llama.from_pretrained`` makes, without the listing before it: a file in
    the cache needs no network.
    """
    try:
        hub = import_module("huggingface_hub")  # optional
    except ImportError:
        raise ModelUnavailable(
            f"model {spec.id}: `hf` needs huggingface_hub; run: pip install huggingface_hub"
        ) from None
    owner, _, rest = str(spec.hf).partition("/")
    repository, _, file = rest.partition("/")
    if not file:
        raise ModelUnavailable(f"model {spec.id}: `hf` must be owner/repo/file.gguf, not {spec.hf!r}")
    try:
        return Path(hub.hf_hub_download(f"{owner}/{repository}", file))
    except Exception as error:  # its errors come from four packages; all of them mean: no file
        reason = " ".join(str(error).split())
        raise ModelUnavailable(f"model {spec.id}: cannot get hf:{spec.hf}: {reason:.200}") from None
