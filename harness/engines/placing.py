"""How much memory a model will take here, how many slots that leaves, and what is refused for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from harness.engines.gguf_file import ModelFile, read_model_file
from harness.engines.native import CONTEXT, SLOTS, SLOTS_SMALL, SMALL_MODEL
from harness.errors import ModelUnavailable, NoRoom
from harness.records import ModelSpec

_GB = 1e9
_USABLE = 0.9  # of the free memory: other programs breathe
# Bits a weight of the usual quantisations, finest first (llama.cpp's own figures for Llama 3 8B).
_BITS = {"Q8_0": 8.5, "Q6_K": 6.6, "Q5_K_M": 5.7, "Q4_K_M": 4.9, "Q3_K_M": 4.0, "Q2_K": 3.2}


@dataclass(frozen=True, slots=True)
class Plan:
    """A model as it will stand in memory. Sizes are bytes; ``context`` is tokens a slot."""

    file: ModelFile
    context: int
    slots: int
    needed: int
    free: int | None  # None where the system does not say, or where a GPU takes the layers
    on: str  # "GPU" or "CPU"

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
        needs = f"needs about {self.needed / _GB:.1f} GB with a context of {self.context} tokens"
        return f"{self.file.path} {needs}, {free:.1f} GB are free: {remedy}"


def plan(spec: ModelSpec, path: Path, beside: int = 0) -> Plan:
    """Slots and context for a file, by what ``params`` say and what is free. Raises ``ModelUnavailable``.

    ``beside`` are bytes of other models' weights: the system counts what is only mapped as free.
    Does not refuse: see ``Plan.fits``.
    """
    file = read_model_file(path)
    wanted = spec.params.get("n_ctx") or spec.context or CONTEXT
    context = min(wanted, file.context) if file.context else wanted
    on, free = _device(spec)
    free = None if free is None else max(0, free - beside)
    slots = spec.params.get("n_slots")
    if slots is None:
        most = SLOTS_SMALL if file.weights < SMALL_MODEL else SLOTS
        choices = [n for n in (8, 4, 2, 1) if n <= most]
        slots = next((n for n in choices if free is None or file.memory(context, n) <= free * _USABLE), 1)
    needed = file.memory(context, slots, spec.params.get("n_batch", 512)) + _projector(spec)
    return Plan(file, context, slots, needed, free, on)


def _projector(spec: ModelSpec) -> int:
    """Bytes of the projector, if the model has one."""
    if spec.mmproj is None:
        return 0
    try:
        return Path(spec.mmproj).stat().st_size
    except OSError:
        message = f"model {spec.id}: there is no file {spec.mmproj}; correct `mmproj`"
        raise ModelUnavailable(message) from None


def _device(spec: ModelSpec) -> tuple[str, int | None]:
    import llama_cpp

    if llama_cpp.llama_supports_gpu_offload() and spec.params.get("n_gpu_layers") != 0:
        return "GPU", None  # llama.cpp itself says when the device's memory does not do
    return "CPU", free_memory()


def free_memory() -> int | None:
    """Bytes that this process could take: the system's count, or what is left of a container's limit."""
    found = []
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
        found += [int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")]
        limit = Path("/sys/fs/cgroup/memory.max").read_text().strip()
        if limit != "max":
            found.append(int(limit) - int(Path("/sys/fs/cgroup/memory.current").read_text()))
    except (OSError, ValueError):
        pass
    return max(0, min(found)) if found else None


def checked(spec: ModelSpec, path: Path, beside: int = 0) -> Plan:
    """``plan``, refusing what cannot fit. Raises ``NoRoom`` and what ``plan`` raises."""
    found = plan(spec, path, beside)
    if not found.fits:
        raise NoRoom(f"model {spec.id}: {found.refusal()}")
    return found
