"""What stops each attack on a project's verdict: with that one check out of order, the attack would pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest

from harness.graders import edits, prepare
from harness.graders import project as grading
from harness.graders.checkgroups import CheckGroup
from harness.graders.edits import EditError, parse
from harness.graders.execution.judge import judge
from harness.graders.languages.python.project import PythonProject
from harness.graders.project import ProjectGrader
from harness.records import Completion, Verdict
from harness.sandbox.base import Sandbox
from harness.trees import as_answer
from tests.graders.test_projects import GO, PYTHON, SNEAKING, TASK, right

PatchIn = pytest.MonkeyPatch
RIGHT = as_answer({}, right(PYTHON))
BROKEN_COUNT = right(PYTHON)["shop/cart.py"].replace("return len(prices)", "return 0")
LEAVING = """\
import os


def total(prices):
    os.write(1, b"0 7\\n1 0\\n")
    os._exit(0)


def count(prices):
    return len(prices)
"""
# A project whose tax is not the candidate's to set.
TAXED = replace(
    PYTHON,
    tree={
        "shop/__init__.py": "",
        "shop/cart.py": "from shop.tax import TAX\n\n\ndef total(prices):\n    return sum(prices) + TAX\n",
        "shop/tax.py": "TAX = 2\n",
    },
    hidden={"adds": CheckGroup("from shop.cart import total\n\nemit(total([2, 5]))\n", {"two": 7})},
    visible={},
    protected=("shop/tax.py",),
)


def no_protection(patch: PatchIn) -> None:
    """Protected files may be changed."""
    apply = edits.apply
    patch.setattr(grading, "apply", lambda start, changes, protected=(): apply(start, changes))


def only_groups(must: str) -> Callable[[PatchIn], None]:
    """Groups of the other kind are not looked at."""

    def mutate(patch: PatchIn) -> None:
        run_all = ProjectGrader._run_all

        def some(self: ProjectGrader, project: Any, groups: Mapping[str, CheckGroup], task: Any) -> Any:
            kept = {name: group for name, group in groups.items() if group.must == must}
            return run_all(self, project, kept, task)

        patch.setattr(ProjectGrader, "_run_all", some)
        patch.setattr(grading, "_of_kind", lambda *_: {})

    return mutate


def any_path(patch: PatchIn) -> None:
    """``..`` is a path like any other."""
    patch.setattr(edits, "path_flaw", lambda path: None)


def exit_codes(patch: PatchIn) -> None:
    """A program that ends well has passed."""

    def by_exit(name: str, spec: Any, channel: bytes, outcome: Any, measured: Any) -> Verdict:
        return replace(judge(name, spec, channel, outcome, measured), passed=outcome.exit_code == 0)

    patch.setattr(grading, "judge", by_exit)


def what_is_printed(patch: PatchIn) -> None:
    """What the project itself prints is taken for what the driver emitted."""
    verdict = ProjectGrader._verdict

    def of_print(self: ProjectGrader, group: CheckGroup, run: Any, measured: Any) -> Verdict:
        return verdict(self, group, replace(run, channel=run.outcome.stderr or run.channel), measured)

    patch.setattr(ProjectGrader, "_verdict", of_print)


def whatever_came(patch: PatchIn) -> None:
    """An answer that was cut off counts as far as it goes."""
    edited = ProjectGrader.edited

    def cut(self: ProjectGrader, completion: Completion) -> Any:
        return edited(self, replace(completion, finish_reason="stop"))

    patch.setattr(ProjectGrader, "edited", cut)


def what_fits(patch: PatchIn) -> None:
    """Edits that can be made are made, whatever becomes of the others."""
    apply = edits.apply

    def partly(start: Any, changes: Any, protected: Any = ()) -> dict[str, str]:
        tree = dict(start)
        for one in changes:
            try:
                tree = apply(tree, [one], protected)
            except EditError:
                continue
        return tree

    patch.setattr(grading, "apply", partly)


def expectations_inside(patch: PatchIn) -> None:
    """The files of the hidden groups lie where the project runs."""
    built = PythonProject.built

    @contextmanager
    def with_hidden(self: PythonProject, tree: Any, groups: Any, sandbox: Any) -> Iterator[Any]:
        with built(self, {**tree, "hidden/expect.yaml": "two: 7\n"}, groups, sandbox) as project:
            yield project

    patch.setattr(PythonProject, "built", with_hidden)


@dataclass(frozen=True)
class Attack:
    """An answer that must fail, and the check that stops it, out of order."""

    answer: str
    mutate: Callable[[PatchIn], None]
    kind: str = "wrong_answer"
    project: PythonProject = PYTHON
    finish_reason: str = "stop"


FULL = "shop/cart.py\n<<<<<<< SEARCH\n    return 0\n=======\n    return sum(prices)\n>>>>>>> REPLACE\n"
ATTACKS = {
    "sets what is protected": Attack(
        "shop/tax.py\n```\nTAX = 0\n```\n", no_protection, "protected_file", TAXED
    ),
    "changes nothing": Attack(PYTHON.echo.replace("# ours", "# mine"), only_groups("keep")),
    "breaks what was right": Attack(as_answer({}, {"shop/cart.py": BROKEN_COUNT}), only_groups("begin")),
    "writes outside the tree": Attack(f"{RIGHT}\n../mine.txt\n```\nx\n```\n", any_path, "path_escape"),
    "leaves before it is asked": Attack(
        as_answer({}, {"shop/cart.py": "import os\n\nos._exit(0)\n"}), exit_codes, "protocol_violation"
    ),
    "prints what must come": Attack(
        as_answer({}, {"shop/cart.py": LEAVING}), what_is_printed, "protocol_violation"
    ),
    "is cut off": Attack(RIGHT, whatever_came, "truncated", finish_reason="length"),
    "has a block that fits nowhere": Attack(
        FULL + FULL.replace("return 0", "return 99"), what_fits, "search_missing"
    ),
    "looks for what must come": Attack(as_answer({}, {"shop/cart.py": SNEAKING}), expectations_inside),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_the_check_is_what_stops_the_attack(
    name: str, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    attack = ATTACKS[name]
    monkeypatch.setenv("HARNESS_VERDICT_CACHE", "off")
    project = attack.project
    if name == "looks for what must come":
        project = replace(project, hidden={"adds": CheckGroup(
            "from shop.cart import total\n\nemit(total([2, 5]))\n", {"two": 7})})  # fmt: skip
    done = Completion(output=attack.answer, finish_reason=attack.finish_reason)
    stopped = project.grade(TASK, done, sandbox)
    assert (stopped.passed, stopped.error_type) == (False, attack.kind), stopped.error
    with monkeypatch.context() as patch:
        attack.mutate(patch)
        assert project.grade(TASK, done, sandbox).passed, "something else stops it too: say what"


def test_files_that_decide_how_a_project_is_built_would_break_it(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(GO.name)
    monkeypatch.setenv("HARNESS_VERDICT_CACHE", "off")
    answer = as_answer({}, {**right(GO), "vendor/shop/cart/cart.go": "package broken(\n"})
    assert GO.grade(TASK, Completion(output=answer), sandbox).passed
    monkeypatch.setattr(grading, "_never", lambda path: False)
    assert GO.grade(TASK, Completion(output=answer), sandbox).error_type == "compile_error"


def test_the_attacks_are_answers_that_can_be_read() -> None:
    """So that what stops them is not that nobody understands them."""
    assert all(parse(attack.answer, attack.project.tree) for attack in ATTACKS.values())
