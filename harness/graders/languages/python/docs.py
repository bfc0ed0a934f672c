"""Docstrings of Python: where they stand, what they say of parameters and errors, and their examples."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from tree_sitter import Node

from harness.graders.execution.docs import Docs
from harness.nodes import name_of, text_of, walk

_OWNERS = ("function_definition", "class_definition")
_SECTION = re.compile(r"^(\w[\w ]*?)(?::|\n-{3,})[ \t]*$", re.MULTILINE)
_PARAMETERS = ("args", "arguments", "parameters", "params", "other parameters")
_ERRORS = ("raises", "raise", "exceptions")
_OF_PYTHON = frozenset(  # what it may raise in a program that says so nowhere
    ("KeyError", "IndexError", "TypeError", "AttributeError", "ZeroDivisionError", "OverflowError", "OSError")
)
_FIELD = re.compile(r"^\s*:(param|arg|raises?)\s+(?:[^:\n]*\s)?\*{0,2}([\w.]+)\s*:(.*)$", re.MULTILINE)
_ENTRY = re.compile(r"^[`*]*([A-Za-z_][\w.]*)[`]*\s*(?:\([^)\n]*\)|:[^\n:]*(?=$))?\s*(?::(.*))?$")
_LITERAL = r"-?\d[\d_]*(?:\.\d+)?|True|False|None|\"[^\"\n]*\"|'[^'\n]*'"
_DEFAULT = re.compile(rf"\bdefaults?(?: value)?(?:\s+(?:is|to|of)|:|=)\s+`{{0,2}}({_LITERAL})", re.IGNORECASE)


def _is_text(node: Node | None) -> bool:
    """Whether a statement is nothing but a string; one with ``{…}`` in it is computed, and says nothing."""
    return (
        node is not None
        and node.type == "expression_statement"
        and node.children[0].type == "string"
        and not any(part.type == "interpolation" for part in node.children[0].children)
    )


def _docstring(owner: Node) -> Node | None:
    """The statement that is the docstring of a module, class or function."""
    body = owner if owner.type == "module" else owner.child_by_field_name("body")
    first = next((node for node in body.named_children if node.type != "comment"), None) if body else None
    return first if _is_text(first) else None


def _is_attribute(statement: Node, owner: Node) -> bool:
    """Whether a statement gives a module, a class or, in ``__init__``, an instance an attribute."""
    if statement.type != "expression_statement" or statement.children[0].type != "assignment":
        return False
    of_self = text_of(statement.children[0].child_by_field_name("left")).startswith("self.")
    return owner.type != "function_definition" or (name_of(owner) == "__init__" and of_self)


def _is_docs(node: Node) -> bool:
    if node.type in ("comment", "pass_statement"):
        return True  # a body may be nothing but its docstring
    owner = node.parent.parent if node.parent and node.parent.type == "block" else node.parent
    if not _is_text(node) or owner is None or owner.type not in (*_OWNERS, "module"):
        return False
    before = node.prev_named_sibling
    while before is not None and before.type == "comment":
        before = before.prev_named_sibling
    return before is None or _is_attribute(before, owner)


def _text(statement: Node) -> str:
    try:
        return inspect.cleandoc(str(ast.literal_eval(text_of(statement))))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text_of(statement)


def _texts(root: Node) -> Iterator[str]:
    return (_text(node) for node in walk(root) if _is_text(node) and _is_docs(node))


def _public(root: Node) -> Iterator[Node]:
    """Classes, functions and methods without ``_`` in front."""
    for node in root.named_children:
        owner = node.children[-1] if node.type == "decorated_definition" else node
        if owner.type in _OWNERS and not name_of(owner).startswith("_"):
            yield owner
            body = owner.child_by_field_name("body")
            if owner.type == "class_definition" and body:
                yield from _public(body)


def _documented(root: Node) -> Iterator[tuple[str, bool]]:
    return ((name_of(owner), _docstring(owner) is not None) for owner in _public(root))


def _untrue(root: Node, names: frozenset[str]) -> Iterator[str]:
    """Parameters that a function does not have, defaults that are others, errors that nobody raises."""
    for owner in _public(root):
        statement = _docstring(owner)
        if owner.type == "function_definition" and statement:
            name, defaults = name_of(owner), _defaults(owner)
            for kind, word, words in _entries(_text(statement)):
                if kind == "error":
                    if word.rpartition(".")[2] not in names | _OF_PYTHON:
                        yield f"{name}: nobody raises {word}"
                elif word not in defaults and word != "None":
                    yield f"{name}: there is no parameter {word}"
                elif (stated := _DEFAULT.search(words)) and not _same(stated[1], defaults.get(word, "")):
                    yield f"{name}: the default of {word} is {defaults[word] or 'not there'}, not {stated[1]}"


def _defaults(function: Node) -> dict[str, str]:
    """The defaults of a function's parameters, empty where there is none."""
    parameters = function.child_by_field_name("parameters")
    defaults = {}
    for node in parameters.named_children if parameters else ():
        name = node.child_by_field_name("name") or next(
            (part for part in walk(node) if part.type == "identifier"), None
        )
        defaults[text_of(name)] = text_of(node.child_by_field_name("value"))
    return defaults


def _same(stated: str, default: str) -> bool:
    """Whether a default that is told is the one in the code; one that is no literal may be anything."""
    if default and not re.fullmatch(_LITERAL, default):
        return True
    plain = [text.strip("`*.'\"").replace("_", "").lower() for text in (stated, default)]
    return bool(default) and plain[0] == plain[1]


def _entries(text: str) -> Iterator[tuple[str, str, str]]:
    """Kind, name and words of parameters and errors, as Google, NumPy or Sphinx have docstrings written."""
    for kind, name, words in _FIELD.findall(text):
        yield "error" if kind.startswith("raise") else "parameter", name, words
    sections = list(_SECTION.finditer(text))
    for section, following in pairwise([*sections, None]):
        assert section is not None
        title = section[1].strip().lower()
        if title in _PARAMETERS or title in _ERRORS:
            body = text[section.end() : following.start() if following else len(text)]
            if section[0].rstrip().endswith(":"):  # what belongs to it stands further in
                body = re.split(r"\n(?=\S)", body, maxsplit=1)[0]
            kind = "error" if title in _ERRORS else "parameter"
            yield from ((kind, name, words) for name, words in _of_section(body))


def _of_section(body: str) -> Iterator[tuple[str, str]]:
    """The entries of a section: lines with the least indentation, and what stands below each of them."""
    lines = [line for line in body.splitlines() if line.strip()]
    least = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    entries: list[list[str]] = []
    for line in lines:
        if len(line) - len(line.lstrip()) == least and not line.lstrip().startswith("-"):
            entries.append([line])
        elif entries:
            entries[-1].append(line)
    for first, *more in entries:
        if entry := _ENTRY.match(first.strip()):
            yield entry[1], " ".join([first, *more])


_MODULE = """\
import doctest, importlib
flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
emit(doctest.testmod(importlib.import_module({module!r}), optionflags=flags).failed)
"""
_BLOCKS = """\
import doctest
names, failed = {{"__name__": "examples"}}, 0
flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
for number, block in enumerate({blocks!r}):
    if ">>>" in block:
        test = doctest.DocTestParser().get_doctest(block, names, f"example {{number}}", None, 0)
        failed += doctest.DocTestRunner(optionflags=flags).run(test, clear_globs=False).failed
        names.update(test.globs)
    else:
        exec(compile(block, f"example {{number}}", "exec"), names)
emit(failed)
"""


def _drivers(path: str, pieces: Sequence[str], fenced: Sequence[str]) -> Mapping[str, str]:
    """Of a module all its ``>>>`` lines; of a text its blocks, one after the other, with the same names."""
    if not path.endswith(".py"):
        return {path: _BLOCKS.format(blocks=list(fenced))} if fenced else {}
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return {path: _MODULE.format(module=module)} if any(">>>" in piece for piece in pieces) else {}


DOCS = Docs(_is_docs, _texts, _documented, _untrue, _drivers)
