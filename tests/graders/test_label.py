import random
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.graders.label import Label
from harness.records import Completion
from tests.graders.tasks import task

LABELS = ["refund", "delivery", "cancel", "very low"]
GRADER = Label(LABELS, aliases={"refunding": "refund", "shipping": "delivery"})


@pytest.mark.parametrize(
    "answer",
    [
        "refund",
        "  Refund.\n",
        "REFUND!",
        "**Refund**",
        "***refund***",
        "`refund`",
        '"refund"',
        "“refund”",
        "'refund'.",
        "[refund]",
        "<refund>",
        "- refund",
        "> refund",
        "### refund",
        "1. refund",
        "Label: refund",
        "**Label:** refund",
        "label:\n\nrefund",
        "Label: Label: refund",
        "The correct answer: refund",
        "Final answer = refund",
        "Intent: Refund",
        "refunding",
        '{"label": "refund"}',
        '{"Label": "Refund", "confidence": 0.9, "runner_up": "cancel"}',
        '{"intent": "refund"}',
        '```json\n{"label": "refund"}\n```',
        "```\nrefund\n```",
        "<think>cancel? delivery?</think>\nrefund",
        "<THINK>\n<think>cancel</think> delivery</THINK>refund",
        "delivery, hmm</think>refund",
        "The intent is refund.",
        "The intent of this message is **refund**.",
        "I would file this as 'refund'.",
        "This should be a refund intent.",
        "Message → refund",
        "refund\nThe customer wants the money back.",
        "Refund. The customer isn't happy and wants the money back.",
        "The customer wants the money back.\n\nFinal answer: refund",
        "refund\nrefund",
        "refund\nMessage: thank you\nLabel: refund",
        "refund, i.e.\nlabel: refund",
        "refund (confidence: 95 %)",
        "refund - the customer was charged twice",
        "Refund: the customer isn't happy",
        "refund, because the money was taken twice",
        "Label: refund; Reason: it was paid twice.",
        "I would route this to refund.",
        "This ticket belongs to **Refund**",
        "File it under refund",
        '"refund" directly matches one of the classes, so it is classified as "refund".',
        "\\boxed{refund}",
        "$\\boxed{\\text{Refund}}$",
        "Refund 💸",
        "<label>refund</label>",
        "<answer>refund</answer>",
        "Label - refund",
        "Refund intent",
        "`refund` is the most fitting label.",
        "The correct label is `refund`, because the customer paid twice.",
        "{'label': 'refund'}",
        '[{"label": "refund"}]',
    ],
)
def test_counts_as_the_label(answer: str) -> None:
    assert GRADER.read(answer) == "refund"


@pytest.mark.parametrize(
    "answer",
    [
        "",
        " \n ",
        "...",
        "Label:",
        "money back",
        "refunds",
        "prerefund",
        "non-refund",
        "refund?",
        "refund, right?",
        "Is refund the label, or what?",
        "refund is the wrong label",
        "refund request",
        "refund - or a delivery",
        "refund (not a delivery)",
        "The customer wants to cancel",
        "not refund, because it was never paid",
        "Is it: refund?",
        "refund 7",
        "refund refund",
        "refund/refund",
        "refund, delivery, cancel, very low",
        "Labels: refund, delivery, cancel, very low",
        "Labels: refund, delivery, cancel, very low\nLabel: refund",
        "refund or cancel",
        "refund\ncancel",
        "refund (not shipping)",
        "refund\n\nIt is not about a delivery.",
        "refund\nMessage: stop it\nLabel: cancel",
        "This is not refund.",
        "This isn't a refund.",
        "This isn’t: refund",
        "It cannot be classified as refund.",
        "Nobody would say it is refund",
        "Label: not refund",
        "I want a refund",
        "The refund is late",
        "A refund",
        "The message tells at great length what went wrong with the order from the first day to the last, "
        "and so the label is refund",
        "<think>refund",
        "<think>refund</think>",
        '{"label": "refund"',
        '{"label": "refund"} or so',
        '{"label": ["refund"]}',
        '{"label": "refund", "label": "cancel"}',
        '{"label": "refund or cancel"}',
        '{"label": "sorry", "text": "refund"}',
        '{"first": "refund", "second": "cancel"}',
        '{"label": null}',
        '{"label": ' * 3000,
        f"refund{' ' * 30_000}x",
        "Rückerstattung",
        "réfund",
        "re fund",
    ],
)
def test_counts_as_nothing(answer: str) -> None:
    assert GRADER.read(answer) is None


@pytest.mark.parametrize(
    "answer", ["very low", "Very-Low", "very_low", "**Very low**", "Priority: very low."]
)
def test_labels_of_two_words(answer: str) -> None:
    assert GRADER.read(answer) == "very low"


@pytest.mark.parametrize(
    "answer",
    ["It is written in German.", "The text is in German", "german", "Deutsch", "It is all in German."],
)
def test_languages(answer: str) -> None:
    assert Label(["English", "German"], aliases={"Deutsch": "German"}).read(answer) == "German"


def test_a_longer_label_hides_the_shorter_one_inside_it() -> None:
    grader = Label(["low", "very low"])
    assert grader.read("The priority is very low.") == "very low"
    assert grader.read("very low, or low") is None


@pytest.mark.parametrize(
    ("answer", "error_type", "label"),
    [
        ("Refund", None, "refund"),
        ("shipping", "wrong_answer", "delivery"),
        ("refund or delivery", "malformed_answer", None),
        ("", "malformed_answer", None),
    ],
)
def test_grade_keeps_what_a_confusion_matrix_needs(
    answer: str, error_type: str | None, label: str | None
) -> None:
    verdict = GRADER.grade(task("refund"), Completion(output=answer))
    assert (verdict.passed, verdict.error_type) == (error_type is None, error_type)
    assert verdict.metrics == {"label": label, "expected": "refund"}


def test_a_reference_outside_the_labels_is_the_suites_fault() -> None:
    with pytest.raises(ValueError, match=r"file.yaml:7: the reference 'bug' is not one of the labels"):
        GRADER.grade(task("bug"), Completion(output="refund"))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"labels": "refund"}, "labels: must be a list"),
        ({"labels": ["refund"]}, "labels: must be a list of at least two"),
        ({"labels": [True, False]}, "labels: .*quote yes, no"),
        ({"labels": ["a", "A."]}, "labels: .*twice"),
        ({"labels": ["a", "-"]}, "labels: .*empty"),
        ({"labels": ["a", "b"], "aliases": ["c"]}, "aliases: must map"),
        ({"labels": ["a", "b"], "aliases": {"c": "d"}}, "aliases: 'c' stands for 'd'"),
        ({"labels": ["a", "b"], "aliases": {"B": "a"}}, "labels: .*twice"),
        ({"labels": ["a", "b"], "scoring": "likely"}, "scoring: must be generate or loglik, not 'likely'"),
    ],
)
def test_options_are_checked(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Label(**options)


def test_guess_draws_every_label_and_only_labels() -> None:
    rng = random.Random(3)
    assert {GRADER.guess(task("refund"), rng) for _ in range(100)} == set(LABELS)


@given(
    st.sampled_from(LABELS),
    st.lists(st.sampled_from(["**", "_", "`", '"', " ", "\n"]), max_size=4),
    st.sampled_from([str.upper, str.title, str.lower]),
)
def test_any_wrapping_leaves_the_label(label: str, wrapping: list[str], case: Any) -> None:
    wrapped = "".join(wrapping) + case(label) + "".join(reversed(wrapping))
    assert GRADER.read(wrapped) == label


@given(st.permutations(LABELS), st.integers(2, 4), st.text(string.ascii_lowercase + " ,/\n.:*", max_size=20))
def test_two_labels_are_never_an_answer(labels: list[str], count: int, between: str) -> None:
    assert GRADER.read(f" {between} ".join(labels[:count])) is None
