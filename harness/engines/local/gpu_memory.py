"""What the driver says of a GPU's memory. NVIDIA's management library is asked, which takes none for that."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from typing import Any


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
