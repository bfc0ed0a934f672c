"""What models are compared by in imported suites, and what else a user should know of scores and costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from harness.importers.results.base import Choices, ImportedSample
from harness.records import Measure
from harness.words import counted, listed

_NAMED = 5  # suites in a sentence; of more the others are counted


def measures_of(samples: Iterable[ImportedSample], choices: Choices) -> dict[str, Measure]:
    """What models are compared by in each suite: as the user says, else scores where some are fractions."""
    counted_ones = [one for one in samples if one.total_of is None]
    chosen = choices.measure or ("pass" if choices.pass_at is not None else None)
    fractional = {one.suite for one in counted_ones if one.score and one.score < 1}
    suites = sorted({one.suite for one in counted_ones})
    return {suite: chosen or ("score" if suite in fractional else "pass") for suite in suites}


def remarks(samples: Sequence[ImportedSample], choices: Choices) -> Iterator[str]:
    """The scale of the scores and what counts; errors; samples without a verdict; costs of 0."""
    measures = measures_of(samples, choices)
    judged = [sample for sample in samples if sample.score is not None and sample.error is None]
    if judged:
        yield f"scores: {_scale([one.score or 0.0 for one in judged], choices)}"
    if by_pass := [one for one in judged if measures[one.suite] == "pass"]:
        passes = sum(one.passed is True for one in by_pass)
        yield f"a pass is {_pass(by_pass, choices)}: {passes} of {len(by_pass)}"
    if by_score := [suite for suite, measure in measures.items() if measure == "score"]:
        suites = listed(by_score, _NAMED)
        yield f"compared by their mean score: {suites}; --pass-at SHARE makes passes of scores"
    if both := sum(sample.score is not None and sample.error is not None for sample in samples):
        of = f"{both} of {counted(len(samples), 'sample')}"
        yield f"{of} with a verdict and an error: counted as errors, without a verdict"
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
