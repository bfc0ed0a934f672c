"""A refactoring passes if the program does and offers what it did, and is built as the task asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from harness.graders import refactoring
from harness.graders.changes import Change
from harness.graders.checkgroups import CheckGroup
from harness.graders.languages.python.project import PythonProject
from harness.graders.refactoring import Fact, Refactoring
from harness.records import Completion, Verdict
from harness.sandbox.base import Sandbox
from harness.trees import as_answer
from tests.graders.tasks import task

BEFORE = '''\
"""Prices."""


def price(kind, count):
    if kind == "a":
        if count > 10:
            return 9 * count
        return 10 * count
    elif kind == "b":
        if count > 10:
            return 18 * count
        return 20 * count
    raise ValueError(kind)
'''
AFTER = '''\
"""Prices."""

_EACH = {"a": 10, "b": 20}


def price(kind, count):
    if kind not in _EACH:
        raise ValueError(kind)
    return _EACH[kind] * count * (9 if count > 10 else 10) // 10
'''
NONE = "def price(kind, count): pass\n"
DEAD = "\n\ndef dead(x):\n    return (x and 1) or (x > 2 and 3) or (x < 5 and 4)\n"
LONG = AFTER + "".join(f"\n_{n} = {n}" for n in range(9)) + "\n"
AIMS = Refactoring(complexity=3, facts={"prices are looked up": Fact("(dictionary) @table", least=1)})
PASSED = Verdict(True, 1.0, "python_project", metrics={"groups_keep": {"prices": True}})


def assessed(after: str, aims: Refactoring = AIMS, verdict: Verdict = PASSED) -> Verdict:
    return aims.assess(verdict, Change("python", {"prices.py": BEFORE}, {"prices.py": after}))


def assert_verdicts() -> None:
    good = assessed(AFTER)
    assert (good.passed, good.score, good.error_type) == (True, 1.0, None), good.error
    assert good.metrics["structure"] == {"complexity": 3, "function_lines": 4, "nesting": 1, "duplicates": 0}
    for after, kind, score in (
        (BEFORE, "aim_missed", 0.0),
        (BEFORE.replace("elif", "if") + "\n_TABLE = {}\n", "aim_missed", 0.5),
        (AFTER.replace("price(kind, count)", "price(kind, count=1)"), "signature_changed", 0.0),
        (AFTER.replace("def price", "def _price"), "signature_changed", 0.0),
        (AFTER + DEAD, "aim_missed", 0.5),  # moved out of the way is not gone
        (LONG, "too_long", 0.0),
    ):
        verdict = assessed(after)
        assert (verdict.passed, verdict.error_type, verdict.score) == (False, kind, score), after
    more = assessed(AFTER.replace("_EACH", "EACH") + "\n\ndef other():\n    return 1\n")
    assert more.passed, more.error  # more may be public
    comments = assessed(AFTER + "# a line that explains something\n" * 40)
    assert comments.passed, comments.error
    failed = assessed(
        AFTER, verdict=replace(PASSED, passed=False, score=0.5, error_type="wrong_answer", error="x")
    )
    assert (failed.passed, failed.score, failed.error_type, failed.error) == (False, 0.5, "wrong_answer", "x")


def test_verdicts() -> None:
    assert_verdicts()


@pytest.mark.parametrize(
    ("part", "mutated"),
    [
        ("functions", lambda code, language: []),  # too lenient: no function is ever too complex
        ("signatures", lambda code, language: []),  # too lenient: nothing is public
        ("signatures", lambda code, language: code.splitlines()),  # too strict: every line is
        ("size", lambda code, language: (len(code.splitlines()), 1)),  # too strict: comments are lines
    ],
)
def test_a_grader_that_measures_otherwise_is_caught(
    part: str, mutated: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refactoring, part, mutated)
    with pytest.raises(AssertionError):
        assert_verdicts()


def test_each_aim_is_measured() -> None:
    copies = BEFORE + BEFORE.replace("def price", "def _cost")
    for aims, before, after in (
        (Refactoring(duplicates=0), copies, BEFORE),
        (Refactoring(function_lines=4), BEFORE, AFTER),
        (Refactoring(nesting=1), BEFORE, AFTER),
        (Refactoring(facts={"no elif": Fact("(elif_clause) @x", most=0)}), BEFORE, AFTER),
        (Refactoring(facts={"no `b`": Fact('((string) @x (#match? @x "b"))', most=0)}), BEFORE, NONE),
    ):  # fmt: skip
        start = {"prices.py": before}
        assert aims.assess(PASSED, Change("python", start, {"prices.py": after})).passed, aims
        (aim,) = aims.aims
        assert aims.assess(PASSED, Change("python", start, start)).metrics["aims"] == {aim: False}


def test_only_files_with_the_names_of_a_fact_count() -> None:
    fact = {"nothing is looked up in a.py": Fact("(dictionary) @table", most=0, files="a.py")}
    change = Change(
        "python", {"a.py": AFTER, "b.py": ""}, {"a.py": "def price(kind, count): 1\n", "b.py": AFTER}
    )
    assert Refactoring(facts=fact).assess(PASSED, change).metrics["aims"] == {
        "nothing is looked up in a.py": True
    }


PROJECT = PythonProject(
    tree={"prices.py": BEFORE},
    hidden={"prices": CheckGroup("from prices import price\nemit(price('b', 11))\n", {"many": 198}, "keep")},
    refactor=AIMS,
)


def test_a_project_is_judged_by_both(sandbox: Sandbox) -> None:
    def graded(answer: str) -> Verdict:
        return PROJECT.grade(task(""), Completion(output=answer), sandbox)

    assert graded(as_answer({}, {"prices.py": AFTER})).passed
    echo = graded(PROJECT.echo)
    assert (echo.passed, echo.score, echo.error_type) == (False, 0.0, "aim_missed")
    wrong = graded(as_answer({}, {"prices.py": AFTER.replace("9 if", "8 if")}))
    assert (wrong.passed, wrong.error_type) == (False, "wrong_answer")
    assert graded("I would take it apart.").error_type == "no_edit"
    hidden = as_answer(
        {}, {"prices.py": AFTER, "conftest.py": DEAD}
    )  # takes no part, so it is no code either
    assert graded(hidden).passed


def test_aims_are_checked_when_a_suite_is_read() -> None:
    with pytest.raises(ValueError, match="names no aim"):
        Refactoring()
    with pytest.raises(ValueError, match="the query of 'x'"):
        replace(PROJECT, refactor=Refactoring(facts={"x": Fact("(no_such_node) @x")}))
