"""Where in a reply the answer stands: behind the last ``ANSWER:``, in the last box, or in the last line."""

from __future__ import annotations

import re

from harness.graders.numbers import closing_brace
from harness.graders.reply import final_reply

_MARK = re.compile(
    r"^[ \t>#*_`$-]*(?:\\(?:text|textbf|mathbf|boxed)\{)?(?:(?:so|thus|hence|therefore),? )?(?:the |my )*"
    r"(?:final )?answer(?:\*{2}|__)?(?: is)?[ \t]*(?::|=(?!=))(?:[ \t]*\})?[ \t*_]*",
    re.IGNORECASE | re.MULTILINE,
)
_BOX = re.compile(r"\\(?:boxed|fbox)[ \t]*\{")
_BOX_CHARS = 20_000
_LEAD = re.compile(
    r"^(?:(?:so|thus|hence|therefore|finally),? )?(?:the )?(?:final )?"
    r"(?:answer|result|solution) (?:is|equals)[ :]+",
    re.IGNORECASE,
)
_OPENED = re.compile(r"\\begin\b|[(\[{]")
_CLOSED = re.compile(r"\\end\b|[)\]}]")
_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})\w*[ \t]*$", re.MULTILINE)
_LINES = 40  # that one answer can take


def answer_text(output: str) -> str:
    """The text that a reply gives as its answer; empty where there is none."""
    text = _FENCE.sub("", final_reply(output).replace("\r\n", "\n"))
    if marks := list(_MARK.finditer(text)):
        text = _whole_lines(text[marks[-1].end() :])
        return _boxed(text) or _bare(text)
    if (boxed := _boxed(text)) is not None:
        return _bare(boxed)
    return _LEAD.sub("", _bare(_last_lines(text)))


def _whole_lines(text: str) -> str:
    """The first line that has something on it, with those behind it that belong to it."""
    lines = text.strip().split("\n")
    for count in range(1, min(len(lines), _LINES) + 1):
        part = "\n".join(lines[:count])
        if _is_closed(part):
            return part
    return lines[0]


def _last_lines(text: str) -> str:
    """The last line, with those before it that belong to it."""
    lines = text.strip().split("\n")
    for count in range(1, min(len(lines), _LINES) + 1):
        part = "\n".join(lines[-count:])
        if _is_closed(part):
            return part
    return lines[-1]


def _is_closed(text: str) -> bool:
    """Whether every formula, environment and bracket that is opened in ``text`` is closed in it."""
    opened, closed = (len(pattern.findall(text)) for pattern in (_OPENED, _CLOSED))
    return text.count("$$") % 2 == 0 and opened == closed and bool(text.strip(" $*_\n"))


def _boxed(text: str) -> str | None:
    """What the last box holds, and of boxes in each other the outermost; ``None`` where there is no box."""
    outermost: tuple[int, int] | None = None
    for box in _BOX.finditer(text):
        if outermost is None or box.start() > outermost[1]:
            outermost = (box.end(), closing_brace(text, box.end(), _BOX_CHARS))
    return None if outermost is None else _BOX.sub("{", text[slice(*outermost)])


def _bare(text: str) -> str:
    """Without the marks of emphasis and code around it, and without the full stop behind it."""
    text = text.strip()
    before = None
    while text != before:
        before = text
        for mark in ("**", "__", "`", "*"):
            if len(text) > 2 * len(mark) and text.startswith(mark) and text.endswith(mark):
                text = text[len(mark) : -len(mark)].strip()
        text = re.sub(r"(?:\*\*|(?<![.\d])\.|(?<=\d)\.|[;,])$", "", text).strip()
    return text
