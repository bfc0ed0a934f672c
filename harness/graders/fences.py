"""Fences of code blocks, as CommonMark has them (https://spec.commonmark.org/0.31.2/#fenced-code-blocks)."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A fence may stand in a quote or be the first thing in a list's item. What is indented by four and more is
# a fence here, though not in CommonMark: lists of models are rarely indented as they should be.
_OPENING = re.compile(
    r"(?P<before>[ \t]*+(?:(?:>|[-*+]|[0-9]{1,9}[.)])[ \t]++){0,6}+)(?P<mark>`{3,}+|~{3,}+)(?P<info>.*+)",
    re.DOTALL,
)
_CLOSING = re.compile(r"(?P<indent>[ \t]*+)(?P<mark>`{3,}+|~{3,}+)[ \t]*+")
_INDENT = 3  # spaces that a closing fence may have before it, beyond the opening one's


@dataclass(frozen=True, slots=True)
class Fence:
    """An opening fence: how far it is indented, its characters and what stands behind them."""

    indent: int
    mark: str
    info: str


def opening(line: str) -> Fence | None:
    """The fence that ``line`` opens, if it is one."""
    found = _OPENING.fullmatch(line)
    if found is None or (found["mark"][0] == "`" and "`" in found["info"]):
        return None
    return Fence(len(found["before"].expandtabs(4)), found["mark"], found["info"].strip())


def closes(line: str, fence: Fence) -> bool:
    """Whether ``line`` closes ``fence``: of its character, at least as long, nothing behind it."""
    found = _CLOSING.fullmatch(line)
    if found is None or not found["mark"].startswith(fence.mark):
        return False
    return len(found["indent"].expandtabs(4)) <= fence.indent + _INDENT
