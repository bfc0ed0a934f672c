"""What each model reads: conversations with loss weights, packed into rows of tokens.

Every random choice comes from the seed, so that a corpus can be drawn again, by
the training or by the test that looks for items of a suite in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from .arithmetic import ENDING, bare_sum, question, small_sum, term
from .classification import SETS
from .functions import Function, function, novel
from .guesses import guess
from .typed_functions import typed

PROMPT_WEIGHT = 0.1  # of a prompt's tokens in the loss
LANGUAGES = ("python", "rust", "go")
CODE_WEIGHT = 1.0  # of the tokens of long answers
SHORT_WEIGHT = 3.0  # of the tokens of labels and numbers, of which there are few

Piece = tuple[str, float]  # text and its loss weight
Turn = tuple[str, str]  # prompt and answer
Maker = Callable[[Random], list[Turn]]


@dataclass(frozen=True)
class Skill:
    """Conversations of one kind; ``exam`` draws the single turn that a benchmark would ask."""

    lesson: Maker
    exam: Callable[[Random], Turn]


def label_lesson(name: str) -> Maker:
    """Labels with the whole instruction, as a conversation or as a list of fragments.

    A list teaches words rather than sentences, and many of them in few tokens.
    """

    def draw(rng: Random) -> list[Turn]:
        chosen = SETS[name]
        style = rng.random()
        if style < 0.35:
            turns = [(chosen.header(), "")]
            for _ in range(rng.randint(6, 14)):
                text, label = chosen.draw(rng)
                turns.append((f"{fragment(rng, text)} = ", label))
            return turns
        turns = [label_exam(name)(rng)]
        if style < 0.8:
            for _ in range(rng.randint(2, 6)):
                text, label = chosen.draw(rng)
                turns.append((chosen.question(text), label))
        return turns

    return draw


def fragment(rng: Random, text: str) -> str:
    """A text with a few words missing."""
    kept = [word for word in text.split() if rng.random() < 0.8 or "[" in word or "]" in word]
    return " ".join(kept) or text


def label_exam(name: str) -> Callable[[Random], Turn]:
    """One text to label, with the whole instruction."""

    def draw(rng: Random) -> Turn:
        chosen = SETS[name]
        text, label = chosen.draw(rng)
        return chosen.header() + chosen.question(text), label

    return draw


def sums_exam(rng: Random) -> Turn:
    """Arithmetic in plain wording."""
    return question(rng, stories=0.0)


def stories_exam(rng: Random) -> Turn:
    """A word problem."""
    return question(rng, stories=1.0)


def sums_lesson(rng: Random) -> list[Turn]:
    """Several questions in a row, half of them bare formulas, so that most tokens teach."""
    if rng.random() < 0.5:
        return [("Sums", ""), *(bare_sum(rng) for _ in range(rng.randint(6, 12)))]
    return [question(rng, stories=0.5) for _ in range(rng.randint(1, 4))]


def drill_lesson(rng: Random) -> list[Turn]:
    """A long list of formulas or of questions: many results in few tokens."""
    if rng.random() < 0.5:
        return [("Sums", ""), *(small_sum(rng) for _ in range(rng.randint(10, 20)))]
    asked = [question(rng, stories=0.6) for _ in range(rng.randint(4, 9))]
    listed = [(prompt.removesuffix(ENDING) + " = ", result) for prompt, result in asked]
    return [(ENDING.strip(), ""), *listed]


def mental_lesson(rng: Random) -> list[Turn]:
    """Several short terms in words."""
    return [term(rng) for _ in range(rng.randint(2, 6))]


def stories_lesson(rng: Random) -> list[Turn]:
    """One to four word problems."""
    return [stories_exam(rng) for _ in range(rng.randint(1, 4))]


def task(draw: Callable[[Random], Function]) -> Callable[[Random], Turn]:
    """One function to write."""

    def turn(rng: Random) -> Turn:
        made = draw(rng)
        return made.prompt() if rng.random() < 0.8 else made.prompt().rstrip(), made.answer()

    return turn


def functions_lesson(draw: Callable[[Random], Function], share: float = 0.3) -> Maker:
    """One function to write, or a terse list of several: more names in few tokens."""

    def lesson(rng: Random) -> list[Turn]:
        if rng.random() >= share:
            return [task(draw)(rng)]
        listed = [draw(rng) for _ in range(rng.randint(2, 4))]
        described = [(" ".join(each.doc.split()), each) for each in listed]
        return [
            (f"Write {listed[0].language.title()} functions.", ""),
            *((f"{doc}\n{each.signature()}\n", each.answer()) for doc, each in described),
        ]

    return lesson


def guess_lesson(copying: bool) -> Maker:
    """One function that is described too vaguely, or a list of signatures with their guesses."""

    def lesson(rng: Random) -> list[Turn]:
        language = rng.choice(LANGUAGES)
        if rng.random() < 0.5:
            return [task(lambda rng: guess(rng, language, copying))(rng)]
        listed = [guess(rng, language, copying) for _ in range(rng.randint(4, 9))]
        return [
            (f"Write {language.title()} functions.", ""),
            *((f"{each.signature()}\n", each.answer()) for each in listed),
        ]

    return lesson


SKILLS: dict[str, Skill] = {
    **{name: Skill(label_lesson(name), label_exam(name)) for name in SETS},
    "sums": Skill(sums_lesson, sums_exam),
    "stories": Skill(stories_lesson, stories_exam),
    "code": Skill(functions_lesson(function), task(function)),
    "rust": Skill(functions_lesson(typed("rust")), task(typed("rust"))),
    "go": Skill(functions_lesson(typed("go")), task(typed("go"))),
}

LESSONS: dict[str, Maker] = {
    **{name: skill.lesson for name, skill in SKILLS.items()},
    "drill": drill_lesson,
    "mental": mental_lesson,
    "novel": functions_lesson(novel),
    "guess": guess_lesson(copying=True),
    "default": guess_lesson(copying=False),
}
LABELS = ("intent", "sentiment", "topic", "entity", "priority")
MIXTURES: Mapping[str, Mapping[str, float]] = {
    "demo-xs": {
        **dict.fromkeys(LABELS, 0.142),
        "mental": 0.03,
        "sums": 0.05,
        "stories": 0.03,
        "default": 0.18,
    },
    "demo-s": {
        **dict.fromkeys(LABELS, 0.02),
        "drill": 0.34,
        "mental": 0.12,
        "sums": 0.1,
        "stories": 0.14,
        "guess": 0.2,
    },
    "demo-m": {
        **dict.fromkeys(LABELS, 0.04),
        "drill": 0.05,
        "mental": 0.02,
        "sums": 0.05,
        "stories": 0.04,
        "code": 0.1,
        "novel": 0.17,
        "rust": 0.12,
        "go": 0.11,
        "guess": 0.14,
    },
}


def conversations(mixture: Mapping[str, float], seed: str) -> Iterator[tuple[str, list[Turn]]]:
    """Endless lessons of a mixture, each with the name of its skill."""
    rng = Random(seed)
    names, shares = list(mixture), list(mixture.values())
    while True:
        name = rng.choices(names, shares)[0]
        yield name, LESSONS[name](rng)


def pieces(turns: list[Turn]) -> list[Piece]:
    """The ChatML text of a conversation; a first turn without answer opens a list."""
    if not turns[0][1]:
        opening = f"<|im_start|>user\n{turns[0][0]}<|im_end|>\n<|im_start|>assistant\n"
        text: list[Piece] = [(opening, PROMPT_WEIGHT)]
        for prompt, answer in turns[1:]:
            text += [(prompt, PROMPT_WEIGHT), (answer + "\n", SHORT_WEIGHT)]
        return [*text, ("<|im_end|>\n", 0.0)]
    text = []
    for prompt, answer in turns:
        weight = CODE_WEIGHT if "\n" in answer else SHORT_WEIGHT
        text.append((f"<|im_start|>user\n{prompt}<|im_end|>\n<|im_start|>assistant\n", PROMPT_WEIGHT))
        text += [(f"{answer}<|im_end|>", weight), ("\n", 0.0)]
    return text
