"""Labels of numbered items: forms of answers, numbers that go astray, what each item scores."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.graders.labels import Labels, by_number
from harness.records import Completion, Verdict
from tests.graders.tasks import task

NAMES = ["refund", "delivery", "none of these"]
EXPECTED = ["refund", "delivery", "none of these", "delivery", "refund"]
GRADER = Labels(NAMES, aliases={"other": "none of these"}, of="intent")
REFERENCE = "\n".join(f"{number}: {label}" for number, label in enumerate(EXPECTED, 1))


def lines(form: str, labels: list[str] = EXPECTED, first: int = 1, end: str = "\n") -> str:
    return end.join(form.format(number, label) for number, label in enumerate(labels, first))


def graded(answer: str) -> Verdict:
    return GRADER.grade(task(REFERENCE), Completion(output=answer))


def read(answer: str) -> list[str | None]:
    return [item["label"] for item in graded(answer).metrics["items"]]


OBJECTS = [{"id": number, "label": label} for number, label in enumerate(EXPECTED, 1)]
RIGHT = {
    "the reference": REFERENCE,
    "points": lines("{}. {}"),
    "brackets": lines("{}) {}"),
    "in brackets": lines("({}) {}"),
    "square brackets": lines("[{}] {}"),
    "dashes": lines("{} - {}"),
    "arrows": lines("{} → {}"),
    "equals": lines("{}={}"),
    "spaces": lines("{} {}"),
    "tabs": lines("{}\t{}"),
    "words in front": lines("Message {}: {}"),
    "more words": lines("Item #{} - {}"),
    "bullets": lines("- {}: {}"),
    "stressed": lines("**{}.** **{}**"),
    "stressed together": lines("**{}: {}**"),
    "with Label:": lines("{}. Label: {}"),
    "other letters": lines("{}. {}").upper(),
    "leading zeros": lines("{:02}. {}"),
    "prose around": f"The labels of the\n5 messages:\n{lines('{}. {}')}\n\nDo you want a delivery, too?",
    "fenced": f"```\n{lines('{}: {}')}\n```",
    "fenced with a name": f"Sure.\n```text\n{lines('{}: {}')}\n```",
    "empty lines between": lines("{}. {}", end="\n\n"),
    "labels on the next line": lines("{}.\n{}"),
    "reasons behind": lines("{}. {} - that is what it says"),
    "reasons below": lines("{}. {}\n   It says so."),
    "items said again": lines("{}. I want my refund or a delivery!: {}"),
    "a table": "| # | label |\n|---|---|\n" + lines("| {} | {} |"),
    "a table with the items": "| # | text | label |\n|:--|---|---|\n"
    + lines("| {} | I want something | {} |"),
    "backwards": "\n".join(reversed(REFERENCE.splitlines())),
    "from 0": lines("{}: {}", first=0),
    "always 1": "\n".join(f"1. {label}" for label in EXPECTED),
    "twice the same": f"{REFERENCE}\n{REFERENCE}",
    "items that are not there": f"{REFERENCE}\n6: refund\n7: delivery",
    "labels alone": "\n".join(EXPECTED),
    "labels alone below a title": "Labels\n" + "\n".join(EXPECTED),
    "labels on one line": ", ".join(EXPECTED),
    "numbers on one line": lines("{}. {}", end="; "),
    "numbers on one line without signs between": lines("{}: {}", end=" "),
    "after thoughts": f"<think>1: delivery</think>\n{REFERENCE}",
    "a JSON list": json.dumps(EXPECTED),
    "a JSON list of lines": json.dumps(REFERENCE.splitlines()),
    "a fenced JSON list": f"```json\n{json.dumps(EXPECTED)}\n```",
    "JSON objects": json.dumps(OBJECTS),
    "JSON objects in another order": json.dumps(OBJECTS[::-1]),
    "JSON objects below a name": json.dumps({"labels": OBJECTS}),
    "JSON objects on lines": "\n".join(map(json.dumps, OBJECTS)),
    "JSON objects without numbers": json.dumps([{"text": "?", "intent": label} for label in EXPECTED]),
    "JSON by number": json.dumps(dict(enumerate(EXPECTED, 1))),
    "JSON by name and number": json.dumps(
        {f"message_{n}": {"label": one} for n, one in enumerate(EXPECTED, 1)}
    ),
    "JSON pairs": json.dumps([list(pair) for pair in enumerate(EXPECTED, 1)]),
    "an alias": REFERENCE.replace("none of these", "other"),
}


@pytest.mark.parametrize("answer", RIGHT.values(), ids=RIGHT)
def test_right_in_many_forms(answer: str) -> None:
    verdict = graded(answer)
    assert verdict.passed, read(answer)
    assert (verdict.score, verdict.metrics["right"], verdict.metrics["missing"]) == (1.0, 5, 0)


R, D, N = NAMES
PARTLY: dict[str, tuple[str, list[str | None]]] = {
    "fewer lines": (lines("{}: {}", EXPECTED[:3]), [R, D, N, None, None]),
    "a number left out": ("1: refund\n2: delivery\n4: delivery\n5: refund", [R, D, None, D, R]),
    "numbers one too high": (lines("{}: {}", first=2), [None, R, D, N, D]),
    "two labels of one": (f"{REFERENCE}\n2: refund", [R, None, N, D, R]),
    "two labels on a line": (REFERENCE.replace("2: delivery", "2: delivery or refund"), [R, None, N, D, R]),
    "one label after another": (REFERENCE.replace("2: delivery", "2: refund → delivery"), [R, None, N, D, R]),
    "two labels in a row": (
        lines("| {} | {} |").replace("2 | delivery", "2 | refund | delivery"),
        [R, None, N, D, R],
    ),
    "no label on a line": (REFERENCE.replace("2: delivery", "2: unsure"), [R, None, N, D, R]),
    "a question": (REFERENCE.replace("2: delivery", "2: delivery?"), [R, None, N, D, R]),
    "cut off": (REFERENCE[:-5], [R, D, N, D, None]),
    "cut off JSON": (json.dumps(OBJECTS)[:-8], [R, D, N, D, None]),
    "fewer JSON objects": (json.dumps(OBJECTS[1:]), [None, D, N, D, R]),
}


@pytest.mark.parametrize(("answer", "labels"), PARTLY.values(), ids=PARTLY)
def test_items_are_judged_by_their_numbers(answer: str, labels: list[str | None]) -> None:
    verdict = graded(answer)
    right = sum(one == other for one, other in zip(labels, EXPECTED, strict=True))
    assert [item["label"] for item in verdict.metrics["items"]] == labels
    assert [item["expected"] for item in verdict.metrics["items"]] == EXPECTED
    assert (verdict.passed, verdict.score, verdict.error_type) == (False, right / 5, "wrong_answer")
    assert verdict.metrics["missing"] == labels.count(None)
    assert verdict.metrics["of"] == "intent"


MALFORMED = {
    "silence": "",
    "one label": "refund",
    "the list of labels": "Labels: refund, delivery, none of these",
    "fewer labels without numbers": "refund\ndelivery\nrefund",
    "more labels without numbers": "\n".join([*EXPECTED, "refund"]),
    "a JSON list with one too many": json.dumps([*EXPECTED, "refund"]),
    "thoughts alone": f"<think>{REFERENCE}</think>",
    "items said again": lines("{}. {}", ["Where is it?", "My refund, please!", "Hi.", "No.", "Well?"]),
    "other words": lines("{}. {}", ["ham", "spam", "ham", "spam", "ham"]),
    "hundreds of nested lists": "[" * 900,
    "white space": f"1: unsure{' ' * 30_000}:x\n" * 2,
    "very many lines": "1: unsure\n" * 9_000,
    "numbers": "1 2 3 4 5",
}


@pytest.mark.parametrize("answer", MALFORMED.values(), ids=MALFORMED)
def test_what_cannot_be_given_to_items_is_malformed(answer: str) -> None:
    verdict = graded(answer)
    assert (verdict.passed, verdict.score, verdict.error_type) == (False, 0.0, "malformed_answer")
    assert read(answer) == [None] * 5  # each still counts as an item


def test_extra_items_are_counted() -> None:
    assert graded(RIGHT["items that are not there"]).metrics["extra"] == 2


@pytest.mark.parametrize("reference", ["1: refund\n3: delivery", "1: refund\n2: bug", "refund", ""])
def test_a_reference_that_cannot_be_is_the_tasks_fault(reference: str) -> None:
    with pytest.raises(ValueError, match=r"file.yaml:7: the reference must have a line"):
        GRADER.grade(task(reference), Completion(output="1: refund"))


@pytest.mark.parametrize(
    ("options", "message"),
    [({"labels": ["a"]}, "labels: must be"), ({"labels": ["a", "b"], "aliases": {"c": "d"}}, "aliases: 'c'")],
)
def test_options_are_checked(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Labels(**options)


def test_guesses_have_a_label_for_each() -> None:
    verdicts = [graded(GRADER.guess(task(REFERENCE), random.Random(seed))) for seed in range(20)]
    assert all(verdict.metrics["missing"] == 0 for verdict in verdicts)
    assert len({verdict.score for verdict in verdicts}) > 2


@settings(max_examples=50)
@given(st.permutations(range(5)), st.lists(st.sampled_from(NAMES), min_size=5, max_size=5))
def test_in_any_order_each_label_goes_to_its_item(order: list[int], labels: list[str]) -> None:
    given_lines = lines("{}: {}", labels).splitlines()
    assert read("\n".join(given_lines[at] for at in order)) == labels


def test_by_number_wants_one_label() -> None:
    assert by_number([(1, "a"), (2, "a"), (2, "b"), (4, "c"), (1, "a")], 3) == ["a", None, None]
