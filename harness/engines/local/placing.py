"""How much memory a model will take here, how many slots that leaves, and what is refused for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from harness.engines.local.footprint import BITS, SMALLER, USABLE, Footprint
from harness.engines.local.free_memory import free_gpu_memory, free_memory
from harness.engines.local.gguf_file import ModelFile, read_model_file
from harness.engines.local.measured import measured_bytes, standing
from harness.engines.local.native import BATCH, CONTEXT, SLOTS, SLOTS_SMALL, SMALL_MODEL, uses_flash
from harness.errors import NoRoom
from harness.models.enginekinds import kind_of
from harness.models.model_files import find_projector
from harness.processors import usable_cores
from harness.records import ModelSpec

_GB = 1e9
_COPIES = 4  # of a small model, at most: more would wait for each other's Python
_PROCESS = 60_000_000  # bytes of a worker beside its model: Python, NumPy, llama.cpp
_CUDA = 600_000_000  # bytes allowed for what CUDA itself takes of a device in each process


@dataclass(frozen=True, slots=True)
class MemoryPlan:
    """A model as it will stand in memory. Sizes are bytes; ``context`` is tokens a slot."""

    file: ModelFile
    context: int
    slots: int
    footprint: Footprint
    free: int | None  # None where nobody says
    on: str  # "CPU", "GPU", or "GPU and CPU", where the GPU has some of the layers
    projector: Path | None = None  # with which it sees
    copies: int = 1  # of the model; they share the slots
    gpu_layers: int | None = None  # where they had to be chosen
    measured: int | None = None  # what it took when it last stood so
    kv: str = "f16"  # what keys and values are stored in

    @property
    def estimated(self) -> int:
        """What it will take by the file's header."""
        return self.footprint.total

    @property
    def needed(self) -> int:
        """What it took before, or else what it will take by the file's header."""
        return self.estimated if self.measured is None else self.measured

    @property
    def standing(self) -> str:
        """What a measurement holds for, beside the file."""
        return standing(
            self.context, self.slots, self.on, self.copies, self.gpu_layers, self.projector, self.kv
        )

    @property
    def fits(self) -> bool:
        """Whether it can be loaded."""
        return self.free is None or self.needed <= self.free * USABLE

    def refusal(self) -> str:
        """One sentence: what is missing and what would help."""
        free = (self.free or 0) / _GB
        base = self.needed - self.file.weights
        for name in SMALLER:
            weights = self.file.parameters * BITS[name] / 8
            if weights < self.file.weights and weights + base <= (self.free or 0) * USABLE:
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
    context = context_of(spec, file)
    kv = spec.params.get("kv", "f16")
    on, free = _device(spec)
    if on == "CPU" and free is not None:
        free = max(0, free - beside)
    extra = (projector.stat().st_size if projector else 0) + (_CUDA if on == "GPU" else _PROCESS)

    # Threads that share the work of a small model lose more in meeting than they gain: each has a copy.
    small = on == "CPU" and file.weights < SMALL_MODEL
    copies = min(spec.params.get("n_threads") or usable_cores(), _COPIES) if small else 1

    def with_slots(slots: int) -> MemoryPlan:
        taken = replace(estimate(file, context, slots, spec.params.get("n_batch", BATCH), kv), other=extra)
        together = max(1, min(slots // SLOTS_SMALL, copies))
        planned = MemoryPlan(file, context, slots, taken, free, on, projector, together, kv=kv)
        return replace(planned, measured=measured_bytes(path, planned.standing))

    most = SLOTS_SMALL * copies if small else SLOTS
    if (slots := spec.params.get("n_slots")) is not None:
        choices = [with_slots(slots)]
    elif on == "GPU" and beside:
        choices = [with_slots(most)]
    else:
        choices = [with_slots(slots) for slots in (16, 8, 4, 2, 1) if slots <= most]
    if on == "GPU" and not (beside or choices[-1].fits or "n_gpu_layers" in spec.params):
        choices = _divided(choices)
    return next((choice for choice in choices if choice.fits), choices[-1])


def context_of(spec: ModelSpec, file: ModelFile | None = None) -> int:
    """Tokens of its window: as ``params`` or models.yaml say, and no more than it was trained for."""
    wanted: int = spec.params.get("n_ctx") or spec.context or CONTEXT
    return min(wanted, file.context) if file and file.context else wanted


def estimate(file: ModelFile, context: int, slots: int, batch: int = BATCH, kv: str = "f16") -> Footprint:
    """What a model takes with ``slots`` contexts, as ``NativeModel`` makes them."""
    small = file.weights < SMALL_MODEL
    unified = not uses_flash(small, file.width // max(1, file.heads), kv)
    taken = file.footprint(context, slots, batch, unified, kv)
    if not small or slots == 1:
        return taken
    prompts = file.kv_bytes(context, 1 if unified else slots, batch, kv=kv)  # in a context of their own
    return replace(taken, kv=taken.kv + prompts, compute=taken.compute + file.compute_bytes(batch))


def _divided(choices: Sequence[MemoryPlan]) -> list[MemoryPlan]:
    """The same with as many layers on the GPU as go there; only choices whose slots displace few of them."""
    divided = [_some_layers(choice) for choice in choices]
    most = divided[-1].gpu_layers or 0
    return [each for each in divided if (each.gpu_layers or 0) >= 0.9 * most]


def _some_layers(whole: MemoryPlan) -> MemoryPlan:
    """The others lie in main memory and are computed by the CPU; all of them where there is no room."""
    file, room, main = whole.file, whole.free or 0, free_memory()
    shared_out = file.weights + file.kv_bytes(whole.context, whole.slots, kv=whole.kv)
    a_layer = shared_out / max(1, file.layers)
    layers = min(file.layers, max(0, int((room * USABLE - (whole.needed - shared_out)) // a_layer)))
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
        if each.needed <= ((each.free or 0) - taken) * USABLE:
            held.append(name)
            taken += each.needed
    return held


def checked(spec: ModelSpec, path: Path, beside: int = 0) -> MemoryPlan:
    """``plan``, refusing what cannot fit. Raises ``NoRoom`` and what ``plan`` raises."""
    placed = plan(spec, path, beside)
    if not placed.fits:
        raise NoRoom(f"model {spec.id}: {placed.refusal()}")
    return placed
