"""A small tournament with everything in it, hostile answers included, for the tests of the reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from harness.resultrow import ResultRow
from tests.rows import answers, row

HOSTILE = (
    "<script>alert('x')</script><img src=x onerror=alert(1)>",
    "{{7*7}} {% for x in y %} ${7*7}",
    "a | b | `c` \\| *d* _e_ [f](javascript:alert(1))\n\n# g\n</pre></details><b>h</b>",
    "\x1b[31mred\x1b[0m\x07\x00 \x9b2J",
    "\u202etxet desrever\u202c \u2067x\u2069 \u200b",
)
LONG = "L" * 5_000_000
EVIL_MODEL = "evil|`m`<b>$a$_b_\u202e/\x1b[1m{{7*7}}"


def season() -> list[ResultRow]:
    """Three models and three baselines on three suites; prices for some, errors, skips and a ✗."""
    return list(_season())


def _season() -> Iterator[ResultRow]:
    texts = [*HOSTILE, LONG]
    for suite, task_type, size in (
        ("queries", "classification", 40),
        ("sums", "math", 40),
        ("code", "code", 6),
    ):
        shape = {"suite": suite, "task_type": task_type, "role": f"{task_type}-agent", "category": suite}
        yield from answers("good", "1" * (size - 2) + "0x", cost_usd=0.004, provider="openrouter", **shape)
        half = answers("fast", "10" * (size // 2), latency_s=0.02, ttft_s=0.01, cost_usd=0.001, **shape)
        shown = [texts.pop(), texts.pop()]  # the first failures of a model are in the page
        yield from (replace(r, output=shown.pop()) if shown and not r.passed else r for r in half)
        if suite == "code":
            crossed = {"status": "skipped", "error_type": "excluded", "error": "maths only"}
            yield from (
                row(model=EVIL_MODEL, task_id=f"t-{n:04}", **shape, **crossed) for n in range(1, size + 1)
            )
        else:
            yield from answers(EVIL_MODEL, "0" * (size // 2) + "1" * (size // 2), **shape)
        baseline = {"baseline": True, "engine": "scripted", "timing": "replayed", "latency_s": None}
        yield from answers("oracle", "1" * size, **shape, **baseline)
        yield from answers("nop", "0" * size, **shape, **baseline)
