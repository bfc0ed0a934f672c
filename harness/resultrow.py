"""The row of a sample: ids, what was asked, the outcome, speed, cost, provenance and the answer."""

from __future__ import annotations

from dataclasses import dataclass

from harness.records import Count, Dollars, Measure, Name, PerSecond, Seconds, Share, Status, Timing


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One sample, as it lies in Parquet; Arrow's schema and docs/results.md are made from this class.

    What a column means stands beneath it. Older runs lack the last ones, which have defaults.
    """

    run_id: Name
    """the run; sorts by time"""
    sample_id: Name
    """stays the same as long as question, model and seed do"""
    suite: Name
    """suite name"""
    suite_version: Name
    """version and season of the suite"""
    task_id: Name
    """task, unique in its suite"""
    model: Name
    """id in models.yaml"""
    repeat: Count
    """0 for the first time the task is asked"""
    seed: int
    """sampling seed of this repeat"""
    task_type: Name
    """category of the suite: what a routing rule is written for"""
    category: Name
    """part of the subject, as the task says"""
    language: Name
    """language of the suite: rust, go, python, en …"""
    difficulty: Name
    """beginner, intermediate or advanced"""
    role: Name
    """the agent role that the task stands for"""
    context_tier: Name | None
    """size of the context, where the task says"""
    provider: Name
    """who serves the model"""
    engine: Name
    """llama_cpp, openai, command or scripted; imported: another tool took the sample"""
    quantization: Name | None
    """as models.yaml says"""
    family: Name | None
    """as models.yaml says"""
    baseline: bool
    """oracle, nop or random: shown as lines, never ranked"""
    status: Status
    """ok: answered and judged; error: no verdict, and why; skipped: not asked, and why"""
    passed: bool | None
    """the strict verdict; NULL unless status is ok"""
    score: Share | None
    """0 to 1; NULL unless status is ok"""
    grader: Name | None
    """grader of the task"""
    error_type: Name | None
    """what went wrong, as one word: wrong_answer, timeout, context_exceeded, too_long, no_time, loop …"""
    error: str | None
    """what went wrong, in words"""
    metrics: str
    """JSON object: what the grader measured, and how the answer was made (`template`, `scoring`, `tries`)"""
    started_at: Name | None
    """UTC, ISO 8601"""
    queue_s: Seconds | None
    """seconds from being taken up to being sent: limits, retries, the engine's own queue"""
    load_s: Seconds | None
    """seconds to load the model, once a run"""
    ttft_s: Seconds | None
    """seconds from request to first token"""
    latency_s: Seconds | None
    """seconds from request to last token; waits before a retry are not in it"""
    prompt_tokens: Count | None
    """as the model's tokenizer counts, or the provider says"""
    completion_tokens: Count | None
    """reasoning tokens included"""
    reasoning_tokens: Count | None
    """part of completion_tokens"""
    cached_tokens: Count | None
    """part of prompt_tokens that was not computed again"""
    decode_tps: PerSecond | None
    """tokens a second after the first"""
    prefill_tps: PerSecond | None
    """prompt tokens a second, cached ones left out"""
    output_chars: Count | None
    """length of the answer"""
    timing: Timing
    """measured; replayed: from a file, the cache or another tool; contended: others ran beside it"""
    attempts: Count
    """how often the request was sent"""
    cost_usd: Dollars | None
    """of all attempts; NULL when nobody knows, never 0 for that"""
    price_source: Name | None
    """billed, models.yaml, or the price snapshot with its version"""
    price_date: Name | None
    """day the price was valid, where known"""
    prompt_sha256: Name
    """digest of the messages"""
    task_sha256: Name
    """digest of everything a model or a grader sees of the task"""
    model_revision: Name | None
    """digest of the file, or the name the server gave"""
    harness_version: Name
    """version of harness"""
    git_sha: Name | None
    """commit of the folder the run was started in"""
    host: Name
    """processor, cores, memory"""
    gpu: Name | None
    """name of the first GPU, where the model computed on one of this machine"""
    output: str | None
    """the whole answer"""
    finish_reason: Name | None
    """stop, length, or loop: a local model repeated itself, and the answer failed"""
    busy_s: Seconds | None = None
    """the sample's share of a local model's time, where several are answered at once"""
    broken_usd: Dollars | None = None
    """part of cost_usd: attempts that broke off half-way; estimated where nothing was billed"""
    measure: Measure | None = None
    """what models are compared by: pass, score (the mean score), or none: the row is in no table"""
    solver: Name | None = None
    """how a project was put to the model: solver, tries at most, edit format that was asked for"""
    transcript: str | None = None
    """of several turns: JSON of what was said after the first question, bounded"""
    total_of: Count | None = None
    """of a total of others: of how many samples `score` is the mean, none of them here; NULL: a sample"""
    follow_up_usd: Dollars | None = None
    """cost of the second change (`metrics.follow_up`), which no other figure of the row includes"""
