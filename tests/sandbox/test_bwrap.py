from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from harness.errors import SandboxUnavailable
from harness.sandbox.base import ENVIRONMENT, Limits
from harness.sandbox.bwrap import Bwrap
from tests.sandbox.conftest import QUICK, is_root, launchers, run_python, wait_for

STOPPED: dict[str, tuple[str, dict[str, Any], str]] = {
    "infinite loop": ("while True: pass", {"wall_s": 0.2}, "wall"),
    "sleep": ("import time; time.sleep(60)", {"wall_s": 0.2}, "wall"),
    "deaf to signals": (
        "import signal, time\n"
        "for n in set(signal.Signals) - {9, 19}: signal.signal(n, signal.SIG_IGN)\n"
        "time.sleep(60)",
        {"wall_s": 0.2},
        "wall",
    ),
    "burns its processor time": ("while True: pass", {"cpu_s": 1}, "cpu"),
    "memory hog": ("x = bytearray(3 << 30)", {}, "memory"),
    "memory hog in small steps": ("x = []\nwhile True: x.append(bytearray(1 << 20))", {}, "memory"),
    "a gigabyte to stdout": ("import os\nfor _ in range(1 << 14): os.write(1, bytes(1 << 16))", {}, "output"),
    "a gigabyte to stderr": ("import os\nfor _ in range(1 << 14): os.write(2, bytes(1 << 16))", {}, "output"),
    "crash": ("import ctypes; ctypes.string_at(0)", {}, "signal:11"),
    "abort": ("import os; os.abort()", {}, "signal:6"),
    "kills itself": ("import os; os.kill(os.getpid(), 9)", {}, "signal:9"),
}


@pytest.mark.parametrize("name", STOPPED)
def test_stops(name: str, bwrap: Bwrap, workdir: Path) -> None:
    code, changes, stopped_by = STOPPED[name]
    limits = dataclasses.replace(QUICK, **changes)
    outcome = run_python(bwrap, workdir, code, limits=limits)
    assert (outcome.stopped_by, outcome.exit_code) == (stopped_by, None)
    assert max(len(outcome.stdout), len(outcome.stderr)) <= limits.output_kb << 10


REFUSED = {
    "tcp": "import socket; socket.socket(socket.AF_INET)",
    "udp": "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "raw socket": "import socket; socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
    "netlink": "import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "unix socket": "import socket; socket.socket(socket.AF_UNIX)",
    "fork": "import os; os.fork() or os._exit(0)",
    "spawn": "import os; os.posix_spawn('/bin/true', ['true'], {})",
    "delete the work folder": "import os; os.unlink('/work/kept')",
    "overwrite": "open('/work/kept', 'w')",
    "new file": "open('/work/new', 'w')",
    "new file at the root": "open('/new', 'w')",
    "temporary file": "open('/tmp/new', 'w')",
    "device node": "import os, stat; os.mknod('/dev/sda', 0o600 | stat.S_IFBLK, os.makedev(8, 0))",
    "accounts": "open('/etc/passwd')",
    "processes of others": "import os; os.listdir('/proc')",
    "system": "import os; os.listdir('/sys')",
    "become root": "import os; os.setuid(0)",
    "other threads' priority": "import os; os.sched_setaffinity(0, {0})",
    "terminal injection": "import fcntl; fcntl.ioctl(0, 0x5412, b'x')",
    "signals by way of a pipe": "import fcntl, os; fcntl.fcntl(os.pipe()[0], fcntl.F_SETOWN, 1)",
    "memory outside the address space": "import os; os.memfd_create('x')",
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses(name: str, bwrap: Bwrap, workdir: Path) -> None:
    (workdir / "kept").write_text("kept")
    code = f"try:\n {REFUSED[name]}\nexcept OSError: print('refused')"
    outcome = run_python(bwrap, workdir, code)
    assert outcome.stdout == b"refused\n", outcome
    assert [path.name for path in workdir.iterdir()] == ["kept"]
    assert (workdir / "kept").read_text() == "kept"


@pytest.mark.parametrize(
    ("code", "exit_code"),
    [("", 0), ("raise SystemExit(3)", 3), ("1 / 0", 1), ("import os; os._exit(77)", 77)],
)
def test_reports_the_exit_code(code: str, exit_code: int, bwrap: Bwrap, workdir: Path) -> None:
    outcome = run_python(bwrap, workdir, code)
    assert (outcome.exit_code, outcome.stopped_by) == (exit_code, None)


def test_hands_over_input_arguments_and_nothing_else(
    bwrap: Bwrap, workdir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_API_KEY", "secret")
    code = (
        "import os, sys\n"
        "def is_open(fd):\n"
        " try: os.fstat(fd)\n"
        " except OSError: return False\n"
        " return True\n"
        "print(sys.stdin.read(), sys.argv[1], sorted(os.environ), [f for f in range(256) if is_open(f)])"
    )
    outcome = bwrap.run(
        ["/usr/bin/env", "python3", "-c", code, "argument"]
        if not Path("/usr/bin/python3").exists()
        else ["/usr/bin/python3", "-I", "-S", "-c", code, "argument"],
        workdir=workdir,
        limits=QUICK,
        stdin=b"input",
        env={**ENVIRONMENT, "EXTRA": "1"},
    )
    names = sorted({*ENVIRONMENT, "EXTRA", "PWD"})
    assert outcome.stdout.decode() == f"input argument {names} [0, 1, 2]\n"


def test_compiling_may_write_start_processes_and_nothing_else(bwrap: Bwrap, workdir: Path) -> None:
    code = (
        "import os, pathlib, socket, subprocess\n"
        "subprocess.run(['/bin/sh', '-c', 'echo made > made; echo t > /tmp/t'], check=True)\n"
        "environments = [p.read_bytes() for p in pathlib.Path('/proc').glob('[0-9]*/environ')\n"
        "  if p.parent.name != str(os.getpid())]\n"
        "print(environments)\n"
        "for attempt in (lambda: socket.socket(), lambda: pathlib.Path('/usr/x').touch(),\n"
        "  lambda: pathlib.Path('/proc/sys/kernel/hostname').write_text('x'),\n"
        "  lambda: pathlib.Path('/proc/sysrq-trigger').write_text('b'), lambda: os.setuid(0)):\n"
        " try: attempt()\n"
        " except OSError: print('refused')"
    )
    limits = dataclasses.replace(QUICK, file_mb=1)
    outcome = run_python(bwrap, workdir, code, limits=limits, writable=True)
    assert outcome.stdout == b"[b'']\n" + b"refused\n" * 5, outcome
    assert (workdir / "made").read_text() == "made\n"
    again = run_python(bwrap, workdir, "print(open('made').read(), end='')")
    assert again.stdout == b"made\n"


@pytest.mark.parametrize(
    "code",
    [
        "import signal; signal.signal(25, signal.SIG_DFL); open('big', 'wb').write(bytes(2 << 20))",
        "for n in range(100): open(f'f{n}', 'wb').write(bytes(1 << 20))\nimport time; time.sleep(60)",
        "for n in range(1 << 20): open(f'f{n}', 'wb')",
    ],
    ids=["one file", "many large files", "very many files"],
)
def test_compiling_cannot_fill_the_disk(code: str, bwrap: Bwrap, workdir: Path) -> None:
    limits = dataclasses.replace(QUICK, file_mb=1, wall_s=30, cpu_s=30)
    assert run_python(bwrap, workdir, code, limits=limits, writable=True).stopped_by == "disk"


BOMB = """
import os, time
started = 0
try:
    while started < 1000:
        if os.fork() == 0:
            os.setsid()
            time.sleep(600)
        started += 1
except OSError:
    pass
print(started)
"""


def test_a_fork_bomb_stays_small_and_leaves_no_survivor(
    bwrap: Bwrap, workdir: Path, token: str, alive: Callable[[], list[int]]
) -> None:
    outcome = run_python(bwrap, workdir, BOMB, token, writable=True)
    assert 0 < int(outcome.stdout) < QUICK.processes
    assert alive() == []


def test_threads_are_counted(bwrap: Bwrap, workdir: Path) -> None:
    code = (
        "import threading\nstarted = 0\nend = threading.Event()\n"
        "try:\n while True: threading.Thread(target=end.wait).start(); started += 1\n"
        "except RuntimeError: end.set(); print(started)"
    )
    outcome = run_python(bwrap, workdir, code)
    assert 0 < int(outcome.stdout) < QUICK.processes


def test_a_daemon_dies_with_its_command(
    bwrap: Bwrap, workdir: Path, token: str, alive: Callable[[], list[int]]
) -> None:
    code = (
        "import os, time\nif os.fork() == 0:\n os.setsid()\n if os.fork() == 0: time.sleep(600)\n os._exit(0)"
    )
    assert run_python(bwrap, workdir, code, token, writable=True).exit_code == 0
    assert alive() == []


def test_killing_everybody_reaches_nobody(bwrap: Bwrap, workdir: Path) -> None:
    bystander = subprocess.Popen(["sleep", "60"])
    code = (
        "import os\n"
        f"for pid in (-1, 1, {bystander.pid}, {os.getpid()}):\n"
        " try: os.kill(pid, 9)\n"
        " except ProcessLookupError: pass\n"
        "print('done')"
    )
    try:
        with ThreadPoolExecutor() as pool:
            neighbour = pool.submit(
                run_python, bwrap, workdir, "import time; time.sleep(0.3); print('alive')"
            )
            outcomes = [run_python(bwrap, workdir, code) for _ in range(5)]
            assert neighbour.result().stdout == b"alive\n"
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()
    assert {outcome.stdout for outcome in outcomes} == {b"done\n"}


def test_links_lead_nowhere(bwrap: Bwrap, workdir: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    owner = secret.stat().st_uid
    (workdir / "link").symlink_to(secret)
    (workdir / "hard link").hardlink_to(secret)
    outcome = run_python(bwrap, workdir, "print(open('link').read())")
    assert b"FileNotFoundError" in outcome.stderr
    code = f"import os; os.symlink({str(secret)!r}, 'own'); os.symlink('/', 'root')"
    run_python(bwrap, workdir, code, limits=dataclasses.replace(QUICK, file_mb=1), writable=True)
    assert run_python(bwrap, workdir, "print(open('own').read())", writable=True).exit_code == 1
    assert (secret.read_text(), secret.stat().st_uid) == ("secret", owner)


def test_a_toolchain_below_a_closed_folder_is_seen_and_nothing_beside_it(
    bwrap: Bwrap, workdir: Path, tmp_path: Path
) -> None:
    closed = tmp_path / "closed"
    for name in ("tools", "private"):
        (closed / "deep" / name).mkdir(parents=True)
        (closed / "deep" / name / "file").write_text(name)
    closed.chmod(0o700)
    tools = closed / "deep" / "tools"
    code = (
        "import os, sys\nfor path in sys.argv[1:]:\n"
        " try: print(open(path).read())\n except FileNotFoundError: print('absent')\n"
        "try: open(sys.argv[1], 'a')\nexcept OSError: print('read-only')"
    )
    files = [str(tools / "file"), str(closed / "deep" / "private" / "file")]
    for _ in range(2):
        outcome = run_python(bwrap, workdir, code, *files, readonly=[tools])
        assert outcome.stdout == b"tools\nabsent\nread-only\n", outcome
    assert (closed / "deep" / "private" / "file").read_text() == "private"


def test_a_work_folder_below_a_closed_one(bwrap: Bwrap, tmp_path: Path) -> None:
    for number in range(3):
        folder = tmp_path / "closed" / str(number)
        folder.mkdir(parents=True)
        folder.parent.chmod(0o700)
        limits = dataclasses.replace(QUICK, file_mb=1)
        run_python(bwrap, folder, f"open('x', 'w').write('{number}')", limits=limits, writable=True)
        assert (folder / "x").read_text() == str(number)


@pytest.mark.skipif(not is_root(), reason="only root has another user to become")
def test_root_becomes_nobody(bwrap: Bwrap, workdir: Path) -> None:
    limits = dataclasses.replace(QUICK, file_mb=1)
    run_python(bwrap, workdir, "open('made', 'w')", limits=limits, writable=True)
    assert (workdir / "made").stat().st_uid not in (0, 65534)


def test_what_is_not_there_is_the_machines_fault(bwrap: Bwrap, workdir: Path) -> None:
    with pytest.raises(SandboxUnavailable, match="no-such-compiler"):
        bwrap.run(["/usr/bin/no-such-compiler"], workdir=workdir, limits=Limits())
    with pytest.raises(SandboxUnavailable, match="no-such-folder"):
        bwrap.run(["/bin/true"], workdir=workdir / "no-such-folder", limits=Limits())
    assert bwrap.run(["/bin/true"], workdir=workdir, limits=Limits()).exit_code == 0


def test_a_dead_launcher_is_the_machines_fault(workdir: Path, bwrap: Bwrap) -> None:
    before = launchers()
    sandbox = Bwrap()
    with ThreadPoolExecutor() as pool:
        running = pool.submit(sandbox.run, ["/bin/sleep", "60"], workdir=workdir, limits=Limits(wall_s=60))
        assert wait_for(lambda: bool(launchers() - before))
        (launcher,) = launchers() - before
        os.kill(launcher, signal.SIGKILL)
        with pytest.raises(SandboxUnavailable, match="launcher died"):
            running.result()
    assert sandbox.run(["/bin/true"], workdir=workdir, limits=Limits()).exit_code == 0
    sandbox.close()


def test_nothing_outlives_the_harness(
    workdir: Path, token: str, alive: Callable[[], list[int]], bwrap: Bwrap
) -> None:
    code = (
        "import pathlib, sys\n"
        "from harness.sandbox.base import Limits\n"
        "from harness.sandbox.bwrap import Bwrap\n"
        "argv = ['/bin/sh', '-c', 'sleep 600; true', sys.argv[2]]\n"
        "Bwrap().run(argv, workdir=pathlib.Path(sys.argv[1]), limits=Limits(wall_s=600), writable=True)"
    )
    harness = subprocess.Popen([sys.executable, "-c", code, str(workdir), token])
    assert wait_for(lambda: len(alive()) > 2)  # itself, bubblewrap's two, the shell
    harness.kill()
    harness.wait()
    assert wait_for(lambda: not alive())


def test_many_threads_at_once(bwrap: Bwrap, tmp_path: Path) -> None:
    gate = threading.Barrier(4)

    def job(number: int) -> bytes:
        folder = tmp_path / str(number)
        folder.mkdir()
        gate.wait()
        return b"".join(run_python(bwrap, folder, f"print({number})").stdout for _ in range(3))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(job, range(4))) == [f"{n}\n".encode() * 3 for n in range(4)]
