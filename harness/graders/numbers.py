r"""How people and models write numbers, and which spellings have one reading only.

Read: ``42``, ``-42`` (any minus sign, ``minus 42``), ``1,234``, ``1 234``, ``1'234``, ``1_234``,
``0.5``, ``.5``, ``1.234,56`` and ``1 234,56`` (groups show that the comma is the decimal one), ``3/4``,
``2 1/2``, ``2½``, ``6.02e23``, ``6.02 × 10^23``, ``3 million``, LaTeX's ``\frac{3}{4}`` and ``1{,}234``.
Currency signs, percent signs and units are passed over: ``25 %`` is 25; the task says which form it wants.

In doubt, so not read: ``3,5`` (3.5, or two numbers), ``1,23,456``, ``12 34``, ``5^2``, ``1/2/3``, ``3/0``.
Not numbers at all: ordinals (``3rd``) and digits inside words (``x2``, ``cm^2``).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

_DIGITS = 60  # a longer number is noise, and costs time
_EXPONENT = 300

_SIGNS = str.maketrans("−–﹣－‒⁄\u00a0\u202f\u2009’", "-----/   '")
_SUPERSCRIPTS = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
_REWRITES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\\[dt]?frac\{(\d{1,60})\}\{(\d{1,60})\}", r"\1/\2"),
        (r"\\(?:text|textbf|mathrm|mathbf)\{([^{}]*)\}", r"\1"),
        (r"\{,\}", ","),
        (r"\\([$%€£])", r"\1"),
        (r"\\!", ""),
        (r"\\(?:[,;: ()\[\]]|quad)", " "),
        (r"\\(?:times|cdot)", "×"),
        (r"\^\{?\\circ\}?", "°"),
        (r"\^\{([^{}]*)\}", r"^\1"),
        (r"(?i)(?<![0-9] )\b(?:minus|negative) (?=[$€£]?[0-9.])", "-"),
        (r"(?<=[=({]) ?- (?=[0-9.])", "-"),
    )
)
_VULGAR = re.compile("(?P<whole>[0-9])?(?P<part>[¼-¾⅐-⅞])")
_CORE = r"(?:[0-9]+(?:[.,'_ ][0-9]+)*|\.[0-9]+)"
_NUMBER = re.compile(
    rf"""(?<![^\W_])(?<![^\W_][_.])(?<!\^)  # not inside a word, a version, an index or an exponent
    (?P<sign>(?<![)\]%])[+-])?(?:[$€£¥₹]\ ?)?(?P<inner>(?<=[$€£¥₹])-)?
    (?P<core>{_CORE})(?P<over>(?:/{_CORE})*)
    (?:[eE](?P<e>[+-]?[0-9]+)|\ ?[×x*·]\ ?10\^(?P<power>[+-]?[0-9]+))?
    (?:\ (?P<scale>dozen|hundred|thousand|million|billion|trillion)\b)?
    (?P<raised>\ ?\^)?(?P<ordinal>(?:st|nd|rd|th)\b)?""",
    re.VERBOSE | re.IGNORECASE,
)
_SCALE = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
_GROUPED = re.compile(r"[1-9][0-9]{0,2}([,'_ ])[0-9]{3}(?:\1[0-9]{3})*(?:\.[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[1-9][0-9]{0,2}([.' ])[0-9]{3}(?:\1[0-9]{3})*,[0-9]+")
_PLAIN = re.compile(r"[0-9]+|[0-9]*\.[0-9]+")
_MIXED = re.compile(r"([0-9]+) ([0-9]+)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number at ``text[start:end]``; ``value`` is ``None`` when its reading is in doubt."""

    start: int
    end: int
    value: Fraction | None


def plain_text(text: str) -> str:
    """``text`` with LaTeX, typographic signs, superscripts and ``½`` spelled in plain characters."""
    text = text.translate(_SIGNS)
    text = re.sub(r"(?<=[0-9])(?=\\[dt]?frac)", " ", text)
    text = _VULGAR.sub(lambda m: (m["whole"] + " " if m["whole"] else "") + _spelled(m["part"]), text)
    text = re.sub("[⁺⁻]?[⁰¹²³⁴-⁹]+", lambda m: "^" + m[0].translate(_SUPERSCRIPTS), text)
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    return text


def numbers_in(text: str) -> list[Number]:
    """The numbers of a text that ``plain_text`` made, in order."""
    found = (match for match in _NUMBER.finditer(text) if not match["ordinal"])
    return [Number(match.start(), match.end(), _value(match)) for match in found]


def written(value: Fraction) -> str:
    """``42``, ``0.75`` or, where no decimal is exact, ``1/3``."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest > 1 or value.denominator == 1:
        return str(value)
    places = next(n for n in range(1, 2 * value.denominator.bit_length()) if 10**n % value.denominator == 0)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def _value(match: re.Match[str]) -> Fraction | None:
    exponent = match["e"] or match["power"] or "0"
    if match["raised"] or len(match[0]) > _DIGITS or abs(int(exponent)) > _EXPONENT:
        return None
    value = _ratio(match["core"], match["over"])
    if value is None:
        return None
    value *= Fraction(10) ** int(exponent) * _SCALE.get((match["scale"] or "").lower(), 1)
    return -value if "-" in (match["sign"], match["inner"]) else value


def _ratio(core: str, over: str) -> Fraction | None:
    """``core`` divided by what follows the slash; a mixed number when ``core`` is two integers."""
    if not over:
        return _decimal(core)
    below = _decimal(over[1:])
    if not below:
        return None
    mixed = _MIXED.fullmatch(core)
    if mixed and int(mixed[2]) < below:
        return int(mixed[1]) + int(mixed[2]) / below
    above = _decimal(core)
    return None if above is None else above / below


def _decimal(core: str) -> Fraction | None:
    if _PLAIN.fullmatch(core):
        return Fraction(core)
    if _GROUPED.fullmatch(core):
        return Fraction(re.sub("[,'_ ]", "", core))
    if _DECIMAL_COMMA.fullmatch(core):
        return Fraction(re.sub("[.' ]", "", core).replace(",", "."))
    return None


def _spelled(character: str) -> str:
    return unicodedata.normalize("NFKC", character).replace("⁄", "/")
