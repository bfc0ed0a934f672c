"""``cargo test``, offline, with the packages of the user's registry, which is only read."""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from harness.graders.execution.syntax import Tangled, parse
from harness.graders.languages.rust.syntax import SYNTAX
from harness.graders.languages.rust.toolchain import toolchain
from harness.graders.testrun import PROJECT, Environment, Result, TestRun, Toolbox, ending
from harness.sandbox.base import ENVIRONMENT, Outcome

_RUNNING = re.compile(r"\s+Running (?:unittests )?.*\((\S+)\)$")
_TEST = re.compile(r"test (\S.*?)(?: - should panic)? \.\.\. (ok|FAILED|ignored)\b")
_RESULTS: dict[str, Result] = {"ok": "passed", "FAILED": "failed", "ignored": "skipped"}
_OF_TESTS = re.compile(rb"cfg\s*\(\s*(?:all\s*\(\s*)?test\b")
_PACKAGES = ("registry", "git")  # of CARGO_HOME; credentials lie beside them
_TROUBLE = 200  # characters


class CargoTest:
    """Runs the packages whose tests changed. A test is called ``package kind target: module::name``."""

    tests: Sequence[str] = (
        *("tests/*", "tests.rs", "test.rs", "*_test.rs", "*_tests.rs", "test_*.rs"),
        *("testdata/*", "snapshots/*", "benches/*"),
    )
    settings: Sequence[str] = (
        *(
            "Cargo.toml",
            "Cargo.lock",
            "build.rs",
            ".cargo/*",
            "rust-toolchain",
            "rust-toolchain.toml",
            "vendor/*",
        ),
    )
    inline = True

    def targets(self, changed: Collection[str], paths: Collection[str]) -> list[str]:
        """The manifests of the packages that the files belong to."""
        manifests = {path for path in paths if path.rpartition("/")[2] == "Cargo.toml"}
        targets = set()
        for path in changed:
            folder = path
            while folder:
                folder = folder.rpartition("/")[0]
                manifest = f"{folder}/Cargo.toml" if folder else "Cargo.toml"
                if manifest in manifests:
                    targets.add(manifest)
                    break
        return sorted(targets)

    def toolbox(self, environment: Environment) -> Toolbox:
        """``cargo`` and ``rustc`` as they are installed, past rustup."""
        rust = toolchain()
        home = Path(environment.cargo_home or os.environ.get("CARGO_HOME") or Path.home() / ".cargo")
        env = {
            **ENVIRONMENT,
            "PATH": f"{rust.rustc.parent}:{ENVIRONMENT['PATH']}",
            "CARGO_HOME": "/tmp/cargo",
            "HARNESS_PACKAGES": str(home.resolve()),
            "CARGO_NET_OFFLINE": "true",
            "CARGO_INCREMENTAL": "0",
            "CARGO_PROFILE_DEV_DEBUG": "0",
            "CARGO_PROFILE_TEST_DEBUG": "0",
            "CARGO_TERM_COLOR": "never",
            "RUST_TEST_THREADS": "2",  # with one, a test's own output stands within the line of its result
        }
        packages = [home / name for name in _PACKAGES if (home / name).is_dir()]
        return Toolbox(env, (*rust.readonly, *packages))

    def command(self, targets: Sequence[str], environment: Environment) -> list[str]:
        """One ``cargo test`` a package, all of it in one stream; examples in documentation are left out."""
        lines = [
            "exec 2>&1; mkdir -p /tmp/cargo; export CARGO_TARGET_DIR=$PWD/target",
            *(
                f'[ -d "$HARNESS_PACKAGES/{name}" ] && ln -sfn "$HARNESS_PACKAGES/{name}" /tmp/cargo/{name}'
                for name in _PACKAGES
            ),
            f"cd {PROJECT}",
            *(
                f"[ -f {shlex.quote(manifest)} ] && cargo test --offline --no-fail-fast --tests "
                f"--message-format=json --manifest-path {shlex.quote(manifest)}"
                for manifest in targets
            ),
        ]
        return ["/bin/bash", "-c", "\n".join(lines)]

    def read(self, outcome: Outcome, report: bytes) -> TestRun:
        """Cargo's messages, which say what each program was made of, and the lines of those programs."""
        results: dict[str, Result] = {}
        programs: dict[str, str] = {}
        errors, printed, program = [], [], "?"
        for line in outcome.stdout.decode(errors="replace").splitlines():
            if line.startswith('{"reason":'):
                try:
                    message = json.loads(line)
                except ValueError:
                    continue
                if message["reason"] == "compiler-artifact" and message.get("executable"):
                    programs[Path(message["executable"]).name] = _program(message)
                elif message["reason"] == "compiler-message" and message["message"]["level"] == "error":
                    errors.append(str(message["message"]["message"]))
                    printed.append(str(message["message"].get("rendered") or ""))
                continue
            printed.append(line)
            if running := _RUNNING.match(line):
                program = programs.get(Path(running[1]).name, "?")
            elif test := _TEST.match(line):
                results[f"{program}: {test[1]}"] = _RESULTS[test[2]]
            elif line.startswith("error") and not results:
                errors.append(line.removeprefix("error: "))
        trouble = errors[0][:_TROUBLE] if errors and not results else None
        return TestRun(results, outcome, *ending(outcome, trouble, "\n".join(printed).encode()))

    def with_tests(self, code: str, tests: str) -> str:
        """The items of ``tests`` that are compiled for tests only, behind those of ``code`` that are not."""
        if _OF_TESTS.search((code + tests).encode()) is None:
            return code
        data = code.encode()
        for start, end in reversed(_test_items(code)):
            data = data[:start] + data[end:]
        return data.decode(errors="replace").rstrip("\n") + "\n" + self.test_part(tests)

    def test_part(self, code: str) -> str:
        """The items below ``#[cfg(test)]``."""
        data = code.encode()
        items = [data[start:end].decode(errors="replace").strip("\n") for start, end in _test_items(code)]
        return "".join(f"\n{item}\n" for item in items)


def _program(message: dict[str, Any]) -> str:
    """The package's folder with the kind and name of a program that cargo made: ``. test queue``."""
    target = message["target"]
    package = str(message["manifest_path"]).partition(f"/{PROJECT}/")[2].rpartition("/")[0]
    return f"{package or '.'} {target['kind'][0]} {target['name']}"


def _test_items(code: str) -> list[tuple[int, int]]:
    """Where the items that are compiled for tests only stand, with the attributes before them, in bytes."""
    try:
        root = parse(code, SYNTAX).root_node
    except Tangled:
        return []
    return list(_ranges(root.children, code.encode()))


def _ranges(nodes: Sequence[object], data: bytes) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for_tests = False
    for node in nodes:
        kind, begin, end = node.type, node.start_byte, node.end_byte  # type: ignore[attr-defined]
        if kind == "attribute_item":
            start = begin if start is None else start
            for_tests = for_tests or _OF_TESTS.search(data, begin, end) is not None
        elif "comment" not in kind:
            if for_tests and start is not None:
                yield start, end
            start, for_tests = None, False


CARGO_TEST = CargoTest()
