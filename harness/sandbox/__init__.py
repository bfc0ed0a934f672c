"""Running untrusted code, and nothing else."""

from __future__ import annotations

from typing import Literal

from harness.sandbox.base import Sandbox
from harness.sandbox.bwrap import Bwrap
from harness.sandbox.unsafe import Unsandboxed


def open_sandbox(choice: Literal["auto", "bwrap", "none"]) -> Sandbox:
    """The sandbox the user asked for; ``SandboxUnavailable`` says how to mend what is missing."""
    return Unsandboxed() if choice == "none" else Bwrap()
