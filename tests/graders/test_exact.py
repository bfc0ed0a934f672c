import random

import pytest

from harness.graders.exact import Exact
from harness.records import Completion
from tests.graders.tasks import task


@pytest.mark.parametrize(
    ("grader", "reference", "answer", "error_type"),
    [
        (Exact(), "Oslo", "Oslo", None),
        (Exact(), "Oslo", " Oslo\n", None),
        (Exact(), "Oslo", "oslo", "wrong_answer"),
        (Exact(), "Oslo", "Oslo.", "wrong_answer"),
        (Exact(), "Oslo", "", "malformed_answer"),
        (Exact(), "Oslo", " \n\t", "malformed_answer"),
        (Exact(), "Oslo", "<think>Oslo</think>", "malformed_answer"),
        (Exact(), "Oslo", "<think>Bergen?</think>\nOslo", None),
        (Exact(), "Oslo", "Bergen? no\n</think>Oslo", None),
        (Exact(), "caf\u00e9", "cafe\u0301", None),
        (Exact(ignore_case=True), "Straße", "STRASSE", None),
        (Exact(ignore_case=True), "Oslo", "Bergen", "wrong_answer"),
        (Exact(strip=False), "Oslo", "Oslo\n", "wrong_answer"),
        (Exact(strip=False), "a  b\n", "a  b\n", None),
    ],
)
def test_grade(grader: Exact, reference: str, answer: str, error_type: str | None) -> None:
    verdict = grader.grade(task(reference), Completion(output=answer))
    assert (verdict.passed, verdict.score, verdict.error_type) == (
        not error_type,
        float(not error_type),
        error_type,
    )


@pytest.mark.parametrize("options", [{"ignore_case": "yes"}, {"strip": 1}])
def test_options_are_checked(options: dict[str, bool]) -> None:
    with pytest.raises(ValueError, match=f"{next(iter(options))}: must be true or false"):
        Exact(**options)


def test_guess_is_among_the_named_answers() -> None:
    rng = random.Random(1)
    assert {Exact().guess(task("A", "B", "C"), rng) for _ in range(50)} == {"A", "B", "C"}
