"""What a Go task's options mean: the driver that enters the sandbox and what is looked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from string import Template
from typing import Any

from tree_sitter import Node

from harness.graders.execution import cases
from harness.graders.execution.cases import Case, CaseSpec
from harness.graders.execution.syntax import definitions, parse
from harness.graders.languages.go.syntax import SYNTAX
from harness.graders.languages.go.toolchain import PACKAGES
from harness.graders.languages.go.types import (
    WIRE,
    Signature,
    Type,
    compared,
    literal,
    parse_signature,
    quoted,
)
from harness.nodes import text_of

# In the answer's own package, so that it can use everything the answer declares. Calls of the
# function go through a variable of the wanted type: another signature does not compile.
_DRIVER = Template("""\
package $package

import $wire "harness/wire"
$imports
func init() { $wire.Register($sample, harnessDrive) }
$main
func harnessDrive(harnessRun *$wire.Run) {
$body
}
$helpers
""")
_MAIN = f"func main() {{ {WIRE}.Main() }}"


@dataclass(frozen=True, slots=True)
class GoProgram:
    """Everything about a task that does not depend on the answer."""

    spec: CaseSpec
    wanted: tuple[str, ...]  # names that an answer should declare
    signature: Signature | None  # of the function, for cases
    imports: tuple[str, ...]  # of the driver
    body: str
    helpers: str

    def driver(self, sample: int | None) -> str:
        """The driver's file: of a program of its own (``None``), or of a sample in a batch."""
        alone = sample is None
        return _DRIVER.substitute(
            package="main" if alone else f"s{sample}",
            sample=0 if alone else sample,
            main=_MAIN if alone else "",
            wire=WIRE,
            imports="".join(f"import {quoted(path)}\n" for path in self.imports),
            body=self.body,
            helpers=self.helpers,
        )


def plan(
    signature: str | None,
    table: Sequence[Mapping[str, Any]] | None,
    driver: str | None,
    expect: Sequence[Any] | None,
    imports: Sequence[str],
    helpers: str,
    tolerance: float | str | None,
) -> GoProgram:
    """Check a grader's options (``table`` is ``cases``); ``ValueError`` names the wrong one."""
    spec = cases.parse(table, driver, expect, tolerance)
    if driver is not None:
        for path in imports:
            if path not in PACKAGES:
                raise ValueError(f"imports: `{path}` is not offered; known are {', '.join(PACKAGES)}")
        body = f"\temit := harnessRun.Emit\n{driver}"
        return GoProgram(spec, _wanted(driver, helpers), None, tuple(imports), body, helpers)
    if imports or helpers:
        raise ValueError("`imports` and `helpers` belong to a `driver`")
    if signature is None:
        raise ValueError("`cases` need a `signature`: `func Name(parameters) results`")
    function = parse_signature(signature)
    calls = "".join(_call(case, function) for case in spec.cases)
    body = f"\tvar candidate {function.type} = {function.name}\n{calls}"
    spec = replace(spec, cases=tuple(_compared(case, function) for case in spec.cases))
    return GoProgram(spec, (function.name,), function, (), body, "")


def _call(case: Case, function: Signature) -> str:
    """The statement that runs one case; arguments are made anew for each."""
    if len(case.args) != len(function.parameters):
        raise ValueError(
            f"{case.name}: `args` has {len(case.args)} values for {len(function.parameters)} parameters"
        )
    try:
        values = [literal(arg, kind) for arg, kind in zip(case.args, function.parameters, strict=True)]
    except ValueError as error:
        raise ValueError(f"{case.name}: args: {error}") from None
    call = f"candidate({', '.join(values)}{'...' if function.variadic else ''})"
    names = [f"r{index}" for index in range(len(function.results))]
    plain = names[:-1] if function.fails else names
    value = plain[0] if len(plain) == 1 else f"[]any{{{', '.join(plain)}}}" if plain else "nil"
    if function.fails:
        value = f"{WIRE}.Result({names[-1]}, {value})"
    call = f"{', '.join(names)} := {call}" if names else call
    return f"\tharnessRun.Case(func() any {{ {call}; return {value} }})\n"


def _compared(case: Case, function: Signature) -> Case:
    """The case with what it returns as it will be on the wire."""
    if case.raises is not None:
        if case.raises != "panic":
            raise ValueError(f"{case.name}: `raises` can only be `panic`")
        return case
    value, plain = case.returns, function.results
    if function.fails:
        if not isinstance(value, dict) or list(value) not in (["ok"], ["err"]):
            raise ValueError(f"{case.name}: `returns` must be {{ok: …}} or {{err: …}}")
        if "err" in value:
            return case
        value, plain = value["ok"], plain[:-1]
    try:
        value = _results(value, plain)
    except ValueError as error:
        raise ValueError(f"{case.name}: returns: {error}") from None
    return replace(case, returns={"ok": value} if function.fails else value)


def _results(value: Any, kinds: Sequence[Type]) -> Any:
    if len(kinds) != 1 and kinds:
        if not isinstance(value, list) or len(value) != len(kinds):
            raise ValueError(f"must be a list of {len(kinds)} values")
        return [_results(item, [kind]) for item, kind in zip(value, kinds, strict=True)]
    for kind in kinds:
        literal(value, kind)  # it must be one
        return compared(value, kind)
    return value


def _wanted(driver: str, helpers: str) -> tuple[str, ...]:
    """The exported names that a driver uses without declaring them: the answer's."""
    tree = parse(f"package p\nfunc drive() {{\n{driver}\n}}\n{helpers}", SYNTAX)
    if tree.root_node.has_error:
        raise ValueError("`driver` or `helpers`: not Go statements and declarations")
    names = dict.fromkeys(_exported(tree.root_node))
    return tuple(name for name in names if name not in definitions(tree))


def _exported(node: Node) -> Iterator[str]:
    """Capitalised identifiers, but no fields, methods or names from other packages."""
    if node.type in ("identifier", "type_identifier"):
        name = text_of(node)
        if name[:1].isupper():
            yield name
    for child in node.children:
        key = child.type == "literal_element" and node.type == "keyed_element" and child == node.children[0]
        if not key and node.type != "qualified_type":
            yield from _exported(child)
