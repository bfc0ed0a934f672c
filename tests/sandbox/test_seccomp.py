"""The filters, run by an interpreter of their own: also those of the machine this is not."""

from __future__ import annotations

import errno
import platform
import re
import struct
from pathlib import Path

import pytest

from harness.errors import SandboxUnavailable
from harness.sandbox.seccomp import ARCHITECTURES, OWN_PID, Mode, program, tightening
from harness.sandbox.syscalls import numbers

MACHINES = sorted(ARCHITECTURES)
MODES: list[Mode] = ["compile", "run", "supervisor"]
THREAD = 0x003D_0F00  # what a C library asks ``clone`` for when it starts a thread
CHILD = 0x0120_0011  # and for a child process
ALLOWED, REFUSED, UNKNOWN, KILLED = "allowed", "refused", "unknown", "killed"
RESULTS = {
    0x7FFF_0000: ALLOWED,
    0x0005_0000 | errno.EPERM: REFUSED,
    0x0005_0000 | errno.ENOSYS: UNKNOWN,
    0x8000_0000: KILLED,
}
OTHERS = {  # calls that no list holds: name → numbers on x86_64, aarch64
    "socket": (41, 198),
    "connect": (42, 203),
    "bind": (49, 200),
    "setsockopt": (54, 208),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "fsopen": (430, 430),
    "add_key": (248, 217),
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_setup": (206, 0),
    "seccomp": (317, 277),
    "memfd_create": (319, 279),
    "shmget": (29, 194),
    "mq_open": (240, 180),
    "setuid": (105, 146),
    "sched_setaffinity": (203, 122),
    "setpriority": (141, 140),
    "pidfd_getfd": (438, 438),
    "execveat": (322, 281),
    "init_module": (175, 105),
    "kexec_load": (246, 104),
    "reboot": (169, 142),
    "personality": (135, 92),
}


def judge(code: bytes, machine: str, number: int, *arguments: int) -> str:
    """What the kernel would do: a classic BPF machine with the few instructions in use."""
    padded = [*arguments, *[0] * (6 - len(arguments))]
    data = struct.pack("<IIQ6Q", number, ARCHITECTURES[machine], 0, *padded)
    accumulator = at = 0
    while True:
        instruction, if_true, if_false, k = struct.unpack_from("=HBBI", code, 8 * at)
        at += 1
        if instruction == 0x06:
            return RESULTS[k]
        if instruction == 0x20:
            (accumulator,) = struct.unpack_from("<I", data, k)
        elif instruction == 0x54:
            accumulator &= k
        else:
            taken = {0x15: accumulator == k, 0x25: accumulator > k, 0x35: accumulator >= k}
            at += if_true if (taken | {0x45: accumulator & k != 0})[instruction] else if_false


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("mode", MODES)
def test_refuses_what_is_on_no_list(mode: Mode, machine: str) -> None:
    code = program(mode, machine)
    results = {
        name: judge(code, machine, pair[MACHINES[::-1].index(machine)]) for name, pair in OTHERS.items()
    }
    assert {name for name, result in results.items() if result != REFUSED} == set()


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("mode", MODES)
def test_allows_what_is_on_the_list(mode: Mode, machine: str) -> None:
    code, calls = program(mode, machine), numbers(machine)
    refused = {name for name, number in calls.items() if judge(code, machine, number) != ALLOWED}
    by_argument = {"socketpair", "ioctl"} | ({"clone"} if mode == "run" else set())
    others = {"sendmsg", "recvmsg", "pidfd_open"} | {name for name in calls if "landlock" in name}
    expected = by_argument | ({"fork", "vfork"} & calls.keys() if mode == "run" else set())
    assert refused == expected | (set() if mode == "supervisor" else others)


@pytest.mark.parametrize("machine", MACHINES)
def test_looks_at_arguments(machine: str) -> None:
    calls = numbers(machine)
    cases: list[tuple[Mode, str, tuple[int, ...], str]] = [
        ("run", "clone", (THREAD,), ALLOWED),
        ("run", "clone", (CHILD,), REFUSED),
        ("compile", "clone", (CHILD,), ALLOWED),
        ("run", "clone", (THREAD | 0x1000_0000,), REFUSED),
        ("compile", "clone", (CHILD | 0x1000_0000,), REFUSED),
        ("compile", "clone", (CHILD | 0x2000_0000,), REFUSED),
        ("run", "socketpair", (1,), ALLOWED),
        ("run", "socketpair", (2,), REFUSED),
        ("run", "sendto", (3, 0, 0, 0, 0), ALLOWED),
        ("run", "sendto", (3, 0, 0, 0, 1), REFUSED),
        ("run", "sendto", (3, 0, 0, 0, 1 << 32), REFUSED),
        ("run", "ioctl", (0, 0x5401), ALLOWED),
        ("run", "ioctl", (0, 0x5412), REFUSED),
        ("run", "ioctl", (0, 0xFFFF_FFFF_0000_5412), REFUSED),
        ("run", "fcntl", (0, 3), ALLOWED),
        ("run", "fcntl", (0, 8), REFUSED),
    ]
    for mode, name, arguments, expected in cases:
        assert judge(program(mode, machine), machine, calls[name], *arguments) == expected, (mode, name)


@pytest.mark.parametrize("machine", MACHINES)
def test_tightening_leaves_a_child_to_itself(machine: str) -> None:
    calls, code = numbers(machine), tightening(machine)
    refused = {
        "execve",
        "tkill",
        "sendmsg",
        "recvmsg",
        "pidfd_open",
        "landlock_restrict_self",
        "fork",
        "setsid",
    }
    for name in refused & calls.keys():
        assert judge(code, machine, calls[name]) == REFUSED, name
    for name in ("kill", "tgkill"):
        assert judge(code, machine, calls[name], OWN_PID, 9) == ALLOWED
        assert judge(code, machine, calls[name], 1, 9) == REFUSED
        assert judge(code, machine, calls[name], 0xFFFF_FFFF, 9) == REFUSED
    assert judge(code, machine, calls["prlimit64"], 0) == ALLOWED
    assert judge(code, machine, calls["prlimit64"], 1) == REFUSED
    assert judge(code, machine, calls["clone"], THREAD) == ALLOWED
    assert judge(code, machine, calls["clone"], CHILD) == REFUSED
    assert judge(code, machine, calls["read"]) == ALLOWED


@pytest.mark.parametrize(
    "code", [program("run", "x86_64"), tightening("x86_64")], ids=["program", "tightening"]
)
def test_other_architectures_are_killed_and_unknown_calls_unknown(code: bytes) -> None:
    assert judge(code, "aarch64", 0) == KILLED
    if len(code) > len(tightening("x86_64")):
        for number in (435, 451, 0x4000_0000 | 41):  # clone3, newer than the list, the x32 calls
            assert judge(code, "x86_64", number) == UNKNOWN


def test_a_machine_without_a_list_is_refused() -> None:
    with pytest.raises(SandboxUnavailable, match="riscv64"):
        program("run", "riscv64")


HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}


@pytest.mark.parametrize("machine", MACHINES)
def test_the_numbers_are_the_kernels(machine: str) -> None:
    if not HEADERS[machine].is_file():
        pytest.skip(f"the kernel's headers are not installed: {platform.machine()}")
    found = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", HEADERS[machine].read_text())
    kernel = {name: int(number) for name, number in found} | (
        {"newfstatat": 79} if machine == "aarch64" else {}
    )
    assert {name: kernel.get(name) for name in numbers(machine)} == numbers(machine)
