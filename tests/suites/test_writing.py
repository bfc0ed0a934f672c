"""The suite `writing`: every check of every task can be failed by little, and no cheap trick passes."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import mean

import pytest

from harness.graders import build_grader
from harness.graders.checks import Checks
from harness.graders.writing import TextCheck, content, form
from harness.graders.writing.text import WrittenText
from harness.records import Completion, Suite, Task
from harness.suites import load_suite

FOLDER = Path(__file__).parents[2] / "suites" / "writing"
FACTS = (content.Facts, content.Times)
FILLER = "It is what it is and it will be so for as long as it is what it was, and so it goes on and on. "


@pytest.fixture(scope="module")
def suite() -> Suite:
    return load_suite(FOLDER)


def _grader(task: Task) -> Checks:
    grader = build_grader(task)
    assert isinstance(grader, Checks)
    return grader


def test_size(suite: Suite) -> None:
    kinds = "documentation reports mails summaries translations releases product stories"
    assert Counter(task.category for task in suite.tasks) == dict.fromkeys(kinds.split(), 5) | {"short": 16}
    assert {(task.role, task.measure, task.task_type) for task in suite.tasks} == {
        ("writer", "score", "writing")
    }
    assert Counter(task.difficulty for task in suite.tasks) == {
        "beginner": 28, "intermediate": 18, "advanced": 10
    }  # fmt: skip


def test_form_is_paired_with_facts(suite: Suite) -> None:
    for task in suite.tasks:
        checks = _grader(task).named.values()
        assert 3 <= len(checks) <= 6, task.id
        assert any(isinstance(check, FACTS) for check in checks), task.id
        assert any(not isinstance(check, FACTS) for check in checks), task.id


def test_every_check_can_be_failed_by_little(suite: Suite) -> None:
    unfailed = []
    for task in suite.tasks:
        prompt = task.messages[-1].content
        for name, check in _grader(task).named.items():
            assert check.flaw(WrittenText(task.reference, prompt)) is None
            near = (text for text in _changes(check, task.reference, prompt) if text != task.reference)
            if not any(check.flaw(WrittenText(text, prompt)) for text in near):
                unfailed.append(f"{task.id}: {name}")
    assert unfailed == []


def _changes(check: TextCheck, reference: str, prompt: str) -> Iterator[str]:
    """The reference with one thing changed: what the check is about first, then a line of it."""
    lines = reference.splitlines()
    if isinstance(check, content.Facts):
        for fact in check.all:
            text = reference
            for phrase in [fact] if isinstance(fact, str) else fact:
                text = re.sub(re.escape(phrase), "…", text, flags=re.IGNORECASE)
            yield text
    if isinstance(check, content.Lacks):
        yield f"{reference.rstrip()} {check.phrases[0]}"
        yield f"{check.phrases[0]} {reference}"
    if isinstance(check, content.Times):
        yield f"{reference.rstrip()} {(check.phrase + ' ') * check.count[1]}"
    if isinstance(check, content.OwnWords):
        yield f"{reference}\n{' '.join(prompt.split()[-check.run - 4 :])}"
    if isinstance(check, content.Language):
        other = "Tout cela est dans le jardin de la maison." if check.name != "fr" else FILLER
        yield f"{reference} {other}"
    if isinstance(check, content.Reading):
        yield reference.replace(". ", " and ").replace(".\n\n", " and ")
    if isinstance(check, form.Length):
        yield f"{reference} {FILLER * 6}"
    if isinstance(check, form.Plain):
        yield f"**{lines[0]}**\n" + "\n".join(lines[1:])
    for at, line in enumerate(lines):
        yield "\n".join([*lines[:at], *lines[at + 1 :]])
        yield "\n".join([*lines[:at], line, *lines[at:]])
        yield "\n".join([*lines[:at], line.swapcase(), *lines[at + 1 :]])
        yield "\n".join([*lines[:at], f"{line}!? (#) {FILLER * 2}", *lines[at + 1 :]])
        yield "\n".join([*lines[:at], f'{line} "“.', *lines[at + 1 :]])
    yield "\n".join(reversed(lines))
    yield f"{reference}\n## something else\nx"


def test_references_pass_also_behind_reasoning(suite: Suite) -> None:
    for task in suite.tasks:
        verdict = _grader(task).grade(
            task, Completion(output=f"<think>Let me see.</think>\n{task.reference}")
        )
        assert verdict.passed, f"{task.id}: {verdict.error}"
        assert verdict.metrics["loose"] == 1


def _facts(task: Task) -> str:
    """The facts that are wanted, and no text around them."""
    facts = [
        fact
        for check in _grader(task).named.values()
        if isinstance(check, content.Facts)
        for fact in check.all
    ]
    phrases = [fact if isinstance(fact, str) else fact[0] for fact in facts]
    return ", ".join(random.Random(1).sample(phrases, len(phrases)))


def _guess(task: Task) -> str:
    return _grader(task).guess(task, random.Random(task.id))


# Answers to the tasks in order, and the mean score that they may earn.
TRICKS: dict[str, tuple[Callable[[Sequence[Task]], list[str]], float]] = {
    "nothing": (lambda tasks: [""] * len(tasks), 0.0),
    "the prompt": (lambda tasks: [task.messages[-1].content for task in tasks], 0.45),
    "the facts alone": (lambda tasks: [_facts(task) for task in tasks], 0.55),
    "the facts in a template": (
        lambda tasks: [f"Here is the text about {_facts(task)}. {FILLER * 3}" for task in tasks],
        0.55,
    ),
    "words of the prompt": (lambda tasks: [_guess(task) for task in tasks], 0.4),
    "another task's reference": (lambda tasks: [task.reference for task in (*tasks[1:], tasks[0])], 0.4),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_cheap_tricks_do_not_pass(suite: Suite, trick: str) -> None:
    answers, most = TRICKS[trick]
    verdicts = [
        _grader(task).grade(task, Completion(output=answer))
        for task, answer in zip(suite.tasks, answers(suite.tasks), strict=True)
    ]
    assert not any(verdict.passed for verdict in verdicts)
    score = mean(verdict.score for verdict in verdicts)
    assert score <= most, score
