"""System call filters: lists of what is allowed, assembled into the kernel's BPF.

Everything that is not in ``syscalls.TABLE`` is refused: sockets that reach anything,
``ptrace``, namespaces and mounts, keys, BPF, performance counters, ``userfaultfd``,
io_uring, shared memory outside the address space (``memfd_create``, System V, message
queues), changing another process's scheduling. The format is that of
``linux/filter.h`` and ``linux/seccomp.h``.
"""

from __future__ import annotations

import errno
import platform
import struct
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from harness.errors import SandboxUnavailable
from harness.sandbox.syscalls import numbers

Mode = Literal["compile", "run", "supervisor"]
Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, constant

LOAD, EQUAL, GREATER, AT_LEAST, ANY_BIT, AND, RETURN = 0x20, 0x15, 0x25, 0x35, 0x45, 0x54, 0x06
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
KILL: Instruction = (RETURN, 0, 0, 0x8000_0000)
ALLOW: Instruction = (RETURN, 0, 0, 0x7FFF_0000)
REFUSE: Instruction = (RETURN, 0, 0, 0x0005_0000 | errno.EPERM)
UNKNOWN: Instruction = (RETURN, 0, 0, 0x0005_0000 | errno.ENOSYS)  # so that libraries fall back
ARCHITECTURES = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}
NEWEST, CLONE3 = 450, 435  # what came after these tables were written is unknown; clone3 hides its flags

NEW_NAMESPACES = 0x7E02_0080  # CLONE_NEW*
THREAD = 0x0001_0000  # CLONE_THREAD
AF_UNIX = 1
IOCTLS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)  # TCGETS TIOCGWINSZ FIONREAD FIONBIO FIO[N]CLEX
FCNTLS = (8, 10, 15, 1024, 1026, 1031)  # F_SETOWN F_SETSIG F_SETOWN_EX F_SETLEASE F_NOTIFY F_SETPIPE_SZ
PROCESSES = frozenset({"fork", "vfork"})
LANDLOCK = ("landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self")
SUPERVISION = frozenset({"sendmsg", "recvmsg", "pidfd_open", *LANDLOCK})
OWN_PID = 0x6F70_6964  # stands in ``tightening`` for the process's own number


def program(mode: Mode, machine: str | None = None) -> bytes:
    """The filter for a sandbox: ``run`` allows threads, the others new processes as well."""
    calls = _numbers(machine)
    clone = _flags(0, NEW_NAMESPACES, THREAD if mode == "run" else 0)
    checked = {
        "clone": clone,
        "socketpair": _argument(0, (AF_UNIX,), ALLOW, REFUSE),
        "sendto": _null_pointer(4),  # to the other end, never to an address
        "ioctl": _argument(1, IOCTLS, ALLOW, REFUSE),
        "fcntl": _argument(1, FCNTLS, REFUSE, ALLOW),
    }
    left_out = set(checked)
    if mode == "run":
        left_out |= PROCESSES
    if mode != "supervisor":
        left_out |= SUPERVISION
    code = _opening(machine)
    code += [(GREATER, 0, 1, NEWEST), UNKNOWN, (EQUAL, 0, 1, CLONE3), UNKNOWN]
    for name, body in checked.items():
        code += _call(calls[name], body)
    for first, last in _ranges([number for name, number in calls.items() if name not in left_out]):
        code += [(AT_LEAST, 0, 2, first), (GREATER, 1, 0, last), ALLOW]
    return _assemble([*code, REFUSE])


def tightening(machine: str | None = None) -> bytes:
    """What a supervisor's child adds to ``program("supervisor")`` before it runs a sample.

    Threads only, no other program, and signals to itself alone. ``OWN_PID`` has to be
    replaced by the child's own process number.
    """
    calls = _numbers(machine)
    code = _opening(machine)
    for name in sorted({*PROCESSES, *SUPERVISION, "execve", "tkill", "setpgid", "setsid"} & calls.keys()):
        code += _call(calls[name], [REFUSE])
    code += _call(calls["clone"], _flags(0, NEW_NAMESPACES, THREAD))
    for name in ("kill", "tgkill"):
        code += _call(calls[name], _argument(0, (OWN_PID,), ALLOW, REFUSE))
    code += _call(calls["prlimit64"], _argument(0, (0, OWN_PID), ALLOW, REFUSE))
    return _assemble([*code, ALLOW])


def _numbers(machine: str | None) -> dict[str, int]:
    machine = machine or platform.machine()
    if machine not in ARCHITECTURES:
        raise SandboxUnavailable(
            f"model-written code cannot be run: there is no system call filter for {machine}; "
            f"use a machine with {' or '.join(ARCHITECTURES)}"
        )
    return numbers(machine)


def _opening(machine: str | None) -> list[Instruction]:
    """Kill what is of another architecture (32-bit calls have other numbers); load the number."""
    architecture = ARCHITECTURES[machine or platform.machine()]
    return [(LOAD, 0, 0, ARCHITECTURE), (EQUAL, 1, 0, architecture), KILL, (LOAD, 0, 0, NUMBER)]


def _call(number: int, body: Sequence[Instruction]) -> list[Instruction]:
    """``body``, all of whose ways return, for one call."""
    return [(EQUAL, 0, len(body), number), *body]


def _argument(
    index: int, values: Sequence[int], present: Instruction, missing: Instruction
) -> list[Instruction]:
    """Return by whether an argument (its low 32 bits: the kernel takes it as an int) is in ``values``."""
    tests = [(EQUAL, len(values) - place, 0, value) for place, value in enumerate(values)]
    return [(LOAD, 0, 0, ARGUMENTS + 8 * index), *tests, missing, present]


def _flags(index: int, forbidden: int, required: int) -> list[Instruction]:
    """Allow when no flag of ``forbidden`` and every one of ``required`` is set."""
    return [
        (LOAD, 0, 0, ARGUMENTS + 8 * index),
        (ANY_BIT, 2, 0, forbidden),
        (AND, 0, 0, required),
        (EQUAL, 1, 0, required),
        REFUSE,
        ALLOW,
    ]


def _null_pointer(index: int) -> list[Instruction]:
    """Allow when an argument of 64 bits is zero."""
    low = ARGUMENTS + 8 * index
    return [(LOAD, 0, 0, low), (EQUAL, 0, 2, 0), (LOAD, 0, 0, low + 4), (EQUAL, 1, 0, 0), REFUSE, ALLOW]


def _ranges(values: Sequence[int]) -> list[tuple[int, int]]:
    """The runs of neighbouring numbers."""
    ordered = sorted(values)
    breaks = [(before, after) for before, after in pairwise(ordered) if after > before + 1]
    firsts = [ordered[0], *(after for _, after in breaks)]
    return list(zip(firsts, [*(before for before, _ in breaks), ordered[-1]], strict=True))


def _assemble(code: Sequence[Instruction]) -> bytes:
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)
