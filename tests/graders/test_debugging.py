"""Recall by the groups that pass, precision by the lines that were needed, against figures done by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from harness.graders.changes import Change
from harness.graders.checkgroups import CheckGroup
from harness.graders.debugging import Debugging
from harness.graders.languages.python.project import PythonProject
from harness.records import Completion, Verdict
from harness.sandbox.base import Sandbox
from harness.trees import as_answer
from tests.graders.tasks import task

LINES = [f"line {number}" for number in range(20)]


def fix(old: str, new: str, path: str = "a.py") -> str:
    return f"{path}\n<<<<<<< SEARCH\n{old}\n=======\n{new}\n>>>>>>> REPLACE\n"


FIXES = {
    "one": fix("line 3", "fixed 3"),
    "three": fix("line 8\nline 9\nline 10", "fixed 8\nfixed 9\nfixed 10"),
}


def text(changed: Mapping[int, str]) -> str:
    return "".join(f"{changed.get(number, line)}\n" for number, line in enumerate(LINES))


def measured(changed: Mapping[int, str], fixed: Mapping[str, bool]) -> tuple[float, float, float]:
    """Precision, recall and F1 of an answer that changes these lines."""
    graded = Verdict(all(fixed.values()), 0.5, "python_project", metrics={"groups_begin": fixed})
    fixes = {bug: FIXES[bug] for bug in fixed}
    change = Change("python", {"a.py": text({})}, {"a.py": text(changed)})
    verdict = Debugging(fixes).assess(graded, change)
    assert (verdict.passed, verdict.score) == (graded.passed, verdict.metrics["f1"])
    worse = replace(graded, metrics={**graded.metrics, "groups_keep": {"works": False}})
    assert Debugging(fixes).assess(worse, change).score == 0
    return tuple(round(verdict.metrics[name], 4) for name in ("precision", "recall", "f1"))


def assert_figures() -> None:
    nine_more = dict.fromkeys(range(3, 13), "x")
    assert measured(nine_more, {"one": True}) == (0.1, 1.0, 0.1818)
    assert measured({3: "y"}, {"one": True}) == (1.0, 1.0, 1.0)
    assert measured({3: "y", 4: "y"}, {"one": True}) == (0.5, 1.0, 0.6667)  # one line: nothing is tolerated
    assert measured({17: "y"}, {"one": True}) == (1.0, 1.0, 1.0)  # a right fix in another place
    four = {8: "y", 9: "y", 10: "y", 11: "y"}
    assert measured(four, {"three": True}) == (1.0, 1.0, 1.0)  # a block: one line more
    assert measured({**four, 12: "y"}, {"three": True}) == (0.8, 1.0, 0.8889)
    assert measured({3: "y", 8: "y", 9: "y"}, {"one": True, "three": False}) == (0.3333, 0.5, 0.4)
    assert measured({3: "y"}, {"one": False, "three": False}) == (0.0, 0.0, 0.0)
    assert measured({}, {"one": False}) == (0.0, 0.0, 0.0)


def test_figures() -> None:
    assert_figures()


@pytest.mark.parametrize(
    "mutated",
    [
        lambda self: [1],  # too lenient: whatever was changed counts as a line
        lambda self: [1] * 20,  # too strict: every file counts whole
    ],
)
def test_a_grader_that_counts_otherwise_is_caught(
    mutated: Callable[[Change], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Change, "blocks", mutated)
    with pytest.raises(AssertionError):
        assert_figures()


PROJECT = PythonProject(
    tree={"sums.py": "def add(a, b):\n    return a\n\n\ndef double(a):\n    return a\n"},
    hidden={
        "adds": CheckGroup("from sums import add\nemit(add(1, 2))\n", {"a sum": 3}),
        "doubles": CheckGroup("from sums import double\nemit(double(2))\n", {"twice": 4}),
    },
    debugging=Debugging({
        "adds": fix("def add(a, b):\n    return a", "def add(a, b):\n    return a + b", "sums.py"),
        "doubles": fix("def double(a):\n    return a", "def double(a):\n    return 2 * a", "sums.py"),
    }),
)  # fmt: skip


def test_a_project_s_verdict_has_recall_and_precision(sandbox: Sandbox) -> None:
    half = as_answer({}, {"sums.py": PROJECT.tree["sums.py"].replace("return a\n\n", "return a + b\n\n")})
    verdict = PROJECT.grade(task(""), Completion(output=half), sandbox)
    named = ("bugs", "bugs_fixed", "changed_lines", "recall", "precision")
    assert [verdict.metrics[name] for name in named] == [2, 1, 1, 0.5, 1.0]
    assert (verdict.passed, verdict.score) == (False, verdict.metrics["f1"])
    unread = PROJECT.grade(task(""), Completion(output="I see no bug."), sandbox)
    assert (unread.error_type, unread.metrics["recall"], unread.metrics["f1"]) == ("no_edit", 0.0, 0.0)


def test_a_fix_that_cannot_be_applied_is_named() -> None:
    broken = Debugging({"adds": "a.py"})
    with pytest.raises(ValueError, match="the fix of 'adds'"):
        replace(PROJECT, debugging=broken)
