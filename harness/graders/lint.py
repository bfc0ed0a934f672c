"""What a language's own linter says of answers' code: clippy, go vet, ruff.

Beside the verdict, never part of it, and counted only when it is asked for: a linter takes longer than most
answers run.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from harness.graders.execution.linting import BrokenRules, Linter
from harness.graders.languages import LANGUAGES
from harness.plugins import load
from harness.sandbox.base import Sandbox


def lint(language: str, codes: Sequence[str], sandbox: Sandbox) -> list[BrokenRules | None]:
    """The rules that each of these programs breaks; ``None`` for one that does not compile.

    Raises ``SandboxUnavailable`` with the command that installs a missing tool, ``KeyError``
    for a language without a linter.
    """
    suffix = LANGUAGES[language].suffix
    linter: Linter = load(LANGUAGES[language].linter)
    with tempfile.TemporaryDirectory(prefix="harness-lint-") as temporary:
        folder = Path(temporary)
        folder.chmod(0o711)  # the sandbox's user must reach the files below it
        names = [f"answer{number}{suffix}" for number in range(len(codes))]
        for name, code in zip(names, codes, strict=True):
            (folder / name).write_text(code, encoding="utf-8", errors="replace")
        rules = linter(folder, names, sandbox)
    return [rules.get(name) for name in names]
