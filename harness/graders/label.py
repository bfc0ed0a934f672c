"""One label out of a closed list, read strictly."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Literal

from harness.graders.reply import final_reply, unread
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Sandbox

_FENCE = re.compile(r"\A```\w*\n(.*?)\n?```\Z", re.DOTALL)
_SEGMENT_END = re.compile(r"\n+|(?<=[.!])\s+")
_NOUN = "label|answer|class|classification|category|intent|sentiment|topic|entity|type|priority"
_PREFIX = re.compile(rf"(?:(?:the )?(?:final |correct )?(?:{_NOUN})(?:\s*[:=]\s*|\s+[-–—]\s+))+")
_SENDS = r"(?:rout|assign|escalat|forward|direct|belong|mov|lead)\w*|sen[dt]|goes|go"
_CUES = re.compile(
    r"\b(?:(?:is|be)(?: (?:written|all))? in|is|as|be|under)\b"
    rf"|\b(?:{_SENDS})(?: (?:it|this|that|them|(?:the|this) \w+))? to\b|\bends? (?:up )?at\b|[:=→]"
)
_CUE = re.compile(rf"(?:{_CUES.pattern})\s*(?:a |an |the )?(?P<label>.+?)(?: (?:{_NOUN}))?")
_PRAISE = "correct|right|best|most|fitting|suitable|appropriate|likely|closest|final"
_SUBJECT = re.compile(rf"(?P<label>.+?)(?: is the(?: (?:{_PRAISE})){{0,2}})? (?:{_NOUN})")
_REASON = re.compile(r"(?P<answer>[^(,;:]+?)(?:\s*[,;:]\s|\s+[-–—]+\s|\s*\(|\s+(?:because|since)\b)[^?]+")
_NEGATION = re.compile(r"\b(?:not|no|never|neither|nor|cannot|nothing|nobody|without)\b|n['’]t\b")
_DECORATION = re.compile(  # Markdown, quotation marks, marks around answers, pictures
    rf"[*_`\"“”„«»]+|(?<!\w)['‘’]|['‘’](?!\w)|\\(?:boxed|text)\b|</?(?:{_NOUN})>|[\u2600-\u27bf\U0001f000-\U0001faff\ufe0f\u200d]+"
)
_EDGES = " \t.,;:!-–—>#()[]<>{}'$"
_SENTENCE_CHARS = 120  # a longer sentence is an essay, not an answer
_REASON_CHARS = 500


@dataclass(frozen=True)
class Label:
    """The answer must be one of ``labels``; ``aliases`` maps other spellings to a label.

    What counts, in any letter case and with Markdown, quotes and punctuation around it:

    - the label alone, or after ``Label:``, ``Answer:``, ``Intent:`` …;
    - a JSON object whose ``label`` (or whose only value) is the label, fenced or not;
    - any of these with a reason behind it: after a comma, a colon, a dash, ``because`` or in brackets;
    - a first or last sentence of these forms, or a short one that ends in ``is``, ``as``, ``is in``,
      ``route to`` … and the label ("I would file this as refund."), with no negation in it.

    With ``scoring: loglik``, engines that know likelihoods give the likeliest label instead of writing.

    An answer that names a second label anywhere, the label list included, is malformed. So is a question.
    """

    labels: Sequence[str]
    aliases: Mapping[str, str] = field(default_factory=dict)
    scoring: Literal["generate", "loglik"] = "generate"
    executes: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if not _texts(self.labels) or len(self.labels) < 2:
            raise ValueError("labels: must be a list of at least two texts (quote yes, no and numbers)")
        if self.scoring not in ("generate", "loglik"):
            raise ValueError(f"scoring: must be generate or loglik, not {self.scoring!r}")
        if not isinstance(self.aliases, Mapping) or not _texts(list(self.aliases)):
            raise ValueError("aliases: must map other spellings to labels")
        names = [_plain(name) for name in (*self.labels, *self.aliases)]
        if not all(names) or len(set(names)) < len(names):
            raise ValueError("labels: a label or alias is empty or there twice, case and punctuation aside")
        for alias, label in self.aliases.items():
            if label not in self.labels:
                raise ValueError(f"aliases: {alias!r} stands for {label!r}, which is not one of the labels")

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None = None) -> Verdict:
        """Compare labels. The metrics hold the label read (or ``None``) and the one expected."""
        expected = self.read(task.reference)
        if expected is None:
            raise ValueError(f"{task.source}: the reference {task.reference!r} is not one of the labels")
        label = self.read(completion.output)
        metrics = {"label": label, "expected": expected}
        if label is None:
            error = unread(completion.output, "the answer is not one label")
            return Verdict(False, 0.0, "label", "malformed_answer", error, metrics)
        if label != expected:
            error = f"answered {label}, expected {expected}"
            return Verdict(False, 0.0, "label", "wrong_answer", error, metrics)
        return Verdict(True, 1.0, "label", metrics=metrics)

    def guess(self, task: Task, rng: random.Random) -> str:
        """Any of the labels."""
        return rng.choice(self.labels)

    def read(self, output: str) -> str | None:
        """The one label that an answer gives, or ``None``."""
        text = final_reply(output).strip()
        if fenced := _FENCE.match(text):
            text = fenced[1].strip()
        if text.startswith("{"):
            value = _json_label(text)
            return None if value is None else self.exact(value)
        text = _simple(text)
        names = self._names
        if len({names[name] for name in self._mentions(text)}) != 1:
            return None
        segments = [part for part in _SEGMENT_END.split(text) if part.strip(_EDGES)]
        for segment in (text, segments[0], segments[-1]):
            if label := names.get(_answer_in(segment, names)):
                return label
        return None

    def exact(self, text: str) -> str | None:
        """The label of which a text is a spelling, and nothing else."""
        return self._names.get(_plain(text))

    @cached_property
    def _names(self) -> dict[str, str]:
        """Plain spelling → label, aliases included."""
        spellings = {_plain(label): label for label in self.labels}
        return spellings | {_plain(alias): label for alias, label in self.aliases.items()}

    @cached_property
    def _mention(self) -> re.Pattern[str]:
        """Any of the spellings as whole words, the longer ones first."""
        spellings = sorted(self._names, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, spellings))})(?!\w)")

    def _mentions(self, text: str) -> list[str]:
        """The spellings that occur in ``text``."""
        return self._mention.findall(re.sub(r"[\s_-]+", " ", text))


def _answer_in(segment: str, names: Mapping[str, str]) -> str:
    """The spelling that ``segment`` gives as its answer, with a reason behind it or not, or an empty text."""
    answer = _PREFIX.sub("", segment.strip(_EDGES), count=1)
    answers = [answer]
    if len(answer) <= _REASON_CHARS and (reason := _REASON.fullmatch(answer)):
        answers.append(reason["answer"])
    return next(filter(None, (_spelling_in(each, names) for each in answers)), "")


def _spelling_in(answer: str, names: Mapping[str, str]) -> str:
    """The spelling that stands alone, or where a short sentence without a negation says the label."""
    if (bare := _plain(answer)) in names:
        return bare
    if len(answer) > _SENTENCE_CHARS or _NEGATION.search(answer):
        return ""
    matches = [
        _SUBJECT.fullmatch(answer),
        *(_CUE.fullmatch(answer, cue.start()) for cue in _CUES.finditer(answer)),
    ]
    spellings = [_plain(match["label"]) for match in matches if match]
    return next((spelling for spelling in spellings if spelling in names), "")


def _json_label(text: str) -> str | None:
    """The text under ``label`` in a JSON object, or its only value."""
    if '"' not in text:  # as Python writes it
        text = text.replace("'", '"')
    try:
        pairs = json.loads(text, object_pairs_hook=list)
    except (ValueError, RecursionError):
        return None
    values = [value for key, value in pairs if key.lower() == "label"] or [value for _, value in pairs]
    return values[0] if len(values) == 1 and isinstance(values[0], str) else None


def _simple(text: str) -> str:
    """Lower case, without Markdown emphasis and quotation marks."""
    return _DECORATION.sub("", text.casefold().replace("_", " "))


def _plain(text: str) -> str:
    """``_simple``, with one space for every run of spaces, hyphens and underscores, and bare edges."""
    return re.sub(r"[\s-]+", " ", _simple(text)).strip(_EDGES)


def _texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)
