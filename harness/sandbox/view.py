"""What of the machine can be seen inside a sandbox: system libraries, compilers, and never ourselves.

Harness itself, the suites with their references, results and whatever else is private are covered where they
lie below a folder that is shown: a Python's packages always are, since harness may be one of them.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from harness.paths import PACKAGE, builtin_suites

SYSTEM = (
    *("/usr/bin", "/usr/sbin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libexec", "/usr/share/zoneinfo"),
    *("/lib", "/lib32", "/lib64", "/bin", "/etc/alternatives", "/etc/ld.so.cache"),
)
_COVER = ("--perms", "0755", "--size", "4096", "--tmpfs")
_PACKAGES = ("{}-packages", "python*/{}-packages", "lib*/python*/{}-packages")  # below a folder that is shown


def private(more: Iterable[Path] = ()) -> tuple[Path, ...]:
    """What no answer may see: harness, its suites, the working folder, the home folder, and ``more``."""
    here = Path.cwd()
    home = Path(os.environ.get("HOME") or "/")  # of a service it may not exist
    ours = (PACKAGE, PACKAGE.parent, builtin_suites(), here, here / "suites", home, *more)
    return tuple(dict.fromkeys(path.resolve() for path in ours))


@cache
def options(tools: tuple[str, ...], hidden: tuple[Path, ...], *, unprivileged: bool) -> tuple[str, ...]:
    """Bubblewrap's options that show ``SYSTEM`` and ``tools``, and cover what is ``hidden`` below them.

    Of two folders the inner one decides: a tool below a covered folder is shown, a covered folder
    below a tool is not. ``unprivileged``: whoever starts bubblewrap reaches only what everybody may.
    """
    system = [Path(path) for path in SYSTEM if Path(path).exists()]
    links = [("--symlink", str(path.readlink()), str(path)) for path in system if path.is_symlink()]
    shown = [path for path in system if not path.is_symlink()]
    shown += [Path(tool) for tool in tools if not any(path.is_relative_to(tool) for path in shown)]
    is_shown = dict.fromkeys(shown, True)
    for path in sorted({*hidden, *_packages(shown)}, key=_depth):
        above = next((folder for folder in path.parents if folder in is_shown), None)
        if above and is_shown[above] and path not in is_shown and _is_reached(path, above, unprivileged):
            is_shown[path] = False
    mounts = [
        ("--ro-bind", str(path), str(path)) if is_shown[path] else (*_COVER, str(path))
        for path in sorted(is_shown, key=_depth)
    ]
    covers = [path for path, seen in is_shown.items() if not seen]
    closing = [("--remount-ro", str(path)) for path in covers]  # when all shown in them has its place
    return tuple(word for words in (*links, *mounts, *closing) for word in words)


def _depth(path: Path) -> tuple[int, Path]:
    return len(path.parts), path


def _packages(shown: Iterable[Path]) -> Iterator[Path]:
    """The folders where a Python keeps packages that somebody installed."""
    for folder in shown:
        for pattern in _PACKAGES:
            for kind in ("site", "dist"):
                yield from (path.resolve() for path in folder.glob(pattern.format(kind)))  # lib64 is a link


def _is_reached(path: Path, above: Path, unprivileged: bool) -> bool:
    """Whether a folder below one that is shown can be entered there, and so has to be covered."""
    if not path.is_dir():
        return False
    between = [folder for folder in path.parents if folder.is_relative_to(above)]
    return not unprivileged or all(folder.stat().st_mode & stat.S_IXOTH for folder in between)
