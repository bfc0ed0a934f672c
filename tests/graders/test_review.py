"""Findings are matched with planted defects one to one; what is left over on either side counts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from harness.graders import build_grader, review
from harness.graders.review import Defect, Finding, Planted, Review, ReviewScore, matched, read_findings
from harness.records import Completion, Suite, Task
from harness.sandbox.base import Sandbox
from harness.suites import load_suite
from harness.suites.coded import KINDS
from tests.graders.tasks import task

FILES = {
    "a.py": "".join(f"x{number} = {number}\n" for number in range(1, 41)),
    "b.py": "y = 1\n",
}
DEFECTS = (
    Defect("x5 = 5\n", "x5 = 6\n", ("wrong_value",)),
    Defect("x20 = 20\n", "", ("missing_case", "state")),
    Defect("x30 = 30\n", "x30 = 31\nx = 0\n", ("arithmetic",)),
)
GRADER = Review(FILES, DEFECTS, tuple(KINDS), "", "python")
TASK = task("")


def found(*findings: tuple[str, int, str]) -> str:
    return json.dumps([{"file": file, "line": line, "kind": kind} for file, line, kind in findings])


def score(answer: str, grader: Review = GRADER) -> float:
    return grader.grade(TASK, Completion(output=answer)).score


RIGHT = (("a.py", 5, "wrong_value"), ("a.py", 20, "state"), ("a.py", 29, "arithmetic"))


def test_three_planted_four_named_two_right() -> None:
    fixture = ReviewScore(planted=3, named=4, right=2)
    values = (fixture.precision, fixture.recall, fixture.f(), fixture.f(0.5))
    assert [round(value, 3) for value in values] == [0.5, 0.667, 0.571, 0.526]
    answer = found(*RIGHT[:2], ("a.py", 10, "state"), ("b.py", 1, "state"))
    verdict = GRADER.grade(TASK, Completion(output=answer))
    assert (round(verdict.score, 3), verdict.passed) == (0.526, False)
    assert verdict.metrics == {
        "planted": 3,
        "named": 4,
        "right": 2,
        "right_place": 2,
        "clean_files": 1,
        "false_alarms_in_clean_files": 1,
    }


SCORES: dict[str, tuple[str, float]] = {
    "all, and nothing else": (found(*RIGHT), 1.0),
    "in a fence, with words": (f"Three:\n```json\n{found(*RIGHT)}\n```\nThat is all.", 1.0),
    "in an object, other spellings": (
        '{"defects": [{"file": "src/a.py", "line": "L5", "kind": "Wrong-Value"}, {"file": "a.py", "line": 20,'
        ' "kind": "missing case"}, {"file": "./a.py", "line": "29", "kind": "arithmetic", "why": "?"}]}',
        1.0,
    ),
    "two lines off": (
        found(("a.py", 3, "wrong_value"), ("a.py", 18, "state"), ("a.py", 32, "arithmetic")),
        1.0,
    ),
    "three lines off": (found(("a.py", 2, "wrong_value"), *RIGHT[1:]), ReviewScore(3, 3, 2).f(0.5)),
    "another kind": (found(("a.py", 5, "order"), *RIGHT[1:]), ReviewScore(3, 3, 2).f(0.5)),
    "another file": (found(("b.py", 5, "wrong_value"), *RIGHT[1:]), ReviewScore(3, 3, 2).f(0.5)),
    "one of them twice": (found(*RIGHT, RIGHT[0]), ReviewScore(3, 4, 3).f(0.5)),
    "one missed": (found(*RIGHT[:2]), ReviewScore(3, 2, 2).f(0.5)),
    "nothing": ("[]", 0.0),
    "no list": ("There are no defects.", 0.0),
    "a list of others": ("[5, 20, 29]", 0.0),
    "no line": ('[{"file": "a.py", "kind": "state"}]', 0.0),
    "empty": ("", 0.0),
}


def misjudged() -> list[str]:
    return [name for name, (answer, value) in SCORES.items() if abs(score(answer) - value) > 1e-9]


def test_scores() -> None:
    assert misjudged() == []
    assert not GRADER.grade(TASK, Completion(output=SCORES["one of them twice"][0])).passed


def test_clean_code_takes_no_alarm() -> None:
    clean = Review(FILES, (), tuple(KINDS), "", "python")
    assert [score("[]", clean), score(found(RIGHT[0]), clean), score("", clean)] == [1.0, 0.0, 0.0]


def test_matching_is_a_maximum() -> None:
    defects = [Planted("a", line, line, frozenset({"state"})) for line in (10, 12, 14)]
    findings = [Finding("a", line, "state") for line in (12, 10, 16)]  # 12 is near all three
    assert matched(defects, findings) == 3
    assert matched(defects, findings[:1] * 3) == 3
    assert matched(defects[:1], findings * 5) == 1


@pytest.mark.parametrize(
    ("name", "mutation"),
    [
        ("NEAR", 3),  # too lenient: a line further off
        ("NEAR", 0),  # too strict
        ("BETA", 2.0),  # too lenient with false alarms
        ("matched", lambda planted, findings, any_kind=False: matched(planted, findings, any_kind=True)),
        ("matched", lambda planted, findings, any_kind=False: max(0, matched(planted, findings) - 1)),
    ],
)
def test_a_mutated_grader_is_caught(monkeypatch: pytest.MonkeyPatch, name: str, mutation: Any) -> None:
    monkeypatch.setattr(review, name, mutation)
    assert misjudged()


# --- the suite -----------------------------------------------------------------


@pytest.fixture(scope="module")
def suite() -> Suite:
    return load_suite(Path("suites/review"))


def mean(suite: Suite, answer: Callable[[Task, Review], str]) -> float:
    graders = [(each, build_grader(each)) for each in suite.tasks]
    scores = [
        grader.grade(each, Completion(output=answer(each, grader)), None).score
        for each, grader in graders
        if isinstance(grader, Review)
    ]
    assert len(scores) == 30
    return sum(scores) / len(scores)


def test_cheap_answers_score_low_over_the_suite(suite: Suite) -> None:
    assert mean(suite, lambda each, grader: each.reference) == 1.0
    assert mean(suite, lambda each, grader: "") == 0.0
    assert mean(suite, lambda each, grader: "[]") < 0.2
    assert mean(suite, lambda each, grader: each.wrong[0]) < 0.1  # every line
    assert mean(suite, lambda each, grader: grader.guess(each, Random(each.id))) < 0.1
    assert mean(suite, _behind_comments) < 0.1


def _behind_comments(each: Task, grader: Review) -> str:
    """Every line behind a comment: no comment may give a defect away."""
    files = {place.file: None for place in grader.planted} | dict.fromkeys(grader.files)
    lines = [
        (path, number + 1, "condition")
        for path in files
        for number, line in enumerate(grader.files[path].split("\n"), 1)
        if "# " in line or "// " in line
    ]
    return found(*lines)


def test_what_the_suite_has(suite: Suite) -> None:
    graders = [build_grader(each) for each in suite.tasks]
    reviews = [grader for grader in graders if isinstance(grader, Review)]
    # lib.rs only names the modules where there are more files
    clean = [{*grader.files} - {place.file for place in grader.planted} for grader in reviews]
    pairs = zip(clean, reviews, strict=True)
    assert sum(bool(files - {"lib.rs"}) or not grader.defects for files, grader in pairs) == 10
    # five of them beside a file with defects, or nothing would score well
    assert sum(not grader.defects for grader in reviews) == 5
    assert {each.language for each in suite.tasks} == {"python", "rust", "go"}
    assert {kind for grader in reviews for place in grader.planted for kind in place.kinds} == KINDS.keys()
    for each, grader in zip(suite.tasks, reviews, strict=True):
        for path in grader.files:
            assert path in each.messages[-1].content


def test_a_defect_without_a_proof_is_a_flaw(sandbox: Sandbox) -> None:
    files = {"a.py": "def f(n):\n    return n + 1\n\n\ndef g(n):\n    return n\n"}
    defects = (
        Defect("return n + 1", "return n + 2", ("off_by_one",)),
        Defect("return n\n", "return -n\n", ("wrong_value",)),
    )
    proof = "from a import f, g\n\n\ndef test_f():\n    assert f(1) == 2\n    assert g(0) == 0\n"
    flaws = list(Review(files, defects, tuple(KINDS), proof, "python").flaws(TASK, sandbox))
    assert flaws == ["no test of the proof fails with the defect 'a.py:6: return -n' alone"]
    wrong = proof.replace("== 2", "== 3")
    assert "on the right code" in next(
        iter(Review(files, defects, tuple(KINDS), wrong, "python").flaws(TASK, sandbox))
    )


AS_WRITTEN = {  # the same two findings, as models write them
    "fenced, with prose": "Sure! I found:\n```json\n{both}\n```\nLet me know.",
    "in an object": '{{"summary": "two defects", "defects": {both}}}',
    "prose with brackets": "Looking at [1]:\n{both}\nSee also [2].",
    "a comma too many": "{open},]",
    "a line each": "{one}\n{other}",
    "a fence each": "First:\n```json\n{one}\n```\nSecond:\n```json\n{other}\n```",
    "Python": "{python}",
    "capital keys": "{capitals}",
    "lines in words": "{lines}",
    "paths in marks": "{paths}",
}


@pytest.mark.parametrize("name", AS_WRITTEN)
def test_findings_are_read_as_they_are_meant(name: str) -> None:
    both = [
        {"file": "src/a.py", "line": 3, "kind": "off_by_one"},
        {"file": "src/b.py", "line": 9, "kind": "state"},
    ]
    forms = {
        "both": json.dumps(both),
        "open": json.dumps(both)[:-1],
        "one": json.dumps(both[0]),
        "other": json.dumps(both[1]),
        "python": repr(both),
        "capitals": json.dumps([{key.title(): value for key, value in one.items()} for one in both]),
        "lines": json.dumps([both[0] | {"line": "Line 3"}, both[1] | {"line": "9-11"}]),
        "paths": json.dumps([both[0] | {"file": "`./src/a.py`"}, both[1] | {"file": "b.py"}]),
    }
    findings = read_findings(AS_WRITTEN[name].format(**forms), ["src/a.py", "src/b.py"])
    assert [(one.file, one.line, one.kind) for one in findings] == [
        ("src/a.py", 3, "off_by_one"),
        ("src/b.py", 9, "state"),
    ]
