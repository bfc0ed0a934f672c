from __future__ import annotations

import contextlib
import random
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.errors import SandboxUnavailable
from harness.graders import prepare, requirement
from harness.graders.base import GradingJob
from harness.graders.languages.python.asserts import PythonAsserts
from harness.graders.languages.python.cases import PythonTests
from harness.paths import builtin_suites
from harness.records import Completion, GraderSpec, Suite, Verdict
from harness.runner.check import check_suite
from harness.runner.grading import obstacles
from harness.sandbox.base import Sandbox
from harness.sandbox.interpreter import OWN, interpreter
from harness.sandbox.unsafe import Unsandboxed
from harness.suites import load_suite
from tests.graders.tasks import TOTAL_CASES, task

SUM = PythonTests(
    signature="def total(xs: list[int]) -> int",
    cases=TOTAL_CASES,
)
REFERENCE = "def total(xs):\n    return sum(xs)\n"


def grade(sandbox: Sandbox, answer: str, grader: PythonTests = SUM, reference: str = REFERENCE) -> Verdict:
    return grader.grade(task(reference), Completion(output=answer), sandbox)


# --- right answers -----------------------------------------------------------


def test_a_right_answer_passes_and_is_measured(sandbox: Sandbox) -> None:
    verdict = grade(sandbox, f"Here:\n```python\n# adds\n{REFERENCE}```\n")
    assert (verdict.passed, verdict.score, verdict.error) == (True, 1.0, None)
    metrics = verdict.metrics
    assert metrics["tests"] == {"case 1": True, "empty": True, "case 3": True, "case 4": True}
    assert (metrics["compiled"], metrics["sandbox"], metrics["verdict"]) == (True, "bwrap", "outside")
    assert (metrics["code_lines"], metrics["complexity"], metrics["warnings"]) == (2, 1, 0)
    assert metrics["run_s"] > 0
    assert metrics["cpu_s"] > 0
    assert metrics["max_rss_mb"] > 1


@pytest.mark.parametrize(
    "answer",
    [
        "    return sum(xs)",
        "print('hello')\nprint([1] * 1000)\n" + REFERENCE,
        "class Solution:\n    def total(self, xs):\n        return sum(xs)",
        "import math\ntotal = lambda xs: int(math.fsum(xs))",
        "import sys\nsys.stdout = None\nsys.stderr.close()\n" + REFERENCE,
        REFERENCE + "\nif __name__ == '__main__':\n    raise SystemExit(3)",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()\n" + REFERENCE,
    ],
)
def test_other_ways_to_be_right(sandbox: Sandbox, answer: str) -> None:
    verdict = grade(sandbox, answer)
    assert verdict.passed, verdict.error


DATES = "from datetime import date, timedelta\ndef f(start: date, step: timedelta) -> list[date]"
KINDS: list[tuple[str, list[dict[str, Any]], str]] = [
    (
        DATES,
        [{"args": ["2024-02-28", 86400], "returns": ["2024-02-28", "2024-02-29"]}],
        "def f(start, step):\n    x: date = start\n    return [x, x + step]",
    ),
    (
        "def f(x: float, *more: float) -> float",
        [{"args": [1, 2, 3], "returns": 2.0000000001}, {"args": ["inf"], "returns": "inf"}],
        "def f(x, *more):\n    return (x + sum(more)) / (1 + len(more))",
    ),
    (
        "from collections.abc import Iterator\ndef f(n: int) -> Iterator[tuple[int, str]]",
        [{"args": [2], "returns": [[0, ""], [1, "a"]]}, {"args": [0], "returns": []}],
        "def f(n):\n    for i in range(n):\n        yield i, 'a' * i",
    ),
    (
        "async def f(n: int) -> int",
        [{"args": [2], "returns": 4}, {"args": [-1], "raises": "ValueError"}],
        "import asyncio\nasync def f(n):\n    if n < 0:\n        raise ValueError\n"
        "    return sum(await asyncio.gather(asyncio.sleep(0.001, n), asyncio.sleep(0, n)))",
    ),
    (
        "from collections.abc import AsyncIterator\nasync def f(n: int) -> AsyncIterator[int]",
        [{"args": [3], "returns": [0, 1, 2]}],
        "async def f(n):\n    for i in range(n):\n        yield i",
    ),
    (
        "def f(text: str) -> dict[str, set[int]]",
        [{"args": ["aba"], "returns": {"a": [0, 2], "b": [1]}}],
        "import collections\ndef f(text):\n    found = collections.defaultdict(set)\n"
        "    for i, c in enumerate(text):\n        found[c].add(i)\n    return found",
    ),
    (
        "def f(data: bytes, big: int | None = None) -> bytes | int | None",
        [
            {"args": ["00ff"], "returns": "ff00"},
            {"args": ["", "36893488147419103232"], "returns": 36893488147419103232},
            {"args": [""], "returns": None},
        ],
        "def f(data, big=None):\n    return data[::-1] or big",
    ),
    (
        "from decimal import Decimal\ndef f(x: Decimal) -> Decimal",
        [{"args": ["1.10"], "returns": "2.20"}],
        "def f(x):\n    return x + x",
    ),
]


@pytest.mark.parametrize(("signature", "cases", "reference"), KINDS, ids=[kind[0] for kind in KINDS])
def test_kinds_of_functions_and_types(
    sandbox: Sandbox, signature: str, cases: list[dict[str, Any]], reference: str
) -> None:
    grader = PythonTests(signature=signature, cases=cases)
    verdict = grade(sandbox, reference, grader, reference)
    assert verdict.passed, verdict.error
    guess = grader.guess(task(reference), random.Random(1))
    compile(guess, "guess", "exec")
    assert not grade(sandbox, guess, grader, reference).passed


STACK = PythonTests(
    driver="import asyncio\nfrom time import sleep\n"
    "s = Stack()\ns.push(1)\ns.push('b')\nemit(len(s))\nemit([x for x in s.drain()])\n"
    "try:\n    s.pop()\nexcept Empty as e:\n    emit(type(e).__name__)\n",
    expect=[2, ["b", 1], "Empty"],
)
STACK_CODE = """
from dataclasses import dataclass, field

class Empty(Exception):
    pass

@dataclass
class Stack:
    items: list = field(default_factory=list)
    def push(self, x): self.items.append(x)
    def pop(self):
        if not self.items: raise Empty
        return self.items.pop()
    def drain(self):
        while self.items: yield self.pop()
    def __len__(self): return len(self.items)
"""


def test_a_driver_uses_the_answers_names_and_emits_values(sandbox: Sandbox) -> None:
    assert grade(sandbox, STACK_CODE, STACK, STACK_CODE).passed
    wrong = grade(
        sandbox, STACK_CODE.replace("pop()\n    def drain", "pop(0)\n    def drain"), STACK, STACK_CODE
    )
    assert (wrong.error_type, wrong.error) == ("wrong_answer", 'emit 2: expected ["b", 1], got [1, "b"]')
    broken = grade(sandbox, STACK_CODE.replace("raise Empty", "raise OSError('gone')"), STACK, STACK_CODE)
    assert broken.error_type == "crash"
    assert "OSError: gone" in str(broken.error)
    assert broken.score == pytest.approx(2 / 3)
    missing = grade(sandbox, "class Stack:\n    pass", STACK, STACK_CODE)
    assert missing.error_type == "crash"


def test_a_driver_with_a_signature_takes_continuations_and_lends_its_imports(sandbox: Sandbox) -> None:
    grader = PythonTests(
        signature="from datetime import date\ndef year(day: date) -> int",
        driver="import datetime\nemit(year(datetime.date(2024, 2, 29)))",
        expect=[2024],
    )
    reference = "def year(day: date) -> int:\n    return day.year"
    for answer in (reference, "    return day.year"):
        verdict = grade(sandbox, answer, grader, reference)
        assert verdict.passed, verdict.error


# --- wrong answers, told apart ---------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "error_type", "words"),
    [
        ("", "malformed_answer", "defines no `total`"),
        ("I would add them up with `total`.", "malformed_answer", "defines no `total`"),
        ("```python\ndef sum_up(xs):\n    return sum(xs)\n```", "malformed_answer", "defines no `total`"),
        ("def total(xs:\n    return 1", "compile_error", "SyntaxError"),
        ("def total(xs):\n    return (" + "(" * 500, "compile_error", "nested"),
        ("def total(xs):\n    return '\0'", "compile_error", "null bytes"),
        ("import numpy\n" + REFERENCE, "crash", "ModuleNotFoundError: No module named 'numpy'"),
        (f"```\nraise ValueError(1)\n{REFERENCE}```", "crash", "ValueError"),
        ("def total(xs):\n    return sum(xs) + 1", "wrong_answer", "case 1: expected 3, got 4"),
        ("def total(xs):\n    return str(sum(xs))", "wrong_answer", 'case 1: expected 3, got "3"'),
        ("def total(xs):\n    return float(sum(xs))", "wrong_answer", "got 3.0 (not exactly int)"),
        ("def total():\n    return 3", "wrong_answer", "TypeError raised"),
        ("def total(xs):\n    return xs and sum(xs)", "wrong_answer", "empty: expected 0, got []"),
        (
            "def total(xs):\n    return True if xs == [] else sum(xs)",
            "wrong_answer",
            "empty: expected 0, got true",
        ),
        ("def total(xs):\n    while True: pass", "timeout", "case 1"),
        ("import time\ndef total(xs):\n    time.sleep(60)", "timeout", "case 1"),
        ("def total(xs):\n    return len([0] * 10**10)", "memory_limit", "MemoryError"),
        ("x = [0] * 10**10\n" + REFERENCE, "memory_limit", "memory"),
        (f"```\nwhile True: print('x' * 4096)\n{REFERENCE}```", "output_limit", "output"),
        ("def total(xs):\n    return total(xs)", "wrong_answer", "RecursionError"),
        (
            "import ctypes\ndef total(xs):\n    return ctypes.string_at(0)",
            "crash",
            "signal:11",
        ),
    ],
)
def test_wrong_answers_are_told_apart(sandbox: Sandbox, answer: str, error_type: str, words: str) -> None:
    verdict = grade(sandbox, answer)
    assert not verdict.passed
    assert verdict.score < 1
    assert verdict.error_type == error_type, verdict.error
    assert words in str(verdict.error)
    assert verdict.metrics["timed_out"] is (error_type == "timeout")
    assert verdict.metrics["compiled"] is (error_type not in ("malformed_answer", "compile_error"))


# --- cheats -----------------------------------------------------------------------

CHEATS = yaml.safe_load(Path(__file__).with_name("python_cheats.yaml").read_text())


@pytest.mark.parametrize("cheat", CHEATS["cases"].values(), ids=CHEATS["cases"].keys())
def test_no_cheat_passes(sandbox: Sandbox, cheat: str) -> None:
    compile(cheat, "cheat", "exec")
    verdict = grade(sandbox, cheat)
    assert not verdict.passed
    assert verdict.score < 1
    assert verdict.error_type not in (None, "malformed_answer", "compile_error")
    assert grade(sandbox, REFERENCE).passed  # and the next sample notices nothing


SECRET = PythonTests(
    signature="def word(n: int) -> str",
    cases=[{"args": [n], "returns": f"zebra{n}finch"} for n in range(3)],
)
SECRET_REFERENCE = "def word(n):\n    return f'zebra{n}finch'\n"
SEARCH = """
import gc, sys

def texts(value, seen, depth=0):
    if id(value) in seen or depth > 6:
        return
    seen.add(id(value))
    if isinstance(value, str):
        yield value
    elif isinstance(value, bytes):
        yield value.decode('latin-1')
    elif isinstance(value, dict):
        for pair in list(value.items()):
            for part in pair:
                yield from texts(part, seen, depth + 1)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for part in list(value):
            yield from texts(part, seen, depth + 1)
    elif hasattr(value, 'co_consts'):
        yield from texts(value.co_consts, seen, depth + 1)

def word(n):
    seen, found = set(), set()
    frame = sys._getframe()
    while frame:
        for scope in (frame.f_locals, frame.f_globals, {'code': frame.f_code}):
            found.update(texts(dict(scope), seen))
        frame = frame.f_back
    for thing in gc.get_objects():
        found.update(texts(thing, seen))
    part = 'arbez'[::-1]
    hits = [text for text in found if part in text and len(text) < 4000]
    return hits[0] if hits else f'{"(2,)" in found}'
"""


def test_expected_values_and_earlier_answers_are_nowhere_in_memory(sandbox: Sandbox) -> None:
    assert grade(sandbox, SECRET_REFERENCE, SECRET, SECRET_REFERENCE).passed
    verdict = grade(sandbox, SEARCH, SECRET, SECRET_REFERENCE)
    assert verdict.error == 'case 1: expected "zebra0finch", got "True"'


@pytest.mark.parametrize("cheat", CHEATS["driver"].values(), ids=CHEATS["driver"].keys())
def test_no_cheat_passes_a_driver(sandbox: Sandbox, cheat: str) -> None:
    verdict = grade(sandbox, cheat, STACK, STACK_CODE)
    assert not verdict.passed
    assert verdict.score < 1


def test_an_endless_iterator_is_cut_and_wrong(sandbox: Sandbox) -> None:
    grader = PythonTests(
        signature="from collections.abc import Iterator\ndef f(n: int) -> Iterator[int]",
        cases=[{"args": [2], "returns": [0, 1]}, {"args": [0], "returns": []}],
    )
    reference = "def f(n):\n    yield from range(n)"
    assert grade(sandbox, reference, grader, reference).passed
    assert grade(
        sandbox, "import itertools\ndef f(n):\n    return itertools.count()", grader, reference
    ).error_type
    listed = grade(sandbox, "def f(n):\n    return list(range(n))", grader, reference)
    assert "list is not an iterator" in str(listed.error)


# --- statements beside the function ---------------------------------------------------

BESIDE = {
    "prints": "{code}\nprint(total([1, 2]))",
    "reads": "{code}\nn = int(input('how many? '))\nprint(total([n]))",
    "asks again and again": (
        "{code}\nwhile True:\n    try:\n        x = int(input())\n    except Exception:\n        print('?')"
    ),
    "leaves": "import sys\n{code}\nsys.exit(1)",
    "wrong assert": "assert 1 == 2\n{code}\nassert total([1, 2]) == 4",
    "fails": "{code}\ntotal(None)\nfor xs in ([1], 5):\n    print(total(xs))",
    "main block": "{code}\nif __name__ == '__main__':\n    total(None)",
    "notebook": "%load_ext autoreload\n!pip install numpy\n{code}\n%timeit total([1])",
    "unittest": (
        "import unittest\n{code}\nclass Tests(unittest.TestCase):\n"
        "    def test_one(self):\n        self.assertEqual(total([1]), 2)\nunittest.main()"
    ),
    "doctest": "import doctest\n{code}\ndoctest.testmod()",
    "command line": (
        "import argparse\n{code}\np = argparse.ArgumentParser()\np.add_argument('n')\np.parse_args()"
    ),
    "own tests": "{code}\ndef test_total():\n    assert total([]) == 1\ntest_total()",
    "missing file": "{code}\nwith open('numbers.txt') as file:\n    print(total(map(int, file)))",
    "a table that it needs": "T = []\nfor i in range(3):\n    T.append(i)\n{code}".replace(
        "{code}", "{table}"
    ),
}


@pytest.mark.parametrize("name", BESIDE)
def test_what_stands_beside_the_function_does_not_decide(sandbox: Sandbox, name: str) -> None:
    def whole(code: str) -> str:
        return (
            BESIDE[name].replace("{table}", code.replace("sum(xs)", "sum(xs) + T[0]")).replace("{code}", code)
        )

    assert grade(sandbox, whole(REFERENCE)).passed
    assert not grade(sandbox, whole(REFERENCE.replace("sum(xs)", "max(xs, default=0)"))).passed


# --- around the grader --------------------------------------------------------------


def test_compiler_warnings_are_counted(sandbox: Sandbox) -> None:
    verdict = grade(sandbox, "def total(xs):\n    if 1 is 1:\n        return sum(xs)\n")
    assert verdict.passed
    assert verdict.metrics["warnings"] == 1


def test_the_same_answer_is_judged_once(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setenv("HARNESS_VERDICT_CACHE", "on")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first, second = grade(sandbox, REFERENCE), grade(sandbox, f"```\n{REFERENCE}```")
    assert (first.metrics["cached"], second.metrics["cached"]) == (False, True)
    assert (first.passed, first.score, first.metrics["tests"]) == (
        second.passed,
        second.score,
        second.metrics["tests"],
    )
    other = PythonTests(signature=SUM.signature, cases=[{"args": [[1]], "returns": 2}])
    assert not grade(sandbox, REFERENCE, other).passed


def test_many_threads_may_grade_at_once(sandbox: Sandbox) -> None:
    answers = [REFERENCE, "def total(xs):\n    return 3"] * 4
    verdicts: dict[int, Verdict] = {}

    def work(at: int) -> None:
        verdicts[at] = grade(sandbox, answers[at])

    threads = [threading.Thread(target=work, args=(at,)) for at in range(len(answers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [verdicts[at].passed for at in range(len(answers))] == [True, False] * 4
    jobs = [GradingJob(SUM, task(REFERENCE), Completion(output=answer)) for answer in answers[:2]]
    assert [verdict.passed for verdict in PythonTests.grade_many(jobs, sandbox)] == [True, False]


def test_a_guess_for_a_driver_is_code_too() -> None:
    guess = STACK.guess(task(REFERENCE), random.Random(0))
    assert {"Stack", "Empty"} <= set(compile(guess, "guess", "exec").co_names)


def test_the_codegen_suite_keeps_its_promises() -> None:
    tasks = load_suite(builtin_suites() / "codegen").tasks
    assert len(tasks) >= 60
    assert {task.difficulty for task in tasks} == {"beginner", "intermediate", "advanced"}
    for subject in tasks:
        options = subject.grader.options
        prompt = subject.messages[-1].content
        assert len(PythonTests(**options).spec.cases) >= 6, subject.id
        assert len(subject.wrong) >= 2, subject.id
        assert prompt.endswith("\n\nAnswer with the code only.\n"), subject.id
        for line in options.get("signature", "").strip().split("\n"):
            assert line in prompt, subject.id


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"cases": [{"returns": 1}]}, "need a `signature`"),
        ({"signature": "def f(", "cases": [{"returns": 1}]}, "signature: "),
        ({"signature": "x = 1", "cases": [{"returns": 1}]}, "signature: "),
        ({"signature": "def f(*, x: int) -> int", "cases": [{"returns": 1}]}, "keyword-only"),
        ({"signature": "def f(x: int) -> int", "cases": [{"returns": 1}]}, r"case 1 .*: 0 arguments"),
        (
            {"signature": "def f(x: int) -> int", "cases": [{"args": ["a"], "returns": 1}]},
            "argument 1: 'a' is no int",
        ),
        (
            {"signature": "def f() -> list[int]", "cases": [{"returns": [1, "b"]}]},
            r"`returns` .* is no list\[int\]",
        ),
        (
            {"signature": "def f() -> int | None", "cases": [{"returns": "b"}]},
            r"`returns` 'b' is no int \| None",
        ),
        ({"driver": "emit(", "expect": [1]}, "`driver` line 1"),
        ({"driver": "emit(1)", "expect": [1], "signature": "import"}, "signature: "),
    ],
)
def test_a_wrong_option_is_named(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        PythonTests(**options)


# --- another Python ----------------------------------------------------------


def other_python() -> str:
    """A version that is installed here and is not the one that runs this; skips without one."""
    for version in ("3.14", "3.13", "3.12", "3.11"):
        with contextlib.suppress(SandboxUnavailable):
            if interpreter(version) != OWN:
                return version
    pytest.skip("only one Python is installed")


def test_a_suite_may_name_another_python(sandbox: Sandbox) -> None:
    version = other_python()
    asked = PythonTests(
        signature="def running() -> str", cases=[{"args": [], "returns": version}], python=version
    )
    code = "import sys\ndef running():\n    return '%d.%d' % sys.version_info[:2]\n"
    for grader, right in (
        (asked, True),
        (replace(asked, python=float(version)), True),
        (replace(asked, python=None), False),
    ):
        verdict = grader.grade(task(code), Completion(output=code), sandbox)
        assert verdict.passed is right, verdict.error
    syntax = asked.grade(task(code), Completion(output="def running(:\n"), sandbox)
    assert syntax.error_type in ("compile_error", "malformed_answer")
    snippets = PythonAsserts(names=["running"], tests=[f"assert running() == {version!r}"], python=version)
    assert snippets.grade(task(code), Completion(output=code), sandbox).passed


def test_a_python_that_is_not_there_is_named_with_the_remedy() -> None:
    spec = GraderSpec("python", {"python": "3.99"})
    assert requirement(spec) == "python 3.99"
    with pytest.raises(SandboxUnavailable, match=r"no Python 3.99.*uv python install 3.99"):
        prepare(requirement(spec))
    prepare("python")
    found = obstacles([requirement(spec), "python"], Unsandboxed())
    assert list(found) == ["python 3.99"]
    assert found["python 3.99"].message.startswith("suites judged by python 3.99 are skipped: there is no")


def test_a_suite_that_needs_it_is_not_called_wrong(sandbox: Sandbox) -> None:
    needs = replace(
        task(REFERENCE), grader=GraderSpec("python", {"python": "3.99", "driver": "emit(1)", "expect": [1]})
    )
    suite = Suite("s", "1.0.0", "code", "python", "d", "MIT", (needs,), ".")
    with pytest.raises(SandboxUnavailable, match=r"no Python 3\.99"):
        check_suite(suite, sandbox)


@pytest.mark.parametrize("version", ["3.10", "2.7", "three", "3", "3.13.1", "", 3.1, 4.0])
def test_a_version_that_cannot_be_named_is_refused(version: str | float) -> None:
    with pytest.raises(ValueError, match=r"`python` must be a version from 3\.11 on"):
        PythonTests(signature="def f() -> int", cases=[{"args": [], "returns": 1}], python=version)
