"""What the graders of projects share: from an answer to a tree, and from what its checks emit to a verdict.

A group is a driver, which uses the project and emits values, and the values that must come out. Each group
runs in a process of its own, on the answer's tree alone: no expected value ever enters the sandbox.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field, replace
from fnmatch import fnmatchcase
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar, Self

from harness.errors import SandboxUnavailable
from harness.graders.changes import Assessment, Change
from harness.graders.checkgroups import BuiltProject, CheckGroup, GroupRun, ProjectRun
from harness.graders.debugging import Debugging, fixed_tree
from harness.graders.documentation import Documentation
from harness.graders.edits import LAZY, Edit, EditError, apply, edit_format, parse
from harness.graders.execution import cache
from harness.graders.execution.cases import DEFAULT_TOLERANCE, Case, CaseSpec
from harness.graders.execution.judge import ProgramMetrics, counted_warnings, judge, refuse
from harness.graders.execution.measure import size
from harness.graders.execution.quality import with_quality
from harness.graders.follow_up import FollowUp
from harness.graders.languages import LANGUAGES
from harness.graders.refactoring import Refactoring
from harness.graders.tree import TreeGrader
from harness.projectprompt import VISIBLE
from harness.records import LOOP, Completion, Task, Verdict
from harness.sandbox.base import Limits, Sandbox
from harness.trees import Tree, as_answer, read_left, write_tree

# What decides how a project is built or tested. An answer's own never take part.
NEVER = (
    *("conftest.py", "pytest.ini", "pyproject.toml", "setup.cfg", "tox.ini", "sitecustomize.py", "*.pth"),
    *("usercustomize.py", "build.rs", "Cargo.toml", "Cargo.lock", "rust-toolchain*"),
    *("*_test.go", "go.mod", "go.sum", "go.work"),
)
TIME_LIMIT_S = 5.0  # of a group, where the task says nothing
RUN_LIMITS = Limits(memory_mb=2048, processes=64, file_mb=8)
_SHOWN_GROUPS = 3
_CONTRADICTING = f"{VISIBLE}/contradicting"  # among the names of hidden groups, none of which has a slash


@dataclass(frozen=True)
class ProjectGrader(TreeGrader):
    """A grader of projects. ``tree`` is what the model is given, the visible checks included.

    ``protected`` are patterns of paths that an answer must leave as they are. ``debugging``, ``refactor``
    and ``documentation`` say what is measured, or demanded, beside the groups. ``contradicts``
    names a visible group that the specification contradicts: whoever passes it has cheated. ``follow_up`` is
    what is asked next of whoever passes.
    """

    tree: Mapping[str, str]
    hidden: Mapping[str, CheckGroup]
    visible: Mapping[str, CheckGroup] = field(default_factory=dict)
    protected: Sequence[str] = ()
    tolerance: float = DEFAULT_TOLERANCE
    debugging: Debugging | None = None
    refactor: Refactoring | None = None
    documentation: Documentation | None = None
    contradicts: str | None = None
    follow_up: FollowUp | None = None

    language: ClassVar[str]

    def __post_init__(self) -> None:
        """Check the options."""
        later = (self.follow_up.hidden, self.follow_up.visible) if self.follow_up else ()
        for groups in (self.hidden, self.visible, *later):
            for name, group in groups.items():
                if not group.expect:
                    raise ValueError(f"the group {name!r} expects nothing")
                try:
                    self.check_driver(group.driver)
                except ValueError as error:
                    raise ValueError(f"the driver of {name!r}: {error}") from None
        if self.contradicts is not None and self.contradicts not in self.visible:
            raise ValueError(f"'contradicts': there is no {VISIBLE}/{self.contradicts}.yaml")
        for bug, fix in self.fixes.items():
            try:
                fixed_tree(self.tree, fix)
            except EditError as error:
                raise ValueError(f"the fix of {bug!r}: {error}") from None
        if self.refactor:
            self.refactor.check(self.language)

    # --- what a language says --------------------------------------------------

    @abstractmethod
    def check_driver(self, driver: str) -> None:
        """Raise ``ValueError`` for what is no driver of this language."""

    @abstractmethod
    def built(
        self, tree: Tree, groups: Mapping[str, CheckGroup], sandbox: Sandbox
    ) -> AbstractContextManager[BuiltProject]:
        """``tree`` compiled, with the driver of each group."""

    @abstractmethod
    def rests_on(self) -> Mapping[str, Any]:
        """What a verdict depends on beside the tree and the groups."""

    # --- from an answer to a verdict ---------------------------------------------

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None) -> Verdict:
        """Judge one answer; may be called from several threads at once."""
        if sandbox is None:
            raise SandboxUnavailable("projects are only run in a sandbox; give one, or --sandbox none")
        try:
            tree, metrics = self.edited(completion)
        except EditError as error:
            return self._unapplied(error, sandbox)
        changed = {path: text for path, text in tree.items() if self._is_new_code(path, text)}
        lines, complexity = size("".join(changed.values()), self.language)
        key = cache.key({"tree": self._graded(tree), "grader": self, "level": sandbox.level,
                         "time_limit": task.time_limit, **self.rests_on()})  # fmt: skip
        groups = self._groups(tree)
        verdict = cache.shared().get(key) or self._judged(
            self._run(tree, groups, task, sandbox), groups, sandbox
        )
        cache.shared().put(key, verdict)
        metrics = {**verdict.metrics, "code_lines": lines, "complexity": complexity, **metrics}
        verdict = self._assessed(replace(verdict, metrics=metrics), tree)
        return with_quality(verdict, changed, self.language, sandbox)

    def edited(self, completion: Completion) -> tuple[dict[str, str], dict[str, Any]]:
        """The tree that an answer makes, and what is to be said of its form. Raises ``EditError``."""
        if completion.finish_reason in ("length", LOOP):
            raise EditError("truncated", "the answer was cut off, so none of it is applied; raise max_tokens")
        edits = parse(completion.output, self.tree)
        tree = apply(self.tree, edits, (*self.protected, f"{VISIBLE}/*"))
        return tree, _form(edits)

    @property
    def begins(self) -> frozenset[str]:
        """What fails with the tree as it is given, and must begin to pass: groups, and aims beside them."""
        groups = (name for name, group in self.hidden.items() if group.must == "begin")
        aims = (part.begins for part in (self.refactor, self.documentation) if part)
        return frozenset((*groups, *chain.from_iterable(aims)))

    def with_visible(self) -> Self:
        """The grader that judges by the visible checks that can be passed, and by nothing else."""
        visible = {name: group for name, group in self.visible.items() if name != self.contradicts}
        return replace(
            self, hidden=visible, debugging=None, refactor=None, documentation=None, contradicts=None
        )

    def with_follow_up(self, tree: Tree) -> Self:
        """The grader of the second change, which is asked of who made ``tree``."""
        follow_up = self.follow_up
        assert follow_up is not None
        kept = {name: replace(self.hidden[name], must="keep") for name in follow_up.keeps}
        return replace(
            self, tree={**self._graded(tree), **follow_up.files}, hidden={**kept, **follow_up.hidden},
            visible=follow_up.visible, debugging=None, refactor=None, documentation=None, contradicts=None,
            follow_up=None,
        )  # fmt: skip

    @property
    def fixes(self) -> Mapping[str, str]:
        """The fix of each bug, where bugs are to be found."""
        return self.debugging.fixes if self.debugging else {}

    @property
    def echo(self) -> str:
        """The answer that gives the project back as it is."""
        return as_answer({}, self.tree)

    @property
    def characters(self) -> int:
        """Of all files."""
        return sum(map(len, self.tree.values()))

    def write(self, folder: Path) -> None:
        """Write every file of the tree, the visible checks included."""
        write_tree(self.tree, folder)

    def answer(self, folder: Path) -> str:
        """What was made of the tree in a folder, as edits of it."""
        return as_answer(self.tree, self.read(folder))

    def read(self, folder: Path) -> dict[str, str]:
        """The tree in a folder, with the visible checks and what is protected as they were given."""
        tree = read_left(folder)
        patterns = (*self.protected, f"{VISIBLE}/*")

        def stays(path: str) -> bool:
            return any(fnmatchcase(path, pattern) for pattern in patterns)

        return {path: text for path, text in tree.items() if not stays(path)} | {
            path: text for path, text in self.tree.items() if stays(path)
        }

    def failures(self, left: Tree, task: Task, sandbox: Sandbox) -> str:
        """What the visible checks say of a tree: what was expected, what was printed; empty if all pass."""
        run = self._run(left, self.visible, task, sandbox)
        reports = []
        for name, verdict in self._verdicts(run, self.visible, sandbox)[0].items():
            wrong = [label for label, passed in verdict.metrics["tests"].items() if not passed]
            if wrong:
                words = (
                    f"{name}: {verdict.error_type}: {verdict.error}\n{name}: wrong are: {'; '.join(wrong)}"
                )
                reports.append(f"{words}\n{run.groups[name].shown}".strip())
        return "\n\n".join(reports)

    def reruns(self, task: Task, completion: Completion, sandbox: Sandbox, times: int) -> Iterator[Verdict]:
        """The verdicts of so many runs of one answer, which is compiled once; none comes from a cache."""
        tree = self.edited(completion)[0]
        groups = self._groups(tree)
        with self.built(self._graded(tree), groups, sandbox) as project:
            for _ in range(times):
                yield self._judged(self._run_all(project, groups, task), groups, sandbox)

    def _groups(self, tree: Tree) -> Mapping[str, CheckGroup]:
        """What an answer is judged by: hidden groups, its examples, the check that it must not pass."""
        examples = self.documentation.drivers(self._graded(tree), self.language) if self.documentation else {}
        ran = {"examples that fail": 0}
        return {
            **self.hidden,
            **{f"example in {name}": CheckGroup(driver, ran) for name, driver in examples.items()},
            **({_CONTRADICTING: self.visible[self.contradicts]} if self.contradicts else {}),
        }

    def _judged(self, run: ProjectRun, groups: Mapping[str, CheckGroup], sandbox: Sandbox) -> Verdict:
        verdicts, measured = self._verdicts(run, groups, sandbox)
        contradicting = verdicts.pop(_CONTRADICTING, None)
        failed = {name: verdict for name, verdict in verdicts.items() if not verdict.passed}
        errors = [f"{name}: {verdict.error}" for name, verdict in failed.items()]
        first = next(iter(failed.values()), None)
        tests = {f"{name}: {label}": passed for name, verdict in verdicts.items()
                 for label, passed in verdict.metrics["tests"].items()}  # fmt: skip
        metrics = {
            "compiled": all(verdict.metrics["compiled"] for verdict in verdicts.values()),
            "groups_begin": _of_kind("begin", groups, verdicts),
            "groups_keep": _of_kind("keep", groups, verdicts),
            "tests": tests,
            "tests_passed": sum(tests.values()),
            "tests_total": len(tests),
            "timed_out": any(verdict.metrics["timed_out"] for verdict in verdicts.values()),
            **asdict(measured),
            **({"cheated": contradicting.passed} if contradicting else {}),
        }
        return Verdict(
            passed=first is None,
            score=1 - len(failed) / max(1, len(verdicts)),
            grader=self.name,
            error_type=first.error_type if first else None,
            error="; ".join(errors[:_SHOWN_GROUPS]) or None,
            metrics=metrics,
        )

    def _assessed(self, verdict: Verdict, tree: Tree) -> Verdict:
        """The verdict with what is measured beside the groups."""
        change = Change(self.language, self._graded(self.tree), self._graded(tree))
        assessments: tuple[Assessment | None, ...] = (self.debugging, self.refactor, self.documentation)
        for assessment in assessments:
            verdict = assessment.assess(verdict, change) if assessment else verdict
        return verdict

    def _run(self, tree: Tree, groups: Mapping[str, CheckGroup], task: Task, sandbox: Sandbox) -> ProjectRun:
        if not groups:
            return ProjectRun({})
        with self.built(self._graded(tree), groups, sandbox) as project:
            return self._run_all(project, groups, task)

    def _run_all(self, project: BuiltProject, groups: Mapping[str, CheckGroup], task: Task) -> ProjectRun:
        limit_s = task.time_limit or TIME_LIMIT_S
        limits = replace(RUN_LIMITS, wall_s=limit_s, cpu_s=2 * limit_s)
        runs = {name: project.run(name, limits) for name in groups}
        return ProjectRun(runs, project.compile_s, project.warnings)

    def _verdicts(
        self, done: ProjectRun, groups: Mapping[str, CheckGroup], sandbox: Sandbox
    ) -> tuple[dict[str, Verdict], ProgramMetrics]:
        """The verdict on each group, and what running all of them took."""
        outcomes = [run.outcome for run in done.groups.values() if run.outcome is not None]
        measured = ProgramMetrics(
            sandbox.level,
            compile_s=done.compile_s,
            **counted_warnings(done.warnings),
            run_s=round(sum(outcome.wall_s for outcome in outcomes), 6),
            cpu_s=round(sum(outcome.cpu_s for outcome in outcomes), 6),
            max_rss_mb=round(max((outcome.max_rss_mb for outcome in outcomes), default=0.0), 1),
        )
        return {
            name: self._verdict(groups[name], run, measured) for name, run in done.groups.items()
        }, measured

    def _verdict(self, group: CheckGroup, run: GroupRun, measured: ProgramMetrics) -> Verdict:
        expected = group.expect.items()
        cases = tuple(Case(label, (), returns=value, tolerance=self.tolerance) for label, value in expected)
        spec = CaseSpec("driver", cases)
        if run.outcome is None:
            return refuse(self.name, spec, "compile_error", run.refused or "it does not compile", measured)
        return judge(self.name, spec, run.channel, run.outcome, measured)

    def _graded(self, tree: Tree) -> dict[str, str]:
        """What takes part: the tree without its checks, what decides how it is built as it was given."""
        kept = {path: text for path, text in tree.items() if not _never(path)}
        given = {path: text for path, text in self.tree.items() if _never(path)}
        return {path: text for path, text in (kept | given).items() if not path.startswith(f"{VISIBLE}/")}

    def _is_new_code(self, path: str, text: str) -> bool:
        return path.endswith(LANGUAGES[self.language].suffix) and self.tree.get(path) != text

    def _unapplied(self, error: EditError, sandbox: Sandbox) -> Verdict:
        """The verdict on an answer of which nothing was applied."""
        labels = [f"{name}: {label}" for name, group in self.hidden.items() for label in group.expect]
        spec = CaseSpec("driver", tuple(Case(label, ()) for label in labels))
        measured = ProgramMetrics(sandbox.level)
        verdict = refuse(self.name, spec, "malformed_answer", str(error), measured)
        form = {"well_formed": error.kind in ("protected_file", "too_large")}
        cheated = {"cheated": False} if self.contradicts is not None else {}
        metrics = {**verdict.metrics, **form, **cheated}
        return self._assessed(replace(verdict, error_type=error.kind, metrics=metrics), self.tree)


def _of_kind(must: str, groups: Mapping[str, CheckGroup], verdicts: Mapping[str, Verdict]) -> dict[str, bool]:
    return {name: verdict.passed for name, verdict in verdicts.items() if groups[name].must == must}


def _never(path: str) -> bool:
    name = path.rpartition("/")[2]
    return any(fnmatchcase(name, pattern) for pattern in NEVER) or path.startswith((".cargo/", "vendor/"))


def _form(edits: Sequence[Edit]) -> dict[str, Any]:
    lazy = sum(len(LAZY.findall(edit.text or "")) for edit in edits)
    return {"well_formed": True, "edit_format": edit_format(edits), "lazy_comments": lazy}
