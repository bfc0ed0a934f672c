"""What a source says of its names: where they are bound, and which it takes care of itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
NAMED = (*FUNCTIONS[:2], ast.ClassDef, ast.ExceptHandler, ast.MatchAs, ast.MatchStar)
SYSTEMS = {"version_info", "TYPE_CHECKING", "platform"}  # on which code may depend


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


def line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)
