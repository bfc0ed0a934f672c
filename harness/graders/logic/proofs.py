"""Twelve rules of natural deduction, and the check that a list of lines is a proof by them.

Every line rests on premises and assumptions, which are kept by their numbers; what discharges an assumption
names
the line on which it was made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harness.graders.logic.formulas import FALSE, Formula, parse

_LINES = 100
_KEYS = {"n", "formula", "rule", "from"}


class BadLine(ValueError):
    """A line that does not follow; ``line`` is its number, ``None`` where the whole is no list of lines."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(f"line {line}: {reason}" if line else reason)
        self.line = line


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was checked: ``rests`` are the numbers of the premises and assumptions that it needs."""

    number: int
    formula: Formula
    rule: str
    rests: frozenset[int]


Rests = frozenset[int]
Rule = Callable[[Formula, Sequence[Line]], Rests]


def check(lines: Any, premises: Sequence[Formula], goal: Formula) -> None:
    """Raise ``BadLine`` for the first line that is wrong, or where the last one is not the goal."""
    if not isinstance(lines, list) or not 0 < len(lines) <= _LINES:
        raise BadLine(f"a proof is a list of 1 to {_LINES} lines")
    proved: dict[int, Line] = {}
    for position, entry in enumerate(lines, 1):
        line = _line(entry, position, proved, premises)
        proved[line.number] = line
    last = [*proved.values()][-1]
    if last.formula != goal:
        raise BadLine(f"the last line is {last.formula}, not {goal}", last.number)
    open_ones = sorted(number for number in last.rests if proved[number].rule == "assume")
    if open_ones:
        raise BadLine(f"it still rests on the assumption of line {open_ones[0]}", last.number)


def _line(entry: Any, position: int, proved: Mapping[int, Line], premises: Sequence[Formula]) -> Line:
    if not isinstance(entry, dict) or not entry.keys() <= _KEYS or not {"formula", "rule"} <= entry.keys():
        raise BadLine(f"entry {position} is no object with n, formula, rule and from")
    number, rule = entry.get("n", position), entry["rule"]
    if type(number) is not int or number in proved:
        raise BadLine(f"entry {position} has no number of its own")
    named = entry.get("from", [])
    named = [named] if type(named) is int else named
    try:
        formula = parse(entry["formula"])
    except ValueError as error:
        raise BadLine(str(error), number) from None
    if not isinstance(named, list) or not all(type(each) is int and each in proved for each in named):
        raise BadLine("'from' must name lines before it", number)
    if rule in ("premise", "assume"):
        if rule == "premise" and formula not in premises:
            raise BadLine(f"{formula} is no premise", number)
        return Line(number, formula, rule, frozenset({number}))
    if not isinstance(rule, str) or rule not in RULES:
        raise BadLine(f"there is no rule {rule!r:.40}", number)
    count, apply = RULES[rule]
    if len(named) != count:
        raise BadLine(f"{rule} needs {count} lines, not {len(named)}", number)
    used = [proved[each] for each in named]
    try:
        return Line(number, formula, rule, apply(formula, used))
    except ValueError as error:
        raise BadLine(f"{rule}: {error}", number) from None


def _demand(holds: bool, reason: str) -> None:
    if not holds:
        raise ValueError(reason)


def _rests(used: Sequence[Line]) -> Rests:
    return frozenset().union(*(line.rests for line in used))


def _discharged(assumption: Line, line: Line) -> Rests:
    _demand(assumption.rule == "assume", f"line {assumption.number} is no assumption")
    return line.rests - {assumption.number}


def _and_intro(formula: Formula, used: Sequence[Line]) -> Rests:
    parts = tuple(line.formula for line in used)
    _demand(formula == Formula("and", parts), "the formula is not the first line and the second")
    return _rests(used)


def _and_elim(formula: Formula, used: Sequence[Line]) -> Rests:
    whole = used[0].formula
    _demand(whole.kind == "and" and formula in whole.parts, "the formula is no side of the line")
    return _rests(used)


def _or_intro(formula: Formula, used: Sequence[Line]) -> Rests:
    _demand(formula.kind == "or" and used[0].formula in formula.parts, "the line is no side of the formula")
    return _rests(used)


def _or_elim(formula: Formula, used: Sequence[Line]) -> Rests:
    choice, left, first, right, second = used
    sides = (left.formula, right.formula)
    _demand(choice.formula == Formula("or", sides), "the assumptions are not the two sides of the first line")
    _demand(first.formula == second.formula == formula, "both cases must come to the formula")
    return choice.rests | _discharged(left, first) | _discharged(right, second)


def _implies_intro(formula: Formula, used: Sequence[Line]) -> Rests:
    assumption, line = used
    parts = (assumption.formula, line.formula)
    _demand(formula == Formula("implies", parts), "the formula is not assumption -> line")
    return _discharged(assumption, line)


def _implies_elim(formula: Formula, used: Sequence[Line]) -> Rests:
    implication, line = used
    parts = (line.formula, formula)
    _demand(implication.formula == Formula("implies", parts), "the first line is not second line -> formula")
    return _rests(used)


def _not_intro(formula: Formula, used: Sequence[Line]) -> Rests:
    assumption, line = used
    _demand(line.formula == FALSE, "the second line is not false")
    _demand(formula == Formula("not", (assumption.formula,)), "the formula is not the assumption denied")
    return _discharged(assumption, line)


def _not_elim(formula: Formula, used: Sequence[Line]) -> Rests:
    line, denied = used
    _demand(denied.formula == Formula("not", (line.formula,)), "the second line does not deny the first")
    _demand(formula == FALSE, "the formula is not false")
    return _rests(used)


def _ex_falso(formula: Formula, used: Sequence[Line]) -> Rests:
    _demand(used[0].formula == FALSE, "the line is not false")
    return _rests(used)


def _double_neg(formula: Formula, used: Sequence[Line]) -> Rests:
    twice = Formula("not", (Formula("not", (formula,)),))
    _demand(used[0].formula == twice, "the line is not the formula denied twice")
    return _rests(used)


RULES: Mapping[str, tuple[int, Rule]] = {  # how many lines it uses
    "and_intro": (2, _and_intro),
    "and_elim": (1, _and_elim),
    "or_intro": (1, _or_intro),
    "or_elim": (5, _or_elim),
    "implies_intro": (2, _implies_intro),
    "implies_elim": (2, _implies_elim),
    "not_intro": (2, _not_intro),
    "not_elim": (2, _not_elim),
    "ex_falso": (1, _ex_falso),
    "double_neg": (1, _double_neg),
}
