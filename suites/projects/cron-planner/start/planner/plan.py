"""Which runs there are."""

from typing import NamedTuple


class Run(NamedTuple):
    """A run of a job, from a moment on and before another one."""

    start: int
    name: str
    end: int
    due: int


def plan(jobs, start, end):
    """The runs that begin from a start on and before an end, by start, name and due moment."""
    runs = []
    for job in jobs:
        runs += [run for run in _runs(job, start, end) if run.start < end]
    return sorted(runs, key=lambda run: (run.start, run.name, run.due))


def _runs(job, start, end):
    begins = start  # of the run that began last or waits
    free = start  # when nothing runs or waits any more
    for due in job.schedule.between(start, end):
        if job.policy == "parallel" or due >= free:
            begins = due
        elif job.policy == "skip":
            continue
        else:
            begins = free
        free = begins + job.minutes
        yield Run(begins, job.name, free, due)
