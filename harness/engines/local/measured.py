"""What models really took of memory, kept in the cache: where it is known, nothing is estimated."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from harness.files import write_atomically
from harness.paths import cache_folder


def standing(
    context: int,
    slots: int,
    on: str,
    copies: int = 1,
    gpu_layers: int | None = None,
    projector: Path | None = None,
    kv: str = "f16",
) -> str:
    """What a measurement holds for, beside the file."""
    words = (context, slots, copies, on, gpu_layers, projector, *([] if kv == "f16" else [kv]))
    return " ".join(map(str, words))


def measured_bytes(path: Path, standing: str) -> int | None:
    """The most that the file took when it stood so (context, slots, device …); ``None`` if it never did."""
    try:
        return int(_entry(path, standing).read_text("utf-8"))
    except (OSError, ValueError):
        return None


def keep_measured(path: Path, standing: str, taken: int) -> None:
    """Remember a figure, unless a larger one is there: a short run does not touch all that it may."""
    with suppress(OSError):  # it is only a cache
        if taken > (measured_bytes(path, standing) or 0):
            write_atomically(_entry(path, standing), str(taken))


def resident_bytes(pid: int) -> int | None:
    """The most that a process had in main memory, mapped files included; ``None`` where no system says."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return None
    sizes = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
    return int(sizes[0]) * 1024 if sizes else None


def _entry(path: Path, standing: str) -> Path:
    state = path.stat()
    name = f"{path.resolve()} {state.st_size} {state.st_mtime_ns} {standing}"
    return cache_folder() / "memory" / hashlib.sha256(name.encode()).hexdigest()[:24]
