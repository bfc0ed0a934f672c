"""Which runs there are."""

from typing import NamedTuple


class Run(NamedTuple):
    """A run of a job, from a moment on and before another one."""

    start: int
    name: str
    end: int
    due: int


def plan(jobs, start, end, pauses=()):
    """The runs that begin from a start on and before an end, by start, name and due moment."""
    runs = []
    for job in jobs:
        runs += [run for run in _runs(job, start, end, pauses) if run.start < end]
    return sorted(runs, key=lambda run: (run.start, run.name, run.due))


def _runs(job, start, end, pauses):
    begins = start  # of the run that began last or waits
    free = start  # when nothing runs or waits any more
    for due in job.schedule.between(start, end):
        if any(begin <= due < over for begin, over in pauses):
            continue
        if job.policy == "parallel" or due >= free:
            begins = due
        elif job.policy == "skip" or due < begins:
            continue
        else:
            begins = _after(free, pauses)
        free = begins + job.minutes
        yield Run(begins, job.name, free, due)


def _after(moment, pauses):
    """The first moment from one on that lies in no pause."""
    for begin, over in sorted(pauses):
        if begin <= moment < over:
            moment = over
    return moment
