"""Level ``bwrap``: bubblewrap, resource limits and a system call filter."""

from __future__ import annotations

import os
import resource
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from harness.errors import SandboxUnavailable
from harness.sandbox.base import ENVIRONMENT, Limits, Outcome
from harness.sandbox.launch import Launchers, last_line, outcome, rlimits
from harness.sandbox.launcher.protocol import LaunchRequest, Rlimit
from harness.sandbox.seccomp import program, tightening
from harness.sandbox.view import options as view_options

USER = 65533  # neither root nor anybody: a uid that no convention assigns
INSTALL = "bubblewrap is missing; apt-get install bubblewrap"
SWITCHES = {  # that forbid user namespaces: file → (forbidding value, command that allows them)
    "/proc/sys/kernel/unprivileged_userns_clone": ("0", "sysctl -w kernel.unprivileged_userns_clone=1"),
    "/proc/sys/user/max_user_namespaces": ("0", "sysctl -w user.max_user_namespaces=10000"),
    "/proc/sys/kernel/apparmor_restrict_unprivileged_userns": (
        "1",
        "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
    ),
}
CONTAINER = (
    "in a container, start it with --security-opt seccomp=unconfined --security-opt apparmor=unconfined"
)
STATUS, BLOCK, ARGS, SECCOMP = 10, 11, 12, 13  # bubblewrap's own descriptors; the command sees none of them
DEVICES = ("null", "zero", "full", "random", "urandom")
PROC = ("--proc", "/proc")  # compilers look for themselves in it
TEMPORARY_MB = 512  # size of /tmp, where there is one
WORKDIR_FILES = 8  # a writable folder may grow by as much as this many files of the largest size
RESIDENTS = 512  # processes and threads that a resident program may ever have


class Bwrap:
    """Commands in namespaces of their own, without network, root, environment or writable folders."""

    level = "bwrap"

    def __init__(self, private: Sequence[Path] = ()) -> None:
        """``private`` folders are not seen inside, wherever they lie."""
        program = shutil.which("bwrap")
        if program is None:
            raise SandboxUnavailable(f"model-written code cannot be run: {INSTALL}")
        self._program = program
        self._private = tuple(private)
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

        With ``writable`` there are ``/tmp`` and ``/proc`` too, and new processes may be
        started; without, threads only, and ``/tmp`` where the limits allow files. ``env`` is
        the whole environment. ``cpu_s`` holds some milliseconds of bubblewrap's own. When the
        harness runs as root, ``workdir`` and all that is in it is given to an unprivileged user.
        """
        tools = [str(path.resolve()) for path in readonly]
        work = str(workdir.resolve())
        mounts = ["--ro-bind", work, "/work"]
        if limits.file_mb:
            mounts += ["--size", str(WORKDIR_FILES * limits.file_mb << 20), "--tmpfs", "/tmp"]
        if writable:
            mounts = ["--bind", work, "/work", "--size", str(TEMPORARY_MB << 20), "--tmpfs", "/tmp", *PROC]
        for tool in tools:  # that would be hidden by /work gets a place to be mounted on
            if tool.startswith("/work/"):
                place = workdir / Path(tool).relative_to("/work")
                (place if Path(tool).is_dir() else place.parent).mkdir(parents=True, exist_ok=True)
                if not place.exists():
                    place.touch()
        reply = self._launchers.run(
            self._request(
                argv,
                env,
                tools,
                mounts,
                files={0: stdin, SECCOMP: program("compile" if writable else "run")},
                rlimits=rlimits(limits),
                inner=processes(limits.processes),
                wall_s=limits.wall_s,
                output=limits.output_kb << 10,
                workdir=work,
                disk=WORKDIR_FILES * limits.file_mb << 20 if writable else None,
            )
        )
        code = reply.exit
        if code is None and reply.stopped is None:
            reason = last_line(reply.stderr) or "no message"
            raise SandboxUnavailable(f"bubblewrap failed: {reason}")
        killed_by = code - 128 if code is not None and 128 < code <= 192 else None  # as a shell reports it
        return outcome(reply, code, killed_by)

    def resident(
        self,
        argv: Sequence[str],
        *,
        env: Mapping[str, str],
        keep: Mapping[int, int],
        readonly: Sequence[Path],
    ) -> LaunchRequest:
        """The request that keeps ``argv`` running, with the descriptors ``keep`` ({fd: ours}).

        It has the supervisor's filter, an empty ``/work`` and no ``/proc``.
        """
        tools = [str(path.resolve()) for path in readonly]
        return self._request(
            argv,
            env,
            tools,
            ["--dir", "/work"],
            files={0: b"", SECCOMP: program("supervisor")},
            keep=dict(keep),
            rlimits=[
                (resource.RLIMIT_FSIZE, 0, 0),
                (resource.RLIMIT_NOFILE, 256, 256),
                (resource.RLIMIT_CORE, 0, 0),
            ],
            inner=processes(RESIDENTS),
        )

    def _request(
        self,
        argv: Sequence[str],
        env: Mapping[str, str],
        tools: Sequence[str],
        mounts: Sequence[str],
        *,
        files: Mapping[int, bytes],
        **rest: Any,
    ) -> LaunchRequest:
        user = unprivileged_user()
        view = view_options(tuple(tools), self._private, unprivileged=user is not None)
        options = "\0".join(arguments(env, view, mounts)).encode()
        return LaunchRequest(
            argv=[self._program, "--args", str(ARGS), "--", *argv],
            env={},  # bubblewrap's environment can be read inside, as that of process 1
            files={**files, ARGS: options},
            status=(STATUS, BLOCK),
            user=user,
            show=list(tools),
            **rest,
        )

    def child_filter(self) -> bytes:
        """What a resident program's children add to its system call filter."""
        return tightening()

    def close(self) -> None:
        """End the launchers; the sandbox can still be used afterwards."""
        self._launchers.close()


def processes(most: int) -> list[Rlimit]:
    """Limit the sandbox to so many processes and threads, beside bubblewrap's own one."""
    return [(resource.RLIMIT_NPROC, most + 1, most + 1)]


def arguments(env: Mapping[str, str], view: Sequence[str], mounts: Sequence[str]) -> Iterator[str]:
    """Bubblewrap's options; ``view`` are those that show parts of the machine."""
    yield from ("--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session")
    yield from ("--cap-drop", "ALL", "--uid", str(USER), "--gid", str(USER), "--hostname", "sandbox")
    yield from ("--json-status-fd", str(STATUS), "--block-fd", str(BLOCK), "--seccomp", str(SECCOMP))
    for device in DEVICES:
        yield from ("--dev-bind", f"/dev/{device}", f"/dev/{device}")
    yield from mounts
    yield from view
    yield from ("--chdir", "/work", "--remount-ro", "/", "--clearenv")
    for name, value in env.items():
        yield from ("--setenv", name, value)


def unprivileged_user() -> int | None:
    """Whom root becomes to start bubblewrap; ``None`` for others, and where nobody else exists."""
    if os.geteuid() != 0:
        return None
    mapped = [
        [int(word) for word in line.split()] for line in Path("/proc/self/uid_map").read_text().splitlines()
    ]
    return USER if any(first <= USER < first + count for first, _, count in mapped) else None


def remedy(reason: str) -> str:
    """What to do about a bubblewrap that does not start."""
    if "nknown option" in reason:
        return "bubblewrap 0.8 or newer is needed; apt-get install bubblewrap"
    for file, (forbidding, command) in SWITCHES.items():
        if Path(file).is_file() and Path(file).read_text().strip() == forbidding:
            return command
    return CONTAINER
