"""What go vet says of answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from harness.graders.execution.linting import BrokenRules, missing, printed
from harness.graders.languages.go.source import in_package, prepare
from harness.graders.languages.go.toolchain import toolchain
from harness.sandbox.base import Sandbox


def vet(folder: Path, names: Sequence[str], sandbox: Sandbox) -> dict[str, BrokenRules]:
    """A ``Linter``."""
    go = toolchain()
    program = go.tools / "vet"
    if not program.is_file():
        raise missing("go", "go vet", "install a whole Go from https://go.dev/dl")
    lines = (go.library / "compile.cfg").read_text().splitlines()
    packages = dict(line.removeprefix("packagefile ").split("=", 1) for line in lines)
    for name in names:
        answer = folder / name
        answer.write_text(in_package(prepare(answer.read_text("utf-8")), "main"), "utf-8")
        unit = {
            "ID": name,
            "Compiler": "gc",
            "ImportPath": "answer",
            "GoFiles": [name],
            "ImportMap": {package: package for package in packages},
            "PackageFile": packages,
            "VetxOutput": "facts",
        }
        (folder / f"{name}.cfg").write_text(json.dumps(unit))
    rules: dict[str, BrokenRules] = {}
    for name, output in printed(
        f'"{program}" -json $name.cfg', folder, names, sandbox, [go.tools, go.library]
    ):
        try:
            analyzers = json.loads(output).get(name, {})
        except ValueError:
            continue  # in words, since it does not compile
        rules[name] = {analyzer: len(broken) for analyzer, broken in analyzers.items()}
    return rules
