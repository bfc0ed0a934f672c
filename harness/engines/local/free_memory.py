"""What memory is free: the machine's, and its GPUs' by NVIDIA's management library, which takes none."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any


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


class _Memory(ctypes.Structure):
    """``nvmlMemory_t``, in bytes."""

    _fields_ = [(name, ctypes.c_ulonglong) for name in ("total", "free", "used")]


def free_gpu_memory() -> int | None:
    """Bytes that are free on the GPUs llama.cpp may use, together; ``None`` where no such driver says.

    ``CUDA_VISIBLE_DEVICES`` counts; its numbers are taken in the order of the PCI bus.
    """
    try:
        nvml = ctypes.CDLL("libnvidia-ml.so.1")
    except OSError:
        return None
    if nvml.nvmlInit_v2():
        return None
    try:
        free = [_free(nvml, device) for device in _devices(nvml)]
    finally:
        nvml.nvmlShutdown()
    return None if None in free else sum(filter(None, free))


def _devices(nvml: Any) -> Iterator[ctypes.c_void_p | None]:
    """Handles; ``None`` for a device that the driver does not know."""
    count = ctypes.c_uint()
    nvml.nvmlDeviceGetCount_v2(ctypes.byref(count))
    visible = os.environ.get("CUDA_VISIBLE_DEVICES")
    names = [str(number) for number in range(count.value)] if visible is None else visible.split(",")
    for name in names:
        device = ctypes.c_void_p()
        if name.strip().isdecimal():
            failed = nvml.nvmlDeviceGetHandleByIndex_v2(ctypes.c_uint(int(name)), ctypes.byref(device))
        else:
            failed = nvml.nvmlDeviceGetHandleByUUID(name.strip().encode(), ctypes.byref(device))
        yield None if failed else device


def _free(nvml: Any, device: ctypes.c_void_p | None) -> int | None:
    memory = _Memory()
    if device is None or nvml.nvmlDeviceGetMemoryInfo(device, ctypes.byref(memory)):
        return None
    return int(memory.free)
