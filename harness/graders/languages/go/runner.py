"""``go test``, with the user's caches of modules and of compiled packages, which are only read."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path

from harness.graders.languages.go.toolchain import go_command
from harness.graders.testrun import PROJECT, Environment, Result, TestRun, Toolbox, ending
from harness.sandbox.base import ENVIRONMENT, Outcome

_RESULTS: dict[str, Result] = {"pass": "passed", "fail": "failed", "skip": "skipped"}
_TROUBLE = 200  # characters
# What was compiled before is only read, and cannot be replaced; what is compiled now lies beside the links.
_LINKED = 'cp -rs "$HARNESS_COMPILED/." "$GOCACHE/" 2>/dev/null'


class GoTest:
    """Runs the packages whose tests changed. A test is called ``import/path: TestName/subtest``."""

    tests: Sequence[str] = ("*_test.go", "testdata/*")
    settings: Sequence[str] = ("go.mod", "go.sum", "go.work", "go.work.sum", "vendor/*")
    inline = False

    def targets(self, changed: Collection[str], paths: Collection[str]) -> list[str]:
        """``module folder:package``, both relative: ``.:./queue``."""
        modules = {path.rpartition("/")[0] for path in paths if path.rpartition("/")[2] == "go.mod"}
        tested = {path.rpartition("/")[0] for path in paths if path.endswith("_test.go")}
        targets = set()
        for path in changed:
            folder = path.rpartition("/")[0].partition("testdata")[0].rstrip("/")
            above = [module for module in modules if f"{folder}/".startswith(f"{module}/" if module else "")]
            if folder in tested and above:
                module = max(above, key=len)
                targets.add(f"{module or '.'}:./{folder.removeprefix(module).lstrip('/')}")
        return sorted(targets)

    def toolbox(self, environment: Environment) -> Toolbox:
        """``go`` as it is installed; neither modules nor another toolchain are fetched."""
        root = Path(go_command()).resolve().parents[1]
        compiled, modules = Path(_compiled()), Path(environment.gomodcache or _setting("GOMODCACHE"))
        env = {
            **ENVIRONMENT,
            "HARNESS_COMPILED": str(compiled),
            "GOCACHE": "/tmp/go-build",
            "GOMODCACHE": str(modules) if modules.is_dir() else "/tmp/go-mod",
            "PATH": f"{root / 'bin'}:{ENVIRONMENT['PATH']}",
            "GOROOT": str(root),
            "GOTOOLCHAIN": "local",
            "GOPROXY": "off",
            "GOSUMDB": "off",
            "GOENV": "off",
            "GOFLAGS": "-buildvcs=false",
            "CGO_ENABLED": "0",
        }
        return Toolbox(env, (root, *(folder for folder in (compiled, modules) if folder.is_dir())))

    def command(self, targets: Sequence[str], environment: Environment) -> list[str]:
        """One ``go test`` a module."""
        modules = defaultdict(list)
        for target in targets:
            module, _, package = target.partition(":")
            modules[module].append(package)
        lines = ["exec 2>&1", _LINKED, f"cd {PROJECT}"]
        for module, packages in modules.items():
            names = shlex.join(packages)
            lines.append(f"(cd {shlex.quote(module)} && go test -json -count=1 -vet=off {names})")
        return ["/bin/bash", "-c", "\n".join(lines)]

    def read(self, outcome: Outcome, report: bytes) -> TestRun:
        """The events that ``go test -json`` prints; what else is printed is an error."""
        results: dict[str, Result] = {}
        errors, printed = [], []
        for line in outcome.stdout.decode(errors="replace").splitlines():
            try:
                event = json.loads(line)
                action, test = str(event["Action"]), event.get("Test")
            except (ValueError, KeyError, TypeError, AttributeError):
                errors.append(line)
                continue
            words = str(event.get("Output", ""))
            printed.append(words)
            if action == "build-output" and not words.startswith("# "):
                errors.append(words.strip())
            if test and action in _RESULTS:
                results[f"{event.get('Package')}: {test}"] = _RESULTS[action]
        trouble = errors[0][:_TROUBLE] if errors and not results else None
        return TestRun(results, outcome, *ending(outcome, trouble, "".join([*errors, *printed]).encode()))

    def with_tests(self, code: str, tests: str) -> str:
        """The code: tests stand in files of their own."""
        return code

    def test_part(self, code: str) -> str:
        """Nothing: tests stand in files of their own."""
        return ""


@cache
def _compiled() -> str:
    """The user's cache of compiled packages, with those that every test needs."""
    env = {**os.environ, "CGO_ENABLED": "0", "GOTOOLCHAIN": "local", "GOWORK": "off", "GOFLAGS": ""}
    needed = ("list", "-export", "-deps", "testing/internal/testdeps")
    subprocess.run([go_command(), *needed], capture_output=True, cwd="/", env=env, check=False)
    return _setting("GOCACHE")


@cache
def _setting(name: str) -> str:
    """A setting of the user's Go; a folder that is not there where it does not say."""
    done = subprocess.run([go_command(), "env", name], capture_output=True, text=True, cwd="/", check=False)
    return done.stdout.strip() or "/nonexistent"


GO_TEST = GoTest()
