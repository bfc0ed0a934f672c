"""A sandbox to attack, and ways to see from the outside what is left of an attack."""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from harness.sandbox.base import ENVIRONMENT, Limits, Outcome, Sandbox
from harness.sandbox.bwrap import Bwrap
from harness.sandbox.interpreter import OWN
from harness.sandbox.unsafe import Unsandboxed
from harness.sandbox.warm import WarmPython

QUICK = Limits(wall_s=10, cpu_s=10, memory_mb=256, processes=8, output_kb=64)


@pytest.fixture(scope="session")
def bwrap() -> Iterator[Bwrap]:
    if shutil.which("bwrap") is None:
        pytest.skip("bubblewrap is not installed: apt-get install bubblewrap")
    sandbox = Bwrap()
    yield sandbox
    sandbox.close()


@pytest.fixture(scope="session")
def unsandboxed() -> Iterator[Unsandboxed]:
    sandbox = Unsandboxed()
    yield sandbox
    sandbox.close()


@pytest.fixture(scope="module")
def warm(bwrap: Bwrap) -> Iterator[WarmPython]:
    worker = WarmPython(bwrap)
    worker.run(b"", limits=QUICK)  # whichever test comes first finds it running
    yield worker
    worker.close()


@pytest.fixture
def workdir(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.fixture
def token() -> str:
    """A word that marks the processes of one test: put it into their arguments."""
    return f"token-{secrets.token_hex(8)}"


@pytest.fixture
def alive(token: str) -> Callable[[], list[int]]:
    """The processes that have the token among their arguments."""

    def find() -> list[int]:
        return [pid for pid in processes() if token.encode() in arguments(pid)]

    return find


def processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def arguments(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def launchers() -> set[int]:
    """The launcher processes that this process started."""
    return {pid for pid in children(os.getpid()) if b"launcher.py" in arguments(pid)}


def children(parent: int) -> list[int]:
    return [pid for pid in processes() if parent_of(pid) == parent]


def parent_of(pid: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def wait_for(condition: Callable[[], bool], seconds: float = 10) -> bool:
    """Whether ``condition`` comes true: for what the kernel does in its own time."""
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    return condition()


def run_python(
    sandbox: Sandbox,
    workdir: Path,
    code: str,
    *arguments: str,
    limits: Limits = QUICK,
    writable: bool = False,
    readonly: Sequence[Path] = (),
) -> Outcome:
    """Run ``code`` by a Python started inside the sandbox."""
    return sandbox.run(
        [str(OWN.program), "-I", "-S", "-c", code, *arguments],
        workdir=workdir,
        limits=limits,
        writable=writable,
        env=ENVIRONMENT,
        readonly=[*OWN.files, *readonly],
    )


def is_root() -> bool:
    return os.geteuid() == 0
