"""A written text that must pass checks of form and of content, none of which needs a judge."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from harness.filesections import FileSection, read_record, section_of
from harness.graders.chance import prompt_words
from harness.graders.reply import final_reply, unread
from harness.graders.writing import CHECKS, TextCheck
from harness.graders.writing.text import WrittenText
from harness.names import nearest
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Sandbox

_SHOWN = 300  # characters of what is wrong


@dataclass(frozen=True)
class Checks:
    """The answer must pass all checks; each is ``{KIND: {options}}``, of the kinds of ``graders/writing``.

    The score is the share that it passes. ``metrics.checks`` says which, by name. That is the strict reading;
    ``metrics.loose`` is the best share of eight readings: with or without first line, last line, asterisks.
    """

    all: Sequence[Mapping[str, Any]]
    executes: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if not self.named:
            raise ValueError("all: must be a list of checks, such as {length: {words: [60, 90]}}")

    @cached_property
    def named(self) -> dict[str, TextCheck]:
        """The checks by name: that of their kind, numbered from the second of a kind on."""
        named: dict[str, TextCheck] = {}
        for entry in self.all:
            if not isinstance(entry, Mapping) or len(entry) != 1:
                raise ValueError("all: each check is one kind with its options: {KIND: {options}}")
            ((kind, options),) = entry.items()
            same = sum(name.partition(" ")[0] == kind for name in named)
            named[f"{kind} {same + 1}" if same else kind] = _check(kind, {} if options is None else options)
        return named

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None = None) -> Verdict:
        """Make every check; the error says what is wrong."""
        reply = final_reply(completion.output).strip()
        if not reply:
            error = unread(completion.output, "the answer is empty")
            return Verdict(False, 0.0, "checks", "malformed_answer", error)
        prompt = "\n".join(message.content for message in task.messages)
        flaws = self.flaws_of(WrittenText(reply, prompt))
        score = _share(flaws)
        looser = () if score == 1 else dict.fromkeys(_readings(reply))
        loose = max([score, *(_share(self.flaws_of(WrittenText(one, prompt))) for one in looser)])
        metrics = {
            "checks": {name: flaw is None for name, flaw in flaws.items()},
            "loose": loose,
            "loose_passed": loose == 1,
        }
        if score == 1:
            return Verdict(True, 1.0, "checks", metrics=metrics)
        reason = "; ".join(f"{name}: {flaw}" for name, flaw in flaws.items() if flaw)[:_SHOWN]
        return Verdict(False, score, "checks", "wrong_answer", reason, metrics)

    def flaws_of(self, text: WrittenText) -> dict[str, str | None]:
        """Why each check is not passed, or ``None``, by name."""
        return {name: check.flaw(text) for name, check in self.named.items()}

    def guess(self, task: Task, rng: random.Random) -> str:
        """Words of the prompt in any order, as many as the reference has."""
        return " ".join(rng.choices(prompt_words(task), k=max(1, len(task.reference.split()))))


def _check(kind: str, options: Any) -> TextCheck:
    if kind not in CHECKS:
        raise ValueError(f"all: unknown check {kind!r}{nearest(kind, CHECKS)}")
    if not isinstance(options, Mapping):
        raise ValueError(f"all: the options of {kind!r} must be a mapping")
    section = options if isinstance(options, FileSection) else section_of(options, Path("checks"), 0)
    check: TextCheck = read_record(CHECKS[kind], section, f"check {kind!r}")
    return check


def _share(flaws: Mapping[str, str | None]) -> float:
    return sum(flaw is None for flaw in flaws.values()) / len(flaws)


def _readings(reply: str) -> Iterator[str]:
    """The looser ways to read a reply: without its first line, its last, both; each without asterisks too."""
    lines = reply.splitlines()
    for text in (reply, *("\n".join(kept).strip() for kept in (lines[1:], lines[:-1], lines[1:-1]))):
        yield from (text, text.replace("*", ""))
