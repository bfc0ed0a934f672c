"""Which runs there are."""

from typing import NamedTuple


class Run(NamedTuple):
    start: int
    name: str
    end: int
    due: int


def plan(jobs, start, end, pauses=()):
    runs = []
    for job in jobs:
        own = []
        for due in job.schedule.between(start, end):
            if _paused(due, pauses):
                continue
            last = own[-1] if own else None
            begins = due
            if job.policy != "parallel" and last and last.end > due:
                if job.policy == "skip" or last.start > due:
                    continue
                begins = last.end
                while (pause := _paused(begins, pauses)) is not None:
                    begins = pause[1]
            own.append(Run(begins, job.name, begins + job.minutes, due))
        runs.extend(run for run in own if run.start < end)
    runs.sort(key=lambda run: (run.start, run.name, run.due))
    return runs


def _paused(moment, pauses):
    for pause in pauses:
        if pause[0] <= moment < pause[1]:
            return pause
    return None
