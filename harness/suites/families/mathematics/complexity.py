"""Complexity: reads that are counted, counts in closed form, and growth by its name."""

from __future__ import annotations

import inspect
import random
from collections.abc import Callable, Mapping
from typing import Any

from harness.suites.families.base import Drawn
from harness.suites.families.mathematics import programs
from harness.suites.families.mathematics.programs import GROWTH, LABELS, Counted
from harness.suites.families.mathematics.writing import Problem, drawn

_NAMES = ("work", "run", "scan", "step", "visit", "handle", "process", "collect")


def source(program: Callable[..., Any], name: str) -> str:
    """A program as it is shown: by another name, and with plain lists."""
    text = (
        inspect.getsource(program)
        .replace(f"def {program.__name__}(", f"def {name}(")
        .replace("Counted", "list")
    )
    return text.rstrip()


def reads(program: Callable[..., Any], items: list[int], argument: int) -> int:
    """How many items a call reads."""
    counted = Counted(items)
    program(counted, argument)
    return counted.reads


def _count_reads(rng: random.Random) -> Drawn | None:
    program = rng.choice((programs.search, programs.pair, programs.insert, programs.falls))
    if program is programs.search:
        items = [*range(0, 3 * rng.choice((64, 100, 256, 500, 1000)), 3)]
        shown, argument = f"list(range(0, {items[-1] + 3}, 3))", rng.randrange(items[-1])
    elif program is programs.pair:
        items = sorted(rng.sample(range(2, 90), rng.randint(8, 12)))
        shown, argument = str(items), rng.randint(60, 140)
    else:
        items = rng.sample(range(1, 60), rng.randint(6, 9))
        shown, argument = str(items), 1 if program is programs.insert else rng.randint(1, 3)
    count = reads(program, items, argument)
    name = rng.choice(_NAMES)
    call = f"{name}({shown}, {argument})"
    wrong = {count + 1, count - 1, len(items), 2 * count} - {count}
    return Drawn({"code": source(program, name), "call": call}, str(count), sorted(map(str, wrong)))


def _growth(rng: random.Random) -> Drawn | None:
    label = rng.choice(LABELS)  # first, so that none is right more often than others
    program = rng.choice([program for program, own in GROWTH.items() if own == label])
    name, k = rng.choice(_NAMES), rng.randint(2, 5)
    at = LABELS.index(label)
    near = [LABELS[other] for other in (at - 1, at + 1) if 0 <= other < len(LABELS)]
    code = f"{source(program, name)}\n\n{name}(items, {k})"
    return Drawn({"code": code, "labels": ", ".join(LABELS)}, label, near)


def _closed_form(rng: random.Random) -> Drawn | None:
    a, b, c = rng.randint(1, 5), rng.randint(0, 4), rng.randint(1, 4)
    kind = rng.choice(("triangle", "rectangle", "upper"))
    first = f"for i in range({'n' if not b else f'n + {b}'}):"
    size = f"(n + {b})"
    if kind == "triangle":
        second, right, wrong = (
            f"for j in range({a} * i):",
            f"{a}*{size}*(n + {b - 1})/2",
            f"{a}*{size}*(n + {b + 1})/2",
        )
    elif kind == "rectangle":
        second, right, wrong = (
            f"for j in range({a} * n + {c}):",
            f"{size}*({a}*n + {c})",
            f"{size} + {a}*n + {c}",
        )
    else:
        second, right, wrong = f"for j in range(i, i + {a} * n):", f"{a}*n*{size}", f"{a}*n*{size}/2"
    more = f"    for k in range({c}):\n        count += 1"
    code = f"count = 0\n{first}\n{more}\n    {second}\n        count += 1"
    return drawn({"code": code}, f"{right} + {c}*{size}", right, f"{wrong} + {c}*{size}", "n^2")


PROBLEMS: Mapping[str, Problem] = {
    "count-reads": _count_reads,
    "growth": _growth,
    "closed-form": _closed_form,
}
