"""Grades tests written for Go code: one program of a package with all variants and the tests on it."""

from __future__ import annotations

import random
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

from harness.graders.execution.extract import Refused
from harness.graders.execution.schemata import switched
from harness.graders.languages.go import build, tests
from harness.graders.languages.go.build import COMPILE_LIMITS, RUN_MEMORY_MB, Built
from harness.graders.languages.go.syntax import SYNTAX
from harness.graders.languages.go.tests import TestFiles
from harness.graders.languages.go.toolchain import PACKAGES
from harness.graders.testgen import TestgenGrader
from harness.records import Task
from harness.replacements import Replacement
from harness.sandbox.base import Outcome, Sandbox

# What tests may import beside the package. Nothing that reads files, memory or the environment.
OFFERED = (
    *("bytes", "cmp", "context", "encoding/json", "errors", "fmt", "io", "iter", "maps", "math", "math/rand"),
    *("reflect", "regexp", "slices", "sort", "strconv", "strings", "sync", "sync/atomic", "testing", "time"),
    *("unicode", "unicode/utf8"),
)
_CLAUSE = re.compile(r"^package (\w+)$", re.MULTILINE)
_FUNCTIONS = {"function_declaration", "method_declaration"}


@dataclass(frozen=True)
class GoTestgen(TestgenGrader):
    """``files`` are those of one package. Tests use what it exports, with or without its name before it."""

    name: ClassVar[str] = "go_testgen"
    language: ClassVar[str] = "go"
    asserted: ClassVar[re.Pattern[str]] = re.compile("(?!pass$)")  # a panic ends the program

    def __post_init__(self) -> None:
        """Check the options."""
        super().__post_init__()
        self._own  # noqa: B018
        self._package_files("switch", self.variants)

    @cached_property
    def _own(self) -> str:
        """The package's name, and the path that tests may import it by."""
        clauses = {name for text in self.files.values() for name in _CLAUSE.findall(text)[:1]}
        if len(clauses) != 1 or not all(re.fullmatch(r"[a-z]\w*\.go", path) for path in self.files):
            raise ValueError("`files` must be files NAME.go of one package")
        return str(clauses.pop())

    def check(self, code: str) -> None:
        """Raise ``Refused`` for what tests may not use."""
        self._read(code, (*OFFERED, self._own))

    def tests(self, code: str) -> tuple[str, ...]:
        """The names of the tests in some code. Raises ``Refused`` for what is none."""
        return self._read(code).tests

    def guess(self, task: Task, rng: random.Random) -> str:
        """A test that always passes."""
        return f'package {self._own}\n\nimport "testing"\n\nfunc TestNothing(t *testing.T) {{}}\n'

    def rests_on(self) -> Mapping[str, Any]:
        """What a verdict depends on beside the options and the answer."""
        return {"toolchain": build.toolchain_id(), "limits": (COMPILE_LIMITS, RUN_MEMORY_MB)}

    def witnesses(self, expressions: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        """Tests that fail with what each expression comes to, and their names."""
        functions = []
        for number, expression in enumerate(expressions):
            value = f"func() any {{ {expression} }}()" if re.search(r"\breturn\b", expression) else expression
            functions.append(
                f"func TestW{number}(t *testing.T) {{\n"
                '\tdefer func() { if p := recover(); p != nil { t.Fatalf("panic %v", p) } }()\n'
                f'\tt.Fatalf("%q", fmt.Sprintln({value}))\n}}\n'
            )
        uses = [path for path in OFFERED if any(f"{path.split('/')[-1]}." in text for text in expressions)]
        imports = "".join(f'import "{path}"\n' for path in dict.fromkeys(["fmt", "testing", *uses]))
        code = f"package tests\n{imports}" + "".join(functions)
        return code, tuple(f"TestW{number}" for number in range(len(expressions)))

    @contextmanager
    def built(
        self, code: str, names: Sequence[str], variants: Sequence[Sequence[Replacement]], sandbox: Sandbox
    ) -> Iterator[_TestProgram]:
        """The package with all variants, and the tests on it."""
        switch = f"s{secrets.token_hex(12)}"
        file = self._read(code)
        files = file.program(self._package_files(switch, variants), self._own)
        with build.built(files, file.script(alias=self._own, reporting=True), {}, sandbox) as program:
            if program.outcome.exit_code == tests.ANSWER_REFUSED:
                raise ValueError(f"the code does not compile with all its variants: {program.error}")
            yield _TestProgram(program, tuple(names), sandbox)

    def _read(self, code: str, offered: Sequence[str] = PACKAGES) -> TestFiles:
        try:
            return tests.read({"tests.go": code}, internal=False, offered=(*offered, self._own))
        except ValueError as error:
            raise Refused(str(error)) from None

    def _package_files(self, switch: str, variants: Sequence[Sequence[Replacement]]) -> dict[str, str]:
        def arms(bodies: Mapping[int, str], rest: str) -> str:
            own = "; ".join(f"case {number}: {body}" for number, body in bodies.items())
            return f"{{ switch {switch}() {{ {own}; default: {rest} }} }}"

        files = switched(self.files, variants, SYNTAX, _FUNCTIONS, arms)
        asked = f'import "harness/report"; func {switch}() int {{ return report.Variant }}\n'
        return {**files, "harness_switch.go": f"package {self._own}; {asked}"}


@dataclass(frozen=True, slots=True)
class _TestProgram:
    """A compiled program, or why there is none."""

    built: Built
    names: tuple[str, ...]
    sandbox: Sandbox

    @property
    def nonce(self) -> str:
        """With which tests report."""
        return self.built.nonce

    @property
    def error(self) -> str | None:
        """Why there is no program."""
        return self.built.error

    @property
    def compile_s(self) -> float:
        """Seconds of the compiler and the linker."""
        return self.built.outcome.wall_s

    def run(self, variant: int, limit_s: float) -> Outcome:
        """Run the tests on a variant."""
        outcome = build.run(self.built, f"{self.nonce} {variant}\n", self.sandbox, limit_s)
        return replace(outcome, channel=tests.with_words(outcome, self.nonce, self.names))
