"""What is proved of projects: that each group of checks passes or fails with the trees that the task says.

The tree as it is given must fail, the visible checks must pass with the reference and print what the task
shows, and the wrong answers must not all fail the same groups. Where bugs are to be found, each group must
fail by its own bug alone: with the fix of another bug only, and with all fixes but its own. Where a visible
check contradicts the specification, the reference fails it, and the wrong answers pass it. Of a second change
all of this is proved on the tree that the reference of the first one leaves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.graders.follow_up import FollowUp
from harness.graders.project import ProjectGrader
from harness.projectprompt import OUTPUT, VISIBLE
from harness.records import Completion, Task, Verdict
from harness.runner.known_answers import Flaw, KnownAnswer
from harness.sandbox.base import Sandbox
from harness.solvers.tries import shown

_OUTPUT = f"{VISIBLE}/{OUTPUT}"
_SECOND = "to the second change"


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
    if project.follow_up is not None:
        yield from _answers_to_follow_up(task, project, project.follow_up)


def _answers_to_follow_up(task: Task, project: ProjectGrader, follow_up: FollowUp) -> Iterator[KnownAnswer]:
    """The known answers to the second change, on the tree that the reference of the first one leaves.

    ``other`` makes both changes of the tree as it was given, and is built otherwise: it shows that the checks
    ask for nothing private.
    """
    second = project.with_follow_up(project.edited(Completion(output=task.reference))[0])
    yield KnownAnswer(task, second, follow_up.reference, f"the reference {_SECOND}", True)
    yield KnownAnswer(task, second, "", f"the empty answer {_SECOND}", False)
    unchanged = f"the tree unchanged {_SECOND}"
    yield KnownAnswer(task, second, second.echo, unchanged, False, second.begins)
    for number, wrong in enumerate(follow_up.wrong, 1):
        yield KnownAnswer(task, second, wrong, f"wrong answer {number} {_SECOND}", False)
    at_once = project.with_follow_up(project.tree)
    yield KnownAnswer(task, at_once, follow_up.other, f"the other answer {_SECOND}", True)
    visible = second.with_visible()
    if visible.hidden:
        what = f"the reference {_SECOND} in its visible checks"
        yield KnownAnswer(task, visible, follow_up.reference, what, True)


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
    first, second = ([one for one in wrong if one[0].what.endswith(_SECOND) is of] for of in (False, True))
    for of, answers in (("", first), (f" {_SECOND}", second)):
        if answers and len({failed for _, failed in answers}) == 1:
            complaint = f"all wrong answers{of} fail the same groups; make one fail another"
            yield Flaw(answers[0][0].task, complaint, answers[0][0].answer)


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
