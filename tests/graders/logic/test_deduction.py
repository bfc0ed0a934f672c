"""Proofs by natural deduction: every rule holds, and none holds for too much."""

from __future__ import annotations

import json
import random
from itertools import product
from typing import Any, Literal

import pytest

from harness.graders.deduction import Deduction
from harness.graders.logic.formulas import FALSE, Formula, parse
from harness.graders.logic.proofs import RULES, BadLine, Line, check
from harness.records import Completion
from tests.graders.tasks import task

Step = tuple[str, str, list[int]]

# Each proves its last formula from its premises, and together they use every rule.
PROOFS: dict[str, list[Step]] = {
    "and": [("A and B", "premise", []), ("A", "and_elim", [1]), ("B", "and_elim", [1]),
        ("B and A", "and_intro", [3, 2])],
    "implies": [("A -> B", "premise", []), ("A", "premise", []), ("B", "implies_elim", [1, 2])],
    "discharge": [("A", "assume", []), ("A or B", "or_intro", [1]), ("A -> A or B", "implies_intro", [1, 2])],
    "cases": [
        ("A or B", "premise", []), ("A", "assume", []), ("B or A", "or_intro", [2]), ("B", "assume", []),
        ("B or A", "or_intro", [4]), ("B or A", "or_elim", [1, 2, 3, 4, 5]),
    ],
    "denial": [
        ("A -> B", "premise", []), ("not B", "premise", []), ("A", "assume", []),
        ("B", "implies_elim", [1, 3]), ("false", "not_elim", [4, 2]), ("not A", "not_intro", [3, 5]),
    ],
    "anything": [("A", "premise", []), ("not A", "premise", []), ("false", "not_elim", [1, 2]),
        ("C", "ex_falso", [3])],
    "twice": [("not not A", "premise", []), ("A", "double_neg", [1])],
}  # fmt: skip


def _lines(steps: list[Step]) -> list[dict[str, Any]]:
    return [{"n": n, "formula": f, "rule": rule, "from": used} for n, (f, rule, used) in enumerate(steps, 1)]


def _grader(steps: list[Step]) -> Deduction:
    return Deduction([formula for formula, rule, _ in steps if rule == "premise"], steps[-1][0])


@pytest.mark.parametrize("name", PROOFS)
def test_proofs_hold(name: str) -> None:
    steps = PROOFS[name]
    verdict = _grader(steps).grade(task(""), Completion(output=json.dumps(_lines(steps))))
    assert (verdict.passed, verdict.error) == (True, None)


def test_the_proofs_use_every_rule() -> None:
    used = {rule for steps in PROOFS.values() for _, rule, _ in steps}
    assert used == {*RULES, "premise", "assume"} and len(used) == 12


@pytest.mark.parametrize("name", PROOFS)
def test_every_line_is_needed_and_every_rule_must_fit(name: str) -> None:
    """With another rule in a line, or with fewer lines named, no proof holds."""
    steps, grader = PROOFS[name], _grader(PROOFS[name])
    premises, goal = [parse(text) for text in grader.premises], parse(grader.goal)
    for at, (formula, rule, used) in enumerate(steps):
        for other in RULES:
            if other == rule:
                continue
            with pytest.raises(BadLine):
                check(_lines([*steps[:at], (formula, other, used), *steps[at + 1 :]]), premises, goal)
        if used:
            with pytest.raises(BadLine):
                check(_lines([*steps[:at], (formula, rule, used[:-1]), *steps[at + 1 :]]), premises, goal)


def _holds(formula: Formula, truth: dict[str, bool]) -> bool:
    parts = [_holds(part, truth) for part in formula.parts]
    match formula.kind:
        case "letter":
            return truth[formula.letter]
        case "false":
            return False
        case "not":
            return not parts[0]
        case "and":
            return all(parts)
        case "or":
            return any(parts)
    return not parts[0] or parts[1]


def test_no_rule_proves_what_is_not_so() -> None:
    """Of lines that rules make at random, each holds wherever what it rests on does, by truth tables."""
    rng, used_rules = random.Random(18), set()
    texts = ("not A", "A -> B", "not not B", "A and B", "B -> A")
    for _ in range(40):
        given = [parse(text) for text in ("A", "B", "A or B", "false", *rng.sample(texts, 2))]
        lines = [Line(n, formula, "assume", frozenset({n})) for n, formula in enumerate(given, 1)]
        for _ in range(300):
            rule, (count, apply) = rng.choice([*RULES.items()])
            used = [rng.choice(lines) for _ in range(count)]
            if rule == "or_elim":  # five lines at random never fit
                used = [lines[2], lines[0], used[2], lines[1], rng.choice((used[2], used[4]))]
            formula = _candidate(rng, used)
            try:
                rests = apply(formula, used)
            except ValueError:
                continue
            used_rules.add(rule)
            for truth in ({"A": a, "B": b} for a, b in product((True, False), repeat=2)):
                if all(_holds(lines[number - 1].formula, truth) for number in rests):
                    assert _holds(formula, truth), (rule, [str(line.formula) for line in used], str(formula))
            if len(lines) < 14:
                lines.append(Line(len(lines) + 1, formula, rule, rests))
    assert used_rules == {*RULES}


def _candidate(rng: random.Random, used: list[Line]) -> Formula:
    """A formula that a rule could make of these lines."""
    first, last = used[0].formula, used[-1].formula
    made: list[Formula] = [first, last, FALSE, *first.parts, *last.parts, Formula("not", (first,))]
    kinds: tuple[Literal["and", "or", "implies"], ...] = ("and", "or", "implies")
    made += [Formula(kind, (first, last)) for kind in kinds]
    made += [part for formula in first.parts for part in formula.parts]
    if len(used) > 2:
        return used[2].formula
    return rng.choice(made)


WRONG: dict[str, tuple[Any, str]] = {
    "an assumption that is not discharged": (_lines([("B", "assume", [])]), "still rests on the assumption"),
    "a premise of one's own": (_lines([("B", "premise", [])]), "is no premise"),
    "another conclusion": (_lines([("A", "premise", [])]), "the last line is A, not B"),
    "a line that comes later": (_lines([("A", "premise", []), ("B", "and_elim", [3])]), "lines before it"),
    "itself": (_lines([("A", "premise", []), ("B", "and_elim", [2])]), "lines before it"),
    "no such rule": (_lines([("B", "magic", [])]), "there is no rule 'magic'"),
    "no formula": (_lines([("A and", "premise", [])]), "a letter is missing"),
    "no list of lines": ([1, 2], "no object"),
    "nothing": ([], "1 to 100 lines"),
    "a number twice": (
        [*_lines([("A", "premise", [])]), *_lines([("A", "premise", [])])],
        "no number of its own",
    ),
    "nested beyond all measure": (_lines([("not " * 60 + "A", "premise", [])]), "nested deeper"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said(case: str) -> None:
    lines, reason = WRONG[case]
    verdict = Deduction(["A"], "B").grade(task(""), Completion(output=json.dumps(lines)))
    assert not verdict.passed and reason in (verdict.error or "")


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("¬A ∧ B → C", "((not A) and B) -> C"),
        ("A -> B -> C", "A -> (B -> C)"),
        (r"\neg A \lor B", "not A or B"),
        ("~(A & B) | ⊥", "not (A and B) or false"),
        ("A and B and C", "(A and B) and C"),
        ("a => b", "A -> B"),
    ],
)
def test_formulas_are_written_in_many_ways(text: str, same: str) -> None:
    assert parse(text) == parse(same) == parse(str(parse(text)))
