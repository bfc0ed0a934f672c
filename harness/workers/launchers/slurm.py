"""Workers as the tasks of a Slurm array job. Partition, time and GPUs are as sbatch's own variables say."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

from harness.errors import HarnessError
from harness.files import write_atomically
from harness.runner.progress import Progress
from harness.words import counted
from harness.workers.launchers.base import Launch

_END_S = 120  # before its time is over a task is told, and writes what is finished


def on_slurm(launch: Launch, progress: Progress) -> str:
    """Write the script, submit it, and say how to watch. Raises ``HarnessError``."""
    results = launch.results
    folder = results / launch.run_id if isinstance(results, Path) else Path()
    path = folder / f"_slurm-{launch.run_id}.sh"
    write_atomically(path, script(launch, folder.resolve()))
    try:
        done = subprocess.run(
            ["sbatch", "--parsable", str(path)], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise HarnessError(f"sbatch is not here; submit {path} where it is") from None
    if done.returncode:
        reason = (
            done.stderr.strip() or done.stdout.strip() or f"it ended with {done.returncode}"
        ).splitlines()[-1]
        raise HarnessError(f"sbatch refuses {path}: {reason}")
    job = re.split(r"[;\s]", done.stdout.strip())[0]
    watch = f"harness standings --run {launch.run_id} --results {results} --watch"
    return f"job {job} of {counted(launch.workers, 'task')} is submitted; {watch}"


def script(launch: Launch, logs: Path) -> str:
    """An array job with a worker a task, in the folder of this process."""
    command = shlex.join([sys.executable, "-m", "harness", *launch.command(launch.options)])
    return f"""\
#!/bin/sh
#SBATCH --job-name=harness-{launch.run_id}
#SBATCH --array=0-{launch.workers - 1}
#SBATCH --chdir={Path.cwd()}
#SBATCH --output={logs}/_slurm-%A_%a.log
#SBATCH --signal=B:TERM@{_END_S}
#SBATCH --requeue
exec {command}
"""
