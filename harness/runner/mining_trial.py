"""One commit on trial: its tests run before and after it and make a task where they tell the two apart."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from harness.errors import HarnessError
from harness.git import Entry, Git, new_store
from harness.graders.checkout import Changes, Texts
from harness.graders.edits import EditError
from harness.graders.repository import OBJECTS, Repository
from harness.graders.testrun import Environment, TestRun, TestRunner, runner_of
from harness.processors import usable_processors
from harness.records import Completion
from harness.runner.describing import Describer
from harness.sandbox.base import Sandbox
from harness.suites.mining import choosing
from harness.suites.mining.choosing import Candidate, difficulty
from harness.suites.mining.message import title
from harness.suites.mining.prompt import CHARACTERS, added_lines, declarations, neighbours, prompt_of
from harness.suites.mining.writing import MinedTask, task_id
from harness.trees import as_answer

_MOST_TESTS = 300  # of each kind that a task names
_LFS = b"version https://git-lfs.github.com/spec/"
_LEAST_S, _TIMES = 20, 10  # a task's time limit: so many times what its tests took
_ANSWER_TOKENS = 4096  # at least


@dataclass(frozen=True, slots=True)
class MiningOptions:
    """Which commits are tried, and what a task may be."""

    languages: Sequence[str]
    most: int = 20  # tasks
    since: str | None = None  # 2026-01-31
    paths: Sequence[str] = ()
    max_lines: int = 300
    prompt_tokens: int = 16_000
    time_limit: float = 60.0  # seconds of a run of a commit's tests
    runs: int = 3  # of them, before and after


class LeftOut(HarnessError):
    """Why a candidate makes no task."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


class Trial:
    """One candidate: its trees, its reference, the runs of its tests."""

    def __init__(
        self, candidate: Candidate, git: Git, scratch: Path, options: MiningOptions,
        environment: Environment, sandbox: Sandbox,
    ) -> None:  # fmt: skip
        self._candidate, self._options, self._sandbox = candidate, options, sandbox
        self.git = new_store(scratch / OBJECTS, candidate.commit.id)
        self._runner: TestRunner = runner_of(candidate.files.language)
        old, new = (git.entries(commit) for commit in (candidate.commit.parents[0], candidate.commit.id))
        self._old, self._new = Texts(git, old), Texts(git, new)
        self._before, self._after = self._texts()
        self._inline = self._inline_tests()
        if self._without_tests(self._before) == self._without_tests(self._after):
            raise LeftOut(choosing.NO_CODE)
        self.grader = self._grader(old, new, environment, scratch)

    def task(self, describer: Describer | None) -> MinedTask:
        """The task, proved. Raises ``LeftOut``."""
        reference, changed = self._reference()
        prompt = self._prompt(self._candidate.words)  # before the tests, which take time
        begin, keep, visible, slowest = self._tests(changed)
        if describer is not None:
            prompt = self._prompt(self._described(describer))
        time_limit = max(_LEAST_S, math.ceil(_TIMES * slowest))
        candidate, grader = self._candidate, self.grader
        own = [change for change in candidate.code if change.path.endswith(candidate.files.suffix)]
        options = {
            "language": grader.language, "start": grader.start, "tests": grader.tests,
            "targets": list(grader.targets), "begin": begin, "keep": keep, "visible": visible,
            **({"inline": list(grader.inline)} if grader.inline else {}),
        }  # fmt: skip
        return MinedTask(
            task_id(candidate.commit.id, title(candidate.words)),
            prompt,
            reference,
            self._wrong(),
            difficulty(sum(change.lines or 0 for change in own), len(own)),
            "bug" if "fix" in candidate.commit.message.lower()[:200] else "change",
            grader.language,
            max(_ANSWER_TOKENS, len(reference) * 2 // CHARACTERS),
            time_limit,
            options,
        )

    # --- what the commit is ----------------------------------------------------

    def _texts(self) -> tuple[dict[str, str], dict[str, str]]:
        """The files that the reference changes, before and after."""
        paths = [change.path for change in self._candidate.code]
        for texts in (self._old, self._new):
            for path, data in texts.data(paths).items():
                if data.startswith(_LFS):
                    raise LeftOut(choosing.LFS, path)
                if texts.get(path) is None:
                    raise LeftOut(choosing.BINARY, path)
        return tuple({path: text for path in paths if (text := texts.get(path)) is not None}
                     for texts in (self._old, self._new))  # type: ignore[return-value]  # fmt: skip

    def _without_tests(self, texts: Mapping[str, str]) -> dict[str, str]:
        """The same files without the tests that stand in them."""
        return {path: self._runner.with_tests(text, "") for path, text in texts.items()}

    def _inline_tests(self) -> tuple[str, ...]:
        """The files of code whose own tests the commit changes."""
        part = self._runner.test_part
        return tuple(
            path
            for path, text in self._after.items()
            if path.endswith(self._candidate.files.suffix) and part(text) != part(self._before.get(path, ""))
        )

    def _grader(
        self, old: Mapping[str, Entry], new: Mapping[str, Entry], environment: Environment, scratch: Path
    ) -> Repository:
        files = self._candidate.files
        start = {path: entry for path, entry in old.items() if not files.is_setting(path)}
        start |= {path: entry for path, entry in new.items() if files.is_setting(path)}
        tests = {path: entry for path, entry in start.items() if not files.is_test(path)}
        tests |= {path: entry for path, entry in new.items() if files.is_test(path)}
        for path in self._inline:
            if path not in self._before and not self._runner.test_part(self._after[path]):
                continue
            text = self._runner.with_tests(self._before.get(path, ""), self._after[path])
            mode = new[path].mode
            tests[path] = Entry(mode, self.git.add_file(text.encode()))
        changed = [change.path for change in self._candidate.tests if change.new is not None]
        targets = self._runner.targets([*changed, *self._inline], tests)
        if not targets:
            raise LeftOut(choosing.NO_TESTS)
        trees = (self.git.add_tree(start), self.git.add_tree(tests))
        return Repository(
            files.language, *trees, tuple(targets), ("?",), inline=self._inline, environment=environment,
            task_file=str(scratch / "candidate" / "task.yaml"),
        )  # fmt: skip

    def _reference(self) -> tuple[str, Changes]:
        """The commit as an answer, and as what that answer changes."""
        reference = as_answer(self._before, self._after)
        try:
            changed, _ = self.grader.edited(Completion(output=reference))
        except EditError as error:
            raise LeftOut(choosing.NO_ANSWER, str(error)) from None
        if {path: text for path, text in changed.items() if text is not None} != {
            path: text for path, text in self._after.items() if self._before.get(path) != text
        }:
            raise LeftOut(choosing.NO_ANSWER, "what is read of it is something else")
        return reference, changed

    def _wrong(self) -> list[str]:
        """Answers that can be applied and change nothing that is judged."""
        nothing = ("NOTES.md", "Nothing.\n")
        unchanged = min(self._before.items(), key=lambda item: len(item[1]), default=nothing)
        answers = [as_answer({}, dict([unchanged]))]
        test = next((change.path for change in self._candidate.tests if self._new.get(change.path)), None)
        return [*answers, as_answer({}, {test: "# nothing is tested\n"})] if test else answers

    def _described(self, describer: Describer) -> str:
        before, after = (self._without_tests(texts) for texts in (self._before, self._after))
        difference = "\n".join(["Before:", as_answer({}, before), "After:", as_answer({}, after)])
        words, flaw = describer.describe(self._candidate.words, difference, added_lines(before, after))
        if words is None:
            raise LeftOut(choosing.QUOTED, flaw)
        return words

    def _prompt(self, words: str) -> str:
        candidate = self._candidate
        before, after = (self._without_tests(texts) for texts in (self._before, self._after))
        tests = [text for change in candidate.tests if (text := self._new.get(change.path))]
        tests += [self._runner.test_part(self._after[path]) for path in self._inline]
        paths = list(self.grader.entries)
        prompt = prompt_of(
            words,
            paths,
            self._before,
            self._old.get,
            neighbours(
                paths,
                self._before,
                [change.path for change in candidate.tests if change.path.endswith(candidate.files.suffix)],
                lambda path: path.endswith(candidate.files.suffix),
            ),
            declarations(candidate.files.language, before, after, tests),
            self._options.prompt_tokens,
        )
        if prompt is None:
            raise LeftOut(choosing.NO_ROOM, f"more than {self._options.prompt_tokens:,} tokens")
        return prompt

    # --- what its tests do -----------------------------------------------------

    def _tests(self, changed: Changes) -> tuple[list[str], list[str], list[str], float]:
        """The tests that begin to pass, go on, and may be seen; the seconds that the slowest run took."""
        first = self._run(self.grader, changed)
        if first.outcome.stopped_by == "wall":
            raise LeftOut(choosing.SLOW, f"more than {self._options.time_limit:g} s")
        if not first.passed:
            raise LeftOut(choosing.NOTHING_RUNS, first.trouble or "none passes with its own code")
        before = self._run(self.grader, {})
        if not first.passed - before.passed:
            raise LeftOut(choosing.NONE_BEGINS)
        visible = replace(self.grader, tests=self.grader.start, inline=())
        repeats = self._options.runs - 1
        jobs = [(self.grader, changed)] * repeats + [(self.grader, {})] * repeats + [(visible, changed)]
        with ThreadPoolExecutor(usable_processors()) as pool:
            more = list(pool.map(lambda job: self._run(*job), jobs))
        after_runs, before_runs = [first, *more[:repeats]], [before, *more[repeats:-1]]
        if flaky := _flaky(after_runs) | _flaky(before_runs):
            raise LeftOut(choosing.FLAKY, "; ".join(sorted(flaky)[:3]))
        always = frozenset.intersection(*(run.passed for run in after_runs))
        begin = always.difference(*(run.passed for run in before_runs))
        keep = always.intersection(*(run.passed for run in before_runs))
        if not begin:
            raise LeftOut(choosing.NONE_BEGINS, "the names of its tests change from run to run")
        slowest = max(run.outcome.wall_s for run in (*after_runs, *before_runs))
        return _some(begin), _some(keep), _some(more[-1].passed), slowest

    def _run(self, grader: Repository, changed: Changes) -> TestRun:
        return grader.run(changed, self._sandbox, self._options.time_limit)


def _flaky(runs: Sequence[TestRun]) -> set[str]:
    """The tests that did not end alike in all runs that they were in."""
    tests = {test for run in runs for test in run.results}
    return {test for test in tests if len({run.results[test] for run in runs if test in run.results}) > 1}


def _some(tests: frozenset[str]) -> list[str]:
    """At most so many tests as a task names, evenly from all of them."""
    ordered = sorted(tests)
    step = max(1, math.ceil(len(ordered) / _MOST_TESTS))
    return ordered[::step]
