"""Workers that a person starts, wherever the results are seen."""

from __future__ import annotations

import shlex

from harness.runner.progress import Progress
from harness.words import counted
from harness.workers.launchers.base import Launch


def by_hand(launch: Launch, progress: Progress) -> str:
    """What to start where."""
    command = shlex.join(["harness", *launch.command(launch.options)])
    return f"ready for {counted(launch.workers, 'worker')}; on each machine: {command}"
