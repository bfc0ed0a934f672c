"""Entities that a text names: which are named with their types, and which of them only in part."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import ClassVar

from harness.graders.entities import Entity, plain, read_entities, type_name
from harness.graders.matching import most_pairs
from harness.jsontext import parse_strict
from harness.records import Completion, Task, Verdict
from harness.sandbox.base import Sandbox

_BEYOND = 3  # words by which what is given may be longer than what it names in part
_CAPITAL = re.compile(r"\b[A-Z][\w-]+(?: [A-Z][\w-]+)*")


@dataclass(frozen=True, slots=True)
class ExtractionScore:
    """How well given entities agree with expected ones, in the five counts of MUC-5 (1993).

    ``partial`` ones have the right type and overlap, ``incorrect`` ones overlap and have another type.
    Summed over tasks these counts give micro averages.
    """

    correct: int = 0
    partial: int = 0
    incorrect: int = 0
    missing: int = 0
    spurious: int = 0

    @property
    def expected(self) -> int:
        """How many there are."""
        return self.correct + self.partial + self.incorrect + self.missing

    @property
    def given(self) -> int:
        """How many were named."""
        return self.correct + self.partial + self.incorrect + self.spurious

    def precision(self, partial: float = 0.5) -> float:
        """The share of given ones that are right, of which a partial one is ``partial``; 1 without any."""
        return (self.correct + partial * self.partial) / self.given if self.given else 1.0

    def recall(self, partial: float = 0.5) -> float:
        """The share of expected ones that are named, likewise."""
        return (self.correct + partial * self.partial) / self.expected if self.expected else 1.0

    def f1(self, partial: float = 0.5) -> float:
        """The harmonic mean of both; 1 where nothing is expected and nothing given."""
        both = self.expected + self.given
        return 2 * (self.correct + partial * self.partial) / both if both else 1.0

    @property
    def metrics(self) -> dict[str, float]:
        """The counts, and what they come to."""
        measures = {"precision": self.precision(), "recall": self.recall(), "f1": self.f1()}
        return {**asdict(self), **measures, "exact_f1": self.f1(partial=0)}


@dataclass(frozen=True)
class Extraction:
    """The answer must name the entities of the reference, a JSON list of ``{"type": …, "text": …}``.

    ``types`` are those that are asked for, ``aliases`` other names of types. ``accept`` gives to texts of the
    reference other words of the prompt that are as right. Texts are compared in any letter case, without
    quotation marks and punctuation around them; the same entity twice counts once. Part of an entity, or one
    with up to three words around it, is half right if its type is. The score is F1 with these halves; passing
    means that all is right and nothing else is named.
    """

    types: Sequence[str]
    aliases: Mapping[str, str] = field(default_factory=dict)
    accept: Mapping[str, Sequence[str]] = field(default_factory=dict)
    executes: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if not self.types:
            raise ValueError("types: must be a list of at least one type")
        for alias, of in self.aliases.items():
            if of not in self.types:
                raise ValueError(f"aliases: {alias!r} stands for {of!r}, which is not one of the types")
        if len(self._names) < len(self.types) + len(self.aliases):
            raise ValueError("types: a type or alias is there twice, case and plural aside")

    def grade(self, task: Task, completion: Completion, sandbox: Sandbox | None = None) -> Verdict:
        """Compare with the reference. The metrics hold the five counts, and exact and partial measures."""
        passage = _Passage(plain("\n".join(message.content for message in task.asked)))
        expected = self._reference(task, passage)
        try:
            given = read_entities(completion.output, self._names, passage.holds)
        except ValueError as error:
            metrics = ExtractionScore(missing=len(expected)).metrics
            return Verdict(False, 0.0, "extraction", "malformed_answer", str(error), metrics)
        score = self._score(expected, given, passage)
        metrics = score.metrics
        if score.correct == score.expected == score.given:
            return Verdict(True, 1.0, "extraction", metrics=metrics)
        reason = (
            f"{score.correct} of {score.expected} entities right, {score.partial} in part, "
            f"{score.incorrect} of another type, {score.spurious} that are none"
        )
        return Verdict(False, score.f1(), "extraction", "wrong_answer", reason, metrics)

    def guess(self, task: Task, rng: random.Random) -> str:
        """Names with capital letters out of the prompt, with any type."""
        names = sorted(set(_CAPITAL.findall(task.messages[-1].content)))
        chosen = rng.sample(names, min(len(names), rng.randint(1, 4)))
        return json.dumps([{"type": rng.choice(list(self.types)), "text": name} for name in chosen])

    @cached_property
    def _names(self) -> dict[str, str]:
        """Name or alias, as it is compared → type."""
        named = {type_name(name): name for name in self.types}
        return named | {type_name(alias): name for alias, name in self.aliases.items()}

    def _reference(self, task: Task, passage: _Passage) -> list[Entity]:
        try:
            expected = [Entity(entry["type"], plain(entry["text"])) for entry in parse_strict(task.reference)]
        except (TypeError, KeyError):
            raise ValueError(f"{task.source}: the reference must be a list of type and text") from None
        for entity in expected:
            if entity.type not in self.types:
                raise ValueError(f"{task.source}: {entity.type!r} is none of the types of the grader")
            if not passage.holds(entity.text):
                raise ValueError(f"{task.source}: {entity.text!r} does not stand in the prompt")
        return expected

    def _score(
        self, expected: Sequence[Entity], given: Sequence[Entity], passage: _Passage
    ) -> ExtractionScore:
        """Pairs that are right first, then those that overlap with the right type, then the other ones."""
        accepted = {plain(text): {plain(other) for other in others} for text, others in self.accept.items()}
        same_type = [[one.type == other.type for other in given] for one in expected]

        def right(one: int, other: int) -> bool:
            texts = {expected[one].text, *accepted.get(expected[one].text, ())}
            return same_type[one][other] and given[other].text in texts

        def in_part(one: int, other: int) -> bool:
            return same_type[one][other] and passage.overlap(expected[one].text, given[other].text)

        def wrongly_typed(one: int, other: int) -> bool:
            return passage.overlap(expected[one].text, given[other].text)

        missing, spurious = set(range(len(expected))), set(range(len(given)))

        def paired(fits: Callable[[int, int], bool]) -> int:
            pairs = most_pairs(sorted(missing), sorted(spurious), fits)
            missing.difference_update(pairs)
            spurious.difference_update(pairs.values())
            return len(pairs)

        correct, partial, incorrect = map(paired, (right, in_part, wrongly_typed))
        return ExtractionScore(correct, partial, incorrect, len(missing), len(spurious))


class _Passage:
    """Where words stand in a text, as whole words."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: dict[str, list[tuple[int, int]]] = {}

    def holds(self, words: str) -> bool:
        """Whether they stand in it."""
        return bool(self._at(words))

    def overlap(self, expected: str, given: str) -> bool:
        """Whether some place of both is shared, what is given not being much longer."""
        if len(given.split()) > len(expected.split()) + _BEYOND:
            return False
        return any(
            start < other_end and other_start < end
            for start, end in self._at(expected)
            for other_start, other_end in self._at(given)
        )

    def _at(self, words: str) -> list[tuple[int, int]]:
        if words not in self._places:
            pattern = rf"(?<!\w){re.escape(words)}(?!\w)" if words else r"(?!)"
            self._places[words] = [match.span() for match in re.finditer(pattern, self._text)]
        return self._places[words]
