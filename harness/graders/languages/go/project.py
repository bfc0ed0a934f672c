"""Grades Go projects: every package in its turn, then one program of all drivers that compile."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, ClassVar

from harness.graders.checkgroups import BuiltProject, CheckGroup, GroupRun
from harness.graders.execution.syntax import Tangled, parse
from harness.graders.languages.go import build
from harness.graders.languages.go.build import COMPILE_LIMITS, RUN_ENV, RUN_MEMORY_MB, Built, built
from harness.graders.languages.go.syntax import SYNTAX
from harness.graders.languages.go.tests import imports
from harness.graders.languages.go.toolchain import go_command
from harness.graders.project import ProjectGrader
from harness.sandbox.base import ENVIRONMENT, Limits, Sandbox
from harness.trees import Tree

_COMPILE = '"$TOOLS/compile" -p {path} {compile} -importcfg {config} -o {out} {files}'
_GROUP = "harness group "  # stands in the output before what the compiler says of a driver
_REGISTER = """\
package driver
import harnessWire "harness/wire"
func init() {{ harnessWire.Register({number}, func(run *harnessWire.Run) {{ drive(run.Emit) }}) }}
"""
_SHOWN_ERRORS = 5


@dataclass(frozen=True)
class GoProject(ProjectGrader):
    """Compiles every package of the module that ``go.mod`` names.

    A driver is a file of ``package driver`` with ``func drive(emit func(any))``.
    """

    name: ClassVar[str] = "go_project"
    language: ClassVar[str] = "go"

    def __post_init__(self) -> None:
        """Check the options."""
        super().__post_init__()
        self._module  # noqa: B018

    def check_driver(self, driver: str) -> None:
        """Raise ``ValueError`` for what has no ``drive``."""
        head = driver.startswith("package driver\n") and "\nfunc drive(emit func(any)) {" in driver
        if not head or parse(driver, SYNTAX).root_node.has_error:
            raise ValueError("must be Go: `package driver`, `func drive(emit func(any))`")

    def rests_on(self) -> Mapping[str, Any]:
        """What a verdict depends on beside the tree and the groups."""
        return {"toolchain": build.toolchain_id(), "limits": COMPILE_LIMITS}

    @cached_property
    def _module(self) -> str:
        line = re.search(r"^module ([\w./-]+)$", self.tree.get("go.mod", ""), re.MULTILINE)
        if line is None:
            raise ValueError("the tree needs a `go.mod` with a line `module NAME`")
        return line[1]

    @contextmanager
    def shell(self) -> Iterator[tuple[Mapping[str, str], Sequence[Path]]]:
        """``go`` as it is installed; its cache lies in the session's home, so the first build is slow."""
        root = Path(go_command()).resolve().parents[1]
        path = f"{root / 'bin'}:{ENVIRONMENT['PATH']}"
        yield (
            {**ENVIRONMENT, "PATH": path, "GOROOT": str(root), "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=mod"},
            (root,),
        )

    @contextmanager
    def built(self, tree: Tree, groups: Mapping[str, CheckGroup], sandbox: Sandbox) -> Iterator[BuiltProject]:
        """The packages and the drivers, linked once; each group is a process of its own."""
        try:
            packages = self._packages(tree)
        except (CycleError, Tangled) as error:
            in_a_circle = isinstance(error, CycleError) and f"an import circle: {' → '.join(error.args[1])}"
            refused = GroupRun(refused=in_a_circle or "no parser gets through this code")
            yield BuiltProject(lambda name, limits: refused)
            return
        files = {f"tree/{path}": text for path, text in tree.items()}
        for number, group in enumerate(groups.values()):
            files[f"driver{number}/driver.go"] = group.driver
            files[f"driver{number}/register.go"] = _REGISTER.format(number=number)
        with built(files, _script(packages, len(groups)), {}, sandbox) as program:
            numbers = {name: number for number, name in enumerate(groups)}
            messages = _messages(program, len(groups))

            def run(name: str, limits: Limits) -> GroupRun:
                number = numbers[name]
                if messages[number]:
                    return _refused(messages[number])
                return _run(program, number, sandbox, limits)

            yield BuiltProject(run, round(program.outcome.wall_s, 4))

    def _packages(self, tree: Tree) -> list[tuple[str, list[str]]]:
        """The packages' paths with their files, those first that others import."""
        files: dict[str, list[str]] = {}
        needs: dict[str, set[str]] = {}
        for path, text in tree.items():
            if path.endswith(".go") and not path.endswith("_test.go"):
                package = "/".join([self._module, *path.split("/")[:-1]])
                if not re.fullmatch(r"[\w./~+-]+", package):
                    continue  # as the go command does
                files.setdefault(package, []).append(path)
                needs.setdefault(package, set()).update(imports(parse(text, SYNTAX).root_node))
        order = TopologicalSorter({package: named & files.keys() for package, named in needs.items()})
        return [(package, files[package]) for package in order.static_order()]


def _script(packages: list[tuple[str, list[str]]], groups: int) -> str:
    lines = ['cp "$LIBRARY/link.cfg" all.cfg; cp "$LIBRARY/compile.cfg" offered.cfg; cd tree']
    for number, (path, files) in enumerate(packages):
        names = " ".join(_quoted(f"./{file}") for file in files)
        compile_it = _COMPILE.replace("{files}", names).replace("{config}", "../offered.cfg")
        lines += [
            f"grep -qE '^package main\\b' {names} && name=main || name={path}",
            compile_it.replace("{path}", '"$name"').replace("{out}", f"../p{number}.a") + " || exit 65",
            f'echo "packagefile {path}=$PWD/../p{number}.a" | tee -a ../all.cfg >> ../offered.cfg',
        ]
    lines += ["cd ..", "echo 'package main; import \"harness/wire\"' > main.go"]
    for number in range(groups):
        compile_it = _COMPILE.replace("{files}", f"driver{number}/*.go").replace("{config}", "offered.cfg")
        compile_it = compile_it.replace("{path}", f"driver{number}").replace("{out}", f"driver{number}.a")
        lines += [
            f"echo '{_GROUP}{number}'",
            f"if {compile_it}; then echo packagefile driver{number}=driver{number}.a >> all.cfg",
            f"echo 'import _ \"driver{number}\"' >> main.go; fi",
        ]
    main = _COMPILE.replace("{files}", "main.go").replace("{config}", "all.cfg").replace("{path}", "main")
    lines += [
        f"echo '{_GROUP}{groups}'",
        "echo 'func main() {{ wire.Main() }}' >> main.go",
        main.replace("{out}", "main.a") + " || exit 66",
        '"$TOOLS/link" {link} -importcfg all.cfg -o program/program main.a || exit 66',
    ]
    return "\n".join(lines) + "\n"


def _quoted(name: str) -> str:
    return shlex.quote(name).replace("{", "{{").replace("}", "}}")


def _messages(program: Built, groups: int) -> list[str]:
    """The compiler's messages on each group; on all, where the project or the program does not compile."""
    outcome = program.outcome
    if outcome.stopped_by is not None:
        return [f"the compiler was stopped by its limit: {outcome.stopped_by}"] * groups
    parts = re.split(rf"^{_GROUP}\d+\n", outcome.stdout.decode(errors="replace"), flags=re.MULTILINE)
    if len(parts) < groups + 2 or outcome.exit_code != 0:
        return ["\n".join(parts).strip() or "it does not compile"] * groups
    return parts[1 : groups + 1]


def _refused(messages: str) -> GroupRun:
    lines = [line.strip().removeprefix("./") for line in messages.splitlines() if line.strip()]
    return GroupRun(refused="; ".join(lines[:_SHOWN_ERRORS]), shown="\n".join(lines))


def _run(program: Built, number: int, sandbox: Sandbox, limits: Limits) -> GroupRun:
    outcome = sandbox.run(
        ["./program"],
        workdir=program.folder,
        limits=replace(limits, memory_mb=RUN_MEMORY_MB),
        stdin=str(number).encode(),
        env=RUN_ENV,
    )
    return GroupRun(outcome, outcome.stdout, shown=outcome.stderr.decode(errors="replace"))
