"""Written tests are judged by what they notice; what they run on they can learn only by running it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.errors import SandboxUnavailable
from harness.graders import build_grader, prepare, testgen
from harness.graders.execution.extract import Refused
from harness.graders.languages.go.testgen import OFFERED as GO_OFFERED
from harness.graders.languages.go.testgen import GoTestgen
from harness.graders.languages.python import guard
from harness.graders.languages.python.testgen import PythonTestgen
from harness.graders.languages.rust.testgen import RustTestgen
from harness.graders.testgen import Fate, Mutant, TestgenGrader, mutation_score
from harness.records import Completion, Verdict
from harness.replacements import Replacement
from harness.sandbox import open_sandbox
from harness.sandbox.base import Sandbox
from harness.suites import load_suite
from harness.suites.coded import OFFERED
from tests.graders.tasks import task

TASK = task("")
MUTANTS = (
    Mutant("a < b", "a <= b", "less(1, 1)"),
    Mutant("a + b", "a - b", "add(1, 1)"),
    Mutant("a * 2", "a * 3", "twice(1)"),
)


def equivalent(old: str, new: str) -> Sequence[Sequence[Replacement]]:
    return ((Replacement(old, new),),)


PYTHON = PythonTestgen(
    {
        "sums.py": """import re


def less(a, b):
    return a < b


def add(a, b):
    return a + b


def twice(a):
    return a * 2


def words():
    return 'two words'
"""
    },
    MUTANTS,
    equivalent("'two words'", "'other words'"),
)
RUST = RustTestgen(
    {
        "lib.rs": """pub fn less(a: i32, b: i32) -> bool { a < b }
pub fn add(a: i32, b: i32) -> i32 { a + b }
pub fn twice(a: i32) -> i32 { a * 2 }
"""
    },
    MUTANTS,
    equivalent("a * 2", "2 * a"),
    package="sums",
)
GO = GoTestgen(
    {"sums.go": """package sums

type N int

func Less(a, b int) bool { return a < b }

func Add(a, b int) int {
	return a + b
}

func (a N) Twice() N { return a * 2 }
"""},
    MUTANTS,
    equivalent("a * 2", "2 * a"),
)  # fmt: skip


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    try:
        for name in ("rust_testgen", "go_testgen"):
            prepare(name)
        return open_sandbox("bwrap")
    except SandboxUnavailable as missing:
        pytest.skip(str(missing))


def graded(grader: TestgenGrader, answer: str, sandbox: Sandbox) -> Verdict:
    return grader.grade(TASK, Completion(output=answer), sandbox)


def fates(verdict: Verdict) -> list[str]:
    return list(verdict.metrics["mutants"].values())


def test_score_is_killed_by_those_that_are_viable() -> None:
    counts: dict[Fate, int] = {"assertion": 10, "error": 1, "timeout": 1, "survived": 5, "not_viable": 3}
    assert round(mutation_score([fate for fate, count in counts.items() for _ in range(count)]), 4) == 0.7059
    assert mutation_score([]) == 0.0


# --- what is counted -----------------------------------------------------------

PY_TWO = """from sums import add, less


def test_sums():
    assert not less(1, 1)
    assert add(1, 1) == 2
"""
PY_THREE = (
    PY_TWO
    + """

def test_twice():
    from sums import twice
    assert twice(2) == 4
"""
)
PY_ANSWERS: Mapping[str, tuple[str, float, str | None]] = {
    "all": (PY_THREE, 1.0, None),
    "two of three": (f"Here:\n\n```python\n{PY_TWO}```\n", 2 / 3, "wrong_answer"),
    "nothing noticed": ("def test_nothing():\n    pass\n", 0.0, "wrong_answer"),
    "fails on right code": (PY_TWO.replace("== 2", "== 3"), 0.0, "wrong_answer"),
    "fails on a refactoring": (
        PY_TWO + "\n\ndef test_words():\n    from sums import words\n    assert words() == 'two words'\n",
        0.0,
        "wrong_answer",
    ),
    "no test": ("from sums import add\n\nassert add(1, 1) == 2\n", 0.0, "malformed_answer"),
    "no code": ("I cannot.", 0.0, "malformed_answer"),
    "leaves early": (
        "import unittest\nfrom sums import add\n\n\nclass T(unittest.TestCase):\n    def test_a(self):\n"
        "        raise SystemExit(add(1, 1) - 2)\n",
        0.0,
        "wrong_answer",
    ),
}


def misjudged(sandbox: Sandbox, names: Sequence[str] = tuple(PY_ANSWERS)) -> list[str]:
    wrong = []
    for name in names:
        answer, score, error_type = PY_ANSWERS[name]
        verdict = graded(PYTHON, answer, sandbox)
        if (round(verdict.score, 6), verdict.error_type) != (round(score, 6), error_type):
            wrong.append(f"{name}: {verdict.score} {verdict.error_type} {verdict.error}")
    return wrong


def test_python(sandbox: Sandbox) -> None:
    assert misjudged(sandbox) == []
    verdict = graded(PYTHON, PY_ANSWERS["two of three"][0], sandbox)
    assert verdict.metrics["mutants"] == {
        "sums.py:5: return a <= b": "assertion",
        "sums.py:9: return a - b": "assertion",
        "sums.py:13: return a * 3": "survived",
    }
    assert verdict.error == "no test notices sums.py:13: return a * 3"
    assert (verdict.metrics["mutants_killed"], verdict.metrics["mutants_total"]) == (2, 3)


@pytest.mark.parametrize(
    ("owner", "name", "mutation", "seen_by"),
    [
        (testgen, "mutation_score", lambda fates: 1.0, "two of three"),  # too lenient
        (
            testgen,
            "mutation_score",
            lambda fates: float("survived" not in fates),
            "two of three",
        ),  # too strict
        (PythonTestgen, "_unfit", lambda *_: Verdict(True, 1.0, "testgen"), "fails on a refactoring"),
    ],
)
def test_a_mutated_grader_is_caught(
    monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox, owner: Any, name: str, mutation: Any, seen_by: str
) -> None:
    monkeypatch.setattr(owner, name, mutation)
    assert misjudged(sandbox, [seen_by])


def test_what_is_no_program_is_not_counted(sandbox: Sandbox) -> None:
    grader = replace(PYTHON, mutants=(*MUTANTS, Mutant("'two words'", "'two words", "")), equivalents=())
    verdict = graded(grader, PY_ANSWERS["two of three"][0], sandbox)
    assert (fates(verdict)[-1], round(verdict.score, 4)) == ("not_viable", 0.6667)


def test_who_fails_at_random_is_found_out(sandbox: Sandbox) -> None:
    luck = "import random\n\n\ndef test_luck():\n    assert random.Random().random() < 0.2\n"
    assert graded(PYTHON, luck, sandbox).score == 0.0


def test_a_test_that_never_ends_on_a_mutant_kills_it(sandbox: Sandbox) -> None:
    answer = "from sums import add\n\n\ndef test_add():\n    while add(1, 1) != 2:\n        pass\n"
    verdict = graded(PYTHON, answer, sandbox)
    assert fates(verdict) == ["survived", "timeout", "survived"]
    assert verdict.metrics["timed_out"]


RUST_TWO = """use sums::*;

#[test]
fn sums() {
    assert!(!less(1, 1));
    assert_eq!(add(1, 1), 2);
}

#[test]
fn nothing_is_left_to_read() {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    assert_eq!(line, "");
}
"""
GO_TWO = (
    'package sums_test\n\nimport (\n\t"testing"\n\n\t"sums"\n)\n\nfunc TestSums(t *testing.T) {\n'
    '\tif sums.Less(1, 1) || sums.Add(1, 1) != 2 {\n\t\tt.Error("sums")\n\t}\n}\n'
)


def test_rust(sandbox: Sandbox) -> None:
    verdict = graded(RUST, f"```rust\n{RUST_TWO}```", sandbox)
    assert fates(verdict) == ["assertion", "assertion", "survived"]
    refused = graded(RUST, RUST_TWO.replace("less(1, 1)", "less(1)"), sandbox)
    assert (refused.error_type, refused.score) == ("compile_error", 0.0)


def test_go(sandbox: Sandbox) -> None:
    verdict = graded(GO, f"```go\n{GO_TWO}```", sandbox)
    assert fates(verdict) == ["assertion", "assertion", "survived"]


def test_what_a_check_says_of_mutants(sandbox: Sandbox) -> None:
    same, unwitnessed = Mutant("a * 2", "2 * a", "twice(1)"), Mutant("'two words'", "'x'", "")
    grader = replace(PYTHON, mutants=(*MUTANTS[:2], same, unwitnessed), equivalents=())
    assert list(grader.flaws(task(PY_TWO), sandbox)) == [
        "the mutant \"sums.py:17: return 'x'\" lacks a witness",
        "the witness 'twice(1)' comes to the same: 'ValueError: 2'",
    ]
    raising = "from sums import add\n\n\ndef test_add():\n    1 // (add(1, 1) - 1 + 1 // add(1, 1))\n"
    said = list(replace(PYTHON, mutants=MUTANTS[1:2]).flaws(task(raising), sandbox))
    assert said == [
        "the reference must kill the mutant 'sums.py:9: return a - b' by an assertion, not by error"
    ]


# --- what tests may not use -----------------------------------------------------

CHEATS = yaml.safe_load(Path(__file__).with_name("testgen_cheats.yaml").read_text("utf-8"))


@pytest.mark.parametrize("number", range(len(CHEATS["python"])))
def test_python_tests_cannot_look_behind_the_code(number: int) -> None:
    with pytest.raises(Refused, match=r"^line \d+: "):
        PYTHON.check(CHEATS["python"][number])


def test_python_tests_may_be_written_as_people_write_them() -> None:
    PYTHON.check(
        '''"""Tests."""
from __future__ import annotations

import math
import unittest
from dataclasses import dataclass

import sums
from sums import add as plus


@dataclass
class Point:
    x: int
    f_name: str = "n"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Point) and self.x == other.x


class Tests(unittest.TestCase):
    def setUp(self) -> None:
        super().setUp()
        self._numbers = [*range(3)]

    def test_sums(self) -> None:
        with self.subTest(n=1), self.assertRaises(TypeError) as caught:
            plus(1)
        self.assertIn("positional", str(caught.exception))
        self.assertAlmostEqual(math.sqrt(sums.add(2, 2)), 2, msg=f"{sums.less(1, 2)!r:>5}")
        self.assertEqual("{} {:d}".format("a", 1), "a 1")
        assert type(plus(1, 1)).__name__ == "int"


if __name__ == "__main__":
    unittest.main()
'''
    )


@pytest.mark.parametrize("number", range(len(CHEATS["rust"])))
def test_rust_tests_cannot_look_behind_the_code(number: int) -> None:
    with pytest.raises(Refused, match="tests may not use"):
        RUST.check(CHEATS["rust"][number])


def test_rust_tests_may_use_such_words_otherwise() -> None:
    RUST.check('#[test] fn processed() { let (process, env) = (1, "std::fs::read"); /* unsafe */ }')


@pytest.mark.parametrize("path", ["os", "runtime/debug", "unsafe", "syscall", "harness/report", "embed", "C"])
def test_go_tests_import_only_what_is_offered(path: str) -> None:
    with pytest.raises(Refused, match="not offered"):
        GO.check(GO_TWO.replace('\t"sums"\n', f'\t"sums"\n\t_ "{path}"\n'))


def test_prompts_say_what_is_offered() -> None:
    words = {language: set(re.split(", | and ", text)) for language, text in OFFERED.items()}
    assert words["python"] == guard.OFFERED.keys()
    assert words["go"] == set(GO_OFFERED)


# --- the suite ------------------------------------------------------------------


def test_what_the_suite_has() -> None:
    tasks = load_suite(Path("suites/testgen")).tasks
    for language in ("python", "rust", "go"):
        assert sum(each.language == language for each in tasks) >= 8
    for each in tasks:
        grader = build_grader(each)
        assert isinstance(grader, TestgenGrader)
        assert 15 <= len(grader.mutants) <= 25
        assert len(grader.equivalents) == 2
        assert each.measure == "score"
