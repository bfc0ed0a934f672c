"""Does the sandbox hold? Hostile probes run inside it, and what they achieved is looked at from outside."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from harness.errors import SandboxUnavailable
from harness.paths import PACKAGE, builtin_suites
from harness.sandbox.base import Limits, Outcome, ProbeReport, Sandbox
from harness.sandbox.interpreter import OWN
from harness.sandbox.launch import last_line
from harness.sandbox.view import SYSTEM

SCRIPT = Path(__file__).with_name("hostile.py")
LIMITS = Limits(wall_s=10, cpu_s=5, memory_mb=512, processes=12, output_kb=64)
FORK_BOMB = """
import os, sys, time
started = 0
try:
    while started < 2 * int(sys.argv[1]):
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
        started += 1
except OSError:
    os.write(1, b"refused ")
while True:
    os.write(1, b"flood " * 1000)
"""


def probe(sandbox: Sandbox, private: Sequence[Path] = ()) -> ProbeReport:
    """Run every probe; ``SandboxUnavailable`` when they cannot be run at all.

    ``private`` folders, beside harness and its suites, must not be seen inside.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="harness-probe-")))
        folder.chmod(0o755)
        for name in ("inside", "outside"):
            (folder / name).mkdir()
        shutil.copy(SCRIPT, folder / "inside")
        through = _from_inside(sandbox, folder, (PACKAGE, builtin_suites(), *private))
        bomb = _python(sandbox, folder / "inside", ["-c", FORK_BOMB, str(LIMITS.processes)], writable=True)
    through["fork_bomb"] = not bomb.stdout.startswith(b"refused")
    through["flood"] = bomb.stopped_by != "output"
    return ProbeReport(sandbox.level, {name: not got for name, got in through.items()})


def _from_inside(sandbox: Sandbox, folder: Path, hidden: Sequence[Path]) -> dict[str, bool]:
    """What ``hostile.py`` says, corrected by what is seen out here: which probes got through."""
    outside = folder / "outside"
    outside.chmod(0o777)  # whoever can see it may do as he likes
    (outside / "readable").write_text("outside")
    (outside / "victim").touch()
    with _listeners() as (places, arrived), _neighbour() as neighbour:
        targets = places | {
            "folder": str(outside),
            "file": str(outside / "readable"),
            "home": os.environ.get("HOME") or "/",
            "private": _private_names(),
            "hidden": [str(form) for path in hidden for form in (path.absolute(), path.resolve())],
            "pid": neighbour.pid,
        }
        numbers = [str(LIMITS.memory_mb), str(LIMITS.processes)]
        result = _python(sandbox, folder / "inside", ["hostile.py", *numbers, json.dumps(targets)])
        if result.exit_code != 0:
            reason = last_line(result.stderr) or result.stopped_by
            raise SandboxUnavailable(f"the sandbox's self-test broke: {reason}")
        through: dict[str, bool] = json.loads(result.stdout)
        through["udp"] = arrived()
        through["kill_neighbour"] = neighbour.poll() is not None
        through["write_outside"] |= (outside / "written").exists()
        through["delete_outside"] |= not (outside / "victim").exists()
    return through


def _private_names() -> list[str]:
    """What lies in the home folder and is not to be seen; some accounts have a system folder for a home."""
    home = Path(os.environ.get("HOME") or "/").resolve()
    if not os.access(home, os.R_OK) or any(Path(path).resolve().is_relative_to(home) for path in SYSTEM):
        return []
    above = {parent for path in OWN.files for parent in path.parents}
    return [path.name for path in home.iterdir() if path not in above]


def _python(sandbox: Sandbox, workdir: Path, arguments: list[str], *, writable: bool = False) -> Outcome:
    argv = [str(OWN.program), "-I", "-S", *arguments]
    return sandbox.run(argv, workdir=workdir, limits=LIMITS, writable=writable, readonly=OWN.files)


@contextmanager
def _listeners() -> Iterator[tuple[dict[str, Any], Any]]:
    """Sockets to be reached: their addresses, and whether a datagram has arrived."""
    abstract = f"harness-probe-{os.urandom(8).hex()}"
    with (
        socket.create_server(("127.0.0.1", 0)) as tcp,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp,
        socket.socket(socket.AF_UNIX) as unix,
    ):
        udp.bind(("127.0.0.1", 0))
        udp.setblocking(False)
        unix.bind(f"\0{abstract}")
        unix.listen()

        def arrived() -> bool:
            try:
                return bool(udp.recv(16))
            except BlockingIOError:
                return False

        yield {"tcp": tcp.getsockname()[1], "udp": udp.getsockname()[1], "abstract": abstract}, arrived


@contextmanager
def _neighbour() -> Iterator[subprocess.Popen[bytes]]:
    """A process that minds its own business."""
    with subprocess.Popen(["sleep", "60"], stdin=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()
