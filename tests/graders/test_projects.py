"""Projects in the real sandbox: what decides is the answer's tree alone, and every group of checks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from harness.errors import SandboxUnavailable
from harness.graders import prepare
from harness.graders.checkgroups import CheckGroup
from harness.graders.languages.go.project import GoProject
from harness.graders.languages.python.project import PythonProject
from harness.graders.languages.rust.project import RustProject
from harness.graders.project import ProjectGrader
from harness.records import Completion, Verdict
from harness.sandbox.base import Sandbox
from harness.trees import as_answer
from tests.graders.tasks import task

TASK = task("reference", time_limit=3)
TOTALS = "from shop.cart import total\n\nemit(total([2, 5]))\nemit(total([]))\n"
TOTAL_GO = """\
package driver

import (
	"shop/cart"
	"shop/price"
)

func drive(emit func(any)) {
	emit(cart.Total([]price.Price{2, 5}))
}
"""
EMPTY_GO = """\
package driver

import "shop/cart"

func drive(emit func(any)) {
	emit(cart.Total(nil))
}
"""
TOTAL_RUST = "use shop_cart::total;\n\npub fn drive() {\n    emit!(total(&[2, 5]));\n}\n"
CART_GO = """\
package cart

import "shop/price"

func Total(prices []price.Price) int {
	return 0
}
"""
PYTHON = PythonProject(
    tree={
        "shop/__init__.py": "",
        "shop/cart.py": "def total(prices):\n    return 0\n\n\ndef count(prices):\n    return len(prices)\n",
        "conftest.py": "# ours\n",
        "visible/basics.py": "from shop.cart import total\n\nemit(total([1, 2]))\n",
    },
    visible={"basics": CheckGroup("from shop.cart import total\n\nemit(total([1, 2]))\n", {"of two": 3})},
    hidden={
        "adds": CheckGroup(TOTALS, {"two": 7, "none": 0}),
        "counts": CheckGroup("from shop.cart import count\n\nemit(count([2, 5]))\n", {"two": 2}, "keep"),
    },
    protected=("shop/__init__.py",),
)  # fmt: skip
RUST = RustProject(
    tree={
        "Cargo.toml": '[package]\nname = "shop-cart"\nedition = "2021"\n',
        "src/lib.rs": "mod cart;\npub use cart::total;\n",
        "src/cart.rs": "pub fn total(prices: &[i64]) -> i64 {\n    0\n}\n",
        "src/main.rs": "fn main() {\n    println!(\"{}\", shop_cart::total(&[1]));\n}\n",
    },
    hidden={
        "adds": CheckGroup(TOTAL_RUST, {"two": 7}),
        "empty": CheckGroup("pub fn drive() {\n    emit!(shop_cart::total(&[]));\n}\n", {"none": 0}, "keep"),
    },
)  # fmt: skip
GO = GoProject(
    tree={
        "go.mod": "module shop\n\ngo 1.24\n",
        "main.go": 'package main\n\nimport "shop/cart"\n\nfunc main() {\n\tprintln(cart.Total(nil))\n}\n',
        "cart/cart.go": CART_GO,
        "price/price.go": "package price\n\ntype Price int\n",
    },
    hidden={
        "adds": CheckGroup(TOTAL_GO, {"two": 7}),
        "empty": CheckGroup(EMPTY_GO, {"none": 0}, "keep"),
    },
)  # fmt: skip


def right(grader: ProjectGrader) -> dict[str, str]:
    """The files that make every group pass."""
    match grader:
        case PythonProject():
            return {"shop/cart.py": grader.tree["shop/cart.py"].replace("return 0", "return sum(prices)")}
        case RustProject():
            return {"src/cart.rs": grader.tree["src/cart.rs"].replace("    0", "    prices.iter().sum()")}
    body = "sum := 0\n\tfor _, p := range prices {\n\t\tsum += int(p)\n\t}\n\treturn sum"
    return {"cart/cart.go": grader.tree["cart/cart.go"].replace("return 0", body)}


def graded(grader: ProjectGrader, files: dict[str, str], sandbox: Sandbox, **more: Any) -> Verdict:
    answer = as_answer({}, files)
    return grader.grade(TASK, Completion(output=answer, **more), sandbox)


@pytest.fixture(params=[PYTHON, RUST, GO], ids=lambda grader: grader.language)
def grader(request: pytest.FixtureRequest) -> ProjectGrader:
    project: ProjectGrader = request.param
    try:
        prepare(project.name)
    except SandboxUnavailable as missing:
        pytest.skip(str(missing))
    return project


def test_every_group_must_pass(grader: ProjectGrader, sandbox: Sandbox) -> None:
    passed = graded(grader, right(grader), sandbox)
    assert (passed.passed, passed.score, passed.error_type) == (True, 1.0, None), passed.error
    assert passed.metrics["groups_begin"] == {"adds": True}
    assert list(passed.metrics["groups_keep"].values()) == [True]
    half = grader.grade(TASK, Completion(output=grader.echo.replace("# ours", "# mine")), sandbox)
    assert (half.passed, half.score, half.error_type) == (False, 0.5, "wrong_answer")
    assert half.metrics["groups_begin"] == {"adds": False}
    assert list(half.metrics["groups_keep"].values()) == [True]
    assert half.error and half.error.startswith("adds: two: expected 7, got 0")


def test_how_a_project_is_built_comes_from_the_task(grader: ProjectGrader, sandbox: Sandbox) -> None:
    """What an answer brings beside the program can neither help it nor break it."""
    own = {
        "conftest.py": "raise SystemExit\n", "sitecustomize.py": "raise SystemExit\n", "x.pth": "import os\n",
        "pyproject.toml": "broken\n", "setup.cfg": "broken\n",
        "Cargo.toml": '[package]\nname = "other"\nedition = "2015"\n', "build.rs": "compile_error!();\n",
        ".cargo/config.toml": "broken\n", "rust-toolchain.toml": "broken\n",
        "go.mod": "module other\n", "go.work": "broken\n", "cart/cart_test.go": "package broken(\n",
        "vendor/shop/cart/cart.go": "package broken(\n",
    }  # fmt: skip
    verdict = graded(grader, {**own, **right(grader)}, sandbox)
    assert verdict.passed, verdict.error
    assert not graded(grader, own, sandbox).passed


def test_code_that_does_not_compile_names_its_place(grader: ProjectGrader, sandbox: Sandbox) -> None:
    ((path, text),) = right(grader).items()
    verdict = graded(grader, {path: text + "\nfn func def (\n"}, sandbox)
    assert not verdict.passed and verdict.score == 0
    assert path in (verdict.error or "") or "SyntaxError" in (verdict.error or "")
    assert "/tmp" not in (verdict.error or "") and "/work" not in (verdict.error or "")


def test_a_program_that_no_group_uses_must_compile(sandbox: Sandbox) -> None:
    for project, path in ((RUST, "src/main.rs"), (GO, "main.go")):
        prepare(project.name)
        verdict = graded(project, {**right(project), path: "broken (\n"}, sandbox)
        assert (verdict.passed, verdict.error_type) == (False, "compile_error")


LEAVING = "import os, sys\nos.write(1, b'0 7\\n1 0\\n')\nprint('0 7')\nprint('1 passed')\nos._exit(0)\n"
FORGING = "import sys\nsys.modules['__main__'].__dict__.clear()\nint.__eq__ = lambda a, b: True\n"
EQUAL = """
class Any(int):
    def __eq__(self, other):
        return True


def total(prices):
    return Any()
"""
HANGING = (
    "def total(prices):\n    while True:\n        pass\n\n\ndef count(prices):\n    return len(prices)\n"
)
SNEAKING = """
import os, socket

def total(prices):
    for folder, folders, files in os.walk("/"):
        folders[:] = [name for name in folders if name not in ("proc", "usr", "lib", "lib64")]
        if any(name in file for file in files for name in ("hidden", "expect", "driver", "task.yaml")):
            return 7
    try:
        socket.create_connection(("127.0.0.1", 80), 1)
        return 7
    except PermissionError:
        return 0 if os.getpid() else 7
"""


@pytest.mark.parametrize("cart", [LEAVING, FORGING, EQUAL, "raise SystemExit(0)\n"])
def test_no_trick_passes(cart: str, sandbox: Sandbox) -> None:
    verdict = graded(PYTHON, {"shop/cart.py": cart}, sandbox)
    assert not verdict.passed and verdict.metrics["groups_begin"] == {"adds": False}, verdict


def test_what_a_project_is_judged_by_is_nowhere_to_be_read(sandbox: Sandbox) -> None:
    assert "two: expected 7, got 0" in (graded(PYTHON, {"shop/cart.py": SNEAKING}, sandbox).error or "")


def test_a_group_that_hangs_takes_no_other_along(sandbox: Sandbox) -> None:
    quick = replace(TASK, time_limit=0.5)
    verdict = PYTHON.grade(quick, Completion(output=as_answer({}, {"shop/cart.py": HANGING})), sandbox)
    assert (verdict.error_type, verdict.score, verdict.metrics["timed_out"]) == ("timeout", 0.5, True)
    assert verdict.metrics["groups_keep"] == {"counts": True}


def test_a_project_may_write_where_nothing_stays(sandbox: Sandbox) -> None:
    writes = (
        "import tempfile, pathlib\n\n\ndef total(prices):\n"
        "    path = pathlib.Path('/tmp/kept')\n    known = path.exists()\n    path.write_text('x')\n"
        "    with tempfile.TemporaryFile() as file:\n        file.write(b'x' * 10**6)\n"
        "    try:\n        pathlib.Path('shop/cart.py').write_text('')\n"
        "    except OSError:\n        return 99 if known else sum(prices)\n"
    )
    driver = CheckGroup("from shop.cart import total\n\nemit(total([2, 5]))\n", {"two": 7})
    verdict = graded(replace(PYTHON, hidden={"a": driver, "b": driver}), {"shop/cart.py": writes}, sandbox)
    assert verdict.passed, verdict.error


def test_an_answer_of_which_nothing_is_applied_runs_nothing(sandbox: Sandbox) -> None:
    broken = as_answer({}, right(PYTHON)) + "shop/cart.py\n<<<<<<< SEARCH\n"
    for kind, answer, reason in (
        ("no_edit", "", "stop"), ("malformed_edit", broken, "stop"),
        ("truncated", as_answer({}, right(PYTHON)), "length"),
        ("path_escape", as_answer({}, right(PYTHON)) + "../x.py\n```\n1\n```\n", "stop"),
    ):  # fmt: skip
        verdict = PYTHON.grade(TASK, Completion(output=answer, finish_reason=reason), sandbox)
        assert (verdict.passed, verdict.score, verdict.error_type) == (False, 0.0, kind)
        assert verdict.metrics["well_formed"] is False and verdict.metrics["tests_total"] == 3


@pytest.mark.parametrize("path", ["visible/basics.py", "visible/more.py", "shop/__init__.py"])
def test_checks_and_protected_files_cannot_be_changed(path: str, sandbox: Sandbox) -> None:
    verdict = graded(PYTHON, {**right(PYTHON), path: "emit(3)\n"}, sandbox)
    assert (verdict.passed, verdict.error_type, verdict.metrics["well_formed"]) == (
        False,
        "protected_file",
        True,
    )


def test_visible_checks_say_what_is_wrong(sandbox: Sandbox) -> None:
    words = PYTHON.failures(dict(PYTHON.tree), TASK, sandbox)
    assert words == "basics: wrong_answer: of two: expected 3, got 0\nbasics: wrong are: of two"
    tree, form = PYTHON.edited(Completion(output=as_answer({}, right(PYTHON))))
    assert form == {"well_formed": True, "edit_format": "whole", "lazy_comments": 0}
    assert PYTHON.failures(tree, TASK, sandbox) == ""


def test_without_a_sandbox_nothing_runs() -> None:
    with pytest.raises(SandboxUnavailable):
        PYTHON.grade(TASK, Completion(output="x"), None)


@pytest.mark.parametrize(
    ("grader", "changes", "complaint"),
    [
        (PYTHON, {"hidden": {"x": CheckGroup("emit(", {"a": 1})}}, "the driver of 'x': line 1"),
        (PYTHON, {"hidden": {"x": CheckGroup("emit(1)", {})}}, "'x' expects nothing"),
        (PYTHON, {"python": "2.7"}, "`python` must be"),
        (RUST, {"tree": {"src/lib.rs": ""}}, "needs a `Cargo.toml`"),
        (RUST, {"tree": {**RUST.tree, "Cargo.toml": "[package]\nname = 1\n"}}, "needs a `Cargo.toml`"),
        (RUST, {"tree": {**RUST.tree, "Cargo.toml": '[package]\nname = "a"\nedition = "1"\n'}}, "`edition`"),
        (RUST, {"tree": {"Cargo.toml": RUST.tree["Cargo.toml"]}}, "lacks `src/lib.rs`"),
        (RUST, {"hidden": {"x": CheckGroup("fn main() {}", {"a": 1})}}, "pub fn drive"),
        (GO, {"tree": {}}, "needs a `go.mod`"),
        (GO, {"hidden": {"x": CheckGroup("package main\n", {"a": 1})}}, "package driver"),
    ],
)  # fmt: skip
def test_options_are_checked_when_a_suite_is_read(
    grader: ProjectGrader, changes: Any, complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        replace(grader, **changes)


def test_go_packages_that_import_each_other_are_refused(sandbox: Sandbox) -> None:
    prepare(GO.name)
    circle = {**right(GO), "price/price.go": 'package price\n\nimport _ "shop/cart"\n\ntype Price int\n'}
    verdict = graded(GO, circle, sandbox)
    assert verdict.error_type == "compile_error" and "circle" in (verdict.error or "")
