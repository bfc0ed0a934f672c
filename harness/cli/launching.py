"""``harness run --on``: the samples of a run are taken by workers; this process shows how they get on."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import Literal

from harness import interrupts
from harness.errors import HarnessError
from harness.results.locations import ResultsLocation
from harness.runner.events import RunLog
from harness.runner.plan import RunPlan
from harness.runner.progress import Progress
from harness.runner.run import RunOptions
from harness.words import counted
from harness.workers.follow import Follower
from harness.workers.launchers.processes import Processes
from harness.workers.start import Prepared, conclude, prepare

Launcher = Literal["processes"]
LAUNCHERS: tuple[Launcher, ...] = ("processes",)
_STEP_S = 0.1


def execute_on(
    plan: RunPlan, results: ResultsLocation, run_id: str, progress: Progress, options: RunOptions, workers: int,
    arguments: list[str],
) -> Counter[str]:  # fmt: skip
    """Have workers take every sample that the run does not have yet. Returns rows by status."""
    prepared = prepare(plan, results, run_id, workers, options)
    local = 1 if plan.selection.local_at_once == "auto" else plan.selection.local_at_once
    commands = [
        ["worker", run_id, "--results", str(results), "--attached", "--company", str(workers), *arguments]
        + ["--no-local-models"] * (number >= local)
        for number in range(workers)
    ]
    hint = f"go on with: harness run --resume {run_id} --on processes"
    follower = Follower(prepared.objects, progress)
    logs = [RunLog(results / run_id / "_run.log")] if isinstance(results, Path) else []
    with interrupts.held(hint), progress.running(run_id, prepared.planned, *logs):
        processes = Processes(commands)
        try:
            while processes.running and not interrupts.received():
                for warning in processes.warnings():
                    progress.warn(warning)
                follower.look_if_due()
                time.sleep(_STEP_S)
        finally:
            processes.stop()
            follower.look()
            left = _left(prepared)
            conclude(prepared.objects, "interrupted" if left else "done")
    if left:
        why = "; ".join(dict.fromkeys(processes.failures()))
        raise HarnessError(f"{counted(left, 'sample')} are left: {why or 'no worker can take them'}; {hint}")
    return follower.counts


def _left(prepared: Prepared) -> int:
    prepared.queue.refresh()
    return sum(len(item.samples) for item in prepared.queue.left)
