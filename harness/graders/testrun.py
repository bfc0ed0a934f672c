"""Running a repository's own tests with its language's own runner, inside the sandbox.

What a test did is what the runner says it did, in the sandbox, beside the code that is judged: code that is
out to deceive can have every test pass. Verdicts that rest on this say ``inside``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal, Protocol

from harness.graders.languages import LANGUAGES
from harness.plugins import load
from harness.sandbox.base import Limits, Outcome, Sandbox

Result = Literal["passed", "failed", "skipped"]

PROJECT, REPORT = "project", "report"  # in the folder that a run works in: the tree, what the runner reports
LIMITS = Limits(wall_s=60, cpu_s=240, memory_mb=16_384, processes=256, file_mb=256, output_kb=8192)
_SHOWN = 4000  # characters


@dataclass(frozen=True, slots=True)
class Environment:
    """What a repository's tests run with on this machine, beside the toolchains that harness finds itself."""

    python: str | None = None  # the interpreter of its virtual environment
    repository: str | None = None  # its working tree: nothing in it is seen but the virtual environment
    paths: tuple[str, ...] = ()  # folders of its tree that are imported from, as "src"
    cargo_home: str | None = None  # whose registry holds its packages
    gomodcache: str | None = None


@dataclass(frozen=True, slots=True)
class Toolbox:
    """What commands find inside the sandbox: their environment, and folders at their own places."""

    env: Mapping[str, str]
    folders: Sequence[Path]


@dataclass(frozen=True, slots=True)
class TestRun:
    """What came of some tests, by their ids; ``trouble`` is what kept some from running at all."""

    results: Mapping[str, Result]
    outcome: Outcome
    trouble: str | None = None  # in few words: an error in collecting or compiling
    shown: str = field(default="", repr=False)  # the end of what was printed

    __test__ = False

    @property
    def passed(self) -> frozenset[str]:
        """The tests that passed."""
        return frozenset(test for test, result in self.results.items() if result == "passed")


class TestRunner(Protocol):
    """How a language's tests are told apart, run and read."""

    tests: Sequence[str]  # patterns of paths: tests, and what belongs to them
    settings: Sequence[str]  # patterns of paths that decide how the project is built and tested
    inline: bool  # whether tests may stand in files of code

    def targets(self, changed: Collection[str], paths: Collection[str]) -> list[str]:
        """What is to be run where the files ``changed`` are tests; ``paths`` are all that there are."""
        ...

    def toolbox(self, environment: Environment) -> Toolbox:
        """What a shell needs. Raises ``SandboxUnavailable`` for what is not installed."""
        ...

    def command(self, targets: Sequence[str], environment: Environment) -> list[str]:
        """The program that runs the tests, in a folder with the tree in ``PROJECT``."""
        ...

    def read(self, outcome: Outcome, report: bytes) -> TestRun:
        """What the runner said; ``report`` is what it wrote into ``REPORT``."""
        ...

    def with_tests(self, code: str, tests: str) -> str:
        """A file's code with the tests that stand in ``tests`` in the place of its own."""
        ...

    def test_part(self, code: str) -> str:
        """The tests in a file of code; empty in languages that keep them apart."""
        ...


def runner_of(language: str) -> TestRunner:
    """The runner of a language by its name."""
    runner: TestRunner = load(LANGUAGES[language].runner)
    return runner


def matches(path: str, patterns: Sequence[str]) -> bool:
    """Whether a path fits a pattern, by itself or in any folder."""
    return any(fnmatchcase(path, pattern) or fnmatchcase(path, f"*/{pattern}") for pattern in patterns)


def run_tests(
    runner: TestRunner,
    folder: Path,
    targets: Sequence[str],
    environment: Environment,
    sandbox: Sandbox,
    limits: Limits,
) -> TestRun:
    """Run the tests of the tree in ``folder``/``PROJECT``, to which nothing else may happen meanwhile."""
    toolbox = runner.toolbox(environment)
    outcome = sandbox.run(
        runner.command(targets, environment),
        workdir=folder,
        limits=limits,
        writable=True,
        env=toolbox.env,
        readonly=toolbox.folders,
    )
    report = folder / REPORT
    regular = report.is_file() and not report.is_symlink()
    return runner.read(outcome, report.read_bytes()[: 64 << 20] if regular else b"")


def ending(outcome: Outcome, trouble: str | None, output: bytes) -> tuple[str | None, str]:
    """The trouble of a run, also where it was stopped, and the end of its output."""
    text = output.decode(errors="replace")
    if outcome.stopped_by is not None:
        trouble = f"stopped by {outcome.stopped_by}"
    return trouble, text[-_SHOWN:]
