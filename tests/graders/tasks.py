"""A task for grader tests: only what a grader looks at differs."""

from __future__ import annotations

from harness.records import GraderSpec, Message, Task


def task(reference: str, *wrong: str) -> Task:
    """A task with these answers and ``file.yaml:7`` as its source."""
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
        sha256="",
        source="file.yaml:7",
    )
