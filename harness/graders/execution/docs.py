"""What is written about a program, in it and beside it, and what of it can be run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tree_sitter import Node

from harness.graders.execution.syntax import parse, syntax_of
from harness.graders.fences import closes, opening
from harness.graders.languages import LANGUAGES
from harness.nodes import text_of
from harness.plugins import load
from harness.trees import Tree

_NOT_RUN = frozenset({"ignore", "no_run", "compile_fail", "should_panic", "text"})


@dataclass(frozen=True, slots=True)
class Docs:
    """One language: where its documentation stands, and how an example in it becomes a driver."""

    is_docs: Callable[[Node], bool]  # a comment, or what else says something and does nothing
    texts: Callable[[Node], Iterator[str]]  # of a program: each piece of documentation
    public: Callable[[Node], Iterator[tuple[str, bool]]]  # of a program: what is, and whether it has any
    untrue: Callable[[Node, frozenset[str]], Iterator[str]]
    """A program and the names in the whole project → what is told of signatures and is not so."""
    drivers: Callable[[str, Sequence[str], Sequence[str]], Mapping[str, str]]
    """A file's path, its texts and the examples in fences → drivers by name, each of which emits 0."""


def docs_of(language: str) -> Docs:
    """The documentation of a language by its name."""
    docs: Docs = load(LANGUAGES[language].docs)
    return docs


def texts(path: str, text: str, language: str) -> list[str]:
    """The documentation in a file, piece by piece: all of it, or parts of a program. Raises ``Tangled``."""
    if not path.endswith(LANGUAGES[language].suffix):
        return [text]
    return list(docs_of(language).texts(parse(text, syntax_of(language)).root_node))


def structure(code: str, language: str) -> list[tuple[int, str, str]]:
    """The syntax tree without its documentation: depth, type and, of leaves, text. Raises ``Tangled``."""
    docs, nodes = docs_of(language), []
    stack = [(parse(code, syntax_of(language)).root_node, 0)]
    while stack:
        node, depth = stack.pop()
        if not docs.is_docs(node):
            nodes.append((depth, node.type, "" if node.children else text_of(node)))
            stack.extend((child, depth + 1) for child in reversed(node.children))
    return nodes


def examples(tree: Tree, language: str) -> dict[str, str]:
    """The drivers of all examples in a project's documentation, by name. Raises ``Tangled``."""
    infos = syntax_of(language).infos
    drivers: dict[str, str] = {}
    for path, text in sorted(tree.items()):
        of_language = path.endswith(LANGUAGES[language].suffix)
        if of_language or path.endswith(".md"):
            pieces = texts(path, text, language)
            fenced = [block for piece in pieces for block in _fenced(piece, infos, of_language)]
            drivers |= docs_of(language).drivers(path, pieces, fenced)
    return drivers


def _fenced(text: str, infos: frozenset[str], in_program: bool) -> Iterator[str]:
    """The fenced blocks of a language; in its programs' documentation they need not say so."""
    lines, at = text.split("\n"), 0
    while at < len(lines):
        fence = opening(lines[at])
        at += 1
        if fence is None:
            continue
        end = next((n for n in range(at, len(lines)) if closes(lines[n], fence)), len(lines))
        words = set(re.split(r"[\s,{}]+", fence.info.lower())) - {""}
        if (words & infos or (in_program and not words)) and not words & _NOT_RUN:
            yield "".join(f"{fence.inner(line)}\n" for line in lines[at:end])
        at = end + 1
