"""Where a run happened: machine, versions, commit."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from harness.processors import usable_processors

_PACKAGES = ("llama-cpp-python", "openai", "duckdb", "pyarrow", "genai-prices")


def describe_machine() -> dict[str, Any]:
    """Operating system, processor, cores, memory and GPU, for the manifest."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "system": f"{platform.system()} {platform.release()}",
        "processor": processor(),
        "cores": usable_processors(),
        "memory_gb": round(pages / 2**30, 1),
        "gpu": gpu(),
        "python": platform.python_version(),
    }


def host(machine: dict[str, Any]) -> str:
    """The machine in a few words, for every row; no host name, which would say whose it is."""
    return f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']:.0f} GB"


def processor() -> str:
    """The processor's name as the system knows it."""
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def gpu() -> str | None:
    """The first GPU that the driver names, or ``None``."""
    tool = shutil.which("nvidia-smi")
    return _first_line([tool, "--query-gpu=name", "--format=csv,noheader"]) if tool else None


def git_sha() -> str | None:
    """The commit of the folder the run was started in, or ``None`` outside a repository."""
    tool = shutil.which("git")
    return _first_line([tool, "rev-parse", "HEAD"]) if tool else None


def versions() -> dict[str, str]:
    """The versions of the packages that results depend on."""
    installed = {}
    for name in _PACKAGES:
        try:
            installed[name] = version(name)
        except PackageNotFoundError:
            continue
    return installed


def _first_line(command: list[str]) -> str | None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = done.stdout.splitlines()
    return lines[0].strip() if done.returncode == 0 and lines else None
