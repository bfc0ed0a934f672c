"""What a Python task's options mean: the payload that enters the sandbox and what is looked for."""

from __future__ import annotations

import builtins
import marshal
import symtable
from binascii import b2a_base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from harness.graders.execution import cases
from harness.graders.execution.cases import Case, CaseSpec
from harness.graders.languages.python.types import Signature, arguments, fits, parse_signature
from harness.sandbox.interpreter import OWN, Interpreter

DRIVER = Path(__file__).with_name("driver.py")
ASSERTS = DRIVER.with_name("asserts_driver.py")  # runs tests beside the answer
_FORMAT = 4  # of marshal, which every Python of these years reads


@dataclass(frozen=True, slots=True)
class PythonProgram:
    """Everything about a task that does not depend on the answer."""

    spec: CaseSpec
    wanted: tuple[str, ...]  # names that an answer must define
    signature: Signature | None  # of the function that is asked for; always there for cases
    payload: Mapping[str, Any]  # see driver.py; only the answer's ``code`` is missing


def plan(
    signature: str | None,
    table: Sequence[Mapping[str, Any]] | None,
    driver: str | None,
    expect: Sequence[Any] | None,
    tolerance: float | str | None,
) -> PythonProgram:
    """Check a grader's options (``table`` is ``cases``); ``ValueError`` names the wrong one."""
    spec = cases.parse(table, driver, expect, tolerance)
    function = parse_signature(signature) if signature is not None else None
    if driver is not None:
        payload: dict[str, Any] = {"setup": function.imports if function else "", "driver": driver}
        return PythonProgram(spec, _wanted(driver), function, payload)
    if function is None:
        raise ValueError("`cases` need a `signature`: `def name(parameter: type) -> type`")
    payload = {
        "setup": function.imports,
        "name": function.name,
        "calls": [_call(index, case, function) for index, case in enumerate(spec.cases)],
        "result": function.result,
        "driver": None,
    }
    return PythonProgram(spec, (function.name,), function, payload)


def script(program: PythonProgram, code: str, python: Interpreter) -> bytes:
    """The whole program that judges ``code``, for a warm Python of that kind."""
    payload = data({**program.payload, "code": code})
    return b"%s__payload__ = %s\nexec(%s)\n" % (LOADERS, payload, loaded(DRIVER, python))


LOADERS = b"from binascii import a2b_base64\nfrom marshal import loads\n"  # what these expressions use


def data(value: Any) -> bytes:
    """An expression for a value; base 64 is quicker to read than a literal of bytes."""
    return b"loads(a2b_base64('%s'))" % b2a_base64(marshal.dumps(value, _FORMAT), newline=False)


@cache
def loaded(driver: Path, python: Interpreter) -> bytes:
    """An expression for a driver's code object: from byte code, which only harness's own Python can read.

    Another one compiles it, which takes longer than running it.
    """
    if python is OWN:
        return data(compile(driver.read_bytes(), driver.name, "exec", optimize=2))
    return b"compile(%s, %r, 'exec', optimize=2)" % (data(driver.read_bytes()), driver.name)


_REGISTER = b"""import sys, types
for name, code in %s:
    module = sys.modules[name] = types.ModuleType(name)
    exec(code, vars(module))
"""


@cache
def modules(folder: Path, names: Sequence[str]) -> bytes:
    """Statements after which modules of a folder beside this file can be imported, though no file is there.

    ``names`` has each of them after those that it imports. For harness's own Python, since this is byte code.
    """
    codes = []
    for name in names:
        source = folder / f"{name}.py"
        code = compile(source.read_bytes(), f"{folder.name}/{source.name}", "exec", optimize=2)
        codes.append((f"{__package__}.{folder.name}.{name}", code))
    return _REGISTER % data(codes)


def _call(index: int, case: Case, function: Signature) -> str:
    try:
        call = arguments(case.args, function)
    except ValueError as error:
        raise ValueError(f"case {index + 1} ({case.name}): {error}") from None
    if case.raises is None and not fits(case.returns, function.returns):
        raise ValueError(
            f"case {index + 1} ({case.name}): `returns` {case.returns!r} is no {function.returns}"
        )
    return call


def _wanted(driver: str) -> tuple[str, ...]:
    """The names that a driver uses without having made them: the candidate's."""
    try:
        top = symtable.symtable(driver, "driver", "exec")
    except SyntaxError as error:
        raise ValueError(f"`driver` line {error.lineno}: {error.msg}") from None
    made = {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported()}
    used = dict.fromkeys(_globals_used(top))
    return tuple(name for name in used if name not in made and name != "emit" and not hasattr(builtins, name))


def _globals_used(table: symtable.SymbolTable) -> Iterator[str]:
    module = table.get_type() == "module"
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (module or symbol.is_global()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _globals_used(child)
