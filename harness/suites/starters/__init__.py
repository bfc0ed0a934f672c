"""Suites to begin with: one a kind, complete and small, for a user to rewrite."""

from __future__ import annotations

import re
from pathlib import Path

from harness.errors import HarnessError
from harness.files import read_text
from harness.trees import write_tree

# What each kind asks for. Its files stand in one text beside this one, KIND.txt, each below a line `=== PATH`.
KINDS = {
    "labels": "one label out of a closed list",
    "numbers": "a number, in tasks with parameters",
    "python": "a Python function, judged by a table of calls",
    "rust": "a Rust function, judged by a table of calls",
    "go": "a Go function, judged by a table of calls",
    "project": "changes of a small Python project, judged by hidden checks",
    "debugging": "bugs in a small Python project, mended with few changes",
    "structured": "JSON, judged by a schema and by what it says",
    "review": "defects in Python code by file, line and kind",
    "testgen": "tests for Python code, judged by mutants",
    "refactor": "a small Python program to be built better, and to stay what it does",
    "documentation": "a small Python package to be documented, judged by facts and examples",
    "planning": "plans under constraints, judged by the proved optimum",
    "logs": "lines of a log that break a rule, in generated logs",
    "orchestration": "a chain of small steps whose answers stand in later prompts",
}
_HERE = Path(__file__).parent
_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")


def start_suite(name: str, kind: str, root: Path) -> list[Path]:
    """Write the suite ``name`` into ``root``; the files that were written. Raises ``HarnessError``."""
    if not _NAME.fullmatch(name):
        raise HarnessError(f"{name!r:.60} is no name of a suite; use lower-case letters, digits and '-'")
    folder = root / name
    if folder.exists():
        raise HarnessError(f"{folder} is there already; choose another name, or move it away")
    parts = re.split(r"^=== (.+)\n", read_text(_HERE / f"{kind}.txt"), flags=re.MULTILINE)[1:]
    tree = {path: text.replace("NAME", name) for path, text in zip(parts[::2], parts[1::2], strict=True)}
    folder.mkdir(parents=True)
    write_tree(tree, folder)
    return [folder / path for path in tree]
