"""Tasks with a tree: a folder is read whole, or refused in one line that names the file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from harness.errors import ConfigError
from harness.graders import build_grader
from harness.graders.project import ProjectGrader
from harness.records import Completion, Task
from harness.runner.check import check_suite
from harness.sandbox import open_sandbox
from harness.suites import load_suite
from tests.projects import FILES, write_project

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """See ``write_project``."""
    return partial(write_project, tmp_path)


def only(folder: Path) -> Task:
    (task,) = load_suite(folder).tasks
    return task


def test_a_folder_is_a_task_like_any_other(write: Write) -> None:
    task = only(write(task="protected: ['data/*']\ncategory: build\nmax_tokens: 900\n"))
    assert (task.id, task.language, task.category, task.max_tokens) == ("sum", "python", "build", 900)
    assert task.grader.name == "python_project"
    prompt = task.messages[0].content
    assert prompt.startswith("Add.\n")
    for shown in (
        "data/rates.csv\n```csv\na,1\n```",
        "visible/basics.yaml\n```yaml\na sum: 3\n```",
        "data/*, visible/",
    ):
        assert shown in prompt
    assert "another sum" not in prompt and "add(4" not in prompt
    grader = build_grader(task)
    assert isinstance(grader, ProjectGrader)
    tree, _ = grader.edited(Completion(output=task.reference))
    assert tree["sums.py"] == FILES["reference/sums.py"] and tree["data/rates.csv"] == "a,1\n"


def test_whatever_is_in_the_folder_is_part_of_the_digest(write: Write) -> None:
    before = only(write()).sha256
    assert only(write()).sha256 == before
    changed = {
        name: text.replace("3", "4").replace("a", "b", 1) for name, text in FILES.items() if "hidden" in name
    }
    for name in ("hidden/adds.py", "hidden/adds.yaml"):
        assert only(write({name: changed[name]})).sha256 != before
        write()


def test_a_sound_project_has_no_flaws(write: Write) -> None:
    assert check_suite(load_suite(write()), open_sandbox("auto")) == []


@pytest.mark.parametrize(
    ("changed", "flaw"),
    [
        ({"reference/sums.py": "def add(a, b):\n    return 6\n"}, "the reference fails"),
        ({"wrong/1/sums.py": FILES["reference/sums.py"]}, "wrong answer 1 passes"),
        ({"wrong/1/sums.py": FILES["wrong/2/sums.py"]}, "all wrong answers fail the same groups"),
        ({"visible/basics.yaml": "a sum: 4\n"}, "the reference in the visible checks fails"),
        ({"start/sums.py": "def add(a, b):\n    return a + b\n"}, "'adds' must begin to pass"),
        ({"start/sums.py": "def add(a, b):\n    return 2\n"}, "'stays' must go on passing"),
    ],
)
def test_what_a_check_finds(write: Write, changed: dict[str, str | None], flaw: str) -> None:
    flaws = check_suite(load_suite(write(changed)), open_sandbox("auto"))
    assert any(flaw in str(one) for one in flaws), flaws
    assert all(str(one).startswith(f"{write()}/sum/task.yaml:1: sum: ") for one in flaws)


@pytest.mark.parametrize(
    ("changed", "task", "place", "complaint"),
    [
        ({"start/sums.py": None}, "", "start", ""),
        ({"start/visible/x.py": ""}, "", "start", "has a folder 'visible'"),
        ({"start/sums.py": "a\r\n"}, "", "start/sums.py", "CRLF"),
        ({"start/sums.py": "a"}, "", "start/sums.py", "lacks a line end"),
        ({"start/sums.py": "a\0\n"}, "", "start/sums.py", "is binary"),
        ({"reference/sums.py": None}, "", "reference", "is empty or missing"),
        ({"wrong/2/sums.py": None}, "", "wrong", "needs two folders at least"),
        ({"hidden/adds.yaml": None}, "", "hidden/adds.py", "needs adds.yaml beside it"),
        ({"hidden/adds.py": None}, "", "hidden/adds.yaml", "needs one driver beside it"),
        ({"hidden/adds.txt": "x\n"}, "", "hidden/adds.yaml", "there are 2"),
        ({"hidden/adds.yaml": "- 6\n"}, "", "hidden/adds.yaml:1", "must be a mapping"),
        ({"hidden/adds.yaml": "a: 1\na: 2\n"}, "", "hidden/adds.yaml:2", "'a' is given twice"),
        ({"hidden/adds.yaml": "{}\n"}, "", "task.yaml:1", "'adds' expects nothing"),
        ({"hidden/adds.py": "def (\n"}, "", "task.yaml:1", "the driver of 'adds': line 1"),
        ({"hidden/more.py": "", "hidden/more.yaml": "a: 1\n"}, "", "task.yaml:4", "does not name the group 'more'"),
        ({}, "wrong: []\n", "task.yaml:5", "unknown key 'wrong'"),
        ({}, "grader: exact\n", "task.yaml:5", "unknown key 'grader'"),
        ({"task.yaml": "prompt: x\nlanguage: python\n"}, "", "task.yaml:1", "'hidden' (group: begin or keep)"),
        ({"task.yaml": "prompt: x\nhidden: {adds: keep, stays: keep}\n"}, "", "task.yaml:2", "no group must begin"),
        ({"task.yaml": "prompt: x\nhidden: {adds: now, stays: keep}\n"}, "", "task.yaml:2", "must be begin or keep"),
        ({"task.yaml": "prompt: x\nhidden: {gone: begin}\n"}, "", "task.yaml:2", "hidden"),
        ({"task.yaml": "prompt: x\nlanguage: cobol\nhidden: {adds: begin, stays: keep}\n"}, "", "task.yaml:1", "cobol"),
        ({"start/long.py": "x = 1\n" * 6000}, "", "task.yaml:1", "make the tree smaller"),
    ],
)  # fmt: skip
def test_a_folder_that_is_refused(
    write: Write, changed: dict[str, str | None], task: str, place: str, complaint: str
) -> None:
    folder = write(changed, task)
    if place == "start" and not complaint:
        (folder / "sum/start/data/rates.csv").unlink()
        complaint = "is empty"
    with pytest.raises(ConfigError) as error:
        for loaded in load_suite(folder).tasks:
            build_grader(loaded)
    assert str(error.value).startswith(f"{folder}/sum/{place}: "), error.value
    assert complaint in str(error.value) and "\n" not in str(error.value)


def fix(old: str, new: str) -> str:
    return f"sums.py\n<<<<<<< SEARCH\n{old}=======\n{new}>>>>>>> REPLACE\n"


TWICE = "\n\ndef twice(a):\n    return {}\n"
BUGS: dict[str, str | None] = {
    "task.yaml": "prompt: Mend.\nlanguage: python\nhidden: {adds: begin, twice: begin, stays: keep}\n",
    "start/sums.py": "def add(a, b):\n    return a\n" + TWICE.format("add(a, a)"),
    "hidden/twice.py": "from sums import twice\n\nemit(twice(2))\nemit(twice(0))\n",
    "hidden/twice.yaml": "of two: 4\nof nothing: 0\n",
    "reference/sums.py": None,
    "wrong/1/sums.py": None,
    "wrong/2/sums.py": None,
    "wrong/1.md": fix("    return a\n", "    return a + b\n"),
    "wrong/2.md": fix("    return add(a, a)\n", "    return a * 2\n"),
    "fixes/adds.md": fix("    return a\n", "    return a + b\n"),
    "fixes/twice.md": fix("    return add(a, a)\n", "    return 2 * a\n"),
}


def test_bugs_that_the_groups_do_not_tell_apart_are_flaws(write: Write) -> None:
    flaws = [flaw.what for flaw in check_suite(load_suite(write(BUGS)), open_sandbox("auto"))]
    assert "the group 'twice' must begin to pass, but does with the fix of 'adds' alone" in flaws
    apart = {
        **BUGS,
        "start/sums.py": "def add(a, b):\n    return a\n" + TWICE.format("a * a or 1"),
        "fixes/twice.md": fix("    return a * a or 1\n", "    return 2 * a\n"),
        "wrong/2.md": fix("    return a * a or 1\n", "    return a + a\n"),
    }
    suite = load_suite(write(apart))
    assert check_suite(suite, open_sandbox("auto")) == []
    (with_bugs,) = suite.tasks
    assert with_bugs.reference.count("SEARCH") == 2


REFACTOR: dict[str, str | None] = {
    "task.yaml": "prompt: Simplify.\nlanguage: python\nhidden: {adds: keep, stays: keep}\nrefactor: {complexity: 1}\n",
    "start/sums.py": "def add(a, b):\n    if b:\n        return a + b\n    return a\n",
    "wrong/2/sums.py": "def add(a, c):\n    return a + c\n",
}


def test_a_refactoring_begins_with_its_aims(write: Write) -> None:
    suite = load_suite(write(REFACTOR))
    assert check_suite(suite, open_sandbox("auto")) == []
    prompt = suite.tasks[0].messages[0].content
    assert "no function has a cyclomatic complexity of more than 1 (" in prompt and "keeps its name" in prompt
    reached = {**REFACTOR, "start/sums.py": "def add(a, b):\n    return b + a\n"}
    flaws = [flaw.what for flaw in check_suite(load_suite(write(reached)), open_sandbox("auto"))]
    assert "the group 'complexity' must begin to pass, but does with the tree as it is given" in flaws


def test_what_the_visible_checks_print_is_what_they_print(write: Write) -> None:
    printed = "basics: wrong_answer: a sum: expected 3, got 1\nbasics: wrong are: a sum\n"
    folder = write({"visible/output.txt": printed})
    assert check_suite(load_suite(folder), open_sandbox("auto")) == []
    prompt = only(folder).messages[0].content
    assert printed in prompt and "visible/output.txt is what they say" in prompt
    (flaw,) = check_suite(load_suite(write({"visible/output.txt": "all is well\n"})), open_sandbox("auto"))
    assert "visible/output.txt is not what the visible checks print" in flaw.what


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"fixes/adds.md": None}, "fixes/adds.md: is missing"),
        ({"fixes/stays.md": "x\n"}, "fixes/stays.md: belongs to no group"),
        ({"fixes/adds.md": "x\n"}, "the fix of 'adds': the answer has neither"),
    ],
)
def test_fixes_that_are_refused(write: Write, changed: dict[str, str | None], complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        build_grader(only(write({**BUGS, **changed})))


@pytest.mark.parametrize("place", ["start", "visible", "hidden", "reference", "wrong/1"])
def test_links_in_a_folder_are_refused(write: Write, tmp_path: Path, place: str) -> None:
    folder = write()
    (tmp_path / "secret").write_text("key\n")
    (folder / "sum" / place / "linked.py").symlink_to(tmp_path / "secret")
    with pytest.raises(ConfigError, match=r"linked\.py: is a link"):
        load_suite(folder)
