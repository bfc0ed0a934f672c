"""Level ``none``: no sandbox at all, for those who ask for it by name."""

from __future__ import annotations

import resource
from collections.abc import Mapping, Sequence
from pathlib import Path

from harness.sandbox.base import ENVIRONMENT, Limits, Outcome
from harness.sandbox.launch import Launchers, plain_outcome, rlimits
from harness.sandbox.launcher.protocol import LaunchRequest


class Unsandboxed:
    """Resource limits, a session and an environment of its own, a deadline and an output cap.

    Nothing keeps the code from the network, from the user's files or from other processes.
    """

    level = "none"

    def __init__(self) -> None:
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
        """See ``Sandbox.run``; ``workdir`` keeps its own path and ``readonly`` changes nothing."""
        reply = self._launchers.run(
            LaunchRequest(
                argv=list(argv),
                env=dict(env),
                cwd=str(workdir),
                files={0: stdin},
                rlimits=rlimits(limits),
                wall_s=limits.wall_s,
                output=limits.output_kb << 10,
            )
        )
        return plain_outcome(reply)

    def resident(
        self,
        argv: Sequence[str],
        *,
        env: Mapping[str, str],
        keep: Mapping[int, int],
        readonly: Sequence[Path],
    ) -> LaunchRequest:
        """The request that keeps ``argv`` running, with the descriptors ``keep`` ({fd: ours})."""
        return LaunchRequest(
            argv=list(argv),
            env=dict(env),
            files={0: b""},
            keep=dict(keep),
            rlimits=[(resource.RLIMIT_CORE, 0, 0)],
        )

    def child_filter(self) -> bytes:
        """What a resident program's children add to its system call filter."""
        return b""

    def close(self) -> None:
        """End the launchers; the sandbox can still be used afterwards."""
        self._launchers.close()
