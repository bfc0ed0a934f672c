"""What a language's own linter says of answers' code: clippy, go vet, ruff.

Beside the verdict, never part of it, and counted only when it is asked for: a linter takes longer than most
answers run.
"""

from __future__ import annotations

from collections.abc import Sequence

from harness.graders.execution.linting import BrokenRules, Linter
from harness.graders.languages import LANGUAGES
from harness.plugins import load
from harness.sandbox.base import Sandbox
from harness.sandbox.workspace import workspace


def lint(language: str, codes: Sequence[str], sandbox: Sandbox) -> list[BrokenRules | None]:
    """The rules that each of these programs breaks; ``None`` for one that does not compile.

    Raises ``SandboxUnavailable`` with the command that installs a missing tool, ``KeyError``
    for a language without a linter.
    """
    suffix = LANGUAGES[language].suffix
    linter: Linter = load(LANGUAGES[language].linter)
    names = [f"answer{number}{suffix}" for number in range(len(codes))]
    with workspace(dict(zip(names, codes, strict=True))) as folder:
        rules = linter(folder, names, sandbox)
    return [rules.get(name) for name in names]
