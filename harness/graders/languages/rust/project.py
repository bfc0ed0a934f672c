"""Grades Rust projects: the crate is compiled by itself, then the driver of each group against it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from string import Template
from typing import Any, ClassVar

from harness.graders.checkgroups import BuiltProject, CheckGroup, GroupRun
from harness.graders.execution.syntax import parse
from harness.graders.languages.rust.build import (
    COMPILE_LIMITS,
    RUN_MEMORY_MB,
    code_of,
    diagnostics_of,
    errors_among,
)
from harness.graders.languages.rust.syntax import SYNTAX
from harness.graders.languages.rust.toolchain import NEWEST, editions, toolchain
from harness.graders.project import ProjectGrader
from harness.sandbox.base import ENVIRONMENT, Limits, Outcome, Sandbox
from harness.sandbox.workspace import workspace
from harness.trees import Tree

_SHOWN_ERRORS = 3
# The driver's program. Its module is a file of its own, so that messages name its lines.
_MAIN = Template("""\
use ::std::sync::atomic::{AtomicPtr, Ordering};
static OUT: AtomicPtr<::harness_driver::Out> = AtomicPtr::new(::std::ptr::null_mut());
#[allow(unused_macros)]
macro_rules! emit { ($$value:expr) => {
    unsafe { &*crate::OUT.load(::std::sync::atomic::Ordering::Relaxed) }.emit(&$$value)
} }
#[path = "driver.rs"] mod driver;
fn run(out: &::harness_driver::Out) {
    ::std::panic::set_hook(::std::boxed::Box::new(|info| ::std::eprintln!("{info}")));
    OUT.store(out as *const _ as *mut _, Ordering::Relaxed);
    out.drive($values, &driver::drive)
}
fn main() { ::harness_driver::main(&[run]) }
""")


@dataclass(frozen=True)
class RustProject(ProjectGrader):
    """Compiles ``src/lib.rs`` as ``Cargo.toml`` names it; a driver is a file with ``pub fn drive()``.

    ``src/main.rs``, where there is one, must compile too.
    """

    name: ClassVar[str] = "rust_project"
    language: ClassVar[str] = "rust"

    def __post_init__(self) -> None:
        """Check the options."""
        super().__post_init__()
        if "src/lib.rs" not in self.tree:
            raise ValueError("the tree lacks `src/lib.rs`")
        editions(self._package.get("edition", NEWEST[0]))

    def check_driver(self, driver: str) -> None:
        """Raise ``ValueError`` for what has no ``pub fn drive()``."""
        if parse(driver, SYNTAX).root_node.has_error or not re.search(
            r"^pub fn drive\(\)", driver, re.MULTILINE
        ):
            raise ValueError("must be Rust with `pub fn drive()`, which calls `emit!(value)`")

    def rests_on(self) -> Mapping[str, Any]:
        """What a verdict depends on beside the tree and the groups."""
        return {"toolchain": toolchain().id, "limits": COMPILE_LIMITS}

    @cached_property
    def _package(self) -> Mapping[str, Any]:
        try:
            package = tomllib.loads(self.tree["Cargo.toml"])["package"]
            if re.fullmatch(r"[a-z][a-z0-9_-]*", package["name"]):
                return dict(package)
        except (KeyError, TypeError, tomllib.TOMLDecodeError):
            pass
        raise ValueError("the tree needs a `Cargo.toml` with [package] and its name")

    @contextmanager
    def shell(self) -> Iterator[tuple[Mapping[str, str], Sequence[Path]]]:
        """``rustc`` and ``cargo`` as they are installed, without the network."""
        rust = toolchain()
        path = f"{rust.rustc.parent}:{ENVIRONMENT['PATH']}"
        yield {**ENVIRONMENT, "PATH": path, "CARGO_NET_OFFLINE": "true"}, rust.readonly

    @contextmanager
    def built(self, tree: Tree, groups: Mapping[str, CheckGroup], sandbox: Sandbox) -> Iterator[BuiltProject]:
        """The crate, and the driver of each group as a program of its own."""
        with workspace({f"tree/{path}": text for path, text in tree.items()}) as work:
            crate = self._crate_compiled(work, tree, sandbox)
            compile_s = sum(outcome.wall_s for outcome in crate)
            programs = dict.fromkeys(groups, crate[-1])
            folders = {name: work / f"program{number}" for number, name in enumerate(groups)}
            for name, group in groups.items() if crate[-1].exit_code == 0 else ():
                programs[name] = self._driver_compiled(work, folders[name], group, sandbox)
                compile_s += programs[name].wall_s

            def run(name: str, limits: Limits) -> GroupRun:
                if programs[name].exit_code != 0:
                    return _refused(programs[name])
                return _run(folders[name], sandbox, limits)

            yield BuiltProject(run, round(compile_s, 4), [code_of(one) for one in diagnostics_of(crate[0])])

    def _crate_compiled(self, work: Path, tree: Tree, sandbox: Sandbox) -> list[Outcome]:
        kind = ("--crate-type=rlib", f"--crate-name={self._crate}", "-o", self._library, "tree/src/lib.rs")
        outcomes = [self._compiled(work, kind, sandbox, warns=True)]
        if outcomes[0].exit_code == 0 and "src/main.rs" in tree:
            program = ("--crate-type=bin", "--emit=metadata", "-o", "main.rmeta", "tree/src/main.rs")
            outcomes.append(
                self._compiled(work, (f"--extern={self._crate}={self._library}", *program), sandbox)
            )
        return outcomes

    def _driver_compiled(self, work: Path, folder: Path, group: CheckGroup, sandbox: Sandbox) -> Outcome:
        folder.mkdir()
        (work / "driver.rs").write_text(group.driver, encoding="utf-8")
        (work / "main.rs").write_text(_MAIN.substitute(values=len(group.expect)), encoding="utf-8")
        options = (f"--extern={self._crate}={self._library}", "main.rs", "-o", f"{folder.name}/main")
        return self._compiled(work, options, sandbox)

    def _compiled(
        self, work: Path, options: Sequence[str], sandbox: Sandbox, *, warns: bool = False
    ) -> Outcome:
        rust = toolchain()
        edition = f"--edition={self._package.get('edition', NEWEST[0])}"
        common = ("--error-format=json", "--remap-path-prefix=tree/=", edition)
        quiet = () if warns else ("-Awarnings",)
        return sandbox.run(
            [str(rust.rustc), *rust.flags, *common, *quiet, *options],
            workdir=work,
            limits=COMPILE_LIMITS,
            writable=True,
            readonly=rust.readonly,
        )

    @property
    def _crate(self) -> str:
        return str(self._package["name"]).replace("-", "_")

    @property
    def _library(self) -> str:
        return f"lib{self._crate}.rlib"


def _run(folder: Path, sandbox: Sandbox, limits: Limits) -> GroupRun:
    rust = toolchain()
    outcome = sandbox.run(
        ["./main", "0"],
        workdir=folder,
        limits=replace(limits, memory_mb=RUN_MEMORY_MB),
        readonly=[rust.libraries, rust.runtime],
    )
    return GroupRun(outcome, outcome.stdout, shown=outcome.stderr.decode(errors="replace"))


def _refused(outcome: Outcome) -> GroupRun:
    if outcome.stopped_by is not None:
        return GroupRun(refused=f"the compiler was stopped by its limit: {outcome.stopped_by}")
    errors = errors_among(diagnostics_of(outcome))[:_SHOWN_ERRORS]
    words = "; ".join(map(_words, errors)) or "the compiler failed"
    return GroupRun(refused=words, shown="\n".join(str(error.get("rendered") or "") for error in errors))


def _words(diagnostic: Mapping[str, Any]) -> str:
    code = code_of(diagnostic)
    span = next((span for span in diagnostic["spans"] if span["is_primary"]), None)
    place = f"{span['file_name']}:{span['line_start']}: " if span else ""
    return f"{place}{diagnostic['message']}" + (f" [{code}]" if code else "")
