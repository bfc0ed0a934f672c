"""Texts are checked by length and phrases, whole words only."""

from __future__ import annotations

from typing import Any

import pytest

from harness.graders import wording
from harness.graders.wording import Wording
from harness.records import Completion
from tests.graders.tasks import task

GRADER = Wording(words=[4, 8], has=["Ada", "201"], lacks=["sorry"])
ANSWERS = {
    "right": ("Dear Ada, it is 201 euros.", None),
    "in another case": ("DEAR ADA: 201 euros", None),
    "the fewest words": ("Ada, it's 201!", "wrong_answer"),
    "one more": ("Ada, well: it's 201!", None),
    "too many": ("Dear Ada, it is 201 euros in all, as said", "wrong_answer"),
    "part of a word": ("Dear Adam, it is 201 euros.", "wrong_answer"),
    "part of a number": ("Dear Ada, it is 2011 euros.", "wrong_answer"),
    "a word that it must not have": ("Sorry, Ada, it is 201 euros.", "wrong_answer"),
    "within another": ("Ada, the sorrysome sum is 201", None),
    "nothing": (" \n", "malformed_answer"),
}


def misjudged() -> list[str]:
    verdicts = {name: GRADER.grade(task("x"), Completion(output=text)) for name, (text, _) in ANSWERS.items()}
    return [name for name, verdict in verdicts.items() if verdict.error_type != ANSWERS[name][1]]


def test_every_answer_is_judged_as_the_table_says() -> None:
    assert misjudged() == []


@pytest.mark.parametrize(
    "mutation",
    [
        lambda text, phrase: (
            phrase.lower() in text.lower()
        ),  # too lenient for what it has, too strict otherwise
        lambda text, phrase: phrase in text.split(),  # too strict: case and punctuation
    ],
)
def test_a_mutated_grader_is_caught(monkeypatch: pytest.MonkeyPatch, mutation: Any) -> None:
    monkeypatch.setattr(wording, "_has", mutation)
    assert misjudged()


def test_words_are_the_fewest_and_the_most() -> None:
    with pytest.raises(ValueError, match="fewest"):
        Wording(words=[5, 2])
