"""pytest, in the repository's own virtual environment."""

from __future__ import annotations

import json
import os
import subprocess
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from harness.errors import SandboxUnavailable
from harness.graders.testrun import PROJECT, REPORT, Environment, Result, TestRun, Toolbox, ending, matches
from harness.sandbox import python_files
from harness.sandbox.base import ENVIRONMENT, Outcome

_BOOT = Path(__file__).with_name("pytest_boot.py")
_ABOUT = Path(__file__).with_name("about_environment.py")
_FILES = ("test_*.py", "*_test.py")  # that pytest collects where nothing else is said


@dataclass(frozen=True, slots=True)
class VirtualEnvironment:
    """What an interpreter says of itself. ``paths`` are the folders that it imports from."""

    version: str
    prefix: Path
    files: tuple[Path, ...]
    paths: tuple[Path, ...]
    has_pytest: bool


class Pytest:
    """Runs pytest with the project's own settings, but alone in one process, in the order of the files."""

    tests: Sequence[str] = (
        *_FILES, "tests.py", "tests/*", "test/*", "testing/data/*", "testdata/*", "__snapshots__/*",
    )  # fmt: skip
    settings: Sequence[str] = (
        *("conftest.py", "pytest.ini", ".pytest.ini", "pytest.toml", ".pytest.toml", "pyproject.toml"),
        *("setup.cfg", "setup.py", "tox.ini", "noxfile.py", "sitecustomize.py", "usercustomize.py", "*.pth"),
        *("pytest.py", "_pytest/*"),
    )
    inline = False

    def targets(self, changed: Collection[str], paths: Collection[str]) -> list[str]:
        """The files with tests; of data and helpers those in the nearest folder above that has some."""
        tests = {path for path in changed if matches(path, _FILES)}
        there: dict[str, set[str]] = defaultdict(set)
        for path in (path for path in paths if matches(path, _FILES)):
            there[path.rpartition("/")[0]].add(path)
        for helper in set(changed) - tests:
            folder = helper
            while folder:
                folder = folder.rpartition("/")[0]
                if folder in there:
                    tests |= there[folder]
                    break
        return sorted(tests & set(paths))

    def toolbox(self, environment: Environment) -> Toolbox:
        """The virtual environment at its own place, without the working tree that it may lie in."""
        about = self._about(environment)
        own = Path(environment.repository or "/nonexistent")
        shown = [
            path for path in about.paths
            if path.exists() and (not path.is_relative_to(own) or path.is_relative_to(about.prefix))
        ]  # fmt: skip
        roots = (".", *environment.paths)
        env = {
            **ENVIRONMENT,
            "PATH": f"{about.prefix}/bin:{ENVIRONMENT['PATH']}",
            "PYTHONPATH": ":".join(f"/work/{PROJECT}/{root}".removesuffix("/.") for root in roots),
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            "VIRTUAL_ENV": str(about.prefix),
        }
        return Toolbox(env, tuple(dict.fromkeys((about.prefix, *shown, *about.files))))

    def command(self, targets: Sequence[str], environment: Environment) -> list[str]:
        """A script that loads pytest before anything of the tree can be imported in its place."""
        program = environment.python or ""
        return [program, "-B", "-c", _BOOT.read_text("utf-8"), PROJECT, REPORT, *targets]

    def read(self, outcome: Outcome, report: bytes) -> TestRun:
        """Each test passed that was set up, called and torn down without a failure."""
        results: dict[str, Result] = {}
        errors = []
        for line in report.decode(errors="replace").splitlines():
            try:
                record = json.loads(line)
                test, result = str(record["test"]), record["result"]
            except (ValueError, KeyError, TypeError):
                continue  # cut off when it was stopped
            if result == "uncollected":
                errors.append(f"{test}: {record.get('error')}")
            elif result == "failed" or results.get(test) == "failed":
                results[test] = "failed"
            elif record.get("when") == "call" or result == "skipped":
                results[test] = "skipped" if result == "skipped" else "passed"
        trouble = errors[0] if errors else None
        if trouble is None and not results:
            lines = (outcome.stderr + outcome.stdout).decode(errors="replace").strip().splitlines()
            trouble = lines[-1][:200] if lines else f"exit code {outcome.exit_code}"
        return TestRun(results, outcome, *ending(outcome, trouble, outcome.stdout + outcome.stderr))

    def with_tests(self, code: str, tests: str) -> str:
        """The code: tests stand in files of their own."""
        return code

    def test_part(self, code: str) -> str:
        """Nothing: tests stand in files of their own."""
        return ""

    def _about(self, environment: Environment) -> VirtualEnvironment:
        if environment.python is None:
            raise SandboxUnavailable(
                "the suite names no Python; say `environment: {python: …}` in suite.yaml"
            )
        about = describe(environment.python)
        if about is None:
            raise SandboxUnavailable(
                f"{environment.python} does not run; correct `environment: {{python: …}}` in suite.yaml"
            )
        if not about.has_pytest:
            raise SandboxUnavailable(f"pytest is missing: {environment.python} -m pip install pytest")
        return about


@cache
def describe(python: str) -> VirtualEnvironment | None:
    """What an interpreter of the user's is; ``None`` where it does not run."""
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    facts = []
    for script in (["-c", _ABOUT.read_text("utf-8")], [python_files.__file__]):  # beside _ABOUT lies types.py
        try:
            done = subprocess.run(
                [python, *script], capture_output=True, check=True, cwd="/", timeout=60, env=env
            )
            facts.append(json.loads(done.stdout))
        except (OSError, subprocess.SubprocessError, ValueError):
            return None
    about, base = facts
    return VirtualEnvironment(
        base["version"],
        Path(about["prefix"]),
        tuple(map(Path, base["files"])),
        tuple(map(Path, about["paths"])),
        about["pytest"],
    )


def imported_from(python: str, repository: Path) -> tuple[str, ...]:
    """The folders of a repository's tree that its environment imports from, where that is editable."""
    about = describe(python)
    if about is None:
        return ()
    inside = [
        path.relative_to(repository).as_posix() for path in about.paths
        if path.is_relative_to(repository) and not path.is_relative_to(about.prefix)
    ]  # fmt: skip
    return tuple(dict.fromkeys(path for path in (*inside, "src") if path != "."))


PYTEST = Pytest()
