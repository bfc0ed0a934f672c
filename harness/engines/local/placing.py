"""How much memory a model will take here, how many slots that leaves, and what is refused for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from harness.engines.local.gguf_file import ModelFile, read_model_file
from harness.engines.local.gpu_memory import free_gpu_memory
from harness.engines.local.measured import measured_bytes
from harness.engines.local.native import BATCH, CONTEXT, FLASH_HEAD, SLOTS, SLOTS_SMALL, SMALL_MODEL
from harness.errors import NoRoom
from harness.models.enginekinds import kind_of
from harness.models.model_files import find_projector
from harness.processors import usable_cores
from harness.records import ModelSpec

_GB = 1e9
_USABLE = 0.9  # of the free memory: other programs breathe
_COPIES = 4  # of a small model, at most: more would wait for each other's Python
_PROCESS = 60_000_000  # bytes of a worker beside its model: Python, NumPy, llama.cpp
_CUDA = 600_000_000  # bytes allowed for what CUDA itself takes of a device in each process
# Bits a weight of the usual quantisations, finest first (llama.cpp's own figures for Llama 3 8B).
_BITS = {"Q8_0": 8.5, "Q6_K": 6.6, "Q5_K_M": 5.7, "Q4_K_M": 4.9, "Q3_K_M": 4.0, "Q2_K": 3.2}


@dataclass(frozen=True, slots=True)
class MemoryPlan:
    """A model as it will stand in memory. Sizes are bytes; ``context`` is tokens a slot."""

    file: ModelFile
    context: int
    slots: int
    estimated: int
    free: int | None  # None where nobody says
    on: str  # "CPU", "GPU", or "GPU and CPU", where the GPU has some of the layers
    projector: Path | None = None  # with which it sees
    copies: int = 1  # of the model; they share the slots
    gpu_layers: int | None = None  # where they had to be chosen
    measured: int | None = None  # what it took when it last stood so

    @property
    def needed(self) -> int:
        """What it took before, or else what it will take by the file's header."""
        return self.estimated if self.measured is None else self.measured

    @property
    def standing(self) -> str:
        """What a measurement holds for, beside the file."""
        return f"{self.context} {self.slots} {self.copies} {self.on} {self.gpu_layers} {self.projector}"

    @property
    def fits(self) -> bool:
        """Whether it can be loaded."""
        return self.free is None or self.needed <= self.free * _USABLE

    def refusal(self) -> str:
        """One sentence: what is missing and what would help."""
        free = (self.free or 0) / _GB
        base = self.needed - self.file.weights
        for name, bits in _BITS.items():
            weights = self.file.parameters * bits / 8
            if weights < self.file.weights and weights + base <= (self.free or 0) * _USABLE:
                remedy = f"{name} would fit (about {(weights + base) / _GB:.1f} GB)"
                break
        else:
            remedy = "no quantisation of it would fit; a smaller n_ctx or model may"
        if self.on == "GPU":
            remedy += "; or leave n_gpu_layers out, and the GPU gets as many layers as it holds"
        needs = f"needs about {self.needed / _GB:.1f} GB with a context of {self.context} tokens"
        return f"{self.file.path} {needs}, {free:.1f} GB are free: {remedy}"


def plan(spec: ModelSpec, path: Path, beside: int = 0) -> MemoryPlan:
    """Slots and context for a file, by what ``params`` say and what is free. Raises ``ModelUnavailable``.

    ``beside`` are bytes of other models' weights. In main memory the system counts what is only mapped
    as free; on a GPU a model has as many slots beside others as alone, or no room. Does not
    refuse: see ``MemoryPlan.fits``.
    """
    file = read_model_file(path)
    projector = find_projector(spec)
    context_wanted = spec.params.get("n_ctx") or spec.context or CONTEXT
    context = min(context_wanted, file.context) if file.context else context_wanted
    on, free = _device(spec)
    if on == "CPU" and free is not None:
        free = max(0, free - beside)
    extra = (projector.stat().st_size if projector else 0) + (_CUDA if on == "GPU" else _PROCESS)

    # Threads that share the work of a small model lose more in meeting than they gain: each has a copy.
    small = on == "CPU" and file.weights < SMALL_MODEL
    copies = min(spec.params.get("n_threads") or usable_cores(), _COPIES) if small else 1

    def standing(slots: int) -> MemoryPlan:
        needed = estimate(file, context, slots, spec.params.get("n_batch", BATCH)) + extra
        together = max(1, min(slots // SLOTS_SMALL, copies))
        planned = MemoryPlan(file, context, slots, needed, free, on, projector, together)
        return replace(planned, measured=measured_bytes(path, planned.standing))

    most = SLOTS_SMALL * copies if small else SLOTS
    if (slots := spec.params.get("n_slots")) is not None:
        choices = [standing(slots)]
    elif on == "GPU" and beside:
        choices = [standing(most)]
    else:
        choices = [standing(slots) for slots in (16, 8, 4, 2, 1) if slots <= most]
    if on == "GPU" and not (beside or choices[-1].fits or "n_gpu_layers" in spec.params):
        choices = _divided(choices)
    return next((choice for choice in choices if choice.fits), choices[-1])


def estimate(file: ModelFile, context: int, slots: int, batch: int = BATCH) -> int:
    """Bytes that a model takes with ``slots`` contexts, as ``NativeModel`` makes them."""
    small = file.weights < SMALL_MODEL
    unified = small and file.width // max(1, file.heads) < FLASH_HEAD
    needed = file.memory(context, slots, batch, unified)
    if small and slots > 1:  # prompts are computed in a context of their own
        needed += file.kv_bytes(context, 1 if unified else slots, batch) + file.compute_bytes(batch)
    return needed


def _divided(choices: Sequence[MemoryPlan]) -> list[MemoryPlan]:
    """The same with as many layers on the GPU as go there; only choices whose slots displace few of them."""
    divided = [_some_layers(choice) for choice in choices]
    most = divided[-1].gpu_layers or 0
    return [each for each in divided if (each.gpu_layers or 0) >= 0.9 * most]


def _some_layers(whole: MemoryPlan) -> MemoryPlan:
    """The others lie in main memory and are computed by the CPU; all of them where there is no room."""
    file, room, main = whole.file, whole.free or 0, free_memory()
    shared_out = file.weights + file.kv_bytes(whole.context, whole.slots)
    a_layer = shared_out / max(1, file.layers)
    layers = min(file.layers, max(0, int((room * _USABLE - (whole.needed - shared_out)) // a_layer)))
    free = None if main is None else main + room * (layers > 0)
    return replace(whole, free=free, on="GPU and CPU" if layers else "CPU", gpu_layers=layers)


def _device(spec: ModelSpec) -> tuple[str, int | None]:
    import llama_cpp

    layers = spec.params.get("n_gpu_layers", -1)
    if layers == 0 or not llama_cpp.llama_supports_gpu_offload():
        return "CPU", free_memory()
    return ("GPU", free_gpu_memory()) if layers == -1 else ("GPU and CPU", None)


def may_share_device(spec: ModelSpec) -> bool:
    """Whether others may compute beside it: it lies on a GPU as a whole, and what is free there is known.

    On a CPU two models would share the same cores.
    """
    if not kind_of(spec.engine).loads:
        return False
    on, free = _device(spec)
    return on == "GPU" and free is not None


def held_together(plans: Mapping[str, MemoryPlan]) -> list[str]:
    """Those of ``plans``, all on one device, that its memory takes side by side, the first ones first."""
    held: list[str] = []
    taken = 0
    for name, each in plans.items():
        if each.needed <= ((each.free or 0) - taken) * _USABLE:
            held.append(name)
            taken += each.needed
    return held


def free_memory() -> int | None:
    """Bytes that this process could take: the system's count, or what is left of a container's limit."""
    limits = []
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
        limits += [int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")]
        limit = Path("/sys/fs/cgroup/memory.max").read_text().strip()
        if limit != "max":
            limits.append(int(limit) - int(Path("/sys/fs/cgroup/memory.current").read_text()))
    except (OSError, ValueError):
        pass
    return max(0, min(limits)) if limits else None


def checked(spec: ModelSpec, path: Path, beside: int = 0) -> MemoryPlan:
    """``plan``, refusing what cannot fit. Raises ``NoRoom`` and what ``plan`` raises."""
    placed = plan(spec, path, beside)
    if not placed.fits:
        raise NoRoom(f"model {spec.id}: {placed.refusal()}")
    return placed
