"""Grades Python answers by asserts that run beside them: for imported suites, which have no cases."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Literal

from harness.graders.code import CodeAnswer, CodeGrader
from harness.graders.execution import inside
from harness.graders.execution.cases import CaseSpec
from harness.graders.execution.extract import extract
from harness.graders.execution.timing import run_fairly, time_limit
from harness.graders.languages.python.program import ASSERTS, DRIVER, LOADERS, data, loaded
from harness.records import Task, Verdict
from harness.sandbox.base import Limits, Outcome, Sandbox
from harness.sandbox.interpreter import Interpreter, check_version, interpreter
from harness.sandbox.warm import warm_python

_MEMORY_MB = 512
_NOT_COMPILED = 65  # the driver's exit code


@dataclass(frozen=True)
class PythonAsserts(CodeGrader):
    """Runs asserts (``tests``) or a file of unittest or plain ``test_`` functions (``test_file``).

    ``names`` are what an answer must define, ``prelude`` what comes before it (the helpers
    that the prompt shows), ``setup`` what comes before the asserts; ``module`` is the name
    under which a test file imports the answer. ``modules`` (name → source) lie beside it and can be
    imported; ``test_modules`` only once the answer is there, by the tests.
    ``python`` is the version that answers run on, if it is not harness's own.
    """

    names: Sequence[str] = ()
    signature: str = ""
    prelude: str = ""
    setup: str = ""
    tests: Sequence[str] | None = None
    test_file: str | None = None
    module: str = "answer"
    modules: Mapping[str, str] = field(default_factory=dict)
    test_modules: Mapping[str, str] = field(default_factory=dict)
    python: str | float | None = None

    name: ClassVar[str] = "python_asserts"
    language: ClassVar[str] = "python"
    protocol: ClassVar[Literal["outside", "inside"]] = "inside"

    def __post_init__(self) -> None:
        """Check the options."""
        if (self.tests is None) == (self.test_file is None):
            raise ValueError("give either `tests` or `test_file`")
        check_version(self.python)
        if not self.expected:
            raise ValueError(
                "`test_file` holds no tests: looked for classes of unittest and functions test_…"
                if self.test_file is not None
                else "`tests` is empty"
            )

    @cached_property
    def expected(self) -> tuple[str, ...]:
        """The names of the tests."""
        if self.test_file is not None:
            return tuple(tests_of(self.test_file))
        return tuple(f"test {number}" for number, _ in enumerate(self.tests or (), 1))

    @cached_property
    def spec(self) -> CaseSpec:
        """The tests that must be heard of."""
        return inside.spec(self.expected)

    def code(self, task: Task, answer: str) -> str:
        """The program in an answer. Raises ``Malformed``."""
        return extract(answer, "python", self.names, self.signature or None)

    def rests_on(self) -> Mapping[str, Any]:
        """What a verdict depends on beside the code."""
        return {"grader": self, "toolchain": interpreter(self.python), "limits": _MEMORY_MB}

    def guess(self, task: Task, rng: random.Random) -> str:
        """Functions that return a small number."""
        names = self.names or ("answer",)
        return "\n".join(f"def {name}(*args, **kwargs):\n    return {rng.randint(0, 9)}" for name in names)

    def alone(self, answer: CodeAnswer, sandbox: Sandbox) -> Verdict:
        """The verdict on an answer, run in a child of a warm Python."""
        task, nonce, python = answer.task, inside.new_nonce(), interpreter(self.python)
        plain = self._plain(task.reference)

        def run(code: str, limit_s: float) -> Outcome:
            limits = Limits(wall_s=limit_s, cpu_s=limit_s, memory_mb=_MEMORY_MB)
            script = self._script(code, plain, nonce, python)
            return warm_python(sandbox, python).run(script, limits=limits)

        def reference(limit_s: float) -> float | None:
            outcome = run(self.code(task, task.reference), limit_s)
            return outcome.wall_s if outcome.exit_code == 0 else None

        limit_s = time_limit(task, sandbox.level, reference)
        outcome = run_fairly(lambda seconds: run(answer.source, seconds), limit_s)
        measured = answer.measured(sandbox, outcome)
        if outcome.exit_code == _NOT_COMPILED and not outcome.stderr.startswith(b"warnings "):
            lines = outcome.stderr.decode(errors="replace").strip().splitlines()
            return self.refused("compile_error", lines[-1] if lines else "it does not compile", measured)
        return inside.judge(self.name, self.spec, nonce, outcome.channel, outcome, measured)

    def _plain(self, reference: str) -> list[str]:
        """The names that must return values of the library's types when they are called.

        Those that the reference has as functions; none, where a file tests what has classes of its own.
        """
        try:
            body = ast.parse(reference).body
        except SyntaxError:
            body = []
        classes = {node.name for node in body if isinstance(node, ast.ClassDef)}
        return [] if classes and self.test_file is not None else sorted(set(self.names) - classes)

    def _script(self, code: str, plain: Sequence[str], nonce: str, python: Interpreter) -> bytes:
        payload = {
            "code": code,
            "setup": self.prelude,
            "nonce": nonce,
            "plain": list(plain),
            "before": self.setup,
            "tests": list(self.tests or ()),
            "file": self.test_file,
            "module": self.module,
            "modules": dict(self.modules),
            "test_modules": dict(self.test_modules),
            "expected": list(self.expected),
        }
        drivers = (loaded(DRIVER, python), loaded(ASSERTS, python))
        return b"%sexec(%s)\nasserts = %s\n__payload__ = %s\nexec(asserts)\n" % (
            LOADERS,
            *drivers,
            data(payload),
        )


def tests_of(source: str) -> Iterator[str]:
    """The names of the tests in a file: ``Class.test_method``, and plain ``test_function``."""
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        raise ValueError(f"`test_file` line {error.lineno}: {error.msg}") from None
    classes = {node.name: node for node in body if isinstance(node, ast.ClassDef)}
    for node in body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not node.args.args:
            yield node.name
        if isinstance(node, ast.ClassDef) and _is_case(node, classes):
            yield from (f"{node.name}.{method}" for method in _methods(node, classes))


def _is_case(node: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> bool:
    """Whether a class is a unittest case, itself or through another class of the file."""
    bases = [ast.unparse(base) for base in node.bases]
    return any(
        base.endswith("TestCase") or (base in classes and _is_case(classes[base], classes)) for base in bases
    )


def _methods(node: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> Iterator[str]:
    """The test methods of a class, inherited ones first, those that are always skipped left out."""
    own: dict[str, None] = {}
    for base in map(ast.unparse, node.bases):
        own |= dict.fromkeys(_methods(classes[base], classes)) if base in classes else {}
    for item in node.body:
        if isinstance(item, ast.FunctionDef) and item.name.startswith("test"):
            skipped = any("unittest.skip" in ast.unparse(mark) for mark in item.decorator_list)
            own |= {} if skipped else {item.name: None}
    yield from own
