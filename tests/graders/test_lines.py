"""Line numbers are compared as sets; a changed grader is noticed."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import Any

import pytest

from harness.graders import lines
from harness.graders.lines import Lines, agreement
from harness.jsontext import parse_strict
from harness.messages import Message
from harness.records import Completion
from tests.graders.tasks import task

SIX = task("[3, 9, 27, 81, 100, 201]")
NONE = task("[]")


def test_six_anomalies_of_which_five_are_among_eight_that_are_named() -> None:
    verdict = Lines().grade(SIX, Completion(output="[3, 9, 27, 81, 100, 1, 2, 4]"))
    assert (verdict.metrics["precision"], verdict.metrics["recall"]) == (5 / 8, 5 / 6)
    assert [round(value, 3) for value in agreement(6, 8, 5)] == [0.625, 0.833, 0.714]
    assert round(verdict.score, 3) == 0.714
    assert not verdict.passed


ANSWERS: dict[str, tuple[Any, str, float, str | None]] = {
    "all": (SIX, "[3, 9, 27, 81, 100, 201]", 1.0, None),
    "another order, one twice": (SIX, "[201, 100, 81, 27, 9, 3, 3]", 1.0, None),
    "without brackets": (SIX, "3, 9, 27, 81, 100, 201.", 1.0, None),
    "a line each": (SIX, "3\n9\n27\n81\n100\n201", 1.0, None),
    "in a fence": (SIX, "```json\n[3, 9, 27, 81, 100, 201]\n```", 1.0, None),
    "behind prose": (SIX, "Order 4711 [see 12] is odd: [3, 9, 27, 81, 100, 201].", 1.0, None),
    "half": (SIX, "[3, 9, 27]", 6 / 9, "wrong_answer"),
    "nothing, though there is something": (SIX, "[]", 0.0, "wrong_answer"),
    "every line": (SIX, str(list(range(1, 301))), 12 / 306, "wrong_answer"),
    "no line has this number": (SIX, "[0, 9999]", 0.0, "wrong_answer"),
    "in words": (SIX, "Line 3 and line 9 look odd", 0.0, "malformed_answer"),
    "in a sentence": (SIX, "The anomalies are lines 3, 9, 27, 81, 100, and 201.", 1.0, None),
    "behind a word": (SIX, "I looked at 300 lines.\nAnswer: 3, 9, 27, 81, 100 and 201", 1.0, None),
    "in a list": (SIX, "- 3\n- 9\n- 27\n- 81\n- 100\n- 201", 1.0, None),
    "in a numbered list": (
        SIX,
        "1. Line 3: paid twice\n2. **Line 9** - late\n3. line 27",
        6 / 9,
        "wrong_answer",
    ),
    "as texts": (SIX, '["3", "9", "line 27"]', 6 / 9, "wrong_answer"),
    "as objects": (SIX, '[{"line": 3, "why": "x"}, {"line": 9}, {"Line": 27}]', 6 / 9, "wrong_answer"),
    "in an object": (SIX, '{"anomalies": [3, 9, 27]}', 6 / 9, "wrong_answer"),
    "lines of the log": (SIX, "3 08:00:01 order 4\n9 08:00:09 order 5", 0.0, "malformed_answer"),
    "a refusal": (NONE, "I'm sorry, but I can't read logs.", 0.0, "malformed_answer"),
    "none, in a sentence": (NONE, "There are no anomalies in this log.", 1.0, None),
    "other texts": (SIX, '["three", "9"]', 0.0, "malformed_answer"),
    "halves": (SIX, "[3.5, 9]", 0.0, "malformed_answer"),
    "yes and no": (SIX, "[true]", 0.0, "malformed_answer"),
    "an object": (SIX, '{"lines": 3}', 0.0, "malformed_answer"),
    "empty": (SIX, "", 0.0, "malformed_answer"),
    "none, and there is none": (NONE, "[]", 1.0, None),
    "none, as a word": (NONE, "None.", 1.0, None),
    "one, and there is none": (NONE, "[3]", 0.0, "wrong_answer"),
    "silence where there is none": (NONE, "", 0.0, "malformed_answer"),
}


def misjudged() -> list[str]:
    wrong = []
    for name, (of, answer, score, error) in ANSWERS.items():
        verdict = Lines().grade(of, Completion(output=answer))
        if (verdict.passed, verdict.error_type) != (score == 1, error) or abs(verdict.score - score) > 1e-12:
            wrong.append(name)
    return wrong


def test_every_answer_is_judged_as_the_table_says() -> None:
    assert misjudged() == []


def _recall_only(expected: int, named: int, right: int) -> tuple[float, float, float]:
    return 1.0, 1.0, right / expected if expected else float(not named)


@pytest.mark.parametrize(
    ("name", "mutation"),
    [
        ("agreement", _recall_only),  # too lenient: who names every line has all
        (
            "agreement",
            lambda expected, named, right: (0, 0, 2 * right / (expected + named + 1)),
        ),  # too strict
        ("read_numbers", lambda output: frozenset(map(int, re.findall(r"\d+", output)))),  # too lenient
        ("read_numbers", lambda output: frozenset(map(str, parse_strict(output)))),  # too strict
    ],
)
def test_a_mutated_grader_is_caught(monkeypatch: pytest.MonkeyPatch, name: str, mutation: Any) -> None:
    monkeypatch.setattr(lines, name, mutation)
    assert misjudged()


def test_guesses_are_numbers_of_lines() -> None:
    shown = replace(SIX, messages=(Message("user", "Rules\n1 a\n2 b\n  17 c\nend 99"),))
    for seed in range(20):
        assert lines.read_numbers(Lines().guess(shown, random.Random(seed))) <= {1, 2, 17}
