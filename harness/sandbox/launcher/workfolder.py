"""The folder that a command works in: whose it is, and how much it holds."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time

ENTRIES = 20_000  # files it may hold
TICK_S, LOOKING = 0.05, 0.05  # how often its size is looked at, and the share of the time that this may take


def give(folder: str, user: int) -> None:
    """Hand a folder and what is in it to ``user``, following no link; hard links keep their owner."""
    if os.lstat(folder).st_uid != user:
        os.chown(folder, user, user, follow_symlinks=False)
    for _, folders, files, at in os.fwalk(folder, follow_symlinks=False):
        for name in (*folders, *files):
            status = os.stat(name, dir_fd=at, follow_symlinks=False)
            if status.st_uid != user and (status.st_nlink == 1 or stat.S_ISDIR(status.st_mode)):
                os.chown(name, user, user, dir_fd=at, follow_symlinks=False)


def size(folder: str) -> int:
    """Bytes that ``folder`` takes on the disk; ``sys.maxsize`` where it holds too many files."""
    taken = entries = 0
    for _, _, files, at in os.fwalk(folder, follow_symlinks=False):
        entries += 1 + len(files)
        if entries > ENTRIES:
            return sys.maxsize
        for name in files:
            with contextlib.suppress(OSError):  # gone since it was listed
                taken += os.stat(name, dir_fd=at, follow_symlinks=False).st_blocks * 512
    return taken


class Growth:
    """Watches over how much a folder grows from now on."""

    def __init__(self, folder: str, by: int) -> None:
        self.folder = folder
        self.most = size(folder) + by
        self.tick_s = TICK_S  # until it is to be looked at again

    def exceeds(self) -> bool:
        """Whether it has grown by more than it may."""
        began = time.monotonic()
        taken = size(self.folder)
        self.tick_s = max(TICK_S, (time.monotonic() - began) / LOOKING)
        return taken > self.most
