"""How hard an English text is to read: Flesch's reading ease and the grade of Kincaid and others (1975).

Syllables are counted by one stated rule, so that a figure depends on no dictionary: the groups of
vowels (``aeiouy``) in a word; less one for a silent ``e`` at its end (not for ``le`` behind another
consonant), less one for that of ``es`` (sounded behind ``s z x c g ch sh`` and in ``les`` like ``le``)
and of ``ed`` (sounded behind ``t d``, and in ``led`` like ``le``); at least one. Words with digits are
left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    r"(?<![aeiouy])(?<![^aeiouyl]l)e$"
    r"|(?<![aeiouytd])(?<![^aeiouyl]l)ed$"
    r"|(?<![aeiouyszxcg])(?<!ch)(?<!sh)(?<![^aeiouyl]l)es$"
)


def syllables(word: str) -> int:
    """The syllables of an English word; those of ``well-known`` are its parts'."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return sum(_syllables(part) for part in re.findall(r"[a-z]+", re.sub(r"[^a-z-]", "", plain)))


def _syllables(word: str) -> int:
    return max(1, len(_VOWELS.findall(_SILENT.sub("", word))))


def reading_ease(words: int, sentences: int, syllables: int) -> float:
    """Flesch's reading ease: about 100 is very easy, 30 very hard."""
    return 206.835 - 1.015 * words / sentences - 84.6 * syllables / words


def grade_level(words: int, sentences: int, syllables: int) -> float:
    """The Flesch-Kincaid grade: years at a school of the United States."""
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


def counts(words: Sequence[str], sentences: int) -> tuple[int, int, int]:
    """Words without digits, sentences and syllables of a text."""
    read = [word for word in words if not any(sign.isdigit() for sign in word)]
    return len(read), sentences, sum(map(syllables, read))
