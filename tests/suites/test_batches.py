"""Many items in one task: which are drawn, what the task asks, what cannot be a batch."""

from __future__ import annotations

import pytest

from harness.errors import ConfigError
from harness.runner.check import check_suite
from harness.suites import load_suite
from tests.conftest import WriteSuite

DEFAULTS = """
defaults: {category: mood, grader: {label: {labels: [good, bad], aliases: {fine: good}, scoring: loglik}}, prompt: "{text}"}
"""
BATCHES = 'batches: {size: 3, prompt: "Good or bad?\\n{items}"}\n'
TASK = (
    '- {{id: m-{0}, vars: {{text: "It is\\n number {0}"}}, difficulty: {1}, reference: {2}, wrong: [{3}]}}\n'
)
TASKS = "tasks:\n" + "".join(
    TASK.format(at, level, of, other)
    for at, (level, of, other) in enumerate(
        [("beginner", *pair) for pair in [("good", "bad"), ("bad", "good"), ("good", "bad"), ("fine", "bad")]]
        + [("advanced", "good", "bad")]
    )
)


def test_a_difficulty_with_tasks_enough_has_a_batch(write_suite: WriteSuite) -> None:
    suite = load_suite(write_suite(DEFAULTS + BATCHES + TASKS))
    *single, batch = suite.tasks
    assert [task.id for task in single] == [f"m-{at}" for at in range(5)]
    assert (batch.id, batch.category, batch.difficulty) == ("mood-batch-beginner", "batch", "beginner")
    assert batch.grader.name == "labels"
    options = dict(batch.grader.options)
    asked = options.pop("tasks")
    assert options == {"labels": ["good", "bad"], "aliases": {"fine": "good"}, "of": "mood"}
    question, *lines = batch.messages[0].content.splitlines()
    assert question == "Good or bad?"
    items = [line.partition(". ") for line in lines]
    assert [int(number) for number, _, _ in items] == [1, 2, 3]
    assert [text for _, _, text in items] == [f"It is number {task.removeprefix('m-')}" for task in asked]
    texts = {f"It is number {at}": task.reference for at, task in enumerate(single)}
    assert batch.reference == "\n".join(f"{number}: {texts[text]}" for number, _, text in items)
    assert check_suite(suite, None) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            BATCHES + TASKS.replace("vars: {text", "vars: {body"),
            r"m-0.*'batches' need 'vars: {text: …}'|need 'vars",
        ),
        ("batches: {size: 1, prompt: x}\n" + TASKS, r"'size' must be"),
        ("batches: {size: 3}\n" + TASKS, r"'batches' lacks 'prompt'"),
        ("batches: [3]\n" + TASKS, r"'batches' must be a mapping"),
        (
            BATCHES + TASKS.replace("difficulty", "grader: exact, difficulty"),
            r"made of tasks with 'grader: {label",
        ),
    ],
)
def test_what_cannot_be_a_batch_is_told(write_suite: WriteSuite, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message) as told:
        load_suite(write_suite(DEFAULTS + text))
    assert ".yaml:" in str(told.value)
