"""Level ``bwrap``: bubblewrap, resource limits and a system call filter."""

from __future__ import annotations

import os
import resource
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from harness.errors import SandboxUnavailable
from harness.sandbox.base import ENVIRONMENT, Limits, Outcome
from harness.sandbox.launch import Launchers, outcome, rlimits

USER = 65533  # neither root nor anybody: the uid is assigned to no one, by anyone's convention
INSTALL = "model-written code cannot be run: bubblewrap is missing; apt-get install bubblewrap"
STATUS, BLOCK, ARGS, SECCOMP = 3, 4, 5, 6  # bubblewrap's own descriptors
SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/etc/alternatives", "/etc/ld.so.cache")
DEVICES = ("null", "zero", "full", "random", "urandom")
TEMPORARY_MB = 512  # size of /tmp, where there is one
WORKDIR_FILES = 8  # a writable folder may hold this many files of the largest size


class Bwrap:
    """Commands in namespaces of their own, without network, root, environment or writable folders."""

    level = "bwrap"

    def __init__(self) -> None:
        program = shutil.which("bwrap")
        if program is None:
            raise SandboxUnavailable(INSTALL)
        self._program = program
        self._launchers = Launchers()

    def run(
        self,
        argv: Sequence[str],
        *,
        workdir: Path,
        limits: Limits,
        writable: bool = False,
        stdin: bytes = b"",
        env: Mapping[str, str] = ENVIRONMENT,
        readonly: Sequence[Path] = (),
    ) -> Outcome:
        """See ``Sandbox.run``.

        With ``writable`` there is a ``/tmp`` too, and new processes may be started;
        without, threads only. ``env`` is the whole environment. ``cpu_s`` holds some
        milliseconds of bubblewrap's own. When the harness runs as root, ``workdir``
        and all that is in it is given to an unprivileged user.
        """
        work = str(workdir.resolve())
        tools = [str(path.resolve()) for path in readonly]
        options = [*arguments(tools, work, env, limits, writable=writable)]
        reply = self._launchers.run(
            {
                "argv": [self._program, "--args", str(ARGS), "--", *argv],
                "env": {},  # bubblewrap's environment can be read inside, as that of process 1
                "cwd": "/",
                "files": {0: stdin, ARGS: "\0".join(options).encode()},
                "status": (STATUS, BLOCK),
                "rlimits": rlimits(limits, writable=writable),
                "inner": [(resource.RLIMIT_NPROC, limits.processes + 1, limits.processes + 1)],
                "wall_s": limits.wall_s,
                "output": limits.output_kb << 10,
                "user": USER if os.geteuid() == 0 else None,
                "show": tools,
                "workdir": work,
                "disk": WORKDIR_FILES * limits.file_mb << 20 if writable else None,
            }
        )
        code = reply["exit"]
        if code is None and reply["stopped"] is None:
            said = reply["stderr"].decode(errors="replace").strip().splitlines()
            raise SandboxUnavailable(f"bubblewrap failed: {said[-1] if said else 'it said nothing'}")
        killed_by = code - 128 if code is not None and 128 < code <= 192 else None  # as a shell reports it
        return outcome(reply, code, killed_by)

    def close(self) -> None:
        """End the launchers; the sandbox can still be used afterwards."""
        self._launchers.close()


def arguments(
    tools: Sequence[str], work: str, env: Mapping[str, str], limits: Limits, *, writable: bool
) -> Iterator[str]:
    """Bubblewrap's options."""
    yield from ("--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session")
    yield from ("--cap-drop", "ALL", "--uid", str(USER), "--gid", str(USER), "--hostname", "sandbox")
    yield from ("--json-status-fd", str(STATUS), "--block-fd", str(BLOCK))
    for path in SYSTEM:
        if Path(path).is_symlink():
            yield from ("--symlink", str(Path(path).readlink()), path)
        elif Path(path).exists():
            yield from ("--ro-bind", path, path)
    yield from ("--proc", "/proc", "--dir", "/dev")
    for device in DEVICES:
        yield from ("--dev-bind", f"/dev/{device}", f"/dev/{device}")
    for tool in tools:
        if not tool.startswith("/usr/"):
            yield from ("--ro-bind", tool, tool)
    if writable:
        yield from ("--size", str(TEMPORARY_MB << 20), "--tmpfs", "/tmp")
    yield from ("--bind" if writable else "--ro-bind", work, "/work", "--chdir", "/work")
    yield from ("--remount-ro", "/", "--clearenv")
    for name, value in env.items():
        yield from ("--setenv", name, value)
