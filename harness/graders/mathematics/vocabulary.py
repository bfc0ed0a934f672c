"""The words and commands of mathematics that are read, and what each stands for."""

from __future__ import annotations

from collections.abc import Mapping

_SAME = (
    "sin cos tan cot sec csc sinh cosh tanh asin acos atan acot exp ln log lg sqrt cbrt abs sgn floor ceil"
)
_ALSO = "gcd lcm mod min max binom"
FUNCTIONS: Mapping[str, str] = {
    **{name: name for name in f"{_SAME} {_ALSO}".split()},
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arccot": "acot", "tg": "tan", "sign": "sgn",
    "ceiling": "ceil", "Abs": "abs", "binomial": "binom", "comb": "binom",
}  # fmt: skip
CONSTANTS: Mapping[str, str] = {
    "pi": "pi", "e": "e", "i": "i", "infty": "oo", "infinity": "oo", "Infinity": "oo", "inf": "oo", "oo":
    "oo",
}  # fmt: skip
SETS: Mapping[str, str] = {"emptyset": "empty", "varnothing": "empty"}
_SMALL = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta kappa lambda mu nu xi rho sigma tau phi varphi"
)
GREEK = frozenset(f"{_SMALL} chi psi omega Gamma Delta Theta Lambda Sigma Phi Psi Omega ell".split())
RELATIONS: Mapping[str, str] = {
    "=": "=", "<": "<", ">": ">", "<=": "<=", ">=": ">=", "!=": "!=", r"\le": "<=", r"\leq": "<=",
    r"\leqslant": "<=", r"\ge": ">=", r"\geq": ">=", r"\geqslant": ">=", r"\lt": "<", r"\gt": ">",
    r"\ne": "!=", r"\neq": "!=", r"\in": "in", r"\approx": "~", r"\sim": "~", r"\equiv": "=",
}  # fmt: skip
JOINED: Mapping[str, str] = {
    r"\cup": "union", r"\cap": "intersection", r"\setminus": "difference", r"\backslash": "difference",
}  # fmt: skip
TIMES = ("*", r"\cdot", r"\times", r"\ast")
OVER = ("/", r"\div")
NO_FACTOR = (
    *(r"\cdot", r"\times", r"\ast", r"\div", r"\pm", r"\mp", r"\mid", r"\land", r"\lor", r"\end", r"\rangle"),
    *(
        r"\}",
        r"\rvert",
        r"\rfloor",
        r"\rceil",
        r"\circ",
        r"\%",
        r"\\",
        r"\ldots",
        r"\dots",
        r"\cdots",
        r"\to",
        r"\|",
    ),
)
STOPS = frozenset({"or", "and", "U", "union"})
SHORT = frozenset({"sign", "comb", "min", "max", "mod"})  # functions only where a bracket follows
INVERSES: Mapping[str, str] = {"sin": "asin", "cos": "acos", "tan": "atan", "cot": "acot"}
CLOSERS: Mapping[str, tuple[str, ...]] = {
    "(": (")", "]"), "[": ("]", ")"), "{": ("}",), r"\{": (r"\}",), r"\langle": (r"\rangle",),
}  # fmt: skip
ENVIRONMENTS = frozenset(("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "array", "smallmatrix"))
