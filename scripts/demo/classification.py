"""Short texts to label: five label sets, each from its own word lists and frames."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from . import entity, intent, priority, sentiment, topic
from .grammar import Grammar


@dataclass
class LabelSet:
    """One kind of labelling; ``places`` are the lists that sentences may open and close with."""

    instruction: str
    field_name: str
    frames: Mapping[str, list[str]]
    grammar: Grammar
    openings: tuple[str, ...] = ()
    closings: tuple[str, ...] = ()
    labels: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.labels = list(self.frames)

    def header(self) -> str:
        """The instruction with its labels."""
        return f"{self.instruction} Answer with one label only.\nLabels: {', '.join(self.labels)}\n"

    def question(self, text: str) -> str:
        """The part of the prompt that changes."""
        return f"{self.field_name}: {text}\nLabel:"

    def draw(self, rng: Random) -> tuple[str, str]:
        """A text and its label."""
        label = rng.choice(self.labels)
        sentences = [rng.choice(self.frames[label])]
        if self.openings and rng.random() < 0.15:
            sentences.insert(0, rng.choice(self.openings))
        if rng.random() < 0.12 and self.field_name != "Text":
            sentences.append(rng.choice(self.frames[label]))
        if self.closings and rng.random() < 0.12:
            sentences.append(rng.choice(self.closings))
        return cased(rng, [self.grammar.expand(rng, sentence) for sentence in sentences]), label


QUESTION_WORDS = tuple(
    "what where when who how why which can could would will do does did is are was has am may until at-what".split()
)


def cased(rng: Random, sentences: list[str]) -> str:
    """Sentences with capitals and end marks, sometimes as carelessly as people type."""
    careless = rng.random()
    finished = []
    for sentence in (" ".join(sentence.split()) for sentence in sentences):
        if sentence[-1] not in ".!?:,":
            asks = sentence.lower().startswith(QUESTION_WORDS)
            mark = "?" if asks else "!" if rng.random() < 0.1 else "."
            sentence += "" if careless < 0.08 else mark
        finished.append(sentence if careless < 0.06 else sentence[0].upper() + sentence[1:])
    return " ".join(finished)


SETS = {
    "intent": LabelSet(
        "Classify the intent of the message.",
        "Message",
        intent.FRAMES,
        Grammar(intent.LISTS),
        openings=("<hi>",),
        closings=("<bye>",),
    ),
    "sentiment": LabelSet(
        "Classify the sentiment of the text.",
        "Text",
        {label: sentiment.FRAMES[label] for label in ("negative", "neutral", "positive")},
        Grammar(sentiment.LISTS),
    ),
    "topic": LabelSet("Classify the topic of the text.", "Text", topic.FRAMES, Grammar(topic.LISTS)),
    "entity": LabelSet(
        "Classify the entity in square brackets.", "Text", entity.FRAMES, Grammar(entity.LISTS)
    ),
    "priority": LabelSet(
        "Classify the priority of the ticket.", "Ticket", priority.FRAMES, Grammar(priority.LISTS)
    ),
}
