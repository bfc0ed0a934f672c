"""Any values that satisfy pass; where there is a best, others score by how near they come."""

from __future__ import annotations

import pytest

from harness.graders.satisfies import Satisfies
from harness.records import Completion
from tests.graders.tasks import task

ANY = task("ANSWER: x = 3, y = 4")
CIRCLE = Satisfies({"x": "natural", "y": "natural"}, ["x^2 + y^2 = 25"])
BOXES = Satisfies(
    {"x": "integer", "y": "integer"}, ["x >= 0", "y >= 0", "5x + 7y >= 41"], minimize="8x + 11y", optimum=65
)
BAG = Satisfies(
    {"a": "bit", "b": "bit", "c": "bit"}, ["3a + 4b + 5c <= 8"], maximize="5a + 6b + 8c", optimum=13
)

ANSWERS = {
    "one solution": (CIRCLE, "x = 3, y = 4", 1.0, None),
    "another one": (CIRCLE, "x = 4, y = 3", 1.0, None),
    "by position": (CIRCLE, "(4, 3)", 1.0, None),
    "in LaTeX": (CIRCLE, r"$x = \frac{12}{4},\ y = 4$", 1.0, None),
    "out of the domain": (CIRCLE, "x = 5, y = 0", 0.0, "infeasible"),
    "not whole": (CIRCLE, "x = sqrt(12.5), y = sqrt(12.5)", 0.0, "infeasible"),
    "not on the circle": (CIRCLE, "x = 3, y = 5", 0.0, "infeasible"),
    "one value": (CIRCLE, "x = 3", 0.0, "malformed_answer"),
    "another name": (CIRCLE, "x = 3, z = 4", 0.0, "malformed_answer"),
    "prose": (CIRCLE, "three and four", 0.0, "malformed_answer"),
    "nothing": (CIRCLE, "", 0.0, "malformed_answer"),
    "the cheapest": (BOXES, "x = 4, y = 3", 1.0, None),
    "feasible and dearer": (BOXES, "x = 9, y = 0", 65 / 72, "not_optimal"),
    "cheaper, but not enough": (BOXES, "x = 3, y = 3", 0.0, "infeasible"),
    "the most": (BAG, "a = 1, b = 0, c = 1", 1.0, None),
    "less than the most": (BAG, "a = 1, b = 1, c = 0", 11 / 13, "not_optimal"),
    "half a thing": (BAG, "a = 1/2, b = 0, c = 1", 0.0, "infeasible"),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_answers(case: str) -> None:
    grader, answer, score, error_type = ANSWERS[case]
    verdict = grader.grade(ANY, Completion(output=f"ANSWER: {answer}"))
    assert (verdict.passed, verdict.error_type) == (error_type is None, error_type)
    assert verdict.score == pytest.approx(score)
    if error_type in ("infeasible", "not_optimal"):
        assert verdict.metrics["feasible"] == (error_type == "not_optimal")


def test_the_metrics_say_what_is_broken() -> None:
    verdict = CIRCLE.grade(ANY, Completion(output="ANSWER: x = 3, y = -5"))
    assert verdict.metrics["broken"] == ["y is whole and positive", "x^2 + y^2 = 25"]


def test_constraints_of_remainders_and_of_truth() -> None:
    remainders = Satisfies({"x": "integer"}, ["mod(x, 7) = 3", "mod(x, 5) = 1", "10 < x < 40"])
    clauses = Satisfies({"p": "bit", "q": "bit"}, ["max(p, 1 - q) = 1", "max(1 - p, q) = 1"])
    passed = [
        [grader.grade(ANY, Completion(output=f"ANSWER: {answer}")).passed for answer in answers]
        for grader, answers in (
            (remainders, ("x = 31", "x = 24", "x = 66")),
            (clauses, ("p = 1, q = 1", "q = 0, p = 0", "p = 0, q = 1")),
        )
    ]
    assert passed == [[True, False, False], [True, True, False]]


def test_what_is_better_than_the_optimum_is_the_task_s_fault() -> None:
    grader = Satisfies({"x": "natural"}, ["x < 10"], maximize="x", optimum=8)
    with pytest.raises(ValueError, match="9 is better than the optimum 8"):
        grader.grade(ANY, Completion(output="ANSWER: x = 9"))


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"constraints": ["x + 1"]}, "no equation or inequality"),
        ({"constraints": ["x = y"]}, "y is no variable"),
        ({"constraints": ["x = ="]}, "not expected"),
    ],
)
def test_a_constraint_that_is_not_read_is_the_task_s_fault(
    options: dict[str, list[str]], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        Satisfies({"x": "real"}, options["constraints"]).grade(ANY, Completion(output="ANSWER: x = 1"))


def test_options() -> None:
    with pytest.raises(ValueError, match="optimum"):
        Satisfies({"x": "real"}, ["x > 1"], maximize="x")
    with pytest.raises(ValueError, match="optimum"):
        Satisfies({"x": "real"}, ["x > 1"], optimum=3)
