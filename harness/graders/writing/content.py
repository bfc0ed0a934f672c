"""Checks of content: facts that must be there, words that must not, language and wording."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.graders.writing.form import check_range
from harness.graders.writing.languages import FUNCTION_WORDS, foreign, language_of
from harness.graders.writing.reading import counts, grade_level
from harness.graders.writing.text import WrittenText, matching, words
from harness.names import nearest

BAND = 1.5  # grades to either side
_FEWEST_WORDS = 100  # from which on a reading grade says something


@dataclass(frozen=True)
class Facts:
    """Each of ``all`` is there, whole: a phrase, or any of several that say the same.

    ``under`` looks below one heading alone; ``in_order`` wants them to come one after the other.
    """

    all: Sequence[str | Sequence[str]]
    under: str | None = None
    in_order: bool = False

    def __post_init__(self) -> None:
        if not self.all or not all(matching(phrase) for fact in self.all for phrase in _phrases(fact)):
            raise ValueError("all: must be phrases, or lists of phrases that say the same")

    def flaw(self, text: WrittenText) -> str | None:
        """The facts that are missing, or the first that comes too early."""
        searched = _searched(text, self.under)
        missing, after = [], 0
        for fact in self.all:
            places = [place for phrase in _phrases(fact) for place in _places(searched, phrase)]
            if not places:
                missing.append(_phrases(fact)[0])
            elif self.in_order:
                later = [place for place in places if place >= after]
                if not later:
                    return f"{_phrases(fact)[0]!r} comes too early"
                after = min(later)
        return f"it lacks {', '.join(map(repr, missing))}" if missing else None


@dataclass(frozen=True)
class Lacks:
    """None of these words and phrases is there; ``under`` looks below one heading alone."""

    phrases: Sequence[str]
    under: str | None = None

    def __post_init__(self) -> None:
        if not self.phrases or not all(map(matching, self.phrases)):
            raise ValueError("phrases: must be words or phrases")

    def flaw(self, text: WrittenText) -> str | None:
        """Those that are there."""
        searched = _searched(text, self.under)
        present = [phrase for phrase in self.phrases if next(_places(searched, phrase), None) is not None]
        return f"it has {', '.join(map(repr, present))}" if present else None


@dataclass(frozen=True)
class Times:
    """A word or phrase comes so many times."""

    phrase: str
    count: Sequence[int]

    def __post_init__(self) -> None:
        check_range("count", self.count)

    def flaw(self, text: WrittenText) -> str | None:
        """How often it comes instead."""
        times = sum(1 for _ in _places(_searched(text, None), self.phrase))
        if self.count[0] <= times <= self.count[1]:
            return None
        return f"{self.phrase!r} comes {times} times, not {self.count[0]} to {self.count[1]}"


@dataclass(frozen=True)
class Language:
    """The text is of this language, and no sentence of it clearly of another."""

    name: str

    def __post_init__(self) -> None:
        if self.name not in FUNCTION_WORDS:
            raise ValueError(f"name: {self.name!r} is not told apart{nearest(self.name, FUNCTION_WORDS)}")

    def flaw(self, text: WrittenText) -> str | None:
        """What it is written in instead."""
        language = language_of(text.words)
        if language != self.name:
            return f"its language is {language or 'not clear'}, not {self.name}"
        others = foreign([words(sentence) for sentence in text.sentences], self.name)
        return f"{others} of its sentences are of another language" if others else None


@dataclass(frozen=True)
class Reading:
    """An English text of this Flesch-Kincaid grade, 1.5 more or less, of 100 words at least."""

    grade: float

    def flaw(self, text: WrittenText) -> str | None:
        """Its grade."""
        count, sentences, syllables = counts(text.words, len(text.sentences))
        if count < _FEWEST_WORDS or not sentences:
            return f"its {count} words are too few to tell how it reads"
        grade = grade_level(count, sentences, syllables)
        return (
            None
            if abs(grade - self.grade) <= BAND
            else f"it reads like grade {grade:.1f}, not {self.grade:g}"
        )


@dataclass(frozen=True)
class OwnWords:
    """No more than ``run`` words in a row are those of the prompt, wherever they stand there."""

    run: int

    def flaw(self, text: WrittenText) -> str | None:
        """The first longer run."""
        of_prompt = set(_runs(text.prompt, self.run + 1))
        copied = next((run for run in _runs(text.visible, self.run + 1) if run in of_prompt), None)
        return f"it copies {' '.join(copied)!r}" if copied else None


@dataclass(frozen=True)
class NoRepeats:
    """No ``run`` words in a row come twice."""

    run: int = 8

    def flaw(self, text: WrittenText) -> str | None:
        """The first that does."""
        seen: set[tuple[str, ...]] = set()
        for run in _runs(text.visible, self.run):
            if run in seen:
                return f"it repeats {' '.join(run)!r}"
            seen.add(run)
        return None


def _phrases(fact: str | Sequence[str]) -> Sequence[str]:
    return [fact] if isinstance(fact, str) else fact


def _searched(text: WrittenText, under: str | None) -> str:
    body = text.raw if under is None else text.sections.get(matching(under), "")
    return " ".join(matching(line) for line in body.splitlines())


def _places(searched: str, phrase: str) -> Iterator[int]:
    """Where a phrase stands as whole words; ``42`` is not in ``420``, nor in ``1.42`` or ``42.5``."""
    pattern = rf"(?<!\w)(?<!\d[.,]){re.escape(matching(phrase))}(?!\w)(?![.,]\d)"
    return (match.start() for match in re.finditer(pattern, searched))


def _runs(text: str, length: int) -> Iterator[tuple[str, ...]]:
    """All runs of so many words."""
    plain = words(matching(text))
    return (tuple(plain[at : at + length]) for at in range(len(plain) - length + 1))
