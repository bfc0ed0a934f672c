"""What runs inside the sandbox: looks for what code uses of the standard library, without running the code.

Its globals hold ``__channel__``, the descriptor for the result, and ``__payload__``, sources by path.
The result is two lists in JSON: names that are not there, and deprecated ones, with their lines.

Only what is certain counts. A name stands for a module, class or function if nothing but imports binds it in
its file; for an instance if its function binds it once, by an annotation, a literal or a call of the class.
What is looked for with ``hasattr`` or within ``try … except AttributeError`` is left alone.
"""

from __future__ import annotations

import ast
import builtins
import dis
import importlib
import json
import os
import sys
import types
import warnings
from collections import Counter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
NAMED = (*FUNCTIONS[:2], ast.ClassDef, ast.ExceptHandler, ast.MatchAs, ast.MatchStar)
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
LITERALS = {
    ast.List: list, ast.ListComp: list, ast.Dict: dict, ast.DictComp: dict, ast.Set: set, ast.SetComp: set,
    ast.Tuple: tuple, ast.JoinedStr: str,
}  # fmt: skip
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
SYSTEMS = {"version_info", "TYPE_CHECKING", "platform"}  # on which code may depend
WARNING = frozenset({"DeprecationWarning", "_deprecated"})  # names in functions that warn
VAGUE = (object, type, super, types.ModuleType)  # what instances of these have says nothing
MISSING = object()


class Instance:
    """Some value of a class."""

    def __init__(self, of: type) -> None:
        self.of = of


class Reader:
    """One file: what its names stand for, and what it uses."""

    def __init__(self, source: str, own: set[str]) -> None:
        self.tree = ast.parse(source)
        self.own = own
        self.unknown: list[str] = []
        self.deprecated: list[str] = []
        self.imported: dict[str, list[Any]] = {}
        self.bound = Counter(bindings(self.tree))
        self.set = {
            node.attr for node in nodes(self.tree, ast.Attribute) if not isinstance(node.ctx, ast.Load)
        }
        self.guarded = set(guards(self.tree))
        self.imports()

    def imports(self) -> None:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    module = self.module(alias.name, node)
                    name = alias.asname or alias.name.partition(".")[0]
                    top = sys.modules.get(name) if alias.asname is None and module is not MISSING else module
                    self.imported.setdefault(name, []).append(top)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                module = self.module(node.module, node)
                for alias in node.names:
                    value = MISSING if module is MISSING else self.attribute(module, alias.name, node)
                    self.imported.setdefault(alias.asname or alias.name, []).append(value)

    def module(self, name: str, node: ast.AST) -> Any:
        top = name.partition(".")[0]
        if top in self.own or top not in sys.stdlib_module_names or top in ("antigravity", "this", "idlelib"):
            return MISSING
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            forget = name not in sys.modules
            try:
                module = importlib.import_module(name)
            except BaseException:
                return MISSING
        if forget and any(issubclass(one.category, DeprecationWarning) for one in caught):
            self.deprecated.append(f"{name}:{line(node)}")
        return module

    def attribute(self, owner: Any, name: str, node: ast.AST) -> Any:
        """What a module, a class or an instance has under a name; ``MISSING`` where that is not known."""
        if name in self.guarded or name.startswith("_") or name == "*":
            return MISSING
        if isinstance(owner, Instance):
            names = names_of(owner.of)
            if names is not None and name not in names and name not in self.set:
                self.unknown.append(f"{owner.of.__qualname__}.{name}:{line(node)}")
            else:
                base = next((base for base in owner.of.__mro__ if name in vars(base)), owner.of)
                self.use(vars(base).get(name), f"{path_of(base)}.{name}", node)
            return MISSING
        if not isinstance(owner, (types.ModuleType, type)):
            return MISSING
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                value = getattr(owner, name)
            except AttributeError:
                if name not in self.set and self.lacks(owner, name):
                    self.unknown.append(f"{path_of(owner)}.{name}:{line(node)}")
                return MISSING
            except BaseException:
                return MISSING
        if any(issubclass(one.category, DeprecationWarning) for one in caught):
            self.deprecated.append(f"{path_of(owner)}.{name}:{line(node)}")
        else:
            self.use(value, f"{path_of(owner)}.{name}", node)
        return value

    def lacks(self, owner: Any, name: str) -> bool:
        if isinstance(owner, type):
            return not hasattr(type(owner), "__getattr__")
        try:
            importlib.import_module(f"{owner.__name__}.{name}")
        except BaseException:
            return True
        return False

    def use(self, value: Any, path: str, node: ast.AST) -> None:
        if path in DEPRECATED or warns(value):
            self.deprecated.append(f"{path}:{line(node)}")

    def read(self) -> None:
        self.visit(self.tree, {})

    def visit(self, node: ast.AST, scope: Mapping[str, Any]) -> None:
        if isinstance(node, FUNCTIONS):
            inner = {**scope, **self.locals(node, scope)}
            body = node.body if isinstance(node.body, list) else [node.body]
            for child in ast.iter_child_nodes(node):  # what decorates a function does not know its names
                self.visit(child, inner if child in body else scope)
            return
        if isinstance(node, ast.Attribute):
            self.resolve(node, scope)
            while isinstance(node, ast.Attribute):  # what it belongs to was resolved with it
                node = node.value
        for child in ast.iter_child_nodes(node):
            self.visit(child, scope)

    def resolve(self, node: ast.AST | None, scope: Mapping[str, Any]) -> Any:
        if isinstance(node, ast.Name):
            if node.id in scope:
                return scope[node.id]
            if self.bound[node.id]:
                return MISSING
            values = self.imported.get(node.id)
            if values is None:
                return MISSING if "*" in self.imported else getattr(builtins, node.id, MISSING)
            return values[0] if all(value is values[0] for value in values) else MISSING
        if isinstance(node, ast.Attribute):
            owner = self.resolve(node.value, scope)
            if owner is MISSING or not isinstance(node.ctx, ast.Load):
                return MISSING
            return self.attribute(owner, node.attr, node)
        return self.value(node, scope)

    def value(self, node: ast.AST | None, scope: Mapping[str, Any]) -> Any:
        """The instance that an expression is, where that is certain."""
        if isinstance(node, ast.Constant) and node.value is not None and node.value is not ...:
            return Instance(type(node.value))
        if type(node) in LITERALS:
            return Instance(LITERALS[type(node)])
        if isinstance(node, ast.Call):
            made = self.uncounted(node.func, scope)
            if isinstance(made, type):
                return MISSING if made in VAGUE else Instance(made)
            made = looked_up(MADE_BY.get(path_of(made))) if made is not MISSING else MISSING
            return Instance(made) if isinstance(made, type) else MISSING
        return MISSING

    def annotated(self, node: ast.AST | None, scope: Mapping[str, Any]) -> Any:
        """The instance that an annotation promises."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            try:
                node = ast.parse(node.value, mode="eval").body
            except SyntaxError:
                return MISSING
        if isinstance(node, ast.Subscript):
            node = node.value
        of = self.uncounted(node, scope)
        of = getattr(of, "__origin__", of)  # typing.List
        plain = type(of) is type and of not in VAGUE and of.__module__ not in ("typing", "collections.abc")
        return Instance(of) if plain else MISSING

    def uncounted(self, node: ast.AST | None, scope: Mapping[str, Any]) -> Any:
        """What an expression stands for; what is wrong with it is counted where it is visited."""
        unknown, deprecated = len(self.unknown), len(self.deprecated)
        value = self.resolve(node, scope)
        del self.unknown[unknown:], self.deprecated[deprecated:]
        return value

    def locals(self, function: Any, scope: Mapping[str, Any]) -> dict[str, Any]:
        """What a function's own names are; those of which that is not certain hide what is outside."""
        counts = Counter(bindings(function))
        kinds: dict[str, Any] = dict.fromkeys(counts, MISSING)
        arguments = function.args
        for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
            kinds[one.arg] = self.annotated(one.annotation, scope)
        for node in nodes(function, ast.AST):
            target = node.targets[0] if isinstance(node, ast.Assign) and len(node.targets) == 1 else None
            if isinstance(target, ast.Name):
                kinds[target.id] = self.value(node.value, {**scope, **kinds})
            elif isinstance(node, ast.ExceptHandler) and node.name and not isinstance(node.type, ast.Tuple):
                kinds[node.name] = self.annotated(node.type, {**scope, **kinds})
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                kinds[node.target.id] = self.annotated(node.annotation, {**scope, **kinds})
        narrowed = {
            each.id
            for call in nodes(function, ast.Call)
            if isinstance(call.func, ast.Name) and call.func.id in ("isinstance", "hasattr", "cast")
            for each in call.args
            if isinstance(each, ast.Name)
        }
        narrowed |= {
            node.subject.id for node in nodes(function, ast.Match) if isinstance(node.subject, ast.Name)
        }
        return {
            name: MISSING if counts[name] > 1 or name in narrowed else kind for name, kind in kinds.items()
        }


def nodes(tree: ast.AST, kind: Any) -> Iterator[Any]:
    return (node for node in ast.walk(tree) if isinstance(node, kind))


def bindings(tree: ast.AST) -> Iterator[str]:
    """Every name that something but an import binds, as often as it is bound."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, NAMED) and node.name and node is not tree:
            yield node.name
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            yield from node.names


def guards(tree: ast.AST) -> Iterator[str]:
    """Attributes that a program knows may be missing."""
    for call in nodes(tree, ast.Call):
        if isinstance(call.func, ast.Name) and call.func.id in ("hasattr", "getattr", "setattr"):
            yield from (
                each.value
                for each in call.args
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )
    for choice in nodes(tree, ast.If):
        if SYSTEMS & {*names_in(choice.test)}:
            yield from names_in(choice)
    for attempt in nodes(tree, ast.Try):
        caught = {
            name.id for handler in attempt.handlers for name in nodes(handler.type or handler, ast.Name)
        }
        if caught & {"AttributeError", "ImportError", "Exception"} or None in (
            h.type for h in attempt.handlers
        ):
            for statement in attempt.body:
                yield from names_in(statement)


def names_in(tree: ast.AST) -> Iterator[str]:
    """The names and attributes that a program uses, and what it imports."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Name, ast.Attribute)):
            yield node.id if isinstance(node, ast.Name) else node.attr
        elif isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names)


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


def line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)


def main(sources: Mapping[str, str], channel: int) -> None:
    own = {path.partition("/")[0].removesuffix(".py") for path in sources}
    own |= {path.rpartition("/")[2].removesuffix(".py") for path in sources}
    unknown, deprecated = [], []
    for source in sources.values():
        reader = Reader(source, own)
        reader.read()
        unknown += reader.unknown
        deprecated += reader.deprecated
    os.write(channel, json.dumps([unknown, deprecated]).encode()[:65000])


main(globals().pop("__payload__"), globals().pop("__channel__"))
