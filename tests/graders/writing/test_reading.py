"""The figures of reading, and the language of a text."""

from __future__ import annotations

import pytest

from harness.graders.writing.languages import FUNCTION_WORDS, language_of
from harness.graders.writing.reading import counts, grade_level, reading_ease, syllables
from harness.graders.writing.text import words

SENTENCES = {
    "en": "The new office opens on Monday, and you can bring your own chair if you want to sit on it there.",
    "de": "Das neue Büro wird am Montag eröffnet, und wer auf "
    "seinem Stuhl sitzen will, kann ihn auch mit bringen.",
    "fr": "Le nouveau bureau ouvre lundi, et vous pouvez venir "
    "avec votre chaise si elle est dans les bonnes dimensions.",
    "es": "La nueva oficina abre el lunes, y los que quieran "
    "pueden venir con su silla para no estar de pie en el día.",
    "it": "Il nuovo ufficio apre lunedì, e chi non vuole stare in "
    "piedi può venire con la sua sedia o con una della casa.",
    "nl": "Het nieuwe kantoor gaat op maandag open, en wie dat "
    "wil kan zijn eigen stoel van huis naar het werk brengen.",
    "pt": "O novo escritório abre na segunda-feira, e quem não "
    "quiser ficar de pé pode vir com a sua cadeira ou uma do café.",
}


def test_fixture() -> None:
    assert reading_ease(100, 8, 150) == pytest.approx(67.2475)
    assert grade_level(100, 8, 150) == pytest.approx(6.985)


ONE = ["the", "make", "called", "used", "makes", "be", "x"]
TWO = ["table", "tables", "wanted", "boxes", "houses", "changes", "agreed", "settled", "people"]


def test_syllables() -> None:
    assert {word: syllables(word) for word in (*ONE, *TWO)} == {
        **dict.fromkeys(ONE, 1),
        **dict.fromkeys(TWO, 2),
    }


def test_syllables_of_joined_words() -> None:
    assert (syllables("well-known"), syllables("don't"), syllables("rhythm")) == (2, 1, 1)


def test_words_with_digits_are_left_out() -> None:
    assert counts(["one", "3.5", "a1", "two"], 1) == (2, 1, 2)


def test_languages() -> None:
    assert {name: language_of(words(text), 10) for name, text in SENTENCES.items()} == {
        n: n for n in SENTENCES
    }
    assert set(SENTENCES) == set(FUNCTION_WORDS)
    assert language_of(words(SENTENCES["en"])[:5]) is None
    assert language_of(["lorem", "ipsum", "dolor", "sit"] * 10) is None
