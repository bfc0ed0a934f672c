"""A text that must have some things and be of some length: what can be said of prose without a judge."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from harness.graders.reply import final_reply, unread
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Sandbox

_WORD = re.compile(r"\w[\w'’.,:-]*\w|\w")


@dataclass(frozen=True)
class Wording:
    """The answer must have so many words, contain all of ``has`` and none of ``lacks``.

    Both are whole words or phrases, in any letter case. All must hold.
    """

    words: Sequence[int]  # fewest and most
    has: Sequence[str] = ()
    lacks: Sequence[str] = ()
    executes: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if len(self.words) != 2 or self.words[0] > self.words[1]:
            raise ValueError("words: must be the fewest and the most")

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None = None) -> Verdict:
        """Check length and phrases; the error says what is wrong first."""
        text = final_reply(completion.output).strip()
        if not text:
            error = unread(completion.output, "the answer is empty")
            return Verdict(False, 0.0, "wording", "malformed_answer", error)
        count = len(_WORD.findall(text))
        flaws = [f"it lacks {phrase!r}" for phrase in self.has if not _has(text, phrase)]
        flaws += [f"it has {phrase!r}" for phrase in self.lacks if _has(text, phrase)]
        if not self.words[0] <= count <= self.words[1]:
            flaws.append(f"it has {count} words, not {self.words[0]} to {self.words[1]}")
        if flaws:
            return Verdict(False, 0.0, "wording", "wrong_answer", "; ".join(flaws)[:300], {"words": count})
        return Verdict(True, 1.0, "wording", metrics={"words": count})

    def guess(self, task: Task, rng: random.Random) -> str:
        """The phrases that are wanted, in some order."""
        return " ".join(rng.sample(list(self.has), len(self.has))) or "something"


def _has(text: str, phrase: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE) is not None
