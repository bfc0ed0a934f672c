"""Logic and proofs: deductions, chains of equations, first wrong lines, skeletons of inductions."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from harness.suites.families.base import Drawn
from harness.suites.families.mathematics.writing import (
    Number,
    Problem,
    drawn,
    factor,
    nonzero,
    polynomial,
    value_of,
)

Step = tuple[str, str, list[int]]  # formula, rule, lines
Proof = tuple[list[str], str, list[Step]]  # premises, goal, what follows the premises


def _syllogism(p: str, q: str, r: str) -> Proof:
    return [f"{p} -> {q}", f"{q} -> {r}"], f"{p} -> {r}", [
        (p, "assume", []), (q, "implies_elim", [1, 3]), (r, "implies_elim", [2, 4]), (f"{p} -> {r}",
        "implies_intro", [3, 5]),
    ]  # fmt: skip


def _contraposition(p: str, q: str, r: str) -> Proof:
    goal = f"not {q} -> not {p}"
    return [f"{p} -> {q}"], goal, [
        (f"not {q}", "assume", []), (p, "assume", []), (q, "implies_elim", [1, 3]), ("false", "not_elim",
        [4, 2]),
        (f"not {p}", "not_intro", [3, 5]), (goal, "implies_intro", [2, 6]),
    ]  # fmt: skip


def _by_cases(p: str, q: str, r: str) -> Proof:
    return [f"{p} or {q}", f"{p} -> {r}", f"{q} -> {r}"], r, [
        (p, "assume", []), (r, "implies_elim", [2, 4]), (q, "assume", []), (r, "implies_elim", [3, 6]),
        (r, "or_elim", [1, 4, 5, 6, 7]),
    ]  # fmt: skip


def _tollens(p: str, q: str, r: str) -> Proof:
    return [f"{p} -> {q}", f"{q} -> {r}", f"not {r}"], f"not {p}", [
        (p, "assume", []), (q, "implies_elim", [1, 4]), (r, "implies_elim", [2, 5]), ("false", "not_elim",
        [6, 3]),
        (f"not {p}", "not_intro", [4, 7]),
    ]  # fmt: skip


def _disjunction(p: str, q: str, r: str) -> Proof:
    return [f"{p} or {q}", f"not {p}", f"{q} -> {r}"], r, [
        (p, "assume", []), ("false", "not_elim", [4, 2]), (r, "ex_falso", [5]), (q, "assume", []),
        (r, "implies_elim", [3, 7]), (r, "or_elim", [1, 4, 6, 7, 8]),
    ]  # fmt: skip


def _neither(p: str, q: str, r: str) -> Proof:
    goal = f"not {p} and not {q}"
    return [f"not ({p} or {q})"], goal, [
        (p, "assume", []), (f"{p} or {q}", "or_intro", [2]), ("false", "not_elim", [3, 1]), (f"not {p}",
        "not_intro", [2, 4]),
        (q, "assume", []), (f"{p} or {q}", "or_intro", [6]), ("false", "not_elim", [7, 1]), (f"not {q}",
        "not_intro", [6, 8]),
        (goal, "and_intro", [5, 9]),
    ]  # fmt: skip


def _curried(p: str, q: str, r: str) -> Proof:
    goal = f"{p} -> ({q} -> {r})"
    return [f"({p} and {q}) -> {r}"], goal, [
        (p, "assume", []), (q, "assume", []), (f"{p} and {q}", "and_intro", [2, 3]), (r, "implies_elim", [1,
        4]),
        (f"{q} -> {r}", "implies_intro", [3, 5]), (goal, "implies_intro", [2, 6]),
    ]  # fmt: skip


def _indirect(p: str, q: str, r: str) -> Proof:
    return [f"not {p} -> {q}", f"{q} -> {r}", f"not {r}"], p, [
        (f"not {p}", "assume", []), (q, "implies_elim", [1, 4]), (r, "implies_elim", [2, 5]), ("false",
        "not_elim", [6, 3]),
        (f"not not {p}", "not_intro", [4, 7]), (p, "double_neg", [8]),
    ]  # fmt: skip


_PROOFS: Sequence[Callable[[str, str, str], Proof]] = (
    _syllogism, _contraposition, _by_cases, _tollens, _disjunction, _neither, _curried, _indirect,
)  # fmt: skip


def _deduction(rng: random.Random) -> Drawn | None:
    letters = rng.sample("ABCDEGHK", 3)
    premises, goal, steps = rng.choice(_PROOFS)(*letters)
    steps = [*((text, "premise", []) for text in premises), *steps]
    at = rng.randrange(len(premises), len(steps) - 1)
    without = [step for number, step in enumerate(steps) if number != at]
    claimed = [*steps[: len(premises)], (goal, "implies_elim", [1, min(2, len(premises))])]
    assumed: list[Step] = [*steps[: len(premises)], (goal, "assume", [])]
    wrong = [_written(lines) for lines in (claimed, assumed, without)]
    shown = "\n".join(f"{number}. {text}" for number, text in enumerate(premises, 1))
    return Drawn(
        {"premises": shown, "goal": goal}, _written(steps), wrong, {"premises": premises, "goal": goal}
    )


def _written(steps: Sequence[Step]) -> str:
    lines = [
        {"n": number, "formula": formula, "rule": rule, "from": lines}
        for number, (formula, rule, lines) in enumerate(steps, 1)
    ]
    return "[" + ",\n ".join(json.dumps(line) for line in lines) + "]"


def _first_wrong_line(rng: random.Random) -> Drawn | None:
    """An equation solved in five lines, with a slip in one of them or in none; the rest follows from it."""
    a, b, c, d, e = (
        rng.randint(3, 9),
        nonzero(rng, -6, 6),
        nonzero(rng, -9, 9),
        rng.randint(1, 8),
        nonzero(rng, -9, 9),
    )
    if a <= d:
        return None
    slip = rng.choice((2, 3, 4, 5, 0))
    right = polynomial([d, e])
    constant = -a * b * (-1 if slip == 2 else 1)
    sum_ = constant + c + (rng.choice((-2, -1, 1, 2)) if slip == 3 else 0)
    moved = e + sum_ if slip == 4 else e - sum_
    result = Fraction(moved, a - d)
    result = Fraction(moved, a + d) if slip == 5 else result
    if 0 in (sum_, moved) or constant + c == 0:
        return None
    lines = [
        f"{a}{factor(b)} {'-' if c < 0 else '+'} {abs(c)} = {right}",
        f"{polynomial([a, constant])} {'-' if c < 0 else '+'} {abs(c)} = {right}",
        f"{polynomial([a, sum_])} = {right}",
        f"{polynomial([a - d, 0])} = {moved}",
        f"x = {result}",
    ]
    shown = "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
    wrong = [str(number) for number in (0, 2, 3, 4, 5) if number != slip]
    return Drawn({"lines": shown}, str(slip), rng.sample(wrong, 3))


def _chain(rng: random.Random) -> Drawn | None:
    a, b = rng.randint(2, 9), rng.randint(2, 9)
    if a == b:
        return None
    first, second = [1, 2 * a, a * a], [1, -2 * b, b * b]
    start, tail = f"(x + {a})^2 - (x - {b})^2", f"{2 * a}x + {a * a} + {2 * b}x - {b * b}"
    goal = polynomial([2 * (a + b), a * a - b * b])
    lines = [
        start,
        f"{polynomial(first)} - (x - {b})^2",
        f"{polynomial(first)} - ({polynomial(second)})",
        f"{polynomial(first)} - x^2 + {2 * b}x - {b * b}",
        tail,
        f"{2 * (a + b)}x + {a * a} - {b * b}",
        goal,
    ]
    slipped = [*lines[:3], f"{polynomial(first)} - x^2 - {2 * b}x + {b * b}", *lines[4:]]
    wrong = [_chained(each) for each in ([start, goal], slipped, lines[:-2])]
    grader = {"start": start, "goal": goal, "variables": {"x": "real"}}
    return Drawn({"start": start, "goal": goal}, _chained(lines), wrong, grader)


def _chained(lines: Sequence[str]) -> str:
    return "CHAIN:\n" + "\n= ".join(lines)


def _induction(rng: random.Random) -> Drawn | None:
    a, b = rng.randint(1, 6), rng.randint(-5, 6)
    kind = rng.choice(("linear", "geometric", "pairs"))
    if kind == "linear":
        term, half = polynomial([a, b], "k"), [Fraction(a, 2), Fraction(a, 2) + b, Fraction(0)]
        if half[1] == 0:
            return None
        closed, added = polynomial(half, "n"), polynomial([a, a + b], "n")
        base: Number = value_of([a, b], 1)
        after, not_added = f"{polynomial(half, '(n + 1)')}", polynomial([a, b], "n")
    elif kind == "geometric":
        ratio = rng.randint(2, 5)
        term, closed = f"{a} * {ratio}^k", f"{a} * {ratio} * ({ratio}^n - 1)/{ratio - 1}"
        added, not_added = f"{a} * {ratio}^(n + 1)", f"{a} * {ratio}^n"
        base, after = a * ratio, f"{a} * {ratio} * ({ratio}^(n + 1) - 1)/{ratio - 1}"
    else:
        term, closed = f"{a} k(k + 1)", f"{a} n(n + 1)(n + 2)/3"
        added, not_added = f"{a} (n + 1)(n + 2)", f"{a} n(n + 1)"
        base, after = 2 * a, f"{a} (n + 1)(n + 2)(n + 3)/3"
    return drawn(
        {"term": term, "closed": closed},
        f"({base}, {added}, {after})",
        f"({base}, {not_added}, {after})",
        f"({base}, {added}, {closed})",
        f"({base + 1}, {added}, {after})",
    )


PROBLEMS: Mapping[str, Problem] = {
    "deduction": _deduction,
    "first-wrong-line": _first_wrong_line,
    "equation-chain": _chain,
    "induction": _induction,
}
