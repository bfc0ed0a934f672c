"""The answer is a time on a clock of twelve hours."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import ClassVar

from harness.graders.reply import final_reply, unread
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Sandbox

_TIME = re.compile(r"(?<![\w:.])(?P<hour>\d{1,2})(?:[:.]| ?h ?)(?P<minute>\d{2})(?![\w:]|\.\d)(?!:)")
_TWELVE_HOURS = 12 * 60


@dataclass(frozen=True)
class Clock:
    """The one time in the answer must be the reference: ``4:35``, ``04.35``, ``16:35``, ``4:35 pm``.

    Nobody sees on a dial which half of the day it is. Several times, or one in words, are malformed.
    """

    executes: ClassVar[bool] = False

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None = None) -> Verdict:
        """Compare minutes; the metrics hold the time read."""
        (expected,) = _times(task.reference)
        times = _times(final_reply(completion.output))
        if len(times) != 1:
            error = unread(
                completion.output, "the answer has no time" if not times else "the answer has several times"
            )
            return Verdict(False, 0.0, "clock", "malformed_answer", error, {"answer": None})
        (answer,) = times
        metrics = {"answer": _written(answer)}
        if answer != expected:
            error = f"answered {_written(answer)}, expected {_written(expected)}"
            return Verdict(False, 0.0, "clock", "wrong_answer", error, metrics)
        return Verdict(True, 1.0, "clock", metrics=metrics)

    def guess(self, task: Task, rng: random.Random) -> str:
        """Any minute of twelve hours."""
        return _written(rng.randrange(_TWELVE_HOURS))


def _times(text: str) -> set[int]:
    """The times of a text, in minutes of twelve hours."""
    times = ((int(time["hour"]), int(time["minute"])) for time in _TIME.finditer(text))
    return {(60 * hour + minute) % _TWELVE_HOURS for hour, minute in times if hour < 25 and minute < 60}


def _written(minutes: int) -> str:
    return f"{minutes // 60 or 12}:{minutes % 60:02}"
