"""Answers of which it is known how they must be graded, and those that are graded otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from harness.graders.base import Grader
from harness.records import Task


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """An answer of which it is known whether it passes; ``what`` names it.

    ``fails`` are the groups of a project's checks that must fail, and no others, where that is known.
    """

    task: Task
    grader: Grader
    answer: str
    what: str
    passes: bool
    fails: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Flaw:
    """A task whose grader does not do what the task file promises."""

    task: Task
    what: str
    answer: str  # that is graded wrongly

    def __str__(self) -> str:
        """``file:line: task: what is wrong``."""
        return f"{self.task.source}: {self.task.id}: {self.what}"
