"""What a model finally says: without the reasoning it shows on the way, and without its template's tokens.

``PAIRS`` is the one table of the marks that models put around reasoning and around answers. A mark
between quotation marks or backticks is text about a mark, and so is one inside a fenced code block,
unless it stands at the start of a line and no block could hold it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from harness.graders.fences import Fence, closes, opening

MAX_CHARS = 1_000_000  # a longer answer is not read

_THINKING = (
    r"(?:(?!no_)[a-z]{2,10}+_){0,2}(?:ant|deep|re)?"
    r"(?:think(?:ing)?|thoughts?|reason(?:ing)?|reflect(?:ion)?|scratchpad|monologue|cot|analysis)(?:_\w{1,20})?"
)
_ANSWER = r"(?:final[_-]?)?(?:answer|response|solution|output|conclusion)|final"
_CHANNEL = r"(?:<\|start\|>\w{0,20})?<\|channel\|>"


@dataclass(frozen=True, slots=True)
class MarkPair:
    """The regular expressions of an opening and a closing mark; each lies within one line.

    ``alone``: the closing mark also counts where nothing was opened, since chat templates open
    the reasoning for the model: everything before it is reasoning then.
    """

    of: Literal["reasoning", "answer"]
    opening: str
    closing: str
    alone: bool = True


PAIRS = (
    # <think>: DeepSeek, Qwen, GLM and most; <thought>: EXAONE, Gemma; <seed:think>: Seed; <reflection>
    MarkPair(
        "reasoning",
        rf"(?<![\w:])<(?i:(?:\w{{1,20}}:)?{_THINKING})(?: [^<>\n]{{0,80}})?>",
        rf"</(?i:(?:\w{{1,20}}:)?{_THINKING})>",
    ),
    MarkPair(
        "reasoning", r"\[(?:THINK|THINKING|REASONING)\]", r"\[/(?:THINK|THINKING|REASONING)\]"
    ),  # Magistral
    MarkPair("reasoning", "◁think▷", "◁/think▷"),  # Kimi
    MarkPair(  # Command, OpenThinker
        "reasoning",
        r"<\|(?:START_THINKING|begin_of_thought|think|thinking)\|>",
        r"<\|(?:END_THINKING|end_of_thought|/think|/thinking)\|>",
    ),
    MarkPair("reasoning", r"<\|channel>(?:thought|analysis)?", r"<channel\|>"),  # Gemma 4
    MarkPair("reasoning", r"<unused94>(?:thought)?", r"<unused95>"),  # MedGemma
    MarkPair(  # Apriel, Granite 3.2
        "reasoning",
        r"^Here (?:are|is) my (?:reasoning steps|thought process):",
        r"^[ \t]*\[BEGIN FINAL RESPONSE\]|^Here is my response:",
        alone=False,
    ),
    MarkPair(  # OpenAI's harmony …
        "reasoning",
        rf"{_CHANNEL}(?:analysis|commentary)[^\n]{{0,100}}?<\|message\|>",
        rf"<\|(?:end|call)\|>|(?={_CHANNEL}final)",
        alone=False,
    ),
    MarkPair(  # … and as it reads where a decoder has left its marks out
        "reasoning", r"^(?:assistant)?analysis(?=[A-Z])", r"assistantfinal(?:json(?=[{\[]))?"
    ),
    MarkPair("answer", rf"{_CHANNEL}final[^\n]{{0,60}}?<\|message\|>", r"<\|(?:return|end)\|>"),
    MarkPair("answer", rf"(?<![\w:])<(?i:{_ANSWER})>", rf"</(?i:{_ANSWER})>"),
    MarkPair(
        "answer",
        r"<\|(?:begin_of_solution|START_RESPONSE|begin_of_box)\|>",
        r"<\|(?:end_of_solution|END_RESPONSE|end_of_box)\|>",
    ),
    MarkPair("answer", r"\[BEGIN FINAL RESPONSE\]", r"\[END FINAL RESPONSE\]"),
    MarkPair("answer", r"^#{1,6} Final (?:Response|Answer):?[ \t]*$", r"(?!)"),
)

_HEAD = re.compile(  # what a template puts before an answer
    r"(?:\s*(?:<s>(?!.{0,99}</s>[ \t]*\S)|<bos>|<start_of_turn>|\[/INST\]|<\|\w{1,30}\|?>))+"
    r"(?:\s*(?:assistant|model)\b\s*(?:<\|end_header_id\|>)?)?\s*|\s*final(?=[A-Z#*`\\$])"
)
_TOKEN = re.compile(  # what ends an answer; whatever is behind it was written for another turn
    r"<\|/?\w{1,30}\|>|<｜[\w▁]{1,30}｜>|<(?:end_of_turn|eos|turn\|)>|</s>(?=\s*$)|\[/?INST\]|\[EOS\]"
)
_QUOTED = re.compile(
    r"""(?:"(?:\\.|[^"\\])*+|(?<!\w)'(?:\\.|[^'\\])*+|(?P<mark>`++)(?:(?!(?P=mark)).)*+)(?P<closed>["'`]|$)""",
    re.DOTALL,
)
_COMMENT = re.compile(r"\s*+(?:#|//|\*|--)")


def final_reply(output: str) -> str:
    """What of ``output`` is the answer; empty when it is nothing but reasoning, or too long to be read."""
    return replies(output)[0]


def replies(output: str) -> list[str]:
    """The ways to read ``output``: what answer marks hold, where they are, then all but the reasoning."""
    if len(output) > MAX_CHARS:
        return [""]
    kept = _without_reasoning(output)
    inner = _between(kept)
    texts = [_without_tokens(text) for text in ([kept] if inner is None else [inner, kept])]
    return [text for text in texts if text.strip()] or [""]


def unread(output: str, reason: str) -> str:
    """Why an answer is malformed: it is too long, or else ``reason``."""
    return f"the answer is longer than {MAX_CHARS:,} characters" if len(output) > MAX_CHARS else reason


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    pair: MarkPair
    opens: bool
    first: bool  # on its line
    fenced: bool  # in a code block


def _pattern(of: str) -> re.Pattern[str]:
    parts = [
        rf"(?P<o{at}>{pair.opening})|(?P<c{at}>{pair.closing})"
        for at, pair in enumerate(PAIRS)
        if pair.of == of
    ]
    return re.compile("|".join(parts), re.MULTILINE)


_PATTERNS = {"reasoning": _pattern("reasoning"), "answer": _pattern("answer")}
_HINT = re.compile(
    r"[<\[◁]|assistant|^(?:Here |analysis|#)", re.MULTILINE
)  # no mark is on a line without one of these


@dataclass(slots=True)
class _Marks:
    """The marks of a text in their order, those in quotation marks left out."""

    text: str
    of: Literal["reasoning", "answer"]
    reasoning: bool = False  # set by who iterates, while a reasoning is open: no code block is, then

    def __iter__(self) -> Iterator[_Mark]:
        fence: Fence | None = None
        start = 0
        for line in self.text.split("\n"):
            ended = start  # where the last mark of the line did
            if _HINT.search(line):
                for mark in self._on(line, start, fence is not None):
                    was = self.reasoning
                    yield mark
                    if was or self.reasoning:
                        fence, ended = None, mark.end
            if not self.reasoning:
                rest = line[ended - start :].rstrip("\r")
                fence = opening(rest) if fence is None else None if closes(rest, fence) else fence
            start += len(line) + 1

    def _on(self, line: str, start: int, fenced: bool) -> Iterator[_Mark]:
        indent = len(line) - len(line.lstrip())
        if (fenced or indent) and _COMMENT.match(line):
            return
        for match in _unquoted(_PATTERNS[self.of], line):
            group = match.lastgroup or ""
            first = match.start() <= indent
            begin, end = start + match.start(), start + match.end()
            yield _Mark(begin, end, PAIRS[int(group[1:])], group[0] == "o", first, fenced)


def _unquoted(pattern: re.Pattern[str], line: str) -> Iterator[re.Match[str]]:
    """What ``pattern`` matches in a line, outside quotation marks and backticks."""
    quotes = (match for match in _QUOTED.finditer(line) if match["closed"])
    quote = next(quotes, None)
    for match in pattern.finditer(line):
        while quote is not None and quote.end() <= match.start():
            quote = next(quotes, None)
        if quote is None or match.start() < quote.start():
            yield match


def _without_reasoning(output: str) -> str:
    if not _HINT.search(output):
        return output
    kept: list[str] = []
    position = held = 0  # held: opening marks inside a code block, to which its closing ones belong
    opened: _Mark | None = None
    marks = _Marks(output, "reasoning")
    for mark in marks:
        if opened is not None:
            if not mark.opens:
                opened, position = None, mark.end
        elif mark.fenced and (mark.opens or held):
            held += 1 if mark.opens else -1
        elif mark.opens:
            kept.append(output[position : mark.start])
            opened = mark
        elif mark.pair.alone and (mark.first or not mark.fenced):
            kept, position = [], mark.end
        marks.reasoning = opened is not None
    if opened is None:
        kept.append(output[position:])
    elif not opened.first:  # never closed, and in the middle of a line: a word about the mark
        kept.append(output[opened.start :])
    return "".join(kept)


def _between(text: str) -> str | None:
    """What stands in the last pair of answer marks that holds anything."""
    if not _PATTERNS["answer"].search(text):
        return None
    inner: str | None = None
    opened: _Mark | None = None
    closed = 0
    for mark in _Marks(text, "answer"):
        if mark.fenced and not mark.first:
            continue
        if mark.opens:
            opened = mark
            continue
        part = text[opened.end if opened else closed : mark.start]
        inner = part if part.strip() else inner
        opened, closed = None, mark.end
    if opened is not None and opened.first and text[opened.end :].strip():
        return text[opened.end :]
    return inner


def _without_tokens(text: str) -> str:
    """``text`` without what templates put before and behind an answer."""
    if head := _HEAD.match(text):
        text = text[head.end() :]
    if not _TOKEN.search(text):
        return text
    fence: Fence | None = None
    start, blank = 0, len(text) - len(text.lstrip())
    for line in text.split("\n"):
        indent, width = len(line) - len(line.lstrip()), len(line.rstrip())
        for token in _unquoted(_TOKEN, line) if "<" in line or "[" in line else ():
            edge = token.start() <= indent or token.end() >= width
            code = ((fence or indent) and _COMMENT.match(line)) or (fence and not edge)
            if not code and start + token.start() > blank:
                return text[: start + token.start()]
        fence = opening(line) if fence is None else None if closes(line, fence) else fence
        start += len(line) + 1
    return text
