"""Running untrusted code, and nothing else."""

from __future__ import annotations

from functools import cache
from typing import Literal

from harness.errors import SandboxUnavailable
from harness.sandbox.base import Sandbox
from harness.sandbox.bwrap import Bwrap, remedy
from harness.sandbox.probes import probe
from harness.sandbox.unsafe import Unsandboxed

Level = Literal["auto", "bwrap", "none"]


def open_sandbox(choice: Level) -> Sandbox:
    """The sandbox the user asked for, seen to hold.

    Raises ``SandboxUnavailable``, which says how to mend what is missing; there is no
    falling back from ``auto`` or ``bwrap`` to ``none``.
    """
    return Unsandboxed() if choice == "none" else _checked()


@cache
def _checked() -> Bwrap:
    """Bubblewrap, once a process, after every probe has failed to get out."""
    sandbox = Bwrap()
    try:
        report = probe(sandbox)
    except SandboxUnavailable as error:
        raise SandboxUnavailable(f"model-written code cannot be run: {error}; {remedy(str(error))}") from None
    through = [name for name, stopped in report.stopped.items() if not stopped]
    if through:
        raise SandboxUnavailable(
            f"model-written code cannot be run: the sandbox does not stop {', '.join(through)}; "
            "try as an ordinary user, or with a newer kernel"
        )
    return sandbox
