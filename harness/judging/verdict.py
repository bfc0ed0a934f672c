"""What a judge's answer says: its last verdict, or why there is none. Nothing unread becomes a tie."""

from __future__ import annotations

import re
from dataclasses import dataclass

from harness.graders.reply import final_reply
from harness.judging.asking import Slot
from harness.records import Completion

# Asked again, the judge would say the same.
SETTLED = ("refused", "truncated", "no_verdict", "contradiction", "context_exceeded", "moderation")

_WORDS: dict[str, Slot] = {
    **dict.fromkeys(("1", "one", "first", "1st"), "1"),
    **dict.fromkeys(("2", "two", "second", "2nd"), "2"),
    **dict.fromkeys(("tie", "tied", "draw", "equal", "both", "neither", "none", "even"), "tie"),
}
_SLOT = rf"(?P<slot>{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_NOUN = r"(?:(?:the )?(?:answer|response|option|assistant|candidate)[ -]?#?)?"
_AFTER = (
    r"(?: (?:answer|response|one|good|bad|equal)s?| equally (?:good|bad)| answers are (?:good|bad|equal))?"
)
_REASON = r"(?:,? (?:is|wins|was|because|since|as)\b.*| \(.*| -+ .*)?"
_MARK = re.compile(r"\b(?:final )?(?:verdict|decision|winner)\b\s*(?:is|[:=-])\s*(?P<rest>.*)", re.IGNORECASE)
_READ = re.compile(rf"(?:(?:the|its?(?: is)?) )?(?:an? )?{_NOUN}{_SLOT}{_AFTER}{_REASON}", re.IGNORECASE)
_DECORATION = re.compile(r"[*_`\"'“”„‘’\[\]{}<>\\$]|boxed")
_REFUSAL = re.compile(
    r"\b(?:i(?:'m| am) (?:sorry|unable|not able)|i (?:can ?not|can't|won't|will not|must decline)|as an ai\b"
    r"|cannot (?:assist|help|compare))",
    re.IGNORECASE,
)
_ALONE = 40  # characters up to which an answer without the mark may be a verdict


@dataclass(frozen=True, slots=True)
class Reading:
    """A verdict on the slots, or the kind of failure with words."""

    slot: Slot | None
    error_type: str | None = None
    error: str | None = None


def read_verdict(completion: Completion) -> Reading:
    """The verdict that stands last, behind all reasoning.

    An answer that was cut off has none, whatever it says by then: it might have gone on to say the opposite.
    """
    if completion.failure is not None:
        return Reading(None, completion.failure.kind, completion.failure.message)
    if completion.finish_reason in ("length", "loop"):
        return Reading(None, "truncated", "the judge's answer was cut off; raise max_tokens of `judge:`")
    lines = [_DECORATION.sub("", line).strip(" .,;!") for line in final_reply(completion.output).splitlines()]
    lines = [line for line in lines if line]
    marked = [(at, _slot(match["rest"])) for at, line in enumerate(lines) if (match := _MARK.search(line))]
    slots = {slot for _, slot in marked if slot}
    if marked and marked[-1][1] and (len(slots) == 1 or marked[-1][0] == len(lines) - 1):
        return Reading(marked[-1][1])
    if len(slots) > 1:
        return Reading(None, "contradiction", "the judge gives several verdicts, and none in its last line")
    if not marked and len(lines) == 1 and len(lines[0]) <= _ALONE and (alone := _slot(lines[0])):
        return Reading(alone)
    text = " ".join(final_reply(completion.output).split()).replace("’", "'")
    if _REFUSAL.search(text):
        return Reading(None, "refused", f"the judge will not compare: {text:.80}")
    return Reading(None, "no_verdict", "the judge gives no verdict in the form asked for")


def _slot(text: str) -> Slot | None:
    """The slot that a text names, and no other beside it."""
    read = _READ.fullmatch(text.strip(" .,;:!"))
    if read is None:
        return None
    others = {_WORDS[word] for word in re.findall(r"\b[12]\b|\btie\b", text.lower())}
    slot = _WORDS[read["slot"].lower()]
    better = re.search(r"\b(?:better|worse|stronger|clearer|more|less)\b.* than\b", text, re.IGNORECASE)
    return slot if better or others <= {slot} else None
