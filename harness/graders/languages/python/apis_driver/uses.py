"""What a file uses of the standard library: looked up as its program would."""

from __future__ import annotations

import ast
import importlib
import sys
import types
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from harness.graders.languages.python.apis_driver.library import (
    DEPRECATED,
    MISSING,
    Instance,
    names_of,
    path_of,
    warns,
)
from harness.graders.languages.python.apis_driver.source import guards, line, nodes

NOISY = ("antigravity", "this", "idlelib")  # modules that do something when they are imported


class Uses:
    """Names of the library that a file uses: what they stand for, and which are not there or deprecated."""

    def __init__(self, tree: ast.Module, own: set[str]) -> None:
        self.own = own  # modules of the program
        self.unknown: list[str] = []  # path and line
        self.deprecated: list[str] = []
        self.set = {node.attr for node in nodes(tree, ast.Attribute) if not isinstance(node.ctx, ast.Load)}
        self.guarded = set(guards(tree))
        self.imported = self.imports(tree)

    def imports(self, tree: ast.Module) -> dict[str, list[Any]]:
        """What each name stands for that the file imports, as often as it does."""
        imported: dict[str, list[Any]] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    module = self.module(alias.name, node)
                    name = alias.asname or alias.name.partition(".")[0]
                    top = sys.modules.get(name) if alias.asname is None and module is not MISSING else module
                    imported.setdefault(name, []).append(top)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                module = self.module(node.module, node)
                for alias in node.names:
                    value = MISSING if module is MISSING else self.attribute(module, alias.name, node)
                    imported.setdefault(alias.asname or alias.name, []).append(value)
        return imported

    def module(self, name: str, node: ast.AST) -> Any:
        """A module of the library; ``MISSING`` for any other."""
        top = name.partition(".")[0]
        if top in self.own or top in NOISY or top not in sys.stdlib_module_names:
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
            self.use_of_instance(owner.of, name, node)
            return MISSING
        if not isinstance(owner, (types.ModuleType, type)):
            return MISSING
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                value = getattr(owner, name)
            except AttributeError:
                if name not in self.set and lacks(owner, name):
                    self.unknown.append(f"{path_of(owner)}.{name}:{line(node)}")
                return MISSING
            except BaseException:
                return MISSING
        if any(issubclass(one.category, DeprecationWarning) for one in caught):
            self.deprecated.append(f"{path_of(owner)}.{name}:{line(node)}")
        else:
            self.use(value, f"{path_of(owner)}.{name}", node)
        return value

    def use_of_instance(self, of: type, name: str, node: ast.AST) -> None:
        names = names_of(of)
        if names is not None and name not in names and name not in self.set:
            self.unknown.append(f"{of.__qualname__}.{name}:{line(node)}")
        else:
            base = next((base for base in of.__mro__ if name in vars(base)), of)
            self.use(vars(base).get(name), f"{path_of(base)}.{name}", node)

    def use(self, value: Any, path: str, node: ast.AST) -> None:
        if path in DEPRECATED or warns(value):
            self.deprecated.append(f"{path}:{line(node)}")

    @contextmanager
    def uncounted(self) -> Iterator[None]:
        """What is looked up meanwhile counts where it is visited, and not here."""
        unknown, deprecated = len(self.unknown), len(self.deprecated)
        yield
        del self.unknown[unknown:], self.deprecated[deprecated:]


def lacks(owner: Any, name: str) -> bool:
    """Whether a class or a module that has no such attribute cannot give one either."""
    if isinstance(owner, type):
        return not hasattr(type(owner), "__getattr__")
    try:
        importlib.import_module(f"{owner.__name__}.{name}")
    except BaseException:
        return True
    return False
