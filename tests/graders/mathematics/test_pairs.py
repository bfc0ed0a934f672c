"""References and answers that were judged by hand: equal, different, or not to be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.graders.mathematics import child
from harness.graders.symbolic import Symbolic
from harness.records import Completion
from tests.graders.tasks import task

GROUPS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("pairs.yaml").read_text("utf-8"))
OUTCOMES = {"equal": None, "different": "wrong_answer", "unread": "malformed_answer"}


def _grader(group: dict[str, Any]) -> Symbolic:
    return Symbolic(**{key: value for key, value in group.items() if key not in (*OUTCOMES, "reference")})


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: f"{group['kind']} {group['reference']}"[:40])
def test_pairs(group: dict[str, Any]) -> None:
    grader, asked = _grader(group), task(group["reference"])
    judged = {
        (outcome, answer): grader.grade(asked, Completion(output=f"So it is.\nANSWER: {answer}"))
        for outcome in OUTCOMES
        for answer in group.get(outcome, ())
    }
    errors = {pair: (verdict.error_type, verdict.error) for pair, verdict in judged.items()}
    assert {pair: error for pair, error in errors.items() if error[0] != OUTCOMES[pair[0]]} == {}
    for (outcome, answer), verdict in judged.items():
        assert verdict.metrics["answer"] or not answer
        assert (verdict.metrics["read"] is None) == (outcome == "unread") or group.get("form")


def test_there_are_more_than_three_hundred_pairs_of_every_kind() -> None:
    assert sum(len(group.get(outcome, ())) for group in GROUPS for outcome in OUTCOMES) > 600
    kinds = {"rational", "percent", "expression", "set", "interval", "tuple", "matrix", "unit"}
    assert {group["kind"] for group in GROUPS if "equal" in group and "different" in group} == kinds


def test_equality_does_not_depend_on_which_of_two_is_the_reference() -> None:
    for group in GROUPS[::3]:
        grader = _grader({**group, "form": None})
        for outcome in ("equal", "different"):
            for answer in group.get(outcome, ())[:2]:
                if "=" in answer and group["kind"] == "tuple":
                    continue  # who has names may be reordered
                verdict = grader.grade(task(f"ANSWER: {answer}"), Completion(output=group["reference"]))
                is_form = group.get("form") and outcome == "different"
                assert verdict.passed == (outcome == "equal") or is_form, (group["reference"], answer)


def test_what_computes_too_long_is_ended_and_the_next_one_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "SECONDS", 0.3)
    grader = Symbolic(variables={"x": "real"}, form="factored")
    slow = grader.grade(task("x - 2"), Completion(output="ANSWER: x^9973 - 2"))
    assert (slow.passed, slow.error_type) == (False, "timeout")
    assert grader.grade(task("x - 2"), Completion(output="ANSWER: x - 2")).passed


def test_fewer_than_eight_points_are_undecided() -> None:
    """Factorials of negative whole numbers are nothing."""
    grader = Symbolic(variables={"x": [-4, -1]})
    verdict = grader.grade(task("x floor(x/0.5)!"), Completion(output="2x floor(x/0.5)!"))
    assert (verdict.passed, verdict.error_type) == (False, "undecided")


def test_a_reference_that_is_not_read_is_the_task_s_fault() -> None:
    with pytest.raises(ValueError, match=r"file\.yaml:7: t: .*'apples' is not read"):
        Symbolic().grade(task("5 apples"), Completion(output="5"))
