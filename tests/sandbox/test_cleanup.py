"""Two hundred hostile samples in a row leave nothing behind."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import pytest

from harness.sandbox.base import Outcome
from harness.sandbox.bwrap import Bwrap
from harness.sandbox.warm import WarmPython
from tests.sandbox.conftest import QUICK, launchers, run_python, wait_for

HOSTILE = [
    "while True: pass",
    "import time; time.sleep(60)",
    "x = bytearray(3 << 30)",
    "import os\nwhile True: os.write(1, bytes(1 << 16))",
    "import os\nfor _ in range(64):\n if os.fork() == 0:\n  os.setsid()\n  while True: pass",
    "import shutil\nfor folder in ('/work', '/tmp', '/home', '/'): shutil.rmtree(folder, ignore_errors=True)",
    "import socket; socket.create_connection(('127.0.0.1', 80))",
    "import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(60,)).start()",
    "import os; os.symlink('/etc/shadow', '/work/link'); os.mkfifo('/work/fifo'); os.kill(-1, 9)",
    "import ctypes; ctypes.string_at(0)",
]
COLD = dataclasses.replace(QUICK, wall_s=0.1, file_mb=1)
WARM = dataclasses.replace(QUICK, wall_s=0.02)


def traces() -> dict[str, object]:
    """What could be left: mounts, groups, files."""
    groups = Path("/sys/fs/cgroup")
    own = {line.rpartition(":")[2].strip("/") for line in Path("/proc/self/cgroup").read_text().splitlines()}
    return {
        "mounts": Path("/proc/self/mountinfo").read_text(),
        "groups": {str(path) for top in groups.glob("*") for name in own for path in (top / name).glob("*/")},
        "files": sorted(Path(tempfile.gettempdir()).rglob("*")),
        "launchers": len(launchers()),
    }


def test_two_hundred_in_a_row(
    bwrap: Bwrap,
    warm: WarmPython,
    tmp_path: Path,
    token: str,
    alive: Callable[[], list[int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = tmp_path / "temporary"
    own.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(own))
    warm.run(b"", limits=WARM)
    run_python(bwrap, own, "", token)
    before = traces()

    def cold(code: str) -> Outcome:
        with tempfile.TemporaryDirectory() as folder:
            return run_python(bwrap, Path(folder), code, token, limits=COLD, writable=True)

    outcomes = [cold(code) for code in islice(cycle(HOSTILE), 40)]
    outcomes += [warm.run(code.encode(), limits=WARM) for code in islice(cycle(HOSTILE), 160)]
    assert len(outcomes) == 200
    assert {outcome.stopped_by for outcome in outcomes} >= {"wall", "memory", "output", "signal:11", None}
    assert alive() == []
    assert wait_for(lambda: traces() == before), traces()
    assert warm.run(b"print('unharmed')", limits=QUICK).stdout == b"unharmed\n"
    assert run_python(bwrap, own, "print('unharmed')").stdout == b"unharmed\n"
