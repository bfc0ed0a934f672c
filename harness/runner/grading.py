"""Judging many answers: in batches where the grader likes batches, on all cores, crashes kept apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from harness.errors import SandboxUnavailable
from harness.graders import prepare
from harness.graders.base import Grader, GradingJob
from harness.graders.code import CodeGrader
from harness.processors import usable_processors
from harness.records import LOOP, Failure, Verdict
from harness.sandbox.base import Sandbox

CRASH = "grader_crash"  # the grader failed, not the model: such a row is an error, not a wrong answer


def obstacles(required: Iterable[str], sandbox: Sandbox | None) -> dict[str, Failure]:
    """Why answers cannot be judged here, by what their graders, which run code, require.

    Makes compilers ready on the way, which takes seconds the first time.
    """
    failures = {}
    for name in required:
        if sandbox is None:
            failures[name] = Failure(
                "no_sandbox", f"suites judged by {name} are skipped: there is no sandbox"
            )
            continue
        try:
            prepare(name)
        except SandboxUnavailable as error:
            failures[name] = Failure("no_toolchain", f"suites judged by {name} are skipped: {error}")
    return failures


def batch_size(grader: Grader) -> int:
    """How many waiting answers to judge together; 1 where batches do not help."""
    return grader.batch_size if isinstance(grader, CodeGrader) else 1


def grade(jobs: Sequence[GradingJob], sandbox: Sandbox | None) -> list[Verdict]:
    """Judge some answers of one grader class, together if it can. Of loops nothing is judged: they fail."""
    ended = [job for job in jobs if job.completion.finish_reason != LOOP]
    verdicts = iter(_grade(ended, sandbox) if ended else ())
    return [_looped(job) if job.completion.finish_reason == LOOP else next(verdicts) for job in jobs]


def _looped(job: GradingJob) -> Verdict:
    return Verdict(False, 0.0, job.task.grader.name, LOOP, "the answer repeats the same words without end")


def _grade(jobs: Sequence[GradingJob], sandbox: Sandbox | None) -> list[Verdict]:
    try:
        grader = jobs[0].grader
        if isinstance(grader, CodeGrader) and sandbox is not None and len(jobs) > 1:
            return grader.grade_many(jobs, sandbox)
        return [_grade_one(job, sandbox) for job in jobs]
    except Exception:  # one bad answer must not take its neighbours along
        return [_grade_one(job, sandbox) for job in jobs]


def _grade_one(job: GradingJob, sandbox: Sandbox | None) -> Verdict:
    try:
        return job.grader.grade(job.task, job.completion, sandbox)
    except Exception as error:
        name = job.task.grader.name
        return Verdict(False, 0.0, name, CRASH, f"{type(error).__name__}: {error}")


def grade_all(
    jobs: Sequence[GradingJob], sandbox: Sandbox | None, progress: Callable[[int], None] = lambda _: None
) -> list[Verdict]:
    """Judge all of ``jobs`` on all cores, in their order. ``progress`` hears how many are done."""
    verdicts: list[Verdict | None] = [None] * len(jobs)
    with ThreadPoolExecutor(usable_processors(), "grader") as pool:
        futures = {
            pool.submit(grade, [jobs[i] for i in indices], sandbox): indices for indices in _batches(jobs)
        }
        for future, indices in futures.items():
            for index, verdict in zip(indices, future.result(), strict=True):
                verdicts[index] = verdict
            progress(len(indices))
    return [verdict for verdict in verdicts if verdict is not None]


def _batches(jobs: Sequence[GradingJob]) -> Iterable[list[int]]:
    """Indices of jobs that may be judged together."""
    by_class: dict[type[Grader], list[int]] = defaultdict(list)
    for index, job in enumerate(jobs):
        by_class[type(job.grader)].append(index)
    for indices in by_class.values():
        size = batch_size(jobs[indices[0]].grader)
        yield from (indices[start : start + size] for start in range(0, len(indices), size))
