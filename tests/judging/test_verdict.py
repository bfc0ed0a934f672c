"""What a judge's answer says, as judges are known to answer."""

from __future__ import annotations

import pytest

from harness.judging.verdict import SETTLED, read_verdict
from harness.records import Completion, Failure

VERDICTS = {
    "Both say it, but the first is clearer.\nVERDICT: 1": "1",
    "**VERDICT: 2**": "2",
    "Verdict: [[1]]": "1",
    "VERDICT: tie.": "tie",
    "Final verdict is 2": "2",
    "Winner: Answer 1": "1",
    "VERDICT: Answer #2": "2",
    "VERDICT: the second answer": "2",
    "VERDICT: both good": "tie",
    "VERDICT: neither": "tie",
    "VERDICT: it's a tie": "tie",
    "\\boxed{VERDICT: 2}": "2",
    '{"verdict": "1"}': "1",
    "```\nVERDICT: 1\n```": "1",
    "VERDICT: 1, since it is clearer than answer 2": "1",
    "VERDICT: Answer 1 is better than answer 2": "1",
    "VERDICT: 1\nVERDICT: 2": "2",
    "I first thought VERDICT: 1.\nBut the date is wrong.\n\nVERDICT: 2": "2",
    "<think>VERDICT: 1, or VERDICT: 2?</think>VERDICT: 1": "1",
    "1": "1",
    "Answer 2.": "2",
    "The first answer is better.": "1",
    "Tie": "tie",
}
FAILURES = {
    "": "no_verdict",
    "I think that the first answer serves the person who asked better.": "no_verdict",
    "VERDICT: 1 or 2": "no_verdict",
    "VERDICT: 1/2/tie": "no_verdict",
    "VERDICT: 10": "no_verdict",
    "VERDICT: A": "no_verdict",
    "VERDICT:": "no_verdict",
    "<think>It is VERDICT: 1": "no_verdict",
    "In line 1 it says tie, in line 2 it does not": "no_verdict",
    "VERDICT: 1\nHm.\nVERDICT: 2\nOr so.": "contradiction",
    "I’m sorry, I can’t help with that.": "refused",
    "As an AI I have no preference.": "refused",
}


@pytest.mark.parametrize(("output", "slot"), VERDICTS.items())
def test_verdicts(output: str, slot: str) -> None:
    assert read_verdict(Completion(output=output, finish_reason="stop")).slot == slot


@pytest.mark.parametrize(("output", "kind"), FAILURES.items())
def test_no_verdicts(output: str, kind: str) -> None:
    reading = read_verdict(Completion(output=output, finish_reason="stop"))
    assert (reading.slot, reading.error_type) == (None, kind)
    assert kind in SETTLED


def test_what_was_cut_off_or_failed() -> None:
    cut = read_verdict(Completion(output="VERDICT: 1", finish_reason="length"))
    assert (cut.slot, cut.error_type) == (None, "truncated")
    failed = read_verdict(Completion(failure=Failure("timeout", "no answer")))
    assert (failed.slot, failed.error_type) == (None, "timeout")
    assert "timeout" not in SETTLED
