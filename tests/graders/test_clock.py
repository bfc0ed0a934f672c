from __future__ import annotations

import random
import re

import pytest

from harness.graders.clock import Clock
from harness.records import Completion
from tests.graders.tasks import task


@pytest.mark.parametrize(
    ("answer", "error_type"),
    [
        *[
            (answer, None)
            for answer in ("4:35", "04:35", "16:35", "4:35 PM", "4.35", "4h35", "4:35.", "**4:35**")
        ],
        *[
            (answer, None)
            for answer in ("The clock shows 4:35.", "\\boxed{4:35}", "4:35 or 16:35", "4:35 a.m.")
        ],
        ("<think>7:23? no</think>4:35", None),
        *[
            (answer, "wrong_answer")
            for answer in ("4:36", "5:35", "7:23", "3:35", "Between four and five: 4:40")
        ],
        *[
            (answer, "malformed_answer")
            for answer in ("", "435", "four thirty-five", "4:35 or 4:40", "4:75", "30:35")
        ],
        *[
            (answer, "malformed_answer")
            for answer in ("4:35:20", "version 1.4.35", "14:350", "4:3", "<think>4:35")
        ],
    ],
)
def test_grade(answer: str, error_type: str | None) -> None:
    verdict = Clock().grade(task("4:35"), Completion(output=answer))
    assert (verdict.passed, verdict.error_type) == (error_type is None, error_type)


@pytest.mark.parametrize(
    ("reference", "answer"), [("12:06", "0:06"), ("12:06", "00:06"), ("12:00", "24:00"), ("1:05", "13:05")]
)
def test_twelve_is_nothing(reference: str, answer: str) -> None:
    assert Clock().grade(task(reference), Completion(output=answer)).passed


def test_guesses_are_times() -> None:
    rng = random.Random(1)
    guesses = {Clock().guess(task("4:35"), rng) for _ in range(300)}
    assert len(guesses) > 200 and all(re.fullmatch(r"(1?[1-9]|10):[0-5]\d", guess) for guess in guesses)
