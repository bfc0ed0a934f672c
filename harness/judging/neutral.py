"""Answers as a judge may see them: without text addressed to it, and without the names of models.

That takes away what is known to sway judges; what is left of it shows in the gold pairs with such answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

REMOVED = "[…]"

_SPLIT = re.compile(r"(?<=[.!?:])\s+|\n+")
_JUDGE = r"(?:judges?|graders?|evaluators?|assessors?|raters?|annotators?)"
_SLOT = r"(?:1|2|a|b|one|two)"
_ANSWER = r"(?:answer|response)"
_THIS = rf"(?:(?:this|my|the (?:present|above|following|first|second)) {_ANSWER}|{_ANSWER} {_SLOT})"
_MERIT = (
    r"(?:best|better|winner|higher|highest|top|perfect|superior|preferred|preferable|chosen"
    r"|full marks|full score)"
)
_PATTERNS = (
    # to the judge by name
    rf"\b(?:dear|hello|hi|attention|(?:note|message|instructions?) (?:to|for)) (?:the |any |all )?{_JUDGE}\b",
    rf"\b(?:as|you are|you're) (?:now )?(?:the |an? )?(?:ai |llm |fair |impartial )*{_JUDGE}\b(?! of\b)",
    # about its instructions
    r"\b(?:ignore|disregard|forget|override)\b[^.!?\n]{0,40}"
    r"\b(?:instructions?|prompts?|rules?|criteria|rubric|(?:all|everything|text) above)\b",
    # about what it should say
    r"\b(?:choose|pick|select|prefer|vote for|rank|rate|score|declare|mark|grade|give)\b[^.!?\n]{0,25}"
    rf"\b{_THIS}\b[^.!?\n]{{0,40}}(?:{_MERIT}|first|10|ten|[.!]|$)",
    rf"\b{_THIS} (?:is|was|should be|must be|deserves|wins|has to be)\b[^.!?\n]{{0,30}}\b{_MERIT}\b",
    rf"\b(?:other|competing|alternative|second|first) {_ANSWER} (?:is|was)\b[^.!?\n]{{0,30}}"
    r"\b(?:worse|wrong|bad|inferior|incorrect|useless)\b",
    # the forms of verdicts, and marks of chat templates and of this comparison
    r"\bverdict\s*[:=]|\[\[\s*(?:a|b|c|tie|\d+)\s*\]\]|\"(?:verdict|winner|choice|preferred)\"\s*:",
    r"<\|[^|>\n]{1,30}\|>|</?(?:answer|request|response|system|assistant|user|judge)[\w-]*>"
    r"|^[^\S\n]*(?:system|assistant)\s*:",
)
_ADDRESS = re.compile("|".join(_PATTERNS), re.IGNORECASE | re.MULTILINE)


def neutral(answer: str, names: Iterable[str] = (), request: str = "") -> tuple[str, bool]:
    """An answer as the judge may see it, and whether anything spoke to the judge.

    What speaks to the judge goes by the sentence, or by the line. A name that the request has too stays.
    """
    cleaned = _without_address(answer)
    addressed = cleaned != answer
    for name in sorted({name for name in names if len(name) > 2}, key=len, reverse=True):
        if name.casefold() not in request.casefold():
            cleaned = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", REMOVED, cleaned, flags=re.IGNORECASE)
    return cleaned, addressed


def _without_address(answer: str) -> str:
    if not _ADDRESS.search(answer):
        return answer
    kept, position = [], 0
    for end in [*(match.end() for match in _SPLIT.finditer(answer)), len(answer)]:
        piece, position = answer[position:end], end
        space = piece[len(piece.rstrip()) :]
        kept.append(f"{REMOVED}{space}" if _ADDRESS.search(piece) else piece)
    return _ADDRESS.sub(REMOVED, "".join(kept))  # also what goes on over the end of a sentence
