"""What a grader offers to solvers whose task has a tree, whatever judges the tree and wherever it lies."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

from harness.records import Completion, Task, Verdict
from harness.sandbox.base import ENVIRONMENT, Sandbox


class TreeGrader(ABC):
    """A grader of edits. What an answer or a session leaves is a ``left``, of which only the grader knows."""

    executes: ClassVar[bool] = True
    name: ClassVar[str]

    @abstractmethod
    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None) -> Verdict:
        """Judge one answer; may be called from several threads at once."""

    @property
    @abstractmethod
    def characters(self) -> int:
        """Characters of the files that a model would write if it gave back what it was shown."""

    @property
    @abstractmethod
    def echo(self) -> str:
        """An answer that can be applied and changes nothing."""

    @abstractmethod
    def edited(self, completion: Completion) -> tuple[Any, dict[str, Any]]:
        """What an answer makes of the tree, and what is to be said of its form. Raises ``EditError``."""

    @abstractmethod
    def failures(self, left: Any, task: Task, sandbox: Sandbox) -> str:
        """What the visible checks say of what was left, for the model; empty where all pass."""

    @abstractmethod
    def write(self, folder: Path) -> None:
        """Write the tree as it is given into a folder, which is empty."""

    @abstractmethod
    def read(self, folder: Path) -> Any:
        """What somebody made of the tree in a folder, with what they must not change as it was given."""

    @abstractmethod
    def answer(self, folder: Path) -> str:
        """The same as an answer: the edits that make it of the tree that was given."""

    @contextmanager
    def shell(self) -> Iterator[tuple[Mapping[str, str], Sequence[Path]]]:
        """For commands in a session: their environment, and the folders of the language's tools."""
        yield ENVIRONMENT, ()

    def guess(self, task: Task, rng: random.Random) -> str:
        """The project as it is given."""
        return self.echo
