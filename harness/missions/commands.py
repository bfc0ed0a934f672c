"""The user's own commands: started without a shell, ended with all that they started, their output bounded.

They run as the user does, with the user's environment, in the folder of the missions file. Another process
starts them and watches over them (``sandbox.launch``): when harness ends, in whatever way, they end too.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
from collections.abc import Sequence
from pathlib import Path
from signal import Signals

from harness.credentials import mask
from harness.errors import HarnessError
from harness.sandbox.base import Outcome
from harness.sandbox.launch import Launchers, plain_outcome
from harness.sandbox.launcher.protocol import LaunchRequest

_SECRET = re.compile("key|token|secret|passw|credential", re.IGNORECASE)  # in the names of variables
_ENDED = {
    "wall": "did not end within {wall_s:g} s and was ended, with all that it had started",
    "output": "printed more than {output_mb} MB and was ended; raise `output_mb`, or have it print less",
}


class CommandRunner:
    """Runs commands in one folder, one after the other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._launchers = Launchers()

    def run(self, argv: Sequence[str], *, wall_s: float, output_mb: int, stdin: bytes = b"") -> Outcome:
        """Run a command to its end. Raises ``HarnessError`` where it cannot be started."""
        program = find_program(argv[0], self._folder)
        if program is None:
            raise HarnessError(f"there is no program {argv[0]!r}; install it, or correct its path")
        try:
            reply = self._launchers.run(
                LaunchRequest(
                    argv=[program, *argv[1:]],
                    env=dict(os.environ),
                    cwd=str(self._folder),
                    files={0: stdin},
                    rlimits=[(resource.RLIMIT_CORE, 0, 0)],
                    wall_s=wall_s,
                    output=output_mb << 20,
                )
            )
        except HarnessError as error:
            raise HarnessError(f"{argv[0]} cannot be started: {error}") from None
        return plain_outcome(reply)

    def close(self) -> None:
        """End the process that starts them."""
        self._launchers.close()


def find_program(name: str, folder: Path) -> str | None:
    """The path of a program: of a name with a slash from ``folder``, of others from ``PATH``."""
    return shutil.which(str(folder / name) if "/" in name else name)


def failure(outcome_: Outcome, wall_s: float, output_mb: int) -> tuple[str, str] | None:
    """Kind and words of what went wrong with a command; ``None`` if it exited with 0."""
    stopped = outcome_.stopped_by
    if stopped is not None:
        kind, _, number = stopped.partition(":")
        words = _ENDED.get(kind) or (
            f"was ended by {_signal_name(int(number))}" if number else f"was ended ({stopped})"
        )
        return {"wall": "timeout"}.get(kind, kind), words.format(wall_s=wall_s, output_mb=output_mb)
    if outcome_.exit_code == 0:
        return None
    return "exit_code", f"exited with {outcome_.exit_code}{_last_words(outcome_)}"


def _signal_name(number: int) -> str:
    """``SIGKILL, mostly because memory was short``."""
    try:
        name = Signals(number).name
    except ValueError:
        name = f"signal {number}"
    return f"{name}, mostly because memory was short" if number == Signals.SIGKILL else name


def _last_words(outcome_: Outcome) -> str:
    """The last line that it printed, if any: mostly the reason."""
    for stream in (outcome_.stderr, outcome_.stdout):
        lines = masked(stream[-4000:].decode(errors="replace")).strip().splitlines()
        if lines:
            return f": {lines[-1].strip():.200}"
    return ""


def printed(outcome_: Outcome) -> str:
    """All that a command printed, without the secrets of its environment."""
    return masked((outcome_.stdout + outcome_.stderr).decode(errors="replace"))


def masked(text: str) -> str:
    """``text`` without the values of variables whose names say that they are secret."""
    for name, value in os.environ.items():
        if _SECRET.search(name):
            text = mask(text, value)
    return text
