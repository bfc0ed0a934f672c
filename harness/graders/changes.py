"""What an answer changes in a project, as a reader of the difference sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Protocol

from harness.graders.languages import LANGUAGES
from harness.records import Verdict
from harness.trees import Tree

_MOST = 4_000_000  # pairs of lines that are compared; of longer texts all that differs is one block


@dataclass(frozen=True, slots=True)
class Change:
    """A project in ``language`` before an answer's edits and after them."""

    language: str
    before: Tree
    after: Tree

    def code(self, tree: Tree) -> Tree:
        """The files of the language in one of the trees."""
        suffix = LANGUAGES[self.language].suffix
        return {path: text for path, text in tree.items() if path.endswith(suffix)}

    def blocks(self) -> list[int]:
        """The changed lines of every block of them; a line that takes another one's place counts once."""
        return [
            size
            for path in sorted(self.before.keys() | self.after.keys())
            for size in _blocks(_lines(self.before, path), _lines(self.after, path))
        ]


class Assessment(Protocol):
    """What is measured or demanded of a project beside its groups of checks."""

    def assess(self, verdict: Verdict, change: Change) -> Verdict:
        """The verdict of the groups, with more in its metrics, or failed after all."""
        ...


def _lines(tree: Tree, path: str) -> list[str]:
    return tree.get(path, "").splitlines()


def _blocks(before: Sequence[str], after: Sequence[str]) -> list[int]:
    start = _common(before, after)
    before, after = before[start:], after[start:]
    end = _common(before[::-1], after[::-1])
    before, after = before[: len(before) - end], after[: len(after) - end]
    if len(before) * len(after) > _MOST:
        return [max(len(before), len(after))]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"]


def _common(before: Sequence[str], after: Sequence[str]) -> int:
    """How many lines both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
