"""Fences of code blocks, as CommonMark has them (https://spec.commonmark.org/0.31.2/#fenced-code-blocks)."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A fence may stand in a quote or be the first thing in a list's item. What is indented by four and more is
# a fence here, though not in CommonMark: lists of models are rarely indented as they should be.
_OPENING = re.compile(
    r"(?P<quotes>(?:[ \t]*+>[ ]?)*+)(?P<before>[ \t]*+(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]++){0,4}+)"
    r"(?P<mark>`{3,}+|~{3,}+)(?P<info>.*+)",
    re.DOTALL,
)
_CLOSING = re.compile(r"(?P<indent>[ \t]*+)(?P<mark>`{3,}+|~{3,}+)[ \t]*+")
_QUOTE, _BARE_QUOTE = re.compile(r"[ \t]*+>[ ]?"), re.compile(r"[ \t]*+>")
_INDENT = 3  # spaces that a closing fence may have before it, beyond the opening one's


@dataclass(frozen=True, slots=True)
class Fence:
    """An opening fence: its characters, what stands behind them, how deep in quotes and how far in it is."""

    mark: str
    info: str
    quotes: int = 0
    indent: int = 0
    spaced: bool = True  # a space belongs to the mark of a quote

    def inner(self, line: str) -> str:
        """A line of the block without the marks of the quotes and the indent that the fence has too."""
        for _ in range(self.quotes):
            line = (_QUOTE if self.spaced else _BARE_QUOTE).sub("", line, count=1)
        return line if not self.indent else re.sub(rf"^[ \t]{{0,{self.indent}}}", "", line)


def opening(line: str) -> Fence | None:
    """The fence that ``line`` opens, if it is one."""
    if "```" not in line and "~~~" not in line:
        return None
    match = _OPENING.fullmatch(line)
    if match is None or (match["mark"][0] == "`" and "`" in match["info"]):
        return None
    indent = len(match["before"].expandtabs(4))
    quotes = match["quotes"]
    return Fence(match["mark"], match["info"].strip(), quotes.count(">"), indent, not quotes.endswith(">"))


def closes(line: str, fence: Fence) -> bool:
    """Whether ``line`` closes ``fence``: of its character, at least as long, nothing behind it."""
    if fence.mark not in line:
        return False
    match = _CLOSING.fullmatch(fence.inner(line))
    return (
        match is not None
        and match["mark"].startswith(fence.mark)
        and len(match["indent"].expandtabs(4)) <= _INDENT
    )
