"""New verdicts and prices for answers that are stored already: no model is asked again."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from harness.errors import SandboxUnavailable
from harness.graders import build_grader
from harness.graders.base import GradingJob
from harness.graders.code import CodeGrader
from harness.graders.execution.linting import BrokenRules
from harness.graders.lint import lint
from harness.jsontext import object_of
from harness.models.pricing import cost_of
from harness.records import Completion, ModelSpec, Task, Verdict
from harness.resultrow import ResultRow
from harness.runner.follow_ups import declared, judged_again
from harness.runner.grading import CRASH, grade_all
from harness.runner.rows import prompt_digest
from harness.sandbox.base import Sandbox
from harness.solvers.base import put

# Metrics that no verdict changes: they are the answer's, not the grader's.
_OF_THE_ANSWER = (
    "finish_reason",
    "lint",
    "scoring",
    "log_likelihoods",
    "loop_saved_tokens",
    "dropped",
    "tries",
    "passed_first",
    "turns",
    "status",
    "commands",
    "template",
    "follow_up",
)
Change = Callable[[list[ResultRow]], list[ResultRow]]


def regrading(tasks: Mapping[tuple[str, str], Task], sandbox: Sandbox | None) -> Change:
    """A change that judges answers by the tasks as they are now.

    Left as they are: rows without an answer, tasks that are gone or ask something else now,
    and code where there is no sandbox.
    """

    def change(rows: list[ResultRow]) -> list[ResultRow]:
        jobs: dict[int, GradingJob] = {}
        for index, row in enumerate(rows):
            current = tasks.get((row.suite, row.task_id))
            if current is None or not _has_answer(row) or prompt_digest(current) != row.prompt_sha256:
                continue
            task = put(current, row.solver)
            grader = build_grader(task)
            if sandbox is not None or not grader.executes:
                answer = Completion(output=row.output or "", finish_reason=row.finish_reason)
                jobs[index] = GradingJob(grader, task, answer)
        verdicts = dict(zip(jobs, grade_all(list(jobs.values()), sandbox), strict=True))
        after = list(rows)
        for index, job in jobs.items():
            after[index] = _judged(rows[index], job.task, verdicts[index])
            if sandbox is not None and after[index].passed and declared(job.task):
                after[index] = _followed_up(after[index], job, sandbox)
        return after

    return change


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A verdict that became another: ``pass``, ``fail`` or ``error``; ``reason`` is that of the new one."""

    model: str
    suite: str
    task_id: str
    repeat: int
    run_id: str
    before: str
    after: str
    reason: str | None


def noting(change: Change, flips: list[VerdictChange]) -> Change:
    """The change, which adds to ``flips`` the verdicts that it changed."""

    def noted(rows: list[ResultRow]) -> list[ResultRow]:
        after = change(rows)
        flips.extend(
            _flip(new, _verdict(old)) for old, new in zip(rows, after, strict=True) if _turned(old, new)
        )
        return after

    return noted


def _flip(row: ResultRow, before: str) -> VerdictChange:
    reason = ": ".join(filter(None, (row.error_type, row.error))) or None
    return VerdictChange(
        row.model, row.suite, row.task_id, row.repeat, row.run_id, before, _verdict(row), reason
    )


def _turned(old: ResultRow, new: ResultRow) -> bool:
    return _verdict(old) != _verdict(new)


def _verdict(row: ResultRow) -> str:
    return row.status if row.status != "ok" else "pass" if row.passed else "fail"


def linting(
    tasks: Mapping[tuple[str, str], Task], sandbox: Sandbox, missing: Callable[[str], None]
) -> Change:
    """A change that puts into ``metrics.lint`` what linters say of code that compiles.

    ``missing`` hears why a language is left out.
    """
    without: set[str] = set()

    def change(rows: list[ResultRow]) -> list[ResultRow]:
        codes: dict[str, dict[int, str]] = defaultdict(dict)
        for index, row in enumerate(rows):
            task = tasks.get((row.suite, row.task_id))
            if task is None or not _compiled(row):
                continue
            grader = build_grader(task)
            if isinstance(grader, CodeGrader) and grader.language not in without:
                codes[grader.language][index] = grader.code(task, row.output or "")
        after = list(rows)
        for language, programs in codes.items():
            try:
                reports = lint(language, list(programs.values()), sandbox)
            except SandboxUnavailable as error:
                without.add(language)
                missing(str(error))
                continue
            for index, rules in zip(programs, reports, strict=True):
                after[index] = _linted(rows[index], rules)
        return after

    return change


def repricing(models: Mapping[str, ModelSpec]) -> Change:
    """A change that computes costs by the prices known now. What a provider billed stays."""

    def price(row: ResultRow) -> ResultRow:
        spec = models.get(row.model)
        if spec is None or row.price_source == "billed" or row.status == "skipped":
            return row
        used = Completion(
            prompt_tokens=row.prompt_tokens,
            completion_tokens=row.completion_tokens,
            cached_tokens=row.cached_tokens,
            latency_s=row.latency_s,
            busy_s=row.busy_s,
        )
        cost = cost_of(spec, used)
        usd = cost.usd if cost.usd is None else cost.usd + (row.broken_usd or 0.0)
        later = _follow_up_usd(spec, row)
        return replace(row, cost_usd=usd, price_source=cost.source, price_date=cost.date, follow_up_usd=later)

    return lambda rows: [price(row) for row in rows]


def _follow_up_usd(spec: ModelSpec, row: ResultRow) -> float | None:
    """What a row's second change costs; as it was where nobody knows its tokens."""
    asked = (object_of(row.metrics) or {}).get("follow_up") if "follow_up" in row.metrics else None
    if not isinstance(asked, dict):
        return row.follow_up_usd
    used = Completion(
        prompt_tokens=asked.get("prompt_tokens"),
        completion_tokens=asked.get("completion_tokens"),
        latency_s=asked.get("latency_s"),
    )
    usd = cost_of(spec, used).usd
    return row.follow_up_usd if usd is None else usd


def _followed_up(row: ResultRow, job: GradingJob, sandbox: Sandbox) -> ResultRow:
    """The row with its second change judged again, if it has one."""
    metrics = object_of(row.metrics) or {}
    before = metrics.get("follow_up")
    if not isinstance(before, dict):
        return row
    metrics["follow_up"] = judged_again(job.task, job.completion, before, sandbox)
    return replace(row, metrics=json.dumps(metrics, ensure_ascii=False))


def _has_answer(row: ResultRow) -> bool:
    return row.output is not None and (row.status == "ok" or row.error_type == CRASH)


def _compiled(row: ResultRow) -> bool:
    return _has_answer(row) and bool((object_of(row.metrics) or {}).get("compiled"))


def _linted(row: ResultRow, rules: BrokenRules | None) -> ResultRow:
    count = None if rules is None else {"warnings": sum(rules.values()), "rules": dict(rules)}
    return replace(
        row, metrics=json.dumps({**(object_of(row.metrics) or {}), "lint": count}, ensure_ascii=False)
    )


def _judged(row: ResultRow, task: Task, verdict: Verdict) -> ResultRow:
    crashed = verdict.error_type == CRASH
    kept = {name: value for name, value in (object_of(row.metrics) or {}).items() if name in _OF_THE_ANSWER}
    return replace(
        row,
        status="error" if crashed else "ok",
        passed=None if crashed else verdict.passed,
        score=None if crashed else verdict.score,
        grader=task.grader.name,
        error_type=verdict.error_type,
        error=verdict.error,
        metrics=json.dumps({**verdict.metrics, **kept}, ensure_ascii=False),
        suite_version=task.suite_version,
        task_sha256=task.sha256,
        measure=task.measure,
    )
