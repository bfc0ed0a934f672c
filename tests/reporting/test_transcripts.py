from __future__ import annotations

from harness.analysis.extras import Example
from harness.reporting.transcripts import anchors, transcripts

METRICS = '{"tests": {"empty": true, "<b>big</b>": false}}'


def example(kind: str, suite: str, model: str, metrics: str = "{}", output: str = "x") -> Example:
    return Example(
        kind, suite, model, "t-1", "c", "beginner", "r", "sha", 0.0, "wrong_answer", 1.5, 0.01, "length",
        output, len(output), "expected 3", metrics,
    )  # fmt: skip


def test_verdict_and_tests_are_told() -> None:
    (one,) = transcripts([example("failed", "code", "a", METRICS)], {"sha": "Why?"})
    assert one.verdict == "wrong_answer: expected 3\n✓ empty\n✗ <b>big</b>"
    assert one.prompt == "Why?"
    assert one.facts == "c · beginner · took 1.5 s · cost $0.010 · cut off at the token limit · run r"
    (odd,) = transcripts([example("failed", "code", "a", '{"tests": 3}')], {})
    assert odd.verdict == "wrong_answer: expected 3"


def test_the_first_of_a_cell_bears_its_anchor() -> None:
    rows = [example(kind, suite, "a") for suite in ("code", "math") for kind in ("failed", "passed")]
    shown = transcripts(rows, {})
    assert [one.anchor is None for one in shown] == [False, True, False, True]
    assert set(anchors(shown)) == {("code", "a"), ("math", "a")}


def test_many_cells_leave_fewer_and_shorter_transcripts_to_each() -> None:
    """The page stays small, and a cell keeps a failure and a pass."""
    kinds = ("failed", "failed", "failed", "error", "passed")
    rows = [example(k, "s", f"m{i}", output="y" * 9000) for i in range(1000) for k in kinds]
    shown = transcripts(rows, {})
    assert [one.kind for one in shown[:2]] == ["failed", "passed"]
    assert len(shown) == 2000
    assert sum(len(one.output) for one in shown) < 3_200_000
    assert shown[0].output.endswith("[9,000 characters in all]")
