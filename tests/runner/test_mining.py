"""Repositories with a history become suites that are proved, offline and in the sandbox."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from harness.errors import ConfigError, HarnessError
from harness.git import borrowed
from harness.graders import build_grader
from harness.graders.checkout import write_changed
from harness.graders.repository import Repository
from harness.graders.testrun import Environment, TestRun
from harness.records import Completion, Suite, Task, Verdict
from harness.runner.check import check_suite
from harness.runner.mining import Miner, suite_head
from harness.runner.mining_setup import environment_of, languages_of
from harness.runner.mining_trial import LeftOut, MiningOptions, Trial
from harness.sandbox import open_sandbox
from harness.sandbox.base import Outcome
from harness.suites import load_suite
from harness.suites.mining import choosing
from harness.suites.mining.writing import STATE, MinedSuite, TriedCommit
from tests.repositories import GO, PYTHON, RUST, Step, git, small_python, write_repository


@dataclass
class Mined:
    """What came of mining a repository: the suite's folder, what was tried, why others were left out."""

    folder: Path
    repository: Path
    tried: list[TriedCommit] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)

    @property
    def suite(self) -> Suite:
        return load_suite(self.folder)

    def reason(self, title: str) -> str | None:
        head = git(self.repository, "log", "-1", "--format=%H", f"--grep={title}")
        return next(result.reason for result in self.tried if result.commit == head)


def mine(repository: Path, into: Path, python: Path | None = None, **options: object) -> Mined:
    mined = Mined(into, repository)
    with borrowed(repository) as theirs:
        given = Environment(python=str(python) if python else None)
        environment, languages = environment_of(theirs, languages_of(theirs, None), given)
        suite = MinedSuite(into, repository.name)
        suite.begin(suite_head(theirs, environment, languages))
        chosen = MiningOptions(languages, **options)  # type: ignore[arg-type]
        miner = Miner(theirs, suite, chosen, environment, open_sandbox("auto", [into, repository]))
        mined.left = miner.mine(lambda result, _: mined.tried.append(result))
    return mined


def graded(task: Task, answer: str) -> Verdict:
    return build_grader(task).grade(task, Completion(output=answer), open_sandbox("auto"))


@pytest.fixture(scope="module")
def interpreter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_python(tmp_path_factory.mktemp("python") / "env")


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory, interpreter: Path) -> Mined:
    folder = tmp_path_factory.mktemp("mined")
    repository = write_repository(folder / "queues", PYTHON)
    return mine(repository, folder / "suites/queues", interpreter, runs=1)


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Equal priorities", None),
        ("Ask the answer of a server", choosing.NOTHING_RUNS),
        ("Large files lie", choosing.LFS),
    ],
)
def test_what_trips_miners_is_kept_or_left_out_with_the_reason(
    python: Mined, title: str, reason: str | None
) -> None:
    assert python.reason(title) == reason
    assert python.left == {choosing.NOTHING_RUNS: 1, choosing.LFS: 1, choosing.FIRST: 1}


def test_a_mined_suite_is_proved(python: Mined) -> None:
    suite = python.suite
    assert check_suite(suite, open_sandbox("auto", [python.folder])) == []
    assert (suite.policy, suite.language, suite.name) == ("private", "python", "queues")
    assert f"1 commit: {choosing.LFS}" in (python.folder / "README.md").read_text()


PASS, FAIL = "passed", "failed"


@pytest.mark.parametrize(
    ("after", "before", "reason"),
    [
        ([{"a": PASS}, {"a": FAIL}], [{}, {}], choosing.FLAKY),
        ([{"a": PASS}, {"a": PASS}], [{"a": FAIL, "b": PASS}, {"a": FAIL, "b": FAIL}], choosing.FLAKY),
        ([{"x1": PASS}, {"x2": PASS}], [{}, {}], choosing.NONE_BEGINS),
        ([{"a": PASS}], [{"a": PASS}], choosing.NONE_BEGINS),
        ([{"a": FAIL}], [], choosing.NOTHING_RUNS),
        ([{"a": PASS, "slow": PASS}], [], choosing.SLOW),
        ([{"a": PASS, "b": PASS, "x1": PASS}, {"a": PASS, "b": PASS}], [{"b": PASS}, {"b": PASS}], None),
    ],
)
def test_which_tests_judge_is_decided_by_several_runs(
    python: Mined, monkeypatch: pytest.MonkeyPatch,
    after: list[dict[str, str]], before: list[dict[str, str]], reason: str | None,
) -> None:  # fmt: skip
    grader = build_grader(python.suite.tasks[0])
    assert isinstance(grader, Repository)
    waiting = {"after": list(after), "before": list(before), "visible": [{"v": PASS}]}

    def run(self: Repository, changed: object, sandbox: object, limit: object) -> TestRun:
        state = "visible" if self.tests == self.start else "after" if changed else "before"
        results = waiting[state].pop(0)
        stopped_by = "wall" if "slow" in results else None
        return TestRun(results, Outcome(0, b"", b"", stopped_by, 1.0, 1.0, 1.0))  # type: ignore[arg-type]

    monkeypatch.setattr(Repository, "run", run)
    trial = object.__new__(Trial)
    trial.grader, trial._sandbox = grader, open_sandbox("none")
    trial._options = MiningOptions(["python"], runs=len(after))
    if reason is None:
        assert trial._tests({"x": "y"}) == (["a"], ["b"], ["v"], 1.0)
    else:
        with pytest.raises(LeftOut) as left:
            trial._tests({"x": "y"})
        assert left.value.reason == reason


def task_of(mined: Mined, words: str) -> Task:
    return next(task for task in mined.suite.tasks if words in task.id)


def test_the_prompt_has_the_words_the_files_and_their_tests_but_not_the_solution(python: Mined) -> None:
    task = task_of(python, "equal-priorities")
    prompt = task.messages[0].content
    assert "Equal priorities come out in the order in which they were pushed" in prompt and "#4" not in prompt
    assert "src/queues/: __init__.py queue.py" in prompt and "tests/test_queue.py" in prompt
    assert "heapq.heappush(self._items, (priority, item))" in prompt and "self._pushed" not in prompt
    assert "equal_priorities_keep" not in prompt
    grader = build_grader(task)
    assert isinstance(grader, Repository)
    assert grader.begin == ("tests/test_queue.py::test_equal_priorities_keep_their_order",)
    assert len(grader.keep) == 2 == len(grader.visible)


def test_answers_can_neither_touch_the_tests_nor_stand_in_for_them(python: Mined) -> None:
    task = task_of(python, "equal-priorities")
    cheats = [
        "tests/test_queue.py\n```python\n# nothing\n```\n",
        "tests/conftest.py\n```python\nimport os\nos._exit(0)\n```\n",
        "pytest.py\n```python\nraise SystemExit(0)\n```\n",
        'pyproject.toml\n```toml\n[tool.pytest.ini_options]\naddopts = "-k nothing"\n```\n',
        "iniconfig.py\n```python\nraise SystemExit(0)\n```\n",
    ]
    verdict = graded(task, "\n".join(cheats))
    assert (verdict.passed, verdict.error_type) == (False, "wrong_answer")
    assert verdict.metrics["edited_tests"] == 4 and verdict.metrics["verdict"] == "inside"
    assert graded(task, "\n".join([task.reference, *cheats])).passed  # what is right stays right
    assert graded(task, "src/queues/queue.py\n```python\ndef (\n```\n").error_type == "compile_error"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("../../escaped.py\n```python\nx = 1\n```\n", "path_escape"),
        ("/etc/passwd\n```text\nx\n```\n", "path_escape"),
        ("a\0b.py\n```python\nx = 1\n```\n", "path_escape"),
        ("src/queues/queue.py/x.py\n```python\nx = 1\n```\n", "path_escape"),
        ("big.py\n```python\n" + "x = 1\n" * 300_000 + "```\n", "too_large"),
        ("I would rather not.", "no_edit"),
        ("src/queues/queue.py\n<<<<<<< SEARCH\nnowhere\n=======\nx\n>>>>>>> REPLACE\n", "search_missing"),
    ],
)
def test_what_cannot_be_applied_has_its_error_type(python: Mined, answer: str, kind: str) -> None:
    verdict = graded(task_of(python, "equal-priorities"), answer)
    assert (verdict.passed, verdict.score, verdict.error_type) == (False, 0.0, kind)


def test_a_session_leaves_an_answer_and_files_keep_their_line_ends(python: Mined, tmp_path: Path) -> None:
    task = task_of(python, "equal-priorities")
    grader = build_grader(task)
    assert isinstance(grader, Repository) and "\r" not in task.messages[0].content
    project = tmp_path / "project"
    grader.write(project)
    assert (project / "version.py").read_bytes() == b"MAJOR = 1\r\nMINOR = 1\r\n"
    assert grader.answer(project) == "" and grader.characters > 250
    assert grader.echo.startswith("version.py\n```py\nMAJOR = 1\n")
    (project / "version.py").write_bytes(b"MAJOR = 1\r\nMINOR = 3\r\n")
    (project / "tests/test_queue.py").write_text("pass\n")
    (project / "link").symlink_to("/etc/passwd")
    (project / "data.bin").write_bytes(b"\x00")
    (project / "target").mkdir()
    (project / "target/built.py").write_text("x = 1\n")
    (project / "src/queues/queue.py").unlink()
    assert grader.answer(project) == (
        "version.py\n```py\nMAJOR = 1\nMINOR = 3\n```\n\nsrc/queues/queue.py\n```delete\n```\n"
    )
    changed, _ = grader.edited(Completion(output=grader.answer(project)))
    entries, kept = grader._judged_tree(changed)
    (tmp_path / "judged").mkdir()
    write_changed(grader._git, entries, kept, grader._texts, tmp_path / "judged")
    assert (tmp_path / "judged/version.py").read_bytes() == b"MAJOR = 1\r\nMINOR = 3\r\n"
    assert "equal_priorities" in (tmp_path / "judged/tests/test_queue.py").read_text()
    assert not (tmp_path / "judged/src/queues/queue.py").exists()


def test_visible_tests_are_those_that_were_there(python: Mined) -> None:
    task = task_of(python, "equal-priorities")
    grader = build_grader(task)
    assert isinstance(grader, Repository)
    sandbox = open_sandbox("auto")
    broken, _ = grader.edited(Completion(output="src/queues/queue.py\n```python\nclass Queue: pass\n```\n"))
    report = grader.failures(broken, task, sandbox)
    assert "test_all_that_was_pushed_comes_out[numbers]" in report and "equal_priorities" not in report
    assert grader.failures({}, task, sandbox) == ""


def test_mining_goes_on_where_it_stopped(python: Mined) -> None:
    state = (python.folder / STATE).read_text()
    with (python.folder / STATE).open("a") as file:
        file.write("0" * 40 + "\tcut o")  # the machine went down
    interpreter = Path(build_grader(python.suite.tasks[0]).environment.python)  # type: ignore[attr-defined]
    again = mine(python.repository, python.folder, interpreter, runs=1)
    assert again.tried == [] and again.left == python.left
    assert sorted((python.folder / STATE).read_text().splitlines()) == sorted(state.splitlines())


def test_the_working_tree_is_never_touched(python: Mined) -> None:
    assert git(python.repository, "status", "--porcelain") == ""
    assert not list(python.repository.rglob("__pycache__"))


def test_other_folders_and_repositories_without_tests_are_refused(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other/suite.yaml").write_text("name: other\n")
    with pytest.raises(HarnessError, match="no suite that was mined"):
        MinedSuite(tmp_path / "other", "x")
    with pytest.raises(HarnessError, match="a suite is named by"):
        MinedSuite(tmp_path / "Not A Name", "x")


def test_tasks_of_one_suite_have_one_environment(tmp_path: Path) -> None:
    head = {"environment": {"python": "/usr/bin/python3", "paths": ["src"]}, "version": "1.0.0"}
    suite = MinedSuite(tmp_path / "mine", "x")
    suite.begin(head)
    suite.begin(head)
    with pytest.raises(ConfigError, match="not the one of this run"):
        suite.begin({**head, "environment": {"python": "/opt/python3", "paths": ["src"]}})
    bare = write_repository(tmp_path / "bare", [Step("Start", {"a.py": "x = 1\n"})])
    with pytest.raises(HarnessError, match="has no tests in python, rust and go"), borrowed(bare) as theirs:
        languages_of(theirs, None)


def newest(steps: Sequence[Step], title: str) -> Sequence[Step]:
    """The steps up to the one that begins with ``title``."""
    return steps[: 1 + next(n for n, step in enumerate(steps) if step.message.startswith(title))]


def test_tests_that_stand_in_rust_code_are_told_apart_from_it(tmp_path: Path) -> None:
    repository = write_repository(tmp_path / "theirs", newest(RUST, "Length of"))
    mined = mine(repository, tmp_path / "suites/mined", most=1, runs=1)
    (task,) = mined.suite.tasks
    grader = build_grader(task)
    assert isinstance(grader, Repository) and grader.inline == ("src/lib.rs",)
    assert ". lib intervals: tests::the_length_counts_both_ends" in grader.begin
    assert "pub fn length(&self) -> i64" in task.messages[0].content.split("The files of the repository")[0]
    assert "the_length_counts" not in task.messages[0].content
    cheat = task.reference.replace("self.end - self.start + 1", "0").replace("#[test]", "")
    assert cheat != task.reference and not graded(task, cheat).passed


def test_a_go_package(tmp_path: Path) -> None:
    repository = write_repository(tmp_path / "theirs", newest(GO, "fix the longest"))
    mined = mine(repository, tmp_path / "suites/mined", most=1, runs=1)
    (task,) = mined.suite.tasks
    grader = build_grader(task)
    assert isinstance(grader, Repository)
    assert grader.begin == ("example.org/words: TestLongestCountsLetters",) and len(grader.keep) == 6
    assert (task.language, task.category) == ("go", "bug")


@pytest.mark.slow
@pytest.mark.parametrize(("steps", "tasks"), [(RUST, 4), (GO, 5)], ids=["rust", "go"])
def test_a_dozen_commits_of_a_small_repository(tmp_path: Path, steps: Sequence[Step], tasks: int) -> None:
    mined = mine(write_repository(tmp_path / "theirs", steps), tmp_path / "suites/mined")
    assert len(mined.suite.tasks) == tasks
    assert check_suite(mined.suite, open_sandbox("auto", [mined.folder])) == []
    assert mined.left.total() + tasks == len(steps) == 12


def test_environments_show_no_working_tree(tmp_path: Path, interpreter: Path) -> None:
    repository = write_repository(
        tmp_path / "r", [Step("Start", {"src/a.py": "x\n", "tests/test_a.py": "x\n"})]
    )
    with borrowed(repository) as theirs:
        environment, _ = environment_of(theirs, ["python"], Environment(python=str(interpreter)))
    assert environment.repository == str(repository) and "src" in environment.paths
    assert os.path.isabs(environment.python or "")  # noqa: PTH117
