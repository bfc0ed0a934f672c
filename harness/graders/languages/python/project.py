"""Grades Python projects: a cold Python in the sandbox for each group, with the tree as its folder."""

from __future__ import annotations

import ast
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from harness.graders.checkgroups import BuiltProject, CheckGroup, GroupRun
from harness.graders.languages.python.program import DRIVER, LOADERS, data, loaded
from harness.graders.project import ProjectGrader
from harness.sandbox.base import ENVIRONMENT, Limits, Sandbox
from harness.sandbox.interpreter import Interpreter, check_version, interpreter
from harness.sandbox.workspace import workspace
from harness.trees import Tree

_PROJECT = DRIVER.with_name("project_driver.py")
_START = "import sys; exec(sys.stdin.buffer.read())"  # so that no driver lies where a project could read it
_ENVIRONMENT = {**ENVIRONMENT, "PYTHONHASHSEED": "0", "MALLOC_ARENA_MAX": "2"}


@dataclass(frozen=True)
class PythonProject(ProjectGrader):
    """Runs each driver, a script that imports the project and calls ``emit(value)``.

    ``python`` names the version that projects run on, if it is not harness's own.
    """

    python: str | float | None = None

    name: ClassVar[str] = "python_project"
    language: ClassVar[str] = "python"

    def __post_init__(self) -> None:
        """Check the options."""
        super().__post_init__()
        check_version(self.python)

    def check_driver(self, driver: str) -> None:
        """Raise ``ValueError`` for what is no Python."""
        try:
            ast.parse(driver)
        except SyntaxError as error:
            raise ValueError(f"line {error.lineno}: {error.msg}") from None

    def rests_on(self) -> Mapping[str, Any]:
        """What a verdict depends on beside the tree and the groups."""
        return {"toolchain": interpreter(self.python)}

    @contextmanager
    def shell(self) -> Iterator[tuple[Mapping[str, str], Sequence[Path]]]:
        """``python`` and ``python3`` are the version that the project is judged with."""
        python = interpreter(self.python)
        with tempfile.TemporaryDirectory(prefix="harness-tools-") as temporary:
            folder = Path(temporary)
            folder.chmod(0o755)
            for name in ("python", "python3"):
                (folder / name).symlink_to(python.program)
            path = f"{folder}:{ENVIRONMENT['PATH']}"
            yield {**_ENVIRONMENT, "PATH": path}, (folder, *python.files)

    @contextmanager
    def built(self, tree: Tree, groups: Mapping[str, CheckGroup], sandbox: Sandbox) -> Iterator[BuiltProject]:
        """The tree as files: nothing is compiled before it runs."""
        python = interpreter(self.python)
        with workspace({f"tree/{path}": text for path, text in tree.items()}) as work:
            folder = work / "tree"
            folder.mkdir(exist_ok=True)  # an answer may remove every file
            yield BuiltProject(lambda name, limits: _run(groups[name], folder, python, sandbox, limits))


def _run(group: CheckGroup, work: Path, python: Interpreter, sandbox: Sandbox, limits: Limits) -> GroupRun:
    drivers = (loaded(DRIVER, python), loaded(_PROJECT, python))
    script = b"%s__script__ = %s\nexec(%s)\nexec(%s)\n" % (LOADERS, data(group.driver), *drivers)
    outcome = sandbox.run(
        [str(python.program), "-I", "-S", "-B", "-c", _START],
        workdir=work,
        limits=limits,
        stdin=script,
        env=_ENVIRONMENT,
        readonly=python.files,
    )
    return GroupRun(outcome, outcome.stdout, shown=outcome.stderr.decode(errors="replace"))
