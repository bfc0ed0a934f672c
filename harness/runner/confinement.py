"""The sandbox that suites need, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, cast

from harness.errors import SandboxUnavailable, warn
from harness.graders import build_grader
from harness.graders.base import Proving
from harness.records import Suite
from harness.sandbox import open_sandbox
from harness.sandbox.base import Sandbox


def executes_code(suite: Suite, *, proving: bool = False) -> bool:
    """Whether any of the suite's graders runs what a model wrote, or code that proves its tasks."""
    graders = (build_grader(task) for task in suite.tasks if task.skip is None)
    return any(grader.executes or (proving and isinstance(grader, Proving)) for grader in graders)


def sandbox_for(
    suites: Sequence[Suite], choice: str, *private: Path, proving: bool = False
) -> Sandbox | None:
    """The sandbox for ``suites``, in which neither they nor ``private`` folders are seen.

    ``None`` when none of the suites runs code, nor, with ``proving``, what proves its tasks.

    Raises ``SandboxUnavailable`` when one is needed and cannot be had safely.
    """
    if not any(executes_code(suite, proving=proving) for suite in suites):
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
