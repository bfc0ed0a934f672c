"""The answer, or what a pattern takes out of it, must be the reference, letter for letter."""

from __future__ import annotations

import random
import string
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from harness.graders.chance import prompt_words
from harness.graders.reply import final_reply, unread
from harness.patterns import pattern_flaw, take, without
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Sandbox

_EMPTY = "the answer is empty"
# A longer answer is another in every form: normalising takes a time that grows with the square of the length.
_LONGEST, _TIMES = 1000, 20
_PUNCTUATION = str.maketrans("", "", string.punctuation)


@dataclass(frozen=True)
class Exact:
    """Compares the answer with the reference, both in Unicode's composed form (NFC).

    ``strip`` forgives white space around the answer, ``ignore_case`` the case of its letters,
    ``ignore_punctuation`` ASCII's punctuation; ``ignore`` are patterns of what is taken away on both sides.
    ``accept`` are answers that are as right as the reference. With a ``pattern``, answer and references are
    what it finds first in them (``which: -1``: last), and of that its first group that is not empty
    (``harness.patterns``).
    """

    ignore_case: bool = False
    strip: bool = True
    ignore_punctuation: bool = False
    ignore: Sequence[str] = ()
    accept: Sequence[str] = ()
    pattern: str | None = None
    which: int = 0
    executes: ClassVar[bool] = False

    def __post_init__(self) -> None:
        for option in ("ignore_case", "strip", "ignore_punctuation"):
            if not isinstance(getattr(self, option), bool):
                raise ValueError(f"{option}: must be true or false, not {getattr(self, option)!r}")
        for pattern in (*self.ignore, *filter(None, [self.pattern])):
            if flaw := pattern_flaw(pattern):
                raise ValueError(flaw)

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None = None) -> Verdict:
        """Pass when answer and reference agree; an empty one, or one without the pattern, is malformed."""
        reply = final_reply(completion.output)
        if not reply.strip():
            return Verdict(False, 0.0, "exact", "malformed_answer", unread(completion.output, _EMPTY))
        references = (task.reference, *self.accept)
        if self.pattern is not None:
            taken = take(self.pattern, reply, self.which)
            if taken is None:
                error = f"the answer has nothing of the form {self.pattern:.80}"
                return Verdict(False, 0.0, "exact", "malformed_answer", error)
            reply = taken
            references = tuple(take(self.pattern, each, self.which) or each for each in references)
        longest = _LONGEST + _TIMES * max(map(len, references))
        if len(reply.strip()) > longest or self._form(reply) not in map(self._form, references):
            return Verdict(False, 0.0, "exact", "wrong_answer", "the answer differs from the reference")
        return Verdict(True, 1.0, "exact")

    def guess(self, task: Task, rng: random.Random) -> str:
        """One of the answers that the task names, right or wrong; words of the prompt where it names none."""
        if task.wrong:
            return rng.choice((task.reference, *task.wrong))
        return " ".join(rng.choices(prompt_words(task), k=max(1, len(task.reference.split()))))

    def _form(self, text: str) -> str:
        text = unicodedata.normalize("NFC", text)
        for pattern in self.ignore:
            text = without(pattern, text)
        text = text.casefold() if self.ignore_case else text
        text = text.translate(_PUNCTUATION) if self.ignore_punctuation else text
        return text.strip() if self.strip else text
