"""Which compiler builds llama.cpp, and what it must leave out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_CLANGS = ("clang", *(f"clang-{major}" for major in range(30, 15, -1)))


class Compiler(NamedTuple):
    """A C and a C++ compiler of one version."""

    cc: str
    cxx: str
    family: str  # gcc or clang
    major: int


class Build(NamedTuple):
    """One way to compile llama.cpp for this processor."""

    compiler: Compiler
    leave_out_amx: bool = False


def builds(flags: frozenset[str], compilers: Sequence[Compiler]) -> tuple[Build, ...]:
    """The ways to compile, best first: the next is taken when a probe of the library fails.

    ``flags`` are the processor's, as Linux calls them; the first of ``compilers`` is the system's own.
    Only AMX makes a difference: clang has compiled it rightly since version 16. GCC knows it since
    version 11 and does so with what ``amx.h`` says.
    """
    own = compilers[0]
    clangs = [one for one in compilers if one.family == "clang" and one.major >= 16]
    if "amx_int8" not in flags or (own.family == "gcc" and own.major < 11 and not clangs):
        return (Build(own),)
    best = own if own in clangs or not clangs else max(clangs, key=lambda one: one.major)
    return Build(best), Build(best, leave_out_amx=True)


def find_compilers() -> list[Compiler]:
    """The system's own compiler (``$CC`` and ``$CXX``, if they are set: then no other), and clangs."""
    if "CC" in os.environ or "CXX" in os.environ:
        pairs = [(os.environ.get("CC", "cc"), os.environ.get("CXX", "c++"))]
    else:
        pairs = [("cc", "c++"), *((name, name.replace("clang", "clang++")) for name in _CLANGS)]
    return [
        read_version(cc, cxx, version)
        for cc, cxx in pairs
        if shutil.which(cxx.split()[0]) and (version := _version(cc)) is not None
    ]


def read_version(cc: str, cxx: str, version: str) -> Compiler:
    """A compiler from what ``cc --version`` prints; distributions add words in parentheses."""
    line = re.sub(r"\(.*?\)", "", version.partition("\n")[0])
    family = "clang" if "clang" in line else "gcc"
    number = re.search(r"(\d+)\.\d+", line)
    return Compiler(cc, cxx, family, int(number[1]) if number else 0)


def processor_flags() -> frozenset[str]:
    """What the processor can do, as Linux calls it; empty on other systems."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return frozenset()
    return frozenset(next((line for line in lines if line.startswith("flags")), "").split())


def _version(cc: str) -> str | None:
    try:
        done = subprocess.run([*cc.split(), "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
