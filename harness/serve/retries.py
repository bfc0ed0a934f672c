"""What to do after a call without an answer, before anything of one was sent to the client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from harness.records import Failure

Step = Literal["again", "next", "larger", "return"]
SHORT_WAIT_S = 5.0  # a model that asks for more makes way for the next
AGAIN_S = 0.25  # before a second call where nobody says how long to wait
TWICE = 2  # calls of one model for one request
_SILENT = ("timeout",)  # to be asked again would take as long again
_AS_IT_IS = ("moderation", "auth")  # no other model is asked what this one refused


@dataclass(frozen=True, slots=True)
class Decision:
    """``again`` after ``wait_s``, the ``next`` model, one with a ``larger`` window, or ``return`` it.

    ``cool_s`` is how long the model is left alone; ``None``: not at all.
    """

    step: Step
    wait_s: float = 0.0
    cool_s: float | None = None


def decide(failure: Failure, calls: int, *, first: bool, alone: bool, cooldown_s: float) -> Decision:
    """What follows a failure after so many ``calls`` of its model.

    ``first``: no other model was asked before; ``alone``: there is no other to ask.
    """
    if failure.kind == "context_exceeded":
        return Decision("return" if alone else "larger")
    if failure.kind in _AS_IT_IS:
        return Decision("return")
    if failure.kind == "bad_request":  # a stand-in may lack what the first model can
        return Decision("return" if first else "next")
    wait = failure.retry_after_s
    if not failure.retryable:
        return Decision("next", cool_s=cooldown_s)
    if wait is not None and wait > SHORT_WAIT_S:
        return Decision("next", cool_s=wait)
    if calls < TWICE and (alone or failure.kind not in _SILENT):
        return Decision("again", wait_s=AGAIN_S if wait is None else wait)
    return Decision("next", cool_s=max(cooldown_s, wait or 0.0))
