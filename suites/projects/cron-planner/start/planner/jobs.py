"""The file of jobs."""

from typing import NamedTuple

from planner.schedule import Schedule

POLICIES = ("parallel", "skip", "queue")


class Job(NamedTuple):
    """What runs when, for how many minutes, and what happens if it is still running then."""

    name: str
    schedule: Schedule
    minutes: int
    policy: str = "parallel"


def read_jobs(text):
    """Jobs, a line each: ``name | schedule | minutes | policy | zone``; the last two may be left out."""
    jobs = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            name, schedule, minutes, *rest = (part.strip() for part in line.split("|"))
            policy, zone, *_ = [*rest, "+00:00"] if len(rest) == 1 else [*rest, "parallel", "+00:00"]
            if policy not in POLICIES:
                raise ValueError(f"unknown policy: {policy}")
            jobs.append(Job(name, Schedule(schedule, zone), int(minutes), policy))
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from None
    return jobs
