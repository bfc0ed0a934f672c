"""Questions and answers: numbers, labels, texts, and ways of writing a right one."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import ConfigError
from harness.importers import read
from harness.importers.answers import by_choice, graded, number_of
from tests.importers.conftest import ProveTexts, WriteItems


def tasks(items: Any, write_items: WriteItems, **fields: str) -> list[Any]:
    return list(read("gsm8k", write_items(items), fields=fields).tasks)


def test_what_stands_behind_the_mark_is_the_number(write_items: WriteItems, prove_texts: ProveTexts) -> None:
    items = [
        {"question": "How many jars?", "answer": "9 a crate: 9*4=<<9*4=36>>36.\n#### 36"},
        {"question": "How much?", "answer": "A lot.\n#### $1,250.50"},
        {"question": "How cold?", "answer": "#### first\n####  −7"},
        {"question": "Which part?", "answer": "3/4"},
    ]
    imported = read("gsm8k", write_items(items))
    assert [task["reference"] for task in imported.tasks] == ["36", "1250.50", "-7", "3/4"]
    assert {tuple(task["grader"]) for task in imported.tasks} == {("numeric",)}
    assert imported.category == "math"
    assert "<<" not in imported.tasks[0]["prompt"]
    assert prove_texts(imported) == {}


def test_other_answers_are_compared_as_text_or_label(
    write_items: WriteItems, prove_texts: ProveTexts
) -> None:
    items: list[dict[str, Any]] = [
        {"id": "capital", "question": "Capital of Norway?", "answer": "Oslo"},
        {"id": "ways", "question": "Who wrote it?", "answer": ["A. Nowak", "Anna Nowak"]},
        {"id": "essay", "question": "Why?", "answer": "Because. " * 40},
    ]
    imported = read("gsm8k", write_items(items))
    capital, ways, essay = imported.tasks
    assert capital["grader"] == {"exact": {"ignore_case": True, "ignore_punctuation": True}}
    assert ways["grader"]["exact"]["accept"] == ["Anna Nowak"]
    assert essay["skip"] == "the answer is a text of 359 characters: only a judge could compare it"
    assert prove_texts(imported) == {}
    yes_no = [{"question": f"Is {n} even?", "answer": "no" if n % 2 else "yes"} for n in range(6)]
    (first, *_) = tasks(yes_no, write_items)
    assert first["grader"] == {"label": {"labels": ["no", "yes"]}}
    assert first["prompt"].endswith("Answer with one of these alone: no, yes")


def test_keys_may_have_other_names(write_items: WriteItems) -> None:
    (task,) = tasks(
        [{"q": "Two?", "a": {"value": 2.0}, "nr": 5}], write_items, question="q", answer="a.value", id="nr"
    )
    assert (task["id"], task["prompt"].splitlines()[0], task["reference"]) == ("5", "Two?", "2")


@pytest.mark.parametrize(
    ("item", "complaint"),
    [
        ({"question": "x"}, ":1: 'answer' or .* is missing; there are question; name one with --field"),
        ({"question": "x", "answer": None}, ":1: 'answer' is empty"),
        ({"question": "x", "answer": []}, ":1: 'answer' is empty"),
        ({"question": "x", "answer": float("nan")}, ":1: 'answer' is empty"),
        ({"question": "", "answer": "1"}, ":1: 'question' is empty"),
        ({"question": ["x"], "answer": "1"}, ":1: 'question' must be text, not a list"),
        ({"question": "x", "answer": {"a": 1}}, ":1: 'answer' must be text, not an object"),
        ({"question": "x", "answer": "so it is\n#### "}, ":1: nothing stands behind the last ####"),
    ],
)  # fmt: skip
def test_a_wrong_item_is_named(write_items: WriteItems, item: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint) as error:
        tasks([item], write_items)
    assert "\n" not in str(error.value)


@given(st.integers(-(10**9), 10**9), st.sampled_from(["{}", "${}", "{} %", "€ {}", " {}. "]), st.booleans())
def test_whole_numbers_in_any_dress(number: int, dress: str, grouped: bool) -> None:
    read = number_of(dress.format(f"{number:,}" if grouped else number))
    assert read is not None
    assert Fraction(read) == number


@pytest.mark.parametrize(
    "text", ["", "five", "3 apples", "1,23", "12:30", "2x", "3 or 4", "1e5", "٣", "-", "1/0"]
)
def test_what_is_more_than_a_number_is_none(text: str) -> None:
    assert number_of(text) is None


def test_labels_that_a_grader_would_not_tell_apart_are_texts() -> None:
    answers = [["on-off"], ["on off"], ["(x)"], ["!"]] * 4
    assert {next(iter(answer.grader)) for answer in graded(answers)} == {"exact"}


def test_choices_of_one_wording_have_letters_alone() -> None:
    answer = by_choice(["None", "none.", "A", "Rain"], 3)
    options = answer.grader["label"]
    assert (answer.reference, options["labels"]) == ("D", ["A", "B", "C", "D"])
    assert set(options["aliases"].values()) == {"D"}
    assert "B. none." in answer.ask
