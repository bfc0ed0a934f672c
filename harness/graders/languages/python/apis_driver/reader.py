"""One file, read from top to bottom: what its names stand for."""

from __future__ import annotations

import ast
import builtins
import json
import os
import types
from collections import Counter
from collections.abc import Mapping
from typing import Any

from harness.graders.languages.python.apis_driver.library import (
    MADE_BY,
    MISSING,
    Instance,
    looked_up,
    path_of,
)
from harness.graders.languages.python.apis_driver.source import FUNCTIONS, bindings, nodes
from harness.graders.languages.python.apis_driver.uses import Uses

LITERALS = {
    ast.List: list, ast.ListComp: list, ast.Dict: dict, ast.DictComp: dict, ast.Set: set, ast.SetComp: set,
    ast.Tuple: tuple, ast.JoinedStr: str,
}  # fmt: skip
VAGUE = (object, type, super, types.ModuleType)  # what instances of these have says nothing


class Reader:
    """One file; what it uses is in ``uses`` once it was read."""

    def __init__(self, source: str, own: set[str]) -> None:
        self.tree = ast.parse(source)
        self.bound = Counter(bindings(self.tree))
        self.uses = Uses(self.tree, own)

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
            values = self.uses.imported.get(node.id)
            if values is None:
                return MISSING if "*" in self.uses.imported else getattr(builtins, node.id, MISSING)
            return values[0] if all(value is values[0] for value in values) else MISSING
        if isinstance(node, ast.Attribute):
            owner = self.resolve(node.value, scope)
            if owner is MISSING or not isinstance(node.ctx, ast.Load):
                return MISSING
            return self.uses.attribute(owner, node.attr, node)
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
        with self.uses.uncounted():
            return self.resolve(node, scope)

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


def read(sources: Mapping[str, str], channel: int) -> None:
    """Write two lists in JSON: names that are not there, and deprecated ones, with their lines."""
    own = {path.partition("/")[0].removesuffix(".py") for path in sources}
    own |= {path.rpartition("/")[2].removesuffix(".py") for path in sources}
    unknown, deprecated = [], []
    for source in sources.values():
        reader = Reader(source, own)
        reader.read()
        unknown += reader.uses.unknown
        deprecated += reader.uses.deprecated
    os.write(channel, json.dumps([unknown, deprecated]).encode()[:65000])
