"""What the child is asked: one function a job, from a mapping to a mapping. Runs in the child alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise
from typing import Any

import sympy as sp

from harness.graders.mathematics.equality import equal
from harness.graders.mathematics.forms import OtherForm
from harness.graders.mathematics.grammar import parse
from harness.graders.mathematics.kinds import Reading
from harness.graders.mathematics.shapes import longest_number, terms
from harness.graders.mathematics.tokens import Unreadable
from harness.graders.mathematics.values import value

Job = Mapping[str, Any]
Result = dict[str, Any]


class _TaskFault(Exception):
    """The task is wrong, not the answer."""


def run(job: Job) -> Result:
    """Do what ``job["do"]`` names. ``outcome`` says what came of it, ``reason`` why.

    What sympy cannot do, or does wrong, leaves it undecided.
    """
    try:
        return _JOBS[job["do"]](job)
    except OtherForm as error:
        return {"outcome": "different", "reason": str(error)}
    except Unreadable as error:
        return {"outcome": "malformed", "reason": str(error)}
    except _TaskFault as error:
        return {"outcome": "fault", "reason": str(error)}
    except Exception as error:
        return {"outcome": "undecided", "reason": f"{type(error).__name__}: {error!s:.200}"}


def _compare(job: Job) -> Result:
    reading = Reading(**job["reading"])
    reference = _of_task(lambda: reading.read(job["reference"], reference=True))
    answer = reading.read(job["answer"])
    digits = max(longest_number(job["answer"]), longest_number(job["reference"]))
    outcome = reading.compare(answer, reference, digits)
    return {"outcome": outcome, "read": _shown(answer), "reason": f"it is not {job['reference']}"}


def _satisfies(job: Job) -> Result:
    """Put the values of an answer into the constraints, and say which of them do not hold."""
    names = [*job["variables"]]
    reading = Reading("tuple", names=names)
    values = reading.read(job["answer"])
    if len(values) != len(names):
        return {"outcome": "malformed", "reason": f"{len(values)} values for {len(names)} variables"}
    point = dict(zip(names, values, strict=True))
    result: Result = {"outcome": "read", "read": _shown(values)}
    broken = [
        f"{name} is {_DOMAINS[domain]}"
        for name, domain in job["variables"].items()
        if not _is_in(point[name], domain)
    ]
    broken += [text for text in job["constraints"] if not _of_task(partial(_holds, text, point))]
    objective = job.get("objective")
    if objective:
        result["value"] = _of_task(partial(_value_at, objective, point))
    return result | {"broken": broken}


def _chain(job: Job) -> Result:
    """Whether each line equals the one before it and changes few of its terms, from start to goal."""
    reading = Reading("expression", job["domains"])
    names = reading.variables
    lines = [parse(line, names) for line in job["lines"]]
    ends = [_of_task(partial(_terms, text, names)) for text in (job["start"], job["goal"])]
    if terms(lines[0], names) != ends[0]:
        return {"outcome": "different", "line": 1, "reason": f"the first line is not {job['start']}"}
    digits = max(map(longest_number, job["lines"]))
    for number, (before, line) in enumerate(pairwise(lines), 2):
        outcome = reading.same(value(before, names), value(line, names), digits)
        if outcome != "equal":
            return {
                "outcome": outcome,
                "line": number,
                "reason": f"line {number} does not equal the one before",
            }
        old, new = terms(before, names), terms(line, names)
        gone, come = (old - new).total(), (new - old).total()
        if gone > 2 or (gone == 2 and come > 1):
            reason = f"line {number} makes {come} terms of {gone} at once"
            return {"outcome": "jump", "line": number, "reason": reason}
    if terms(lines[-1], names) != ends[1]:
        return {"outcome": "different", "line": len(lines), "reason": f"the last line is not {job['goal']}"}
    return {"outcome": "equal"}


_JOBS: Mapping[str, Callable[[Job], Result]] = {"compare": _compare, "satisfies": _satisfies, "chain": _chain}


def _of_task(work: Callable[[], Any]) -> Any:
    """What the task says, which must be readable."""
    try:
        return work()
    except (Unreadable, OtherForm) as error:
        raise _TaskFault(str(error)) from None


def _value_at(text: str, point: Mapping[str, Any]) -> str:
    return str(value(parse(text, point), point))


def _terms(text: str, names: Mapping[str, Any]) -> Any:
    return terms(parse(text, names), names)


def _holds(text: str, point: Mapping[str, Any]) -> bool:
    """Whether a constraint holds where its variables have these values."""
    node = parse(text, point)
    if node.op != "relation" or not isinstance(node.value, tuple):
        raise Unreadable(f"{text!r} is no equation or inequality")
    values = [value(part, point) for part in node.args]
    return all(
        _compares(left, sign, right)
        for left, sign, right in zip(values, node.value, values[1:], strict=False)
    )


def _compares(left: Any, sign: str, right: Any) -> bool:
    is_same = equal(left, right, {}) == "equal"
    if sign in ("=", "!="):
        return is_same == (sign == "=")
    if not (left.is_extended_real and right.is_extended_real):
        return False
    is_less = bool(sp.N(left - right, 30) < 0)
    return (is_same and "=" in sign) or (not is_same and is_less == (sign[0] == "<"))


_DOMAINS = {
    "real": "a real number",
    "positive": "positive",
    "integer": "whole",
    "natural": "whole and positive",
    "bit": "0 or 1",
}


def _is_in(number: Any, domain: str) -> bool:
    if number.is_finite is False or not number.is_real:
        return False
    return {
        "real": True,
        "positive": bool(number > 0),
        "integer": bool(number.is_integer),
        "natural": bool(number.is_integer and number > 0),
        "bit": number in (0, 1),
    }[domain]


def _shown(answer: Any) -> str:
    """What was read, as sympy writes it."""
    if isinstance(answer, (list, tuple)):
        return f"[{', '.join(map(_shown, answer))}]"[:500]
    return str(answer.tolist() if isinstance(answer, sp.MatrixBase) else answer)[:500]
