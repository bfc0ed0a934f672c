"""A task for grader tests: only what a grader looks at differs."""

from __future__ import annotations

from harness.messages import Message
from harness.records import GraderSpec, Task

TOTAL_CASES = (  # of a function that adds up a list
    {"args": [[1, 2]], "returns": 3},
    {"name": "empty", "args": [[]], "returns": 0},
    {"args": [[-5]], "returns": -5},
    {"args": [[3, 3, 3]], "returns": 9},
)


def task(reference: str, *wrong: str, time_limit: float | None = None) -> Task:
    """A task with these answers and ``file.yaml:7`` as its source; references tell tasks apart."""
    return Task(
        id="t",
        suite="s",
        suite_version="1.0.0",
        messages=(Message("user", "?"),),
        category="c",
        language="en",
        difficulty="beginner",
        role="r",
        grader=GraderSpec("any"),
        reference=reference,
        wrong=wrong,
        sha256=reference,
        source="file.yaml:7",
        time_limit=time_limit,
    )
