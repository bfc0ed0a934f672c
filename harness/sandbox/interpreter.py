"""The Python that runs inside a sandbox: the one that runs the harness, or another that a suite names."""

from __future__ import annotations

import json
import platform
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from harness.errors import SandboxUnavailable
from harness.sandbox import python_files

_OLDEST = (3, 11)  # that the supervisor and the drivers run on
_VERSION = re.compile(r"(3)\.(\d{1,2})")
# Where installers put a Python that is not on the PATH, below the home folder: pyenv, uv.
_INSTALLED = (".pyenv/versions/{}*/bin", ".local/share/uv/python/cpython-{}*/bin")


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python without its virtual environment. ``files`` must be visible inside."""

    version: str  # 3.13.0
    program: Path
    files: tuple[Path, ...]


OWN = Interpreter(platform.python_version(), python_files.program(), python_files.needed())


def check_version(version: str | float | None) -> None:
    """Raise ``ValueError`` for what is no version that can be named; ``None`` is harness's own."""
    if version is None:
        return
    numbers = _VERSION.fullmatch(str(version))
    if numbers is None or tuple(map(int, numbers.groups())) < _OLDEST:
        raise ValueError(
            f'`python` must be a version from {_OLDEST[0]}.{_OLDEST[1]} on, quoted: "3.13", not {version!r}'
        )


def interpreter(version: str | float | None) -> Interpreter:
    """The Python of this version (``3.13``); harness's own for ``None``.

    Raises ``SandboxUnavailable`` saying where was looked.
    """
    if version is None or OWN.version.startswith(f"{version}."):
        return OWN
    return _other(str(version))


@cache
def _other(version: str) -> Interpreter:
    for program in _candidates(version):
        about = _describe(program)
        if about is not None and about.version.startswith(f"{version}."):
            return about
    places = ", ".join(f"~/{place.format(version)}" for place in _INSTALLED)
    raise SandboxUnavailable(
        f"there is no Python {version}: no python{version} on the PATH, nor in {places}; "
        f"install it (uv python install {version}, pyenv install {version})"
    )


def _candidates(version: str) -> Iterator[Path]:
    on_path = shutil.which(f"python{version}")
    if on_path is not None:
        yield Path(on_path)
    for place in _INSTALLED:
        yield from sorted(Path.home().glob(f"{place.format(version)}/python{version}"), reverse=True)


def _describe(program: Path) -> Interpreter | None:
    """What an interpreter says of itself; ``None`` when it does not run (pyenv's wrappers)."""
    try:
        done = subprocess.run(
            [program, "-I", "-S", python_files.__file__], capture_output=True, check=True, cwd="/", timeout=20
        )
        about = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return Interpreter(about["version"], Path(about["program"]), tuple(map(Path, about["files"])))
