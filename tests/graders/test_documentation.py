"""Documentation passes if it is complete, true and runs, and if the code is what it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from harness.graders import documentation
from harness.graders.changes import Change
from harness.graders.documentation import Documentation
from harness.graders.languages.python.project import PythonProject
from harness.records import Completion, Verdict
from harness.sandbox.base import Sandbox
from harness.trees import as_answer
from tests.graders.tasks import task

CODE = "def wait(times=3):\n    if times < 0:\n        raise ValueError(times)\n    return times\n"
DOCSTRING = '''    """Wait.

    >>> wait(2)
    2

    Args:
        times: How often. Defaults to 3.
    """
'''
README = (
    "# wait\n\n## Usage\n\nIt waits **three** times if nothing is said.\n\n- Less than 0 is a `ValueError`.\n"
)
START = {"wait.py": CODE, "README.md": "# wait\n\nIt waits ten times.\n", "data.txt": "1\n"}
ASKED = Documentation(
    facts={"three times": "(three|3) & times", "refused": "less than (0|zero) & ValueError"},
    falsehoods={"ten times": "(ten|10) & times"},
)
PASSED = Verdict(True, 1.0, "python_project", metrics={"groups_begin": {}, "groups_keep": {}})


def written(docstring: str = DOCSTRING, readme: str = README, **files: str) -> dict[str, str]:
    first, _, rest = CODE.partition("\n")
    return {**START, "wait.py": f"{first}\n{docstring}{rest}", "README.md": readme, **files}


def assessed(after: dict[str, str], verdict: Verdict = PASSED) -> Verdict:
    return ASKED.assess(verdict, Change("python", START, after))


def assert_verdicts() -> None:
    good = assessed(written())
    assert (good.passed, good.score, good.error_type) == (True, 1.0, None), good.error
    comment = written()
    comment["wait.py"] += "# nothing more\n"
    assert assessed(comment).passed
    before, after = {**START, "wait.py": CODE + "limit = 3\n"}, written()
    after["wait.py"] += 'limit = 3\n"""It waits ten times."""\n'
    below = ASKED.assess(PASSED, Change("python", before, after))
    assert (below.metrics["code_unchanged"], below.error_type) == (True, "falsehood")
    for after, kind, score in (
        (START, "falsehood", 0.0),
        (written(readme=README + "\nIt waits 10 times at most.\n"), "falsehood", 0.0),
        (written(DOCSTRING.replace("to 3.", "to 5.")), "falsehood", 0.0),
        (written(DOCSTRING.replace("times: How", "count: How")), "falsehood", 0.0),
        (written(readme=README.replace("ValueError", "error")), "incomplete", 0.5),
        (written(readme=README.replace("## Usage", "## Use")), "incomplete", 1.0),
        (written(DOCSTRING.replace(">>> wait(2)", "> wait(2)")), "incomplete", 1.0),
        (written(docstring="", readme=README + "\n```python\nimport wait\n```\n"), "incomplete", 1.0),
        ({**written(), "data.txt": "2\n"}, "code_changed", 0.0),
        ({**written(), "more.py": "x = 1\n"}, "code_changed", 0.0),
        (written(DOCSTRING + "    times += 0\n"), "code_changed", 0.0),
    ):  # fmt: skip
        verdict = assessed(after)
        assert (verdict.passed, verdict.error_type, verdict.score) == (False, kind, score), after
    failed = assessed(written(), replace(PASSED, passed=False, error_type="wrong_answer", error="1 fails"))
    assert (failed.passed, failed.score, failed.error_type) == (False, 0.0, "wrong_answer")
    apart = written(readme=README + "\nThere are ten of them. It was called several times.\n")
    assert assessed(apart).passed  # not in one sentence


def test_verdicts() -> None:
    assert_verdicts()


def test_the_marks_of_a_list_tell_nothing() -> None:
    asked = replace(ASKED, facts={"three": "3 & times", "a dash": "- & stands for none"})
    for readme, told in (
        ("- It waits many times.\n- It stands for none.\n3. It waits often, times and times again.\n", False),
        ("1. It waits 3 times.\n2. A `-` stands for none.\n", True),
    ):
        aims = asked.assess(PASSED, Change("python", START, written("", readme))).metrics["aims"]
        assert {aims["three"], aims["a dash"]} == {told}, readme


def no_words(change: Change) -> Iterator[str]:
    return iter(())


@pytest.mark.parametrize(
    ("part", "mutated"),
    [
        ("_untrue", no_words),  # too lenient: whatever is told of parameters is so
        ("structure", lambda code, language: []),  # too lenient: no code ever changes
        ("structure", lambda code, language: [code]),  # too strict: a docstring is code
        ("_is_stated", lambda pattern, passages: bool(passages)),  # anything says everything
    ],
)
def test_a_grader_that_judges_otherwise_is_caught(
    part: str, mutated: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documentation, part, mutated)
    with pytest.raises(AssertionError):
        assert_verdicts()


PROJECT = PythonProject(tree=START, hidden={}, documentation=ASKED)


def test_examples_are_run_as_groups(sandbox: Sandbox) -> None:
    def graded(after: dict[str, str]) -> Verdict:
        return PROJECT.grade(task(""), Completion(output=as_answer({}, after)), sandbox)

    good = graded(
        written(
            readme=README + "\n```python\nfrom wait import wait\nx = wait(1)\n```\n\n```py\n>>> x\n1\n```\n"
        )
    )
    assert good.passed, good.error
    assert good.metrics["groups_begin"] == {"example in README.md": True, "example in wait.py": True}
    for after in (
        written(DOCSTRING.replace("\n    2\n", "\n    3\n")),
        written(readme=README + "\n```python\nfrom wait import nothing\n```\n"),
        written(readme=README + "\n```python\nimport os\nos._exit(0)\n```\n"),
    ):
        verdict = graded(after)
        assert not verdict.passed and verdict.score == 0 and verdict.error_type != "incomplete"
    echo = graded(START)
    assert (echo.passed, echo.score, echo.error_type) == (False, 0.0, "falsehood")
    assert graded({**START, "wait.py": "def (\n"}).error_type == "code_changed"


def test_patterns_are_checked_when_a_suite_is_read() -> None:
    with pytest.raises(ValueError, match="the pattern of 'x'"):
        Documentation(facts={"x": "("}, falsehoods={})
    with pytest.raises(ValueError, match="the pattern of 'x'"):
        Documentation(facts={"x": r"(\w+\s?)+ & y"}, falsehoods={})
