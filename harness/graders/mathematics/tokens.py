"""Text of mathematics → tokens, within bounds: LaTeX, plain text and Unicode are written alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

CHARACTERS = 4096  # of an answer

Kind = Literal["number", "name", "command", "sign", "end"]


class Unreadable(ValueError):
    """A text that is not read: it is no mathematics of this grammar, or beyond its bounds."""


@dataclass(frozen=True, slots=True)
class Token:
    """``text`` as it is written; a command with its backslash. ``spaced``: a space stands before it."""

    kind: Kind
    text: str
    spaced: bool = False


_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿˣ"
_LOWERED = "₀₁₂₃₄₅₆₇₈₉"
_PLAIN_RAISED = str.maketrans(_RAISED, "0123456789+-nx")
_PLAIN_LOWERED = str.maketrans(_LOWERED, "0123456789")
_PARTS = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5", "⅘":
    "4/5",
    "⅙": "1/6", "⅚": "5/6", "⅐": "1/7", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8", "⅑": "1/9", "⅒":
    "1/10",
}  # fmt: skip
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("−–—﹣－‒", "-"),
        **dict.fromkeys("×·⋅∙∗•", "*"),
        **dict.fromkeys("÷∕⁄", "/"),
        **dict.fromkeys("≤⩽≦", "<="),
        **dict.fromkeys("≥⩾≧", ">="),
        **dict.fromkeys("′’", "'"),
        **dict.fromkeys("º˚", "°"),
        "″": "''", "≠": "!=", "≈": r"\approx ", "≃": r"\approx ", "∼": r"\approx ", "±": r"\pm ", "∞":
        r"\infty ",
        "∪": r"\cup ", "∩": r"\cap ", "∖": r"\setminus ", "∅": r"\emptyset ", "∈": r"\in ", "∧": r"\land ",
        "∨": r"\lor ", "ℝ": r"\mathbb{R} ", "√": r"\sqrt ", "∛": r"\sqrt[3] ", "∜": r"\sqrt[4] ", "∣": "|",
        "⟨": r"\langle ", "⟩": r"\rangle ", "…": r"\ldots ", "⋯": r"\ldots ", "｛": "{", "｝": "}", "（": "(",
        "）": ")", "，": ",", "＝": "=", "＋": "+", "％": "%",
    }
)  # fmt: skip
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "θ": "theta", "λ": "lambda", "μ":
    "mu",
    "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "ϕ": "phi", "ω": "omega", "Ω": "Omega",
    "µ": "mu",
    "𝜋": "pi",
}  # fmt: skip
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_WORDS = (
    r"text|textrm|textbf|textit|textnormal|mathrm|mathbf|mathit|mathsf|operatorname\*?|mbox|hbox|boldsymbol"
)
_TEXT = re.compile(rf"\\(?:{_WORDS})\s*\{{([^{{}}]*)\}}")
_STYLE = re.compile(rf"\\(?:{_WORDS})(?![A-Za-z])")  # of what has braces in it
_NOISE = re.compile(
    r"(?P<row>\\\\)(?:\[\d*\w*\])?|\\(?:left|right|middle|[bB]igg?[lrm]?|displaystyle|textstyle|limits|nolimits|quad|qquad|thinspace|enspace|rm|bf"
    r"|hspace\{[^{}]*\}|phantom\{[^{}]*\})(?![A-Za-z])|\\[;:! ]|\\,|~|\\\(|\\\)|\\\[|\\\]"
)
_GROUPS = re.compile(r"(?<=\d)(?:\{,\}|,\\!|\\,|\\;|\\ )\s*(?=\d{3}(?!\d))")
_PLAIN_GROUPS = re.compile(
    r"(?<![\d.,])\d{1,3}(?:(,|'|[ \u00a0\u2009\u202f])\d{3})(?:\1\d{3})*(?![\d,']|\.\d+,)"
)
_WITHOUT = re.compile(r"(?<!\\)\\ +(?=\{|[A-Z]\b)")  # R \ {1}
_ARGUMENTS = re.compile(r"(?P<inside>\([^()]*\))|[^()]+")  # of a function: they have commas between them
_COMMA = re.compile(r"(?<=\d),(?=\d)")
_TOKEN = re.compile(
    r"(?P<number>(?:\d+(?:\.\d+|\.(?!\d))?|\.\d+)(?:[eE][+-]?\d+(?![\w.]))?)"
    r"|(?P<command>\\[A-Za-z]+|\\[{}|%\\&_$])"
    r"|(?P<name>[A-Za-z]+'*)"
    r"|(?P<sign>\*\*|<=|>=|!=|[-+*/^_=<>(){}\[\]|,;:!%°&])",
    re.ASCII,
)


def tokens_of(text: str, *, grouped: bool) -> list[Token]:
    """The tokens of a text. ``grouped``: ``1,234`` is one number (in lists it is two).

    Raises ``Unreadable`` for a text that is too long or has a sign that means nothing here.
    """
    if len(text) > CHARACTERS:
        raise Unreadable(f"longer than {CHARACTERS:,} characters")
    text = _plain(text, grouped)
    tokens: list[Token] = []
    at, spaced = 0, False
    while at < len(text):
        if text[at].isspace():
            at, spaced = at + 1, True
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            raise Unreadable(f"the sign {text[at]!r} is not read")
        tokens.append(Token(match.lastgroup, match[0], spaced))  # type: ignore[arg-type]
        at, spaced = match.end(), False
    return tokens


def _plain(text: str, grouped: bool) -> str:
    """The text without what only sets it, and with one spelling for each sign."""
    text = _UNSEEN.sub("", text).replace("\u00a0", " ")
    text = re.sub(r"\\\$|[€£¥]", "¤", text).replace("$", " ").replace("+/-", r"\pm ")
    text = _WITHOUT.sub(r"\\setminus ", text)
    text = re.sub(
        f"(\\d?)([{''.join(_PARTS)}])",
        lambda m: f"{m[1]} {_PARTS[m[2]]} " if m[1] else f"({_PARTS[m[2]]})",
        text,
    )
    text = re.sub(f"[{_RAISED}]+", lambda m: f"^{{{m[0].translate(_PLAIN_RAISED)}}}", text)
    text = re.sub(f"[{_LOWERED}]+", lambda m: f"_{{{m[0].translate(_PLAIN_LOWERED)}}}", text)
    text = _GROUPS.sub("", text.translate(_SIGNS))
    text = re.sub(f"[{''.join(_GREEK)}]", lambda m: f"\\{_GREEK[m[0]]} ", text)
    before = None
    while text != before:
        before, text = text, _TEXT.sub(r" \1 ", text)
    text = _STYLE.sub(" ", text)
    text = _NOISE.sub(lambda match: match["row"] or " ", text)
    return (
        _ARGUMENTS.sub(lambda part: part[0] if part["inside"] else _ungrouped(part[0]), text)
        if grouped
        else text
    )


def _ungrouped(text: str) -> str:
    """``1,234`` as one number."""
    text = _PLAIN_GROUPS.sub(lambda match: re.sub(r"\D", "", match[0]), text)
    if _COMMA.search(text):
        raise Unreadable("a comma between digits can be read in two ways")
    return text
