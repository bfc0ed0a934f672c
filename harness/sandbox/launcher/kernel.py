"""System calls that Python has no functions for. Each raises ``Machine`` where it is refused."""

from __future__ import annotations

import ctypes
import os

from harness.sandbox.launcher.protocol import Machine

CLONE_NEWNS, MS_NOSUID, MS_NODEV, MS_BIND, MS_REC, MS_SLAVE = 0x20000, 2, 4, 4096, 16384, 1 << 19
MNT_DETACH, PR_SET_CHILD_SUBREAPER = 2, 36
libc = ctypes.CDLL(None, use_errno=True)


def adopt_orphans() -> None:
    """From now on, a process below this one becomes its child when its parent ends."""
    check(libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), "adopting orphans")


def leave_mounts() -> None:
    """What this process mounts from now on, nobody else sees."""
    check(libc.unshare(CLONE_NEWNS), "a mount namespace")
    check(libc.mount(b"none", b"/", None, MS_REC | MS_SLAVE, None), "private mounts")


def cover(folder: str) -> None:
    """Mount an empty folder in memory, which everybody may enter."""
    options = b"mode=755,size=1m"
    kind, flags = b"tmpfs", MS_NOSUID | MS_NODEV
    check(libc.mount(kind, os.fsencode(folder), kind, flags, options), f"covering {folder}")


def bind(fd: int, path: str) -> None:
    """Make the file or folder that ``fd`` stands for seen at ``path``."""
    source = b"/proc/self/fd/%d" % fd
    check(libc.mount(source, os.fsencode(path), None, MS_BIND | MS_REC, None), f"mounting {path}")


def unmount(path: str) -> None:
    check(libc.umount2(os.fsencode(path), MNT_DETACH), f"unmounting {path}")


def check(result: int, what: str) -> None:
    if result != 0:
        raise Machine(f"{what}: {os.strerror(ctypes.get_errno())}")
