"""Folders that are closed to others, made reachable for the user that a command runs as."""

from __future__ import annotations

import os
import stat

from harness.sandbox.launcher import kernel


class Stage:
    """Makes folders reachable for an unprivileged user, in a mount namespace of our own.

    A folder that is closed to others (a home with mode 0700) is covered by an empty
    one that holds only what was asked for. Nothing changes outside this process.
    """

    def __init__(self) -> None:
        self.private = False
        self.covers: dict[str, int] = {}  # closed folder → descriptor of what lies under the cover
        self.shown: set[str] = set()

    def show(self, path: str) -> None:
        """Make ``path`` reachable; does nothing when it already is."""
        cover = self._covered(path) or closed_ancestor(path)
        if cover is None or any(path == seen or path.startswith(seen + "/") for seen in self.shown):
            return
        if not self.private:
            kernel.leave_mounts()
            self.private = True
        if cover not in self.covers:
            self.covers[cover] = os.open(cover, os.O_PATH | os.O_DIRECTORY)
            kernel.cover(cover)
        source = os.open(os.path.relpath(path, cover), os.O_PATH, dir_fd=self.covers[cover])
        if stat.S_ISDIR(os.fstat(source).st_mode):
            os.makedirs(path, exist_ok=True)
        else:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            os.close(os.open(path, os.O_CREAT))
        kernel.bind(source, path)
        os.close(source)
        self.shown.add(path)

    def hide(self, path: str) -> None:
        """Undo ``show``."""
        if path in self.shown:
            kernel.unmount(path)
            os.rmdir(path)
            self.shown.remove(path)

    def _covered(self, path: str) -> str | None:
        return next((cover for cover in self.covers if path.startswith(cover + "/")), None)


def closed_ancestor(path: str) -> str | None:
    """The outermost folder above ``path`` that other users cannot enter."""
    above = (path[:end] or "/" for end, letter in enumerate(path) if letter == "/")
    return next((folder for folder in above if not os.stat(folder).st_mode & stat.S_IXOTH), None)
