"""A second change, asked of a model whose first one passed, on the tree that it left."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from harness.graders.checkgroups import CheckGroup
from harness.records import Completion, Verdict

FOR_GOOD = ("too_long", "context_exceeded", "moderation")  # failures for which nobody is asked again
SUFFIX = "+follow-up"  # behind the id of a task, which has no such sign: the id of its second request


@dataclass(frozen=True)
class FollowUp:
    """What is asked, and what must hold afterwards.

    ``keeps`` are hidden groups of the task that must still pass, ``hidden`` those of the second change.
    ``files`` are its visible checks as the model sees them. ``reference`` and ``wrong`` are edits of the tree
    that the task's own reference leaves; ``other`` answers both changes at once, built otherwise.
    """

    prompt: str
    hidden: Mapping[str, CheckGroup]
    keeps: Sequence[str]
    reference: str
    wrong: Sequence[str]
    other: str
    files: Mapping[str, str] = field(default_factory=dict)
    visible: Mapping[str, CheckGroup] = field(default_factory=dict)

    @property
    def prompt_sha256(self) -> str:
        """The digest of what a model is asked, its own tree aside."""
        return _digest(self.prompt, self.files)

    @property
    def sha256(self) -> str:
        """The digest of what it is asked and judged by."""
        return _digest(self.prompt_sha256, self.hidden, sorted(self.keeps), self.visible)


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode(errors="replace")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class FollowUpResult:
    """What came of a second change: the verdict on it, and how much of the tree was changed for it.

    Without a verdict it was not measured, and the completion's failure says why.
    """

    follow_up: FollowUp
    completion: Completion
    verdict: Verdict | None = None
    changed_lines: int | None = None  # of all files, as a reader of the difference counts them
    changed_files: int | None = None

    @property
    def metrics(self) -> dict[str, Any]:
        """As it stands in a row's ``metrics.follow_up``; ``broken`` are groups of the task itself."""
        done = self.completion
        return {
            **self.judgement,
            "finish_reason": done.finish_reason,
            "requests": done.requests,
            "prompt_tokens": done.prompt_tokens,
            "completion_tokens": done.completion_tokens,
            "latency_s": done.latency_s,
        }

    @property
    def judgement(self) -> dict[str, Any]:
        """The part of it that a new verdict on the same answer makes anew."""
        done, verdict = self.completion, self.verdict
        asked = {"sha256": self.follow_up.sha256, "prompt_sha256": self.follow_up.prompt_sha256}
        if verdict is None:
            return {**asked, "passed": None, "reason": done.failure.kind if done.failure else None}
        kept = verdict.metrics.get("groups_keep", {})
        return {
            **asked,
            "passed": verdict.passed,
            "error_type": verdict.error_type,
            "error": verdict.error,
            "broken": [name for name, passed in kept.items() if not passed],
            "changed_lines": self.changed_lines,
            "changed_files": self.changed_files,
            "output": done.output,
        }
