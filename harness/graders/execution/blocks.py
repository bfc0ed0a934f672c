"""An answer taken apart: what is thought, what is prose, what stands between fences."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass

_FENCE = re.compile(r"(?P<indent>[ \t]*)(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)")
_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?</\1>", re.DOTALL | re.IGNORECASE)
_THOUGHT_END = re.compile(r"</(?:think|thinking|reasoning)>", re.IGNORECASE)
_THOUGHT_OPEN = re.compile(r"\s*<(?:think|thinking|reasoning)>", re.IGNORECASE)
_PROMPT = re.compile(r"(?:>>>|\.\.\.)(?: |$)")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an answer. ``info`` is the fence's language, lower-case; ``None`` without a fence."""

    text: str
    info: str | None


def clean(answer: str) -> str:
    """The answer without its thoughts, with plain line ends and no byte order mark.

    A thought that was never closed leaves nothing; one that was opened by the
    prompt is recognised by its end.
    """
    text = answer.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = _THOUGHT.sub("", text)
    ends = list(_THOUGHT_END.finditer(text))
    if ends:
        text = text[ends[-1].end() :]
    return "" if _THOUGHT_OPEN.match(text) else text


def split(text: str) -> list[Block]:
    """Cut a cleaned answer at its fences; blank stretches are left out.

    A fence that is never closed runs to the end, one that is closed at the end
    of a line of code is closed there, an indented one (in a list) loses its indent.
    """
    blocks: list[Block] = []
    lines: list[str] = []
    fence: re.Match[str] | None = None
    for line in text.split("\n"):
        found = _FENCE.fullmatch(line)
        if fence is None and found is None:
            lines.append(line)
        elif fence is None:
            _add(blocks, lines, None)
            fence, lines = found, []
        elif found and _closes(found, fence):
            _add(blocks, lines, fence)
            fence, lines = None, []
        elif line.endswith(fence["mark"]) and line.count(fence["mark"]) == 1:
            _add(blocks, [*lines, line.removesuffix(fence["mark"])], fence)
            fence, lines = None, []
        else:
            lines.append(line)
    _add(blocks, lines, fence)
    return blocks


def without_prompts(text: str) -> str:
    """The code of an interactive session: lines after ``>>>`` and ``...``, outputs dropped."""
    if not text.lstrip().startswith(">>> "):
        return text
    lines = [line.lstrip() for line in text.split("\n")]
    return "\n".join(line[4:] for line in lines if _PROMPT.match(line))


def _closes(line: re.Match[str], fence: re.Match[str]) -> bool:
    return not line["info"].strip() and line["mark"].startswith(fence["mark"])


def _add(blocks: list[Block], lines: list[str], fence: re.Match[str] | None) -> None:
    text = "\n".join(lines).strip("\n")
    if not text.strip():
        return
    if fence is None:
        blocks.append(Block(text, None))
        return
    if indent := fence["indent"]:
        kept = (line.removeprefix(indent) for line in text.split("\n"))
        text = "\n".join(kept)
    words = re.split(r"[\s,{:]+", fence["info"].strip().lower(), maxsplit=1)
    blocks.append(Block(text, words[0]))


def dedent(text: str) -> str:
    """The text with the indent that all its lines share taken away, and no blank lines around it."""
    return textwrap.dedent(text).strip("\n")
