"""Grades tests written for Rust code: one crate with all variants, one program of the tests on it."""

from __future__ import annotations

import random
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

from harness.graders.execution.extract import Refused
from harness.graders.execution.schemata import switched
from harness.graders.languages.rust import build, tests
from harness.graders.languages.rust.build import COMPILE_LIMITS, RUN_MEMORY_MB, Built
from harness.graders.languages.rust.source import without_comments
from harness.graders.languages.rust.syntax import SYNTAX
from harness.graders.languages.rust.toolchain import editions, toolchain
from harness.graders.testgen import TestgenGrader
from harness.records import Task
from harness.replacements import Replacement
from harness.sandbox.base import Outcome, Sandbox
from harness.sandbox.workspace import workspace

_MAIN = "lib.rs"
# What could tell variants apart, or start a program again: files, processes, memory, other code.
_BARRED = re.compile(
    r"\b(?:unsafe|extern|asm|global_asm|include|include_str|include_bytes|no_mangle|link_section)\b"
    r"|::\s*(?:fs|process|os|net|env|ffi|arch|backtrace)\b|\b(?:fs|process|os|net|env|ffi|arch)\s*::"
    r"|\buse\s[^;]*[{,]\s*(?:fs|process|os|net|env|ffi|arch|backtrace)\b|\b(?:std|core)\s+as\b|\bself\s+as\b"
)
# The switch: read once before the first test, under a name that no test can know.
_SWITCH = """
#[doc(hidden)]
pub mod {name} {{
    static VARIANT: ::std::sync::atomic::AtomicUsize = ::std::sync::atomic::AtomicUsize::new(0);
    pub fn read() {{
        let mut line = ::std::string::String::new();
        ::std::io::stdin().read_line(&mut line).expect("the variant is on standard input");
        VARIANT.store(line.trim().parse().expect("a number"), ::std::sync::atomic::Ordering::SeqCst);
    }}
    pub fn get() -> usize {{ VARIANT.load(::std::sync::atomic::Ordering::Relaxed) }}
}}
"""


@dataclass(frozen=True)
class RustTestgen(TestgenGrader):
    """``files`` are ``lib.rs`` and the modules beside it, of a crate called ``package``."""

    edition: str | int | None = None

    name: ClassVar[str] = "rust_testgen"
    language: ClassVar[str] = "rust"
    asserted: ClassVar[re.Pattern[str]] = re.compile("panic: assertion|did not panic")

    def __post_init__(self) -> None:
        """Check the options."""
        super().__post_init__()
        if _MAIN not in self.files or not re.fullmatch(r"[a-z]\w*", self.package):
            raise ValueError(f"needs `files` with {_MAIN}, and `package`, the name of the crate")
        editions(self.edition)
        self._crate_files("switch", self.variants)

    def check(self, code: str) -> None:
        """Raise ``Refused`` for what tests may not use."""
        if barred := _BARRED.search(without_comments(code)):
            raise Refused(f"tests may not use `{' '.join(barred[0].split())}`")

    def tests(self, code: str) -> tuple[str, ...]:
        """The paths of the tests in some code. Raises ``Refused`` where they cannot be found."""
        return tuple(test.path for test in _read(code).tests)

    def guess(self, task: Task, rng: random.Random) -> str:
        """A test that always passes."""
        return "#[test]\nfn nothing() {}\n"

    def rests_on(self) -> Mapping[str, Any]:
        """What a verdict depends on beside the options and the answer."""
        return {"toolchain": toolchain().id, "limits": (COMPILE_LIMITS, RUN_MEMORY_MB)}

    def witnesses(self, expressions: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        """Tests that fail with what each expression comes to, and their names."""
        functions = [
            f'#[test] fn w{number}() {{ panic!("{{:?}}", {{ {expression} }}) }}'
            for number, expression in enumerate(expressions)
        ]
        code = "\n".join([f"use {self.package}::*;", *functions])
        return code, tuple(f"w{number}" for number in range(len(expressions)))

    @contextmanager
    def built(
        self, code: str, names: Sequence[str], variants: Sequence[Sequence[Replacement]], sandbox: Sandbox
    ) -> Iterator[_TestProgram]:
        """The crate with all variants, then the tests on it."""
        switch = f"s{secrets.token_hex(12)}"
        with workspace(self._crate_files(switch, variants)) as work:
            (work / "program").mkdir()
            kind = ("--crate-type=rlib", f"--crate-name={self.package}", "-o", self._library, _MAIN)
            crate = self._compiled(work, {}, kind, sandbox)
            if crate.exit_code != 0:
                error = Built(work, crate, []).error
                raise ValueError(f"the code does not compile with all its variants: {error}")
            files = _read(code).files(self.package, "", before=f"{self.package}::{switch}::read();")
            options = (f"--extern={self.package}={self._library}", "tests.rs", "-o", "program/main")
            outcome = self._compiled(work, files, options, sandbox)
            yield _TestProgram(Built(work / "program", outcome, [0]), crate.wall_s + outcome.wall_s, sandbox)

    def _compiled(
        self, work: Path, files: Mapping[str, str], options: Sequence[str], sandbox: Sandbox
    ) -> Outcome:
        common = (f"--edition={editions(self.edition)[0]}", "-Awarnings")
        return build.compiled_beside(work, files, [*common, *options], sandbox)

    def _crate_files(self, switch: str, variants: Sequence[Sequence[Replacement]]) -> dict[str, str]:
        def arms(bodies: Mapping[int, str], rest: str) -> str:
            own = " ".join(f"{number} => {body}" for number, body in bodies.items())
            return f"{{ match crate::{switch}::get() {{ {own} _ => {rest} }} }}"

        files = switched(self.files, variants, SYNTAX, {"function_item"}, arms)
        return {**files, _MAIN: files[_MAIN] + _SWITCH.format(name=switch)}

    @property
    def _library(self) -> str:
        return f"lib{self.package}.rlib"


@dataclass(frozen=True, slots=True)
class _TestProgram:
    """A compiled program, or why there is none."""

    built: Built
    compile_s: float
    sandbox: Sandbox

    @property
    def nonce(self) -> str:
        """With which tests report."""
        return self.built.nonce

    @property
    def error(self) -> str | None:
        """Why there is no program."""
        return self.built.error

    def run(self, variant: int, limit_s: float) -> Outcome:
        """Run the tests on a variant."""
        outcome = build.run(self.built, self.sandbox, limit_s, stdin=f"{variant}\n{self.nonce}\n")
        return replace(outcome, channel=outcome.stdout)


def _read(code: str) -> tests.TestFile:
    try:
        return tests.read(code, ())
    except ValueError as error:
        raise Refused(str(error)) from None
