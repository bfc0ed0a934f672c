"""What happened to one work item → its row."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

from harness.graders.follow_up import FollowUpResult
from harness.jsontext import object_of
from harness.messages import Message
from harness.models.enginekinds import kind_of
from harness.models.pricing import cost_of
from harness.records import Completion, ModelSpec, Request, Task, Verdict, WorkItem
from harness.resultrow import ResultRow
from harness.results.rowcheck import checked_completion
from harness.runner.grading import CRASH

_NOT_ASKABLE = frozenset({"no_vision"})  # failures that say what a model is, and nothing of how it did


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is the same for every row of a run."""

    run_id: str
    harness_version: str
    git_sha: str | None
    host: str
    gpu: str | None


def request_of(item: WorkItem, images: tuple[str, ...] = ()) -> Request:
    """What the engine is asked: the task's prompt with the model's parameters; ``images`` are its files."""
    task, params = item.task, item.model.params
    return Request(
        sample_id=item.sample_id,
        suite=task.suite,
        task_id=task.id,
        messages=task.asked,
        repeat=item.repeat,
        seed=item.seed,
        temperature=float(params.get("temperature", 0.0)),
        top_p=float(params.get("top_p", 1.0)),
        max_tokens=int(params.get("max_tokens", task.max_tokens)),
        stop=task.stop,
        timeout_s=params.get("timeout_s"),
        choices=choices_of(item),
        task_type=task.task_type or task.suite,
        images=images,
    )


def choices_of(item: WorkItem) -> tuple[str, ...]:
    """The labels, where they are compared, not written, as the model's ``params`` or the task say."""
    options = item.task.grader.options
    scoring = item.model.params.get("scoring", options.get("scoring"))
    return tuple(options["labels"]) if scoring == "loglik" and item.task.grader.name == "label" else ()


def skipped_row(item: WorkItem, reason: str, message: str, origin: Provenance) -> ResultRow:
    """A sample that was not taken, and why: ``excluded``, ``too_long``, ``no_sandbox`` and others."""
    row = finished_row(item, Completion(), None, 0.0, None, origin)
    return replace(row, status="skipped", error_type=reason, error=message, output=None, output_chars=None)


def finished_row(
    item: WorkItem, completion: Completion, verdict: Verdict | None, load_s: float, revision: str | None,
    origin: Provenance, follow_up: FollowUpResult | None = None,
) -> ResultRow:  # fmt: skip
    """A sample that was taken. Without a verdict the completion failed; a crashed grader is an error too.

    Its figures are those of the task itself; what its ``follow_up`` took stands apart.
    """
    completion = checked_completion(completion)
    task, model = item.task, item.model
    failure = completion.failure
    if failure and failure.kind in _NOT_ASKABLE:
        return skipped_row(item, failure.kind, failure.message, origin)
    graded = verdict is not None and verdict.error_type != CRASH
    cost = cost_of(model, completion)
    return ResultRow(
        run_id=origin.run_id,
        sample_id=item.sample_id,
        suite=task.suite,
        suite_version=task.suite_version,
        task_id=task.id,
        model=model.id,
        repeat=item.repeat,
        seed=item.seed,
        task_type=task.task_type or task.suite,
        category=task.category,
        language=task.language,
        difficulty=task.difficulty,
        role=task.role,
        context_tier=task.context_tier,
        provider=model.provider,
        engine=model.engine,
        quantization=model.quantization,
        family=model.family,
        baseline=model.baseline or kind_of(model.engine).routes,  # no model to route to
        status="ok" if graded else "error",
        passed=verdict.passed if graded and verdict else None,
        score=verdict.score if graded and verdict else None,
        grader=task.grader.name,
        error_type=failure.kind if failure else verdict.error_type if verdict else None,
        error=failure.message if failure else verdict.error if verdict else None,
        metrics=json.dumps(_metrics(item, completion, verdict, follow_up), ensure_ascii=False),
        started_at=completion.started_at,
        queue_s=completion.queue_s,
        load_s=load_s,
        ttft_s=completion.ttft_s,
        latency_s=completion.latency_s,
        prompt_tokens=completion.prompt_tokens,
        completion_tokens=completion.completion_tokens,
        reasoning_tokens=completion.reasoning_tokens,
        cached_tokens=completion.cached_tokens,
        decode_tps=_decode_tps(completion),
        prefill_tps=_prefill_tps(completion),
        output_chars=len(completion.output),
        timing=completion.timing,
        attempts=completion.attempts,
        cost_usd=_in_all(cost.usd, completion),
        price_source=cost.source,
        price_date=cost.date,
        prompt_sha256=prompt_digest(task),
        task_sha256=task.sha256,
        model_revision=completion.model_revision or revision,
        harness_version=origin.harness_version,
        git_sha=origin.git_sha,
        host=origin.host,
        gpu=origin.gpu if completion.on_gpu else None,
        output=completion.output,
        finish_reason=completion.finish_reason,
        busy_s=completion.busy_s,
        broken_usd=completion.broken_usd,
        measure=task.measure,
        solver=task.solver,
        transcript=_dialogue(completion.output, completion.transcript, follow_up),
        follow_up_usd=_follow_up_usd(model, follow_up),
    )


def followed_row(row: ResultRow, model: ModelSpec, follow_up: FollowUpResult) -> ResultRow:
    """A row of an earlier answer with the second change that was asked of it now.

    The answer itself is ``replayed``: what it cost and took was counted before.
    """
    metrics = {**(object_of(row.metrics) or {}), "follow_up": {**follow_up.metrics, "asked_later": True}}
    return replace(
        row,
        metrics=json.dumps(metrics, ensure_ascii=False),
        timing="replayed",
        started_at=follow_up.completion.started_at or row.started_at,  # the newest row of a sample stands
        transcript=_dialogue(row.output or "", row.transcript, follow_up),
        follow_up_usd=_follow_up_usd(model, follow_up),
    )


def _dialogue(output: str, transcript: str | None, follow_up: FollowUpResult | None) -> str | None:
    """What was said after the first question, and of the second change, if that was judged."""
    if follow_up is None or follow_up.verdict is None:
        return transcript
    done = follow_up.completion
    first, second = (
        json.loads(turns) if turns is not None else [{"role": "assistant", "content": text}]
        for text, turns in ((output, transcript), (done.output, done.transcript))
    )
    asked = {"role": "user", "content": follow_up.follow_up.prompt}
    return json.dumps([*first, asked, *second], ensure_ascii=False)


def _follow_up_usd(model: ModelSpec, follow_up: FollowUpResult | None) -> float | None:
    if follow_up is None:
        return None
    done = checked_completion(follow_up.completion)
    return _in_all(cost_of(model, done).usd, done)


def _in_all(usd: float | None, done: Completion) -> float | None:
    """What the sample cost with the attempts that broke off; unknown where the answer's own cost is."""
    if usd is None:
        return done.broken_usd if done.failure else None
    return usd + (done.broken_usd or 0.0)


def _metrics(
    item: WorkItem, done: Completion, verdict: Verdict | None, follow_up: FollowUpResult | None
) -> dict[str, Any]:
    """The grader's, what was odd about the answer, and how it was chosen where it was not written."""
    metrics = {**done.notes, **(verdict.metrics if verdict else {})}
    if item.task.control:
        metrics["control"] = item.task.control
    if item.task.concurrency:
        metrics["concurrency"] = item.task.concurrency
    if verdict and "tries" in metrics:
        metrics.setdefault("passed_first", verdict.passed)
    if follow_up is not None:
        metrics["follow_up"] = follow_up.metrics
    if done.scores:
        likely = {label: round(value, 4) for label, value in zip(choices_of(item), done.scores, strict=True)}
        metrics |= {"scoring": "loglik", "log_likelihoods": likely}
    return metrics


def _decode_tps(done: Completion) -> float | None:
    """Tokens a second after the first one."""
    if done.completion_tokens is None or done.ttft_s is None or done.latency_s is None:
        return None
    seconds = done.latency_s - done.ttft_s
    if done.requests > 1:  # other prompts and other work lie between
        return None
    return (done.completion_tokens - 1) / seconds if done.completion_tokens > 1 and seconds > 0 else None


def _prefill_tps(done: Completion) -> float | None:
    """Prompt tokens a second, those left out that a cache served."""
    seconds = done.prefill_s or done.ttft_s
    if done.prompt_tokens is None or not seconds or done.requests > 1:
        return None
    return max(0, done.prompt_tokens - (done.cached_tokens or 0)) / seconds


def prompt_digest(task: Task) -> str:
    """The digest of a task's messages, as it stands in the rows; a document counts by its fields."""
    return _digest(task.messages, repr(task.document) if task.document else "")


@lru_cache(maxsize=4096)
def _digest(messages: tuple[Message, ...], document: str) -> str:
    text = json.dumps([asdict(message) for message in messages], ensure_ascii=False) + document
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
