"""What is asked of a Rust answer, and the driver that asks it: a module inside the answer's own.

The answer is a module of its own file, so crate attributes in it have no effect and a
``fn main`` does no harm. The driver is a child of that module, so it sees what the answer
forgot to make ``pub``; everything else it names by absolute paths, so nothing that the
answer defines can stand in for it. Only arguments are in it, never what must come out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harness.graders.execution import cases
from harness.graders.execution.cases import Case, CaseSpec
from harness.graders.execution.syntax import definitions, mentions_definition, parse, references
from harness.graders.languages.rust import types
from harness.graders.languages.rust.syntax import SYNTAX
from harness.graders.languages.rust.types import Function, Type

# What a hand-written driver calls by its short name stays what it is in every Rust program.
_PRELUDE = """\
use ::std::{boxed::Box, option::Option::{self, None, Some}, result::Result::{self, Err, Ok}};
use ::std::{string::{String, ToString}, vec::Vec};
use super::*;
"""
DRIVER = "harness_cases"  # the module inside the answer's, and the function in it that is called
_HEAD = "#![allow(warnings)]\n"


@dataclass(frozen=True, slots=True)
class RustProgram:
    """The cases, the source of the driver module, and the function that is called, if it is one."""

    spec: CaseSpec
    driver: str
    function: Function | None

    def wanted(self, reference: str) -> list[str]:
        """The names an answer has to define: the function, or what the driver uses of the reference's."""
        if self.function is not None:
            return [self.function.name]
        syntax = SYNTAX
        defined = definitions(parse(reference, syntax))
        defined = {name for name in defined if mentions_definition(reference, name, syntax)}
        return sorted(defined & references(parse(self.driver, syntax)) or defined)


def plan(
    signature: str | None,
    case_list: Sequence[Mapping[str, Any]] | None,
    driver: str | None,
    expect: Sequence[Any] | None,
    tolerance: float | str | None,
) -> RustProgram:
    """Read the grader's options; ``ValueError`` names the option and the case."""
    spec = cases.parse(case_list, driver, expect, tolerance)
    if signature is not None and not isinstance(signature, str):
        raise ValueError("signature: must be text")
    function = types.parse_signature(signature) if signature is not None else None
    if driver is not None:
        return RustProgram(spec, _HEAD + _PRELUDE + _driver(driver, len(spec.cases)), function)
    if function is None:
        raise ValueError("signature: `cases` need one")
    if function.complaint:
        raise ValueError(f"signature: cases cannot handle {function.complaint}; write a driver")
    return RustProgram(spec, _HEAD + _calls(spec, function), function)


def _driver(body: str, values: int) -> str:
    return (
        f"pub fn {DRIVER}(out: &::harness_driver::Out) {{ out.drive({values}, &|| harness_body(out)) }}\n"
        "fn harness_body(out: &::harness_driver::Out) {\n"
        "macro_rules! emit { ($value:expr) => { out.emit(&$value) } }\n"
        f"{body}\n}}\n"
    )


def _calls(spec: CaseSpec, function: Function) -> str:
    arms = []
    for index, case in enumerate(spec.cases):
        try:
            arms += [f"{index} => {{", *_call(case, function), "}"]
        except ValueError as error:
            raise ValueError(f"{case.name}: {error}") from None
    head = (
        f"pub fn {DRIVER}(out: &::harness_driver::Out) {{ out.cases({len(spec.cases)}, call) }}\n"
        "fn call(case: usize) -> ::std::string::String {\nmatch case {\n"
    )
    return head + "\n".join([*arms, "_ => ::std::unreachable!(),\n}\n}\n"])


def _call(case: Case, function: Function) -> list[str]:
    assert function.parameters is not None
    if case.raises not in (None, "panic"):
        raise ValueError(f"`raises: {case.raises}`: Rust knows only `panic`")
    if len(case.args) != len(function.parameters):
        expected = len(function.parameters)
        raise ValueError(f"{len(case.args)} arguments for the {expected} parameters of `{function.name}`")
    bound, passed = [], []
    for index, (value, kind) in enumerate(zip(case.args, function.parameters, strict=True)):
        binding, sigil = types.argument(value, kind)
        bound.append(f"let mut a{index}{binding};")
        passed.append(f"{sigil}a{index}")
    result = function.returns or Type("tuple")
    if case.raises is None:
        try:
            types.check_returned(case.returns, result)
        except ValueError as error:
            raise ValueError(f"returns: {error}") from None
    return [
        *bound,
        f"let r: {result} = super::{function.name}({', '.join(passed)});",
        "::harness_driver::wire(&r)",
    ]
