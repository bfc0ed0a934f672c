"""GGUF models on this machine, through llama-cpp-python."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from harness.engines.base import file_revision
from harness.engines.local.batch import LOOKED_AT
from harness.engines.local.library import installed, rebuild
from harness.engines.local.measured import keep_measured, resident_bytes
from harness.engines.local.native import SLOTS, SMALL_MODEL
from harness.engines.local.params import PLACING, SAMPLING, check_local_params
from harness.engines.local.placing import MemoryPlan, checked
from harness.engines.local.process import OnText, Worker
from harness.engines.local.resident import Settings
from harness.errors import ModelUnavailable, NoRoom
from harness.models.model_files import find_file, hub_commit
from harness.processors import usable_cores
from harness.records import Completion, Failure, ModelSpec, Request, Throughput

_CRASHES = 3  # after so many the model is given up
_WEIGHTS: dict[int, int] = {}  # bytes that each open engine, by its ``id``, has mapped


class LlamaCpp:
    """One GGUF file (``path``, ``hf``, or a name in Ollama's store), decoded in a process of its own.

    ``spec.params`` may hold ``n_ctx`` (default ``spec.context``, else 4096; never more than the
    model was trained for), ``n_slots`` (prompts decoded side by side), ``n_gpu_layers`` (-1 is all;
    default as many as go there where llama.cpp was built for a GPU, else none), ``n_threads`` (default: see
    ``native`` and ``placing``), ``n_batch``, ``top_k``, ``min_p``, ``repeat_penalty`` and ``grammar``
    (``json`` or a GBNF file). Answers that were decoded together with others say ``timing: contended``.

    When the process dies, the requests it had fail with ``model_crashed`` and the next one
    starts it anew; at the third time the model is given up.
    """

    def __init__(self, spec: ModelSpec) -> None:
        self.revision: str | None = None
        self.beside = 0
        self.throughput: Throughput | None = None
        self.concurrency = spec.params.get("n_slots") or SLOTS
        self.threads: int = spec.params.get("n_threads") or usable_cores()
        self._spec = spec
        self._settings: Settings | None = None
        self._worker: Worker | None = None
        self._plan: MemoryPlan | None = None
        self._crashes = 0
        self._starting = asyncio.Lock()

    @property
    def pid(self) -> int:
        """The number of the model's process, while it is open."""
        assert self._worker is not None
        return self._worker.pid

    async def check(self) -> str:
        """Look at parameters and file. A model on Hugging Face is not downloaded for that."""
        check_local_params(self._spec.id, self._spec.params)
        path = find_file(self._spec, download=False)
        if path is None:
            return f"hf:{self._spec.hf}, not downloaded yet"
        plan = checked(self._spec, path)
        size = f"{plan.file.size / 1e6:,.1f} MB {plan.file.quantization}"
        memory = f"{plan.needed / 1e6:,.1f} MB of memory on the {plan.on}"
        memory += " (measured)" if plan.measured else ""
        return f"{path.name}, {size}, {memory}, {plan.slots} slots of {plan.context} tokens"

    async def open(self) -> float:
        """Load the model. A download that comes before it does not count as loading."""
        check_local_params(self._spec.id, self._spec.params)
        path = await asyncio.to_thread(find_file, self._spec, download=True)
        assert path is not None
        if not (library := await asyncio.to_thread(installed)).runs:
            raise ModelUnavailable(f"{library.failure}; compile it here: {rebuild()}")
        plan = checked(self._spec, path, sum(_WEIGHTS.values()))
        self._settings = _settings(self._spec, plan, usable_cores() - self.beside)
        self._crashes = 0
        try:
            self._worker = await Worker.start(self._settings)
        except ModelUnavailable as error:
            if not _WEIGHTS:
                raise
            raise NoRoom(str(error)) from None  # perhaps for what the others hold
        _WEIGHTS[id(self)] = plan.file.weights
        self._use(self._worker.throughput, self._settings, plan.copies)
        self._plan = plan
        self.revision = await asyncio.to_thread(file_revision, path)
        if self._spec.hf and (commit := hub_commit(path)):
            self.revision += f"@{commit[:12]}"
        return self._worker.load_s

    def _use(self, measured: Throughput | None, settings: Settings, copies: int) -> None:
        """Go on with the slots and threads that were the best, after a crash too."""
        assert measured is not None
        placing = {**settings.placing, "n_slots": measured.slots, "n_threads": measured.threads}
        self._settings = replace(settings, placing=placing, try_slots=(), try_threads=())
        slots, together = measured.slots * copies, measured.together_tps * copies
        self.throughput = replace(
            measured, slots=slots, threads=measured.threads * copies, together_tps=together
        )
        self.threads = measured.threads
        self.concurrency = slots + LOOKED_AT * copies  # no slot idles, and prompts alike can meet

    async def complete(self, request: Request, on_text: OnText | None = None) -> Completion:
        """Answer one request. When all slots are taken it waits, and ``queue_s`` says how long.

        ``on_text`` is given the answer's text as it grows; the end may be in the completion alone.
        """
        if self._settings is None or self._worker is None:
            raise RuntimeError(f"model {self._spec.id} is not open")
        if not self._worker.alive:
            async with self._starting:
                if (given_up := await self._start_again(self._settings)) is not None:
                    return Completion(failure=given_up)
        return await self._worker.ask(request, on_text)

    async def close(self) -> None:
        """End the process, and with it everything that it holds."""
        worker, self._worker, self._settings = self._worker, None, None
        _WEIGHTS.pop(id(self), None)
        if worker is not None:
            self._keep_measured(worker)
            await worker.stop()

    def _keep_measured(self, worker: Worker) -> None:
        """What the model took, for the next plan; on a GPU its process does not say."""
        taken = resident_bytes(worker.pid) if worker.alive else None
        if taken and self._plan is not None and self._plan.on == "CPU":
            keep_measured(self._plan.file.path, self._plan.standing, taken)

    async def _start_again(self, settings: Settings) -> Failure | None:
        """A new process in the place of one that died, or why there is none any more."""
        if self._worker is None or self._worker.alive:
            return None
        self._crashes += 1
        if self._crashes >= _CRASHES:
            return Failure("model_crashed", f"given up after {_CRASHES} crashes", fatal=True)
        await self._worker.stop()
        try:
            self._worker = await Worker.start(settings)
        except ModelUnavailable as error:
            return Failure("model_crashed", str(error), fatal=True)
        return None


def _settings(spec: ModelSpec, plan: MemoryPlan, cores: int) -> Settings:
    """The parameters; what they do not say of slots and threads is tried out, with as many as ``cores``."""
    placing = {key: value for key, value in spec.params.items() if key in PLACING}
    placing |= {"n_ctx": plan.context, "n_slots": plan.slots // plan.copies}
    if plan.gpu_layers is not None:
        placing["n_gpu_layers"] = plan.gpu_layers
    if "n_threads" in placing:
        placing["n_threads"] //= plan.copies
    sampling = {key: spec.params[key] for key in SAMPLING if key in spec.params}
    projector = str(plan.projector) if plan.projector else None
    slots, threads = [placing["n_slots"]], [placing.get("n_threads", 1)]
    if plan.file.weights >= SMALL_MODEL:  # else threads and slots go to copies of it
        if "n_slots" not in spec.params:
            slots += [count for count in (4, 2) if count < plan.slots]
        if "n_threads" not in placing and plan.on != "GPU":  # where the others would idle
            threads = sorted({max(1, cores - 1), max(1, cores)})
    return Settings(str(plan.file.path), placing, sampling, projector, plan.copies, slots, threads)
