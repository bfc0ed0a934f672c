"""What ruff says of answers."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from harness.graders.execution.linting import BrokenRules, json_lines, missing, printed
from harness.sandbox.base import Sandbox

_NOT_PYTHON = "invalid-syntax"


def ruff(folder: Path, names: Sequence[str], sandbox: Sandbox) -> dict[str, BrokenRules]:
    """A ``Linter``."""
    program = shutil.which("ruff", path=str(Path(sys.executable).parent)) or shutil.which("ruff")
    if program is None:
        raise missing("python", "ruff", "pip install ruff")
    rules_by_name: dict[str, BrokenRules] = {}
    command = f'"{program}" check --isolated --no-cache --output-format=json-lines $name'
    for name, output in printed(command, folder, names, sandbox, [Path(program).resolve()]):
        rules = Counter(line.get("code") or _NOT_PYTHON for line in json_lines(output))
        if _NOT_PYTHON not in rules:
            rules_by_name[name] = rules
    return rules_by_name
