"""The record of a judge's verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from harness.records import Count, Difficulty, Dollars, Name, Seconds

Preferred = Literal["a", "b", "tie"]
Trap = Literal["null", "flattery"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One verdict of a judge on two answers in one order, as it lies in Parquet: a pair has two.

    What a column means stands beneath it. A pair of contestants has models and runs, a gold pair what is
    ``expected``.
    """

    comparison_id: Name
    """stays the same as long as judge, question, answers and order do"""
    pair_id: Name
    """the same for both orders"""
    protocol: Name
    """digest of the judge, its parameters and the words by which it is asked"""
    judge: Name
    """id in models.yaml"""
    judge_family: Name
    """whose family was left out of the contestants"""
    suite: Name
    """suite of the task, or of the gold pair"""
    task_id: Name
    """task, or gold pair"""
    task_sha256: Name
    """digest of the task; of a gold pair, of all of it"""
    judged_at: Name
    """UTC, ISO 8601"""
    harness_version: Name
    """version of harness"""
    difficulty: Difficulty | None = None
    """of the task"""
    model_a: Name | None = None
    """a contestant"""
    model_b: Name | None = None
    """the other one, later in the alphabet"""
    run_a: Name | None = None
    """run of a's answer"""
    run_b: Name | None = None
    """run of b's answer"""
    chars_a: Count = 0
    """length of a's answer"""
    chars_b: Count = 0
    """length of b's answer"""
    a_first: bool = True
    """whether a was shown first"""
    expected: Preferred | None = None
    """of a gold pair: what people say"""
    trap: Trap | None = None
    """of a gold pair: what one of its answers is that must never win"""
    cleaned: bool = False
    """whether text that speaks to the judge was taken out of an answer"""
    preferred: Preferred | None = None
    """the verdict; NULL where there is none"""
    error_type: Name | None = None
    """why there is no verdict: refused, truncated, no_verdict, contradiction, own_family, or what failed"""
    error: str | None = None
    """the same in words"""
    output: str | None = None
    """what the judge wrote"""
    judge_revision: Name | None = None
    """what exactly answered"""
    latency_s: Seconds | None = None
    """seconds from request to last token"""
    prompt_tokens: Count | None = None
    """as the provider or the tokenizer counts"""
    completion_tokens: Count | None = None
    """reasoning included"""
    cost_usd: Dollars | None = None
    """of all attempts; NULL when nobody knows"""
