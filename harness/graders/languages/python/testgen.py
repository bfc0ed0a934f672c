"""Grades tests written for Python code: unittest cases and plain functions, a warm Python a variant."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from harness.graders.execution import inside
from harness.graders.execution.extract import Refused
from harness.graders.languages.python import guard
from harness.graders.languages.python.asserts import tests_of
from harness.graders.languages.python.program import ASSERTS, DRIVER, LOADERS, data, loaded
from harness.graders.testgen import TestgenGrader
from harness.records import Task
from harness.replacements import Replacement, replaced
from harness.sandbox.base import Limits, Outcome, Sandbox
from harness.sandbox.interpreter import Interpreter, check_version, interpreter
from harness.sandbox.warm import warm_python

_MEMORY_MB = 512
_ANSWER = "__answer__"  # the module that the driver gives to answers; here they are the tests


@dataclass(frozen=True)
class PythonTestgen(TestgenGrader):
    """``files`` are modules, ``NAME.py``. ``python`` names the version, if it is not harness's own."""

    python: str | float | None = None

    name: ClassVar[str] = "python_testgen"
    language: ClassVar[str] = "python"
    asserted: ClassVar[re.Pattern[str]] = re.compile("AssertionError")

    def __post_init__(self) -> None:
        """Check the options."""
        super().__post_init__()
        check_version(self.python)
        for path, text in self.files.items():
            if not re.fullmatch(r"[a-z]\w*\.py", path):
                raise ValueError(f"`files` {path}: is no module beside the others, NAME.py")
            try:
                ast.parse(text)
            except SyntaxError as error:
                raise ValueError(f"`files` {path} line {error.lineno}: {error.msg}") from None

    @cached_property
    def _modules(self) -> dict[str, frozenset[str]]:
        return {path.removesuffix(".py"): guard.public_names(text) for path, text in self.files.items()}

    def check(self, code: str) -> None:
        """Raise ``Refused`` for what tests may not use."""
        guard.check(_parsed(code), self._modules)

    def tests(self, code: str) -> tuple[str, ...]:
        """The names of the tests in some code. Raises ``Refused`` for what cannot be parsed."""
        _parsed(code)
        return tuple(dict.fromkeys(tests_of(code)))

    def viable(self, variant: Sequence[Replacement]) -> bool:
        """Whether a variant can be parsed."""
        try:
            for text in replaced(self.files, variant).values():
                ast.parse(text)
        except SyntaxError:
            return False
        return True

    def guess(self, task: Task, rng: random.Random) -> str:
        """A test that always passes."""
        return "def test_nothing():\n    pass\n"

    def rests_on(self) -> Mapping[str, Any]:
        """What a verdict depends on beside the options and the answer."""
        return {"toolchain": interpreter(self.python), "limits": _MEMORY_MB}

    def witnesses(self, expressions: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        """Tests that fail with what each expression comes to, and their names."""
        imports = [f"from {module} import *" for module in self._modules]
        functions = [
            f"def test_w{number}(): raise ValueError(repr({expression.strip()}))"
            for number, expression in enumerate(expressions)
        ]
        return "\n".join([*imports, *functions]), tuple(
            f"test_w{number}" for number in range(len(expressions))
        )

    @contextmanager
    def built(
        self, code: str, names: Sequence[str], variants: Sequence[Sequence[Replacement]], sandbox: Sandbox
    ) -> Iterator[_Scripts]:
        """A script for each variant: nothing is compiled beforehand."""
        yield _Scripts(self, code, names, variants, sandbox)


def _parsed(code: str) -> ast.Module:
    try:
        return ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Refused(f"line {getattr(error, 'lineno', 0)}: {error}") from None


class _Scripts:
    """The tests with the variants of the code."""

    error: str | None = None
    compile_s: float | None = None

    def __init__(
        self,
        grader: PythonTestgen,
        code: str,
        names: Sequence[str],
        variants: Sequence[Sequence[Replacement]],
        sandbox: Sandbox,
    ) -> None:
        self.nonce = inside.new_nonce()
        self._grader, self._variants, self._sandbox = grader, variants, sandbox
        self._payload = {
            "code": "",
            "setup": "",
            "plain": [],
            "before": "",
            "tests": [],
            "modules": {},
            "file": code,
            "module": _ANSWER,
            "expected": list(names),
            "nonce": self.nonce,
        }

    def run(self, variant: int, limit_s: float) -> Outcome:
        """Run the tests on a variant."""
        python: Interpreter = interpreter(self._grader.python)
        files = replaced(self._grader.files, self._variants[variant])
        modules = {path.removesuffix(".py"): text for path, text in files.items()}
        payload = {**self._payload, "test_modules": modules}
        script = b"%sexec(%s)\nasserts = %s\n__payload__ = %s\nexec(asserts)\n" % (
            LOADERS, loaded(DRIVER, python), loaded(ASSERTS, python), data(payload)
        )  # fmt: skip
        limits = Limits(wall_s=limit_s, cpu_s=limit_s, memory_mb=_MEMORY_MB)
        return warm_python(self._sandbox, python).run(script, limits=limits)
