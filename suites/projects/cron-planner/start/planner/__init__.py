"""When jobs run."""

from planner.jobs import Job, read_jobs
from planner.moments import read_moment, write_moment
from planner.plan import Run, plan
from planner.schedule import Schedule

__all__ = ["Job", "Run", "Schedule", "plan", "read_jobs", "read_moment", "write_moment"]
