"""The driver's library, made up: two devices, of which one has another name too."""

from __future__ import annotations

import ctypes
from typing import Any

import pytest

from harness.engines.local.free_memory import free_gpu_memory

FREE = {"0": 5 * 2**30, "1": 7 * 2**30}
NAMES = {"GPU-1a2b": "1"}


class Nvml:
    """What is asked of it comes as C arguments; anything but 0 is a failure."""

    def __init__(self, started: int = 0) -> None:
        self.started = started
        self.open = 0

    def nvmlInit_v2(self) -> int:
        self.open += 1
        return self.started

    def nvmlShutdown(self) -> None:
        self.open -= 1

    def nvmlDeviceGetCount_v2(self, count: Any) -> int:
        count._obj.value = len(FREE)
        return 0

    def nvmlDeviceGetHandleByIndex_v2(self, number: ctypes.c_uint, device: Any) -> int:
        device._obj.value = number.value + 1  # no handle is null
        return int(str(number.value) not in FREE)

    def nvmlDeviceGetHandleByUUID(self, name: bytes, device: Any) -> int:
        known = NAMES.get(name.decode())
        device._obj.value = int(known or 0) + 1
        return int(known is None)

    def nvmlDeviceGetMemoryInfo(self, device: ctypes.c_void_p, memory: Any) -> int:
        memory._obj.free = FREE[str((device.value or 0) - 1)]
        return 0


def test_what_is_free_on_the_devices_that_may_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    nvml = Nvml()
    monkeypatch.setattr(ctypes, "CDLL", lambda name: nvml)
    for visible, gib in (
        ("0", 5),
        ("1,0", 12),
        ("GPU-1a2b", 7),
        ("0, GPU-1a2b", 12),
        ("2", None),
        ("x", None),
    ):
        monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
        assert free_gpu_memory() == (gib and gib * 2**30), visible
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES")
    assert free_gpu_memory() == 12 * 2**30
    assert nvml.open == 0
    nvml.started = 9
    assert free_gpu_memory() is None


def test_without_the_driver_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr(ctypes, "CDLL", missing)
    assert free_gpu_memory() is None
