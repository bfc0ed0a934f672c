"""Entities out of a text: the five counts and what they come to, the forms of answers, what is no answer."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.graders.extraction import Extraction, ExtractionScore
from harness.graders.matching import most_pairs
from harness.messages import Message
from harness.records import Completion, Task, Verdict
from tests.graders.tasks import task

TEXT = (
    "On 12 March Ada Lowe left the Harbour Bank of Oslo for Lyon, where Tom Reed had bought 300 shares "
    "of Kite & Sons. Lowe's flat in Oslo costs 1,200 euros, said Mara."
)
ENTITIES = [
    ("person", "Ada Lowe"),
    ("person", "Tom Reed"),
    ("person", "Mara"),
    ("organisation", "Harbour Bank of Oslo"),
    ("organisation", "Kite & Sons"),
    ("place", "Lyon"),
    ("amount", "1,200 euros"),
]
GRADER = Extraction(
    types=["person", "organisation", "place", "amount"],
    aliases={"PER": "person", "ORG": "organisation", "organization": "organisation", "LOC": "place"},
    accept={"Lyon": ["Lyons"]},
)


def listed(*entities: tuple[str, str]) -> str:
    return json.dumps([{"type": of, "text": text} for of, text in entities])


def about(entities: list[tuple[str, str]] = ENTITIES, text: str = TEXT) -> Task:
    return replace(task(listed(*entities)), messages=(Message("user", f"Which entities?\n{text}"),))


def graded(answer: str, grader: Extraction = GRADER) -> Verdict:
    return grader.grade(about(), Completion(output=answer))


def counts(verdict: Verdict) -> tuple[int, ...]:
    names = ("correct", "partial", "incorrect", "missing", "spurious")
    return tuple(verdict.metrics[name] for name in names)


def test_the_counts_give_the_reference_measures() -> None:
    score = ExtractionScore(correct=3, partial=2, incorrect=1, missing=1, spurious=2)
    assert (score.precision(), round(score.recall(), 3)) == (0.5, 0.571)
    assert (score.precision(0), round(score.recall(0), 3)) == (0.375, 0.429)
    assert score.f1() == pytest.approx(2 * 0.5 * (4 / 7) / (0.5 + 4 / 7))
    assert ExtractionScore().f1() == ExtractionScore().precision() == ExtractionScore().recall() == 1.0


def test_an_answer_with_every_kind_of_entity_has_these_counts() -> None:
    answer = listed(
        ("person", "Tom Reed"),
        ("person", "Mara"),
        ("place", "lyon."),
        ("person", "Lowe"),
        ("organisation", "the Harbour Bank"),
        ("place", "Kite & Sons"),
        ("place", "Paris"),
        ("person", "12 March"),
    )
    verdict = graded(answer)
    assert counts(verdict) == (3, 2, 1, 1, 2)
    assert not verdict.passed
    assert verdict.error_type == "wrong_answer"
    assert (verdict.metrics["precision"], round(verdict.metrics["recall"], 3)) == (0.5, 0.571)
    assert verdict.score == verdict.metrics["f1"] > verdict.metrics["exact_f1"]


BY_TYPE = {
    "person": ["Ada Lowe", "Tom Reed", "Mara"],
    "organisation": ["Harbour Bank of Oslo", "Kite & Sons"],
    "place": ["Lyon"],
    "amount": ["1,200 euros"],
}
RIGHT = {
    "the reference": listed(*ENTITIES),
    "another order": listed(*reversed(ENTITIES)),
    "some of them twice": listed(*ENTITIES, *ENTITIES[:3]),
    "fenced": f"Here they are:\n```json\n{listed(*ENTITIES)}\n```\nThat is all.",
    "among prose": f"I found these: {listed(*ENTITIES)}",
    "after thoughts": f"<think>Paris?</think>{listed(*ENTITIES)}",
    "other letters and quotation marks": listed(*[(of.upper(), f"“{text}”") for of, text in ENTITIES]),
    "in an object": json.dumps({"entities": json.loads(listed(*ENTITIES))}),
    "with other keys": json.dumps([{"label": of, "entity": text, "score": 0.9} for of, text in ENTITIES]),
    "abbreviated": listed(
        *[
            ({"person": "PER", "place": "LOC", "organisation": "ORG"}.get(of, of), text)
            for of, text in ENTITIES
        ]
    ),
    "pairs": json.dumps([[text, of] for of, text in ENTITIES]),
    "by type": json.dumps(BY_TYPE),
    "by type in the plural, with a type that has none": json.dumps(
        {f"{of}s": texts for of, texts in BY_TYPE.items()} | {"LOC": None, "ORG": [], "PER": ["N/A"]}
    ),
    "objects by type": json.dumps({of: [{"text": text} for text in texts] for of, texts in BY_TYPE.items()}),
    "by type, with what else was said": json.dumps({"count": 7, "entities": BY_TYPE, "sure": True}),
    "texts of a type in a list": json.dumps([{"type": of, "text": texts} for of, texts in BY_TYPE.items()]),
    "a line each of JSON": "\n".join(json.dumps({"type": of, "text": text}) for of, text in ENTITIES),
    "a line each": "\n".join(f"{of}: {text}" for of, text in ENTITIES),
    "tabs": "\n".join(f"{text}\t{of}" for of, text in ENTITIES),
    "bullets": "Entities:\n" + "\n".join(f"- **{text}** ({of.title()})" for of, text in ENTITIES),
    "numbered": "\n".join(f"{at}. {text} → {of}" for at, (of, text) in enumerate(ENTITIES, 1)),
    "several in a line": "\n".join(f"{of.title()}s: {', '.join(texts)}" for of, texts in BY_TYPE.items()),
    "below their types": "\n".join(
        f"**{of.title()}s:**\n" + "\n".join(f"- {text}" for text in texts) for of, texts in BY_TYPE.items()
    ),
    "a table": "| type | text |\n|---|---|\n" + "\n".join(f"| {of} | {text} |" for of, text in ENTITIES),
    "accepted words": listed(*[(of, text.replace("Lyon", "Lyons")) for of, text in ENTITIES]),
}


@pytest.mark.parametrize("answer", RIGHT.values(), ids=RIGHT)
def test_right_in_many_forms(answer: str) -> None:
    verdict = graded(answer)
    assert verdict.passed, verdict.error
    assert counts(verdict) == (7, 0, 0, 0, 0)


MALFORMED = {
    "silence": "",
    "thoughts alone": f"<think>{listed(*ENTITIES)}</think>",
    "prose": "Ada Lowe left a bank for Lyon.",
    "a number": "7",
    "texts without types": json.dumps(["Ada Lowe", "Lyon"]),
    "numbers": "[1, 2, 3]",
    "a type and no text": '[{"type": "person"}]',
    "white space": f"person{' ' * 20_000}Ada\n" * 2,
    "many brackets": "Ada (" * 9_000,
    "hundreds of nested lists": "[" * 900,
}


@pytest.mark.parametrize("answer", MALFORMED.values(), ids=MALFORMED)
def test_what_lists_nothing_is_malformed(answer: str) -> None:
    verdict = graded(answer)
    assert (verdict.passed, verdict.score, verdict.error_type) == (False, 0.0, "malformed_answer")
    assert counts(verdict) == (0, 0, 0, 7, 0)


PARTLY = {
    "nothing": ("[]", (0, 0, 0, 7, 0)),
    "JSON that is cut off": (listed(*ENTITIES[:3])[:-5], (2, 0, 0, 5, 0)),
    "nothing in words": ("None.", (0, 0, 0, 7, 0)),
    "a name in two": (listed(("person", "Ada"), ("person", "Lowe")), (0, 1, 0, 6, 1)),
    "a word that is part of a word": (listed(("amount", "200"), ("amount", "euro")), (0, 1, 0, 6, 1)),
    "the whole text": (listed(*[(of, TEXT) for of in GRADER.types]), (0, 0, 0, 7, 4)),
    "one of two that are in it": (listed(("person", "Lowe")), (0, 1, 0, 6, 0)),
    "not in the text": (listed(("person", "Ada Lovelace")), (0, 0, 0, 7, 1)),
    "an unknown type": (listed(("date", "12 March"), ("company", "Kite & Sons")), (0, 0, 1, 6, 1)),
    "by type, one of them unknown": (json.dumps({"place": ["Lyon"], "date": ["12 March"]}), (1, 0, 0, 6, 1)),
    "every type for one": (listed(*[(of, "Lyon") for of in GRADER.types]), (1, 0, 0, 6, 3)),
}


@pytest.mark.parametrize(("answer", "expected"), PARTLY.values(), ids=PARTLY)
def test_wrong_and_half_right(answer: str, expected: tuple[int, ...]) -> None:
    verdict = graded(answer)
    assert counts(verdict) == expected
    assert not verdict.passed
    assert verdict.score < 0.5


def test_a_text_without_entities() -> None:
    nothing = about([])
    assert GRADER.grade(nothing, Completion(output="[]")).passed
    assert GRADER.grade(nothing, Completion(output='{"person": [], "place": []}')).passed
    verdict = GRADER.grade(nothing, Completion(output=listed(("person", "Ada Lowe"))))
    assert (verdict.passed, verdict.score) == (False, 0.0)


@pytest.mark.parametrize("answer", ['["300 shares", "1,200 euros"]', "amounts: 300 shares, 1,200 euros"])
def test_of_one_type_the_texts_are_enough(answer: str) -> None:
    shares = about([("amount", "1,200 euros"), ("amount", "300 shares")])
    assert Extraction(types=["amount"]).grade(shares, Completion(output=answer)).passed


@pytest.mark.parametrize(
    ("entities", "message"),
    [
        ([("person", "Ada Lovelace")], "does not stand in the prompt"),
        ([("date", "12 March")], "none of the types"),
    ],
)
def test_a_reference_that_cannot_be_is_the_tasks_fault(entities: list[tuple[str, str]], message: str) -> None:
    with pytest.raises(ValueError, match=f"file.yaml:7: .*{message}"):
        GRADER.grade(about(entities), Completion(output="[]"))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"types": []}, "types: must be"),
        ({"types": ["a", "A"]}, "types: .*twice"),
        ({"types": ["a"], "aliases": {"b": "c"}}, "aliases: 'b' stands for 'c'"),
    ],
)
def test_options_are_checked(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Extraction(**options)


@settings(max_examples=60)
@given(st.sets(st.sampled_from(ENTITIES)), st.sets(st.sampled_from(ENTITIES)))
def test_every_expected_and_every_given_one_is_counted_once(
    expected: set[tuple[str, str]], named: set[tuple[str, str]]
) -> None:
    verdict = GRADER.grade(about(sorted(expected)), Completion(output=listed(*sorted(named))))
    correct, partial, incorrect, missing, spurious = counts(verdict)
    assert correct == len(expected & named)
    assert correct + partial + incorrect + missing == len(expected)
    assert correct + partial + incorrect + spurious == len(named)
    assert verdict.passed == (expected == named)


@settings(max_examples=60)
@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), max_size=5))
def test_as_many_pairs_as_can_be(fits: list[list[bool]]) -> None:
    pairs = most_pairs(range(len(fits)), range(4), lambda one, other: fits[one][other])
    assert len(set(pairs.values())) == len(pairs)
    assert all(fits[one][other] for one, other in pairs.items())

    def best(one: int, free: frozenset[int]) -> int:
        if one == len(fits):
            return 0
        taken = [1 + best(one + 1, free - {other}) for other in free if fits[one][other]]
        return max([best(one + 1, free), *taken])

    assert len(pairs) == best(0, frozenset(range(4)))


def test_guesses_are_lists() -> None:
    assert {counts(graded(GRADER.guess(about(), random.Random(seed))))[0] < 5 for seed in range(20)} == {True}
