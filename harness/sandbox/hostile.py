"""What hostile code would try, run inside a sandbox by ``probes.py``; never imported.

Arguments: the memory and the process limit, then what lies outside as JSON: ``folder``,
``file``, ``home``, ``private`` (names in it), ``hidden`` (folders of harness, suites and
results), ``pid``, ``tcp``, ``udp``, ``abstract``.
Every probe is a function that returns normally when it got through and raises otherwise.
Prints one JSON object: probe to whether it got through. What can only be seen from the
outside (a datagram that arrived, a neighbour that died) is judged there.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import mmap
import os
import platform
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

X86 = platform.machine() == "x86_64"
KERNEL = {  # system calls that nothing here needs: name → number on x86_64, elsewhere
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "memfd_create": (319, 279),
}
REFUSED = (1, 38)  # EPERM, ENOSYS: anything else means that the kernel looked at the arguments
CLONE_NEWUSER, PTRACE_SEIZE = 0x1000_0000, 0x4206
libc = ctypes.CDLL(None, use_errno=True)


def call(*arguments: Any) -> None:
    """A raw system call; raises when it was refused."""
    if libc.syscall(*arguments) < 0 and ctypes.get_errno() in REFUSED:
        raise PermissionError


def succeed(result: int) -> None:
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")


def tcp(outside: dict[str, Any]) -> None:
    socket.create_connection(("127.0.0.1", outside["tcp"]), timeout=1).close()


def udp(outside: dict[str, Any]) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"probe", ("127.0.0.1", outside["udp"]))
    raise OSError("judged by whether it arrived")


def abstract(outside: dict[str, Any]) -> None:
    with socket.socket(socket.AF_UNIX) as client:
        client.connect("\0" + outside["abstract"])


def read_outside(outside: dict[str, Any]) -> None:
    Path(outside["file"]).read_bytes()


def write_outside(outside: dict[str, Any]) -> None:
    Path(outside["folder"], "written").touch()


def delete_outside(outside: dict[str, Any]) -> None:
    Path(outside["folder"], "victim").unlink()


def accounts(outside: dict[str, Any]) -> None:
    Path("/etc/passwd").read_bytes()


def home(outside: dict[str, Any]) -> None:
    if not {path.name for path in Path(outside["home"]).iterdir()} & set(outside["private"]):
        raise OSError("nothing to see")


def references(outside: dict[str, Any]) -> None:
    """Harness, suites or results: where they lie, or as a package of any Python that is to be seen."""
    libraries = {Path(path).parent for path in sys.path} | {Path("/usr/lib"), Path("/usr/local/lib")}
    packages = [package for path in libraries for package in path.glob("python*/*-packages/harness")]
    for path in (*map(Path, outside["hidden"]), *packages):
        with contextlib.suppress(OSError):
            if next(path.iterdir(), None) is not None:
                return
    raise OSError("nothing to see")


def own_environment(outside: dict[str, Any]) -> None:
    if os.environ.keys() <= {"PATH", "LANG", "HOME", "PWD", "LC_CTYPE", "PYTHONHASHSEED"}:
        raise OSError("nothing to see")


def environment_of_others(outside: dict[str, Any]) -> None:
    for pid in [path for path in Path("/proc").iterdir() if path.name.isdigit()]:
        with contextlib.suppress(OSError):
            if pid.name != str(os.getpid()) and (pid / "environ").read_bytes():
                return
    raise OSError("nothing to see")


def memory_of_others(outside: dict[str, Any]) -> None:
    Path(f"/proc/{outside['pid']}/mem").open("rb").close()


def kill_neighbour(outside: dict[str, Any]) -> None:
    if outside["pid"] != os.getpid():
        os.kill(outside["pid"], signal.SIGKILL)
    raise OSError("judged by whether it lives")


def trace(outside: dict[str, Any]) -> None:
    succeed(libc.ptrace(PTRACE_SEIZE, os.getppid(), None, None))


def namespaces(outside: dict[str, Any]) -> None:
    succeed(libc.unshare(CLONE_NEWUSER))


def mount(outside: dict[str, Any]) -> None:
    if libc.mount(b"none", b"/", b"no such type", 0, None) < 0 and ctypes.get_errno() == 1:
        raise PermissionError


def become_root(outside: dict[str, Any]) -> None:
    os.setuid(0)


def new_process(outside: dict[str, Any]) -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def thread_bomb(outside: dict[str, Any]) -> None:
    enough = threading.Event()
    try:
        for _ in range(int(sys.argv[2]) + 1):
            threading.Thread(target=enough.wait, daemon=True).start()
    finally:
        enough.set()


def memory_hog(outside: dict[str, Any]) -> None:
    mmap.mmap(-1, int(sys.argv[1]) << 20)


def disk(outside: dict[str, Any]) -> None:
    for folder in ("/", "/work", "/tmp", "/dev", "/dev/shm", "/var/tmp", "/run"):
        with contextlib.suppress(OSError):
            path = Path(folder, "probe-of-harness")
            path.touch()
            path.unlink()
            return
    raise OSError("no writable folder")


PROBES: list[Callable[[dict[str, Any]], None]] = [
    *(tcp, udp, abstract, read_outside, write_outside, delete_outside, accounts, home, references),
    *(own_environment, environment_of_others, memory_of_others, kill_neighbour, trace),
    *(mount, become_root, new_process, thread_bomb, memory_hog, disk, namespaces),
]


def main() -> None:
    outside = json.loads(sys.argv[3])
    through = {}
    for probe in PROBES:
        try:
            probe(outside)
            through[probe.__name__] = True
        except (OSError, RuntimeError, MemoryError):
            through[probe.__name__] = False
    for name, (here, elsewhere) in KERNEL.items():
        try:
            call(here if X86 else elsewhere, 0, 0, 0, 0, 0)
            through[name] = True
        except OSError:
            through[name] = False
    print(json.dumps(through))


if __name__ == "__main__":
    main()
