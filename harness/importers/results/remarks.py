"""What a user should know of imported scores and costs: a line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.importers.results.base import Choices, ImportedSample
from harness.words import counted


def remarks(samples: Sequence[ImportedSample], choices: Choices) -> Iterator[str]:
    """The scale of the scores and what was taken as a pass; samples without a verdict; costs of 0."""
    scores = [sample.score for sample in samples if sample.score is not None and sample.error is None]
    if scores:
        passes = sum(sample.passed is True and sample.error is None for sample in samples)
        share = f"{passes} of {len(scores)}"
        yield f"scores: {_scale(scores, choices)}; a pass is {_pass(samples, choices)}: {share}"
    unjudged = sum(sample.score is None and sample.error is None for sample in samples)
    if unjudged:
        have = "has" if unjudged == 1 else "have"
        of = f"{unjudged} of {counted(len(samples), 'sample')}"
        yield f"{of} {have} no verdict and {'becomes an error row' if unjudged == 1 else 'become error rows'}"
    free = sum(sample.cost_usd == 0 for sample in samples)
    if free:
        share = f"{free} of {counted(len(samples), 'sample')}"
        yield f"{share} cost 0 USD: read as free; where unknown, leave the cost empty"


def _scale(scores: Sequence[float], choices: Choices) -> str:
    if set(scores) <= {0.0, 1.0}:
        return "0 or 1"
    full = f"1, as shares of {choices.scale:g}" if choices.scale else "1"
    return f"{min(scores):.4g} to {max(scores):.4g} on a scale from 0 to {full}"


def _pass(samples: Sequence[ImportedSample], choices: Choices) -> str:
    if choices.pass_at is not None:
        return f"a score from {choices.pass_at:g}"
    full = all(sample.passed == (sample.score == 1.0) for sample in samples if sample.score is not None)
    if not full:
        return "what the file says (--pass-at SHARE: a score from there on)"
    fractional = any(sample.score not in (None, 0.0, 1.0) for sample in samples)
    return "the full score" + (" (--pass-at SHARE makes passes of lower ones)" if fractional else "")
