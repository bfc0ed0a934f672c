"""Grades changes of a whole repository: by its own tests, some of which must begin to pass, others go on.

The trees lie in a store of git's objects beside the task. Tests and all that decides how they run come from
the tree ``tests``, whatever an answer makes of them. See ``testrun`` for what such a verdict is worth.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, ClassVar

from harness.errors import SandboxUnavailable
from harness.fieldtypes import Length
from harness.git import LINK, Entry, Git, store
from harness.graders.checkout import Changes, Texts, changed_in, write_changed
from harness.graders.edits import EditError, changes, check_paths, edit_format, parse
from harness.graders.execution import cache
from harness.graders.execution.judge import ProgramMetrics
from harness.graders.execution.measure import size
from harness.graders.languages import LANGUAGES
from harness.graders.testrun import (
    LIMITS,
    PROJECT,
    Environment,
    TestRun,
    TestRunner,
    matches,
    run_tests,
    runner_of,
)
from harness.graders.tree import TreeGrader
from harness.records import LOOP, Completion, Task, Verdict
from harness.sandbox.base import Sandbox
from harness.trees import as_answer, size_flaw

OBJECTS = "objects"  # the store, in the suite's folder
TIME_LIMIT_S = 60.0  # of all tests of a task, where it says nothing
_STOPPED = {"wall": "timeout", "cpu": "timeout", "memory": "memory_limit", "output": "output_limit"}
_SHOWN = 3


@dataclass(frozen=True)
class Repository(TreeGrader):
    """``start`` is the tree that the model is given, ``tests`` the same with the tests that judge: git's ids.

    ``targets`` are what the language's runner runs; of the tests in them those in ``begin`` must begin to
    pass and those in ``keep`` go on passing. ``visible`` are tests of ``start`` whose output a model may see.
    The tests within the files of code ``inline`` are those that the files have in ``tests``.
    """

    language: str
    start: Annotated[str, Length(40, 64)]
    tests: Annotated[str, Length(40, 64)]
    targets: tuple[str, ...]
    begin: tuple[str, ...]
    keep: tuple[str, ...] = ()
    visible: tuple[str, ...] = ()
    inline: tuple[str, ...] = ()
    environment: Environment = field(default_factory=Environment)
    task_file: str = ""  # where the task stands, in a folder of the suite's

    name: ClassVar[str] = "repository"

    def __post_init__(self) -> None:
        """Check the options."""
        if self.language not in LANGUAGES:
            raise ValueError(f"`language` must be one of {', '.join(LANGUAGES)}")
        for name in ("start", "tests"):
            if not all(sign in "0123456789abcdef" for sign in getattr(self, name)):
                raise ValueError(f"`{name}` must be the id of a tree in the suite's store")
        if not self.begin or not self.targets:
            raise ValueError("`begin` and `targets` must name something")

    # --- trees -----------------------------------------------------------------

    @cached_property
    def runner(self) -> TestRunner:
        """Of the language."""
        return runner_of(self.language)

    @cached_property
    def _git(self) -> Git:
        return store(Path(self.task_file).parent.parent / OBJECTS, self.start)

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """The tree that the model is given."""
        return self._git.entries(self.start)

    @cached_property
    def _tests(self) -> dict[str, Entry]:
        return self._git.entries(self.tests)

    @cached_property
    def _texts(self) -> Texts:
        return Texts(self._git, self.entries)

    def is_test(self, path: str) -> bool:
        """Whether a file comes from ``tests``, whatever an answer makes of it."""
        return matches(path, self.runner.tests) or matches(path, self.runner.settings)

    def _judged_tree(self, changed: Changes) -> tuple[dict[str, Entry], dict[str, str | None]]:
        """A tree with changes and with the tests, as entries and as what is not as there."""
        kept = {path: text for path, text in changed.items() if not self.is_test(path)}
        entries = {path: entry for path, entry in self.entries.items() if not self.is_test(path)}
        entries |= {path: entry for path, entry in self._tests.items() if self.is_test(path)}
        if self.inline:
            tests = Texts(self._git, self._tests)
            for path in self.inline:
                code = kept[path] if path in kept else self._texts.get(path)
                if code is not None:
                    kept[path] = self.runner.with_tests(code, tests.get(path, ""))
        check_paths({*entries, *(path for path, text in kept.items() if text is not None)} - _gone(kept))
        return entries, kept

    # --- what solvers ask ------------------------------------------------------

    @property
    def characters(self) -> int:
        """Of a repository only parts are shown, and nobody writes it whole."""
        return sum(map(len, self._texts.data([path for path in self._texts if self._is_code(path)]).values()))

    @property
    def echo(self) -> str:
        """The smallest file of code as it is."""
        paths = [path for path in self._texts if self._is_code(path)][:50]
        self._texts.data(paths)  # all in one go
        texts = {path: text for path in paths if (text := self._texts.get(path))}
        return as_answer({}, dict([min(texts.items(), key=lambda item: len(item[1]))])) if texts else ""

    def write(self, folder: Path) -> None:
        """Write the whole tree, without its history."""
        folder.mkdir(parents=True, exist_ok=True)
        self._git.write(self.entries, folder)

    def read(self, folder: Path) -> dict[str, str | None]:
        """The text files that were changed, without tests and settings."""
        return changed_in(folder, self.entries, self._texts, self.is_test)

    def answer(self, folder: Path) -> str:
        """The same as edits."""
        changed = self.read(folder)
        before = {path: text for path in changed if (text := self._texts.get(path)) is not None}
        return as_answer(before, {path: text for path, text in changed.items() if text is not None})

    @contextmanager
    def shell(self) -> Iterator[tuple[Mapping[str, str], Sequence[Path]]]:
        """What the tests are run with."""
        toolbox = self.runner.toolbox(self.environment)
        yield toolbox.env, toolbox.folders

    def edited(self, completion: Completion) -> tuple[dict[str, str | None], dict[str, Any]]:
        """The files that an answer changes, and what is to be said of its form. Raises ``EditError``."""
        if completion.finish_reason in ("length", LOOP):
            raise EditError("truncated", "the answer was cut off, so none of it is applied; raise max_tokens")
        edits = parse(completion.output, self._texts)
        changed = changes(self._texts, edits)
        texts = {path: text for path, text in changed.items() if text is not None}
        if flaw := size_flaw(texts):
            raise EditError("too_large", flaw)
        for path in changed:
            if path in self.entries and self.entries[path].mode == LINK:
                raise EditError("path_escape", f"{path!r:.80} is a link")
        check_paths({*self.entries, *texts} - _gone(changed))
        form = {"well_formed": True, "edit_format": edit_format(edits)}
        return changed, form | {"edited_tests": sum(self.is_test(path) for path in changed)}

    @property
    def of_visible(self) -> Repository:
        """The grader whose tests are those that the model may see, as they are in its tree."""
        return replace(self, tests=self.start, inline=(), begin=self.visible, keep=(), visible=())

    def failures(self, left: Changes, task: Task, sandbox: Sandbox) -> str:
        """What the tests that the model may see say of a tree, as the runner prints it."""
        if not self.visible:
            return ""
        run = self.of_visible.run(left, sandbox, task.time_limit)
        failed = [test for test in self.visible if test not in run.passed]
        return f"These tests must pass and do not: {'; '.join(failed[:20])}\n{run.shown}" if failed else ""

    def flaws(self, task: Task, sandbox: Sandbox) -> Iterator[str]:
        """What the tests do that they must not, with the tree as it is given and with the reference."""
        passed = self.run({}, sandbox, task.time_limit).passed
        for test in passed.intersection(self.begin):
            yield f"the test {test!r} must begin to pass, but does with the tree as it is given"
        for test in set(self.keep) - passed:
            yield f"the test {test!r} must go on passing, but fails with the tree as it is given"
        left, _ = self.edited(Completion(output=task.reference))
        if words := self.failures(left, task, sandbox):
            yield f"the reference in the visible tests: {words.splitlines()[0]}"

    # --- the verdict -----------------------------------------------------------

    def run(self, changed: Changes, sandbox: Sandbox, time_limit: float | None) -> TestRun:
        """Run the tests on the tree with these changes."""
        entries, kept = self._judged_tree(changed)
        limit_s = time_limit or TIME_LIMIT_S
        with tempfile.TemporaryDirectory(prefix="harness-", ignore_cleanup_errors=True) as temporary:
            work = Path(temporary) / "work"
            (work / PROJECT).mkdir(parents=True)
            work.parent.chmod(0o711)  # the sandbox's user must reach what is below it
            write_changed(self._git, entries, kept, self._texts, work / PROJECT)
            limits = replace(LIMITS, wall_s=limit_s, cpu_s=4 * limit_s)
            return run_tests(self.runner, work, self.targets, self.environment, sandbox, limits)

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None) -> Verdict:
        """Judge one answer; may be called from several threads at once."""
        if sandbox is None:
            raise SandboxUnavailable("repositories are only run in a sandbox; give one, or --sandbox none")
        try:
            changed, form = self.edited(completion)
        except EditError as error:
            well_formed = error.kind == "too_large"
            return self._verdict(None, sandbox, (error.kind, str(error)), {"well_formed": well_formed})
        code = "".join(text or "" for path, text in changed.items() if self._is_code(path))
        lines, complexity = size(code, self.language)
        form |= {"code_lines": lines, "complexity": complexity}
        judged = {path: text for path, text in changed.items() if not self.is_test(path)}
        key = cache.key({"changed": judged, "grader": self, "level": sandbox.level, "limit": task.time_limit})
        verdict = cache.shared().get(key)
        if verdict is None:
            verdict = self._verdict(self.run(judged, sandbox, task.time_limit), sandbox)
            cache.shared().put(key, verdict)
        return replace(verdict, metrics={**verdict.metrics, **form})

    def _verdict(
        self,
        run: TestRun | None,
        sandbox: Sandbox,
        refused: tuple[str, str] | None = None,
        form: Mapping[str, Any] | None = None,
    ) -> Verdict:
        passed = frozenset() if run is None else run.passed
        begin, keep = ({test: test in passed for test in tests} for tests in (self.begin, self.keep))
        failed = [test for test, right in {**begin, **keep}.items() if not right]
        kind, words = refused or (_failure(run, failed) if run is not None else (None, None))
        measured = ProgramMetrics(sandbox.level, verdict="inside")
        if run is not None:
            outcome = run.outcome
            measured = replace(
                measured,
                run_s=round(outcome.wall_s, 6),
                cpu_s=round(outcome.cpu_s, 6),
                max_rss_mb=round(outcome.max_rss_mb, 1),
            )
        metrics = {
            "compiled": run is not None and bool(run.results),
            "groups_begin": begin,
            "groups_keep": keep,
            "tests_passed": len(begin) + len(keep) - len(failed),
            "tests_total": len(begin) + len(keep),
            "timed_out": kind == "timeout",
            **asdict(measured),
            **(form or {}),
        }
        score = sum(begin.values()) / len(begin) * (sum(keep.values()) / len(keep) if keep else 1.0)
        return Verdict(kind is None, 0.0 if refused else score, self.name, kind, words, metrics)

    def _is_code(self, path: str) -> bool:
        return path.endswith(LANGUAGES[self.language].suffix) and not self.is_test(path)


def _failure(run: TestRun, failed: Sequence[str]) -> tuple[str | None, str | None]:
    """Why tests did not pass, as a kind of error and in words."""
    if not failed:
        return None, None
    if run.outcome.stopped_by is not None:
        return _STOPPED.get(run.outcome.stopped_by, "crash"), run.trouble
    if run.trouble is not None and not run.results:
        return "compile_error", run.trouble
    more = f" and {len(failed) - _SHOWN} more" if len(failed) > _SHOWN else ""
    return "wrong_answer", "; ".join([*failed[:_SHOWN], *([run.trouble] if run.trouble else [])]) + more


def _gone(changed: Changes) -> set[str]:
    return {path for path, text in changed.items() if text is None}
