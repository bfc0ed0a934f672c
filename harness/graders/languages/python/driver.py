"""What runs inside the sandbox: calls a candidate with inputs, writes what comes out.

It runs in a process of its own (standard library only), its globals holding
``__channel__``, the descriptor for the results, and ``__payload__``, a dict:

``code``     the candidate's source
``setup``    statements that come before it (the signature's imports)
``name``     the function to call; ``calls``: one source text of an argument tuple a case
``result``   ``plain``, ``iterator``, ``async`` or ``async iterator``
``driver``   or, instead of calls, a script that calls ``emit(value)``

No expected value is ever in this process, so nothing here has to be kept from the
candidate; what can be had cheaply against meddling is had: the driver uses its own
copy of the builtins, C functions bound before the candidate loads, and exact types.
"""

from __future__ import annotations

import _ast
import builtins
import sys
import warnings
from _json import encode_basestring_ascii as quote
from posix import _exit, write
from types import ModuleType

TYPE_CHECKING = False  # typing itself takes longer to import than all the rest
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn
DECIDING = (
    _ast.Import, _ast.ImportFrom, _ast.FunctionDef, _ast.AsyncFunctionDef, _ast.ClassDef, _ast.Raise,
)  # fmt: skip
REFUSALS = (MemoryError, OSError)  # what the sandbox does not allow is no example

# What the functions below see, whatever is done to the real ones.
globals()["__builtins__"] = dict(vars(builtins))

DRAWN = 10_000  # values taken from an iterator
NOT_COMPILED, NOT_LOADED, BROKEN_OFF = 65, 66, 67  # exit codes
ONLY_AST = 0x400  # ast.PyCF_ONLY_AST; importing ast takes longer than everything else
FUTURES = 0x1FF0000  # the flags of ``from __future__ import …``
SHOWING = frozenset(
    """print input exit quit help breakpoint display pprint pprint.pprint main sys.exit time.sleep
    unittest.main doctest.testmod pytest.main""".split()  # noqa: SIM905
)
IDLE = (_ast.Constant, _ast.Name, _ast.Attribute, _ast.Compare, _ast.BinOp, _ast.JoinedStr, _ast.Subscript)


def serve(payload: dict[str, Any], channel: int) -> NoReturn:
    """Run one payload, and leave without giving the candidate a last word."""
    count = 0

    def emit(value: Any) -> None:
        nonlocal count
        put(channel, f"{count} {text(value)}\n".encode())
        count += 1

    candidate = load(payload)
    if payload["driver"] is not None:
        drive(payload["driver"], {**vars(candidate), "__name__": "driver", "emit": emit})
        _exit(0)
    function = find(candidate, payload["name"])
    finish = FINISHES[payload["result"]]
    for index, call in enumerate(payload["calls"]):
        arguments = eval(call, {})
        try:
            line = text(finish(function(*arguments)))
        except BaseException as error:
            line = raised(error)
        put(channel, f"{index} {line}\n".encode())
    _exit(0)


def load(payload: dict[str, Any]) -> ModuleType:
    """The candidate as a module that is registered, since dataclasses look themselves up."""
    candidate = ModuleType("candidate")
    sys.modules["candidate"] = sys.modules["__main__"] = candidate
    codes = compiled(payload["code"])
    try:
        exec(payload["setup"], candidate.__dict__)
    except BaseException as error:
        leave(NOT_LOADED, error)
    for code, beside in codes:
        try:
            exec(code, candidate.__dict__)
        except BaseException as error:
            if not beside or (isinstance(error, REFUSALS) and not isinstance(error, FileNotFoundError)):
                leave(NOT_LOADED, error)
    return candidate


def compiled(source: str) -> list[tuple[Any, bool]]:
    """The code object of each statement, after a line on standard error: the number of compiler warnings.

    With each stands whether it is beside the definitions (an example, a read from standard input), so that
    its failure is none of theirs. Statements that only show or check what was written are left out.
    """
    codes: list[tuple[Any, bool]] = []
    flags = 0
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            for statement in compile(source, "answer.py", "exec", ONLY_AST, dont_inherit=True).body:
                if not shows(statement):
                    module = _ast.Module([statement], [])
                    code = compile(module, "answer.py", "exec", flags, dont_inherit=True)
                    codes.append((code, type(statement) not in DECIDING))
                    flags |= code.co_flags & FUTURES
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            leave(NOT_COMPILED, error)
    put(2, b"warnings %d\n" % len(caught))
    return codes


def shows(statement: Any) -> bool:
    """Whether a statement at the top defines nothing and changes nothing, so that it can be left out."""
    kind = type(statement)
    if kind is _ast.Expr:
        return type(statement.value) in IDLE or callee(statement.value) in SHOWING
    if kind in (_ast.With, _ast.For, _ast.If) and all(map(shows, statement.body)):
        return all(map(shows, getattr(statement, "orelse", ())))
    if kind in (_ast.With, _ast.For, _ast.While, _ast.If, _ast.Try):
        return asks(statement)
    return kind is _ast.Assert or kind is _ast.Pass


def callee(value: Any) -> str:
    """``print`` of ``print(…)``, ``sys.exit`` of ``sys.exit()``; empty for anything else."""
    function = value.func if type(value) is _ast.Call else None
    if type(function) is _ast.Attribute and type(function.value) is _ast.Name:
        return f"{function.value.id}.{function.attr}"
    return function.id if type(function) is _ast.Name else ""


def asks(node: Any) -> bool:
    """Whether a node calls ``input``: a loop that does may ask again and again."""
    if type(node) is list:
        return any(map(asks, node))
    fields = [getattr(node, field, None) for field in node._fields] if isinstance(node, _ast.AST) else []
    return callee(node) == "input" or any(map(asks, fields))


def drive(script: str, scope: dict[str, Any]) -> None:
    """Run the task's script; an exception that it lets through ends the run."""
    try:
        exec(compile(script, "driver.py", "exec", dont_inherit=True), scope)
    except BaseException as error:
        leave(BROKEN_OFF, error)


def find(candidate: ModuleType, name: str) -> Callable[..., Any]:
    """The function, or the method of that name of the one class that has it."""
    scope = vars(candidate)
    if name not in scope:
        for value in [*scope.values()]:
            if isinstance(value, type) and name in vars(value):
                try:
                    return getattr(value(), name)  # type: ignore[no-any-return]
                except BaseException as error:
                    leave(NOT_LOADED, error)
        leave(NOT_LOADED, NameError(f"the answer defines no {name}"))
    return scope[name]  # type: ignore[no-any-return]


def leave(exit_code: int, error: BaseException) -> NoReturn:
    """Say why on standard error's last line, and go."""
    kind, text = type(error).__name__, " ".join(message(error).split())
    line = f" (line {error.lineno})" if isinstance(error, SyntaxError) and error.lineno else ""
    put(2, f"\n{kind}: {text}{line}\n".encode(errors="replace"))
    _exit(exit_code)


def put(descriptor: int, data: bytes) -> None:
    """Write all of it."""
    while data:
        data = data[write(descriptor, data) :]


# --- results ----------------------------------------------------------------


def drain(result: Any) -> list[Any]:
    """The values of an iterator, as many as anyone may want."""
    if not hasattr(type(result), "__next__"):
        raise TypeError(f"{type(result).__name__} is not an iterator")
    return [value for value, _ in zip(result, range(DRAWN), strict=False)]


def awaited(result: Any) -> Any:
    """The value of a coroutine."""
    import asyncio

    async def wait() -> Any:
        return await result

    return asyncio.run(wait())


def drain_async(result: Any) -> Any:
    """The values of an asynchronous iterator."""

    async def collect() -> list[Any]:
        values: list[Any] = []
        async for value in result:
            values.append(value)
            if len(values) == DRAWN:
                break
        return values

    return awaited(collect())


FINISHES: dict[str, Callable[[Any], Any]] = {
    "plain": lambda result: result,
    "iterator": drain,
    "async": awaited,
    "async iterator": drain_async,
}


# --- values as text ----------------------------------------------------------


def raised(error: BaseException) -> str:
    """The wire form of an exception."""
    names = [quote(kind.__name__) for kind in type(error).__mro__[:-1]]
    mro = ",".join(names[1:])
    return f'{{"raised":{names[0]},"mro":[{mro}],"text":{quote(message(error)[:200])}}}'


def message(error: BaseException) -> str:
    """The text of an exception, without calling anything that the candidate may have written."""
    if isinstance(error, SyntaxError) and type(error.msg) is str:
        return error.msg
    return next((part for part in error.args if type(part) is str), "")


def text(value: Any) -> str:
    """The wire form of a value; only exact types have one, of all others the type is named."""
    kind = type(value)
    if value is None:
        return "null"
    if kind in SCALARS:
        return SCALARS[kind](value)
    if kind in LISTS:
        before, after = LISTS[kind]
        return before + ",".join([text(item) for item in value]) + after
    if kind is dict or (isinstance(value, dict) and kind.__module__ == "collections"):
        pairs = [f"[{text(key)},{text(item)}]" for key, item in dict.items(value)]
        return '{"m":[' + ",".join(pairs) + "]}"
    if (kind.__module__, kind.__name__) in NAMED and is_library(kind):
        written = NAMED[kind.__module__, kind.__name__](value)
        return f'{{"x":"{kind.__name__}","v":{quote(written)}}}'
    return f'{{"x":{quote(kind.__name__)}}}'


def is_library(kind: Any) -> bool:
    """Whether a type is the one of its name in its module, which whoever made the value has imported.

    Importing these modules here would take as long as starting Python.
    """
    return getattr(sys.modules.get(kind.__module__), kind.__name__, None) is kind


def isoformat(value: Any) -> str:
    """A date or time."""
    return str(value.isoformat())


def seconds(delta: Any) -> str:
    """A timedelta in seconds, whole ones without a point."""
    total = delta.total_seconds()
    return str(int(total)) if total == int(total) else repr(total)


SCALARS: dict[Any, Callable[[Any], str]] = {
    bool: lambda value: "true" if value else "false",
    int: int.__repr__,
    str: quote,
    float: lambda value: f'{{"f":"{value!r}"}}',
    bytes: lambda value: f'{{"b":"{value.hex()}"}}',
}
NAMED: dict[tuple[str, str], Callable[[Any], str]] = {  # by module and name
    ("datetime", "date"): isoformat,
    ("datetime", "datetime"): isoformat,
    ("datetime", "time"): isoformat,
    ("datetime", "timedelta"): seconds,
    ("decimal", "Decimal"): str,
    ("fractions", "Fraction"): str,
}
LISTS: dict[Any, tuple[str, str]] = {
    list: ("[", "]"),
    tuple: ('{"t":[', "]}"),
    set: ('{"s":[', "]}"),
    frozenset: ('{"s":[', "]}"),
}


if "__payload__" in globals():
    serve(globals().pop("__payload__"), globals().pop("__channel__"))
