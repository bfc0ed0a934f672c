"""Running untrusted code, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal

from harness.errors import SandboxUnavailable
from harness.sandbox.base import Sandbox
from harness.sandbox.bwrap import Bwrap, remedy
from harness.sandbox.probes import probe
from harness.sandbox.unsafe import Unsandboxed
from harness.sandbox.view import private as hidden_paths

Level = Literal["auto", "bwrap", "none"]


def open_sandbox(choice: Level, private: Iterable[Path] = ()) -> Sandbox:
    """The sandbox the user asked for, tested; ``private`` folders are hidden inside.

    Raises ``SandboxUnavailable``, which names what is missing and the fix; there is no
    falling back from ``auto`` or ``bwrap`` to ``none``.
    """
    if choice == "none":
        return Unsandboxed()
    always = hidden_paths()
    more = {path.resolve() for path in private}
    return _checked(tuple(sorted(path for path in more if not any(path.is_relative_to(a) for a in always))))


@cache
def _checked(private: tuple[Path, ...]) -> Bwrap:
    """Bubblewrap, once a process, after every probe has failed to get out."""
    sandbox = Bwrap(hidden_paths(private))
    try:
        report = probe(sandbox, private)
    except SandboxUnavailable as error:
        raise SandboxUnavailable(f"model-written code cannot be run: {error}; {remedy(str(error))}") from None
    through = [name for name, stopped in report.stopped.items() if not stopped]
    if through:
        raise SandboxUnavailable(
            f"model-written code cannot be run: the sandbox does not stop {', '.join(through)}; "
            "try as an ordinary user, or with a newer kernel"
        )
    return sandbox
