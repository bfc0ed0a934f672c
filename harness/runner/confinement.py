"""The sandbox that suites need, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, cast

from harness.errors import SandboxUnavailable, warn
from harness.graders import build_grader
from harness.records import Suite
from harness.sandbox import open_sandbox
from harness.sandbox.base import Sandbox


def executes_code(suite: Suite) -> bool:
    """Whether any of the suite's graders runs what a model wrote."""
    return any(build_grader(task).executes for task in suite.tasks if task.skip is None)


def sandbox_for(suites: Sequence[Suite], choice: str, *private: Path) -> Sandbox | None:
    """The sandbox for ``suites``, in which neither they nor ``private`` folders are seen.

    ``None`` when none of the suites runs code.

    Raises ``SandboxUnavailable`` when one is needed and cannot be had safely.
    """
    if not any(map(executes_code, suites)):
        return None
    if choice == "none":
        warn("--sandbox none: model-written code runs unprotected as you")
    hidden = [*(Path(suite.path) for suite in suites), *private]
    return open_sandbox(cast(Literal["auto", "bwrap", "none"], choice), hidden)


def sandbox_if_any(suites: Sequence[Suite], choice: str, *private: Path) -> Sandbox | None:
    """The same; where it cannot be had, ``None`` and a warning: suites that need it are then skipped."""
    try:
        return sandbox_for(suites, choice, *private)
    except SandboxUnavailable as error:
        warn(f"suites that run code are skipped: {error}")
        return None
