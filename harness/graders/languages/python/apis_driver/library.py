"""What the standard library has: names, what they stand for, and what it says is deprecated."""

from __future__ import annotations

import dis
import importlib
import types
from typing import Any

MADE_BY = {  # what these give, where no class does
    "re.compile": "re.Pattern",
    "logging.getLogger": "logging.Logger",
    "datetime.datetime.now": "datetime.datetime",
    "datetime.datetime.strptime": "datetime.datetime",
    "datetime.datetime.fromisoformat": "datetime.datetime",
    "datetime.date.today": "datetime.date",
    "datetime.date.fromisoformat": "datetime.date",
    "pathlib.Path.cwd": "pathlib.Path",
    "pathlib.Path.home": "pathlib.Path",
}
# Deprecated up to Python 3.14 by its documentation, where this Python does not warn yet, or does so in C.
DEPRECATED = frozenset(
    """datetime.datetime.utcnow datetime.datetime.utcfromtimestamp ast.Num ast.Str ast.Bytes ast.NameConstant
    ast.Ellipsis abc.abstractproperty abc.abstractclassmethod abc.abstractstaticmethod argparse.FileType
    asyncio.iscoroutinefunction asyncio.get_event_loop_policy asyncio.set_event_loop_policy codecs.open
    collections.abc.ByteString typing.ByteString typing.no_type_check_decorator glob.glob0 glob.glob1
    importlib.find_loader pkgutil.find_loader pkgutil.get_loader locale.resetlocale logging.warn
    pathlib.PurePath.is_reserved sqlite3.enable_shared_cache unittest.makeSuite unittest.findTestCases
    unittest.getTestCaseNames urllib.request.URLopener urllib.request.FancyURLopener""".split()  # noqa: SIM905
)
WARNING = frozenset({"DeprecationWarning", "_deprecated"})  # names in functions that warn
MISSING = object()


class Instance:
    """Some value of a class."""

    def __init__(self, of: type) -> None:
        self.of = of


def names_of(of: type) -> set[str] | None:
    """What instances of a class have, and what its methods name; ``None`` where that cannot be known."""
    names = {*dir(of), *getattr(of, "_fields", ())}
    if "__getattr__" in names or of.__module__ == "unittest.mock":
        return None
    for base in of.__mro__ if of.__dictoffset__ else ():
        for method in vars(base).values():
            names.update(getattr(getattr(method, "__code__", None), "co_names", ()))
    return None if "setattr" in names else names


def warns(value: Any) -> bool:
    """Whether a function does nothing else before it says that it is deprecated, or is marked so."""
    value = getattr(value, "__func__", value)
    if isinstance(getattr(value, "__deprecated__", None), str):
        return True
    if not isinstance(value, types.FunctionType) or not WARNING.intersection(value.__code__.co_names):
        return False
    for step in dis.get_instructions(value):
        if step.argval in WARNING:
            return True
        if "JUMP" in step.opname:
            break
    return False


def path_of(value: Any) -> str:
    if isinstance(value, types.ModuleType):
        return value.__name__
    owner = getattr(value, "__self__", None)  # of a class method in C, whose module is not told
    if isinstance(owner, type):
        return f"{path_of(owner)}.{value.__name__}"
    return f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', '')}"


def looked_up(path: str | None) -> Any:
    if path is None:
        return MISSING
    module, _, name = path.rpartition(".")
    return getattr(importlib.import_module(module), name)
