"""What models write around mathematics and in words: names of results, ``all real numbers``, ``per hour``."""

from __future__ import annotations

import re
from collections.abc import Collection

from harness.graders.mathematics.cursor import Node
from harness.graders.mathematics.vocabulary import CONSTANTS, FUNCTIONS

_OPERATOR = re.compile(
    r"^\s*\$*\s*(?:\\(?:int|iint|oint|lim|sum|prod|det)(?![A-Za-z])|\\[dt]?frac\s*\{\s*d[^{}]*\}\s*\{\s*d|d[A-Za-z]?/d[a-z])"
    r".*?=",
    re.DOTALL,
)
_NAME = re.compile(
    r"^[\s$]*(?P<words>(?:\\?[A-Za-z]{2,}[\s']*)+)(?:_\{?\w+\}?)?\s*(?:\([^()=<>\d]*\))?\s*=(?!=)"
)  # Area =, AB =, det(A) =
_AGAIN = re.compile(r"\(\s*((?:=|≈|\\approx)[^()]*)\)\s*\$?\s*$")  # 6/25 (= 0.24)
_SET = re.compile(r"^[^\d{}=<>≤≥≠]*(?<![!])=(?!=)")  # (A ∩ B) ∪ C =
_NOTHING = re.compile(
    r"\s*(?:there (?:is|are) )?(?:no|none|zero)(?: (?:real|integer|such|possible))?"
    r"(?: (?:solutions?|values?|numbers?|roots?))?(?: exists?)?\s*",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"^\s*(?:x is )?(?:all|any|every)(?: of the)? reals?(?: numbers?)?(?: x(?!\s*[<>=≤≥≠\\]))?\s*"
    r"(?:such that|with|where)?",
    re.IGNORECASE,
)
_EXCEPT = re.compile(r",?\s*\b(?:except|but not|other than)(?: for)?\s*(?:x\s*(?:=|\\ne|≠))?", re.IGNORECASE)
_POWERS = ((r"\bcubic (\w+)", r"\1^3"), (r"\bsquare (\w+)", r"\1^2"), (r"(\w+) squared\b", r"\1^2"),
           (r"(\w+) cubed\b", r"\1^3"), (r"\bper\b", "/"))  # fmt: skip


def unnamed(text: str, names: Collection[str]) -> str:
    """A text without what its result is called before the equals sign: a limit, an integral, words."""
    text = _AGAIN.sub(r"\1", _OPERATOR.sub("", text, count=1))
    if (name := _NAME.match(text)) is not None:
        parts = re.findall(r"[A-Za-z]+", name["words"])
        if not any(part in FUNCTIONS or part in CONSTANTS or set(part) <= set(names) for part in parts):
            return text[name.end() :]
    return text


def unnamed_set(text: str) -> str:
    """A text without the name of a set before the equals sign."""
    return _SET.sub("", text, count=1)


def words(text: str) -> Node | None:
    """What a text in words says: that there is nothing, or that every real number will do."""
    plain = _bare(text)
    if _NOTHING.fullmatch(plain):
        return Node("empty")
    return Node("reals") if _ALL.fullmatch(plain) else None


def conditions(text: str) -> str:
    """``all real numbers except 9`` as what holds of them: ``x != 9``."""
    if _ALL.match(_bare(text)) is None:
        return text
    return _EXCEPT.sub(", x != ", _ALL.sub("", _bare(text))).strip(" ,")


def symbols_of_units(text: str) -> str:
    """``kilograms per cubic metre`` with signs."""
    for pattern, replacement in _POWERS:
        text = re.sub(pattern, replacement, text)
    return text


def _bare(text: str) -> str:
    return re.sub(r"\\text\s*\{([^{}]*)\}|\$", r"\1", text).strip(". ")
