from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.errors import SandboxUnavailable
from harness.sandbox.base import ENVIRONMENT, Limits
from harness.sandbox.unsafe import Unsandboxed
from tests.sandbox.conftest import QUICK, run_python


@pytest.mark.parametrize(
    ("code", "stopped_by"),
    [
        ("while True: pass", "wall"),
        ("x = bytearray(3 << 30)", "memory"),
        ("import os\nwhile True: os.write(1, bytes(1 << 16))", "output"),
        ("import ctypes; ctypes.string_at(0)", "signal:11"),
    ],
)
def test_stops(code: str, stopped_by: str, unsandboxed: Unsandboxed, workdir: Path) -> None:
    limits = dataclasses.replace(QUICK, wall_s=0.3 if stopped_by == "wall" else 10)
    outcome = run_python(unsandboxed, workdir, code, limits=limits)
    assert (outcome.stopped_by, outcome.exit_code) == (stopped_by, None)


def test_runs_where_it_is_told_with_what_it_is_given(
    unsandboxed: Unsandboxed, workdir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_API_KEY", "secret")
    argv = ["/bin/sh", "-c", "pwd; cat; env | cut -d= -f1 | sort; exit 3"]
    outcome = unsandboxed.run(argv, workdir=workdir, limits=QUICK, stdin=b"input\n")
    names = sorted({*ENVIRONMENT, "PWD"})
    assert outcome.stdout.decode().split() == [str(workdir), "input", *names]
    assert outcome.exit_code == 3


def test_a_daemon_dies_with_its_command(
    unsandboxed: Unsandboxed, workdir: Path, token: str, alive: Callable[[], list[int]]
) -> None:
    code = (
        "import os, time\nif os.fork() == 0:\n os.setsid()\n if os.fork() == 0: time.sleep(600)\n os._exit(0)"
    )
    assert run_python(unsandboxed, workdir, code, token).exit_code == 0
    assert alive() == []


def test_a_missing_program_is_the_machines_fault(unsandboxed: Unsandboxed, workdir: Path) -> None:
    with pytest.raises(SandboxUnavailable, match="no-such-program"):
        unsandboxed.run(["no-such-program"], workdir=workdir, limits=Limits())
