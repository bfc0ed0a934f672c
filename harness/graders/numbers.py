r"""How people and models write numbers, and which spellings have one reading only.

Read: ``42``, ``-42`` (any minus sign, ``minus 42``), digits of any script, ``1,234``, ``1 234`` (any
space), ``1'234``, ``1_234``, ``1.234.567``, ``0.5``, ``.5``, ``1.234,56`` and ``1 234,56`` (groups show that
the comma is the decimal one), ``3/4``, ``2 1/2``, ``2½``, ``2 and a half``, ``6.02e23``, ``6.02 × 10^23``,
``3 million``, ``15k``, ``1.5M``, ``2bn``, ``3 lakh``, ``5万``, and LaTeX: ``\frac{-3}{4}``, ``\frac34``.
Currency signs, percent signs and units are passed over: ``25 %`` is 25; the task says which form it wants.

In doubt, so not read: ``3,5`` (3.5, or two numbers), ``1,23,456``, ``12 34``, ``5^2``, ``1/2/3``, ``3/0``,
roots, products with a letter (``25x``, ``2π``), bounds (``> 5``, ``±2``), ``300 K``, ``\frac{a}{2}``, and
``- 7`` at the start of a line. Not numbers at all: digits inside words (``x2``, ``cm^2``). Ordinals
(``3rd``) count only where the answer stands.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

_DIGITS = 60  # a longer number is noise, and costs time
_EXPONENT = 300
DOUBT = "\ue000"  # stands beside a number that is part of something that is not read
SHOWN = "\ue001"  # opens every line of a formula that is set by itself

_SIGNS = str.maketrans("−–﹣－‒⁄’‘ʼ´٫٬", "-----/''''.,")
_SUPERSCRIPTS = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_NOT_PLAIN = re.compile(r"[^\x00-\x7f]")
_ENTITY = re.compile(
    r"&(?:nbsp|minus|thinsp|frac\d\d|times|divide|lt|gt|amp|quot|apos|deg|#\d{1,6}|#x[0-9a-fA-F]{1,6});"
)
_SHOWN = re.compile(r"\\\[(?P<a>[^\[\]]{0,2000}?)\\\]|\$\$(?P<b>[^$]{0,2000}?)\$\$", re.DOTALL)
_VULGAR = re.compile("(?P<whole>[0-9] ?)?(?P<part>[¼-¾⅐-⅞↉])")

_NUMERAL = r"[+-]?(?:[0-9][0-9.,'_ ]{0,40}|\.[0-9]{1,40})"
_ARGUMENT = rf"(?:\{{ *(?P<%s>{_NUMERAL}) *\}}| ?(?P<%s>[0-9]))"
_FRACTION = re.compile(
    rf"(?P<sign>[+-] ?)?\\[cdtsx]?(?:nice)?frac *{_ARGUMENT % ('above', 'above1')}"
    rf" *{_ARGUMENT % ('below', 'below1')}"
)
_COMMAND = re.compile(
    r"\\(?:(?P<two>[cdtsx]?frac|nicefrac|binom)"
    r"|(?:sqrt|root|log|ln|sin|cos|tan|exp|cbrt|overline|sum|prod|int)(?![a-zA-Z])(?:_\{?\w{1,9}\}?|\[[^\]\n]{0,9}\])?)"
)
_ARGUMENT_CHARS = 200
_OVER = re.compile(rf"\{{ *({_NUMERAL}?) *\\over *({_NUMERAL}?) *\}}")
_REWRITES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"<sup>", "^"),
        (r"<sub>", "_"),
        (r"</?(?:b|i|em|strong|u|span|p|div|br|code|mark|center|sup|sub|math|mn|mo)\b[^<>\n]{0,80}>", " "),
        (
            r"\\(?:displaystyle|textstyle|left|right|bigl?|bigr|Bigl?|Bigr|limits|boldsymbol|bf|rm|it|large|Large)(?![a-zA-Z])",
            "",
        ),
        (r"\\(?:text)?color ?\{\w{1,20}\}", ""),
        (r"\\(?:framebox|fbox)(?=[ {])", r"\\boxed"),
        (
            r"\\(?:(?:text|math)(?:bf|it|rm|sf|tt|bin|ord|up|normal)?|emph|mbox|operatorname|underline|bm)"
            r" ?\{([^{}]{0,200})\}",
            r"\1",
        ),
        (r"\{,\}", ","),
        (r"\{\.\}", "."),
        (r"\\([$%€£#])", r"\1"),
        (r"\\[!/]", ""),
        (r"\\(?:thinspace|thickspace|medspace|enspace|quad|qquad|space|;|,|:|>| )", " "),
        (r"(?<=[0-9])~(?=[0-9]{3})", " "),
        (r"(?<=[0-9])\{([ ,.'])\}(?=[0-9])", r"\1"),
        (r"\\[()\[\]]", " "),
        (r"\\(?:times|cdot|ast)(?![a-zA-Z])", "×"),
        (r"\\(?:approx|simeq|sim|thickapprox)(?![a-zA-Z])", "≈"),
        (r"\\(?:le|leq|lt|leqslant)(?![a-zA-Z])", "≤"),
        (r"\\(?:ge|geq|gt|geqslant|ne|neq|pm|mp)(?![a-zA-Z])", "≥"),
        (r"\\(?:pi|infty|ldots|dots|theta|alpha|phi|varphi|mathrm\{e\})(?![a-zA-Z])", DOUBT),
        (r"\\(?:dollar|euro|pounds|textdollar)(?![a-zA-Z])", "$"),
        (r"\^ ?\{?\\(?:circ|degree)\}?|\\degree", "°"),
        (r"\^ ?\{ ?([^{}]{0,40}) ?\}", r"^\1"),
        (r"\*\*(?=[+-]?[0-9])(?<=[0-9]\*\*)", "^"),
        (r"(?i)(?<![0-9] )\b(?:minus|negative) (?=[$€£]?[0-9.])", "-"),
        (r"(?<=[=({:]) ?- (?=[$€£]?[0-9.])", "-"),
        (r"(?<=[=({:]\*\*)- (?=[0-9.])", "-"),
        (r"(?i)\b(is|was|equals) - (?=[$€£]?[0-9.])", r"\1 -"),
        (r"(?m)^(#{4,} ?)- (?=[$€£]?[0-9.])", r"\1-"),
        (r"(?m)^([ \t>]*)- (?=[$€£]?[0-9.])", rf"\1- {DOUBT}"),  # a list's item, or a negative number
        (r"\\boxed ?([0-9][0-9.,/]{0,40})", r"\\boxed{\1}"),
        (r"(?<=[0-9]) and (?:a |one )half\b", " 1/2"),
        (r"(?<=[0-9]) and (?:a |one )quarter\b", " 1/4"),
        (r"(?<=[0-9]) and three[ -]quarters\b", " 3/4"),
        (r"(?<=[0-9]) and (?:a |one )third\b", " 1/3"),
        (r"(?<=[0-9]) and two[ -]thirds\b", " 2/3"),
        (r"(?<=[0-9]) and (?=[1-9]/[1-9])", " "),
    )
)
_CURRENCY = "$€£¥₹₩₽₺₫₪฿₦₴₱¢"
_BEFORE = rf"(?:(?:[A-Z]{{1,3}})?[{_CURRENCY}]\ ?|(?:USD|EUR|GBP|CHF|INR|JPY|Rs\.?|Fr\.)\ )"
_CORE = r"(?:[0-9]+(?:[.,'_ ][0-9]+)*|\.[0-9]+)"
_UNIT = r"(?:mm|cm|dm|m|km|in|ft|yd|s|sec)[23]\b"
_SCALES = "hundred|thousand|million|billion|trillion|dozen|lakh|crore|bn|mn|mln|mio|mrd|bln|tn"
_NUMBER = re.compile(
    rf"""(?<![^\W_])(?<![^\W_][_.])(?<!\^)  # not inside a word, a version, an index or an exponent
    (?P<doubt>(?:[√∛∜±∓≤≥≠{DOUBT}]|(?<=[\ $({{])[<>]=?)[\ ({{$]{{0,3}})?
    (?P<sign>(?<![)\]%0-9])[+-])?(?P<money>{_BEFORE})?(?P<inner>(?<=[{_CURRENCY}])-)?
    (?P<core>{_CORE})(?P<over>(?:\ ?/\ ?{_CORE})*)
    (?:[eE](?P<e>[+-]?[0-9]+)|\ ?[×xX*·⋅]\ ?10\ ?(?:\^|\*\*)\ ?\(?(?P<power>[+-]?[0-9]+)\)?)?
    (?P<scale>(?:[\ -]?(?i:{_SCALES})s?\b\.?)+
       |k(?![^\W_])|K(?![^\W_])|[MBT](?![^\W_])|[千万萬億亿])?
    (?P<loose>\ (?:k|K|M|B|T)(?![^\W_/])|(?!{_UNIT})[^\W\d_]{{1,8}}[0-9])?
    (?P<variable>\ ?[π√{DOUBT}]|[xyznije](?![^\W_])|\((?=[0-9])|\ ?[*×·]\ ?[a-zA-Z](?![^\W_]))?
    (?P<raised>\ ?\^)?(?P<ordinal>(?i:st|nd|rd|th)\b)?""",
    re.VERBOSE,
)
_SCALE = {
    "dozen": 12,
    "hundred": 100,
    "k": 10**3,
    "千": 10**3,
    "thousand": 10**3,
    "万": 10**4,
    "萬": 10**4,
    "lakh": 10**5,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "mio": 10**6,
    "million": 10**6,
    "crore": 10**7,
    "億": 10**8,
    "亿": 10**8,
    "b": 10**9,
    "bn": 10**9,
    "bln": 10**9,
    "mrd": 10**9,
    "billion": 10**9,
    "t": 10**12,
    "tn": 10**12,
    "trillion": 10**12,
}
_GROUPED = re.compile(r"[1-9][0-9]{0,2}([,'_ ])[0-9]{3}(?:\1[0-9]{3})*(?:\.[0-9]+)?")
_DOTTED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}")
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
    """``text`` with LaTeX, HTML, typographic signs and digits, superscripts and ``½`` in plain characters.

    Beside what is not read stands ``DOUBT``, before the lines of a formula set by itself ``SHOWN``.
    """
    if _ENTITY.search(text):
        text = html.unescape(text)
    text = _VULGAR.sub(lambda m: (m["whole"].strip() + " " if m["whole"] else "") + _spelled(m["part"]), text)
    text = re.sub("[⁺⁻]?[⁰¹²³⁴-⁹]+", lambda m: "^" + m[0].translate(_SUPERSCRIPTS), text)
    text = _NOT_PLAIN.sub(_plain_character, text)
    text = _SHOWN.sub(lambda m: SHOWN + (m["a"] or m["b"] or "").replace("\n", "\n" + SHOWN) + "\n", text)
    text = _OVER.sub(r"\\frac{\1}{\2}", text)
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    return _without_formulas(_FRACTION.sub(_fraction, text))


def _without_formulas(text: str) -> str:
    """``text`` with a doubtful number in the place of each fraction, root and function that is left."""
    parts: list[str] = []
    at = 0
    for command in _COMMAND.finditer(text):
        if command.start() < at:
            continue
        end = command.end()
        for _ in range(2 if command["two"] else 1):
            while text[end : end + 1] == " ":
                end += 1
            if text[end : end + 1] == "{":
                end = closing_brace(text, end + 1, _ARGUMENT_CHARS) + 1
            elif command["two"] or text[end : end + 1].isdigit():
                end += 1
        parts += [text[at : command.start()], f"{DOUBT}1 "]
        at = end
    return "".join([*parts, text[at:]])


def closing_brace(text: str, start: int, most: int) -> int:
    """Where the brace that was opened before ``start`` is closed, or where ``text`` or ``most`` ends."""
    depth = 1
    for at in range(start, min(len(text), start + most)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return at
    return min(len(text), start + most)


def numbers_in(text: str, ordinals: bool = False) -> list[Number]:
    """The numbers of a text that ``plain_text`` made, in order; with ``ordinals``, ``6th`` is one of them."""
    matches = (match for match in _NUMBER.finditer(text) if ordinals or not match["ordinal"])
    return [Number(match.start(), match.end(), _value(match)) for match in matches]


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


def _plain_character(match: re.Match[str]) -> str:
    """The ASCII character that one of another script or width stands for, if there is one."""
    character = match[0]
    if _UNSEEN.match(character):
        return ""
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit)
    if "\uff01" <= character <= "\uff5e":  # full width
        return chr(ord(character) - 0xFEE0).translate(_SIGNS)
    return " " if unicodedata.category(character) == "Zs" else character.translate(_SIGNS)


def _fraction(match: re.Match[str]) -> str:
    """A fraction of LaTeX as ``-3/4``, after a space where a whole number stands before it."""
    above = (match["above"] or match["above1"]).strip()
    below = (match["below"] or match["below1"]).strip()
    negative = sum(part.strip().startswith("-") for part in (match["sign"] or "", above, below)) % 2
    before = match.string[match.start() - 1 : match.start()] if match.start() else ""
    if match["sign"] and before.isdigit():  # a difference
        return DOUBT
    separate = " " if before.isdigit() else ""
    return f"{separate}{'-' if negative else ''}{above.lstrip('+-')}/{below.lstrip('+-')}"


def _value(match: re.Match[str]) -> Fraction | None:
    exponent = match["e"] or match["power"] or "0"
    if match["doubt"] or match["raised"] or match["variable"] or len(match[0]) > _DIGITS:
        return None
    money = bool(match["money"]) and match.string[match.end() : match.end() + 1] != "$"  # that is a formula
    loose = match["loose"] and not (money and match["loose"][0] == " ")
    if loose or abs(int(exponent)) > _EXPONENT:
        return None
    value = _ratio(match["core"], match["over"].replace(" ", ""))
    factor = _scale((match["scale"] or "") + (match["loose"] or ""), money)
    if value is None or factor is None:
        return None
    value *= Fraction(10) ** int(exponent) * factor
    return -value if "-" in (match["sign"], match["inner"]) else value


def _scale(words: str, money: bool) -> int | None:
    """What ``million`` and the like multiply with; ``5T`` is a sum of money, or in doubt."""
    if words == "T" and not money:
        return None
    factor = 1
    for word in re.findall(r"[^\W\d_]+", words.lower()):
        factor *= _SCALE[word if word in _SCALE else word.removesuffix("s")]
    return factor


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
    if _DOTTED.fullmatch(core):
        return Fraction(core.replace(".", ""))
    if _DECIMAL_COMMA.fullmatch(core):
        return Fraction(re.sub("[.' ]", "", core).replace(",", "."))
    return None


def _spelled(character: str) -> str:
    return unicodedata.normalize("NFKC", character).replace("⁄", "/")
