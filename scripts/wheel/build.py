"""The wheel of llama-cpp-python: compiled once for a compiler, a processor and ``build.cmake``, then kept."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from scripts.wheel.compilers import Build

_HERE = Path(__file__).parent
_JOB_BYTES = 1_500_000_000  # memory that one compiler may need


def kept_folder(build: Build, flags: frozenset[str], requirement: str) -> Path:
    """Where the wheel of this build is kept. pip's own cache does not tell one build from another."""
    what = [repr(build), *sorted(flags), requirement, os.environ.get("CMAKE_ARGS", "")]
    what += [(_HERE / name).read_text("utf-8") for name in ("build.cmake", "amx.h")]
    key = sha256("\n".join(what).encode()).hexdigest()[:16]
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "harness" / "wheels" / key


def pip_command(pip: Sequence[str], requirement: str, into: Path) -> list[str]:
    """The command that compiles a wheel; its output counts ninja's steps."""
    source = ["--no-cache-dir", "--no-deps", "--no-binary", requirement.partition("=")[0]]
    return [*pip, "wheel", "-v", *source, "-w", str(into), requirement]


def environment(build: Build) -> dict[str, str]:
    """What CMake reads; the user's own ``CMAKE_ARGS`` come last."""
    arguments = [f"-DCMAKE_PROJECT_llama_cpp_INCLUDE={_HERE / 'build.cmake'}"]
    if build.leave_out_amx:
        arguments.append("-DHARNESS_NO_AMX=ON")
    cmake = shlex.join(arguments) + " " + os.environ.get("CMAKE_ARGS", "")
    chosen = {"CC": build.compiler.cc, "CXX": build.compiler.cxx, "CMAKE_ARGS": cmake}
    return {"CMAKE_BUILD_PARALLEL_LEVEL": str(jobs()), **os.environ, **chosen}


def jobs() -> int:
    """Compilers at once: as many as there are cores, and memory for."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(1, min(cores, memory // _JOB_BYTES))
