"""Ways to start workers: one file each, and one line here.

A launcher starts the workers of a run. It returns the rows by status once they have ended, or, where they
go on without this process, what a person is to do next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from harness.runner.progress import Progress
from harness.workers.launchers.base import Launch
from harness.workers.launchers.hand import by_hand
from harness.workers.launchers.processes import on_processes
from harness.workers.launchers.ray_actors import on_ray
from harness.workers.launchers.slurm import on_slurm

Launcher = Callable[[Launch, Progress], Counter[str] | str]

LAUNCHERS: Mapping[str, Launcher] = {
    "processes": on_processes,
    "ray": on_ray,
    "slurm": on_slurm,
    "hand": by_hand,
}
