"""Graders: one file each, named here. A task file says ``grader: {NAME: {options}}``."""

from __future__ import annotations

from pathlib import Path

from harness.errors import ConfigError
from harness.filesections import FileSection, read_record, section_of
from harness.graders.base import Grader
from harness.graders.languages import LANGUAGES
from harness.names import nearest
from harness.plugins import load
from harness.records import GraderSpec, Task
from harness.sandbox.interpreter import interpreter

GRADERS = {
    "assertions": "harness.graders.assertions:Assertions",
    "chain": "harness.graders.chain:Chain",
    "checks": "harness.graders.checks:Checks",
    "clock": "harness.graders.clock:Clock",
    "deduction": "harness.graders.deduction:Deduction",
    "exact": "harness.graders.exact:Exact",
    "extraction": "harness.graders.extraction:Extraction",
    "graph": "harness.graders.graph:Graph",
    "label": "harness.graders.label:Label",
    "labels": "harness.graders.labels:Labels",
    "lines": "harness.graders.lines:Lines",
    "numeric": "harness.graders.numeric:Numeric",
    "plan": "harness.graders.plan:Plan",
    "repository": "harness.graders.repository:Repository",
    "review": "harness.graders.review:Review",
    "satisfies": "harness.graders.satisfies:Satisfies",
    "structured": "harness.graders.structured:Structured",
    "symbolic": "harness.graders.symbolic:Symbolic",
    "workflow": "harness.graders.workflow:Workflow",
    **{name: path for language in LANGUAGES.values() for name, path in language.graders.items()},
}
REPOSITORY = "repository"
PROJECTS = frozenset({REPOSITORY, *(f"{name}_project" for name in LANGUAGES)})  # for tasks with a tree
GRAPH = "graph"  # of tasks of many steps


def requirement(spec: GraderSpec) -> str:
    """What must be found before a task can be judged: its grader's name, and the Python or language named."""
    if spec.name == REPOSITORY:
        return f"{spec.name} {spec.options.get('language')}"
    version = spec.options.get("python")
    return f"{spec.name} {version}" if version else spec.name


def prepare(required: str) -> None:
    """Find and make ready what a ``requirement`` compiles or runs with.

    Raises ``SandboxUnavailable`` with the command that installs what is missing.
    """
    name, _, version = required.partition(" ")
    for language in LANGUAGES.values():
        is_used = name in language.graders or (name == REPOSITORY and version == language.name)
        if is_used and language.toolchain is not None:
            load(language.toolchain)()
    if version and name != REPOSITORY:
        interpreter(version)


def build_grader(task: Task) -> Grader:
    """The grader that a task names, with its options. Raises ``ConfigError`` naming file, line and option."""
    spec = task.grader
    if spec.name not in GRADERS:
        raise ConfigError(f"{task.source}: unknown grader {spec.name!r}{nearest(spec.name, GRADERS)}")
    options, (file, _, line) = spec.options, task.source.rpartition(":")
    if not isinstance(options, FileSection):
        options = section_of(options, Path(file), int(line) if line.isdigit() else 1)
    try:
        cls = load(GRADERS[spec.name])
        given = {"task_file": file} if hasattr(cls, "task_file") else {}
        grader: Grader = read_record(cls, options, f"grader {spec.name!r}", **given)
    except (TypeError, ValueError) as error:
        raise ConfigError(f"{task.source}: grader {spec.name!r} of task {task.id!r}: {error}") from error
    return grader
