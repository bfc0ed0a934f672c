"""The thousand queries are balanced, spread over the difficulties, and no two are alike."""

import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from harness.graders.label import Label
from harness.records import Suite
from harness.suites import load_suite

FOLDER = Path(__file__).parents[2] / "suites" / "classification"


@pytest.fixture(scope="module")
def suite() -> Suite:
    return load_suite(FOLDER)


def _query(prompt: str) -> str:
    """The text between the labels and the closing ``Label:``."""
    return prompt.splitlines()[-2].partition(": ")[2]


def test_every_category_is_balanced(suite: Suite) -> None:
    counts: dict[str, Counter[str]] = {}
    for task in suite.tasks:
        counts.setdefault(task.category, Counter())[task.reference] += 1
        assert task.reference in task.grader.options["labels"]
    assert set(counts) == {"intent", "sentiment", "topic", "entity", "priority"}
    for labels in counts.values():
        assert sum(labels.values()) == 200
        fair = 200 / len(labels)
        assert all(0.7 * fair <= count <= 1.3 * fair for count in labels.values())


def test_difficulties(suite: Suite) -> None:
    counts = Counter((task.category, task.difficulty) for task in suite.tasks)
    for category in {task.category for task in suite.tasks}:
        spread = [counts[category, level] for level in ("beginner", "intermediate", "advanced")]
        assert spread == [100, 60, 40]


def test_the_prompt_lists_the_grader_s_labels(suite: Suite) -> None:
    for task in suite.tasks:
        _, labels, query, last = task.messages[0].content.splitlines()
        assert labels == f"Labels: {', '.join(task.grader.options['labels'])}"
        assert query
        assert last == "Label:"


def test_queries_are_short_and_no_two_are_alike(suite: Suite) -> None:
    queries = [_query(task.messages[0].content) for task in suite.tasks]
    assert {len(query.split()) for query in queries} <= set(range(5, 26))
    words = [frozenset(re.findall(r"\w+", query.lower())) for query in queries]
    twins = [
        (queries[i], queries[j])
        for (i, a), (j, b) in combinations(enumerate(words), 2)
        if len(a & b) > 0.5 * len(a | b)
    ]
    assert twins == []


def test_entity_queries_mark_one_span(suite: Suite) -> None:
    for task in suite.tasks:
        if task.category == "entity":
            assert len(re.findall(r"\[[^][]+\]", _query(task.messages[0].content))) == 1


def test_every_label_is_tempting_somewhere(suite: Suite) -> None:
    for category in {task.category for task in suite.tasks}:
        tasks = [task for task in suite.tasks if task.category == category]
        label = Label(**tasks[0].grader.options)
        assert {wrong for task in tasks for wrong in task.wrong} == set(label.labels)
