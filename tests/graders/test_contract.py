"""What every grader promises, whichever it is: one row here for each name in ``GRADERS``."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from harness.graders import GRADERS, GRAPH, build_grader
from harness.graders.graph import Graph
from harness.records import Completion, Suite, Task
from harness.suites import find_suites, load_suite

# No shipped suite has them: they are tested beside them.
IMPORTED = {"python_asserts", "rust_asserts", "go_asserts", "repository", "assertions"}


@pytest.fixture(scope="module")
def suites() -> list[Suite]:
    return [load_suite(folder) for folder in find_suites().values()]


def _with_steps(suite: Suite) -> Iterator[Task]:
    """The tasks of a suite, and the steps of those that have steps."""
    for task in suite.tasks:
        yield task
        if task.grader.name == GRAPH:
            graph = build_grader(task)
            assert isinstance(graph, Graph)
            yield from (graph.part(task, name) for name in graph.steps)


@pytest.mark.parametrize("name", sorted(GRADERS))
def test_silence_fails_and_guesses_are_text(name: str, suites: list[Suite]) -> None:
    tasks = [task for suite in suites for task in _with_steps(suite) if task.grader.name == name]
    if not tasks:
        assert name in IMPORTED | {"exact"}, f"no shipped task shows what {name} does"
        return
    for task in tasks[:3]:
        grader = build_grader(task)
        if not grader.executes:
            verdict = grader.grade(task, Completion(output=""), None)
            assert (verdict.passed, verdict.score, verdict.error_type) == (False, 0.0, "malformed_answer")
            assert grader.grade(task, Completion(output=task.reference), None).passed
        assert grader.guess(task, random.Random(1)) == grader.guess(task, random.Random(1))


# Graders of answers that nobody lists beforehand, and what their guesses may have beside words of the prompt.
FREE = {
    "checks": set(),
    "structured": set(),
    "symbolic": {"ANSWER:", *"0123456789"},
    "workflow": {"only", "send", "call"},
}


@pytest.mark.parametrize("name", FREE)
def test_a_guess_says_nothing_that_the_prompt_does_not(name: str, suites: list[Suite]) -> None:
    """Else "no better than guessing" would be said of models that know something."""
    for task in [task for suite in suites for task in suite.tasks if task.grader.name == name]:
        guess, seen = build_grader(task).guess(task, random.Random(task.id)), task.asked[-1].content
        words = _texts(json.loads(guess)) if name in ("structured", "workflow") else guess.split()
        assert {word for word in words if word not in seen} <= FREE[name], task.id


def _texts(value: Any) -> list[str]:
    """The texts among the values; those of keys are none."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("name", sorted(GRADERS))
def test_an_unknown_option_is_refused_with_the_place(name: str, suites: list[Suite]) -> None:
    task = suites[0].tasks[0]
    broken = replace(task, grader=replace(task.grader, name=name, options={"nonsense": 1}))
    with pytest.raises(Exception, match=r"\.yaml:\d+.*nonsense"):
        build_grader(broken)
