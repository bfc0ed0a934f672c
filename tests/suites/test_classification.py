"""The queries are balanced, spread over the difficulties, and no two are alike."""

import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from harness.graders.label import Label
from harness.records import Suite, Task
from harness.suites import load_suite
from scripts.label_baselines import accuracy, label_sets, naive_bayes, nearest_length, one_word

FOLDER = Path(__file__).parents[2] / "suites" / "classification"


@pytest.fixture(scope="module")
def suite() -> Suite:
    return load_suite(FOLDER)


@pytest.fixture(scope="module")
def labelled(suite: Suite) -> list[Task]:
    """The tasks that ask for one label."""
    return [task for task in suite.tasks if task.grader.name == "label"]


def _query(task: Task) -> str:
    """The text that a task is about: its last line, or the one before the closing ``Label:``."""
    lines = task.messages[0].content.splitlines()
    return lines[-2 if lines[-1] == "Label:" else -1].partition(": ")[2]


def test_every_category_is_balanced(labelled: list[Task]) -> None:
    counts: dict[str, Counter[str]] = {}
    for task in labelled:
        counts.setdefault(task.category, Counter())[task.reference] += 1
        assert task.reference in task.grader.options["labels"]
    assert set(counts) == {
        *("intent", "sentiment", "topic", "entity", "priority"),
        *("language", "spam", "routing", "noisy"),
    }
    for labels in counts.values():
        fair = labels.total() / len(labels)
        assert all(0.7 * fair <= count <= 1.3 * fair for count in labels.values())


def test_difficulties(suite: Suite) -> None:
    spread: dict[str, Counter[str]] = {}
    for task in suite.tasks:
        if task.category != "batch":
            spread.setdefault(task.category, Counter())[task.difficulty] += 1
    for counts in spread.values():
        share = [counts[level] / counts.total() for level in ("beginner", "intermediate", "advanced")]
        assert share == pytest.approx([0.45, 0.3, 0.25], abs=0.1)


def test_the_prompt_lists_the_grader_s_labels(labelled: list[Task]) -> None:
    for task in labelled:
        _, labels, query, last = task.messages[0].content.splitlines()
        assert labels == f"Labels: {', '.join(task.grader.options['labels'])}"
        assert query
        assert last == "Label:"


def test_queries_are_short_and_no_two_are_alike(suite: Suite) -> None:
    """Of two languages that are alike, the same sentence may stand in both."""
    tasks = [task for task in suite.tasks if task.category != "batch"]
    queries = [_query(task) for task in tasks]
    assert {len(query.split()) for query in queries} <= set(range(5, 27))
    words = [frozenset(re.findall(r"\w+", query.lower())) for query in queries]
    places = {word: at for at, word in enumerate(sorted(set().union(*words)))}
    occurs = np.zeros((len(words), len(places)), np.float32)
    for row, of in zip(occurs, words, strict=True):
        row[[places[word] for word in of]] = 1
    shared, sizes = occurs @ occurs.T, occurs.sum(axis=1)
    alike = np.argwhere(np.triu(shared > 0.5 * (sizes[:, None] + sizes - shared), 1))
    twins = [
        (queries[i], queries[j])
        for i, j in alike
        if (tasks[i].category, tasks[j].category) != ("language", "language")
    ]
    assert twins == []


@pytest.mark.parametrize("name", ["spam", "routing", "noisy"])
def test_labels_do_not_follow_from_length_or_words(suite: Suite, name: str) -> None:
    texts = label_sets(suite)[name]
    chance = 1 / len({one.label for one in texts})
    assert accuracy(nearest_length, texts) < chance + 0.1
    assert accuracy(one_word, texts) < chance + 0.2
    assert accuracy(naive_bayes, texts) < chance + 0.25


def test_batches_ask_again_what_single_tasks_ask(suite: Suite, labelled: list[Task]) -> None:
    batches = [task for task in suite.tasks if task.category == "batch"]
    difficulties = {"beginner", "intermediate", "advanced"}
    assert {(task.grader.options["of"], task.difficulty) for task in batches} == {
        (category, level) for category in {task.category for task in labelled} for level in difficulties
    }
    single = {(task.category, task.difficulty, _query(task), task.reference) for task in labelled}
    for task in batches:
        lines = re.findall(r"^\d+\. (.*)$", task.messages[0].content, re.MULTILINE)
        labels = [line.partition(": ")[2] for line in task.reference.splitlines()]
        assert len(lines) == len(labels) == 20
        for line, label in zip(lines, labels, strict=True):
            assert (task.grader.options["of"], task.difficulty, line, label) in single


def test_entity_queries_mark_one_span(suite: Suite) -> None:
    for task in suite.tasks:
        if task.category == "entity":
            assert len(re.findall(r"\[[^][]+\]", _query(task))) == 1


def test_extraction_has_every_type_in_every_difficulty_and_texts_without_any(suite: Suite) -> None:
    tasks = [task for task in suite.tasks if task.category == "extraction"]
    counts = Counter(
        (task.difficulty, entity["type"]) for task in tasks for entity in json.loads(task.reference)
    )
    for level in ("beginner", "intermediate", "advanced"):
        assert all(counts[level, of] >= 3 for of in tasks[0].grader.options["types"])
    assert sum(task.reference == "[]" for task in tasks) == 2


def test_every_label_is_tempting_somewhere(labelled: list[Task]) -> None:
    for category in {task.category for task in labelled}:
        tasks = [task for task in labelled if task.category == category]
        label = Label(**tasks[0].grader.options)
        assert {wrong for task in tasks for wrong in task.wrong} == set(label.labels)
