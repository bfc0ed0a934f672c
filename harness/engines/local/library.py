"""The llama.cpp that is installed: what it computes with here, and whether it may repack weights.

Whether a library was compiled rightly and for this processor cannot be read from names and flags: ``probe``
tries it in a process of its own, once for each library and processor. The result is kept beside the library.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from signal import Signals
from typing import Any

import harness
from harness.files import write_atomically
from harness.paths import PACKAGE, cache_folder

_PROBE = [sys.executable, "-m", "harness.engines.local.probe"]
_PATIENCE_S = 120.0
_ROUNDING = 0.05  # of the logits' spread, by which kernels may differ; wrong ones differ by more than 1
_FILES = re.compile(r"(lib)?(llama|ggml|ggml-base|ggml-cpu.*)\.(so|dylib|dll)")  # that compute on processors
_COMPILER = re.compile(rb"(clang) version ([\d.]+)|(GCC): \([^)]*\) ([\d.]+)")
_ENABLED = re.compile(r"(\w+) = 1")
KERNELS = {  # what llama.cpp calls an instruction set, and what Linux does
    "AVX2": "avx2",
    "FMA": "fma",
    "AVX512": "avx512f",
    "AVX512_VNNI": "avx512_vnni",
    "AMX_INT8": "amx_int8",
    "DOTPROD": "asimddp",
    "MATMUL_INT8": "i8mm",
}


@dataclass(frozen=True, slots=True)
class Library:
    """What the probe saw. ``failure`` says why weights are not repacked, or nothing is computed at all."""

    key: str  # a digest of the library and of the processor
    runs: bool
    features: tuple[str, ...] = ()  # instruction sets and options, as llama.cpp calls them
    repacked: tuple[str, ...] = ()  # quantisations whose weights are repacked here
    failure: str = ""


@cache
def installed() -> Library:
    """The library that ``import llama_cpp`` loads. Probes it where that was not done before."""
    folder = _folder()
    if folder is None:
        return Library("", False, failure="llama-cpp-python is not installed")
    key = _key(folder)
    places = (folder / "harness-probe.json", cache_folder() / "llama_cpp" / f"{key}.json")
    for place in places:
        if (library := _stored(place, key)) is not None:
            return library
    try:
        done = subprocess.run(_PROBE, capture_output=True, text=True, timeout=_PATIENCE_S, env=environment())
    except subprocess.TimeoutExpired:  # of a busy machine; the next process tries again
        return Library(key, True, failure=f"its probe did not end within {_PATIENCE_S:.0f} s")
    library = judge(key, done.stdout.splitlines(), done.returncode, done.stderr)
    for place in places:
        try:
            write_atomically(place, json.dumps(asdict(library)))
            break
        except OSError:  # the environment may be read-only
            continue
    return library


def may_repack() -> bool:
    """Whether llama.cpp may store weights in the layout that its fastest kernels like."""
    return not installed().failure


def judge(key: str, lines: Sequence[str], code: int, complaint: str) -> Library:
    """What the lines that the probe wrote, and the way it ended, say about the library."""
    features: tuple[str, ...] = ()
    plain = ""  # the quantisation computed last
    repacked = []
    failure = ""
    for line in lines:
        seen = json.loads(line)
        if "system" in seen:
            features = tuple(_ENABLED.findall(seen["system"]))
        elif "plain" in seen:
            plain = seen["plain"]
        elif not seen["difference"] <= _ROUNDING:  # which may be no number
            failure = failure or f"repacked {plain} weights give other results"
            plain = ""
        else:
            plain = ""
            if len(set(seen["buffers"])) > 1:
                repacked.append(seen["repacked"])
    if code == 0:
        return Library(key, True, features, () if failure else tuple(repacked), failure)
    how = _ending(code, complaint)
    if plain:
        return Library(key, True, features, failure=f"repacked {plain} weights end the process ({how})")
    return Library(key, False, features, failure=f"llama.cpp does not run on this processor ({how})")


def compiler() -> str:
    """What the library was compiled with, as the compiler wrote it there."""
    names = {
        b" ".join(filter(None, match.groups())).decode()
        for path in _files(_folder())
        for match in _COMPILER.finditer(path.read_bytes())
    }
    clangs = sorted(name for name in names if name.startswith("clang"))  # which link what GCC compiled
    return ", ".join(clangs or sorted(names)) or "an unknown compiler"


def unused(library: Library) -> list[str]:
    """What this processor has and the library was built without, as llama.cpp calls it."""
    flags = _processor().split()
    return [name for name, flag in KERNELS.items() if flag in flags and name not in library.features]


def rebuild() -> str:
    """The command that compiles llama.cpp for this processor."""
    if Path(sys.prefix) == PACKAGE.parent / ".venv" and (PACKAGE.parent / "Makefile").exists():
        return "make clean setup"
    clang = "CC=clang CXX=clang++ " if "amx_int8" in _processor().split() else ""  # which compiles it rightly
    options = "--force-reinstall --no-deps --no-cache-dir --no-binary :all:"
    return f"{clang}{sys.executable} -m pip install {options} llama-cpp-python"


def environment() -> dict[str, str]:
    """Ours, so that a process finds this very package, and crashes without starting a debugger.

    NumPy only finds maxima there: its BLAS needs no threads, which would spin for work at the start.
    """
    here = str(Path(harness.__file__).parents[1])
    path = os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))
    return {**os.environ, "PYTHONPATH": path, "GGML_NO_BACKTRACE": "1", "OPENBLAS_NUM_THREADS": "1"}


def _folder() -> Path | None:
    if given := os.environ.get("LLAMA_CPP_LIB_PATH"):  # as llama-cpp-python reads it
        return Path(given)
    spec = find_spec("llama_cpp")
    return Path(spec.origin).parent / "lib" if spec is not None and spec.origin else None


def _files(folder: Path | None) -> Iterator[Path]:
    if folder is not None and folder.is_dir():
        yield from sorted(path for path in folder.iterdir() if _FILES.fullmatch(path.name))


def _key(folder: Path) -> str:
    digest = sha256(_processor().encode())
    for path in _files(folder):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _processor() -> str:
    """Its name and flags, as far as the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return f"{platform.machine()} {platform.processor()}"
    wanted = ("model name", "flags", "Features", "CPU part")
    return "\n".join(dict.fromkeys(line for line in lines if line.startswith(wanted)))


def _stored(place: Path, key: str) -> Library | None:
    try:
        stored = json.loads(place.read_text("utf-8"), object_hook=_library)
    except (OSError, ValueError, TypeError):  # another version of harness wrote it
        return None
    return stored if isinstance(stored, Library) and stored.key == key else None


def _library(stored: dict[str, Any]) -> Library:
    lists = {name: tuple(value) for name, value in stored.items() if isinstance(value, list)}
    return Library(**{**stored, **lists})


def _ending(code: int, complaint: str) -> str:
    if code < 0:
        return f"signal {-code}, {Signals(-code).name}"
    last = complaint.strip().splitlines()[-1:]
    return f"exit code {code}" + (f": {last[0]:.200}" if last else "")
