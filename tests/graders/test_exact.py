import random
from typing import Any

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


PUNCTUATED = Exact(ignore_case=True, ignore_punctuation=True, accept=["St. Gallen"])
FIRST = Exact(pattern=r"#### (-?[0-9.,]+)", ignore=[",", r"\.$"])
LAST = Exact(pattern=r"answer is ([A-D])|^([A-D])$", which=-1)


@pytest.mark.parametrize(
    ("grader", "reference", "answer", "error_type"),
    [
        (PUNCTUATED, "Oslo", "oslo.", None),
        (PUNCTUATED, "Oslo", "ST GALLEN!", None),
        (PUNCTUATED, "Oslo", "Oslo town", "wrong_answer"),
        (FIRST, "so #### 1,200", "It is 1000 + 200.\n#### 1200.", None),
        (FIRST, "#### 1,200", "#### 12 #### 1200", "wrong_answer"),
        (FIRST, "#### 1,200", "1200", "malformed_answer"),
        (LAST, "B", "the answer is A, no: the answer is B", None),
        (LAST, "answer is B", "A", "wrong_answer"),
        (LAST, "B", "the answer is E", "malformed_answer"),
    ],
)
def test_forms_that_are_forgiven_and_patterns(
    grader: Exact, reference: str, answer: str, error_type: str | None
) -> None:
    assert grader.grade(task(reference), Completion(output=answer)).error_type == error_type


@pytest.mark.parametrize("options", [{"pattern": "(a+"}, {"ignore": [r"(?<=a)(b+)+"]}])
def test_patterns_that_cannot_be_used_are_named(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"^pattern '"):
        Exact(**options)


@pytest.mark.parametrize("options", [{"ignore_case": "yes"}, {"strip": 1}])
def test_options_are_checked(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"{next(iter(options))}: must be true or false"):
        Exact(**options)


def test_guess_is_among_the_named_answers() -> None:
    rng = random.Random(1)
    assert {Exact().guess(task("A", "B", "C"), rng) for _ in range(50)} == {"A", "B", "C"}
    assert "Oslo" not in {Exact().guess(task("Oslo"), rng) for _ in range(50)}
