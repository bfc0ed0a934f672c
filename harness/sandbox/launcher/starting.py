"""How a program is started: from a fork to the program itself."""

from __future__ import annotations

import fcntl
import os
import resource
import signal
from collections.abc import Mapping

from harness.sandbox.launcher.protocol import LaunchRequest, Machine

PARK = 64  # descriptors wait above this number before they get their places


def start(request: LaunchRequest, places: Mapping[int, int]) -> int:
    """Start the program with the descriptors of ``places``, which are closed here; its process number.

    Raises ``Machine`` saying why it cannot be started.
    """
    trouble, report = os.pipe()
    pid = os.fork()
    if pid == 0:
        report = fcntl.fcntl(report, fcntl.F_DUPFD_CLOEXEC, PARK)
        try:
            os.setsid()
            become(request, places)
        except BaseException as error:
            os.write(report, str(error).encode())
        finally:
            os._exit(127)
    for fd in (report, *places.values()):
        os.close(fd)
    with os.fdopen(trouble, "rb") as file:
        message = file.read()  # ends when exec has closed the other end
    if message:
        raise Machine(message.decode(errors="replace"))
    return pid


def become(request: LaunchRequest, places: Mapping[int, int]) -> None:
    """Turn this process into the program, with the descriptors of ``places`` and no others."""
    parked = {place: fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, PARK) for place, fd in places.items()}
    for fd in places.values():
        os.set_inheritable(fd, False)  # those that we were given ourselves are
    for place, fd in parked.items():
        os.dup2(fd, place)  # every other descriptor is closed by exec
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # ignored by Python, and exec would keep that
        signal.signal(number, signal.SIG_DFL)
    for which, soft, hard in request.rlimits:
        resource.setrlimit(which, lowered(which, soft, hard))
    if request.user is not None:
        os.setgroups([])
        os.setresgid(*[request.user] * 3)
        os.setresuid(*[request.user] * 3)
    os.chdir(request.cwd)
    os.execve(request.argv[0], request.argv, request.env)


def lowered(which: int, soft: int, hard: int) -> tuple[int, int]:
    """The limits asked for, or those in force where they are stricter."""
    most = resource.getrlimit(which)[1]
    return (soft, hard) if most == resource.RLIM_INFINITY else (min(soft, most), min(hard, most))


def in_memory(content: bytes) -> int:
    """A file with ``content``, open for reading, at its start."""
    fd = os.memfd_create("launcher")
    try:
        with open(fd, "wb", closefd=False) as file:
            file.write(content)
        return os.open(f"/proc/self/fd/{fd}", os.O_RDONLY)
    finally:
        os.close(fd)
