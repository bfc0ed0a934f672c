"""Inside the sandbox: a Python that forks a child for every script it is sent.

This file's text is handed to ``python -c``, with a system call filter in hexadecimal
(empty: the children get none, nor Landlock); the standard library only. Descriptor 3
is the control socket: a job is one message, ``JOB``, with four descriptors: the script
(a file), and where stdout, stderr and the result channel go (pipes). The script's bytes
are read by the child alone, so that this process never holds anything of one sample
that the next could find. The answer to a job is one message, ``REPLY``. ``KILL`` ends
the job that is running.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import resource
import select
import signal
import socket
import struct
import sys
import time
import traceback
import types
from importlib import import_module

OWN_PID = 0x6F70_6964  # what the filter has in the place of the child's process number
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
LANDLOCK_CREATE_RULESET, LANDLOCK_ADD_RULE, LANDLOCK_RESTRICT_SELF = 444, 445, 446
ACCESS_BY_VERSION = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # bits of file access that Landlock knows
READ_FILE, READ_DIR, WRITE_FILE, TRUNCATE = 1 << 2, 1 << 3, 1 << 1, 1 << 14
CONTROL, CHANNEL = 3, 3  # the same number: the child's channel takes the socket's place
JOB = struct.Struct("=dQQQ")  # wall seconds, CPU seconds, bytes of address space, processes
REPLY = struct.Struct("=iddd?")  # wait status, wall seconds, CPU seconds, MB, stopped at the deadline
READY, KILL = b"ready", b"kill"
PRELOAD = (  # what samples import; after a fork it is there already
    "abc argparse array ast asyncio base64 bisect calendar cmath collections collections.abc "
    "concurrent.futures contextlib contextvars copy csv dataclasses datetime decimal difflib enum "
    "fractions functools graphlib hashlib heapq html inspect io itertools json keyword math numbers "
    "operator pathlib pprint queue random re secrets statistics string struct textwrap threading time "
    "timeit tokenize traceback types typing unicodedata urllib.parse uuid warnings weakref zlib"
)


def main() -> None:
    """Serve jobs until the harness hangs up."""
    control = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, fileno=CONTROL)
    for name in PRELOAD.split():
        import_module(name)
    cage = Cage(bytes.fromhex(sys.argv[1])) if sys.argv[1] else None
    gc.collect()
    gc.freeze()  # children that collect garbage do not copy these pages
    control.send(READY)
    while True:
        job, descriptors, _, _ = socket.recv_fds(control, 64, 4)
        if not job:
            return
        if job == KILL:  # came too late: that child had ended by itself
            continue
        wall_s, *limits = JOB.unpack(job)
        started = time.monotonic()
        pid = os.fork()
        if pid == 0:
            child(control, descriptors, limits, cage)
        os.setpgid(pid, pid)
        for fd in descriptors:
            os.close(fd)
        late = watch(pid, control, started + wall_s)
        _, status, usage = os.wait4(pid, 0)
        wall_s = time.monotonic() - started
        cpu_s = usage.ru_utime + usage.ru_stime
        control.send(REPLY.pack(status, wall_s, cpu_s, usage.ru_maxrss / 1024, late))


def watch(pid: int, control: socket.socket, deadline: float) -> bool:
    """Wait for the child's end, or bring it about; ``True`` if the deadline did."""
    ended = os.pidfd_open(pid)
    ready, _, _ = select.select([ended, control.fileno()], [], [], max(0.0, deadline - time.monotonic()))
    os.close(ended)
    os.killpg(pid, signal.SIGKILL)  # it is not reaped yet, so the number is still its own
    return not ready


def child(control: socket.socket, descriptors: list[int], limits: list[int], cage: Cage | None) -> None:
    """Run one script and exit."""
    code = 1
    try:
        control.close()
        script, *outputs = descriptors
        with os.fdopen(script, "rb") as file:
            source = file.read()
        outputs.insert(0, os.open(os.devnull, os.O_RDONLY))
        for place, fd in enumerate(outputs):
            os.dup2(fd, place)
            os.close(fd)
        cpu_s, memory, processes = limits
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        if cage is not None:
            cage.close(processes)
        code = execute(source)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


class Cage:
    """What a child is shut in with: Landlock, where the kernel has it, and a filter of system calls.

    Built once, before the first fork; it keeps a child from the supervisor, which it
    shares a user and a process namespace with.
    """

    def __init__(self, code: bytes) -> None:
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.places = [at for at in range(4, len(code), 8) if code[at : at + 4] == struct.pack("=I", OWN_PID)]
        self.code = ctypes.create_string_buffer(code, len(code))
        self.filter = ctypes.create_string_buffer(
            struct.pack("@HP", len(code) // 8, ctypes.addressof(self.code))
        )
        self.rules = self._rules()

    def _rules(self) -> int | None:
        """Landlock: files may be read, ``/dev/null`` written; no signals and sockets to others."""
        version = self.libc.syscall(LANDLOCK_CREATE_RULESET, None, 0, 1)
        if version < 1:
            return None
        files = (1 << ACCESS_BY_VERSION.get(version, 16)) - 1 & ~READ_FILE & ~READ_DIR
        attributes = struct.pack("=QQQ", files, 3, 3)[: 8 if version < 4 else 16 if version < 6 else 24]
        rules: int = self.libc.syscall(LANDLOCK_CREATE_RULESET, attributes, len(attributes), 0)
        null = os.open(os.devnull, os.O_PATH)
        allowed = struct.pack("=Qi", (WRITE_FILE | TRUNCATE) & files, null)
        self._check(self.libc.syscall(LANDLOCK_ADD_RULE, rules, 1, allowed, 0))
        os.close(null)
        return rules

    def close(self, processes: int) -> None:
        """Shut the calling process in; it may come to so many threads."""
        most = processes + 2  # bubblewrap's and the supervisor; outside, all of the user's would count
        resource.setrlimit(resource.RLIMIT_NPROC, (most, most))
        self._check(self.libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        if self.rules is not None:
            self._check(self.libc.syscall(LANDLOCK_RESTRICT_SELF, self.rules, 0))
            os.close(self.rules)
        for place in self.places:
            struct.pack_into("=I", self.code, place, os.getpid())
        self._check(self.libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, self.filter, 0, 0))

    def _check(self, result: int) -> None:
        if result != 0:
            raise OSError(ctypes.get_errno(), "the sample cannot be shut in")


def execute(source: bytes) -> int:
    """Run ``source`` as a program does; its exit code."""
    module = types.ModuleType("__main__")
    module.__dict__["__channel__"] = CHANNEL
    sys.modules["__main__"] = module
    sys.argv = ["sample"]
    code = 0
    try:
        exec(compile(source, "sample.py", "exec"), module.__dict__)  # the sandbox is for this
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
        if leaving.code is not None and not isinstance(leaving.code, int):
            print(leaving.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
        code = 1
    for stream in filter(None, (sys.stdout, sys.__stdout__, sys.stderr)):
        with contextlib.suppress(AttributeError, ValueError, OSError):  # replaced, closed, broken
            stream.flush()
    return code & 0xFF


if __name__ == "__main__":
    main()
