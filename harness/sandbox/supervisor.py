"""Inside the sandbox: a Python that forks a child for every script it is sent.

This file's text is handed to ``python -c``; it is never imported there. The standard
library only. Descriptor 3 is the control socket: a job is one message, ``JOB``, with
four descriptors: the script (a file), and where stdout, stderr and the result channel
go (pipes). The script's bytes are read by the child alone, so that this process never
holds anything of one sample that the next could find. The answer to a job is one
message, ``REPLY``. ``KILL`` ends the job that is running.
"""

from __future__ import annotations

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
    control = socket.socket(fileno=CONTROL)
    for name in PRELOAD.split():
        import_module(name)
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
            child(control, descriptors, limits)
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
    os.kill(pid, signal.SIGKILL)  # it is not reaped yet, so the number is still its own
    return not ready


def child(control: socket.socket, descriptors: list[int], limits: list[int]) -> None:
    """Run one script and exit."""
    code = 1
    try:
        control.close()
        script, *outputs = descriptors
        with os.fdopen(script, "rb") as file:
            source = file.read()
        for place, fd in enumerate(outputs, start=1):
            os.dup2(fd, place)
            os.close(fd)
        confine(*limits)
        code = execute(source)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def confine(cpu_s: int, memory: int, processes: int) -> None:
    """Limits that hold for this sample."""
    resource.setrlimit(resource.RLIMIT_NPROC, (processes + 2, processes + 2))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


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
    sys.stdout.flush()
    return code & 0xFF


if __name__ == "__main__":
    main()
