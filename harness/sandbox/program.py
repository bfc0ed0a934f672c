"""A program of the user's own, which may use the network and its configuration, and may write to one folder.

It is trusted more than code that models write, and less than the user: models tell it what to do. The machine
is there to be read but for what is private (home, harness with its suites, the working folder, sockets), and
what it writes elsewhere than into its folder is gone afterwards.
"""

from __future__ import annotations

import resource
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from harness.errors import SandboxUnavailable
from harness.sandbox.base import Outcome
from harness.sandbox.bwrap import INSTALL
from harness.sandbox.launch import Launchers, plain_outcome
from harness.sandbox.launcher.protocol import LaunchRequest
from harness.sandbox.view import private

_OUTPUT = 16 << 20  # bytes of each stream; more ends it
_SOCKETS = ("/run", "/var/run")
_RESOLVER = "/etc/resolv.conf"


def run_program(
    argv: Sequence[str], folder: Path, *, env: Mapping[str, str], allow: Sequence[Path], network: bool,
    wall_s: float, stdin: bytes = b"",
) -> Outcome:  # fmt: skip
    """Run ``argv`` in ``folder``; ``allow`` are private folders and files that it may read after all.

    ``env`` is its whole environment. Raises ``SandboxUnavailable`` without bubblewrap.
    """
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        raise SandboxUnavailable(f"programs that edit projects cannot be run: {INSTALL}")
    launchers = Launchers()
    try:
        reply = launchers.run(
            LaunchRequest(
                argv=[bwrap, *_options(folder, allow, network), "--", *argv],
                env=dict(env),
                files={0: stdin},
                rlimits=[(resource.RLIMIT_CORE, 0, 0)],
                wall_s=wall_s,
                output=_OUTPUT,
            )
        )
    finally:
        launchers.close()
    return plain_outcome(reply)


def _options(folder: Path, allow: Sequence[Path], network: bool) -> Iterator[str]:
    yield from ("--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL")
    yield from ("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp")
    hidden = [path for path in (*private(), *map(Path, _SOCKETS)) if path.is_dir() and not path.is_symlink()]
    for path in sorted(path for path in hidden if path != Path("/")):
        yield from ("--tmpfs", str(path))
    for path in allow:
        yield from ("--ro-bind", str(path), str(path))
    if network:
        resolver = Path(_RESOLVER).resolve()
        yield "--share-net"
        if any(resolver.is_relative_to(path) for path in _SOCKETS):
            yield from ("--ro-bind-try", str(resolver), str(resolver))
    yield from ("--bind", str(folder), str(folder), "--chdir", str(folder))
