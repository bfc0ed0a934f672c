from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from harness.graders.languages.python.asserts import PythonAsserts
from harness.records import Completion, Verdict
from harness.sandbox.base import Sandbox
from tests.graders.tasks import task

REFERENCE = "def peel(layers):\n    return layers[1:]\n"
SNIPPETS = PythonAsserts(
    names=["peel"],
    setup="import math\nonion = ['dry', 'wet', 'green']",
    tests=[
        "assert peel(onion) == ['wet', 'green']",
        "assert peel([]) == []",
        "assert math.pi > len(peel(onion))",
    ],
)
FILE = PythonAsserts(
    names=["peel"],
    module="onion",
    test_file="""
import unittest
from onion import peel

class Base(unittest.TestCase):
    def test_none(self):
        self.assertEqual(peel([]), [])

class Onion(Base):
    @unittest.skip("later")
    def test_never(self):
        self.fail()

    def test_layers(self):
        for n in (1, 2, 3):
            with self.subTest(n):
                self.assertEqual(len(peel([0] * n)), n - 1)

def test_plain():
    assert peel("ab") == "b"

def helper(x):
    return x
""",
)


CHEATS: dict[str, str] = yaml.safe_load(
    Path(__file__).with_name("python_asserts_cheats.yaml").read_text("utf-8")
)


def grade(sandbox: Sandbox, answer: str, grader: PythonAsserts = SNIPPETS) -> Verdict:
    return grader.grade(task(REFERENCE), Completion(output=answer), sandbox)


def test_a_right_answer_passes_and_the_row_says_that_it_was_judged_inside(sandbox: Sandbox) -> None:
    verdict = grade(sandbox, f"So:\n```python\n{REFERENCE}```")
    assert (verdict.passed, verdict.score, verdict.error) == (True, 1.0, None)
    assert verdict.metrics["verdict"] == "inside"
    assert verdict.metrics["tests"] == {"test 1": True, "test 2": True, "test 3": True}


def test_each_test_counts_and_the_first_failure_is_named(sandbox: Sandbox) -> None:
    verdict = grade(sandbox, "def peel(layers):\n    return layers[1:] or ['x']\n")
    assert (verdict.passed, verdict.error_type) == (False, "wrong_answer")
    assert verdict.score == pytest.approx(2 / 3)
    assert verdict.error == 'test 2: expected "pass", got "AssertionError: assert peel([]) == []"'


def test_a_test_file_runs_with_inherited_sub_and_plain_tests(sandbox: Sandbox) -> None:
    assert FILE.expected == ("Base.test_none", "Onion.test_none", "Onion.test_layers", "test_plain")
    assert grade(sandbox, REFERENCE, FILE).passed
    verdict = grade(sandbox, "def peel(layers):\n    return layers[:-1]\n", FILE)
    assert verdict.metrics["tests"] == {
        "Base.test_none": True, "Onion.test_none": True, "Onion.test_layers": True, "test_plain": False,
    }  # fmt: skip
    verdict = grade(sandbox, "def peel(layers):\n    return layers[2:]\n", FILE)
    assert verdict.metrics["tests"]["Onion.test_layers"] is False


@pytest.mark.parametrize(
    ("answer", "error_type"),
    [
        ("", "malformed_answer"),
        ("def other():\n    pass\n", "malformed_answer"),
        ("def peel(layers:\n", "compile_error"),
        ("import nowhere\n" + REFERENCE, "crash"),
        ("def peel(layers):\n    while True: pass\n", "timeout"),
        ("def peel(layers):\n    return 'x' * 10**10\n", "wrong_answer"),
        ("import os\ndef peel(layers): os._exit(0)\n", "protocol_violation"),
        ("import os\ndef peel(layers): os._exit(65)\n", "crash"),
        ("import sys\ndef peel(layers): sys.exit(0)\n", "wrong_answer"),
        (f"```\nprint('0\\n1\\n2')\nraise SystemExit(0)\n{REFERENCE}```", "crash"),
        ("""\
class Same(list):
    def __eq__(self, other): return True
def peel(layers): return Same()
""", "wrong_answer"),
        ("""\
class Same:
    def __eq__(self, other): return True
def peel(layers): return [Same()]
""", "wrong_answer"),
        ("""\
import builtins
builtins.AssertionError = builtins.len = int
def peel(layers): return []
""", "wrong_answer"),
        ("""\
import os
for fd in range(3, 20):
    try: os.write(fd, b'x 0\\nx 1\\nx 2\\n')
    except OSError: pass
def peel(layers): os._exit(0)
""", "protocol_violation"),
    ],
)  # fmt: skip
def test_what_must_not_pass_does_not(sandbox: Sandbox, answer: str, error_type: str) -> None:
    verdict = grade(sandbox, answer)
    assert (verdict.passed, verdict.error_type) == (False, error_type)
    assert verdict.metrics["verdict"] == "inside"


@pytest.mark.parametrize("name", CHEATS)
def test_no_cheat_passes_snippets_or_a_test_file(sandbox: Sandbox, name: str) -> None:
    for grader in (SNIPPETS, FILE):
        verdict = grade(sandbox, f"```python\n{CHEATS[name]}```", grader)
        assert not verdict.passed
        assert verdict.error_type in ("wrong_answer", "protocol_violation", "crash"), verdict.error


def test_what_is_done_to_unittest_is_undone(sandbox: Sandbox) -> None:
    quiet = "import unittest\nunittest.TestCase.run = lambda self, result: None\n"
    assert grade(sandbox, quiet + REFERENCE, FILE).passed
    verdict = grade(sandbox, quiet + "def peel(layers):\n    return layers\n", FILE)
    assert verdict.metrics["tests"] == {
        "Base.test_none": True, "Onion.test_none": True, "Onion.test_layers": False, "test_plain": False,
    }  # fmt: skip


RIGHT = {
    "a named tuple": "from collections import *\nP = namedtuple('P', 'x y')\ndef make(): return P(1, 2)\n",
    "a typed tuple": "from typing import *\nclass P(NamedTuple):\n    x: int\n    y: int = 2\n"
    "def make(): return P(1)\n",
    "a pair of constants": "from enum import IntEnum\nclass E(IntEnum):\n    A = 1\n    B = 2\n"
    "def make(): return (E.A, E.B)\n",
    "a tuple of a subclass": "class P(tuple):\n    'A pair.'\ndef make(): return P((1, 2))\n",
    "a partial function": "import functools\nmake = functools.partial(lambda x: (x, 2), 1)\n",
    "a cached function": "import functools\n@functools.lru_cache\ndef make(): return (1, 2)\n",
    "a method": "class M:\n    def make(self): return (1, 2)\nmake = M().make\n",
}


@pytest.mark.parametrize("name", RIGHT)
def test_values_that_compare_as_the_library_does_are_right(sandbox: Sandbox, name: str) -> None:
    snippets = PythonAsserts(names=["make"], tests=["assert make() == (1, 2)", "assert str(make()[0])"])
    file = "from answer import *\ndef test_it():\n    assert make() == (1, 2)\n"
    for grader in (snippets, PythonAsserts(names=["make"], test_file=file)):
        verdict = grade(sandbox, f"```python\n{RIGHT[name]}```", grader)
        assert verdict.passed, verdict.error


def test_iterators_and_functions_are_looked_at_when_they_are_used(sandbox: Sandbox) -> None:
    evil = "class Same:\n    def __eq__(self, other): return True\n"
    lazy = PythonAsserts(names=["make"], tests=["assert list(make()) == [1, 2]"])
    for code in (
        "return (x for x in [{}, {}])",
        "return map(lambda x: x, [{}, {}])",
        "return iter([{}, {}])",
    ):
        right, wrong = code.format(1, 2), code.format("Same()", "Same()")
        assert grade(sandbox, f"def make():\n    {right}\n", lazy).passed
        assert not grade(sandbox, f"{evil}def make():\n    {wrong}\n", lazy).passed
    made = PythonAsserts(names=["make"], tests=["assert make()(1) == 1"])
    assert grade(sandbox, "def make():\n    return lambda x: x\n", made).passed
    assert not grade(sandbox, f"{evil}def make():\n    return lambda x: Same()\n", made).passed


def test_classes_are_left_alone_where_the_reference_has_them(sandbox: Sandbox) -> None:
    code = """\
class Box:
    def __init__(self, size): self.size = size
    def __eq__(self, other): return self.size == other.size
def box(size): return Box(size)
"""
    file = "from answer import Box, box\ndef test_it():\n    assert box(1) == Box(1) != Box(2)\n"
    grader = PythonAsserts(names=["Box", "box"], test_file=file)
    verdict = grader.grade(task(code), Completion(output=code), sandbox)
    assert verdict.passed, verdict.error


def test_what_the_prompt_shows_is_there_and_a_bare_body_is_enough(sandbox: Sandbox) -> None:
    grader = PythonAsserts(
        names=["peel"],
        signature="def peel(layers: List[str]) -> List[str]:",
        prelude="from typing import List\n\ndef rest(xs):\n    return xs[1:]\n",
        tests=["assert peel(['a', 'b']) == ['b']"],
    )
    assert grade(sandbox, "    return rest(layers)\n", grader).passed
    assert grade(
        sandbox, "def peel(layers: List[str]) -> List[str]:\n    return rest(layers)\n", grader
    ).passed


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({}, "give either `tests` or `test_file`"),
        ({"tests": ["1"], "test_file": "x"}, "give either"),
        ({"tests": []}, "`tests` is empty"),
        ({"test_file": "def helper(): pass"}, "`test_file` holds no tests"),
        ({"test_file": "\ndef x(:"}, "`test_file` line 2"),
    ],
)
def test_options_are_checked(options: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        PythonAsserts(**options)  # type: ignore[arg-type]
