"""Grades Python answers by asserts that run beside them: for imported suites, which have no cases."""

from __future__ import annotations

import ast
import marshal
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache as once
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from harness.errors import SandboxUnavailable
from harness.graders import execution
from harness.graders.base import Job
from harness.graders.execution import cache, inside
from harness.graders.execution.extract import Malformed, extract
from harness.graders.execution.judge import Measured, refuse
from harness.graders.execution.measure import size
from harness.graders.execution.timing import run_fairly, time_limit
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Limits, Outcome, Sandbox
from harness.sandbox.warm import warm_python

_NAME = "python_asserts"
_MEMORY_MB = 512
_NOT_COMPILED = 65  # the driver's exit code
_DRIVERS = [Path(execution.__file__).with_name(f"python_{name}.py") for name in ("driver", "asserts")]


@dataclass(frozen=True)
class PythonAsserts:
    """Runs asserts (``tests``) or a file of unittest or plain ``test_`` functions (``test_file``).

    ``names`` are what an answer must define, ``prelude`` what comes before it (the helpers
    that the prompt shows), ``setup`` what comes before the asserts; ``module`` is the name
    under which a test file imports the answer.
    """

    names: Sequence[str] = ()
    signature: str = ""
    prelude: str = ""
    setup: str = ""
    tests: Sequence[str] | None = None
    test_file: str | None = None
    module: str = "answer"

    executes: ClassVar[bool] = True
    batch_size: ClassVar[int] = 1  # a fork a sample: nothing is gained by waiting

    def __post_init__(self) -> None:
        """Check the options."""
        if (self.tests is None) == (self.test_file is None):
            raise ValueError("give either `tests` or `test_file`")
        if not self.expected:
            raise ValueError(
                "`test_file` holds no tests" if self.test_file is not None else "`tests` is empty"
            )

    @cached_property
    def expected(self) -> tuple[str, ...]:
        """The names of the tests."""
        if self.test_file is not None:
            return tuple(_tests_of(self.test_file))
        return tuple(f"test {number}" for number, _ in enumerate(self.tests or (), 1))

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None) -> Verdict:
        """Judge one answer; may be called from several threads at once."""
        if sandbox is None:
            raise SandboxUnavailable("Python answers are only run in a sandbox; give one, or --sandbox none")
        try:
            code = self._extract(completion.output)
        except Malformed as error:
            return self._refuse("malformed_answer", str(error), Measured(sandbox=sandbox.level))
        key = cache.key(
            {
                "code": code,
                "grader": self,
                "toolchain": sys.version,
                "limits": (_MEMORY_MB, task.time_limit),
                "level": sandbox.level,
            }
        )
        verdict = cache.shared().get(key)
        if verdict is None:
            verdict = self._judge(task, code, sandbox)
            cache.shared().put(key, verdict)
        return verdict

    @classmethod
    def grade_many(cls, jobs: Sequence[Job], sandbox: Sandbox) -> list[Verdict]:
        """Judge one after the other."""
        return [job.grader.grade(job.task, job.completion, sandbox) for job in jobs]

    def guess(self, task: Task, rng: random.Random) -> str:
        """Functions that return a small number."""
        names = self.names or ("answer",)
        return "\n".join(f"def {name}(*args, **kwargs):\n    return {rng.randint(0, 9)}" for name in names)

    def _extract(self, answer: str) -> str:
        return extract(answer, "python", self.names, self.signature or None)

    def _judge(self, task: Task, code: str, sandbox: Sandbox) -> Verdict:
        nonce = inside.new_nonce()

        def run(answer: str, limit_s: float) -> Outcome:
            limits = Limits(wall_s=limit_s, cpu_s=limit_s, memory_mb=_MEMORY_MB)
            return warm_python(sandbox).run(self._script(answer, nonce), limits=limits)

        def reference(limit_s: float) -> float | None:
            outcome = run(self._extract(task.reference), limit_s)
            return outcome.wall_s if outcome.exit_code == 0 else None

        limit_s = time_limit(task, sandbox.level, reference)
        outcome = run_fairly(lambda seconds: run(code, seconds), limit_s)
        lines, complexity = size(code, "python")
        measured = Measured(
            sandbox=sandbox.level,
            run_s=round(outcome.wall_s, 6),
            cpu_s=round(outcome.cpu_s, 6),
            max_rss_mb=round(outcome.max_rss_mb, 1),
            code_lines=lines,
            complexity=complexity,
        )
        if outcome.exit_code == _NOT_COMPILED and not outcome.stderr.startswith(b"warnings "):
            said = outcome.stderr.decode(errors="replace").strip().splitlines()
            return self._refuse("compile_error", said[-1], measured)
        return inside.judge(_NAME, self.expected, nonce, outcome.channel, outcome, measured)

    def _refuse(self, error_type: Any, error: str, measured: Measured) -> Verdict:
        return refuse(_NAME, inside.spec(self.expected), error_type, error, inside.inside(measured))

    def _script(self, code: str, nonce: str) -> bytes:
        payload = {
            "code": code,
            "setup": self.prelude,
            "nonce": nonce,
            "names": list(self.names),
            "before": self.setup,
            "tests": list(self.tests or ()),
            "file": self.test_file,
            "module": self.module,
            "expected": list(self.expected),
        }
        return _drivers() + b"__payload__ = loads(%r)\nexec(asserts)\n" % marshal.dumps(payload)


@once
def _drivers() -> bytes:
    """Source that readies both drivers, from byte code: the sandbox runs the same interpreter."""
    common, asserts = (
        marshal.dumps(compile(path.read_bytes(), path.name, "exec", optimize=2)) for path in _DRIVERS
    )
    return b"from marshal import loads\nexec(loads(%r))\nasserts = loads(%r)\n" % (common, asserts)


def _tests_of(source: str) -> Iterator[str]:
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
