"""The launcher's modules come from its folder and the standard library, whatever an answer writes."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from harness.errors import SandboxUnavailable
from harness.sandbox.bwrap import Bwrap
from harness.sandbox.launch import SCRIPT, Launcher
from harness.sandbox.launcher.protocol import LaunchRequest
from harness.sandbox.warm import WarmPython
from tests.sandbox.conftest import QUICK, launchers, run_python

STAND_INS = (
    *("json.py", "marshal.py", "select.py", "command.py", "serving.py", "sitecustomize.py"),
    *("harness/__init__.py", "harness/sandbox/__init__.py", "harness/sandbox/launcher/__init__.py"),
    "harness/sandbox/launcher/serving.py",
)
WRITE = """
import os
for top in {folders}:
    for name in {names}:
        try:
            os.makedirs(os.path.dirname(os.path.join(top, name)), exist_ok=True)
            with open(os.path.join(top, name), "w") as file:
                file.write("raise SystemExit('stood in')")
        except OSError:
            pass
"""


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_no_file_of_an_answer_stands_in_for_a_module(
    bwrap: Bwrap, warm: WarmPython, workdir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, pycache = SCRIPT.parent, [f"__pycache__/{file.name}" for file in SCRIPT.parent.rglob("*.pyc")]
    attack = WRITE.format(folders=["/work", str(here)], names=[*STAND_INS, *pycache])
    before = contents(here)
    run_python(bwrap, workdir, attack, writable=True, limits=dataclasses.replace(QUICK, file_mb=1))
    run_python(bwrap, workdir, attack)
    warm.run(attack.encode(), limits=QUICK)
    assert contents(here) == before
    assert all((workdir / name).exists() for name in STAND_INS)

    monkeypatch.chdir(workdir)
    monkeypatch.setenv("PYTHONPATH", str(workdir))
    monkeypatch.setenv("PYTHONSTARTUP", str(workdir / "json.py"))
    fresh = Bwrap()  # has no launcher yet
    try:
        assert run_python(fresh, workdir, "print('ran')").stdout == b"ran\n"
    finally:
        fresh.close()


@pytest.mark.parametrize("status", [None, (5, 6)], ids=["plain", "bubblewrap"])
def test_what_cannot_be_started_leaves_no_descriptors(status: tuple[int, int] | None) -> None:
    before, launcher = launchers(), Launcher()
    (pid,) = launchers() - before
    counts = []
    for _ in range(3):
        launcher.send(LaunchRequest(["/nonexistent"], {}, files={0: b""}, status=status))
        with pytest.raises(SandboxUnavailable, match="No such file"):
            launcher.receive()
        counts.append(len(list(Path(f"/proc/{pid}/fd").iterdir())))
    launcher.close()
    assert counts == [counts[0]] * 3
