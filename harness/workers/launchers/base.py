"""What launchers share: a run that is ready for workers, and how it is followed until they end."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from harness import interrupts
from harness.errors import HarnessError
from harness.results.locations import ResultsLocation
from harness.runner.events import RunLog
from harness.runner.plan import RunPlan
from harness.runner.progress import Progress
from harness.words import counted
from harness.workers.follow import Follower
from harness.workers.options import WorkerOptions
from harness.workers.start import Prepared, conclude

_STEP_S = 0.1


@dataclass(frozen=True, slots=True)
class Launch:
    """A run, ready for ``workers``, and what each of them is told."""

    plan: RunPlan
    results: ResultsLocation
    run_id: str
    prepared: Prepared
    workers: int
    options: WorkerOptions

    def command(self, options: WorkerOptions) -> list[str]:
        """The command that starts a worker from any folder, without the name of the program."""
        results = self.results.resolve() if isinstance(self.results, Path) else self.results
        return ["worker", self.run_id, "--results", str(results), *options.arguments]


class Crew(Protocol):
    """Workers that were started."""

    @property
    def running(self) -> bool:
        """Whether any is."""
        ...

    def warnings(self) -> Iterator[str]:
        """What they have warned of since the last time."""
        ...

    def failures(self) -> list[str]:
        """Why some of them ended, other than by having nothing left to do."""
        ...

    def stop(self) -> None:
        """Have them write what is finished, and end."""
        ...


def follow(launch: Launch, crew: Crew, progress: Progress, resume_options: str) -> Counter[str]:
    """Show how a run gets on until its workers end. Returns rows by status.

    Raises ``Interrupted`` and, where samples are left, ``HarnessError``; it goes on with ``resume_options``.
    """
    follower = Follower(launch.prepared.objects, progress)
    logs = [RunLog(launch.results / launch.run_id / "_run.log")] if isinstance(launch.results, Path) else []
    hint = f"go on with: harness run --resume {launch.run_id} {resume_options}"
    with interrupts.held(hint), progress.running(launch.run_id, launch.prepared.planned, *logs):
        try:
            while crew.running and not interrupts.received():
                for warning in crew.warnings():
                    progress.warn(warning)
                follower.poll_if_due()
                time.sleep(_STEP_S)
        finally:
            crew.stop()
            follower.poll()
            left = launch.prepared.left()
            conclude(launch.prepared.objects, "interrupted" if left else "done")
    if left:
        why = "; ".join(dict.fromkeys(crew.failures())) or "no worker can take them"
        raise HarnessError(f"{counted(left, 'sample')} left: {why}; {hint}")
    return follower.counts
