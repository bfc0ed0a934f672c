"""An answer taken apart: what is prose, and what stands between fences."""

from __future__ import annotations

import re
import textwrap
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from harness.graders.fences import Fence, closes, opening

_LATE = re.compile(
    r"[^\W\d_][^`\n]*[^`\s/*#-][ \t]*+(?P<fence>`{3,}[\w+#.-]*+)[ \t]*+"
)  # Here it is: ```python
_TRAILED = re.compile(r"[ \t]{0,3}(?P<mark>`{3,}+|~{3,}+)[ \t]++\S")  # ``` And so it ends
_BARE = re.compile(r"[ \t>]*+(?:`{3,}+|~{3,}+)[ \t]*+$")
_CANDIDATES = 200  # lines of nothing but a fence, of any kind, among which these are
_CLOSINGS = 12  # closing fences that are tried for one opening one
_PROMPT = re.compile(r"(?:>>>|\.\.\.)(?: |$)")
_CELL = re.compile(r"[ \t]*(?:In ?\[[\d ]*\]:|\.\.\.:) ?")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an answer. ``info`` is what stands behind its fence; ``None`` without a fence."""

    text: str
    info: str | None


def split(text: str, whole: Callable[[str], bool]) -> list[Block]:
    """Cut an answer at its fences; blank stretches are left out.

    A block ends at the first fence that closes it. Where its text is not ``whole`` then, the fence may be
    part of the code (an example in a comment, a string): it ends at the first one with which it is whole.
    Of fences that are none by CommonMark, those behind the last line of code, with words behind them or
    with another opening one in their place are tried too. One that is never closed runs to the end.
    """
    blocks: list[Block] = []
    lines = text.split("\n")
    bare = [at for at, line in enumerate(lines) if _BARE.match(line)]  # where a fence may be closed
    at = start = 0
    while at < len(lines):
        fence = opening(lines[at])
        if fence is None and (late := _LATE.fullmatch(lines[at])):
            lines[at] = lines[at][: late.start("fence")]
            fence = opening(late["fence"])
            _add(blocks, lines[start : at + 1], None)
        elif fence is not None:
            _add(blocks, lines[start:at], None)
        if fence is not None:
            inside, at = _inside(lines, bare, at, fence, whole)
            _add(blocks, inside, fence)
            start = at
        else:
            at += 1
    _add(blocks, lines[start:], None)
    return blocks


def _inside(
    lines: Sequence[str], bare: Sequence[int], at: int, fence: Fence, whole: Callable[[str], bool]
) -> tuple[list[str], int]:
    """The lines of the block that ``fence`` opens on line ``at``, and where the text goes on behind it."""
    first = bisect_right(bare, at)
    closing = (end for end in bare[first : first + _CANDIDATES] if closes(lines[end], fence))
    ends = list(islice(closing, _CLOSINGS))
    if ends and whole(_text(lines[at + 1 : ends[0]], fence)):
        return list(lines[at + 1 : ends[0]]), ends[0] + 1
    readings: list[tuple[list[str], int]] = []
    for end in range(at + 1, ends[0] if ends else len(lines)):
        line = lines[end]
        if line.endswith(fence.mark) and line.count(fence.mark) == 1 and line.strip("`~ \t/*#!-"):
            readings.append(([*lines[at + 1 : end], line.removesuffix(fence.mark)], end + 1))
        elif (trailed := _TRAILED.match(line)) and trailed["mark"] == fence.mark:
            readings.append((list(lines[at + 1 : end]), end + 1))
        elif (
            (other := opening(line))
            and other.mark == fence.mark
            and (other.quotes, other.indent) == (fence.quotes, fence.indent)
        ):
            readings.append((list(lines[at + 1 : end]), end))
        if len(readings) == _CLOSINGS:
            break
    readings += [(list(lines[at + 1 : end]), end + 1) for end in ends[1:]]
    for reading in readings:
        if whole(_text(reading[0], fence)):
            return reading
    return (list(lines[at + 1 : ends[0]]), ends[0] + 1) if ends else (list(lines[at + 1 :]), len(lines))


def _text(lines: Sequence[str], fence: Fence) -> str:
    """Lines of a block without the indent of its fence, or the marks of a quote that it stands in."""
    return "\n".join(map(fence.inner, lines)).strip("\n")


def _add(blocks: list[Block], lines: Sequence[str], fence: Fence | None) -> None:
    text = "\n".join(lines).strip("\n") if fence is None else _text(lines, fence)
    if text.strip():
        blocks.append(Block(text, None if fence is None else fence.info))


def indented(text: str) -> Iterator[str]:
    """The runs of lines that are code because they are indented, after a blank line and one that is not."""
    for run in re.finditer(
        r"(?:\A|^\S.*\n|^[ \t]*\n)[ \t]*\n((?:(?:    |\t).*(?:\n|\Z)|[ \t]*\n)++)", text, re.MULTILINE
    ):
        yield dedent(run[1])


def inline(text: str) -> Iterator[str]:
    """What stands between backticks in the lines of a text, without a language in front."""
    for span in re.finditer(r"(?<!`)(`++)(?!`)(.{3,400}?)(?<!`)\1(?!`)", text):
        yield re.sub(r"\A(?:python3?|py|rust|rs|go|golang)[ \t]+(?=\S)", "", span[2].strip())


def without_prompts(text: str) -> str:
    """The code of an interactive session: lines after ``>>>`` and ``...``, outputs dropped."""
    if _CELL.match(text.lstrip("\n")):
        return "\n".join(_CELL.sub("", line, count=1) for line in text.split("\n"))
    if not text.lstrip().startswith(">>> "):
        return text
    lines = [line.lstrip() for line in text.split("\n")]
    return "\n".join(line[4:] for line in lines if _PROMPT.match(line))


def dedent(text: str) -> str:
    """The text with the indent that all its lines share taken away, and no blank lines around it."""
    return textwrap.dedent(text).strip("\n")
