"""Short texts to label: five label sets, each from its own word lists and frames."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from . import entity, intent, keywords, priority, sentiment, topic
from .grammar import Grammar, lines

WITHHELD = ("what time do you open on saturdays",)  # plain sentences that a suite happens to have as well


@dataclass
class LabelSet:
    """One kind of labelling, with sentences that any text may open and close with."""

    instruction: str
    field_name: str
    frames: Mapping[str, list[str]]
    grammar: Grammar
    openings: tuple[str, ...] = ()
    closings: tuple[str, ...] = ()
    subjects: Mapping[str, str] = field(default_factory=dict)  # what a text of another label may deny
    key: str = ""  # of its lists in ``keywords``
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
        while True:
            text, label = self._any(rng)
            if not any(sentence in text.casefold() for sentence in WITHHELD):
                return text, label

    def _any(self, rng: Random) -> tuple[str, str]:
        label = rng.choice(self.labels)
        if self.key and rng.random() < 0.25:
            frame = rng.choice(KEYWORD_FRAMES).replace("KEY", f"<{self.key}_{label}>")
            return cased(rng, [self.grammar.expand(rng, frame)]), label
        sentences = [rng.choice(self.frames[label])]
        if self.openings and rng.random() < 0.15:
            sentences.insert(0, rng.choice(self.openings))
        if self.subjects and rng.random() < 0.12:
            other = rng.choice([name for name in self.labels if name != label])
            sentences.insert(0, rng.choice(DENIALS).replace("SUBJECT", self.subjects[other]))
        if rng.random() < 0.12 and self.field_name != "Text":
            sentences.append(rng.choice(self.frames[label]))
        if self.closings and rng.random() < 0.12:
            sentences.append(rng.choice(self.closings))
        return cased(rng, [self.grammar.expand(rng, sentence) for sentence in sentences]), label


KEYWORD_FRAMES = lines(
    """
    KEY
    (the|my|our|a|this|that|your) KEY
    KEY (and|or|with|of|for|but|because of|in|on|after|before) (the |my |a |our |)KEY
    (I|we|they|she|he|it|people) (have|had|see|saw|need|got|want|know|asked about|mention) (the |a |)KEY
    (there is|this is|it is about|it was|that means|look at|think of|what about) (the |a |)KEY( and KEY|)
    KEY(, KEY|)( today| yesterday| again| here| at home| in town| for us| last week| now|)
    (the|a) (new|old|first|small|big|young|last) KEY (is|was|has|comes with|makes|takes|needs) (the |a |)KEY
    (KEY, |)KEY, (the |a |my |)KEY
    """
)
DENIALS = lines(
    """
    (this|my question|my message) is not about SUBJECT(.|:|,)
    (forget|never mind|leave aside) SUBJECT(,|.|:)
    SUBJECT (is|are) (fine|settled|no problem|not the point), (but|yet)
    I (am not asking about|do not care about|have no question about|already know about) SUBJECT(.|,|;|:)
    (apart from|instead of|besides|unlike) SUBJECT,
    """
)
INTENT_SUBJECTS = {
    "refund": "(the money|a refund|my money back|the return)",
    "delivery": "(the delivery|the parcel|the shipping|the courier|the tracking)",
    "cancel": "(the cancellation|cancelling|ending my plan|my notice)",
    "password": "(my password|the login|the code|my access)",
    "invoice": "(the invoice|the bill|the receipt|the tax)",
    "bug": "(the error|the crash|the app|the website|the glitch)",
    "hours": "(the opening hours|your hours|the closing time|the shop being shut)",
    "human": "(a person|your staff|the phone call|talking to an agent)",
}
QUESTION_WORDS = {
    *("what", "where", "when", "who", "how", "why", "which", "can", "could", "would", "will", "do"),
    *("does", "did", "is", "are", "was", "has", "am", "may"),
}


def cased(rng: Random, sentences: list[str]) -> str:
    """Sentences with capitals and end marks, sometimes as carelessly as people type."""
    careless = rng.random()
    finished = []
    for sentence in (" ".join(sentence.split()) for sentence in sentences):
        if sentence[-1] not in ".!?:,":
            asks = sentence.lower().split()[0] in QUESTION_WORDS
            mark = "?" if asks else "!" if rng.random() < 0.1 else "."
            sentence += "" if careless < 0.08 else mark
        finished.append(sentence if careless < 0.06 else sentence[0].upper() + sentence[1:])
    return " ".join(finished)


WORDS = keywords.LISTS
SETS = {
    "intent": LabelSet(
        "Classify the intent of the message.",
        "Message",
        intent.FRAMES,
        Grammar({**intent.LISTS, **WORDS}),
        key="intent",
        openings=("<hi>",),
        closings=("<bye>",),
        subjects=INTENT_SUBJECTS,
    ),
    "sentiment": LabelSet(
        "Classify the sentiment of the text.",
        "Text",
        {label: sentiment.FRAMES[label] for label in ("negative", "neutral", "positive")},
        Grammar({**sentiment.LISTS, **WORDS}),
        key="sentiment",
    ),
    "topic": LabelSet(
        "Classify the topic of the text.",
        "Text",
        topic.FRAMES,
        Grammar({**topic.LISTS, **WORDS}),
        key="topic",
    ),
    "entity": LabelSet(
        "Classify the entity in square brackets.", "Text", entity.FRAMES, Grammar(entity.LISTS)
    ),
    "priority": LabelSet(
        "Classify the priority of the ticket.",
        "Ticket",
        priority.FRAMES,
        Grammar({**priority.LISTS, **WORDS}),
        key="priority",
    ),
}
