"""The suite `structured`: what is shown is what is checked, and no cheap trick earns much."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

from harness.graders import build_grader
from harness.records import Completion, Suite, Task
from harness.suites import load_suite

FOLDER = Path(__file__).parents[2] / "suites" / "structured"


@pytest.fixture(scope="module")
def suite() -> Suite:
    return load_suite(FOLDER)


def _score(task: Task, answer: str) -> float:
    return build_grader(task).grade(task, Completion(output=answer), None).score


def test_size(suite: Suite) -> None:
    assert Counter(task.category for task in suite.tasks) == {
        "workflow": 10, "extraction": 6, "payloads": 5, "configuration": 5, "nested": 4
    }  # fmt: skip
    assert Counter(task.difficulty for task in suite.tasks) == {
        "beginner": 10, "intermediate": 11, "advanced": 9
    }  # fmt: skip
    assert {(task.role, task.measure) for task in suite.tasks} == {("flow creator", "score")}


def test_the_schema_that_is_shown_is_the_one_that_is_checked(suite: Suite) -> None:
    for task in suite.tasks:
        if task.grader.name == "structured":
            assert json.loads(task.messages[0].content.splitlines()[-1]) == task.grader.options["schema"]
        else:
            assert [message.role for message in task.messages] == ["system", "user"]
            assert len(task.grader.options["cases"]) >= 3


def test_references_score_one_and_nothing_scores_nothing(suite: Suite) -> None:
    assert {_score(task, task.reference) for task in suite.tasks} == {1.0}
    assert {_score(task, f"```json\n{task.reference}\n```") for task in suite.tasks} == {1.0}
    assert {_score(task, "") for task in suite.tasks} == {0.0}


@pytest.mark.parametrize("trick", ["the input", "random", "an empty value", "the schema"])
def test_cheap_tricks_earn_little(suite: Suite, trick: str) -> None:
    rng = random.Random(1)

    def answer(task: Task) -> str:
        return {
            "the input": task.messages[-1].content,
            "random": build_grader(task).guess(task, rng),
            "an empty value": "[]" if task.reference.startswith("[") else "{}",
            "the schema": task.messages[-1].content.splitlines()[-1],
        }[trick]

    earned = mean(_score(task, answer(task)) for task in suite.tasks)
    assert earned < (0.2 if trick == "random" else 0.01), earned
