"""What is proved of projects: that each group of checks passes or fails with the trees that the task says.

The tree as it is given must fail, the visible checks must pass with the reference and print what the task
shows, and the wrong answers must not all fail the same groups. Where bugs are to be found, each group must
fail by its own bug alone: with the fix of another bug only, and with all fixes but its own. Where a visible
check contradicts the specification, the reference fails it, and the wrong answers pass it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.graders.project import VISIBLE, ProjectGrader
from harness.records import Task, Verdict
from harness.runner.known_answers import Flaw, KnownAnswer
from harness.sandbox.base import Sandbox
from harness.solvers.tries import shown

_OUTPUT = f"{VISIBLE}/output.txt"


def answers_to_project(task: Task, project: ProjectGrader) -> Iterator[KnownAnswer]:
    """The known answers to a project beside the reference and those that are written down as wrong."""
    begin = project.begins
    yield KnownAnswer(task, project, project.echo, "the tree as it is given", False, begin)
    visible = project.with_visible()
    if visible.hidden:
        yield KnownAnswer(task, visible, task.reference, "the reference in the visible checks", True)
    fixes = project.fixes
    for bug, fix in fixes.items() if len(fixes) > 1 else ():
        yield KnownAnswer(task, project, fix, f"the fix of {bug!r} alone", False, begin - {bug})
        if len(fixes) > 2:  # of two, all but one are one alone
            others = "\n".join(other for name, other in fixes.items() if name != bug)
            yield KnownAnswer(
                task, project, others, f"all fixes but that of {bug!r}", False, frozenset({bug})
            )


def flaws_of_groups(graded: Sequence[tuple[KnownAnswer, Verdict]]) -> Iterator[Flaw]:
    """What is wrong with the groups of one project, by the verdicts on its known answers."""
    for example, verdict in graded:
        failed = _failed(verdict)
        for name in sorted(failed ^ (failed if example.fails is None else example.fails)):
            if name not in failed:
                promise = "must begin to pass, but does"
            elif name in verdict.metrics.get("groups_keep", ()):
                promise = "must go on passing, but fails"
            else:
                promise = "must pass, but fails"
            yield Flaw(example.task, f"the group {name!r} {promise} with {example.what}", example.answer)
    wrong = [(example, _failed(verdict)) for example, verdict in graded if example.what.startswith("wrong")]
    if wrong and len({failed for _, failed in wrong}) == 1:
        yield Flaw(
            wrong[0][0].task,
            "all wrong answers fail the same groups; make one fail another",
            wrong[0][0].answer,
        )


def flaws_of_cheating(
    project: ProjectGrader, graded: Sequence[tuple[KnownAnswer, Verdict]]
) -> Iterator[Flaw]:
    """Whether the visible check that contradicts the specification is passed by wrong answers alone."""
    check = f"{VISIBLE}/{project.contradicts}"
    for example, verdict in graded if project.contradicts else ():
        cheated = verdict.metrics.get("cheated")
        if cheated and example.what == "the reference":
            yield Flaw(example.task, f"the reference passes {check}: it contradicts nothing", example.answer)
        elif not cheated and example.what.startswith("wrong"):
            yield Flaw(example.task, f"{example.what} fails {check}, so it does not cheat", example.answer)


def _failed(verdict: Verdict) -> frozenset[str]:
    parts = {key: verdict.metrics.get(key, {}) for key in ("groups_begin", "groups_keep", "aims")}
    kept = {
        key: verdict.metrics[key]
        for key in ("signatures", "lines", "code_unchanged")
        if key in verdict.metrics
    }
    return frozenset(name for part in (*parts.values(), kept) for name, passed in part.items() if not passed)


def flaws_of_output(task: Task, project: ProjectGrader, sandbox: Sandbox) -> Iterator[Flaw]:
    """Whether what the task shows of the visible checks is what they print."""
    if _OUTPUT in project.tree:
        printed = shown(project.failures(project.tree, task, sandbox)).rstrip("\n") + "\n"
        if not printed.strip():
            yield Flaw(task, f"no visible check fails, so there is no {_OUTPUT} to be shown", printed)
        elif printed != project.tree[_OUTPUT]:
            yield Flaw(task, f"{_OUTPUT} is not what the visible checks print: {printed!r}", printed)
