"""The answer must be the reference, letter for letter."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from harness.graders.reply import final_reply, unread
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Sandbox

_EMPTY = "the answer is empty"
# A longer answer is another in every form: normalising takes a time that grows with the square of the length.
_LONGEST, _TIMES = 1000, 20


@dataclass(frozen=True)
class Exact:
    """Compares the answer with the reference, both in Unicode's composed form (NFC).

    ``strip`` forgives white space around the answer, ``ignore_case`` the case of its letters.
    """

    ignore_case: bool = False
    strip: bool = True
    executes: ClassVar[bool] = False

    def __post_init__(self) -> None:
        for option in ("ignore_case", "strip"):
            if not isinstance(getattr(self, option), bool):
                raise ValueError(f"{option}: must be true or false, not {getattr(self, option)!r}")

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None = None) -> Verdict:
        """Pass when answer and reference agree; an empty answer is malformed."""
        reply = final_reply(completion.output)
        if not reply.strip():
            return Verdict(False, 0.0, "exact", "malformed_answer", unread(completion.output, _EMPTY))
        longest = _LONGEST + _TIMES * len(task.reference)
        if len(reply.strip()) > longest or self._form(reply) != self._form(task.reference):
            return Verdict(False, 0.0, "exact", "wrong_answer", "the answer differs from the reference")
        return Verdict(True, 1.0, "exact")

    def guess(self, task: Task, rng: random.Random) -> str:
        """One of the answers that the task itself names, right or wrong."""
        return rng.choice((task.reference, *task.wrong))

    def _form(self, text: str) -> str:
        text = unicodedata.normalize("NFC", text)
        text = text.strip() if self.strip else text
        return text.casefold() if self.ignore_case else text
