"""The grader ``checks``: shares, the loose reading, and what it says of options."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from harness.errors import ConfigError
from harness.graders import build_grader
from harness.graders.checks import Checks
from harness.records import Completion, GraderSpec
from tests.graders.tasks import task

TWO: list[dict[str, Any]] = [
    {"length": {"words": [2, 3]}},
    {"facts": {"all": ["blue"]}},
    {"lacks": {"phrases": ["red"]}},
]


def _grade(answer: str, checks: list[dict[str, Any]] = TWO) -> Any:
    return Checks(checks).grade(task("r", "w"), Completion(output=answer))


def test_shares() -> None:
    assert (_grade("so blue").passed, _grade("so blue").score) == (True, 1.0)
    verdict = _grade("a red sea")
    assert (verdict.passed, verdict.error_type) == (False, "wrong_answer")
    assert verdict.score == pytest.approx(1 / 3)
    assert verdict.metrics["checks"] == {"length": True, "facts": False, "lacks": False}
    assert verdict.error == "facts: it lacks 'blue'; lacks: it has 'red'"


@pytest.mark.parametrize("answer", ["", "  \n", "<think>so blue</think>"])
def test_silence_scores_nothing(answer: str) -> None:
    assert (_grade(answer).score, _grade(answer).error_type) == (0.0, "malformed_answer")


@pytest.mark.parametrize(
    ("answer", "loose"),
    [
        ("Sure, here it is for you:\nso blue", True),
        ("so blue\nI hope that this helps you!", True),
        ("Here you are, my friend:\nso blue\nLet me know!", True),
        ("so **blue** is the sea", False),
    ],
)
def test_the_loose_reading_stands_beside(answer: str, loose: bool) -> None:
    verdict = _grade(answer)
    assert (verdict.passed, verdict.metrics["loose_passed"]) == (False, loose)
    assert verdict.metrics["loose"] >= verdict.score


def test_reasoning_is_no_answer() -> None:
    assert _grade("<think>red red red red red</think>so blue").passed


def test_checks_of_a_kind_are_numbered() -> None:
    grader = Checks([{"facts": {"all": ["a", ["b", "c"]]}}, {"facts": {"all": ["d"]}}, {"plain": None}])
    assert list(grader.named) == ["facts", "facts 2", "plain"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"all": []}, "must be a list of checks"),
        ({"all": [{"lenght": {}}]}, "unknown check 'lenght'; did you mean length?"),
        ({"all": [{"length": {}, "facts": {}}]}, "one kind with its options"),
        ({"all": [{"length": [1, 2]}]}, "options of 'length' must be a mapping"),
        ({"all": [{"length": {"words": ["a", 2]}}]}, "'words' must be"),
        ({"all": [{"facts": {"al": ["a"]}}]}, "unknown key 'al' in check 'facts'"),
        ({"all": [{"headings": {}}]}, "check 'headings' lacks 'titles'"),
    ],
)
def test_options_are_one_line(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ConfigError, match=words) as error:
        build_grader(replace(task("r", "w"), grader=GraderSpec("checks", options)))
    assert str(error.value).startswith("file.yaml:7: ")
