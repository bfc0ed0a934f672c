"""What cheap rules score on a suite of labels and entities: by lengths, words and capital letters.

    python scripts/label_baselines.py [suites/classification]

Each text is judged by what all other texts of its set teach (leave one out); a set is a category. A set whose
labels follow from lengths or from single words measures no model. Of entities, what begins with a capital
letter is a person, and what begins with a digit an amount. Prints Markdown.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

from harness.graders import build_grader
from harness.records import Completion, Suite, Task
from harness.suites import load_suite


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with its label; ``words`` are those that occur in it."""

    text: str
    words: frozenset[str]
    label: str


Rule = Callable[[Sequence[Labelled]], Callable[[Labelled], str]]  # learns from texts, then judges one


def text_of(task: Task) -> str:
    """What a task's last message is about: the last line behind a name that is not the closing one."""
    lines = [line for line in task.messages[-1].content.splitlines() if line.partition(": ")[2]]
    return lines[-1].partition(": ")[2]


def label_sets(suite: Suite) -> dict[str, list[Labelled]]:
    """The texts that ask for one label, by category."""
    sets: dict[str, list[Labelled]] = defaultdict(list)
    for task in suite.tasks:
        if task.grader.name == "label":
            text = text_of(task)
            words = frozenset(re.findall(r"\w+", text.casefold()))
            sets[task.category].append(Labelled(text, words, task.reference))
    return dict(sets)


def commonest(texts: Sequence[Labelled]) -> Callable[[Labelled], str]:
    """The label that most texts have."""
    label = Counter(one.label for one in texts).most_common(1)[0][0]
    return lambda _: label


def nearest_length(texts: Sequence[Labelled]) -> Callable[[Labelled], str]:
    """The label whose texts are, on average, as long."""
    lengths: dict[str, list[int]] = defaultdict(list)
    for one in texts:
        lengths[one.label].append(len(one.text))
    means = {label: sum(of) / len(of) for label, of in lengths.items()}
    return lambda text: min(means, key=lambda label: abs(means[label] - len(text.text)))


def one_word(texts: Sequence[Labelled]) -> Callable[[Labelled], str]:
    """The label for which one of the words speaks most clearly, the commonest where none does."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in texts:
        for word in one.words:
            counts[word][one.label] += 1
    fallback = commonest(texts)

    def judge(text: Labelled) -> str:
        best = (0.0, fallback(text))
        for word in sorted(text.words & counts.keys()):
            label, count = counts[word].most_common(1)[0]
            best = max(best, ((count + 1) / (counts[word].total() + 3), label))
        return best[1]

    return judge


def naive_bayes(texts: Sequence[Labelled]) -> Callable[[Labelled], str]:
    """The likeliest label by the words that occur, each for itself (multinomial, Laplace)."""
    labels = Counter(one.label for one in texts)
    counts: dict[str, Counter[str]] = {label: Counter() for label in labels}
    for one in texts:
        counts[one.label].update(one.words)
    vocabulary = len(set().union(*counts.values()))
    totals = {label: of.total() + vocabulary for label, of in counts.items()}

    def judge(text: Labelled) -> str:
        def likelihood(label: str) -> float:
            seen = sum(log((counts[label][word] + 1) / totals[label]) for word in text.words)
            return log(labels[label]) + seen

        return max(sorted(labels), key=likelihood)

    return judge


RULES: dict[str, Rule] = {
    "commonest label": commonest,
    "length": nearest_length,
    "one word": one_word,
    "bag of words": naive_bayes,
}


def accuracy(rule: Rule, texts: Sequence[Labelled]) -> float:
    """The share of texts that a rule judges rightly after it has learnt from all others."""
    right = sum(rule([*texts[:at], *texts[at + 1 :]])(one) == one.label for at, one in enumerate(texts))
    return right / len(texts)


def table(sets: dict[str, list[Labelled]]) -> Iterator[str]:
    """A line a set."""
    yield f"| set | labels | texts | chance | {' | '.join(RULES)} |"
    yield "|---" * (4 + len(RULES)) + "|"
    for name, texts in sets.items():
        labels = len({one.label for one in texts})
        shares = [1 / labels, *(accuracy(rule, texts) for rule in RULES.values())]
        yield f"| {name} | {labels} | {len(texts)} | {' | '.join(f'{share:.0%}' for share in shares)} |"


def capitals(text: str) -> str:
    """The names and numbers of a text as a JSON list of entities."""
    names = re.findall(r"\b[A-Z]\w+(?: (?:[A-Z]\w+|&))*", text)
    amounts = re.findall(r"\b\d[\d.,]* \w+", text)
    entities = [("person", name) for name in names] + [("amount", amount) for amount in amounts]
    return json.dumps([{"type": of, "text": words} for of, words in entities])


def entity_score(suite: Suite) -> float | None:
    """The mean F1 of ``capitals``; ``None`` where no task asks for entities."""
    tasks = [task for task in suite.tasks if task.grader.name == "extraction"]
    scores = [
        build_grader(task).grade(task, Completion(output=capitals(text_of(task))), None).score
        for task in tasks
    ]
    return sum(scores) / len(scores) if scores else None


if __name__ == "__main__":
    measured = load_suite(Path((sys.argv[1:] or ["suites/classification"])[0]))
    print("\n".join(table(label_sets(measured))))
    if (score := entity_score(measured)) is not None:
        print(f"\nEntities by capital letters and digits: mean F1 {score:.2f}")
