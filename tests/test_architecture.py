"""Data flows one way: each room may import the rooms below it, and no other."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import harness

PACKAGE = Path(harness.__file__).parent
COMMON = {
    "messages",
    "records",
    "columns",
    "errors",
    "credentials",
    "documents",
    "drawings",
    "interrupts",
    "names",
    "fieldtypes",
    "files",
    "filesections",
    "git",
    "jsontext",
    "paths",
    "patterns",
    "plugins",
    "processors",
    "projectprompt",
    "replacements",
    "nodes",
    "resultrow",
    "comparisonrow",
    "observationrow",
    "unseen",
    "words",
    "trees",
    "yamlfile",
    "yamltext",
    "__version__",
}
RULES_FILE = (
    "harness.rules.changes",
    "harness.rules.confidence",
    "harness.rules.file",
    "harness.rules.ruleset",
)  # the second seam: what reads it needs no results
FILE_HEADERS = tuple(
    f"harness.engines.local.{module}" for module in ("footprint", "free_memory", "gguf_file", "measured")
)  # how much memory there is and what a file takes of it, without llama.cpp
ROOMS: dict[str, set[str]] = {
    "messages": set(),
    "documents": set(),
    "records": {"credentials", "documents", "drawings", "fieldtypes", "messages"},
    "drawings": {"errors", "files", "paths"},
    "columns": set(),
    "errors": set(),
    "names": {"errors"},
    "credentials": {"errors", "files"},
    "interrupts": {"errors"},
    "fieldtypes": set(),
    "files": {"errors"},
    "git": {"errors"},
    "filesections": {"errors", "fieldtypes", "names"},
    "jsontext": {"errors", "files", "unseen"},
    "paths": set(),
    "patterns": set(),
    "plugins": set(),
    "processors": set(),
    "projectprompt": {"trees"},
    "replacements": set(),
    "words": set(),
    "nodes": set(),
    "resultrow": {"records"},
    "comparisonrow": {"records"},
    "observationrow": {"fieldtypes", "records"},
    "trees": {"errors"},
    "yamlfile": {"errors", "files", "filesections"},
    "unseen": set(),
    "yamltext": {"unseen"},
    "sandbox": COMMON,
    "graders": COMMON | {"sandbox"},
    "solvers": COMMON | {"graders", "sandbox"},
    "engines": COMMON | {"file headers", "models", "sandbox"},
    "file headers": COMMON | {"models"},
    "models": COMMON,
    "suites": COMMON | {"models"},
    "results": COMMON,
    "runner": COMMON
    | {"engines", "graders", "importers", "models", "results", "sandbox", "solvers", "suites"},
    "workers": COMMON
    | {"engines", "file headers", "graders", "models", "results", "runner", "sandbox", "suites"},
    "judging": COMMON | {"analysis", "engines", "graders", "models", "results", "runner", "suites"},
    "rules": COMMON | {"analysis", "models", "rules' file"},
    "rules' file": COMMON | {"models"},
    "analysis": COMMON | {"results"},
    "reporting": COMMON | {"analysis", "rules", "rules' file"},
    "planning": COMMON
    | {"analysis", "exporters", "file headers", "models", "reporting", "results", "rules' file"},
    "routing": COMMON | {"engines", "models", "results", "rules' file"},
    "missions": COMMON
    | {
        *("analysis", "engines", "file headers", "graders", "models", "planning", "reporting", "results"),
        *("routing", "rules' file", "runner", "sandbox", "solvers", "suites"),
    },
    "serve": COMMON
    | {"engines", "graders", "models", "monitor", "results", "routing", "rules", "rules' file"},
    "monitor": COMMON | {"results", "runner"},
    "exporters": COMMON | {"rules' file"},
    "importers": COMMON,
    "api": COMMON | {"analysis", "results", "routing", "rules' file", "runner"},
}


def imports(path: Path) -> Iterator[str]:
    """The rooms that a file imports, wherever in the file it does."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "harness":
            modules = [f"harness.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules = [node.module or ""]
        else:
            continue
        yield from (room_of(module) for module in modules if module.startswith("harness."))


def room_of(module: str) -> str:
    if module in RULES_FILE:
        return "rules' file"
    return "file headers" if module in FILE_HEADERS else module.split(".")[1]


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)


FILES = [
    path
    for path in sorted(PACKAGE.rglob("*.py"))
    if room_of(module_of(path)) not in ("cli", "__main__", "__init__")
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_arrow_points_the_wrong_way(path: Path) -> None:
    room = room_of(module_of(path))
    assert room in ROOMS, f"{room} is a new room: say in this table what it may import"
    wrong = set(imports(path)) - ROOMS[room] - {room}
    assert not wrong, f"{room} must not import {', '.join(sorted(wrong))}"


def test_the_rooms_of_the_table_exist() -> None:
    assert set(ROOMS) == {room_of(module_of(path)) for path in FILES}


def test_the_router_needs_no_analysis() -> None:
    """A tool that only routes loads neither DuckDB's views nor statistics."""
    code = "import sys, harness.routing.router; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    rooms = {module.split(".")[1] for module in loaded.split() if module.startswith("harness.")}
    assert not rooms & {"analysis", "graders", "reporting", "results", "runner"}
    assert not {"duckdb", "pandas", "pyarrow", "scipy"} & set(loaded.split())
